//! Records of figures: one for each phrase of running text and each number of a table.
//!
//! A list such as "4.5, 6 and 13 kg" is one record, whose `parts` are its values. What a phrase holds besides its value has a
//! record of its own: the confidence level, the interval, and the spread behind `±` of a group's mean.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Value, json};

use super::{Record, labels, record};
use crate::claim::{Bound, Figure, FigureRole, Measured, Status};
use crate::corpus::Extraction;
use crate::markdown::Place;
use crate::quantity::{Comparator, Modifier, Phrase, Quantity, Role, UNBOUNDED, phrases};
use crate::text::Span;

/// Block, cell and first byte of the text that the ranges of a sentence's quantities count from.
type Origin = (usize, Option<(usize, usize)>, usize);

/// The records of all figures, in document order.
pub(super) fn figures(extraction: &Extraction) -> Vec<Record> {
    let ends: BTreeMap<Origin, usize> = extraction
        .statements
        .sentences
        .iter()
        .map(|sentence| {
            let place = &sentence.place;
            (
                (place.block, place.cell, place.range.start),
                place.range.end,
            )
        })
        .collect();
    let figures = &extraction.statements.figures;
    let arms: BTreeSet<&str> = figures
        .iter()
        .filter_map(|figure| figure.arm.as_ref())
        .map(|arm| arm.value.as_str())
        .collect();
    let lists = arms.len() < 2;
    let mut records = Vec::new();
    for group in figures.chunk_by(|one, next| origin(one) == origin(next)) {
        let end = group
            .first()
            .and_then(origin)
            .and_then(|origin| ends.get(&origin));
        match end {
            Some(end) => sentence(extraction, group, (*end, lists), &mut records),
            None => records.extend(group.iter().map(|f| figure(extraction, f, f.span))),
        }
    }
    records
}

/// Where the ranges of a figure's quantity count from.
fn origin(figure: &Figure) -> Option<Origin> {
    let quantity = figure.quantity.as_ref()?;
    let place = &figure.place;
    let start = place.range.start.checked_sub(quantity.range.start)?;
    Some((place.block, place.cell, start))
}

/// The records of one sentence, which ends at `end` of its text. Without `lists`, every value has a record of its own: where
/// arms are compared, "21, 17 and 19%" are results of three.
fn sentence(
    extraction: &Extraction,
    group: &[Figure],
    (end, lists): (usize, bool),
    records: &mut Vec<Record>,
) {
    let Some((block, cell, start)) = group.first().and_then(origin) else {
        return;
    };
    let text = extraction.document.text_at(block, cell);
    let plain = text
        .and_then(|text| text.plain.get(start..end))
        .unwrap_or_default();
    let span = |range: std::ops::Range<usize>| {
        extraction.document.span(&Place {
            block,
            cell,
            range: range.start + start..range.end + start,
        })
    };
    let quantities: Vec<&Quantity> = group.iter().filter_map(|f| f.quantity.as_ref()).collect();
    let alike = |one: usize, next: usize| {
        let pair = group.get(one).zip(group.get(next));
        lists && pair.is_some_and(|(one, next)| is_about_the_same(one, next))
    };
    for Phrase { range, parts } in phrases(plain, &quantities, alike) {
        let Some(members) = group.get(parts) else {
            continue;
        };
        let Some((first, others)) = members.split_first() else {
            continue;
        };
        let mut phrase = figure(extraction, first, span(range));
        if !others.is_empty() {
            list(extraction, members, &mut phrase);
        }
        records.push(phrase);
        if others.is_empty() {
            attached(extraction, first, plain, &span, records);
        }
    }
}

/// Whether two values of a sentence were measured of the same thing, so that they may be one list.
fn is_about_the_same(one: &Figure, next: &Figure) -> bool {
    let value = |bound: &Option<Bound<String>>| bound.as_ref().map(|bound| bound.value.clone());
    value(&one.arm) == value(&next.arm)
        && value(&one.time_point) == value(&next.time_point)
        && one.study.as_ref().map(|bound| bound.value)
            == next.study.as_ref().map(|bound| bound.value)
}

