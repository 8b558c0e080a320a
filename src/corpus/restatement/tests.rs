//! Pieces of the score, alignment, companions and the veto of editions, on small texts.

use rust_decimal::Decimal;

use crate::corpus::{Restatement, extract, relate};
use crate::text::SourceText;

fn restated(texts: &[(&str, &str)]) -> Vec<Restatement> {
    let extractions = texts
        .iter()
        .map(|(path, text)| extract(SourceText::new(*path, *text)))
        .collect();
    relate(extractions).restatements
}

/// Weight and evidence kinds of the heaviest pair of two documents; `None` where nothing is restated.
fn heaviest(one: &str, other: &str) -> Option<(Decimal, Vec<&'static str>)> {
    let found = restated(&[("a.md", one), ("b.md", other)]);
    found.first().map(|pair| {
        let kinds = pair.evidence.iter().map(|evidence| evidence.kind).collect();
        (pair.weight, kinds)
    })
}

const SURVEY: &str =
    "The Larkspur survey counted 4,310 sea otters along 212 km of kelp coast in Orkham Bay.";

fn survey(from: &str, to: &str) -> String {
    SURVEY.replace(from, to)
}

#[test]
fn a_restated_value_that_differs_is_found_with_its_reasons() {
    let (weight, kinds) = heaviest(SURVEY, &survey("4,310", "4,130")).unwrap();
    assert!(weight >= Decimal::from(8), "{weight} {kinds:?}");
    for kind in ["wording", "phrase", "number", "head", "transposed", "named"] {
        assert!(kinds.contains(&kind), "{kind} in {kinds:?}");
    }
}

#[test]
fn equal_values_are_no_restatement_to_report() {
    assert_eq!(heaviest(SURVEY, SURVEY), None);
    assert_eq!(heaviest(SURVEY, &survey("4,310", "about 4,300")), None);
}

#[test]
fn companions_that_differ_too_make_two_reports() {
    let one = heaviest(SURVEY, &survey("4,310", "4,530")).map_or(Decimal::ZERO, |found| found.0);
    let both = survey("4,310", "4,530").replace("212 km", "148 km");
    let both = heaviest(SURVEY, &both).map_or(Decimal::ZERO, |found| found.0);
    assert!(one - both >= Decimal::from(2), "{one} {both}");
}

#[test]
fn two_editions_of_one_report_are_not_compared() {
    let text = survey("4,310", "4,130");
    let texts = |a, b| [(a, SURVEY), (b, text.as_str())];
    assert_eq!(restated(&texts("survey-a.md", "survey-b.md")).len(), 1);
    assert_eq!(restated(&texts("survey-2021.md", "survey-2022.md")), []);
    assert_eq!(restated(&texts("2021-h1.md", "2021-h2.md")), []);
}

#[test]
fn what_divides_figures_lowers_the_weight() {
    let weight =
        |one: &str, other: &str| heaviest(one, other).map_or(Decimal::ZERO, |found| found.0);
    let plain = weight(SURVEY, &survey("4,310", "4,130"));
    let sexes = weight(
        &survey("sea otters", "male sea otters"),
        &survey("4,310 sea otters", "4,130 female sea otters"),
    );
    assert!(plain - sexes >= Decimal::from(5), "{plain} {sexes}");
    let swapped = weight(
        &survey("along", "with calves along"),
        &survey("along", "without calves along").replace("4,310", "4,130"),
    );
    assert!(swapped < plain, "{plain} {swapped}");
}

#[test]
fn a_value_that_stands_in_the_other_sentence_too_is_explained() {
    let other = survey("4,310 sea otters", "4,130 sea otters, 4,310 with pups,");
    assert_eq!(heaviest(SURVEY, &other), None);
}

#[test]
fn each_figure_is_told_once() {
    let found = restated(&[
        ("a.md", SURVEY),
        ("b.md", &survey("4,310", "4,130")),
        ("c.md", &survey("4,310", "4,130")),
    ]);
    assert_eq!(found.len(), 1);
}

fn weight(one: &str, other: &str) -> Decimal {
    heaviest(one, other).map_or(Decimal::ZERO, |found| found.0)
}

