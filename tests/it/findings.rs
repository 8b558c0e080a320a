//! Each rule on small corpora: what it finds, what it leaves alone.
#![expect(clippy::unwrap_used, reason = "a failed test panics")]

use factlint::citation::Reference;
use factlint::claim::MentionKind;
use factlint::corpus::{Attribution, Basis, Corpus, Duplicate, Entity, Verdict};
use factlint::finding::Level;

use super::builder::{Doc, article, corpus, doc, findings};

/// Asserts what a rule says: (level, path:line of the location, part of the message).
fn check(corpus: &Corpus, rule: &str, expected: &[(Level, &str, &str)]) {
    let found = findings(corpus, rule);
    let shown: Vec<String> = found
        .iter()
        .map(|f| format!("{:?} {} {}", f.level, at(corpus, &f.location), f.message))
        .collect();
    assert_eq!(found.len(), expected.len(), "{rule}: {shown:#?}");
    for (finding, (level, place, message)) in found.iter().zip(expected) {
        assert_eq!(finding.level, *level, "{shown:#?}");
        assert_eq!(at(corpus, &finding.location), *place, "{shown:#?}");
        assert!(
            finding.message.contains(message),
            "{message:?} in {shown:#?}"
        );
        assert_eq!(finding.fingerprint.len(), 16);
    }
}

fn at(corpus: &Corpus, location: &factlint::finding::Location) -> String {
    let source = &corpus
        .extractions
        .iter()
        .find(|e| e.document.source.path() == location.path)
        .unwrap()
        .document
        .source;
    format!("{}:{}", location.path, source.line(location.span.start))
}

fn rate(path: &str, value: &str, scope: &str) -> Doc {
    doc(path)
        .paragraph(&format!("In Phase 1 a rate of {value} was seen."))
        .figure(value, "orr/s/a", scope)
        .study("Phase 1", Basis::Registry)
}

#[test]
fn different_values_of_one_key_and_scope_conflict() {
    let c = corpus(vec![
        rate("a.md", "30%", ""),
        rate("b.md", "38%", ""),
        rate("c.md", "30.2%", ""),
    ]);
    check(
        &c,
        "figure-conflict",
        &[(
            Level::Error,
            "a.md:1",
            "Objective response rate, orr/s/a is 30% in a.md line 1 (study called \"Phase 1\") and 30.2% in c.md line 1 (study called \"Phase 1\") but 38% in b.md line 1",
        )],
    );
    let finding = &findings(&c, "figure-conflict")[0];
    assert_eq!(finding.related.len(), 2);
    assert_eq!(finding.related[0].label, "38%");
    assert!(
        finding
            .message
            .contains("taken as one study by registry id"),
        "{}",
        finding.message
    );
}

#[test]
fn values_that_round_to_one_another_do_not_conflict() {
    check(
        &corpus(vec![rate("a.md", "13%", ""), rate("b.md", "13.0%", "")]),
        "figure-conflict",
        &[],
    );
}

#[test]
fn a_study_merged_by_a_possible_description_lowers_the_level() {
    let possible = doc("b.md")
        .paragraph("In Phase 1b a rate of 38% was seen.")
        .figure("38%", "orr/s/a", "")
        .study("Phase 1b", Basis::PossibleDescription);
    let c = corpus(vec![rate("a.md", "30%", ""), possible]);
    check(
        &c,
        "figure-conflict",
        &[(Level::Warning, "a.md:1", "Phase 1b")],
    );
}

#[test]
fn a_scope_given_on_one_side_only_differs() {
    let c = corpus(vec![
        rate("a.md", "30%", ""),
        rate("b.md", "38%", "expanded cohort"),
    ]);
    check(&c, "figure-conflict", &[]);
    check(
        &c,
        "figure-scope-differs",
        &[(
            Level::Error,
            "a.md:1",
            "30% in a.md line 1 (no cohort or population stated; study called \"Phase 1\") but 38% in b.md line 1 (expanded cohort; study called \"Phase 1\"); taken as one study by registry id",
        )],
    );
}

