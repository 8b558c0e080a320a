//! The sentences of a text with their values, as they are compared with what another text tells of them; and the cells of its
//! tables, each as the sentence that its row and column make.

use std::ops::Range;

use rust_decimal::Decimal;

use super::super::item::{Item, items, ratios, sorted};
use super::super::landmark::Standing;
use super::super::token::{Stretches, Token, TokenKind, tokens};
use super::super::words::Names;
use super::given::numbers;
use super::{CHANGES, CUES};
use crate::claim::SentenceKind;
use crate::corpus::Extraction;
use crate::markdown::Place;

/// Sentences with more values are lists of data.
const MOST_VALUES: usize = 30;
/// Bytes of a caption or a head that say what a table or a column is about.
const CAPTION: usize = 200;
/// Rows at the head of a table that may hold the sizes of its groups.
const MOST_HEADS: usize = 3;

/// A sentence with its values.
#[derive(Debug)]
pub(super) struct Line {
    pub(super) block: usize,
    pub(super) place: Place,
    pub(super) tokens: Vec<Token>,
    /// Stems of what it says, sorted.
    pub(super) stems: Vec<u32>,
    pub(super) items: Vec<Item>,
}

impl Line {
    pub(super) fn figures(&self) -> impl Iterator<Item = usize> {
        self.tokens.iter().filter_map(Token::figure)
    }

    pub(super) fn has_figures(&self) -> bool {
        self.figures().next().is_some()
    }
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
            place: place.clone(),
            stems: telling(tokens.iter()),
            tokens,
            items,
        });
    }
    lines
}

/// Reads the cells of a text's tables with the words of their rows, columns and captions, row by row. Linear.
pub(super) fn cells(extraction: &Extraction, names: &mut Names) -> Vec<Line> {
    let statements = &extraction.statements;
    let mut lines = Vec::new();
    for (at, figure) in statements.figures.iter().enumerate() {
        if figure.place.cell.is_none() {
            continue;
        }
        let caption = caption(extraction, figure.place.block);
        let wording = figure.wording.as_deref().unwrap_or_default();
        let arm = figure.arm.as_ref().map_or("", |arm| arm.value.as_str());
        let words = format!("{caption} {wording} {arm} ");
        let printed = extraction.document.plain(&figure.place);
        let is_share = figure
            .quantity
            .as_ref()
            .is_some_and(|quantity| quantity.denominator.is_some());
        let stretches = Stretches {
            figures: vec![(words.len()..words.len() + printed.len(), at, is_share)],
            marks: Vec::new(),
        };
        let tokens = tokens(&format!("{words}{printed}"), &stretches, names);
        let (items, _) = items(&tokens, &statements.figures, names);
        lines.push(Line {
            block: figure.place.block,
            place: figure.place.clone(),
            stems: telling(tokens.iter()),
            tokens,
            items,
        });
    }
    lines
}

/// The beginning of the caption of a table.
fn caption(extraction: &Extraction, block: usize) -> &str {
    let blocks = &extraction.document.blocks;
    let table = blocks.get(block).and_then(|block| block.table());
    let caption = table.and_then(|table| blocks.get(table.caption?));
    beginning(caption.map_or("", |caption| caption.text.plain.as_str()))
}

fn beginning(text: &str) -> &str {
    text.get(..text.floor_char_boundary(CAPTION))
        .unwrap_or(text)
}

/// Every number of a row of a table and of the heads of its columns.
pub(super) fn row_numbers(extraction: &Extraction, (block, row): (usize, usize)) -> Vec<Decimal> {
    let table = extraction
        .document
        .blocks
        .get(block)
        .and_then(|block| block.table());
    let Some(table) = table else {
        return Vec::new();
    };
    let heads = table.rows.iter().take(table.header_rows.min(MOST_HEADS));
    let heads = heads.flat_map(|row| row.cells.iter().take(MOST_VALUES));
    let own = table.rows.get(row).into_iter().flat_map(|row| &row.cells);
    heads
        .map(|cell| beginning(&cell.text.plain))
        .chain(own.map(|cell| cell.text.plain.as_str()))
        .flat_map(numbers)
        .collect()
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