#[test]
fn what_stands_beside_a_value_tells_it_apart() {
    let dive = "In the Orkham trial the mean dive of the tagged otters lasted 41.6 seconds";
    let slip = dive.replace("41.6", "46.1");
    let plain = weight(&format!("{dive}."), &format!("{slip}."));
    for (one, other) in [
        (" (SD 4.2).", " (SD 9.3)."),
        (" (p = 0.012).", " (p = 0.31)."),
        (
            " on the shallow-water shore.",
            " on the shallow-rock shore.",
        ),
    ] {
        let apart = weight(&format!("{dive}{one}"), &format!("{slip}{other}"));
        assert!(apart < plain, "{one} {other}: {apart} {plain}");
    }
    let spread = weight(&format!("{dive} (SD 4.2)."), &format!("{slip} (SD 4.2)."));
    assert!(spread > plain, "{spread} {plain}");
}

#[test]
fn a_test_statistic_is_seldom_told_twice() {
    let (_, kinds) = heaviest(
        "The z value of the signed-rank test of Orkham otters near Halden Bay was 3.864.",
        "The z value of the signed-rank test of Orkham otters near Halden Bay was 3.835.",
    )
    .unwrap();
    assert!(kinds.contains(&"test-statistic"), "{kinds:?}");
}

#[test]
fn a_part_of_what_is_counted_is_another_thing() {
    let all = "The Larkspur survey counted 4,310 sea otters with pups in Orkham Bay.";
    let part = "The Larkspur survey counted 4,130 sea otters with scars in Orkham Bay.";
    let slip = all.replace("4,310", "4,130");
    assert!(weight(all, part) < weight(all, &slip));
}

#[test]
fn a_key_point_is_compared_with_the_section_it_links_to() {
    let text = "# Otter report\n\n- Some 63% like [the new kelp rules](#rules).\n- Most saw [an otter](#seen).\n\n## Rules\n\n<p id=\"rules\">In all, 66% of divers said that they like the kelp rules.</p>\n";
    let found = restated(&[("a.md", text)]);
    let kinds = found
        .iter()
        .flat_map(|pair| pair.evidence.iter().map(|evidence| evidence.kind));
    assert!(kinds.clone().any(|kind| kind == "linked"), "{found:?}");
}