#[test]
fn scopes_that_a_document_tells_apart_itself_are_silent() {
    let both = doc("a.md")
        .paragraph("A rate of 30% in all and 38% in the cohort.")
        .figure("30%", "orr/s/a", "")
        .figure("38%", "orr/s/a", "expanded cohort");
    let c = corpus(vec![both, rate("b.md", "38%", "expanded cohort")]);
    check(&c, "figure-scope-differs", &[]);
    let apart = corpus(vec![
        rate("a.md", "30%", "second line"),
        rate("b.md", "38%", "third line"),
    ]);
    check(&apart, "figure-scope-differs", &[]);
}

#[test]
fn a_wider_scope_differs_from_a_narrower_one() {
    let mut c = corpus(vec![
        rate("a.md", "30%", "adults"),
        rate("b.md", "38%", "women"),
    ]);
    c.wider_scopes
        .push(("women".to_owned(), "adults".to_owned()));
    check(
        &c,
        "figure-scope-differs",
        &[(Level::Error, "a.md:1", "38% in b.md line 1 (women")],
    );
}

#[test]
fn cells_not_reported_here_but_elsewhere_are_one_finding() {
    let row = doc("a.md")
        .paragraph("Rates NR and n/a.")
        .figure("NR", "orr/s/a", "")
        .figure("n/a", "orr/s/b", "");
    let other = doc("b.md")
        .paragraph("Rates 63% and 18%.")
        .figure("63%", "orr/s/a", "expanded cohort")
        .figure("18%", "orr/s/b", "");
    let c = corpus(vec![row, other]);
    check(
        &c,
        "figure-omitted",
        &[(
            Level::Warning,
            "a.md:1",
            "Objective response rate: NR in a.md line 1 and n/a in a.md line 1, but 63% in b.md line 1 (expanded cohort) and 18% in b.md line 1",
        )],
    );
}

#[test]
fn percentages_are_those_of_their_counts() {
    let counted = |value: &str, n, of| {
        corpus(vec![
            doc("a.md")
                .paragraph(&format!("{n}/{of} ({value}) responded."))
                .figure(value, "", "")
                .counts(n, of),
        ])
    };
    check(
        &counted("32%", 12, 40),
        "percentage-mismatch",
        &[(Level::Error, "a.md:1", "12 of 40 is 30%, not 32%")],
    );
    check(
        &counted("29%", 16, 54),
        "percentage-mismatch",
        &[(Level::Note, "a.md:1", "cut off")],
    );
    check(&counted("38%", 9, 24), "percentage-mismatch", &[]);
    check(&counted("33.3%", 1, 3), "percentage-mismatch", &[]);
}

#[test]
fn shares_above_the_whole_are_impossible() {
    let value = |value: &str| {
        corpus(vec![
            doc("a.md")
                .paragraph(&format!("An objective response rate of {value}."))
                .figure(value, "", ""),
        ])
    };
    check(
        &value("130%"),
        "impossible-value",
        &[(
            Level::Error,
            "a.md:1",
            "130% cannot be: Objective response rate is at most 100%",
        )],
    );
    check(
        &value("-3%"),
        "impossible-value",
        &[(Level::Error, "a.md:1", "is at least 0%")],
    );
    check(&value("100%"), "impossible-value", &[]);
}

#[test]
fn figures_without_a_mark_are_one_finding_a_claim() {
    let bare = doc("a.md")
        .paragraph("30% and 38% responded.")
        .figure("30%", "", "")
        .figure("38%", "", "");
    let c = corpus(vec![bare]);
    check(
        &c,
        "unsupported-figure",
        &[(Level::Warning, "a.md:1", "no reference for 30% and 38%")],
    );
    check(&c, "unsupported-claim", &[]);
    let finding = &findings(&c, "unsupported-figure")[0];
    assert_eq!(
        finding.cause.as_deref(),
        Some("this document has no reference list")
    );
    assert_eq!(finding.related.len(), 1);
}

