//! What citation marks denote, seen from all documents: keys may be defined in another document or be their own source.
//!
//! A key that no document defines is missing only where the documents define most keys that they use; else a
//! bibliography is kept elsewhere, and nothing can be said of the key.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Denoted, Extraction};
use crate::citation::{Pointer, Style};
use crate::ontology::word_set;

static OWN_SOURCE: LazyLock<BTreeSet<&str>> = LazyLock::new(|| word_set("citekey-prefixes"));

/// For each document, for each mark, for each of its labels: what it denotes.
pub(super) fn denoted(extractions: &[Extraction]) -> Vec<Vec<Vec<Denoted>>> {
    let defined = definitions(extractions);
    let complete = is_complete(extractions, &defined);
    extractions
        .iter()
        .enumerate()
        .map(|(document, extraction)| {
            let pointers = &extraction.citations.pointers;
            pointers
                .iter()
                .map(|pointer| resolve(document, pointer, &defined, complete))
                .collect()
        })
        .collect()
}

/// The first entry of every key in any document.
fn definitions(extractions: &[Extraction]) -> BTreeMap<&str, (usize, usize)> {
    let mut defined = BTreeMap::new();
    for (document, extraction) in extractions.iter().enumerate() {
        for (index, reference) in extraction.citations.references.iter().enumerate() {
            if !reference.label.starts_with(|c: char| c.is_ascii_digit()) {
                defined
                    .entry(reference.label.as_str())
                    .or_insert((document, index));
            }
        }
    }
    defined
}

/// At least so many of the keys in use must be defined for each one that is not.
const DEFINED_PER_MISSING: usize = 4;

/// Whether the documents define most of the keys they use.
fn is_complete(extractions: &[Extraction], defined: &BTreeMap<&str, (usize, usize)>) -> bool {
    let used: BTreeSet<&str> = extractions
        .iter()
        .flat_map(|extraction| &extraction.citations.pointers)
        .filter(|pointer| pointer.style == Style::Citekey)
        .flat_map(|pointer| &pointer.labels)
        .map(String::as_str)
        .filter(|label| !is_own_source(label))
        .collect();
    let known = used
        .iter()
        .filter(|label| defined.contains_key(*label))
        .count();
    known > 0 && known >= (used.len() - known) * DEFINED_PER_MISSING
}

fn resolve(
    document: usize,
    pointer: &Pointer,
    defined: &BTreeMap<&str, (usize, usize)>,
    complete: bool,
) -> Vec<Denoted> {
    let resolve_label = |(label, target): (&String, &Option<usize>)| {
        if let Some(reference) = *target {
            return Denoted::Entry {
                document,
                reference,
            };
        }
        if pointer.style != Style::Citekey {
            return Denoted::Missing;
        }
        if is_own_source(label) {
            return Denoted::Work;
        }
        match defined.get(label.as_str()) {
            Some((document, reference)) => Denoted::Entry {
                document: *document,
                reference: *reference,
            },
            None if complete => Denoted::Missing,
            None => Denoted::Unknown,
        }
    };
    pointer
        .labels
        .iter()
        .zip(&pointer.targets)
        .map(resolve_label)
        .collect()
}

/// `doi:10.1000/x`, `https://example.org/page`: the key says where the work is.
fn is_own_source(key: &str) -> bool {
    key.split_once(':').is_some_and(|(prefix, rest)| {
        !rest.is_empty() && OWN_SOURCE.contains(prefix.to_lowercase().as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(label: &str, known: &[&str], complete: bool, expected: Denoted) {
        let pointer = Pointer {
            style: Style::Citekey,
            place: crate::markdown::Place {
                block: 0,
                cell: None,
                range: 0..0,
            },
            span: crate::text::Span::default(),
            labels: vec![label.to_owned()],
            targets: vec![None],
        };
        let defined = known
            .iter()
            .enumerate()
            .map(|(index, key)| (*key, (1, index)))
            .collect();
        assert_eq!(
            resolve(0, &pointer, &defined, complete),
            [expected],
            "{label}"
        );
    }

    #[test]
    fn keys_are_their_own_source_or_defined_somewhere() {
        check("doi:10.1000/x", &[], true, Denoted::Work);
        check("https://example.org", &["smith2020"], true, Denoted::Work);
        check(
            "smith2020",
            &["smith2020"],
            false,
            Denoted::Entry {
                document: 1,
                reference: 0,
            },
        );
    }

    #[test]
    fn a_key_is_missing_only_where_most_are_defined() {
        check("jones2021", &["smith2020"], true, Denoted::Missing);
        check("jones2021", &["smith2020"], false, Denoted::Unknown);
    }
}
