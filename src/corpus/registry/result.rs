//! Outcomes: a statement about groups against the values that the record has for them.
//!
//! A statement is judged only where it names the outcome, where each side of it names one group, and where nothing else
//! stands in it: a word that neither the outcome nor the groups explain can change what is meant ("partial", "grade 3").
//! What may be counted (participants or their share) is tried both ways. It leaves out statements of several clauses.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::group::{Side, numbered};
use super::sentence::{Amount, CONTEXT, Item, Number, items};
use super::tally::Tally;
use super::value::{Reading, Scale, agrees, gaps, readings};
use crate::claim::{better_is_higher, measures_named, singular};
use crate::quantity::Comparator;
use crate::source::{Measured, Outcome, Record};

/// Fewest words that a statement shares with a title to name its outcome where no measure or abbreviation does.
const SHARED: usize = 3;

/// Most outcomes that a statement is held against; records have a hundred at most.
const MOST_OUTCOMES: usize = 200;

/// Characters of a title that a message shows.
const LONGEST_TITLE: usize = 120;

/// What the record says where it contradicts a statement: "Progression-free survival: 8.6 months in Corvatinib".
pub(super) fn contradiction(statement: &str, record: &Record) -> Option<String> {
    let items = items(statement, &Tally::default());
    let is_only = record.outcomes.len() == 1;
    let outcomes = record.outcomes.iter().take(MOST_OUTCOMES);
    outcomes
        .into_iter()
        .find_map(|outcome| Claim::of(statement, &items, outcome, is_only)?.contradiction())
}

/// A statement about an outcome.
struct Claim<'a> {
    outcome: &'a Outcome,
    items: &'a [Item],
    /// The words of the statement, folded.
    words: BTreeSet<String>,
    /// Numbers that are in no name.
    numbers: Vec<(usize, &'a Number)>,
}

/// The words of a text, folded.
fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(|word| singular(&word.to_lowercase()).to_owned())
}

/// Words of a title that say what is measured.
fn told(title: &str) -> BTreeSet<String> {
    words(title)
        .filter(|word| word.len() > 2 && !CONTEXT.has("plain", word))
        .collect()
}

impl<'a> Claim<'a> {
    /// `None` where the statement does not name the outcome.
    fn of(statement: &str, items: &'a [Item], outcome: &'a Outcome, is_only: bool) -> Option<Self> {
        let words: BTreeSet<String> = words(statement).collect();
        let title = told(&outcome.title);
        let shared = title.intersection(&words).count();
        let measures = measures_named(&outcome.title);
        let is_measure = measures_named(statement)
            .iter()
            .any(|measure| measures.contains(measure));
        let is_abbreviated = outcome.title.split(['(', ')', ',']).any(|part| {
            let part = part.trim();
            let is_short = part.len() > 1 && part.chars().all(|c| c.is_ascii_uppercase());
            is_short
                && statement
                    .split(|c: char| !c.is_alphanumeric())
                    .any(|word| word == part)
        });
        let is_titled = shared >= SHARED && shared * 2 >= title.len();
        // Where there is one outcome, fewer words are enough, and "results" are its values. What groups are called is no outcome.
        let groups: BTreeSet<String> = outcome
            .groups
            .iter()
            .flat_map(|group| self::words(&group.title))
            .collect();
        let own = title
            .iter()
            .filter(|word| words.contains(*word) && !groups.contains(*word))
            .count();
        let is_told = is_only && (own > 1 || words.contains("result"));
        if !(is_measure || is_abbreviated || is_titled || is_told) {
            return None;
        }
        let names: BTreeSet<String> = outcome
            .groups
            .iter()
            .map(|group| group.title.as_str())
            .chain([outcome.title.as_str()])
            .flat_map(|name| name.split(|c: char| !c.is_ascii_digit() && c != '.'))
            .map(str::to_owned)
            .collect();
        let numbers = items.iter().enumerate().filter_map(|(at, item)| {
            let number = item.number()?;
            (!names.contains(&number.printed)).then_some((at, number))
        });
        Some(Self {
            outcome,
            items,
            words,
            numbers: numbers.collect(),
        })
    }

    fn contradiction(&self) -> Option<String> {
        let at = self
            .items
            .iter()
            .position(|item| matches!(item, Item::Word(word) if CONTEXT.has("against", word)));
        match at {
            Some(at) => self.compared(at),
            None => self.stated(),
        }
    }

