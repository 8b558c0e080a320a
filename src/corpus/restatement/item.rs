//! The values of a sentence that can be compared, each with its context and without itself.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::detail::Detail;
use super::facet::worded_facets;
use super::lexis::Facet;
use super::naming::{bracketed, class, head};
use super::purpose::{Purpose, is_modifier, purpose};
use super::token::{Token, TokenKind};
use super::words::Names;
use crate::claim::Figure;
use crate::quantity::{Modifier, Quantity, Role};

/// So many tokens on either side are a figure's own context.
const OWN: usize = 12;
/// So many are near it.
pub(super) const NEAR: usize = 5;

/// So many significant digits make a number long.
const LONG: usize = 5;

/// Which end of a range a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum End {
    Whole,
    Low,
    High,
}

/// A value with its context.
#[derive(Clone, Debug)]
pub(super) struct Item {
    /// Index in [`Statements::figures`](crate::claim::Statements::figures).
    pub(super) figure: usize,
    /// Position among the tokens.
    pub(super) token: usize,
    /// What sort of number it is: only values of one class are compared.
    pub(super) class: u32,
    /// In the canonical unit of its dimension.
    pub(super) value: Decimal,
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    /// Digits as printed; without trailing zeros from a million on.
    pub(super) digits: String,
    pub(super) end: End,
    /// Confidence interval printed with it.
    pub(super) interval: Option<(Decimal, Decimal)>,
    /// Whether it is a number of things.
    pub(super) is_count: bool,
    /// Whether it has neither unit nor symbol.
    pub(super) is_bare: bool,
    /// What is counted.
    pub(super) head: Option<u32>,
    pub(super) own: Vec<u32>,
    pub(super) near: Vec<u32>,
    pub(super) next: Option<u32>,
    pub(super) previous: Option<u32>,
    pub(super) before: Vec<u32>,
    pub(super) after: Vec<u32>,
    pub(super) facets: Vec<Facet>,
    /// Place among the values of its class in the sentence.
    pub(super) rank: usize,
    /// How many values of its class the sentence has.
    pub(super) peers: usize,
    /// What stands right beside it.
    pub(super) detail: Detail,
}

impl Item {
    /// Whether one true value could have been printed as both.
    pub(super) fn agrees(&self, other: &Self) -> bool {
        self.low < other.high && other.low < self.high
    }

    /// Whether it is precise enough for its equality elsewhere to mean something.
    pub(super) fn is_precise(&self) -> bool {
        significant(&self.digits) >= 3
    }

    /// Whether it has so many digits that a number apart from it in one slip is hardly another one.
    pub(super) fn is_long(&self) -> bool {
        significant(&self.digits) >= LONG
    }

    /// Whether its equality elsewhere says anything: no small count, no 95 or 100.
    pub(super) fn is_telling(&self) -> bool {
        let plain = [Decimal::from(95), Decimal::ONE_HUNDRED];
        !(plain.contains(&self.value) || self.is_count && self.value < Decimal::TEN)
    }
}

pub(super) fn significant(digits: &str) -> usize {
    let digits = digits.trim_start_matches('0');
    digits.trim_end_matches('0').len().max(digits.len().min(2))
}

/// Values and facets of a sentence's tokens.
pub(super) fn items(
    tokens: &[Token],
    figures: &[Figure],
    names: &mut Names,
) -> (Vec<Item>, Vec<(usize, Facet)>) {
    let mut facets = worded_facets(tokens);
    let mut items = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Figure(index) = token.kind else {
            continue;
        };
        let Some(quantity) = figures
            .get(index)
            .and_then(|figure| figure.quantity.as_ref())
        else {
            continue;
        };
        match purpose(tokens, at, quantity) {
            Purpose::Scope(facet) => facets.push((at, facet)),
            Purpose::Nothing => {}
            Purpose::Value => {
                let mut context = context(tokens, at, index);
                context.head = head(tokens, at).or_else(|| bracketed(tokens, at));
                values(tokens, quantity, &context, names, &mut items);
            }
        }
    }
    finish(tokens, &mut items);
    facets.sort_by_key(|(at, _)| *at);
    for item in &mut items {
        let from = item.token.saturating_sub(NEAR);
        let first = facets.partition_point(|(at, _)| *at < from);
        item.facets = facets
            .iter()
            .skip(first)
            .take_while(|(at, _)| *at <= item.token + NEAR)
            .map(|(_, facet)| facet.clone())
            .collect();
        item.facets.sort();
        item.facets.dedup();
    }
    (items, facets)
}

