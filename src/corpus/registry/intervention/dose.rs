//! Doses with the substance that they are of: "lapatinib 1500 mg", "600 mg/m² of cyclophosphamide".

use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Given;
use crate::claim::MentionKind;
use crate::claim::mention::mentions;
use crate::corpus::registry::is;
use crate::corpus::registry::sentence::CONTEXT;
use crate::ontology::units;
use crate::quantity::{Comparator, Quantity, read};

// The name before a dose, with what may stand between: "Afatinib (BIBW 2992), taken orally at a dose of".
pattern!(
    BEFORE,
    r"(?i)(?:^|[^\w-])([a-z][\w-]{3,})(?:\s*\([^()]{1,40}\))?(?:[\s,:(–-]|\b(?:at|of|is|are|was|were|be|will|given|taken|administered|iv|i\.v\.|po|oral|orally|intravenous|intravenously|subcutaneously|a|the|fixed|total|starting|initial|loading|maintenance|daily|dose|doses|dosage|level)\b)*$"
);
pattern!(
    BEHIND,
    r"(?i)^\s+(?:of\s+|(?:oral|iv|intravenous)\s+)*([a-z][\w-]{3,})"
);
pattern!(DAILY, r"(?i)\b(?:daily|day|total|in all|altogether)\b");
pattern!(
    SEVERAL,
    r"(?i)\b(?:twice|thrice|times|b\.?i\.?d|t\.?i\.?d|every \d+ hours|tablets?|capsules?|pills?|divided|\d\s*x)\b"
);

/// Most doses that make up a daily one.
const MOST_PARTS: u32 = 8;

/// An amount of a substance, and per what: 600 mg for each m².
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Dose {
    amount: Decimal,
    /// `g`, `g/m2`, `[iU]`: without times.
    unit: String,
    printed: String,
    /// Folded; `None` where nothing says it.
    substance: Option<String>,
}

/// The doses of an arm.
#[derive(Debug, Default)]
pub(super) struct Doses {
    given: Vec<Dose>,
    /// The bounds of every number, as printed.
    numbers: Vec<(Decimal, Decimal)>,
    has_parts: bool,
}

impl Doses {
    pub(super) fn of(text: &str) -> Self {
        let numbers = read(text, &[]);
        Self {
            given: numbers
                .iter()
                .filter_map(|quantity| dose(text, quantity))
                .collect(),
            numbers: numbers
                .iter()
                .map(|quantity| (quantity.low, quantity.high))
                .collect(),
            has_parts: is(&SEVERAL, text),
        }
    }
}

/// The dose that a quantity is; `None` for all other quantities.
fn dose(text: &str, quantity: &Quantity) -> Option<Dose> {
    let unit = quantity.unit.as_ref()?;
    let mut parts = unit.ucum.split('/');
    let first = parts.next()?;
    let known = units().iter().find(|known| known.ucum == first)?;
    let is_amount =
        first.ends_with('g') && first != "kg" || first.ends_with("[iU]") || first == "Gy";
    if !is_amount {
        return None;
    }
    let per: Vec<&str> = parts
        .filter(|part| !["d", "wk", "h", "mo", "min"].contains(part))
        .collect();
    if per.iter().any(|part| !["m2", "kg"].contains(part)) {
        return None;
    }
    let name = if first.ends_with('g') { "g" } else { first };
    let factor = if name == "g" {
        known.factor
    } else {
        Decimal::ONE
    };
    let unit_name = std::iter::once(name)
        .chain(per)
        .collect::<Vec<&str>>()
        .join("/");
    Some(Dose {
        amount: quantity.value?.checked_mul(factor)?.normalize(),
        unit: unit_name,
        printed: text.get(quantity.range.clone())?.to_owned(),
        substance: substance(text, quantity),
    })
}

/// The substance that a dose is of, by the words beside it.
fn substance(text: &str, quantity: &Quantity) -> Option<String> {
    let before = text.get(..quantity.range.start)?;
    let start = before.rfind(['\n', ';']).map_or(0, |at| at + 1);
    let named = |pattern: &LazyLock<Option<Regex>>, part: &str| {
        let found = pattern.as_ref()?.captures(part)?.get(1)?.as_str();
        is_substance(found).then(|| found.to_lowercase())
    };
    let behind = || named(&BEHIND, text.get(quantity.range.end..)?);
    named(&BEFORE, before.get(start..)?).or_else(behind)
}