    /// "The median PFS was 3 months longer in cohort 1 than in cohort 2."
    fn compared(&self, at: usize) -> Option<String> {
        let (first, second) = self.items.split_at(at);
        let (one, other) = (self.side(first)?, self.side(second)?);
        let (is_up, is_down) = self.direction()?;
        if one == other || is_up == is_down || !self.is_explained(&[one, other]) {
            return None;
        }
        let (greater, smaller) = if is_up { (one, other) } else { (other, one) };
        let pairs: Vec<(Reading, Reading)> = self
            .readings(greater)?
            .into_iter()
            .zip(self.readings(smaller)?)
            .collect();
        if pairs
            .iter()
            .any(|(one, other)| one.value.is_sign_negative() || other.value.is_sign_negative())
        {
            return None;
        }
        let says = || self.says(&[one, other]);
        if pairs
            .iter()
            .all(|(greater, smaller)| greater.value <= smaller.value)
        {
            return says();
        }
        let [(place, number)] = self.numbers.as_slice() else {
            return None;
        };
        // Only right before "more" is it a difference.
        let behind = self.items.get(place + 1);
        let is_gap = matches!(behind, Some(Item::Word(word))
            if CONTEXT.has("up", word) || CONTEXT.has("down", word));
        let possible = gaps(&pairs, number)?;
        (is_gap && !possible).then(says)?
    }

    /// Whether the first side is said to be the greater, and whether the smaller.
    fn direction(&self) -> Option<(bool, bool)> {
        let (is_up, is_down) = (self.says_any("up"), self.says_any("down"));
        let (is_better, is_worse) = (self.says_any("better"), self.says_any("worse"));
        if !is_better && !is_worse {
            return Some((is_up, is_down));
        }
        let is_higher_better = better_is_higher(&self.outcome.title)?;
        let is_one = is_better != is_worse && !is_up && !is_down;
        is_one.then_some((is_better == is_higher_better, is_better != is_higher_better))
    }

    /// "There was a difference of 5% between cohort 1 and cohort 2."
    fn difference(&self) -> Option<String> {
        let [(_, number)] = self.numbers.as_slice() else {
            return None;
        };
        let mut groups: Vec<usize> = self
            .items
            .iter()
            .filter_map(Item::groups)
            .flatten()
            .map(|group| numbered(*group, self.outcome))
            .collect::<Option<_>>()?;
        if groups.is_empty() && self.outcome.groups.len() == 2 {
            groups = vec![0, 1];
        }
        let [one, other] = groups.as_slice() else {
            return None;
        };
        if one == other || !self.is_explained(&[*one, *other]) {
            return None;
        }
        let pairs = self.readings(*one)?.into_iter().zip(self.readings(*other)?);
        let pairs: Vec<(Reading, Reading)> = pairs
            .map(|(one, other)| {
                if one.value < other.value {
                    (other, one)
                } else {
                    (one, other)
                }
            })
            .collect();
        let is_of_kind = pairs.iter().any(|(one, _)| one.fits(number));
        (is_of_kind && !gaps(&pairs, number)?).then(|| self.says(&[*one, *other]))?
    }

    /// "The median PFS was 8 months in cohort 1", "12 patients in the placebo group had a response", "most patients".
    fn stated(&self) -> Option<String> {
        if self.words.contains("difference") {
            return self.difference();
        }
        let has_direction = ["up", "down", "better", "worse"]
            .iter()
            .any(|class| self.says_any(class));
        if has_direction {
            return None;
        }
        let share = |percent, comparator| Number {
            amount: Amount::Percent(percent),
            comparator,
            printed: String::new(),
            time: None,
        };
        let most = share(Decimal::from(50), Comparator::Greater);
        let all = share(Decimal::ONE_HUNDRED, Comparator::Equal);
        let number = match self.numbers.as_slice() {
            [(_, number)] => number,
            [] if self.says_any("majority") => &most,
            [] if self.says_any("everyone") => &all,
            _ => return None,
        };
        let side = match self.outcome.groups.as_slice() {
            [_] => Some(0),
            _ => self.side(self.items),
        };
        let Some(side) = side else {
            return self.stated_of_all(number);
        };
        let is_wrong = self.is_explained(&[side]) && Self::denies(&self.readings(side)?, number)?;
        is_wrong.then(|| self.says(&[side]))?
    }

    /// A number without a group: all groups together, or each of them, may be meant.
    fn stated_of_all(&self, number: &Number) -> Option<String> {
        let has_groups = self.items.iter().any(|item| item.groups().is_some());
        let every: Vec<usize> = (0..self.outcome.groups.len()).collect();
        let of_groups: Vec<Vec<Reading>> = every
            .iter()
            .map(|group| self.readings(*group))
            .collect::<Option<_>>()?;
        let together = self.together()?;
        let is_some_group = has_groups || !Side::of(self.items, self.outcome).is_empty();
        if is_some_group || !self.is_explained(&[]) {
            return None;
        }
        for readings in of_groups.iter().chain([&together]) {
            if !Self::denies(readings, number)? {
                return None;
            }
        }
        self.says(&every)
    }

