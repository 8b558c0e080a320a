//! Which predicates are written: all of them, or those that some queries name.
//!
//! Why it exists: a check asks a known set of queries, and half of the triples (places in code points, numbers that only people
//! ask for) answer none of them. Leaving those out halves time and memory. It leaves out what a query does with a
//! predicate: naming it is enough.

use std::collections::BTreeMap;

use oxigraph::model::NamedNodeRef;

use super::dataset::Builder;
use super::vocab;
use crate::ontology::WordSet;

/// Predicates to write.
pub(super) enum Wanted {
    All,
    /// IRIs.
    Only(WordSet),
}

/// What was written so far, and what is.
pub(super) struct Target<'s> {
    pub(super) quads: Builder,
    pub(super) wanted: &'s Wanted,
}

impl<'s> Target<'s> {
    pub(super) fn new(wanted: &'s Wanted) -> Self {
        Self {
            quads: Builder::default(),
            wanted,
        }
    }
}

impl Wanted {
    /// Every IRI that the queries name in full or by a prefix they declare, and `rdf:type`. None of them may have a
    /// variable in the place of a predicate.
    pub(super) fn named_in<'q>(queries: impl Iterator<Item = &'q str>) -> Self {
        let mut found = vec![vocab::TYPE.as_str().to_owned()];
        for query in queries {
            let prefixes = prefixes(query);
            for word in query.split(|c: char| !(c.is_alphanumeric() || "-_:#/.<>".contains(c))) {
                let full = word
                    .strip_prefix('<')
                    .and_then(|rest| rest.strip_suffix('>'));
                found.extend(full.map(str::to_owned));
                // Of a path, `fl:cites/fl:number`, each step.
                for name in word.split('/') {
                    let known = name.split_once(':').and_then(|(prefix, local)| {
                        let local = local.trim_end_matches('.');
                        Some(format!("{}{local}", prefixes.get(prefix)?))
                    });
                    found.extend(known);
                }
            }
        }
        Self::Only(found.into_iter().collect())
    }

    /// Whether every predicate is written.
    pub(super) fn is_all(&self) -> bool {
        matches!(self, Self::All)
    }

    pub(super) fn has(&self, predicate: NamedNodeRef<'_>) -> bool {
        match self {
            Self::All => true,
            Self::Only(names) => names.contains(predicate.as_str()),
        }
    }
}

/// Declared prefixes of a query.
fn prefixes(query: &str) -> BTreeMap<&str, &str> {
    let mut words = query.split_whitespace();
    let mut found = BTreeMap::new();
    while let Some(word) = words.next() {
        if !word.eq_ignore_ascii_case("prefix") {
            continue;
        }
        let name = words.next().and_then(|name| name.strip_suffix(':'));
        let iri = words
            .next()
            .and_then(|iri| iri.strip_prefix('<')?.strip_suffix('>'));
        found.extend(name.zip(iri));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(query: &str, expected: &[&str]) {
        let Wanted::Only(found) = Wanted::named_in([query].into_iter()) else {
            panic!("all predicates");
        };
        for name in expected {
            assert!(found.contains(name), "{name} in {found:?}");
        }
    }

    #[test]
    fn names_by_prefix_in_full_and_in_paths_are_wanted() {
        check(
            "PREFIX a: <urn:a#>\nSELECT ?x { ?x a:b 1 ; a:c/a:d ?y. ?y <urn:e> a:f. }",
            &["urn:a#b", "urn:a#c", "urn:a#d", "urn:e", "urn:a#f"],
        );
    }
}
