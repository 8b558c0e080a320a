//! The words beside a number that name it: the noun behind it, the noun before its bracket, the symbol of a statistic; and so
//! what sort of number it is.

use rust_decimal::Decimal;

use super::lexis::{STATISTICS, cues};
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

/// Whether two names of arms can be one, told at another time or cut short: "tamarin" and "tamarin group at week 12", "control" and
/// "con".
pub(super) fn is_same_arm(one: &str, other: &str) -> bool {
    let (one, other) = (arm_words(one), arm_words(other));
    let is_cut = |a: &str, b: &str| {
        let is_word = |word: &str| word.len() > 2 && word.chars().all(char::is_alphabetic);
        is_word(a) && is_word(b) && (a.starts_with(b) || b.starts_with(a))
    };
    let same = |(a, b): (&String, &String)| a == b || is_cut(a, b);
    !one.is_empty() && one.len() == other.len() && one.iter().zip(&other).all(same)
}

/// The words of an arm's name without those for the group and for when it was measured.
fn arm_words(name: &str) -> Vec<String> {
    let (around, times) = (cues("beside-arm"), cues("arm-time"));
    let name = name.strip_prefix("arm ").unwrap_or(name).to_lowercase();
    let words: Vec<&str> = name
        .split(|c: char| !c.is_alphanumeric() && !matches!(c, '+' | '-' | '.' | '/'))
        .filter(|word| !word.is_empty())
        .collect();
    let is_time = |at: Option<usize>| {
        at.and_then(|at| words.get(at))
            .is_some_and(|word| times.contains(word))
    };
    let kept = words.iter().enumerate().filter(|(at, word)| {
        let dates = word.chars().all(|c| c.is_ascii_digit())
            && (is_time(at.checked_sub(1)) || is_time(at.checked_add(1)));
        !dates && !around.contains(*word) && !times.contains(*word)
    });
    kept.map(|(_, word)| (*word).to_owned()).collect()
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
            Dimension::Money | Dimension::Other => unit.ucum.to_string(),
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

#[cfg(test)]
mod tests {
    use super::is_same_arm;

    #[test]
    fn an_arm_at_another_time_is_the_same() {
        assert!(is_same_arm("arm tamarin", "arm tamarin group at week 12"));
        assert!(is_same_arm("arm control", "arm con"));
        for (one, other) in [
            ("tamarin", "placebo"),
            ("tamarin", "tamarin + placebo"),
            ("tamarin 120 mg", "tamarin 480 mg"),
            ("group 1", "group 2"),
            ("7.5/46", "15/92"),
        ] {
            assert!(!is_same_arm(one, other), "{one}, {other}");
        }
    }
}
