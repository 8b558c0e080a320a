//! What only all documents together show: attributions, duplicates, circles of support.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;

use super::iri::{Kind, node_iri};
use super::registry;
use super::vocab;
use super::wanted::Target;
use super::writer::Writer;
use crate::corpus::{Attribution, Corpus, NamedAuthor, Verdict};
use crate::text::Span;

/// The named graph of derived facts.
pub(super) const DERIVED: &str = "urn:factlint:derived";

pub(super) fn write(target: &mut Target<'_>, corpus: &Corpus, documents: &[String]) {
    let mut writer = Writer::begin(target, DERIVED);
    let mut count: BTreeMap<usize, usize> = BTreeMap::new();
    for attribution in &corpus.attributions {
        let Some(document) = documents.get(attribution.document) else {
            continue;
        };
        let index = count.entry(attribution.document).or_default();
        let node = node_iri(document, Kind::Attribution, *index);
        *index += 1;
        write_attribution(&mut writer, &node, corpus, document, attribution);
    }
    for duplicate in &corpus.duplicates {
        let Some(document) = documents.get(duplicate.document) else {
            continue;
        };
        let later = node_iri(document, Kind::Reference, duplicate.reference);
        let earlier = node_iri(document, Kind::Reference, duplicate.earlier);
        writer.term(&later, vocab::SAME_WORK_AS, earlier.as_ref());
        writer.text(&later, vocab::SAME_WORK_BECAUSE, &duplicate.because);
    }
    for swap in &corpus.swaps {
        let Some(document) = documents.get(swap.document) else {
            continue;
        };
        let first = node_iri(document, Kind::Claim, swap.claim);
        let other = node_iri(document, Kind::Claim, swap.other);
        writer.term(&first, vocab::SWAPPED_WITH, other.as_ref());
    }
    for named in &corpus.named_authors {
        write_named_author(&mut writer, corpus, documents, named);
    }
    write_identifiers(&mut writer, corpus, documents);
    registry::write(&mut writer, corpus, documents);
    for (index, circle) in corpus.circles.iter().enumerate() {
        let name = format!("circle-{}", index + 1);
        for document in circle.iter().filter_map(|at| documents.get(*at)) {
            let node = NamedNode::new_unchecked(document.as_str());
            writer.text(&node, vocab::SUPPORT_CIRCLE, &name);
        }
    }
}

fn write_named_author(
    writer: &mut Writer<'_>,
    corpus: &Corpus,
    documents: &[String],
    named: &NamedAuthor,
) {
    let (Some(document), Some(list)) = (documents.get(named.document), documents.get(named.list))
    else {
        return;
    };
    let node = node_iri(document, Kind::Source, named.source);
    let cited = node_iri(list, Kind::Reference, named.reference);
    let extraction = |at: usize| corpus.extractions.get(at);
    let source = extraction(named.document)
        .and_then(|extraction| extraction.citations.named_sources.get(named.source));
    let entry = extraction(named.list)
        .and_then(|extraction| extraction.citations.references.get(named.reference));
    writer.term(&node, vocab::MARKED_AS, cited.as_ref());
    writer.text_if(
        &node,
        vocab::SUBJECT_LABEL,
        source.map(|source| source.author.as_str()),
    );
    writer.text_if(
        &node,
        vocab::NAMED_LABEL,
        entry
            .and_then(|entry| entry.authors.first())
            .map(String::as_str),
    );
    let better = labels_of(corpus, named.list, &named.better);
    writer.text_if(&node, vocab::BETTER_LABELS, Some(&better));
}

fn write_attribution(
    writer: &mut Writer<'_>,
    node: &NamedNode,
    corpus: &Corpus,
    document: &str,
    attribution: &Attribution,
) {
    let verdict = match attribution.verdict {
        Verdict::Same => "same",
        Verdict::Different => "different",
        Verdict::Unnamed => "unnamed",
    };
    let citing = node_iri(document, Kind::Claim, attribution.claim);
    let cited = node_iri(document, Kind::Reference, attribution.reference);
    writer.term(node, vocab::TYPE, vocab::ATTRIBUTION);
    writer.term(
        node,
        vocab::IS_PART_OF,
        NamedNode::new_unchecked(document).as_ref(),
    );
    writer.term(node, vocab::CITING, citing.as_ref());
    writer.term(node, vocab::CITED_ENTRY, cited.as_ref());
    writer.text(node, vocab::VERDICT, verdict);
    if attribution.inherited {
        writer.flag(node, vocab::INHERITED, true);
    }
    writer.text_if(
        node,
        vocab::SUBJECT_LABEL,
        Some(&labels(corpus, &attribution.subjects)),
    );
    writer.text_if(
        node,
        vocab::NAMED_LABEL,
        Some(&labels(corpus, &attribution.named)),
    );
    for (rank, better) in attribution.better.iter().enumerate() {
        let entry = node_iri(document, Kind::Reference, *better);
        writer.term(node, vocab::BETTER_ENTRY, entry.as_ref());
        if rank == 0 {
            writer.term(node, vocab::BEST_ENTRY, entry.as_ref());
        }
    }
    writer.text_if(
        node,
        vocab::BETTER_LABELS,
        Some(&labels_of(
            corpus,
            attribution.document,
            &attribution.better,
        )),
    );
}

fn labels(corpus: &Corpus, entities: &[usize]) -> String {
    let names: Vec<&str> = entities
        .iter()
        .filter_map(|at| corpus.entities.get(*at))
        .map(|entity| entity.label.as_str())
        .collect();
    names.join(" and ")
}

/// Labels of the likelier entries, best first: `[5] or [11]`; at most three.
fn labels_of(corpus: &Corpus, list: usize, entries: &[usize]) -> String {
    let references = corpus
        .extractions
        .get(list)
        .map(|extraction| extraction.citations.references.as_slice())
        .unwrap_or_default();
    let names: Vec<String> = entries
        .iter()
        .filter_map(|at| references.get(*at))
        .take(3)
        .map(|reference| format!("[{}]", reference.label))
        .collect();
    names.join(" or ")
}

/// The place of each attribution of a document: that of its claim.
pub(super) fn places(corpus: &Corpus) -> BTreeMap<usize, Vec<Span>> {
    let mut spans: BTreeMap<usize, Vec<Span>> = BTreeMap::new();
    for attribution in &corpus.attributions {
        let span = corpus
            .extractions
            .get(attribution.document)
            .and_then(|extraction| extraction.statements.claims.get(attribution.claim))
            .map(|claim| claim.span)
            .unwrap_or_default();
        spans.entry(attribution.document).or_default().push(span);
    }
    spans
}

fn write_identifiers(writer: &mut Writer<'_>, corpus: &Corpus, documents: &[String]) {
    for conflict in &corpus.identifier_conflicts {
        let node = |(document, index): (usize, usize)| {
            let document = documents.get(document)?;
            Some(node_iri(document, Kind::Identification, index))
        };
        let (Some(own), Some(other)) = (node(conflict.statement), node(conflict.other)) else {
            continue;
        };
        writer.term(&own, vocab::CONTRADICTS, other.as_ref());
        writer.flag(&own, vocab::IS_ONE_STUDY, conflict.is_one_study);
        writer.flag(&own, vocab::IS_SLIP, conflict.is_slip);
    }
}
