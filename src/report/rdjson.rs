//! Reviewdog Diagnostic Format, `rdjson`: for reviewdog, which comments on changes of any code host.
//!
//! Format: <https://github.com/reviewdog/reviewdog/tree/master/proto/rdf>. Columns are bytes of UTF-8 from 1, the end is
//! exclusive. Hidden findings have no place in it and are left out.

use serde_json::{Value, json};

use super::Run;
use super::message::{MOST_PLACES, message};
use super::places::Places;
use crate::finding::{Level, Location};

/// The report as indented JSON with a final line end.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn rdjson(run: &Run<'_>) -> Result<String, serde_json::Error> {
    let places = Places::of(run);
    let diagnostics: Vec<Value> = run
        .findings
        .iter()
        .map(|finding| {
            let related = finding.related.iter().take(MOST_PLACES);
            json!({
                "message": message(finding, &places),
                "location": location(&finding.location, &places),
                "severity": severity(finding.level),
                "code": {"value": finding.rule},
                "related_locations": related
                    .map(|place| json!({"message": place.label, "location": location(place, &places)}))
                    .collect::<Vec<_>>(),
            })
        })
        .collect();
    let report = json!({"source": {"name": "factlint"}, "diagnostics": diagnostics});
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

fn location(place: &Location, places: &Places<'_>) -> Value {
    let (start, end) = (places.start(place), places.end(place));
    json!({
        "path": place.path,
        "range": {
            "start": {"line": start.line, "column": places.start_byte(place)},
            "end": {"line": end.line, "column": places.end_byte(place)},
        },
    })
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "ERROR",
        Level::Warning => "WARNING",
        Level::Note => "INFO",
    }
}