/// Ratios to one (`3:1`) of a sentence's tokens.
pub(super) fn ratios(tokens: &[Token], figures: &[Figure], names: &mut Names) -> Vec<Item> {
    let mut items = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let TokenKind::Figure(index) = token.kind else {
            continue;
        };
        let quantity = figures
            .get(index)
            .and_then(|figure| figure.quantity.as_ref());
        let Some((quantity, value)) = quantity
            .filter(|quantity| {
                quantity.role == Role::Ratio && quantity.denominator == Some(Decimal::ONE)
            })
            .and_then(|quantity| Some((quantity, quantity.value?)))
        else {
            continue;
        };
        let bounds = (quantity.low, quantity.high);
        let item = of(
            &context(tokens, at, index),
            value,
            bounds,
            Decimal::ONE,
            End::Whole,
        );
        items.extend(item.map(|item| Item {
            class: names.id("class ratio"),
            ..item
        }));
    }
    finish(tokens, &mut items);
    items
}

/// An item with nothing but its context.
fn context(tokens: &[Token], at: usize, figure: usize) -> Item {
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

pub(super) fn sorted<T: Ord>(mut values: Vec<T>) -> Vec<T> {
    values.sort_unstable();
    values.dedup();
    values
}

fn values(
    tokens: &[Token],
    quantity: &Quantity,
    context: &Item,
    names: &mut Names,
    items: &mut Vec<Item>,
) {
    let text = tokens
        .get(context.token)
        .map_or("", |token| token.text.as_ref());
    if is_modifier(text) {
        return;
    }
    let factor = quantity
        .unit
        .as_ref()
        .map_or(Decimal::ONE, |unit| unit.factor);
    let counted = [quantity.numerator, quantity.denominator];
    let mut plain: Vec<Decimal> = counted.into_iter().flatten().collect();
    let share = quantity.unit.is_some();
    if !plain.is_empty() && !share {
        // `15 of 164` without a percentage: the value is the first of them.
    } else if let Some(value) = quantity.value {
        let bounds = (quantity.low, quantity.high);
        let class = class(tokens, context.token, quantity, value);
        let end = End::Whole;
        let item = of(context, value, bounds, factor, end);
        items.extend(item.map(|item| classed(item, &class, names, quantity)));
    } else if quantity.modifiers.contains(&Modifier::Range) {
        let ends = [(quantity.low, End::Low), (quantity.high, End::High)];
        for (value, end) in ends {
            let class = class(tokens, context.token, quantity, value);
            let half = Decimal::new(5, value.scale().min(20) + 1);
            let item = of(context, value, (value - half, value + half), factor, end);
            items.extend(item.map(|item| classed(item, &class, names, quantity)));
        }
    }
    plain.dedup();
    for value in plain {
        let half = Decimal::new(5, 1);
        let bounds = (value - half, value + half);
        if let Some(item) = of(context, value, bounds, Decimal::ONE, End::Whole) {
            items.push(Item {
                class: names.id("class count"),
                is_count: true,
                is_bare: true,
                ..item
            });
        }
    }
}

fn of(
    context: &Item,
    value: Decimal,
    bounds: (Decimal, Decimal),
    factor: Decimal,
    end: End,
) -> Option<Item> {
    let digits: String = value
        .to_string()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let digits = if value >= Decimal::from(1_000_000) {
        let plain = value.normalize().to_string();
        plain.trim_end_matches('0').replace('.', "")
    } else {
        digits
    };
    Some(Item {
        value: value.checked_mul(factor)?.normalize(),
        low: bounds.0.checked_mul(factor)?,
        high: bounds.1.checked_mul(factor)?,
        digits,
        end,
        ..context.clone()
    })
}

fn classed(item: Item, class: &str, names: &mut Names, quantity: &Quantity) -> Item {
    let interval = quantity
        .interval
        .as_ref()
        .map(|interval| (interval.low, interval.high));
    Item {
        class: names.id(&format!("class {class}")),
        is_count: class == "count",
        is_bare: class == "count" || class == "number",
        interval,
        ..item
    }
}

/// Own contexts, which end at the next value of the class, and places among the values of a class.
fn finish(tokens: &[Token], items: &mut [Item]) {
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
