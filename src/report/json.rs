//! The JSON reports: one object, `version` 1, or one object a line. Later versions only add fields.

use serde::Serialize;

use super::places::Places;
use super::{Run, Statistics, level_name};
use crate::finding::{Finding, Location, Suppressed, Suppressor};
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

/// A line of the second report; what it is stands in `type`.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Line<'a> {
    Finding(Item<'a>),
    Suppressed(Hidden<'a>),
    Problem(&'a Problem),
    Statistics(Statistics),
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
        suppressed: run.suppressed.iter().map(|s| hidden(s, &places)).collect(),
        outside_changes: run.outside_changes,
        problems: run.problems,
        statistics: run.statistics,
    };
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

/// The same as one object a line (<https://jsonlines.org>): findings, hidden ones, problems, what was counted.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn jsonl(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let places = Places::of(run);
    let shown = run.findings.iter();
    let suppressed = run.suppressed.iter();
    let lines = shown
        .map(|finding| Line::Finding(item(finding, &places)))
        .chain(suppressed.map(|one| Line::Suppressed(hidden(one, &places))))
        .chain(run.problems.iter().map(Line::Problem))
        .chain(std::iter::once(Line::Statistics(run.statistics)));
    let mut out = String::new();
    for line in lines {
        out.push_str(&serde_json::to_string(&line)?);
        out.push('\n');
    }
    Ok(out)
}

fn hidden<'a>(suppressed: &'a Suppressed, places: &Places<'_>) -> Hidden<'a> {
    Hidden {
        by: suppressed.by,
        reason: &suppressed.reason,
        finding: item(&suppressed.finding, places),
    }
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
