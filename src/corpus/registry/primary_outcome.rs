//! Primary outcomes: what a sentence calls the primary endpoint, against all that the registry lists.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::Field;
use super::protocol::Difference;
use super::sentence::CONTEXT;
use crate::claim::measures_named;
use crate::ontology::Measure;
use crate::source::Trial;

static PRIMARY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)\bprimary\s+(?:efficacy\s+)?(?:end\s?-?point|outcome)s?(?:\s+measures?)?(?:\s+of\s+(?:the\s+trial|the\s+study|this\s+trial|this\s+study|NCT\d{8}))?\s*(?:was|is|were|are|:)\s+([^.;(]{1,120})").ok()
});

/// A primary outcome of another kind than all that the registry lists: a survival time beside a response rate, or overall
/// survival beside anything else.
pub(super) fn difference(text: &str, trial: &Trial) -> Option<Difference> {
    let told = PRIMARY.as_ref()?.captures(text)?.get(1)?.as_str();
    // "The primary endpoint was met, and overall survival, too": what came of it.
    let is_verdict = told
        .split(|c: char| !c.is_alphabetic())
        .any(|word| CONTEXT.has("verdict", &word.to_lowercase()));
    let stated = measures_named(told);
    if is_verdict {
        return None;
    }
    let registered: Vec<Vec<&Measure>> = trial
        .primary_outcomes
        .iter()
        .map(|outcome| measures_named(outcome))
        .collect();
    if stated.is_empty() || registered.is_empty() || registered.iter().any(Vec::is_empty) {
        return None;
    }
    let families = |measures: &[&Measure]| -> Option<BTreeSet<Family>> {
        measures.iter().map(|measure| Family::of(measure)).collect()
    };
    let (stated, own) = (families(&stated)?, families(&registered.concat())?);
    stated.is_disjoint(&own).then(|| {
        let listed = trial.primary_outcomes.join("; ");
        (Field::PrimaryOutcome, format!("primary outcome: {listed}"))
    })
}

/// Outcomes that are told apart surely. Within a family one is often called by the name of another.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Family {
    Survival,
    EventFree,
    Response,
}

impl Family {
    fn of(measure: &Measure) -> Option<Self> {
        let label = measure.label.to_lowercase();
        let has = |words: &[&str]| words.iter().any(|word| label.contains(word));
        if label.starts_with("overall survival") {
            Some(Self::Survival)
        } else if has(&["response", "benefit", "disease control"]) {
            Some(Self::Response)
        } else {
            has(&["survival", "time to"]).then_some(Self::EventFree)
        }
    }
}
