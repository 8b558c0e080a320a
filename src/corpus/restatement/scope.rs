//! What narrows the values of a sentence: years, time points, phases, and the words of `restatement-facets.tsv`.

use rust_decimal::Decimal;

use super::item::NEAR;
use super::lexis::{FACETS, Facet, cues};
use super::token::{Token, TokenKind};
use crate::ontology::Dimension;
use crate::quantity::{Modifier, Quantity, Role};

/// What a number of a sentence is there for.
pub(super) enum Purpose {
    Value,
    Scope(Facet),
    Nothing,
}

/// Whether a number is compared, says when, or neither.
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
    if !is_time || quantity.modifiers.iter().any(measured) || told() {
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

/// What the words of a sentence narrow, each with the position of its token.
pub(super) fn worded_facets(tokens: &[Token]) -> Vec<(usize, Facet)> {
    let mut facets = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        let lower = token.text.to_lowercase();
        if let Some(found) = FACETS.get(lower.as_str()) {
            // "May" and "may".
            let is_name = !found.iter().any(|facet| facet.class == "month")
                || token.text.starts_with(char::is_uppercase) && at > 0;
            if is_name {
                facets.extend(found.iter().map(|facet| (at, facet.clone())));
            }
        }
        if is_year(&token.text) {
            facets.push((
                at,
                Facet {
                    class: "year".to_owned(),
                    value: token.text.clone(),
                    hard: true,
                },
            ));
        }
        if lower == "phase"
            && let Some(number) = tokens.get(at + 1).filter(|next| next.is_word())
        {
            facets.push((
                at,
                Facet {
                    class: "phase".to_owned(),
                    value: roman(&number.text),
                    hard: true,
                },
            ));
        }
    }
    facets
}

/// `II` as `2`, `IIb` as `2b`; anything else as it is, in lower case.
fn roman(text: &str) -> String {
    let lower = text.to_lowercase();
    for (roman, arabic) in [("iii", "3"), ("iv", "4"), ("ii", "2"), ("i", "1")] {
        if let Some(rest) = lower.strip_prefix(roman)
            && rest.len() <= 1
        {
            return format!("{arabic}{rest}");
        }
    }
    lower
}

/// `1995`, `2021`.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}
