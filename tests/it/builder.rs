//! Small corpora made by hand, so that the graph and the rules are tested apart from extraction.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a failed test panics"
)]

use std::collections::BTreeMap;
use std::time::Duration;

use factlint::citation::{Citations, Link, NamedSource, Pointer, Reference, Style};
use factlint::claim::{
    Bound, Claim, Figure, FigureRole, Frame, Measured, Statements, Status, StudyName, Support,
};
use factlint::corpus::{Basis, Comparison, Corpus, Denoted, Extraction, Study};
use factlint::finding::Finding;
use factlint::graph::Graph;
use factlint::markdown::{Block, BlockKind, Document, Place, Text};
use factlint::ontology::{Dimension, measures};
use factlint::quantity::{Comparator, Quantity, Role, Unit};
use factlint::rule::RuleSet;
use factlint::text::{SourceText, Span};
use rust_decimal::Decimal;

/// One document under construction. Every paragraph is one block and one claim that needs support.
pub(crate) struct Doc {
    path: String,
    text: String,
    blocks: Vec<Block>,
    pub(crate) citations: Citations,
    pub(crate) statements: Statements,
    pub(crate) comparisons: Vec<Comparison>,
}

pub(crate) fn doc(path: &str) -> Doc {
    Doc {
        path: path.to_owned(),
        text: String::new(),
        blocks: Vec::new(),
        citations: Citations::default(),
        statements: Statements {
            sentences: Vec::new(),
            claims: Vec::new(),
            figures: Vec::new(),
            arms: BTreeMap::new(),
            studies: Vec::new(),
            synonyms: Vec::new(),
            test_results: Vec::new(),
            estimates: Vec::new(),
            changes: Vec::new(),
            sums: Vec::new(),
            shares: Vec::new(),
            means: Vec::new(),
            identifications: Vec::new(),
            ambiguities: Vec::new(),
        },
        comparisons: Vec::new(),
    }
}

impl Doc {
    pub(crate) fn paragraph(mut self, text: &str) -> Self {
        let span = Span::new(self.text.len(), self.text.len() + text.len());
        self.text.push_str(text);
        self.text.push_str("\n\n");
        let mut running = Text::default();
        running.push(text, span);
        self.blocks.push(Block {
            kind: BlockKind::Paragraph,
            span,
            text: running,
            section: None,
            list: None,
            quoted: false,
        });
        let place = Place {
            block: self.blocks.len() - 1,
            cell: None,
            range: 0..text.len(),
        };
        self.statements.claims.push(Claim {
            introduces_source: false,
            tells_of_others: false,
            place,
            span,
            text: text.to_owned(),
            sentence: Some(self.blocks.len() - 1),
            pointers: Vec::new(),
            nearby: Vec::new(),
            support: Support::Needed,
            mentions: Vec::new(),
        });
        self
    }

    /// The last paragraph states nothing that needs support.
    pub(crate) fn plain(mut self) -> Self {
        self.statements.claims.last_mut().unwrap().support = Support::NotNeeded;
        self
    }

    /// The first place of `quote` in the last paragraph.
    fn find(&self, quote: &str) -> (Place, Span) {
        let block = self.blocks.last().unwrap();
        let at = block
            .text
            .plain
            .find(quote)
            .unwrap_or_else(|| panic!("{quote:?} is not in the last paragraph"));
        let place = Place {
            block: self.blocks.len() - 1,
            cell: None,
            range: at..at + quote.len(),
        };
        (
            place,
            Span::new(block.span.start + at, block.span.start + at + quote.len()),
        )
    }

    /// A percentage of the clinical measure `orr` with a key and a scope; `NR` is one not reported.
    pub(crate) fn figure(mut self, quote: &str, key: &str, scope: &str) -> Self {
        let (place, span) = self.find(quote);
        let value: Option<Decimal> = quote.trim_end_matches('%').parse().ok();
        let half = value.map(|v| Decimal::new(5, v.scale() + 1));
        let bounds = value.zip(half).map(|(v, h)| (v - h, v + h));
        let measure = measures()
            .iter()
            .find(|m| m.iri.ends_with("clinical#orr"))
            .unwrap();
        self.statements.figures.push(Figure {
            place,
            span,
            quantity: value.zip(bounds).map(|(v, b)| percentage(v, b)),
            status: if value.is_some() {
                Status::Reported
            } else {
                Status::NotReported
            },
            role: FigureRole::Result,
            measure: Some(Bound {
                value: Measured::Concept(measure),
                frame: Frame::Sentence,
            }),
            study: None,
            arm: Some(Bound {
                value: "combination".to_owned(),
                frame: Frame::Sentence,
            }),
            population: None,
            cohort: (!scope.is_empty()).then(|| Bound {
                value: scope.to_owned(),
                frame: Frame::Cell,
            }),
            time_point: None,
            wording: None,
            qualifiers: Vec::new(),
            claim: self.statements.claims.len().checked_sub(1),
            pointers: Vec::new(),
        });
        self.comparisons.push(Comparison {
            key: (!key.is_empty()).then(|| key.to_owned()),
            scope: scope.to_owned(),
            scope_label: scope.to_owned(),
            what: format!("Objective response rate, {key}"),
            study: (!key.is_empty()).then_some(0),
            basis: (!key.is_empty()).then_some(Basis::Registry),
            arm: None,
            bounds,
            unit: "%".to_owned(),
        });
        self
    }

