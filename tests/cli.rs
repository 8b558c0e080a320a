//! The program from outside: arguments, files good and bad, output, exit status.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    clippy::disallowed_methods,
    reason = "a test stops at the first surprise"
)]

mod changed;
mod decisions;
mod packaging;
mod reports;
mod selection;
mod watching;

use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

#[test]
fn command_lines() {
    trycmd::TestCases::new()
        // The folders of the cases are part of the repository.
        .env("FACTLINT_NO_CACHE", "true")
        .case("tests/cli/*.trycmd")
        .case("tests/cli/*.toml")
        .case("README.md");
}

fn factlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("NO_COLOR")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }
    folder
}

fn check_bad(files: &[(&str, &[u8])], arguments: &[&str], expected: &str) {
    let folder = folder(files);
    let run = factlint(folder.path(), arguments);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("help: "), "{said}");
    assert_eq!(run.status.code(), Some(2), "{said}");
}

fn json(folder: &Path, arguments: &[&str]) -> Value {
    serde_json::from_slice(&factlint(folder, arguments).stdout).unwrap()
}

#[test]
fn a_folder_without_documents_is_said() {
    check_bad(&[("a.txt", b"x")], &[], "error: .: no Markdown file found");
}

#[test]
fn a_project_that_excludes_all_its_documents_is_said() {
    check_bad(
        &[("a.md", b"x"), ("factlint.toml", b"exclude = [\"*.md\"]\n")],
        &[],
        "error: factlint.toml: every document found is excluded",
    );
}

#[test]
fn the_word_help_is_no_path() {
    let folder = folder(&[]);
    let run = factlint(folder.path(), &["help", "check"]);
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(said.contains("Usage: factlint check"), "{said}");
    assert_eq!(run.status.code(), Some(0));
}

#[test]
fn completions_and_manual_pages_name_the_flags() {
    let folder = folder(&[]);
    for arguments in [
        ["completions", "bash"],
        ["completions", "zsh"],
        ["man", "check"],
    ] {
        let run = factlint(folder.path(), &arguments);
        let said = String::from_utf8(run.stdout).unwrap().replace("\\-", "-");
        assert!(said.contains("--limit-per-rule"), "{arguments:?}");
        assert_eq!(run.status.code(), Some(0));
    }
    check_bad(&[], &["man", "chekc"], "did you mean check?");
}

#[test]
fn counts_stand_in_place_of_the_findings() {
    let wrong = b"# A\n\nA rash was seen in 34 of 170 patients (25%).\n";
    let folder = folder(&[("a.md", wrong)]);
    let run = factlint(folder.path(), &["--statistics", "--show", "error"]);
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(
        said.contains("      1        -       -  percentage-mismatch\n"),
        "{said}"
    );
    assert!(said.contains("      1        -       -  a.md\n"), "{said}");
}

#[test]
fn paths_are_links_where_that_is_asked_for() {
    let wrong = b"# A\n\nA rash was seen in 34 of 170 patients (25%).\n";
    let folder = folder(&[("a b.md", wrong)]);
    for format in ["text", "concise", "grouped"] {
        let arguments = [
            "--hyperlinks",
            "always",
            "--color",
            "never",
            "--format",
            format,
        ];
        let run = factlint(folder.path(), &arguments);
        let said = String::from_utf8(run.stdout).unwrap();
        assert!(said.contains("/a%20b.md\u{1b}\\a b.md"), "{said:?}");
        let below = folder.path().join("..");
        let name = folder.path().file_name().unwrap().to_str().unwrap();
        let run = factlint(&below, &[&[name], arguments.as_slice()].concat());
        let said = String::from_utf8(run.stdout).unwrap();
        assert!(
            said.contains(&format!("/{name}/a%20b.md\u{1b}\\a b.md")),
            "{said:?}"
        );
        let plain = factlint(folder.path(), &["--format", format]).stdout;
        assert!(!plain.contains(&0x1b));
    }
}

