//! Everything the documents show, as RDF.
//!
//! Why it exists: rules are SPARQL, and people ask their own questions. This is the only writer of the store:
//! one named graph a document and a text of a source, packs and merged entities in graphs of their own, up to 25 flat triples a figure and four for
//! its place, no blank nodes. It leaves out SPARQL evaluation, which is for [`crate::rule`].

mod arithmetic;
mod bibliography;
mod cited;
mod claim;
mod derived;
mod document;
mod export;
mod figure;
mod iri;
mod limit;
mod link;
mod list_order;
mod look_up;
mod place;
mod reference;
mod registry;
mod restatement;
mod source;
mod statistic;
mod study;
mod support;
mod vocab;
mod wanted;
mod writer;

pub use export::ExportFormat;
pub use place::Place;
pub use vocab::{NAMESPACE, PREFIXES};

use oxigraph::store::{StorageError, Store};

use crate::corpus::Corpus;
use crate::ontology::turtle_files;
use wanted::{Target, Wanted};

/// The graph of one run. The store behind it may change without any rule noticing.
pub struct Graph {
    store: Store,
    places: place::Places,
}

/// The graph could not be built or exported.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum GraphError {
    /// The store refused a triple or ran out of memory.
    #[error("the graph could not be built")]
    Storage(#[from] StorageError),
    /// The export could not be written.
    #[error("the graph could not be exported")]
    Export(#[from] std::io::Error),
    /// A declared prefix is no IRI.
    #[error("the graph could not be exported: {0}")]
    Prefix(String),
}

impl Graph {
    /// Writes the corpus into a new store, packs and vocabulary included.
    pub fn build(corpus: &Corpus) -> Result<Self, GraphError> {
        Self::write(corpus, &Wanted::All)
    }

    /// As [`Graph::build`], but only with what the built-in rules can ask for: predicates that none of `queries` names are left
    /// out, and so are figures, claims and marks of which no rule can say anything (see `judges_figure`). That
    /// saves most of the time and memory. No query may have a variable in the place of a predicate.
    pub fn build_for<'q>(
        corpus: &Corpus,
        queries: impl Iterator<Item = &'q str>,
    ) -> Result<Self, GraphError> {
        Self::write(corpus, &Wanted::named_in(queries))
    }

    fn write(corpus: &Corpus, wanted: &Wanted) -> Result<Self, GraphError> {
        let store = Store::new()?;
        let target = Target {
            store: &store,
            wanted,
        };
        write_ontology(target)?;
        let documents: Vec<String> = corpus
            .extractions
            .iter()
            .map(|extraction| iri::document_iri(extraction.document.source.path()))
            .collect();
        let mut places = place::Places::default();
        let mut attributions = derived::places(corpus);
        let mut registry_mismatches = registry::places(corpus);
        let shared = source::Shared::of(corpus);
        for (index, extraction) in corpus.extractions.iter().enumerate() {
            let source = source::Source {
                corpus,
                index,
                extraction,
                shared: &shared,
            };
            document::write(target, source)?;
            let mut own = document::places(index, extraction);
            let spans = attributions.remove(&index).unwrap_or_default();
            own.spans.insert(iri::Kind::Attribution, spans);
            let spans = registry_mismatches.remove(&index).unwrap_or_default();
            own.spans.insert(iri::Kind::RegistryMismatch, spans);
            if let Some(iri) = documents.get(index) {
                places.0.insert(iri.clone(), own);
            }
        }
        study::write_merged(target, corpus, &documents)?;
        derived::write(target, corpus, &documents)?;
        restatement::write(target, corpus, &documents)?;
        cited::write(target, corpus, &documents)?;
        places.0.extend(cited::places(corpus));
        look_up::write(target, corpus, &documents)?;
        Ok(Self { store, places })
    }

    /// Where a node stands: a figure, claim, citation, reference, study name, named source, link, attribution
    /// (its claim), or the document itself (its first block). `None` for any other IRI.
    pub fn place(&self, iri: &str) -> Option<Place<'_>> {
        self.places.get(iri)
    }

    /// Number of triples, over all graphs.
    pub fn len(&self) -> Result<usize, GraphError> {
        Ok(self.store.len()?)
    }

    /// Whether there is no triple; never so after [`Graph::build`], which writes the vocabulary.
    pub fn is_empty(&self) -> Result<bool, GraphError> {
        Ok(self.store.is_empty()?)
    }

    /// The store, for [`crate::rule`] alone.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }
}

/// Writes `factlint.ttl` and the packs, each into its own graph.
fn write_ontology(target: Target<'_>) -> Result<(), StorageError> {
    for (path, quads) in turtle_files() {
        let graph = match (path.as_str(), path.strip_prefix("packs/")) {
            ("factlint", _) => "https://w3id.org/factlint/ns".to_owned(),
            (_, Some(pack)) => format!("https://w3id.org/factlint/pack/{pack}"),
            (_, None) => continue,
        };
        let mut writer = writer::Writer::begin(target, &graph)?;
        for quad in quads {
            writer.quad(quad);
        }
        writer.commit()?;
    }
    Ok(())
}
