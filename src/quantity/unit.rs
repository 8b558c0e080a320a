//! Units: the longest form of `ontology/lexicon/units.tsv`, and units put together from them.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Unit;
use super::number::superscript;
use super::scan::{Scan, is_blank, is_minus};
use crate::ontology::{Dimension, UnitDefinition, WordMap, WordSet, units};

/// Bytes of the longest form that is looked up.
const LONGEST_FORM: usize = 40;
/// Factors of a unit such as `mg/kg/d`.
const MOST_FACTORS: usize = 5;

/// Forms as in the file; those of four and more letters also in lower case for capitals.
static FORMS: LazyLock<WordMap<&'static UnitDefinition>> = LazyLock::new(|| {
    let mut forms = BTreeMap::new();
    for definition in units() {
        for form in &definition.forms {
            forms.entry(*form).or_insert(definition);
        }
    }
    forms.into_iter().collect()
});

/// The first words of forms of several: behind most numbers a unit of one word is all there can be.
static OPENERS: LazyLock<WordSet> = LazyLock::new(|| {
    let forms = units().iter().flat_map(|definition| &definition.forms);
    forms
        .filter_map(|form| Some(form.split_once(' ')?.0))
        .collect()
});

struct Atom {
    end: usize,
    definition: &'static UnitDefinition,
}

/// The unit behind a number that ends at `at`: glued, spaced, or joined by a hyphen (`5-year`).
pub(super) fn behind(scan: Scan<'_>, at: usize) -> Option<Unit> {
    let hyphen = scan
        .after(at, "-")
        .or_else(|| scan.after(at, "\u{2010}"))
        .or_else(|| scan.after(at, "\u{2011}"));
    let start = hyphen.unwrap_or_else(|| scan.skip_blanks(at));
    let unit = composed(scan, start, at)?;
    let hyphenated_short = hyphen.is_some() && !unit.printed.is_ascii();
    let word = hyphen.is_none()
        || unit
            .printed
            .chars()
            .all(|c| c.is_alphabetic() || is_blank(c) || c == '-');
    if hyphenated_short || !word || (hyphen.is_some() && unit.printed == "x") {
        return None;
    }
    (start == at || !is_misread(scan, &unit)).then_some(unit)
}

/// Units behind a blank that are more often something else there.
fn is_misread(scan: Scan<'_>, unit: &Unit) -> bool {
    let next = scan.rest(unit.range.end);
    match unit.printed.as_str() {
        "time" => true,
        "T" | "B" => {
            next.starts_with(" cell") || next.starts_with("-cell") || next.starts_with(" lymph")
        }
        "x" | "X" | "×" => {
            let after = scan.skip_blanks(unit.range.end);
            scan.is_digit(after)
                || scan
                    .char_at(after)
                    .is_some_and(|c| matches!(c, '~' | '∼' | '('))
        }
        "A" | "H" | "F" | "G" | "S" | "V" | "W" | "J" | "N" | "U" | "D" => {
            next.starts_with('-')
                || next.starts_with(" and ")
                    && scan
                        .char_at(unit.range.end + 5)
                        .is_some_and(char::is_uppercase)
        }
        "second" | "third" => next.starts_with(" and "),
        "pp" => next.starts_with(". ") || next.starts_with(" 1"),
        _ => false,
    }
}

/// The currency in front of a number that starts at `at`, glued or spaced.
pub(super) fn in_front(scan: Scan<'_>, at: usize) -> Option<Unit> {
    let end = scan.trim_back(at);
    // No currency ends in a letter in lower case.
    if scan.byte_before(end).is_ascii_lowercase() {
        return None;
    }
    let window = scan.window_before(end, 6);
    let from = end - window.len();
    for (offset, _) in window.char_indices() {
        let start = from + offset;
        let form = scan.slice(start..end);
        let glued = scan.char_before(start).is_some_and(char::is_alphanumeric);
        if let Some(definition) = FORMS.get(form)
            && definition.dimension == Dimension::Money
            && form.chars().all(|c| !c.is_lowercase())
            && !(glued && form.starts_with(char::is_alphabetic))
        {
            return Some(known(scan, start..end, definition));
        }
    }
    None
}

/// A unit that starts at `start`, as it stands there.
fn composed(scan: Scan<'_>, start: usize, number_end: usize) -> Option<Unit> {
    let Some(first) = atom(scan, start) else {
        return counted_rate(scan, start, number_end);
    };
    if first.definition.dimension != Dimension::Multiple
        && let Some((exponent, end)) = exponent(scan, first.end)
        && ends_here(scan, end)
    {
        let mut parts = Parts::default();
        parts.add(first.definition.ucum, exponent);
        let end = factors(scan, end, &mut parts);
        return parts.unit(scan, start..end);
    }
    if !ends_here(scan, first.end) {
        return None;
    }
    let glued_letter = number_end == start && first.end - start == 1;
    let single_digit = number_end > 0
        && !scan
            .head(number_end - 1)
            .ends_with(|c: char| c.is_ascii_digit() || c == '.');
    if glued_letter && single_digit && scan.byte(start) == b'K' {
        return None;
    }
    if glued_letter
        && matches!(
            scan.byte(start),
            b'C' | b'D' | b'S' | b'H' | b'F' | b'N' | b'A'
        )
    {
        return None;
    }
    let mut parts = Parts::default();
    parts.add(first.definition.ucum, 1);
    let end = factors(scan, first.end, &mut parts);
    if end == first.end {
        return Some(known(scan, start..end, first.definition));
    }
    parts.unit(scan, start..end)
}

