//! Numbers that nothing can be computed with.

use crate::quantity::{Problem, read};

/// The numbers with a problem, as printed; those without are passed over.
fn check(text: &str, expected: &[(&str, Problem)]) {
    let found: Vec<(&str, Problem)> = read(text, &[])
        .into_iter()
        .filter_map(|quantity| Some((text.get(quantity.range)?, quantity.problem?)))
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn a_number_that_no_decimal_holds_is_too_large() {
    let digits = "7".repeat(400);
    check(
        &format!("They counted {digits} cells."),
        &[(digits.as_str(), Problem::TooLarge)],
    );
    check("The mass was 5e99 kg.", &[("5e99", Problem::TooLarge)]);
    check("The mass was 5e400 kg.", &[("5e400", Problem::TooLarge)]);
    check("The mass was 5e4 kg.", &[]);
    check("The code 5e400a is long.", &[]);
    check("The code 1234567890123456789012345678-ab is long.", &[]);
}

#[test]
fn a_whole_of_zero_divides_nothing() {
    check(
        "Pain was seen in 12 of 0 (30%) men and 3 of 0 women.",
        &[
            ("12 of 0 (30%)", Problem::ZeroWhole),
            ("3 of 0", Problem::ZeroWhole),
        ],
    );
    check(
        "Pain was seen in 12/0 men.",
        &[("12/0", Problem::ZeroWhole)],
    );
    check("Pain was seen in 0/12 (0%) men.", &[]);
}