    /// Whether no reading of a value can be the number. `None` where that cannot be told.
    fn denies(readings: &[Reading], number: &Number) -> Option<bool> {
        let fitting: Vec<&Reading> = readings
            .iter()
            .filter(|reading| reading.fits(number))
            .collect();
        if fitting.is_empty() {
            return None;
        }
        let mut possible = false;
        for reading in fitting {
            possible |= agrees(reading, number)?;
        }
        Some(!possible)
    }

    /// The participants of all groups together.
    fn together(&self) -> Option<Vec<Reading>> {
        let (mut sum, mut whole) = (Decimal::ZERO, 0_u32);
        for (at, group) in self.outcome.groups.iter().enumerate() {
            let own = self.readings(at)?;
            let count = own.iter().find(|reading| reading.scale == Scale::Count)?;
            sum = sum.checked_add(count.value.round())?;
            whole = whole.checked_add(group.analysed?)?;
        }
        Some(readings(sum, Some(whole), "participants"))
    }

    /// Whether a word of a class stands beside the numbers; "more than 5%" is a number.
    fn says_any(&self, class: &str) -> bool {
        self.items
            .iter()
            .any(|item| item.word().is_some_and(|word| CONTEXT.has(class, word)))
    }

    /// The one group that a part of the statement names.
    fn side(&self, items: &[Item]) -> Option<usize> {
        let named: Vec<&[usize]> = items.iter().filter_map(Item::groups).collect();
        match named.as_slice() {
            [] => Side::of(items, self.outcome).named(),
            [[only]] => numbered(*only, self.outcome),
            _ => None,
        }
    }

    /// Whether every word is one of the outcome, of the groups, or one that adds nothing.
    fn is_explained(&self, groups: &[usize]) -> bool {
        let outcome = self.outcome;
        let mut own: BTreeSet<String> = words(&outcome.title)
            .chain(words(&outcome.unit))
            .chain(words(&outcome.statistic))
            .collect();
        for measure in measures_named(&outcome.title) {
            own.extend(measure.labels.iter().flat_map(|label| words(label)));
        }
        for group in groups {
            let title = outcome.groups.get(*group).map(|group| group.title.as_str());
            own.extend(words(title.unwrap_or_default()));
        }
        if let Some(label) = self.row() {
            own.extend(words(label));
        }
        self.words.iter().all(|word| {
            let is_number = word.starts_with(|c: char| c.is_ascii_digit());
            let is_plain = [
                "plain", "up", "down", "better", "worse", "majority", "everyone", "against",
                "group", "trial",
            ]
            .iter()
            .any(|class| CONTEXT.has(class, word));
            is_number || is_plain || own.contains(word)
        })
    }

    /// The label of the values that the statement means: all of its words stand in the statement, and those of no other
    /// label. `None` where there is no label, or the choice is not sure.
    fn row(&self) -> Option<&'a str> {
        let group = self.outcome.groups.first()?;
        let mut named = group
            .values
            .iter()
            .map(|(label, _)| label.as_str())
            .filter(|label| {
                let own = told(label);
                !own.is_empty() && own.is_subset(&self.words)
            });
        let only = named.next()?;
        named.next().is_none().then_some(only)
    }

    fn value(&self, group: &Measured) -> Option<Decimal> {
        if let [(_, value)] = group.values.as_slice() {
            return *value;
        }
        let label = self.row()?;
        let mut own = group.values.iter().filter(|(own, _)| own == label);
        let (_, value) = own.next()?;
        own.next().is_none().then_some(*value)?
    }

    fn readings(&self, group: usize) -> Option<Vec<Reading>> {
        let group = self.outcome.groups.get(group)?;
        Some(readings(
            self.value(group)?,
            group.analysed,
            &self.outcome.unit,
        ))
    }

    fn says(&self, groups: &[usize]) -> Option<String> {
        let mut parts = Vec::new();
        for group in groups {
            let group = self.outcome.groups.get(*group)?;
            let value = self.value(group)?;
            let of = group
                .analysed
                .map_or_else(String::new, |count| format!(" ({count} analysed)"));
            let unit = self.outcome.unit.to_lowercase();
            parts.push(format!("{value} {unit}{of} in {}", group.title.trim()));
        }
        let title: String = self
            .outcome
            .title
            .trim_end_matches('.')
            .chars()
            .take(LONGEST_TITLE)
            .collect();
        Some(format!("{title}: {}", parts.join(", ")))
    }
}
