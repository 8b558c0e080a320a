//! Sentence ends in small texts.

use proptest::prelude::*;

use super::super::fixture;
use super::*;

/// Sentences joined by ` ¦ `.
fn check(input: &str, expected: &str) {
    let mut text = Text::default();
    text.push(input, Span::new(0, input.len()));
    let found: Vec<&str> = ranges(&text, std::iter::empty())
        .into_iter()
        .map(|range| input.get(range).unwrap())
        .collect();
    assert_eq!(found.join(" ¦ "), expected, "{input}");
}

#[test]
fn a_full_stop_before_a_capital_ends_a_sentence() {
    check("Rates fell. Costs rose.", "Rates fell. ¦ Costs rose.");
    check(
        "Did it work? It did!  Well done.",
        "Did it work? ¦ It did! ¦ Well done.",
    );
    check("No stop at the end", "No stop at the end");
    check("  Spaces around.  ", "Spaces around.");
    check("", "");
    check(" \t ", "");
    check(
        "The system uses TLS. Not SSL.",
        "The system uses TLS. ¦ Not SSL.",
    );
}

#[test]
fn marks_after_the_full_stop_belong_to_the_sentence_before() {
    check(
        "Growth slowed.^[7] A second trial ran.",
        "Growth slowed.^[7] ¦ A second trial ran.",
    );
    check(
        "Growth slowed.[1][2][3] A trial ran.",
        "Growth slowed.[1][2][3] ¦ A trial ran.",
    );
    check(
        "Growth slowed.^{[1][3][9]} A trial ran.",
        "Growth slowed.^{[1][3][9]} ¦ A trial ran.",
    );
    check(
        "Growth slowed.^4,5^ A trial ran.",
        "Growth slowed.^4,5^ ¦ A trial ran.",
    );
    check(
        "Growth slowed.[^n] A trial ran.",
        "Growth slowed.[^n] ¦ A trial ran.",
    );
    check(
        "Growth slowed.¹² A trial ran.",
        "Growth slowed.¹² ¦ A trial ran.",
    );
    check(
        "Growth slowed. [4] A trial ran.",
        "Growth slowed. [4] ¦ A trial ran.",
    );
    check(
        "Growth slowed. [4] [5, 6] A trial ran.",
        "Growth slowed. [4] [5, 6] ¦ A trial ran.",
    );
    check("Growth slowed.[4]", "Growth slowed.[4]");
    check(
        "Phase 2 missed its endpoint.[6]",
        "Phase 2 missed its endpoint.[6]",
    );
    check(
        "The dose was 2 mg.* It held.",
        "The dose was 2 mg.* ¦ It held.",
    );
}

#[test]
fn a_mark_that_lost_its_raising_ends_a_sentence() {
    check(
        "Growth slowed.74 Another trial ran.",
        "Growth slowed.74 ¦ Another trial ran.",
    );
    check(
        "Growth slowed (by half).6,7,9-11 Costs rose by 5%.12, 13 A trial ran.",
        "Growth slowed (by half).6,7,9-11 ¦ Costs rose by 5%.12, 13 ¦ A trial ran.",
    );
    check(
        "They read DNA.8 9 12 It held.",
        "They read DNA.8 9 12 ¦ It held.",
    );
    for whole in [
        "It shows in Fig.3 Growth and in Figure.3 Costs.",
        "The strain was B.1 Variants were rare.",
        "It sold approx.5 Million of them.",
        "It fell to 3.5 Points.",
        "Open data.1 twice.",
        "It ran in spring.2019 Costs rose.",
    ] {
        check(whole, whole);
    }
}

#[test]
fn marks_before_the_full_stop_stay_inside() {
    check(
        "Growth slowed [4]. A trial ran [5].",
        "Growth slowed [4]. ¦ A trial ran [5].",
    );
    check("Wu et al. [4] enrolled 20.", "Wu et al. [4] enrolled 20.");
    check(
        "Wu et al.^17^ also enrolled 20.",
        "Wu et al.^17^ also enrolled 20.",
    );
    check(
        "This was seen by Wu et al. [4]. They agree.",
        "This was seen by Wu et al. [4]. ¦ They agree.",
    );
}

