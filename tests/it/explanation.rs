//! Explanations of findings: the calculation, the reasons for comparing, the routes.

use std::cell::{Cell, RefCell};

use factlint::check::{Options, Outcome, check};
use factlint::explanation::{ExplainedPlace, Explanation, explain, frame_name, readings};
use factlint::finding::{Finding, Level};
use factlint::rule::{RuleSet, test_page};
use factlint::text::SourceText;

fn run(texts: &[&str]) -> Outcome {
    let rules = RuleSet::embedded();
    let sources = texts
        .iter()
        .zip(["a.md", "b.md", "c.md"])
        .map(|(text, path)| SourceText::new(path, *text))
        .collect();
    check(sources, &Options::new(&rules))
}

/// The explanation of the only finding of a rule.
fn explanation(rule: &str, outcome: &Outcome) -> Explanation {
    let found: Vec<_> = outcome
        .findings
        .iter()
        .filter(|finding| finding.rule == rule)
        .collect();
    let [finding] = found.as_slice() else {
        panic!("{rule}: {found:?}");
    };
    explain(finding, "", &outcome.corpus)
}

fn check_steps(rule: &str, text: &str, expected: &[&str]) {
    let outcome = run(&[text]);
    assert_eq!(explanation(rule, &outcome).calculation, expected, "{text}");
}

fn check_reasons(rule: &str, texts: &[&str], expected: &[(&str, &str)]) {
    let outcome = run(texts);
    let explained = explanation(rule, &outcome);
    let reasons: Vec<(&str, &str)> = explained
        .groups
        .iter()
        .flat_map(|group| &group.reasons)
        .map(|(name, detail)| (name.as_str(), detail.as_str()))
        .collect();
    assert_eq!(reasons, expected, "{texts:?}");
}

const TABLE: &str = "Table 1: Response in the third-line population\n\n\
    | Study | Arm | ORR |\n|---|---|---|\n| Phase 2 HEATHER (NCT09911223) | Velostatinib | 31% |\n";

#[test]
fn a_percentage_shows_the_counts_it_would_fit() {
    check_steps(
        "percentage-mismatch",
        "Nausea occurred in 34 of 170 patients (25%).",
        &[
            "34 / 170 = 20%",
            "25% stands for 24.5% to 25.5%, which leaves out 20%",
            "25% of 170 would be 42 or 43",
        ],
    );
}

#[test]
fn a_statistic_shows_its_p_value_between_rounding_bounds() {
    check_steps(
        "statistic-mismatch",
        "Pain did not change, z = -0.84, p = .04.",
        &[
            "z = -0.84 gives p = 0.4009 (two-tailed)",
            "with rounding, p = 0.3981 to 0.4037",
            "p = .04 stands for 0.035 to 0.045",
        ],
    );
}

#[test]
fn a_change_shows_its_size() {
    check_steps(
        "direction-mismatch",
        "Costs rose by 25% from 400 to 600 dollars.",
        &[
            "from 400 to 600 dollars is a difference of 199 to 201",
            "from 400 to 600 dollars is 50%",
            "with rounding, it is 49.6879 to 50.3129%",
            "25% stands for 24.5 to 25.5%",
        ],
    );
}

#[test]
fn an_interval_is_shown_as_wide_as_rounding_leaves_it() {
    check_steps(
        "interval-mismatch",
        "The hazard ratio was 0.93 (95% CI 0.58-0.81).",
        &[
            "0.93 stands for 0.925 to 0.935",
            "the 95% interval 0.58 to 0.81 reaches, with rounding, from 0.575 to 0.815",
        ],
    );
}

#[test]
fn an_impossible_value_shows_what_is_possible() {
    check_steps(
        "impossible-value",
        "Survival was longer (p = 1.40).",
        &["1.40 stands for 1.395 to 1.405", "P value is 0 to 1"],
    );
}

#[test]
fn a_total_shows_why_its_parts_were_taken_for_parts() {
    check_steps(
        "total-mismatch",
        "In TIDEMARK, 341 patients were randomized in a 1:1 ratio, with 181 in the corvatinib group and 170 in the control group.",
        &[
            "181 + 170 = 351",
            "the text says 341",
            "taken as parts of one whole by arms or categories of which each is in one",
        ],
    );
}

#[test]
fn two_values_of_one_key_name_what_is_equal() {
    let prose = "In third-line patients of the Phase 2 HEATHER trial (NCT09911223), \
        the objective response rate was 36% with velostatinib.";
    check_reasons(
        "figure-conflict",
        &[TABLE, prose],
        &[
            ("same measure", "Objective response rate"),
            (
                "same study",
                "Phase 2 HEATHER trial (NCT09911223): \"Phase 2 HEATHER (NCT09911223)\" by registry id and \
                 \"Phase 2 HEATHER trial (NCT09911223)\" by registry id",
            ),
            ("same arm", "Velostatinib"),
            ("same scope", "third-line population"),
        ],
    );
}

#[test]
fn a_scope_that_only_one_states_is_told_with_its_figure() {
    let prose = "In the Phase 2 HEATHER trial (NCT09911223), the objective response rate was 36% with velostatinib.";
    let outcome = run(&[TABLE, prose]);
    let explained = explanation("figure-scope-differs", &outcome);
    let scope = explained.groups[0].reasons.last().unwrap();
    assert_eq!(scope.0, "scope differs");
    assert!(
        scope.1.contains("third-line population for 31%"),
        "{scope:?}"
    );
    assert!(scope.1.contains("none stated for 36%"), "{scope:?}");
}

