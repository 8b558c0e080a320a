//! What `extract` prints: one record for each figure, claim, citation, reference or sentence.
//!
//! A record is an ordered map with the same fields in every record of its kind. `start` and `end` are bytes of the document, and
//! `text` is what stands between them.

use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;
use serde_json::{Map, Value, json};

use super::arguments::What;
use crate::citation::{Pointer, Reference, Style};
use crate::claim::{
    Bound, Claim, Figure, FigureRole, Measured, Sentence, SentenceKind, Status, Support,
};
use crate::corpus::Extraction;
use crate::quantity::{Comparator, Modifier, Quantity, Role, UNBOUNDED};
use crate::text::Span;

/// One record.
pub(super) type Record = Map<String, Value>;

/// All records of a kind of one document, in document order.
pub(super) fn records(extraction: &Extraction, what: What) -> Vec<Record> {
    let statements = &extraction.statements;
    let citations = &extraction.citations;
    match what {
        What::Figures => statements
            .figures
            .iter()
            .map(|f| figure(extraction, f))
            .collect(),
        What::Claims => statements
            .claims
            .iter()
            .map(|c| claim(extraction, c))
            .collect(),
        What::Citations => citations
            .pointers
            .iter()
            .map(|p| citation(extraction, p))
            .collect(),
        What::References => citations
            .references
            .iter()
            .map(|r| reference(extraction, r))
            .collect(),
        What::Sentences => statements
            .sentences
            .iter()
            .map(|s| sentence(extraction, s))
            .collect(),
    }
}

/// The columns of the table of a kind, besides the place.
pub(super) fn table_columns(what: What) -> &'static [&'static str] {
    match what {
        What::Figures => &[
            "text",
            "measure",
            "study",
            "arm",
            "cohort",
            "population",
            "timePoint",
            "role",
            "unsure",
        ],
        What::Claims => &["references", "support", "text"],
        What::Citations => &["text", "references", "undefined", "style"],
        What::References => &["id", "authors", "year", "title", "container", "doi", "url"],
        What::Sentences => &["kind", "text"],
    }
}

fn record(extraction: &Extraction, span: Span, fields: Value) -> Record {
    let source = &extraction.document.source;
    let mut record = Map::from_iter([
        ("document".to_owned(), Value::from(source.path())),
        ("start".to_owned(), Value::from(span.start)),
        ("end".to_owned(), Value::from(span.end)),
        ("text".to_owned(), Value::from(source.slice(span))),
    ]);
    if let Value::Object(fields) = fields {
        record.extend(fields);
    }
    record
}

fn figure(extraction: &Extraction, figure: &Figure) -> Record {
    let quantity = figure.quantity.as_ref();
    let study = figure
        .study
        .as_ref()
        .and_then(|bound| extraction.statements.studies.get(bound.value));
    let measure = figure
        .measure
        .as_ref()
        .map(|bound| measure(&bound.value, figure.wording.as_deref()));
    let interval = quantity.and_then(|q| q.interval.as_ref());
    record(
        extraction,
        figure.span,
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
            "study": study.map(|s| s.name.as_str()),
            "arm": figure.arm.as_ref().map(|arm| arm_names(extraction, &arm.value)),
            "population": dimension(figure.population.as_ref()),
            "cohort": dimension(figure.cohort.as_ref()),
            "timePoint": dimension(figure.time_point.as_ref()),
            "unsure": unsure(figure),
            "modifiers": quantity.map(modifiers).unwrap_or_default(),
            "kind": quantity.map(|q| quantity_kind(q.role)),
            "role": figure_role(figure.role),
            "status": status(figure.status),
            "references": labels(extraction, &figure.pointers),
        }),
    )
}

