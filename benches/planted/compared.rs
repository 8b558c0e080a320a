//! Intervals with their estimate, changes and comparisons with their direction, test statistics with their p-value.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::slip::{Line, Slip, number, pattern};

static INTERVAL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(\d+\.\d+)\\?%?[\s,;]{0,2}[(\[]?\s?(?:95|90|99)\s?\\?% ?(?:CI|CrI|confidence interval|credible interval)[:,=]?\s?[\[(]?(\d+\.\d+)\\?%?\s?(?:--?|–|—|−|to|,|and)\s?(\d+\.\d+)",
    )
});
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(increased|rose|grew|improved|climbed|decreased|fell|dropped|declined)\b[^.;()\d]{0,60}?\bfrom (?:an? |the )?(?:\p{L}+ (?:of )?)?[$€£~]?(\d[\d,]*(?:\.\d+)?)[^.;()\d]{0,40}? to [$€£~]?(\d[\d,]*(?:\.\d+)?)",
    )
});
static COMPARISON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"\b(higher|greater|larger|more|longer|lower|smaller|fewer|shorter)\b[^.;()\d]{0,90}[(\[](\d[\d,]*(?:\.\d+)?)\\?%? ?\p{L}{0,8},? (?:vs\.?|versus|compared (?:to|with)) (\d[\d,]*(?:\.\d+)?)",
    )
});
static TEST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"[*_$]*(?:t|F|χ2|χ²|χ\^?2\^?|\\chi\^2)[*_]*\s?\(\d[^)]*\)[*_$]*\s?=\s?[-−–]?\d*\.?\d+,\s?[*_$]*p[*_]*\s?=\s?(0?\.\d+)",
    )
});

/// Words for more, each with one for less.
const OPPOSITES: [[&str; 2]; 10] = [
    ["increased", "decreased"],
    ["rose", "fell"],
    ["grew", "declined"],
    ["improved", "dropped"],
    ["climbed", "dropped"],
    ["higher", "lower"],
    ["greater", "smaller"],
    ["larger", "smaller"],
    ["more", "fewer"],
    ["longer", "shorter"],
];

/// Errors of all three kinds.
pub(crate) fn slips(line: &Line<'_>, random: &mut fastrand::Rng) -> Vec<Slip> {
    let mut found = Vec::new();
    for interval in INTERVAL.captures_iter(line.text) {
        found.extend(moved(line, &interval, random));
    }
    for (class, shape, is_earlier_first) in [
        ("verb of a change", &CHANGE, true),
        ("word of a comparison", &COMPARISON, false),
    ] {
        for change in shape.captures_iter(line.text) {
            found.extend(reversed(line, class, &change, is_earlier_first));
        }
    }
    for test in TEST.captures_iter(line.text) {
        let Some((printed, p)) = test.get(1).zip(number(&test, 1)) else {
            continue;
        };
        let digits = if p < 0.05 {
            random.u32(12..70)
        } else {
            random.u32(11..40)
        };
        let point = printed.as_str().split('.').next().unwrap_or_default();
        let nought = if p < 0.05 { "" } else { "0" };
        let wrong = format!("{point}.{nought}{digits}");
        found.push(line.slip("p across .05", "statistic-mismatch", printed.range(), wrong));
    }
    found
}

/// The estimate above its interval, or a bound beyond its estimate.
fn moved(line: &Line<'_>, interval: &Captures<'_>, random: &mut fastrand::Rng) -> Option<Slip> {
    let [estimate, low, high] = [1, 2, 3].map(|group| number(interval, group));
    let (estimate, low, high) = (estimate?, low?, high?);
    if low >= estimate || estimate >= high {
        return None;
    }
    let (class, group, value) = match random.u8(..3) {
        0 => ("estimate of an interval", 1, high + (high - low) / 2.0),
        1 => ("bound of an interval", 2, f64::midpoint(estimate, high)),
        _ => ("bound of an interval", 3, f64::midpoint(low, estimate)),
    };
    let printed = interval.get(group)?;
    let decimals = printed.as_str().split_once('.')?.1.len();
    let wrong = format!("{value:.decimals$}");
    let written: f64 = wrong.parse().ok()?;
    let is_out = match group {
        1 => written > high,
        2 => written > estimate,
        _ => written < estimate,
    };
    is_out.then(|| line.slip(class, "interval-mismatch", printed.range(), wrong))
}

/// The word of the other side, where the printed one is right.
fn reversed(
    line: &Line<'_>,
    class: &'static str,
    change: &Captures<'_>,
    is_earlier_first: bool,
) -> Option<Slip> {
    let word = change.get(1)?;
    let (first, second) = (number(change, 2)?, number(change, 3)?);
    let (is_up, opposite) = OPPOSITES
        .iter()
        .find_map(|[up, down]| match word.as_str() {
            printed if printed == *up => Some((true, *down)),
            printed if printed == *down => Some((false, *up)),
            _ => None,
        })?;
    let rises = if is_earlier_first {
        first < second
    } else {
        first > second
    };
    let is_right = (first - second).abs() > f64::EPSILON && rises == is_up;
    is_right.then(|| {
        line.slip(
            class,
            "direction-mismatch",
            word.range(),
            opposite.to_owned(),
        )
    })
}
