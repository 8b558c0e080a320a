//! Marks of every style, and what looks like one.

use super::citations;

/// Marks as `text=label:entry`, joined by blanks; `?` for a label without entry.
fn marks(text: &str) -> String {
    let found: Vec<String> = citations(text)
        .pointers
        .iter()
        .map(|pointer| {
            let labels: Vec<String> = pointer
                .labels
                .iter()
                .zip(&pointer.targets)
                .map(|(label, target)| match target {
                    Some(_) => label.clone(),
                    None => format!("{label}?"),
                })
                .collect();
            format!(
                "{}={}",
                text.get(pointer.span.start..pointer.span.end).unwrap(),
                labels.join(",")
            )
        })
        .collect();
    found.join(" ")
}

/// A list of so many entries.
fn list(entries: usize) -> String {
    let items: Vec<String> = (1..=entries)
        .map(|n| {
            format!(
                "{n}. Marlow AB, Quist C. Tide tables of harbour {n}. J Harb Stud. 2011;{n}:10-20."
            )
        })
        .collect();
    format!("\n\n## References\n\n{}\n", items.join("\n"))
}

/// Marks of a paragraph above a list of nine entries.
fn check(text: &str, expected: &str) {
    assert_eq!(marks(&format!("{text}{}", list(9))), expected, "{text}");
}

/// Marks of a text as it stands.
fn check_alone(text: &str, expected: &str) {
    assert_eq!(marks(text), expected, "{text}");
}

#[test]
fn formulas_parted_from_their_signs_have_no_marks() {
    check(
        "$$\n\nV = \\begin{bmatrix} V^{1,1} & V^{12} \\end{bmatrix}\n$$\n\nTides rise [1].",
        "[1]=1",
    );
}

#[test]
fn brackets_hold_numbers_lists_and_ranges() {
    check("Tides rise [1].", "[1]=1");
    check("Tides rise [1, 3-5].", "[1, 3-5]=1,3,4,5");
    check("Tides rise [1–3].", "[1–3]=1,2,3");
    check("Tides rise [2; 4].", "[2; 4]=2,4");
    check("Tides rise.[1][2][3]", "[1]=1 [2]=2 [3]=3");
    check("Tides rise [1] and fall [12].", "[1]=1 [12]=12?");
    check("As shown in [3]: tides rise [4].", "[3]=3 [4]=4");
}

#[test]
fn raised_marks_have_many_spellings() {
    check("Tides rise.^[1]", "^[1]=1");
    check("Tides rise.^[1]^ They fall.^[2]^", "^[1]^=1 ^[2]^=2");
    check("Tides rise.^{[1][8]}", "^{[1][8]}=1,8");
    check("Tides rise.^{1,2} And fall.^{3}", "^{1,2}=1,2 ^{3}=3");
    check("Tides rise.^1,2^ And fall.^3-5^", "^1,2^=1,2 ^3-5^=3,4,5");
    check(
        "Tides rise.<sup>1</sup> And fall.<sup>2,3</sup>",
        "<sup>1</sup>=1 <sup>2,3</sup>=2,3",
    );
    check("Tides rise.¹ And fall.²,³", "¹=1 ²,³=2,3");
    check("Tides rise.¹⁻³", "¹⁻³=1,2,3");
}

#[test]
fn linked_brackets_are_marks_and_no_links() {
    check(
        "Tides rise.[\\[1\\]](#) And fall.[\\[2\\]](#ref2)",
        "[\\[1\\]](#)=1 [\\[2\\]](#ref2)=2",
    );
    check("Tides rise.[[1]](#ref1)", "[[1]](#ref1)=1");
    assert!(
        citations(&format!("Tides.[\\[1\\]](#ref1){}", list(2)))
            .links
            .is_empty()
    );
}

#[test]
fn escaped_brackets_are_marks() {
    check("Tides rise \\[1\\].", "\\[1\\]=1");
}

#[test]
fn footnotes_are_marks_and_their_texts_entries() {
    check_alone(
        "Tides rise.[^1]\n\n[^1]: Marlow A. (2011). Tides. *Harbour*, 3, 4-5.\n",
        "[^1]=1",
    );
    check_alone(
        "Tides rise.[^Marlow]\n\n[^marlow]: Marlow A. (2011). Tides. *Harbour*, 3, 4-5.\n",
        "[^Marlow]=Marlow",
    );
    let found = citations("Tides rise.[^n]\n\n[^n]: Only where the moon is full.\n");
    assert_eq!(found.references.len(), 1);
    assert_eq!(found.references[0].title, None);
    assert!(found.reference_blocks.is_empty());
}

#[test]
fn citekeys_are_read_as_pandoc_reads_them() {
    check_alone("Tides rise [@marlow2011].", "[@marlow2011]=marlow2011?");
    check_alone("Tides rise [@a; @b, p. 3].", "[@a; @b, p. 3]=a?,b?");
    check_alone(
        "Tides rise [see -@a_b:c, chap. 2].",
        "[see -@a_b:c, chap. 2]=a_b:c?",
    );
    check_alone(
        "Tides rise [@doi:10.1000/x.y-1].",
        "[@doi:10.1000/x.y-1]=doi:10.1000/x.y-1?",
    );
    check_alone(
        "Tides [@a1]. As @quist2012 says.",
        "[@a1]=a1? @quist2012=quist2012?",
    );
}

#[test]
fn addresses_handles_and_cross_references_are_no_citekeys() {
    check_alone("Write to tide@harbour.org or @harbour.", "");
    check_alone(
        "See [@fig:map] and @tbl:one and \\@ref(fig:map) [@a].",
        "[@a]=a?",
    );
}

