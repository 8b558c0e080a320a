//! Findings as people, editors and code hosts want them: terminal text, JSON, SARIF.
//!
//! Why it exists: a finding is plain data; here it becomes something to read or to upload. Reports know findings, source texts
//! and the pages of rules, not RDF. Every report is a pure function of its [`Run`]: no clock, no absolute path, no
//! machine name, so equal runs give equal bytes. It leaves out where the bytes go ([`crate::cli`]).

mod excerpt;
mod json;
mod places;
mod sarif;
mod sarif_log;
#[cfg(test)]
mod tests;
mod text;

use std::collections::BTreeMap;

use serde::Serialize;

use crate::finding::{Finding, Level};
use crate::rule::RuleSet;
use crate::text::{Problem, SourceText};

pub use excerpt::{ellipsize, one_line_of, width, wrap};
pub use json::json;
pub use sarif::sarif;
pub use text::{TextOptions, concise, text};

/// All that a report is made from.
pub struct Run<'a> {
    /// Sorted by path, span, rule.
    pub findings: &'a [Finding],
    /// What could not be read or run.
    pub problems: &'a [Problem],
    /// The rules that ran.
    pub rules: &'a RuleSet,
    /// What was counted.
    pub statistics: Statistics,
    /// The documents by path as reported.
    pub sources: BTreeMap<&'a str, &'a SourceText>,
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
    /// Claims.
    pub claims: usize,
    /// Citation marks.
    pub citations: usize,
    /// Entries of reference lists.
    pub references: usize,
}

impl Run<'_> {
    /// How many findings have a level.
    fn count(&self, level: Level) -> usize {
        self.findings.iter().filter(|f| f.level == level).count()
    }
}

/// The level's name, as SARIF and the terminal write it.
pub fn level_name(level: Level) -> &'static str {
    match level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "note",
    }
}
