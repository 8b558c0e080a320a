//! The statistic itself: symbol, degrees of freedom, comparator and value.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Test;
use super::follow::{comparator, printed, skip, skip_back};
use crate::ontology::lexicon_table;
use crate::quantity::Comparator;
use crate::quantity::scan::Scan;

/// Bytes looked back for the bracket with the degrees of freedom.
const BRACKET: usize = 60;
/// Bytes of the longest symbol.
const SYMBOL: usize = 20;

/// Printed forms with their test, longest first.
static FORMS: LazyLock<Vec<(&'static str, Test)>> = LazyLock::new(|| {
    let mut forms: Vec<(&'static str, Test)> = lexicon_table("test-statistics")
        .filter_map(|row| match row.as_slice() {
            [name, forms] => Some((test(name)?, *forms)),
            _ => None,
        })
        .flat_map(|(test, forms)| forms.split('|').map(move |form| (form, test)))
        .collect();
    forms.sort_by_key(|(form, _)| std::cmp::Reverse(form.len()));
    forms
});

fn test(name: &str) -> Option<Test> {
    [Test::T, Test::F, Test::R, Test::Z, Test::ChiSquare, Test::Q]
        .into_iter()
        .find(|test| test.symbol() == name)
}

/// What is printed of a statistic before its p-value.
pub(super) struct Head {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) test: Test,
    /// Empty where no bracket follows the symbol.
    pub(super) df: Vec<Decimal>,
    pub(super) comparator: Comparator,
    pub(super) value: Decimal,
    pub(super) step: Decimal,
}

/// Reads the statistic whose comparator starts at `at`; nothing before `floor` is taken.
pub(super) fn read(text: &str, at: usize, floor: usize) -> Option<Head> {
    let scan = Scan::new(text);
    let (sign, after) = comparator(scan, at)?;
    let number = printed(scan, skip(scan, after))?;
    let before = skip_back(scan, at);
    let (symbol_end, df) = match scan.byte_before(before) {
        b')' | b']' | b'}' => brackets(scan, before)?,
        _ => (before, Vec::new()),
    };
    let (start, kind) = symbol(scan, symbol_end).filter(|(start, _)| *start >= floor)?;
    let is_bare = df.is_empty();
    let is_coordinate = kind == Test::Z && scan.window_before(start, 30).contains(['y', 'Y']);
    let unnamed = is_bare && matches!(kind, Test::R | Test::Q);
    if (is_bare && is_coordinate && axis(scan, start)) || unnamed {
        return None;
    }
    Some(Head {
        start,
        end: number.end,
        test: kind,
        df,
        comparator: sign,
        value: number.value,
        step: number.step,
    })
}

/// Whether `y = 4,` stands right before: z is then a coordinate.
fn axis(scan: Scan<'_>, start: usize) -> bool {
    scan.window_before(start, 30)
        .to_lowercase()
        .split([',', ';', '('])
        .any(|item| {
            item.trim_start()
                .strip_prefix('y')
                .is_some_and(|rest| rest.trim_start().starts_with('='))
        })
}

/// The degrees of freedom in the brackets that close before `end`, and the end of the symbol in front of them.
/// `(2, N = 170)`, `[28]`, `_{34}`, `_{(1, 45)}`.
fn brackets(scan: Scan<'_>, end: usize) -> Option<(usize, Vec<Decimal>)> {
    let window = scan.window_before(end, BRACKET);
    let inner = window.get(..window.len().checked_sub(1)?)?;
    let open = inner.rfind(['(', '[', '{'])?;
    let (front, inner) = (window.get(..open)?, inner.get(open + 1..)?);
    let mut front = front.trim_end_matches(['(', '{', '*', '$', ' ', '\u{a0}', '\n', '\u{2009}']);
    front = front.strip_suffix("\\left").unwrap_or(front);
    front = front.strip_suffix('_').unwrap_or(front);
    let df = degrees(inner.trim_end_matches([')', '}', ']']))?;
    Some((end - window.len() + front.len(), df))
}

/// `34`, `1, 45`, `2, N = 170`, `df = 34`, `1, 1,234`. None where anything else stands there.
fn degrees(inner: &str) -> Option<Vec<Decimal>> {
    let mut degrees: Vec<Decimal> = Vec::new();
    let mut sampled = false;
    for item in inner.split([',', ';']) {
        let joins = item.len() == 3 && item.bytes().all(|b| b.is_ascii_digit());
        if joins && sampled {
            continue;
        }
        let named = item.split_once('=').map(|(name, _)| name.trim());
        let number = item.rsplit('=').next()?.trim();
        match named.map(str::to_lowercase).as_deref() {
            Some("n") => {
                let is_number = number.bytes().all(|b| b.is_ascii_digit());
                sampled = is_number && !number.is_empty();
                if !sampled {
                    return None;
                }
                continue;
            }
            None | Some("df" | "d.f." | "d.f") => {}
            Some(_) => return None,
        }
        if joins && named.is_none() && degrees.len() >= 2 {
            let last = degrees.pop()?;
            degrees.push(last.checked_mul(Decimal::ONE_THOUSAND)? + decimal(number)?);
        } else {
            degrees.push(decimal(number)?);
        }
    }
    Some(degrees)
}

/// A positive number; `l` and `I` stand for a 1 that was recognised badly.
fn decimal(number: &str) -> Option<Decimal> {
    if matches!(number, "l" | "I") {
        return Some(Decimal::ONE);
    }
    let plain = number.replace(['·', '∙'], ".");
    let digits = plain.bytes().all(|b| b.is_ascii_digit() || b == b'.');
    let value = Decimal::from_str_exact(&plain)
        .ok()
        .filter(|_| digits && plain.len() <= 12)?;
    (value > Decimal::ZERO).then_some(value)
}

/// The symbol that ends at `end`, with nothing glued in front.
fn symbol(scan: Scan<'_>, end: usize) -> Option<(usize, Test)> {
    let window = scan.window_before(end, SYMBOL);
    let (form, test) = FORMS.iter().find(|(form, _)| window.ends_with(form))?;
    let start = end - form.len();
    let glued = scan.char_before(start).is_some_and(|c| {
        c.is_alphanumeric()
            || matches!(
                c,
                '_' | '^' | '-' | '\\' | '.' | '\'' | '’' | '/' | '?' | '�'
            )
    });
    (!glued).then_some((start, *test))
}
