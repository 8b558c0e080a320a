//! Figures: flat nodes, dimensions straight on the figure.

use std::collections::{BTreeMap, BTreeSet};

use oxigraph::model::{NamedNode, NamedNodeRef};
use rust_decimal::Decimal;

use super::iri::{Kind, named_iri};
use super::source::Source;
use super::vocab;
use super::writer::DocumentWriter;
use super::{limit, reference, study};
use crate::claim::{Bound, Figure, FigureRole, Measured, Status, Support, as_printed, limits};
use crate::corpus::Comparison;
use crate::quantity::{Comparator, Problem, Quantity};

/// What a message says where a figure of a study states no scope.
const NO_STUDY_SCOPE: &str = "no cohort or population stated";
/// The same for any other figure.
const NO_SCOPE: &str = "no scope stated";

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let comparisons = source.corpus.comparisons.get(source.index);
    let limits = limits(
        &source.extraction.document,
        &source.extraction.statements.figures,
    );
    let named = named_elsewhere(source);
    let writes_all = writer.writer.writes_all();
    for (index, figure) in source.extraction.statements.figures.iter().enumerate() {
        // No rule can say anything of a limit that is kept.
        let limit = limits
            .get(index)
            .and_then(Option::as_ref)
            .zip(figure.quantity.as_ref())
            .filter(|(limit, quantity)| writes_all || !limit.is_kept(quantity));
        let is_judged =
            limit.is_some() || named.contains(&index) || source.judges_figure(index, figure);
        if !is_judged && !writes_all {
            continue;
        }
        let node = writer.node(Kind::Figure, index);
        let document = &source.extraction.document;
        writer.placed(
            &node,
            vocab::FIGURE,
            figure.span,
            document.plain(&figure.place),
        );
        write_dimensions(writer, &node, figure);
        write_support(writer, &node, figure, source);
        let comparison = comparisons.and_then(|all| all.get(index));
        if let Some(quantity) = &figure.quantity {
            let quote = document.plain(&figure.place);
            write_quantity(writer, &node, (quantity, quote), comparison);
            if let Some((limit, quantity)) = limit {
                limit::write(writer, &node, quantity, limit);
            }
        }
        if let Some(comparison) = comparison {
            write_comparison(writer, &node, comparison, &source.shared.wider);
            write_study(writer, &node, figure, source, comparison);
        }
    }
}

/// Figures that an estimate, a change or a sum of the document names.
fn named_elsewhere(source: Source<'_>) -> BTreeSet<usize> {
    let statements = &source.extraction.statements;
    let estimates = statements.estimates.iter();
    let changes = statements.changes.iter();
    let sums = statements.sums.iter();
    estimates
        .flat_map(|estimate| [Some(estimate.figure), estimate.p_value])
        .flatten()
        .chain(changes.flat_map(|change| [change.from, change.to]))
        .chain(sums.flat_map(|sum| sum.parts.iter().copied().chain(sum.total)))
        .collect()
}

fn write_dimensions(writer: &mut DocumentWriter<'_, '_>, node: &NamedNode, figure: &Figure) {
    let quads = &mut writer.writer;
    match figure.measure.as_ref().map(|bound| &bound.value) {
        Some(Measured::Concept(measure)) => quads.term(
            node,
            vocab::MEASURE,
            NamedNodeRef::new_unchecked(&measure.iri),
        ),
        Some(Measured::Phrase(phrase)) => {
            quads.term(node, vocab::MEASURE, named_iri("measure", phrase).as_ref());
        }
        None => {}
    }
    for (predicate, dimension) in [
        (vocab::ARM, &figure.arm),
        (vocab::POPULATION, &figure.population),
        (vocab::COHORT, &figure.cohort),
        (vocab::TIME_POINT, &figure.time_point),
    ] {
        quads.text_if(
            node,
            predicate,
            dimension.as_ref().map(|b: &Bound<String>| b.value.as_str()),
        );
    }
    let status = match figure.status {
        Status::Reported => vocab::REPORTED,
        Status::Estimated => vocab::ESTIMATED,
        Status::NotReported => vocab::NOT_REPORTED,
    };
    quads.term(node, vocab::STATUS, status);
    let role = match figure.role {
        FigureRole::Result => None,
        FigureRole::Protocol => Some("protocol"),
        FigureRole::Design => Some("design"),
        FigureRole::Metadata => Some("metadata"),
    };
    quads.text_if(node, vocab::FIGURE_ROLE, role);
}

fn write_support(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    figure: &Figure,
    source: Source<'_>,
) {
    let claim = figure
        .claim
        .and_then(|at| source.extraction.statements.claims.get(at));
    if let Some(at) = figure.claim {
        let claim = writer.node(Kind::Claim, at);
        writer.writer.term(node, vocab::IN_CLAIM, claim.as_ref());
    }
    let has_problem = figure
        .quantity
        .as_ref()
        .is_some_and(|quantity| quantity.problem.is_some());
    let needed = !has_problem && claim.is_some_and(|claim| claim.support == Support::Needed);
    if needed && figure.quantity.is_some() && figure.role == FigureRole::Result {
        writer.writer.flag(node, vocab::NEEDS_SUPPORT, true);
    }
    // The marks on its claim have that as their context.
    let of_claim = claim
        .map(|claim| claim.pointers.as_slice())
        .unwrap_or_default();
    let own = figure
        .pointers
        .iter()
        .copied()
        .filter(|at| !of_claim.contains(at));
    reference::write_contexts(writer, node, own);
    reference::write_cited(writer, node, &figure.pointers, source);
}