/// `stems/ha`, `deaths per 1,000 person-years`: a counted noun over a unit.
fn counted_rate(scan: Scan<'_>, start: usize, number_end: usize) -> Option<Unit> {
    let noun = scan.word(start);
    let lower = noun.len() >= 3 && noun.bytes().all(|byte| byte.is_ascii_lowercase());
    if !lower || start == number_end {
        return None;
    }
    let mut parts = Parts::default();
    let end = over(scan, start + noun.len(), &mut parts)?;
    parts.above.push(format!("{{{noun}}}"));
    parts.unit(scan, start..end)
}

/// Reads the factors behind the first one; the end of the last.
fn factors(scan: Scan<'_>, at: usize, parts: &mut Parts) -> usize {
    let mut end = at;
    for _ in 0..MOST_FACTORS {
        match over(scan, end, parts).or_else(|| times(scan, end, parts)) {
            Some(next) => end = next,
            None => break,
        }
    }
    end
}

/// `/kg`, ` per 100 mL`, ` a day`.
fn over(scan: Scan<'_>, at: usize, parts: &mut Parts) -> Option<usize> {
    let slash = scan
        .after(at, "/")
        .or_else(|| scan.after(at, " / "))
        .or_else(|| scan.after(at, "∕"));
    let word = slash.or_else(|| {
        let start = scan.skip_blanks(at);
        (start > at).then_some(())?;
        let word = scan.word(start);
        let after = scan.skip_blanks(start + word.len());
        let article = matches!(word, "a" | "an")
            && atom(scan, after)
                .is_some_and(|a| a.definition.dimension == Dimension::Time && a.end > after + 2);
        (matches!(word, "per") || article).then_some(after)
    })?;
    let digits = scan.digits_end(word);
    let mut amount_end = digits;
    while scan.byte(amount_end) == b',' && scan.digits_end(amount_end + 1) == amount_end + 4 {
        amount_end += 4;
    }
    let amount = scan.slice(word..amount_end).replace(',', "");
    let start = if amount.is_empty() {
        word
    } else {
        scan.skip_blanks(amount_end)
    };
    match atom(scan, start) {
        // "10.8%/0%": two shares.
        Some(next) if next.definition.dimension == Dimension::Proportion => None,
        Some(next) => {
            let (exponent, end) = exponent(scan, next.end).unwrap_or((1, next.end));
            ends_here(scan, end).then_some(())?;
            parts.below.push(format!(
                "{amount}{}",
                power_of(next.definition.ucum, exponent)
            ));
            Some(end)
        }
        None if amount.len() >= 3 && ends_here(scan, amount_end) => {
            parts.below.push(amount);
            Some(amount_end)
        }
        None => None,
    }
}

/// ` s−1`, `·m2`: a factor behind a blank only where it has an exponent.
fn times(scan: Scan<'_>, at: usize, parts: &mut Parts) -> Option<usize> {
    let dot = scan
        .after(at, "·")
        .or_else(|| scan.after(at, "⋅"))
        .or_else(|| scan.after(at, "∙"));
    let start = dot.unwrap_or_else(|| scan.skip_blanks(at));
    let next = atom(scan, start)?;
    match exponent(scan, next.end) {
        Some((power, end)) if ends_here(scan, end) => {
            parts.add(next.definition.ucum, power);
            Some(end)
        }
        Some(_) | None => {
            let ready = next.definition.ucum.starts_with("1/");
            ((dot.is_some() || ready) && ends_here(scan, next.end)).then_some(())?;
            match next.definition.ucum.strip_prefix("1/") {
                Some(below) => parts.below.push(below.to_owned()),
                None => parts.add(next.definition.ucum, 1),
            }
            Some(next.end)
        }
    }
}

