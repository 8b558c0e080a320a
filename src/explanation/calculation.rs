//! The calculation behind a finding about numbers, step by step, with the bounds that rounding leaves.

use rust_decimal::Decimal;

use super::wording::{bounds, number, with_unit};
use super::{Known, arithmetic, extraction};
use crate::claim::{Change, Evidence, Sum, TestResult, limits};
use crate::corpus::{Corpus, Extraction};
use crate::finding::{Finding, Location};
use crate::quantity::{Quantity, Role, UNBOUNDED};
use crate::text::squeeze;

/// The steps; empty where a finding compares no numbers. What no step is known for is the words of the rule itself.
pub(super) fn steps(finding: &Finding, known: &[Known<'_>], corpus: &Corpus) -> Vec<String> {
    let first = known.first().copied();
    let quantity = first.and_then(|known| known.figure.quantity.as_ref());
    let here = extraction(&finding.location.path, corpus).map(|(_, extraction)| extraction);
    let steps = match finding.rule.as_str() {
        "figure-conflict" | "figure-scope-differs" => stated(known),
        "percentage-mismatch" => here
            .and_then(|here| arithmetic::share(here, &finding.location))
            .or_else(|| {
                quantity
                    .and_then(percentage)
                    .map(|steps| arithmetic::with_head(steps, first))
            })
            .unwrap_or_default(),
        "impossible-mean" => here
            .and_then(|here| arithmetic::mean(here, &finding.location))
            .unwrap_or_default(),
        "identifier-conflict" => {
            arithmetic::identifiers(&finding.location, &finding.related, corpus)
        }
        "ambiguous-measure" => here
            .and_then(|here| arithmetic::ambiguity(here, &finding.location))
            .unwrap_or_default(),
        "total-mismatch" => here
            .and_then(|here| find_sum(here, &finding.location))
            .map(total)
            .unwrap_or_default(),
        "direction-mismatch" => here
            .and_then(|here| find_change(here, &finding.location))
            .map(change)
            .unwrap_or_default(),
        "statistic-mismatch" => here
            .and_then(|here| find_test(here, &finding.location))
            .map(|(here, result)| statistic(here, result))
            .unwrap_or_default(),
        "interval-mismatch" => known
            .iter()
            .filter_map(|known| known.figure.quantity.as_ref())
            .find(|quantity| quantity.interval.is_some())
            .map(|quantity| with_p(interval(quantity), quantity, known))
            .unwrap_or_default(),
        "impossible-value" => first.and_then(impossible).unwrap_or_default(),
        _ => Vec::new(),
    };
    if steps.is_empty() {
        label(finding, here).into_iter().collect()
    } else {
        steps
    }
}

/// The rule's own words at the place, where they are a calculation.
fn label(finding: &Finding, here: Option<&Extraction>) -> Option<String> {
    let label = &finding.location.label;
    let marked = here.map(|here| squeeze(here.document.source.slice(finding.location.span)));
    let is_calculation = label.contains(" = ") || label.contains(" gives ");
    (is_calculation && marked.is_none_or(|marked| !marked.contains(label.as_str())))
        .then(|| label.clone())
}

/// What each printed value stands for, and whether any value could be printed as all of them.
fn stated(known: &[Known<'_>]) -> Vec<String> {
    let mut steps: Vec<String> = Vec::new();
    for known in known {
        let Some(quantity) = &known.figure.quantity else {
            continue;
        };
        let quote = squeeze(known.extraction.document.plain(&known.figure.place));
        let own = quantity
            .unit
            .as_ref()
            .map_or("1", |unit| unit.ucum.as_ref());
        let converted = known.comparison.and_then(|comparison| {
            let (low, high) = comparison.bounds?;
            let bounded = low.abs() < UNBOUNDED && high.abs() < UNBOUNDED;
            let is_converted = comparison.unit != own && low != quantity.low;
            (bounded && is_converted).then(|| {
                let (low, high) = (short(low), short(high));
                format!(", which is {low} to {high} in {}", comparison.unit)
            })
        });
        let step = format!(
            "{quote} stands for {}{}",
            bounds(quantity),
            converted.unwrap_or_default()
        );
        if !steps.contains(&step) {
            steps.push(step);
        }
    }
    let both: Vec<(Decimal, Decimal)> = known
        .iter()
        .filter_map(|known| known.comparison?.bounds)
        .collect();
    let low = both.iter().map(|(low, _)| *low).max();
    let high = both.iter().map(|(_, high)| *high).min();
    if let (Some(low), Some(high), 2..) = (low, high, steps.len())
        && low >= high
    {
        let count = if steps.len() == 2 { "both" } else { "all" };
        steps.push(format!("no value could be printed as {count}"));
    }
    steps
}

/// "34 / 170 = 20%", what the printed percentage stands for, and which counts it would fit.
fn percentage(quantity: &Quantity) -> Option<Vec<String>> {
    let (count, whole) = (quantity.numerator?, quantity.denominator?);
    let percent = count
        .checked_div(whole)?
        .checked_mul(Decimal::ONE_HUNDRED)?
        .round_dp(4);
    let mut steps = vec![format!(
        "{} / {} = {}%",
        number(count),
        number(whole),
        percent.normalize()
    )];
    let printed = quantity.value.map_or_else(
        || "the printed range".to_owned(),
        |value| with_unit(value, quantity),
    );
    let left_out = if percent < quantity.low || percent > quantity.high {
        format!(", which leaves out {}%", percent.normalize())
    } else {
        String::new()
    };
    steps.push(format!(
        "{printed} stands for {}{left_out}",
        bounds(quantity)
    ));
    if let Some(fitting) = fitting_counts(quantity, whole) {
        steps.push(format!(
            "{printed} of {} would be {fitting}",
            whole.normalize()
        ));
    }
    Some(steps)
}

/// The whole numbers of a whole that would be printed as the percentage: "42 or 43", "94 to 110".
fn fitting_counts(quantity: &Quantity, whole: Decimal) -> Option<String> {
    let count = |percent: Decimal| {
        whole
            .checked_mul(percent)?
            .checked_div(Decimal::ONE_HUNDRED)
    };
    let (low, high) = (count(quantity.low)?.ceil(), count(quantity.high)?.floor());
    let (low, high) = (
        low.max(Decimal::ZERO).normalize(),
        high.min(whole).normalize(),
    );
    if low > high {
        return Some("no whole number".to_owned());
    }
    Some(if low == high {
        low.to_string()
    } else if high - low == Decimal::ONE {
        format!("{low} or {high}")
    } else {
        format!("{low} to {high}")
    })
}

fn find_sum<'a>(here: &'a Extraction, location: &Location) -> Option<&'a Sum> {
    let sums = here.statements.sums.iter();
    sums.filter(|sum| sum.span == location.span)
        .max_by_key(|sum| sum.calculation == location.label)
}

