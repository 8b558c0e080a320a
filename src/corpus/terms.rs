//! The distinctive words of sentences and titles, and how much each tells.
//!
//! A word followed by a single letter or a number is one term (`vitamin d`, `type 2`), or two vitamins would be the same. Short
//! forms that the document sets up, or that spell one long word of the titles, count as what they stand for.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::ontology::{WordSet, lexicon};

static STOP: LazyLock<WordSet> = LazyLock::new(|| lexicon("title-stop").map(stem).collect());

/// A term in more than this share of the titles, in percent, tells nothing.
const COMMON_SHARE: usize = 35;
/// Shortest word that is a term by itself, in letters; with capitals or digits only, [`SHORTEST_NAME`].
const SHORTEST: usize = 4;
const SHORTEST_NAME: usize = 3;
/// Shortest word that a short form may spell, in letters.
const LONG_WORD: usize = 9;
/// Longest short form, in letters.
const LONGEST_FORM: usize = 6;

/// Short forms, lower case, with the terms they stand for.
pub(super) type ShortForms = BTreeMap<String, BTreeSet<String>>;

/// The terms of a text.
pub(super) fn terms(text: &str, forms: &ShortForms) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let all: Vec<&str> = words(text).collect();
    for (at, word) in all.iter().enumerate() {
        if !is_term(word) {
            continue;
        }
        let lower = word.to_lowercase();
        if let Some(meant) = forms.get(&lower) {
            found.extend(meant.iter().cloned());
        }
        let next = all.get(at + 1).filter(|next| is_designator(next));
        let stemmed = stem(word);
        if STOP.contains(&stemmed) && next.is_none() {
            continue;
        }
        match next {
            Some(next) => {
                found.insert(format!("{stemmed} {}", next.to_lowercase()));
            }
            None => {
                found.insert(stemmed);
            }
        }
        for part in word
            .split('-')
            .filter(|part| part.len() < word.len() && is_term(part))
        {
            let part = stem(part);
            if !STOP.contains(&part) {
                found.insert(part);
            }
        }
    }
    found
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '-'))
        .map(|word| word.trim_matches('-'))
        .filter(|word| !word.is_empty())
}

fn is_term(word: &str) -> bool {
    let letters = word.chars().count();
    let named = word
        .chars()
        .all(|c| c.is_uppercase() || c.is_ascii_digit() || c == '-')
        || word.chars().any(|c| c.is_ascii_digit());
    let has_letter = word.chars().any(char::is_alphabetic);
    has_letter && (letters >= SHORTEST || named && letters >= SHORTEST_NAME)
}

/// `D`, `2`, `B12`: what tells one vitamin or type from another.
fn is_designator(word: &str) -> bool {
    let mut chars = word.chars();
    let first = chars.next();
    let rest = chars.as_str();
    first.is_some_and(|c| c.is_ascii_uppercase() || c.is_ascii_digit())
        && rest.len() <= 1
        && rest.chars().all(|c| c.is_ascii_digit())
        && !matches!(word, "A" | "I")
}

/// Lower case without the endings of the plural.
fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    if let Some(root) = lower.strip_suffix("ies").filter(|root| root.len() >= 3) {
        return format!("{root}y");
    }
    for ending in ["sses", "xes", "ches"] {
        if lower.ends_with(ending) {
            return lower.strip_suffix("es").unwrap_or(&lower).to_owned();
        }
    }
    match lower.strip_suffix('s') {
        Some(root) if root.len() >= 3 && !root.ends_with(['s', 'u', 'i']) => root.to_owned(),
        Some(_) | None => lower,
    }
}

