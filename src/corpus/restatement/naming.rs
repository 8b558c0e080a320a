//! The words beside a number that name it: the noun behind it, the noun before its bracket, the symbol of a statistic; and so
//! what sort of number it is.

use rust_decimal::Decimal;

use super::lexis::STATISTICS;
use super::token::{Token, TokenKind};
use crate::ontology::Dimension;
use crate::quantity::{Quantity, Role};

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
    before.next().filter(|token| token.text.as_ref() == "(")?;
    let noun = before.next()?;
    (noun.kind == TokenKind::Content).then_some(noun.stem)
}

/// "treated", "receiving", "ultimately": what follows a noun and is none.
fn is_participle(word: &str) -> bool {
    ["ed", "ing", "ly"].iter().any(|end| word.ends_with(end))
}

/// The symbol of a statistic right before a value: `HR = 0.5`, "an odds ratio of 2.1".
fn symbol(tokens: &[Token], at: usize) -> Option<&'static str> {
    let mut before = tokens.iter().take(at).rev().take(4).skip_while(|token| {
        token.kind == TokenKind::Function && token.text.as_ref() != "OR"
            || matches!(token.text.as_ref(), "=" | ":" | "(" | "~" | "≈")
    });
    let word = before.next()?;
    let lower = word.text.to_lowercase();
    let pair = before
        .next()
        .map(|first| format!("{} {lower}", first.text.to_lowercase()));
    pair.and_then(|pair| STATISTICS.get(pair.as_str()).copied())
        .or_else(|| STATISTICS.get(word.text.as_ref()).copied())
        .or_else(|| STATISTICS.get(lower.as_str()).copied())
        .flatten()
}

/// What sort of number a value is: only values of one sort are compared.
pub(super) fn class(tokens: &[Token], at: usize, quantity: &Quantity, value: Decimal) -> String {
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
