//! The names before a year: how far back they reach, and whether they are names at all.

use std::sync::LazyLock;

use super::printed::Named;
use crate::citation::name::{fold, is_capitalised, is_initials, is_particle, joins_names};
use crate::ontology::{WordSet, lexicon, word_set};

static MONTHS: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-months"));
static ORGANISATIONS: LazyLock<WordSet> =
    LazyLock::new(|| word_set("reference-organisation-words"));
/// Words in capitals that open a sentence and are no names.
static OPENINGS: LazyLock<WordSet> = LazyLock::new(|| {
    lexicon("reference-function-words")
        .chain(lexicon("sentence-starters"))
        .collect()
});

/// Words before a year that may be names.
const NAME_WORDS: usize = 12;

/// Names that end a text.
pub(super) struct Names {
    /// Byte of the text where they start.
    pub(super) start: usize,
    printed: String,
    family: String,
    certain: bool,
}

impl Names {
    /// The work of these authors and a year.
    pub(super) fn work(&self, year: &str) -> Named {
        Named {
            family: self.family.clone(),
            label: format!("{} {year}", self.printed),
            year: year.to_owned(),
            certain: self.certain,
        }
    }
}

/// The names at the end of a text: `see Okafor`, `Lind and Marsh`, `van der Berg et al.,`.
pub(super) fn names(before: &str) -> Option<Names> {
    let text = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let mut start = text.len();
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text;
    while parts.len() < NAME_WORDS {
        let from = rest
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace() || matches!(c, '(' | '[' | ';'))
            .map_or(0, |(at, c)| at + c.len_utf8());
        let word = rest.get(from..).unwrap_or_default();
        if !is_part(word, parts.last().copied()) {
            break;
        }
        parts.push(word);
        start = from;
        rest = rest.get(..from)?;
        if !rest.ends_with(char::is_whitespace) {
            break;
        }
        rest = rest.trim_end();
    }
    parts.reverse();
    let skipped = parts
        .iter()
        .take_while(|word| joins_names(word) || is_initials(bare(word)) || is_opening(word))
        .count();
    let others = parts
        .iter()
        .any(|word| bare(word).trim_end_matches('.') == "al");
    let given: Vec<&&str> = parts.iter().skip(skipped).collect();
    let family = given
        .iter()
        .find(|word| is_family(bare(word)))
        .map(|word| fold(bare(word)))?;
    let people = given.iter().filter(|word| is_family(bare(word))).count();
    let pair = people >= 2 && given.iter().any(|word| joins_names(word));
    let first = given.first()?;
    let offset = text.get(start..)?.find(**first)?;
    let printed: Vec<&str> = given.iter().map(|word| **word).collect();
    let single = people == 1 && given.len() <= 3;
    (others || pair || single).then(|| Names {
        start: start + offset,
        printed: printed.join(" "),
        family,
        certain: others || pair,
    })
}

/// Whether a capitalised word opens the sentence and is no name: "As Okafor et al.".
fn is_opening(word: &str) -> bool {
    OPENINGS.contains(&word.to_lowercase())
}

fn bare(word: &str) -> &str {
    word.trim_end_matches([',', ':'])
}

/// Whether a word belongs to names, given the word behind it.
fn is_part(word: &str, behind: Option<&str>) -> bool {
    let name = bare(word);
    if name.trim_end_matches('.') == "al" {
        return behind.is_none();
    }
    let comma = word.len() > name.len();
    if joins_names(word) || is_particle(name) && name.starts_with(char::is_lowercase) {
        return behind.is_some();
    }
    // "Lisbon, Portugal" is no name; "Okafor, Lind, and Marsh" and "Okafor, et al." are.
    let listed = !comma
        || behind.is_none_or(|behind| {
            joins_names(behind) || is_family(bare(behind)) || is_initials(behind)
        });
    listed && (is_family(name) || is_initials(name))
}

fn is_family(word: &str) -> bool {
    let is_name = is_capitalised(word) && word.chars().any(char::is_lowercase);
    is_name && {
        let lower = word.to_ascii_lowercase();
        !MONTHS.contains(&lower) && !ORGANISATIONS.contains(&lower)
    }
}
