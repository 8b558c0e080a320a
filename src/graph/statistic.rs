//! Test statistics with the p-value recomputed from them, and estimates with their interval and p-value.

use oxigraph::model::NamedNode;
use rust_decimal::{Decimal, RoundingStrategy};

use super::figure;
use super::iri::Kind;
use super::vocab;
use super::writer::DocumentWriter;
use crate::claim::{Estimate, Nearness, Offset, TestResult};
use crate::corpus::Extraction;
use crate::quantity::{Comparator, PrintedP, TestStatistic};

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, extraction: &Extraction) {
    let statements = &extraction.statements;
    for (index, result) in statements.test_results.iter().enumerate() {
        let node = writer.node(Kind::TestStatistic, index);
        if writer.writer.writes_all() {
            let quote = extraction.document.plain(&result.place);
            writer.placed(&node, vocab::TEST_STATISTIC, result.span, quote);
            write_numbers(writer, &node, &result.statistic);
        } else {
            writer
                .writer
                .term(&node, vocab::TYPE, vocab::TEST_STATISTIC);
        }
        let text = extraction
            .document
            .text_at(result.place.block, result.place.cell)
            .map_or("", |text| text.plain.as_str());
        write_statistic(writer, &node, &result.statistic, text);
        write_wording(writer, &node, result);
    }
    for estimate in &statements.estimates {
        let node = writer.node(Kind::Figure, estimate.figure);
        if estimate.bare_bounds {
            writer.writer.flag(&node, vocab::CI_BARE, true);
        }
        write_interval(writer, &node, extraction, estimate);
        if let Some(middle) = estimate.middle {
            let offset = match middle.offset {
                Offset::Aside => "aside",
                Offset::NearBound => "near-bound",
            };
            writer.writer.decimal(&node, vocab::MIDDLE, middle.root);
            writer.writer.text(&node, vocab::OFFSET, offset);
        }
        writer
            .writer
            .decimal_if(&node, vocab::NULL_VALUE, estimate.null);
        if let Some(p) = estimate.p_value {
            let quantity = extraction
                .statements
                .figures
                .get(p)
                .and_then(|figure| figure.quantity.as_ref());
            let p = writer.node(Kind::Figure, p);
            writer.writer.term(&p, vocab::P_VALUE_OF, node.as_ref());
            if let Some(quantity) = quantity {
                writer.writer.decimal(&p, vocab::VALUE_LOW, quantity.low);
                writer.writer.decimal(&p, vocab::VALUE_HIGH, quantity.high);
            }
        }
    }
}

/// The statistic itself, for people: the rule asks for what was recomputed from it.
fn write_numbers(writer: &mut DocumentWriter<'_, '_>, node: &NamedNode, statistic: &TestStatistic) {
    let quads = &mut writer.writer;
    quads.text(node, vocab::TEST, statistic.test.symbol());
    quads.decimal_if(node, vocab::DF1, statistic.df1);
    quads.decimal_if(node, vocab::DF2, statistic.df2);
    quads.decimal(node, vocab::VALUE, statistic.value);
}

fn write_statistic(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    statistic: &TestStatistic,
    text: &str,
) {
    let quads = &mut writer.writer;
    quads.decimal(node, vocab::RECOMPUTED_LOW, statistic.low);
    quads.decimal(node, vocab::RECOMPUTED_HIGH, statistic.high);
    let p = &statistic.p;
    quads.text_if(
        node,
        vocab::P_COMPARATOR,
        figure::comparator(p.comparator).or(Some("=")),
    );
    quads.decimal(node, vocab::REPORTED_P, p.value);
    quads.decimal(node, vocab::REPORTED_LOW, p.low);
    quads.decimal(node, vocab::REPORTED_HIGH, p.high);
    quads.text(node, vocab::REPORTED_LABEL, &reported(p));
    let printed = text
        .get(statistic.range.start..statistic.p.range.start)
        .unwrap_or_default()
        .trim_end_matches(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '(' | '$' | '*'));
    let calculation = format!("{printed} gives {}", recomputed(statistic));
    quads.text(node, vocab::CALCULATION, &calculation);
    if statistic.test.has_two_tails() {
        quads.flag(node, vocab::HAS_TWO_TAILS, true);
    }
}

fn write_wording(writer: &mut DocumentWriter<'_, '_>, node: &NamedNode, result: &TestResult) {
    for (predicate, nearness) in [
        (vocab::ONE_TAILED_STATED, result.one_tailed),
        (vocab::CORRECTION_STATED, result.corrected),
    ] {
        let place = match nearness {
            Nearness::Sentence => Some("sentence"),
            Nearness::Document => Some("document"),
            Nearness::Nowhere => None,
        };
        writer.writer.text_if(node, predicate, place);
    }
}

fn write_interval(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    extraction: &Extraction,
    estimate: &Estimate,
) {
    let quantity = extraction
        .statements
        .figures
        .get(estimate.figure)
        .and_then(|figure| figure.quantity.as_ref());
    let Some(quantity) = quantity else { return };
    let interval = estimate.interval.as_ref();
    let Some(interval) = interval.or(quantity.interval.as_ref()) else {
        return;
    };
    let quads = &mut writer.writer;
    if estimate.interval.is_some() {
        quads.decimal(node, vocab::CI_LOW, interval.low);
        quads.decimal(node, vocab::CI_HIGH, interval.high);
        quads.decimal_if(node, vocab::CI_LEVEL, interval.level);
    }
    let half = Decimal::new(5, interval.decimals.min(20) + 1);
    quads.decimal(node, vocab::CI_ROUNDING, half);
    quads.decimal(node, vocab::VALUE_LOW, quantity.low);
    quads.decimal(node, vocab::VALUE_HIGH, quantity.high);
    if interval.inverted {
        quads.flag(node, vocab::CI_INVERTED, true);
    }
}

/// The p-value as a message says it: `p = .318`, `p < .05`, `ns`.
fn reported(p: &PrintedP) -> String {
    if p.is_ns {
        return "\"ns\"".to_owned();
    }
    let sign = match p.comparator {
        Comparator::Equal | Comparator::About => "=",
        Comparator::Less => "<",
        Comparator::AtMost => "≤",
        Comparator::Greater => ">",
        Comparator::AtLeast => "≥",
    };
    format!("p {sign} {}", without_zero(p.value, p.decimals))
}

/// `p = .005 (between .0050 and .0053)`, `p < .0001`.
fn recomputed(statistic: &TestStatistic) -> String {
    let least = Decimal::new(1, 4);
    if statistic.high < least {
        return "p < .0001".to_owned();
    }
    let decimals = statistic.p.decimals.clamp(3, 8);
    let shown = |p: Decimal, decimals: u32| without_zero(p, decimals);
    let (low, high) = (
        shown(statistic.low, decimals + 1),
        shown(statistic.high, decimals + 1),
    );
    if statistic.comparator != Comparator::Equal {
        return format!("a p between {low} and {high}");
    }
    if low == high {
        return format!("p = {}", shown(statistic.exact, decimals + 1));
    }
    format!(
        "p = {} (between {low} and {high})",
        shown(statistic.exact, decimals)
    )
}

/// With so many decimals and no zero in front of the point, as p-values are printed.
fn without_zero(p: Decimal, decimals: u32) -> String {
    let rounded = p.round_dp_with_strategy(decimals, RoundingStrategy::MidpointAwayFromZero);
    let decimals = usize::try_from(decimals).unwrap_or_default();
    let text = format!("{rounded:.decimals$}");
    text.strip_prefix('0').map_or(text.clone(), str::to_owned)
}
