//! Rows of tables that name a trial by its number, with its enrolment, phase or status in columns of their own.
//!
//! It leaves out trials that fill several rows: those are arms or parts.

use std::collections::BTreeMap;

use super::protocol::{Difference, differences};
use super::{Kept, RegistryMismatch, mismatch, topic};
use crate::citation::registry;
use crate::corpus::Extraction;
use crate::markdown::{Row, Table};
use crate::text::Span;

pub(super) fn mismatches(
    document: usize,
    extraction: &Extraction,
    kept: &BTreeMap<String, Kept<'_>>,
) -> Vec<RegistryMismatch> {
    let tables = extraction.document.blocks.iter();
    tables
        .filter_map(|block| block.table())
        .flat_map(|table| of_table(document, table, kept))
        .collect()
}

fn of_table(
    document: usize,
    table: &Table,
    kept: &BTreeMap<String, Kept<'_>>,
) -> Vec<RegistryMismatch> {
    let [head, rows @ ..] = table.rows.as_slice() else {
        return Vec::new();
    };
    if table.header_rows != 1 {
        return Vec::new();
    }
    let trials: Vec<Option<String>> = rows.iter().map(trial).collect();
    let mut times: BTreeMap<&str, usize> = BTreeMap::new();
    for trial in trials.iter().flatten() {
        *times.entry(trial).or_default() += 1;
    }
    let mut found = Vec::new();
    for (row, trial) in rows.iter().zip(&trials) {
        let Some(trial) = trial.as_deref().filter(|id| times.get(id) == Some(&1)) else {
            continue;
        };
        let Some((entry, path)) = kept.get(trial).and_then(Kept::entry) else {
            continue;
        };
        for (label, span, text) in cells(head, row) {
            // A cell is told as a line with its head: "Enrolment: 120".
            let told: Vec<Difference> = differences(&format!("{label}: {text}"), entry);
            found.extend(
                told.into_iter()
                    .map(|difference| mismatch(document, span, text, (trial, path), difference)),
            );
        }
    }
    found
}

/// The one trial that a row names.
fn trial(row: &Row) -> Option<String> {
    let ids: Vec<(usize, &str)> = row
        .cells
        .iter()
        .flat_map(|cell| registry::find_all(&cell.text.plain))
        .collect();
    topic::only(&ids)
}

/// The cells of a row below a head that says what stands there.
fn cells<'a>(head: &'a Row, row: &'a Row) -> impl Iterator<Item = (&'a str, Span, &'a str)> {
    let pairs = head.cells.iter().zip(&row.cells);
    pairs.filter_map(|(head, cell)| {
        let label = match head.text.plain.trim().to_lowercase().as_str() {
            "enrolment"
            | "enrollment"
            | "enrolled"
            | "participants enrolled"
            | "patients enrolled" => "enrolment",
            "phase" => "phase",
            "status" | "overall status" | "recruitment status" => "status",
            _ => return None,
        };
        Some((label, cell.span, cell.text.plain.trim()))
    })
}
