//! `--changed-since` with real repositories: what stays, what comes first, and what is said where git cannot tell.

use std::ffi::OsStr;
use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::{factlint, folder, json};

/// Two documents that disagree, each about a trial of its own, with ten lines below.
const TABLE: &str = "# Trial\n\n| Study | Treatment arm | Objective response rate (ORR) |\n|---|---|---|\n\
     | Phase 2 (NCT01234567) [1] | Corvatinib + Paclitaxel | 30% |\n\n1\n\n2\n\n3\n\n\
     ## References\n\n1. Corvatinib in gastric cancer. https://doi.org/10.5555/corvatinib.1\n";

fn git(folder: &Path, arguments: &[&str]) -> String {
    let run = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["-c", "user.name=A", "-c", "user.email=a@example.org"])
        .args([
            "-c",
            "init.defaultBranch=main",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(run.status.success(), "git {arguments:?}: {said}");
    String::from_utf8(run.stdout).unwrap()
}

/// A repository with these files in its first commit.
fn repository(files: &[(&str, &str)]) -> TempDir {
    let files: Vec<(&str, &[u8])> = files.iter().map(|(n, t)| (*n, t.as_bytes())).collect();
    let folder = folder(&files);
    git(folder.path(), &["init", "--quiet"]);
    commit(folder.path());
    folder
}

fn commit(folder: &Path) {
    git(folder, &["add", "--all"]);
    git(folder, &["commit", "--quiet", "--message", "x"]);
}

fn write(folder: &Path, name: impl AsRef<OsStr>, text: &str) {
    fs::write(folder.join(Path::new(&name)), text).unwrap();
}

/// `path:line rule` of every finding and its related places, and how many are left out.
fn found(folder: &Path, arguments: &[&str]) -> (Vec<String>, u64) {
    let report = json(folder, &[arguments, &["--format", "json"]].concat());
    let place = |at: &Value| format!("{}:{}", at["path"].as_str().unwrap(), at["startLine"]);
    let shown = report.get("findings").unwrap().as_array().unwrap().iter();
    let shown = shown.map(|finding| {
        let related = finding["related"].as_array().unwrap().iter().map(place);
        let places: Vec<String> = std::iter::once(place(&finding["location"]))
            .chain(related)
            .collect();
        format!("{} {}", finding["rule"].as_str().unwrap(), places.join(" "))
    });
    (
        shown.collect(),
        report
            .get("outsideChanges")
            .and_then(Value::as_u64)
            .unwrap_or(0),
    )
}

fn since(folder: &Path, commit: &str) -> (Vec<String>, u64) {
    found(folder, &["--changed-since", commit])
}

fn other(rate: &str) -> String {
    TABLE.replace("30%", rate)
}

fn check_said(folder: &Path, arguments: &[&str], expected: &str) {
    let run = factlint(folder, arguments);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains(expected) && said.contains("help: "), "{said}");
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert!(run.stdout.is_empty());
}

#[test]
fn committed_staged_and_unstaged_changes_count_and_the_changed_side_comes_first() {
    let repository = repository(&[("a.md", TABLE), ("b.md", TABLE)]);
    let at = repository.path();
    let conflict = |places: &str| (vec![format!("figure-conflict {places}")], 0);
    assert_eq!(since(at, "main"), (Vec::new(), 0));
    git(at, &["checkout", "--quiet", "-b", "topic"]);
    write(at, "b.md", &other("38%"));
    assert_eq!(since(at, "main"), conflict("b.md:5 a.md:5"));
    git(at, &["add", "--all"]);
    assert_eq!(since(at, "main"), conflict("b.md:5 a.md:5"));
    commit(at);
    assert_eq!(since(at, "main"), conflict("b.md:5 a.md:5"));
    assert_eq!(since(at, "HEAD"), (Vec::new(), 1));
    // The first place stays first where both changed.
    write(at, "a.md", &other("31%"));
    assert_eq!(since(at, "main"), conflict("a.md:5 b.md:5"));
}

