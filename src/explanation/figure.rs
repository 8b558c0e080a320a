//! One figure: its value with the bounds of what would be printed so, and its dimensions with their origins.

use super::wording::{bounds, dimension_name, number};
use super::{ExplainedDimension, ExplainedFigure, Known};
use crate::claim::{DimensionName, origins};
use crate::text::squeeze;

/// A figure with everything it was taken to be about.
pub(super) fn explained(known: &Known<'_>) -> ExplainedFigure {
    let document = &known.extraction.document;
    let quantity = known.figure.quantity.as_ref();
    let dimensions = origins(document, &known.extraction.statements, known.figure)
        .into_iter()
        .map(|origin| ExplainedDimension {
            name: if origin.dimension == DimensionName::Arm && known.is_general() {
                "subject"
            } else {
                dimension_name(origin.dimension)
            },
            line: origin.span.map(|span| document.source.line(span.start)),
            origin,
        })
        .collect();
    ExplainedFigure {
        quote: squeeze(document.plain(&known.figure.place)),
        span: known.figure.span,
        bounds: quantity.map(bounds),
        share: quantity.and_then(|quantity| {
            let (count, whole) = (quantity.numerator?, quantity.denominator?);
            Some(format!("{} of {}", number(count), number(whole)))
        }),
        unit: quantity
            .and_then(|quantity| quantity.unit.as_ref())
            .map(|unit| (unit.printed.clone(), unit.ucum.clone())),
        dimensions,
    }
}
