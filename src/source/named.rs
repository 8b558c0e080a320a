//! Every name of a work in a document: in its list of references, in its links, and bare in its text.

use std::collections::BTreeSet;
use std::ops::Range;

use super::SourceId;
use crate::citation::{Citations, Reference, identifier};
use crate::markdown::{BlockKind, Document, InlineKind, Place};
use crate::text::Span;

/// Most names that one link has: its DOI, PubMed and registry id.
const MOST_NAMES: usize = 6;

/// A name of a work at one place.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Named {
    /// Where it stands in the source, in bytes: the whole entry, the whole link, or the name itself.
    pub span: Span,
    /// The name.
    pub id: SourceId,
    /// Index in [`Citations::references`] of the entry it stands in.
    pub reference: Option<usize>,
}

/// Every name of a work in a document or a file of reference data, in the order of the text. Linear in the document.
pub fn named(document: &Document, citations: &Citations) -> Vec<Named> {
    let mut found = Vec::new();
    for (index, reference) in citations.references.iter().enumerate() {
        found.extend(
            SourceId::of_reference(reference)
                .into_iter()
                .map(|id| Named {
                    span: reference.span,
                    id,
                    reference: Some(index),
                }),
        );
    }
    let listed: BTreeSet<usize> = citations.reference_blocks.iter().copied().collect();
    for link in &citations.links {
        if !listed.contains(&link.place.block) {
            found.extend(
                ids(&link.target)
                    .into_iter()
                    .map(|id| in_text(link.span, id)),
            );
        }
    }
    for (block, cell, text) in document.texts() {
        let is_code = document
            .blocks
            .get(block)
            .is_some_and(|block| matches!(block.kind, BlockKind::Code));
        if is_code || listed.contains(&block) {
            continue;
        }
        let code: Vec<&Range<usize>> = text
            .inlines
            .iter()
            .filter(|inline| inline.kind == InlineKind::Code)
            .map(|inline| &inline.range)
            .collect();
        for range in identifier::places(&text.plain) {
            let after = code.partition_point(|code| code.end <= range.start);
            if code.get(after).is_some_and(|code| code.start < range.end) {
                continue;
            }
            let printed = text.plain.get(range.clone()).unwrap_or_default();
            let span = document.span(&Place { block, cell, range });
            found.extend(ids(printed).into_iter().map(|id| in_text(span, id)));
        }
    }
    found.sort();
    once(found)
}

/// Each name once: the text of a link often is its target.
fn once(found: Vec<Named>) -> Vec<Named> {
    let mut kept: Vec<Named> = Vec::with_capacity(found.len());
    for named in found {
        let outer = kept
            .iter()
            .rev()
            .take(MOST_NAMES)
            .any(|other| other.span.contains(named.span) && other.id == named.id);
        if !outer || named.reference.is_some() {
            kept.push(named);
        }
    }
    kept
}

fn in_text(span: Span, id: SourceId) -> Named {
    Named {
        span,
        id,
        reference: None,
    }
}

/// The names in one address or identifier.
fn ids(printed: &str) -> Vec<SourceId> {
    let mut entry = Reference::default();
    identifier::read(printed, &[], &mut entry);
    SourceId::of_reference(&entry)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::SourceText;

    fn check(text: &str, expected: &[&str]) {
        let document = crate::markdown::parse(SourceText::new("a.md", text));
        let citations = crate::citation::extract(&document);
        let found: Vec<String> = named(&document, &citations)
            .into_iter()
            .map(|named| {
                let entry = if named.reference.is_some() {
                    "entry"
                } else {
                    document.source.slice(named.span)
                };
                format!("{} | {entry}", named.id)
            })
            .collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn names_stand_in_entries_links_and_text() {
        check(
            "# Feet\n\nSocks helped [1], as in NCT01234567 and doi:10.1000/y. See [the page](https://example.org/a) \
             and [it](https://pubmed.ncbi.nlm.nih.gov/77/) or <https://example.org/b>.\n\n\
             ## References\n\n1. Okafor A. Warm feet. J Feet. 2020. doi:10.1000/x. PMID: 88\n\
             2. Lind B. All feet. Oslo: Foot Press; 2019. ISBN 978-0-306-40615-7.\n",
            &[
                "registry:NCT01234567 | NCT01234567",
                "doi:10.1000/y | 10.1000/y",
                "url:https://example.org/a | [the page](https://example.org/a)",
                "pmid:77 | [it](https://pubmed.ncbi.nlm.nih.gov/77/)",
                "url:https://example.org/b | <https://example.org/b>",
                "doi:10.1000/x | entry",
                "pmid:88 | entry",
                "isbn:9780306406157 | entry",
            ],
        );
    }

    #[test]
    fn what_names_no_work_is_left_out() {
        check(
            "Mail [us](mailto:a@example.org) or see [below](#x), `10.1000/code`, 4.5 mg.\n\n```\nNCT01234567\n```\n",
            &[],
        );
    }
}