/// Turns the record of a list's first value into one of the list.
fn list(extraction: &Extraction, members: &[Figure], phrase: &mut Record) {
    let quantities = || members.iter().filter_map(|figure| figure.quantity.as_ref());
    let unit = quantities().filter_map(|q| q.unit.as_ref()).next_back();
    let parts: Vec<Value> = members
        .iter()
        .filter_map(|figure| {
            let quantity = figure.quantity.as_ref()?;
            Some(json!({
                "start": figure.span.start,
                "end": figure.span.end,
                "text": extraction.document.source.slice(figure.span),
                "value": quantity.value.map(number),
            }))
        })
        .collect();
    phrase.insert("value".to_owned(), Value::Null);
    let low = quantities().filter_map(|q| q.value).min();
    let high = quantities().filter_map(|q| q.value).max();
    phrase.insert("low".to_owned(), low.map_or(Value::Null, number));
    phrase.insert("high".to_owned(), high.map_or(Value::Null, number));
    let printed = unit.map(|unit| Value::from(unit.printed.as_str()));
    phrase.insert("unit".to_owned(), printed.unwrap_or(Value::Null));
    if let Some(Value::Array(modifiers)) = phrase.get_mut("modifiers") {
        modifiers.push(Value::from("IsList"));
    }
    phrase.insert("parts".to_owned(), Value::Array(parts));
}

/// The confidence level, the interval and the spread that are printed with a figure.
fn attached(
    extraction: &Extraction,
    host: &Figure,
    plain: &str,
    span: &impl Fn(std::ops::Range<usize>) -> Span,
    records: &mut Vec<Record>,
) {
    let Some(quantity) = &host.quantity else {
        return;
    };
    let mut part = |range: std::ops::Range<usize>, fields: [(&str, Value); 5]| {
        let mut record = figure(extraction, host, span(range));
        for (name, value) in fields {
            record.insert(name.to_owned(), value);
        }
        for name in ["numerator", "denominator", "tolerance", "interval"] {
            record.insert(name.to_owned(), Value::Null);
        }
        record.insert("comparator".to_owned(), Value::from("="));
        records.push(record);
    };
    if let Some(tolerance) = quantity
        .tolerance
        .filter(|_| is_spread(host, quantity, plain))
        && let Some(range) = tolerance_range(plain, quantity)
    {
        let unit = quantity.unit.as_ref().map(|unit| unit.printed.as_str());
        part(
            range,
            [
                ("kind", "spread".into()),
                ("value", number(tolerance)),
                ("low", Value::Null),
                ("high", Value::Null),
                ("unit", unit.into()),
            ],
        );
    }
    let Some(interval) = &quantity.interval else {
        return;
    };
    if let (Some(level), Some(sign)) = (
        interval.level,
        plain
            .get(interval.range.clone())
            .and_then(|text| text.find('%')),
    ) {
        let range = interval.range.start..interval.range.start + sign + 1;
        part(
            range,
            [
                ("kind", "confidence level".into()),
                ("value", number(level)),
                ("low", Value::Null),
                ("high", Value::Null),
                ("unit", "%".into()),
            ],
        );
    }
    let printed = plain.get(interval.bounds.clone()).unwrap_or_default();
    let unit = quantity.unit.as_ref().map(|unit| unit.printed.as_str());
    let unit = unit.filter(|unit| printed.ends_with(*unit));
    part(
        interval.bounds.clone(),
        [
            ("kind", "interval".into()),
            ("value", Value::Null),
            ("low", bound_number(interval.low).unwrap_or(Value::Null)),
            ("high", bound_number(interval.high).unwrap_or(Value::Null)),
            ("unit", unit.into()),
        ],
    );
}

/// Whether what follows `±` tells how far the values of a group spread, and not how exactly one value is known.
fn is_spread(figure: &Figure, quantity: &Quantity, plain: &str) -> bool {
    let wide = quantity
        .tolerance
        .and_then(|tolerance| tolerance.checked_mul(Decimal::from(5)))
        .zip(quantity.value)
        .is_some_and(|(tolerance, value)| tolerance > value.abs());
    wide || figure.arm.is_some()
        || [
            "mean",
            "Mean",
            "average",
            " SD",
            "(SD",
            "deviation",
            " group",
            " vs",
        ]
        .iter()
        .any(|word| plain.contains(word))
}

