//! Percentages whose whole is printed elsewhere: "of the 120 patients, 30 (20%) ...", "35 treated, 45 control. ... 29 (56%) control patients".
//!
//! Why it exists: a count with its percentage can be checked as soon as it is plain which number is the whole. That is so where
//! the sentence opens with it ("of the 120"), where other shares of the sentence fit it, or where a group of that name has one
//! size. Any other number of the paragraph that would make the share right takes the doubt away: nothing is said then.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::direction::tokens;
use super::number::{Line, Number};
use super::parts::{contains_phrase, counts_things, is_count};
use super::sum::{grouped, is_share};
use crate::markdown::{Document, Place};
use crate::ontology::{WordSet, lexicon, word_set};
use crate::quantity::Role;
use crate::text::Span;

/// A percentage with a whole that is printed elsewhere in its paragraph, and that it does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Share {
    /// The share: "30 (20%)".
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// Index in [`super::super::Statements::figures`] of the share.
    pub figure: usize,
    /// Index of the whole.
    pub whole: usize,
    /// Why the whole was taken to be that of the share.
    pub evidence: ShareEvidence,
    /// "30 of 120 is 25.0%".
    pub calculation: String,
    /// The percentage as printed: "20%".
    pub printed: String,
}

/// Why a number was taken to be the whole of a percentage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ShareEvidence {
    /// Other shares of the sentence fit it.
    Siblings,
    /// A group of that name has that size, and another group's share fits its own.
    Group,
    /// The sentence opens with it: "of the 120 patients".
    Opening,
    /// The sentence opens with it, another percentage of it fits, and no whole number of things makes this one.
    Whole,
}

/// More numbers than this in a sentence, and pairs of them are not tried: such a list is a table.
const LONGEST: usize = 30;
/// So many numbers of a paragraph are kept as possible wholes.
const KEPT: usize = 40;

static REBASES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon("rebasing-phrases").collect());
static ESTIMATES: LazyLock<WordSet> = LazyLock::new(|| word_set("no-plain-share"));
static GENERIC: LazyLock<WordSet> = LazyLock::new(|| word_set("group-nouns"));

/// What the sentences of one paragraph have counted so far.
#[derive(Default)]
pub(super) struct Paragraph {
    counts: Vec<(Decimal, usize)>,
    groups: Vec<Group>,
}

/// A group with its size: "45 control".
struct Group {
    words: BTreeSet<String>,
    size: Decimal,
    figure: usize,
}

/// A count with its percentage and no whole beside it.
struct Stated<'a> {
    number: &'a Number,
    at: usize,
    count: Decimal,
}

/// A number that may be the whole of others.
#[derive(Clone, Copy)]
struct Whole {
    size: Decimal,
    figure: usize,
}

impl Paragraph {
    /// The shares of a sentence that do not fit their whole; afterwards the paragraph knows its numbers. `sizes` are the
    /// numbers that the whole document prints as `n = 120`.
    pub(super) fn shares(
        &mut self,
        line: &Line<'_>,
        sizes: &BTreeSet<Decimal>,
        document: &Document,
    ) -> Vec<Share> {
        let mut found = Vec::new();
        if line.numbers.len() <= LONGEST {
            let stated = stated(line);
            let opening = opening(line);
            for share in &stated {
                let other = stated.iter().filter(|other| other.at != share.at);
                let others: Vec<&Stated<'_>> = other.collect();
                let missed = self
                    .missed(line, share, &others, opening)
                    .filter(|(whole, _)| !self.is_explained(line, share, *whole, sizes));
                found.extend(
                    missed.and_then(|(whole, evidence)| {
                        built(line, share, whole, evidence, document)
                    }),
                );
            }
            if let Some(whole) = opening {
                found.extend(impossible(line, whole, &stated, document));
            }
        }
        self.learn(line);
        found
    }

