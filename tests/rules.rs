//! Every rule's page is a test: what its `## Bad` documents mark with carets is found, no more and no less, and its
//! `## Good` documents are clean. Read through the whole pipeline.

use factlint::check::{Options, check};
use factlint::finding::Finding;
use factlint::rule::{RuleSet, test_page};
use factlint::text::SourceText;

fn run(documents: Vec<SourceText>) -> Vec<Finding> {
    let rules = RuleSet::embedded_strict();
    let outcome = check(documents, &Options::new(&rules));
    assert_eq!(outcome.problems, [], "rules must run");
    outcome.findings
}

#[test]
fn check_11_every_rule_has_a_page() {
    let rules = RuleSet::embedded_strict().rules;
    let missing: Vec<&str> = rules
        .iter()
        .filter(|rule| rule.page.is_empty())
        .map(|rule| rule.id.as_str())
        .collect();
    assert_eq!(missing, Vec::<&str>::new());
}

/// One error text for all pages.
#[test]
fn check_11_pages_find_what_they_mark() {
    let mut report = String::new();
    for rule in RuleSet::embedded_strict()
        .rules
        .iter()
        .filter(|rule| !rule.page.is_empty())
    {
        if let Err(errors) = test_page(rule, &rule.page, run) {
            report.extend(["\n", &rule.id, ":\n  ", &errors.join("\n  ")]);
        }
    }
    assert!(report.is_empty(), "{report}");
}

/// With `--changed-since` a related place may be shown first: a message must be true from each of its places.
#[test]
fn messages_about_two_places_name_both() {
    let wrong: Vec<String> = RuleSet::embedded_strict()
        .rules
        .into_iter()
        .filter(|rule| rule.query.contains("?related"))
        .filter(|rule| {
            let said = |line: &str| {
                let is_label = line.contains("?label)") || line.contains("?relatedLabel)");
                let words = || line.split(|c: char| !c.is_alphanumeric());
                let is_told = line.contains("message:") || line.contains("BIND");
                is_told && !is_label && words().any(|word| word == "here" || word == "there")
            };
            rule.query.lines().any(said)
        })
        .map(|rule| rule.id)
        .collect();
    assert!(wrong.is_empty(), "name the places in full: {wrong:?}");
}
