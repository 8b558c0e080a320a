//! What holds for every input: no order, line end or byte sequence changes what is found or stops the program.

use factlint::finding::Finding;
use factlint::text::SourceText;
use proptest::prelude::*;

use crate::folder;

const DEFECTS: [&str; 3] = [
    "documents/trial/defects",
    "documents/company/defects",
    "documents/software/defects",
];

#[test]
fn the_order_of_documents_changes_nothing() {
    for folder in DEFECTS {
        let sources = folder::sources(folder);
        let (_, forward) = folder::check(sources.clone());
        let (_, backward) = folder::check(sources.into_iter().rev().collect());
        assert_eq!(
            forward, backward,
            "{folder}: sort before you number or join"
        );
    }
}

#[test]
fn a_second_check_gives_the_same_findings() {
    for folder in DEFECTS {
        let (_, first) = folder::check(folder::sources(folder));
        let (_, second) = folder::check(folder::sources(folder));
        assert_eq!(
            first, second,
            "{folder}: something keeps state or has no fixed order"
        );
    }
}

#[test]
fn line_ends_and_a_byte_order_mark_change_no_finding() {
    for folder in DEFECTS {
        let sources = folder::sources(folder);
        let windows = sources
            .iter()
            .map(|source| {
                let text = format!("\u{feff}{}", source.text().replace('\n', "\r\n"));
                SourceText::new(source.path(), text).with_role(source.role())
            })
            .collect();
        let (_, unix) = folder::check(sources);
        let (_, windows) = folder::check(windows);
        assert_eq!(
            summaries(&unix),
            summaries(&windows),
            "{folder}: a stage takes `\\n` for granted, or reads the byte order mark"
        );
    }
}

#[test]
fn hostile_text_is_read_to_its_end() {
    let many = 20_000;
    for text in [
        String::new(),
        "\0\u{feff}\u{301}\u{200d}".to_owned(),
        "[".repeat(many),
        "[1".repeat(many),
        "> ".repeat(many),
        "- ".repeat(2_000),
        "*a ".repeat(many),
        "| ".repeat(many),
        "1,".repeat(many),
        "9".repeat(many),
        "^[1]".repeat(many),
        "<sup>".repeat(many),
        format!("| a |\n|---|\n{}", "| 30% |\n".repeat(2_000)),
        "30% (".repeat(many),
    ] {
        let (corpus, findings) = folder::check(vec![SourceText::new("hostile.md", text.clone())]);
        assert_eq!(corpus.extractions.len(), 1);
        assert_places_fit(&text, &findings);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_is_checked_and_every_place_lies_in_it(
        pieces in proptest::collection::vec(piece(), 0..60)
    ) {
        let text = pieces.concat();
        let (_, findings) = folder::check(vec![SourceText::new("any.md", text.clone())]);
        assert_places_fit(&text, &findings);
    }
}

/// Pieces of Markdown, figures and odd characters, in any order.
fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        3 => prop::sample::select(vec![
            "\n", "\n\n", "\r\n", "\t", " ", "# ", "- 1. ", "1. ", "> ", "| ", "|---|---|\n", "```\n", "**", "[1]",
            "^[2]", "[^3]", "[^3]: ", "[\\[1\\]](#)", "[a](#)", "References\n", "Table 1: ", "NCT01234567", "p = 1.2",
            "12 of 40 (35%)", "13.0%", "\u{2013}", "0\u{b7}05", "Not reported", "The rate was ", "[host.example]",
            "\u{301}", "\u{feff}", "\0", "\u{1f600}",
        ])
        .prop_map(str::to_owned),
        1 => any::<String>(),
    ]
}

pub(crate) fn assert_places_fit(text: &str, findings: &[Finding]) {
    for finding in findings {
        for location in std::iter::once(&finding.location).chain(&finding.related) {
            let span = location.span;
            assert!(
                text.get(span.start..span.end).is_some(),
                "{}: bytes {} to {} are no text of the document",
                finding.rule,
                span.start,
                span.end
            );
        }
    }
}

fn summaries(findings: &[Finding]) -> Vec<(String, String)> {
    findings
        .iter()
        .map(|finding| (finding.rule.clone(), finding.message.clone()))
        .collect()
}
