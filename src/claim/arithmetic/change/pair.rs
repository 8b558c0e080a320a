//! Which two numbers of a sentence belong together, by what stands between them: "from a to b", "b (up from a)".

use super::comparison::{bracketed, named, side_by_side};
use super::{Pair, REACH, Shape, comparable, is_value};
use crate::claim::arithmetic::direction::{WordKind, governing, tokens, word};
use crate::claim::arithmetic::number::Line;
use crate::claim::lexis::words_of;
use crate::ontology::Dimension;
use crate::quantity::Role;

const ARROWS: [&str; 6] = ["→", "->", "–>", "-->", "=>", "⟶"];
/// Numbers that may stand between the two of a pair: "from 60% at 28 days (95% CI ...) to 73%".
const BETWEEN: usize = 6;

pub(super) fn pair_at<'a>(line: &Line<'a>, at: usize) -> Option<Pair<'a>> {
    let before = line.gap(at).trim_end();
    let next = line.gap(at + 1).trim();
    let pair = |from, to, shape| {
        let (lead, size) = lead(line, at);
        Some(Pair {
            from,
            to,
            lead,
            shape,
            size,
        })
    };
    if ARROWS.contains(&next) {
        return pair(at, at + 1, Shape::Arrow);
    }
    if let Some(pair) = bracketed(line, at) {
        return Some(pair);
    }
    if leads(before, "from")
        && let Some(to) = closing(line, at)
    {
        return pair(at, to, Shape::FromTo);
    }
    let is_short = || tokens(next).len() <= 8 && !next.contains([';', ':', '.']);
    if leads(before, "to") && leads(next, "from") && is_short() {
        return pair(at + 1, at, Shape::ToFrom);
    }
    side_by_side(line, at)
        .or_else(|| named(line, at))
        .or_else(|| up_from(line, at))
}

/// "from a and b to c and d, respectively": the first with the first, the second with the second.
pub(super) fn respective<'a>(line: &Line<'a>, at: usize) -> Vec<Pair<'a>> {
    if !ends_with_word(line.gap(at), "from") {
        return Vec::new();
    }
    let listed = |start: usize| {
        let links = (start + 1..line.numbers.len()).take_while(|next| {
            let gap = line.gap(*next).trim();
            matches!(gap, "and" | "," | ", and") && comparable(line, start, *next)
        });
        links.count() + 1
    };
    let count = listed(at);
    let to = at + count;
    if count < 2 || line.gap(to).trim() != "to" || !comparable(line, at, to) || listed(to) != count
    {
        return Vec::new();
    }
    let (lead, _) = lead(line, at);
    (0..count)
        .map(|place| Pair {
            from: at + place,
            to: to + place,
            lead,
            shape: Shape::FromTo,
            size: None,
        })
        .collect()
}

fn ends_with_word(text: &str, word: &str) -> bool {
    text.trim_end()
        .strip_suffix(word)
        .is_some_and(|rest| !rest.ends_with(|c: char| c.is_alphanumeric() || c == '-'))
}

/// The same where "an average of" or "just" stands between the word and its number.
fn leads(text: &str, word: &str) -> bool {
    ends_with_word(without_opening(text), word)
}

/// A text without the words that open a value: "from an average of" is "from".
fn without_opening(text: &str) -> &str {
    let text = text.trim_end();
    words_of("value-opening")
        .iter()
        .find_map(|opening| {
            text.strip_suffix(opening)
                .filter(|rest| rest.ends_with(' '))
                .map(str::trim_end)
        })
        .unwrap_or(text)
}

