//! Writes triples of one named graph.

use oxigraph::model::{LiteralRef, NamedNode, NamedNodeRef, TermRef};
use rust_decimal::Decimal;

use super::dataset::{Builder, TermId, canonical};
use super::iri::{Kind, node_iri};
use super::place::CharacterIndex;
use super::vocab;
use super::wanted::{Target, Wanted};
use crate::text::{SourceText, Span};

/// Adds triples to one named graph.
pub(super) struct Writer<'s> {
    quads: &'s mut Builder,
    graph: TermId,
    wanted: &'s Wanted,
}

/// Most decimals a literal keeps; Oxigraph's decimals have 18.
const DECIMALS: u32 = 12;

impl<'s> Writer<'s> {
    pub(super) fn begin(target: &'s mut Target<'_>, graph: &str) -> Self {
        Self {
            graph: target
                .quads
                .intern(NamedNodeRef::new_unchecked(graph).into()),
            quads: &mut target.quads,
            wanted: target.wanted,
        }
    }

    /// Whether nodes are written of which no built-in rule can say anything.
    pub(super) fn writes_all(&self) -> bool {
        self.wanted.is_all()
    }

    /// Whether some query asks for a predicate.
    pub(super) fn writes(&self, predicate: NamedNodeRef<'_>) -> bool {
        self.wanted.has(predicate)
    }

    pub(super) fn term<'t>(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'static>,
        object: impl Into<TermRef<'t>>,
    ) {
        if !self.wanted.has(predicate) {
            return;
        }
        self.insert(subject.as_ref().into(), predicate, object.into());
    }

    pub(super) fn text(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'static>,
        value: &str,
    ) {
        self.term(subject, predicate, LiteralRef::new_simple_literal(value));
    }

    pub(super) fn text_if(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'static>,
        value: Option<&str>,
    ) {
        if let Some(value) = value.filter(|value| !value.is_empty()) {
            self.text(subject, predicate, value);
        }
    }

    pub(super) fn integer(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'static>,
        value: usize,
    ) {
        let value = value.to_string();
        let datatype = oxigraph::model::vocab::xsd::INTEGER;
        self.term(
            subject,
            predicate,
            LiteralRef::new_typed_literal(&value, datatype),
        );
    }

    pub(super) fn flag(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'static>,
        value: bool,
    ) {
        let datatype = oxigraph::model::vocab::xsd::BOOLEAN;
        let value = if value { "true" } else { "false" };
        self.term(
            subject,
            predicate,
            LiteralRef::new_typed_literal(value, datatype),
        );
    }

    pub(super) fn decimal(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'static>,
        value: Decimal,
    ) {
        let value = value.round_dp(DECIMALS).normalize().to_string();
        self.term(
            subject,
            predicate,
            LiteralRef::new_typed_literal(&value, vocab::DECIMAL),
        );
    }

    pub(super) fn decimal_if(
        &mut self,
        subject: &NamedNode,
        predicate: NamedNodeRef<'static>,
        value: Option<Decimal>,
    ) {
        if let Some(value) = value {
            self.decimal(subject, predicate, value);
        }
    }

    /// Adds a parsed quad's triple to this graph.
    pub(super) fn quad(&mut self, quad: &oxigraph::model::Quad) {
        let subject = quad.subject.as_ref().into();
        let object = canonical(quad.object.clone());
        self.insert(subject, quad.predicate.as_ref(), object.as_ref());
    }

    fn insert(&mut self, subject: TermRef<'_>, predicate: NamedNodeRef<'_>, object: TermRef<'_>) {
        let quad = [subject, predicate.into(), object].map(|term| self.quads.intern(term));
        let [subject, predicate, object] = quad;
        self.quads.insert([subject, predicate, object, self.graph]);
    }
}

/// Writes one document's graph.
pub(super) struct DocumentWriter<'s, 'd> {
    pub(super) writer: Writer<'s>,
    pub(super) iri: NamedNode,
    pub(super) source: &'d SourceText,
    characters: CharacterIndex,
}

impl<'s, 'd> DocumentWriter<'s, 'd> {
    pub(super) fn begin(target: &'s mut Target<'_>, iri: &str, source: &'d SourceText) -> Self {
        Self {
            writer: Writer::begin(target, iri),
            iri: NamedNode::new_unchecked(iri),
            source,
            characters: CharacterIndex::new(source),
        }
    }

    /// The node of the `index`th thing of a kind in this document.
    pub(super) fn node(&self, kind: Kind, index: usize) -> NamedNode {
        node_iri(self.iri.as_str(), kind, index)
    }

    /// What every node of a document has: class, document, line, quote and place. The place's IRI is a
    /// character range as in RFC 5147.
    pub(super) fn placed(
        &mut self,
        node: &NamedNode,
        class: NamedNodeRef<'static>,
        span: Span,
        quote: &str,
    ) {
        let writer = &mut self.writer;
        writer.term(node, vocab::TYPE, class);
        writer.term(node, vocab::IS_PART_OF, self.iri.as_ref());
        writer.integer(node, vocab::LINE, self.source.line(span.start));
        writer.text(node, vocab::QUOTE, quote);
        if !writer.wanted.has(vocab::PLACE) {
            return;
        }
        let start = self.characters.offset(self.source, span.start);
        let end = self.characters.offset(self.source, span.end);
        let place = NamedNode::new_unchecked(format!("{}#char={start},{end}", self.iri.as_str()));
        writer.term(node, vocab::PLACE, place.as_ref());
        writer.term(&place, vocab::TYPE, vocab::TEXT_POSITION_SELECTOR);
        writer.integer(&place, vocab::START, start);
        writer.integer(&place, vocab::END, end);
        writer.text(&place, vocab::EXACT, self.source.slice(span));
    }
}
