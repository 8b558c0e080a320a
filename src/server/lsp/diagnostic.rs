//! Findings as diagnostics.
//!
//! A finding stands at its place, and once in every other document that it names, since people see only what they have open. Many
//! editors hide related places, so the message names them, too.

use std::collections::{BTreeMap, BTreeSet};

use lsp_types::{
    Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, NumberOrString,
    Position, Range,
};

use super::capabilities::Client;
use super::checked::{Checked, Places, all_places, narrow};
use super::uri;
use crate::finding::{Finding, Level, Location};
use crate::text::Problem;

/// Rules whose findings mark text that does nothing; editors fade it.
const UNNECESSARY: [&str; 2] = ["uncited-reference", "unused-suppression"];
/// Other places that a message names, and that are related information.
const NAMED: usize = 4;
const RELATED: usize = 50;
/// Longest label of a place without words of its own, in columns.
const LABEL: usize = 80;
/// Who says it.
const SOURCE: &str = "factlint";

/// The diagnostics of one document with the number of the text they hold for.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Published {
    pub(super) version: Option<i32>,
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// The diagnostics of all documents of a project, by URI: also of those without any, if they are open.
pub(super) fn published(checked: &Checked, client: &Client) -> BTreeMap<String, Published> {
    let mut all: BTreeMap<String, Published> = BTreeMap::new();
    for document in checked.documents.values() {
        if document.version.is_some() {
            all.entry(document.uri.clone()).or_default().version = document.version;
        }
    }
    let places = Places::of(&checked.findings, checked, client.unit);
    for finding in &checked.findings {
        for location in shown_at(finding) {
            if let Some(document) = checked.documents.get(&location.path)
                && let Some(diagnostic) = diagnostic(finding, location, (checked, &places), client)
            {
                let published = all.entry(document.uri.clone()).or_default();
                published.diagnostics.push(diagnostic);
            }
        }
    }
    for (path, problem) in &checked.problems {
        if let Some(uri) = path.as_deref().and_then(uri::of_path) {
            all.entry(uri).or_default().diagnostics.push(fault(problem));
        }
    }
    all
}

/// Where a finding is shown: its place, and the first one in each other document.
pub(super) fn shown_at(finding: &Finding) -> impl Iterator<Item = &Location> {
    let mut seen = BTreeSet::new();
    all_places(finding).filter(move |location| seen.insert(location.path.as_str()))
}

fn diagnostic(
    finding: &Finding,
    at: &Location,
    (checked, places): (&Checked, &Places<'_>),
    client: &Client,
) -> Option<Diagnostic> {
    let others: Vec<&Location> = all_places(finding)
        .filter(|other| (&other.path, other.span) != (&at.path, at.span))
        .collect();
    let related = client.has_related_information.then(|| {
        let told = others.iter().take(RELATED);
        told.filter_map(|other| {
            Some(DiagnosticRelatedInformation {
                location: places.place(other)?,
                message: label(other, checked),
            })
        })
        .collect()
    });
    Some(Diagnostic {
        range: places.range(at)?,
        severity: Some(severity(finding.level)),
        code: Some(NumberOrString::String(finding.rule.clone())),
        source: Some(SOURCE.to_owned()),
        message: message(finding, at, &others, checked),
        related_information: related.filter(|related: &Vec<_>| !related.is_empty()),
        tags: UNNECESSARY
            .contains(&finding.rule.as_str())
            .then(|| vec![DiagnosticTag::UNNECESSARY]),
        data: Some(finding.fingerprint.clone().into()),
        ..Diagnostic::default()
    })
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::ERROR,
        Level::Warning => DiagnosticSeverity::WARNING,
        Level::Note => DiagnosticSeverity::INFORMATION,
    }
}

/// What is wrong, seen from one of its places, with the others in words and what to do.
fn message(finding: &Finding, at: &Location, others: &[&Location], checked: &Checked) -> String {
    let first = &finding.location;
    let mut said = if (&at.path, at.span) == (&first.path, first.span) {
        finding.message.clone()
    } else {
        format!("In {}: {}", named(first, checked), finding.message)
    };
    if !others.is_empty() {
        let mut names: Vec<String> = others
            .iter()
            .take(NAMED)
            .map(|other| named(other, checked))
            .collect();
        if let Some(more @ 1..) = others.len().checked_sub(NAMED) {
            names.push(format!("{more} more"));
        }
        said.push_str("\nSee also: ");
        said.push_str(&names.join(", "));
    }
    if let Some(suggestion) = &finding.suggestion {
        said.push_str("\nWhat to do: ");
        said.push_str(suggestion);
    }
    said
}

/// `a.md:3`.
pub(super) fn named(location: &Location, checked: &Checked) -> String {
    let source = checked
        .extraction(&location.path)
        .map(|extraction| &extraction.document.source);
    let line = source.map_or(1, |source| source.line(location.span.start));
    format!("{}:{line}", location.path)
}

fn label(location: &Location, checked: &Checked) -> String {
    if !location.label.is_empty() {
        return location.label.clone();
    }
    let text = checked.extraction(&location.path).map_or("", |extraction| {
        extraction.document.source.slice(location.span)
    });
    crate::report::ellipsize(&crate::text::squeeze(text), LABEL, "...")
}

/// What could not be read or run, at its line.
fn fault(problem: &Problem) -> Diagnostic {
    let line = narrow(problem.line.unwrap_or(1).saturating_sub(1));
    Diagnostic {
        range: Range::new(Position::new(line, 0), Position::new(line + 1, 0)),
        severity: Some(DiagnosticSeverity::ERROR),
        source: Some(SOURCE.to_owned()),
        message: format!("{}\nWhat to do: {}", problem.message, problem.help),
        ..Diagnostic::default()
    }
}
