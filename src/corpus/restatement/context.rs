//! The words around a value: what is counted, what stands beside it, and which words are its own.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::detail::Detail;
use super::item::{End, Item, NEAR, sorted};
use super::lexis::STATISTICS;
use super::token::{Token, TokenKind};

/// So many tokens on either side are a figure's own context.
const OWN: usize = 12;

/// An item with nothing but its context.
pub(super) fn context(tokens: &[Token], at: usize, figure: usize) -> Item {
    let is_content =
        |token: &&Token| token.kind == TokenKind::Content || token.kind == TokenKind::Statistic;
    let next = tokens
        .iter()
        .skip(at + 1)
        .take_while(|token| token.is_word())
        .find(is_content);
    let previous = tokens
        .iter()
        .take(at)
        .rev()
        .take(4)
        .take_while(|token| token.is_word() || token.kind == TokenKind::Sign)
        .find(is_content);
    let start = at.saturating_sub(2);
    let before = tokens.iter().take(at).skip(start);
    let after = tokens.iter().skip(at + 1).take(3);
    let near = (start.saturating_sub(NEAR - 2)..=at + NEAR)
        .filter_map(|at| tokens.get(at))
        .filter(|token| token.kind == TokenKind::Content);
    Item {
        figure,
        token: at,
        class: 0,
        value: Decimal::ZERO,
        low: Decimal::ZERO,
        high: Decimal::ZERO,
        digits: String::new(),
        end: End::Whole,
        interval: None,
        is_count: false,
        is_bare: false,
        head: None,
        own: Vec::new(),
        near: sorted(near.map(|token| token.stem).collect()),
        next: next.map(|token| token.stem),
        previous: previous.map(|token| token.stem),
        before: before.map(|token| token.stem).collect(),
        after: after.map(|token| token.stem).collect(),
        facets: Vec::new(),
        rank: 0,
        peers: 0,
        detail: Detail::default(),
    }
}

/// The last of up to five words behind a figure, before a word of grammar or a verb.
pub(super) fn head(tokens: &[Token], at: usize) -> Option<u32> {
    tokens
        .iter()
        .skip(at + 1)
        .take(5)
        .take_while(|token| token.kind == TokenKind::Content && !token.verb)
        .enumerate()
        .take_while(|(place, token)| *place == 0 || !is_participle(&token.text))
        .map(|(_, token)| token)
        .last()
        .map(|token| token.stem)
}

/// The noun that a number in brackets belongs to: "reward (3.6)".
pub(super) fn bracketed(tokens: &[Token], at: usize) -> Option<u32> {
    let mut before = tokens.iter().take(at).rev();
    before.next().filter(|token| token.text == "(")?;
    let noun = before.next()?;
    (noun.kind == TokenKind::Content).then_some(noun.stem)
}

/// "treated", "receiving", "ultimately": what follows a noun and is none.
fn is_participle(word: &str) -> bool {
    ["ed", "ing", "ly"].iter().any(|end| word.ends_with(end))
}

/// The symbol of a statistic right before a value: `HR = 0.5`, "an odds ratio of 2.1".
pub(super) fn symbol(tokens: &[Token], at: usize) -> Option<&'static str> {
    let mut before = tokens.iter().take(at).rev().take(4).skip_while(|token| {
        token.kind == TokenKind::Function && token.text != "OR"
            || matches!(token.text.as_str(), "=" | ":" | "(" | "~" | "≈")
    });
    let word = before.next()?;
    let lower = word.text.to_lowercase();
    let pair = before
        .next()
        .map(|first| format!("{} {lower}", first.text.to_lowercase()));
    pair.and_then(|pair| STATISTICS.get(pair.as_str()).copied())
        .or_else(|| STATISTICS.get(word.text.as_str()).copied())
        .or_else(|| STATISTICS.get(lower.as_str()).copied())
        .flatten()
}

/// Own contexts, which end at the next value of the class, and places among the values of a class.
pub(super) fn finish(tokens: &[Token], items: &mut [Item]) {
    let mut peers: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for item in items.iter() {
        peers.entry(item.class).or_default().push(item.token);
    }
    for item in items.iter_mut() {
        let peers = peers
            .get(&item.class)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let is_peer = |at: usize| at != item.token && peers.binary_search(&at).is_ok();
        let ends = |at: &usize| {
            !is_peer(*at)
                && tokens
                    .get(*at)
                    .is_some_and(|token| token.kind != TokenKind::Stop)
        };
        let backward = (item.token.saturating_sub(OWN)..item.token)
            .rev()
            .take_while(ends);
        let forward = (item.token + 1..=item.token + OWN).take_while(ends);
        let own = backward
            .chain(forward)
            .filter_map(|at| tokens.get(at))
            .filter(|token| token.kind == TokenKind::Content)
            .map(|token| token.stem)
            .collect();
        item.own = sorted(own);
        item.peers = peers.len();
        item.rank = peers.partition_point(|token| *token < item.token);
    }
}
