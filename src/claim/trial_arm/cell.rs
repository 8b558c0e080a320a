//! Results of a sentence: one result may be printed as several numbers, and neighbours are linked by "versus" or "and".
//!
//! Why it exists: `5 (10%) of 51`, `80.2 [on a scale of 0 to 100]` and `0.23 +/- 0.39` each are one result of one arm,
//! and the word between two results tells whether they are compared. It leaves out the arms themselves.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use rust_decimal::Decimal;

use crate::quantity::{Quantity, Role};

/// One result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    /// Indices of its quantities.
    pub(super) quantities: Vec<usize>,
    /// Bytes of the sentence, a bracket that closes right behind included.
    pub(super) range: Range<usize>,
    /// Whether it states the size of a group: "n = 12".
    pub(super) size: bool,
    /// The number of people it is of, or the size it states.
    pub(super) whole: Option<Decimal>,
}

/// What stands between two neighbouring results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Link {
    /// "versus", "compared with", "than".
    Versus,
    /// "and", "or", a slash.
    And,
    /// A comma alone.
    Comma,
}

/// Between numbers of one result.
static SAME: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^\s*[\])]?\s*(?:±|\+/-|\+-|(?:out\s+)?of\s+(?:the\s+|a total of\s+)?|per\s+|/)\s*$",
    )
    .ok()
});

/// "8 in 3579 patients".
static AMONG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*[\])]?\s*(?:in|among)\s+(?:the\s+|all\s+)?$").ok());

/// Between a result and a bracket of its own: "12 patients (", "13 [", "38% overall (".
static BRACKET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*(?:(?:patients|women|men|subjects|participants|cases|events|deaths|people|points|months|years|days|weeks|responses|evaluable|complete|partial|[a-z]+s)\s+){0,2}[(\[](?:[^()\[\]]*[,;:=]\s*|[a-z%+ =±]*)$").ok()
});

/// "4.7% loss; SD = 3.0%".
static OWN_SPREAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[,;(\[]\s*(?:sd|se|sem|iqr|range|standard deviation|interquartile range)\s*[=:,]?\s*$").ok()
});

/// Words in a bracket that tell spread, an interval or a test: what follows belongs to the result before.
static SPREAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:sd|se|sem|iqr|range|ci|confidence|interval|scale|interquartile|quartiles?|percentiles?|standard)(?-u:\b)").ok()
});

/// Before a time that is a point or a span of the plan, not a result.
static WHEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:at|after|for|over|within|first|during|every|follow-?up (?:of|was|time of|period of)|follow-?up,?|duration of|interval of|aged|age (?:of|was)|until|last|next|previous|to|by|than|least|from|the|week|day|month|weeks|months|a|an|each|per|cycle)[\s-]+(?:a\s+|the\s+|median of\s+|median follow-up of\s+|about\s+)?$").ok()
});

/// Before a ratio or a difference between arms, which is no arm's own value.
static EFFECT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(?:hazard|odds|risk|rate|relative)\s+(?:ratios?|risks?|hazards?|odds)|(?-u:\b)(?:HR|RR|OR|IRR|aHR|HRs)|difference(?: in means)?|kappa|chi-square|\sr|(?-u:\b)alpha)(?:\s*[(\[][^()\[\]]*[)\]])?\s*[,:;=\])]*\s*(?:of|was|were|is|for [a-z ]{1,30})?\s*[=:,]?\s*$").ok()
});

static VERSUS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[^a-z])(?:vs?\.?|versus|compared\s+(?:with|to)|as compared|in comparison|than|whereas|while|against|as opposed to|in contrast to)(?:[^a-z]|$)").ok()
});

static AND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^\s*,?\s*(?:and|or|/|&)\s*(?:only|by|in|of|also|a median of|were|was|then|[a-z]+ly)?\s*$").ok()
});

static BRACKETED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[(\[][^()\[\]]*[)\]]").ok());

/// The farthest that two linked results stand apart, in bytes: with brackets, and without.
const LONGEST_GAP: usize = 400;
const LONGEST_BARE: usize = 110;

