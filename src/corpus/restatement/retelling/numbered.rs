//! The numbers of a cited text, gathered by what stands together: a sentence, or the row of a table.
//!
//! What a text does not say in one number it may give in two that stand together. It leaves out which two those are.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::beside::Places;
use super::given::{Given, numbers};
use super::reading::{self, Line};
use crate::corpus::Extraction;

/// The numbers of a cited text, all together and by line.
pub(super) struct Numbered {
    pub(super) given: Given,
    /// For each line, the index of its numbers: those of its sentence, or of its row.
    pub(super) group: Vec<usize>,
    pub(super) groups: Vec<Vec<Decimal>>,
    /// For each figure, the index of its numbers.
    pub(super) of_figure: BTreeMap<usize, usize>,
    /// For each index of numbers, the lines that have them.
    pub(super) lines: Vec<Vec<usize>>,
    pub(super) places: Places,
}

impl Numbered {
    /// Those of a text that was read as `lines`.
    pub(super) fn of(text: &Extraction, lines: &[Line]) -> Self {
        let mut groups: Vec<Vec<Decimal>> = Vec::new();
        let mut group = Vec::new();
        let mut of_figure = BTreeMap::new();
        let mut row_before = None;
        for line in lines {
            let place = &line.place;
            let row = place.cell.map(|(row, _)| (place.block, row));
            if row.is_none() || row != row_before {
                groups.push(match row {
                    Some(row) => reading::row_numbers(text, row),
                    None => numbers(text.document.plain(place)),
                });
            }
            row_before = row;
            let own = groups.len() - 1;
            of_figure.extend(line.items.iter().map(|item| (item.figure, own)));
            group.push(own);
        }
        let mut lines_of = vec![Vec::new(); groups.len()];
        for (line, own) in group.iter().enumerate() {
            if let Some(lines) = lines_of.get_mut(*own) {
                lines.push(line);
            }
        }
        Self {
            given: Given::of(text),
            places: Places::of(&groups),
            lines: lines_of,
            group,
            groups,
            of_figure,
        }
    }
}
