//! Where each dimension of a figure was found, with its words.

use super::*;
use crate::text::SourceText;

/// Each dimension of the figure printed as `quote`, as `dimension: route "words"`.
fn check(text: &str, quote: &str, expected: &[&str]) {
    let document = crate::markdown::parse(SourceText::new("a.md", text));
    let citations = crate::citation::extract(&document);
    let statements = crate::claim::extract(&document, &citations);
    let figure = statements
        .figures
        .iter()
        .find(|figure| document.plain(&figure.place) == quote)
        .unwrap();
    let found: Vec<String> = origins(&document, &statements, figure)
        .into_iter()
        .map(|origin| {
            let shown = origin.span.map(|span| document.source.slice(span));
            assert_eq!(shown.unwrap_or_default().replace('\n', " "), origin.words);
            format!(
                "{:?}: {:?} {:?}",
                origin.dimension, origin.frame, origin.words
            )
        })
        .collect();
    assert_eq!(found, expected, "{text}");
}

#[test]
fn words_of_the_sentence_are_found_whatever_their_case() {
    check(
        "In the Expanded Cohort the objective response rate was 38% with corvatinib at 12 months.",
        "38%",
        &[
            "Measure: Sentence \"objective response rate\"",
            "Arm: Sentence \"corvatinib\"",
            "Cohort: Sentence \"Expanded Cohort\"",
            "TimePoint: Sentence \"12 months\"",
        ],
    );
}

#[test]
fn a_time_point_is_found_in_other_words() {
    check(
        "Uptake was 31% at week 4 and 38% at week 12.",
        "38%",
        &[
            "Measure: Sentence \"Uptake\"",
            "TimePoint: Sentence \"week 12\"",
        ],
    );
}

#[test]
fn a_table_gives_headers_rows_and_caption() {
    check(
        "Table 1: Response in the Third-Line and Later Population\n\n\
         | Study | Arm | ORR |\n|---|---|---|\n| Phase 1 (NCT09918834) | Corvatinib | 31% |\n",
        "31%",
        &[
            "Measure: ColumnHeader \"ORR\"",
            "Study: RowHeader \"Phase 1 (NCT09918834)\"",
            "Arm: RowHeader \"Corvatinib\"",
            "Population: Caption \"Third-Line and Later\"",
        ],
    );
}

#[test]
fn a_study_of_an_earlier_sentence_keeps_its_place() {
    check(
        "The TIDEMARK trial (NCT09952017) was open-label. The objective response rate was 24% with corvatinib.",
        "24%",
        &[
            "Measure: Sentence \"objective response rate\"",
            "Study: PreviousSentence \"TIDEMARK trial (NCT09952017)\"",
            "Arm: Sentence \"corvatinib\"",
        ],
    );
}

#[test]
fn the_nearest_label_before_the_figure_is_the_one() {
    assert_eq!(
        occurrences("ORR and  orr, orr", "ORR"),
        [0..3, 9..12, 14..17]
    );
    assert_eq!(folded_prefix("a  b", "A b"), Some(4));
    assert!(occurrences("ab", "a b").is_empty());
}
