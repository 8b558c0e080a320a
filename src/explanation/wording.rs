//! The words for routes, dimensions and bounds.

use rust_decimal::Decimal;

use crate::claim::{DimensionName, Frame};
use crate::quantity::{Quantity, UNBOUNDED};

/// A route as people call it: "row header".
pub fn frame_name(frame: Frame) -> &'static str {
    match frame {
        Frame::ColumnHeader => "column header",
        Frame::RowHeader => "row header",
        Frame::Caption => "caption",
        Frame::Sentence => "same sentence",
        Frame::Cell => "same cell",
        Frame::Note => "table note",
        Frame::Heading => "heading",
        Frame::PreviousSentence => "earlier sentence",
        Frame::Title => "title",
        Frame::Default => "likeliest of the document",
    }
}

/// Where the words of a route stand: "in the row header".
pub fn frame_phrase(frame: Frame) -> String {
    let article = match frame {
        Frame::ColumnHeader
        | Frame::RowHeader
        | Frame::Caption
        | Frame::Sentence
        | Frame::Cell
        | Frame::Heading
        | Frame::Title => "in the",
        Frame::Note => "in a",
        Frame::PreviousSentence => "in an",
        Frame::Default => "as the",
    };
    format!("{article} {}", frame_name(frame))
}

/// A dimension as people call it: "time point".
pub(super) fn dimension_name(dimension: DimensionName) -> &'static str {
    match dimension {
        DimensionName::Measure => "measure",
        DimensionName::Study => "study",
        DimensionName::Arm => "arm",
        DimensionName::Population => "population",
        DimensionName::Cohort => "cohort",
        DimensionName::TimePoint => "time point",
    }
}

/// A number without trailing zeros, its thousands set apart by commas from five digits on: "12000" is 12,000, and 1640 stays.
pub(super) fn number(number: Decimal) -> String {
    let plain = number.normalize().to_string();
    let (sign, digits) = plain
        .strip_prefix('-')
        .map_or(("", plain.as_str()), |digits| ("-", digits));
    let (whole, fraction) = digits
        .split_once('.')
        .map_or((digits, None), |(whole, fraction)| (whole, Some(fraction)));
    let mut out = sign.to_owned();
    for (at, digit) in whole.chars().enumerate() {
        let rest = whole.len() - at;
        if at > 0 && whole.len() > 4 && rest.is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    if let Some(fraction) = fraction {
        out.extend([".", fraction]);
    }
    out
}

/// A number with the unit of a quantity: "30.5%", "5.55 months".
pub(super) fn with_unit(value: Decimal, quantity: &Quantity) -> String {
    let printed = number(value);
    match &quantity.unit {
        None => printed,
        Some(unit) if unit.printed == "%" => format!("{printed}%"),
        Some(unit) if unit.range.start == quantity.range.start => {
            format!("{}{printed}", unit.printed)
        }
        Some(unit) => format!("{printed} {}", unit.printed),
    }
}

/// The true values that would be printed as a quantity is: "30.5% to 31.5%", "above 10 months".
pub(super) fn bounds(quantity: &Quantity) -> String {
    let low = (quantity.low.abs() < UNBOUNDED).then(|| with_unit(quantity.low, quantity));
    let high = (quantity.high.abs() < UNBOUNDED).then(|| with_unit(quantity.high, quantity));
    match (low, high) {
        (Some(low), Some(high)) => match &quantity.unit {
            Some(unit) if high.ends_with(&format!(" {}", unit.printed)) => {
                format!("{} to {high}", number(quantity.low))
            }
            Some(_) | None => format!("{low} to {high}"),
        },
        (Some(low), None) => format!("{low} and more"),
        (None, Some(high)) => format!("{high} and less"),
        (None, None) => "any value".to_owned(),
    }
}

/// "a", "a and b", "a, b and c".
pub(super) fn list(words: &[String]) -> String {
    match words.split_last() {
        None => String::new(),
        Some((only, [])) => only.clone(),
        Some((last, others)) => format!("{} and {last}", others.join(", ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart_from_five_digits_on() {
        for (plain, expected) in [
            ("1640", "1640"),
            ("11999.50", "11,999.5"),
            ("-411500000", "-411,500,000"),
            ("0.05", "0.05"),
        ] {
            let value = Decimal::from_str_exact(plain).unwrap();
            assert_eq!(number(value), expected);
        }
    }
}