/// The text in front of a pair up to the last number of its kind, and the size of the change where it is printed there.
fn lead<'a>(line: &Line<'a>, at: usize) -> (&'a str, Option<usize>) {
    let same = (at.saturating_sub(BETWEEN)..at)
        .rev()
        .find(|other| comparable(line, *other, at));
    let size = at.checked_sub(1).filter(|before| {
        let text = line.gap(at).trim();
        let is_size = line.numbers.get(*before).is_some_and(|number| {
            matches!(
                number.dimension,
                Some((Dimension::Proportion | Dimension::Multiple, _))
            )
        });
        let led = line.gap(*before);
        let close = matches!(text, "from" | ", from" | "to" | ", to");
        is_size
            && close
            && led.split_whitespace().next_back().is_some_and(|token| {
                token == "by" || word(token).is_some_and(|word| word.kind == WordKind::Verb)
            })
    });
    let noun = at
        .checked_sub(1)
        .filter(|before| is_sized(line, *before, at));
    let size = size.or(noun);
    let is_amount = |same: &usize| {
        same + 1 == at
            && matches!(line.gap(at).trim(), "from" | ", from")
            && ends_with_word(line.gap(*same), "by")
    };
    let lead = match (size, same) {
        (Some(size), _) if noun.is_none() => line.gap(size),
        (Some(_), _) => line.gap(at),
        (None, Some(amount)) if is_amount(&amount) => line.gap(amount),
        (None, same) => line.between(same, at),
    };
    let lead = without_opening(lead);
    let lead = ["from", "to", "by"]
        .iter()
        .find_map(|word| {
            lead.strip_suffix(word)
                .filter(|_| ends_with_word(lead, word))
        })
        .unwrap_or(lead);
    (lead, size)
}

/// "a 25% increase from": whether a number states the size of the change behind it.
fn is_sized(line: &Line<'_>, size: usize, at: usize) -> bool {
    let words = tokens(line.gap(at));
    let changes = words
        .first()
        .and_then(|(_, token)| word(token))
        .is_some_and(|word| matches!(word.kind, WordKind::Noun | WordKind::Verb));
    let is_size = line.numbers.get(size).is_some_and(|number| {
        matches!(
            number.dimension,
            Some((Dimension::Proportion | Dimension::Multiple, _))
        )
    });
    is_size && changes && words.len() <= REACH && ends_with_word(line.gap(at), "from")
}

/// The number after "to" that closes "from a ... to b".
fn closing(line: &Line<'_>, at: usize) -> Option<usize> {
    let mut depth = 0_usize;
    let mut words = 0;
    for next in at + 1..=(at + BETWEEN).min(line.numbers.len().checked_sub(1)?) {
        let gap = without_opening(line.gap(next));
        let is_closed = ends_with_word(gap, "to");
        let words_between = gap.strip_suffix(", to").unwrap_or(gap);
        for c in words_between.chars() {
            match c {
                '(' => depth += 1,
                ')' => depth = depth.saturating_sub(1),
                ';' | ':' | ',' if depth == 0 => return None,
                _ => {}
            }
        }
        words += tokens(gap).len();
        if words > REACH || gap.contains(". ") || ends_with_word(gap, "from") {
            return None;
        }
        if depth == 0 && (comparable(line, at, next) || reaches(line, at, next)) {
            let is_reached = line.numbers.get(next).is_some_and(|number| !number.closed);
            return (is_closed || is_reached).then_some(next);
        }
    }
    None
}

/// "down to 20": a bound elsewhere, and the later value behind "from 40".
pub(super) fn reaches(line: &Line<'_>, from: usize, to: usize) -> bool {
    let (Some(from), Some(to)) = (line.numbers.get(from), line.numbers.get(to)) else {
        return false;
    };
    let opens = ["down to ", "up to "]
        .iter()
        .any(|opening| to.printed.starts_with(opening));
    opens && to.role == Role::Value && is_value(from) && from.dimension == to.dimension
}

/// "50% (up from 44%)", "50%, an increase from 44%".
fn up_from<'a>(line: &Line<'a>, at: usize) -> Option<Pair<'a>> {
    let later = at.checked_sub(1).and_then(|last| {
        (at.saturating_sub(3)..=last)
            .rev()
            .find(|other| comparable(line, *other, at))
    })?;
    let text = line.between(Some(later), at).trim_end();
    let lead = without_opening(text).strip_suffix("from")?;
    let stated = governing(lead, false)?;
    let tail = lead.get(stated.end..)?.trim();
    let front = lead.get(..stated.start)?.trim_end();
    let direct = tail.is_empty()
        && (front.ends_with(['(', ',', '–', '—'])
            || front.ends_with(", an")
            || front.ends_with(", a")
            || front.ends_with("(an")
            || front.ends_with("(a"));
    let plain = line.between(Some(later), at);
    let leaves_bracket = plain
        .find(')')
        .is_some_and(|end| !plain.get(..end).is_some_and(|text| text.contains('(')));
    (direct && !leaves_bracket && !plain.contains(';')).then_some(Pair {
        from: at,
        to: later,
        lead,
        shape: Shape::UpFrom,
        size: None,
    })
}