#[test]
fn figures_outside_trials_have_a_subject_and_a_period() {
    check_reasons(
        "figure-conflict",
        &[
            "Revenue of Halden Instruments rose to $412 million in fiscal year 2025.",
            "Revenue of Halden Instruments rose to $421 million in fiscal year 2025.",
        ],
        &[
            ("same measure", "Revenue"),
            ("same subject", "Halden Instruments"),
            ("same period", "2025"),
        ],
    );
}

#[test]
fn sentences_that_restate_one_another_show_their_evidence() {
    let outcome = run(&[
        "Ferrytail handles 12,000 requests per second.",
        "Ferrytail handles 10,000 requests per second.",
    ]);
    let explained = explanation("figure-conflict", &outcome);
    let reasons = &explained.groups[0].reasons;
    assert!(reasons.len() > 2, "{reasons:?}");
    assert_eq!(reasons.last().unwrap().1, "together");
}

#[test]
fn one_text_that_is_no_article_is_only_asked_about_like_sentences() {
    let told = |first: &str, second: &str| {
        let text = format!(
            "# Otters\n\n## {first}\n\nThe Larkspur survey counted 4,310 sea otters along 212 km of kelp coast in Orkham Bay.\n\n\
             ## {second}\n\nIn Orkham Bay, the Larkspur survey counted 4,130 sea otters along 212 km of kelp coast.\n"
        );
        let levels: Vec<Level> = run(&[text.as_str()])
            .findings
            .iter()
            .filter(|finding| finding.rule == "figure-conflict")
            .map(|finding| finding.level)
            .collect();
        levels
    };
    assert_eq!(told("Spring", "Summer"), [Level::Note]);
    assert_eq!(told("Methods", "Results"), [Level::Error]);
}

#[test]
fn every_route_is_named_with_its_words() {
    let outcome = run(&[TABLE, TABLE.replace("31%", "36%").as_str()]);
    let explained = explanation("figure-conflict", &outcome);
    let routes: Vec<String> = explained.places[0].figures[0]
        .dimensions
        .iter()
        .map(|found| {
            let origin = &found.origin;
            let line = found.line.unwrap();
            format!(
                "{} {} {}:{}",
                found.name,
                frame_name(origin.frame),
                line,
                origin.words
            )
        })
        .collect();
    assert_eq!(
        routes,
        [
            "measure column header 3:ORR",
            "study row header 5:Phase 2 HEATHER (NCT09911223)",
            "arm row header 5:Velostatinib",
            "population caption 1:third-line",
        ]
    );
}

#[test]
fn the_report_tells_what_stands_elsewhere() {
    let outcome = run(&[TABLE, TABLE.replace("31%", "36%").as_str()]);
    let told = readings(&outcome.findings, &outcome.corpus);
    let lines: Vec<&str> = told.values().map(String::as_str).collect();
    assert_eq!(
        lines,
        ["study NCT09911223 and arm from the row header; population from the caption"]
    );
    let prose = run(&[
        "Ferrytail handles 12,000 requests per second.",
        "Ferrytail handles 10,000 requests per second.",
    ]);
    assert!(readings(&prose.findings, &prose.corpus).is_empty());
}

/// What a finding of the figure rules rests on: a calculation, figures that were compared, or what a figure was read to be about.
fn unexplained(outcome: &Outcome, rules: &RuleSet) -> Vec<String> {
    let is_explained = |finding: &&Finding| {
        let rule = rules.get(&finding.rule).unwrap();
        let explained = explain(finding, &rule.summary, &outcome.corpus);
        let is_read = |place: &ExplainedPlace| !place.figures.is_empty();
        let has_steps = !explained.calculation.is_empty() || !explained.groups.is_empty();
        !explained.summary.is_empty()
            && !explained.finding.message.is_empty()
            && (rule.family != "figures" || has_steps || explained.places.iter().any(is_read))
    };
    let findings = outcome.findings.iter();
    findings
        .filter(|finding| !is_explained(finding))
        .map(|finding| format!("{}: {}", finding.rule, finding.message))
        .collect()
}

#[test]
fn check_11_every_finding_of_the_pages_is_explained() {
    let rules = RuleSet::embedded_strict();
    let (wrong, count) = (RefCell::new(Vec::new()), Cell::new(0));
    let run = |documents: Vec<SourceText>| -> Vec<Finding> {
        let outcome = check(documents, &Options::new(&rules));
        wrong.borrow_mut().extend(unexplained(&outcome, &rules));
        count.set(count.get() + outcome.findings.len());
        outcome.findings
    };
    for rule in &rules.rules {
        test_page(rule, &rule.page, run).unwrap();
    }
    assert_eq!(wrong.into_inner(), Vec::<String>::new());
    assert!(count.get() > rules.rules.len());
}

#[test]
fn a_repeated_check_gives_the_same_ids_and_no_two_are_equal() {
    let text = "No source says so: 31% of 50 people (12 of 40, 38%) slept.\n\n".repeat(4);
    let ids = |outcome: &Outcome| -> Vec<String> {
        let findings = outcome.findings.iter();
        findings
            .map(|finding| finding.fingerprint.clone())
            .collect()
    };
    let (one, other) = (ids(&run(&[&text])), ids(&run(&[&text])));
    assert_eq!(one, other);
    let different: std::collections::BTreeSet<&String> = one.iter().collect();
    assert!(one.len() > 1);
    assert_eq!(different.len(), one.len());
}
