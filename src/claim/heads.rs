//! What the heads and labels of a table say of its figures: arm, words of the measure, group sizes.
//!
//! [`super::table`] reads measures and roles of the packs from heads; this adds what no pack names.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::figure::{Reader, is_general};
use super::group_size::group_size;
use super::row::RowContext;
use super::table_arm::{Axis, Path, TableArm, group_head, is_figure, paths, unmarked_text};
use super::{Bound, Figure, FigureRole, Frame, Measured};
use crate::markdown::{Place, Row, Table};
use crate::quantity::{Role, read};
use crate::text::squeeze;

/// The heads of one table.
pub(super) struct Heads {
    axis: Axis,
    /// For each column the words over it that name no arm.
    words: Vec<Vec<String>>,
}

/// What the rows so far say of the next: the head they stand under, and the last label.
#[derive(Default)]
pub(super) struct Labels {
    head: Option<String>,
    last: Option<String>,
}

/// Columns from the left that may hold labels.
const LABEL_COLUMNS: usize = 3;
/// Longest text of a head or label that is kept, in characters.
const LONGEST: usize = 120;
/// What a group size is called.
const SIZE: &str = "group size";

impl Labels {
    /// The words of a row: the head above, its label (that of the row above where it has none), further labels.
    pub(super) fn of(&mut self, row: &Row) -> Vec<String> {
        if let Some(head) = group_head(row) {
            self.head = Some(cut(&head));
            self.last = None;
            return self.head.iter().cloned().collect();
        }
        let mut words: Vec<String> = self.head.iter().cloned().collect();
        for (column, cell) in row.cells.iter().take(LABEL_COLUMNS).enumerate() {
            let text = unmarked_text(&cell.text);
            if column == 0 && text.is_empty() {
                words.extend(self.last.clone());
            } else if is_figure(&text) && column > 0 {
                break;
            } else if text.chars().any(char::is_alphabetic) {
                words.push(cut(&text));
            }
            if column == 0 && !text.is_empty() {
                self.last = Some(cut(&text));
            }
        }
        words
    }
}

pub(super) fn cut(text: &str) -> String {
    squeeze(text).chars().take(LONGEST).collect()
}

impl Reader<'_> {
    /// Reads the heads of a table, and the group sizes they state as figures.
    pub(super) fn heads(&mut self, block: usize, table: &Table) -> Heads {
        let paths = paths(table);
        let axis = Axis::of(table, &paths, &mut self.groups);
        self.read_sizes(block, &axis);
        let words = paths
            .iter()
            .enumerate()
            .map(|(column, path)| {
                let arm = axis.columns.get(column).and_then(Option::as_ref);
                words_of(path, arm)
            })
            .collect();
        Heads { axis, words }
    }

    fn read_sizes(&mut self, block: usize, axis: &Axis) {
        let mut seen = Vec::new();
        for arm in axis.columns.iter().flatten() {
            let Some(size) = arm.size.as_ref().filter(|size| !seen.contains(&size.cell)) else {
                continue;
            };
            seen.push(size.cell);
            let cell = Some(size.cell);
            let Some(text) = self.document.text_at(block, cell) else {
                continue;
            };
            let place = Place {
                block,
                cell,
                range: 0..text.plain.len(),
            };
            let stated = read(&text.plain, &[])
                .into_iter()
                .find(|quantity| quantity.value == Some(size.count));
            if let Some(mut quantity) = stated {
                quantity.role = Role::SampleSize;
                let mut figure = self.bare_figure(&place, &quantity, FigureRole::Design);
                figure.measure = Some(Bound {
                    value: Measured::Phrase(SIZE.to_owned()),
                    frame: Frame::ColumnHeader,
                });
                figure.arm = Some(bound(arm));
                self.figures.push(figure);
            }
        }
    }
}

fn bound(arm: &TableArm) -> Bound<String> {
    Bound {
        value: arm.name.clone(),
        frame: arm.frame,
    }
}

/// The arm of a trial is no company or system: it decides nothing about a figure of another field.
fn outside_trials(arm: Bound<String>, figure: &Figure) -> Bound<String> {
    if is_general(figure) {
        Bound {
            frame: Frame::Default,
            ..arm
        }
    } else {
        arm
    }
}

/// The heads over a column that name no arm and no bare size.
fn words_of(path: &Path, arm: Option<&TableArm>) -> Vec<String> {
    path.iter()
        .filter(|part| arm.is_none_or(|arm| arm.cell != part.cell))
        .filter(|part| {
            let size = group_size(&part.text).is_some();
            !(size && part.text.split_whitespace().count() <= 3)
        })
        .map(|part| cut(&part.text))
        .collect()
}

impl Heads {
    /// Whether a column's own head is an arm ("Treatment group" beside "Placebo group" heads values, not names).
    pub(super) fn has_arm(&self, column: usize) -> bool {
        self.axis.columns.get(column).is_some_and(Option::is_some)
    }

    /// The group sizes by column.
    pub(super) fn sizes(&self) -> BTreeMap<usize, Decimal> {
        let arms = self.axis.columns.iter().enumerate();
        arms.filter_map(|(column, arm)| Some((column, arm.as_ref()?.size.as_ref()?.count)))
            .collect()
    }

    /// Whether the arms stand in the rows, so that the labels name no measure.
    pub(super) fn has_arms_in_rows(&self) -> bool {
        !self.axis.rows.is_empty()
    }

    /// The arm of a row, by its label or the head above it.
    pub(super) fn row_arm(&self, row: usize) -> Option<Bound<String>> {
        Some(Bound {
            value: self.axis.rows.get(&row)?.clone(),
            frame: Frame::RowHeader,
        })
    }

    /// Gives the figures of a cell what the heads over it say. A row whose cells are more or fewer than the heads takes
    /// no arm from them.
    pub(super) fn bind(
        &self,
        figures: &mut [Figure],
        (column, is_aligned): (usize, bool),
        row: &RowContext,
    ) {
        let heads = self.words.get(column).filter(|_| is_aligned);
        let words: Vec<&str> = row
            .words
            .iter()
            .chain(heads.into_iter().flatten())
            .map(String::as_str)
            .collect();
        let wording = (!words.is_empty()).then(|| words.join(" · "));
        let arm = self.axis.columns.get(column).and_then(Option::as_ref);
        let pair = self.axis.paired.get(column).and_then(Option::as_ref);
        for figure in figures {
            figure.wording.clone_from(&wording);
            if let Some(arm) = arm.filter(|_| is_aligned && row.arm.is_none()) {
                figure.arm = Some(outside_trials(bound(arm), figure));
            }
            if let Some((outside, inside)) = pair.filter(|_| is_aligned) {
                let name = if figure.place.range.start == 0 {
                    outside
                } else {
                    inside
                };
                let arm = Bound {
                    value: name.clone(),
                    frame: Frame::ColumnHeader,
                };
                figure.arm = Some(outside_trials(arm, figure));
            }
            let row = figure.place.cell.map(|(row, _)| row).unwrap_or_default();
            if self.axis.rows.contains_key(&row) {
                figure.arm = figure.arm.take().map(|arm| outside_trials(arm, figure));
            }
        }
    }
}
