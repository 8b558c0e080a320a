//! Names the text itself equates: "Objective Response Rate (ORR)", "motixafortide (BL-8040)".
//!
//! Why it exists: figures and sources are compared by name, and a document says which of its names are one.
//! Long forms are found by the algorithm of Schwartz and Hearst (Pacific Symposium on Biocomputing 2003): the letters of
//! the short form, from the right, each in the words before the bracket, the first at the start of a word.
//! It leaves out anything that is only near: "BL-8040, a CXCR4 antagonist" equates nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::Synonym;
use super::lexis::{char_before, words};
use super::mention::{has_stem, is_code};
use crate::citation::Citations;
use crate::markdown::{BlockKind, Document};
use crate::ontology::lexicon_table;

/// What stands between two names of one thing, with the blank behind it, and whether it does so in running text, too.
static LINKS: LazyLock<Vec<(String, bool)>> = LazyLock::new(|| {
    lexicon_table("synonym-links")
        .filter_map(|row| match row.as_slice() {
            [place, phrase] => Some((format!("{phrase} "), *place == "any")),
            _ => None,
        })
        .collect()
});

/// Those that do, by their last word, for which a text is searched.
static PROSE_LINKS: LazyLock<Vec<(Finder<'_>, Vec<&str>)>> = LazyLock::new(|| {
    let mut by_last: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
    for (link, _) in LINKS.iter().filter(|(_, anywhere)| *anywhere) {
        let last = link.split_inclusive(' ').next_back();
        by_last.entry(last.unwrap_or(link)).or_default().push(link);
    }
    let by_last = by_last.into_iter();
    by_last
        .map(|(last, links)| (Finder::new(last), links))
        .collect()
});

/// The synonyms of a document, sorted, each once: prose, cells, headings and titles of references. Linear.
pub(crate) fn learn(document: &Document, citations: &Citations) -> Vec<Synonym> {
    let mut found = BTreeSet::new();
    for (block, _, text) in document.texts() {
        let kind = document.blocks.get(block).map(|block| &block.kind);
        if !matches!(kind, Some(BlockKind::Code)) {
            read(&text.plain, &mut found);
        }
    }
    for reference in &citations.references {
        if let Some(title) = &reference.title {
            read(title, &mut found);
        }
    }
    found.into_iter().collect()
}

/// Adds the synonyms of one running text.
fn read(text: &str, found: &mut BTreeSet<Synonym>) {
    let mut at = 0;
    while let Some(offset) = text.get(at..).and_then(|rest| rest.find('(')) {
        let open = at + offset;
        at = open + 1;
        // No short form with its remarks is longer; the bound keeps hostile input linear.
        let window = text.get(at..).unwrap_or_default();
        let near = window
            .get(..window.floor_char_boundary(160))
            .unwrap_or_default();
        let Some(length) = near.find([')', '(']) else {
            continue;
        };
        if near.get(length..).is_some_and(|tail| tail.starts_with('(')) {
            continue;
        }
        let inside = near.get(..length).unwrap_or_default();
        let before = text.get(..open).unwrap_or_default();
        bracketed(before, inside, found);
        at += length;
    }
    in_prose(text, found);
}

/// `before (inside)`.
fn bracketed(before: &str, inside: &str, found: &mut BTreeSet<Synonym>) {
    let before = before.trim_end();
    let window = before
        .get(before.floor_char_boundary(before.len().saturating_sub(160))..)
        .unwrap_or_default();
    for part in inside.split([';', ',']) {
        let part = part.trim();
        if let Some(other) = strip_link(part) {
            add(head_name(window), other, found);
            continue;
        }
        let plain = part.trim_matches(|c: char| matches!(c, '"' | '“' | '”'));
        if let Some(long) = long_form(window, plain) {
            add(long, plain, found);
        } else if is_code(plain) || has_stem(plain) {
            let name = head_name(window);
            if has_stem(name) || is_code(name) || is_proper(name) && is_code(plain) {
                add(name, plain, found);
            }
        }
    }
}

/// "X, also known as Y" without brackets.
fn in_prose(text: &str, found: &mut BTreeSet<Synonym>) {
    for (last, links) in &*PROSE_LINKS {
        for at in last.find_iter(text.as_bytes()) {
            let Some((before, after)) = text.split_at_checked(at + last.needle().len()) else {
                continue;
            };
            let before = links.iter().find_map(|link| before.strip_suffix(link));
            if let Some(before) = before.filter(|before| !before.ends_with('(')) {
                linked(before, after, found);
            }
        }
    }
}

