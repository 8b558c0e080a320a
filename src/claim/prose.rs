//! Binding in running text: which measure, arm, study and scope a number of a sentence belongs to.
//!
//! Only frames that were right nine times in ten bind here (a label before the number, "38% with X", "X achieved
//! 38%"); what they leave open stays open.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::Mention;
use super::arm::{ArmName, arms_among};
use super::measure::{Label, fitting, labels};
use super::mention;
use super::scope::{ScopePhrases, scope};
use super::study::{Named, names_among};
use crate::ontology::{Kind, Measure};
use crate::quantity::Quantity;

/// Everything a sentence names that a number of it can be about.
#[derive(Default)]
pub(super) struct Context {
    labels: Vec<Label>,
    arms: Vec<ArmName>,
    studies: Vec<Named>,
    /// What the sentence as a whole narrows.
    pub(super) scope: ScopePhrases,
    respectively: bool,
    sentence: String,
}

/// Between a number and the arm behind it: "38% with X", "38% (12/32) in patients receiving X".
static POST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\s*[\[(^][^\])]*[\])^])*\s*(?:in|with|for|on|among|of)\s+(?:the\s+)?(?:(?:patients|those|subjects|participants)\s+)?(?:(?:receiving|treated with|given|on|assigned to|who received)\s+)?$").ok()
});

/// Between an arm and the number behind it: "X achieved an ORR of 38%", "X: 38%".
static PRE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:\(|:|=|arm(?-u:\b)|group(?-u:\b)|alone(?-u:\b))?[^.;]*?(?-u:\b)(?:was|were|had|has|have|achieved|showed|demonstrated|yielded|produced|reached|reported|resulted in|led to|with|of|a|an)(?-u:\b)[^.;]*$|^\s*[:(=]\s*$").ok()
});

/// Between "p" and its value.
static LINK: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^(?:[\s-]?values?)?\s*(?:=|<|>|≤|≥|of|was|is|:)\s*$").ok());

/// So many words may stand between a general measure and its number: "line coverage of the test suite is 80%".
const LINKING_WORDS: usize = 7;

/// How far an arm before its number may stand, in bytes.
const PRE_REACH: usize = 110;
/// How far a label behind its number may stand ("a 30% objective response rate"), in bytes.
const LABEL_REACH: usize = 24;
/// So many labels before a number are tried: in a long list without a full stop the rest is about something else.
const NEAREST: usize = 16;
/// How far a label of a general measure may stand before its number, in bytes.
const LINK_REACH: usize = 300;
/// How far behind its number an arm may stand, in bytes.
const POST_REACH: usize = 300;
/// A comparison turns "X ... than Y, 38%" around: no arm before it binds.
const COMPARATORS: [&str; 6] = ["than", "versus", " vs", "compared", "relative to", "over "];

/// Reads what a sentence names.
pub(super) fn context(sentence: &str) -> Context {
    context_among(sentence, &mention::find(sentence))
}

/// The same from the substances and studies that the sentence names.
pub(super) fn context_among(sentence: &str, mentions: &[(Range<usize>, Mention)]) -> Context {
    Context {
        labels: labels(sentence, false),
        arms: arms_among(sentence, mentions),
        studies: names_among(sentence, mentions),
        scope: scope(sentence),
        respectively: sentence.contains("respectively"),
        sentence: sentence.to_owned(),
    }
}

impl Context {
    /// The studies of a sentence without a number, to which nothing else can be bound.
    pub(super) fn of_studies(sentence: &str, mentions: &[(Range<usize>, Mention)]) -> Self {
        Self {
            studies: names_among(sentence, mentions),
            ..Self::default()
        }
    }

