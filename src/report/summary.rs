//! The last line of a report in the terminal: what was found in how much.

use std::collections::BTreeSet;

use super::{Run, level_name};
use crate::finding::{Level, Suppressor};
use crate::text::thousands;

/// "3 errors and 1 note in 2 of 41 documents (1,204 figures, 230 references)".
pub(super) fn summary(run: &Run<'_>) -> String {
    let counted = run.statistics;
    let read = format!(
        "({}, {})",
        number(counted.figures, "figure"),
        number(counted.references, "reference")
    );
    let documents = number(counted.documents, "document");
    let unread = match run.problems.len() {
        0 => String::new(),
        n => format!(". Not everything was checked: {}", number(n, "problem")),
    };
    let unverified = match counted.unverified {
        None | Some(0) => String::new(),
        Some(n) => format!(". {} not verified", number(n, "source")),
    };
    let unread = format!("{}{unverified}{unread}", hidden(run));
    if run.findings.is_empty() {
        return format!("No findings in {documents} {read}{unread}");
    }
    let counts: Vec<String> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .filter_map(|level| match run.count(level) {
            0 => None,
            count => Some(number(count, level_name(level))),
        })
        .collect();
    let touched = run
        .findings
        .iter()
        .map(|finding| finding.location.path.as_str())
        .collect::<BTreeSet<_>>()
        .len();
    let counts = match counts.as_slice() {
        [first, second, third] => format!("{first}, {second} and {third}"),
        few => few.join(" and "),
    };
    format!(
        "{counts} in {} of {documents} {read}{unread}",
        thousands(touched)
    )
}

/// ". 12 hidden by the baseline, 3 by decisions. 40 outside the changes"; empty where nothing is.
fn hidden(run: &Run<'_>) -> String {
    let by = |suppressor| {
        run.suppressed
            .iter()
            .filter(|one| one.by == suppressor)
            .count()
    };
    let parts: Vec<String> = [
        (by(Suppressor::Comment), "comments"),
        (by(Suppressor::Decision), "decisions"),
        (by(Suppressor::Baseline), "the baseline"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .enumerate()
    .map(|(at, (count, what))| {
        let verb = if at == 0 { " hidden" } else { "" };
        format!("{}{verb} by {what}", thousands(count))
    })
    .collect();
    let hidden = if parts.is_empty() {
        String::new()
    } else {
        format!(". {}", parts.join(", "))
    };
    let outside = run.outside_changes.map_or_else(String::new, |count| {
        format!(". {} outside the changes", thousands(count))
    });
    hidden + &outside
}

fn number(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(count))
}
