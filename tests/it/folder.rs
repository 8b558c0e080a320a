//! Reads files of the package for the tests, and runs the library's stages over them.

use std::path::{Path, PathBuf};
use std::time::Duration;
use std::{env, fs};

use factlint::corpus::{self, Corpus};
use factlint::finding::Finding;
use factlint::graph::Graph;
use factlint::rule::RuleSet;
use factlint::text::{Role, SourceText};

/// Time each rule may take. Long, so that a slow machine changes no result.
const LIMIT: Duration = Duration::from_mins(1);

/// The package's root folder.
pub(crate) fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Every file under a folder of the package, as (path from the root with `/`, path), sorted. Empty where the folder is missing.
pub(crate) fn files(folder: &str) -> Vec<(String, PathBuf)> {
    let mut found = Vec::new();
    collect(&root().join(folder), &mut found);
    let mut named: Vec<(String, PathBuf)> = found
        .into_iter()
        .map(|path| (relative(&path), path))
        .collect();
    named.sort();
    named
}

/// The text of a file of the package.
pub(crate) fn read(path: &str) -> String {
    fs::read_to_string(root().join(path)).unwrap_or_else(|error| panic!("{path}: {error}"))
}

/// The Markdown documents of a folder and the lock file beside them, named by their path inside it.
pub(crate) fn sources(folder: &str) -> Vec<SourceText> {
    let prefix = format!("{folder}/");
    let sources: Vec<SourceText> = files(folder)
        .into_iter()
        .filter(|(name, _)| {
            let is_document = Path::new(name).extension().is_some_and(|e| e == "md");
            is_document || Role::of_path(name.trim_start_matches(&prefix)) == Role::Lock
        })
        .map(|(name, _)| {
            let path = name.trim_start_matches(&prefix);
            SourceText::new(path, read(&name)).with_role(Role::of_path(path))
        })
        .collect();
    assert!(!sources.is_empty(), "{folder} holds no Markdown document");
    sources
}

/// Runs every stage over some documents. Fails where a rule does not run.
pub(crate) fn check(sources: Vec<SourceText>) -> (Corpus, Vec<Finding>) {
    let corpus = corpus::relate(sources.into_iter().map(corpus::extract).collect());
    let graph = Graph::build(&corpus);
    let result = RuleSet::embedded().run(&graph, &corpus, LIMIT);
    assert!(
        result.problems.is_empty(),
        "rules failed: {:#?}",
        result.problems
    );
    (corpus, result.findings)
}

fn relative(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap()
        .to_string_lossy()
        .replace('\\', "/")
}

fn collect(folder: &Path, found: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    for entry in entries {
        let path = entry.unwrap().path();
        if path.is_dir() {
            collect(&path, found);
        } else {
            found.push(path);
        }
    }
}