/// Whether a word names a substance: a stem of such names, a capital or a figure in it, and no word of plans of treatment.
fn is_substance(word: &str) -> bool {
    let has_sign = word
        .chars()
        .any(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    let is_plain = CONTEXT.has("regimen", &word.to_lowercase());
    !is_plain
        && (has_sign
            || mentions(word)
                .iter()
                .any(|mention| mention.kind == MentionKind::Substance))
}

/// What the record gives where it has a stated dose nowhere.
pub(super) fn contradiction(statement: &str, arms: &[&Given]) -> Option<String> {
    let is_daily = DAILY.as_ref()?.is_match(statement);
    read(statement, &[]).into_iter().find_map(|quantity| {
        let stated = dose(statement, &quantity)?;
        let substance = stated.substance.as_ref()?;
        let every = || arms.iter().flat_map(|arm| &arm.doses.given);
        let own: Vec<&Dose> = every()
            .filter(|dose| dose.substance.as_ref() == Some(substance))
            .collect();
        let possible =
            every().filter(|dose| dose.substance.as_ref().is_none_or(|own| own == substance));
        let parts = if is_daily || arms.iter().any(|arm| arm.doses.has_parts) {
            MOST_PARTS
        } else {
            1
        };
        let is_given = possible.into_iter().any(|dose| stated.can_be(dose, parts));
        // The number may be right, and what it is of or in be read wrongly.
        let is_printed = || {
            let mut bounds = arms.iter().flat_map(|arm| &arm.doses.numbers);
            quantity
                .value
                .is_some_and(|own| bounds.any(|(low, high)| *low <= own && own <= *high))
        };
        let is_exact = quantity.comparator == Comparator::Equal;
        // Doses for each kilogram and as such are seldom told as one another.
        let is_comparable = own.iter().any(|dose| dose.unit == stated.unit);
        if !is_exact || !is_comparable || is_given || is_printed() {
            return None;
        }
        let printed: BTreeSet<&str> = own.iter().map(|dose| dose.printed.trim()).collect();
        let printed: Vec<&str> = printed.into_iter().collect();
        Some(format!("{substance} {}", printed.join(", ")))
    })
}

impl Dose {
    /// Whether a stated dose can be one of the record, or up to so many of them.
    fn can_be(&self, given: &Self, parts: u32) -> bool {
        let whole = |times: u32| given.amount.saturating_mul(times.into());
        self.unit == given.unit && (1..=parts).any(|times| whole(times) == self.amount)
    }
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
    fn a_dose_is_held_against_those_of_its_substance() {
        let arm = "Fluorouracil 600 mg/m^2 IV every 21 days. The first dose of trastuzumab was given at 4 mg/kg IV, trastuzumab 2 mg/kg then.";
        check(arm, "They received trastuzumab 700 mg/m2.", None);
        check(
            arm,
            "They received 6 mg/kg of trastuzumab.",
            Some("trastuzumab 2 mg/kg, 4 mg/kg"),
        );
        check(arm, "They received trastuzumab at 2 mg/kg.", None);
        check(arm, "They received more than 1 mg/kg of trastuzumab.", None);
        check(arm, "They received 5 mg/kg of Corvatinib.", None);
        check(
            "Lapatinib 250 mg tablets, six a day",
            "They took lapatinib 1500 mg daily.",
            None,
        );
        check(
            "Lapatinib 250 mg tablets, six a day",
            "They took lapatinib 1400 mg daily.",
            Some("lapatinib 250 mg"),
        );
    }

    #[test]
    fn a_dose_that_the_record_gives_without_a_name_is_possible() {
        let arm = "Corvatinib 40 mg, then 20 mg";
        check(arm, "They took Corvatinib 20 mg.", None);
        check(arm, "They took Corvatinib 30 mg.", Some("corvatinib 40 mg"));
    }
}
