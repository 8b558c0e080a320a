//! Which documents a check is about, from outside: paths in a project, standard input, lists of files. A part of `cli.rs`.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use super::{factlint, folder};

const A: &[u8] =
    b"# A\n\n| Study | Arm | ORR |\n|---|---|---|\n| Phase 2 HEATHER (NCT09911223) | Velostatinib | 31% |\n";
const B: &[u8] =
    b"# B\n\n| Study | Arm | ORR |\n|---|---|---|\n| Phase 2 HEATHER (NCT09911223) | Velostatinib | 36% |\n";
/// A share that its own counts contradict.
const C: &[u8] = b"# C\n\nA rash was seen in 34 of 170 patients (25%).\n";
const SETTINGS: &[u8] = b"[rules]\nunsupported-figure = \"off\"\n";

fn rules(run: &Output) -> Vec<String> {
    let said = String::from_utf8_lossy(&run.stdout);
    said.lines()
        .map(|line| {
            let (place, rest) = line.split_once(':').unwrap();
            let rule = rest.split(['[', ']']).nth(1).unwrap_or_default();
            format!("{place} {rule}")
        })
        .collect()
}

fn check(folder: &Path, arguments: &[&str], expected: &[&str]) {
    let run = factlint(folder, &[arguments, &["--format", "concise"]].concat());
    assert_eq!(
        rules(&run),
        expected,
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    assert_eq!(run.status.code(), Some(i32::from(!expected.is_empty())));
}

fn with_stdin(folder: &Path, arguments: &[&str], stdin: &[u8]) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(arguments)
        .args(["--format", "concise"])
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(stdin).unwrap();
    child.wait_with_output().unwrap()
}

#[test]
fn in_a_project_a_file_is_held_against_all_documents() {
    let folder = folder(&[
        ("a.md", A),
        ("docs/b.md", B),
        ("c.md", C),
        ("factlint.toml", SETTINGS),
    ]);
    let (root, docs) = (folder.path(), folder.path().join("docs"));
    let conflict = "a.md figure-conflict";
    check(root, &["a.md"], &[conflict]);
    check(root, &["docs"], &[conflict]);
    check(root, &["c.md"], &["c.md percentage-mismatch"]);
    check(root, &[], &[conflict, "c.md percentage-mismatch"]);
    check(&docs, &[], &[conflict]);
    check(
        root,
        &["a.md", "docs", "--isolated", "--show", "error"],
        &[conflict],
    );
    let errors = ["--show", "error", "--fail-on", "error"];
    check(
        root,
        &[&["docs", "--isolated"], errors.as_slice()].concat(),
        &[],
    );
}

#[test]
fn without_a_project_the_files_named_are_all_there_is() {
    let folder = folder(&[("a.md", A), ("b.md", B)]);
    check(
        folder.path(),
        &["a.md", "--show", "error", "--fail-on", "error"],
        &[],
    );
}

#[test]
fn the_summary_says_what_a_file_was_held_against() {
    let folder = folder(&[
        ("a.md", A),
        ("docs/b.md", B),
        ("c.md", C),
        ("factlint.toml", SETTINGS),
    ]);
    let run = factlint(folder.path(), &["docs"]);
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(
        said.contains("\n1 error in 1 document, held against all 3 of the project\n"),
        "{said}"
    );
}

#[test]
fn a_text_on_standard_input_stands_for_its_file() {
    let folder = folder(&[("a.md", A), ("b.md", B), ("factlint.toml", SETTINGS)]);
    let named = ["-", "--stdin-filename", "b.md"];
    let run = with_stdin(folder.path(), &named, A);
    assert_eq!(rules(&run), Vec::<String>::new());
    let run = with_stdin(folder.path(), &named, &[B, C].concat());
    assert_eq!(
        rules(&run),
        ["a.md figure-conflict", "b.md percentage-mismatch"]
    );
    let new = ["-", "--stdin-filename", "docs/new.md"];
    let run = with_stdin(folder.path(), &new, C);
    assert_eq!(rules(&run), ["docs/new.md percentage-mismatch"]);
}

#[test]
fn a_text_without_a_name_is_checked_too() {
    let folder = folder(&[]);
    let run = with_stdin(folder.path(), &["-", "--show", "error"], C);
    assert_eq!(rules(&run), ["stdin percentage-mismatch"]);
}

#[test]
fn a_list_of_files_is_checked() {
    let folder = folder(&[
        ("a.md", A),
        ("b c.md", B),
        ("c.md", C),
        ("list", b"b c.md\r\na.md\n"),
    ]);
    let only_errors = ["--show", "error"];
    let run = with_stdin(
        folder.path(),
        &[&["--files-from", "-"], only_errors.as_slice()].concat(),
        b"a.md\0b c.md\0",
    );
    assert_eq!(rules(&run), ["a.md figure-conflict"]);
    check(
        folder.path(),
        &[&["--files-from", "list"], only_errors.as_slice()].concat(),
        &["a.md figure-conflict"],
    );
}

#[test]
fn an_empty_list_is_not_the_current_folder() {
    let folder = folder(&[("c.md", C)]);
    let run = with_stdin(folder.path(), &["--files-from", "-"], b"\n");
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(
        said.contains("error: -: this list names no file\n  help: "),
        "{said}"
    );
    assert_eq!(run.status.code(), Some(2));
}
