use crate::corpus::{Corpus, extract, relate};
use crate::text::SourceText;

/// Editions by year; what the last one tells, and what the earlier one says instead.
fn check(editions: &[(&str, &str)], expected: &[(&str, &str)]) {
    let read = |(year, text): &(&str, &str)| {
        let path = format!("tide-{year}.md");
        extract(SourceText::new(
            path,
            format!("# Tide Watch Survey {year}\n\n{text}\n"),
        ))
    };
    let corpus = relate(editions.iter().map(read).collect());
    let found: Vec<(&str, &str)> = corpus
        .retellings
        .iter()
        .map(|pair| (quote(&corpus, pair.told), quote(&corpus, pair.source)))
        .collect();
    assert_eq!(found, expected, "{editions:?}");
}

fn quote(corpus: &Corpus, (document, figure): (usize, usize)) -> &str {
    let extraction = &corpus.extractions[document];
    let span = extraction.statements.figures[figure].span;
    extraction.document.source.slice(span)
}

const FIRST: &str =
    "63% of wardens row to the pontoons, 60% paddle a kayak, and 52% walk the breakwater.";

#[test]
fn a_figure_told_of_a_year_is_that_of_its_edition() {
    let told = |text: &'static str| [("2016", FIRST), ("2018", text)];
    check(
        &told("Kayak paddling by wardens went from 56% in 2016 to 73% today."),
        &[("56%", "60%")],
    );
    check(
        &told("Kayak paddling by wardens went from 60% in 2016 to 73% today."),
        &[],
    );
    // No edition of 2017 is there.
    check(
        &told("Kayak paddling by wardens went from 56% in 2017 to 73% today."),
        &[],
    );
}

#[test]
fn what_is_compared_with_a_period_is_of_today() {
    check(
        &[
            ("2016", FIRST),
            ("2017", "71% of wardens paddle a kayak, more than in 2016."),
        ],
        &[],
    );
}

#[test]
fn a_bracket_behind_the_period_holds_its_figure() {
    check(
        &[
            (
                "2016",
                "12% of wardens dive at night and 3% dive under the ice.",
            ),
            (
                "2017",
                "2% of wardens dive under the ice, fewer than in 2016 (5%).",
            ),
        ],
        &[("5%", "3%")],
    );
}

#[test]
fn ratios_are_told_by_arrows() {
    check(
        &[
            (
                "2016",
                "Wardens agree that the harbour office hears their worries (2.6:1).",
            ),
            (
                "2017",
                "Wardens agree more that the harbour office hears their worries (2.2:1 → 2.8:1).",
            ),
        ],
        &[("2.2:1", "2.6:1")],
    );
}

#[test]
fn a_narrower_question_is_another_one() {
    check(
        &[
            ("2016", "89% of wardens use radios for pontoon calls."),
            (
                "2017",
                "96% of wardens use radios for pontoon calls, up from 89% last year. 87% of wardens use only radios for \
                 pontoon calls, up from 71% last year.",
            ),
        ],
        &[],
    );
}

#[test]
fn documents_of_other_titles_are_no_editions() {
    let read = |(path, text): (&str, &str)| extract(SourceText::new(path, text));
    let corpus = relate(
        [
            ("a-2016.md", "# Kelp map 2016\n\n60% of wardens paddle a kayak to the pontoon."),
            (
                "b-2017.md",
                "# Tide Watch Survey 2017\n\n71% of wardens paddle a kayak to the pontoon, up from 56% last year.",
            ),
        ]
        .map(read)
        .into(),
    );
    assert_eq!(corpus.retellings, []);
}

#[test]
fn a_source_that_gives_the_told_value_in_the_same_paragraph_is_told_rightly() {
    check(
        &[
            (
                "2016",
                "Wardens who paddle a kayak are 60% of the crews of the bay. Over the years, wardens who paddle a kayak have gone \
                 from 41% to 56%.",
            ),
            (
                "2018",
                "Kayak paddling by wardens went from 56% in 2016 to 73% today.",
            ),
        ],
        &[],
    );
}

#[test]
fn a_list_behind_a_year_and_a_colon_is_of_that_year() {
    let source = "Chart: 2015: 20% of wardens row, 14% swim, 60% paddle a kayak. 2016: 22% of wardens row, 15% swim, 61% paddle a kayak.";
    check(
        &[
            ("2016", source),
            (
                "2018",
                "Kayak paddling by wardens went from 56% in 2016 to 73% today.",
            ),
        ],
        &[("56%", "61%")],
    );
}