#[test]
fn a_finding_keeps_its_id_level_and_message() {
    let repository = repository(&[("a.md", TABLE), ("b.md", TABLE)]);
    let at = repository.path();
    write(at, "b.md", &other("38%"));
    let whole = json(at, &["--format", "json"]);
    let part = json(at, &["--format", "json", "--changed-since", "HEAD"]);
    for key in ["fingerprint", "level", "message", "suggestion"] {
        assert_eq!(part["findings"][0][key], whole["findings"][0][key]);
    }
    assert_eq!(
        part["findings"][0]["location"],
        whole["findings"][0]["related"][0]
    );
    assert!(whole.get("outsideChanges").is_none());
    let run = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .env("FACTLINT_CHANGED_SINCE", "HEAD")
        .args(["--format", "json"])
        .current_dir(at)
        .output()
        .unwrap();
    assert_eq!(serde_json::from_slice::<Value>(&run.stdout).unwrap(), part);
}

#[test]
fn what_the_base_got_since_is_no_change_of_the_branch() {
    let repository = repository(&[("a.md", TABLE), ("b.md", TABLE)]);
    let at = repository.path();
    git(at, &["checkout", "--quiet", "-b", "topic"]);
    write(at, "c.md", "# Notes\n");
    commit(at);
    git(at, &["checkout", "--quiet", "main"]);
    write(at, "b.md", &other("38%"));
    commit(at);
    git(at, &["checkout", "--quiet", "topic"]);
    write(at, "b.md", &other("39%"));
    git(at, &["checkout", "--quiet", "b.md"]);
    assert_eq!(since(at, "main"), (Vec::new(), 0));
}

#[test]
fn the_summary_counts_what_is_left_out() {
    let repository = repository(&[("a.md", TABLE), ("b.md", &other("38%"))]);
    let run = factlint(repository.path(), &["--changed-since", "HEAD"]);
    let said = String::from_utf8(run.stdout).unwrap();
    assert!(said.ends_with(". 1 outside the changes\n"), "{said}");
    assert_eq!(run.status.code(), Some(0));
}

#[test]
fn new_files_are_new_throughout_also_untracked_ones() {
    let repository = repository(&[("a.md", TABLE), (".gitignore", "*.log\n")]);
    let at = repository.path();
    fs::create_dir(at.join("new")).unwrap();
    write(at, "new/b.md", &other("38%"));
    assert_eq!(since(at, "HEAD").0, ["figure-conflict new/b.md:5 a.md:5"]);
    git(at, &["init", "--quiet", "new"]);
    assert_eq!(since(at, "HEAD").0, ["figure-conflict new/b.md:5 a.md:5"]);
}

#[test]
fn a_renamed_file_is_new_only_where_its_lines_are() {
    let repository = repository(&[("a.md", TABLE), ("b.md", &other("38%"))]);
    let at = repository.path();
    git(at, &["mv", "b.md", "c.md"]);
    assert_eq!(since(at, "HEAD"), (Vec::new(), 1));
    write(at, "c.md", &other("38%").replace("\n3\n", "\nthree\n"));
    assert_eq!(since(at, "HEAD"), (Vec::new(), 1));
    write(at, "c.md", &other("39%"));
    assert_eq!(since(at, "HEAD").0, ["figure-conflict c.md:5 a.md:5"]);
}

#[cfg(unix)]
#[test]
fn names_of_any_bytes_are_found() {
    use std::os::unix::ffi::OsStrExt;
    let names: [&[u8]; 5] = [
        b"two words.md",
        b"say \"x\".md",
        "caf\u{e9}.md".as_bytes(),
        b"caf\xe9.md",
        b"tab\tand\nline.md",
    ];
    for name in names {
        let repository = repository(&[("a.md", TABLE)]);
        let at = repository.path();
        let name = OsStr::from_bytes(name);
        fs::write(at.join(name), other("30%")).unwrap();
        commit(at);
        fs::write(at.join(name), other("38%")).unwrap();
        let (found, _) = since(at, "HEAD");
        assert_eq!(found.len(), 1, "{}: {found:?}", name.display());
        assert!(found[0].ends_with(" a.md:5"), "{found:?}");
    }
}

