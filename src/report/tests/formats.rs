//! What programs read: one line a finding, JSON and SARIF.

use super::*;
use crate::finding::Suppressor;

/// A run of findings whose every text tries to get out of its format: quotes, line ends, marks of XML, of workflow commands, of
/// Markdown and of spreadsheets, control characters.
fn hostile(render: impl Fn(&Run<'_>) -> String) -> String {
    let path = "=a, b::%41/\u{fffe}\"]]>'.md";
    let words =
        "=cmd \"]]>\" <b>&amp; 100%,\r\n::error::x\u{1b}[31m\u{0} |`@me` [y](z) \u{202e}応答率";
    let source = SourceText::new(path, format!("\u{feff}µ 応 x\r\n🙂 30%\n{words}\n"));
    let labelled = |text: &str| place(&source, text, words);
    let mut first = finding(
        "figure-conflict",
        Level::Error,
        words,
        vec![labelled("30%"), labelled("x")],
    );
    first.suggestion = Some(words.to_owned());
    let over_lines = finding(
        "unsupported-figure",
        Level::Warning,
        "one,\ntwo",
        vec![labelled("x\r\n🙂 30%")],
    );
    let note = finding("unknown", Level::Note, words, vec![labelled("応")]);
    let again = Finding {
        message: "again".to_owned(),
        ..first.clone()
    };
    let findings = [first.clone(), over_lines, note, again];
    let suppressed = [Suppressed {
        finding: first,
        by: Suppressor::Comment,
        reason: words.to_owned(),
    }];
    let problems = [Problem {
        path: path.to_owned(),
        line: Some(2),
        message: words.to_owned(),
        help: words.to_owned(),
    }];
    let rules = rules();
    render(&Run {
        outside_changes: None,
        findings: &findings,
        suppressed: &suppressed,
        problems: &problems,
        rules: &rules,
        statistics: Statistics::default(),
        sources: BTreeMap::from([(path, &source)]),
        readings: BTreeMap::new(),
        paths: "",
    })
}

#[test]
fn hostile_checkstyle() {
    insta::assert_snapshot!(hostile(|run| checkstyle(run).unwrap()));
}

#[test]
fn hostile_csv() {
    insta::assert_snapshot!(hostile(|run| csv(run).unwrap()));
}

#[test]
fn hostile_github() {
    insta::assert_snapshot!(hostile(github));
}

#[test]
fn hostile_github_summary() {
    insta::assert_snapshot!(hostile(github_summary));
}

#[test]
fn hostile_gitlab() {
    insta::assert_snapshot!(hostile(|run| gitlab(run).unwrap()));
}

#[test]
fn hostile_jsonl() {
    insta::assert_snapshot!(hostile(|run| jsonl(run).unwrap()));
}

#[test]
fn hostile_junit() {
    insta::assert_snapshot!(hostile(|run| junit(run).unwrap()));
}

#[test]
fn hostile_rdjson() {
    insta::assert_snapshot!(hostile(|run| rdjson(run).unwrap()));
}

#[test]
fn hostile_sarif() {
    let results = |run: &Run<'_>| {
        let log: serde_json::Value = serde_json::from_str(&sarif(run).unwrap()).unwrap();
        serde_json::to_string_pretty(&log["runs"][0]["results"]).unwrap()
    };
    insta::assert_snapshot!(hostile(results));
}

#[test]
fn concise_is_one_line_a_finding() {
    insta::assert_snapshot!(concise(&Example::new().run()));
}

#[test]
fn json_report() {
    insta::assert_snapshot!(json(&Example::new().run()).unwrap());
}

#[test]
fn sarif_report() {
    insta::assert_snapshot!(sarif(&Example::new().run()).unwrap());
}

#[test]
fn equal_fingerprints_are_counted_apart() {
    let mut example = Example::new();
    example.findings = vec![example.findings[0].clone(); 2];
    let log: serde_json::Value = serde_json::from_str(&sarif(&example.run()).unwrap()).unwrap();
    let hash = |at: usize| {
        log["runs"][0]["results"][at]["partialFingerprints"]["primaryLocationLineHash"].clone()
    };
    assert!(hash(0).as_str().unwrap().ends_with(":1"));
    assert!(hash(1).as_str().unwrap().ends_with(":2"));
}
