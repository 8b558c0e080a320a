//! Pairs of values with a word of change: "rose from 20% to 30%", "50% (up from 44%)", "higher in A than in B (30% vs 20%)".
//!
//! What is left out on purpose: negative numbers, years, values with different units, and
//! units such as hours or degrees where no noun says that they were measured ("fell from 8 to 12 hours after the dose").

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::change_size::size;
use super::direction::{Stated, WordKind, governing, resolved, tokens, word};
use super::number::{Line, Number};
use super::{Change, Direction};
use crate::markdown::{Document, Place};
use crate::ontology::{Dimension, lexicon_table};
use crate::quantity::Role;

/// Two numbers of a sentence, in order of time, and what was said in front of them.
struct Pair<'a> {
    /// Positions in [`Line::numbers`].
    from: usize,
    to: usize,
    /// What stands in front.
    lead: &'a str,
    shape: Shape,
    /// Where the size of the change is printed in front: "by 25% from".
    size: Option<usize>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    /// "from a to b".
    FromTo,
    /// "a → b".
    Arrow,
    /// "to b from a".
    ToFrom,
    /// "b (up from a)".
    UpFrom,
    /// "(a vs b)": the first is compared with the second.
    Versus,
}

const ARROWS: [&str; 6] = ["→", "->", "–>", "-->", "=>", "⟶"];
const VERSUS: [&str; 6] = ["vs", "vs.", "versus", "v", "compared with", "compared to"];
/// Numbers that may stand between the two of a pair: "from 60% at 28 days (95% CI ...) to 73%".
const BETWEEN: usize = 6;

/// The changes that one sentence states. `previous` is the sentence before it in the same text.
pub(super) fn changes(
    line: &Line<'_>,
    previous: Option<&Line<'_>>,
    document: &Document,
) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    if line.numbers.is_empty() || line.is_long() {
        return found;
    }
    let listed = line.plain().contains("respectively");
    for at in 0..line.numbers.len() {
        let pairs = if listed {
            respective(line, at)
        } else {
            Vec::new()
        };
        let single = pair_at(line, at)
            .filter(|pair| pairs.is_empty() && !(listed && pair.shape == Shape::UpFrom));
        let read = pairs
            .iter()
            .chain(&single)
            .filter_map(|pair| read_pair(line, pair, document));
        found.extend(read);
    }
    if found.is_empty() && !listed {
        found.extend(previous.and_then(|previous| announced(line, previous, document)));
    }
    found
}

fn pair_at<'a>(line: &Line<'a>, at: usize) -> Option<Pair<'a>> {
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
    if VERSUS.contains(&next) && before.ends_with('(') {
        return pair(at, at + 1, Shape::Versus);
    }
    if ends_with_word(before, "from")
        && let Some(to) = closing(line, at)
    {
        return pair(at, to, Shape::FromTo);
    }
    let is_short = || tokens(next).len() <= 8 && !next.contains([';', ':', '.']);
    if ends_with_word(before, "to") && ends_with_word(next, "from") && is_short() {
        return pair(at + 1, at, Shape::ToFrom);
    }
    up_from(line, at)
}

/// "from a and b to c and d, respectively": the first with the first, the second with the second.
fn respective<'a>(line: &Line<'a>, at: usize) -> Vec<Pair<'a>> {
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
    let lead = match (size, same) {
        (Some(size), _) if noun.is_none() => line.gap(size),
        (Some(_), _) => line.gap(at),
        (None, same) => line.between(same, at),
    };
    let lead = lead.trim_end();
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
        let gap = line.gap(next);
        for c in gap.chars() {
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
        if depth == 0 && comparable(line, at, next) {
            return ends_with_word(gap, "to").then_some(next);
        }
    }
    None
}

const REACH: usize = 16;

/// "50% (up from 44%)", "50%, an increase from 44%".
fn up_from<'a>(line: &Line<'a>, at: usize) -> Option<Pair<'a>> {
    let later = at.checked_sub(1).and_then(|last| {
        (at.saturating_sub(3)..=last)
            .rev()
            .find(|other| comparable(line, *other, at))
    })?;
    let text = line.between(Some(later), at).trim_end();
    let lead = text.strip_suffix("from")?;
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
    (direct && !plain.contains(';')).then_some(Pair {
        from: at,
        to: later,
        lead,
        shape: Shape::UpFrom,
        size: None,
    })
}