fn total(sum: &Sum) -> Vec<String> {
    let because = match sum.evidence {
        Evidence::Difference => "a sign between the numbers",
        Evidence::Categories => "arms or categories of which each is in one",
        Evidence::Wording => "the words between whole and parts",
        Evidence::Listing => "a list behind the whole",
        Evidence::Slip => "a list from which one mistaken digit leads to the whole",
        Evidence::Table => "a total row or column whose other totals agree",
    };
    let mut steps = vec![sum.calculation.clone()];
    if sum.computed.0 < sum.computed.1 {
        steps.push(range("with rounding, the parts give", sum.computed));
    }
    steps.push(if sum.stated.0 < sum.stated.1 {
        range(&format!("{} stands for", sum.printed), sum.stated)
    } else {
        format!("the text says {}", sum.printed)
    });
    steps.push(format!("taken as parts of one whole by {because}"));
    steps
}

fn find_change<'a>(here: &'a Extraction, location: &Location) -> Option<&'a Change> {
    let mut changes = here.statements.changes.iter();
    changes.find(|change| change.span == location.span)
}

fn change(change: &Change) -> Vec<String> {
    let (from, to) = &change.printed;
    let mut steps = vec![range(
        &format!("from {from} to {to} is a difference of"),
        change.difference,
    )];
    if let Some(size) = &change.size {
        let unit = if size.printed.ends_with('%') {
            "%"
        } else {
            " times"
        };
        steps.push(format!("from {from} to {to} is {}", size.shown));
        steps.push(range("with rounding, it is", size.computed) + unit);
        if size.alternative != size.computed {
            steps.push(range("read in the other way, it is", size.alternative));
        }
        steps.push(range(&format!("{} stands for", size.printed), size.stated) + unit);
    } else {
        steps.push(format!("the word is \"{}\"", change.word));
    }
    steps
}

