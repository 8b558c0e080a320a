//! Decisions and the baseline from outside: what is recorded, hidden, counted and taken out again. A part of `cli.rs`.

use super::{factlint, folder, json};
use std::fs;
use std::path::Path;
use std::process::Output;

const A: &[u8] = b"# A\n\nOf the 120 patients, 30 (20%) had a rash.\n";
const SETTINGS: &[u8] = b"[rules]\nunsupported-figure = \"off\"\nunsupported-claim = \"off\"\n";

fn said(run: &Output) -> String {
    String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr)
}

fn check(folder: &Path, arguments: &[&str], status: i32, expected: &str) {
    let run = factlint(folder, arguments);
    let said = said(&run);
    assert!(said.contains(expected), "{said}");
    assert_eq!(run.status.code(), Some(status), "{said}");
}

fn first_id(folder: &Path) -> String {
    let report = json(folder, &["--format", "json"]);
    let id = report.pointer("/findings/0/fingerprint");
    id.and_then(serde_json::Value::as_str).unwrap().to_owned()
}

#[test]
fn a_decision_hides_a_finding_until_its_value_changes() {
    let folder = folder(&[("a.md", A), ("factlint.toml", SETTINGS)]);
    let path = folder.path();
    check(path, &[], 1, "1 warning in 1 of 1 document");
    let id = first_id(path);
    check(
        path,
        &["ignore", &id[..6], "--reason", "as printed"],
        0,
        &id,
    );
    let file = fs::read_to_string(path.join("factlint-decisions.toml")).unwrap();
    assert!(
        file.contains("reason = \"as printed\"") && file.contains("values = ["),
        "{file}"
    );
    check(path, &[], 0, "Hidden: 1 by decisions");
    check(
        path,
        &["ignore", &id, "--reason", "again"],
        2,
        "there is a decision on",
    );
    check(path, &["decisions", "list"], 0, "as printed\n");
    fs::write(
        path.join("a.md"),
        b"# A\n\nOf the 120 patients, 30 (21%) had a rash.\n",
    )
    .unwrap();
    check(path, &[], 1, "1 warning");
    check(path, &["decisions", "list"], 0, "fits no finding");
    check(
        path,
        &["decisions", "prune"],
        0,
        "1 taken out of factlint-decisions.toml",
    );
    let file = fs::read_to_string(path.join("factlint-decisions.toml")).unwrap();
    assert!(!file.contains("decision"), "{file}");
}

#[test]
fn a_decision_ends_with_its_day() {
    let folder = folder(&[("a.md", A), ("factlint.toml", SETTINGS)]);
    let path = folder.path();
    let id = first_id(path);
    let ignore = [
        "ignore",
        &id,
        "--reason",
        "soon",
        "--until",
        "2027-06-30",
        "--state",
        "will-fix",
    ];
    check(path, &ignore, 0, "percentage-mismatch");
    check(
        path,
        &["--today", "2027-06-30"],
        0,
        "Hidden: 1 by decisions",
    );
    check(path, &["--today", "2027-07-01"], 1, "1 warning");
    check(
        path,
        &["ignore", &id, "--reason", ""],
        2,
        "a value is required",
    );
    check(path, &["ignore", &id], 2, "--reason");
}

#[test]
fn a_baseline_hides_what_was_there_and_nothing_new() {
    let folder = folder(&[("a.md", A), ("factlint.toml", SETTINGS)]);
    let path = folder.path();
    check(
        path,
        &["baseline", "write"],
        0,
        "1 finding in factlint-baseline.json",
    );
    check(path, &[], 0, "Hidden: 1 by the baseline");
    check(path, &["baseline", "show"], 0, "percentage-mismatch");
    // Check 7 of the review of linters, eslint#21226: a fault mended and another made are not the same count.
    fs::write(
        path.join("a.md"),
        b"# A\n\nOf the 120 patients, 40 (20%) had a rash.\n",
    )
    .unwrap();
    check(path, &[], 1, "1 warning");
    check(path, &["baseline", "show"], 0, "no longer found");
    check(path, &["baseline", "prune"], 0, "1 taken out");
}

#[test]
fn what_is_hidden_stays_in_sarif_and_json() {
    let text = "# A\n\nOf the 120 patients, 30 (20%) had a rash. <!-- factlint: ignore[percentage-mismatch] as printed -->\n";
    let folder = folder(&[("a.md", text.as_bytes()), ("factlint.toml", SETTINGS)]);
    let sarif = json(folder.path(), &["--format", "sarif"]);
    let result = &sarif["runs"][0]["results"][0];
    assert_eq!(result["suppressions"][0]["kind"], "inSource");
    assert_eq!(result["suppressions"][0]["justification"], "as printed");
    assert_eq!(
        result["locations"][0]["physicalLocation"]["region"]["startLine"],
        3
    );
    let report = json(folder.path(), &["--format", "json"]);
    assert_eq!(report["suppressed"][0]["by"], "comment");
    assert_eq!(report["findings"].as_array().unwrap().len(), 0);
}

#[test]
fn settings_are_written_once_and_read_back() {
    let folder = folder(&[("a.md", b"# A\n")]);
    check(folder.path(), &["init"], 0, "wrote factlint.toml");
    check(
        folder.path(),
        &["init"],
        2,
        "there is a settings file already",
    );
    check(folder.path(), &["config"], 0, "fail-on = \"warning\"");
    check(folder.path(), &[], 0, "No findings");
}

#[test]
fn a_house_rule_folder_counts_from_the_settings_file() {
    let rule = b"#+ summary: A document\n#+ level: note\n#+ message: a document\nPREFIX fl: <https://w3id.org/factlint/ns#>\n\
        SELECT ?subject WHERE { ?subject a fl:Figure }\n";
    let folder = folder(&[
        (
            "factlint.toml",
            b"rule-folders = [\"house\"]\n[rules]\nany-figure = \"warning\"\n",
        ),
        ("house/any-figure.rq", rule),
        ("docs/a.md", b"# A\n\nWe sold 12 loaves.\n"),
    ]);
    check(
        &folder.path().join("docs"),
        &["--format", "concise"],
        1,
        "docs/a.md:3:9: warning[any-figure]",
    );
}
