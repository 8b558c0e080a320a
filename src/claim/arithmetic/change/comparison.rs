//! Two sides with their values: "higher in A than in B (30% vs 20%)".
//!
//! Its pairs are in the order of the sides, so the sides must be named: "higher with A (30% vs 20%)" may print either first.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{Pair, REACH, Shape, comparable};
use crate::claim::arithmetic::direction::{Stated, WordKind, governing, tokens, word};
use crate::claim::arithmetic::number::Line;
use crate::claim::arithmetic::{Change, Direction};
use crate::claim::lexis::is;

const VERSUS: [&str; 7] = [
    "vs",
    "vs.",
    "versus",
    "v",
    "against",
    "compared with",
    "compared to",
];

/// Numbers of an interval that may stand between two values: its level and its bounds.
const OF_INTERVAL: usize = 4;

/// "higher in A than in B (30% vs 20%)", each value with its interval or without, or "(30% and 20%, respectively)".
pub(super) fn bracketed<'a>(line: &Line<'a>, at: usize) -> Option<Pair<'a>> {
    let lead = opened(line.before(at))?;
    let last = line.numbers.len().min(at + 1 + OF_INTERVAL);
    let next = (at + 1..last).find(|next| comparable(line, at, *next))?;
    let between = without_brackets(line.between(Some(at), next))?;
    let behind = line.gap(next + 1);
    let named = lead.rsplit(", ").next().unwrap_or(lead);
    let is_listed = between == "and"
        && behind
            .trim_start_matches([',', ' '])
            .starts_with("respectively)")
        && !named.contains(" and ");
    (VERSUS.contains(&between.as_str()) || is_listed).then_some(Pair {
        from: at,
        to: next,
        lead,
        shape: Shape::Versus,
        size: None,
    })
}

/// The text in front of a bracket that opens right before a value, or says before it what statistic it is: "(median age, ".
fn opened(before: &str) -> Option<&str> {
    let (lead, opening) = before.rsplit_once('(')?;
    let opening = opening.trim().trim_end_matches(',').to_lowercase();
    (opening.is_empty() || is("statistic-opening", &opening)).then_some(lead)
}

/// A text without its bracketed parts, trimmed; `None` where it closes a bracket that opened before it.
fn without_brackets(text: &str) -> Option<String> {
    let mut depth = 0_usize;
    let mut kept = String::new();
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.checked_sub(1)?,
            _ if depth == 0 => kept.push(c),
            _ => {}
        }
    }
    Some(kept.trim().to_owned())
}

/// "higher in A than in B (": the word, where the sides are named behind it.
pub(super) fn compared(lead: &str) -> Option<Stated> {
    let lead = lead.trim_end_matches([' ', '(']);
    let marks = [
        " than ",
        " compared with ",
        " compared to ",
        " versus ",
        " relative to ",
    ];
    let at = marks.iter().filter_map(|mark| lead.rfind(mark)).max()?;
    let sides = tokens(lead.get(at..)?);
    if sides.len() > REACH
        || sides.iter().any(|(_, token)| is_pooled(token))
        || lead.get(at..)?.contains([',', ';', ':', ')'])
    {
        return None;
    }
    let of_that = sides
        .get(1)
        .is_some_and(|(_, word)| matches!(*word, "that" | "those"));
    graded(lead.get(..at)?, of_that)
}

/// "higher values (60 ms vs 37 ms, p = 0.01) in A than in B": the word in front of the values, where the sides are named behind them.
pub(super) fn compared_behind(line: &Line<'_>, pair: &Pair<'_>) -> Option<Stated> {
    static SIDES: LazyLock<Option<Regex>> = LazyLock::new(|| {
        let more = r"(?: and [^()]{1,60}\([^()]*\))?";
        let side = r"(?: (?:in|with|for|among|after) [^.,;:()]{1,80}?)?";
        let other = r" (?:than|compared with|compared to|versus) ([^.,;:()]{1,80})";
        Regex::new(&format!(r"^[^()]*\){more}{side}{other}")).ok()
    });
    let behind = line.between(Some(pair.to), line.numbers.len());
    let found = SIDES.as_ref()?.captures(behind)?;
    let pools = |text: &str| tokens(text).iter().any(|(_, word)| is_pooled(word));
    let stated = graded(pair.lead.trim_end_matches([' ', '(']), false)?;
    let named = tokens(pair.lead.get(stated.end..)?).len();
    let is_near = stated.word.kind == WordKind::Comparative && named <= NAMED;
    (is_near && !pools(found.get(0)?.as_str())).then_some(stated)
}

