//! Which number of a sentence is the whole of its shares, and which words say that a share is of something smaller.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::super::direction::{each_token, tokens};
use super::super::number::{Line, is_share};
use super::super::parts::{contains_phrase, counts_things, is_count};
use super::stated::noun;
use crate::claim::lexis::lower;
use crate::ontology::{WordSet, lexicon, word_set};
use crate::quantity::is_plural;

static REBASES: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon("rebasing-phrases").collect());
static GENERIC: LazyLock<WordSet> = LazyLock::new(|| word_set("group-nouns"));

/// A number that may be the whole of others.
#[derive(Clone, Copy)]
pub(super) struct Whole {
    pub(super) size: Decimal,
    pub(super) figure: usize,
}

/// The number that a sentence opens with as the whole of what follows: "Of the 120 patients", "All 103 of the women".
pub(super) fn opening(line: &Line<'_>) -> Option<Whole> {
    let number = line.numbers.first()?;
    let counts = is_count(number) && !is_share(number) && number.denominator.is_none();
    let size = number.count.filter(|count| *count > Decimal::ONE)?;
    let mut words = each_token(line.gap(0));
    let of = words
        .next()
        .is_some_and(|(_, word)| ["of", "among", "all", "from", "out"].contains(&&*lower(word)))
        && words.nth(OPENING_WORDS - 1).is_none();
    // "Of all packages (137,569),".
    let named_before = line.gap(0).ends_with('(')
        && line.gap(1).starts_with(')')
        && each_token(line.gap(0)).any(|(_, word)| is_plural(word));
    (of && counts && (named_before || counts_things(line, 0))).then_some(Whole {
        size,
        figure: number.figure,
    })
}

/// Most words in front of the number that a sentence opens with.
const OPENING_WORDS: usize = 4;

/// Whether the share is said to be of something smaller: "of these", "among those who stayed".
pub(super) fn is_rebased(line: &Line<'_>, at: usize) -> bool {
    let before = line.before(at);
    // "Of the 120 patients who stayed, 30": what stands in front of the comma says who the 120 are.
    let described = opening(line)
        .and_then(|_| line.gap(1).find(','))
        .and_then(|comma| Some(line.gap(0).len() + line.numbers.first()?.range.len() + comma))
        .filter(|end| *end < before.len());
    let start = described.unwrap_or_default();
    let before = before.get(start..).unwrap_or_default().to_lowercase();
    let before = before.as_str();
    let behind = line.gap(at + 1).to_lowercase();
    let own = usize::from(described.is_none());
    let mut opened = before.match_indices("of ").skip(own).map(|(at, _)| at);
    // "30 (20%) came, of whom 12": the phrase is of the 30.
    let relative = behind.find(", of wh").unwrap_or(behind.len());
    let behind = behind.get(..relative).unwrap_or_default();
    REBASES.iter().any(|phrase| {
        contains_phrase(behind, phrase)
            || (contains_phrase(before, phrase) && !points_back(line, (start, before), phrase))
    }) || opened.any(|at| {
        before.get(at + 3..).is_some_and(|rest| {
            rest.trim_start_matches("the ")
                .starts_with(|c: char| c.is_ascii_digit())
        })
    })
}

/// Whether words between two numbers of a sentence, or behind the second, say that it is of something smaller.
pub(super) fn is_rebased_within(line: &Line<'_>, first: usize, at: usize) -> bool {
    let between = line.between(Some(first), at).to_lowercase();
    let behind = line.gap(at + 1).to_lowercase();
    REBASES
        .iter()
        .any(|phrase| contains_phrase(&behind, phrase) || contains_phrase(&between, phrase))
}

/// Whether "among these patients" means the patients that the sentence opens with: the same noun, nothing else counted between,
/// and no clause behind it.
fn points_back(line: &Line<'_>, (offset, before): (usize, &str), phrase: &str) -> bool {
    let Some((preposition, pronoun)) = phrase.split_once(' ') else {
        return false;
    };
    let demonstrates =
        ["of", "among"].contains(&preposition) && ["these", "those"].contains(&pronoun);
    let opens = opening(line).is_some();
    let Some((front, rest)) = before.split_once(phrase).filter(|_| demonstrates && opens) else {
        return false;
    };
    let named = tokens(rest).first().and_then(|(_, word)| noun(word));
    let meant = tokens(line.gap(1)).iter().find_map(|(_, word)| noun(word));
    let clause = tokens(rest)
        .get(1)
        .is_some_and(|(_, word)| ["who", "with", "whose", "that", "in", "given"].contains(word));
    let start = line.place.range.start.saturating_add(offset);
    let between = line
        .numbers
        .iter()
        .skip(1)
        .filter(|number| number.range.start < start.saturating_add(front.len()))
        .any(|number| number.count.is_some());
    named.is_some() && named == meant && !clause && !between
}

/// The words that name the group of a count: those right behind it, without "patients" and the like.
pub(super) fn group_words(line: &Line<'_>, at: usize) -> BTreeSet<String> {
    let behind = line.gap(at + 1);
    let end = behind
        .find([')', '(', ';', ',', '.'])
        .unwrap_or(behind.len());
    let behind = behind.get(..end).unwrap_or_default();
    let mut named = BTreeSet::new();
    for (_, word) in each_token(behind).take(5) {
        let word = lower(word);
        if [
            "and", "or", "from", "who", "had", "were", "was", "while", "compared", "versus", "vs",
        ]
        .contains(&&*word)
        {
            break;
        }
        let parts = word.split('-');
        let is_name =
            |part: &&str| !GENERIC.contains(part) && part.starts_with(char::is_alphabetic);
        named.extend(parts.filter(is_name).map(str::to_owned));
    }
    named
}

/// The noun that a number counts: that of the words right behind it.
pub(super) fn counted_noun(line: &Line<'_>, at: usize) -> Option<&'static str> {
    let behind = line.gap(at + 1).trim_start_matches([')', ' ']);
    let end = behind
        .find([')', '(', ';', ',', '.'])
        .unwrap_or(behind.len());
    each_token(behind.get(..end)?)
        .take(NOUN_REACH)
        .find_map(|(_, word)| noun(word))
}

/// Words behind a number in which the noun that it counts is looked for.
const NOUN_REACH: usize = 4;
