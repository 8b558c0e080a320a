//! Wholes of table cells, read from Markdown to the figure.

use crate::citation;
use crate::claim::extract;
use crate::markdown::parse;
use crate::text::SourceText;

const HEAD: &str = "| Event, n (%) | Oak (n = 50) | Placebo (n = 40) |\n|---|---|---|\n\
    | Fever | 25 (50.0) | 10 (25.0) |\n| Rash | 15 (30.0) | 8 (20.0) |\n| Cough | 10 (20.0) | 20 (50.0) |\n";

/// `numerator/denominator` of the last row's shares, `-` where the whole stays open.
fn check(row: &str, expected: &str) {
    let document = parse(SourceText::new("a.md", format!("{HEAD}{row}\n")));
    let statements = extract(&document, &citation::extract(&document));
    let shares: Vec<String> = statements
        .figures
        .iter()
        .filter(|figure| figure.place.cell.is_some_and(|(row, _)| row == 4))
        .filter_map(|figure| {
            let quantity = figure.quantity.as_ref()?;
            let whole = quantity
                .denominator
                .map_or("-".to_owned(), |n| n.to_string());
            Some(format!("{}/{whole}", quantity.numerator?))
        })
        .collect();
    assert_eq!(shares.join(" "), expected, "{row}");
}

#[test]
fn a_head_gives_the_whole_of_its_shares() {
    check("| Pain | 5 (10.0) | 4 (10.0) |", "5/50 4/40");
}

#[test]
fn a_share_that_disagrees_is_left_open() {
    check("| Pain | 5 (10.0) | 4 (1.0) |", "5/50 4/-");
    check("| Pain | 5 (10.0) | 4 (10.5) |", "5/50 4/-");
}

#[test]
fn a_row_with_a_whole_of_its_own_is_left_out() {
    check("| Pain (n = 60) | 5 (10.0) | 4 (1.0) |", "5/- 4/-");
}

#[test]
fn a_row_of_another_whole_disagrees_twice() {
    check("| Pain | 5 (60.0) | 4 (70.0) |", "5/- 4/-");
}
