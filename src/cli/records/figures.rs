//! Records of figures: one for each phrase of running text and each number of a table.
//!
//! A list such as "4.5, 6 and 13 kg" is one record, whose `parts` are its values. What a phrase holds besides its value has a
//! record of its own: the confidence level, the interval, and the spread behind `±` of a group's mean.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use rust_decimal::Decimal;
use serde_json::{Value, json};

use super::terms::{
    bound_number, comparator, figure_role, modifiers, number, quantity_kind, status,
};
use super::{Record, labels, record};
use crate::claim::{Bound, Figure, Measured};
use crate::corpus::Extraction;
use crate::markdown::Place;
use crate::quantity::{Phrase, Problem, Quantity, names_standard_error, phrases};
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
    let span = |range: Range<usize>| {
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
    let printed = unit.map(|unit| Value::from(unit.printed.as_ref()));
    phrase.insert("unit".to_owned(), printed.unwrap_or(Value::Null));
    if let Some(Value::Array(modifiers)) = phrase.get_mut("modifiers") {
        modifiers.push(Value::from("IsList"));
    }
    phrase.insert("parts".to_owned(), Value::Array(parts));
}

/// What a phrase holds besides its value.
struct Attached {
    /// Bytes of the sentence.
    range: Range<usize>,
    kind: &'static str,
    value: Option<Decimal>,
    bounds: Option<(Decimal, Decimal)>,
    unit: Option<String>,
}

/// Adds records of the spread, the confidence level and the interval that are printed with a figure.
fn attached(
    extraction: &Extraction,
    host: &Figure,
    plain: &str,
    span: &impl Fn(Range<usize>) -> Span,
    records: &mut Vec<Record>,
) {
    let Some(quantity) = &host.quantity else {
        return;
    };
    let is_spread = host.arm.is_some() || quantity.tolerance_is_spread(plain);
    let parts = [
        spread(quantity, plain).filter(|_| is_spread),
        level(quantity, plain),
        interval(quantity, plain),
    ];
    for part in parts.into_iter().flatten() {
        let mut record = figure(extraction, host, span(part.range));
        let bound = |value: Option<Decimal>| value.and_then(bound_number).unwrap_or(Value::Null);
        for (name, value) in [
            ("kind", Value::from(part.kind)),
            ("value", part.value.map_or(Value::Null, number)),
            ("low", bound(part.bounds.map(|(low, _)| low))),
            ("high", bound(part.bounds.map(|(_, high)| high))),
            ("unit", Value::from(part.unit)),
            ("numerator", Value::Null),
            ("denominator", Value::Null),
            ("tolerance", Value::Null),
            ("interval", Value::Null),
            ("comparator", Value::from("=")),
        ] {
            record.insert(name.to_owned(), value);
        }
        records.push(record);
    }
}

/// `5 kg` of "72 ± 5 kg".
fn spread(quantity: &Quantity, plain: &str) -> Option<Attached> {
    Some(Attached {
        range: quantity.tolerance_range(plain)?,
        kind: "spread",
        value: Some(quantity.tolerance?),
        bounds: None,
        unit: quantity.unit.as_ref().map(|unit| unit.printed.to_string()),
    })
}

/// `95%` of "0.8 (95% CI 0.7 to 0.9)".
fn level(quantity: &Quantity, plain: &str) -> Option<Attached> {
    let interval = quantity.interval.as_ref()?;
    let start = interval.range.start;
    let sign = plain.get(interval.range.clone())?.find('%')?;
    Some(Attached {
        range: start..start + sign + 1,
        kind: "confidence level",
        value: Some(interval.level?),
        bounds: None,
        unit: Some("%".to_owned()),
    })
}

/// `0.7 to 0.9` of "0.8 (95% CI 0.7 to 0.9)".
fn interval(quantity: &Quantity, plain: &str) -> Option<Attached> {
    let interval = quantity.interval.as_ref()?;
    let printed = plain.get(interval.bounds.clone()).unwrap_or_default();
    let unit = quantity.unit.as_ref().map(|unit| unit.printed.to_string());
    Some(Attached {
        range: interval.bounds.clone(),
        kind: "interval",
        value: None,
        bounds: Some((interval.low, interval.high)),
        unit: unit.filter(|unit| printed.ends_with(unit)),
    })
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
            "unit": quantity.and_then(|q| q.unit.as_ref()).map(|unit| unit.printed.as_ref()),
            "comparator": quantity.map(|q| comparator(q.comparator)),
            "numerator": quantity.and_then(|q| q.numerator).map(number),
            "denominator": quantity.and_then(|q| q.denominator).map(number),
            "sd": standard_deviation(figure).map(number),
            "tolerance": quantity.and_then(|q| q.tolerance).map(number),
            "interval": interval.map(|i| json!({"low": number(i.low), "high": number(i.high), "level": i.level.map(number)})),
            "problem": quantity.and_then(|q| q.problem).map(Problem::label),
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
    quantity
        .tolerance
        .filter(|_| quantity.value.is_some() && !names_standard_error(words))
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
