//! The sentences of a text with their values, as they are compared with what another text tells of them. Tables are left out.

use std::ops::Range;

use super::super::item::{Item, items, ratios, sorted};
use super::super::landmark::Standing;
use super::super::token::{Stretches, Token, TokenKind, tokens};
use super::super::words::Names;
use super::{CHANGES, CUES};
use crate::claim::SentenceKind;
use crate::corpus::Extraction;
use crate::markdown::Place;

/// Sentences with more values are lists of data.
const MOST_VALUES: usize = 30;

/// A sentence with its values.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) block: usize,
    pub(super) tokens: Vec<Token>,
    /// Stems of what it says, sorted.
    pub(super) stems: Vec<u32>,
    pub(super) items: Vec<Item>,
}

/// Reads the sentences of a text's running text. Linear.
pub(super) fn read(extraction: &Extraction, names: &mut Names) -> Vec<Line> {
    let statements = &extraction.statements;
    let pointers = extraction.citations.pointers.iter();
    let standing = (
        Standing::of(statements.figures.iter().map(|figure| &figure.place)),
        Standing::of(pointers.map(|pointer| &pointer.place)),
    );
    let mut lines = Vec::new();
    for sentence in &statements.sentences {
        let place = &sentence.place;
        let unread = matches!(
            sentence.kind,
            SentenceKind::Metadata | SentenceKind::Boilerplate | SentenceKind::Reference
        );
        if place.cell.is_some() || unread {
            continue;
        }
        let stretches = stretches(extraction, place, &standing);
        let tokens = tokens(extraction.document.plain(place), &stretches, names);
        let (mut items, _) = items(&tokens, &statements.figures, names);
        items.extend(ratios(&tokens, &statements.figures, names));
        items.sort_by_key(|item| item.token);
        if items.len() > MOST_VALUES {
            items.clear();
        }
        lines.push(Line {
            block: place.block,
            stems: telling(tokens.iter()),
            tokens,
            items,
        });
    }
    lines
}

/// The figures and marks of a sentence.
fn stretches(extraction: &Extraction, place: &Place, standing: &(Standing, Standing)) -> Stretches {
    let inside = |range: &Range<usize>| {
        range.start.saturating_sub(place.range.start)..range.end.saturating_sub(place.range.start)
    };
    let (figures, pointers) = standing;
    let figures = figures.within(place.block, &place.range).into_iter();
    let pointers = pointers.within(place.block, &place.range).into_iter();
    Stretches {
        figures: figures
            .filter_map(|at| {
                let figure = extraction.statements.figures.get(at)?;
                let is_share = figure.quantity.as_ref()?.denominator.is_some();
                Some((inside(&figure.place.range), at, is_share))
            })
            .collect(),
        marks: pointers
            .filter_map(|at| extraction.citations.pointers.get(at))
            .map(|pointer| inside(&pointer.place.range))
            .collect(),
    }
}

/// Stems of the words that say what is told, sorted: no grammar, no word of change, no period.
pub(super) fn telling<'t>(tokens: impl Iterator<Item = &'t Token>) -> Vec<u32> {
    let kept = tokens.filter(|token| {
        let word = token.text.to_lowercase();
        token.kind == TokenKind::Content
            && !CHANGES.contains(word.as_str())
            && !CUES.has("period", &word)
    });
    sorted(kept.map(|token| token.stem).collect())
}
