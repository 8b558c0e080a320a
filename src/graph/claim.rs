//! Claims: what is stated, whether it needs support, and which entries it cites.

use oxigraph::model::NamedNode;

use super::document::Source;
use super::iri::Kind;
use super::reference::{targets, write_citing};
use super::study::entity_iri;
use super::vocab;
use super::writer::DocumentWriter;
use crate::claim::{Claim, Support};

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    for (index, claim) in source.extraction.statements.claims.iter().enumerate() {
        let node = writer.node(Kind::Claim, index);
        writer.placed(&node, vocab::CLAIM, claim.span, &claim.text);
        let block = writer.node(Kind::Block, claim.place.block);
        let quads = &mut writer.writer;
        quads.text(&node, vocab::TEXT, &claim.text);
        quads.flag(
            &node,
            vocab::NEEDS_SUPPORT,
            claim.support == Support::Needed,
        );
        quads.term(&node, vocab::BLOCK, block.as_ref());
        let section = source.extraction.document.section_title(claim.place.block);
        quads.text_if(&node, vocab::SECTION, section);
        write_citing(writer, &node, &claim.pointers, &source.extraction.citations);
        write_nearby(writer, &node, claim, source);
        write_mentions(writer, &node, index, source);
    }
}

fn write_nearby(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    claim: &Claim,
    source: Source<'_>,
) {
    for target in targets(&claim.nearby, &source.extraction.citations) {
        let entry = writer.node(Kind::Reference, target);
        writer
            .writer
            .term(node, vocab::CITES_NEARBY, entry.as_ref());
    }
}

fn write_mentions(
    writer: &mut DocumentWriter<'_, '_>,
    node: &NamedNode,
    index: usize,
    source: Source<'_>,
) {
    let named = source
        .corpus
        .claim_entities
        .get(source.index)
        .and_then(|all| all.get(index));
    for entity in named.into_iter().flatten() {
        if let Some(entity) = source.corpus.entities.get(*entity) {
            writer
                .writer
                .term(node, vocab::MENTIONS, entity_iri(entity).as_ref());
        }
    }
}
