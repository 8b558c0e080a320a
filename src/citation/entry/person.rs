//! Whether a piece of an author block is a person's name, and of what make.

use std::sync::LazyLock;

use crate::citation::context::is;
use crate::citation::name::{is_capitalised, is_initials, is_particle};
use crate::ontology::{WordSet, word_set};

static FUNCTION_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-function-words"));

/// Most words of one name.
const LONGEST_NAME: usize = 7;

/// What a piece between two separators is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    /// Nothing yet.
    Start,
    /// `Smith AB`.
    FamilyInitials,
    /// `A. B. Smith`.
    InitialsFamily,
    /// `A. B.`, of the family name before the comma.
    Initials,
    /// `Anna Smith`.
    GivenFamily,
    /// `Smith`.
    Family,
    /// `Anna`, of the family name before the comma.
    Given,
    /// `Jr.`.
    Suffix,
    /// `et al.`.
    EtAl,
    /// No name.
    Other,
}

/// Start and end of everything that separates two names.
pub(super) fn separators(text: &str) -> Vec<(usize, usize)> {
    let mut found = Vec::new();
    for (at, c) in text.char_indices() {
        let after = text.get(at + c.len_utf8()..).unwrap_or_default();
        match c {
            ',' | ';' | '&' => found.push((at, at + 1)),
            '/' if after.starts_with([' ', '\u{a0}']) => found.push((at, at + 1)),
            ' ' => {
                let word = after.split(' ').next().filter(|word| {
                    word.len() < after.len()
                        && is("name-joint", word)
                        && !after.starts_with("et al")
                });
                if let Some(word) = word {
                    found.push((at, at + word.len() + 1));
                }
            }
            _ => {}
        }
    }
    found
}

/// What a piece is after a piece of class `previous`, and its score in tenths of a point.
pub(super) fn classify(piece: &str, previous: Class) -> (Class, i32) {
    let piece = without_role(piece.trim());
    let bare = piece.trim_end_matches(['.', ':', ',']);
    if is("others", bare) {
        return (Class::EtAl, 15);
    }
    if previous == Class::EtAl {
        return (Class::Other, -40);
    }
    let et_al = piece
        .strip_suffix("et al.")
        .or_else(|| piece.strip_suffix("et al"));
    if let Some(name) = et_al {
        return (Class::EtAl, classify(name, previous).1 + 15);
    }
    let words: Vec<&str> = piece.split_whitespace().take(LONGEST_NAME + 1).collect();
    if words.is_empty() || words.len() > LONGEST_NAME {
        return (Class::Other, -40);
    }
    if words.iter().any(|word| is_function_word(word)) {
        return (Class::Other, -70);
    }
    if is_suffix(bare) {
        return (Class::Suffix, 5);
    }
    with_initials(&words, previous)
        .or_else(|| without_initials(&words, previous))
        .unwrap_or((Class::Other, -40))
}

/// Names whose initials stand before or after the family name.
fn with_initials(words: &[&str], previous: Class) -> Option<(Class, i32)> {
    let leading = words
        .iter()
        .enumerate()
        .take_while(|(at, word)| {
            is_initials(word) && (*at == 0 || !word.chars().any(char::is_lowercase))
        })
        .count();
    if leading == words.len() {
        let dotted = words.iter().any(|word| word.contains('.'));
        if previous != Class::Family && words.len() == 2 && !dotted {
            return Some((Class::FamilyInitials, 20));
        }
        let follows = matches!(previous, Class::Family | Class::GivenFamily);
        return Some((Class::Initials, if follows { 15 } else { -10 }));
    }
    if leading > 0 && is_family(words.get(leading..)?) {
        return Some((Class::InitialsFamily, 20));
    }
    let core = without_suffixes(words);
    let trailing = core
        .iter()
        .rev()
        .take_while(|word| is_initials(word))
        .count();
    let family = core.get(..core.len() - trailing)?;
    if trailing == 0 || !is_family(family) {
        return None;
    }
    let class = if previous == Class::Family {
        Class::GivenFamily
    } else {
        Class::FamilyInitials
    };
    Some((class, 20))
}

/// `Smith`, `Anna Smith`, `Anna B. Smith`.
fn without_initials(words: &[&str], previous: Class) -> Option<(Class, i32)> {
    let core = without_suffixes(words);
    let first = core.first()?;
    let people = core
        .iter()
        .filter(|word| is_name(word) && !is_particle(word))
        .count();
    if is_family(core) && (people <= 1 || is_particle(first)) {
        return Some(match previous {
            Class::Family => (Class::Given, 4),
            Class::InitialsFamily => (Class::Family, -15),
            Class::GivenFamily => (Class::Family, 0),
            Class::Start
            | Class::FamilyInitials
            | Class::Initials
            | Class::Given
            | Class::Suffix
            | Class::EtAl
            | Class::Other => (Class::Family, 10),
        });
    }
    let particles_follow = core
        .iter()
        .skip(1)
        .all(|word| is_particle(word.trim_end_matches('.')));
    if previous == Class::Family && core.len() <= 3 && is_name(first) && particles_follow {
        return Some((Class::Given, 4));
    }
    let mixed = core.len() <= 5
        && core
            .iter()
            .rev()
            .skip(1)
            .all(|word| is_capitalised(word) || is_particle(word) || is_initials(word))
        && is_name(first)
        && core.last().is_some_and(|word| is_name(word));
    if !mixed {
        return None;
    }
    let score = match previous {
        Class::Family => 4,
        Class::InitialsFamily => -15,
        Class::FamilyInitials | Class::Initials => -8,
        Class::Start
        | Class::GivenFamily
        | Class::Given
        | Class::Suffix
        | Class::EtAl
        | Class::Other => 12,
    };
    Some((Class::GivenFamily, score))
}

/// A name word; the last one of a piece may carry the mark that ends it.
fn is_name(word: &str) -> bool {
    is_capitalised(word.trim_end_matches(['.', ':']))
}

/// One to four capitalised words and particles, a name last.
fn is_family(words: &[&str]) -> bool {
    (1..=4).contains(&words.len())
        && words
            .iter()
            .rev()
            .skip(1)
            .all(|word| is_capitalised(word) || is_particle(word))
        && words.last().is_some_and(|word| is_name(word))
}

/// Words of titles that no name holds.
pub(super) fn is_function_word(word: &str) -> bool {
    FUNCTION_WORDS.contains(word.to_lowercase().as_str())
        && !is_initials(word)
        && !is_particle(word)
}

fn without_suffixes<'a, 'b>(words: &'b [&'a str]) -> &'b [&'a str] {
    let end = words
        .iter()
        .rposition(|word| !is_suffix(word))
        .map_or(0, |at| at + 1);
    words.get(..end).unwrap_or_default()
}

/// The last word of a text.
pub(super) fn last_word(text: &str) -> &str {
    text.trim_end()
        .rsplit([' ', '\u{a0}', ',', ';'])
        .next()
        .unwrap_or_default()
}

fn is_suffix(word: &str) -> bool {
    is("name-suffix", word.trim_end_matches(['.', ',']))
}

/// Role words in brackets removed: `(Ed.)`.
fn without_role(piece: &str) -> &str {
    match piece.rfind('(') {
        Some(open) if piece.len() - open <= 14 => piece.get(..open).unwrap_or_default().trim_end(),
        Some(_) | None => piece,
    }
}
