//! The last lines of a report in the terminal: what was found in how much, what is hidden, what was not checked.

use std::collections::BTreeSet;

use super::excerpt::wrap;
use super::{Run, Statistics, TextOptions, level_name};
use crate::finding::{Finding, Level, Suppressor};
use crate::text::thousands;

/// The summary, if wanted, and in any case what was left out of the list.
pub(super) fn push_summary(run: &Run<'_>, options: TextOptions, out: &mut String) {
    let mut lines: Vec<String> = run.left_out().into_iter().collect();
    if options.summary {
        lines.extend(summary(run));
    }
    for line in lines {
        for piece in wrap(&line, options.width.max(40)) {
            out.push_str(&piece);
            out.push('\n');
        }
    }
}

/// Up to six lines, each left out where it would say nothing:
/// "3 errors and 1 note in 2 of 41 documents", "1,204 figures, 900 with a reference; 230 references", what is hidden, what is unchecked.
pub(super) fn summary(run: &Run<'_>) -> Vec<String> {
    let counted = run.statistics;
    let read = format!(
        "Read: {}, {} of them cited; {}",
        number(counted.figures, "figure"),
        thousands(counted.supported),
        number(counted.references, "reference")
    );
    [
        Some(found_in_run(run)),
        (counted.figures + counted.references > 0).then_some(read),
        held(counted),
        hidden(run),
        unchecked(run),
        unmatched(run),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// "3 errors and 1 note in 2 of 41 documents".
pub fn found(findings: &[Finding], statistics: Statistics) -> String {
    let documents = number(statistics.documents, "document");
    if statistics.documents == 0 && findings.is_empty() {
        return "No document was checked".to_owned();
    }
    if findings.is_empty() {
        return format!("No findings in {documents}");
    }
    let touched: BTreeSet<&str> = findings
        .iter()
        .map(|finding| finding.location.path.as_str())
        .collect();
    format!(
        "{} in {} of {documents}",
        levels(findings),
        thousands(touched.len())
    )
}

/// As [`found`], about the documents asked about where others were read besides.
fn found_in_run(run: &Run<'_>) -> String {
    let all = run.statistics.documents;
    match run.asked {
        Some(asked) if asked < all => format!(
            "{} in {}, held against all {} of the project",
            levels(run.findings),
            number(asked, "document"),
            thousands(all)
        ),
        Some(_) | None => found(run.findings, run.statistics),
    }
}

/// "3 errors, 2 warnings and 1 note".
fn levels(findings: &[Finding]) -> String {
    let counts: Vec<String> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .filter_map(|level| match count(findings, level) {
            0 => None,
            count => Some(number(count, level_name(level))),
        })
        .collect();
    match counts.as_slice() {
        [] => "No findings".to_owned(),
        [first, second, third] => format!("{first}, {second} and {third}"),
        few => few.join(" and "),
    }
}

fn count(findings: &[Finding], level: Level) -> usize {
    findings.iter().filter(|f| f.level == level).count()
}

/// "Hidden: 12 by the baseline, 3 by decisions".
fn hidden(run: &Run<'_>) -> Option<String> {
    let by = |suppressor| {
        run.suppressed
            .iter()
            .filter(|one| one.by == suppressor)
            .count()
    };
    let parts: Vec<String> = [
        (by(Suppressor::Comment), "by comments"),
        (by(Suppressor::Decision), "by decisions"),
        (by(Suppressor::Baseline), "by the baseline"),
        (run.below, "below the level of --show"),
        (run.outside_changes.unwrap_or(0), "outside the changes"),
    ]
    .into_iter()
    .filter(|(count, _)| *count > 0)
    .map(|(count, what)| format!("{} {what}", thousands(count)))
    .collect();
    (!parts.is_empty()).then(|| format!("Hidden: {}", parts.join(", ")))
}

/// "Held against the texts of their sources: 12 of 40 figures that cite one (28 have no text)".
fn held(counted: Statistics) -> Option<String> {
    let (cited, held) = counted.held.filter(|(cited, _)| *cited > 0)?;
    let rest = match cited.saturating_sub(held) {
        0 => String::new(),
        1 => "; 1 cites a source without a text".to_owned(),
        rest => format!("; {} cite sources without a text", thousands(rest)),
    };
    Some(format!(
        "Held against the text of its source: {} of {}{rest}",
        thousands(held),
        number(cited, "cited figure")
    ))
}

/// "Not used: sources/x.html, which belongs to no reference; name its DOI in the first lines, or the file after it or the key".
fn unmatched(run: &Run<'_>) -> Option<String> {
    let (first, rest) = run.unmatched.split_first()?;
    let (more, belongs) = match rest.len() {
        0 => (String::new(), "which belongs"),
        more => (format!(" and {} more", thousands(more)), "which belong"),
    };
    Some(format!(
        "Not used: {first}{more}, {belongs} to no reference: name its DOI, PMID or address in the first lines, or name the file after \
         its DOI or the key of the reference"
    ))
}

/// "Not checked: 23 sources (factlint sources update), and what 1 problem prevented". Without a lock file no source is.
fn unchecked(run: &Run<'_>) -> Option<String> {
    let counted = run.statistics;
    let references = match counted.unverified.unwrap_or(counted.references) {
        0 => None,
        count => Some(format!(
            "{} (factlint sources update)",
            number(count, "source")
        )),
    };
    let problems = match run.problems.len() {
        0 => None,
        count => Some(format!("what {} prevented", number(count, "problem"))),
    };
    let parts: Vec<String> = references.into_iter().chain(problems).collect();
    (!parts.is_empty()).then(|| format!("Not checked: {}", parts.join(", and ")))
}

fn number(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(count))
}