#[test]
fn cited_figures_and_method_figures_need_no_more() {
    let cited = doc("a.md")
        .paragraph("30% responded [1].")
        .figure("30%", "", "")
        .cite("[1]", Some(0))
        .paragraph("38% responded [7].")
        .figure("38%", "", "")
        .cite("[7]", None)
        .paragraph("Use 5% gel.")
        .figure("5%", "", "")
        .plain()
        .entry(article("1", "A trial"));
    let c = corpus(vec![cited]);
    check(&c, "unsupported-figure", &[]);
    check(&c, "unsupported-claim", &[]);
    check(
        &c,
        "undefined-reference",
        &[(Level::Error, "a.md:3", "no entry 7")],
    );
}

#[test]
fn a_mark_nearby_may_cover_a_claim() {
    let mut near = doc("a.md")
        .paragraph("Cells grow [1].")
        .cite("[1]", Some(0))
        .paragraph("Cells divide.")
        .entry(article("1", "Cells"));
    near.statements.claims[1].nearby.push(0);
    check(&corpus(vec![near]), "unsupported-claim", &[]);
}

#[test]
fn named_sources_are_identified_or_found() {
    let named = doc("a.md")
        .paragraph("A study by Okafor et al. found growth.")
        .named_source("study by Okafor et al.", None)
        .paragraph("Work by Lind et al. found decay.")
        .named_source("Work by Lind et al.", Some(0))
        .entry(article("1", "Decay"));
    let c = corpus(vec![named]);
    check(
        &c,
        "unidentified-source",
        &[(Level::Note, "a.md:1", "study by Okafor et al.")],
    );
    check(
        &c,
        "unsupported-claim",
        &[(Level::Warning, "a.md:1", "Okafor")],
    );
    check(&c, "uncited-reference", &[]);
}

#[test]
fn circles_of_support_are_one_finding() {
    let page = |path: &str, other: &str| {
        doc(path)
            .paragraph("Grows [1].")
            .cite("[1]", Some(0))
            .entry(article("1", other))
    };
    let mut c = corpus(vec![
        page("a.md", "b"),
        page("b.md", "a"),
        page("c.md", "a"),
    ]);
    c.reference_documents = vec![vec![Some(1)], vec![Some(0)], vec![Some(0)]];
    c.circles = vec![vec![0, 1]];
    check(
        &c,
        "circular-support",
        &[(Level::Error, "a.md:3", "in a circle: a.md and b.md")],
    );
}

#[test]
fn uncited_entries_are_found_and_uncited_lists_are_said_once() {
    let some = doc("a.md")
        .paragraph("Grows [1].")
        .cite("[1]", Some(0))
        .entry(article("1", "One"))
        .entry(article("2", "Two"));
    check(
        &corpus(vec![some]),
        "uncited-reference",
        &[(Level::Warning, "a.md:5", "cites entry 2")],
    );
    let none = doc("a.md")
        .paragraph("Grows.")
        .entry(article("1", "One"))
        .entry(article("2", "Two"));
    check(
        &corpus(vec![none]),
        "uncited-reference",
        &[(Level::Warning, "a.md:3", "none of the 2 entries")],
    );
}

#[test]
fn entries_of_one_work_are_duplicates() {
    let mut c = corpus(vec![
        doc("a.md")
            .entry(article("1", "One"))
            .entry(article("2", "One")),
    ]);
    c.duplicates.push(Duplicate {
        document: 0,
        reference: 1,
        earlier: 0,
        because: "title and year".to_owned(),
    });
    check(
        &c,
        "duplicate-reference",
        &[(
            Level::Warning,
            "a.md:3",
            "entry 2 is the same work as entry 1 (same title and year)",
        )],
    );
}

#[test]
fn entries_that_lead_nowhere_are_found() {
    let entry = |label: &str, title: &str| Reference {
        doi: None,
        ..article(label, title)
    };
    let c = corpus(vec![
        doc("a.md")
            .entry(Reference {
                title_is_host: true,
                host: Some("example.org".to_owned()),
                ..entry("1", "example.org")
            })
            .entry(Reference {
                host: Some("example.org".to_owned()),
                ..entry("2", "A title")
            })
            .entry(Reference {
                year: Some("2010".to_owned()),
                container: Some("Lancet".to_owned()),
                ..entry("3", "A trial")
            })
            .entry(article("4", "With DOI")),
    ]);
    check(
        &c,
        "unlocatable-reference",
        &[
            (
                Level::Warning,
                "a.md:1",
                "entry 1 is only the name of a site, example.org",
            ),
            (Level::Note, "a.md:3", "entry 2 has a title, but no link"),
        ],
    );
}

