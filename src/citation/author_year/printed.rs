//! What could be a mark of author and year by the look of one text alone.

use std::ops::Range;

use super::names::names;

/// Longest text between brackets that is searched, in bytes.
const LONGEST: usize = 2_000;

/// One work that a mark names.
pub(super) struct Named {
    /// Family name of the first author, folded.
    pub(super) family: String,
    /// As printed, with the year.
    pub(super) label: String,
    /// With its letter, where it has one.
    pub(super) year: String,
    /// Whether "et al." or a pair of names shows that this is a citation.
    pub(super) certain: bool,
}

/// A possible mark of one text.
pub(super) struct Found {
    /// Bytes of the text.
    pub(super) range: Range<usize>,
    pub(super) works: Vec<Named>,
}

/// The possible marks of a text.
pub(super) fn marks(plain: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (open, _) in plain.match_indices(['(', '[']) {
        let Some(inside) = plain.get(open + 1..) else {
            continue;
        };
        let Some(length) = closing(inside) else {
            continue;
        };
        let inside = inside.get(..length).unwrap_or_default();
        if !inside.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let range = open..open + length + 2;
        let before = plain.get(..open).unwrap_or_default();
        let Some(mark) = in_prose(before, inside, &range).or_else(|| in_brackets(inside, range))
        else {
            continue;
        };
        found.push(mark);
    }
    found
}

/// Bytes up to the bracket that closes; brackets with a number inside (`2013[43]`) may stand between.
fn closing(inside: &str) -> Option<usize> {
    let mut nested = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if at > LONGEST => return None,
            '[' if !nested => nested = true,
            ']' if nested => nested = false,
            ')' | ']' => return Some(at),
            '(' | '[' => return None,
            _ => {}
        }
    }
    None
}

/// "(Okafor et al., 2020; see Lind 2019)": every part that ends in years names works.
fn in_brackets(inside: &str, range: Range<usize>) -> Option<Found> {
    let works: Vec<Named> = inside.split(';').flat_map(works).collect();
    (!works.is_empty()).then_some(Found { range, works })
}

/// "Okafor et al. (2020)": only years between the brackets, and names before them.
fn in_prose(before: &str, inside: &str, range: &Range<usize>) -> Option<Found> {
    let years = years(inside);
    let (first, _) = years.first()?;
    let only_years = *first == 0
        && inside.split([',', ';']).all(|part| {
            self::years(part.trim())
                .first()
                .is_some_and(|(at, year)| *at == 0 && year.len() == part.trim().len())
        });
    if !only_years || !before.ends_with(char::is_whitespace) {
        return None;
    }
    let names = names(before)?;
    let works = years
        .into_iter()
        .map(|(_, year)| names.work(year))
        .collect();
    Some(Found {
        range: names.start..range.end,
        works,
    })
}

/// The works one part names: names, then a year or several.
fn works(part: &str) -> Vec<Named> {
    let years = years(part);
    let Some((first, _)) = years.first() else {
        return Vec::new();
    };
    let before = part.get(..*first).unwrap_or_default();
    let names = names(before.trim_end_matches([' ', ',', '\u{a0}', '(']));
    names.map_or_else(Vec::new, |names| {
        years
            .into_iter()
            .map(|(_, year)| names.work(year))
            .collect()
    })
}

/// Years with where they start, their letters included; only such as stand alone.
fn years(part: &str) -> Vec<(usize, &str)> {
    let bytes = part.as_bytes();
    let mut found = Vec::new();
    for (at, _) in part.match_indices(['1', '2']) {
        let digits = bytes.get(at..at + 4).unwrap_or_default();
        let century = matches!(digits.get(..2), Some(b"18" | b"19" | b"20"));
        let stands_free = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|byte| {
                !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/' | b'=')
            });
        if !century || !stands_free || !digits.iter().all(u8::is_ascii_digit) {
            continue;
        }
        let letter = usize::from(bytes.get(at + 4).is_some_and(u8::is_ascii_lowercase));
        let closes = bytes
            .get(at + 4 + letter)
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/'));
        if closes && let Some(year) = part.get(at..at + 4 + letter) {
            found.push((at, year));
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(plain: &str, expected: &[&str]) {
        let shown: Vec<String> = marks(plain)
            .into_iter()
            .map(|mark| {
                let labels: Vec<String> = mark
                    .works
                    .iter()
                    .map(|work| format!("{}{}", work.label, if work.certain { "" } else { "?" }))
                    .collect();
                format!(
                    "{} => {}",
                    plain.get(mark.range).unwrap_or_default(),
                    labels.join(" | ")
                )
            })
            .collect();
        assert_eq!(shown, expected, "{plain}");
    }

    #[test]
    fn marks_in_brackets_name_one_work_or_many() {
        check(
            "Feet warm up (Okafor et al., 2020; Lind and Marsh 2019a).",
            &[
                "(Okafor et al., 2020; Lind and Marsh 2019a) => Okafor et al. 2020 | Lind and Marsh 2019a",
            ],
        );
        check(
            "warm (see Okafor et al. 2020, 2021b; van der Berg & Lind, 1999)",
            &[
                "(see Okafor et al. 2020, 2021b; van der Berg & Lind, 1999) => Okafor et al. 2020 | Okafor et al. 2021b | van der Berg & Lind 1999",
            ],
        );
        check("cold [Okafor, 2020]", &["[Okafor, 2020] => Okafor 2020?"]);
        check(
            "(e.g. in toes; Okafor et al.2013[4])",
            &["(e.g. in toes; Okafor et al.2013[4]) => Okafor et al. 2013"],
        );
    }

    #[test]
    fn marks_in_prose_take_the_names_before_them() {
        check(
            "As Okafor et al. (2020) say",
            &["Okafor et al. (2020) => Okafor et al. 2020"],
        );
        check(
            "Later Lind and Marsh (2019, 2020) said",
            &["Lind and Marsh (2019, 2020) => Lind and Marsh 2019 | Lind and Marsh 2020"],
        );
    }

    #[test]
    fn dates_counts_and_codes_are_no_marks() {
        for plain in [
            "(March 2020)",
            "(n = 2020)",
            "(2020)",
            "in warm rooms (2020) it",
            "(from 2019 to 2020)",
            "(1999-2004)",
            "(the rules of 2020)",
            "x[2020]",
            "(ISO 2015)",
        ] {
            check(plain, &[]);
        }
    }
}
