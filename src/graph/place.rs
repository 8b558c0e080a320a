//! Where the nodes of the graph stand in their documents, so that a finding is located without a query.

use std::collections::BTreeMap;

use super::iri::{Kind, parse_node_iri};
use crate::text::{SourceText, Span};

/// Where a node stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place<'a> {
    /// As [`Corpus::reading`](crate::corpus::Corpus::reading) counts.
    pub document: usize,
    /// The document's path as reported.
    pub path: &'a str,
    /// Bytes of its text, end exclusive.
    pub span: Span,
}

/// The places of one document.
#[derive(Clone, Debug)]
pub(super) struct DocumentPlaces {
    pub(super) index: usize,
    pub(super) path: String,
    /// Where the document itself is shown: its first block.
    pub(super) start: Span,
    pub(super) spans: BTreeMap<Kind, Vec<Span>>,
}

/// The places of all documents, by document IRI.
#[derive(Clone, Debug, Default)]
pub(super) struct Places(pub(super) BTreeMap<String, DocumentPlaces>);

impl Places {
    pub(super) fn get(&self, iri: &str) -> Option<Place<'_>> {
        if let Some(places) = self.0.get(iri) {
            return Some(places.place(places.start));
        }
        let (document, kind, index) = parse_node_iri(iri)?;
        let places = self.0.get(document)?;
        let span = places.spans.get(&kind)?.get(index)?;
        Some(places.place(*span))
    }
}

impl DocumentPlaces {
    fn place(&self, span: Span) -> Place<'_> {
        Place {
            document: self.index,
            path: &self.path,
            span,
        }
    }
}

/// Bytes between two checkpoints of a [`CharacterIndex`].
const STRIDE: usize = 256;

/// Byte offsets to offsets in code points, as Web Annotation counts, in constant time each.
pub(super) struct CharacterIndex {
    checkpoints: Vec<usize>,
}

impl CharacterIndex {
    /// Linear in the text.
    pub(super) fn new(source: &SourceText) -> Self {
        let mut count = 0;
        let mut checkpoints = vec![0];
        for chunk in source.text().as_bytes().chunks(STRIDE) {
            count += character_starts(chunk);
            checkpoints.push(count);
        }
        Self { checkpoints }
    }

    /// Code points before a byte offset.
    pub(super) fn offset(&self, source: &SourceText, byte: usize) -> usize {
        let text = source.text().as_bytes();
        let byte = byte.min(text.len());
        let before = self
            .checkpoints
            .get(byte / STRIDE)
            .copied()
            .unwrap_or_default();
        before
            + text
                .get(byte / STRIDE * STRIDE..byte)
                .map_or(0, character_starts)
    }
}

/// Bytes that begin a character of UTF-8: all but `10xxxxxx`.
fn character_starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xc0 != 0x80).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_those_of_the_slow_count() {
        let source = SourceText::new("a.md", "αβ30% –\n".repeat(200));
        let index = CharacterIndex::new(&source);
        for (byte, _) in source.text().char_indices() {
            assert_eq!(index.offset(&source, byte), source.character_offset(byte));
        }
    }
}
