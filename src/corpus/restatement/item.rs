//! The values of a sentence that can be compared, each with its context and without itself.

use rust_decimal::Decimal;

use super::context::{bracketed, context, finish, head, symbol};
use super::detail::Detail;
use super::lexis::Facet;
use super::scope::{Purpose, purpose, worded_facets};
use super::token::{Token, TokenKind};
use super::words::Names;
use crate::claim::Figure;
use crate::ontology::Dimension;
use crate::quantity::{Modifier, Quantity, Role};

/// So many tokens on either side are near a value.
pub(super) const NEAR: usize = 5;

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

    /// Whether its equality elsewhere says anything: no small count, no 95 or 100.
    pub(super) fn is_telling(&self) -> bool {
        let plain = [Decimal::from(95), Decimal::ONE_HUNDRED];
        !(plain.contains(&self.value) || self.is_count && self.value < Decimal::TEN)
    }
}

fn significant(digits: &str) -> usize {
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
        .map_or("", |token| token.text.as_str());
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

/// `28-day`, `two-arm`: the number says what kind of thing follows.
fn is_modifier(text: &str) -> bool {
    text.split('-')
        .skip(1)
        .any(|rest| rest.starts_with(char::is_alphabetic))
        && text.contains(|c: char| c.is_ascii_digit())
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
        .map(|interval| (interval.low.normalize(), interval.high.normalize()));
    Item {
        class: names.id(&format!("class {class}")),
        is_count: class == "count",
        is_bare: class == "count" || class == "number",
        interval,
        ..item
    }
}

fn class(tokens: &[Token], at: usize, quantity: &Quantity, value: Decimal) -> String {
    if let Some(unit) = &quantity.unit {
        return match unit.dimension {
            Dimension::Proportion => "%".to_owned(),
            Dimension::PercentagePoint => "percentage points".to_owned(),
            Dimension::Time => "time".to_owned(),
            Dimension::Multiple => "multiple".to_owned(),
            Dimension::Count if value.is_integer() => "count".to_owned(),
            Dimension::Length
            | Dimension::Mass
            | Dimension::Volume
            | Dimension::Temperature
            | Dimension::Data
            | Dimension::Count => format!("{:?}", unit.dimension),
            Dimension::Money | Dimension::Other => unit.ucum.clone(),
        };
    }
    if quantity.role == Role::SampleSize {
        return "count".to_owned();
    }
    match symbol(tokens, at) {
        Some(symbol) => format!("statistic {symbol}"),
        None if value.scale() == 0 => "count".to_owned(),
        None => "number".to_owned(),
    }
}
