//! What people decided about findings: comments in the text, the decision file, the baseline; and which ones a change brought.
//!
//! Why it exists: a finding that is known and accepted must leave the report, stay on record with its reason, and come back
//! when the fact changes. A decision therefore names the finding's fingerprint or a place in the text, and a
//! look-alike is never taken for it.
//! It leaves out reading and writing files ([`crate::cli`]). Its own warnings are about its comments alone, never about facts.

mod baseline;
mod changed;
mod comment;
mod placing;
mod record;

use std::collections::BTreeSet;

pub use baseline::{Baseline, BaselineItem};
pub use changed::{ChangedLines, Changes, Focused, Hunk, focus};
pub use comment::COMMENT_RULES;
pub use placing::{Insertion, PLACEHOLDER_REASON, file_ignoring_comment, ignoring_comment};
pub(crate) use record::is_day;
pub use record::{Decision, Decisions, State, append, prune};

use crate::corpus::Corpus;
use crate::finding::{Finding, Suppressed, Suppressor};
use crate::rule::RuleSet;

/// What findings are held against.
#[derive(Clone, Debug, Default)]
pub struct Record {
    /// The decision file.
    pub decisions: Decisions,
    /// The findings that were there before.
    pub baseline: Baseline,
    /// Today, as `2027-06-30`: decisions with an earlier `until` no longer hold.
    pub today: String,
}

/// Takes out the findings that people decided not to see, and adds warnings about comments that do nothing.
/// `known` are the ids of all rules, `rules` those that ran.
pub fn suppress(
    findings: Vec<Finding>,
    corpus: &Corpus,
    record: &Record,
    (known, rules): (&BTreeSet<String>, &RuleSet),
) -> (Vec<Finding>, Vec<Suppressed>) {
    let mut comments = comment::Comments::of(corpus, known);
    let mut shown = Vec::new();
    let mut suppressed = Vec::new();
    for finding in findings {
        let by_comment = comments
            .reason_for(&finding)
            .map(|reason| (Suppressor::Comment, reason));
        let by = by_comment
            .or_else(|| {
                let decision = record.decisions.holding(&finding, &record.today)?;
                Some((Suppressor::Decision, decision.reason.clone()))
            })
            .or_else(|| {
                let is_old = record.baseline.has(&finding);
                is_old.then(|| (Suppressor::Baseline, "in the baseline".to_owned()))
            });
        match by {
            Some((by, reason)) => suppressed.push(Suppressed {
                finding,
                by,
                reason,
            }),
            None => shown.push(finding),
        }
    }
    shown.extend(comments.warnings(rules));
    shown.sort_by(|a, b| {
        let key = |f: &Finding| (f.location.path.clone(), f.location.span, f.rule.clone());
        key(a).cmp(&key(b))
    });
    (shown, suppressed)
}
