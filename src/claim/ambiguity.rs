//! Figures whose measure is named by a word that the document itself uses for several: "a response rate of 38%" beside an objective
//! and a complete response rate.
//!
//! Why it exists: a reader cannot tell which is meant where the value is none of those the document gives for either. It reads
//! only a name right beside its number, and leaves out names that the paragraph, the heading or the document itself explains.

use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rust_decimal::Decimal;

use super::{Figure, Sentence, SentenceKind};
use crate::markdown::{Document, Place};
use crate::ontology::{Dimension, lexicon_table};
use crate::text::Span;

/// A figure with a name of several readings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ambiguity {
    /// The figure.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// Index in [`super::Statements::figures`].
    pub figure: usize,
    /// The name: "response rate".
    pub name: String,
    /// Each reading with its values in the document: "objective response (42%), complete response (12%)".
    pub readings: String,
    /// Whether its own paragraph names two readings or more.
    pub is_near: bool,
}

/// A name and its readings, a row of `ambiguous-measures.tsv`.
struct Row {
    name: &'static str,
    /// How the name is found.
    found: Finder<'static>,
    dimension: Dimension,
    readings: Vec<Vec<&'static str>>,
}

/// Indices of figures by block and cell.
type FiguresOfText = BTreeMap<(usize, Option<(usize, usize)>), Vec<usize>>;

/// A sentence as printed and in lower case.
struct Said<'a> {
    sentence: &'a Sentence,
    text: &'a str,
    lower: String,
}

/// The values that a document gives for each reading, with the printed form.
type Values = Vec<Vec<(Decimal, Decimal, String)>>;

static ROWS: LazyLock<Vec<Row>> = LazyLock::new(|| {
    lexicon_table("ambiguous-measures")
        .filter_map(|row| {
            let (name, rest) = row.split_first()?;
            let (dimension, readings) = rest.split_first()?;
            Some(Row {
                name,
                found: Finder::new(*name),
                dimension: match *dimension {
                    "share" => Dimension::Proportion,
                    "time" => Dimension::Time,
                    "money" => Dimension::Money,
                    _ => return None,
                },
                readings: readings
                    .iter()
                    .map(|forms| forms.split('|').collect())
                    .collect(),
            })
        })
        .collect()
});

/// Words between a name and its value.
const LINKS: [&str; 16] = [
    "of",
    "was",
    "were",
    "is",
    "reached",
    "at",
    "a",
    "about",
    "only",
    "median",
    "the",
    "rate",
    "approximately",
    "to",
    "had",
    "stood",
];

/// The ambiguous figures of a document, by figure. Linear in the document for each name of the list that it uses.
pub(super) fn extract(
    document: &Document,
    sentences: &[Sentence],
    figures: &[Figure],
) -> Vec<Ambiguity> {
    let whole = document.source.text();
    let is_used = |row: &&Row| row.found.find(whole.as_bytes()).is_some();
    let used: Vec<&Row> = ROWS.iter().filter(is_used).collect();
    if used.is_empty() {
        return Vec::new();
    }
    let said: Vec<Said<'_>> = sentences
        .iter()
        .filter(|sentence| sentence.kind != SentenceKind::Reference)
        .map(|sentence| {
            let text = document.plain(&sentence.place);
            Said {
                sentence,
                text,
                lower: text.to_ascii_lowercase(),
            }
        })
        .collect();
    let mut of_text = FiguresOfText::new();
    for (index, figure) in figures.iter().enumerate() {
        let id = (figure.place.block, figure.place.cell);
        of_text.entry(id).or_default().push(index);
    }
    let reader = Reader {
        document,
        said: &said,
        figures,
        of_text: &of_text,
    };
    let mut found: Vec<Ambiguity> = used
        .iter()
        .flat_map(|row| reader.ambiguities(row))
        .collect();
    found.sort_by_key(|ambiguity| ambiguity.figure);
    found.dedup_by_key(|ambiguity| ambiguity.figure);
    found
}

struct Reader<'a> {
    document: &'a Document,
    said: &'a [Said<'a>],
    figures: &'a [Figure],
    of_text: &'a FiguresOfText,
}

