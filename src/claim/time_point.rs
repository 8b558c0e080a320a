//! When a figure holds: "at week 12", "the 2-year survival", "at baseline", "in Q3 2024".
//!
//! Why it exists: a figure of 2023 and one of 2024 are two, and a sentence may tell both; each number takes the time
//! point that stands nearest behind it, else the last before it. One time point is written in one way, so that "week 12"
//! and "12 weeks" are equal. It leaves out spans of time that are no point ("over 12 weeks", "a course of 5 days").

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use regex::{Captures, Regex};
use rust_decimal::Decimal;

use super::lexis::runs;
use super::trial_arm::lexis::is;
use crate::ontology::lexicon;
use crate::quantity::{Quantity, Role};

/// "week 12"; "at 12 weeks"; "the 2-year survival"; "at baseline".
static ELAPSED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?i)(?-u:\b)(?:(?P<unit>week|month|day|year)\s+(?P<number>[0-9]{1,3})",
        r"|(?:at|by|after)\s+(?P<count>[0-9]{1,4}(?:\.[0-9]+)?)\s+(?P<units>weeks?|months?|days?|years?)",
        r"|(?P<rate>[0-9]{1,3})-(?P<of>week|month|day|year)\s+(?:[a-z-]+\s+){0,2}?",
        r"(?:survival|mortality|incidence|remission|retention)",
        r"|at\s+(?P<baseline>baseline))(?-u:\b)"
    ))
    .ok()
});

/// What every match of that has, without a letter that may be a capital.
static NOUNS: LazyLock<[Finder<'static>; 6]> =
    LazyLock::new(|| ["eek", "onth", "day", "Day", "ear", "aseline"].map(Finder::new));

/// "2024", "Q3 2024", "the third quarter of 2024", "March 2024", "30 June 2023", "fiscal 2024", "in Q3".
static CALENDAR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let months: Vec<&str> = lexicon("months").collect();
    let part = format!(
        r"(?P<part>q[1-4]|h[12]|(?:first|second|third|fourth)\s+(?:quarter|half)|(?:{})\.?)",
        months.join("|")
    );
    let year = r"(?P<year>(?:19|20)[0-9][0-9])";
    let day = r"(?:[0-9]{1,2},?\s+)?";
    let of = r"(?:of\s+)?(?:the\s+)?(?:fiscal\s+(?:year\s+)?)?";
    let before = r"(?:in|for|during|by|since|until)\s+";
    let pattern =
        format!(r"(?i)(?-u:\b)(?:(?:{part}\s+{day})?{of}{year}|{before}(?P<alone>q[1-4]))(?-u:\b)");
    Regex::new(&pattern).ok()
});

/// Days of each unit; a month and a year are mean ones.
const DAYS: [(&str, Decimal); 4] = [
    ("day", Decimal::ONE),
    ("week", Decimal::from_parts(7, 0, 0, false, 0)),
    ("month", Decimal::from_parts(304_375, 0, 0, false, 4)),
    ("year", Decimal::from_parts(36_525, 0, 0, false, 2)),
];

const BASELINE: &str = "baseline";

/// A time point and where it stands, in bytes of its text.
pub(super) type Placed = (Range<usize>, String);

/// The time points since a start that a text names: "12 weeks", "baseline".
fn elapsed(text: &str) -> Vec<Placed> {
    let may_tell = has_digit(text) || text.contains("aseline");
    let named = |noun: &Finder<'_>| noun.find(text.as_bytes()).is_some();
    if !may_tell || !NOUNS.iter().any(named) {
        return Vec::new();
    }
    all(&ELAPSED, text, |found| {
        let pairs = [("unit", "number"), ("units", "count"), ("of", "rate")];
        let counted = pairs.iter().find_map(|(unit, number)| {
            let unit = found.name(unit)?.as_str().to_lowercase();
            let number: Decimal = found.name(number)?.as_str().parse().ok()?;
            let number = number.normalize();
            let ending = if number == Decimal::ONE { "" } else { "s" };
            Some(format!("{number} {}{ending}", unit.trim_end_matches('s')))
        });
        counted.or_else(|| Some(BASELINE.to_owned()).filter(|_| found.name(BASELINE).is_some()))
    })
}

/// The first of them.
pub(super) fn first_elapsed(text: &str) -> Option<String> {
    elapsed(text).into_iter().next().map(|(_, name)| name)
}

/// The calendar periods that a text names: "2024", "q3 2024", "march 2024", "q3".
pub(super) fn periods(text: &str) -> Vec<Placed> {
    if !has_digit(text) {
        return Vec::new();
    }
    all(&CALENDAR, text, |found| {
        let named = |name: &str| found.name(name).map(|part| part.as_str().to_lowercase());
        let parts = [
            named("part").map(|part| part_of_year(&part)),
            named("alone"),
            named("year"),
        ];
        Some(parts.into_iter().flatten().collect::<Vec<_>>().join(" "))
    })
}