/// The short forms of a document: `Long Form (LF)` by first letters, `hydroxychloroquine (HCQ)` by letters of one word in
/// order, and, undefined, three capitals without a vowel that spell exactly one long word of the titles.
pub(super) fn short_forms<'t>(
    texts: impl Iterator<Item = &'t str> + Clone,
    titles: &[&'t str],
) -> ShortForms {
    let none = ShortForms::new();
    let mut forms = ShortForms::new();
    for text in texts.clone() {
        for (open, _) in text.match_indices('(') {
            let inside = text.get(open + 1..).unwrap_or_default();
            let form = inside.split(')').next().unwrap_or_default();
            if is_form(form)
                && let Some(long) = long_form(text.get(..open).unwrap_or_default(), form)
            {
                let meant = terms(&long, &none);
                forms.entry(form.to_lowercase()).or_default().extend(meant);
            }
        }
    }
    let long_words: BTreeSet<String> = titles
        .iter()
        .flat_map(|title| words(title))
        .filter(|word| word.chars().count() >= LONG_WORD)
        .map(stem)
        .collect();
    let undefined: BTreeSet<String> = texts
        .chain(titles.iter().copied())
        .flat_map(words)
        .filter(|word| {
            word.len() == 3
                && word
                    .bytes()
                    .all(|b| b.is_ascii_uppercase() && !b"AEIOU".contains(&b))
        })
        .map(str::to_lowercase)
        .collect();
    for form in undefined {
        if forms.contains_key(&form) {
            continue;
        }
        let mut spelt = long_words.iter().filter(|word| spells(&form, word));
        if let (Some(only), None) = (spelt.next(), spelt.next()) {
            forms.insert(form, BTreeSet::from([only.clone()]));
        }
    }
    forms
}

fn is_form(form: &str) -> bool {
    (2..=LONGEST_FORM).contains(&form.len()) && form.bytes().all(|b| b.is_ascii_uppercase())
}

/// The words before a bracket that its short form abbreviates.
fn long_form(before: &str, form: &str) -> Option<String> {
    let recent: Vec<&str> = before
        .split_whitespace()
        .rev()
        .take(form.len() + 2)
        .collect();
    let last = recent.first()?;
    let lower = form.to_lowercase();
    if last.len() >= LONG_WORD && spells(&lower, &last.to_lowercase()) {
        return Some((*last).to_owned());
    }
    let taken: Vec<&str> = recent.into_iter().take(form.len()).rev().collect();
    let initials: String = taken
        .iter()
        .filter_map(|word| word.chars().next())
        .flat_map(char::to_lowercase)
        .collect();
    (initials == lower).then(|| taken.join(" "))
}

/// Whether a word has the letters of a form in their order, the first first.
fn spells(form: &str, word: &str) -> bool {
    let mut letters = word.chars();
    form.chars().next() == word.chars().next()
        && form.chars().all(|wanted| letters.any(|c| c == wanted))
}

/// How much each term of some titles tells: the rarer, the more.
pub(super) struct Weights {
    titles: usize,
    counts: BTreeMap<String, usize>,
}

impl Weights {
    pub(super) fn of(titles: &[BTreeSet<String>]) -> Self {
        let mut counts: BTreeMap<String, usize> = BTreeMap::new();
        for term in titles.iter().flatten() {
            *counts.entry(term.clone()).or_default() += 1;
        }
        Self {
            titles: titles.len(),
            counts,
        }
    }

    /// The weights of the terms two texts share.
    pub(super) fn shared(&self, one: &BTreeSet<String>, other: &BTreeSet<String>) -> f64 {
        one.intersection(other).map(|term| self.weight(term)).sum()
    }

    fn weight(&self, term: &str) -> f64 {
        let count = self.counts.get(term).copied().unwrap_or_default();
        if count * 100 > self.titles * COMMON_SHARE {
            return 0.0;
        }
        let number = |n: usize| f64::from(u32::try_from(n).unwrap_or(u32::MAX));
        ((number(self.titles) + 1.0) / (number(count) + 0.5)).ln()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[&str]) {
        let forms = short_forms(std::iter::once(text), &[]);
        let found: Vec<String> = terms(text, &forms).into_iter().collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn terms_are_stemmed_and_keep_their_letter_or_number() {
        check(
            "Vitamin D and vitamin C in studies of colds",
            &["cold", "vitamin c", "vitamin d"],
        );
        check("omega-3 acids", &["acid", "omega", "omega-3"]);
    }

    #[test]
    fn short_forms_count_as_what_they_stand_for() {
        check("warming socks (WS); WS", &["sock", "warming"]);
        let forms = short_forms(std::iter::once("FTW was given"), &["Footwarmerone in feet"]);
        assert!(terms("FTW", &forms).contains("footwarmerone"));
    }
}
