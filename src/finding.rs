//! Findings: what a rule says about the documents. The words are SARIF's.
//!
//! Plain data with public fields, so that every report sees the same thing and none needs RDF.

use serde::Serialize;

use crate::text::Span;

/// How much a finding weighs, as SARIF names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Worth knowing; accuses nobody.
    Note,
    /// Likely wrong, or unsupported.
    Warning,
    /// Wrong.
    Error,
}

/// A place in one of the documents.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Location {
    /// The document's path as reported.
    pub path: String,
    /// Bytes of its text.
    pub span: Span,
    /// A few words for the snippet: "38%, expanded cohort".
    pub label: String,
}

/// One finding (SARIF `result`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    /// The rule's id: `figure-conflict`.
    pub rule: String,
    /// Its weight here; a rule may lower or raise it by row.
    pub level: Level,
    /// One or two sentences, with places in words; no trailing full stop.
    pub message: String,
    /// Where to look first.
    pub location: Location,
    /// The other places, in document order.
    pub related: Vec<Location>,
    /// What to do, where the rule knows: `cite [5] or [11]`.
    pub suggestion: Option<String>,
    /// What the finding has in common with others of its rule, said once above them in the terminal:
    /// "this document has no references". Findings with equal `rule`, path and `cause` are folded.
    pub cause: Option<String>,
    /// Sixteen hexadecimal digits that stay when lines move and change when the fact changes
    /// (SARIF `partialFingerprints`).
    pub fingerprint: String,
}

/// A finding that people decided not to see (SARIF `suppression`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Suppressed {
    /// The finding, as it would be reported.
    pub finding: Finding,
    /// Where the decision stands.
    pub by: Suppressor,
    /// Why, in the words of who decided.
    pub reason: String,
}

/// Where the decision on a finding stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Suppressor {
    /// A comment in the document.
    Comment,
    /// The decision file.
    Decision,
    /// The baseline.
    Baseline,
}

impl Suppressor {
    /// Its name, as reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Comment => "comment",
            Self::Decision => "decision",
            Self::Baseline => "baseline",
        }
    }
}
