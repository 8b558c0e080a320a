//! Every sentence of running text as it is compared: its words, sources, surroundings and values.
//!
//! Cells of tables are left out: their figures meet on the comparison key. So are headings, whose numbers count what stands under
//! them, reference lists and sentences that hold
//! more numbers than anybody reads.
//!
//! Parts of the run are read side by side, each with names of its own, and then numbered as if one after another.

use std::collections::BTreeMap;
use std::ops::Range;

use rayon::prelude::*;
use rust_decimal::Decimal;

use super::Run;
use super::detail::{Around, fill};
use super::facet::{carry, models};
use super::item::{Item, items, sorted};
use super::landmark::{
    Edition, Standing, acronyms, anchor, anchors, labels, p_values, studies, tests,
};
use super::lexis::{Facet, cues, folded};
use super::renumber::Numbers;
use super::story::Stories;
use super::token::{Stretches, Token, TokenKind, fold_acronyms, tokens};
use super::words::Names;
use crate::claim::SentenceKind;
use crate::corpus::{Comparison, Denoted, Extraction};
use crate::markdown::{BlockKind, Place};

/// Sentences with more values are lists of data.
const MOST_ITEMS: usize = 30;
/// So many sentences open a document.
const OPENING: usize = 12;
/// So many parts of a run are read side by side.
const PARTS: usize = 16;

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
    /// Anchors of its document that it links to.
    pub(super) links_to: Vec<u32>,
    /// Anchors that its block has.
    pub(super) anchors: Vec<u32>,
    /// The one study that the paragraph has named so far: index in [`Corpus::studies`](crate::corpus::Corpus::studies).
    pub(super) study: Option<usize>,
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
    pub(super) editions: Vec<Edition>,
    /// Printed names of the sources.
    pub(super) printed_sources: BTreeMap<u32, String>,
    /// Which documents tell one story.
    pub(super) stories: Stories,
}

/// Reads the passages that hold a value, in document order.
pub(super) fn read(run: &Run<'_>) -> Passages {
    let mut passages = Passages::default();
    let acronyms = acronyms(run.extractions, &mut passages.names);
    let most = run.extractions.len().div_ceil(PARTS).max(1);
    let parts: Vec<Passages> = run
        .extractions
        .par_chunks(most)
        .enumerate()
        .map(|(part, documents)| {
            let first = part * most;
            let names = passages.names.clone();
            read_part(run, first..first + documents.len(), names, &acronyms)
        })
        .collect();
    for part in parts {
        passages.append(part);
    }
    passages.stories = Stories::of(run.extractions, run.comparisons, &passages.all);
    passages
}

/// Reads some documents. `names` are those of the acronyms.
fn read_part(
    run: &Run<'_>,
    documents: Range<usize>,
    names: Names,
    acronyms: &[(Vec<u32>, u32)],
) -> Passages {
    let mut passages = Passages {
        names,
        ..Passages::default()
    };
    let extractions = run.extractions.iter().enumerate();
    let extractions = extractions.skip(documents.start).take(documents.len());
    for (document, extraction) in extractions {
        passages.editions.push(Edition::of(extraction));
        let denoted = run.denoted.get(document);
        let comparisons = run.comparisons.get(document);
        let reader = Reader {
            document,
            extraction,
            extractions: run.extractions,
            denoted: denoted.map(Vec::as_slice).unwrap_or_default(),
            comparisons: comparisons.map(Vec::as_slice).unwrap_or_default(),
            tests: tests(extraction),
            studies: studies(extraction, run.studies.get(document)),
            anchors: anchors(document, extraction, &mut passages.names),
            acronyms,
            links: Standing::of(extraction.citations.links.iter().map(|link| &link.place)),
            passages: &mut passages,
        };
        reader.run();
    }
    passages
}

/// Reads the sentences of one document.
pub(super) struct Reader<'a> {
    pub(super) document: usize,
    pub(super) extraction: &'a Extraction,
    pub(super) extractions: &'a [Extraction],
    pub(super) denoted: &'a [Vec<Denoted>],
    comparisons: &'a [Comparison],
    /// Where test results stand in each block.
    tests: BTreeMap<usize, Vec<Range<usize>>>,
    /// Where each block names which study.
    studies: BTreeMap<usize, Vec<(usize, usize)>>,
    /// Anchors of each block: `<p id="results">`.
    anchors: BTreeMap<usize, Vec<u32>>,
    acronyms: &'a [(Vec<u32>, u32)],
    pub(super) links: Standing,
    pub(super) passages: &'a mut Passages,
}

