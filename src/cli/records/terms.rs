//! What records call the kinds, roles and signs of figures, and how they print numbers.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::Value;

use crate::claim::{FigureRole, Status};
use crate::quantity::{Comparator, Modifier, Quantity, Role, UNBOUNDED};

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

pub(super) fn comparator(comparator: Comparator) -> &'static str {
    match comparator {
        Comparator::Equal => "=",
        Comparator::Less => "<",
        Comparator::AtMost => "≤",
        Comparator::Greater => ">",
        Comparator::AtLeast => "≥",
        Comparator::About => "~",
    }
}

pub(super) fn quantity_kind(role: Role) -> &'static str {
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
pub(super) fn modifiers(quantity: &Quantity) -> Vec<&'static str> {
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

pub(super) fn figure_role(role: FigureRole) -> &'static str {
    match role {
        FigureRole::Result => "result",
        FigureRole::Protocol => "protocol",
        FigureRole::Design => "design",
        FigureRole::Metadata => "metadata",
    }
}

pub(super) fn status(status: Status) -> &'static str {
    match status {
        Status::Reported => "reported",
        Status::Estimated => "estimated",
        Status::NotReported => "not reported",
    }
}
