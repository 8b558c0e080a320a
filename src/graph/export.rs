//! The graph as a file: sorted, so that equal corpora give equal bytes.

use oxigraph::io::{RdfFormat, RdfSerializer};
use oxigraph::model::{GraphName, NamedOrBlankNode, Quad, Term};

use super::vocab::PREFIXES;
use super::{Graph, GraphError};

/// Formats of [`Graph::export`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ExportFormat {
    /// `TriG`: named graphs, with prefixes.
    TriG,
    /// N-Quads: one quad a line.
    NQuads,
    /// Turtle: the union of all graphs, with prefixes.
    Turtle,
    /// JSON-LD (streaming form), named graphs kept.
    JsonLd,
}

impl Graph {
    /// All quads in a format, sorted by graph, subject, predicate and object.
    pub fn export(&self, format: ExportFormat) -> Result<Vec<u8>, GraphError> {
        let mut quads = self.quads();
        if format == ExportFormat::Turtle {
            for quad in &mut quads {
                quad.graph_name = GraphName::DefaultGraph;
            }
        }
        quads.sort_by_cached_key(|quad| {
            (
                quad.graph_name.to_string(),
                quad.subject.to_string(),
                quad.predicate.as_str().to_owned(),
                quad.object.to_string(),
            )
        });
        quads.dedup();
        let (format, has_prefixes) = match format {
            ExportFormat::TriG => (RdfFormat::TriG, true),
            ExportFormat::NQuads => (RdfFormat::NQuads, false),
            ExportFormat::Turtle => (RdfFormat::Turtle, true),
            ExportFormat::JsonLd => (
                RdfFormat::JsonLd {
                    profile: oxigraph::io::JsonLdProfile::Streaming.into(),
                },
                true,
            ),
        };
        let mut serializer = RdfSerializer::from_format(format);
        if has_prefixes {
            for (name, iri) in PREFIXES {
                serializer = serializer
                    .with_prefix(*name, *iri)
                    .map_err(|error| GraphError::Prefix(error.to_string()))?;
            }
        }
        let mut output = serializer.for_writer(Vec::new());
        for quad in &quads {
            output.serialize_quad(quad)?;
        }
        Ok(output.finish()?)
    }
    fn quads(&self) -> Vec<Quad> {
        let dictionary = self.dataset.dictionary();
        let quads = self.dataset.quads().iter();
        quads
            .filter_map(|quad| {
                let [subject, predicate, object, graph] =
                    quad.map(|id| dictionary.term(id).cloned());
                let Term::NamedNode(predicate) = predicate? else {
                    return None;
                };
                let graph = node(graph?)?;
                Some(Quad::new(node(subject?)?, predicate, object?, graph))
            })
            .collect()
    }
}

fn node(term: Term) -> Option<NamedOrBlankNode> {
    NamedOrBlankNode::try_from(term).ok()
}
