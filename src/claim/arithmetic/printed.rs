//! Numbers as their document prints them: `1,230`, `1230` or `1 230`.

use rust_decimal::Decimal;

/// What stands between thousands.
const SEPARATORS: [&str; 7] = [",", "\u{2009}", "\u{202f}", "\u{a0}", " ", "\'", "’"];

/// A whole number as `text` prints it; with commas between thousands where it does not.
pub fn as_printed(number: Decimal, text: &str) -> String {
    let digits = number.normalize().to_string();
    let is_whole = digits.bytes().all(|byte| byte.is_ascii_digit());
    if digits.len() < 4 || !is_whole {
        return digits;
    }
    SEPARATORS
        .iter()
        .map(|separator| grouped(&digits, separator))
        .chain([digits.clone()])
        .find(|printed| stands_in(text, printed))
        .unwrap_or_else(|| grouped(&digits, ","))
}

fn grouped(digits: &str, separator: &str) -> String {
    let mut printed = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len().saturating_sub(at).is_multiple_of(3) {
            printed.push_str(separator);
        }
        printed.push(digit);
    }
    printed
}

/// Whether a number stands in a text and is not part of a longer one.
fn stands_in(text: &str, printed: &str) -> bool {
    text.match_indices(printed).any(|(at, _)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let behind = text
            .get(at + printed.len()..)
            .and_then(|text| text.chars().next());
        let digit = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !digit(before) && !digit(behind)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_written_as_the_text_has_it() {
        for (number, text, expected) in [
            (1_230, "of 1,230 people", "1,230"),
            (1_230, "of 1230 people", "1230"),
            (1_230, "of 1 230 people", "1 230"),
            (1_230, "of 11230 people", "1,230"),
            (430, "of people", "430"),
        ] {
            assert_eq!(as_printed(Decimal::from(number), text), expected, "{text}");
        }
        assert_eq!(as_printed(Decimal::new(12_305, 1), "1230.5"), "1230.5");
    }
}