/// Whether two numbers of a sentence are values of one dimension.
fn comparable(line: &Line<'_>, one: usize, other: usize) -> bool {
    match (line.numbers.get(one), line.numbers.get(other)) {
        (Some(one), Some(other)) => {
            is_value(one) && is_value(other) && one.dimension == other.dimension
        }
        _ => false,
    }
}

/// A value that can go up and down: no year, no negative number.
fn is_value(number: &Number) -> bool {
    let year = number.dimension.is_none()
        && number.value >= Decimal::from(1900)
        && number.value < Decimal::from(2101)
        && !number.printed.contains(',');
    number.role == Role::Value && number.closed && !number.value.is_sign_negative() && !year
}

fn read_pair(line: &Line<'_>, pair: &Pair<'_>, document: &Document) -> Option<Change> {
    if !comparable(line, pair.from, pair.to) {
        return None;
    }
    let versus = pair.shape == Shape::Versus;
    let in_brackets = pair.shape == Shape::Arrow && pair.lead.trim_end().ends_with('(');
    let stated = if versus {
        compared(pair.lead)?
    } else {
        governing(pair.lead, in_brackets)?
    };
    let from = line.numbers.get(pair.from)?;
    if !fits(from, pair, &stated) || !ends_well(line, pair) {
        return None;
    }
    let subject = line.plain();
    let direction = resolved(stated.word.direction, subject);
    change(line, pair, direction, &stated, document)
}

/// "higher in A than in B (": the word, where the sides are named behind it.
fn compared(lead: &str) -> Option<Stated> {
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
    let pooled = |token: &str| ["both", "all", "each", "either"].contains(&token);
    if sides.len() > REACH
        || sides.iter().any(|(_, token)| pooled(token))
        || lead.get(at..)?.contains([',', ';', ':', ')'])
    {
        return None;
    }
    let stated = governing(lead.get(..at)?, true)?;
    let next = lead
        .get(stated.end..at)?
        .split_whitespace()
        .next()
        .unwrap_or_default();
    let counted = [
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
    let graded = matches!(stated.printed.as_str(), "more" | "less");
    (!graded || counted.contains(&next)).then_some(stated)
}

/// Nouns of quantities, each with the dimension it has.
static QUANTITIES: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| lexicon_table("quantity-nouns").collect());

/// Whether a number in such a unit is what changed, and not when or where it changed.
fn fits(number: &Number, pair: &Pair<'_>, stated: &Stated) -> bool {
    let Some((dimension, _)) = &number.dimension else {
        return true;
    };
    let noun = match dimension {
        Dimension::Proportion | Dimension::Money | Dimension::Count => return true,
        Dimension::Time => "time",
        Dimension::Mass => "mass",
        Dimension::Length => "length",
        Dimension::Volume => "volume",
        Dimension::Temperature => "temperature",
        Dimension::Data => "data",
        Dimension::Multiple | Dimension::PercentagePoint | Dimension::Other => "",
    };
    if matches!(pair.shape, Shape::Arrow | Shape::UpFrom | Shape::Versus) {
        return true;
    }
    let lead = pair
        .lead
        .get(stated.start.saturating_sub(0)..)
        .unwrap_or_default();
    let front = pair.lead.get(..stated.start).unwrap_or_default();
    let mut named = tokens(front).into_iter().rev().take(8).chain(tokens(lead));
    named.any(|(_, token)| {
        let token = token.to_lowercase();
        QUANTITIES.iter().any(|row| *row == [token.as_str(), noun])
    })
}

/// Whether what follows the last number lets it be the value itself: no noun of which it is a part ("to 20% ethanol").
fn ends_well(line: &Line<'_>, pair: &Pair<'_>) -> bool {
    let last = pair.from.max(pair.to);
    let behind = line.gap(last + 1);
    let Some(number) = line.numbers.get(last) else {
        return false;
    };
    let next = behind.trim_start();
    match number.dimension {
        Some((Dimension::Proportion, _)) => {
            let word = next
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default();
            word.is_empty() || word.chars().all(char::is_numeric) || FOLLOWERS.contains(&word)
        }
        Some((Dimension::Time, _)) => {
            let word = next.split_whitespace().next().unwrap_or_default();
            !["after", "before", "post", "prior", "later", "old", "of"].contains(&word)
        }
        _ => true,
    }
}