/// A concept with the words of the table; those words alone where no pack has the measure.
fn measure(measured: &Measured, wording: Option<&str>) -> String {
    match (measured, wording) {
        (Measured::Concept(concept), Some(words)) => format!("{} ({words})", concept.label),
        (Measured::Concept(concept), None) => concept.label.clone(),
        (Measured::Phrase(_), Some(words)) => words.to_owned(),
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

/// An arm with the other names the document has for it, in brackets.
fn arm_names(extraction: &Extraction, arm: &str) -> String {
    let others: Vec<&str> = extraction
        .statements
        .arms
        .get(arm)
        .into_iter()
        .flatten()
        .map(String::as_str)
        .filter(|other| *other != arm)
        .collect();
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

fn claim(extraction: &Extraction, claim: &Claim) -> Record {
    record(
        extraction,
        claim.span,
        json!({
            "references": labels(extraction, &claim.pointers),
            "nearby": labels(extraction, &claim.nearby),
            "support": match claim.support {
                Support::Needed => "needed",
                Support::NotNeeded => "not needed",
            },
            "mentions": claim.mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(),
        }),
    )
}

fn citation(extraction: &Extraction, pointer: &Pointer) -> Record {
    let undefined: Vec<&str> = pointer
        .labels
        .iter()
        .zip(&pointer.targets)
        .filter(|(_, target)| target.is_none())
        .map(|(label, _)| label.as_str())
        .collect();
    record(
        extraction,
        pointer.span,
        json!({
            "references": pointer_labels(extraction, pointer),
            "undefined": undefined,
            "style": match pointer.style {
                Style::Bracket => "bracket",
                Style::Superscript => "superscript",
                Style::LinkedBracket => "linked bracket",
                Style::Footnote => "footnote",
                Style::Citekey => "citekey",
                Style::AuthorYear => "author and year",
            },
        }),
    )
}

fn reference(extraction: &Extraction, reference: &Reference) -> Record {
    record(
        extraction,
        reference.span,
        json!({
            "id": reference.label,
            "authors": reference.authors,
            "byline": reference.byline,
            "title": reference.title,
            "container": reference.container,
            "year": reference.year,
            "volume": reference.volume,
            "pages": reference.pages,
            "doi": reference.doi,
            "pmid": reference.pmid,
            "pmcid": reference.pmcid,
            "arxiv": reference.arxiv,
            "registry": reference.registry,
            "url": reference.url,
            "host": reference.host,
            "kind": reference_kind(reference),
        }),
    )
}

/// What sort of work an entry names, told from its fields.
fn reference_kind(reference: &Reference) -> &'static str {
    if reference.registry.is_some() {
        "registration"
    } else if reference.arxiv.is_some() {
        "preprint"
    } else if reference.doi.is_some()
        || reference.pmid.is_some()
        || reference.pmcid.is_some()
        || (reference.container.is_some() && reference.volume.is_some())
    {
        "article"
    } else if reference.url.is_some() || reference.host.is_some() {
        "webpage"
    } else {
        "other"
    }
}

fn sentence(extraction: &Extraction, sentence: &Sentence) -> Record {
    let kind = match sentence.kind {
        SentenceKind::Claim => "claim",
        SentenceKind::Instruction => "instruction",
        SentenceKind::Question => "question",
        SentenceKind::Heading => "heading",
        SentenceKind::Navigation => "navigation",
        SentenceKind::Boilerplate => "boilerplate",
        SentenceKind::Metadata => "metadata",
        SentenceKind::Caption => "caption",
        SentenceKind::Reference => "reference",
        SentenceKind::Fragment => "fragment",
    };
    record(extraction, sentence.span, json!({ "kind": kind }))
}

/// What some marks name, each once, in order.
fn labels<'a>(extraction: &'a Extraction, pointers: &[usize]) -> Vec<&'a str> {
    let mut labels = Vec::new();
    for pointer in pointers {
        if let Some(pointer) = extraction.citations.pointers.get(*pointer) {
            for label in pointer_labels(extraction, pointer) {
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
    }
    labels
}

/// What a mark names: the entries' own labels, and its own words where no entry has them.
fn pointer_labels<'a>(extraction: &'a Extraction, pointer: &'a Pointer) -> Vec<&'a str> {
    pointer
        .labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let target = pointer.targets.get(at).copied().flatten();
            target
                .and_then(|target| extraction.citations.references.get(target))
                .map_or(label.as_str(), |reference| reference.label.as_str())
        })
        .collect()
}

fn dimension(bound: Option<&Bound<String>>) -> Option<&str> {
    bound.map(|bound| bound.value.as_str())
}

/// A JSON number where that shows the same digits, else a string.
fn number(value: Decimal) -> Value {
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
fn bound_number(value: Decimal) -> Option<Value> {
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

#[cfg(test)]
mod tests;
