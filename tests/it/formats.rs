//! Reports that other programs read, held against the published schemas of their formats and read back, with text that tries
//! to get out of them.

use std::fs;

use quick_xml::events::Event;
use quick_xml::{Reader, XmlVersion};
use serde_json::Value;

use crate::{folder, program};

/// Names and words that end a string, a command, a cell or a section of something.
const HOSTILE: &str = "# \"]]>\" %41 ::error::\u{1b}[31m\n\nThe <![CDATA[share]]> was 130% in '=1+1' \u{1f600} trials & \"Lind\", \
                       100%% ::warning::x.\n\nThe rate, ]]>,,\u{7} of the group | `x` was 150% of patients [3](x).\n";

fn hostile(format: &str) -> String {
    let folder = program::folder(&[("=1+1, a::b.md", HOSTILE.as_bytes()), ("bad.md", b"\xff")]);
    let printed = program::printed(folder.path(), &["--format", format]);
    assert!(printed.contains("impossible-value"), "{printed}");
    printed
}

/// The attributes of all elements with a name.
fn attributes(xml: &str, element: &str) -> Vec<Vec<(String, String)>> {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut found = Vec::new();
    loop {
        let event = reader.read_event().unwrap();
        if matches!(event, Event::Eof) {
            return found;
        }
        let (Event::Start(start) | Event::Empty(start)) = event else {
            continue;
        };
        if start.name().as_ref() == element.as_bytes() {
            let attributes = start.attributes().map(|attribute| {
                let attribute = attribute.unwrap();
                let key = String::from_utf8(attribute.key.as_ref().to_vec()).unwrap();
                let value = attribute.normalized_value(XmlVersion::Explicit1_0).unwrap();
                (key, value.into_owned())
            });
            found.push(attributes.collect());
        }
    }
}

#[test]
fn checkstyle_is_well_formed() {
    let xml = hostile("checkstyle");
    let files = attributes(&xml, "file");
    assert_eq!(files[0][0].1, "=1+1, a::b.md");
    let errors = attributes(&xml, "error");
    assert!(errors.len() >= 2);
    for error in errors {
        let names: Vec<&str> = error.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names, ["line", "column", "severity", "message", "source"]);
    }
}

#[test]
fn junit_is_well_formed_and_counts_what_failed() {
    let xml = hostile("junit");
    let of = |element: &str, name: &str| {
        let all = attributes(&xml, element);
        let (_, value) = all[0].iter().find(|(key, _)| key == name).unwrap();
        value.clone()
    };
    let failures = attributes(&xml, "failure").len();
    assert!(failures >= 2, "{xml}");
    assert_eq!(of("testsuites", "failures"), failures.to_string());
    assert_eq!(of("testsuites", "errors"), "1", "the file that is no text");
}

#[test]
fn rdjson_fits_its_schema_and_counts_columns_in_bytes() {
    let schema = serde_json::from_str(&folder::read("tests/schemas/rdjson.json")).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    assert!(!validator.is_valid(&serde_json::json!({"diagnostics": [{"message": 1}]})));
    let report: Value = serde_json::from_str(&hostile("rdjson")).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(&report)
        .map(|error| format!("{error}"))
        .collect();
    assert!(errors.is_empty(), "{errors:#?}");
    let text = "# A\n\nThe \u{b5} rate was 130% of all patients [3].\n";
    let folder = program::folder(&[("a.md", text.as_bytes())]);
    let printed = program::printed(folder.path(), &["--format", "rdjson"]);
    let report: Value = serde_json::from_str(&printed).unwrap();
    let diagnostics = report["diagnostics"].as_array().unwrap();
    let ours = diagnostics
        .iter()
        .find(|one| one["code"]["value"] == "impossible-value");
    let start = &ours.unwrap()["location"]["range"]["start"];
    let line = text.lines().nth(2).unwrap();
    assert_eq!(start["column"], line.find("130%").unwrap() + 1);
}

#[test]
fn gitlab_issues_have_what_gitlab_asks_for() {
    let issues: Value = serde_json::from_str(&hostile("gitlab")).unwrap();
    let mut ids = std::collections::BTreeSet::new();
    for issue in issues.as_array().unwrap() {
        assert!(
            issue["description"].is_string() && issue["check_name"].is_string(),
            "{issue}"
        );
        assert!(["info", "minor", "major"].contains(&issue["severity"].as_str().unwrap()));
        assert_eq!(issue["location"]["path"], "=1+1, a::b.md");
        assert!(issue["location"]["lines"]["begin"].as_u64().unwrap() >= 1);
        assert!(
            ids.insert(issue["fingerprint"].as_str().unwrap().to_owned()),
            "{issue}"
        );
    }
}

#[test]
fn csv_has_the_same_columns_in_every_row_and_no_formula() {
    let mut reader = csv::ReaderBuilder::new()
        .flexible(false)
        .from_reader(std::io::Cursor::new(hostile("csv")));
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert!(rows.len() >= 2);
    for row in &rows {
        assert_eq!(&row[0], "'=1+1, a::b.md");
        assert!(
            row.iter()
                .all(|cell| !cell.starts_with(['=', '+', '-', '@'])),
            "{row:?}"
        );
    }
}

#[test]
fn every_line_of_jsonl_says_what_it_is() {
    let lines = hostile("jsonl");
    let kinds: Vec<String> = lines
        .lines()
        .map(|line| {
            serde_json::from_str::<Value>(line).unwrap()["type"]
                .as_str()
                .unwrap()
                .to_owned()
        })
        .collect();
    for kind in ["finding", "problem", "statistics"] {
        assert!(kinds.iter().any(|one| one == kind), "{kinds:?}");
    }
}

#[test]
fn annotations_are_one_command_a_finding() {
    let commands = hostile("github");
    for line in commands.lines() {
        let (head, _) = line[2..].split_once("::").unwrap();
        assert!(
            line.starts_with("::") && head.contains(" file==1+1%2C a%3A%3Ab.md,line="),
            "{line}"
        );
        assert!(!line.contains('\r'), "{line}");
    }
    assert!(commands.contains("::150%25 cannot be"), "{commands}");
}

#[test]
fn annotations_are_as_many_as_a_step_shows_and_the_summary_has_all() {
    let text = (0..14)
        .map(|n| format!("The rate of group {n} was 1{n}5% of all patients [3].\n\n"))
        .collect::<Vec<_>>()
        .concat();
    let folder = program::folder(&[("a.md", text.as_bytes()), ("summary.txt", b"before\n")]);
    let summary = folder.path().join("summary.txt");
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["--format", "github", "a.md"])
        .current_dir(folder.path())
        .env("GITHUB_STEP_SUMMARY", &summary)
        .output()
        .unwrap();
    let printed = String::from_utf8(run.stdout).unwrap();
    let of_kind = |kind: &str| printed.matches(&format!("::{kind} file=")).count();
    assert!(
        of_kind("error") <= 10 && of_kind("warning") <= 10 && of_kind("notice") <= 10,
        "{printed}"
    );
    assert!(printed.contains("more than a step can show"), "{printed}");
    let written = fs::read_to_string(&summary).unwrap();
    assert!(written.starts_with("before\n### factlint\n"), "{written}");
    assert!(
        written.matches("| impossible-value |").count() >= 12,
        "{written}"
    );
}
