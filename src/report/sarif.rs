//! The SARIF 2.1.0 report, as code hosts and editors read it.
//!
//! Only what they use is written: all rules with their pages, one primary place a result with the others linked from its
//! message, and fingerprints of our own. The usual line fingerprint hashes the first 100 characters of a line and
//! so cannot tell two findings of one paragraph apart.

use std::collections::BTreeMap;

use serde_json::{Map, Value, json};

use super::places::{Places, label};
use super::sarif_log::{
    ArtifactLocation, AutomationDetails, Driver, Invocation, Log, Message, Notification,
    PhysicalLocation, Region, ReportingDescriptor, SarifLocation, SarifResult, SarifRun,
    Suppression, Tool,
};
use super::{Run, level_name, one_line_of};
use crate::finding::{Finding, Level, Location, Suppressed, Suppressor};
use crate::rule::{Rule, RuleSet};
use crate::text::{Problem, percent_encode};

const SCHEMA: &str =
    "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json";
/// Longest text of a region that is copied into the report, in bytes.
const LONGEST_SNIPPET: usize = 2_000;
/// Longest description code hosts accept, in characters.
const LONGEST_DESCRIPTION: usize = 1_000;

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
                tool_execution_notifications: run.problems.iter().map(notification).collect(),
            }],
            original_uri_base_ids: json!({"SRCROOT": {"description": {"text": "The folder that was checked."}}}),
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
        short_description: plain(format!("{}.", rule.summary)),
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
        .map(|part| {
            one_line_of(part)
                .chars()
                .take(LONGEST_DESCRIPTION)
                .collect()
        });
    paragraph.unwrap_or_else(|| format!("{}.", rule.summary))
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

fn results(run: &Run<'_>, places: &Places<'_>) -> Vec<SarifResult> {
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    let shown = run.findings.iter().map(|finding| (finding, None));
    let suppressed = run.suppressed.iter().map(|one| (&one.finding, Some(one)));
    shown
        .chain(suppressed)
        .map(|(finding, suppressed)| {
            let times = seen.entry(&finding.fingerprint).or_default();
            *times += 1;
            SarifResult {
                rule_id: finding.rule.clone(),
                rule_index: run.rules.rules.iter().position(|r| r.id == finding.rule),
                level: level_name(finding.level),
                message: plain(message(finding, places)),
                locations: vec![location(run, places, &finding.location, None)],
                related_locations: finding
                    .related
                    .iter()
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

/// What the rule says, then the other places as links to their ids, then what to do.
fn message(finding: &Finding, places: &Places<'_>) -> String {
    let mut text = sentence(&escape(&finding.message));
    let links: Vec<String> = finding
        .related
        .iter()
        .enumerate()
        .map(|(id, place)| {
            let place = label(&place.path, places.start(place));
            format!("[{}]({id})", place.replace(['[', ']'], " "))
        })
        .collect();
    if !links.is_empty() {
        text.push_str(" Compare with ");
        text.push_str(&links.join(", "));
        text.push('.');
    }
    if let Some(suggestion) = &finding.suggestion {
        text.push_str(" To do: ");
        text.push_str(&sentence(&escape(suggestion)));
    }
    text
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

fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
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
