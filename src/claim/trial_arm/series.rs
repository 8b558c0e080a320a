//! Series of results: "24% and 31% in A and B, respectively", "64 and 85% for A".
//!
//! Why it exists: a series lists one measure over the arms, or several measures of one arm. Which of the two must be
//! asked first: "DFS and OS were 64% and 85%, respectively" lists measures.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::assign::{Reading, Rule, arms_of};
use super::cell::Link;

/// "Survival and response rates were": two measures are listed.
static MEASURES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[a-z)]+,?\s+and\s+[^,;:()]{1,60}\s(?:was|were|are|is)\s+(?:[a-z]+\s+)?$").ok()
});

/// Longest stretch between the last result and "respectively", in bytes.
const REACH: usize = 160;

/// Results before each "respectively".
pub(super) fn respectively(reading: &mut Reading<'_>) {
    let places: Vec<usize> = reading
        .sentence
        .match_indices("respectively")
        .map(|(at, _)| at)
        .collect();
    let mut from = 0;
    for (index, at) in places.iter().enumerate() {
        let until = places
            .get(index + 1)
            .copied()
            .unwrap_or(reading.sentence.len());
        one_respectively(reading, from, *at, until);
        from = *at;
    }
}

fn one_respectively(reading: &mut Reading<'_>, from: usize, at: usize, until: usize) {
    let Some(chain) = chain(reading, from, at) else {
        return;
    };
    let (Some(start), Some(end)) = (
        reading.cells.get(chain.start).map(|cell| cell.range.start),
        reading
            .cells
            .get(chain.end.saturating_sub(1))
            .map(|cell| cell.range.end),
    ) else {
        return;
    };
    if at - end > REACH {
        return;
    }
    let inside = |range: Range<usize>| -> Vec<usize> {
        let all = reading.mentions_behind(range.start);
        let count = all.partition_point(|mention| mention.range.end <= range.end);
        arms_of(all.get(..count).unwrap_or_default())
    };
    let next = reading
        .cells
        .get(chain.end)
        .map_or(until, |cell| cell.range.start.min(until));
    let (between, after) = (inside(end..at), inside(at..next));
    let before = inside(from..start);
    let count = chain.len();
    let measures = lists_measures(reading, from, start);
    let anywhere = arms_of(&reading.mentions);
    let listed = [&between, &after, &before]
        .into_iter()
        .find(|arms| arms.len() > 1);
    let listed = listed.or_else(|| Some(&anywhere).filter(|arms| arms.len() == count && count > 1));
    let compared = chain
        .clone()
        .any(|cell| cell + 1 < chain.end && reading.is_compared(cell));
    let of_one = match (between.as_slice(), after.as_slice()) {
        ([arm], _) => Some(*arm),
        ([], [arm]) if measures => Some(*arm),
        _ => None,
    };
    if let Some(arm) = of_one.filter(|_| count > 1 && !compared) {
        chain.for_each(|cell| reading.regive(cell, arm, Rule::Respectively));
        return;
    }
    let only_before = between.len() < 2 && after.len() < 2;
    let Some(arms) = listed
        .cloned()
        .filter(|arms| count % arms.len() == 0 && !(measures && only_before))
    else {
        return;
    };
    let halves = count == 4
        && arms.len() == 2
        && reading.link(chain.start + 1) == Some(Link::Versus)
        && !reading.is_compared(chain.start);
    if let ([one, two], 2) = (arms.as_slice(), count) {
        earlier_pairs(reading, from, chain.start, (*one, *two));
    }
    for (position, cell) in chain.enumerate() {
        let place = if halves {
            position / 2
        } else {
            position % arms.len()
        };
        if let Some(arm) = arms.get(place) {
            reading.regive(cell, *arm, Rule::Respectively);
        }
    }
}

