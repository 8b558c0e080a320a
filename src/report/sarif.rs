//! The SARIF 2.1.0 report, as code hosts and editors read it.
//!
//! Only what they use is written: all rules with their pages, one primary place a result with the others linked from its
//! message, and fingerprints of our own. The usual line fingerprint hashes the first 100 characters of a line and
//! so cannot tell two findings of one paragraph apart.
//!
//! Format: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html>; limits of code hosts:
//! <https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning>.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::message::{MOST_PLACES, message_with};
use super::places::Places;
use super::sarif_log::{
    ArtifactLocation, AutomationDetails, Driver, Invocation, Log, Message, Notification,
    PhysicalLocation, Region, ReportingDescriptor, SarifLocation, SarifResult, SarifRun,
    Suppression, Tool,
};
use super::{Repeats, Run, level_name, one_line_of};
use crate::finding::{Finding, Level, Location, Suppressed, Suppressor};
use crate::rule::{Rule, RuleSet};
use crate::text::{Problem, percent_encode, thousands};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Longest text of a region that is copied into the report, in bytes.
const LONGEST_SNIPPET: usize = 2_000;
/// Longest description code hosts accept, in characters.
const LONGEST_DESCRIPTION: usize = 1_000;
/// Results that code hosts accept; a report with more is refused as a whole.
const MOST_RESULTS: usize = 25_000;
/// Results that are kept where there are more: as many as code hosts show.
const SHOWN_RESULTS: usize = 5_000;

/// The report as indented JSON with a final line end.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn sarif(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let places = Places::of(run);
    let log = Log {
        schema: SCHEMA,
        version: "2.1.0",
        runs: [SarifRun {
            tool: Tool {
                driver: driver(run.rules),
            },
            automation_details: AutomationDetails { id: "factlint/" },
            invocations: [Invocation {
                execution_successful: run.problems.is_empty(),
                tool_execution_notifications: notifications(run),
            }],
            original_uri_base_ids: json!({"SRCROOT": {"description": {"text": "The root of the repository, or the folder that was checked."}}}),
            column_kind: "unicodeCodePoints",
            results: results(run, &places),
        }],
    };
    serde_json::to_string_pretty(&log).map(|text| text + "\n")
}

fn driver(rules: &RuleSet) -> Driver {
    let page = [env!("CARGO_PKG_HOMEPAGE"), env!("CARGO_PKG_REPOSITORY")];
    Driver {
        name: "factlint",
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        information_uri: page.into_iter().find(|uri| !uri.is_empty()),
        rules: rules.rules.iter().map(descriptor).collect(),
    }
}

fn descriptor(rule: &Rule) -> ReportingDescriptor {
    let severity = match rule.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "recommendation",
    };
    ReportingDescriptor {
        id: rule.id.clone(),
        name: pascal_case(&rule.id),
        short_description: plain(cut(&format!("{}.", rule.summary))),
        full_description: plain(description(rule)),
        help: Message {
            text: if rule.page.is_empty() {
                format!("{}.", rule.summary)
            } else {
                rule.page.clone()
            },
            markdown: (!rule.page.is_empty()).then(|| rule.page.clone()),
        },
        default_configuration: json!({"level": level_name(rule.level)}),
        properties: json!({
            "precision": rule.precision,
            "problem.severity": severity,
            "tags": [rule.family],
        }),
    }
}

/// The first paragraph of the rule's page under its title, or its summary.
fn description(rule: &Rule) -> String {
    let paragraph = rule
        .page
        .split("\n\n")
        .map(str::trim)
        .find(|part| !part.is_empty() && !part.starts_with('#') && !part.starts_with("```"))
        .map(one_line_of);
    cut(&paragraph.unwrap_or_else(|| format!("{}.", rule.summary)))
}

fn cut(description: &str) -> String {
    description.chars().take(LONGEST_DESCRIPTION).collect()
}

fn pascal_case(id: &str) -> String {
    id.split('-')
        .map(|word| {
            let mut letters = word.chars();
            letters.next().map_or_else(String::new, |first| {
                first.to_uppercase().chain(letters).collect()
            })
        })
        .collect()
}

fn plain(text: String) -> Message {
    Message {
        text,
        markdown: None,
    }
}

/// Findings and hidden ones in their order; of too many the gravest, shown before hidden, first before last.
fn kept<'r>(run: &Run<'r>) -> Vec<(&'r Finding, Option<&'r Suppressed>)> {
    let shown = run.findings.iter().map(|finding| (finding, None));
    let suppressed = run.suppressed.iter().map(|one| (&one.finding, Some(one)));
    let all: Vec<_> = shown.chain(suppressed).collect();
    if all.len() <= MOST_RESULTS {
        return all;
    }
    let mut ranked: Vec<_> = all.into_iter().enumerate().collect();
    ranked.sort_by_key(|(_, (finding, hidden))| (hidden.is_some(), Reverse(finding.level)));
    ranked.truncate(SHOWN_RESULTS);
    ranked.sort_by_key(|(at, _)| *at);
    ranked.into_iter().map(|(_, one)| one).collect()
}

