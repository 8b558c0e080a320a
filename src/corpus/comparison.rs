//! Comparison keys: what must be equal for two figures to be about the same thing.
//!
//! Only dimensions found in strong frames enter a key; a figure that lacks one has no key and is compared
//! with nothing.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::entity::EntityIndex;
use super::study::Merged;
use super::{Basis, Comparison, Extraction};
use crate::claim::mention::mentions;
use crate::claim::{Bound, Figure, FigureRole, Measured, MentionKind};
use crate::ontology::{Dimension, Kind, Measure, units};
use crate::quantity::{Quantity, UNBOUNDED, Unit};
use crate::text::squeeze;

/// The comparison of every figure of one document.
pub(super) fn compare(
    document: usize,
    extraction: &Extraction,
    merged: &Merged,
    entities: &EntityIndex,
) -> Vec<Comparison> {
    let figures = &extraction.statements.figures;
    figures
        .iter()
        .map(|figure| comparison(figure, merged.of_name.get(document), merged, entities))
        .collect()
}

fn comparison(
    figure: &Figure,
    names: Option<&Vec<Option<(usize, Basis)>>>,
    merged: &Merged,
    entities: &EntityIndex,
) -> Comparison {
    let bound_study = figure.study.as_ref().and_then(|bound| {
        let (study, basis) = (*names?.get(bound.value)?)?;
        Some((study, basis, bound.frame.is_strong()))
    });
    let measure = concept(figure);
    let arm = figure
        .arm
        .as_ref()
        .map(|arm| canonical_arm(&arm.value, entities));
    let bounds = figure
        .quantity
        .as_ref()
        .zip(measure)
        .and_then(|(quantity, measure)| canonical_bounds(quantity, measure));
    let (scope, scope_label) = scope(figure, measure);
    let mut found = Comparison {
        key: None,
        scope,
        scope_label,
        what: what(
            figure,
            measure,
            bound_study.map(|(study, _, _)| study),
            merged,
        ),
        study: bound_study.map(|(study, _, _)| study),
        basis: bound_study.map(|(_, basis, _)| basis),
        arm: arm.clone(),
        bounds: bounds.clone().map(|(low, high, _)| (low, high)),
        unit: bounds.map_or_else(|| printed_unit(figure), |(_, _, unit)| unit),
    };
    found.key = measure
        .filter(|_| is_comparable(figure))
        .and_then(|measure| {
            if measure.pack == "clinical" {
                let (study, _, strong) = bound_study?;
                let study = merged.studies.get(study).filter(|_| strong)?;
                let arm = figure
                    .arm
                    .as_ref()
                    .filter(|arm| arm.frame.is_strong())
                    .and(arm)?;
                Some(format!("{}|{}|{arm}", measure.iri, study.id))
            } else {
                general_key(figure, measure)
            }
        });
    found
}

fn concept(figure: &Figure) -> Option<&'static Measure> {
    match &figure.measure.as_ref()?.value {
        Measured::Concept(measure) => Some(measure),
        Measured::Phrase(_) => None,
    }
}

/// Results with a value (or said to be missing) of a measure that is one number for one study and arm. A ratio or a p
/// value also needs the endpoint it compares, which is not read yet.
fn is_comparable(figure: &Figure) -> bool {
    let result = figure.role == FigureRole::Result;
    let strong = figure
        .measure
        .as_ref()
        .is_some_and(|measure| measure.frame.is_strong());
    let single = concept(figure).is_some_and(|measure| match measure.kind {
        Kind::Proportion
        | Kind::Duration
        | Kind::Count
        | Kind::Rate
        | Kind::Amount
        | Kind::Score => true,
        Kind::Ratio | Kind::Probability | Kind::Interval | Kind::Date | Kind::Other => false,
    });
    let dosed = concept(figure)
        .is_some_and(|measure| measure.pack == "clinical" && measure.kind == Kind::Amount);
    result && strong && single && !dosed
}

/// Outside trials: subject and period are identity, and so is every word left over in the clause.
fn general_key(figure: &Figure, measure: &Measure) -> Option<String> {
    let subject = figure
        .arm
        .as_ref()
        .filter(|subject| subject.frame.is_strong())?;
    let unit = figure
        .quantity
        .as_ref()
        .and_then(|quantity| quantity.unit.as_ref());
    let currency = unit
        .filter(|unit| unit.dimension == Dimension::Money)
        .map(|unit| unit.ucum.as_ref())
        .unwrap_or_default();
    let period = figure
        .time_point
        .as_ref()
        .map(|period| period.value.as_str())
        .unwrap_or_default();
    Some(format!(
        "{}|{}|{period}|{currency}|{}",
        measure.iri,
        subject.value.to_lowercase(),
        figure.qualifiers.join(" ")
    ))
}

