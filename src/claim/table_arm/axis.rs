//! Where a table's arms stand: in its columns, in its row labels, or in heads between its rows.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::groups::Groups;
use super::label::{can_be_arm, folded, is_timed, is_told_by_words, name};
use super::path::{Path, group_head, is_figure, unmarked_text};
use crate::claim::Frame;
use crate::claim::group_size::group_size;
use crate::claim::measure::labels as measures;
use crate::markdown::{Row, Table};

/// Most arms of one table: more names are people, places or items.
const MOST: usize = 24;

/// An arm that stands at one place of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::claim) struct TableArm {
    /// Its name, as [`Groups`] calls it.
    pub(in crate::claim) name: String,
    /// The number of people, where it is stated.
    pub(in crate::claim) size: Option<Size>,
    /// The cell of the head that names it.
    pub(in crate::claim) cell: (usize, usize),
    /// How it was found.
    pub(in crate::claim) frame: Frame,
}

/// A group's size in a head.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::claim) struct Size {
    /// How many.
    pub(in crate::claim) count: Decimal,
    /// The cell that states it.
    pub(in crate::claim) cell: (usize, usize),
}

/// The arms of a table.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::claim) struct Axis {
    /// One a column, from 0; none where the arms stand elsewhere.
    pub(in crate::claim) columns: Vec<Option<TableArm>>,
    /// The arms of "Intervention (control)" heads: outside and inside the brackets; one a column.
    pub(in crate::claim) paired: Vec<Option<(String, String)>>,
    /// One a row of the table, headers counted: the arm its label or the head above it names.
    pub(in crate::claim) rows: BTreeMap<usize, String>,
}

/// A head that may name an arm.
struct Candidate {
    label: String,
    size: Option<Size>,
    cell: (usize, usize),
    rank: u8,
}

impl Axis {
    /// Finds the arms of a table. Linear in the table.
    pub(in crate::claim) fn of(table: &Table, paths: &[Path], groups: &mut Groups) -> Self {
        let paired: Vec<Option<(String, String)>> = paths
            .iter()
            .map(|path| path.iter().find_map(|part| pair(&part.text, groups)))
            .collect();
        let columns: Vec<Option<Candidate>> = paths
            .iter()
            .zip(&paired)
            .enumerate()
            .map(|(column, (path, pair))| {
                candidate(path, groups).filter(|_| column > 0 && pair.is_none())
            })
            .collect();
        let mut columns: Vec<Option<Candidate>> = columns
            .into_iter()
            .enumerate()
            .map(|(column, found)| found.filter(|_| holds_values(table, column)))
            .collect();
        add_sibling(&mut columns, paths);
        let labels: BTreeSet<String> = columns
            .iter()
            .flatten()
            .map(|found| folded(&found.label))
            .collect();
        let told = columns
            .iter()
            .flatten()
            .any(|found| groups.is_told(&found.label));
        let in_rows = if told {
            BTreeMap::new()
        } else {
            rows(table, groups)
        };
        if (2..=MOST).contains(&labels.len()) && in_rows.is_empty() {
            return Self {
                columns: named(columns, groups),
                ..Self::default()
            };
        }
        if labels.is_empty() && paired.iter().any(Option::is_some) {
            return Self {
                paired: named_pairs(&paired, groups),
                ..Self::default()
            };
        }
        let rows = if told { rows(table, groups) } else { in_rows };
        Self {
            rows,
            ..Self::default()
        }
    }
}

/// The names of columns' arms. Two different heads never share one.
fn named(columns: Vec<Option<Candidate>>, groups: &mut Groups) -> Vec<Option<TableArm>> {
    let labels: Vec<&str> = columns
        .iter()
        .flatten()
        .map(|found| found.label.as_str())
        .collect();
    let names = groups.names_of(&labels);
    columns
        .into_iter()
        .map(|found| {
            let found = found?;
            Some(TableArm {
                name: names.get(&folded(&found.label))?.clone(),
                size: found.size,
                cell: found.cell,
                frame: Frame::ColumnHeader,
            })
        })
        .collect()
}

/// Whether most filled cells of a column's body have a digit in front: "Treatment arm" over names heads no arm.
fn holds_values(table: &Table, column: usize) -> bool {
    let body = table.rows.iter().skip(table.header_rows);
    let (mut filled, mut valued) = (0_usize, 0_usize);
    for cell in body.filter_map(|row| row.cells.get(column)) {
        let mut signs = cell.text.plain.chars().filter(|c| c.is_alphanumeric());
        if let Some(first) = signs.next() {
            filled += 1;
            valued += usize::from(first.is_ascii_digit());
        }
    }
    valued * 2 >= filled
}

/// Where one arm is known and exactly one other head stands in its row, that is the other arm ("Intervention", "TAU").
fn add_sibling(columns: &mut [Option<Candidate>], paths: &[Path]) {
    let labels: BTreeSet<String> = columns
        .iter()
        .flatten()
        .map(|found| folded(&found.label))
        .collect();
    let Some(row) = columns.iter().flatten().map(|found| found.cell.0).next() else {
        return;
    };
    if labels.len() != 1 {
        return;
    }
    let others: Vec<(usize, Candidate)> = paths
        .iter()
        .enumerate()
        .skip(1)
        .filter(|(column, _)| columns.get(*column).is_some_and(Option::is_none))
        .filter_map(|(column, path)| {
            let part = path.iter().find(|part| part.cell.0 == row)?;
            let label = name(&part.text);
            let candidate = Candidate {
                label,
                size: None,
                cell: part.cell,
                rank: 0,
            };
            let long = candidate.label.chars().count() > 1;
            (long
                && measures(&candidate.label, true).is_empty()
                && can_be_arm(&candidate.label)
                && !is_timed(&candidate.label))
            .then_some((column, candidate))
        })
        .collect();
    let different: BTreeSet<String> = others
        .iter()
        .map(|(_, other)| folded(&other.label))
        .collect();
    if different.len() == 1 {
        for (column, other) in others {
            if let Some(slot) = columns.get_mut(column) {
                *slot = Some(other);
            }
        }
    }
}

