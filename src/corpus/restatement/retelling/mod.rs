//! What a document tells of another text, against what that text says: of an earlier edition of itself, and of the works that
//! it cites (`cited`).
//!
//! Why it exists: a yearly report says what the last one found ("up from 55% last year"). The earlier edition is the source of
//! that figure, and the sentence names it by its period alone. The figure is looked for there and nowhere else: sentences are
//! matched by their words, figures by the words beside them, and each figure of the source answers one that is told.
//! It leaves out judgement: a pair comes with its evidence and weight, and the rule holds the threshold.

mod beside;
pub(in crate::corpus) mod cited;
mod copied;
mod dated;
mod given;
mod matching;
mod numbered;
mod pointer;
mod reading;
mod series;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::score::{Piece, sum};
use super::words::{Names, Rarity};
use super::{Evidence, Run};
use crate::corpus::Extraction;
use crate::ontology::{WordClasses, WordSet, word_set};
use dated::Dated;
use matching::Matching;
use pointer::{Dating, Origin};
use rust_decimal::Decimal;
use series::Series;

/// Words by which a text points at a period.
static CUES: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("edition-cues"));
/// Words that tell how a figure changed, not what it is.
static CHANGES: LazyLock<WordSet> = LazyLock::new(|| word_set("change-words"));

/// A figure told of another text, and the one there that it differs from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retelling {
    /// What is told: document, index in [`Statements::figures`](crate::claim::Statements::figures).
    pub told: (usize, usize),
    /// What the source says.
    pub source: (usize, usize),
    /// Sum of the weights of all evidence, two places.
    pub weight: Decimal,
    /// What speaks for it and against it, strongest first.
    pub evidence: Vec<Evidence>,
}

impl Retelling {
    fn of(told: (usize, usize), source: (usize, usize), mut evidence: Vec<Piece>) -> Self {
        evidence.retain(|piece| piece.weight != 0);
        evidence.sort_by_key(|piece| (std::cmp::Reverse(piece.weight.abs()), piece.kind));
        let weight = sum(&evidence);
        Self {
            told,
            source,
            weight: Decimal::new(weight, 2),
            evidence: evidence
                .into_iter()
                .map(|piece| Evidence {
                    kind: piece.kind.name(),
                    weight: Decimal::new(piece.weight, 2),
                    words: piece.kind.words(&piece.detail),
                })
                .collect(),
        }
    }
}

/// Figures that differ from the edition they are told of, in document order. Linear in the values of all editions.
pub(in crate::corpus) fn find(run: &Run<'_>) -> Vec<Retelling> {
    let series = Series::of(run.extractions);
    let mut names = Names::default();
    let texts: Vec<Option<Dated>> = run
        .extractions
        .iter()
        .enumerate()
        .map(|(document, extraction)| {
            series.period(document)?;
            Some(dated(
                document,
                extraction,
                run.extractions,
                &series,
                &mut names,
            ))
        })
        .collect();
    let rarity = rarity(&texts, names.len());
    let matching = Matching {
        texts: &texts,
        rarity: &rarity,
    };
    let mut found: Vec<Retelling> = (0..texts.len())
        .flat_map(|document| matching.of_document(document))
        .collect();
    found.sort_by_key(|retelling| retelling.told);
    found
}

/// A text with the period of each of its values.
fn dated(
    document: usize,
    extraction: &Extraction,
    extractions: &[Extraction],
    series: &Series,
    names: &mut Names,
) -> Dated {
    let lines = reading::read(extraction, names);
    let earlier = series.earlier(document);
    let mut origins: Vec<Vec<Origin>> = Vec::new();
    let mut before: Option<(usize, Vec<usize>)> = None;
    for line in &lines {
        let linked: Vec<usize> = earlier
            .iter()
            .map(|(_, edition)| *edition)
            .filter(|edition| {
                extractions
                    .get(*edition)
                    .is_some_and(|edition| links_to(extraction, line.block, edition))
            })
            .collect();
        let dating = Dating {
            document,
            series,
            figures: &extraction.statements.figures,
            linked: &linked,
            before: before
                .take()
                .filter(|(block, _)| *block == line.block)
                .map(|(_, editions)| editions),
        };
        let own = dating.origins(&line.tokens, &line.items);
        if let Some(Origin::Earlier(editions) | Origin::Carried(editions)) = own.first() {
            before = Some((line.block, editions.clone()));
        }
        origins.push(own);
    }
    Dated::new(lines, origins)
}

/// Whether a block links to a document by the name of its file.
fn links_to(extraction: &Extraction, block: usize, other: &Extraction) -> bool {
    let stem = |path: &str| {
        let path = path.split(['#', '?']).next().unwrap_or(path);
        let file = path
            .trim_end_matches('/')
            .rsplit('/')
            .next()
            .unwrap_or(path);
        file.rsplit_once('.')
            .map_or(file, |(stem, _)| stem)
            .to_owned()
    };
    let own = stem(other.document.source.path());
    extraction
        .citations
        .links
        .iter()
        .any(|link| link.place.block == block && stem(&link.target) == own)
}

fn rarity(texts: &[Option<Dated>], names: usize) -> Rarity {
    let mut counts = vec![0; names];
    let mut lines = 0;
    for line in texts.iter().flatten().flat_map(|text| &text.lines) {
        lines += 1;
        let stems: BTreeSet<u32> = line.stems.iter().copied().collect();
        for stem in stems {
            if let Some(count) = usize::try_from(stem).ok().and_then(|at| counts.get_mut(at)) {
                *count += 1;
            }
        }
    }
    Rarity::new(&counts, lines)
}
