//! A text with the period of each of its values, and the words that each value goes with.
//!
//! Values of several periods in a row ("63%, up from 55%") tell one thing, so they share their words.

use std::collections::BTreeMap;

use super::super::item::Item;
use super::super::token::TokenKind;
use super::pointer::Origin;
use super::reading::{Line, telling};

/// So many tokens on either side of a value are its context.
const CONTEXT: usize = 20;

/// A text whose values have their periods.
#[derive(Debug)]
pub(super) struct Dated {
    pub(super) lines: Vec<Line>,
    /// For each line, for each of its items.
    origins: Vec<Vec<Origin>>,
    /// For each line, for each of its items, the stems of its context, sorted.
    contexts: Vec<Vec<Vec<u32>>>,
    /// Lines with figures in which each stem stands.
    pub(super) by_stem: BTreeMap<u32, Vec<usize>>,
}

impl Dated {
    pub(super) fn new(lines: Vec<Line>, origins: Vec<Vec<Origin>>) -> Self {
        let mut by_stem: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, line) in lines
            .iter()
            .enumerate()
            .filter(|(_, line)| line.has_figures())
        {
            for stem in &line.stems {
                by_stem.entry(*stem).or_default().push(at);
            }
        }
        let contexts = lines
            .iter()
            .zip(&origins)
            .map(|(line, origins)| contexts(line, origins))
            .collect();
        Self {
            lines,
            origins,
            contexts,
            by_stem,
        }
    }

    pub(super) fn origin(&self, (line, item): (usize, usize)) -> Option<&Origin> {
        self.origins.get(line)?.get(item)
    }

    pub(super) fn context(&self, (line, item): (usize, usize)) -> &[u32] {
        let own = self.contexts.get(line).and_then(|line| line.get(item));
        own.map(Vec::as_slice).unwrap_or_default()
    }

    /// The sentence before, where it stands in the same block.
    pub(super) fn before(&self, line: usize) -> Option<&Line> {
        let own = self.lines.get(line)?;
        self.lines
            .get(line.checked_sub(1)?)
            .filter(|before| before.block == own.block)
    }
}

/// Contexts of the values of a sentence. Values of several periods in a row tell one thing and share theirs.
fn contexts(line: &Line, origins: &[Origin]) -> Vec<Vec<u32>> {
    let groups = groups(line, origins);
    line.items
        .iter()
        .enumerate()
        .map(|(at, item)| {
            let group = groups.get(at).copied();
            let is_other = |position: usize| {
                line.items.iter().zip(&groups).any(|(other, found)| {
                    other.token == position && other.class == item.class && Some(*found) != group
                })
            };
            let mates = || {
                let own = line.items.iter().zip(&groups);
                own.filter(|(_, found)| Some(**found) == group)
                    .map(|(mate, _)| mate.token)
            };
            let (first, last) = (
                mates().min().unwrap_or(item.token),
                mates().max().unwrap_or(item.token),
            );
            let goes_on = |position: &usize| {
                !is_other(*position)
                    && line
                        .tokens
                        .get(*position)
                        .is_some_and(|token| token.kind != TokenKind::Stop)
            };
            let (is_ahead, is_behind) = (leads(line, item), closes(line, first, last));
            let back = (first.saturating_sub(CONTEXT)..first).rev();
            let back = back.take_while(goes_on).filter(|_| !is_ahead);
            let on = (last + 1..=last + CONTEXT).take_while(goes_on);
            let on = on.filter(|_| !is_behind);
            let all = back.chain(first..=last).chain(on);
            telling(all.filter_map(|position| line.tokens.get(position)))
        })
        .collect()
}

/// Whether the values of a sentence stand before the words they belong to: "63% walk, 60% swim, and 52% dive".
fn leads(line: &Line, item: &Item) -> bool {
    let first = line.items.iter().find(|first| first.class == item.class);
    let before = first.map(|first| line.tokens.iter().take(first.token));
    item.peers > 1
        && before.is_some_and(|mut before| !before.any(|token| token.kind == TokenKind::Content))
}

/// Whether values close the words they belong to in a bracket: "diving (12%),".
fn closes(line: &Line, first: usize, last: usize) -> bool {
    let word = |at: Option<usize>| {
        let token = at.and_then(|at| line.tokens.get(at));
        token.map_or("", |token| token.text.as_ref())
    };
    word(first.checked_sub(1)) == "("
        && word(Some(last + 1)) == ")"
        && matches!(word(Some(last + 2)), "," | "." | ";" | "and" | "but" | "")
}

/// Numbers values of one class so that those of one row of periods have one number.
fn groups(line: &Line, origins: &[Origin]) -> Vec<usize> {
    let mut groups = Vec::new();
    let mut periods: Vec<&Origin> = Vec::new();
    let mut before: Option<&Item> = None;
    let mut group = 0;
    for (item, origin) in line.items.iter().zip(origins) {
        let goes_on = before.is_some_and(|before| {
            let between = line
                .tokens
                .get(before.token..item.token)
                .unwrap_or_default();
            before.class == item.class
                && !periods.contains(&origin)
                && !between.iter().any(|token| token.kind == TokenKind::Stop)
        });
        if !goes_on {
            group += 1;
            periods.clear();
        }
        periods.push(origin);
        groups.push(group);
        before = Some(item);
    }
    groups
}
