//! The Turtle files of the ontology, each parsed once: the vocabulary, the shapes, the packs of measures.

use std::sync::LazyLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;

use super::{embedded_files, own::own};

/// Every embedded Turtle file as (path under `ontology/` without `.ttl`, its triples), sorted by path. A triple that
/// does not parse ends its file; a test parses every file strictly. Packs that the project took out are not among them, and
/// its own come last.
pub fn turtle_files() -> &'static [(String, Vec<Quad>)] {
    static FILES: LazyLock<Vec<(String, Vec<Quad>)>> = LazyLock::new(|| {
        let built_in = embedded_files().filter_map(|(path, content)| {
            let name = path.strip_suffix(".ttl")?;
            let pack = name.strip_prefix("packs/");
            if pack.is_some_and(|pack| own().off.contains(pack)) {
                return None;
            }
            let parser = RdfParser::from_format(RdfFormat::Turtle);
            let quads = parser.for_slice(content).map_while(Result::ok);
            Some((name.to_owned(), quads.collect()))
        });
        built_in.chain(own().packs.iter().cloned()).collect()
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