    /// The whole that a share misses.
    fn missed(
        &self,
        line: &Line<'_>,
        share: &Stated<'_>,
        others: &[&Stated<'_>],
        opening: Option<Whole>,
    ) -> Option<(Whole, ShareEvidence)> {
        let misses = |whole: &Whole| whole.size >= share.count && !share.fits(whole.size);
        let fitting = |whole: &Whole| others.iter().filter(|other| other.fits(whole.size)).count();
        let rebased = is_rebased(line, share.at);
        if let Some(whole) = opening.filter(|whole| !rebased && misses(whole)) {
            let agreed = !others.is_empty() && fitting(&whole) == others.len();
            return Some(if agreed {
                (whole, ShareEvidence::Siblings)
            } else {
                (whole, ShareEvidence::Opening)
            })
            .filter(|_| agreed || others.is_empty());
        }
        let listed = |whole: &Whole| others.len() > 1 && fitting(whole) == others.len();
        let of_list = self
            .counts
            .iter()
            .rev()
            .map(|(size, figure)| Whole {
                size: *size,
                figure: *figure,
            })
            .find(|whole| !rebased && listed(whole))
            .filter(misses);
        if let Some(whole) = of_list {
            return Some((whole, ShareEvidence::Siblings));
        }
        let own = self.group(line, share)?;
        let confirmed = others.iter().any(|other| {
            self.group(line, other)
                .is_some_and(|whole| whole.figure != own.figure && other.fits(whole.size))
        });
        (confirmed && misses(&own)).then_some((own, ShareEvidence::Group))
    }

    /// The only group that a share's words name.
    fn group(&self, line: &Line<'_>, share: &Stated<'_>) -> Option<Whole> {
        let words = group_words(line, share.at);
        let mut named = self
            .groups
            .iter()
            .filter(|group| !words.is_empty() && words.is_subset(&group.words));
        let first = named.next()?;
        named
            .all(|other| other.size == first.size)
            .then_some(Whole {
                size: first.size,
                figure: first.figure,
            })
    }

    /// Whether another number, or the sum or difference of two, would make the share right.
    fn is_explained(
        &self,
        line: &Line<'_>,
        share: &Stated<'_>,
        whole: Whole,
        sizes: &BTreeSet<Decimal>,
    ) -> bool {
        let Some((low, high)) = share.wholes() else {
            return true;
        };
        if sizes.range(low..=high).next().is_some() {
            return true;
        }
        let of_line = line
            .numbers
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != share.at)
            .flat_map(|(_, number)| [number.count, number.denominator])
            .flatten();
        let numbers: Vec<Decimal> = self
            .counts
            .iter()
            .map(|(size, _)| *size)
            .chain(of_line)
            .collect();
        let within = |whole: Decimal| low <= whole && whole <= high;
        numbers.iter().enumerate().any(|(at, one)| {
            within(*one)
                || numbers.iter().skip(at + 1).any(|other| {
                    (*one != whole.size
                        && *other != whole.size
                        && one.checked_add(*other).is_some_and(within))
                        || one
                            .checked_sub(*other)
                            .is_some_and(|rest| within(rest.abs()))
                })
        })
    }

    fn learn(&mut self, line: &Line<'_>) {
        if line.is_long() {
            return;
        }
        for (at, number) in line.numbers.iter().enumerate() {
            let figure = number.figure;
            let size = number.denominator.or(number
                .count
                .filter(|_| is_count(number) || number.role == Role::SampleSize));
            let Some(size) = size else { continue };
            self.counts.push((size, figure));
            let words = group_words(line, at);
            if number.denominator.is_none() && !is_share(number) && !words.is_empty() {
                self.groups.push(Group {
                    words,
                    size,
                    figure,
                });
            }
        }
        let surplus = self.counts.len().saturating_sub(KEPT);
        self.counts.drain(..surplus);
        let surplus = self.groups.len().saturating_sub(KEPT);
        self.groups.drain(..surplus);
    }
}

