//! Whole reports of hand-made findings.

use super::*;
use crate::finding::Location;
use crate::rule::Rule;
use crate::text::Span;

const OVERVIEW: &str = "# Overview\n\nThe trial enrolled people whose tumour had come back at least once, who were treated at \
nine centres with two µg/kg of the drug every third week, and who were followed for a year; the objective response rate (ORR) \
was 30% (17/57; 95 % CI 18–43) as judged by the investigators, which the sponsor called encouraging in a note to its \
shareholders, and most people who answered did so before the second scan. The disease came back after 9.4 months in half of \
them, although this was not confirmed by a second reader.\n";

const EFFICACY: &str = "---\ntitle: Efficacy\n---\n\nIn the first part — with ≥ 3 weeks between doses, as the protocol asks, and \
with 250 mg as the highest dose that was given to anyone at all — the objective response rate was 38% in the expanded cohort, \
and 41% of the people were alive after two years, 41% in the other group as well, as the table of the appendix shows in more \
detail than can be given here.\n\n応答率は三十八パーセントで、奏効期間の中央値は 9.4 か月だった。この結果は先に報告された値より高く、さらに多くの患者で確かめる必要があると著者らは述べている。全生存期間は 14.2 か月だった。\n";

fn place(source: &SourceText, text: &str, label: &str) -> Location {
    let start = source.text().find(text).unwrap();
    Location {
        path: source.path().to_owned(),
        span: Span::new(start, start + text.len()),
        label: label.to_owned(),
    }
}

fn finding(rule: &str, level: Level, message: &str, places: Vec<Location>) -> Finding {
    let mut places = places.into_iter();
    Finding {
        rule: rule.to_owned(),
        level,
        message: message.to_owned(),
        location: places.next().unwrap(),
        related: places.collect(),
        suggestion: None,
        cause: None,
        fingerprint: format!(
            "{:016x}",
            0xb3f0_c2a9_u64 + u64::try_from(message.len()).unwrap()
        ),
    }
}

fn rules() -> RuleSet {
    let rule = |id: &str, level, family: &str, summary: &str| Rule {
        id: id.to_owned(),
        family: family.to_owned(),
        summary: summary.to_owned(),
        level,
        precision: "high".to_owned(),
        since: "0.1.0".to_owned(),
        strict: false,
        message: String::new(),
        path: format!("{family}/{id}.rq"),
        query: String::new(),
        page: format!("# {id}\n\n{summary}, which a reader\ncannot settle.\n\n## Bad\n\n## Good\n"),
    };
    RuleSet {
        rules: vec![
            rule(
                "dead-link",
                Level::Warning,
                "sources",
                "A link leads nowhere",
            ),
            rule(
                "figure-conflict",
                Level::Error,
                "figures",
                "One figure has two values",
            ),
            rule(
                "unsupported-figure",
                Level::Warning,
                "support",
                "A figure has no reference",
            ),
        ],
    }
}

struct Example {
    sources: [SourceText; 2],
    findings: Vec<Finding>,
    problems: Vec<Problem>,
    rules: RuleSet,
}

