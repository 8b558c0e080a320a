//! With two arms, one of them named: a group called by a word of neither is the other one.
//!
//! Why it exists: "62% in the A arm and 51% in the B arm" tells the arms of both numbers, whatever B stands for. Such a
//! mention is never sure. It leaves out sentences that name both arms, or none.

use std::ops::Range;

use super::inventory::Inventory;
use super::lexis::is;
use super::mention::{Mention, mention};
use super::words::Word;

/// Adds the mentions of the other arm by words that no arm has.
pub(super) fn name_other_group(
    sentence: &str,
    all: &[Word],
    inventory: &Inventory,
    found: &mut Vec<Mention>,
) {
    let Some(first) = found.first().map(|mention| mention.arm) else {
        return;
    };
    let Some(other) = inventory
        .other(first)
        .filter(|_| found.iter().all(|mention| mention.arm == first))
    else {
        return;
    };
    let taken = |range: &Range<usize>| {
        found
            .iter()
            .any(|mention| mention.range.end > range.start && mention.range.start < range.end)
    };
    let group = Group { sentence, all };
    let further: Vec<Mention> = (0..all.len())
        .filter_map(|at| {
            let (name, range) = group
                .single(at)
                .or_else(|| group.hyphened(at))
                .or_else(|| group.joined(at, &taken))?;
            let is_unknown = name.content
                && !taken(&range)
                && !is("unnamed-group", &name.token)
                && !inventory.words.contains_key(&name.token);
            is_unknown.then(|| Mention {
                sure: false,
                ..mention(range, other)
            })
        })
        .collect();
    if !further.is_empty() {
        found.extend(further);
        found.sort_by_key(|mention| mention.range.start);
    }
}

/// The words of a sentence, asked for a name before a noun of groups.
struct Group<'a> {
    sentence: &'a str,
    all: &'a [Word],
}

impl<'a> Group<'a> {
    fn text(&self, at: usize) -> &'a str {
        let range = self.all.get(at).map(|word| word.range.clone());
        range
            .and_then(|range| self.sentence.get(range))
            .unwrap_or_default()
    }

    /// "The X group": X, and the bytes of both words.
    fn single(&self, at: usize) -> Option<(&'a Word, Range<usize>)> {
        let name = self.all.get(at.checked_sub(1)?)?;
        let is_led = self.all.get(at.checked_sub(2)?)?.token == "the";
        let is_group = matches!(self.text(at), "group" | "arm");
        (is_led && is_group).then(|| (name, name.range.start..self.end(at)))
    }

    /// "X-treated patients".
    fn hyphened(&self, at: usize) -> Option<(&'a Word, Range<usize>)> {
        let name = self.all.get(at.checked_sub(1)?)?;
        let word = self.all.get(at)?;
        let is_joined = self.sentence.get(name.range.end..word.range.start) == Some("-");
        let is_group =
            matches!(self.text(at), "treated" | "exposed") && is("people", self.text(at + 1));
        let is_adverb = self.text(at.checked_sub(1)?).ends_with("ly");
        (is_joined && is_group && !is_adverb).then(|| (name, name.range.start..self.end(at)))
    }

    /// "The X and Y arms", one of which is `taken`: the other one.
    fn joined(
        &self,
        at: usize,
        taken: &impl Fn(&Range<usize>) -> bool,
    ) -> Option<(&'a Word, Range<usize>)> {
        if !matches!(self.text(at), "groups" | "arms") || self.text(at.checked_sub(2)?) != "and" {
            return None;
        }
        let (one, other) = (
            self.all.get(at.checked_sub(3)?)?,
            self.all.get(at.checked_sub(1)?)?,
        );
        let is_led = at
            .checked_sub(4)
            .is_some_and(|lead| self.text(lead) == "the");
        let name = match (taken(&one.range), taken(&other.range)) {
            (true, false) => other,
            (false, true) => one,
            _ => return None,
        };
        is_led.then(|| (name, name.range.clone()))
    }

    fn end(&self, at: usize) -> usize {
        self.all.get(at).map_or(0, |word| word.range.end)
    }
}
