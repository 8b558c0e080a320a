//! Text that was extracted from pages and PDFs.

use super::{check, read};
use crate::markdown::properties::assert_document;

const PROSE: &str =
    "This paragraph runs on for long enough to be read as the prose that stands under a heading.";

#[test]
fn tab_table_with_caption() {
    check(
        "Table 1: Rates by arm\n\n\u{a0}\nArm\tRate\tp-value\nActive + rest\t13% [1] [2]\t1.00\nRest\t14%^[2]\t\nEnd.",
        "0 caption: Table 1: Rates by arm\n1 table h1 c0 n:\n  | Arm | Rate | p-value\n  | Active + rest | 13% [1] [2] | 1.00\n  | Rest | 14%^[2] | \n2 p: End.",
    );
}

#[test]
fn tab_table_rows_that_look_like_blocks() {
    check(
        "\tAll\tTreated\nAge\nunder 65\t5\t7\n> 65\t3\t4\n# of dogs\t1\t2\n- none\t\t9\n",
        "0 table h1 c- n:\n  |  | All | Treated\n  | Age\n  | under 65 | 5 | 7\n  | > 65 | 3 | 4\n  | # of dogs | 1 | 2\n  | - none |  | 9",
    );
}

#[test]
fn tab_table_without_header() {
    check(
        "2019\t5.5\nA\t3\n",
        "0 table h0 c- n:\n  | 2019 | 5.5\n  | A | 3",
    );
}

#[test]
fn tabs_in_code_and_lists_make_no_table() {
    check("```\na\tb\nc\td\n```", "0 code: a\tb\\nc\td");
    check("-\tone\tx\n-\ttwo\ty", "0 li 0.0: one\tx\n1 li 0.0: two\ty");
    check(
        "[1]\tSmith J. Title.\n[2]\tDoe A. Other.",
        "0 p: [1]\tSmith J. Title. [2]\tDoe A. Other.",
    );
    check("One line\twith a tab.", "0 p: One line\twith a tab.");
}

#[test]
fn caption_below_and_in_bold() {
    check(
        "Text.\n\n|a|\n|---|\n|1|\n\n**Table 2** Sizes of dogs\n\nMore.",
        "0 p: Text.\n1 table h1 c2 n:\n  | a\n  | 1\n2 caption: Table 2 Sizes of dogs\n3 p: More.",
    );
}

#[test]
fn a_sentence_about_a_table_is_no_caption() {
    check(
        "Table 3 shows rates.\n\n|a|\n|---|\n|1|",
        "0 p: Table 3 shows rates.\n1 table h1 c- n:\n  | a\n  | 1",
    );
    check(
        "Table 3: Rates.\n\nNo table.",
        "0 p: Table 3: Rates.\n1 p: No table.",
    );
    check(
        "Figure 3: Rates\n\nText.",
        "0 p: Figure 3: Rates\n1 p: Text.",
    );
}

#[test]
fn notes_under_a_table() {
    check(
        "|a*|\n|---|\n|1|\n\n*Adjusted for age.\n\n† Missing in two.\n\nAbbreviations: CI, confidence interval.\n\n<sup>a</sup>Median.\n\nText.",
        "0 table h1 c- n1,2,3,4:\n  | a*\n  | 1\n1 note: *Adjusted for age.\n2 note: † Missing in two.\n3 note: Abbreviations: CI, confidence interval.\n4 note: aMedian.\n5 p: Text.",
    );
}

#[test]
fn a_star_note_is_no_list() {
    check(
        "|a|\n|---|\n|1|\n\n* p < 0.05\n\nText.",
        "0 table h1 c- n1:\n  | a\n  | 1\n1 note: * p < 0.05\n2 p: Text.",
    );
}

#[test]
fn headings_without_marks() {
    check(
        &format!(
            "A Guide to Dogs: What We Know\n\nAuthor: A. Team\n\nSize of Dogs\n\n{PROSE}\n\nHow big are they?\n\n{PROSE}\n\n2.1 Weight\n\n- heavy"
        ),
        &format!(
            "0 h2?: A Guide to Dogs: What We Know\n1 p: Author: A. Team\n2 h2?: Size of Dogs\n3 p: {PROSE}\n4 p: How big are they?\n5 p: {PROSE}\n6 h2?: 2.1 Weight\n7 li 0.0: heavy"
        ),
    );
    assert_eq!(
        read(&format!("Dogs at Work\n\n{PROSE}")).title.as_deref(),
        Some("Dogs at Work")
    );
}

#[test]
fn unmarked_headings_stand_under_marked_ones() {
    check(
        &format!("# A\n\n## B\n\n**Effects:**\n\n{PROSE}"),
        &format!("0 h1: A\n1 h2: B\n2 h3?: Effects:\n3 p: {PROSE}"),
    );
}

