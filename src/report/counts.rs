//! How many findings there are of each rule and in each document.

use std::collections::BTreeMap;

use super::grouped::paint;
use super::summary::push_summary;
use super::{Run, TextOptions};
use crate::finding::{Finding, Level};
use crate::text::thousands;

/// Two tables, of rules and of documents, those with most findings first.
pub fn counts(run: &Run<'_>, options: TextOptions) -> String {
    let mut out = String::new();
    push_table(run, "rule", |finding| &finding.rule, options, &mut out);
    push_table(
        run,
        "document",
        |finding| &finding.location.path,
        options,
        &mut out,
    );
    push_summary(run, options, &mut out);
    out
}

fn push_table<'a>(
    run: &Run<'a>,
    noun: &str,
    of: impl Fn(&'a Finding) -> &'a str,
    options: TextOptions,
    out: &mut String,
) {
    let mut rows: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for finding in run.findings {
        let [errors, warnings, notes] = rows.entry(of(finding)).or_default();
        match finding.level {
            Level::Error => *errors += 1,
            Level::Warning => *warnings += 1,
            Level::Note => *notes += 1,
        }
    }
    if rows.is_empty() {
        return;
    }
    let mut rows: Vec<(&str, [usize; 3])> = rows.into_iter().collect();
    rows.sort_by_key(|(name, counts)| (std::cmp::Reverse(counts.iter().sum::<usize>()), *name));
    let head = format!("{:>7} {:>8} {:>7}  {noun}", "errors", "warnings", "notes");
    out.extend([paint(&head, "1", options.styled).as_str(), "\n"]);
    for (name, [errors, warnings, notes]) in rows {
        let shown = |count: usize| match count {
            0 => "-".to_owned(),
            count => thousands(count),
        };
        let (errors, warnings, notes) = (shown(errors), shown(warnings), shown(notes));
        let row = format!("{errors:>7} {warnings:>8} {notes:>7}  {name}");
        out.extend([row.as_str(), "\n"]);
    }
    out.push('\n');
}