impl Example {
    fn new() -> Self {
        let efficacy = SourceText::new("part one/efficacy.md", EFFICACY);
        let overview = SourceText::new("overview.md", OVERVIEW);
        let conflict = Finding {
            suggestion: Some(
                "say which cohort each rate belongs to, or correct one of them".to_owned(),
            ),
            ..finding(
                "figure-conflict",
                Level::Error,
                "objective response rate, first part is 30% here but 38% (expanded cohort) in part one/efficacy.md; both are \
                 the same study, since both name the same drug and no other study of it has a first part",
                vec![
                    place(&overview, "30%", "30%, 17/57 = 29.8%"),
                    place(&efficacy, "38%", "38%, expanded cohort"),
                ],
            )
        };
        let mut findings = vec![conflict];
        for text in [
            "9.4 months",
            "The disease came back after 9.4 months in half of them, although this was not confirmed by a second reader.",
        ] {
            let mut unsupported = finding(
                "unsupported-figure",
                Level::Warning,
                &format!("\"{text}\" has no reference"),
                vec![place(&overview, text, "no mark covers it")],
            );
            unsupported.cause = Some("this document has no references".to_owned());
            findings.push(unsupported);
        }
        findings.push(finding(
            "same-line",
            Level::Note,
            "two shares [one](two) are equal",
            vec![
                place(&efficacy, "41%", "41% of the people"),
                place(&efficacy, "in the other group", "the other group"),
            ],
        ));
        findings.push(finding(
            "figure-conflict",
            Level::Error,
            "奏効期間の中央値 is 9.4 か月 here",
            vec![
                place(&efficacy, "9.4 か月", "九点四"),
                place(&efficacy, "14.2 か月", "全生存期間"),
            ],
        ));
        Self {
            sources: [efficacy, overview],
            findings,
            problems: vec![Problem {
                path: "old notes.md".to_owned(),
                line: Some(3),
                message: "not UTF-8 text: byte 17 is not valid".to_owned(),
                help: "save the file as UTF-8, or leave it out".to_owned(),
            }],
            rules: rules(),
        }
    }

    fn run(&self) -> Run<'_> {
        Run {
            findings: &self.findings,
            problems: &self.problems,
            rules: &self.rules,
            statistics: Statistics {
                documents: 41,
                words: 31_000,
                figures: 1_204,
                claims: 900,
                citations: 410,
                references: 230,
            },
            sources: self.sources.iter().map(|s| (s.path(), s)).collect(),
            readings: BTreeMap::new(),
            paths: "",
        }
    }

    fn text(&self, width: usize) -> String {
        text(
            &self.run(),
            TextOptions {
                width,
                styled: false,
                summary: true,
            },
        )
    }
}

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
fn a_clean_run_says_what_was_read() {
    let mut example = Example::new();
    example.findings.clear();
    example.problems.clear();
    assert_eq!(
        example.text(100),
        "No findings in 41 documents (1,204 figures, 230 references)\n"
    );
}

#[test]
fn a_finding_in_an_unknown_document_is_still_said() {
    let mut example = Example::new();
    example.findings.truncate(1);
    let mut run = example.run();
    run.sources = BTreeMap::new();
    let options = TextOptions {
        width: 80,
        styled: false,
        summary: false,
    };
    assert!(text(&run, options).contains("--> overview.md"));
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
    let rules = rules();
    let run = Run {
        findings: &findings,
        problems: &[],
        rules: &rules,
        statistics: Statistics::default(),
        sources: BTreeMap::from([("a.md", &source)]),
        readings: BTreeMap::new(),
        paths: "",
    };
    let shown = text(
        &run,
        TextOptions {
            width: 80,
            styled: false,
            summary: false,
        },
    );
    assert_eq!(shown.matches("^^^ rate").count(), 50);
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
    let rules = rules();
    let run = Run {
        findings: &findings,
        problems: &[],
        rules: &rules,
        statistics: Statistics::default(),
        sources: BTreeMap::from([("a.md", &source)]),
        readings: BTreeMap::new(),
        paths: "",
    };
    let options = TextOptions {
        width: 80,
        styled: false,
        summary: false,
    };
    insta::assert_snapshot!(text(&run, options), @r"
    error[percentage-mismatch]: 10 of 40 is 25%, not 30%
     --> a.md:1:18
      |
    1 | Of 40 people 10 (30%) answered, and nobody else did so later.
      |    ---------     ^^^ 25% expected
      |    |
      |    the whole
      |
      = help: factlint explain percentage-mismatch
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
    let rules = rules();
    let run = Run {
        findings: &findings,
        problems: &[],
        rules: &rules,
        statistics: Statistics::default(),
        sources: BTreeMap::from([("a.md", &source)]),
        readings: BTreeMap::new(),
        paths: "",
    };
    let options = TextOptions {
        width: 80,
        styled: false,
        summary: false,
    };
    assert!(text(&run, options).contains("| "), "the excerpt is there");
    assert!(!text(&run, options).contains("^^^^ is at most 1"));
}