/// What is said where there are more findings than code hosts accept.
pub fn sarif_notice(run: &Run<'_>) -> Option<String> {
    let all = run.findings.len() + run.suppressed.len();
    (all > MOST_RESULTS).then(|| {
        format!(
            "SARIF has the {} most severe of {} findings: code hosts refuse more than {}; --format jsonl has all",
            thousands(SHOWN_RESULTS),
            thousands(all),
            thousands(MOST_RESULTS),
        )
    })
}

fn results(run: &Run<'_>, places: &Places<'_>) -> Vec<SarifResult> {
    let mut repeats = Repeats::default();
    let rules = run.rules.rules.iter().enumerate();
    let index: BTreeMap<&str, usize> = rules.map(|(at, rule)| (rule.id.as_str(), at)).collect();
    kept(run)
        .into_iter()
        .map(|(finding, suppressed)| {
            let times = repeats.count(&finding.fingerprint);
            let related = finding.related.iter().take(MOST_PLACES);
            SarifResult {
                rule_id: finding.rule.clone(),
                rule_index: index.get(finding.rule.as_str()).copied(),
                level: level_name(finding.level),
                message: plain(linked_message(finding, places)),
                locations: vec![location(run, places, &finding.location, None)],
                related_locations: related
                    .enumerate()
                    .map(|(id, place)| location(run, places, place, Some(id)))
                    .collect(),
                partial_fingerprints: BTreeMap::from([
                    ("factlint/v1", finding.fingerprint.clone()),
                    (
                        "primaryLocationLineHash",
                        format!("{}:{times}", finding.fingerprint),
                    ),
                ]),
                suppressions: suppressed.map(suppression).into_iter().collect(),
                properties: properties(finding),
            }
        })
        .collect()
}

fn suppression(suppressed: &Suppressed) -> Suppression {
    Suppression {
        kind: match suppressed.by {
            Suppressor::Comment => "inSource",
            Suppressor::Decision | Suppressor::Baseline => "external",
        },
        status: "accepted",
        justification: suppressed.reason.clone(),
    }
}

/// The message with the other places as links to their ids.
fn linked_message(finding: &Finding, places: &Places<'_>) -> String {
    message_with(finding, places, escape, |id, place| {
        format!("[{}]({id})", place.replace(['[', ']'], " "))
    })
}

/// Brackets that would be taken for a link (SARIF 2.1.0, 3.11.6).
fn escape(text: &str) -> String {
    if text.contains("](") {
        text.replace('\\', "\\\\")
            .replace('[', "\\[")
            .replace(']', "\\]")
    } else {
        text.to_owned()
    }
}

fn properties(finding: &Finding) -> Map<String, Value> {
    [
        ("cause", &finding.cause),
        ("suggestion", &finding.suggestion),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name.to_owned(), Value::from(value.clone()?))))
    .collect()
}

fn location(
    run: &Run<'_>,
    places: &Places<'_>,
    place: &Location,
    id: Option<usize>,
) -> SarifLocation {
    let (start, end) = (places.start(place), places.end(place));
    let snippet = run
        .sources
        .get(place.path.as_str())
        .map(|source| source.slice(place.span))
        .filter(|text| !text.is_empty() && text.len() <= LONGEST_SNIPPET)
        .map(|text| plain(text.to_owned()));
    SarifLocation {
        id,
        physical_location: PhysicalLocation {
            artifact_location: artifact(&place.path),
            region: Some(Region {
                start_line: start.line,
                start_column: Some(start.column),
                end_line: Some(end.line),
                end_column: Some(end.column),
                snippet,
            }),
        },
        message: (!place.label.is_empty()).then(|| plain(place.label.clone())),
    }
}

fn notifications(run: &Run<'_>) -> Vec<Notification> {
    let notice = sarif_notice(run).map(|text| Notification {
        level: "warning",
        message: plain(format!("{text}.")),
        locations: Vec::new(),
    });
    let problems = run.problems.iter().map(notification);
    problems.chain(notice).collect()
}

fn notification(problem: &Problem) -> Notification {
    Notification {
        level: "error",
        message: plain(format!("{}. To do: {}.", problem.message, problem.help)),
        locations: vec![SarifLocation {
            id: None,
            physical_location: PhysicalLocation {
                artifact_location: artifact(&problem.path),
                region: problem.line.map(|line| Region {
                    start_line: line,
                    start_column: None,
                    end_line: None,
                    end_column: None,
                    snippet: None,
                }),
            },
            message: None,
        }],
    }
}

/// A path as a URI reference: relative to `SRCROOT`, or a `file:` URI where the path is absolute.
fn artifact(path: &str) -> ArtifactLocation {
    let uri = percent_encode(path);
    if path.starts_with('/') {
        ArtifactLocation {
            uri: format!("file://{uri}"),
            uri_base_id: None,
        }
    } else {
        ArtifactLocation {
            uri,
            uri_base_id: Some("SRCROOT"),
        }
    }
}