/// Where the number behind `±` stands.
fn tolerance_range(plain: &str, quantity: &Quantity) -> Option<std::ops::Range<usize>> {
    let text = plain.get(quantity.range.clone())?;
    let sign = text
        .rfind(['±', '∓'])
        .or_else(|| text.rfind("+/"))
        .or_else(|| text.rfind("+-"))?;
    let digits = text.get(sign..)?.find(|c: char| c.is_ascii_digit())?;
    Some(quantity.range.start + sign + digits..quantity.range.end)
}

/// The record of a figure whose phrase stands at `span`.
fn figure(extraction: &Extraction, figure: &Figure, span: Span) -> Record {
    let quantity = figure.quantity.as_ref();
    let study = figure
        .study
        .as_ref()
        .and_then(|bound| extraction.statements.studies.get(bound.value));
    let measure = figure
        .measure
        .as_ref()
        .map(|bound| measure(figure, &bound.value));
    let interval = quantity.and_then(|q| q.interval.as_ref());
    let arm = figure.arm.as_ref().map(|bound| bound.value.as_str());
    let others = arm
        .map(|arm| other_names(extraction, arm))
        .unwrap_or_default();
    record(
        extraction,
        span,
        json!({
            "value": quantity.and_then(|q| q.value).map(number),
            "low": quantity.and_then(|q| bound_number(q.low)),
            "high": quantity.and_then(|q| bound_number(q.high)),
            "unit": quantity.and_then(|q| q.unit.as_ref()).map(|unit| unit.printed.as_str()),
            "comparator": quantity.map(|q| comparator(q.comparator)),
            "numerator": quantity.and_then(|q| q.numerator).map(number),
            "denominator": quantity.and_then(|q| q.denominator).map(number),
            "sd": standard_deviation(figure).map(number),
            "tolerance": quantity.and_then(|q| q.tolerance).map(number),
            "interval": interval.map(|i| json!({"low": number(i.low), "high": number(i.high), "level": i.level.map(number)})),
            "measure": measure,
            "wording": figure.wording.as_deref(),
            "study": study.map(|s| s.name.as_str()),
            "arm": arm.map(|arm| with_names(arm, &others)),
            "armNames": arm.into_iter().chain(others.iter().copied()).collect::<Vec<_>>(),
            "population": dimension(figure.population.as_ref()),
            "cohort": dimension(figure.cohort.as_ref()),
            "timePoint": dimension(figure.time_point.as_ref()),
            "unsure": unsure(figure),
            "modifiers": quantity.map(modifiers).unwrap_or_default(),
            "kind": quantity.map(|q| quantity_kind(q.role)),
            "role": figure_role(figure.role),
            "status": status(figure.status),
            "references": labels(extraction, &figure.pointers),
            "parts": [],
        }),
    )
}

/// What was measured, with all words the text has for it in brackets; a cell's heads and labels name it by themselves.
fn measure(figure: &Figure, measured: &Measured) -> String {
    let words = figure.wording.as_deref();
    match (measured, words) {
        (Measured::Concept(concept), Some(words)) => format!("{} ({words})", concept.label),
        (Measured::Phrase(_), Some(path)) if figure.place.cell.is_some() => path.to_owned(),
        (Measured::Phrase(phrase), Some(words)) => format!("{phrase} ({words})"),
        (Measured::Concept(concept), None) => concept.label.clone(),
        (Measured::Phrase(phrase), None) => phrase.clone(),
    }
}

/// What follows `±`, where the table does not say that it is a standard error.
fn standard_deviation(figure: &Figure) -> Option<Decimal> {
    let quantity = figure.quantity.as_ref()?;
    let words = figure.wording.as_deref().unwrap_or_default();
    let is_error = words.contains("standard error")
        || words
            .split(|c: char| !c.is_alphanumeric())
            .any(|word| matches!(word, "SE" | "SEM" | "s.e.m"));
    quantity
        .tolerance
        .filter(|_| quantity.value.is_some() && !is_error)
}

