//! Hyperlinks, and sources named in prose.

use super::iri::Kind;
use super::vocab;
use super::writer::DocumentWriter;
use crate::citation::NamedSource;
use crate::claim::Claim;
use crate::corpus::Extraction;

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, extraction: &Extraction) {
    for (index, link) in extraction.citations.links.iter().enumerate() {
        let node = writer.node(Kind::Link, index);
        writer.placed(&node, vocab::LINK, link.span, &link.text);
        writer.writer.text(&node, vocab::TARGET, &link.target);
        writer.writer.text(&node, vocab::LINK_TEXT, &link.text);
    }
    for (index, source) in extraction.citations.named_sources.iter().enumerate() {
        write_source(writer, index, source, extraction);
    }
}

fn write_source(
    writer: &mut DocumentWriter<'_, '_>,
    index: usize,
    source: &NamedSource,
    extraction: &Extraction,
) {
    let node = writer.node(Kind::Source, index);
    let quote = extraction.document.plain(&source.place);
    writer.placed(&node, vocab::NAMED_SOURCE, source.span, quote);
    writer.writer.flag(&node, vocab::MARKED, source.marked);
    let Some(target) = source.target else {
        return;
    };
    let entry = writer.node(Kind::Reference, target);
    writer.writer.term(&node, vocab::DENOTES, entry.as_ref());
    if let Some(claim) = claim_around(source, &extraction.statements.claims) {
        let claim = writer.node(Kind::Claim, claim);
        writer
            .writer
            .term(&node, vocab::HAS_CONTEXT, claim.as_ref());
        writer.writer.term(&claim, vocab::CITES, entry.as_ref());
    }
}

/// The claim that holds a named source; claims stand in document order.
fn claim_around(source: &NamedSource, claims: &[Claim]) -> Option<usize> {
    let at = claims
        .partition_point(|claim| claim.span.start <= source.span.start)
        .checked_sub(1)?;
    claims
        .get(at)
        .filter(|claim| claim.span.contains(source.span))
        .map(|_| at)
}
