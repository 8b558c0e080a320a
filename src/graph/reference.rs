//! Entries of reference lists and the marks that point at them.

use std::collections::BTreeSet;

use oxigraph::model::NamedNode;

use super::bibliography;
use super::iri::{Kind, document_iri, node_iri};
use super::source::Source;
use super::study::entity_iri;
use super::vocab;
use super::writer::DocumentWriter;
use crate::citation::{Reference, Style};
use crate::corpus::Denoted;
use crate::text::percent_encode;

pub(super) fn write_references(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let file = bibliography::of(source);
    let kept = file
        .filter(|file| file.is_shared)
        .map(|file| bibliography::kept(source.corpus, file));
    for (index, reference) in source.extraction.citations.references.iter().enumerate() {
        if kept.as_ref().is_some_and(|kept| !kept.contains(&index)) {
            continue;
        }
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

/// Addresses that lead to the work, as IRIs: resolvers of its identifiers, its URL, and the file that it links to.
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
        ("urn:factlint:path:", &reference.path),
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

pub(super) fn write_pointers(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    for (index, pointer) in source.extraction.citations.pointers.iter().enumerate() {
        let node = writer.node(Kind::Citation, index);
        let quote = writer.source.slice(pointer.span);
        let is_entry = |label: &Denoted| matches!(label, Denoted::Entry { .. });
        // The style of a mark only says that it is one, beside what it denotes.
        let has_style = writer.writer.writes_all() || denoted(source, index).iter().any(is_entry);
        if writer.writer.writes_all() {
            writer.placed(&node, vocab::IN_TEXT_REFERENCE_POINTER, pointer.span, quote);
        } else if denoted(source, index).contains(&Denoted::Missing) {
            let document = writer.iri.clone();
            writer
                .writer
                .term(&node, vocab::IS_PART_OF, document.as_ref());
        }
        let style = match pointer.style {
            Style::Bracket => "bracket",
            Style::Superscript => "superscript",
            Style::LinkedBracket => "linked bracket",
            Style::Footnote => "footnote",
            Style::Citekey => "citekey",
            Style::AuthorYear => "author and year",
        };
        if has_style {
            writer.writer.text(&node, vocab::STYLE, style);
        }
        for (label, denoted) in pointer.labels.iter().zip(denoted(source, index)) {
            match denoted {
                Denoted::Entry { .. } => {
                    if let Some(entry) = entry_iri(source, *denoted) {
                        writer.writer.term(&node, vocab::DENOTES, entry.as_ref());
                    }
                }
                Denoted::Missing => {
                    let order = source.corpus.list_orders.get(source.index);
                    let beyond = order.is_some_and(|order| order.is_beyond(label));
                    let predicate = if beyond {
                        vocab::BEYOND_LIST
                    } else {
                        vocab::UNDEFINED_LABEL
                    };
                    writer.writer.text(&node, predicate, label);
                }
                Denoted::Work | Denoted::Unknown => {}
            }
        }
    }
}

/// What the labels of a mark denote.
fn denoted(source: Source<'_>, pointer: usize) -> &[Denoted] {
    let document = source.corpus.denoted.get(source.index);
    document
        .and_then(|marks| marks.get(pointer))
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The node of an entry, in whichever document it stands.
fn entry_iri(source: Source<'_>, denoted: Denoted) -> Option<NamedNode> {
    let Denoted::Entry {
        document,
        reference,
    } = denoted
    else {
        return None;
    };
    let path = source
        .corpus
        .extractions
        .get(document)?
        .document
        .source
        .path();
    Some(node_iri(&document_iri(path), Kind::Reference, reference))
}

/// Most marks of one claim or figure whose entries are written. More only stand in hostile text, where each of
/// thousands of figures would be given thousands of entries.
const MARKS: usize = 100;

/// Nodes of the entries that marks denote, each once.
pub(super) fn cited_entries(source: Source<'_>, pointers: &[usize]) -> BTreeSet<NamedNode> {
    let marks = pointers.iter().take(MARKS);
    marks
        .flat_map(|at| denoted(source, *at))
        .filter_map(|denoted| entry_iri(source, *denoted))
        .collect()
}

/// Writes that a claim or figure is the context of marks.
pub(super) fn write_contexts(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    pointers: impl Iterator<Item = usize>,
) {
    for pointer in pointers {
        let pointer = writer.node(Kind::Citation, pointer);
        writer
            .writer
            .term(&pointer, vocab::HAS_CONTEXT, node.as_ref());
    }
}

/// Writes that a claim or figure cites the entries of marks.
pub(super) fn write_cited(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    pointers: &[usize],
    source: Source<'_>,
) {
    for entry in cited_entries(source, pointers) {
        writer.writer.term(node, vocab::CITES, entry.as_ref());
    }
}