impl Reader<'_> {
    fn ambiguities(&self, row: &Row) -> Vec<Ambiguity> {
        let bare: Vec<(&Said<'_>, usize)> = self
            .said
            .iter()
            .filter(|said| said.sentence.kind == SentenceKind::Claim)
            .filter(|said| said.lower.contains(row.name) && !names(said, row).any(|named| named))
            .flat_map(|said| self.values_of(said, row).map(move |figure| (said, figure)))
            .collect();
        if bare.is_empty() || self.is_defined(row) {
            return Vec::new();
        }
        let values = self.values(row);
        if values.iter().filter(|values| !values.is_empty()).count() < 2 {
            return Vec::new();
        }
        bare.into_iter()
            .filter_map(|(said, figure)| self.ambiguity(row, &values, said, figure))
            .collect()
    }

    /// The figures right beside the bare name.
    fn values_of<'r>(
        &'r self,
        said: &'r Said<'r>,
        row: &'r Row,
    ) -> impl Iterator<Item = usize> + 'r {
        let start = said.sentence.place.range.start;
        self.figures_of(said).filter(move |at| {
            self.figures.get(*at).is_some_and(|figure| {
                let range = &figure.place.range;
                let head = said
                    .lower
                    .get(..range.start.saturating_sub(start))
                    .unwrap_or_default();
                let tail = said
                    .lower
                    .get(range.end.saturating_sub(start)..)
                    .unwrap_or_default();
                is_of_dimension(figure, row.dimension)
                    && (is_in_front(head, row.name)
                        || tail
                            .strip_prefix([' ', '-'])
                            .is_some_and(|tail| starts_with_word(tail, row.name)))
            })
        })
    }

    fn figures_of<'r>(&'r self, said: &'r Said<'r>) -> impl Iterator<Item = usize> + 'r {
        let place = &said.sentence.place;
        let all = self
            .of_text
            .get(&(place.block, place.cell))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let start_of = |at: &usize| {
            self.figures
                .get(*at)
                .map_or(0, |figure| figure.place.range.start)
        };
        let first = all.partition_point(|at| start_of(at) < place.range.start);
        all.iter()
            .skip(first)
            .take_while(move |at| start_of(at) < place.range.end)
            .copied()
    }

    /// The values in sentences that name a reading; a sentence of several gives them to each.
    fn values(&self, row: &Row) -> Values {
        let mut values: Values = vec![Vec::new(); row.readings.len()];
        for said in self.said {
            for (values, named) in values.iter_mut().zip(names(said, row)) {
                if !named {
                    continue;
                }
                let of_sentence = self.figures_of(said).filter_map(|at| {
                    let figure = self.figures.get(at)?;
                    let quantity = figure.quantity.as_ref()?;
                    let printed = self.document.plain(&figure.place).to_owned();
                    is_of_dimension(figure, row.dimension).then_some((
                        quantity.low,
                        quantity.high,
                        printed,
                    ))
                });
                values.extend(of_sentence);
            }
        }
        values
    }

    /// "Response rate was defined as ...", "response rate (complete and partial)".
    fn is_defined(&self, row: &Row) -> bool {
        self.said.iter().any(|said| {
            said.lower.match_indices(row.name).any(|(at, name)| {
                let behind = said.lower.get(at + name.len()..).unwrap_or_default();
                let near: String = behind.chars().take(60).collect();
                near.starts_with(" (")
                    || ["defin", "mean", "includ", "refer"]
                        .iter()
                        .any(|word| near.contains(word))
            })
        })
    }

    fn ambiguity(
        &self,
        row: &Row,
        values: &Values,
        said: &Said<'_>,
        index: usize,
    ) -> Option<Ambiguity> {
        let figure = self.figures.get(index)?;
        let quantity = figure.quantity.as_ref()?;
        let told = values
            .iter()
            .flatten()
            .any(|(low, high, _)| *low <= quantity.high && quantity.low <= *high);
        let near = self.readings_near(row, said);
        if told || near == 1 {
            return None;
        }
        let readings: Vec<String> = row
            .readings
            .iter()
            .zip(values)
            .filter_map(|(forms, values)| {
                let (_, _, printed) = values.first()?;
                Some(format!("{} ({printed})", forms.first()?))
            })
            .collect();
        Some(Ambiguity {
            place: figure.place.clone(),
            span: figure.span,
            figure: index,
            name: row.name.to_owned(),
            readings: readings.join(", "),
            is_near: near > 1,
        })
    }

    /// How many readings the paragraph and its heading name.
    fn readings_near(&self, row: &Row, said: &Said<'_>) -> usize {
        let block = said.sentence.place.block;
        let first = self
            .said
            .partition_point(|other| other.sentence.place.block < block.saturating_sub(1));
        let mut named = vec![false; row.readings.len()];
        let near = self
            .said
            .iter()
            .skip(first)
            .take_while(|other| other.sentence.place.block <= block);
        for other in near {
            for (named, here) in named.iter_mut().zip(names(other, row)) {
                *named |= here;
            }
        }
        if let Some(title) = self.document.section_title(block) {
            let lower = title.to_ascii_lowercase();
            for (named, forms) in named.iter_mut().zip(&row.readings) {
                *named |= forms.iter().any(|form| says(title, &lower, form));
            }
        }
        named.iter().filter(|named| **named).count()
    }
}

/// For each reading whether a sentence names it.
fn names<'s>(said: &'s Said<'_>, row: &'s Row) -> impl Iterator<Item = bool> + 's {
    row.readings
        .iter()
        .map(|forms| forms.iter().any(|form| says(said.text, &said.lower, form)))
}

/// Whether a form stands in a text as words of its own; forms in capitals as printed.
fn says(text: &str, lower: &str, form: &str) -> bool {
    let text = if form.chars().any(char::is_uppercase) {
        text
    } else {
        lower
    };
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    text.match_indices(form).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let behind = text
            .get(at + form.len()..)
            .and_then(|text| text.chars().next());
        !letter(before) && !letter(behind)
    })
}

fn is_of_dimension(figure: &Figure, dimension: Dimension) -> bool {
    let unit = figure.quantity.as_ref().and_then(|q| q.unit.as_ref());
    unit.is_some_and(|unit| unit.dimension == dimension)
}

/// "response rate of": the name and at most four joining words end the text, and no word in front of the name narrows it.
fn is_in_front(head: &str, name: &str) -> bool {
    let Some(at) = head.rfind(name) else {
        return false;
    };
    let between = head.get(at + name.len()..).unwrap_or_default();
    let words = between
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let joins = between.len() <= 40
        && !between.contains(['(', ')', ';', ','])
        && words.clone().count() <= 4
        && words.clone().count() > 0
        && words.into_iter().all(|word| LINKS.contains(&word));
    let before = head.get(..at).unwrap_or_default();
    let last = before
        .rsplit(|c: char| c.is_whitespace())
        .find(|word| !word.is_empty())
        .unwrap_or_default();
    joins
        && (before.is_empty()
            || ["the", "a", "median", "and", "its", "their", "but"].contains(&last))
}

fn starts_with_word(text: &str, name: &str) -> bool {
    text.strip_prefix(name)
        .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
}

#[cfg(test)]
#[path = "tests/ambiguity.rs"]
mod tests;
