//! Shares in the cells of a table whose percent sign stands in a head or label: "n (%)" over "12 (34.0)", "Women, %" before "82".

use std::sync::LazyLock;

use regex::Regex;

use super::row::RowContext;
use crate::quantity::{Quantity, Unit, read};

/// "12 (34.0)" with nothing else in the cell.
static COUNTED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[0-9][0-9,]*\s*\(\s*[0-9]+(?:[.·][0-9]+)?\s*%?\s*\)$").ok());

/// A single number.
static BARE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[0-9]+(?:[.·][0-9]+)?$").ok());

/// Heads of counts with their share: "n (%)", "No. (%)", "number of patients (%)".
static COUNTS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(?-u:\b)(?:n|no\.?|number|patients|subjects|participants|eyes|events|cases)\s*[,;]?\s*\(\s*%\s*\)|(?-u:\b)n[.o]*\s*[;,]\s*%)").ok()
});

/// Labels of shares alone: "% women", "Women (%)", "Women, %".
static SHARES: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^%\s|[(,]\s*%\s*\)?$").ok());

/// Words with which a percentage is no share of a whole.
const CHANGES: [&str; 7] = [
    "change",
    "difference",
    "increase",
    "decrease",
    "reduction",
    "growth",
    "gain",
];

/// How the numbers of a cell are to be read.
pub(super) enum Shares {
    /// As printed.
    None,
    /// A count and its share.
    Counted,
    /// A share.
    Bare,
}

impl Shares {
    /// Told by the head over a cell and the labels beside it.
    pub(super) fn of(text: &str, heads: [&str; 2], row: &RowContext) -> Self {
        let fits = |pattern: &LazyLock<Option<Regex>>, text: &str| {
            pattern.as_ref().is_some_and(|regex| regex.is_match(text))
        };
        let mut said = row.words.iter().map(String::as_str).chain(heads);
        let mut words = said.clone();
        if words.any(|text| {
            CHANGES
                .iter()
                .any(|word| text.to_lowercase().contains(word))
        }) {
            Self::None
        } else if fits(&COUNTED, text)
            && said.any(|said| fits(&COUNTS, said) || fits(&SHARES, said))
        {
            Self::Counted
        } else if fits(&BARE, text) && row.words.last().is_some_and(|said| fits(&SHARES, said)) {
            Self::Bare
        } else {
            Self::None
        }
    }

    /// Gives the numbers of a cell the sign that stands in its head.
    pub(super) fn mark(&self, quantities: &mut [Quantity]) {
        match (self, quantities) {
            (Self::Counted, [count, share]) if share.unit.is_none() => {
                share.unit = percent();
                share.numerator = count.value;
            }
            (Self::Bare, [share]) if share.unit.is_none() => share.unit = percent(),
            (Self::None | Self::Counted | Self::Bare, _) => {}
        }
    }
}

fn percent() -> Option<Unit> {
    read("1%", &[]).into_iter().next()?.unit
}