fn fits(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// The results of a sentence, in order.
pub(super) fn cells(sentence: &str, quantities: &[Quantity]) -> Vec<Cell> {
    let mut cells: Vec<Cell> = Vec::new();
    for (index, quantity) in quantities.iter().enumerate() {
        if !is_result(sentence, quantity) {
            continue;
        }
        let end = quantity
            .interval
            .as_ref()
            .map_or(quantity.range.end, |interval| {
                interval.range.end.max(quantity.range.end)
            });
        let size = quantity.role == Role::SampleSize;
        if let Some(last) = cells.last_mut()
            && let Some(gap) = sentence.get(last.range.end..quantity.range.start)
            && !size
            && (last.size && matches!(gap.trim(), "," | ";" | ":")
                || is_same(
                    gap,
                    sentence.get(quantity.range.start..).unwrap_or_default(),
                ))
        {
            last.quantities.push(index);
            last.range.end = end;
            last.whole = last.whole.or_else(|| of_whole(gap, quantity));
            continue;
        }
        let whole = if size {
            quantity.value
        } else {
            quantity.denominator
        };
        cells.push(Cell {
            quantities: vec![index],
            range: quantity.range.start..end,
            size,
            whole,
        });
    }
    for cell in &mut cells {
        close(sentence, &mut cell.range);
    }
    cells
}

/// The second number of "12 of the 40" is the whole.
fn of_whole(gap: &str, quantity: &Quantity) -> Option<Decimal> {
    let of = ["of", "in", "among", "/"]
        .iter()
        .any(|word| gap.contains(word))
        && !gap.contains(['(', '[']);
    quantity
        .denominator
        .or_else(|| quantity.value.filter(|_| of && quantity.unit.is_none()))
}

/// Takes in what a bracket opened inside the result still holds, where no further number stands there.
fn close(sentence: &str, range: &mut Range<usize>) {
    let inside = sentence.get(range.clone()).unwrap_or_default();
    let open = inside.matches(['(', '[']).count() > inside.matches([')', ']']).count();
    let rest = sentence.get(range.end..).unwrap_or_default();
    if open && let Some(at) = rest.find([')', ']']).filter(|at| *at <= 40) {
        let tail = rest.get(..at).unwrap_or_default();
        if !tail.contains(['(', '[']) && !tail.chars().any(|c| c.is_ascii_digit()) {
            range.end += at + 1;
        }
    }
}

/// Values and sizes; doses and points of time are none.
fn is_result(sentence: &str, quantity: &Quantity) -> bool {
    if !matches!(quantity.role, Role::Value | Role::SampleSize) {
        return false;
    }
    let before = sentence.get(..quantity.range.start).unwrap_or_default();
    let near = before
        .get(before.floor_char_boundary(before.len().saturating_sub(40))..)
        .unwrap_or_default();
    let Some(unit) = quantity.unit.as_ref() else {
        let grade = near
            .trim_end_matches([' ', '-'])
            .to_lowercase()
            .ends_with("grade");
        let effect = quantity.decimals > 0 && fits(&EFFECT, near);
        return !(grade || effect);
    };
    let code = unit.ucum.as_ref();
    let dose = code == "mg"
        || code == "g"
        || code == "Gy"
        || code == "ug"
        || code.starts_with("mg/m")
        || code.starts_with("mg/kg")
        || code.ends_with("/kg")
        || code == "[IU]"
        || code == "g/m2"
        || code == "mg/d";
    if dose {
        return false;
    }
    let time = matches!(code, "mo" | "a" | "wk" | "d" | "h" | "min");
    if time {
        let behind = sentence.get(quantity.range.end..).unwrap_or_default();
        let hyphened = sentence
            .get(quantity.range.clone())
            .is_some_and(|text| text.contains('-') && quantity.value.is_some());
        return !(fits(&WHEN, near)
            || hyphened
            || behind.starts_with(" of age")
            || behind.starts_with(" old")
            || behind.starts_with(" after")
            || behind.starts_with(" of follow"));
    }
    true
}

fn is_same(gap: &str, behind: &str) -> bool {
    if gap.len() > LONGEST_BARE {
        return false;
    }
    if fits(&SAME, gap) {
        return !gap.trim().is_empty() || gap.is_empty();
    }
    if fits(&AMONG, gap) {
        let counted = behind.split(' ').nth(1).unwrap_or_default();
        return matches!(
            counted.trim_end_matches([',', ')', '.']),
            "patients" | "women" | "cases" | "subjects" | "participants"
        );
    }
    if fits(&VERSUS, gap) {
        return false;
    }
    if fits(&OWN_SPREAD, gap) {
        return true;
    }
    if let Some(open) = gap.rfind(['(', '[']) {
        let inside = gap.get(open + 1..).unwrap_or_default();
        let closed = inside.contains([')', ']']);
        return !closed
            && fits(&BRACKET, gap)
            && (inside.trim().is_empty() || fits(&SPREAD, inside));
    }
    // The second number of a bracket: "[9, 16]", "(3 to 9)".
    false
}

/// How two neighbouring results belong together.
pub(super) fn link(sentence: &str, one: &Cell, next: &Cell) -> Option<Link> {
    let gap = sentence.get(one.range.end..next.range.start)?;
    if gap.len() > LONGEST_GAP {
        return None;
    }
    let bare = BRACKETED
        .as_ref()
        .map_or(gap.into(), |regex| regex.replace_all(gap, ""));
    if bare.len() > LONGEST_BARE || bare.contains(';') {
        return None;
    }
    let bare = bare.trim_start_matches([')', ']', '%']);
    if fits(&VERSUS, bare) {
        return Some(Link::Versus);
    }
    if fits(&AND, bare) {
        return Some(Link::And);
    }
    (bare.trim() == ",").then_some(Link::Comma)
}

/// Whether two results stand alone inside one bracket: "(24% and 31%)".
pub(super) fn alone_in_bracket(sentence: &str, one: &Cell, next: &Cell) -> bool {
    let before = sentence
        .get(..one.range.start)
        .unwrap_or_default()
        .trim_end();
    let behind = sentence
        .get(next.range.end..)
        .unwrap_or_default()
        .trim_start();
    before.ends_with(['(', '[']) && behind.starts_with([')', ']', ',', ';'])
}
