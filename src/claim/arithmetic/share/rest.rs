//! Percentages that are said to leave a rest: "60% were women and the remaining 30% men".
//!
//! Why it exists: the parts before and the rest make a whole of 100%. It reads only a rest right behind shares of one list, and leaves
//! out rests of something smaller ("of the remaining 40%") and lists that miss 100 by much: they were of several things.

use rust_decimal::Decimal;

use super::super::direction::tokens;
use super::super::number::{Line, Number, is_share};
use super::stated::decimals;
use super::{Share, ShareEvidence};
use crate::markdown::{Document, Place};

/// What stands right in front of a rest.
const RESTS: [&str; 4] = ["the remaining", "the rest", "the other", "remaining"];
/// More parts than this are no list that a sentence makes.
const MOST_PARTS: usize = 6;
/// So far from 100 the parts and their rest were of several things.
const FARTHEST: u32 = 20;
/// Words between two parts.
const WORDS_BETWEEN: usize = 14;

/// The rests of a sentence that do not make 100 with the shares in front of them.
pub(super) fn rest(line: &Line<'_>, document: &Document) -> Option<Share> {
    let at = (1..line.numbers.len().min(MOST_PARTS)).find(|at| is_rest(line, *at))?;
    let numbers = line.numbers.get(..=at)?;
    let plain = |number: &Number| {
        is_share(number) && number.count.is_none() && number.denominator.is_none()
    };
    let listed = (1..=at).all(|part| {
        let gap = line.gap(part);
        !gap.contains([';', '(', ')', ':']) && tokens(gap).len() <= WORDS_BETWEEN
    });
    if !numbers.iter().all(plain) || !listed {
        return None;
    }
    let add = |bound: fn(&Number) -> Decimal| {
        numbers
            .iter()
            .try_fold(Decimal::ZERO, |sum, number| sum.checked_add(bound(number)))
    };
    let (low, high) = (add(|number| number.low)?, add(|number| number.high)?);
    let sum = add(|number| number.value)?;
    let off = sum.checked_sub(Decimal::ONE_HUNDRED)?.abs();
    if (low..=high).contains(&Decimal::ONE_HUNDRED) || off > Decimal::from(FARTHEST) {
        return None;
    }
    let last = numbers.last()?;
    decimals(last)?;
    let printed: Vec<String> = numbers
        .iter()
        .map(|number| format!("{}%", number.value))
        .collect();
    let place = Place {
        range: last.range.clone(),
        ..line.place.clone()
    };
    Some(Share {
        span: document.span(&place),
        place,
        figure: last.figure,
        whole: Some(numbers.first()?.figure),
        whole_at: None,
        evidence: ShareEvidence::Rest,
        calculation: format!("{} is {}%", printed.join(" and "), sum.normalize()),
        printed: "100%".to_owned(),
    })
}

fn is_rest(line: &Line<'_>, at: usize) -> bool {
    let gap = line.gap(at).to_lowercase();
    let gap = gap.trim_end();
    RESTS.iter().any(|rest| {
        gap.strip_suffix(rest).is_some_and(|before| {
            let before = before.trim_end();
            (before.ends_with(',')
                || ["and", "while", "whereas", "with"]
                    .iter()
                    .any(|word| before.ends_with(word)))
                && !before.contains("of the")
        })
    }) && !line.gap(at + 1).starts_with(" of the remaining")
}
