//! Stated changes and stated wholes, with the bounds that a rule compares.

use super::iri::Kind;
use super::source::Source;
use super::vocab;
use super::writer::DocumentWriter;
use crate::claim::{Change, Direction, Evidence, Share, ShareEvidence, Sum, WholeMean};

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let statements = &source.extraction.statements;
    for (index, change) in statements.changes.iter().enumerate() {
        write_change(writer, source, index, change);
    }
    for (index, sum) in statements.sums.iter().enumerate() {
        write_sum(writer, source, index, sum);
    }
    for (index, share) in statements.shares.iter().enumerate() {
        write_share(writer, source, index, share);
    }
    for ambiguity in &statements.ambiguities {
        let node = writer.node(Kind::Figure, ambiguity.figure);
        let quads = &mut writer.writer;
        quads.text(&node, vocab::AMBIGUOUS_NAME, &ambiguity.name);
        quads.text(&node, vocab::READINGS, &ambiguity.readings);
        quads.flag(&node, vocab::IS_NEAR, ambiguity.is_near);
    }
    for (index, mean) in statements.means.iter().enumerate() {
        write_mean(writer, source, index, mean);
    }
}

fn write_change(
    writer: &mut DocumentWriter<'_, '_>,
    source: Source<'_>,
    index: usize,
    change: &Change,
) {
    let node = writer.node(Kind::Change, index);
    let quote = source.extraction.document.plain(&change.place);
    writer.placed(&node, vocab::CHANGE, change.span, quote);
    let from = writer.node(Kind::Figure, change.from);
    let to = writer.node(Kind::Figure, change.to);
    let direction = match change.direction {
        Direction::Up => "up",
        Direction::Down => "down",
        Direction::Better => "better",
        Direction::Worse => "worse",
    };
    let quads = &mut writer.writer;
    quads.term(&node, vocab::CHANGES_FROM, from.as_ref());
    quads.term(&node, vocab::CHANGES_TO, to.as_ref());
    quads.text(&node, vocab::DIRECTION, direction);
    quads.text(&node, vocab::WORDING, &change.word);
    quads.text(&node, vocab::PRINTED_FROM, &change.printed.0);
    quads.text(&node, vocab::PRINTED_TO, &change.printed.1);
    quads.decimal(&node, vocab::DIFFERENCE_LOW, change.difference.0);
    quads.decimal(&node, vocab::DIFFERENCE_HIGH, change.difference.1);
    if change.reversed {
        quads.text(&node, vocab::SIDES_REVERSED, "yes");
    }
    if let Some(size) = &change.size {
        quads.text(&node, vocab::PRINTED_SIZE, &size.printed);
        quads.text(&node, vocab::CALCULATION, &size.shown);
        quads.decimal(&node, vocab::STATED_LOW, size.stated.0);
        quads.decimal(&node, vocab::STATED_HIGH, size.stated.1);
        quads.decimal(&node, vocab::COMPUTED_LOW, size.computed.0);
        quads.decimal(&node, vocab::COMPUTED_HIGH, size.computed.1);
        quads.decimal(&node, vocab::ALTERNATIVE_LOW, size.alternative.0);
        quads.decimal(&node, vocab::ALTERNATIVE_HIGH, size.alternative.1);
    }
}

fn write_sum(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>, index: usize, sum: &Sum) {
    let node = writer.node(Kind::Sum, index);
    let quote = source.extraction.document.plain(&sum.place);
    writer.placed(&node, vocab::SUM, sum.span, quote);
    let evidence = match sum.evidence {
        Evidence::Difference => "sign",
        Evidence::Categories => "categories",
        Evidence::Wording => "wording",
        Evidence::Listing => "listing",
        Evidence::Slip => "slip",
        Evidence::Table => "table",
    };
    if let Some(total) = sum.total {
        let total = writer.node(Kind::Figure, total);
        writer.writer.term(&node, vocab::TOTAL, total.as_ref());
    }
    for part in &sum.parts {
        let part = writer.node(Kind::Figure, *part);
        writer.writer.term(&node, vocab::PART, part.as_ref());
    }
    let quads = &mut writer.writer;
    quads.text(&node, vocab::SUM_EVIDENCE, evidence);
    quads.text(&node, vocab::CALCULATION, &sum.calculation);
    quads.text(&node, vocab::PRINTED_TOTAL, &sum.printed);
    quads.decimal(&node, vocab::STATED_LOW, sum.stated.0);
    quads.decimal(&node, vocab::STATED_HIGH, sum.stated.1);
    quads.decimal(&node, vocab::COMPUTED_LOW, sum.computed.0);
    quads.decimal(&node, vocab::COMPUTED_HIGH, sum.computed.1);
    quads.decimal(&node, vocab::GAP, sum.gap);
    quads.flag(&node, vocab::IS_SLIP, sum.is_slip);
}

fn write_share(
    writer: &mut DocumentWriter<'_, '_>,
    source: Source<'_>,
    index: usize,
    share: &Share,
) {
    let node = writer.node(Kind::Share, index);
    let quote = source.extraction.document.plain(&share.place);
    writer.placed(&node, vocab::SHARE, share.span, quote);
    let evidence = match share.evidence {
        ShareEvidence::Siblings => "siblings",
        ShareEvidence::Group => "group",
        ShareEvidence::Pair => "pair",
        ShareEvidence::Only => "only",
        ShareEvidence::Opening => "opening",
        ShareEvidence::Whole => "whole",
        ShareEvidence::Slip => "slip",
        ShareEvidence::Beside => "beside",
        ShareEvidence::List => "list",
        ShareEvidence::Near => "near",
        ShareEvidence::Paragraph => "paragraph",
        ShareEvidence::Rest => "rest",
        ShareEvidence::Arm => "arm",
        ShareEvidence::Document => "document",
        ShareEvidence::Row => "row",
        ShareEvidence::Block => "block",
        ShareEvidence::OwnBlock => "own-block",
        ShareEvidence::Column => "column",
    };
    let whole = share.whole.map(|whole| writer.node(Kind::Figure, whole));
    let quads = &mut writer.writer;
    if let Some(whole) = whole {
        quads.term(&node, vocab::SHARE_OF, whole.as_ref());
    }
    quads.text(&node, vocab::SHARE_EVIDENCE, evidence);
    quads.text(&node, vocab::CALCULATION, &share.calculation);
    quads.text(&node, vocab::PRINTED_SHARE, &share.printed);
}

fn write_mean(
    writer: &mut DocumentWriter<'_, '_>,
    source: Source<'_>,
    index: usize,
    mean: &WholeMean,
) {
    let node = writer.node(Kind::Mean, index);
    let quote = source.extraction.document.plain(&mean.place);
    writer.placed(&node, vocab::WHOLE_MEAN, mean.span, quote);
    let quads = &mut writer.writer;
    quads.flag(&node, vocab::IS_DEVIATION, mean.is_deviation);
    quads.text(&node, vocab::CALCULATION, &mean.calculation);
    quads.text(&node, vocab::PRINTED_MEAN, &mean.printed);
    quads.text(&node, vocab::VALUES, &mean.values);
}