fn is_pooled(token: &str) -> bool {
    ["both", "all", "each", "either"].contains(&token)
}

/// The word that compares, at the end of `lead`; "more" and "less" only where what follows is counted, or `of_that` alone follows.
fn graded(lead: &str, of_that: bool) -> Option<Stated> {
    let stated = governing(lead, true)?;
    let rest = lead.get(stated.end..)?;
    let next = rest.split_whitespace().next().unwrap_or_default();
    let is_counted = match stated.printed.as_str() {
        "more" | "less" => COUNTED.contains(&next) || next.is_empty() && of_that,
        "larger" | "smaller" => AMOUNTS.contains(&next),
        _ => true,
    };
    is_counted.then_some(stated)
}

/// What "more" and "less" count.
const COUNTED: [&str; 11] = [
    "patients",
    "participants",
    "women",
    "men",
    "subjects",
    "children",
    "often",
    "frequently",
    "frequent",
    "common",
    "likely",
];

/// What is larger where a value is, and not a thing.
const AMOUNTS: [&str; 6] = [
    "number",
    "proportion",
    "percentage",
    "share",
    "fraction",
    "rate",
];

/// "lower in one group": the word in front of two values side by side. Where a change is greater, its values may be what it led to.
pub(super) fn beside(lead: &str) -> Option<Stated> {
    let stated = graded(lead, false)?;
    let front = lead.get(..stated.start)?;
    let clause = front.rsplit(", ").next().unwrap_or(front);
    let is_change = tokens(clause)
        .iter()
        .any(|(_, token)| *token == "change" || token.ends_with("fold") || word(token).is_some());
    (stated.word.kind == WordKind::Comparative && !is_change).then_some(stated)
}

/// "lower in one group (3.1) than in the other (4.2)": each value in brackets right behind its side.
pub(super) fn side_by_side<'a>(line: &Line<'a>, at: usize) -> Option<Pair<'a>> {
    let opens = |at: usize| opened(line.gap(at)).is_some();
    if !opens(at) {
        return None;
    }
    let next = (at + 1..line.numbers.len().min(at + 4)).find(|next| opens(*next))?;
    let between = line.between(Some(at), next);
    let (inside, middle) = between.split_once(')')?;
    let middle = opened(middle)?;
    let words = tokens(middle);
    let held = words
        .iter()
        .any(|(_, word)| matches!(*word, "than" | "versus" | "vs"))
        || ["compared with ", "compared to "]
            .iter()
            .any(|mark| middle.contains(mark));
    let breaks = [',', ';', ':', '(', ')'];
    let behind = line.gap(next + 1).split(')').next().unwrap_or_default();
    let alone = |text: &str| {
        !tokens(text)
            .iter()
            .any(|(_, word)| matches!(*word, "to" | "vs" | "versus"))
    };
    if !held
        || words.len() > REACH
        || middle.contains(breaks)
        || inside.contains('(')
        || !alone(inside)
        || !alone(behind)
    {
        return None;
    }
    let lead = opened(line.before(at))?;
    comparable(line, at, next).then_some(Pair {
        from: at,
        to: next,
        lead,
        shape: Shape::Beside,
        size: None,
    })
}

