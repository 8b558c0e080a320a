//! Which findings a format for people lists, and the format of one line each.
//!
//! With a limit for each rule only the gravest of it are listed; how many others there are is always said.

use std::collections::{BTreeMap, BTreeSet};

use super::hyperlink::linked_places;
use super::places::{Places, label};
use super::{Run, level_name, one_line_of};
use crate::finding::Finding;
use crate::text::thousands;

impl<'a> Run<'a> {
    /// The findings to list, in their order.
    pub(super) fn listed(&self) -> Vec<&'a Finding> {
        let all: Vec<&Finding> = self.findings.iter().collect();
        let Some(limit) = self.limit else { return all };
        let mut by_weight: Vec<(usize, &Finding)> = all.into_iter().enumerate().collect();
        by_weight.sort_by_key(|(at, finding)| (std::cmp::Reverse(finding.level), *at));
        let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
        let kept: BTreeSet<usize> = by_weight
            .into_iter()
            .filter(|(_, finding)| {
                let count = seen.entry(finding.rule.as_str()).or_default();
                *count += 1;
                *count <= limit
            })
            .map(|(at, _)| at)
            .collect();
        let all = self.findings.iter().enumerate();
        all.filter(|(at, _)| kept.contains(at))
            .map(|(_, finding)| finding)
            .collect()
    }

    /// "Left out: 12 more of unsupported-figure, 3 of placeholder-link (--limit-per-rule 5)", where any are.
    pub(super) fn left_out(&self) -> Option<String> {
        let limit = self.limit?;
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for finding in self.findings {
            *counts.entry(&finding.rule).or_default() += 1;
        }
        let parts: Vec<String> = counts
            .into_iter()
            .filter(|(_, count)| *count > limit)
            .map(|(rule, count)| format!("{} of {rule}", thousands(count - limit)))
            .collect();
        (!parts.is_empty())
            .then(|| format!("Left out: {} (--limit-per-rule {limit})", parts.join(", ")))
    }
}

/// One line a finding: `path:line:column: level[rule] message (fingerprint)`.
pub fn concise(run: &Run<'_>) -> String {
    let places = Places::of(run);
    let mut out = String::new();
    for finding in run.listed() {
        let place = label(&finding.location.path, places.start(&finding.location));
        let level = level_name(finding.level);
        let message = one_line_of(&finding.message);
        let line = format!(
            "{place}: {level}[{}] {message} ({})\n",
            finding.rule, finding.fingerprint
        );
        out.push_str(&linked_places(&line, finding, run, &places));
    }
    if let Some(left_out) = run.left_out() {
        out.extend([&left_out, "\n"]);
    }
    out
}
