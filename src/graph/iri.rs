//! IRIs of the things in the graph: stable across runs, made of the document's path and its order in the text.

use oxigraph::model::NamedNode;

use crate::text::percent_encode;

/// Kinds of nodes a document holds; the name is the first part of the fragment: `#figure-12`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Kind {
    Figure,
    Claim,
    Citation,
    Reference,
    StudyName,
    Source,
    Link,
    Attribution,
    Block,
    TestStatistic,
    Change,
    Sum,
    Share,
    Mean,
    Identification,
    RegistryMismatch,
}

impl Kind {
    const ALL: [Self; 16] = [
        Self::Figure,
        Self::Claim,
        Self::Citation,
        Self::Reference,
        Self::StudyName,
        Self::Source,
        Self::Link,
        Self::Attribution,
        Self::Block,
        Self::TestStatistic,
        Self::Change,
        Self::Sum,
        Self::Share,
        Self::Mean,
        Self::Identification,
        Self::RegistryMismatch,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Figure => "figure",
            Self::Claim => "claim",
            Self::Citation => "citation",
            Self::Reference => "reference",
            Self::StudyName => "study-name",
            Self::Source => "source",
            Self::Link => "link",
            Self::Attribution => "attribution",
            Self::Block => "block",
            Self::TestStatistic => "test-statistic",
            Self::Change => "change",
            Self::Sum => "sum",
            Self::Share => "share",
            Self::Mean => "mean",
            Self::Identification => "identification",
            Self::RegistryMismatch => "registry-mismatch",
        }
    }
}

/// The IRI (and named graph) of a document.
pub(super) fn document_iri(path: &str) -> String {
    format!("urn:factlint:doc:{}", percent_encode(path))
}

/// The node of the `index`th (from 0) thing of a kind; printed from 1.
pub(super) fn node_iri(document: &str, kind: Kind, index: usize) -> NamedNode {
    NamedNode::new_unchecked(format!("{document}#{}-{}", kind.name(), index + 1))
}

/// Splits a node's IRI into its document's IRI, its kind and its index from 0. `None` for other IRIs.
pub(super) fn parse_node_iri(iri: &str) -> Option<(&str, Kind, usize)> {
    let (document, fragment) = iri.split_once('#')?;
    let (name, number) = fragment.rsplit_once('-')?;
    let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name)?;
    Some((
        document,
        kind,
        number.parse::<usize>().ok()?.checked_sub(1)?,
    ))
}

/// An IRI `urn:factlint:<class>:<name>` with the name percent-encoded.
pub(super) fn named_iri(class: &str, name: &str) -> NamedNode {
    NamedNode::new_unchecked(format!("urn:factlint:{class}:{}", percent_encode(name)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_node_iri_is_read_back() {
        let document = document_iri("a b/é#.md");
        assert_eq!(document, "urn:factlint:doc:a%20b/%C3%A9%23.md");
        let node = node_iri(&document, Kind::StudyName, 11);
        assert_eq!(
            parse_node_iri(node.as_str()),
            Some((document.as_str(), Kind::StudyName, 11))
        );
        assert_eq!(parse_node_iri("https://example.org/a#b"), None);
    }
}
