//! What is kept between runs: every command gives the same bytes whatever state it is in (check 5 of the review of linters), and
//! reads only what changed (check 6).

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::{folder, program};

const TEXT: &str = "# Rates\n\nThe response rate was 130%. In one group it was 38% [4].\n\nOf the 120 patients, 30 (20%) \
                    had a rash.\n\n## References\n\n1. A title. https://example.org/a\n";
const CACHE: &str = ".factlint/cache";

/// A project of three documents.
fn project() -> tempfile::TempDir {
    let text = TEXT.as_bytes();
    program::folder(&[
        ("factlint.toml", b""),
        ("a.md", text),
        ("b.md", text),
        ("c.md", text),
    ])
}

/// The report, and what a run says on standard error.
fn run(folder: &Path, arguments: &[&str]) -> (String, String) {
    let run = program::factlint(
        folder,
        &[&["check", "--format", "json"], arguments].concat(),
    );
    assert_eq!(run.status.code(), Some(1));
    let [report, said] = [run.stdout, run.stderr].map(|text| String::from_utf8(text).unwrap());
    (report, said)
}

/// How many documents a run reads anew.
fn extracted(folder: &Path, arguments: &[&str]) -> String {
    let (_, said) = run(folder, &[&["--timings"], arguments].concat());
    said.lines().next().unwrap().to_owned()
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder.join(CACHE)).unwrap();
    let paths = entries.map(|entry| entry.unwrap().path());
    paths
        .filter(|path| path.file_name().unwrap().len() == 64)
        .collect()
}

/// What is done to a file or a folder of the cache.
type Damage = fn(&Path);

/// What happens to entries.
const DAMAGES: [(&str, Damage); 5] = [
    ("cut short", |entry| {
        let bytes = fs::read(entry).unwrap();
        fs::write(entry, bytes.get(..bytes.len() / 2).unwrap()).unwrap();
    }),
    ("empty", |entry| fs::write(entry, "").unwrap()),
    ("flipped", |entry| {
        let mut bytes = fs::read(entry).unwrap();
        let middle = bytes.len() / 2;
        *bytes.get_mut(middle).unwrap() ^= 4;
        fs::write(entry, bytes).unwrap();
    }),
    ("of another document", |entry| {
        let mut others = entries(entry.ancestors().nth(3).unwrap());
        others.sort();
        let bytes = fs::read(others.first().unwrap()).unwrap();
        fs::write(entry, [bytes.as_slice(), b"x"].concat()).unwrap();
    }),
    ("gone", |entry| fs::remove_file(entry).unwrap()),
];

#[test]
fn check_6_a_second_run_reads_only_the_document_that_changed() {
    let made = project();
    let at = made.path();
    assert_eq!(extracted(at, &[]), "extracted 3 of 3 files");
    assert_eq!(extracted(at, &[]), "extracted 0 of 3 files");
    fs::write(at.join("b.md"), TEXT.replace("130%", "140%")).unwrap();
    assert_eq!(extracted(at, &[]), "extracted 1 of 3 files");
    assert_eq!(extracted(at, &["--no-cache"]), "extracted 3 of 3 files");
    assert_eq!(
        extracted(at, &["--decimal-comma"]),
        "extracted 3 of 3 files"
    );
    let terms = "[terms]\n\"Objective response rate\" = [\"tumour answer rate\"]\n";
    fs::write(at.join("factlint.toml"), terms).unwrap();
    assert_eq!(extracted(at, &[]), "extracted 3 of 3 files");
    assert_eq!(extracted(at, &[]), "extracted 0 of 3 files");
}

#[test]
fn check_5_a_damaged_cache_changes_no_byte_and_is_mended() {
    let made = project();
    let at = made.path();
    let (expected, _) = run(at, &["--no-cache"]);
    assert_eq!(run(at, &[]), (expected.clone(), String::new()));
    for (damage, apply) in DAMAGES {
        let found = entries(at);
        assert_eq!(found.len(), 3, "{damage}");
        for entry in &found {
            apply(entry);
        }
        assert_eq!(extracted(at, &[]), "extracted 3 of 3 files", "{damage}");
        let again = run(at, &[]);
        assert_eq!(again, (expected.clone(), String::new()), "{damage}");
        assert_eq!(extracted(at, &[]), "extracted 0 of 3 files", "{damage}");
    }
}

#[test]
fn check_5_a_cache_that_cannot_be_written_changes_no_byte_and_is_said_once() {
    let states: [(&str, Damage); 4] = [
        ("a file where the folder belongs", |at| {
            fs::create_dir(at.join(".factlint")).unwrap();
            fs::write(at.join(CACHE), "x").unwrap();
        }),
        ("a file where the folder above belongs", |at| {
            fs::write(at.join(".factlint"), "x").unwrap();
        }),
        ("a folder of somebody else", |at| {
            fs::create_dir_all(at.join(CACHE)).unwrap();
            fs::write(at.join(CACHE).join("notes.txt"), "x").unwrap();
        }),
        ("folders where entries belong", |at| {
            assert_eq!(extracted(at, &[]), "extracted 3 of 3 files");
            for entry in entries(at) {
                fs::remove_file(&entry).unwrap();
                fs::create_dir_all(entry.join("x")).unwrap();
            }
        }),
    ];
    for (state, apply) in states {
        let made = project();
        let at = made.path();
        let (expected, _) = run(at, &["--no-cache"]);
        apply(at);
        let (report, said) = run(at, &[]);
        assert_eq!(report, expected, "{state}");
        assert_eq!(said.matches("warning: ").count(), 1, "{state}: {said}");
        assert!(said.contains("help: "), "{state}: {said}");
        assert!(
            !at.join(CACHE).join("notes.txt").is_file()
                || !at.join(CACHE).join(".gitignore").exists()
        );
    }
}