/// Words that may follow a percentage that is a value of its own.
const FOLLOWERS: [&str; 34] = [
    "of",
    "in",
    "at",
    "after",
    "for",
    "with",
    "among",
    "during",
    "by",
    "when",
    "over",
    "since",
    "on",
    "and",
    "but",
    "as",
    "from",
    "while",
    "compared",
    "versus",
    "vs",
    "per",
    "last",
    "this",
    "between",
    "within",
    "following",
    "to",
    "before",
    "if",
    "under",
    "across",
    "respondents",
    "which",
];

/// "Satisfaction decreased from last year. 77% ..., compared to 68%": the word in one sentence, the values in the next.
fn announced(line: &Line<'_>, previous: &Line<'_>, document: &Document) -> Option<Change> {
    let values: Vec<usize> = (0..line.numbers.len())
        .filter(|at| {
            line.numbers
                .get(*at)
                .is_some_and(|n| n.role == Role::Value && is_value(n))
        })
        .collect();
    let [to, from] = values.as_slice() else {
        return None;
    };
    if previous
        .numbers
        .iter()
        .any(|number| number.role == Role::Value)
        || !comparable(line, *to, *from)
    {
        return None;
    }
    let gap = line.between(Some(*to), *from).trim_end();
    let linked = [
        "compared to",
        "compared with",
        "versus",
        "up from",
        "down from",
    ]
    .iter()
    .any(|mark| gap.ends_with(mark));
    let text = previous.plain();
    let at = [
        "from last",
        "since last",
        "compared to last",
        "compared with last",
        "from the previous",
        "since ",
    ]
    .iter()
    .find_map(|mark| text.find(mark))?;
    let stated = governing(text.get(..at)?, false)?;
    let shares = tokens(text.get(..stated.start)?).iter().any(|(_, token)| {
        token.len() >= 5 && line.plain().to_lowercase().contains(&token.to_lowercase())
    });
    let pair = Pair {
        from: *from,
        to: *to,
        lead: text,
        shape: Shape::UpFrom,
        size: None,
    };
    let direction = resolved(stated.word.direction, text);
    (linked && shares)
        .then(|| change(line, &pair, direction, &stated, document))
        .flatten()
}

/// Changes of one document. Where it says the same of either side of one bracket ("lower in A than in B (18% vs 4%)", "lower in B
/// than in A (18% vs 4%)"), the order of the bracket is its own, and only one of the two can be wrong.
pub(super) fn settled(mut changes: Vec<Change>) -> Vec<Change> {
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
fn sides(stated: &Stated, lead: &str) -> Option<(String, String)> {
    let lead = lead.trim_end_matches([' ', '(']);
    let text = lead.get(stated.end..)?;
    let at = text.rfind(" than ")?;
    let named = |text: &str| {
        let words = tokens(text)
            .into_iter()
            .map(|(_, word)| word.to_lowercase());
        let names = words.filter(|word| !LITTLE.contains(&word.as_str()));
        names.collect::<Vec<String>>().join(" ")
    };
    let (one, other) = (named(text.get(..at)?), named(text.get(at..)?));
    (!one.is_empty() && !other.is_empty()).then_some((one, other))
}

/// Words that name no side.
const LITTLE: [&str; 12] = [
    "in", "the", "than", "with", "for", "group", "groups", "arm", "of", "among", "those",
    "patients",
];

fn change(
    line: &Line<'_>,
    pair: &Pair<'_>,
    direction: Direction,
    stated: &Stated,
    document: &Document,
) -> Option<Change> {
    let (from, to) = (line.numbers.get(pair.from)?, line.numbers.get(pair.to)?);
    let (later, earlier) = if pair.shape == Shape::Versus {
        (from, to)
    } else {
        (to, from)
    };
    let place = Place {
        range: from.range.start.min(to.range.start)..from.range.end.max(to.range.end),
        ..line.place.clone()
    };
    let low = later.low.checked_sub(earlier.high)?;
    let high = later.high.checked_sub(earlier.low)?;
    Some(Change {
        span: document.span(&place),
        place,
        from: earlier.figure,
        to: later.figure,
        sides: (pair.shape == Shape::Versus)
            .then(|| sides(stated, pair.lead))
            .flatten(),
        reversed: false,
        word: stated.printed.clone(),
        direction,
        printed: (earlier.printed.clone(), later.printed.clone()),
        difference: (low, high),
        size: size(
            (from, to),
            pair.size.and_then(|at| line.numbers.get(at)),
            (stated, pair.lead),
            direction,
        ),
    })
}
