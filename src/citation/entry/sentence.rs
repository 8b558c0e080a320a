//! Where a part of an entry ends: full stops that are none of an initial or abbreviation.

use std::sync::LazyLock;

use crate::ontology::{WordSet, word_set};

static ABBREVIATIONS: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-abbreviations"));

/// Nouns before a letter that is a name of its own and no initial: "vitamin D. J Nutr".
static LETTER_HEADS: LazyLock<WordSet> = LazyLock::new(|| word_set("letter-heads"));

/// The first mark at or after `from` that ends a part: its byte.
pub(super) fn end(text: &str, from: usize) -> Option<usize> {
    let tail = text.get(from..)?;
    tail.char_indices()
        .filter(|(_, c)| matches!(c, '.' | '?' | '!'))
        .map(|(offset, c)| (from + offset, c))
        .find(|(at, c)| ends_part(text, *at, *c))
        .map(|(at, _)| at)
}

/// Ends trimmed of the marks between parts and of quotation marks.
pub(super) fn trim(text: &str) -> &str {
    text.trim_matches(|c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '.' | ',' | ';' | ':' | '"' | '“' | '”' | '«' | '»' | '‘' | '’' | '`' | '„' | '\''
            )
    })
}

/// The first quotation mark that opens a title.
pub(super) fn opening_quote(head: &str) -> Option<usize> {
    head.char_indices()
        .find(|(at, c)| match c {
            '“' | '«' | '„' | '"' => true,
            '‘' | '\'' | '`' => head
                .get(..*at)
                .is_some_and(|before| before.is_empty() || before.ends_with([' ', '\u{a0}'])),
            _ => false,
        })
        .map(|(at, _)| at)
}

fn ends_part(text: &str, at: usize, mark: char) -> bool {
    let after = text.get(at + 1..).unwrap_or_default();
    let closed = after.trim_start_matches(['"', '”', '’', '»', '\'', ')', ']']);
    if closed.is_empty() {
        return true;
    }
    if !closed.starts_with(char::is_whitespace) {
        return false;
    }
    let next = closed.trim_start();
    let lower = next.starts_with(char::is_lowercase);
    let resumes = [
        "in ", "in: ", "edited ", "trans", "eds", "dans ", "bioRxiv", "medRxiv", "arXiv",
    ]
    .iter()
    .any(|word| next.starts_with(word));
    if mark != '.' {
        return !lower || resumes;
    }
    if lower && !resumes {
        return false;
    }
    let before = text.get(..at).unwrap_or_default();
    let word = before
        .rsplit(|c: char| c.is_whitespace() || matches!(c, '(' | '-' | '/' | '“' | '"' | ','))
        .next()
        .unwrap_or_default();
    !(is_initial(before, word) || is_abbreviation(word))
}

fn is_initial(before: &str, word: &str) -> bool {
    let last = word.rsplit('.').next().unwrap_or_default();
    let mut chars = last.chars();
    let single = chars.next().is_some_and(char::is_uppercase) && chars.next().is_none();
    if !single {
        return false;
    }
    let previous = before
        .get(..before.len() - word.len())
        .unwrap_or_default()
        .split_whitespace()
        .next_back()
        .unwrap_or_default();
    word.contains('.') || !LETTER_HEADS.contains(previous.to_lowercase().as_str())
}

fn is_abbreviation(word: &str) -> bool {
    word.len() <= 12 && ABBREVIATIONS.contains(word.to_lowercase().as_str())
}
