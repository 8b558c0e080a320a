//! What citation marks denote, seen from all documents: keys may be defined in another document or be their own source.
//!
//! A key that no document defines is missing where every bibliography the document names is there, or, without one, where
//! the documents of its folder define most keys that they use; else a bibliography is kept elsewhere, and nothing can be said of the key.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::{Bibliography, Denoted, Extraction, bibliography};
use crate::citation::bibliography::{lists_entries, named};
use crate::citation::{Pointer, Style};
use crate::ontology::{WordSet, word_set};

static OWN_SOURCE: LazyLock<WordSet> = LazyLock::new(|| word_set("citekey-prefixes"));

/// For each document, for each mark, for each of its labels: what it denotes.
pub(super) fn denoted(
    extractions: &[Extraction],
    bibliographies: &[Bibliography],
) -> Vec<Vec<Vec<Denoted>>> {
    let defined = definitions(extractions);
    let complete = complete_folders(extractions, &defined);
    let keys = bibliography::keys(extractions, bibliographies);
    let mut in_reach = bibliography::keys_in_reach(extractions, bibliographies, &keys);
    extractions
        .iter()
        .enumerate()
        .map(|(document, extraction)| {
            let keys = Keys {
                document,
                beside: in_reach.remove(&document),
                defined: &defined,
                complete: complete.contains(folder(extraction)) || lists_all(extraction),
                unlisted: unlisted(extraction),
                elsewhere: &extraction.citations.labels_elsewhere,
            };
            let pointers = &extraction.citations.pointers;
            pointers
                .iter()
                .map(|pointer| resolve(pointer, &keys))
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

/// Whether the only list a document names is the one in its own front matter.
fn lists_all(extraction: &Extraction) -> bool {
    let text = extraction.document.source.text();
    lists_entries(text) && named(text).is_empty()
}

/// At least so many of the keys in use must be defined for each one that is not.
const DEFINED_PER_MISSING: usize = 4;

/// The folders whose documents use keys that are mostly defined. Each is judged by itself: documents of another
/// project may be checked in the same run.
fn complete_folders<'a>(
    extractions: &'a [Extraction],
    defined: &BTreeMap<&str, (usize, usize)>,
) -> BTreeSet<&'a str> {
    let mut used: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for extraction in extractions {
        let keyed = extraction
            .citations
            .pointers
            .iter()
            .filter(|pointer| pointer.style == Style::Citekey);
        let labels = keyed
            .flat_map(|pointer| &pointer.labels)
            .map(String::as_str);
        used.entry(folder(extraction))
            .or_default()
            .extend(labels.filter(|label| !is_own_source(label)));
    }
    let complete = |labels: &BTreeSet<&str>| {
        let known = labels
            .iter()
            .filter(|label| defined.contains_key(*label))
            .count();
        known > 0 && known >= (labels.len() - known) * DEFINED_PER_MISSING
    };
    used.into_iter()
        .filter(|(_, labels)| complete(labels))
        .map(|(folder, _)| folder)
        .collect()
}

/// The folder of a document; empty at the top.
fn folder(extraction: &Extraction) -> &str {
    extraction
        .document
        .source
        .path()
        .rsplit_once('/')
        .map_or("", |(folder, _)| folder)
}

/// What the labels of one document are looked up in.
struct Keys<'a> {
    document: usize,
    /// The bibliographies in reach, where there is one.
    beside: Option<bibliography::InReach<'a>>,
    /// The first entry of every key in any document.
    defined: &'a BTreeMap<&'a str, (usize, usize)>,
    /// Whether the documents of its folder define most of the keys they use.
    complete: bool,
    /// Styles of which nothing is held against a document that has no list.
    unlisted: BTreeSet<Style>,
    /// Labels of entries that stand apart from the list.
    elsewhere: &'a BTreeSet<String>,
}

/// Styles of a document without a list of which nothing is said: all but the commonest, since text that mixes them was put
/// together from works with lists of their own, and those that never write a 1, since what begins in the middle is a part.
fn unlisted(extraction: &Extraction) -> BTreeSet<Style> {
    let mut counts: BTreeMap<Style, (usize, bool)> = BTreeMap::new();
    if extraction.citations.references.is_empty() {
        for pointer in &extraction.citations.pointers {
            let (count, begins) = counts.entry(pointer.style).or_default();
            *count += 1;
            *begins |=
                pointer.style == Style::Footnote || pointer.labels.iter().any(|label| label == "1");
        }
    }
    let most = counts.values().map(|(count, _)| *count).max();
    counts
        .into_iter()
        .filter(|(style, (count, begins))| {
            *style != Style::Citekey && (Some(*count) != most || !begins)
        })
        .map(|(style, _)| style)
        .collect()
}

fn resolve(pointer: &Pointer, keys: &Keys<'_>) -> Vec<Denoted> {
    let resolve_label = |(label, target): (&String, &Option<usize>)| {
        if let Some(reference) = *target {
            return Denoted::Entry {
                document: keys.document,
                reference,
            };
        }
        if pointer.style == Style::AuthorYear || keys.unlisted.contains(&pointer.style) {
            return Denoted::Unknown;
        }
        if pointer.style != Style::Citekey {
            return if keys.elsewhere.contains(label) {
                Denoted::Unknown
            } else {
                Denoted::Missing
            };
        }
        let found = keys.beside.as_ref().and_then(|beside| beside.entry(label));
        if let Some((document, reference)) =
            found.or_else(|| keys.defined.get(label.as_str()).copied())
        {
            return Denoted::Entry {
                document,
                reference,
            };
        }
        let complete = keys
            .beside
            .as_ref()
            .map_or(keys.complete, |beside| beside.is_complete);
        if is_own_source(label) {
            Denoted::Work
        } else if complete {
            Denoted::Missing
        } else {
            Denoted::Unknown
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

    #[test]
    fn a_key_that_front_matter_does_not_list_is_missing() {
        let denoted = |front: &str| {
            let text =
                format!("---\n{front}references:\n- id: one\n  title: A\n---\n\nFeet [@none].");
            let text = crate::text::SourceText::new("a.md", &text);
            super::super::relate(vec![super::super::extract(text)]).denoted
        };
        assert_eq!(denoted(""), [[[Denoted::Missing]]]);
        assert_eq!(denoted("bibliography: b.bib\n"), [[[Denoted::Unknown]]]);
    }

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
        let keys = Keys {
            document: 0,
            beside: None,
            defined: &defined,
            complete,
            unlisted: BTreeSet::new(),
            elsewhere: &BTreeSet::new(),
        };
        assert_eq!(resolve(&pointer, &keys), [expected], "{label}");
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