impl Stated<'_> {
    /// Whether a whole gives the percentage, rounded or cut off.
    fn fits(&self, whole: Decimal) -> bool {
        self.wholes()
            .is_none_or(|(low, high)| low <= whole && whole <= high)
    }

    /// The least and the greatest whole of which the count is the percentage, rounded or cut off; `None` for 0%.
    fn wholes(&self) -> Option<(Decimal, Decimal)> {
        let (low, high) = accepted(self.number)?;
        let hundredfold = self.count.checked_mul(Decimal::ONE_HUNDRED)?;
        let least = hundredfold.checked_div(high)?;
        let greatest = hundredfold.checked_div(low)?;
        // A quotient that does not end is widened in its last place.
        let slack = Decimal::new(1, 12);
        Some((least.checked_sub(slack)?, greatest.checked_add(slack)?))
    }
}

/// The percentages that would be printed so, rounded or cut off; `None` where 0 is one.
fn accepted(number: &Number) -> Option<(Decimal, Decimal)> {
    let step = number.high.checked_sub(number.low)?;
    let high = number.value.checked_add(step)?;
    (number.low > Decimal::ZERO).then_some((number.low, high))
}

fn stated<'a>(line: &'a Line<'_>) -> Vec<Stated<'a>> {
    line.numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| {
            is_share(number)
                && number.closed
                && number.denominator.is_none()
                && number.role == Role::Value
        })
        .filter_map(|(at, number)| {
            let count = number.count.filter(|count| *count > Decimal::ZERO)?;
            Some(Stated { number, at, count })
        })
        .collect()
}

/// The number that a sentence opens with as the whole of what follows: "Of the 120 patients", "All 103 of the women".
fn opening(line: &Line<'_>) -> Option<Whole> {
    let number = line.numbers.first()?;
    let words = tokens(line.gap(0));
    let of = words.len() <= 4
        && words.first().is_some_and(|(_, word)| {
            ["of", "among", "all", "from"].contains(&word.to_lowercase().as_str())
        });
    let counts = is_count(number) && !is_share(number) && number.denominator.is_none();
    let size = number.count.filter(|count| *count > Decimal::ONE)?;
    (of && counts && counts_things(line, 0)).then_some(Whole {
        size,
        figure: number.figure,
    })
}

/// Whether the share is said to be of something smaller: "of these", "among those who stayed".
fn is_rebased(line: &Line<'_>, at: usize) -> bool {
    let before = line.before(at).to_lowercase();
    let behind = line.gap(at + 1).to_lowercase();
    let mut opened = before.match_indices("of ").skip(1).map(|(at, _)| at);
    REBASES
        .iter()
        .any(|phrase| contains_phrase(&before, phrase) || contains_phrase(&behind, phrase))
        || opened.any(|at| {
            before.get(at + 3..).is_some_and(|rest| {
                rest.trim_start_matches("the ")
                    .starts_with(|c: char| c.is_ascii_digit())
            })
        })
}

/// The words that name the group of a count: those right behind it, without "patients" and the like.
fn group_words(line: &Line<'_>, at: usize) -> BTreeSet<String> {
    let behind = line.gap(at + 1);
    let end = behind
        .find([')', '(', ';', ',', '.'])
        .unwrap_or(behind.len());
    let behind = behind.get(..end).unwrap_or_default();
    tokens(behind)
        .into_iter()
        .map(|(_, word)| word.to_lowercase())
        .take_while(|word| {
            ![
                "and", "or", "from", "who", "had", "were", "was", "while", "compared", "versus",
                "vs",
            ]
            .contains(&word.as_str())
        })
        .take(5)
        .flat_map(|word| word.split('-').map(str::to_owned).collect::<Vec<_>>())
        .filter(|word| !GENERIC.contains(word.as_str()) && word.starts_with(char::is_alphabetic))
        .collect()
}