    /// The measure of a quantity: a label that is its unit ("requests per second"), else one right behind it, else the nearest before it that fits its unit, else one
    /// a little behind.
    pub(super) fn measure(&self, quantity: &Quantity) -> Option<&'static Measure> {
        let (before, rest) = self.split_labels(quantity.range.start);
        let before = before.iter().rev().take(NEAREST);
        let behind = rest
            .iter()
            .skip_while(|label| label.range.start < quantity.range.end)
            .take_while(|label| label.range.start - quantity.range.end <= LABEL_REACH);
        let adjacent = behind.clone().find(|label| {
            let between = self.sentence.get(quantity.range.end..label.range.start);
            between.is_some_and(|text| text == " " || text == "-")
        });
        let fits = |label: &Label| {
            fitting(label.measure, quantity, false).filter(|_| self.is_linked(label, quantity))
        };
        let own = rest
            .iter()
            .take_while(|label| label.range.start < quantity.range.end)
            .find(|label| {
                quantity.range.start <= label.range.start && label.range.end <= quantity.range.end
            });
        let named = own.and_then(|label| fitting(label.measure, quantity, false));
        named.or_else(|| {
            adjacent
                .into_iter()
                .chain(before)
                .chain(behind)
                .find_map(fits)
        })
    }

    /// The labels that end before a place, and the others. Labels stand in order and do not overlap.
    fn split_labels(&self, at: usize) -> (&[Label], &[Label]) {
        let count = self.labels.partition_point(|label| label.range.end <= at);
        self.labels.split_at(count)
    }

    /// Whether a label may stand at a distance from its number. A p-value may not, nor may a measure of a general
    /// pack: "at 10% recall" and "recall ... 10% FDR" name it beside numbers of other things.
    fn is_linked(&self, label: &Label, quantity: &Quantity) -> bool {
        let close = label.measure.pack != "clinical" || label.measure.kind == Kind::Probability;
        if !close || label.range.start >= quantity.range.end {
            return !close || label.range.start - quantity.range.end <= 1;
        }
        if quantity.range.start - label.range.end > LINK_REACH {
            return false;
        }
        let between = self
            .sentence
            .get(label.range.end..quantity.range.start)
            .unwrap_or_default();
        if label.measure.kind == Kind::Probability {
            return LINK
                .as_ref()
                .is_some_and(|pattern| pattern.is_match(between));
        }
        let plain = !between.contains([',', ';', '(', ')'])
            && !between.contains(|c: char| c.is_ascii_digit());
        plain && between.split_whitespace().count() <= LINKING_WORDS
    }

    /// The arm of a quantity, where a strong frame gives one.
    pub(super) fn arm(&self, quantity: &Range<usize>, others: &[Quantity]) -> Option<&ArmName> {
        if self.respectively {
            return None;
        }
        let count = self
            .arms
            .partition_point(|arm| arm.range.start < quantity.end);
        let (before, behind) = self.arms.split_at(count);
        let mut near = behind
            .iter()
            .take_while(|arm| arm.range.start - quantity.end <= POST_REACH);
        let post = near.find(|arm| {
            let between = self.sentence.get(quantity.end..arm.range.start);
            between.is_some_and(|text| POST.as_ref().is_some_and(|pattern| pattern.is_match(text)))
        });
        post.or_else(|| {
            let arm = before
                .iter()
                .rev()
                .find(|arm| arm.range.end <= quantity.start)?;
            let between = self.sentence.get(arm.range.end..quantity.start)?;
            let compared = COMPARATORS.iter().any(|word| between.contains(word))
                || self.sentence.get(..arm.range.start).is_some_and(|text| {
                    COMPARATORS
                        .iter()
                        .any(|word| text.trim_end().ends_with(word.trim()))
                });
            let first = others.partition_point(|other| other.range.start < arm.range.end);
            let crowded = others
                .get(first)
                .is_some_and(|other| other.range.end <= quantity.start);
            let bound = between.len() <= PRE_REACH
                && !compared
                && !crowded
                && PRE.as_ref()?.is_match(between);
            bound.then_some(arm)
        })
    }

    /// The study of a quantity: the nearest name before it, or the only one of the sentence.
    pub(super) fn study(&self, quantity: &Range<usize>) -> Option<&Named> {
        let before = self
            .studies
            .iter()
            .rev()
            .find(|name| name.range.end <= quantity.start);
        match self.studies.as_slice() {
            [only] => Some(only),
            _ => before,
        }
    }

    /// All study names of the sentence.
    pub(super) fn studies(&self) -> &[Named] {
        &self.studies
    }

    /// All arms of the sentence.
    pub(super) fn arms(&self) -> &[ArmName] {
        &self.arms
    }

    /// The measure labels that touch a stretch of the sentence, as byte ranges.
    pub(super) fn label_ranges_in(
        &self,
        within: &Range<usize>,
    ) -> impl Iterator<Item = &Range<usize>> {
        let (_, rest) = self.split_labels(within.start);
        let end = within.end;
        rest.iter()
            .map(|label| &label.range)
            .take_while(move |range| range.start < end)
    }
}
