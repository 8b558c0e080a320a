//! Studies with the names the documents use, and the drugs and trials that claims and titles name.

use oxigraph::model::{NamedNode, NamedNodeRef};

use super::iri::{Kind, named_iri};
use super::source::Source;
use super::vocab;
use super::wanted::Target;
use super::writer::{DocumentWriter, Writer};
use crate::claim::{Measured, MentionKind};
use crate::corpus::{Basis, Corpus, Entity, Study};

/// The named graph of everything merged over all documents.
pub(super) const ENTITIES: &str = "urn:factlint:entities";

pub(super) fn study_iri(study: &Study) -> NamedNode {
    named_iri("study", &study.id)
}

pub(super) fn entity_iri(entity: &Entity) -> NamedNode {
    let name = entity.names.first().unwrap_or(&entity.label);
    named_iri(entity_kind(entity.kind), name)
}

fn entity_kind(kind: MentionKind) -> &'static str {
    match kind {
        MentionKind::Substance => "substance",
        MentionKind::Study => "trial",
    }
}

pub(super) fn basis_iri(basis: Basis) -> NamedNodeRef<'static> {
    match basis {
        Basis::Registry => vocab::BY_REGISTRY_ID,
        Basis::Acronym => vocab::BY_ACRONYM,
        Basis::Description => vocab::BY_DESCRIPTION,
        Basis::PossibleDescription => vocab::BY_POSSIBLE_DESCRIPTION,
        Basis::Mapping => vocab::BY_MAPPING,
    }
}

/// Writes the names of studies that one document uses.
pub(super) fn write_names(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let document = &source.extraction.document;
    for (index, name) in source.extraction.statements.studies.iter().enumerate() {
        let node = writer.node(Kind::StudyName, index);
        writer.placed(
            &node,
            vocab::ALIAS_CLASS,
            name.span,
            document.plain(&name.place),
        );
        let quads = &mut writer.writer;
        quads.text(&node, vocab::NAME, &name.name);
        quads.text_if(&node, vocab::REGISTRY_ID, name.registry.as_deref());
        quads.text_if(&node, vocab::ACRONYM, name.acronym.as_deref());
        for phase in &name.phases {
            quads.text(&node, vocab::PHASE, phase);
        }
    }
}

/// Writes the statements of one document that give a study its registry number.
pub(super) fn write_identifications(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    let document = &source.extraction.document;
    for (index, stated) in source
        .extraction
        .statements
        .identifications
        .iter()
        .enumerate()
    {
        let node = writer.node(Kind::Identification, index);
        let quote = document.plain(&stated.place);
        writer.placed(&node, vocab::IDENTIFICATION, stated.span, quote);
        writer.writer.text(&node, vocab::NAME, &stated.name);
        writer
            .writer
            .text(&node, vocab::REGISTRY_ID, &stated.number);
    }
}

/// Writes merged studies, entities, and measures that are phrases of the text.
pub(super) fn write_merged(target: &mut Target<'_>, corpus: &Corpus, documents: &[String]) {
    let mut writer = Writer::begin(target, ENTITIES);
    for study in &corpus.studies {
        let node = study_iri(study);
        writer.term(&node, vocab::TYPE, vocab::STUDY_CLASS);
        writer.text(&node, vocab::PREF_LABEL, &study.label);
        for (document, name, basis) in &study.names {
            if let Some(document) = documents.get(*document) {
                let alias = super::iri::node_iri(document, Kind::StudyName, *name);
                writer.term(&alias, vocab::ALIAS_OF, node.as_ref());
                writer.term(&alias, vocab::BASIS, basis_iri(*basis));
            }
        }
    }
    for entity in &corpus.entities {
        let node = entity_iri(entity);
        writer.term(&node, vocab::TYPE, vocab::ENTITY);
        writer.text(&node, vocab::ENTITY_KIND, entity_kind(entity.kind));
        writer.text(&node, vocab::PREF_LABEL, &entity.label);
        for name in &entity.names {
            writer.text(&node, vocab::ALT_LABEL, name);
        }
    }
    for extraction in &corpus.extractions {
        for figure in &extraction.statements.figures {
            if let Some(Measured::Phrase(phrase)) = figure.measure.as_ref().map(|b| &b.value) {
                let node = named_iri("measure", phrase);
                writer.term(&node, vocab::TYPE, vocab::CONCEPT);
                writer.text(&node, vocab::PREF_LABEL, phrase);
            }
        }
    }
}
