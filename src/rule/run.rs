//! Runs rules and makes findings of their rows.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::fingerprint::fingerprint;
use super::header::parse_level;
use super::identity::passages;
use super::message::{self, Part};
use super::query::{Solutions, select};
use super::{Rule, RuleSet, RunResult};
use crate::corpus::Corpus;
use crate::finding::{Finding, Location};
use crate::graph::Graph;
use crate::text::{Problem, Span, squeeze};

impl RuleSet {
    /// Runs every rule, each at most `limit` long. The order of rules and threads never changes the result.
    pub fn run(&self, graph: &Graph, corpus: &Corpus, limit: Duration) -> RunResult {
        let outcomes: Vec<(Duration, Result<Vec<Finding>, Problem>)> = self
            .rules
            .par_iter()
            .map(|rule| {
                let start = Instant::now();
                let findings = run(rule, graph, corpus, limit);
                (start.elapsed(), findings)
            })
            .collect();
        let mut result = RunResult::default();
        for (rule, (time, outcome)) in self.rules.iter().zip(outcomes) {
            result.timings.push((rule.id.clone(), time));
            match outcome {
                Ok(findings) => result.findings.extend(findings),
                Err(problem) => result.problems.push(problem),
            }
        }
        result
            .findings
            .sort_by(|a, b| sort_key(a).cmp(&sort_key(b)));
        number_twins(&mut result.findings);
        result
    }
}

fn sort_key(finding: &Finding) -> (&str, Span, &str, &str) {
    (
        &finding.location.path,
        finding.location.span,
        &finding.rule,
        &finding.message,
    )
}

/// Findings that are equal in all but their place get different fingerprints, in document order.
fn number_twins(findings: &mut [Finding]) {
    let mut seen: BTreeMap<String, usize> = BTreeMap::new();
    for finding in findings {
        let count = seen.entry(finding.fingerprint.clone()).or_default();
        *count += 1;
        if *count > 1 {
            finding.fingerprint = fingerprint(&[&finding.fingerprint, &count.to_string()]);
        }
    }
}

/// A row with its subject located.
struct Row<'s> {
    location: Location,
    document: usize,
    values: &'s [Option<String>],
}

/// Column of each variable of the result contract.
struct Columns(BTreeMap<String, usize>);

impl Columns {
    fn get<'r>(&self, row: &'r [Option<String>], name: &str) -> Option<&'r str> {
        row.get(*self.0.get(name)?)?
            .as_deref()
            .filter(|value| !value.is_empty())
    }

    fn all<'r>(&self, rows: &[Row<'r>], name: &str) -> Vec<&'r str> {
        rows.iter()
            .filter_map(|row| self.get(row.values, name))
            .collect()
    }
}

fn run(
    rule: &Rule,
    graph: &Graph,
    corpus: &Corpus,
    limit: Duration,
) -> Result<Vec<Finding>, Problem> {
    let failed = |message: String| Problem {
        path: rule.path.clone(),
        line: None,
        message: format!("rule {}: {message}", rule.id),
        help: "correct the rule, or leave it out".to_owned(),
    };
    let Solutions { variables, rows } = select(graph, &rule.query, limit).map_err(failed)?;
    let columns = Columns(
        variables
            .into_iter()
            .enumerate()
            .map(|(at, name)| (name, at))
            .collect(),
    );
    let place = Places { graph, corpus };
    let mut groups: BTreeMap<(Option<&str>, usize), Vec<Row<'_>>> = BTreeMap::new();
    for (at, values) in rows.iter().enumerate() {
        // A grouped query without a match gives one row of unbound variables.
        let Some(subject) = columns.get(values, "subject") else {
            continue;
        };
        let label = columns.get(values, "label");
        let (document, location) = place
            .locate(subject, label)
            .ok_or_else(|| failed(format!("?subject is <{subject}>, which has no place")))?;
        let row = Row {
            location,
            document,
            values,
        };
        let group = columns.get(values, "group");
        let key = (group, if group.is_some() { 0 } else { at });
        groups.entry(key).or_default().push(row);
    }
    let parts = message::parse(&rule.message);
    Ok(groups
        .into_values()
        .filter_map(|mut rows| {
            rows.sort_by(|a, b| {
                let key = |row: &Row<'_>| (row.document, row.location.span);
                (key(a), a.values).cmp(&(key(b), b.values))
            });
            finding(rule, &parts, &columns, &rows, &place)
        })
        .collect())
}

/// One finding from its rows, sorted in document order.
fn finding(
    rule: &Rule,
    parts: &[Part],
    columns: &Columns,
    rows: &[Row<'_>],
    places: &Places<'_>,
) -> Option<Finding> {
    let first = rows.first()?;
    let message = message::fill(parts, |name| columns.all(rows, name));
    let level = columns
        .all(rows, "level")
        .into_iter()
        .filter_map(parse_level)
        .min()
        .unwrap_or(rule.level);
    let suggestions: Vec<String> = message::distinct(columns.all(rows, "suggestion"))
        .into_iter()
        .map(squeeze)
        .collect();
    let related = related(columns, rows, places);
    let stated: BTreeSet<&str> = columns.all(rows, "identity").into_iter().collect();
    let passages = if stated.is_empty() {
        let all = std::iter::once(&first.location).chain(&related);
        passages(&places.corpus.extractions, all)
    } else {
        BTreeSet::new()
    };
    let mut parts = vec![rule.id.as_str()];
    parts.extend(stated);
    parts.extend(passages.iter().map(String::as_str));
    let fingerprint = fingerprint(&parts);
    Some(Finding {
        rule: rule.id.clone(),
        level,
        message,
        location: first.location.clone(),
        related,
        suggestion: (!suggestions.is_empty()).then(|| message::list(&suggestions, Some("; "))),
        cause: columns.get(first.values, "cause").map(str::to_owned),
        fingerprint,
    })
}

/// Most other places of one finding.
const RELATED: usize = 50;

/// The other subjects and every `?related`, each place once, in document order.
fn related(columns: &Columns, rows: &[Row<'_>], places: &Places<'_>) -> Vec<Location> {
    let mut locations: Vec<Location> = Vec::new();
    for row in rows {
        locations.push(row.location.clone());
        let label = columns.get(row.values, "relatedLabel");
        let iris = columns.get(row.values, "related").unwrap_or_default();
        locations.extend(
            iris.split(' ')
                .filter_map(|iri| places.locate(iri, label))
                .map(|(_, location)| location),
        );
    }
    locations.sort();
    locations.dedup_by(|a, b| (&a.path, a.span) == (&b.path, b.span));
    if let Some(first) = rows.first() {
        let own = &first.location;
        locations.retain(|other| (&other.path, other.span) != (&own.path, own.span));
    }
    locations.truncate(RELATED);
    locations
}

/// Finds the places of nodes.
struct Places<'a> {
    graph: &'a Graph,
    corpus: &'a Corpus,
}

impl Places<'_> {
    fn locate(&self, iri: &str, label: Option<&str>) -> Option<(usize, Location)> {
        let place = self.graph.place(iri)?;
        let label = match label {
            Some(label) => squeeze(label),
            None => squeeze(self.quote(place.document, place.span)),
        };
        let location = Location {
            path: place.path.to_owned(),
            span: place.span,
            label: message::shorten(&label),
        };
        Some((place.document, location))
    }

    fn quote(&self, document: usize, span: Span) -> &str {
        self.corpus
            .extractions
            .get(document)
            .map_or("", |extraction| extraction.document.source.slice(span))
    }
}