fn built(
    line: &Line<'_>,
    share: &Stated<'_>,
    whole: Whole,
    evidence: ShareEvidence,
    document: &Document,
) -> Option<Share> {
    let percent = share
        .count
        .checked_mul(Decimal::ONE_HUNDRED)?
        .checked_div(whole.size)?;
    let decimals = decimals(share.number)?.max(1);
    let calculation = format!(
        "{} of {} is {}%",
        grouped(share.count),
        grouped(whole.size),
        percent.round_dp(decimals)
    );
    Some(whole.missed_by(share.number, (evidence, calculation), line, document))
}

impl Whole {
    /// A share that misses this whole, with why it was taken and the calculation.
    fn missed_by(
        self,
        number: &Number,
        (evidence, calculation): (ShareEvidence, String),
        line: &Line<'_>,
        document: &Document,
    ) -> Share {
        let place = Place {
            range: number.range.clone(),
            ..line.place.clone()
        };
        Share {
            span: document.span(&place),
            place,
            figure: number.figure,
            whole: self.figure,
            evidence,
            calculation,
            printed: format!("{}%", number.value),
        }
    }
}

/// Decimals printed of a percentage, by the width of its bounds.
fn decimals(number: &Number) -> Option<u32> {
    let step = number.high.checked_sub(number.low)?;
    (0..=6).find(|decimals| Decimal::new(1, *decimals) <= step)
}

/// Percentages of a small whole that no whole number of things makes, where another one of the sentence can be made so
/// (the test of Brown and Heathers, 2017, of a mean of noughts and ones).
fn impossible(
    line: &Line<'_>,
    whole: Whole,
    stated: &[Stated<'_>],
    document: &Document,
) -> Vec<Share> {
    let plain = line.plain();
    if tokens(plain)
        .iter()
        .any(|(_, word)| ESTIMATES.contains(word.to_lowercase().as_str()))
    {
        return Vec::new();
    }
    let bare: Vec<(&Number, bool)> = line
        .numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| is_share(number) && number.count.is_none())
        .filter(|(at, number)| {
            number.denominator.is_none()
                && !line.before(*at).contains(';')
                && !is_rebased(line, *at)
        })
        .filter_map(|(_, number)| Some((number, !is_possible(number, whole.size)?)))
        .collect();
    let confirmed = bare.iter().any(|(_, impossible)| !impossible)
        || stated.iter().any(|share| share.fits(whole.size));
    bare.iter()
        .filter(|(_, impossible)| confirmed && *impossible)
        .filter_map(|(number, _)| {
            let (below, above) = neighbours(number, whole.size)?;
            let calculation = format!("{below} and {above}");
            Some(whole.missed_by(number, (ShareEvidence::Whole, calculation), line, document))
        })
        .collect()
}

/// Whether some count makes a percentage of a whole; `None` where the whole is so large that nearly any percentage can be made.
fn is_possible(number: &Number, whole: Decimal) -> Option<bool> {
    let (low, high) = accepted(number)?;
    let width = high
        .checked_sub(low)?
        .checked_mul(whole)?
        .checked_div(Decimal::ONE_HUNDRED)?;
    if width > Decimal::new(4, 1) || high > Decimal::ONE_HUNDRED {
        return None;
    }
    let least = low
        .checked_mul(whole)?
        .checked_div(Decimal::ONE_HUNDRED)?
        .ceil();
    let product = least.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(product <= high.checked_mul(whole)?)
}

/// "80 of 103 is 77.7%" and "81 of 103 is 78.6%".
fn neighbours(number: &Number, whole: Decimal) -> Option<(String, String)> {
    let below = number
        .value
        .checked_mul(whole)?
        .checked_div(Decimal::ONE_HUNDRED)?
        .floor();
    let decimals = decimals(number)?;
    let shown = |count: Decimal| {
        let percent = count
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(whole)?
            .round_dp(decimals);
        Some(format!(
            "{} of {} is {percent}%",
            grouped(count),
            grouped(whole)
        ))
    };
    Some((shown(below)?, shown(below.checked_add(Decimal::ONE)?)?))
}
