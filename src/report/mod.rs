//! Findings as people, editors and code hosts want them: terminal text, JSON, SARIF.
//!
//! Why it exists: a finding is plain data; here it becomes something to read or to upload. Reports know findings, source texts
//! and the pages of rules, not RDF. Every report is a pure function of its [`Run`]: no clock, no absolute path, no
//! machine name, so equal runs give equal bytes. It leaves out where the bytes go ([`crate::cli`]).

mod counts;
mod excerpt;
mod explanation;
mod grouped;
mod hyperlink;
mod json;
mod listing;
mod places;
mod sarif;
mod sarif_log;
mod summary;
#[cfg(test)]
mod tests;
mod text;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::finding::{Finding, Level, Suppressed};
use crate::rule::RuleSet;
use crate::text::{Problem, SourceText};

pub use counts::counts;
pub use excerpt::{ellipsize, one_line_of, width, wrap};
pub use explanation::{explanation, explanation_json};
pub use grouped::grouped;
pub use json::json;
pub use listing::concise;
pub use sarif::sarif;
pub use summary::found;
pub use text::{TextOptions, text};

/// All that a report is made from.
pub struct Run<'a> {
    /// Sorted by path, span, rule.
    pub findings: &'a [Finding],
    /// Findings that people decided not to see: counted, and kept where a format has a place for them.
    pub suppressed: &'a [Suppressed],
    /// What could not be read or run.
    pub problems: &'a [Problem],
    /// The rules that ran.
    pub rules: &'a RuleSet,
    /// What was counted.
    pub statistics: Statistics,
    /// The documents by path as reported.
    pub sources: BTreeMap<&'a str, &'a SourceText>,
    /// How the compared figures of a finding were read, by fingerprint; shown in the terminal.
    pub readings: BTreeMap<&'a str, String>,
    /// The end of a command that checks the same again: the paths as they were given; empty for the current folder.
    pub paths: &'a str,
    /// How many documents were asked about, where others were read to hold them against.
    pub asked: Option<usize>,
    /// How many findings were taken out for their level.
    pub below: usize,
    /// Most findings of one rule that formats for people list.
    pub limit: Option<usize>,
    /// The folder that paths count from, as the start of a `file:` address, where paths are to be links.
    pub root: Option<&'a str>,
}

/// What a run counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Statistics {
    /// Documents read.
    pub documents: usize,
    /// Words between white space, marks of Markdown included.
    pub words: usize,
    /// Figures.
    pub figures: usize,
    /// Figures that a citation mark covers, by itself or as part of a claim.
    pub supported: usize,
    /// Claims.
    pub claims: usize,
    /// Citation marks.
    pub citations: usize,
    /// Entries of reference lists.
    pub references: usize,
}

/// Digits of a fingerprint that people see and type, where they tell all findings of a run apart.
const SHORT_ID: usize = 8;

/// The beginnings that fingerprints of different findings share.
pub fn shared_starts(findings: &[Finding]) -> BTreeSet<&str> {
    let ids: BTreeSet<&str> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
    let mut seen = BTreeSet::new();
    ids.into_iter()
        .filter_map(|id| id.get(..SHORT_ID))
        .filter(|start| !seen.insert(*start))
        .collect()
}

/// The id that people see and type: eight digits of the fingerprint, or all of it where others `share` those.
pub fn short_id<'f>(finding: &'f Finding, shared: &BTreeSet<&str>) -> &'f str {
    let id = finding.fingerprint.as_str();
    id.get(..SHORT_ID)
        .filter(|short| !shared.contains(short))
        .unwrap_or(id)
}

/// The level's name, as SARIF and the terminal write it.
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}