#[test]
fn documents_that_share_nothing_tell_no_story() {
    let sample = |name: &str, degrees: u32| {
        format!(
            "# {name} in {name}bay\n\nThe samples were aliquoted and stored frozen at -{degrees} °C until analysis in our laboratory.\n"
        )
    };
    let names = ["Quill", "Tarn", "Vess", "Halden", "Brunn", "Orkham", "Lark"];
    let texts: Vec<(String, String)> = names
        .iter()
        .map(|name| {
            let degrees = if *name == "Tarn" { 70 } else { 80 };
            (format!("{name}.md"), sample(name, degrees))
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts
        .iter()
        .map(|(path, text)| (path.as_str(), text.as_str()))
        .collect();
    let all = restated(&texts);
    assert!(
        all.iter().all(|pair| pair.weight < Decimal::from(6)),
        "{all:?}"
    );
}

#[test]
fn words_that_say_one_thing_are_one() {
    let one = "The Orkham trial enrolled 4,310 patients from Halden.";
    let other = "The Orkham trial recruited 4,130 participants from Halden.";
    let (_, kinds) = heaviest(one, other).unwrap();
    assert!(kinds.contains(&"head"), "{kinds:?}");
}

#[test]
fn an_interim_analysis_is_not_the_final_one() {
    let text = |cut: &str, value: &str, without: &str| {
        format!(
            "In the TERN-2 trial, at the {cut} analysis, median progression-free survival was {value} months with rasolimab and {without} months with placebo."
        )
    };
    let one = text("final", "14.2", "9.1");
    assert!(weight(&one, &text("interim", "12.0", "9.0")) < Decimal::from(6));
}

#[test]
fn this_analysis_is_the_one_named_before() {
    let crude = "In univariate analysis, tags lowered the risk of scars (HR 0.47, p = 0.02).";
    let carried = "In a multivariate analysis, age raised it (HR 2.31). In this analysis, tags lowered the risk of scars (HR 0.46, p = 0.02).";
    let kinds = |other: &str| {
        heaviest(crude, other)
            .map(|(_, kinds)| kinds)
            .unwrap_or_default()
    };
    let told = kinds(carried);
    assert!(
        told.iter().all(|kind| *kind != "facet-one-sided"),
        "{told:?}"
    );
    let uncarried = "Tags lowered the risk of scars (HR 0.46, p = 0.02).";
    assert!(weight(crude, carried) < weight(crude, uncarried));
}

#[test]
fn two_groups_before_brackets_are_two() {
    let text = "Between the control group (M = 5.11) and the yoga plus talk group (M = 1.89) of Halden the scores differed.";
    let slip = text.replace("1.89", "1.98");
    let other = slip.replace("yoga plus talk", "walking");
    assert!(weight(text, &slip) - weight(text, &other) >= Decimal::from(3));
}

#[test]
fn items_of_one_list_tell_of_different_things() {
    let slip = survey("4,310", "4,130");
    let found = |text: &str| restated(&[("a.md", text)]).len();
    assert_eq!(found(&format!("- {SURVEY}\n- {slip}\n")), 0);
    assert_eq!(
        found(&format!("- North\n  - {SURVEY}\n- South\n  - {slip}\n")),
        0
    );
    assert_eq!(found(&format!("- {SURVEY}\n\nBelow.\n\n- {slip}\n")), 1);
    assert_eq!(found(&format!("- {SURVEY}\n\n  {slip}\n")), 1);
}

#[test]
fn a_bound_that_differs_beside_equal_ones_is_a_slip() {
    let text = |high: &str, other: &str| {
        format!(
            "# Otter dives\n\n## Abstract\n\nTagged otters of Orkham Bay dived for 41.62 seconds on average (95% CI 38.72 to {high}).\n\n## Results\n\nOn average, the tagged otters of Orkham Bay dived for 41.62 seconds (95% CI 38.72 to {other}).\n"
        )
    };
    let found = |high: &str, other: &str| restated(&[("a.md", text(high, other).as_str())]);
    let pair = &found("44.86", "44.68")[0];
    let printed = [
        "41.62 seconds (38.72 to 44.86)",
        "41.62 seconds (38.72 to 44.68)",
    ];
    assert_eq!(pair.printed.clone().unwrap(), printed);
    assert!(pair.weight >= Decimal::from(6), "{pair:?}");
    assert_eq!(found("44.86", "44.86"), []);
    // Another model or rounding, not a slip.
    assert_eq!(found("44.86", "44.87"), []);
    assert_eq!(found("44.86", "47.35"), []);
}

#[test]
fn a_spread_that_differs_beside_an_equal_mean_is_a_slip() {
    let text = |spread: &str| {
        format!(
            "# Otter dives\n\n## Abstract\n\nTagged otters of Orkham Bay weighed 24.62 ± 3.81 kg.\n\n## Results\n\nThe tagged otters of Orkham Bay weighed 24.62 ± {spread} kg.\n"
        )
    };
    let found = |spread: &str| restated(&[("a.md", text(spread).as_str())]);
    assert_eq!(found("3.18").len(), 1);
    assert_eq!(found("3.81").len(), 0);
    assert_eq!(found("5.06").len(), 0);
}

#[test]
fn a_long_number_with_a_slip_is_told_twice() {
    let text = |number: &str| {
        format!(
            "# Otter logs\n\nAfter cleaning, the logs contained 26,984,851 dives.\n\n## Filter\n\nThis filter kept {number} dives of tagged otters.\n"
        )
    };
    let weight = |number: &str| {
        let found = restated(&[("a.md", text(number).as_str())]);
        found.first().map_or(Decimal::ZERO, |pair| pair.weight)
    };
    assert!(
        weight("26,948,851") >= Decimal::from(6),
        "{}",
        weight("26,948,851")
    );
    // Ten dives were left out.
    assert!(weight("26,984,841") < Decimal::from(6));
    assert!(weight("25,310,472") < Decimal::from(6));
}

#[test]
fn a_time_with_a_spread_is_a_value() {
    let block = "Sensory block of the Orkham otters lasted until 226 ± 46.98 min after the dive.";
    let (_, kinds) = heaviest(block, &block.replace("226", "262")).unwrap();
    assert!(
        kinds.contains(&"same-spread") && kinds.contains(&"one-slip"),
        "{kinds:?}"
    );
}

#[test]
fn a_rounded_p_value_is_the_same() {
    let dive = "In the Orkham trial the tagged otters dived for 41.6 metres more than the others";
    let slip = dive.replace("41.6", "46.1");
    let with = |p: &str| {
        weight(
            &format!("{dive} (p = 0.04)."),
            &format!("{slip} (p = {p})."),
        )
    };
    assert!(
        with("0.043") > with("0.31"),
        "{} {}",
        with("0.043"),
        with("0.31")
    );
}
