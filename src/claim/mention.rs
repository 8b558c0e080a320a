//! Named things of a kind in which two different names mean two different things: substances and studies.
//!
//! Why it exists: a claim about one drug that cites a paper about another is misattributed; only names whose kind is
//! certain can show it. Substances are told by the stem of their name (WHO's INN stems) or by a code, studies by an
//! acronym beside "trial" or by a registry id.
//! It leaves out genes, proteins, diseases and endpoints (`CXCR4`, `HER2`, `ORR`): two of them in one sentence are
//! no contradiction.

use std::cell::LazyCell;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::{Range, RangeInclusive};
use std::sync::LazyLock;

use super::lexis::is;
use super::signs::Signs;
use super::words::Words;
use super::{Mention, MentionKind};
use crate::citation::registry::is_registry_id;
use crate::ontology::{Trigrams, WordMap, WordSet, lexicon, word_set};

/// INN stems by their last three letters; the shortest have no more.
static STEMS: LazyLock<WordMap<Vec<&str>>> = LazyLock::new(|| {
    let mut by_end: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for stem in lexicon("inn-stems").map(str::trim) {
        if let Some(end) = last_letters(stem) {
            by_end.entry(end).or_default().push(stem);
        }
    }
    by_end.into_iter().collect()
});
/// How stems end, which few words do.
static ENDS: LazyLock<Trigrams> = LazyLock::new(|| {
    let stems = lexicon("inn-stems").map(str::trim);
    stems.filter_map(last_letters).collect()
});
static STOP: LazyLock<WordSet> = LazyLock::new(|| word_set("inn-stop"));
static NO_CODE: LazyLock<WordSet> = LazyLock::new(|| word_set("not-drug-codes"));
static NO_STUDY: LazyLock<WordSet> = LazyLock::new(|| word_set("not-study-acronyms"));

/// Shortest and longest INN stem that counts, and the least before it, in bytes.
const STEM_LENGTH: RangeInclusive<usize> = 3..=10;
const BEFORE_STEM: usize = 2;
/// Shortest name of a substance, in bytes.
const SHORTEST: usize = 6;

/// Ids, acronyms and codes have a capital or a digit; in a compound a part may be a name.
const NAME_SIGNS: Signs = Signs::UPPER
    .or(Signs::DIGIT)
    .or(Signs::JOINT)
    .or(Signs::WIDE);

/// The substances and studies a text names, each once, in order. Also for titles of references. Linear.
pub(crate) fn mentions(text: &str) -> Vec<Mention> {
    mentions_among(&Words::of(text))
}

/// The same among the words of a text.
pub(super) fn mentions_among(words: &Words<'_>) -> Vec<Mention> {
    let mut seen = BTreeSet::new();
    let found = find_among(words).into_iter();
    found
        .map(|(_, mention)| mention)
        .filter(|mention| seen.insert((mention.kind, mention.folded.clone())))
        .collect()
}

/// Every place where a text names a substance or a study: bytes of the text, end exclusive, in order. Linear.
pub(super) fn find(text: &str) -> Vec<(Range<usize>, Mention)> {
    find_among(&Words::of(text))
}

/// The same among the words of a text.
pub(super) fn find_among(words: &Words<'_>) -> Vec<(Range<usize>, Mention)> {
    let found = words.all();
    let word_at = |at: usize| found.get(at).map(|word| word.printed);
    let speaks_of_drugs = || {
        found
            .iter()
            .flat_map(|word| word.printed.split(['-', '/']))
            .any(|word| is("drug-context", word.to_lowercase().as_str()))
    };
    let of_drugs = LazyCell::new(speaks_of_drugs);
    let mut places = Vec::new();
    for (index, word) in found.iter().enumerate() {
        if !word.has(NAME_SIGNS) && !has_stem(word.printed) {
            continue;
        }
        let before = index.checked_sub(1).and_then(word_at);
        let bare = without_possessive(word.printed);
        let Some((kind, name)) = kind_of(bare, before, word_at(index + 1)) else {
            continue;
        };
        let product = word_at(index + 1)
            .is_some_and(|after| is("product-noun", after.to_lowercase().as_str()));
        if kind == MentionKind::Substance
            && is_code(name)
            && (product || is_short(name) && !*of_drugs)
        {
            continue;
        }
        let start = word.at + word.printed.find(name).unwrap_or_default();
        let mention = Mention {
            kind,
            name: name.to_owned(),
            folded: folded(name),
        };
        places.push((start..start + name.len(), mention));
    }
    places
}

/// A word without `'s`, however often.
fn without_possessive(word: &str) -> &str {
    let mut bare = word;
    while let Some(rest) = bare.strip_suffix("'s") {
        bare = rest;
    }
    while let Some(rest) = bare.strip_suffix("’s") {
        bare = rest;
    }
    bare
}