/// The sorted canonical substances of an arm; the folded text where it names none.
fn canonical_arm(printed: &str, entities: &EntityIndex) -> String {
    let substances: BTreeSet<String> = mentions(printed)
        .into_iter()
        .filter(|mention| mention.kind == MentionKind::Substance)
        .map(|mention| entities.canonical(&mention.folded).to_owned())
        .collect();
    if substances.is_empty() {
        return squeeze(printed).to_lowercase();
    }
    substances.into_iter().collect::<Vec<_>>().join("+")
}

/// The stated scope as a string to compare and in words. Outside trials the period is identity and no scope.
fn scope(figure: &Figure, measure: Option<&Measure>) -> (String, String) {
    let clinical = measure.is_none_or(|measure| measure.pack == "clinical");
    let dimensions = [
        ("cohort", &figure.cohort, ""),
        ("population", &figure.population, " population"),
        ("time-point", &figure.time_point, ""),
    ];
    let mut parts = Vec::new();
    let mut words = Vec::new();
    for (name, dimension, noun) in dimensions {
        let Some(Bound { value, frame }) = dimension else {
            continue;
        };
        if frame.is_strong() && (clinical || name != "time-point") {
            parts.push(format!("{name}={value}"));
            let noun = if value.ends_with(noun.trim()) {
                ""
            } else {
                noun
            };
            words.push(format!("{value}{noun}"));
        }
    }
    (parts.join(";"), words.join(", "))
}

fn what(
    figure: &Figure,
    measure: Option<&Measure>,
    study: Option<usize>,
    merged: &Merged,
) -> String {
    let label = match figure.measure.as_ref().map(|bound| &bound.value) {
        Some(Measured::Phrase(phrase)) => phrase.clone(),
        Some(Measured::Concept(_)) | None => measure
            .map(|measure| measure.label.clone())
            .unwrap_or_default(),
    };
    let study = study
        .and_then(|study| merged.studies.get(study))
        .map(|study| study.label.clone());
    let arm = figure.arm.as_ref().map(|arm| arm.value.clone());
    [Some(label), study, arm]
        .into_iter()
        .flatten()
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(", ")
}

fn printed_unit(figure: &Figure) -> String {
    figure
        .quantity
        .as_ref()
        .and_then(|quantity| quantity.unit.as_ref())
        .map_or_else(|| "1".to_owned(), |unit| unit.ucum.to_string())
}

/// The bounds of a quantity in the canonical unit of its measure.
fn canonical_bounds(quantity: &Quantity, measure: &Measure) -> Option<(Decimal, Decimal, String)> {
    let factor = match &quantity.unit {
        None => Some(Decimal::ONE),
        Some(unit) if unit.ucum == measure.unit => Some(Decimal::ONE),
        Some(unit) => conversion(unit, &measure.unit),
    };
    let (factor, unit) = match (factor, &quantity.unit) {
        (Some(factor), _) => (factor, measure.unit.clone()),
        (None, Some(unit)) => (Decimal::ONE, unit.ucum.to_string()),
        (None, None) => return None,
    };
    let scale = |bound: Decimal| {
        if bound.abs() >= UNBOUNDED {
            Some(bound)
        } else {
            bound.checked_mul(factor)
        }
    };
    Some((scale(quantity.low)?, scale(quantity.high)?, unit))
}

/// The factor from a printed unit to another unit of its dimension.
fn conversion(unit: &Unit, canonical: &str) -> Option<Decimal> {
    let target = units()
        .iter()
        .find(|known| known.ucum == canonical && known.dimension == unit.dimension)?;
    unit.factor.checked_div(target.factor)
}

/// For each scope that another one of the same key contains: (narrower, wider). At most this many scopes a key are
/// compared.
const SCOPES_PER_KEY: usize = 40;

/// Which scopes contain which, among those that meet on a key.
pub(super) fn wider_scopes(comparisons: &[Vec<Comparison>]) -> Vec<(String, String)> {
    let mut by_key: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for comparison in comparisons.iter().flatten() {
        if let Some(key) = &comparison.key {
            by_key.entry(key).or_default().insert(&comparison.scope);
        }
    }
    let mut pairs = BTreeSet::new();
    for scopes in by_key.values().filter(|scopes| scopes.len() > 1) {
        for narrower in scopes.iter().take(SCOPES_PER_KEY) {
            for wider in scopes.iter().take(SCOPES_PER_KEY) {
                if narrower != wider && contains(wider, narrower) {
                    pairs.insert(((*narrower).to_owned(), (*wider).to_owned()));
                }
            }
        }
    }
    pairs.into_iter().collect()
}

/// Whether every restriction of `wider` is one of `narrower`, too.
fn contains(wider: &str, narrower: &str) -> bool {
    let restrictions: BTreeSet<&str> = narrower.split(';').collect();
    wider.is_empty()
        || wider
            .split(';')
            .all(|restriction| restrictions.contains(restriction))
}