#[test]
fn abbreviations_go_on() {
    check(
        "See Fig. 3 and Figs. S4 to S6 for more.",
        "See Fig. 3 and Figs. S4 to S6 for more.",
    );
    check(
        "Use a salt, e.g. Tris, i.e. a buffer.",
        "Use a salt, e.g. Tris, i.e. a buffer.",
    );
    check("Old vs. New was compared.", "Old vs. New was compared.");
    check("Dr. Brown met Prof. Green.", "Dr. Brown met Prof. Green.");
    check(
        "It is approx. 5 m tall (cf. Table 2).",
        "It is approx. 5 m tall (cf. Table 2).",
    );
    check("Sample No. 4 failed.", "Sample No. 4 failed.");
    check(
        "The answer was no. She left.",
        "The answer was no. ¦ She left.",
    );
    check("See vol. 3, pp. 12 to 14.", "See vol. 3, pp. 12 to 14.");
    check("Brown et al. Science papers", "Brown et al. Science papers");
    check(
        "As in Brown et al. The rest agrees.",
        "As in Brown et al. ¦ The rest agrees.",
    );
    check(
        "It opened on Jan. 5 in the U.S. Senate.",
        "It opened on Jan. 5 in the U.S. Senate.",
    );
    check(
        "They moved to the U.S. They stayed.",
        "They moved to the U.S. ¦ They stayed.",
    );
    check(
        "Acme Inc. sold it. Brace Ltd. The end.",
        "Acme Inc. sold it. ¦ Brace Ltd. ¦ The end.",
    );
    check(
        "Pens, ink, etc. Prices vary.",
        "Pens, ink, etc. ¦ Prices vary.",
    );
    check(
        "The door is 6 ft. 2 in. wide.",
        "The door is 6 ft. 2 in. wide.",
    );
    check(
        "Heat to 37 °C. Cool at once.",
        "Heat to 37 °C. ¦ Cool at once.",
    );
}

#[test]
fn times_end_a_sentence_unless_only_an_opening_phrase_stands_before() {
    check(
        "We met at 7 p.m. The talk was long.",
        "We met at 7 p.m. ¦ The talk was long.",
    );
    check("At 7 p.m. Dr. Brown spoke.", "At 7 p.m. Dr. Brown spoke.");
    check("At 7 p.m. EST it closed.", "At 7 p.m. EST it closed.");
}

#[test]
fn initials_go_on() {
    check(
        "J. K. Brown wrote it. A. Green did not.",
        "J. K. Brown wrote it. ¦ A. Green did not.",
    );
    check(
        "It was grown with E. coli cells.",
        "It was grown with E. coli cells.",
    );
    check(
        "All lacked vitamin D. Doses rose.",
        "All lacked vitamin D. ¦ Doses rose.",
    );
    check(
        "It hurt him and I. We left.",
        "It hurt him and I. ¦ We left.",
    );
}

#[test]
fn numbers_keep_their_points() {
    check(
        "It rose by 3.5 to 4.25. Then it fell.",
        "It rose by 3.5 to 4.25. ¦ Then it fell.",
    );
    check("A rise (P = .03). A fall.", "A rise (P = .03). ¦ A fall.");
    check(
        "Version 1.2.3 runs. Version 2.0 fails.",
        "Version 1.2.3 runs. ¦ Version 2.0 fails.",
    );
    check(
        "The limit was 4. 12 samples passed.",
        "The limit was 4. ¦ 12 samples passed.",
    );
    check("It fell to .8 of that.", "It fell to .8 of that.");
}

#[test]
fn addresses_and_file_names_keep_their_points() {
    check(
        "See https://example.org/a.b.html. It is open.",
        "See https://example.org/a.b.html. ¦ It is open.",
    );
    check(
        "Open data.v2.csv first. Then stop.",
        "Open data.v2.csv first. ¦ Then stop.",
    );
    check(
        "It runs on example.com today.",
        "It runs on example.com today.",
    );
    check(
        "The end came.Nobody saw it.",
        "The end came. ¦ Nobody saw it.",
    );
}