/// The longest form at `start` that ends at a word's end (or before an exponent).
fn atom(scan: Scan<'_>, start: usize) -> Option<Atom> {
    let window = scan.window(start, LONGEST_FORM);
    let mut best = None;
    let mut blanks = 0;
    let mut characters = window.char_indices().peekable();
    while let Some((offset, character)) = characters.next() {
        if is_blank(character) {
            blanks += 1;
            if blanks > 3 || blanks == 1 && !opens_form(window.get(..offset).unwrap_or_default()) {
                break;
            }
            continue;
        }
        let end = offset + character.len_utf8();
        let inside = character.is_alphabetic()
            && characters
                .peek()
                .is_some_and(|(_, next)| next.is_alphabetic());
        if inside {
            continue;
        }
        let form = window.get(..end).unwrap_or_default();
        // The full stop of a sentence is no part of "min.".
        let stop = character == '.'
            && !scan
                .char_at(scan.skip_blanks(start + end))
                .is_some_and(|next| next.is_lowercase() || next.is_ascii_digit());
        if !stop && let Some(definition) = lookup(form) {
            best = Some(Atom {
                end: start + end,
                definition,
            });
        }
    }
    best
}

fn lookup(form: &str) -> Option<&'static UnitDefinition> {
    if let Some(definition) = FORMS.get(form) {
        return Some(definition);
    }
    let wordy = form.len() >= 4
        && form.bytes().any(|byte| byte.is_ascii_uppercase())
        && form
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
    wordy
        .then(|| FORMS.get(form.to_ascii_lowercase().as_str()).copied())
        .flatten()
}

/// Whether a word may be the first of a form of several.
fn opens_form(word: &str) -> bool {
    let capital = |word: &str| word.bytes().any(|byte| byte.is_ascii_uppercase());
    OPENERS.contains(word) || capital(word) && OPENERS.contains(&word.to_ascii_lowercase())
}

/// An exponent of a unit, also one that lost its superscript: `²`, `^-2`, `−1`, `- 1`, `2`.
fn exponent(scan: Scan<'_>, at: usize) -> Option<(i32, usize)> {
    if let Some(found) = superscript(scan, at) {
        return Some(found);
    }
    let caret = scan.after(at, "^");
    let inner = caret.map_or(at, |at| scan.after(at, "{").unwrap_or(at));
    let sign = scan.char_at(inner).filter(|character| is_minus(*character));
    let digit = match sign {
        Some(sign) => scan
            .after(inner + sign.len_utf8(), " ")
            .unwrap_or(inner + sign.len_utf8()),
        None => inner,
    };
    let value = match scan.byte(digit) {
        b'1' if sign.is_some() || caret.is_some() => 1,
        b'2' => 2,
        b'3' => 3,
        b'4' if sign.is_some() || caret.is_some() => 4,
        _ => return None,
    };
    let end = digit + 1;
    let follows = scan.char_at(end);
    let continues = follows.is_some_and(|c| c.is_alphanumeric() || c == '%')
        || (matches!(follows, Some('.' | ',')) && scan.is_digit(end + 1));
    if continues {
        return None;
    }
    let end = scan
        .after(end, "}")
        .filter(|_| caret.is_some())
        .unwrap_or(end);
    Some((if sign.is_some() { -value } else { value }, end))
}

/// Whether a unit may end at `end`: not inside a word or number. A sign such as `%` ends whatever letter follows.
fn ends_here(scan: Scan<'_>, end: usize) -> bool {
    let wordy = scan.char_before(end).is_some_and(char::is_alphanumeric);
    scan.char_at(end).is_none_or(|next| {
        if wordy {
            !next.is_alphanumeric() && next != '_'
        } else {
            !next.is_ascii_digit()
        }
    })
}

fn known(scan: Scan<'_>, range: std::ops::Range<usize>, definition: &UnitDefinition) -> Unit {
    Unit {
        printed: scan.slice(range.clone()).to_owned(),
        range,
        ucum: definition.ucum.to_owned(),
        dimension: definition.dimension,
        factor: definition.factor,
    }
}

/// The factors of a composed unit.
#[derive(Default)]
struct Parts {
    above: Vec<String>,
    below: Vec<String>,
}

impl Parts {
    fn add(&mut self, ucum: &str, exponent: i32) {
        if exponent < 0 {
            self.below.push(power_of(ucum, -exponent));
        } else {
            self.above.push(power_of(ucum, exponent));
        }
    }

    fn unit(self, scan: Scan<'_>, range: std::ops::Range<usize>) -> Option<Unit> {
        let above = if self.above.is_empty() {
            "1".to_owned()
        } else {
            self.above.join(".")
        };
        let ucum = self
            .below
            .iter()
            .fold(above, |ucum, below| format!("{ucum}/{below}"));
        let same = units().iter().find(|definition| definition.ucum == ucum);
        let printed = scan.slice(range.clone()).to_owned();
        (!printed.is_empty()).then(|| Unit {
            printed,
            range,
            dimension: same.map_or(Dimension::Other, |definition| definition.dimension),
            factor: same.map_or(Decimal::ONE, |definition| definition.factor),
            ucum,
        })
    }
}

fn power_of(ucum: &str, exponent: i32) -> String {
    if exponent.abs() == 1 {
        ucum.to_owned()
    } else {
        format!("{ucum}{exponent}")
    }
}