fn named_pairs(
    paired: &[Option<(String, String)>],
    groups: &mut Groups,
) -> Vec<Option<(String, String)>> {
    let labels: Vec<&str> = paired
        .iter()
        .flatten()
        .flat_map(|(outside, inside)| [outside.as_str(), inside.as_str()])
        .collect();
    let names = groups.names_of(&labels);
    let name_of = |label: &str| names.get(&folded(label)).cloned();
    paired
        .iter()
        .map(|pair| {
            let (outside, inside) = pair.as_ref()?;
            Some((name_of(outside)?, name_of(inside)?))
        })
        .collect()
}

/// The head of a column that names an arm: one the document knows before one with a size before one with a role word.
fn candidate(path: &Path, groups: &Groups) -> Option<Candidate> {
    let size = path.iter().rev().find_map(|part| {
        let (count, _) = group_size(&part.text)?;
        let cell = part.cell;
        Some(Size { count, cell })
    });
    let sized = |part: &super::path::Part| {
        let own = group_size(&part.text).is_some();
        let bare = path
            .iter()
            .any(|other| group_size(&other.text).is_some() && !can_be_arm(&name(&other.text)));
        own || bare
    };
    path.iter()
        .filter_map(|part| {
            let label = name(&part.text);
            if !can_be_arm(&label) || !measures(&label, true).is_empty() {
                return None;
            }
            let rank = if groups.knows(&label) {
                3
            } else if sized(part) && !is_timed(&label) {
                2
            } else if is_told_by_words(&label) {
                1
            } else {
                return None;
            };
            Some(Candidate {
                label,
                size: size.clone(),
                cell: part.cell,
                rank,
            })
        })
        .max_by_key(|found| found.rank)
}

/// "Intervention (control)": two arms in one head.
fn pair(head: &str, groups: &Groups) -> Option<(String, String)> {
    let (outside, rest) = head.rsplit_once('(')?;
    let inside = name(rest.split(')').next()?);
    let outside = name(outside.rsplit([';', ':']).next()?);
    let possible = can_be_arm(&outside) && can_be_arm(&inside);
    (possible && groups.are_opposed(&outside, &inside)).then_some((outside, inside))
}

/// The arms of rows: by the label in the second column, else in the first, else by the heads between rows.
fn rows(table: &Table, groups: &mut Groups) -> BTreeMap<usize, String> {
    let body: Vec<(usize, &Row)> = table
        .rows
        .iter()
        .enumerate()
        .skip(table.header_rows)
        .collect();
    let valued: Vec<(usize, &Row)> = body
        .iter()
        .copied()
        .filter(|(_, row)| {
            let cells = row.cells.iter().skip(1);
            cells.clone().any(|cell| is_figure(cell.text.plain.trim()))
        })
        .collect();
    for column in [1, 0] {
        let labels = valued.iter().filter_map(|(at, row)| {
            let text = unmarked_text(&row.cells.get(column)?.text);
            Some((*at, text))
        });
        let found = told(labels, groups);
        if found.len() * 2 > valued.len() && (2..=MOST).contains(&distinct(&found)) {
            return renamed(found, groups);
        }
    }
    let heads: Vec<(usize, String)> = body
        .iter()
        .filter_map(|(at, row)| Some((*at, group_head(row)?)))
        .collect();
    let found = told(heads.iter().cloned(), groups);
    if found.len() * 2 <= heads.len() || !(2..=MOST).contains(&distinct(&found)) {
        return BTreeMap::new();
    }
    let found = renamed(found, groups);
    let heads: BTreeSet<usize> = heads.into_iter().map(|(at, _)| at).collect();
    let mut current: Option<String> = None;
    let mut spread = BTreeMap::new();
    for (at, _) in body {
        if heads.contains(&at) {
            current = found.get(&at).cloned();
        }
        if let Some(arm) = &current {
            spread.insert(at, arm.clone());
        }
    }
    spread
}

fn distinct(found: &BTreeMap<usize, String>) -> usize {
    found.values().collect::<BTreeSet<_>>().len()
}

/// The labels that name arms, folded.
fn told(labels: impl Iterator<Item = (usize, String)>, groups: &Groups) -> BTreeMap<usize, String> {
    let mut judged: BTreeMap<String, bool> = BTreeMap::new();
    let mut found = BTreeMap::new();
    for (at, text) in labels {
        let label = name(&text);
        let is_arm = *judged.entry(label.clone()).or_insert_with(|| {
            can_be_arm(&label)
                && !is_figure(&label)
                && (groups.knows(&label) || is_told_by_words(&label))
        });
        if is_arm {
            found.insert(at, label);
        }
    }
    found
}

fn renamed(found: BTreeMap<usize, String>, groups: &mut Groups) -> BTreeMap<usize, String> {
    let labels: BTreeSet<&str> = found.values().map(String::as_str).collect();
    let labels: Vec<&str> = labels.into_iter().collect();
    let names = groups.names_of(&labels);
    found
        .into_iter()
        .filter_map(|(at, label)| Some((at, names.get(&folded(&label))?.clone())))
        .collect()
}
