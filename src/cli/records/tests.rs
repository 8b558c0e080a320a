//! Records of a hand-made document.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::terms::{bound_number, number};
use super::*;
use crate::citation::Citations;
use crate::claim::{Bound, Figure, FigureRole, Frame, Measured, Statements, Status};
use crate::markdown::{Document, Place};
use crate::ontology::Dimension;
use crate::quantity::{Comparator, Modifier, Quantity, Role, UNBOUNDED, Unit};
use crate::text::SourceText;

const TEXT: &str = "The rate was ~38% (17/45) with α [2, 9].";

fn place(text: &str) -> (Place, Span) {
    let start = TEXT.find(text).unwrap();
    let range = start..start + text.len();
    let place = Place {
        block: 0,
        cell: None,
        range: range.clone(),
    };
    (place, Span::from(range))
}

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn quantity() -> Quantity {
    Quantity {
        range: 0..4,
        role: Role::Value,
        value: Some(decimal("38")),
        low: decimal("37.5"),
        high: UNBOUNDED,
        decimals: 0,
        comparator: Comparator::About,
        unit: Some(Unit {
            range: 3..4,
            printed: "%".into(),
            ucum: "%".into(),
            dimension: Dimension::Proportion,
            factor: Decimal::ONE,
        }),
        numerator: Some(decimal("17")),
        denominator: Some(decimal("45")),
        tolerance: None,
        interval: None,
        modifiers: vec![Modifier::Approximate, Modifier::Mean, Modifier::Tolerance],
        problem: None,
    }
}

fn extraction() -> Extraction {
    let (mark_place, mark) = place("[2, 9]");
    let (figure_place, figure) = place("~38%");
    let bound = |value: &str, frame| {
        Some(Bound {
            value: value.to_owned(),
            frame,
        })
    };
    Extraction::new(
        Document {
            source: SourceText::new("sub/a.md", TEXT),
            blocks: Vec::new(),
            definitions: Vec::new(),
            title: None,
        },
        Citations {
            pointers: vec![Pointer {
                style: Style::Bracket,
                place: mark_place,
                span: mark,
                labels: vec!["2".to_owned(), "9".to_owned()],
                targets: vec![Some(0), None],
            }],
            references: vec![Reference {
                label: "2".to_owned(),
                doi: Some("10.1000/x".to_owned()),
                ..Reference::default()
            }],
            ..Citations::default()
        },
        Statements {
            sentences: Vec::new(),
            claims: Vec::new(),
            figures: vec![Figure {
                place: figure_place,
                span: figure,
                quantity: Some(quantity()),
                status: Status::Reported,
                role: FigureRole::Result,
                measure: Some(Bound {
                    value: Measured::Phrase("rate".to_owned()),
                    frame: Frame::Sentence,
                }),
                study: None,
                arm: bound("α", Frame::Title),
                population: None,
                cohort: None,
                time_point: bound("at a year", Frame::Sentence),
                qualifiers: Vec::new(),
                wording: None,
                claim: None,
                pointers: vec![0, 0],
            }],
            studies: Vec::new(),
            arms: BTreeMap::new(),
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
    )
}

fn check(what: What, expected: &Value) {
    let records = records(&extraction(), what);
    assert_eq!(Value::from(records[0].clone()), *expected);
}

#[test]
fn a_figure_has_its_value_and_what_it_is_about() {
    check(
        What::Figures,
        &json!({
            "document": "sub/a.md", "start": 13, "end": 17, "text": "~38%",
            "value": 38, "low": 37.5, "high": null, "unit": "%", "comparator": "~",
            "numerator": 17, "denominator": 45, "sd": null, "tolerance": null, "interval": null,
            "problem": null,
            "measure": "rate", "wording": null, "study": null, "arm": "α", "armNames": ["α"], "population": null, "cohort": null, "timePoint": "at a year",
            "unsure": ["arm"], "modifiers": ["IsApproximate", "IsMeanHasTolerance"],
            "kind": "value", "role": "result", "status": "reported", "references": ["2", "9"], "parts": [],
        }),
    );
}

#[test]
fn a_citation_names_entries_and_what_the_list_lacks() {
    check(
        What::Citations,
        &json!({
            "document": "sub/a.md", "start": 34, "end": 40, "text": "[2, 9]",
            "references": ["2", "9"], "undefined": ["9"], "style": "bracket",
        }),
    );
}

#[test]
fn a_reference_has_every_field_printed_or_not() {
    let records = records(&extraction(), What::References);
    assert_eq!(records[0]["id"], "2");
    assert_eq!(records[0]["authors"], json!([]));
    assert_eq!(records[0]["title"], Value::Null);
    assert_eq!(records[0]["kind"], "article");
}

#[test]
fn table_columns_are_fields() {
    for what in [What::Figures, What::Citations, What::References] {
        for record in records(&extraction(), what) {
            for column in table_columns(what) {
                assert!(record.contains_key(*column), "{column}");
            }
        }
    }
}

#[test]
fn numbers_keep_their_value() {
    let check = |text: &str, expected: Value| assert_eq!(number(decimal(text)), expected, "{text}");
    check("30", json!(30));
    check("13.0", json!(13.0));
    check("0.035", json!(0.035));
    check("-2.5", json!(-2.5));
    check(
        "0.1234567890123456789012",
        json!("0.1234567890123456789012"),
    );
}

#[test]
fn open_sides_have_no_bound() {
    assert_eq!(bound_number(UNBOUNDED), None);
    assert_eq!(bound_number(Decimal::from(10)), Some(json!(10)));
}
