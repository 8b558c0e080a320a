//! One document's graph: the document node, then each kind of thing in it.

use super::iri::{Kind, document_iri};
use super::place::DocumentPlaces;
use super::source::Source;
use super::wanted::Target;
use super::writer::DocumentWriter;
use super::{
    arithmetic, bibliography, claim, figure, link, list_order, reference, statistic, study,
    support, vocab,
};
use crate::citation::{Style, component};
use crate::claim::marks_often;
use crate::corpus::Extraction;
use crate::text::Span;

/// Writes the graph of one document in one transaction.
pub(super) fn write(target: &mut Target<'_>, source: Source<'_>) {
    let Source {
        corpus,
        index,
        extraction,
        ..
    } = source;
    let text = &extraction.document.source;
    let iri = document_iri(text.path());
    let mut writer = DocumentWriter::begin(target, &iri, text);
    let node = writer.iri.clone();
    let references = extraction.citations.references.len();
    let keyed = extraction
        .citations
        .pointers
        .iter()
        .any(|pointer| pointer.style == Style::Citekey)
        || component::cites(text.text());
    let quads = &mut writer.writer;
    quads.term(&node, vocab::TYPE, vocab::DOCUMENT);
    quads.text(&node, vocab::PATH, text.path());
    quads.text_if(&node, vocab::TITLE, extraction.document.title.as_deref());
    quads.flag(&node, vocab::HAS_REFERENCES, references > 0);
    quads.flag(&node, vocab::REFERENCES_ELSEWHERE, keyed);
    quads.integer(&node, vocab::REFERENCE_COUNT, references);
    let mut entries = extraction.citations.references.iter();
    if entries.any(|entry| entry.numbered) {
        quads.flag(&node, vocab::LABELS_ENTRIES, true);
    }
    if marks_often(&extraction.statements.claims) {
        quads.flag(&node, vocab::MARKS_OFTEN, true);
    }
    if corpus.out_of_step.binary_search(&index).is_ok() {
        quads.flag(&node, vocab::OUT_OF_STEP, true);
    }
    let authored = extraction.citations.references.iter();
    let authored = authored.filter(|entry| !entry.authors.is_empty()).count();
    if authored * 2 >= references && references > 0 {
        quads.flag(&node, vocab::NAMES_AUTHORS, true);
    }
    support::write(&mut writer, source);
    list_order::write(&mut writer, source);
    bibliography::write(&mut writer, source);
    reference::write_references(&mut writer, source);
    reference::write_pointers(&mut writer, source);
    claim::write(&mut writer, source);
    figure::write(&mut writer, source);
    statistic::write(&mut writer, extraction);
    arithmetic::write(&mut writer, source);
    link::write(&mut writer, extraction);
    study::write_names(&mut writer, source);
    study::write_identifications(&mut writer, source);
}

/// Where the nodes of one document stand.
pub(super) fn places(index: usize, extraction: &Extraction) -> DocumentPlaces {
    let Extraction {
        document,
        citations,
        statements,
    } = extraction;
    let start = document
        .blocks
        .first()
        .map_or_else(|| document.source.line_span(1), |block| block.span);
    let spans: [(Kind, Vec<Span>); 14] = [
        (
            Kind::Figure,
            statements.figures.iter().map(|f| f.span).collect(),
        ),
        (
            Kind::Claim,
            statements.claims.iter().map(|c| c.span).collect(),
        ),
        (
            Kind::Citation,
            citations.pointers.iter().map(|p| p.span).collect(),
        ),
        (
            Kind::Reference,
            citations.references.iter().map(|r| r.span).collect(),
        ),
        (
            Kind::StudyName,
            statements.studies.iter().map(|s| s.span).collect(),
        ),
        (
            Kind::Source,
            citations.named_sources.iter().map(|s| s.span).collect(),
        ),
        (
            Kind::TestStatistic,
            statements.test_results.iter().map(|t| t.span).collect(),
        ),
        (Kind::Link, citations.links.iter().map(|l| l.span).collect()),
        (
            Kind::Block,
            document.blocks.iter().map(|b| b.span).collect(),
        ),
        (
            Kind::Change,
            statements.changes.iter().map(|c| c.span).collect(),
        ),
        (Kind::Sum, statements.sums.iter().map(|s| s.span).collect()),
        (
            Kind::Share,
            statements.shares.iter().map(|s| s.span).collect(),
        ),
        (
            Kind::Mean,
            statements.means.iter().map(|m| m.span).collect(),
        ),
        (
            Kind::Identification,
            statements.identifications.iter().map(|i| i.span).collect(),
        ),
    ];
    DocumentPlaces {
        index,
        path: document.source.path().to_owned(),
        start,
        spans: spans.into_iter().collect(),
    }
}
