//! A document that cites nothing: how much of it needs a source, told once.
//!
//! Why it exists: where there is neither a mark nor a list, fifty findings say less than one. It leaves out documents with few such
//! statements, each of which is told where it stands.

use super::iri::Kind;
use super::source::Source;
use super::vocab;
use super::writer::DocumentWriter;
use crate::citation::bibliography::is_bibliography;
use crate::claim::Support;

/// Most statements that are told one by one in a document that cites nothing.
const TOLD: usize = 20;

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let extraction = source.extraction;
    let citations = &extraction.citations;
    let cites = !citations.pointers.is_empty() || !citations.references.is_empty();
    if cites || is_bibliography(extraction.document.source.path()) {
        return;
    }
    let mut needing = extraction
        .statements
        .claims
        .iter()
        .enumerate()
        .filter(|(_, claim)| claim.support == Support::Needed)
        .map(|(index, _)| index);
    let first = needing.next();
    let count = needing.count() + 1;
    if let (Some(first), true) = (first, count > TOLD) {
        let node = writer.iri.clone();
        let claim = writer.node(Kind::Claim, first);
        let quads = &mut writer.writer;
        quads.integer(&node, vocab::UNSUPPORTED_STATEMENTS, count);
        quads.term(&node, vocab::FIRST_UNSUPPORTED, claim.as_ref());
    }
}
