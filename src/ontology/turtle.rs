//! The Turtle files of the ontology, each parsed once: the vocabulary, the shapes, the packs of measures.

use std::sync::LazyLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;

use super::embedded_files;

/// Every embedded Turtle file as (path under `ontology/` without `.ttl`, its triples), sorted by path. A triple that
/// does not parse ends its file; a test parses every file strictly.
pub fn turtle_files() -> &'static [(&'static str, Vec<Quad>)] {
    static FILES: LazyLock<Vec<(&'static str, Vec<Quad>)>> = LazyLock::new(|| {
        embedded_files()
            .filter_map(|(path, content)| {
                let parser = RdfParser::from_format(RdfFormat::Turtle);
                let quads = parser.for_slice(content).map_while(Result::ok);
                Some((path.strip_suffix(".ttl")?, quads.collect()))
            })
            .collect()
    });
    &FILES
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_valid_turtle() {
        let files = embedded_files()
            .filter_map(|(path, content)| Some((path.strip_suffix(".ttl")?, content)));
        for (path, content) in files {
            for quad in RdfParser::from_format(RdfFormat::Turtle).for_slice(content) {
                assert!(quad.is_ok(), "{path}: {quad:?}");
            }
        }
    }
}
