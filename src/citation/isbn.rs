//! ISBNs: which of a text are whole, by their check digits.
//!
//! An ISBN that is misprinted names no book or another one, so it is not taken. ISBN Users' Manual, 7th edition,
//! section 5.4.

use std::sync::LazyLock;

use regex::Regex;

/// "ISBN 978-0-306-40615-7", "ISBN-10: 0 306 40615 2".
static PRINTED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)ISBN(?:[- ]?1[03])?(?:\s*\([^)]{1,20}\))?:?\s*([0-9][0-9\s\u{2010}-\u{2013}-]{8,20}[0-9X])").ok()
});

/// The first whole ISBN that a text announces as one.
pub(crate) fn printed(text: &str) -> Option<String> {
    let found = PRINTED.as_ref()?.captures_iter(text);
    found
        .filter_map(|captures| captures.get(1))
        .find_map(|digits| first(digits.as_str()))
}

/// The first whole ISBN of a field that holds nothing else: `978-0-306-40615-7, 0-306-40615-2`.
pub(crate) fn first(field: &str) -> Option<String> {
    valid(field).or_else(|| field.split([' ', ',', ';', '\u{a0}']).find_map(valid))
}

/// The digits of an ISBN, hyphens and blanks taken out, where the check digit fits.
pub(crate) fn valid(printed: &str) -> Option<String> {
    let is_gap = |c: &char| c.is_whitespace() || matches!(c, '-' | '\u{2010}'..='\u{2013}');
    let isbn: String = printed
        .chars()
        .filter(|c| !is_gap(c))
        .map(|c| c.to_ascii_uppercase())
        .collect();
    let last = isbn.chars().count().checked_sub(1)?;
    let mut digits = Vec::new();
    for (at, c) in isbn.chars().enumerate() {
        match c {
            'X' if at == 9 && last == 9 => digits.push(10),
            _ => digits.push(c.to_digit(10)?),
        }
    }
    let fits = match digits.len() {
        10 => weighted(&digits, |at| 10 - at) % 11 == 0,
        13 => isbn.starts_with("97") && weighted(&digits, |at| 1 + at % 2 * 2) % 10 == 0,
        _ => false,
    };
    fits.then_some(isbn)
}

fn weighted(digits: &[u32], weight: impl Fn(u32) -> u32) -> u32 {
    digits
        .iter()
        .zip(0..)
        .map(|(digit, at)| digit * weight(at))
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_digit_tells_whole_isbns() {
        for (text, expected) in [
            ("978-0-306-40615-7", Some("9780306406157")),
            ("0-306-40615-2", Some("0306406152")),
            ("0-8044-2957-x", Some("080442957X")),
            ("978-0-306-40615-8", None),
            ("0-306-40615-3", None),
            ("0-X06-40615-2", None),
            ("", None),
            ("é78", None),
        ] {
            assert_eq!(valid(text).as_deref(), expected, "{text}");
        }
    }

    #[test]
    fn an_isbn_is_read_where_the_text_says_it_is_one() {
        for (text, expected) in [
            (
                "Lind B. Feet. Oslo: Foot Press; 2019. ISBN 978-0-306-40615-7.",
                Some("9780306406157"),
            ),
            ("ISBN-10: 0 306 40615 2 (paper)", Some("0306406152")),
            ("ISBN (print): 978–0–306–40615–7", Some("9780306406157")),
            ("ISBN 0-306-40615-2 2019", Some("0306406152")),
            (
                "ISBN 978-0-306-40615-0. ISBN 0-306-40615-2",
                Some("0306406152"),
            ),
            ("Call 978-0-306-40615-7", None),
        ] {
            assert_eq!(printed(text).as_deref(), expected, "{text}");
        }
        assert_eq!(first("978-1, 0-306-40615-2").as_deref(), Some("0306406152"));
    }
}
