//! One figure: its value with the bounds of what would be printed so, and its dimensions with their origins.

use super::wording::{bounds, dimension_name, number};
use super::{ExplainedDimension, ExplainedFigure};
use crate::claim::{DimensionName, Figure, Measured, origins};
use crate::corpus::Extraction;
use crate::text::squeeze;

/// A figure with everything it was taken to be about.
pub(super) fn explained(extraction: &Extraction, figure: &Figure) -> ExplainedFigure {
    let document = &extraction.document;
    let quantity = figure.quantity.as_ref();
    let dimensions = origins(document, &extraction.statements, figure)
        .into_iter()
        .map(|origin| ExplainedDimension {
            name: if origin.dimension == DimensionName::Arm && is_general(figure) {
                "subject"
            } else {
                dimension_name(origin.dimension)
            },
            line: origin.span.map(|span| document.source.line(span.start)),
            origin,
        })
        .collect();
    ExplainedFigure {
        quote: squeeze(document.plain(&figure.place)),
        span: figure.span,
        bounds: quantity.map(bounds),
        share: quantity.and_then(|quantity| {
            let (count, whole) = (quantity.numerator?, quantity.denominator?);
            Some(format!("{} of {}", number(count), number(whole)))
        }),
        unit: quantity
            .and_then(|quantity| quantity.unit.as_ref())
            .map(|unit| (unit.printed.to_string(), unit.ucum.to_string())),
        dimensions,
    }
}

/// Whether the measure of a figure is of a pack without studies and arms.
pub(super) fn is_general(figure: &Figure) -> bool {
    match figure.measure.as_ref().map(|bound| &bound.value) {
        Some(Measured::Concept(measure)) => measure.pack != "clinical",
        Some(Measured::Phrase(_)) | None => false,
    }
}