/// "2.8 and 2.6 months, and survival was 9.3 and 11.0 months, in A and B, respectively": the earlier pair goes the same way.
fn earlier_pairs(reading: &mut Reading<'_>, from: usize, until: usize, (one, two): (usize, usize)) {
    let mut at = until;
    while let Some(first) = at.checked_sub(2) {
        let fits = reading.link(first) == Some(Link::And)
            && reading.arm(first).is_none()
            && reading.arm(first + 1).is_none()
            && reading
                .cells
                .get(first)
                .is_some_and(|cell| cell.range.start >= from)
            && no_mention_between(reading, first)
            && no_mention_between(reading, first + 1);
        if !fits {
            return;
        }
        reading.give(first, one, Rule::Respectively);
        reading.give(first + 1, two, Rule::Respectively);
        at = first;
    }
}

/// Whether the text before a series, from a place to another, lists measures, not arms: "survival and response rates were".
pub(super) fn lists_measures(reading: &Reading<'_>, from: usize, start: usize) -> bool {
    let tail = tail_of(reading.between(from, start));
    let Some(found) = MEASURES.as_ref().and_then(|regex| regex.find(tail)) else {
        return false;
    };
    let begin = start - tail.len() + found.start();
    let last = reading.mentions_before(start).last();
    last.is_none_or(|mention| mention.range.end <= begin)
}

/// The end of a text, so that a pattern anchored there looks at no more.
fn tail_of(text: &str) -> &str {
    text.get(text.floor_char_boundary(text.len().saturating_sub(120))..)
        .unwrap_or_default()
}

/// The linked results that end last before a place.
fn chain(reading: &Reading<'_>, from: usize, at: usize) -> Option<Range<usize>> {
    let end = reading.cells.partition_point(|cell| cell.range.end <= at);
    let last = end.checked_sub(1)?;
    if reading.cells.get(last)?.range.start < from {
        return None;
    }
    let mut start = last;
    while let Some(before) = start.checked_sub(1) {
        let linked = reading.link(before).is_some()
            && reading
                .cells
                .get(before)
                .is_some_and(|cell| cell.range.start >= from)
            && no_mention_between(reading, before);
        if !linked {
            break;
        }
        start = before;
    }
    Some(start..end)
}

fn no_mention_between(reading: &Reading<'_>, cell: usize) -> bool {
    let (Some(one), Some(next)) = (reading.cells.get(cell), reading.cells.get(cell + 1)) else {
        return false;
    };
    reading
        .mentions_behind(one.range.end)
        .first()
        .is_none_or(|mention| mention.range.start >= next.range.start)
}

/// "64 and 85% for A": results joined by "and" share the arm at their end; "24 and 31% in A and B" go by the order.
pub(super) fn share(reading: &mut Reading<'_>) {
    for cell in (0..reading.cells.len().saturating_sub(1)).rev() {
        let joined = matches!(reading.link(cell), Some(Link::And | Link::Comma));
        if !joined || reading.arm(cell).is_some() || !no_mention_between(reading, cell) {
            continue;
        }
        let Some(given) = reading.given.get(cell + 1).copied().flatten() else {
            continue;
        };
        let end = reading.cells.get(cell + 1).map_or(0, |cell| cell.range.end);
        let behind = reading.mentions_behind(end);
        let second = match behind {
            [first, second, ..] if first.arm == given.arm && second.arm != given.arm => {
                let gap = reading.between(first.range.end, second.range.start).trim();
                matches!(
                    gap,
                    "and"
                        | "or"
                        | "and the"
                        | "versus"
                        | "vs"
                        | ", and"
                        | "group and"
                        | "group and the"
                        | "arm and"
                )
                .then_some(second.arm)
            }
            _ => None,
        };
        match second {
            Some(other) if given.rule == Rule::Behind => {
                reading.give(cell, given.arm, Rule::Respectively);
                reading.regive(cell + 1, other, Rule::Respectively);
            }
            _ if matches!(given.rule, Rule::Behind | Rule::Series) => {
                reading.give(cell, given.arm, Rule::Series);
            }
            _ => {}
        }
    }
    for cell in 1..reading.cells.len() {
        let joined = reading.link(cell - 1) == Some(Link::And);
        let given = reading.given.get(cell - 1).copied().flatten();
        if let Some(given) =
            given.filter(|given| joined && matches!(given.rule, Rule::Before | Rule::Series))
            && no_mention_between(reading, cell - 1)
        {
            reading.give(cell, given.arm, Rule::Series);
        }
    }
}
