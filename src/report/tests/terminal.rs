//! What people read: excerpts, labels, folded findings and the summary.

use super::*;

#[test]
fn text_at_100_columns() {
    insta::assert_snapshot!(Example::new().text(100));
}

#[test]
fn text_at_60_columns() {
    insta::assert_snapshot!(Example::new().text(60));
}

#[test]
fn no_line_is_wider_than_the_terminal() {
    for columns in [40, 60, 80, 100, 120, 200] {
        for line in Example::new().text(columns).lines() {
            assert!(width(line) <= columns, "{columns}: {line}");
        }
    }
}

#[test]
fn carets_stand_under_what_they_mark() {
    let shown = Example::new().text(80);
    let lines: Vec<&str> = shown.lines().collect();
    let at = lines
        .iter()
        .position(|line| line.contains("rate was 38%"))
        .unwrap();
    let column = lines[at].chars().position(|c| c == '%').unwrap();
    assert_eq!(lines[at + 1].chars().nth(column), Some('^'));
    assert_eq!(
        lines[at].chars().take(column - 2).count(),
        lines[at + 1]
            .chars()
            .take_while(|c| *c == ' ' || *c == '|')
            .count()
    );
}

#[test]
fn many_of_one_cause_are_said_once() {
    let mut example = Example::new();
    let one = example.findings[1].clone();
    example.findings = vec![one; 12];
    let shown = example.text(80);
    assert_eq!(
        shown.matches("this document has no references").count(),
        1,
        "{shown}"
    );
    assert!(
        shown.contains("this document has no references (12 places)"),
        "{shown}"
    );
    assert_eq!(shown.matches("  overview.md:3:").count(), 8, "{shown}");
    assert!(shown.contains("… and 3 more"), "{shown}");
}

#[test]
fn folded_findings_do_not_repeat_what_the_headline_says() {
    let mut example = Example::new();
    let marked = |text: &str, other: &str| {
        let places = [text, other].map(|text| place(&example.sources[1], text, ""));
        let message = format!("no reference for {text} and {other}");
        Finding {
            cause: Some("no reference, but a mark stands nearby".to_owned()),
            ..finding("unsupported-figure", Level::Note, &message, places.into())
        }
    };
    example.findings = vec![marked("95 % CI", "18–43"), marked("30%", "9.4 months")];
    let shown = example.text(80);
    assert!(
        shown.contains("  overview.md:3:219: 30% and 9.4 months\n"),
        "{shown}"
    );
}

#[test]
fn a_clean_run_says_what_was_read() {
    let mut example = Example::new();
    example.findings.clear();
    example.problems.clear();
    assert_eq!(
        example.text(100),
        "No findings in 41 documents\n\
         Read: 1,204 figures, 1,130 of them cited; 230 references\n\
         Not checked: 230 sources (factlint sources update)\n"
    );
}

#[test]
fn a_finding_in_an_unknown_document_is_still_said() {
    let mut example = Example::new();
    example.findings.truncate(1);
    let mut run = example.run();
    run.sources = BTreeMap::new();
    assert!(text(&run, EIGHTY).contains("--> overview.md"));
}

#[test]
fn a_line_of_many_megabytes_is_reported_at_once() {
    let long = "word 38% ".repeat(2_000_000);
    let source = SourceText::new("a.md", long);
    let findings: Vec<Finding> = (0..50)
        .map(|n| {
            let at = n * 9 * 1_000 + 5;
            let span = Span::new(at, at + 3);
            let location = Location {
                path: "a.md".to_owned(),
                span,
                label: "rate".to_owned(),
            };
            finding(
                "figure-conflict",
                Level::Error,
                "two values",
                vec![location],
            )
        })
        .collect();
    let report = shown(&source, &findings);
    assert_eq!(report.matches("^^^ rate").count(), 50);
}

#[test]
fn a_label_that_repeats_the_marked_text_is_left_out() {
    let mut example = Example::new();
    example.findings.truncate(1);
    example.findings[0].location.label = "30%".to_owned();
    let shown = example.text(80);
    assert!(
        shown
            .lines()
            .any(|line| line.trim_end().ends_with("| ^^^") || line.trim_end().ends_with("  ^^^")),
        "{shown}"
    );
}

#[test]
fn near_places_of_one_line_share_a_snippet() {
    let source = SourceText::new(
        "a.md",
        "Of 40 people 10 (30%) answered, and nobody else did so later.",
    );
    let findings = [finding(
        "percentage-mismatch",
        Level::Error,
        "10 of 40 is 25%, not 30%",
        vec![
            place(&source, "30%", "25% expected"),
            place(&source, "40 people", "the whole"),
        ],
    )];
    insta::assert_snapshot!(shown(&source, &findings), @r"
    error[percentage-mismatch]: 10 of 40 is 25%, not 30%
     --> a.md:1:18
      |
    1 | Of 40 people 10 (30%) answered, and nobody else did so later.
      |    ---------     ^^^ 25% expected
      |    |
      |    the whole
    ");
}

#[test]
fn of_many_places_the_first_are_shown_and_the_others_counted() {
    let mut example = Example::new();
    let other = example.findings[0].related[0].clone();
    example.findings.truncate(1);
    example.findings[0].related = vec![other; 1_007];
    let shown = example.text(80);
    assert!(
        shown.contains("and 1,004 more, the next at part one/efficacy.md:5:175"),
        "{shown}"
    );
}

#[test]
fn a_label_that_the_headline_says_is_left_out_where_there_is_one_place() {
    let source = SourceText::new("a.md", "The drop was significant (p = 1.40).");
    let findings = [finding(
        "impossible-value",
        Level::Error,
        "1.40 cannot be: P value is at most 1",
        vec![place(&source, "1.40", "is at most 1")],
    )];
    assert!(
        shown(&source, &findings).contains("| "),
        "the excerpt is there"
    );
    assert!(!shown(&source, &findings).contains("^^^^ is at most 1"));
}
