//! Statements that a trial's record contradicts.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use super::iri::{Kind, node_iri};
use super::vocab;
use super::writer::Writer;
use crate::corpus::Corpus;
use crate::text::Span;

pub(super) fn write(writer: &mut Writer<'_>, corpus: &Corpus, documents: &[String]) {
    let mut count: BTreeMap<usize, usize> = BTreeMap::new();
    for mismatch in &corpus.registry_mismatches {
        let Some(document) = documents.get(mismatch.document) else {
            continue;
        };
        let index = count.entry(mismatch.document).or_default();
        let node = node_iri(document, Kind::RegistryMismatch, *index);
        *index += 1;
        let part_of = NamedNode::new_unchecked(document.as_str());
        writer.term(&node, vocab::TYPE, vocab::REGISTRY_MISMATCH);
        writer.term(&node, vocab::IS_PART_OF, part_of.as_ref());
        writer.text(&node, vocab::QUOTE, &mismatch.text);
        writer.text(&node, vocab::REGISTRY_ID, &mismatch.trial);
        writer.text(&node, vocab::RECORD_FIELD, mismatch.field.label());
        if let Some(record) = &mismatch.record {
            writer.text(&node, vocab::RECORD, record);
        }
        writer.text(&node, vocab::RECORD_SAYS, &mismatch.says);
    }
}

/// The places of the statements of each document.
pub(super) fn places(corpus: &Corpus) -> BTreeMap<usize, Vec<Span>> {
    let mut spans: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for mismatch in &corpus.registry_mismatches {
        spans
            .entry(mismatch.document)
            .or_default()
            .push(mismatch.span);
    }
    spans
}
