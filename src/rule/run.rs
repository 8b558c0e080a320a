//! Runs rules and makes findings of their rows.

use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};

use rayon::prelude::*;

use super::fingerprint::fingerprint;
use super::header::parse_level;
use super::identity::passages;
use super::message::{self, Part};
use super::query::{Solutions, Value, select};
use super::{Rule, RuleSet, RunResult};
use crate::corpus::Corpus;
use crate::finding::{Finding, Level, Location};
use crate::graph::{Graph, Place};
use crate::text::{Problem, Span, squeeze, thousands};

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
    place: Place<'s>,
    values: &'s [Value],
}

/// Column of each variable of the result contract.
struct Columns(BTreeMap<String, usize>);

impl Columns {
    fn get<'r>(&self, row: &'r [Value], name: &str) -> Option<&'r str> {
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
    let places = Places { graph, corpus };
    let mut groups: BTreeMap<(Option<&str>, usize), Vec<Row<'_>>> = BTreeMap::new();
    for (at, values) in rows.iter().enumerate() {
        // A grouped query without a match gives one row of unbound variables.
        let Some(subject) = columns.get(values, "subject") else {
            continue;
        };
        let place = graph
            .place(subject)
            .ok_or_else(|| failed(format!("?subject is <{subject}>, which has no place")))?;
        let group = columns.get(values, "group");
        let key = (group, if group.is_some() { 0 } else { at });
        groups.entry(key).or_default().push(Row { place, values });
    }
    let mut groups: Vec<Vec<Row<'_>>> = groups.into_values().collect();
    for rows in &mut groups {
        rows.sort_by(|a, b| {
            let key = |row: &Row<'_>| (row.place.document, row.place.span);
            (key(a), a.values).cmp(&(key(b), b.values))
        });
    }
    let parts = message::parse(&rule.message);
    let mut findings = Vec::new();
    for (kept, left_out) in by_document(groups) {
        let shown = kept
            .iter()
            .filter_map(|rows| finding(rule, &parts, &columns, rows, &places));
        findings.extend(shown);
        findings.extend(remainder(rule, &columns, &left_out, &places));
    }
    Ok(findings)
}

/// Most findings of one rule in one document; nobody reads more, and a text of marks without a list has a million. How many
/// more there are is said by one finding behind them.
const FINDINGS: usize = 1_000;

/// Findings that are shown of one document, and those left out: for each the rows, both in document order.
type Capped<'s> = (Vec<Vec<Row<'s>>>, Vec<Vec<Row<'s>>>);

/// Groups of rows by the document of their first row, at most [`FINDINGS`] of each shown.
fn by_document(groups: Vec<Vec<Row<'_>>>) -> Vec<Capped<'_>> {
    let mut documents: BTreeMap<usize, Vec<Vec<Row<'_>>>> = BTreeMap::new();
    for rows in groups {
        if let Some(first) = rows.first() {
            let document = first.place.document;
            documents.entry(document).or_default().push(rows);
        }
    }
    documents.into_values().map(capped).collect()
}

fn capped(mut groups: Vec<Vec<Row<'_>>>) -> Capped<'_> {
    // One left out would be told in as many lines as itself.
    if groups.len() <= FINDINGS + 1 {
        return (groups, Vec::new());
    }
    groups.sort_by_key(|rows| rows.first().map(|row| row.place.span));
    let left_out = groups.split_off(FINDINGS);
    (groups, left_out)
}

/// The finding that stands for those left out: at the first of them, as grave as the gravest.
fn remainder(
    rule: &Rule,
    columns: &Columns,
    left_out: &[Vec<Row<'_>>],
    places: &Places<'_>,
) -> Option<Finding> {
    let first = left_out.first()?.first()?;
    let levels = left_out.iter().map(|rows| level(rule, columns, rows));
    let count = thousands(left_out.len());
    Some(Finding {
        rule: rule.id.clone(),
        level: levels.max()?,
        message: format!("and {count} more of this kind in this document"),
        location: places.location(first.place, columns.get(first.values, "label")),
        related: Vec::new(),
        suggestion: None,
        cause: None,
        fingerprint: fingerprint(&[&rule.id, first.place.path, "more of this kind"]),
    })
}

/// The level of a finding: the lowest of its rows.
fn level(rule: &Rule, columns: &Columns, rows: &[Row<'_>]) -> Level {
    let levels = rows
        .iter()
        .filter_map(|row| parse_level(columns.get(row.values, "level")?));
    levels.min().unwrap_or(rule.level)
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
    let suggestions: Vec<String> = message::distinct(columns.all(rows, "suggestion"))
        .into_iter()
        .map(squeeze)
        .collect();
    let location = places.location(first.place, columns.get(first.values, "label"));
    let related = related(columns, rows, places);
    let stated: BTreeSet<&str> = columns.all(rows, "identity").into_iter().collect();
    let passages = if stated.is_empty() {
        let all = std::iter::once(&location).chain(&related);
        passages(places.corpus, all)
    } else {
        BTreeSet::new()
    };
    let mut parts = vec![rule.id.as_str()];
    parts.extend(stated);
    parts.extend(passages.iter().map(String::as_str));
    let fingerprint = fingerprint(&parts);
    Some(Finding {
        rule: rule.id.clone(),
        level: level(rule, columns, rows),
        message,
        location,
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
        locations.push(places.location(row.place, columns.get(row.values, "label")));
        let label = columns.get(row.values, "relatedLabel");
        let iris = columns.get(row.values, "related").unwrap_or_default();
        locations.extend(
            iris.split(' ')
                .filter_map(|iri| places.graph.place(iri))
                .map(|place| places.location(place, label)),
        );
    }
    locations.sort();
    locations.dedup_by(|a, b| (&a.path, a.span) == (&b.path, b.span));
    if let Some(first) = rows.first() {
        let own = first.place;
        locations.retain(|other| (other.path.as_str(), other.span) != (own.path, own.span));
    }
    locations.truncate(RELATED);
    locations
}

/// Describes the places of nodes.
struct Places<'a> {
    graph: &'a Graph,
    corpus: &'a Corpus,
}

impl Places<'_> {
    fn location(&self, place: Place<'_>, label: Option<&str>) -> Location {
        let label = squeeze(label.unwrap_or_else(|| self.quote(place)));
        Location {
            path: place.path.to_owned(),
            span: place.span,
            label: message::shorten(&label),
        }
    }

    fn quote(&self, place: Place<'_>) -> &str {
        self.corpus
            .reading(place.document)
            .map_or("", |extraction| {
                extraction.document.source.slice(place.span)
            })
    }
}
