//! Ages: that of a person, or a limit, that no participant of the record can have.
//!
//! It leaves out ages that are one condition among others ("postmenopausal, or 60 and older"): a lower limit counts where it is
//! that of adults, or where the record has it in a field of its own.

use regex::Regex;
use std::sync::LazyLock;

use crate::source::Criterion;

pattern!(
    AGE,
    r"(?i)\bage[ds]?\b|\byears?[\s-]+(?:old|of age)\b|\byears? or (?:older|over|more|above)\b"
);
pattern!(
    BETWEEN,
    r"(?i)\b(\d{2})\s*(?:years?\s*)?(?:-|–|to|and|through)\s*(\d{2})\b"
);
pattern!(
    LOWEST,
    r"(?i)(?:≥|>=|=>|>/=|>|at least|older than|over|minimum age:|\baged?)\s*(?:the age of\s*)?(\d{2})\b|\b(\d{2})\s*years?\s*(?:old|of age)?\s*(?:or|and)\s*(?:older|over|above|more)"
);
pattern!(HIGHEST, r"(?i)\bmaximum age:\s*(\d{1,3})\s*years?\b");
pattern!(OLD, r"(?i)\b(\d{1,3})[\s-]years?[\s-]old\b");
pattern!(
    BELOW,
    r"(?i)\b(?:under|below|younger than|less than)\s+(?:the\s+age\s+of\s+(\d{1,3})\b|(\d{1,3})\s+years?\s+(?:old|of\s+age)\b)"
);
pattern!(
    ABOVE,
    r"(?i)\b(?:over|above|older than|more than)\s+(?:the\s+age\s+of\s+(\d{1,3})\b|(\d{1,3})\s+years?\s+(?:old|of\s+age)\b)"
);

/// Highest age at which somebody becomes an adult.
const ADULT: u16 = 21;
/// Longest criterion that speaks of the age alone, in bytes.
const LONGEST: usize = 70;

/// The ages that a record takes.
#[derive(Debug, Default)]
pub(super) struct Ages {
    low: u16,
    high: Option<u16>,
    criterion: String,
}

fn number(pattern: &LazyLock<Option<Regex>>, text: &str) -> Option<u16> {
    let found = pattern.as_ref()?.captures(text)?;
    found.iter().skip(1).flatten().next()?.as_str().parse().ok()
}

impl Ages {
    /// `None` where no criterion says it.
    pub(super) fn of(criteria: &[Criterion]) -> Option<Self> {
        let mut found: Option<Self> = None;
        for criterion in criteria {
            let text = &criterion.text;
            let is_age =
                AGE.as_ref()?.is_match(text) && text.len() <= LONGEST && !criterion.excludes;
            if !is_age {
                continue;
            }
            let between = BETWEEN.as_ref()?.captures(text).and_then(|found| {
                Some((
                    found.get(1)?.as_str().parse().ok()?,
                    found.get(2)?.as_str().parse().ok()?,
                ))
            });
            let (low, high): (Option<u16>, Option<u16>) = match between {
                Some((low, high)) if low < high => (Some(low), Some(high)),
                _ => (
                    number(&LOWEST, text).filter(|low| *low <= ADULT),
                    number(&HIGHEST, text),
                ),
            };
            if low.is_none() && high.is_none() {
                continue;
            }
            let own = Self {
                low: low.unwrap_or(0),
                high,
                criterion: text.clone(),
            };
            found = Some(match found {
                // Of two limits the wider one is surely meant for all.
                Some(known) => Self {
                    low: known.low.min(low.unwrap_or(known.low)),
                    high: match (known.high, high) {
                        (Some(one), Some(other)) => Some(one.max(other)),
                        (one, other) if low.is_none() => one.or(other),
                        _ => None,
                    },
                    ..known
                },
                None => own,
            });
        }
        found
    }

    /// The criterion that a statement of who is eligible contradicts.
    pub(super) fn contradicts(&self, statement: &str) -> Option<&str> {
        let is_outside = |age: u16| age < self.low || self.high.is_some_and(|high| age > high);
        let persons = OLD.as_ref()?.captures_iter(statement);
        let mut persons = persons.filter_map(|person| person.get(1)?.as_str().parse().ok());
        let is_wrong = persons.any(is_outside)
            || number(&BELOW, statement).is_some_and(|age| age <= self.low)
            || number(&ABOVE, statement)
                .zip(self.high)
                .is_some_and(|(age, high)| age >= high);
        is_wrong.then_some(self.criterion.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(criteria: &[&str], statement: &str, expected: bool) {
        let criteria: Vec<(&str, bool)> = criteria.iter().map(|text| (*text, false)).collect();
        let criteria = super::super::criteria(&criteria);
        let ages = Ages::of(&criteria);
        let is_wrong = ages.is_some_and(|ages| ages.contradicts(statement).is_some());
        assert_eq!(is_wrong, expected, "{statement} {criteria:?}");
    }

    #[test]
    fn an_age_that_the_record_does_not_take_is_seen() {
        for criterion in [
            "Age ≥ 18 years",
            "18 years of age or older",
            "Women aged 18 to 70 years",
            "Minimum age: 18 Years",
            "Age 18 years",
        ] {
            check(&[criterion], "A 16-year-old girl is eligible.", true);
            check(
                &[criterion],
                "Patients under the age of 18 are eligible.",
                true,
            );
            check(&[criterion], "A 56 year old woman is eligible.", false);
            check(
                &[criterion],
                "Patients over the age of 20 are eligible.",
                false,
            );
        }
        check(
            &["Women aged 18 to 70 years"],
            "An 85-year-old woman is eligible.",
            true,
        );
        check(
            &["Minimum age: 18 Years", "Maximum age: 75 Years"],
            "Ann, who is 80 years old, is eligible.",
            true,
        );
    }

    #[test]
    fn a_limit_of_some_participants_is_none_of_all() {
        check(
            &["Age ≥ 60 years"],
            "A 50-year-old woman is eligible.",
            false,
        );
        check(
            &["Age 18 to 70 years", "Age 18 to 80 years (part 2)"],
            "A 75-year-old woman is eligible.",
            false,
        );
        check(
            &["Cancer cured for 20 years"],
            "A 16-year-old girl is eligible.",
            false,
        );
    }
}
