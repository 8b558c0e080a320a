//! Files of reference data: which documents use them, and how many of their entries nothing cites.

use std::collections::BTreeSet;

use super::iri::{Kind, document_iri};
use super::source::Source;
use super::vocab;
use super::writer::DocumentWriter;
use crate::corpus::{Bibliography, Corpus};
use oxigraph::model::NamedNode;

/// The file of reference data that a document is.
pub(super) fn of(source: Source<'_>) -> Option<&Bibliography> {
    let files = &source.corpus.bibliographies;
    let at = files.binary_search_by_key(&source.index, |file| file.document);
    files.get(at.ok()?)
}

/// Entries of a shared file that are written: those that a mark denotes or that are doubled, and the first uncited one. A file
/// may hold hundreds of thousands.
pub(super) fn kept(corpus: &Corpus, file: &Bibliography) -> BTreeSet<usize> {
    let uncited: BTreeSet<usize> = file.uncited.iter().copied().collect();
    let count = corpus
        .extractions
        .get(file.document)
        .map_or(0, |extraction| extraction.citations.references.len());
    let doubled = corpus
        .duplicates
        .iter()
        .filter(|pair| pair.document == file.document)
        .flat_map(|pair| [pair.reference, pair.earlier]);
    (0..count)
        .filter(|at| !uncited.contains(at))
        .chain(doubled)
        .chain(file.uncited.first().copied())
        .collect()
}

/// Writes what a document and the files of reference data are to each other.
pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let node = writer.iri.clone();
    if let Some(file) = of(source) {
        let quads = &mut writer.writer;
        quads.term(&node, vocab::TYPE, vocab::BIBLIOGRAPHY_CLASS);
        if !file.uncited.is_empty() {
            quads.integer(&node, vocab::UNCITED_COUNT, file.uncited.len());
        }
        if file.is_shared {
            quads.flag(&node, vocab::SHARED_BIBLIOGRAPHY, true);
        }
        let own = file.uncited.iter().filter(|_| !file.is_shared);
        for at in own {
            let entry = writer.node(Kind::Reference, *at);
            writer
                .writer
                .term(&node, vocab::UNCITED_ENTRY, entry.as_ref());
        }
        if let Some(first) = file.uncited.first() {
            let entry = writer.node(Kind::Reference, *first);
            writer
                .writer
                .term(&node, vocab::FIRST_UNCITED, entry.as_ref());
        }
        return;
    }
    for file in &source.corpus.bibliographies {
        let path = source.corpus.extractions.get(file.document);
        if let Some(path) = path.filter(|_| file.serves.binary_search(&source.index).is_ok()) {
            let iri = NamedNode::new_unchecked(document_iri(path.document.source.path()));
            writer.writer.term(&node, vocab::BIBLIOGRAPHY, iri.as_ref());
        }
    }
}