#[test]
fn folders_of_a_repository_work_trees_and_settings_of_people_change_nothing() {
    let repository = repository(&[("docs/a.md", TABLE), ("docs/b.md", TABLE)]);
    let at = repository.path();
    for (key, value) in [
        ("diff.noprefix", "true"),
        ("diff.mnemonicPrefix", "true"),
        ("diff.external", "false"),
        ("color.ui", "always"),
        ("diff.context", "9"),
        ("diff.interHunkContext", "9"),
        ("diff.relative", "true"),
    ] {
        git(at, &["config", key, value]);
    }
    write(at, ".gitattributes", "*.md binary\n");
    let tree = tempfile::tempdir().unwrap();
    let tree = tree.path().join("tree");
    git(at, &["worktree", "add", "--quiet", tree.to_str().unwrap()]);
    for folder in [at, tree.as_path()] {
        write(folder, "docs/b.md", &other("38%"));
        let expected = ["figure-conflict b.md:5 a.md:5"];
        assert_eq!(since(&folder.join("docs"), "HEAD").0, expected);
        assert_eq!(
            found(folder, &["docs", "--changed-since", "HEAD"]).0,
            expected
        );
    }
    let hook = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["--format", "json", "--changed-since", "HEAD", "docs"])
        .env("GIT_DIR", ".git")
        .env("GIT_INDEX_FILE", ".git/index")
        .current_dir(at)
        .output()
        .unwrap();
    let report: Value = serde_json::from_slice(&hook.stdout).unwrap();
    assert_eq!(report["findings"].as_array().unwrap().len(), 1);
}

#[test]
fn documents_of_a_submodule_change_with_it() {
    let inner = repository(&[("b.md", TABLE)]);
    let outer = repository(&[("a.md", TABLE)]);
    let at = outer.path();
    git(
        at,
        &[
            "submodule",
            "--quiet",
            "add",
            inner.path().to_str().unwrap(),
            "part",
        ],
    );
    commit(at);
    let inside = at.join("part");
    write(&inside, "b.md", &other("38%"));
    assert_eq!(since(at, "HEAD").0, ["figure-conflict part/b.md:5 a.md:5"]);
    commit(&inside);
    assert_eq!(since(at, "HEAD").0, ["figure-conflict part/b.md:5 a.md:5"]);
    commit(at);
    assert_eq!(since(at, "HEAD"), (Vec::new(), 1));
}

#[test]
fn what_git_cannot_tell_is_said() {
    let plain = folder(&[("a.md", TABLE.as_bytes())]);
    let at = plain.path();
    let args = ["--changed-since", "main"];
    check_said(at, &args, "lies in no git repository");
    git(at, &["init", "--quiet"]);
    check_said(
        at,
        &["--changed-since", "HEAD"],
        "git knows no such commit here",
    );
    commit(at);
    check_said(
        at,
        &["--changed-since", "mian"],
        "--changed-since mian: git knows no such commit here",
    );
    check_said(
        at,
        &["--changed-since=--output=x"],
        "git knows no such commit here",
    );
    assert!(!at.join("x").exists());
    git(at, &["checkout", "--quiet", "--orphan", "other"]);
    check_said(at, &args, "nothing has been committed here yet");
    write(at, "b.md", TABLE);
    commit(at);
    check_said(at, &args, "it has no commit in common with HEAD");
}

#[test]
fn a_shallow_clone_is_told_to_fetch_the_rest() {
    let whole = repository(&[("a.md", TABLE)]);
    write(whole.path(), "a.md", &other("38%"));
    commit(whole.path());
    let part = tempfile::tempdir().unwrap();
    let source = format!("file://{}", whole.path().display());
    git(
        part.path(),
        &["clone", "--quiet", "--depth", "1", &source, "clone"],
    );
    check_said(
        &part.path().join("clone"),
        &["--changed-since", "HEAD~1"],
        "the clone is shallow",
    );
}

#[test]
fn a_machine_without_git_is_told_so() {
    let repository = repository(&[("a.md", TABLE)]);
    let run = Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(["--changed-since", "HEAD"])
        .env("PATH", repository.path())
        .current_dir(repository.path())
        .output()
        .unwrap();
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("git is not installed"), "{said}");
    assert_eq!(run.status.code(), Some(2));
}