/// All other names the document has for an arm.
fn other_names<'a>(extraction: &'a Extraction, arm: &str) -> Vec<&'a str> {
    let names = extraction.statements.arms.get(arm).into_iter().flatten();
    names
        .map(String::as_str)
        .filter(|other| *other != arm)
        .collect()
}

/// An arm with its other names in brackets.
fn with_names(arm: &str, others: &[&str]) -> String {
    if others.is_empty() {
        arm.to_owned()
    } else {
        format!("{arm} ({})", others.join("; "))
    }
}

/// The dimensions that were found in a weak frame only, and so decide nothing.
fn unsure(figure: &Figure) -> Vec<&'static str> {
    let weak = [
        ("measure", figure.measure.as_ref().map(|b| b.frame)),
        ("study", figure.study.as_ref().map(|b| b.frame)),
        ("arm", figure.arm.as_ref().map(|b| b.frame)),
        ("population", figure.population.as_ref().map(|b| b.frame)),
        ("cohort", figure.cohort.as_ref().map(|b| b.frame)),
        ("timePoint", figure.time_point.as_ref().map(|b| b.frame)),
    ];
    weak.into_iter()
        .filter(|(_, frame)| frame.is_some_and(|frame| !frame.is_strong()))
        .map(|(name, _)| name)
        .collect()
}

fn dimension(bound: Option<&Bound<String>>) -> Option<&str> {
    bound.map(|bound| bound.value.as_str())
}

/// A JSON number where that shows the same digits, else a string.
pub(super) fn number(value: Decimal) -> Value {
    if value.scale() == 0
        && let Some(whole) = value.to_i64()
    {
        return Value::from(whole);
    }
    value
        .to_f64()
        .filter(|float| float.to_string() == value.normalize().to_string())
        .map_or_else(|| Value::from(value.to_string()), Value::from)
}

/// A bound; nothing where the comparator leaves that side open.
pub(super) fn bound_number(value: Decimal) -> Option<Value> {
    (value.abs() < UNBOUNDED).then(|| number(value))
}

fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => "=",
        Comparator::Less => "<",
        Comparator::AtMost => "≤",
        Comparator::Greater => ">",
        Comparator::AtLeast => "≥",
        Comparator::About => "~",
    }
}

fn quantity_kind(role: Role) -> &'static str {
    match role {
        Role::Value => "value",
        Role::PValue => "p-value",
        Role::SampleSize => "sample size",
        Role::Date => "date",
        Role::Ratio => "ratio",
        Role::ConfidenceLevel => "confidence level",
    }
}

/// The names of the `MeasEval` annotation scheme (SemEval-2021 task 8), its combined ones included.
fn modifiers(quantity: &Quantity) -> Vec<&'static str> {
    let has = |modifier| quantity.modifiers.contains(&modifier);
    let (mean, range, tolerance) = (
        has(Modifier::Mean),
        has(Modifier::Range),
        has(Modifier::Tolerance),
    );
    [
        (has(Modifier::Approximate), "IsApproximate"),
        (has(Modifier::Count), "IsCount"),
        (has(Modifier::Median), "IsMedian"),
        (mean && tolerance, "IsMeanHasTolerance"),
        (mean && range && !tolerance, "IsMeanIsRange"),
        (mean && !range && !tolerance, "IsMean"),
        (range && tolerance && !mean, "IsRangeHasTolerance"),
        (range && !mean && !tolerance, "IsRange"),
        (tolerance && !mean && !range, "HasTolerance"),
        (has(Modifier::Estimated), "IsEstimated"),
    ]
    .into_iter()
    .filter(|(applies, _)| *applies)
    .map(|(_, name)| name)
    .collect()
}

fn figure_role(role: FigureRole) -> &'static str {
    match role {
        FigureRole::Result => "result",
        FigureRole::Protocol => "protocol",
        FigureRole::Design => "design",
        FigureRole::Metadata => "metadata",
    }
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Reported => "reported",
        Status::Estimated => "estimated",
        Status::NotReported => "not reported",
    }
}