fn write_quantity(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    (quantity, quote): (&Quantity, &str),
    comparison: Option<&Comparison>,
) {
    let quads = &mut writer.writer;
    quads.decimal_if(node, vocab::VALUE, quantity.value);
    quads.text(
        node,
        vocab::UNIT,
        quantity
            .unit
            .as_ref()
            .map_or("1", |unit| unit.ucum.as_ref()),
    );
    quads.text_if(node, vocab::COMPARATOR, comparator(quantity.comparator));
    quads.text_if(node, vocab::PROBLEM, quantity.problem.map(Problem::label));
    quads.decimal_if(node, vocab::NUMERATOR, quantity.numerator);
    quads.decimal_if(node, vocab::DENOMINATOR, quantity.denominator);
    let is_percent = quantity.unit.as_ref().is_some_and(|unit| unit.ucum == "%");
    if let Some(percent) = percent(quantity).filter(|_| is_percent && !is_shortened(quote)) {
        quads.decimal(node, vocab::PERCENT, percent);
        quads.text_if(
            node,
            vocab::CALCULATION,
            calculation(quantity, percent, quote).as_deref(),
        );
        quads.decimal(node, vocab::PRINTED_LOW, quantity.low);
        quads.decimal(node, vocab::PRINTED_HIGH, quantity.high);
    }
    if let Some(interval) = &quantity.interval {
        quads.decimal(node, vocab::CI_LOW, interval.low);
        quads.decimal(node, vocab::CI_HIGH, interval.high);
        quads.decimal_if(node, vocab::CI_LEVEL, interval.level);
    }
    if let Some((low, high)) = comparison.and_then(|comparison| comparison.bounds) {
        quads.decimal(node, vocab::LOW, low);
        quads.decimal(node, vocab::HIGH, high);
    }
}

pub(super) fn comparator(comparator: Comparator) -> Option<&'static str> {
    match comparator {
        Comparator::Equal => None,
        Comparator::Less => Some("<"),
        Comparator::AtMost => Some("<="),
        Comparator::Greater => Some(">"),
        Comparator::AtLeast => Some(">="),
        Comparator::About => Some("~"),
    }
}

/// "73 of the 451 million (16.2%)": the word behind the whole is that of the count, too.
fn is_shortened(quote: &str) -> bool {
    ["thousand", "million", "billion", "trillion"]
        .iter()
        .any(|word| quote.contains(word))
}

/// "12 of 40 is 30%".
fn calculation(quantity: &Quantity, percent: Decimal, quote: &str) -> Option<String> {
    let (numerator, denominator) = (quantity.numerator?, quantity.denominator?);
    let bounds = quantity.low..=quantity.high;
    // 10.448 must not be shown as 10.45 beside a 10.5 that it does not give.
    let shown = (1..=4)
        .map(|more| percent.round_dp(quantity.decimals.saturating_add(more).min(4)))
        .find(|shown| bounds.contains(shown) == bounds.contains(&percent))?
        .normalize();
    Some(format!(
        "{} of {} is {shown}%",
        as_printed(numerator, quote),
        as_printed(denominator, quote)
    ))
}

/// `n/N` in percent, to four places.
fn percent(quantity: &Quantity) -> Option<Decimal> {
    let share = quantity.numerator?.checked_div(quantity.denominator?)?;
    Some(share.checked_mul(Decimal::ONE_HUNDRED)?.round_dp(4))
}

fn write_comparison(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    comparison: &Comparison,
    wider: &BTreeMap<&str, Vec<&str>>,
) {
    let quads = &mut writer.writer;
    quads.text_if(node, vocab::WHAT, Some(&comparison.what));
    let Some(key) = &comparison.key else {
        return;
    };
    quads.text(node, vocab::KEY, key);
    quads.text(node, vocab::SCOPE, &comparison.scope);
    if comparison.scope.is_empty() {
        let label = comparison.study.map_or(NO_SCOPE, |_| NO_STUDY_SCOPE);
        quads.text(node, vocab::SCOPE_LABEL, label);
        return;
    }
    quads.text(node, vocab::SCOPE_LABEL, &comparison.scope_label);
    quads.text(node, vocab::SCOPE_WITHIN, "");
    for scope in wider.get(comparison.scope.as_str()).into_iter().flatten() {
        quads.text(node, vocab::SCOPE_WITHIN, scope);
    }
}

fn write_study(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    figure: &Figure,
    source: Source<'_>,
    comparison: &Comparison,
) {
    if let Some(study) = comparison
        .study
        .and_then(|at| source.corpus.studies.get(at))
    {
        writer
            .writer
            .term(node, vocab::STUDY, study::study_iri(study).as_ref());
    }
    let Some(at) = figure.study.as_ref().map(|bound| bound.value) else {
        return;
    };
    let Some(name) = source.extraction.statements.studies.get(at) else {
        return;
    };
    let alias = writer.node(Kind::StudyName, at);
    writer.writer.term(node, vocab::ALIAS, alias.as_ref());
    writer
        .writer
        .text_if(node, vocab::STUDY_NAME, Some(&name.name));
    if let Some(basis) = comparison.basis {
        writer
            .writer
            .term(node, vocab::STUDY_BASIS, study::basis_iri(basis));
    }
}