fn has_digit(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
}

/// Where a text names one time point, in any of its writings.
pub(super) fn named(text: &str, name: &str) -> Vec<Range<usize>> {
    let placed = elapsed(text).into_iter().chain(periods(text));
    placed
        .filter(|(_, found)| found == name)
        .map(|(range, _)| range)
        .collect()
}

fn all(
    pattern: &LazyLock<Option<Regex>>,
    text: &str,
    name: impl Fn(&Captures<'_>) -> Option<String>,
) -> Vec<Placed> {
    let found = pattern.as_ref().map(|pattern| pattern.captures_iter(text));
    found
        .into_iter()
        .flatten()
        .filter_map(|found| Some((found.get(0)?.range(), name(&found)?)))
        .collect()
}

/// "q3" of "third quarter", "march" of "Mar.".
fn part_of_year(printed: &str) -> String {
    let ordinals = ["first", "second", "third", "fourth"];
    for (noun, letter) in [("quarter", 'q'), ("half", 'h')] {
        let ordinal = printed.strip_suffix(noun).map(str::trim);
        let number = ordinal.and_then(|ordinal| ordinals.iter().position(|word| *word == ordinal));
        if let Some(number) = number {
            return format!("{letter}{}", number + 1);
        }
    }
    month(printed).map_or_else(|| printed.to_owned(), |(_, name)| name.to_lowercase())
}

/// The month that a name or its abbreviation means, from 0.
fn month(printed: &str) -> Option<(usize, &'static str)> {
    let printed = printed.trim_end_matches('.');
    let opening = printed.get(..3)?;
    lexicon("months").take(12).enumerate().find(|(_, name)| {
        name.get(..3)
            .is_some_and(|first| first.eq_ignore_ascii_case(opening))
    })
}

/// The time point of each number of a sentence: the next behind it where no other value of its unit stands between, else
/// the last before it, else the first behind. Where "respectively" gives several to the numbers, none is told. Linear in
/// the sentence.
pub(super) fn of_each(sentence: &str, quantities: &[Quantity]) -> Vec<Option<String>> {
    if quantities.is_empty() {
        return Vec::new();
    }
    let found = points(sentence, quantities);
    let is_listed = found.len() > 1 && sentence.contains("respectively");
    if found.is_empty() || is_listed {
        return vec![None; quantities.len()];
    }
    let mut next_of_unit: BTreeMap<Option<&str>, usize> = BTreeMap::new();
    let mut names = Vec::with_capacity(quantities.len());
    for quantity in quantities.iter().rev() {
        let unit = quantity.unit.as_ref().map(|unit| unit.ucum.as_ref());
        let own = &quantity.range;
        let first_behind = found.partition_point(|(time, _)| time.start < own.end);
        let behind = found.get(first_behind);
        let all_before = found.partition_point(|(time, _)| time.end <= own.start);
        let before = all_before.checked_sub(1).and_then(|at| found.get(at));
        let next = next_of_unit.get(&unit);
        let near = behind.filter(|(time, _)| next.is_none_or(|next| time.start < *next));
        names.push(near.or(before).or(behind).map(|(_, name)| name.clone()));
        let is_time = found
            .get(all_before)
            .is_some_and(|(time, _)| time.start < own.end);
        if quantity.role == Role::Value && !is_time {
            next_of_unit.insert(unit, own.start);
        }
    }
    names.reverse();
    names
}

/// The time points of a sentence, in order; a year is one only where a date was read, and people are counted behind none.
fn points(sentence: &str, quantities: &[Quantity]) -> Vec<Placed> {
    let mut found = elapsed(sentence);
    let dates: Vec<&Range<usize>> = quantities
        .iter()
        .filter(|quantity| quantity.role == Role::Date)
        .map(|quantity| &quantity.range)
        .collect();
    if !dates.is_empty() || sentence.contains(['Q', 'q']) {
        found.extend(periods(sentence).into_iter().filter(|(range, name)| {
            let at = dates.partition_point(|date| date.end <= range.start);
            let is_date = dates.get(at).is_some_and(|date| date.start < range.end);
            let is_quarter = name.starts_with('q') && !name.contains(' ');
            let behind = sentence.get(range.end..).unwrap_or_default();
            let counts_people = runs(behind)
                .next()
                .is_some_and(|(_, word)| is("people", word));
            (is_date || is_quarter) && !counts_people
        }));
    }
    found.sort_by_key(|(range, _)| range.start);
    found
}

/// Whether two time points, as this module writes them, cannot be one: other quarters, other years, spans a tenth apart.
/// What it does not know, and a year beside a month of it, may be one.
pub(crate) fn time_points_differ(one: &str, other: &str) -> bool {
    match (since_start(one), since_start(other)) {
        (Some(one), Some(other)) => {
            let (low, high) = (one.min(other), one.max(other));
            return low * Decimal::from(11) < high * Decimal::TEN;
        }
        (Some(_), None) | (None, Some(_)) => return false,
        (None, None) => {}
    }
    let (Some(one), Some(other)) = (Period::read(one), Period::read(other)) else {
        return false;
    };
    let differ = |one: Option<usize>, other: Option<usize>| {
        one.zip(other).is_some_and(|(one, other)| one != other)
    };
    differ(one.year, other.year)
        || differ(one.half, other.half)
        || differ(one.quarter, other.quarter)
        || differ(one.month, other.month)
}

/// Days since the start; 0 at baseline.
fn since_start(name: &str) -> Option<Decimal> {
    if name == BASELINE {
        return Some(Decimal::ZERO);
    }
    let (number, unit) = name.split_once(' ')?;
    let number: Decimal = number.parse().ok()?;
    let unit = unit.trim_end_matches('s');
    let (_, days) = DAYS.iter().find(|(name, _)| *name == unit)?;
    number.checked_mul(*days)
}

/// A calendar period with all that its name implies; parts of a year count from 0.
#[derive(Default)]
struct Period {
    year: Option<usize>,
    half: Option<usize>,
    quarter: Option<usize>,
    month: Option<usize>,
}

impl Period {
    fn read(name: &str) -> Option<Self> {
        let mut period = Self::default();
        for part in name.split(' ') {
            let numbered = |letter: char| {
                part.strip_prefix(letter)?
                    .parse::<usize>()
                    .ok()?
                    .checked_sub(1)
            };
            if part.len() == 4 && part.bytes().all(|byte| byte.is_ascii_digit()) {
                period.year = part.parse().ok();
            } else if let Some(quarter) = numbered('q') {
                period.quarter = Some(quarter);
                period.half = Some(quarter / 2);
            } else if let Some(half) = numbered('h') {
                period.half = Some(half);
            } else {
                let (month, _) = month(part)?;
                period.month = Some(month);
                period.quarter = Some(month / 3);
                period.half = Some(month / 6);
            }
        }
        Some(period)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::read;

    fn check(sentence: &str, expected: &[(&str, &str)]) {
        let quantities = read(sentence, &[]);
        let times = of_each(sentence, &quantities);
        for (number, time) in expected {
            let at = sentence.find(number).unwrap();
            let index = quantities
                .iter()
                .position(|quantity| quantity.range.contains(&at))
                .unwrap();
            let found = times.get(index).cloned().flatten().unwrap_or_default();
            assert_eq!(found, *time, "{number} in: {sentence}");
        }
    }

    #[test]
    fn each_number_has_its_own_time_point() {
        check(
            "Uptake was 20% at week 4 and 30% at week 12.",
            &[("20%", "4 weeks"), ("30%", "12 weeks")],
        );
        check(
            "At 24 months, 38% with A and 30% with B had relapsed.",
            &[("38%", "24 months"), ("30%", "24 months")],
        );
        check("The 2-year survival rate was 61%.", &[("61%", "2 years")]);
        check(
            "Uptake rose from 20% in 2016 to 30% in March 2019.",
            &[("20%", "2016"), ("30%", "march 2019")],
        );
        check("Sales were $12 million in Q3.", &[("$12", "q3")]);
        check(
            "Sales were $12 million in the third quarter of 2024.",
            &[("$12", "q3 2024")],
        );
        check("At baseline 20% smoked.", &[("20%", "baseline")]);
        check(
            "The stay was 5 days (Q1 to Q3, 3 to 8 days).",
            &[("5 days", "")],
        );
    }

    #[test]
    fn what_is_no_time_point_is_none() {
        check("Uptake was 20% in 2000 patients.", &[("20%", "")]);
        check(
            "Uptake was 20% and 30% at week 4 and week 12, respectively.",
            &[("20%", ""), ("30%", "")],
        );
    }

    #[test]
    fn time_points_time_points_differ_where_both_say_so() {
        for (one, other, expected) in [
            ("2023", "2024", true),
            ("2024", "march 2024", false),
            ("q3", "q4", true),
            ("q3 2024", "march 2024", true),
            ("q1 2024", "march 2024", false),
            ("h1 2024", "q3 2024", true),
            ("12 weeks", "24 weeks", true),
            ("24 months", "2 years", false),
            ("baseline", "6 months", true),
            ("baseline", "2024", false),
            ("visit 2", "visit 3", false),
        ] {
            assert_eq!(
                time_points_differ(one, other),
                expected,
                "{one} and {other}"
            );
        }
    }
}
