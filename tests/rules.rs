//! Every rule's page is a test: what its `## Bad` documents mark with carets is found, no more and no less, and its
//! `## Good` documents are clean. Read through the whole pipeline.
#![expect(clippy::panic, reason = "a failed test panics")]

use std::time::Duration;

use factlint::corpus;
use factlint::finding::Finding;
use factlint::graph::Graph;
use factlint::rule::{RuleSet, test_page};
use factlint::text::SourceText;

fn run(documents: Vec<SourceText>) -> Vec<Finding> {
    let corpus = corpus::relate(documents.into_iter().map(corpus::extract).collect());
    let graph = Graph::build(&corpus).unwrap_or_else(|error| panic!("{error}"));
    let result = RuleSet::embedded().run(&graph, &corpus, Duration::from_secs(60));
    assert_eq!(result.problems, [], "rules must run");
    result.findings
}

/// One error text for all pages; a page that a rule does not have yet is left out here and named by `tests/it`.
#[test]
fn pages_find_what_they_mark() {
    let mut report = String::new();
    for rule in RuleSet::embedded()
        .rules
        .iter()
        .filter(|rule| !rule.page.is_empty())
    {
        if let Err(errors) = test_page(rule, &rule.page, run) {
            report.push_str(&format!("\n{}:\n  {}", rule.id, errors.join("\n  ")));
        }
    }
    assert!(report.is_empty(), "{report}");
}