#[test]
fn exponents_and_isotopes_are_no_marks() {
    check("An area of 3 m^2^ at rest.^1^ And more.^2^", "^1^=1 ^2^=2");
    check("An area of 3 m² at rest.¹", "¹=1");
    check("Some 10^5^ waves, R^2^ of 0.8, 4 kg/m^2^.^1^", "^1^=1");
    check("An R ^2^ of 0.8 at 4 kg/m ^2^, X^2^ = 3.^1^", "^1^=1");
    check("With ^18^F and 5 cm<sup>3</sup>.", "");
    check("Flow in cm s^-1^.^3^", "^3^=3");
}

#[test]
fn raised_numbers_are_marks_only_where_the_document_cites_so() {
    check(
        "Tides rise [1], fall [2] and stay [3] in x7^8^.",
        "[1]=1 [2]=2 [3]=3",
    );
}

#[test]
fn intervals_are_no_marks() {
    check("A median of 4 [2, 7] days [1].", "[1]=1");
    check("Between [0, 1] and [0.5, 2] lies the tide [1].", "[1]=1");
    check("The mean was 5% [3–8] here [1].", "[1]=1");
    check(
        "Age, median IQR [3, 8], and 95% CI [1, 9] as told [2].",
        "[2]=2",
    );
    check("The mean was 3.5 (1.2) [2–7] here [1].", "[1]=1");
}

#[test]
fn a_figure_before_a_mark_does_not_hide_it() {
    check(
        "Some 30% [3, 5] agreed in 2010 [4, 6].",
        "[3, 5]=3,5 [4, 6]=4,6",
    );
}

#[test]
fn indices_boxes_and_years_are_no_marks() {
    check("Take x[1] and wave_height[2] from it [3].", "[3]=3");
    check("- [ ] open\n- [x] done\n\nTides [1].", "[1]=1");
    check("Marlow [2008] says so [1].", "[1]=1");
    check("See [[3]] of it [1].", "[1]=1");
}

#[test]
fn code_and_mathematics_are_passed_over() {
    check("Call `wave[1]` and $a^1^$ once [2].", "[2]=2");
    check("```\nwave [1]\n```\n\nTides [2].", "[2]=2");
}

#[test]
fn forms_may_be_mixed() {
    let text = "Tides rise.^[1] They fall.^{[2][3]} They rest.^[4]\n\n| Tide | Source |\n|---|---|\n| low | [6] |\n\n- Wait.[\\[5\\]](#)";
    check(text, "^[1]=1 ^{[2][3]}=2,3 ^[4]=4 [6]=6 [\\[5\\]](#)=5");
    let cells = citations(&format!("{text}{}", list(9)));
    assert_eq!(cells.pointers[3].place.cell, Some((1, 1)));
}

#[test]
fn without_a_list_marks_must_count_from_one() {
    check_alone("Tides rise [1] and fall [2].", "[1]=1? [2]=2?");
    check_alone("Take row [7] of it.", "");
    check_alone("See the surveys of [2016](/a) and [2017](/b).", "");
}

#[test]
fn a_raised_number_of_a_note_in_the_text_is_no_citation() {
    check_alone(
        "Tides rise<sup>1</sup> and fall.\n\nMore.\n\n<sup>1</sup>At spring tide.",
        "",
    );
    check_alone(
        "Tides rise<sup>[1](#spring)</sup>.\n\n<a name=\"spring\">1</a>: At spring tide.",
        "",
    );
    check(
        "Tides rise<sup>[1](#cr1)</sup> and fall<sup>[12](#cr12)</sup>.\n\n<a name=\"cr1\"></a>",
        "<sup>[1](#cr1)</sup>=1 <sup>[12](#cr12)</sup>=12?",
    );
}

#[test]
fn a_link_to_a_person_is_no_citation() {
    let link = "[@okafor1991](https://example.org/okafor1991)";
    check_alone(&format!("By Jane ({link}) and others."), "");
    check_alone(
        "Thanks to **@okafor50** and **@lind** for all their help.",
        "",
    );
}

#[test]
fn a_definition_that_words_link_to_is_no_entry() {
    let entries = |text: &str| citations(text).references.len();
    let definition = "\n\n[3245]: https://example.org/3245\n";
    assert_eq!(entries(&format!("See [the request][3245].{definition}")), 0);
    assert_eq!(entries(&format!("Tides rise [3245].{definition}")), 1);
}

#[test]
fn a_number_whose_link_leads_to_its_source_needs_no_list() {
    check_alone(
        "Tides rise [[1](https://example.org/a), [2](https://example.org/b)], says one<sup><a href=\"https://example.org/c\">3</a></sup>.",
        "",
    );
    check_alone("Boats ([2](#2-night-boats)) go.\n\n## 2. Night boats\n", "");
    check_alone("Boats go ([1](#ref-1)).", "[1](#ref-1)=1?");
    check(
        "Tides rise [[2](https://example.org/a)].",
        "[[2](https://example.org/a)]=2",
    );
}

#[test]
fn brackets_of_code_and_names_of_links_are_no_marks() {
    check_alone("The name is version[1].name here.", "");
    check_alone("\\renewcommand{\\name}[1]{\\mark{x}}", "");
    check_alone(
        "Two meetings ([1][meeting of May], [2][meeting of June]) told it.",
        "",
    );
    check_alone("The line that is marked \"[1]\" tells it.", "");
}

#[test]
fn a_raised_number_behind_a_space_is_no_mark_where_no_list_is() {
    check_alone(
        "Two rows are marked with \u{b9} and \u{b2} in the table.",
        "",
    );
    check_alone(
        "Tides rise at noon\u{b9} and fall\u{b2}.",
        "\u{b9}=1? \u{b2}=2?",
    );
}

#[test]
fn a_number_in_quotation_marks_counts_another_list() {
    check_alone("\"Tides rise with the moon [1].\"", "");
}
