//! Quantities of small texts, one line a quantity: `text [low,high] unit`, then what else is known.

mod forms;
mod names;
mod numbers;
mod phrases;
mod printed;
mod problems;
mod properties;
mod units;

use std::fmt::Write as _;

use super::*;

/// One quantity in the notation of the tests.
fn render(text: &str, quantity: &Quantity) -> String {
    let mut line = text.get(quantity.range.clone()).unwrap().to_owned();
    let bound = |value: Decimal| {
        if value == UNBOUNDED {
            "∞".to_owned()
        } else if value == -UNBOUNDED {
            "-∞".to_owned()
        } else {
            value.normalize().to_string()
        }
    };
    write!(line, " [{},{}]", bound(quantity.low), bound(quantity.high)).unwrap();
    if let Some(unit) = &quantity.unit {
        write!(line, " {}", unit.ucum).unwrap();
    }
    if quantity.role != Role::Value {
        write!(line, " {:?}", quantity.role).unwrap();
    }
    if let Some(numerator) = quantity.numerator {
        write!(line, " n={}", numerator.normalize()).unwrap();
    }
    if let Some(denominator) = quantity.denominator {
        write!(line, " N={}", denominator.normalize()).unwrap();
    }
    if let Some(tolerance) = quantity.tolerance {
        write!(line, " ±{}", tolerance.normalize()).unwrap();
    }
    if let Some(interval) = &quantity.interval {
        write!(
            line,
            " ci={}..{}",
            interval.low.normalize(),
            interval.high.normalize()
        )
        .unwrap();
        if let Some(level) = interval.level {
            write!(line, "@{}", level.normalize()).unwrap();
        }
    }
    line
}

/// Compares all quantities of a text, joined by `; `.
#[track_caller]
fn check(text: &str, expected: &str) {
    let found: Vec<String> = read(text, &[])
        .iter()
        .map(|quantity| render(text, quantity))
        .collect();
    assert_eq!(found.join("; "), expected, "in {text:?}");
}

/// Checks texts that hold no quantity.
#[track_caller]
fn none(texts: &[&str]) {
    for text in texts {
        check(text, "");
    }
}
