//! Annotations and the job summary of GitHub Actions.
//!
//! Format: <https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands>. A step shows at most ten
//! annotations of a kind (<https://github.com/orgs/community/discussions/26680>) and drops others in silence: the gravest
//! are written, first ones first, and a last line counts those left out. The summary has them all, as far as it may be long.

use std::fmt::Write as _;

use super::message::{message, one_line_message};
use super::places::{Places, label};
use super::summary::summary;
use super::{Run, level_name};
use crate::finding::{Finding, Level};
use crate::text::thousands;

/// Annotations of one kind that a step shows.
const MOST_OF_KIND: usize = 10;
/// Bytes that a step may add to the summary are 1 MiB; a bit is left for other programs of the step.
const LONGEST_SUMMARY: usize = 1_000_000;
/// Rows of the summary that someone will read.
const MOST_ROWS: usize = 1_000;

/// The workflow commands, one a line.
pub fn github(run: &Run<'_>) -> String {
    let places = Places::of(run);
    let mut out = String::new();
    let mut left_out = Vec::new();
    for level in [Level::Error, Level::Warning, Level::Note] {
        let of_level = run.findings.iter().filter(|one| one.level == level);
        for finding in of_level.take(MOST_OF_KIND) {
            out.push_str(&command(finding, &places));
        }
        let others = run.count(level).saturating_sub(MOST_OF_KIND);
        if others > 0 {
            let plural = if others == 1 { "" } else { "s" };
            left_out.push(format!(
                "{} {}{plural}",
                thousands(others),
                level_name(level)
            ));
        }
    }
    if !left_out.is_empty() {
        let left_out = left_out.join(", ");
        let what = "more than a step can show; the job summary lists them";
        out.extend(["factlint: ", &left_out, " ", what, "\n"]);
    }
    out
}

fn command(finding: &Finding, places: &Places<'_>) -> String {
    let kind = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "notice",
    };
    let place = &finding.location;
    let (start, end) = (places.start(place), places.end(place));
    let mut properties = vec![
        ("file", place.path.clone()),
        ("line", start.line.to_string()),
        ("endLine", end.line.to_string()),
    ];
    // The host refuses columns of places over several lines.
    if start.line == end.line {
        properties.push(("col", start.column.to_string()));
        properties.push(("endColumn", end.column.to_string()));
    }
    properties.push(("title", format!("factlint {}", finding.rule)));
    let properties: Vec<String> = properties
        .into_iter()
        .map(|(name, value)| format!("{name}={}", property(&value)))
        .collect();
    let text = data(&message(finding, places));
    format!("::{kind} {}::{text}\n", properties.join(","))
}

/// A message: no line end may end the command, and no control character reaches the log.
fn data(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '%' => out.push_str("%25"),
            '\r' => out.push_str("%0D"),
            '\n' => out.push_str("%0A"),
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}

/// A property: neither may the marks between properties.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

/// The job summary: a heading with the counts and a table, in Markdown.
pub fn github_summary(run: &Run<'_>) -> String {
    let places = Places::of(run);
    let mut out = format!("### factlint\n\n{}\n\n", markdown(&summary(run).join(". ")));
    if !run.findings.is_empty() {
        out.push_str("| level | place | finding | rule |\n|---|---|---|---|\n");
    }
    let mut gravest: Vec<&Finding> = run.findings.iter().collect();
    gravest.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    let mut written = 0;
    for finding in &gravest {
        let row = format!(
            "| {} | {} | {} | {} |\n",
            level_name(finding.level),
            markdown(&label(
                &finding.location.path,
                places.start(&finding.location)
            )),
            markdown(&one_line_message(finding, &places)),
            markdown(&finding.rule),
        );
        if written == MOST_ROWS || out.len() + row.len() > LONGEST_SUMMARY {
            break;
        }
        out.push_str(&row);
        written += 1;
    }
    let others = gravest.len() - written;
    if others > 0 {
        out.extend(["\nand ", &thousands(others), " more findings\n"]);
    }
    for problem in run.problems.iter().take(MOST_ROWS) {
        let line = format!("\n- not checked: {}\n", markdown(&problem.to_string()));
        if out.len() + line.len() <= LONGEST_SUMMARY {
            out.push_str(&line);
        }
    }
    out
}

/// Text that no Markdown reader takes for marks, links, mentions or tags.
fn markdown(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~' | '#' | '!' | '$' | '&'
            | '@' => {
                // Writing to a string cannot fail.
                let _ = write!(out, "&#{};", u32::from(c));
            }
            c if c.is_control() => out.push(' '),
            c => out.push(c),
        }
    }
    out
}
