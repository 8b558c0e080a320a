//! Code Quality of GitLab: a list of issues, shown in merge requests.
//!
//! Format: <https://docs.gitlab.com/ci/testing/code_quality/#code-quality-report-format>. GitLab shows one of several issues
//! with the same fingerprint, so repeats are numbered. Hidden findings have no place in it and are left out.

use serde_json::{Value, json};

use super::message::one_line_message;
use super::places::Places;
use super::{Repeats, Run};
use crate::finding::Level;

/// The report as indented JSON with a final line end.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn gitlab(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let places = Places::of(run);
    let mut repeats = Repeats::default();
    let issues: Vec<Value> = run
        .findings
        .iter()
        .map(|finding| {
            let place = &finding.location;
            json!({
                "description": one_line_message(finding, &places),
                "check_name": finding.rule,
                "fingerprint": match repeats.count(&finding.fingerprint) {
                    1 => finding.fingerprint.clone(),
                    times => format!("{}:{times}", finding.fingerprint),
                },
                "severity": severity(finding.level),
                "location": {
                    "path": place.path,
                    "lines": {"begin": places.start(place).line, "end": places.end(place).line},
                },
            })
        })
        .collect();
    serde_json::to_string_pretty(&issues).map(|text| text + "\n")
}

/// GitLab also has `critical` and `blocker`, which no rule can know.
fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "major",
        Level::Warning => "minor",
        Level::Note => "info",
    }
}
