//! SARIF as code hosts take it: valid, with ids that tell two findings of one paragraph apart, and never too long for them
//! (check 4 of the review of linters).

use std::collections::{BTreeMap, BTreeSet};

use factlint::finding::{Finding, Level, Location};
use factlint::report::{Run, Statistics, sarif};
use factlint::rule::RuleSet;
use factlint::text::{SourceText, Span};
use serde_json::Value;

use crate::{folder, program};

fn assert_valid(log: &Value, what: &str) {
    let schema = serde_json::from_str(&folder::read("tests/schemas/sarif-2.1.0.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(log)
        .map(|error| format!("{}: {error}", error.instance_path()))
        .collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

fn log(files: &[(&str, &[u8])], arguments: &[&str]) -> Value {
    let folder = program::folder(files);
    let arguments = [&["--format", "sarif"], arguments].concat();
    serde_json::from_str(&program::printed(folder.path(), &arguments)).unwrap()
}

fn results(log: &Value) -> &Vec<Value> {
    log.pointer("/runs/0/results").unwrap().as_array().unwrap()
}

fn ids(log: &Value) -> Vec<String> {
    let id = |result: &Value| {
        let id = result.pointer("/partialFingerprints/primaryLocationLineHash");
        id.unwrap().as_str().unwrap().to_owned()
    };
    results(log).iter().map(id).collect()
}

#[test]
fn check_4_the_schema_refuses_what_is_no_sarif() {
    let schema = serde_json::from_str(&folder::read("tests/schemas/sarif-2.1.0.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"version": "2.1.0", "runs": [{}]})));
}

#[test]
fn check_4_reports_on_the_example_documents_are_valid() {
    for collection in ["trial", "company", "software"] {
        for kind in ["defects", "clean"] {
            let path = format!("documents/{collection}/{kind}");
            let text = program::printed(&folder::root(), &["--format", "sarif", &path]);
            let log = serde_json::from_str(&text).unwrap();
            assert_valid(&log, &path);
            assert_eq!(results(&log).is_empty(), kind == "clean", "{path}");
        }
    }
}

#[test]
fn check_4_reports_on_hostile_text_and_unreadable_files_are_valid() {
    let text = "# \"]]>\" %41 ::error::\u{1b}[31m\n\nThe [share](0) \\[rose\\](1) \u{202e}was 130% in <b>\u{1f600}</b> trials, \
                says ]]> & \"Lind\" 100%%.\r\nThe rate was 150% of all \u{7f} patients [3](x).\n";
    let log = log(
        &[
            ("a b/%41 #[x](1).md", text.as_bytes()),
            ("bad.md", b"one\n\xff"),
        ],
        &[],
    );
    assert_valid(&log, "hostile text");
    assert!(!results(&log).is_empty());
    let uri = results(&log)[0].pointer("/locations/0/physicalLocation/artifactLocation/uri");
    assert_eq!(uri.unwrap(), "a%20b/%2541%20%23%5Bx%5D%281%29.md");
    let notes = log.pointer("/runs/0/invocations/0/toolExecutionNotifications");
    assert_eq!(notes.unwrap().as_array().unwrap().len(), 1);
}

#[test]
fn check_4_hidden_findings_stay_with_their_reason() {
    let text = "# A\n\n<!-- factlint: ignore[percentage-mismatch] as printed -->\nOf the 120 patients, 30 (20%) had a rash [1].\n";
    let log = log(&[("a.md", text.as_bytes())], &[]);
    assert_valid(&log, "hidden findings");
    let hidden = results(&log)
        .iter()
        .find(|result| result["ruleId"] == "percentage-mismatch")
        .unwrap();
    assert_eq!(
        hidden["suppressions"],
        serde_json::json!([{"kind": "inSource", "status": "accepted", "justification": "as printed"}])
    );
}

#[test]
fn check_4_two_findings_of_one_paragraph_differ_and_a_changed_value_changes_the_id() {
    let text = |share: &str| {
        format!(
            "# A\n\nIn all, 30 of 120 patients (20%) had a rash, and 50 of 200 children ({share}) had a fever [1].\n"
        )
    };
    let of_shares = |share: &str| {
        let log = log(&[("a.md", text(share).as_bytes())], &[]);
        let shares = results(&log).iter().zip(ids(&log));
        let shares = shares.filter(|(result, _)| result["ruleId"] == "percentage-mismatch");
        shares.map(|(_, id)| id).collect::<Vec<_>>()
    };
    let before = of_shares("35%");
    assert_eq!(before.len(), 2, "{before:?}");
    assert_ne!(before[0], before[1]);
    let after = of_shares("36%");
    assert_eq!(after.len(), 2, "{after:?}");
    assert_ne!(before[1], after[1]);
}

#[test]
fn check_4_places_are_whole_and_links_lead_to_places() {
    let text = program::printed(
        &folder::root(),
        &["--format", "sarif", "documents/trial/defects"],
    );
    let log: Value = serde_json::from_str(&text).unwrap();
    let mut linked = 0;
    for result in results(&log) {
        let region = result
            .pointer("/locations/0/physicalLocation/region")
            .unwrap();
        for edge in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(region[edge].as_u64().unwrap() >= 1, "{result}");
        }
        let message = result["message"]["text"].as_str().unwrap();
        for place in result["relatedLocations"].as_array().into_iter().flatten() {
            assert!(
                message.contains(&format!("]({})", place["id"])),
                "{message}"
            );
            linked += 1;
        }
    }
    assert!(linked > 0);
    for rule in log
        .pointer("/runs/0/tool/driver/rules")
        .unwrap()
        .as_array()
        .unwrap()
    {
        for description in ["shortDescription", "fullDescription"] {
            let length = rule[description]["text"].as_str().unwrap().chars().count();
            assert!((1..=1024).contains(&length), "{}: {length}", rule["id"]);
        }
        assert!(!rule["help"]["markdown"].as_str().unwrap().is_empty());
        for property in ["problem.severity", "precision"] {
            assert!(rule["properties"][property].is_string());
        }
        assert!((1..=10).contains(&rule["properties"]["tags"].as_array().unwrap().len()));
    }
}

#[test]
fn check_4_paths_count_from_the_root_of_the_repository() {
    let text = b"# A\n\nThe rate was 130% of all patients [3].\n";
    let folder = program::folder(&[("docs/part one/a.md", text), (".git/HEAD", b"x")]);
    let checked = folder.path().join("docs/part one");
    for (from, path) in [
        (folder.path(), "docs/part one"),
        (folder.path(), "docs"),
        (checked.as_path(), "."),
    ] {
        let printed = program::printed(from, &["--format", "sarif", path]);
        let log: Value = serde_json::from_str(&printed).unwrap();
        let uri = results(&log)[0].pointer("/locations/0/physicalLocation/artifactLocation/uri");
        assert_eq!(uri.unwrap(), "docs/part%20one/a.md");
    }
}

/// Findings by turns of each level, the last ones errors.
fn many(count: usize) -> Vec<Finding> {
    let finding = |at: usize| Finding {
        rule: "impossible-value".to_owned(),
        level: match at % 10 {
            9 => Level::Error,
            8 => Level::Warning,
            _ => Level::Note,
        },
        message: format!("finding {at}"),
        location: Location {
            path: "a.md".to_owned(),
            span: Span::new(at, at + 1),
            label: String::new(),
        },
        related: Vec::new(),
        suggestion: None,
        cause: None,
        fingerprint: format!("{at:016x}"),
    };
    (0..count).map(finding).collect()
}

fn log_of(findings: &[Finding]) -> Value {
    let source = SourceText::new("a.md", "x".repeat(findings.len() + 1));
    let rules = RuleSet::embedded();
    let run = Run {
        outside_changes: None,
        findings,
        suppressed: &[],
        problems: &[],
        rules: &rules,
        statistics: Statistics::default(),
        sources: BTreeMap::from([("a.md", &source)]),
        readings: BTreeMap::new(),
        paths: "",
    };
    serde_json::from_str(&sarif(&run).unwrap()).unwrap()
}

#[test]
fn check_4_of_30_000_findings_the_5_000_most_severe_are_kept_and_it_is_said() {
    let log = log_of(&many(30_000));
    assert_valid(&log, "30,000 findings");
    let kept = results(&log);
    assert_eq!(kept.len(), 5_000);
    let of = |level: &str| {
        kept.iter()
            .filter(|result| result["level"] == level)
            .count()
    };
    assert_eq!((of("error"), of("warning"), of("note")), (3_000, 2_000, 0));
    let lines: Vec<u64> = kept
        .iter()
        .map(|one| {
            one.pointer("/locations/0/physicalLocation/region/startColumn")
                .unwrap()
        })
        .map(|column| column.as_u64().unwrap())
        .collect();
    assert!(lines.is_sorted(), "the order of the documents is kept");
    let notices = log
        .pointer("/runs/0/invocations/0/toolExecutionNotifications")
        .unwrap();
    let said = notices[0]["message"]["text"].as_str().unwrap();
    assert!(said.contains("5,000 most severe of 30,000"), "{said}");
    let unique: BTreeSet<String> = ids(&log).into_iter().collect();
    assert_eq!(unique.len(), 5_000);
}

#[test]
fn check_4_25_000_findings_are_all_kept() {
    assert_eq!(results(&log_of(&many(25_000))).len(), 25_000);
}
