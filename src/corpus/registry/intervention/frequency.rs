//! How often something is given: "once daily", "every 3 weeks", "BID".
//!
//! It leaves out days of a cycle ("on days 1 and 15"): how often that is depends on the length of the cycle.

use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::Given;
use crate::ontology::lexicon_table;

/// Wordings with the classes that each can mean.
static WORDINGS: LazyLock<BTreeMap<&str, Vec<&str>>> = LazyLock::new(|| {
    let mut wordings: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for row in lexicon_table("dose-frequencies") {
        if let [class, forms] = row.as_slice() {
            for form in forms.split('|') {
                wordings.entry(form).or_default().push(*class);
            }
        }
    }
    wordings
});

/// One wording, the longest first.
static FREQUENCY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let mut wordings: Vec<&str> = WORDINGS.keys().copied().collect();
    wordings.sort_by_key(|wording| std::cmp::Reverse(wording.len()));
    let wordings: Vec<String> = wordings.into_iter().map(regex::escape).collect();
    Regex::new(&format!(
        r"(?:^|[^a-z0-9-])({})(?:$|[^a-z0-9-])",
        wordings.join("|")
    ))
    .ok()
});

pattern!(NUMBERED, r"(?i)\bdays?\s+-?\d|\bcycles?\b|\bcourses?\b");

/// The classes of the frequencies that a text names, in its order.
fn named(text: &str) -> Vec<&'static [&'static str]> {
    let text = text.to_lowercase().replace("/day", " per day");
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(next) = FREQUENCY
        .as_ref()
        .and_then(|pattern| pattern.captures_at(&text, at)?.get(1))
    {
        found.extend(WORDINGS.get(next.as_str()).map(Vec::as_slice));
        at = next.end();
    }
    found
}

/// What the record gives where its arms have frequencies, and a stated one nowhere.
pub(super) fn contradiction(statement: &str, arms: &[&Given]) -> Option<String> {
    let is_numbered = |text: &str| {
        NUMBERED
            .as_ref()
            .is_none_or(|pattern| pattern.is_match(text))
    };
    let stated = named(statement);
    let [stated] = stated.as_slice() else {
        return None;
    };
    let own: Vec<&[&str]> = arms.iter().flat_map(|arm| named(&arm.text)).collect();
    let is_given = own
        .iter()
        .any(|own| own.iter().any(|class| stated.contains(class)));
    if own.is_empty()
        || is_given
        || is_numbered(statement)
        || arms.iter().any(|arm| is_numbered(&arm.text))
    {
        return None;
    }
    let own: BTreeSet<&str> = own.into_iter().flatten().copied().collect();
    let own: Vec<&str> = own.into_iter().collect();
    Some(format!("given {}", own.join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(arm: &str, statement: &str, expected: Option<&str>) {
        let given = Given::of(arm.to_owned());
        assert_eq!(
            contradiction(statement, &[&given]).as_deref(),
            expected,
            "{statement}"
        );
    }

    #[test]
    fn a_frequency_is_held_against_those_of_the_record() {
        check(
            "Corvatinib 40 mg q.d.",
            "Corvatinib is taken twice weekly.",
            Some("given daily"),
        );
        check(
            "Corvatinib 40 mg once daily",
            "Corvatinib is taken every day.",
            None,
        );
        check(
            "Corvatinib 40 mg BID; salt weekly",
            "Corvatinib is taken daily.",
            Some("given every 12 hours, weekly"),
        );
        check(
            "Corvatinib every 2 weeks",
            "Corvatinib is given bi-weekly.",
            None,
        );
        check(
            "Corvatinib on days 1 and 15, daily salt",
            "Corvatinib is given weekly.",
            None,
        );
        check("Corvatinib 40 mg", "Corvatinib is given weekly.", None);
    }
}
