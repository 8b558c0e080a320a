//! Full stops that belong to an abbreviation or an initial.
//!
//! Why it exists: "et al. also", "J. Smith" and "at 5 a.m. Mr. Smith" go on; "at 6 a.m. The birds" does not. The
//! classes are data (`ontology/lexicon/abbreviations.tsv`).

use std::sync::LazyLock;

use super::lexis::{is, lower};
use crate::ontology::{WordMap, WordSet, word_set, word_table};

static ABBREVIATIONS: LazyLock<WordMap<&'static str>> =
    LazyLock::new(|| word_table("abbreviations"));
static STARTERS: LazyLock<WordSet> = LazyLock::new(|| word_set("sentence-starters"));
static LETTER_HEADS: LazyLock<WordSet> = LazyLock::new(|| word_set("letter-heads"));

/// Whether a sentence goes on after `before.`, where `so_far` is the sentence up to the full stop.
pub(super) fn goes_on(so_far: &str, before: &str, follower: &Follower<'_>) -> bool {
    let key = lower(before.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '°'));
    let class = ABBREVIATIONS
        .get(&key)
        .copied()
        .or_else(|| spaced_class(so_far, &key));
    match class {
        Some("never") => key != "st" || !after_number(so_far, before) || !follower.is_starter(),
        Some("number") => match follower.shape {
            Shape::Digit => true,
            Shape::Upper => {
                let numbered = before.starts_with(char::is_uppercase) && follower.word == "No";
                is_code(follower.word) || numbered
            }
            Shape::Lower | Shape::Mixed | Shape::Punctuation | Shape::Other => false,
        },
        Some("starter") => !follower.is_starter(),
        Some("unit") => follower.shape == Shape::Digit && after_number(so_far, before),
        Some("time") if after_number(so_far, before) || key.contains('.') => {
            is_zone(follower.word) || opening_phrase(so_far)
        }
        Some("open") => follower.shape == Shape::Mixed || opening_phrase(so_far),
        Some(_) | None => unlisted(so_far, before, follower),
    }
}

fn unlisted(so_far: &str, before: &str, follower: &Follower<'_>) -> bool {
    if is_initial(before) {
        let word = previous_word(so_far, before).to_lowercase();
        if LETTER_HEADS.contains(word.as_str()) && follower.shape == Shape::Upper {
            return false;
        }
        if before == "I" && word == "and" && follower.is_starter() {
            return false;
        }
        return !follower.is_starter() || word.is_empty();
    }
    if is_dotted(before) {
        return !follower.is_starter();
    }
    before.ends_with('-')
}

/// `p. m`, `a. m`: a dotted abbreviation printed with spaces.
fn spaced_class(so_far: &str, key: &str) -> Option<&'static str> {
    (key == "m" && (so_far.ends_with("a. m") || so_far.ends_with("p. m"))).then_some("time")
}

/// One capital letter, or several joined by hyphens or full stops: `J`, `J.-P`.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// `U.S`, `Ph.D`: letters with full stops between.
fn is_dotted(word: &str) -> bool {
    word.contains('.')
        && word.split('.').all(|part| {
            (1..=2).contains(&part.chars().count()) && part.chars().all(char::is_alphabetic)
        })
}

/// `S4`, `A`, `IV`: what a number word may be followed by.
fn is_code(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
        || word.chars().count() == 1 && word != "I" && word != "A"
        || !word.is_empty() && word.chars().all(|c| matches!(c, 'I' | 'V' | 'X')) && word.len() > 1
}

fn is_zone(word: &str) -> bool {
    let letters = word.chars().filter(|c| *c != '.');
    (2..=5).contains(&letters.clone().count()) && letters.clone().all(char::is_uppercase)
}

/// Whether the sentence so far is nothing but "At 5 a.m", "Around 300 A.D".
fn opening_phrase(so_far: &str) -> bool {
    let mut words = so_far.split_whitespace();
    let first = words.next().unwrap_or_default().to_lowercase();
    is("opening-preposition", &first) && words.take(6).count() <= 5 && !so_far.contains(',')
}

fn after_number(so_far: &str, before: &str) -> bool {
    previous_word(so_far, before)
        .chars()
        .any(|c| c.is_ascii_digit())
        || before.chars().next().is_some_and(|c| c.is_ascii_digit())
}

fn previous_word<'t>(so_far: &'t str, before: &str) -> &'t str {
    so_far
        .get(..so_far.len().saturating_sub(before.len()))
        .unwrap_or_default()
        .split_whitespace()
        .next_back()
        .unwrap_or_default()
        .trim_start_matches(|c: char| !c.is_alphanumeric())
}

/// What follows a full stop.
pub(super) struct Follower<'t> {
    /// The word, opening marks removed.
    pub(super) word: &'t str,
    /// Its shape.
    pub(super) shape: Shape,
}

/// The shape of what follows a full stop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// A lower-case word.
    Lower,
    /// A lower-case letter in a name with capitals or digits (`mRNA`, `p53`), or before a bracket (`t(28)`).
    Mixed,
    /// A capital.
    Upper,
    /// A digit.
    Digit,
    /// A comma and the like: no sentence begins so.
    Punctuation,
    /// Anything else.
    Other,
}

impl<'t> Follower<'t> {
    pub(super) fn read(text: &'t str, next: usize) -> Self {
        let rest = text.get(next..).unwrap_or_default();
        let opened = rest.trim_start_matches(|c: char| {
            matches!(
                c,
                '"' | '\'' | '“' | '‘' | '«' | '(' | '[' | '`' | '*' | '_' | '¿' | '¡'
            ) || c.is_whitespace()
        });
        let word = opened
            .split(|c: char| !c.is_alphanumeric() && !matches!(c, '.' | '-' | '\'' | '’'))
            .next()
            .unwrap_or_default()
            .trim_end_matches('.');
        let shape = match opened.chars().next() {
            Some(c) if c.is_lowercase() => {
                let mixed = word.chars().any(|c| c.is_uppercase() || c.is_ascii_digit());
                let called = word.len() <= 2
                    && opened.get(word.len()..).is_some_and(|tail| {
                        let piece = tail.split_whitespace().next().unwrap_or_default();
                        tail.starts_with('(') && piece.len() > 2
                    });
                if mixed || called {
                    Shape::Mixed
                } else {
                    Shape::Lower
                }
            }
            Some(c) if c.is_ascii_digit() => Shape::Digit,
            Some(c) if c.is_alphabetic() => Shape::Upper,
            Some(
                ',' | ';' | ':' | '.' | ')' | ']' | '}' | '!' | '?' | '%' | '=' | '/' | '&' | '…',
            ) => Shape::Punctuation,
            Some(_) | None => Shape::Other,
        };
        Self { word, shape }
    }

    /// Whether it is a capitalised word that often begins a sentence.
    fn is_starter(&self) -> bool {
        self.shape == Shape::Upper && STARTERS.contains(&lower(self.word))
    }
}