#[test]
fn lines_that_are_no_headings() {
    for line in [
        "It rose by 30% in total",
        "Rates fell [3]",
        "Q1: What was seen?",
        "Dogs bark.",
        "Dogs, cats and",
        "Name: Rex",
        "small dogs",
        "[Click](#)",
        "March 3, 2021",
        "Springfield, IL 62704, United States",
        "12 Main Street",
        "Jane Roe, PhD",
        "Jane Roe and John Doe, Ann Poe",
        "30 days of rest",
        "info@dogs.org",
        "By Jane Roe",
        "Table 4 Dogs",
        "Stop!",
        "F(1, 20) p 3.15, NS",
    ] {
        let markdown = format!("{PROSE}\n\n{line}\n\n{PROSE}");
        let document = read(&markdown);
        assert_eq!(document.section_title(2), None, "{line}");
    }
}

#[test]
fn the_last_line_is_no_heading() {
    check(
        &format!("{PROSE}\n\nJane Roe\n\nHead of Dogs"),
        &format!("0 p: {PROSE}\n1 p: Jane Roe\n2 p: Head of Dogs"),
    );
}

#[test]
fn labels_of_a_chart_are_no_headings() {
    check(
        &format!("{PROSE}\n\nBig dogs\n\nSmall dogs\n\nOther dogs\n\nWeight in Winter\n\n{PROSE}"),
        &format!(
            "0 p: {PROSE}\n1 p: Big dogs\n2 p: Small dogs\n3 p: Other dogs\n4 h2?: Weight in Winter\n5 p: {PROSE}"
        ),
    );
}

#[test]
fn a_line_under_an_image_is_its_caption() {
    check(
        &format!("![](i.png)\n\nDog Signaling Pathway\n\nMethods\n\n{PROSE}"),
        &format!("0 p:\n1 p: Dog Signaling Pathway\n2 h2?: Methods\n3 p: {PROSE}"),
    );
}

#[test]
fn a_document_that_marks_its_headings_marks_all() {
    check(
        "# A\n\n## B\n\n## C\n\nBuilt with Care\n\n- x\n",
        "0 h1: A\n1 h2: B\n2 h2: C\n3 p: Built with Care\n4 li 0.0: x",
    );
}

#[test]
fn a_sentence_cut_by_a_page_break_is_joined() {
    let first = "Larger dogs need more food than smaller ones and their owners may have to explore";
    let document = read(&format!(
        "{first}\n\n \ncomposite diets that hold more.\n\nEnd."
    ));
    assert_eq!(document.blocks.len(), 2);
    assert_eq!(
        document.blocks[0].text.plain,
        format!("{first} composite diets that hold more.")
    );
    assert!(
        document
            .source
            .slice(document.blocks[0].span)
            .ends_with("more.")
    );
}

#[test]
fn an_item_cut_by_a_page_break_is_joined() {
    check(
        "1. one dog,\n\n   two cats\n2. b",
        "0 li 0.0 #1: one dog, two cats\n1 li 0.0 #2: b",
    );
}

#[test]
fn whole_sentences_are_not_joined() {
    for (first, second) in [
        ("It ends here as any sentence does.", "and so on"),
        ("Weights of Dogs", "iPods are small"),
        ("It was seen in dogs and cats, ns", "t = 2.2, so there"),
        (
            "The four kinds of dogs are these in the list",
            "b.  small ones",
        ),
        ("It is given for all of the dogs by", "$x$ and so on"),
        ("# Weights of dogs", "are small"),
        ("> Larger dogs need more food than smaller ones and", "cats"),
        ("- Larger dogs need more food than smaller ones and", "cats"),
    ] {
        assert_eq!(
            read(&format!("{first}\n\n{second}\n\nEnd.")).blocks.len(),
            3,
            "{first}"
        );
    }
}

#[test]
fn lines_of_no_break_spaces_are_blank() {
    check(
        "one dog or\n\u{a0}\ntwo.\n\n&nbsp;\n\n\u{200b}\n\nthree",
        "0 p: one dog or\n1 p: two.\n2 p: three",
    );
}

#[test]
fn a_line_of_nothing_seen_ends_a_tabbed_table() {
    check(
        "dog\tweight\nRex\t12\n\t\u{feff}\nRex is small.",
        "0 table h1 c- n:\n  | dog | weight\n  | Rex | 12\n1 p: Rex is small.",
    );
}

#[test]
fn no_break_spaces_in_indented_code_keep_their_place() {
    assert_document(&read(" ```\n\u{a0}\na\tb\n"));
}