#[test]
fn a_missing_path_is_said_and_the_rest_is_checked() {
    let folder = folder(&[("a.md", b"# A\n")]);
    let run = factlint(folder.path(), &["a.md", "b.md", "--format", "json"]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(
        said.contains("error: b.md: cannot be read: no such file"),
        "{said}"
    );
    assert_eq!(run.status.code(), Some(2));
    let report: Value = serde_json::from_slice(&run.stdout).unwrap();
    assert_eq!(report["statistics"]["documents"], 1);
    assert_eq!(report["problems"][0]["path"], "b.md");
}

#[test]
fn a_mistyped_command_is_recognised() {
    check_bad(
        &[],
        &["exlpain"],
        "for the command, write: factlint explain",
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leads_nowhere_is_said() {
    let folder = folder(&[("a.md", b"x")]);
    std::os::unix::fs::symlink("missing.md", folder.path().join("b.md")).unwrap();
    let run = factlint(folder.path(), &[]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("error: b.md: cannot be read"), "{said}");
    assert_eq!(run.status.code(), Some(2));
}

#[cfg(unix)]
#[test]
fn an_unreadable_file_is_said() {
    use std::os::unix::fs::PermissionsExt;
    let folder = folder(&[("a.md", b"x"), ("b.md", b"y")]);
    let path = folder.path().join("a.md");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o0)).unwrap();
    if fs::read(&path).is_ok() {
        return; // A superuser reads everything.
    }
    let run = factlint(folder.path(), &[]);
    assert!(
        String::from_utf8(run.stderr)
            .unwrap()
            .contains("error: a.md: cannot be read: permission denied")
    );
    assert_eq!(run.status.code(), Some(2));
}

#[test]
fn a_folder_named_like_a_document_is_a_folder() {
    let folder = folder(&[("x.md/inner.md", b"# A\n")]);
    assert_eq!(
        json(folder.path(), &["--format", "json"])["statistics"]["documents"],
        1
    );
    assert_eq!(
        json(folder.path(), &["x.md", "--format", "json"])["statistics"]["documents"],
        1
    );
}

#[cfg(unix)]
#[test]
fn a_folder_that_links_to_itself_does_not_loop() {
    let folder = folder(&[("a.md", b"# A\n"), ("sub/b.md", b"# B\n")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/again")).unwrap();
    std::os::unix::fs::symlink("a.md", folder.path().join("copy.md")).unwrap();
    let report = json(folder.path(), &["--format", "json"]);
    assert_eq!(report["statistics"]["documents"], 2);
    assert_eq!(report["problems"], Value::Array(Vec::new()));
}

#[test]
fn ignored_and_hidden_files_are_left_out_unless_named() {
    let folder = folder(&[
        (".gitignore", b"draft.md\n"),
        ("a.md", b"# A\n"),
        ("draft.md", b"# B\n"),
        (".hidden/c.md", b"# C\n"),
    ]);
    let count =
        |arguments: &[&str]| json(folder.path(), arguments)["statistics"]["documents"].clone();
    assert_eq!(count(&["--format", "json"]), 1);
    assert_eq!(count(&["--format", "json", "draft.md"]), 1);
    assert_eq!(count(&["--format", "json", ".", "draft.md", "a.md"]), 2);
}

#[test]
fn all_markdown_extensions_are_read() {
    let names = [
        "a.md",
        "b.markdown",
        "c.mdown",
        "d.qmd",
        "e.Rmd",
        "f.mdx",
        "g.MD",
    ];
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (*name, b"# A\n".as_slice()))
        .collect();
    let folder = folder(&files);
    assert_eq!(
        json(folder.path(), &["--format", "json"])["statistics"]["documents"],
        7
    );
}

#[test]
fn a_broken_rule_is_said_and_the_documents_are_checked() {
    check_bad(
        &[
            ("a.md", b"# A\n"),
            (
                "rules/broken.rq",
                b"#+ summary: x\nSELEKT ?subject WHERE {}\n",
            ),
        ],
        &["a.md", "--rules", "rules"],
        "rules/broken.rq",
    );
}

#[test]
fn a_folder_of_rules_that_is_missing_is_said() {
    check_bad(
        &[("a.md", b"# A\n")],
        &["a.md", "--rules", "none"],
        "error: none: cannot be read",
    );
}

#[test]
fn a_query_that_is_no_sparql_names_the_line() {
    check_bad(
        &[("a.md", b"# A\n")],
        &["query", "SELECT *\nWHRE { ?s ?p ?o }"],
        "error: query:2: not SPARQL 1.1",
    );
}

#[test]
fn an_unknown_rule_is_said() {
    check_bad(&[], &["explain", "figure-conflictt"], "no rule has this id");
}

#[test]
fn an_unknown_query_is_said() {
    check_bad(
        &[("a.md", b"# A\n")],
        &["query", "@nothing"],
        "no saved query and no file of this name",
    );
}

#[test]
fn every_saved_query_runs() {
    let folder = folder(&[("a.md", b"# A\n")]);
    let listed = factlint(folder.path(), &["query"]);
    let names: Vec<String> = String::from_utf8(listed.stdout)
        .unwrap()
        .lines()
        .filter_map(|line| line.trim().split(' ').next().map(str::to_owned))
        .filter(|name| name.starts_with('@'))
        .collect();
    assert!(!names.is_empty());
    for name in names {
        let run = factlint(folder.path(), &["query", &name]);
        assert_eq!(run.status.code(), Some(0), "{name}: {run:?}");
    }
}

#[test]
fn a_query_runs_from_a_file_over_named_documents() {
    let folder = folder(&[("a.md", b"# A\n"), ("q.rq", b"ASK {}")]);
    let run = factlint(folder.path(), &["query", "@q.rq", "--documents", "a.md"]);
    assert_eq!(String::from_utf8(run.stdout).unwrap(), "true\n");
    let run = factlint(folder.path(), &["query", "ASK {}", "a.md"]);
    assert_eq!(String::from_utf8(run.stdout).unwrap(), "true\n");
    assert_eq!(run.status.code(), Some(0));
}

#[test]
fn sarif_lists_every_rule_and_stays_relative() {
    let folder = folder(&[
        (
            "part one/a b.md",
            b"# Rates\n\nThe response rate was 130% in all [3].\n",
        ),
        ("bad.md", b"\xff"),
    ]);
    let path = folder.path().to_string_lossy().into_owned();
    let log = json(
        Path::new("/"),
        &[
            "check",
            &path,
            "--strict",
            "--format",
            "sarif",
            "--no-cache",
        ],
    );
    let listed = factlint(folder.path(), &["rules", "list"]);
    let run = &log["runs"][0];
    assert_eq!(log["version"], "2.1.0");
    assert!(
        log["$schema"]
            .as_str()
            .unwrap()
            .contains("sarif-schema-2.1.0")
    );
    assert_eq!(run["columnKind"], "unicodeCodePoints");
    assert_eq!(run["tool"]["driver"]["name"], "factlint");
    let rules = run["tool"]["driver"]["rules"].as_array().unwrap();
    let header_line = 1;
    assert_eq!(
        rules.len(),
        String::from_utf8(listed.stdout).unwrap().lines().count() - header_line
    );
    for rule in rules {
        for field in ["shortDescription", "fullDescription", "help"] {
            assert!(!rule[field]["text"].as_str().unwrap().is_empty(), "{rule}");
        }
        assert!(rule["defaultConfiguration"]["level"].is_string());
    }
    assert_eq!(run["invocations"][0]["executionSuccessful"], false);
    for result in run["results"].as_array().unwrap() {
        let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
        assert_eq!(rules[index]["id"], result["ruleId"]);
        let place = &result["locations"][0]["physicalLocation"];
        assert_eq!(place["artifactLocation"]["uri"], "part%20one/a%20b.md");
        assert_eq!(place["artifactLocation"]["uriBaseId"], "SRCROOT");
        for edge in ["startLine", "startColumn", "endLine", "endColumn"] {
            assert!(place["region"][edge].as_u64().unwrap() >= 1);
        }
        assert!(result["partialFingerprints"]["primaryLocationLineHash"].is_string());
    }
}

#[test]
fn extracted_text_is_what_stands_at_its_bytes() {
    let text = "# Ünïcode\n\nThe résponse rate was ≥ 38% in 17 of 57 people [1].\n\n## References\n\n1. Smith J. A title. 2020.\n";
    let folder = folder(&[("sub/a.md", text.as_bytes())]);
    for what in ["figures", "claims", "citations", "references", "sentences"] {
        let run = factlint(
            folder.path(),
            &["extract", what, "sub", "--format", "jsonl"],
        );
        assert_eq!(run.status.code(), Some(0));
        for line in String::from_utf8(run.stdout).unwrap().lines() {
            let record: Value = serde_json::from_str(line).unwrap();
            assert_eq!(record["document"], "a.md");
            let edge = |name: &str| usize::try_from(record[name].as_u64().unwrap()).unwrap();
            assert_eq!(record["text"], text[edge("start")..edge("end")]);
        }
    }
}

#[test]
fn a_reader_that_closes_the_pipe_is_no_error() {
    let text = "The rate was 38%. ".repeat(20_000);
    let folder = folder(&[("a.md", text.as_bytes())]);
    let mut run = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["export", "--format", "nquads"])
        .current_dir(folder.path())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(run.stdout.take());
    let mut said = String::new();
    run.stderr
        .take()
        .unwrap()
        .read_to_string(&mut said)
        .unwrap();
    assert_eq!(run.wait().unwrap().code(), Some(0), "{said}");
    assert_eq!(said, "");
}

/// Where the system lets us, the run has no network at all; elsewhere it must say the same.
#[test]
fn check_1_the_first_run_in_any_folder_needs_no_settings_and_no_network() {
    let text = b"# Survey\n\nOf the 120 patients, 30 (20%) had pain [1].\n\n## References\n\n1. Pain. https://doi.org/10.5555/1\n";
    let folder = folder(&[("notes/a.md", text)]);
    let program = env!("CARGO_BIN_EXE_factlint");
    let alone = ["--net", "--map-root-user"];
    let can_be_alone = Command::new("unshare")
        .args(alone)
        .arg("true")
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success());
    let mut run = if can_be_alone {
        let mut run = Command::new("unshare");
        run.args(alone).arg(program);
        run
    } else {
        Command::new(program)
    };
    let run = run
        .env_clear()
        .env("PATH", std::env::var_os("PATH").unwrap_or_default())
        .current_dir(folder.path())
        .output()
        .unwrap();
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(
        said.contains("percentage-mismatch") && said.contains("notes/a.md:3"),
        "{said}"
    );
    assert_eq!(
        run.status.code(),
        Some(1),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
}