#[test]
fn an_ellipsis_ends_only_before_a_capital() {
    check("Well ... maybe not.", "Well ... maybe not.");
    check("It stopped... Then it ran.", "It stopped... ¦ Then it ran.");
    check("The text [...] was cut.", "The text [...] was cut.");
}

#[test]
fn quotations_and_brackets_are_whole() {
    check(
        "He said \"Stop. Now.\" and left.",
        "He said \"Stop. Now.\" and left.",
    );
    check(
        "She said, \"It works.\" He agreed.",
        "She said, \"It works.\" ¦ He agreed.",
    );
    check("“It works.” He agreed.", "“It works.” ¦ He agreed.");
    check(
        "(All were tested.) None failed.",
        "(All were tested.) ¦ None failed.",
    );
    check(
        "It held (see Part 2. It helps) at last.",
        "It held (see Part 2. It helps) at last.",
    );
    check(
        "It broke (see Part 2. It helps at last.",
        "It broke (see Part 2. ¦ It helps at last.",
    );
}

#[test]
fn lower_case_names_open_sentences() {
    check("Cells grew. mRNA was read.", "Cells grew. ¦ mRNA was read.");
    check(
        "It was stable. p53 was not.",
        "It was stable. ¦ p53 was not.",
    );
}

#[test]
fn numbers_in_front_label_a_sentence() {
    check("1. First step.", "1. First step.");
    check(
        "a. The first part b. The second part",
        "a. The first part ¦ b. The second part",
    );
}

#[test]
fn other_scripts_end_sentences_too() {
    check(
        "これは文です。次の文です。",
        "これは文です。 ¦ 次の文です。",
    );
    check("Это верно. Это нет.", "Это верно. ¦ Это нет.");
}

#[test]
fn each_block_and_cell_is_a_sentence_of_its_own() {
    let (document, citations) = fixture::read(
        "# Title\nOne fell. Two rose.\n- item one\n- item two\n\n| A | B |\n|---|---|\n| x | 2 |\n",
    );
    let (sentences, _) = split(&document, &citations);
    let found: Vec<&str> = sentences
        .iter()
        .map(|sentence| document.plain(&sentence.place))
        .collect();
    assert_eq!(
        found,
        [
            "Title",
            "One fell.",
            "Two rose.",
            "item one",
            "item two",
            "A",
            "B",
            "x",
            "2"
        ]
    );
}

#[test]
fn hostile_input_is_linear() {
    for piece in [
        "(", "[", ".", ". ", "'", "\" ", "et al. ", "[1] ", "^{", "a.", "? ! ",
    ] {
        let input = piece.repeat(100_000);
        let mut text = Text::default();
        text.push(&input, Span::new(0, input.len()));
        assert!(ranges(&text, std::iter::empty()).len() <= input.len());
    }
}

proptest! {
    #[test]
    fn sentences_are_ordered_disjoint_and_inside(
        input in r#"([A-Za-z.!?'"\[\]()^{}0-9 \n…。“”é°\u{0}\u{301}-]|et al\. |Fig\. |\[1\]| '' ){0,80}"#,
    ) {
        let mut text = Text::default();
        text.push(&input, Span::new(0, input.len()));
        let mut last = 0;
        for range in ranges(&text, std::iter::empty()) {
            prop_assert!(last <= range.start && range.start < range.end && range.end <= input.len());
            let piece = input.get(range.clone());
            prop_assert!(piece.is_some());
            prop_assert_eq!(piece.unwrap_or_default().trim(), piece.unwrap_or_default());
            last = range.end;
        }
        let found = ranges(&text, std::iter::empty());
        let left: usize = found.iter().map(|range| input.get(range.clone()).unwrap().split_whitespace().count()).sum();
        prop_assert!(left >= input.split_whitespace().count(), "no word is lost");
    }

    #[test]
    fn any_text_is_read(input in any::<String>()) {
        let (document, citations) = fixture::read(&input);
        for sentence in split(&document, &citations).0 {
            prop_assert!(!document.plain(&sentence.place).is_empty());
        }
    }
}
