//! Slips told beside numbers that one sentence or row of the source has, too: "8.7% against 14.6% (p = 0.061)", where the source
//! has 8.7, 18.6 and 0.061 in a row.
//!
//! Why it exists: who tells a source in words of their own keeps its numbers. Where those beside a figure lead to one place, and
//! the figure stands nowhere in the text, the number there that differs from it by a slip of the pen is the one that was meant.
//! It leaves out numbers that say little by themselves: small ones, levels of confidence and of significance, years.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::item::Item;
use super::super::lexis::Kind;
use super::super::score::Piece;
use super::super::slip::{is_one_digit, is_transposed};
use super::Retelling;
use super::cited::{At, LIKEST, Search};
use super::given::numbers;

/// A number in more sentences and rows than this leads to none of them.
const MOST_PLACES: usize = 12;
/// What the numbers beside a figure must tell: two decimals, say, or three whole numbers of two digits.
const TELLING: u32 = 3;
/// The same where the words lead to the place as well.
const TELLING_WORDED: u32 = 2;

/// At most so many equal numbers are named as evidence.
const MOST_BESIDE: usize = 3;

/// How much a number says by itself.
fn telling(number: Decimal) -> u32 {
    let is_level = ["95", "99", "100", "0.05", "0.01", "0.001"]
        .iter()
        .any(|level| number.to_string() == *level);
    let years = Decimal::from(1900)..=Decimal::from(2100);
    let is_year = number.is_integer() && years.contains(&number);
    if is_level || is_year {
        return 0;
    }
    if number < Decimal::ONE {
        return number.scale().saturating_sub(1).min(2);
    }
    let digits = number.mantissa().unsigned_abs().to_string().len();
    match digits {
        0 | 1 => 0,
        2 if number.is_integer() => 1,
        _ => 2,
    }
}

/// The sentences and rows of a text in which each number stands.
#[derive(Debug, Default)]
pub(super) struct Places(BTreeMap<Decimal, Vec<usize>>);

impl Places {
    /// Linear in the numbers.
    pub(super) fn of(groups: &[Vec<Decimal>]) -> Self {
        let mut places: BTreeMap<Decimal, Vec<usize>> = BTreeMap::new();
        for (at, group) in groups.iter().enumerate() {
            for number in group.iter().copied().collect::<BTreeSet<Decimal>>() {
                if telling(number) > 0 {
                    places.entry(number).or_default().push(at);
                }
            }
        }
        Self(places)
    }

    /// The places to which the numbers before and behind a figure lead: those that have the most of them in a row. `near` are
    /// places to which its words lead.
    fn led_to(
        &self,
        before: &[Decimal],
        behind: &[Decimal],
        near: &BTreeSet<usize>,
    ) -> Vec<(usize, Vec<Decimal>)> {
        let says = |number: &&Decimal| telling(**number) > 0;
        let back: Vec<Decimal> = before.iter().rev().filter(says).copied().collect();
        let on: Vec<Decimal> = behind.iter().filter(says).copied().collect();
        let neighbours = back.first().into_iter().chain(on.first());
        let places: BTreeSet<usize> = neighbours
            .flat_map(|number| self.of_number(*number))
            .copied()
            .collect();
        let mut found: Vec<(usize, Vec<Decimal>)> = Vec::new();
        for place in places {
            let has = |number: &&Decimal| self.of_number(**number).contains(&place);
            let run: BTreeSet<Decimal> = back
                .iter()
                .take_while(has)
                .chain(on.iter().take_while(has))
                .copied()
                .collect();
            found.push((place, run.into_iter().collect()));
        }
        let weight = |run: &[Decimal]| run.iter().map(|number| telling(*number)).sum::<u32>();
        let most = found
            .iter()
            .map(|(_, run)| weight(run))
            .max()
            .unwrap_or_default();
        found.retain(|(place, run)| {
            let enough = if near.contains(place) {
                TELLING_WORDED
            } else {
                TELLING
            };
            weight(run) == most && most >= enough
        });
        found
    }

    /// Where a number stands; nowhere for one that stands all over the text.
    fn of_number(&self, number: Decimal) -> &[usize] {
        let places = self
            .0
            .get(&number)
            .filter(|places| places.len() <= MOST_PLACES);
        places.map(Vec::as_slice).unwrap_or_default()
    }
}

