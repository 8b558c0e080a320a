//! `--report FORMAT=PATH` from outside: several reports in one run, and what is said where one cannot be written. A part of
//! `cli.rs`.

use super::{factlint, folder};
use std::fs;
use std::path::Path;

const A: &[u8] = b"# A\n\nThe rate was 130% of all patients [3].\n";

/// The files of a folder, apart from those that a test put there.
fn written(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| ![".factlint", "a.md", "docs", "factlint.toml"].contains(&name.as_str()))
        .collect();
    names.sort();
    names
}

/// The run is refused before anything is checked or written.
fn check_refused(reports: &[&str], expected: &str) {
    let folder = folder(&[("a.md", A), ("docs/b.md", A)]);
    let flags: Vec<&str> = reports.iter().flat_map(|one| ["--report", one]).collect();
    let run = factlint(folder.path(), &flags);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains(expected), "{said}");
    assert!(said.contains("help: "), "{said}");
    assert_eq!(run.stdout, b"", "{said}");
    assert_eq!(run.status.code(), Some(2), "{said}");
    assert_eq!(written(folder.path()), Vec::<String>::new());
}

#[test]
fn every_format_is_written_as_it_is_printed() {
    let folder = folder(&[("a.md", A)]);
    let refused = factlint(folder.path(), &["--format", "none-such"]);
    let said = String::from_utf8(refused.stderr).unwrap();
    let (_, list) = said.split_once("[possible values: ").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    for format in list.split(',').map(str::trim) {
        let path = folder.path().join(format!("report.{format}"));
        let flag = format!("--report={format}=report.{format}");
        let run = factlint(folder.path(), &["--format", format, &flag]);
        assert_eq!(run.status.code(), Some(1), "{format}");
        let file = fs::read(&path).unwrap();
        assert_eq!(file, run.stdout, "{format}");
        assert!(!file.is_empty(), "{format}");
    }
}

#[test]
fn several_reports_are_written_in_one_run_beside_what_is_printed() {
    let folder = folder(&[("a.md", A), ("out/old.csv", b"old")]);
    let run = factlint(
        folder.path(),
        &[
            "--report",
            "sarif=out/x.sarif",
            "--report",
            "csv=out/old.csv",
        ],
    );
    let printed = String::from_utf8(run.stdout).unwrap();
    assert!(printed.contains("error[impossible-value]"), "{printed}");
    assert_eq!(written(&folder.path().join("out")), ["old.csv", "x.sarif"]);
    let read = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(read("out/x.sarif").contains("\"version\": \"2.1.0\""));
    assert!(read("out/old.csv").starts_with("path,line,"));
}

#[test]
fn the_variable_and_the_settings_ask_for_reports_too() {
    let settings = b"[reports]\njson = \"s.json\"\ncsv = \"s.csv\"\n";
    let folder = folder(&[("docs/a.md", A), ("factlint.toml", settings)]);
    let run = std::process::Command::new(env!("CARGO_BIN_EXE_factlint"))
        .arg("docs")
        .current_dir(folder.path())
        .env("FACTLINT_REPORT", "junit=e.xml\ncsv=e.csv\n")
        .output()
        .unwrap();
    assert_eq!(run.status.code(), Some(1), "{run:?}");
    assert_eq!(written(folder.path()), ["e.csv", "e.xml", "s.json"]);
}

#[test]
fn an_unknown_format_is_said_before_the_check() {
    check_refused(&["sariff=x"], "no report format is called `sariff`");
    check_refused(&["sariff=x"], "did you mean sarif?");
    check_refused(&["x.sarif"], "write --report FORMAT=PATH");
    check_refused(&["sarif="], "the path is missing");
    let settings = folder(&[
        ("a.md", A),
        ("factlint.toml", b"[reports]\nsariff = \"x\"\n"),
    ]);
    let run = factlint(settings.path(), &[]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(
        said.contains("factlint.toml:2: no report format is called `sariff`"),
        "{said}"
    );
}

#[test]
fn a_path_that_cannot_be_written_is_said_before_the_check() {
    check_refused(
        &["sarif=none/x.sarif"],
        "error: none/x.sarif: cannot be written: no such file",
    );
    check_refused(&["sarif=none/x.sarif"], "make its folder first");
    check_refused(&["sarif=docs"], "error: docs: a folder is there");
    check_refused(&["csv=docs/b.md"], "no report is written over one");
    check_refused(&["csv=a.md/x.csv"], "cannot be written");
    check_refused(&["csv=-"], "print one report with --format");
}

#[test]
fn two_reports_to_one_file_are_said_before_the_check() {
    check_refused(&["sarif=x", "csv=./x"], "two reports would go to one file");
    check_refused(
        &["sarif=x", "csv=docs/../x"],
        "two reports would go to one file",
    );
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_a_device_a_device() {
    let folder = folder(&[("a.md", A), ("real.csv", b"old")]);
    let link = folder.path().join("link.csv");
    std::os::unix::fs::symlink("real.csv", &link).unwrap();
    let run = factlint(
        folder.path(),
        &[
            "--report",
            "csv=link.csv",
            "--report",
            "json=/dev/null",
            "--report",
            "text=/dev/null",
        ],
    );
    assert_eq!(run.status.code(), Some(1), "{run:?}");
    assert!(link.is_symlink());
    assert!(fs::read_to_string(&link).unwrap().starts_with("path,"));
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}
