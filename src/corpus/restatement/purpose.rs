//! What a number is in its sentence: a value, what narrows the values beside it, or neither.
//!
//! A time is a value where it was measured (a mean, a duration, one with a spread) and a time point elsewhere.

use rust_decimal::Decimal;

use super::item::NEAR;
use super::lexis::{Facet, cues};
use super::token::{Token, TokenKind};
use crate::ontology::Dimension;
use crate::quantity::{Modifier, Quantity, Role};

/// What a number is in its sentence.
pub(super) enum Purpose {
    /// A value that can be told twice.
    Value,
    /// What narrows the values beside it: a year, a time point.
    Scope(Facet),
    /// Neither: a p-value, a version.
    Nothing,
}

/// What the number at a token is for.
pub(super) fn purpose(tokens: &[Token], at: usize, quantity: &Quantity) -> Purpose {
    match quantity.role {
        Role::Value | Role::SampleSize => {}
        Role::Date => {
            let year = quantity.value.filter(|value| {
                value.is_integer() && *value >= Decimal::from(1800) && *value < Decimal::from(2100)
            });
            return year.map_or(Purpose::Nothing, |year| {
                Purpose::Scope(Facet {
                    class: "year".to_owned(),
                    value: year.normalize().to_string(),
                    hard: true,
                })
            });
        }
        Role::PValue | Role::Ratio | Role::ConfidenceLevel => return Purpose::Nothing,
    }
    let versions = cues("version");
    let mut before = tokens.iter().take(at).rev();
    let label = before.find(|token| token.kind != TokenKind::Sign);
    if label.is_some_and(|token| versions.contains(token.text.to_lowercase().as_str())) {
        return Purpose::Nothing;
    }
    let is_time = quantity
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == Dimension::Time);
    let durations = cues("duration");
    let told = || {
        let nearby = tokens.iter().take(at + NEAR + 1);
        nearby
            .skip(at.saturating_sub(NEAR))
            .any(|token| durations.contains(token.text.to_lowercase().as_str()))
    };
    let measured = |modifier| matches!(modifier, &Modifier::Median | &Modifier::Mean);
    let has_spread = quantity.tolerance.is_some() || quantity.interval.is_some();
    if !is_time || has_spread || quantity.modifiers.iter().any(measured) || told() {
        return Purpose::Value;
    }
    let factor = quantity
        .unit
        .as_ref()
        .map_or(Decimal::ONE, |unit| unit.factor);
    let days = quantity
        .value
        .and_then(|value| value.checked_mul(factor))
        .map(|days| days.round_dp(2).normalize().to_string());
    days.map_or(Purpose::Nothing, |value| {
        Purpose::Scope(Facet {
            class: "time point".to_owned(),
            value: format!("{value} days"),
            hard: false,
        })
    })
}

/// `28-day`, `two-arm`: the number says what kind of thing follows.
pub(super) fn is_modifier(text: &str) -> bool {
    text.split('-')
        .skip(1)
        .any(|rest| rest.starts_with(char::is_alphabetic))
        && text.contains(|c: char| c.is_ascii_digit())
}