fn find_test<'a>(
    here: &'a Extraction,
    location: &Location,
) -> Option<(&'a Extraction, &'a TestResult)> {
    let mut results = here.statements.test_results.iter();
    let found = results.find(|result| result.span == location.span)?;
    Some((here, found))
}

fn statistic(here: &Extraction, result: &TestResult) -> Vec<String> {
    let found = &result.statistic;
    let text = here.document.text_at(result.place.block, result.place.cell);
    let printed = |range: std::ops::Range<usize>| {
        squeeze(
            text.and_then(|text| text.plain.get(range))
                .unwrap_or_default()
                .trim_end_matches([',', ';', ' ', '(']),
        )
    };
    let statistic = printed(found.range.start..found.p.range.start);
    let p = printed(found.p.range.clone());
    let tails = if found.test.has_two_tails() {
        " (two-tailed)"
    } else {
        ""
    };
    let mut steps = vec![
        format!("{statistic} gives p = {}{tails}", short(found.exact)),
        format!(
            "with rounding, p = {} to {}",
            short(found.low),
            short(found.high)
        ),
    ];
    if found.p.low > Decimal::NEGATIVE_ONE && found.p.high < Decimal::TWO {
        steps.push(range(
            &format!("{p} stands for"),
            (found.p.low, found.p.high),
        ));
    }
    steps
}

/// The p-value that contradicts an interval, where the finding is about one, with where the interval would put it.
fn with_p(mut steps: Vec<String>, quantity: &Quantity, known: &[Known<'_>]) -> Vec<String> {
    let p = known
        .iter()
        .filter_map(|known| known.figure.quantity.as_ref())
        .find(|quantity| quantity.role == Role::PValue);
    let level = quantity
        .interval
        .as_ref()
        .and_then(|interval| interval.level);
    let alpha = level
        .and_then(|level| Decimal::ONE_HUNDRED.checked_sub(level))
        .and_then(|rest| rest.checked_div(Decimal::ONE_HUNDRED));
    if let (Some(p), Some(level), Some(alpha)) = (p, level, alpha) {
        steps.push(format!("p stands for {}", bounds(p)));
        steps.push(format!(
            "an interval of {}% leaves out no effect where p is below {}, and holds it where p is above",
            level.normalize(),
            alpha.normalize()
        ));
    }
    steps
}

fn interval(quantity: &Quantity) -> Vec<String> {
    let Some(interval) = &quantity.interval else {
        return Vec::new();
    };
    let half = Decimal::new(5, interval.decimals.min(20) + 1);
    let value = quantity.value.map_or_else(
        || "the value".to_owned(),
        |value| with_unit(value, quantity),
    );
    let mut steps = vec![format!("{value} stands for {}", bounds(quantity))];
    let widened = interval
        .low
        .checked_sub(half)
        .zip(interval.high.checked_add(half));
    if let Some(widened) = widened {
        let level = interval
            .level
            .map_or_else(String::new, |level| format!("{}% ", level.normalize()));
        steps.push(range(
            &format!(
                "the {level}interval {} to {} reaches, with rounding, from",
                interval.low, interval.high
            ),
            widened,
        ));
    }
    steps
}

fn impossible(known: Known<'_>) -> Option<Vec<String>> {
    let quantity = known.figure.quantity.as_ref()?;
    let extraction = known.extraction;
    let limits = limits(&extraction.document, &extraction.statements.figures);
    let limit = limits.into_iter().nth(known.index)??;
    let (low, high) = (limit.low.map(short), limit.high.map(short));
    let possible = match (low, high) {
        (Some(low), Some(high)) => format!("is {low} to {high}"),
        (Some(low), None) => format!("is at least {low}"),
        (None, Some(high)) => format!("is at most {high}"),
        (None, None) => return None,
    };
    let quote = squeeze(extraction.document.plain(&known.figure.place));
    Some(vec![
        format!("{quote} stands for {}", bounds(quantity)),
        format!("{} {possible}", limit.of),
    ])
}

/// "`lead` 350.5 to 351.5", or the one number where both bounds are equal.
fn range(lead: &str, (low, high): (Decimal, Decimal)) -> String {
    if low == high {
        return format!("{lead} {}", short(low));
    }
    format!("{lead} {} to {}", short(low), short(high))
}

/// At most four decimals.
fn short(value: Decimal) -> String {
    number(value.round_dp(4))
}
