//! Claims: what is stated, whether it needs support, and which entries it cites.

use oxigraph::model::NamedNode;

use super::iri::Kind;
use super::reference::{cited_entries, write_cited, write_contexts};
use super::source::Source;
use super::study::entity_iri;
use super::vocab;
use super::writer::DocumentWriter;
use crate::claim::{Claim, Support};

pub(super) fn write(writer: &mut DocumentWriter<'_, '_>, source: Source<'_>) {
    for (index, claim) in source.extraction.statements.claims.iter().enumerate() {
        let strict =
            claim.support == Support::Background && writer.writer.writes(vocab::IS_BACKGROUND);
        if !writer.writer.writes_all() && !source.judges_claim(index) && !strict {
            continue;
        }
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
        if claim.support == Support::Background {
            quads.flag(&node, vocab::IS_BACKGROUND, true);
        }
        if claim.introduces_source {
            quads.flag(&node, vocab::INTRODUCES_SOURCE, true);
        }
        if claim.tells_of_others {
            quads.flag(&node, vocab::TELLS_OF_OTHERS, true);
        }
        quads.term(&node, vocab::BLOCK, block.as_ref());
        let section = source.extraction.document.section_title(claim.place.block);
        quads.text_if(&node, vocab::SECTION, section);
        write_contexts(writer, &node, claim.pointers.iter().copied());
        write_cited(writer, &node, &claim.pointers, source);
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
    if !claim.nearby.is_empty() {
        writer.writer.flag(node, vocab::MARKED_NEARBY, true);
    }
    for entry in cited_entries(source, &claim.nearby) {
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
