//! Which measure a stretch of text names, by the labels of the packs.
//!
//! It leaves out measures that no pack has; those are the words of the text.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use super::lexis::word_starts;
use crate::ontology::{Dimension, Kind, Measure, Prefixes, measures, units};
use crate::quantity::{Quantity, Role};

/// A label found in a text.
#[derive(Clone, Debug)]
pub(super) struct Label {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// The measure it names.
    pub(super) measure: &'static Measure,
}

/// Labels this short are words or other things in another case, and mean a measure only beside a number, in brackets
/// or in a header.
const SHORT: usize = 3;

struct Labels {
    /// Labels, one of those that only case tells apart.
    patterns: Prefixes,
    /// For each pattern the labels written so.
    entries: Vec<Vec<(&'static str, &'static Measure)>>,
}

static LABELS: LazyLock<Labels> = LazyLock::new(|| {
    let mut by_pattern: BTreeMap<String, Vec<(&'static str, &'static Measure)>> = BTreeMap::new();
    for measure in measures()
        .iter()
        .filter(|measure| measure.pack != "generic")
    {
        for label in &measure.labels {
            by_pattern
                .entry(label.to_lowercase())
                .or_default()
                .push((label, measure));
        }
    }
    let patterns = by_pattern.values().filter_map(|labels| labels.first());
    let patterns = patterns.map(|(label, _)| *label).collect();
    let entries = by_pattern.into_values().map(|mut labels| {
        labels.sort_by_key(|(_, measure)| pack_rank(measure));
        labels
    });
    Labels {
        patterns,
        entries: entries.collect(),
    }
});

/// Where two packs share a label, the one with the narrower meaning of it comes first.
fn pack_rank(measure: &Measure) -> usize {
    ["clinical", "business", "benchmark"]
        .iter()
        .position(|pack| *pack == measure.pack)
        .unwrap_or(usize::MAX)
}

/// The clinical measures that a short text names, such as an outcome's title, each once, in order.
pub(crate) fn measures_named(text: &str) -> Vec<&'static Measure> {
    let mut found: Vec<&Measure> = Vec::new();
    for label in labels(text, true) {
        if label.measure.pack == "clinical" && !found.contains(&label.measure) {
            found.push(label.measure);
        }
    }
    found
}

/// All labels in a text, left to right, longest first, at word boundaries. `header` allows short labels anywhere.
pub(super) fn labels(text: &str, header: bool) -> Vec<Label> {
    let mut found = Vec::new();
    let mut until = 0;
    for at in word_starts(text, LABELS.patterns.openings()) {
        let rest = text.as_bytes().get(at..).unwrap_or_default();
        let longest = LABELS.patterns.of(rest).max_by_key(|(_, length)| *length);
        if let Some((pattern, length)) = longest.filter(|_| at >= until) {
            until = at + length;
            found.extend(label(text, at..until, pattern, header));
        }
    }
    found
}

/// The label of a pattern that a stretch of a text has the letters of.
fn label(text: &str, range: Range<usize>, pattern: usize, header: bool) -> Option<Label> {
    let printed = text.get(range.clone())?;
    let mut written = LABELS.entries.get(pattern)?.iter();
    let short = printed.len() <= SHORT;
    let (_, measure) = *written.find(|(label, _)| !short || *label == printed)?;
    let told =
        !short || (header && !is_sized(text, &range)) || (!header && stands_alone(text, &range));
    (told && is_bounded(text, &range)).then_some(Label { range, measure })
}

fn is_bounded(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).and_then(|t| t.chars().next_back());
    let mut after = text.get(range.end..).unwrap_or_default().chars();
    let next = match after.next() {
        Some('s') => after.next(),
        other => other,
    };
    let is_word = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    !is_word(before) && !is_word(next)
}

/// "Control (n = 30)" names the size of a group and no measure.
fn is_sized(text: &str, range: &Range<usize>) -> bool {
    text.get(range.end..)
        .is_some_and(|after| after.trim_start().starts_with('='))
}

