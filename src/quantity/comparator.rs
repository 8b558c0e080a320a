//! Comparators and approximations around a number: `ontology/lexicon/comparators.tsv`.

use std::sync::LazyLock;

use super::scan::Scan;
use super::{Comparator, Modifier};
use crate::ontology::{FewWords, WordMap, lexicon_table};

/// Bytes of the longest phrase that is looked up.
const LONGEST: usize = 24;

static BEFORE: LazyLock<WordMap<Comparator>> = LazyLock::new(|| phrases("before"));
static AFTER: LazyLock<WordMap<Comparator>> = LazyLock::new(|| phrases("after"));
/// What the phrases in front of a number end in, as [`last_word`] gives it; most numbers have nothing of it in front.
static ENDS: LazyLock<FewWords<()>> =
    LazyLock::new(|| entries("before").map(|(form, _)| last_word(form)).collect());
/// The first words of those behind a number.
static OPENERS: LazyLock<FewWords<()>> = LazyLock::new(|| {
    let first_word = |(form, _): (&'static str, _)| Scan::new(form).word(0);
    entries("after").map(first_word).collect()
});

fn phrases(place: &'static str) -> WordMap<Comparator> {
    entries(place).collect()
}

fn entries(place: &'static str) -> impl Iterator<Item = (&'static str, Comparator)> {
    lexicon_table("comparators")
        .filter_map(move |row| match row.as_slice() {
            [at, name, forms] if *at == place => Some((comparator(name)?, *forms)),
            _ => None,
        })
        .flat_map(|(comparator, forms)| forms.split('|').map(move |form| (form, comparator)))
}

/// The last word of a text, without its full stop, or its last sign.
pub(super) fn last_word(text: &str) -> &str {
    let text = text.strip_suffix('.').unwrap_or(text);
    let word = Scan::new(text).word_before(text.len());
    if word.is_empty() {
        let sign = text.chars().next_back().map_or(0, char::len_utf8);
        text.get(text.len() - sign..).unwrap_or_default()
    } else {
        word
    }
}

fn comparator(name: &str) -> Option<Comparator> {
    match name {
        "less" => Some(Comparator::Less),
        "at-most" => Some(Comparator::AtMost),
        "greater" => Some(Comparator::Greater),
        "at-least" => Some(Comparator::AtLeast),
        "about" => Some(Comparator::About),
        _ => None,
    }
}

/// What stands in front of a number.
pub(super) struct Lead {
    /// Where the first sign or word starts; the number's own start where there is none.
    pub(super) start: usize,
    pub(super) comparator: Comparator,
    pub(super) modifiers: Vec<Modifier>,
    /// Whether "between" stands in front.
    pub(super) between: bool,
}

/// Reads back from a number's start, not before `floor`. `less than ~10` gives [`Comparator::Less`], approximate.
pub(super) fn lead(scan: Scan<'_>, at: usize, floor: usize) -> Lead {
    let mut lead = Lead {
        start: at,
        comparator: Comparator::Equal,
        modifiers: Vec::new(),
        between: false,
    };
    for _ in 0..3 {
        let Some((start, comparator)) = phrase_before(scan, lead.start, floor) else {
            break;
        };
        lead.start = start;
        if comparator == Comparator::About {
            lead.modifiers.push(Modifier::Approximate);
        }
        if matches!(lead.comparator, Comparator::Equal | Comparator::About)
            || comparator != Comparator::About
        {
            lead.comparator = comparator;
        }
    }
    let end = scan.trim_back(lead.start);
    let is_between = || matches!(scan.word_before(end), "between" | "Between");
    if scan.byte_before(end) == b'n' && end >= floor + "between".len() && is_between() {
        lead.start = end - "between".len();
        lead.between = true;
    }
    lead
}

fn phrase_before(scan: Scan<'_>, at: usize, floor: usize) -> Option<(usize, Comparator)> {
    let end = scan.trim_back(at);
    let last = last_word(scan.head(end));
    if !ENDS.contains(last) && !last.starts_with(|c: char| c.is_ascii_uppercase()) {
        return None;
    }
    let window = scan.window_before(end, LONGEST);
    let from = end - window.len();
    for (offset, character) in window.char_indices() {
        let start = from + offset;
        let glued =
            character.is_alphabetic() && scan.char_before(start).is_some_and(char::is_alphanumeric);
        if start < floor || character == ' ' || glued {
            continue;
        }
        let phrase = scan.slice(start..end);
        let wordy = phrase.ends_with(|c: char| c.is_alphabetic() || c == '.');
        if wordy && end == at {
            continue;
        }
        let known = BEFORE.get(phrase).copied().or_else(|| {
            let capital = character.is_ascii_uppercase();
            capital
                .then(|| BEFORE.get(phrase.to_ascii_lowercase().as_str()).copied())
                .flatten()
        });
        if let Some(comparator) = known
            && !(phrase == ">" && scan.head(start).ends_with(['-', '=']))
        {
            return Some((start, comparator));
        }
    }
    None
}

/// Reads "or more", "and older", `+` behind a quantity that ends at `at`; the comparator and its end.
pub(super) fn trail(scan: Scan<'_>, at: usize) -> Option<(Comparator, usize)> {
    // "18 years of age or older"
    let at = match scan.byte(at + 1) {
        b'o' => [" of age", " old", "-old"]
            .iter()
            .find_map(|words| scan.after(at, words))
            .unwrap_or(at),
        _ => at,
    };
    let start = scan.skip_blanks(at);
    if start == at || !OPENERS.contains(scan.word(start)) {
        return None;
    }
    let window = scan.window(start, LONGEST);
    window
        .char_indices()
        .rev()
        .map(|(offset, character)| start + offset + character.len_utf8())
        .find_map(|end| {
            let comparator = AFTER.get(scan.slice(start..end))?;
            let ends = scan.char_at(end).is_none_or(|next| !next.is_alphanumeric());
            ends.then_some((*comparator, end))
        })
}
