//! Names of studies as a document writes them: registry ids, acronyms, "Phase 1 trial of A with B".
//!
//! It leaves out which names mean one study; only all documents together show that ([`crate::corpus`]).

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr2_iter;
use regex::Regex;

use super::arm::arms;
use super::condition::condition;
use super::{Mention, MentionKind, mention};
use crate::citation::registry::is_registry_id;

/// A study's name inside one running text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Named {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Registry id.
    pub(super) registry: Option<String>,
    /// Acronym.
    pub(super) acronym: Option<String>,
    /// Phases, arabic, lower case.
    pub(super) phases: Vec<String>,
}

/// "Phase 1b", "phase I/II", "Phase III".
static PHASE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)phase\s+((?:[0-4]|iv|iii|ii|i)[abc]?)(?:\s?(?:/|-)\s?((?:[0-4]|iv|iii|ii|i)[abc]?))?(?-u:\b)").ok()
});

/// What may stand between the parts of one name: "Phase 3 FORTRESS", "Phase 1 (NCT01837095)", "the FORTRESS trial (NCT03786094)".
static BETWEEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s,(:;)]*(?:(?:trial|study)s?(?-u:\b))?[\s,(:;)]*(?:the|of the)?\s*$").ok()
});

/// "trial" or "study" right behind a name belongs to it.
static NOUN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\)?\s+(?:clinical\s+)?(?:trial|study)(?-u:\b)").ok());

/// All study names of a text, left to right. Phase, acronym and registry id beside each other are one name.
pub(super) fn names(text: &str) -> Vec<Named> {
    names_among(text, &mention::find(text))
}

/// The same from the substances and studies that the text names.
pub(super) fn names_among(text: &str, found: &[(Range<usize>, Mention)]) -> Vec<Named> {
    let mut parts: Vec<Named> = Vec::new();
    if let Some(pattern) = PHASE.as_ref().filter(|_| names_phase(text)) {
        for found in pattern.captures_iter(text) {
            let phases = [found.get(1), found.get(2)]
                .into_iter()
                .flatten()
                .map(|group| arabic(group.as_str()))
                .collect();
            let range = found.get(0).map(|whole| whole.range()).unwrap_or_default();
            parts.push(Named {
                range,
                phases,
                ..Named::default()
            });
        }
    }
    for (range, found) in found {
        if found.kind == MentionKind::Study {
            let registry = is_registry_id(&found.name).then(|| found.name.to_uppercase());
            let acronym = registry.is_none().then(|| found.name.clone());
            parts.push(Named {
                range: range.clone(),
                registry,
                acronym,
                phases: Vec::new(),
            });
        }
    }
    parts.sort_by_key(|part| part.range.start);
    let mut names: Vec<Named> = Vec::new();
    for part in parts {
        match names.last_mut() {
            Some(last) if belongs(text, last, &part) => absorb(last, part),
            _ => names.push(part),
        }
    }
    for name in &mut names {
        extend_over_noun(text, name);
    }
    names
}

/// Whether "phase" stands anywhere in a text.
fn names_phase(text: &str) -> bool {
    const PHASE: &[u8] = b"phase";
    let bytes = text.as_bytes();
    memchr2_iter(b'p', b'P', bytes).any(|at| {
        let word = bytes.get(at..at + PHASE.len());
        word.is_some_and(|word| word.eq_ignore_ascii_case(PHASE))
    })
}

fn belongs(text: &str, last: &Named, part: &Named) -> bool {
    let between = text.get(last.range.end..part.range.start);
    let clash = (last.registry.is_some() && part.registry.is_some())
        || (last.acronym.is_some() && part.acronym.is_some())
        || (!last.phases.is_empty() && !part.phases.is_empty());
    !clash
        && between.is_some_and(|text| {
            BETWEEN
                .as_ref()
                .is_some_and(|pattern| pattern.is_match(text))
        })
}

fn absorb(name: &mut Named, part: Named) {
    name.range.end = name.range.end.max(part.range.end);
    name.registry = name.registry.take().or(part.registry);
    name.acronym = name.acronym.take().or(part.acronym);
    name.phases.extend(part.phases);
}

fn extend_over_noun(text: &str, name: &mut Named) {
    let rest = text.get(name.range.end..).unwrap_or_default();
    let opened = text
        .get(name.range.clone())
        .is_some_and(|inside| inside.matches('(').count() > inside.matches(')').count());
    if opened && rest.starts_with(')') {
        name.range.end += 1;
    }
    let rest = text.get(name.range.end..).unwrap_or_default();
    if let Some(noun) = NOUN.as_ref().and_then(|pattern| pattern.find(rest)) {
        name.range.end += noun.end();
    }
}

/// `III` to `3`, `Ib` to `1b`.
fn arabic(phase: &str) -> String {
    let folded: String = phase.to_lowercase().split_whitespace().collect();
    let digits = folded.trim_end_matches(['a', 'b', 'c']);
    let letter = folded.strip_prefix(digits).unwrap_or_default();
    let number = match digits {
        "i" => "1",
        "ii" => "2",
        "iii" => "3",
        "iv" => "4",
        other => other,
    };
    format!("{number}{letter}")
}

/// What else tells a study apart, searched in texts from near to far.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Setting {
    /// Folded substances, sorted.
    pub(super) interventions: Vec<String>,
    /// The condition.
    pub(super) condition: Option<String>,
}

/// The interventions and the condition of a study from the texts around its name, the nearest first. The arm with the
/// most substances of the nearest text that names any is the one under test.
pub(super) fn setting<'a>(texts: impl IntoIterator<Item = &'a str>) -> Setting {
    let mut found = Setting::default();
    for text in texts {
        if found.interventions.is_empty() {
            found.interventions = arms(text)
                .into_iter()
                .map(|arm| arm.substances)
                .max_by_key(Vec::len)
                .unwrap_or_default();
        }
        if found.condition.is_none() {
            found.condition = condition(text);
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let found: Vec<_> = names(text)
            .into_iter()
            .map(|name| {
                format!(
                    "{}|{}|{}|{}",
                    text.get(name.range).unwrap(),
                    name.registry.unwrap_or_default(),
                    name.acronym.unwrap_or_default(),
                    name.phases.join("/")
                )
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn phase_acronym_and_id_side_by_side_are_one_name() {
        check(
            "Phase 1 (NCT01234567)",
            &["Phase 1 (NCT01234567)|NCT01234567||1"],
        );
        check(
            "the Phase III HARBOUR trial",
            &["Phase III HARBOUR trial||HARBOUR|3"],
        );
        check(
            "Phase 3 HARBOUR (NCT01234567)",
            &["Phase 3 HARBOUR (NCT01234567)|NCT01234567|HARBOUR|3"],
        );
    }

    #[test]
    fn a_phase_alone_is_a_name() {
        check("an earlier phase Ib study was", &["phase Ib study|||1b"]);
        check("phase 1/2", &["phase 1/2|||1/2"]);
    }

    #[test]
    fn two_phases_are_two_names() {
        check(
            "Phase 1 and Phase 3 trials",
            &["Phase 1|||1", "Phase 3|||3"],
        );
    }
}
