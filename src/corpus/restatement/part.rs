//! What is printed with a value and belongs to it: the bounds of its interval and its spread.
//!
//! An estimate told twice is told with its interval twice. Where estimate and one bound are equal, the other bound can only
//! differ by a slip; it has no meaning by itself and is never compared with another value.

use rust_decimal::Decimal;

use super::item::{End, Item, significant};
use super::lexis::Kind;
use super::score::Piece;
use super::slip::{digits, is_slip, is_transposed};
use crate::claim::Figure;
use crate::markdown::Document;
use crate::quantity::Quantity;

/// So many significant digits of the equal numbers, together, tell that two estimates are one; an equal value beside them
/// counts as a digit.
const TELLING: usize = 5;
/// So many of the one value that stands with a spread.
const TELLING_MEAN: usize = 3;

/// So many bytes behind a value its spread ends.
const REACH: usize = 30;

/// A part of a printed value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Part {
    /// Lower bound of its interval.
    Low,
    /// Upper bound of its interval.
    High,
    /// Standard deviation or error, or tolerance.
    Spread,
}

/// The part in which two equal values differ by a slip, with what speaks for it; nothing where too little is equal. `told` is
/// the first of them as printed, `companions` how many values of their sentences are equal.
pub(super) fn differing(
    f: &Item,
    g: &Item,
    told: &str,
    companions: usize,
) -> Option<(Part, Vec<Piece>)> {
    let whole = f.end == End::Whole && g.end == End::Whole && f.value == g.value;
    if !whole || f.detail.is_test {
        return None;
    }
    let (part, pair, equal) = match (f.interval, g.interval) {
        (Some(a), Some(b)) if a.0 == b.0 => (Part::High, (a.1, b.1), Some(a.0)),
        (Some(a), Some(b)) if a.1 == b.1 => (Part::Low, (a.0, b.0), Some(a.1)),
        (Some(_), Some(_)) => return None,
        (Some(_) | None, None) | (None, Some(_)) => {
            (Part::Spread, (f.detail.spread?, g.detail.spread?), None)
        }
    };
    let own = significant(&f.digits);
    let with = equal.map_or(0, |bound| significant(&digits(bound)));
    let is_told = match equal {
        Some(_) => own + with + companions.saturating_sub(1) >= TELLING,
        None => own >= TELLING_MEAN && significant(&digits(pair.0)) >= 2,
    };
    let is_slip = pair.0.scale() == pair.1.scale() && is_slip(&digits(pair.0), &digits(pair.1));
    if !is_told || !is_slip {
        return None;
    }
    let value = told.split(['±', '(']).next().unwrap_or(told).trim();
    let mut found = vec![Piece::whole(Kind::Number, value)];
    found.extend(equal.map(|bound| Piece::whole(Kind::Number, bound.to_string())));
    found.push(slip(&digits(pair.0), &digits(pair.1)));
    Some((part, found))
}

/// The parts of a quantity with a value.
pub(super) fn of(quantity: &Quantity) -> impl Iterator<Item = (Part, Decimal)> {
    let bounds = quantity.interval.as_ref();
    let parts = [
        (Part::Spread, quantity.tolerance),
        (Part::Low, bounds.map(|interval| interval.low)),
        (Part::High, bounds.map(|interval| interval.high)),
    ];
    parts
        .into_iter()
        .filter_map(|(part, value)| Some((part, value?)))
}

/// How two parts differ.
pub(super) fn slip(one: &str, other: &str) -> Piece {
    let kind = if is_transposed(one, other) {
        Kind::Transposed
    } else {
        Kind::Digit
    };
    Piece::whole(kind, "")
}

/// Whether a kind of evidence says what the parts of two values are to each other.
pub(super) fn is_of_parts(kind: Kind) -> bool {
    matches!(kind, Kind::Bounds | Kind::SpreadDiffers)
}

/// A figure with a part of it, as printed: `20.29 (18.72 to 21.86)`.
pub(super) fn printed(part: Part, figure: &Figure, document: &Document) -> Option<String> {
    let (place, quantity) = (&figure.place, figure.quantity.as_ref()?);
    let value = document.plain(place);
    Some(match part {
        Part::Low | Part::High => {
            let interval = quantity.interval.as_ref();
            interval.map_or_else(
                || value.to_owned(),
                |interval| format!("{value} ({} to {})", interval.low, interval.high),
            )
        }
        Part::Spread if quantity.tolerance.is_some() => value.to_owned(),
        Part::Spread => {
            let text = document.text_at(place.block, place.cell)?;
            let behind = text.plain.get(place.range.end..)?;
            let end = behind
                .find(')')
                .filter(|end| *end < REACH && behind.trim_start().starts_with('('));
            // A spread in brackets is told by its mean, and in a cell by itself.
            end.map_or_else(
                || Some(value.to_owned()),
                |end| Some(format!("{value}{}", behind.get(..=end)?)),
            )?
        }
    })
}
