//! Comparisons of restated figures, and of figures with the text they are told of, each with the evidence for and against it.

use std::collections::BTreeMap;

use oxigraph::model::NamedNode;
use rust_decimal::Decimal;

use super::cited::reading_iri;
use super::derived::DERIVED;
use super::iri::{Kind, named_iri, node_iri};
use super::vocab;
use super::wanted::Target;
use super::writer::Writer;
use crate::corpus::{Corpus, Evidence, Restatement};

/// So many pieces of evidence are told in a message.
const TOLD: usize = 3;

/// What the documents of two restated figures say of them; each document is asked once.
struct Standing<'c> {
    corpus: &'c Corpus,
    days: BTreeMap<usize, Option<u32>>,
    articles: BTreeMap<usize, bool>,
}

impl<'c> Standing<'c> {
    fn of(corpus: &'c Corpus) -> Self {
        Self {
            corpus,
            days: BTreeMap::new(),
            articles: BTreeMap::new(),
        }
    }

    /// Days between the publication of two different documents, where both say when they were published.
    fn days_apart(&mut self, pair: &Restatement) -> Option<usize> {
        let (one, other) = (pair.one.0, pair.other.0);
        let mut day = |document| {
            let days = self.days.entry(document);
            *days.or_insert_with(|| self.corpus.day_of(document))
        };
        let days = (one != other).then(|| Some(day(one)?.abs_diff(day(other)?)));
        usize::try_from(days??).ok()
    }

    /// Whether both stand in one document, and none whose parts tell its results again: there like sentences tell of unlike
    /// things more often than of one.
    fn in_one_plain_text(&mut self, pair: &Restatement) -> bool {
        let (one, other) = (pair.one.0, pair.other.0);
        let is_article = || self.corpus.is_article(one);
        one == other && !*self.articles.entry(one).or_insert_with(is_article)
    }
}

pub(super) fn write(target: &mut Target<'_>, corpus: &Corpus, documents: &[String]) {
    let mut writer = Writer::begin(target, DERIVED);
    let mut stand = Standing::of(corpus);
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
        if let Some(days) = stand.days_apart(restatement) {
            writer.integer(&node, vocab::DAYS_APART, days);
        }
        writer.flag(
            &node,
            vocab::IN_ONE_PLAIN_TEXT,
            stand.in_one_plain_text(restatement),
        );
        if let Some([earlier, later]) = &restatement.printed {
            writer.text(&node, vocab::PRINTED_EARLIER, earlier);
            writer.text(&node, vocab::PRINTED_LATER, later);
        }
        weigh(
            &mut writer,
            &node,
            restatement.weight,
            &restatement.evidence,
        );
    }
    let retellings = corpus.retellings.iter().chain(&corpus.cited.differing);
    for (index, retelling) in retellings.enumerate() {
        let node = named_iri("retelling", &(index + 1).to_string());
        writer.term(&node, vocab::TYPE, vocab::RETELLING);
        let pair = [
            (vocab::TELLS, retelling.told),
            (vocab::TOLD_OF, retelling.source),
        ];
        for (predicate, (document, figure)) in pair {
            if let Some(document) = reading_iri(corpus, document) {
                let figure = node_iri(&document, Kind::Figure, figure);
                writer.term(&node, predicate, figure.as_ref());
            }
        }
        let matched = corpus.cited.texts.get(&retelling.told);
        writer.text_if(
            &node,
            vocab::MATCHED_BY,
            matched
                .filter(|text| text.reading == retelling.source.0)
                .map(|text| text.because.as_str()),
        );
        weigh(&mut writer, &node, retelling.weight, &retelling.evidence);
    }
}

/// Writes the evidence of a comparison, piece by piece and in words.
fn weigh(writer: &mut Writer<'_>, node: &NamedNode, weight: Decimal, evidence: &[Evidence]) {
    writer.decimal(node, vocab::WEIGHT, weight);
    writer.text(node, vocab::BECAUSE, &because(evidence));
    for (at, evidence) in evidence.iter().enumerate() {
        let piece = NamedNode::new_unchecked(format!("{}/evidence-{}", node.as_str(), at + 1));
        writer.term(node, vocab::EVIDENCE, piece.as_ref());
        writer.term(&piece, vocab::TYPE, vocab::EVIDENCE_CLASS);
        writer.text(&piece, vocab::EVIDENCE_KIND, evidence.kind);
        writer.decimal(&piece, vocab::WEIGHT, evidence.weight);
        writer.text_if(&piece, vocab::DETAIL, Some(&evidence.words));
    }
}

/// The strongest evidence for a pair, in words.
fn because(evidence: &[Evidence]) -> String {
    let words: Vec<&str> = evidence
        .iter()
        .filter(|evidence| evidence.weight > Decimal::ZERO)
        .map(|evidence| evidence.words.as_str())
        .take(TOLD)
        .collect();
    words.join("; ")
}
