//! Every sentence of running text as it is compared: its words, sources, surroundings and values.
//!
//! Cells of tables are left out: their figures meet on the comparison key. So are reference lists and sentences that hold
//! more numbers than anybody reads.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::item::{Item, is_year, items, sorted};
use super::lexis::{Facet, cues, stem};
use super::token::{Stretches, Token, TokenKind, fold_acronyms, tokens};
use super::words::Names;
use crate::citation::Style;
use crate::claim::SentenceKind;
use crate::corpus::{Denoted, Extraction};
use crate::markdown::Place;
use crate::quantity::{Comparator, Role};

/// Sentences with more values are lists of data.
const MOST_ITEMS: usize = 30;
/// So many sentences open a document.
const OPENING: usize = 12;

/// One sentence.
#[derive(Debug)]
pub(super) struct Passage {
    pub(super) document: usize,
    pub(super) block: usize,
    /// Index among the sentences of its document.
    pub(super) order: usize,
    pub(super) tokens: Vec<Token>,
    /// Stems of what it says, sorted.
    pub(super) stems: Vec<u32>,
    /// Stems of the names in it, sorted.
    pub(super) named: Vec<u32>,
    pub(super) sources: Vec<u32>,
    pub(super) sources_before: Vec<u32>,
    /// Stems of the sentence before it in its block.
    pub(super) previous: Vec<u32>,
    pub(super) heading: Vec<u32>,
    /// "Group II": noun and number.
    pub(super) labels: Vec<(String, String)>,
    pub(super) facets: Vec<Facet>,
    /// The exact ones: `p < 0.05` says little.
    pub(super) p_values: Vec<Decimal>,
    pub(super) is_summary: bool,
    pub(super) is_opening: bool,
    pub(super) refers_back: bool,
    pub(super) items: Vec<Item>,
}

/// All passages of a run with what they are made of.
#[derive(Debug, Default)]
pub(super) struct Passages {
    pub(super) all: Vec<Passage>,
    pub(super) names: Names,
    /// In how many sentences each stem stands.
    pub(super) counts: Vec<usize>,
    /// Sentences read, those without a value included.
    pub(super) sentences: usize,
    /// For each document, the years and halves that its name, title and first heading give.
    pub(super) editions: Vec<Vec<String>>,
    /// Printed names of the sources.
    pub(super) printed_sources: BTreeMap<u32, String>,
}

/// Reads the passages that hold a value, in document order.
pub(super) fn read(extractions: &[Extraction], denoted: &[Vec<Vec<Denoted>>]) -> Passages {
    let mut passages = Passages::default();
    let acronyms = acronyms(extractions, &mut passages.names);
    for (document, extraction) in extractions.iter().enumerate() {
        passages.editions.push(edition(extraction));
        let reader = Reader {
            document,
            extraction,
            extractions,
            denoted: denoted.get(document).map(Vec::as_slice).unwrap_or_default(),
            acronyms: &acronyms,
            links: Standing::of(extraction.citations.links.iter().map(|link| &link.place)),
            passages: &mut passages,
        };
        reader.run();
    }
    passages
}

struct Reader<'a> {
    document: usize,
    extraction: &'a Extraction,
    extractions: &'a [Extraction],
    denoted: &'a [Vec<Denoted>],
    acronyms: &'a [(Vec<u32>, u32)],
    links: Standing,
    passages: &'a mut Passages,
}

/// What a sentence hands on to the next one of its block.
#[derive(Default)]
struct Before {
    block: Option<usize>,
    stems: Vec<u32>,
    sources: Vec<u32>,
}