/// Whether a short label stands where only a measure can: in brackets, or right before or after a number.
fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let before = text.get(..range.start).unwrap_or_default().trim_end();
    let after = text.get(range.end..).unwrap_or_default().trim_start();
    let bracketed = before.ends_with('(') && after.starts_with(')');
    let counted = before.ends_with(|c: char| c.is_ascii_digit() || c == '%');
    let valued = ["of ", "was ", "is ", "=", ":", "<", ">", "≤", "≥"]
        .iter()
        .any(|link| {
            after.strip_prefix(link).is_some_and(|rest| {
                rest.trim_start()
                    .starts_with(|c: char| c.is_ascii_digit() || "<>≤≥~.".contains(c))
            })
        });
    bracketed || counted || valued || after.starts_with(|c: char| c.is_ascii_digit())
}

/// The measure a quantity can have under a label: a share of a duration measure is its rate ("PFS at 12 months was
/// 40%"), and a number whose unit the measure cannot have is not of that measure. `percent` says that a
/// header gives bare numbers as percentages.
pub(super) fn fitting(
    measure: &'static Measure,
    quantity: &Quantity,
    percent: bool,
) -> Option<&'static Measure> {
    let dimension = quantity.unit.as_ref().map(|unit| unit.dimension);
    let is_share = dimension == Some(Dimension::Proportion) || (dimension.is_none() && percent);
    let fits = match measure.kind {
        Kind::Probability => {
            let single = quantity.value.is_some() && quantity.tolerance.is_none();
            quantity.role == Role::PValue
                || (single && dimension.is_none() && quantity.role == Role::Value)
        }
        Kind::Proportion => is_share,
        Kind::Count => {
            let whole = quantity.value.is_none_or(|value| value.is_integer());
            whole && (dimension.is_none() || dimension == Some(Dimension::Count))
        }
        Kind::Ratio => dimension.is_none() || is_share || dimension == Some(Dimension::Multiple),
        Kind::Rate => dimension == Some(Dimension::Other),
        Kind::Duration | Kind::Date | Kind::Amount => has_unit_of(measure, quantity),
        Kind::Score | Kind::Other => dimension.is_none() || has_unit_of(measure, quantity),
        Kind::Interval => false,
    };
    let value_like = matches!(quantity.role, Role::Value | Role::PValue | Role::SampleSize);
    if !value_like {
        return None;
    }
    if fits {
        return Some(measure);
    }
    (measure.kind == Kind::Duration && is_share)
        .then(|| rate_of(measure))
        .flatten()
}

/// Whether a quantity's unit measures what the measure's own unit does. A currency stands for any other.
fn has_unit_of(measure: &Measure, quantity: &Quantity) -> bool {
    let Some(unit) = &quantity.unit else {
        return false;
    };
    let canonical = units().iter().find(|known| known.ucum == measure.unit);
    let own = canonical.map_or(Dimension::Other, |known| known.dimension);
    let money = measure.unit.contains("USD") && unit.dimension == Dimension::Money;
    money || unit.ucum == measure.unit || (own != Dimension::Other && unit.dimension == own)
}

fn rate_of(measure: &Measure) -> Option<&'static Measure> {
    let iri = format!("{}-rate", measure.iri);
    measures()
        .binary_search_by(|other| other.iri.cmp(&iri))
        .ok()
        .and_then(|at| measures().get(at))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, header: bool, expected: &[&str]) {
        let found: Vec<_> = labels(text, header)
            .iter()
            .map(|label| label.measure.label.as_str())
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn the_longest_label_wins() {
        check(
            "the progression-free survival rate was 40%",
            false,
            &["Progression-free survival rate"],
        );
        check(
            "Median Overall Survival (OS)",
            true,
            &["Overall survival", "Overall survival"],
        );
    }

    #[test]
    fn short_labels_need_their_case_and_a_number() {
        check("an OR of 2.1", false, &["Odds ratio"]);
        check("stop or go", false, &[]);
        check("patients with PR and SD were", false, &[]);
        check("response (OS) was", false, &["Overall survival"]);
    }

    #[test]
    fn labels_end_at_words() {
        check("CBRs were and ORRX", false, &[]);
        check(
            "objective response rates were",
            false,
            &["Objective response rate"],
        );
    }
}
