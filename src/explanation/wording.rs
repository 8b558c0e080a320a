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
        Frame::Default => "the only one of the document",
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
        Frame::Default => return frame_name(frame).to_owned(),
    };
    format!("{article} {}", frame_name(frame))
}

/// A dimension as people call it: "time point".
pub fn dimension_name(dimension: DimensionName) -> &'static str {
    match dimension {
        DimensionName::Measure => "measure",
        DimensionName::Study => "study",
        DimensionName::Arm => "arm",
        DimensionName::Population => "population",
        DimensionName::Cohort => "cohort",
        DimensionName::TimePoint => "time point",
    }
}

/// A number with the unit of a quantity: "30.5%", "5.55 months".
pub(super) fn with_unit(number: Decimal, quantity: &Quantity) -> String {
    let number = number.normalize();
    match &quantity.unit {
        None => number.to_string(),
        Some(unit) if unit.printed == "%" => format!("{number}%"),
        Some(unit) if unit.range.start == quantity.range.start => {
            format!("{}{number}", unit.printed)
        }
        Some(unit) => format!("{number} {}", unit.printed),
    }
}

/// The true values that would be printed as a quantity is: "30.5% to 31.5%", "above 10 months".
pub(super) fn bounds(quantity: &Quantity) -> String {
    let low = (quantity.low.abs() < UNBOUNDED).then(|| with_unit(quantity.low, quantity));
    let high = (quantity.high.abs() < UNBOUNDED).then(|| with_unit(quantity.high, quantity));
    match (low, high) {
        (Some(low), Some(high)) => match &quantity.unit {
            Some(unit) if high.ends_with(&format!(" {}", unit.printed)) => {
                format!("{} to {high}", quantity.low.normalize())
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
