//! The JSON report: one object, `version` 1. Later versions only add fields.

use serde::Serialize;

use super::places::Places;
use super::{Run, Statistics, level_name};
use crate::finding::{Finding, Location, Suppressor};
use crate::text::Problem;

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Report<'a> {
    version: u8,
    findings: Vec<Item<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    suppressed: Vec<Hidden<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    outside_changes: Option<usize>,
    problems: &'a [Problem],
    statistics: Statistics,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Item<'a> {
    rule: &'a str,
    level: &'static str,
    message: &'a str,
    location: Place<'a>,
    related: Vec<Place<'a>>,
    suggestion: Option<&'a str>,
    cause: Option<&'a str>,
    fingerprint: &'a str,
}

#[derive(Serialize)]
struct Hidden<'a> {
    by: Suppressor,
    reason: &'a str,
    finding: Item<'a>,
}

/// Bytes from 0, end exclusive; lines and columns (code points) from 1, end column exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Place<'a> {
    path: &'a str,
    start: usize,
    end: usize,
    start_line: usize,
    start_column: usize,
    end_line: usize,
    end_column: usize,
    label: &'a str,
}

/// The report as indented JSON with a final line end.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn json(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let places = Places::of(run);
    let report = Report {
        version: 1,
        findings: run.findings.iter().map(|f| item(f, &places)).collect(),
        suppressed: run
            .suppressed
            .iter()
            .map(|one| Hidden {
                by: one.by,
                reason: &one.reason,
                finding: item(&one.finding, &places),
            })
            .collect(),
        outside_changes: run.outside_changes,
        problems: run.problems,
        statistics: run.statistics,
    };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

fn item<'a>(finding: &'a Finding, places: &Places<'_>) -> Item<'a> {
    Item {
        rule: &finding.rule,
        level: level_name(finding.level),
        message: &finding.message,
        location: place(&finding.location, places),
        related: finding.related.iter().map(|p| place(p, places)).collect(),
        suggestion: finding.suggestion.as_deref(),
        cause: finding.cause.as_deref(),
        fingerprint: &finding.fingerprint,
    }
}

fn place<'a>(location: &'a Location, places: &Places<'_>) -> Place<'a> {
    let (start, end) = (places.start(location), places.end(location));
    Place {
        path: &location.path,
        start: location.span.start,
        end: location.span.end,
        start_line: start.line,
        start_column: start.column,
        end_line: end.line,
        end_column: end.column,
        label: &location.label,
    }
}