#[test]
fn check_5_the_example_documents_give_equal_json_without_with_a_new_and_with_a_full_cache() {
    let cache = tempfile::tempdir().unwrap();
    let cache = cache.path().to_str().unwrap();
    for collection in ["trial", "company", "software"] {
        let path = format!("documents/{collection}/defects");
        let with = |arguments: &[&str]| {
            let all = [&["--format", "json", &path], arguments].concat();
            program::printed(&folder::root(), &all)
        };
        let without = with(&["--no-cache"]);
        assert!(without.len() > 1_000, "{path}");
        assert!(without == with(&["--cache-dir", cache]), "{path}: new");
        assert!(without == with(&["--cache-dir", cache]), "{path}: full");
    }
}

#[test]
fn check_5_runs_side_by_side_give_equal_bytes() {
    let made = project();
    let (expected, _) = run(made.path(), &["--no-cache"]);
    let started: Vec<_> = (0..4)
        .map(|_| {
            Command::new(env!("CARGO_BIN_EXE_factlint"))
                .args(["--format", "json"])
                .current_dir(made.path())
                .stdout(std::process::Stdio::piped())
                .stderr(std::process::Stdio::piped())
                .spawn()
                .unwrap()
        })
        .collect();
    for run in started {
        let run = run.wait_with_output().unwrap();
        assert_eq!(String::from_utf8(run.stdout).unwrap(), expected);
        assert_eq!(String::from_utf8(run.stderr).unwrap(), "");
    }
    assert_eq!(extracted(made.path(), &[]), "extracted 0 of 3 files");
}

#[test]
fn check_5_what_documents_are_asked_has_equal_bytes_with_a_new_a_full_and_a_damaged_cache() {
    let query = "SELECT ?s ?p ?o { ?s ?p ?o } ORDER BY ?s ?p ?o";
    let mut commands: Vec<Vec<&str>> =
        vec![vec!["export"], vec!["query", query, "--format", "csv"]];
    for what in ["figures", "claims", "references", "sentences"] {
        commands.push(vec!["extract", what, "--format", "jsonl"]);
    }
    for command in commands {
        let made = project();
        let at = made.path();
        let ask = |arguments: &[&str]| {
            let run = program::factlint(at, &[command.as_slice(), arguments].concat());
            assert_eq!(String::from_utf8(run.stderr).unwrap(), "", "{command:?}");
            String::from_utf8(run.stdout).unwrap()
        };
        let expected = ask(&["--no-cache"]);
        assert!(!expected.is_empty() && !at.join(CACHE).exists());
        assert_eq!(ask(&[]), expected, "{command:?}: new");
        assert_eq!(extracted(at, &[]), "extracted 0 of 3 files", "{command:?}");
        assert_eq!(ask(&[]), expected, "{command:?}: full");
        for (damage, apply) in DAMAGES {
            for entry in entries(at) {
                apply(&entry);
            }
            assert_eq!(ask(&[]), expected, "{command:?}: {damage}");
            assert_eq!(extracted(at, &[]), "extracted 0 of 3 files", "{damage}");
        }
    }
}

#[test]
fn without_settings_nothing_is_written() {
    let made = program::folder(&[("a.md", TEXT.as_bytes())]);
    run(made.path(), &[]);
    assert_eq!(fs::read_dir(made.path()).unwrap().count(), 1);
    assert_eq!(
        extracted(made.path(), &["--cache-dir", "kept"]),
        "extracted 1 of 1 files"
    );
    assert_eq!(
        extracted(made.path(), &["--cache-dir", "kept"]),
        "extracted 0 of 1 files"
    );
}

#[test]
fn clean_removes_what_was_written_and_nothing_else() {
    let made = project();
    let at = made.path();
    run(at, &[]);
    let cache = at.join(CACHE);
    assert!(cache.join(".gitignore").is_file() && cache.join("CACHEDIR.TAG").is_file());
    let clean = |arguments: &[&str]| {
        let run = program::factlint(at, &[&["clean"], arguments].concat());
        assert!(run.status.success());
        String::from_utf8(run.stderr).unwrap()
    };
    assert_eq!(clean(&[]), "removed 3 entries of .factlint/cache\n");
    assert!(!at.join(".factlint").exists());
    assert_eq!(clean(&[]), "removed 0 entries of .factlint/cache\n");
    clean(&["--cache-dir", "."]);
    assert!(at.join("a.md").is_file() && at.join("factlint.toml").is_file());
}
