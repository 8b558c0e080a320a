//! The year of publication, by the shapes a year is printed in.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::citation::context::is;
use crate::ontology::lexicon;

/// A year with its place in the entry.
pub(super) struct Year {
    /// Four digits.
    pub(super) value: String,
    /// Bytes, brackets included.
    pub(super) range: Range<usize>,
    /// Whether the range is of the body (and not of the address after it).
    pub(super) in_body: bool,
}

static BRACKETED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\((?:[^()0-9]{0,60}[ ,:.])?((?:1[5-9]|20)[0-9]{2})[a-z]?(?:[-–/][0-9]{2})?(?:[,. ][^()]{0,24})?\)").ok()
});
static BEFORE_VOLUME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"\b((?:1[5-9]|20)[0-9]{2})[a-z]?(?:[ ,][A-Za-z0-9 .–/-]{0,24})? ?; ?(?:[0-9]|[Ss]uppl|\()",
    )
    .ok()
});
static AFTER_MONTH: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let months: Vec<&str> = lexicon("reference-months").collect();
    Regex::new(&format!(
        r"(?i:\b(?:{}))\b\.?,? (?:[0-9]{{1,2}}(?:[-–][0-9]{{1,2}})?(?:st|nd|rd|th)?,? )?((?:1[5-9]|20)[0-9]{{2}})\b",
        months.join("|")
    ))
    .ok()
});

/// A year in brackets, outside quotations.
pub(super) fn bracketed(body: &str) -> Option<Year> {
    let regex = BRACKETED.as_ref()?;
    let found = regex
        .captures_iter(body)
        .filter_map(|groups| Some((groups.get(0)?, groups.get(1)?)))
        .find(|(whole, _)| !inside_quotation(body, whole.start()))?;
    Some(Year {
        value: found.1.as_str().to_owned(),
        range: found.0.range(),
        in_body: true,
    })
}

/// A year without brackets: before a volume, after a month, or bare.
pub(super) fn elsewhere(body: &str, authors_end: usize) -> Option<Year> {
    [&BEFORE_VOLUME, &AFTER_MONTH]
        .into_iter()
        .find_map(|regex| {
            let year = regex.as_ref()?.captures(body)?.get(1)?;
            Some(Year {
                value: year.as_str().to_owned(),
                range: year.range(),
                in_body: true,
            })
        })
        .or_else(|| bare(body, authors_end))
}

/// A year in the whole entry where its body has none.
pub(super) fn outside(whole: &str) -> Option<Year> {
    let mut masked = String::with_capacity(whole.len());
    for word in whole.split(' ') {
        let address = word.contains("://")
            || word.contains("10.")
            || word.to_ascii_lowercase().contains("arxiv");
        if !address {
            masked.push_str(word);
        }
        masked.push(' ');
    }
    let found = bracketed(&masked).or_else(|| bare(&masked, 0))?;
    Some(Year {
        in_body: false,
        ..found
    })
}

/// Where the title starts: after the authors and, where it follows them, the year.
pub(super) fn skip(body: &str, authors_end: usize, year: Option<&Year>) -> usize {
    let mut at = skip_marks(body, authors_end);
    if let Some(year) = year
        && year.range.start >= authors_end
        && year.range.start <= at + 2
    {
        at = year.range.end;
        let rest = body.get(at..).unwrap_or_default();
        let letter = rest.bytes().take_while(u8::is_ascii_lowercase).count();
        if letter == 1 {
            at += 1;
        }
        at = skip_marks(body, at);
    }
    at
}

fn skip_marks(body: &str, from: usize) -> usize {
    let rest = body.get(from..).unwrap_or_default();
    body.len()
        - rest
            .trim_start_matches([' ', '.', ',', ';', ':', ')', ']'])
            .len()
}

fn bare(body: &str, authors_end: usize) -> Option<Year> {
    let candidates: Vec<Range<usize>> = four_digits(body)
        .filter(|range| is_bare_year(body, range))
        .collect();
    let after = |range: &Range<usize>| body.get(range.end..).unwrap_or_default();
    let start = skip_marks(body, authors_end);
    let chosen = candidates
        .iter()
        .find(|range| authors_end > 0 && range.start <= start + 1 && range.start >= authors_end)
        .or_else(|| {
            candidates.iter().rev().find(|range| {
                after(range)
                    .trim_matches(['.', ' ', ')', ',', ';'])
                    .is_empty()
            })
        })
        .or_else(|| candidates.iter().find(|range| before_volume(after(range))))
        .or_else(|| {
            candidates.iter().rev().find(|range| {
                after(range)
                    .trim_start_matches(|c: char| c.is_ascii_lowercase())
                    .starts_with(['.', ',', ';', ':'])
            })
        })
        .or_else(|| candidates.last())?;
    Some(Year {
        value: body.get(chosen.clone())?.to_owned(),
        range: chosen.clone(),
        in_body: true,
    })
}

/// `36, 14030` and `36: 5` and `36(2)`.
fn before_volume(after: &str) -> bool {
    let rest = after.trim_start_matches([',', '.', ' ']);
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    (1..=4).contains(&digits)
        && rest
            .get(digits..)
            .is_some_and(|rest| rest.trim_start().starts_with([':', '(', ',']))
}

fn four_digits(body: &str) -> impl Iterator<Item = Range<usize>> {
    let bytes = body.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while at < bytes.len() {
            let run = bytes
                .get(at..)
                .unwrap_or_default()
                .iter()
                .take_while(|b| b.is_ascii_digit())
                .count();
            let start = at;
            at += run.max(1);
            if run == 4 {
                return Some(start..start + 4);
            }
        }
        None
    })
}

fn is_bare_year(body: &str, range: &Range<usize>) -> bool {
    let digits = body.get(range.clone()).unwrap_or_default();
    let in_range = digits
        .parse::<u32>()
        .is_ok_and(|year| (1500..=2099).contains(&year));
    let before = body.get(..range.start).unwrap_or_default();
    let after = body.get(range.end..).unwrap_or_default();
    let last = before.chars().next_back();
    let stuck = last.is_some_and(|c| {
        c.is_alphanumeric() || matches!(c, '-' | '–' | '—' | '.' | '/' | ':' | '#')
    }) && !before.ends_with(['c', '©']);
    let range_follows = after.starts_with(['-', '–', '—', '‑', '\u{2212}'])
        && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let decimal =
        after.starts_with('.') && after.chars().nth(1).is_some_and(|c| c.is_ascii_digit());
    let word = before
        .trim_end_matches([' ', '.'])
        .rsplit([' ', ',', '('])
        .next()
        .unwrap_or_default();
    let numbered = is("numbered", word);
    let after_colon = before.trim_end().ends_with(':')
        && before
            .trim_end_matches([' ', ':'])
            .ends_with(|c: char| c.is_ascii_digit() || c == ')');
    in_range
        && !stuck
        && !range_follows
        && !decimal
        && !numbered
        && !after_colon
        && !after.starts_with(|c: char| c.is_alphabetic() && !c.is_ascii_lowercase())
}

fn inside_quotation(body: &str, at: usize) -> bool {
    let before = body.get(..at).unwrap_or_default();
    let open = before.matches(['“', '«']).count();
    let close = before.matches(['”', '»']).count();
    open > close || before.matches('"').count() % 2 == 1
}
