//! Arms of tables, read from Markdown to the figure.

use crate::citation;
use crate::claim::extract;
use crate::markdown::parse;
use crate::text::SourceText;

/// `number arm` of every figure in the tables, an unsure one with a question mark; `-` where it has none.
fn check(source: &str, expected: &str) {
    let document = parse(SourceText::new("a.md", source));
    let statements = extract(&document, &citation::extract(&document));
    let told: Vec<String> = statements
        .figures
        .iter()
        .filter(|figure| figure.place.cell.is_some())
        .map(|figure| {
            let sign = |strong: bool| if strong { "" } else { "?" };
            let arm = figure.arm.as_ref().map_or("-".to_owned(), |arm| {
                format!("{}{}", arm.value, sign(arm.frame.is_strong()))
            });
            format!("{} {arm}", document.plain(&figure.place))
        })
        .collect();
    assert_eq!(told.join("; "), expected, "{source}");
}

#[test]
fn heads_with_a_size_are_arms() {
    check(
        "| | Yoga (n = 20) | Walking (n = 21) |\n|---|---|---|\n| Pain | 3.1 | 4.2 |\n",
        "20 Yoga; 21 Walking; 3.1 Yoga; 4.2 Walking",
    );
}

#[test]
fn a_size_may_stand_below_its_arm() {
    check(
        "| | Yoga | Walking |\n|---|---|---|\n| | (n = 20) | (n = 21) |\n| Pain | 3.1 | 4.2 |\n",
        "20 Yoga; 21 Walking; 3.1 Yoga; 4.2 Walking",
    );
}

#[test]
fn an_arm_may_span_columns() {
    check(
        "| | Yoga (n = 20) | | Control (n = 21) | |\n|---|---|---|---|---|\n| | Mean | SD | Mean | SD |\n\
         | Pain | 3.1 | 0.4 | 4.2 | 0.5 |\n",
        "20 Yoga; 21 Control; 3.1 Yoga; 0.4 Yoga; 4.2 Control; 0.5 Control",
    );
}

#[test]
fn differences_and_totals_are_no_arms() {
    check(
        "| | Yoga group | Control group | Total | P |\n|---|---|---|---|---|\n| Pain | 3.1 | 4.2 | 3.6 | 0.04 |\n",
        "3.1 Yoga group; 4.2 Control group; 3.6 -; 0.04 -",
    );
}

#[test]
fn arms_may_stand_in_rows_or_above_them() {
    check(
        "| | Pain | Sleep |\n|---|---|---|\n| Yoga group | 3.1 | 7 |\n| Control group | 4.2 | 6 |\n",
        "3.1 Yoga group; 7 Yoga group; 4.2 Control group; 6 Control group",
    );
    check(
        "| | Mean |\n|---|---|\n| Yoga group | |\n| Pain | 3.1 |\n| Control group | |\n| Pain | 4.2 |\n",
        "3.1 Yoga group; 4.2 Control group",
    );
}

#[test]
fn a_head_may_name_two_arms() {
    check(
        "| | Intervention (control) |\n|---|---|\n| Pain | 3.1 (4.2) |\n",
        "3.1 Intervention; 4.2 control",
    );
}

#[test]
fn years_and_systems_are_no_arms() {
    check(
        "| | 2023 | 2024 |\n|---|---|---|\n| Staff | 310 | 420 |\n",
        "310 -; 420 -",
    );
    check(
        "| | Alpha | Beta |\n|---|---|---|\n| Startup, ms | 31 | 42 |\n",
        "31 -; 42 -",
    );
}

#[test]
fn a_label_joins_the_arm_of_the_prose() {
    check(
        "Adults were randomly assigned to receive yoga classes or usual care.\n\n\
         | | Yoga (n = 20) | Usual care (n = 21) |\n|---|---|---|\n| Pain | 3.1 | 4.2 |\n",
        "20 yoga classes; 21 usual care; 3.1 yoga classes; 4.2 usual care",
    );
}
