//! The example documents: every planted error is found, nothing else is reported, and the clean versions pass.

use std::collections::BTreeMap;

use factlint::corpus::Corpus;
use factlint::finding::{Finding, Level, Location};

use crate::folder;

const COLLECTIONS: [&str; 4] = ["trial", "company", "software", "library"];

/// One row of `documents/expected.tsv`.
#[derive(Clone, Debug)]
pub(crate) struct Expected {
    /// Folder under `documents/`.
    pub(crate) collection: String,
    /// File in the folder's `defects/`.
    pub(crate) file: String,
    /// Line, from 1.
    line: usize,
    rule: String,
    /// Right, but nobody misses it.
    optional: bool,
}

/// The rows of `documents/expected.tsv`.
pub(crate) fn expected() -> Vec<Expected> {
    folder::read("documents/expected.tsv")
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
        .map(|line| {
            let columns: Vec<&str> = line.split('\t').collect();
            let (collection, file, number, rule, optional) = match columns.as_slice() {
                [collection, file, number, rule] => (collection, file, number, rule, false),
                [collection, file, number, rule, "may"] => (collection, file, number, rule, true),
                _ => panic!("documents/expected.tsv: not four columns (or a fifth `may`): {line}"),
            };
            Expected {
                collection: (*collection).to_owned(),
                file: (*file).to_owned(),
                line: number.parse().unwrap(),
                rule: (*rule).to_owned(),
                optional,
            }
        })
        .collect()
}

#[test]
fn every_planted_error_is_found() {
    let mut missed = Vec::new();
    for (collection, places) in checked("defects") {
        for row in rows(&collection).filter(|row| !row.optional) {
            if !places.iter().any(|finding| row.covers(finding)) {
                missed.push(format!(
                    "documents/{collection}/defects/{}:{} {}",
                    row.file, row.line, row.rule
                ));
            }
        }
    }
    assert!(
        missed.is_empty(),
        "planted errors that no finding reports (mend the stage or rule that misses them; \
         never take a row out to make this pass):\n{}",
        missed.join("\n")
    );
}

#[test]
fn the_defective_versions_have_no_other_finding() {
    let mut unlisted = Vec::new();
    for (collection, places) in checked("defects") {
        for finding in places.iter().filter(|finding| finding.level != Level::Note) {
            if !rows(&collection).any(|row| row.covers(finding)) {
                unlisted.push(format!("documents/{collection}/defects/{finding}"));
            }
        }
    }
    assert!(
        unlisted.is_empty(),
        "errors and warnings without a row in documents/expected.tsv (mend the rule that accuses \
         wrongly, or add a row where an editor would agree):\n{}",
        unlisted.join("\n")
    );
}

#[test]
fn the_clean_versions_have_no_finding() {
    let mut findings = Vec::new();
    for (collection, places) in checked("clean") {
        findings.extend(
            places
                .iter()
                .map(|finding| format!("documents/{collection}/clean/{finding}")),
        );
    }
    assert!(
        findings.is_empty(),
        "findings in documents without a defect (mend the rule or the stage that misread them):\n{}",
        findings.join("\n")
    );
}

/// A finding with the lines of its places.
struct Placed {
    rule: String,
    level: Level,
    message: String,
    /// File, first line and last line; the finding's own place first.
    places: Vec<(String, usize, usize)>,
}

impl std::fmt::Display for Placed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if let Some((file, line, _)) = self.places.first() {
            write!(f, "{file}:{line} ")?;
        }
        write!(f, "{} ({:?}): {}", self.rule, self.level, self.message)
    }
}

impl Expected {
    fn covers(&self, finding: &Placed) -> bool {
        finding.rule == self.rule
            && finding.places.iter().any(|(file, first, last)| {
                *file == self.file && (*first..=*last).contains(&self.line)
            })
    }
}

fn rows(collection: &str) -> impl Iterator<Item = Expected> {
    expected()
        .into_iter()
        .filter(move |row| row.collection == collection)
}

fn checked(version: &str) -> BTreeMap<String, Vec<Placed>> {
    COLLECTIONS
        .iter()
        .map(|collection| {
            let sources = folder::sources(&format!("documents/{collection}/{version}"));
            let (corpus, findings) = folder::check(sources);
            let placed = findings
                .iter()
                .map(|finding| place(&corpus, finding))
                .collect();
            ((*collection).to_owned(), placed)
        })
        .collect()
}

fn place(corpus: &Corpus, finding: &Finding) -> Placed {
    Placed {
        rule: finding.rule.clone(),
        level: finding.level,
        message: finding.message.clone(),
        places: std::iter::once(&finding.location)
            .chain(&finding.related)
            .map(|location| lines(corpus, location))
            .collect(),
    }
}

fn lines(corpus: &Corpus, location: &Location) -> (String, usize, usize) {
    let found = corpus.reading_of(&location.path);
    let source = found.map_or_else(
        || panic!("a finding in {}, which was not given", location.path),
        |(_, extraction)| &extraction.document.source,
    );
    let last = location.span.end.saturating_sub(1).max(location.span.start);
    (
        location.path.clone(),
        source.line(location.span.start),
        source.line(last),
    )
}
