//! Which figures have limits, and which words take them away.

use super::super::fixture;
use super::*;
use crate::claim::extract;

/// The impossible figures of a text, each with what limits it.
fn check(input: &str, expected: &[(&str, &str)]) {
    let (document, citations) = fixture::read(input);
    let figures = extract(&document, &citations).figures;
    let found: Vec<(String, String)> = figures
        .iter()
        .zip(limits(&document, &figures))
        .filter_map(|(figure, limit)| {
            let limit = limit?;
            let broken = limit.breaks(figure.quantity.as_ref()?);
            broken.then(|| (document.plain(&figure.place).to_owned(), limit.of))
        })
        .collect();
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(a, b)| (a.as_str(), b.as_str()))
        .collect();
    assert_eq!(found, expected, "{input}");
}

#[test]
fn a_name_right_beside_a_number_limits_it() {
    check(
        "The test had a sensitivity of 130%.",
        &[("130%", "Sensitivity")],
    );
    check(
        "It was fatal, with a hazard ratio of -0.4.",
        &[("-0.4", "Hazard ratio")],
    );
    check("The AUROC was only 9.7.", &[("9.7", "auroc")]);
    check(
        "The maker reported 120% vaccine efficacy.",
        &[("120%", "efficacy")],
    );
    check(
        "A correlation coefficient of 1.3 was found.",
        &[("1.3", "correlation coefficient")],
    );
    check("The arms differed (p = 1.4).", &[("1.4", "P value")]);
    check("The arms differed (p = 6).", &[("6", "P value")]);
    check("We draw data with p = 100 and fit them.", &[]);
    check(
        "Line coverage of the test suite is 104%.",
        &[("104%", "Test coverage")],
    );
}

#[test]
fn a_share_or_part_is_no_more_than_its_whole() {
    check(
        "At 6 months, 130% of patients had responded.",
        &[("130%", "a share of patients")],
    );
    check(
        "Of these, 31 of 23 patients died.",
        &[("31", "a part of 23")],
    );
    check(
        "Sepsis was seen in 211 out of 191 of them.",
        &[("211", "a part of 191")],
    );
    check("On day 28 of 10 patients, five were seen.", &[]);
    check("The dose was 130% of the usual one.", &[]);
}

#[test]
fn a_plural_that_is_counted_is_no_more_than_its_whole() {
    check(
        "In the north, 130% of the old tests were slow.",
        &[("130%", "a share of tests")],
    );
    check(
        "We heard from 130% of the former survey respondents.",
        &[("130%", "a share of respondents")],
    );
    check(
        "It was so in 31 of the 23 gardens.",
        &[("31", "a part of 23")],
    );
    check("Some 130% of the planned visits were made.", &[]);
    check("Some 130% of expected cases were seen.", &[]);
    check("Pay was 130% of wages.", &[]);
    check("Version 31 of 23 was lost.", &[]);
}

#[test]
fn a_ratio_with_an_interval_is_not_negative() {
    check(
        "Risk fell by a third (HR, -0.41; 95% CI, 0.2 to 0.9).",
        &[("-0.41", "hr")],
    );
    check(
        "Risk fell by a third (hazard ratio -0.41, 95% CI 0.2 to 0.9).",
        &[("-0.41", "hazard ratio")],
    );
    check("It was 0.41 or -0.41 (95% CI -0.9 to 0.9).", &[]);
    check("The log HR, -0.41 (95% CI -0.9 to -0.1), was low.", &[]);
    check("Pulse fell, HR -5.", &[]);
}

#[test]
fn a_correlation_is_told_by_its_letter_and_what_stands_around() {
    check(
        "Age was associated with height, r = 1.41; p = 0.02.",
        &[("1.41", "a correlation")],
    );
    check(
        "We saw that ages were correlated with heights (r = -1.41).",
        &[("-1.41", "a correlation")],
    );
    check("The circle has r = 1.41.", &[]);
    check("We drew numbers (r = 1.41, p = 0.3) at random.", &[]);
    check("A correlation of two variables was -1 to 1.", &[]);
}

#[test]
fn changes_and_other_scales_have_no_limit() {
    check("Sensitivity rose, an increase in sensitivity of 130%.", &[]);
    check("The log odds ratio was -0.4.", &[]);
    check("The AUROC was 96.7.", &[]);
    check("The mean change in hazard ratio was -0.4.", &[]);
    check("The efficacy was -12%.", &[]);
    check("See the appendix, p 17.", &[]);
}

#[test]
fn a_column_limits_its_values_unless_several_break_it() {
    let table = |values: &[&str]| {
        let rows = values.join(" |\n| X | ");
        format!("| Group | Objective response rate (ORR) |\n|---|---|\n| X | {rows} |\n")
    };
    check(
        &table(&["40%", "112%"]),
        &[("112%", "Objective response rate")],
    );
    check(&table(&["140%", "112%"]), &[]);
}

#[test]
fn the_range_of_a_measure_is_that_of_its_pack_in_any_unit() {
    check("The median age was 154 years.", &[("154 years", "Age")]);
    check("The median age was 154 months.", &[]);
    check(
        "Median overall survival was -3.1 months.",
        &[("-3.1 months", "Overall survival")],
    );
    check(
        "The change in median overall survival was -3.1 months.",
        &[],
    );
    check(
        "The number of prior lines was 412.",
        &[("412", "Prior lines of therapy")],
    );
}

#[test]
fn a_number_of_people_is_not_negative() {
    check("We saw -12 patients.", &[("-12", "A number of patients")]);
    check("We saw 10 -12 patients.", &[]);
    check("The number fell by -12 patients.", &[]);
    check("The change was -12 patients.", &[]);
}

#[test]
fn numbers_of_400_digits_and_wholes_of_zero_break_nothing() {
    let long = "9".repeat(400);
    check(&format!("The sensitivity was {long}%."), &[]);
    check(&format!("We saw {long} of {long} patients."), &[]);
    check("Of 0 patients, 0 (0%) died, and 3 of 0 patients left.", &[]);
}

#[test]
fn parameters_and_counts_are_no_impossible_probabilities() {
    for input in [
        "- N=2^16 (64 MiB), r=8 (1024 bytes), p=2",
        "Work out the probability of three heads in five flips.",
    ] {
        check(input, &[]);
    }
    check(
        "The probability of rain was 1.4.",
        &[("1.4", "probability")],
    );
    check(
        "The groups differed (P value of 1.4).",
        &[("1.4", "P value")],
    );
}

#[test]
fn a_letter_is_a_correlation_where_its_surroundings_say_so() {
    for text in [
        "That is what a correlation of r = 1.91 says.",
        "Effects range from r = 1.14 in the one field to r = .32 in the other.",
        "The level rose linearly with the dose (r = 1.684).",
        "The levels were correlated (p = 0.047, r = 1.58, r2 = 0.34).",
    ] {
        let (document, citations) = fixture::read(text);
        let figures = extract(&document, &citations).figures;
        let limits = limits(&document, &figures);
        let broken = figures.iter().zip(&limits).filter(|(figure, limit)| {
            let quantity = figure.quantity.as_ref();
            quantity
                .zip(limit.as_ref())
                .is_some_and(|(quantity, limit)| limit.breaks(quantity))
        });
        assert_eq!(broken.count(), 1, "{text}");
    }
    check("The growth rate was set to r = 1.5 and r = 0.5.", &[]);
    check("A circle (r = 1.5) was drawn.", &[]);
}
