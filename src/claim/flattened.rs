//! Ends of sentences in text that lost its markup: marks that were raised, items of a list on one line, words without the space
//! between them.
//!
//! Why it exists: text taken out of pages and files of print has these, and Markdown as its author wrote it hardly ever does.
//! It leaves out every other end ([`super::sentence`]).

use super::abbreviation::{self, Follower, Shape};
use super::lexis::{char_at, char_before, is};
use super::mark_shape;
use super::sentence::{Scan, Stop};

/// Letters of a word behind whose full stop a number is a mark: fewer are an abbreviation or a name, as in `B.1 Variants`.
const SHORTEST_WORD: usize = 3;

impl Scan<'_> {
    /// `was slow.74 Another`: a raised mark that lost its raising, between a word and a capital. Its end.
    pub(super) fn flattened_mark(&self, stop: &Stop<'_>) -> Option<usize> {
        let end = stop.end + mark_shape::flattened(self.text.get(stop.end..)?)?;
        let before = stop.before;
        let letters = before.chars().rev().take_while(|c| c.is_alphabetic());
        let is_word = letters.take(SHORTEST_WORD).count() == SHORTEST_WORD;
        if !stop.plain || !(is_word || before.ends_with([')', '%'])) {
            return None;
        }
        let next = self.skip_space(end);
        let opens = next > end && Follower::read(self.text, next).shape == Shape::Upper;
        let so_far = self.text.get(self.start..stop.at)?;
        let number = Follower::read(self.text, stop.end);
        let is_exhibit = is("exhibit", &before.to_lowercase());
        (opens && !is_exhibit && !abbreviation::goes_on(so_far, before, &number)).then_some(end)
    }

    /// `world.Today`: a full stop between two words with no space, not in a file name or address.
    pub(super) fn glued(&self, stop: &Stop<'_>, end: usize) -> bool {
        let next = char_at(self.text, end);
        if next.is_some_and(|c| matches!(u32::from(c), 0x3040..=0x9fff | 0xac00..=0xd7a3)) {
            return matches!(char_before(self.text, stop.end), Some('。' | '！' | '？'));
        }
        if !stop.plain || end != stop.end || !next.is_some_and(char::is_uppercase) {
            return false;
        }
        let before = stop.before;
        let after = self
            .text
            .get(end..)
            .unwrap_or_default()
            .split(|c: char| c.is_whitespace() || c == '.' || c == ',')
            .next()
            .unwrap_or_default();
        let word = before.len() >= 4 && before.chars().all(char::is_alphabetic)
            || before.contains(',') && before.chars().all(|c| c.is_ascii_digit() || c == ',');
        word && before
            .chars()
            .next_back()
            .is_some_and(|c| !c.is_uppercase())
            && after.chars().count() >= 2
            && after.chars().skip(1).all(char::is_lowercase)
    }

    /// `a. First b. Second`, `⁃1. First ⁃2. Second`: list items flattened onto one line. Where the label starts.
    pub(super) fn flattened_item(&self, stop: &Stop<'_>) -> Option<usize> {
        let label = stop.before;
        if !stop.plain || label.len() != 1 && !label.starts_with(is_bullet) {
            return None;
        }
        let at = stop.at - label.len();
        // A label is short; the bound keeps hostile input linear.
        let head = self.text.get(self.start..at)?.trim_start();
        let head = head.get(..head.floor_char_boundary(16))?;
        let first = head.split_whitespace().next()?.strip_suffix('.')?;
        follows(first, label).then_some(at)
    }
}

/// A sign that opens an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(c, '•' | '⁃' | '–' | '‣' | '·' | '◦')
}

/// Whether `label` is the next label after `first`: `a` and `b`, `⁃9` and `⁃10`.
fn follows(first: &str, label: &str) -> bool {
    let digits = |text: &str| text.trim_start_matches(is_bullet).parse::<u32>().ok();
    if first.starts_with(is_bullet) && label.starts_with(is_bullet) {
        return matches!((digits(first), digits(label)), (Some(a), Some(b)) if a.checked_add(1) == Some(b));
    }
    match (first.as_bytes(), label.as_bytes()) {
        ([a], [b]) => {
            a.is_ascii_lowercase() && b.is_ascii_lowercase() && a.checked_add(1) == Some(*b)
        }
        ([..], [..]) => false,
    }
}