impl Search<'_> {
    /// The figure of a text that a value is with a slip of the pen, by the numbers beside both.
    pub(super) fn beside(&self, at: At, item: &Item, text: usize) -> Option<Retelling> {
        let (told, numbered) = self.exact(at, item, text)?;
        if numbered.given.holds(told) {
            return None;
        }
        let printed = |text: usize, figure: usize| {
            let quantity = self
                .texts
                .get(text)?
                .statements
                .figures
                .get(figure)?
                .quantity
                .as_ref()?;
            Some((
                quantity.value?.to_string(),
                quantity.unit.as_ref().map(|unit| unit.ucum.as_ref()),
            ))
        };
        let (own, unit) = printed(at.0, item.figure)?;
        let line = self.matching.text(at.0)?.lines.get(at.1)?;
        let extraction = self.texts.get(at.0)?;
        let plain = extraction.document.plain(&line.place);
        let range = &extraction.statements.figures.get(item.figure)?.place.range;
        let within = |place: usize| place.checked_sub(line.place.range.start);
        let before = numbers(plain.get(..within(range.start)?)?);
        let behind = numbers(plain.get(within(range.end)?..)?);
        let likest = self.likest_to(at, text, LIKEST);
        let near = likest
            .iter()
            .filter_map(|line| numbered.group.get(*line))
            .copied()
            .collect();
        let source = self.matching.text(text)?;
        let mut found: BTreeMap<String, (usize, Vec<Decimal>)> = BTreeMap::new();
        for (place, equal) in numbered.places.led_to(&before, &behind, &near) {
            let lines = numbered
                .lines
                .get(place)?
                .iter()
                .filter_map(|line| source.lines.get(*line));
            for known in lines.flat_map(|line| &line.items) {
                let Some((value, its)) = printed(text, known.figure) else {
                    continue;
                };
                let is_told = value.parse().is_ok_and(|value: Decimal| {
                    let value = value.normalize();
                    before.contains(&value) || behind.contains(&value)
                });
                if (its == unit || its.is_none()) && !is_told && is_slip(&own, &value) {
                    found.entry(value).or_insert((known.figure, equal.clone()));
                }
            }
        }
        let (known, equal) = found
            .pop_first()
            .filter(|_| found.is_empty())
            .map(|(_, pair)| pair)?;
        let equal = equal
            .into_iter()
            .map(|number| Piece::whole(Kind::Number, number.to_string()));
        let evidence = equal
            .take(MOST_BESIDE)
            .chain([Piece::whole(Kind::Digit, "")]);
        Some(Retelling::of(
            (at.0, item.figure),
            (text, known),
            evidence.collect(),
        ))
    }
}

/// Whether a number is another one with a slip of the pen: one digit differs, or two neighbours changed places.
fn is_slip(told: &str, known: &str) -> bool {
    told.find('.') == known.find('.') && (is_one_digit(told, known) || is_transposed(told, known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_lead_to_the_place_that_has_most_of_them() {
        let numbers = |printed: &[&str]| {
            printed
                .iter()
                .filter_map(|number| number.parse().ok())
                .collect::<Vec<Decimal>>()
        };
        let places = Places::of(&[
            numbers(&["8.7", "18.6", "0.061"]),
            numbers(&["8.7", "12"]),
            numbers(&["20", "30", "87", "0"]),
        ]);
        let check = |before: &[&str], behind: &[&str], near: &[usize], expected: &[usize]| {
            let found = places.led_to(
                &numbers(before),
                &numbers(behind),
                &near.iter().copied().collect(),
            );
            let found: Vec<usize> = found.into_iter().map(|(place, _)| place).collect();
            assert_eq!(found, expected, "{before:?} {behind:?}");
        };
        check(&["8.7"], &["0.061"], &[], &[0]);
        check(&["44.1", "8.7"], &["0.061", "55.2"], &[], &[0]);
        check(&["8.7"], &[], &[], &[]);
        check(&["8.7"], &[], &[0], &[0]);
        check(&["8.7", "44.1"], &["55.2", "0.061"], &[0], &[]);
        check(&["20", "30", "0"], &[], &[], &[]);
        check(&["20", "30", "0"], &[], &[2], &[2]);
        check(&["20", "30"], &["87"], &[], &[2]);
    }

    #[test]
    fn a_slip_changes_one_digit_or_turns_two() {
        for (told, known, expected) in [
            ("14.6", "18.6", true),
            ("1254", "1245", true),
            ("14.6", "81.6", false),
            ("1.46", "14.6", false),
            ("14.6", "14", false),
            ("12", "13", true),
        ] {
            assert_eq!(is_slip(told, known), expected, "{told} {known}");
        }
    }
}