/// `before, also known as after`.
fn linked(before: &str, after: &str, found: &mut BTreeSet<Synonym>) {
    let before = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let window = before
        .get(before.floor_char_boundary(before.len().saturating_sub(120))..)
        .unwrap_or_default();
    let near = after
        .get(..after.floor_char_boundary(80))
        .unwrap_or_default();
    let other = near
        .split([',', '.', ';', ')', '('])
        .next()
        .unwrap_or_default();
    let name = head_name(window);
    if is_proper(name) || has_stem(name) {
        add(name, tail_name(other), found);
    }
}

fn strip_link(part: &str) -> Option<&str> {
    let lower = part.to_lowercase();
    LINKS
        .iter()
        .find(|(link, _)| lower.starts_with(link.as_str()))
        .and_then(|(link, _)| part.get(link.len()..))
        .map(tail_name)
        .filter(|other| {
            other.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()) || has_stem(other)
        })
}

/// The last word before a bracket.
fn head_name(before: &str) -> &str {
    words(before).last().map_or("", |(_, word)| word)
}

/// The name after a link: up to three words, the article dropped, ending before a lower-case word.
fn tail_name(after: &str) -> &str {
    let after = after.trim();
    let after = after.strip_prefix("the ").unwrap_or(after);
    let mut end = 0;
    for (index, (offset, word)) in words(after).take(3).enumerate() {
        let proper = word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
        if index > 0 && !proper {
            break;
        }
        end = offset + word.len();
    }
    after.get(..end).unwrap_or_default()
}

fn is_proper(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
        || word
            .chars()
            .skip(1)
            .any(|c| c.is_uppercase() || c.is_ascii_digit())
}

fn add(name: &str, other: &str, found: &mut BTreeSet<Synonym>) {
    let name = name.trim();
    let other = other.trim();
    if name.chars().count() < 2 || other.chars().count() < 2 || name.eq_ignore_ascii_case(other) {
        return;
    }
    found.insert(Synonym {
        name: name.to_owned(),
        other: other.to_owned(),
    });
}

/// The long form of a short form, from the words before the bracket (Schwartz and Hearst).
fn long_form<'t>(before: &'t str, short: &str) -> Option<&'t str> {
    let letters: Vec<char> = short.chars().filter(|c| c.is_alphanumeric()).collect();
    let capitals = letters.iter().filter(|c| c.is_uppercase()).count();
    let shaped = (2..=10).contains(&letters.len())
        && capitals >= 2
        && short.split_whitespace().count() <= 2
        && letters.first().is_some_and(|c| c.is_alphanumeric());
    if !shaped {
        return None;
    }
    let longest = (letters.len() + 5).min(letters.len() * 2);
    let starts: Vec<usize> = words(before).map(|(offset, _)| offset).collect();
    let from = starts.get(starts.len().saturating_sub(longest)).copied()?;
    let window = before.get(from..)?;
    // A sentence end or a bracket before the long form closes the search.
    let cut = window.rfind(['(', ')', ';', '|']).map_or(0, |at| at + 1);
    let window = window.get(cut..)?;
    let candidates: Vec<(usize, char)> = window.char_indices().collect();
    let mut at = candidates.len();
    let last = letters.len() - 1;
    for (index, letter) in letters.iter().rev().enumerate() {
        let is_first = index == last;
        loop {
            at = at.checked_sub(1)?;
            let (offset, c) = *candidates.get(at)?;
            let same = c.to_lowercase().eq(letter.to_lowercase());
            let opens = char_before(window, offset).is_none_or(|b| !b.is_alphanumeric());
            if same && (!is_first || opens) {
                break;
            }
        }
    }
    let start = candidates.get(at)?.0;
    let long = window.get(start..)?.trim();
    let count = long.split_whitespace().count();
    let fits = count <= longest && long.len() > short.len() && !long.contains(short);
    // One word abbreviated by letters of its inside ("hydroxychloroquine (HCQ)") is allowed; two letters of one word are not.
    (fits && (count > 1 || letters.len() >= 3)).then_some(long)
}

#[cfg(test)]
#[path = "tests/synonym.rs"]
mod tests;
