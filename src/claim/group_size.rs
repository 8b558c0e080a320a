//! Sizes of groups where they are stated: "(n = 1,234)" behind the name of an arm, in prose and in the heads of tables.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

/// "(n = 1,234)", ", N=51"; brackets may say more ("(N = 20, 59% men)").
static SIZE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[(\[]\s*n\s*=\s*([0-9]{1,3}(?:[,\u{a0}\u{2009}\u{202f} ][0-9]{3})+(?-u:\b)|[0-9]+)[^()\[\]]*[)\]]|[,;:]?\s*(?-u:\b)n\s*=\s*([0-9]{1,3}(?:,[0-9]{3})+(?-u:\b)|[0-9]+)").ok()
});

/// The first group size a text states, with the bytes of its number.
pub(super) fn group_size(text: &str) -> Option<(Decimal, Range<usize>)> {
    let found = SIZE.as_ref()?.captures(text)?;
    let number = found.get(1).or_else(|| found.get(2))?;
    let digits: String = number
        .as_str()
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    Some((digits.parse().ok()?, number.range()))
}

/// A text without the sizes it states.
pub(super) fn without_size(text: &str) -> Cow<'_, str> {
    SIZE.as_ref()
        .map_or(Cow::Borrowed(text), |size| size.replace_all(text, " "))
}
