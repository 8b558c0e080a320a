//! Sentences that tell a row of a table, with a slip and without.

use rust_decimal::Decimal;

use crate::corpus::{extract, relate};
use crate::text::SourceText;

const TABLE: &str = "**Table 2.** Outcomes at 24 weeks

| Outcome | Arbelinib (n = 206) | Placebo (n = 206) |
|---|---|---|
| Walking distance, m, mean (SD) | 341.6 (52.4) | 302.9 (49.7) |
| Pain-free at rest, n (%) | 118 (57.3) | 84 (40.8) |
";

/// The heaviest pair of a sentence with the table in another document: its two places as printed and the weight in hundredths.
fn heaviest(sentence: &str, table: &str) -> Option<(String, Decimal)> {
    let one = format!(
        "# Arbelinib in claudication\n\nPatients were randomised to arbelinib or placebo. {sentence}\n"
    );
    let other = format!(
        "# Results of arbelinib in claudication\n\nPatients were randomised to arbelinib or placebo.\n\n{table}"
    );
    let texts = [("a.md", one), ("b.md", other)];
    let sources = texts.map(|(path, text)| extract(SourceText::new(path, text)));
    let corpus = relate(sources.into());
    let pair = corpus.restatements.first()?;
    let text = |(document, figure): (usize, usize)| {
        let extraction = &corpus.extractions[document];
        let place = &extraction.statements.figures[figure].place;
        extraction.document.plain(place).to_owned()
    };
    Some((
        format!("{} | {}", text(pair.one), text(pair.other)),
        pair.weight,
    ))
}

#[track_caller]
fn check(sentence: &str, expected: Option<&str>) {
    let found = heaviest(sentence, TABLE).filter(|(_, weight)| *weight >= Decimal::from(6));
    assert_eq!(
        found.map(|(places, _)| places).as_deref(),
        expected,
        "{sentence}"
    );
}

#[test]
fn a_value_that_differs_from_the_row_its_sentence_tells_is_found() {
    check(
        "At 24 weeks, walking distance was 341.6 m (SD 52.4) with arbelinib and 309.2 m (SD 49.7) with placebo.",
        Some("309.2 m | 302.9"),
    );
    check(
        "At rest, 118 patients (57.3%) of the arbelinib group were pain-free, against 84 (48.0%) of the placebo group.",
        Some("84 (48.0%) | 40.8"),
    );
}

#[test]
fn a_rounded_value_is_the_same() {
    check(
        "At 24 weeks, walking distance was 341.6 m (SD 52.4) with arbelinib and 303 m (SD 49.7) with placebo.",
        None,
    );
}

#[test]
fn a_sentence_of_another_time_shares_no_number() {
    check(
        "At 12 weeks, walking distance was 327.1 m (SD 50.8) with arbelinib and 300.4 m (SD 48.8) with placebo.",
        None,
    );
}

#[test]
fn another_spread_is_another_estimate() {
    check(
        "Without the oldest, walking distance was 341.6 m (SD 52.4) with arbelinib and 309.2 m (SD 44.1) with placebo.",
        None,
    );
}

#[test]
fn a_total_is_no_slip_of_its_parts() {
    check(
        "Of the 202 patients who were pain-free at rest, 118 had arbelinib and 84 had placebo.",
        None,
    );
}

#[test]
fn the_head_of_a_column_names_the_cell() {
    let table = "| Lake | Area (km²) | Maximum depth (m) |\n|---|---|---|\n| Lake Orkham | 183 | 241 |\n| Lake Tarn | 97 | 66 |\n";
    let depth = "Lake Orkham has an area of 183 km² and a maximum depth of 214 m.";
    let found = heaviest(depth, table).map(|(places, _)| places);
    assert_eq!(found.as_deref(), Some("214 m | 241"));
    let winter = "Lake Orkham has an area of 183 km² and a mean depth of 88 m.";
    assert_eq!(heaviest(winter, table), None);
}

#[test]
fn a_part_of_a_cell_that_differs_is_found() {
    let table = "**Table 2.** Outcomes at 24 weeks

| Outcome | Difference (95% CI) |
|---|---|
| Walking distance, m | 38.72 (21.35 to 56.09) |
| Pain at rest | -1.31 (-2.40 to -0.22) |
";
    let found = |sentence: &str| heaviest(sentence, table).map(|(places, _)| places);
    let told = "At 24 weeks, walking distance was 38.72 m longer (95% CI 21.35 to 65.09).";
    assert_eq!(found(told).as_deref(), Some("38.72 m | 38.72"));
    let other = "At 12 weeks, walking distance was 38.72 m longer (95% CI 18.40 to 59.04).";
    assert_eq!(found(other), None);
}

#[test]
fn a_mean_with_the_spread_of_its_cell_is_found() {
    let table = "| Outcome | Arbelinib | Placebo |
|---|---|---|
| Walking distance, m | 341.62 ± 52.47 | 302.94 ± 49.71 |
";
    let told = "Walking distance was 341.26 ± 52.47 m with arbelinib.";
    let found = heaviest(told, table).filter(|(_, weight)| *weight >= Decimal::from(6));
    assert!(found.is_some());
}