    /// `n` of `N` beside the last figure.
    pub(crate) fn counts(mut self, n: i64, of: i64) -> Self {
        let quantity = self
            .statements
            .figures
            .last_mut()
            .unwrap()
            .quantity
            .as_mut()
            .unwrap();
        quantity.numerator = Some(Decimal::from(n));
        quantity.denominator = Some(Decimal::from(of));
        self
    }

    /// The last figure's study under a name of this document.
    pub(crate) fn study(mut self, name: &str, basis: Basis) -> Self {
        let (place, span) = self.find(name);
        self.statements.studies.push(StudyName {
            place,
            span,
            name: name.to_owned(),
            registry: None,
            acronym: None,
            phases: vec!["1".to_owned()],
            interventions: Vec::new(),
            condition: None,
        });
        let at = self.statements.studies.len() - 1;
        self.statements.figures.last_mut().unwrap().study = Some(Bound {
            value: at,
            frame: Frame::Sentence,
        });
        self.comparisons.last_mut().unwrap().basis = Some(basis);
        self
    }

    /// A mark of the last paragraph that covers its claim and figures; `target` is the entry's index.
    pub(crate) fn cite(mut self, quote: &str, target: Option<usize>) -> Self {
        let (place, span) = self.find(quote);
        let block = place.block;
        self.citations.pointers.push(Pointer {
            style: Style::Bracket,
            place,
            span,
            labels: vec![quote.trim_matches(['[', ']']).to_owned()],
            targets: vec![target],
        });
        let at = self.citations.pointers.len() - 1;
        self.statements.claims.last_mut().unwrap().pointers.push(at);
        for figure in &mut self.statements.figures {
            if figure.place.block == block {
                figure.pointers.push(at);
            }
        }
        self
    }

    pub(crate) fn entry(mut self, reference: Reference) -> Self {
        let text = format!("{}. {}", reference.label, reference.text);
        self = self.paragraph(&text);
        self.statements.claims.pop();
        let block = self.blocks.len() - 1;
        let span = self.blocks.last().unwrap().span;
        self.citations.references.push(Reference {
            span,
            block,
            ..reference
        });
        self
    }

    pub(crate) fn link(mut self, text: &str, target: &str) -> Self {
        let (place, span) = self.find(text);
        self.citations.links.push(Link {
            place,
            span,
            text: text.to_owned(),
            target: target.to_owned(),
        });
        self
    }

    pub(crate) fn named_source(mut self, quote: &str, target: Option<usize>) -> Self {
        let (place, span) = self.find(quote);
        self.citations.named_sources.push(NamedSource {
            place,
            span,
            author: quote.to_owned(),
            year: None,
            target,
            marked: false,
        });
        self
    }
}

fn percentage(value: Decimal, (low, high): (Decimal, Decimal)) -> Quantity {
    Quantity {
        range: 0..0,
        role: Role::Value,
        value: Some(value),
        low,
        high,
        decimals: value.scale(),
        comparator: Comparator::Equal,
        unit: Some(Unit {
            range: 0..0,
            printed: "%".into(),
            ucum: "%".into(),
            dimension: Dimension::Proportion,
            factor: Decimal::ONE,
        }),
        numerator: None,
        denominator: None,
        tolerance: None,
        interval: None,
        modifiers: Vec::new(),
        problem: None,
    }
}

/// An entry with a title and a DOI.
pub(crate) fn article(label: &str, title: &str) -> Reference {
    Reference {
        label: label.to_owned(),
        numbered: true,
        text: title.to_owned(),
        title: Some(title.to_owned()),
        doi: Some(format!("10.1000/{label}")),
        ..Reference::default()
    }
}

/// The corpus of some documents, sorted by path, with one study.
pub(crate) fn corpus(mut docs: Vec<Doc>) -> Corpus {
    docs.sort_by(|a, b| a.path.cmp(&b.path));
    let mut corpus = Corpus {
        studies: vec![Study {
            id: "nct00000001".to_owned(),
            label: "NCT00000001".to_owned(),
            names: Vec::new(),
        }],
        ..Corpus::default()
    };
    for (index, doc) in docs.into_iter().enumerate() {
        for name in 0..doc.statements.studies.len() {
            corpus.studies[0].names.push((index, name, Basis::Registry));
        }
        corpus.comparisons.push(doc.comparisons);
        let marks = doc.citations.pointers.iter();
        corpus
            .denoted
            .push(marks.map(|mark| denoted(index, mark)).collect());
        let document = Document {
            source: SourceText::new(doc.path, doc.text),
            blocks: doc.blocks,
            definitions: Vec::new(),
            title: Some("A title".to_owned()),
        };
        let extraction = Extraction::new(document, doc.citations, doc.statements);
        corpus.extractions.push(extraction);
    }
    corpus
}

fn denoted(document: usize, mark: &Pointer) -> Vec<Denoted> {
    let entry = |reference: usize| Denoted::Entry {
        document,
        reference,
    };
    mark.targets
        .iter()
        .map(|target| target.map_or(Denoted::Missing, entry))
        .collect()
}

/// Findings of one embedded rule.
pub(crate) fn findings(corpus: &Corpus, rule: &str) -> Vec<Finding> {
    let graph = Graph::build(corpus);
    let mut rules = RuleSet::embedded_strict();
    rules.rules.retain(|r| r.id == rule);
    assert_eq!(rules.rules.len(), 1, "no rule {rule}");
    let result = rules.run(&graph, corpus, Duration::from_mins(1));
    assert_eq!(result.problems, []);
    result.findings
}
