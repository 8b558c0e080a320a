//! The baseline: findings of a text that was there before factlint was. By fingerprint, never by count.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;

/// The file `factlint-baseline.json`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Baseline {
    /// Version of the format: 1.
    pub version: u8,
    /// The findings, sorted.
    pub findings: Vec<BaselineItem>,
}

/// One finding of a baseline. The id alone counts; the rest is for people who read the file.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct BaselineItem {
    /// Path of the document when it was written.
    pub path: String,
    /// The rule.
    pub rule: String,
    /// What was said.
    pub message: String,
    /// The fingerprint.
    pub id: String,
}

impl Baseline {
    /// The baseline of some findings.
    pub fn of<'f>(findings: impl IntoIterator<Item = &'f Finding>) -> Self {
        let mut findings: Vec<BaselineItem> = findings
            .into_iter()
            .map(|finding| BaselineItem {
                path: finding.location.path.clone(),
                rule: finding.rule.clone(),
                message: finding.message.clone(),
                id: finding.fingerprint.clone(),
            })
            .collect();
        findings.sort();
        Self {
            version: 1,
            findings,
        }
    }

    /// Whether a finding was there before.
    pub fn has(&self, finding: &Finding) -> bool {
        self.findings
            .iter()
            .any(|item| item.id == finding.fingerprint && item.rule == finding.rule)
    }

    /// Takes out what is no longer found, and says how many that were.
    pub fn prune(&mut self, findings: &[Finding]) -> usize {
        let before = self.findings.len();
        let ids: BTreeSet<&str> = findings.iter().map(|f| f.fingerprint.as_str()).collect();
        self.findings.retain(|item| ids.contains(item.id.as_str()));
        before - self.findings.len()
    }
}
