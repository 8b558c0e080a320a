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
        findings: &findings,
        suppressed: &suppressed,
        problems: &problems,
        sources: BTreeMap::from([(path, &source)]),
        ..Run::new(&rules)
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

#[test]
fn a_limit_lists_the_gravest_and_says_what_is_left_out() {
    let mut example = Example::new();
    example.findings[2].level = Level::Error;
    let run = Run {
        limit: Some(1),
        ..example.run()
    };
    let listed = concise(&run);
    let lines: Vec<&str> = listed.lines().collect();
    assert_eq!(lines.len(), 4);
    assert!(
        lines[1].starts_with("overview.md:3:406: error[unsupported-figure]"),
        "{listed}"
    );
    assert_eq!(
        lines[3],
        "Left out: 1 of figure-conflict, 1 of unsupported-figure (--limit-per-rule 1)"
    );
}

#[test]
fn grouped_is_one_line_a_finding_under_its_document() {
    let example = Example::new();
    let options = TextOptions {
        width: 60,
        styled: false,
        summary: false,
    };
    let page = grouped(&example.run(), options);
    let lines: Vec<&str> = page.lines().collect();
    assert_eq!(lines.len(), 9, "{page}");
    assert_eq!(
        (lines[0], lines[4], lines[5]),
        ("overview.md", "", "part one/efficacy.md")
    );
    assert!(
        lines[1].starts_with("  3:219     error   objective"),
        "{page}"
    );
    assert!(lines[1].ends_with("…  figure-conflict"), "{page}");
    assert_eq!(
        lines[6],
        "  5:207     note    two shares [one](two) are…  same-line"
    );
    assert!(lines.iter().all(|line| width(line) <= 60), "{page}");
}

#[test]
fn counts_have_those_with_most_findings_first() {
    let example = Example::new();
    let run = Run {
        below: 3,
        ..example.run()
    };
    let options = TextOptions {
        width: 60,
        styled: false,
        summary: true,
    };
    insta::assert_snapshot!(counts(&run, options), @r#"
     errors warnings   notes  rule
          2        -       -  figure-conflict
          -        2       -  unsupported-figure
          -        -       1  same-line

     errors warnings   notes  document
          1        2       -  overview.md
          1        -       1  part one/efficacy.md

    2 errors, 2 warnings and 1 note in 2 of 41 documents
    Read: 1,204 figures, 1,130 of them cited; 230 references
    Hidden: 3 below the level of --show
    Not checked: 230 sources (factlint sources update), and what
    1 problem prevented
    "#);
}
