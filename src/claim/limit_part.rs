//! Parts that are no greater than their whole: "112% of patients", "31 of 23 patients".
//!
//! Why it exists: a percentage above 100 is right wherever something is compared ("112% of the usual dose"), and wrong where
//! things are counted. Two signs tell: a noun of people or things that are counted, and a plural that is the subject of a
//! verb ("112% of the tests were"). It leaves out percentages of what can be exceeded: a target, a level, an average.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::lexis::is;
use super::limit::{Limit, tells_change};
use super::limit_scale::is_percent;
use crate::ontology::{WordSet, word_set};
use crate::quantity::{Comparator, Quantity, Role, is_plural};

pub(super) static WHOLES: LazyLock<WordSet> = LazyLock::new(|| word_set("counted-wholes"));
static BASES: LazyLock<WordSet> = LazyLock::new(|| word_set("comparison-bases"));
static AUXILIARIES: LazyLock<WordSet> = LazyLock::new(|| word_set("auxiliaries"));

/// Between a percentage and the words for what it is a share of.
static SHARE_OF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^\)?\s*of\s+(?:(?:the|all|these|those|our|their|its)\s+){0,2}(?:[\d.,]+\s?%?\s+(?:of\s+)?)?(?:(?:the|all|these|those|our|their)\s+)?([A-Za-z'’ -]+)").ok()
});
/// Between a count and its whole: "31 of 23 patients", "31 out of 23".
static COUNT_OF: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"^\s+(?:(out of)|of)\s+(?:the\s+)?(\d{1,3}(?:,\d{3})+|\d{1,9})\b(?:\s+([a-z' -]+))?",
    )
    .ok()
});

/// Words of "the old survey responses" up to the noun.
const WORDS_OF_NOUN: usize = 3;
/// Words of the subject of a verb.
const WORDS_OF_SUBJECT: usize = 5;
/// "31 of 23 patients".
pub(super) fn of_count(quantity: &Quantity, before: &str, behind: &str) -> Option<Limit> {
    let value = quantity.value.filter(Decimal::is_integer)?;
    let plain = quantity.unit.is_none()
        && quantity.denominator.is_none()
        && quantity.comparator == Comparator::Equal
        && quantity.role == Role::Value;
    let found = COUNT_OF
        .as_ref()
        .filter(|_| plain && value > Decimal::ONE)?
        .captures(behind)?;
    let printed = found.get(2)?.as_str();
    let whole: Decimal = printed.replace(',', "").parse().ok()?;
    if whole.is_zero() {
        return None;
    }
    let things = found.get(3).map_or("", |words| words.as_str());
    let said = found.get(1).is_some()
        || counted(things).is_some()
        || things.split(' ').next().is_some_and(is_plural);
    // "Day 28 of 10 patients": a label in front.
    let is_count = before
        .trim_end()
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .is_some_and(|word| !is("numbered", &word.to_lowercase()));
    (said && is_count).then(|| Limit {
        of: format!("a part of {printed}"),
        low: Some(Decimal::ZERO),
        high: Some(whole),
    })
}

/// "112% of patients", "112% of the tests were".
pub(super) fn of_share(quantity: &Quantity, before: &str, behind: &str) -> Option<Limit> {
    if !is_percent(quantity) || tells_change(before) {
        return None;
    }
    let found = SHARE_OF.as_ref()?.captures(behind)?;
    let things = found.get(1)?.as_str();
    let whole = counted(things).or_else(|| subject(things).filter(|_| opens_clause(before)))?;
    Some(Limit {
        of: format!("a share of {whole}"),
        low: Some(Decimal::ZERO),
        high: Some(Decimal::ONE_HUNDRED),
    })
}

/// The noun of people or things that words begin with, a word or two in front of it at most.
fn counted(things: &str) -> Option<&str> {
    let words = things.split(' ').take(WORDS_OF_NOUN);
    let noun = words
        .take_while(|word| !BASES.contains(word) && *word != "of")
        .find(|word| WHOLES.contains(word))?;
    Some(noun)
}

/// The plural that words begin with and that is the subject of a verb.
fn subject(things: &str) -> Option<&str> {
    let mut last = "";
    for word in things.split(' ').take(WORDS_OF_SUBJECT) {
        if BASES.contains(word) || BASES.contains(word.trim_end_matches('s')) {
            return None;
        }
        if AUXILIARIES.contains(word) {
            return Some(last).filter(|last| is_plural(last));
        }
        last = word;
    }
    None
}

fn opens_clause(before: &str) -> bool {
    let before = before.trim_end();
    let last = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    last.is_empty() || before.ends_with([',', ':', '(']) || is("clause-start", &last.to_lowercase())
}
