//! How many errors of arithmetic would be found: one at a time is planted in documents of one's own.
//!
//! Sums, shares, intervals, directions and test statistics are looked for with patterns of this bench's own (`planted/`), never
//! with the program's reading, or it would only measure what the program sees anyway. Only what is right as printed is changed. Each
//! document is checked by itself, once as it is and once for each error. An error counts as found where one of their rules
//! says of its line what it did not say before.
//!
//! `cargo bench --bench planted -- FOLDER ...` prints found and planted for each class, in two halves of the documents told apart
//! by a hash of their text. `--look` and `--score` take one half only. `--misses` prints what was missed, or of one class with
//! `--misses=TOTAL`, and always of the half to look at only: the other is for the score. Nothing is asserted, and nothing is timed.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    clippy::disallowed_macros,
    clippy::indexing_slicing,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a benchmark reads the folders it is given, prints figures, and stops where it is wrong"
)]

#[path = "planted/compared.rs"]
mod compared;
#[path = "planted/limited.rs"]
mod limited;
#[path = "planted/share.rs"]
mod share;
#[path = "planted/slip.rs"]
mod slip;
#[path = "planted/total.rs"]
mod total;

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::{env, fs};

use factlint::check::{Options, check};
use factlint::finding::Finding;
use factlint::rule::RuleSet;
use factlint::text::SourceText;
use rayon::prelude::*;
use slip::{Slip, seed};

/// Most errors of one class in one document, so that no long table decides a figure.
const MOST_OF_CLASS: usize = 6;
/// Longest document, in bytes: longer ones are data.
const LONGEST: usize = 600_000;
const ENDINGS: [&str; 4] = ["md", "markdown", "Rmd", "qmd"];

/// Found and planted of the half to look at and of the half for the score.
type Score = [[usize; 2]; 2];

fn main() {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let flag = |name: &str| arguments.iter().any(|argument| argument == name);
    let missed = arguments.iter().find_map(|argument| {
        let class = argument.strip_prefix("--misses")?;
        Some(class.trim_start_matches('=').to_owned())
    });
    let mut rules = RuleSet::embedded();
    rules
        .rules
        .retain(|rule| slip::RULES.contains(&rule.id.as_str()));
    let mut texts = BTreeSet::new();
    let folders = arguments
        .iter()
        .filter(|argument| !argument.starts_with("--"));
    for folder in folders {
        read(Path::new(folder), &mut texts);
    }
    if texts.is_empty() {
        println!("name folders of Markdown: cargo bench --bench planted -- FOLDER ...");
    }
    let skipped = [flag("--score"), flag("--look")];
    let halves = |text: &String| !skipped[half(text)];
    let texts: Vec<&String> = texts.iter().filter(|text| halves(text)).collect();
    let results: Vec<(usize, Vec<(Slip, bool)>)> = texts
        .par_iter()
        .map(|text| (half(text), tried(text, &rules)))
        .collect();
    let mut scores: BTreeMap<(&str, &str), Score> = BTreeMap::new();
    for ((half, tried), text) in results.iter().zip(&texts) {
        for (slip, found) in tried {
            let score = scores.entry((slip.rule, slip.class)).or_default();
            score[*half][0] += usize::from(*found);
            score[*half][1] += 1;
            let wanted = missed
                .as_ref()
                .is_some_and(|class| slip.class.starts_with(class));
            if !found && *half == 0 && wanted {
                println!("{}: {}", slip.class, slip.shown(text));
            }
        }
    }
    println!("{:<22} {:<28} look        score", "rule", "class");
    for ((rule, class), [look, score]) in scores {
        let shown = |[found, all]: [usize; 2]| format!("{found} of {all}");
        println!(
            "{rule:<22} {class:<28} {:<11} {}",
            shown(look),
            shown(score)
        );
    }
}

/// 0: the half to look at; 1: the half for the score.
fn half(text: &str) -> usize {
    usize::from(seed(text) % 2 == 1)
}

/// Reads the Markdown under a folder; the same text counts once.
fn read(folder: &Path, texts: &mut BTreeSet<String>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path())
        .collect();
    paths.sort();
    for path in paths {
        let is_markdown = path
            .extension()
            .is_some_and(|extension| ENDINGS.iter().any(|ending| extension == *ending));
        if path.is_dir() {
            read(&path, texts);
        } else if is_markdown && let Ok(text) = fs::read_to_string(&path) {
            texts.extend((text.len() <= LONGEST).then_some(text));
        }
    }
}

/// Each error that can be planted in a text, with whether it is found.
fn tried(text: &str, rules: &RuleSet) -> Vec<(Slip, bool)> {
    let slips = slip::sample(text, MOST_OF_CLASS);
    if slips.is_empty() {
        return Vec::new();
    }
    let before = findings(text.to_owned(), rules);
    let known: BTreeSet<(&str, &str)> = before.iter().map(said).collect();
    slips
        .into_par_iter()
        .map(|slip| {
            let planted = slip.planted(text);
            let line = slip.line(&planted);
            let found = findings(planted, rules).iter().any(|finding| {
                let places = finding.related.iter().chain([&finding.location]);
                let mut spans = places.map(|place| place.span);
                !known.contains(&said(finding))
                    && spans.any(|span| span.start < line.end && line.start < span.end)
            });
            (slip, found)
        })
        .collect()
}

fn findings(text: String, rules: &RuleSet) -> Vec<Finding> {
    let source = SourceText::new("a.md", text);
    check(vec![source], &Options::new(rules)).findings
}

fn said(finding: &Finding) -> (&str, &str) {
    (&finding.rule, &finding.message)
}