#[test]
fn a_title_of_another_site_is_a_mismatch() {
    let entry = |label: &str, site: &str, host: &str| Reference {
        title_site: Some(site.to_owned()),
        host: Some(host.to_owned()),
        ..article(label, "A page")
    };
    let c = corpus(vec![
        doc("a.md")
            .entry(entry("1", "youtube.com", "cancer.example"))
            .entry(entry("2", "nih.gov", "pubmed.ncbi.nlm.nih.gov")),
    ]);
    check(
        &c,
        "reference-host-mismatch",
        &[(
            Level::Error,
            "a.md:1",
            "which is youtube.com, but its address is cancer.example",
        )],
    );
}

fn attributed(verdict: Verdict, better: Vec<usize>) -> Corpus {
    let mut c = corpus(vec![
        doc("a.md")
            .paragraph("Aspirin works [1].")
            .cite("[1]", Some(0))
            .entry(article("1", "Ibuprofen"))
            .entry(article("2", "Aspirin")),
    ]);
    for name in ["aspirin", "ibuprofen"] {
        c.entities.push(Entity {
            kind: MentionKind::Substance,
            label: name.to_owned(),
            names: vec![name.to_owned()],
        });
    }
    c.attributions.push(Attribution {
        document: 0,
        claim: 0,
        reference: 0,
        verdict,
        subjects: vec![0],
        named: vec![1],
        inherited: false,
        better,
    });
    c
}

#[test]
fn a_claim_that_cites_something_else_is_misattributed() {
    let c = attributed(Verdict::Different, vec![1]);
    check(
        &c,
        "misattributed-citation",
        &[(
            Level::Error,
            "a.md:1",
            "the claim is about aspirin, but entry 1 is about ibuprofen",
        )],
    );
    assert_eq!(
        findings(&c, "misattributed-citation")[0]
            .suggestion
            .as_deref(),
        Some("cite [2]")
    );
    check(
        &attributed(Verdict::Different, vec![]),
        "misattributed-citation",
        &[],
    );
    check(
        &attributed(Verdict::Same, vec![]),
        "misattributed-citation",
        &[],
    );
    let mut stepped = attributed(Verdict::Different, vec![]);
    stepped.out_of_step.push(0);
    check(
        &stepped,
        "misattributed-citation",
        &[(Level::Warning, "a.md:1", "ibuprofen")],
    );
    let cause = findings(&stepped, "misattributed-citation")[0]
        .cause
        .clone();
    assert_eq!(
        cause.as_deref(),
        Some("the reference list looks out of step with the text")
    );
}

#[test]
fn links_without_a_target_are_one_finding_a_line() {
    let c = corpus(vec![
        doc("a.md")
            .paragraph("See Quote and Order and Docs.")
            .link("Quote", "#")
            .link("Order", "TODO")
            .link("Docs", "https://w3.org/x")
            .paragraph("See Shop.")
            .link("Shop", "https://www.example.com/shop"),
    ]);
    check(
        &c,
        "placeholder-link",
        &[
            (Level::Warning, "a.md:1", "\"Quote\" and \"Order\""),
            (Level::Warning, "a.md:3", "example.com/shop"),
        ],
    );
}

#[test]
fn fingerprints_stay_when_lines_move() {
    let before = corpus(vec![rate("a.md", "30%", ""), rate("b.md", "38%", "")]);
    let moved = doc("a.md").paragraph("New.").plain();
    let moved = moved
        .paragraph("In Phase 1 a rate of 30% was seen.")
        .figure("30%", "orr/s/a", "")
        .study("Phase 1", Basis::Registry);
    let after = corpus(vec![moved, rate("b.md", "38%", "")]);
    for rule in ["figure-conflict", "unsupported-figure"] {
        let prints = |c: &Corpus| -> Vec<String> {
            findings(c, rule)
                .into_iter()
                .map(|f| f.fingerprint)
                .collect()
        };
        assert_eq!(prints(&before), prints(&after), "{rule}");
    }
}
