//! Units: the longest form of `ontology/lexicon/units.tsv`, and units put together from them.

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Unit;
use super::number::superscript;
use super::scan::{Scan, is_blank, is_minus};
use crate::ontology::{Dimension, UnitDefinition, WordMap, units};

/// Bytes of the longest form that is looked up.
const LONGEST_FORM: usize = 40;
/// Factors of a unit such as `mg/kg/d`.
const MOST_FACTORS: usize = 5;

/// What is known of a stretch of letters and signs; behind most numbers one look-up tells all.
#[derive(Clone, Copy, Default)]
struct Meaning {
    /// The form that it is, as in the file, and its unit.
    unit: Option<(&'static str, &'static UnitDefinition)>,
    /// Whether a longer form begins with it.
    goes_on: bool,
}

static MEANINGS: LazyLock<WordMap<Meaning>> = LazyLock::new(|| {
    let mut meanings: BTreeMap<&str, Meaning> = BTreeMap::new();
    for definition in units() {
        for form in &definition.forms {
            let meaning = meanings.entry(form).or_default();
            meaning.unit = meaning.unit.or(Some((form, definition)));
            for start in ends(form).filter_map(|end| form.get(..end)) {
                meanings.entry(start).or_default().goes_on |= start != *form;
            }
        }
    }
    meanings.into_iter().collect()
});

/// The last bytes of the currencies that stand in front of numbers; few numbers have one of these there.
static CURRENCY_ENDS: LazyLock<[bool; 256]> = LazyLock::new(|| {
    let mut ends = [false; 256];
    let money = |unit: &&UnitDefinition| unit.dimension == Dimension::Money;
    for form in units().iter().filter(money).flat_map(|unit| &unit.forms) {
        let last = form.bytes().last().map(usize::from);
        if let Some(ends) = last.and_then(|last| ends.get_mut(last)) {
            *ends = !form.chars().any(char::is_lowercase) || *ends;
        }
    }
    ends
});

impl Meaning {
    /// The unit that stands in front of `end`.
    fn atom(self, end: usize) -> Option<Atom> {
        self.unit.map(|(form, definition)| Atom {
            end,
            form,
            definition,
        })
    }
}

/// A form of the file as it is printed.
struct Atom {
    end: usize,
    /// As in the file.
    form: &'static str,
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
    match unit.printed.as_ref() {
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
    if CURRENCY_ENDS.get(usize::from(scan.byte_before(end))) != Some(&true) {
        return None;
    }
    let window = scan.window_before(end, 6);
    let from = end - window.len();
    for (offset, _) in window.char_indices() {
        let start = from + offset;
        let form = scan.slice(start..end);
        let glued = scan.char_before(start).is_some_and(char::is_alphanumeric);
        if let Some(currency) = MEANINGS.get(form).and_then(|known| known.atom(end))
            && currency.definition.dimension == Dimension::Money
            && form.chars().all(|c| !c.is_lowercase())
            && !(glued && form.starts_with(char::is_alphabetic))
        {
            return Some(currency.unit(scan, start));
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
    let end = factors(scan, first.end, &mut parts);
    if end == first.end {
        return Some(first.unit(scan, start));
    }
    parts.above.insert(0, first.definition.ucum.to_owned());
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
        let word = scan.word(start);
        (start > at && matches!(word, "per" | "a" | "an")).then_some(())?;
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
    let word = scan.word(start);
    let mut best = None;
    let mut from = 0;
    if !word.is_empty() && word.is_ascii() {
        let known = meaning(word);
        from = word.len();
        best = known.atom(start + from);
        if !known.goes_on {
            return best;
        }
    }
    for end in ends(window.get(from..)?).map(|end| from + end) {
        let printed = window.get(..end)?;
        let known = meaning(printed);
        // The full stop of a sentence is no part of "min.".
        let stop = printed.ends_with('.')
            && !scan
                .char_at(scan.skip_blanks(start + end))
                .is_some_and(|next| next.is_lowercase() || next.is_ascii_digit());
        if !stop {
            best = known.atom(start + end).or(best);
        }
        if !known.goes_on {
            break;
        }
    }
    best
}

/// Where forms may end that a text begins with: behind what is no blank, and not inside a word.
fn ends(text: &str) -> impl Iterator<Item = usize> {
    let mut characters = text.char_indices().peekable();
    std::iter::from_fn(move || {
        loop {
            let (at, character) = characters.next()?;
            let next = characters.peek();
            let inside = character.is_alphabetic() && next.is_some_and(|(_, c)| c.is_alphabetic());
            if !is_blank(character) && !inside {
                return Some(at + character.len_utf8());
            }
        }
    })
}

/// What a stretch means; capitals stand for the small letters that the file has, in units only of four and more letters.
fn meaning(printed: &str) -> Meaning {
    let mut meaning = MEANINGS.get(printed).copied().unwrap_or_default();
    let capital = printed.bytes().any(|byte| byte.is_ascii_uppercase());
    if capital && let Some(lower) = MEANINGS.get(printed.to_ascii_lowercase().as_str()) {
        let mut letters = printed.bytes();
        let wordy =
            printed.len() >= 4 && letters.all(|byte| byte.is_ascii_alphabetic() || byte == b' ');
        meaning.unit = meaning.unit.or(lower.unit.filter(|_| wordy));
        meaning.goes_on |= lower.goes_on;
    }
    meaning
}

/// An exponent of a unit, also one that lost its superscript: `²`, `^-2`, `−1`, `- 1`, `2`.
fn exponent(scan: Scan<'_>, at: usize) -> Option<(i32, usize)> {
    if !matches!(scan.byte(at), b'^' | b'-' | b'2' | b'3' | 0x80..) {
        return None;
    }
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

impl Atom {
    /// The unit that it is by itself.
    fn unit(&self, scan: Scan<'_>, start: usize) -> Unit {
        let range = start..self.end;
        let printed = scan.slice(range.clone());
        Unit {
            printed: if printed == self.form {
                Cow::Borrowed(self.form)
            } else {
                Cow::Owned(printed.to_owned())
            },
            range,
            ucum: Cow::Borrowed(self.definition.ucum),
            dimension: self.definition.dimension,
            factor: self.definition.factor,
        }
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
        let printed = scan.slice(range.clone());
        (!printed.is_empty()).then(|| Unit {
            printed: Cow::Owned(printed.to_owned()),
            range,
            dimension: same.map_or(Dimension::Other, |definition| definition.dimension),
            factor: same.map_or(Decimal::ONE, |definition| definition.factor),
            ucum: Cow::Owned(ucum),
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
