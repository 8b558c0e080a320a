//! How a document writes its numbers, where that is not what English does.

use std::borrow::Cow;

/// What stands between whole and decimals.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Notation {
    /// `1,234.5`.
    #[default]
    DecimalPoint,
    /// `1.234,5`.
    DecimalComma,
}

impl Notation {
    /// A text with its numbers in the English notation. Every byte keeps its place: only commas and points between digits are
    /// exchanged, a point only in front of three digits.
    pub fn with_points(self, text: &str) -> Cow<'_, str> {
        match self {
            Self::DecimalPoint => Cow::Borrowed(text),
            Self::DecimalComma => Cow::Owned(exchanged(text)),
        }
    }
}

fn exchanged(text: &str) -> String {
    let bytes = text.as_bytes();
    let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
    text.char_indices()
        .map(|(at, character)| {
            let between = at > 0 && digit(at - 1) && digit(at + 1);
            let group = digit(at + 2) && digit(at + 3) && !digit(at + 4);
            match character {
                ',' if between => '.',
                '.' if between && group => ',',
                other => other,
            }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_and_points_are_exchanged_between_digits() {
        let check = |text: &str, expected: &str| {
            let read = Notation::DecimalComma.with_points(text);
            assert_eq!(read, expected);
            assert_eq!(read.len(), text.len());
            assert_eq!(Notation::DecimalPoint.with_points(text), text);
        };
        check("1.234,56 €", "1,234.56 €");
        check("3,14 and 1.000.000", "3.14 and 1,000,000");
        check("on 12.03.2020, 5 of 7", "on 12.03.2020, 5 of 7");
        check("v1.2", "v1.2");
        check(",5 5, 5", ",5 5, 5");
    }
}
