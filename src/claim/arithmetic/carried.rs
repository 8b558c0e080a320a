//! Wholes that the next sentence divides: "A total of 120 people came. Of these, 70 were men and 60 were women".
//!
//! Why it exists: reports tell how many were seen in one sentence and who they were in the next. That is read as one sentence
//! with the whole in the place of "these". Who is said to be of these need not be all of them, so the parts count only where they
//! are more than the whole, or where a slip of the pen explains that they do not fit.

use std::sync::LazyLock;

use regex::Regex;

use super::Sum;
use super::direction::each_token;
use super::labels::{ASSIGNED, labels};
use super::number::{Line, Number};
use super::parts::{counts_things, is_count};
use super::sum::{listed, sum};
use crate::markdown::{Document, Place};
use crate::quantity::Role;

static REFERENCE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*(?:Of|Among) (?:these|them|those)\b( \p{L}+)?,? ").ok());

/// What is done with some of those who were counted, and what, beside dividing them, with all.
const OF_SOME: &str = "ed";
const OF_ALL: [&str; 2] = ["died", "survived"];

/// The sum of a sentence whose whole stands in the one before it.
pub(super) fn carried(line: &Line<'_>, previous: &Line<'_>, document: &Document) -> Option<Sum> {
    let opening = REFERENCE.as_ref()?.find(line.plain())?;
    let whole = only_count(previous)?;
    let front = format!("Of {} people, ", whole.printed);
    let text = format!(
        "{front}{}",
        line.plain().get(opening.end()..).unwrap_or_default()
    );
    let start = line.place.range.start.saturating_add(opening.end());
    let moved = |at: usize| at.checked_sub(start).map(|at| at + front.len());
    let mut numbers = vec![Number {
        range: "Of ".len().."Of ".len() + whole.printed.len(),
        ..whole.clone()
    }];
    for number in &line.numbers {
        numbers.push(Number {
            range: moved(number.range.start)?..moved(number.range.end)?,
            ..number.clone()
        });
    }
    let place = Place {
        range: 0..text.len(),
        ..line.place.clone()
    };
    let rewritten = Line::rewritten(&text, &place, numbers);
    let own = Place {
        range: whole.range.clone(),
        ..previous.place.clone()
    };
    listed(&rewritten)
        .into_iter()
        .filter(|listing| listing.total == 0 && !is_of_some(&labels(&rewritten, listing)))
        .filter_map(|listing| sum(&rewritten, &listing, &own, document))
        .filter(|sum| sum.is_slip || sum.computed.0 > sum.stated.1)
        .find(|sum| !is_told(previous, sum))
}

/// The only number of a sentence that counts people or things.
fn only_count<'l>(line: &'l Line<'_>) -> Option<&'l Number> {
    let mut counts = line.numbers.iter().enumerate().filter(|(at, number)| {
        let is_whole = is_count(number) || number.role == Role::SampleSize;
        is_whole
            && number.denominator.is_none()
            && number.dimension.is_none()
            && counts_things(line, *at)
    });
    let (_, only) = counts.next()?;
    counts.next().is_none().then_some(only)
}

/// "70 men and 40 women answered": whether the words behind the last part may be true of some only.
fn is_of_some(labels: &[String]) -> bool {
    labels.last().is_some_and(|label| {
        let is_of_all = |word| ASSIGNED.contains(&word) || OF_ALL.contains(&word);
        each_token(label).any(|(_, word)| word.ends_with(OF_SOME) && !is_of_all(word))
    })
}

/// Whether the sentence of the whole prints what the parts give.
fn is_told(line: &Line<'_>, sum: &Sum) -> bool {
    line.numbers.iter().any(|number| {
        number
            .count
            .is_some_and(|count| (sum.computed.0..=sum.computed.1).contains(&count))
    })
}
