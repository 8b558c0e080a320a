//! Entries of reference lists and the marks that point at them.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::document::Source;
use super::iri::{Kind, document_iri, percent_encode};
use super::study::entity_iri;
use super::vocab;
use super::writer::DocumentWriter;
use crate::citation::{Citations, Reference, Style};

pub(super) fn write_references(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    for (index, reference) in source.extraction.citations.references.iter().enumerate() {
        let node = writer.node(Kind::Reference, index);
        writer.placed(
            &node,
            vocab::BIBLIOGRAPHIC_REFERENCE,
            reference.span,
            &reference.text,
        );
        write_fields(writer, &node, reference);
        write_links(writer, &node, index, source);
    }
}

fn write_fields(writer: &mut DocumentWriter<'_, '_>, node: &NamedNode, reference: &Reference) {
    let quads = &mut writer.writer;
    quads.text(node, vocab::NUMBER, &reference.label);
    quads.flag(node, vocab::TITLE_IS_HOST, reference.title_is_host);
    for (predicate, field) in [
        (vocab::TITLE, &reference.title),
        (vocab::CONTAINER, &reference.container),
        (vocab::YEAR, &reference.year),
        (vocab::VOLUME, &reference.volume),
        (vocab::PAGES, &reference.pages),
        (vocab::HOST, &reference.host),
        (vocab::TITLE_SITE, &reference.title_site),
    ] {
        quads.text_if(node, predicate, field.as_deref());
    }
    for author in &reference.authors {
        quads.text_if(node, vocab::AUTHOR, Some(author));
    }
    for locator in locators(reference) {
        quads.term(node, vocab::LOCATOR, locator.as_ref());
    }
}

/// Addresses that lead to the work, as IRIs: resolvers of its identifiers, and its URL.
fn locators(reference: &Reference) -> Vec<NamedNode> {
    [
        ("https://doi.org/", &reference.doi),
        ("https://pubmed.ncbi.nlm.nih.gov/", &reference.pmid),
        (
            "https://www.ncbi.nlm.nih.gov/pmc/articles/",
            &reference.pmcid,
        ),
        ("https://arxiv.org/abs/", &reference.arxiv),
        ("urn:factlint:registry:", &reference.registry),
    ]
    .into_iter()
    .filter_map(|(prefix, id)| {
        let id = id.as_deref().filter(|id| !id.is_empty())?;
        NamedNode::new(format!("{prefix}{}", percent_encode(id))).ok()
    })
    .chain(reference.url.as_deref().and_then(|url| {
        NamedNode::new(url)
            .or_else(|_| NamedNode::new(format!("urn:factlint:url:{}", percent_encode(url))))
            .ok()
    }))
    .collect()
}

fn write_links(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    index: usize,
    source: Source<'_>,
) {
    let corpus = source.corpus;
    let named = corpus
        .reference_entities
        .get(source.index)
        .and_then(|all| all.get(index));
    for entity in named.into_iter().flatten() {
        if let Some(entity) = corpus.entities.get(*entity) {
            writer
                .writer
                .term(node, vocab::MENTIONS, entity_iri(entity).as_ref());
        }
    }
    let work = corpus
        .reference_documents
        .get(source.index)
        .and_then(|all| all.get(index))
        .copied()
        .flatten()
        .and_then(|at| corpus.extractions.get(at));
    if let Some(work) = work {
        let iri = NamedNode::new_unchecked(document_iri(work.document.source.path()));
        writer.writer.term(node, vocab::REFERENCES, iri.as_ref());
    }
}

pub(super) fn write_pointers(writer: &mut DocumentWriter<'_, '_>, citations: &Citations) {
    for (index, pointer) in citations.pointers.iter().enumerate() {
        let node = writer.node(Kind::Citation, index);
        let quote = writer.source.slice(pointer.span);
        writer.placed(&node, vocab::IN_TEXT_REFERENCE_POINTER, pointer.span, quote);
        let style = match pointer.style {
            Style::Bracket => "bracket",
            Style::Superscript => "superscript",
            Style::LinkedBracket => "linked bracket",
            Style::Footnote => "footnote",
            Style::Citekey => "citekey",
        };
        writer.writer.text(&node, vocab::STYLE, style);
        for (at, label) in pointer.labels.iter().enumerate() {
            match pointer.targets.get(at).copied().flatten() {
                Some(target) => {
                    let entry = writer.node(Kind::Reference, target);
                    writer.writer.term(&node, vocab::DENOTES, entry.as_ref());
                }
                None => writer.writer.text(&node, vocab::UNDEFINED_LABEL, label),
            }
        }
    }
}

/// Entries that marks denote, each once.
pub(super) fn targets(pointers: &[usize], citations: &Citations) -> BTreeSet<usize> {
    pointers
        .iter()
        .filter_map(|at| citations.pointers.get(*at))
        .flat_map(|pointer| pointer.targets.iter().copied().flatten())
        .collect()
}

/// Writes that a claim or figure is the context of marks and cites their entries.
pub(super) fn write_citing(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    pointers: &[usize],
    citations: &Citations,
) {
    for pointer in pointers {
        let pointer = writer.node(Kind::Citation, *pointer);
        writer
            .writer
            .term(&pointer, vocab::HAS_CONTEXT, node.as_ref());
    }
    for target in targets(pointers, citations) {
        let entry = writer.node(Kind::Reference, target);
        writer.writer.term(node, vocab::CITES, entry.as_ref());
    }
}