/// "lower in one group than in the other (3.1 in the one vs. 4.2 in the other)": the values in the order of the sides, whichever
/// is printed first.
pub(super) fn named<'a>(line: &Line<'a>, at: usize) -> Option<Pair<'a>> {
    let (lead, opening) = line.before(at).rsplit_once('(')?;
    let gap = line.gap(at + 1).trim_end();
    let mark = VERSUS
        .iter()
        .filter_map(|mark| {
            Some((
                gap.rfind(&format!(" {mark} "))
                    .or_else(|| last(gap, mark))?,
                mark,
            ))
        })
        .max()?;
    let (first_behind, second_before) = (gap.get(..mark.0)?, gap.get(mark.0 + mark.1.len() + 1..)?);
    let second_behind = line.gap(at + 2).split(')').next()?;
    let parts = [opening, first_behind, second_before, second_behind];
    let is_plain = |part: &str| tokens(part).len() <= NAMED && !part.contains([')', ';', ',', '=']);
    if !parts.into_iter().all(is_plain) || !comparable(line, at, at + 1) {
        return None;
    }
    let stated = compared(lead)?;
    let sides = sides(&stated, lead)?;
    let names = |one: &str, other: &str| names(&format!("{one} {other}"));
    let order = order(
        &names(opening, first_behind),
        &names(second_before, second_behind),
        &sides,
    )?;
    let (from, to) = if order { (at, at + 1) } else { (at + 1, at) };
    Some(Pair {
        from,
        to,
        lead,
        shape: Shape::Versus,
        size: None,
    })
}

/// Words that may name a side within brackets.
const NAMED: usize = 6;

/// Where a mark ends a text as words of its own.
fn last(text: &str, mark: &str) -> Option<usize> {
    let start = text.strip_suffix(mark)?.strip_suffix(' ')?;
    Some(start.len())
}

/// Whether the first value is of the first side: `None` where the words beside the values do not tell.
fn order(
    first: &BTreeSet<String>,
    second: &BTreeSet<String>,
    sides: &(String, String),
) -> Option<bool> {
    let (one, other) = (names(&sides.0), names(&sides.1));
    let is_of = |words: &BTreeSet<String>, side: &BTreeSet<String>, not: &BTreeSet<String>| {
        words
            .iter()
            .any(|word| side.contains(word) && !not.contains(word))
    };
    let kept = is_of(first, &one, &other) || is_of(second, &other, &one);
    let turned = is_of(first, &other, &one) || is_of(second, &one, &other);
    (kept != turned).then_some(kept)
}

/// The words of a text that can name a side, each without its plural.
fn names(text: &str) -> BTreeSet<String> {
    let words = tokens(text)
        .into_iter()
        .map(|(_, word)| word.to_lowercase());
    words
        .filter(|word| !is("nameless", word))
        .map(|word| word.trim_end_matches('s').to_owned())
        .collect()
}

/// Changes of one document. Where it says the same of either side of one bracket ("lower in A than in B (18% vs 4%)", "lower in B
/// than in A (18% vs 4%)"), the order of the bracket is its own, and only one of the two can be wrong.
pub(in crate::claim::arithmetic) fn settled(mut changes: Vec<Change>) -> Vec<Change> {
    type Said = (Direction, (String, String));
    let said = |change: &Change| -> Said { (change.direction, change.printed.clone()) };
    let mut sides: BTreeMap<Said, BTreeSet<(String, String)>> = BTreeMap::new();
    for change in &changes {
        if let Some(own) = &change.sides {
            sides.entry(said(change)).or_default().insert(own.clone());
        }
    }
    for change in &mut changes {
        let Some((one, other)) = change.sides.clone() else {
            continue;
        };
        let known = sides.get(&said(change));
        change.reversed = known.is_some_and(|known| known.contains(&(other, one)));
    }
    changes
}

/// The two sides of a comparison, without words of grammar: "vomiting was lower in the A group than in the B group".
pub(super) fn sides(stated: &Stated, lead: &str) -> Option<(String, String)> {
    let lead = lead.trim_end_matches([' ', '(']);
    let text = lead.get(stated.end..)?;
    let at = text.rfind(" than ")?;
    let named = |text: &str| {
        let words = tokens(text)
            .into_iter()
            .map(|(_, word)| word.to_lowercase());
        let names = words.filter(|word| !is("nameless", word));
        names.collect::<Vec<String>>().join(" ")
    };
    let (one, other) = (named(text.get(..at)?), named(text.get(at..)?));
    (!one.is_empty() && !other.is_empty()).then_some((one, other))
}
