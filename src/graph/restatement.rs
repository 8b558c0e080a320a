//! Comparisons of restated figures with the evidence for and against each.

use oxigraph::store::StorageError;
use rust_decimal::Decimal;

use super::derived::DERIVED;
use super::iri::{Kind, named_iri, node_iri};
use super::vocab;
use super::wanted::Target;
use super::writer::Writer;
use crate::corpus::{Corpus, Restatement};

/// So many pieces of evidence are told in a message.
const TOLD: usize = 3;

pub(super) fn write(
    target: Target<'_>,
    corpus: &Corpus,
    documents: &[String],
) -> Result<(), StorageError> {
    let mut writer = Writer::begin(target, DERIVED)?;
    for (index, restatement) in corpus.restatements.iter().enumerate() {
        let node = named_iri("comparison", &(index + 1).to_string());
        writer.term(&node, vocab::TYPE, vocab::COMPARISON);
        let pair = [restatement.one, restatement.other];
        for (at, (document, figure)) in pair.into_iter().enumerate() {
            if let Some(document) = documents.get(document) {
                let figure = node_iri(document, Kind::Figure, figure);
                writer.term(&node, vocab::COMPARES, figure.as_ref());
                if at == 0 {
                    writer.term(&node, vocab::EARLIER, figure.as_ref());
                }
            }
        }
        writer.decimal(&node, vocab::WEIGHT, restatement.weight);
        writer.text(&node, vocab::BECAUSE, &because(restatement));
        for (at, evidence) in restatement.evidence.iter().enumerate() {
            let piece = named_iri("comparison", &format!("{}/evidence-{}", index + 1, at + 1));
            writer.term(&node, vocab::EVIDENCE, piece.as_ref());
            writer.term(&piece, vocab::TYPE, vocab::EVIDENCE_CLASS);
            writer.text(&piece, vocab::EVIDENCE_KIND, evidence.kind);
            writer.decimal(&piece, vocab::WEIGHT, evidence.weight);
            writer.text_if(&piece, vocab::DETAIL, Some(&evidence.words));
        }
    }
    writer.commit()
}

/// The strongest evidence for a pair, in words.
fn because(restatement: &Restatement) -> String {
    let words: Vec<&str> = restatement
        .evidence
        .iter()
        .filter(|evidence| evidence.weight > Decimal::ZERO)
        .map(|evidence| evidence.words.as_str())
        .take(TOLD)
        .collect();
    words.join("; ")
}
