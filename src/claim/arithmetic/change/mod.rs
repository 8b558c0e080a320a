//! Pairs of values with a word of change: "rose from 20% to 30%", "50% (up from 44%)", "higher in A than in B (30% vs 20%)".
//!
//! What is left out on purpose: negative numbers, years, values with different units, and
//! units such as hours or degrees where no noun says that they were measured ("fell from 8 to 12 hours after the dose").

mod announced;
mod comparison;
mod pair;
mod size;
mod unit;

use rust_decimal::Decimal;

use super::direction::{Stated, governing, resolved};
use super::number::{Line, Number};
use super::{Change, Direction};
use crate::markdown::{Document, Place};
use crate::quantity::Role;
use announced::announced;
pub(super) use comparison::settled;
use comparison::{beside, compared, compared_behind, sides};
use pair::{pair_at, reaches, respective};
use size::size;
use unit::{ends_well, fits};

/// Two numbers of a sentence, in order of time, and what was said in front of them.
struct Pair<'a> {
    /// Positions in [`Line::numbers`]; of a comparison the side spoken of, and the one it is held against.
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
    /// "in one (a) than in the other (b)": the same.
    Beside,
}

/// Words that may stand between a word of change and its values, or between the two.
const REACH: usize = 16;

impl Pair<'_> {
    /// Whether it holds one thing against another, and not a thing against what it was.
    fn is_comparison(&self) -> bool {
        matches!(self.shape, Shape::Versus | Shape::Beside)
    }
}

/// The changes that one sentence states. `previous` is the sentence before it in the same text.
pub(super) fn changes(
    line: &Line<'_>,
    previous: Option<&Line<'_>>,
    document: &Document,
) -> Vec<Change> {
    let mut found: Vec<Change> = Vec::new();
    if line.is_long() || !may_change(line) {
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

/// Whether any two numbers of a sentence can be the earlier and the later value of one thing.
fn may_change(line: &Line<'_>) -> bool {
    let count = line.numbers.len();
    (0..count).any(|one| {
        (one + 1..count).any(|other| comparable(line, one, other) || reaches(line, one, other))
    })
}

/// Whether two numbers of a sentence are values of one dimension; the unit behind "0.3 ± 0.1 to 0.2 ± 0.1 mg" is that of both.
fn comparable(line: &Line<'_>, one: usize, other: usize) -> bool {
    let (Some(one), Some(other)) = (line.numbers.get(one), line.numbers.get(other)) else {
        return false;
    };
    let shared = one.spread && other.spread && one.dimension.is_none();
    is_value(one) && is_value(other) && (one.dimension == other.dimension || shared)
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
    let goes_to = pair.shape == Shape::FromTo && reaches(line, pair.from, pair.to);
    if !goes_to && !comparable(line, pair.from, pair.to) {
        return None;
    }
    let in_brackets = pair.shape == Shape::Arrow && pair.lead.trim_end().ends_with('(');
    let stated = match pair.shape {
        Shape::Versus => compared(pair.lead).or_else(|| compared_behind(line, pair))?,
        Shape::Beside => beside(pair.lead)?,
        Shape::FromTo | Shape::Arrow | Shape::ToFrom | Shape::UpFrom => {
            governing(pair.lead, in_brackets)?
        }
    };
    if !fits(line, pair, &stated) || !ends_well(line, pair) {
        return None;
    }
    let subject = line.plain();
    let direction = resolved(stated.word.direction, subject);
    change(line, pair, direction, &stated, document)
}

fn change(
    line: &Line<'_>,
    pair: &Pair<'_>,
    direction: Direction,
    stated: &Stated,
    document: &Document,
) -> Option<Change> {
    let (from, to) = (line.numbers.get(pair.from)?, line.numbers.get(pair.to)?);
    let (later, earlier) = if pair.is_comparison() {
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
