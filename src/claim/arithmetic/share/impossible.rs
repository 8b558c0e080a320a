//! Percentages of a small whole that no whole number of things makes.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::super::direction::tokens;
use super::super::number::{Line, Number, is_share};
use super::super::printed::as_printed;
use super::stated::{Stated, accepted, decimals};
use super::whole::{Whole, is_rebased};
use super::{Share, ShareEvidence};
use crate::markdown::Document;
use crate::ontology::{WordSet, word_set};

static ESTIMATES: LazyLock<WordSet> = LazyLock::new(|| word_set("no-plain-share"));

/// Whether a sentence speaks of what is no plain share: an estimate, a probability, the size of a change.
pub(super) fn is_estimated(line: &Line<'_>) -> bool {
    tokens(line.plain())
        .iter()
        .any(|(_, word)| ESTIMATES.contains(word.to_lowercase().as_str()))
}

/// Whether the words right beside a share do.
pub(super) fn is_estimated_beside(line: &Line<'_>, share: &Stated<'_>) -> bool {
    let (first, last) = (share.at.min(share.counted), share.at.max(share.counted));
    let words = [line.gap(first), line.gap(last), line.gap(last + 1)];
    words
        .into_iter()
        .flat_map(tokens)
        .any(|(_, word)| ESTIMATES.contains(word.to_lowercase().as_str()))
}

/// Percentages of a small whole that no whole number of things makes, where another one of the sentence can be made so
/// (the test of Brown and Heathers, 2017, of a mean of noughts and ones).
pub(super) fn impossible(
    line: &Line<'_>,
    whole: Whole,
    stated: &[Stated<'_>],
    document: &Document,
) -> Vec<Share> {
    if is_estimated(line) {
        return Vec::new();
    }
    let bare: Vec<(&Number, bool)> = line
        .numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| is_share(number) && number.count.is_none())
        .filter(|(at, number)| {
            number.denominator.is_none()
                && !line.before(*at).contains(';')
                && !is_rebased(line, *at)
        })
        .filter_map(|(_, number)| Some((number, !is_possible(number, whole.size)?)))
        .collect();
    let confirmed = bare.iter().any(|(_, impossible)| !impossible)
        || stated.iter().any(|share| share.proportion.fits(whole.size));
    bare.iter()
        .filter(|(_, impossible)| confirmed && *impossible)
        .filter_map(|(number, _)| {
            let (below, above) = neighbours(number, whole.size, document)?;
            let calculation = format!("{below} and {above}");
            Some(whole.missed_by(number, (ShareEvidence::Whole, calculation), line, document))
        })
        .collect()
}

/// Whether some count makes a percentage of a whole; `None` where the whole is so large that nearly any percentage can be made.
fn is_possible(number: &Number, whole: Decimal) -> Option<bool> {
    let (low, high) = accepted(number)?;
    let width = high
        .checked_sub(low)?
        .checked_mul(whole)?
        .checked_div(Decimal::ONE_HUNDRED)?;
    if width > Decimal::new(4, 1) || high > Decimal::ONE_HUNDRED {
        return None;
    }
    let least = low
        .checked_mul(whole)?
        .checked_div(Decimal::ONE_HUNDRED)?
        .ceil();
    let product = least.checked_mul(Decimal::ONE_HUNDRED)?;
    Some(product <= high.checked_mul(whole)?)
}

/// "80 of 103 is 77.7%" and "81 of 103 is 78.6%".
fn neighbours(number: &Number, whole: Decimal, document: &Document) -> Option<(String, String)> {
    let below = number
        .value
        .checked_mul(whole)?
        .checked_div(Decimal::ONE_HUNDRED)?
        .floor();
    let decimals = decimals(number)?;
    let shown = |count: Decimal| {
        let percent = count
            .checked_mul(Decimal::ONE_HUNDRED)?
            .checked_div(whole)?
            .round_dp(decimals);
        Some(format!(
            "{} of {} is {percent}%",
            as_printed(count, document.source.text()),
            as_printed(whole, document.source.text())
        ))
    };
    Some((shown(below)?, shown(below.checked_add(Decimal::ONE)?)?))
}