fn kind_of<'t>(
    word: &'t str,
    before: Option<&str>,
    after: Option<&str>,
) -> Option<(MentionKind, &'t str)> {
    if is_registry_id(word) || is_study_acronym(word, before, after) {
        return Some((MentionKind::Study, word));
    }
    if is_code(word) {
        return Some((MentionKind::Substance, word));
    }
    // "ulocuplumab-treated", "nivolumab/ipilimumab": the part with the stem is the name.
    word.split('-')
        .find(|part| has_stem(part))
        .map(|part| (MentionKind::Substance, part))
}

/// Lower case with white space and hyphens removed: how names are compared.
pub(crate) fn folded(name: &str) -> String {
    name.chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '-' | '‐' | '‑' | '–'))
        .flat_map(char::to_lowercase)
        .collect()
}

/// The last three letters of a word.
fn last_letters(word: &str) -> Option<&str> {
    word.get(word.len().checked_sub(3)?..)
}

/// Whether a word ends in the stem of a drug name and is no ordinary word.
#[inline]
pub(super) fn has_stem(word: &str) -> bool {
    let end = word.as_bytes().last_chunk::<3>();
    word.len() >= SHORTEST && end.is_some_and(|end| ENDS.admit(end)) && is_substance(word)
}

/// The same of a word whose last three letters are the end of a stem.
fn is_substance(word: &str) -> bool {
    if !word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return false;
    }
    // Words in capitals are acronyms of trials more often than drugs.
    if word.bytes().all(|byte| byte.is_ascii_uppercase()) {
        return false;
    }
    let mut end: [u8; 3] = word.as_bytes().last_chunk().copied().unwrap_or_default();
    end.make_ascii_lowercase();
    let ends_in = |stem: &&str| {
        let before = word.len().saturating_sub(stem.len());
        let end = word.get(before..).unwrap_or_default();
        before >= BEFORE_STEM && STEM_LENGTH.contains(&stem.len()) && end.eq_ignore_ascii_case(stem)
    };
    let stems = str::from_utf8(&end).ok().and_then(|end| STEMS.get(end));
    stems.is_some_and(|stems| stems.iter().any(ends_in))
        && !STOP.contains(&word.to_ascii_lowercase())
}

/// A laboratory code: one to five capitals, three to six digits, perhaps a letter (`AMD3100`, `BL-8040`, `X4P-001`).
pub(super) fn is_code(word: &str) -> bool {
    if !word.bytes().any(|byte| byte.is_ascii_digit()) {
        return false;
    }
    let body = word
        .strip_suffix(|c: char| c.is_ascii_uppercase())
        .unwrap_or(word);
    let digits = body.len() - body.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let Some(head) = body.get(..body.len() - digits) else {
        return false;
    };
    let hyphen = head.ends_with('-');
    let head = head.trim_end_matches('-');
    let capitals = head.chars().filter(char::is_ascii_uppercase).count();
    let plain = head
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && head.starts_with(|c: char| c.is_ascii_uppercase())
        // One letter without a hyphen is a mutation or a cell line (`N501Y`, `A549`).
        && (hyphen || head.len() > 1)
        && (head.len() == capitals || hyphen && head.len() <= 4);
    (3..=6).contains(&digits) && (1..=5).contains(&capitals) && plain && !NO_CODE.contains(head)
}

/// A code of two capitals and three digits without a hyphen: products of every trade have such names (`IO360`), so the words
/// around must speak of drugs.
fn is_short(code: &str) -> bool {
    let digits = code.trim_end_matches(|c: char| c.is_ascii_uppercase());
    let capitals = digits.trim_end_matches(|c: char| c.is_ascii_digit());
    capitals.len() <= 2 && digits.len() - capitals.len() <= 3
}

/// A name with capitals and digits, or with inner capitals: `CXCR4`, `IL-6`, `mTOR`, `HER2`.
pub(super) fn is_symbol(word: &str) -> bool {
    let capitals = word.chars().filter(|c| c.is_uppercase()).count();
    let digits = word.chars().any(|c| c.is_ascii_digit());
    capitals >= 2 && digits && word.len() >= 3 && !word.ends_with('%') && !is_year_like(word)
}

fn is_year_like(word: &str) -> bool {
    word.chars().filter(char::is_ascii_digit).count() >= 4
}

/// Fewest capitals of a study's acronym.
const FEWEST_CAPITALS: usize = 4;

/// Four or more capitals beside "trial", "study" or "phase".
fn is_study_acronym(word: &str, before: Option<&str>, after: Option<&str>) -> bool {
    if word.len() < FEWEST_CAPITALS || !word.starts_with(|c: char| c.is_ascii_uppercase()) {
        return false;
    }
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    let shape = word
        .chars()
        .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit() || c == '-')
        && !word.ends_with('-')
        && capitals >= FEWEST_CAPITALS;
    if !shape || NO_STUDY.contains(word) || is_code(word) || capitals > 14 {
        return false;
    }
    let named = |other: Option<&str>, class: &str| {
        other.is_some_and(|other| is(class, other.to_lowercase().as_str()))
    };
    named(after, "study-after")
        || named(before, "study-before")
        || named(before, "phase")
            && (after.is_none() || named(after, "phase-after") || capitals >= 5)
}

#[cfg(test)]
#[path = "tests/mention.rs"]
mod tests;