/// What a sentence hands on to the next one of its block.
#[derive(Default)]
struct Before {
    block: Option<usize>,
    stems: Vec<u32>,
    sources: Vec<u32>,
    /// The analysis that the block has named last.
    models: Vec<Facet>,
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
            let block = extraction.document.blocks.get(place.block);
            let is_heading =
                block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
            if place.cell.is_some() || unread || is_heading {
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
        let models = match models(&tokens) {
            own if own.is_empty() && same_block => before.models.clone(),
            own => own,
        };
        let handed = Before {
            models: models.clone(),
            block: Some(place.block),
            stems: stems.clone(),
            sources: sources.clone(),
        };
        let is_entry = cues("back-matter")
            .iter()
            .any(|cue| tokens.iter().any(|token| token.text.as_ref() == *cue));
        if figures.is_empty() || is_entry {
            return handed;
        }
        let (mut items, mut facets) = items(&tokens, &statements.figures, &mut self.passages.names);
        if items.is_empty() || items.len() > MOST_ITEMS {
            return handed;
        }
        let lower = text.to_lowercase();
        let told = |role| cues(role).iter().any(|cue| lower.contains(cue));
        if told("same-analysis") {
            carry(&models, &mut items, &mut facets);
        }
        let links_to = self.detail(place, &tokens, &mut items);
        let heading = self.extraction.document.section_title(place.block);
        let heading = heading.unwrap_or_default().to_lowercase();
        let is_summary = cues("summary").iter().any(|cue| heading.contains(cue));
        let p_values = p_values(figures, statements);
        let heading = self.passages.stems(&heading);
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
            heading,
            facets: sorted(facets.into_iter().map(|(_, facet)| facet).collect()),
            p_values,
            is_summary,
            is_opening: order < OPENING,
            refers_back: told("back"),
            links_to,
            anchors: self.anchors.get(&place.block).cloned().unwrap_or_default(),
            study: self.study(place.block, place.range.end),
            items,
        };
        self.passages.all.push(passage);
        handed
    }

    /// The study of a sentence: the only one its paragraph has named up to its end.
    fn study(&self, block: usize, end: usize) -> Option<usize> {
        let named = self.studies.get(&block)?;
        let mut before = named
            .iter()
            .filter(|(at, _)| *at < end)
            .map(|(_, study)| *study);
        let first = before.next()?;
        before.all(|study| study == first).then_some(first)
    }

    /// Fills in what stands beside the values of a sentence; the anchors that it links to.
    fn detail(&mut self, place: &Place, tokens: &[Token], items: &mut [Item]) -> Vec<u32> {
        let links = self.links_to(place.block, &place.range);
        let tests = self.tests.get(&place.block);
        let around = Around {
            links: &links,
            statements: &self.extraction.statements,
            comparisons: self.comparisons,
            tests: tests.map(Vec::as_slice).unwrap_or_default(),
        };
        fill(tokens, &around, &mut self.passages.names, items);
        sorted(links.into_iter().map(|(_, anchor)| anchor).collect())
    }

    /// Links of a sentence to anchors of its document.
    fn links_to(&mut self, block: usize, range: &Range<usize>) -> Vec<(Range<usize>, u32)> {
        let links = self.links.within(block, range);
        let mut found = Vec::new();
        for link in links
            .iter()
            .filter_map(|at| self.extraction.citations.links.get(*at))
        {
            if let Some(target) = link.target.strip_prefix('#') {
                let name = anchor(self.document, target);
                found.push((link.place.range.clone(), self.passages.names.id(&name)));
            }
        }
        found
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
}

impl Passages {
    /// Adds the documents that follow, numbered as if they had been read here.
    fn append(&mut self, part: Self) {
        let Self {
            all,
            names,
            counts,
            sentences,
            editions,
            printed_sources,
            stories: _,
        } = part;
        let numbers = Numbers(self.names.append(names));
        self.counts.resize(self.names.len(), 0);
        for (count, number) in counts.into_iter().zip(&numbers.0) {
            if let Some(sum) = index(*number).and_then(|at| self.counts.get_mut(at)) {
                *sum += count;
            }
        }
        self.sentences += sentences;
        self.editions.extend(editions);
        for (source, printed) in printed_sources {
            let source = numbers.of(source);
            self.printed_sources.entry(source).or_insert(printed);
        }
        self.all.extend(all.into_iter().map(|mut passage| {
            passage.renumber(&numbers);
            passage
        }));
    }

    /// Stems of the longer words of a heading, sorted.
    fn stems(&mut self, heading: &str) -> Vec<u32> {
        let words = heading
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 2);
        sorted(words.map(|word| self.names.id(&folded(word))).collect())
    }

    fn count(&mut self, stems: &[u32]) {
        self.sentences += 1;
        self.counts.resize(self.names.len(), 0);
        for stem in stems {
            if let Some(count) = index(*stem).and_then(|at| self.counts.get_mut(at)) {
                *count += 1;
            }
        }
    }
}

fn index(name: u32) -> Option<usize> {
    usize::try_from(name).ok()
}
