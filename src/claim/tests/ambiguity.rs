//! Names of several readings, and documents in which they are clear.

use super::super::extract as statements;
use super::super::fixture::read;

fn check(text: &str, expected: &[&str]) {
    let (document, citations) = read(text);
    let found: Vec<String> = statements(&document, &citations)
        .ambiguities
        .iter()
        .map(|one| {
            format!(
                "{}: {} or {}",
                document.plain(&one.place),
                one.name,
                one.readings
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

const BOTH: &str =
    "The objective response rate was 42%.\n\nA complete response was seen in 12%.\n\n";

#[test]
fn a_bare_name_with_a_value_of_neither_reading_is_ambiguous() {
    check(
        &format!(
            "{BOTH}Doses were lowered in May.\n\nIn older patients the response rate was 38%."
        ),
        &["38%: response rate or objective response (42%), complete response (12%)"],
    );
}

#[test]
fn a_value_that_is_told_elsewhere_is_clear() {
    check(
        &format!("{BOTH}Doses were lowered in May.\n\nThe response rate of 42% was high."),
        &[],
    );
}

#[test]
fn a_document_of_one_reading_is_clear() {
    check(
        "The objective response rate was 42%.\n\nDoses were lowered in May.\n\nThe response rate was 38% in men.",
        &[],
    );
}

#[test]
fn a_definition_and_a_paragraph_that_names_one_reading_are_clear() {
    check(
        &format!(
            "{BOTH}Response rate was defined as complete and partial.\n\nThe response rate was 38%."
        ),
        &[],
    );
    check(
        &format!(
            "{BOTH}Doses were lowered in May.\n\nComplete response came late. The response rate was 38%."
        ),
        &[],
    );
}

#[test]
fn a_narrowed_name_is_clear() {
    check(
        &format!("{BOTH}Doses were lowered in May.\n\nThe survey response rate was 38%."),
        &[],
    );
}
