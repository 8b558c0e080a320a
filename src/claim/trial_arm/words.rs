//! Content words of arm names, folded so that "vitamins" and "vitamin" meet.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use crate::ontology::{WordMap, WordSet, lexicon, lexicon_table};

static STOP: LazyLock<WordSet> = LazyLock::new(|| lexicon("arm-stop-words").collect());

static ROLES: LazyLock<WordMap<Role>> = LazyLock::new(|| {
    lexicon_table("arm-roles")
        .filter_map(|row| match row.as_slice() {
            [word, "control"] => Some((*word, Role::Control)),
            [word, "treatment"] => Some((*word, Role::Treatment)),
            _ => None,
        })
        .collect()
});

static SYNONYMS: LazyLock<WordMap<&'static str>> = LazyLock::new(|| {
    lexicon_table("arm-synonyms")
        .filter_map(|row| match row.as_slice() {
            [word, folded] => Some((*word, *folded)),
            _ => None,
        })
        .collect()
});

/// What an arm is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::claim) enum Role {
    /// What the treatment is compared with.
    Control,
    /// What is tested.
    Treatment,
}

/// A word of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Word {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    /// Folded.
    pub(super) token: String,
    /// Whether it can tell arms apart.
    pub(super) content: bool,
}

/// "No" and its kin are one token, which tells "MRI" from "no MRI".
pub(super) const NEGATION: &str = "¬";

/// The words of a text, in order.
pub(super) fn words(text: &str) -> Vec<Word> {
    let mut found = Vec::new();
    let mut start = None;
    let ends = text
        .char_indices()
        .chain(std::iter::once((text.len(), ' ')));
    for (at, c) in ends {
        if c.is_alphanumeric() || (start.is_some() && c == '\'') {
            start = start.or(Some(at));
        } else if let Some(first) = start.take() {
            let token = fold(text.get(first..at).unwrap_or_default());
            let content =
                !STOP.contains(token.as_str()) && !token.chars().all(|c| c.is_ascii_digit());
            found.push(Word {
                range: first..at,
                token,
                content,
            });
        }
    }
    found
}

/// The content words of a name.
pub(crate) fn tokens(name: &str) -> BTreeSet<String> {
    words(name)
        .into_iter()
        .filter(|word| word.content)
        .map(|word| word.token)
        .collect()
}

/// The content words of a name with its numbers: where arms differ by dose alone, "500 mg" tells them apart.
pub(super) fn dose_tokens(name: &str) -> BTreeSet<String> {
    let numeric = |word: &Word| word.token.chars().all(|c| c.is_ascii_digit());
    words(name)
        .into_iter()
        .filter(|word| word.content || numeric(word))
        .map(|word| word.token)
        .collect()
}

/// The role a set of tokens tells.
pub(in crate::claim) fn role(tokens: &BTreeSet<String>) -> Option<Role> {
    if tokens.contains(NEGATION) {
        return Some(Role::Control);
    }
    tokens
        .iter()
        .find_map(|token| ROLES.get(token.as_str()).copied())
}

fn fold(word: &str) -> String {
    let lower = word.to_lowercase();
    if matches!(lower.as_str(), "no" | "non" | "without" | "none") {
        return NEGATION.to_owned();
    }
    let stem = lower.strip_suffix("'s").unwrap_or(&lower);
    let stem = singular(stem);
    SYNONYMS.get(stem).copied().unwrap_or(stem).to_owned()
}

/// A word of more than four letters without the `s` of its plural, lower case: "cohorts" is "cohort", "sepsis" itself.
pub(crate) fn singular(word: &str) -> &str {
    let is_plural = word.len() > 4
        && word.ends_with('s')
        && !["ss", "us", "is"].iter().any(|end| word.ends_with(end));
    if is_plural {
        word.trim_end_matches('s')
    } else {
        word
    }
}