impl Reader<'_> {
    fn run(mut self) {
        let extraction = self.extraction;
        let statements = &extraction.statements;
        let figures = Standing::of(statements.figures.iter().map(|figure| &figure.place));
        let pointers = &extraction.citations.pointers;
        let marks = Standing::of(pointers.iter().map(|pointer| &pointer.place));
        let mut before = Before::default();
        for (order, sentence) in statements.sentences.iter().enumerate() {
            let place = &sentence.place;
            let unread = matches!(
                sentence.kind,
                SentenceKind::Metadata | SentenceKind::Boilerplate | SentenceKind::Reference
            );
            if place.cell.is_some() || unread {
                continue;
            }
            let figures = figures.within(place.block, &place.range);
            let marks = marks.within(place.block, &place.range);
            before = self.sentence(order, &figures, &marks, before);
        }
    }

    fn sentence(
        &mut self,
        order: usize,
        figures: &[usize],
        marks: &[usize],
        before: Before,
    ) -> Before {
        let statements = &self.extraction.statements;
        let Some(sentence) = statements.sentences.get(order) else {
            return before;
        };
        let place = &sentence.place;
        let text = self.extraction.document.plain(place);
        let stretches = self.stretches(place.range.start, figures, marks);
        let mut tokens = tokens(text, &stretches, &mut self.passages.names);
        fold_acronyms(&mut tokens, self.acronyms);
        let stems = |wanted: &dyn Fn(&Token) -> bool| {
            let kept = tokens
                .iter()
                .filter(|token| token.kind == TokenKind::Content && wanted(token));
            sorted(kept.map(|token| token.stem).collect())
        };
        let (stems, named) = (stems(&|_| true), stems(&|token| token.named));
        self.passages.count(&stems);
        let sources = self.sources(marks, place.block, &place.range);
        let same_block = before.block == Some(place.block);
        let handed = Before {
            block: Some(place.block),
            stems: stems.clone(),
            sources: sources.clone(),
        };
        let lower = text.to_lowercase();
        let told = |role| cues(role).iter().any(|cue| lower.contains(cue));
        let is_entry = cues("back-matter")
            .iter()
            .any(|cue| tokens.iter().any(|token| token.text == *cue));
        if figures.is_empty() || is_entry {
            return handed;
        }
        let (items, facets) = items(&tokens, &statements.figures, &mut self.passages.names);
        if items.is_empty() || items.len() > MOST_ITEMS {
            return handed;
        }
        let heading = self.extraction.document.section_title(place.block);
        let heading = heading.unwrap_or_default().to_lowercase();
        let is_summary = cues("summary").iter().any(|cue| heading.contains(cue));
        let p_values = figures
            .iter()
            .filter_map(|at| statements.figures.get(*at)?.quantity.as_ref())
            .filter(|quantity| quantity.role == Role::PValue)
            .filter(|quantity| quantity.comparator == Comparator::Equal)
            .filter_map(|quantity| Some(quantity.value?.normalize()))
            .collect();
        let heading = heading
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2)
            .map(|word| self.passages.names.id(&stem(word)))
            .collect();
        let passage = Passage {
            document: self.document,
            block: place.block,
            order,
            labels: labels(&tokens),
            tokens,
            stems,
            named,
            sources,
            sources_before: if same_block {
                before.sources
            } else {
                Vec::new()
            },
            previous: if same_block { before.stems } else { Vec::new() },
            heading: sorted(heading),
            facets: sorted(facets.into_iter().map(|(_, facet)| facet).collect()),
            p_values: sorted(p_values),
            is_summary,
            is_opening: order < OPENING,
            refers_back: told("back"),
            items,
        };
        self.passages.all.push(passage);
        handed
    }

    fn stretches(&self, start: usize, figures: &[usize], marks: &[usize]) -> Stretches {
        let inside = |range: &Range<usize>| {
            range.start.saturating_sub(start)..range.end.saturating_sub(start)
        };
        let figures = figures
            .iter()
            .filter_map(|at| {
                let figure = self.extraction.statements.figures.get(*at)?;
                let quantity = figure.quantity.as_ref();
                let has_words = quantity.is_some_and(|quantity| quantity.denominator.is_some());
                Some((inside(&figure.place.range), *at, has_words))
            })
            .collect();
        let marks = marks
            .iter()
            .filter_map(|at| self.extraction.citations.pointers.get(*at))
            .map(|pointer| inside(&pointer.place.range))
            .collect();
        Stretches { figures, marks }
    }

    /// What the marks and links of a sentence point at, whatever the document calls it.
    fn sources(&mut self, marks: &[usize], block: usize, range: &Range<usize>) -> Vec<u32> {
        let citations = &self.extraction.citations;
        let mut found = Vec::new();
        for at in marks {
            let Some(pointer) = citations.pointers.get(*at) else {
                continue;
            };
            let denoted = self.denoted.get(*at).into_iter().flatten();
            for (label, denoted) in pointer.labels.iter().zip(denoted) {
                let printed = if pointer.style == Style::Citekey {
                    label.clone()
                } else {
                    format!("[{label}]")
                };
                let key = match denoted {
                    Denoted::Entry {
                        document,
                        reference,
                    } => self.work(*document, *reference, label),
                    Denoted::Work => Some(label.to_lowercase()),
                    Denoted::Missing | Denoted::Unknown => {
                        (pointer.style == Style::Citekey).then(|| label.to_lowercase())
                    }
                };
                if let Some(key) = key {
                    found.push((key, printed));
                }
            }
        }
        let links = self.links.within(block, range);
        for link in links.iter().filter_map(|at| citations.links.get(*at)) {
            if link.target.starts_with("http") {
                found.push((link.target.clone(), link.target.clone()));
            }
        }
        let ids = found
            .into_iter()
            .map(|(key, printed)| {
                let id = self.passages.names.id(&format!("source {key}"));
                self.passages.printed_sources.entry(id).or_insert(printed);
                id
            })
            .collect();
        sorted(ids)
    }

    /// The work behind an entry: by identifier, else by title, else the entry itself.
    fn work(&self, document: usize, reference: usize, label: &str) -> Option<String> {
        let entry = self
            .extractions
            .get(document)?
            .citations
            .references
            .get(reference)?;
        let known = [
            &entry.doi,
            &entry.pmid,
            &entry.pmcid,
            &entry.arxiv,
            &entry.url,
        ];
        known
            .into_iter()
            .flatten()
            .next()
            .cloned()
            .or_else(|| {
                let title = entry.title.as_ref()?.to_lowercase();
                (title.len() > 20).then_some(title)
            })
            .or_else(|| Some(format!("{document}/{label}")))
    }
}

