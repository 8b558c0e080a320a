//! Counts with their percentage and no whole beside them: "30 (20%)", "30 patients (20%)", "20% (30 patients)", and, further
//! apart, "30 cases of the one group and 1 of the other, corresponding to 20% of all cases".

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::super::direction::tokens;
use super::super::number::{Line, Number, is_share};
use super::super::parts::is_count;
use super::super::proportion::Proportion;
use crate::ontology::{WordSet, lexicon, word_set};

/// A count with its percentage and no whole beside it.
#[derive(Clone)]
pub(super) struct Stated<'a> {
    /// The percentage.
    pub(super) number: &'a Number,
    /// Its position in [`Line::numbers`].
    pub(super) at: usize,
    /// The position of the count; `at` where both were read as one.
    pub(super) counted: usize,
    pub(super) proportion: Proportion,
}

/// Words between a count and its percentage.
const WORDS_BETWEEN: usize = 6;

/// Words in front of a number that counts nothing: "a score of 6 (47%)".
const LABELS: [&str; 8] = [
    "score", "of", "grade", "stage", "class", "level", "type", "phase",
];

/// What joins counts to the percentage of them all.
static CHANGES: LazyLock<WordSet> = LazyLock::new(|| word_set("change-words"));
static NOUNS: LazyLock<WordSet> = LazyLock::new(|| word_set("whole-nouns"));
static SUMMARIES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon("share-links").collect());

impl<'a> Stated<'a> {
    /// A percentage and its count, each with its position.
    pub(super) fn of(
        (at, number): (usize, &'a Number),
        (counted, count): (usize, Decimal),
    ) -> Option<Self> {
        Some(Self {
            number,
            at,
            counted,
            proportion: Proportion::of(count, number)?,
        })
    }
}

/// The percentages that would be printed so, rounded or cut off; `None` where 0 is one.
pub(super) fn accepted(number: &Number) -> Option<(Decimal, Decimal)> {
    let step = number.high.checked_sub(number.low)?;
    let high = number.value.checked_add(step)?;
    (number.low > Decimal::ZERO).then_some((number.low, high))
}

/// The shares of a sentence with a count right beside them.
pub(super) fn stated<'a>(line: &'a Line<'_>) -> Vec<Stated<'a>> {
    percentages(line)
        .filter_map(|(at, number)| {
            let beside = number
                .count
                .map(|count| (at, count))
                .or_else(|| in_front(line, at))
                .or_else(|| behind(line, at));
            let led = line.gap(at).trim_end();
            let is_score = !led.ends_with("total of")
                && tokens(led)
                    .last()
                    .is_some_and(|(_, word)| LABELS.contains(word));
            let (counted, count) = beside.filter(|(_, count)| *count > Decimal::ZERO)?;
            Stated::of((at, number), (counted, count)).filter(|_| !is_score)
        })
        .collect()
}

/// Percentages of "all cases" behind the counts that they sum up: each with the last count, and with the last two added.
pub(super) fn summed<'a>(line: &'a Line<'_>) -> Vec<Stated<'a>> {
    let mut found = Vec::new();
    for (at, number) in percentages(line).filter(|(_, number)| number.count.is_none()) {
        let led = line.gap(at).trim_end().to_lowercase();
        let joined = SUMMARIES.iter().any(|link| led.ends_with(link))
            && line.gap(at + 1).starts_with(" of all ");
        let Some(counted) = at.checked_sub(1).filter(|_| joined) else {
            continue;
        };
        let Some(count) = count_at(line, counted) else {
            continue;
        };
        let before = counted
            .checked_sub(1)
            .filter(|_| line.gap(counted).trim_end().ends_with(" and"))
            .and_then(|before| count_at(line, before));
        let both = before.and_then(|before| before.checked_add(count));
        found.extend(
            [Some(count), both]
                .into_iter()
                .flatten()
                .filter_map(|count| Stated::of((at, number), (counted, count))),
        );
    }
    found
}

fn percentages<'a>(line: &'a Line<'_>) -> impl Iterator<Item = (usize, &'a Number)> {
    line.numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| is_share(number) && number.denominator.is_none())
}

/// A plain count of things.
pub(super) fn count_at(line: &Line<'_>, at: usize) -> Option<Decimal> {
    line.numbers
        .get(at)
        .filter(|number| {
            is_count(number) && number.denominator.is_none() && number.dimension.is_none()
        })?
        .count
        .filter(|count| *count > Decimal::ZERO)
}

/// "30 of the patients (20%)": the count and its position.
fn in_front(line: &Line<'_>, at: usize) -> Option<(usize, Decimal)> {
    let counted = at.checked_sub(1)?;
    let count = count_at(line, counted)?;
    let words = line.gap(at).trim_end().strip_suffix(['(', '['])?;
    let closed = line
        .gap(at + 1)
        .trim_start()
        .starts_with([')', ']', ';', ',']);
    // "from 40 to 50 patients (25%)" is a change.
    let led = tokens(line.gap(counted));
    let changes = led
        .last()
        .is_some_and(|(_, word)| ["from", "to", "by", "than"].contains(word))
        || names_change(words);
    let is_beside = words.trim().is_empty() || is_short(words);
    (closed && !changes && is_beside).then_some((counted, count))
}

/// "20% (30 patients)".
fn behind(line: &Line<'_>, at: usize) -> Option<(usize, Decimal)> {
    let counted = at + 1;
    let count = count_at(line, counted)?;
    let opened = line.gap(counted).trim() == "(";
    let (words, _) = line.gap(counted + 1).split_once(')')?;
    (opened && names_things(words)).then_some((counted, count))
}

/// A few words with a noun of people or things that are counted.
fn names_things(words: &str) -> bool {
    is_short(words) && tokens(words).iter().any(|(_, word)| noun(word).is_some())
}

fn is_short(words: &str) -> bool {
    let plain = |c: char| c.is_alphabetic() || c == ' ' || c == '-';
    words.chars().all(plain) && (1..=WORDS_BETWEEN).contains(&tokens(words).len())
}

/// Whether words speak of a change, whose size a percentage may be.
pub(super) fn names_change(words: &str) -> bool {
    tokens(words)
        .iter()
        .any(|(_, word)| CHANGES.contains(word.to_lowercase().as_str()))
}

/// A noun of people or things that are counted, as the list has it.
pub(super) fn noun(word: &str) -> Option<&'static str> {
    let word = word.to_lowercase();
    NOUNS
        .get(word.as_str())
        .or_else(|| NOUNS.get(format!("{word}s").as_str()))
}

/// Decimals printed of a percentage, by the width of its bounds.
pub(super) fn decimals(number: &Number) -> Option<u32> {
    let step = number.high.checked_sub(number.low)?;
    (0..=6).find(|decimals| Decimal::new(1, *decimals) <= step)
}