impl Passages {
    fn count(&mut self, stems: &[u32]) {
        self.sentences += 1;
        self.counts.resize(self.names.len(), 0);
        for stem in stems {
            if let Some(count) = usize::try_from(*stem)
                .ok()
                .and_then(|at| self.counts.get_mut(at))
            {
                *count += 1;
            }
        }
    }
}

/// What stands in the running text of each block: start, end and index, sorted.
struct Standing(BTreeMap<usize, Vec<(usize, usize, usize)>>);

impl Standing {
    fn of<'p>(places: impl Iterator<Item = &'p Place>) -> Self {
        let mut blocks: BTreeMap<usize, Vec<(usize, usize, usize)>> = BTreeMap::new();
        for (index, place) in places.enumerate() {
            if place.cell.is_none() {
                let found = (place.range.start, place.range.end, index);
                blocks.entry(place.block).or_default().push(found);
            }
        }
        for found in blocks.values_mut() {
            found.sort_unstable();
        }
        Self(blocks)
    }

    /// Indices of those wholly inside a stretch of a block, sorted.
    fn within(&self, block: usize, range: &Range<usize>) -> Vec<usize> {
        let found = self.0.get(&block).map(Vec::as_slice).unwrap_or_default();
        let first = found.partition_point(|(start, _, _)| *start < range.start);
        let inside = found
            .iter()
            .skip(first)
            .take_while(|(start, _, _)| *start <= range.end)
            .filter(|(_, end, _)| *end <= range.end);
        sorted(inside.map(|(_, _, index)| *index).collect())
    }
}

/// "Group II", "Table 3", "arm B": the noun and what it is numbered by.
fn labels(tokens: &[Token]) -> Vec<(String, String)> {
    let nouns = cues("label");
    let found = tokens.windows(2).filter_map(|pair| {
        let [noun, number] = pair else { return None };
        let lower = noun.text.to_lowercase();
        let lower = lower.strip_suffix('s').unwrap_or(&lower);
        let text = number.text.as_str();
        let short = text.chars().count() <= 4;
        let is_number = text.starts_with(|c: char| c.is_ascii_digit());
        let is_letters = !text.is_empty()
            && (text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
                || text.len() == 1 && text.chars().all(|c| c.is_ascii_uppercase()));
        let labelled = nouns.contains(lower)
            && short
            && number.is_word()
            && !is_year(text)
            && (is_number || is_letters);
        labelled.then(|| (lower.to_owned(), text.to_owned()))
    });
    sorted(found.collect())
}

/// Long forms with the acronym that stands for each, from what the documents equate; sorted. One that has two is left out.
fn acronyms(extractions: &[Extraction], names: &mut Names) -> Vec<(Vec<u32>, u32)> {
    let mut found: BTreeMap<Vec<u32>, Option<u32>> = BTreeMap::new();
    let is_acronym = |name: &str| {
        name.len() <= 10
            && !name.contains(' ')
            && name.chars().filter(|c| c.is_uppercase()).count() >= 2
    };
    for synonym in extractions
        .iter()
        .flat_map(|extraction| &extraction.statements.synonyms)
    {
        let (long, short) = match (is_acronym(&synonym.name), is_acronym(&synonym.other)) {
            (false, true) => (&synonym.name, &synonym.other),
            (true, false) => (&synonym.other, &synonym.name),
            (true, true) | (false, false) => continue,
        };
        let stems: Vec<u32> = long
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| !word.is_empty())
            .map(|word| names.id(&stem(word)))
            .collect();
        let short = names.id(&stem(short));
        if stems.len() > 1 {
            found
                .entry(stems)
                .and_modify(|known| *known = known.filter(|known| *known == short))
                .or_insert(Some(short));
        }
    }
    let mut acronyms: Vec<(Vec<u32>, u32)> = found
        .into_iter()
        .filter_map(|(long, short)| Some((long, short?)))
        .collect();
    acronyms.sort_by(|a, b| (a.0.first(), b.0.len(), &a.0).cmp(&(b.0.first(), a.0.len(), &b.0)));
    acronyms
}

/// Years and halves in a document's file name, title and first heading.
fn edition(extraction: &Extraction) -> Vec<String> {
    let document = &extraction.document;
    let path = document.source.path();
    let file = path.rsplit('/').next().unwrap_or(path);
    let heading = document
        .blocks
        .iter()
        .find(|block| matches!(block.kind, crate::markdown::BlockKind::Heading { .. }))
        .map_or("", |block| block.text.plain.as_str());
    let title = document.title.as_deref().unwrap_or_default();
    let mut found = Vec::new();
    for text in [file, title, heading] {
        let lower = text.to_lowercase();
        let runs = lower.split(|c: char| !c.is_ascii_alphanumeric());
        for word in runs {
            let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            if is_year(digits) {
                found.push(digits.to_owned());
            }
            let part = word
                .strip_prefix(['h', 'q'])
                .is_some_and(|rest| matches!(rest, "1" | "2" | "3" | "4"));
            if part {
                found.push(word.to_owned());
            }
        }
    }
    sorted(found)
}
