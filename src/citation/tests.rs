//! Documents in, marks, entries and links out, each as one line of text.

use proptest::prelude::*;

use super::{Citations, extract};
use crate::markdown::{Document, parse};
use crate::text::SourceText;

fn document(text: &str) -> Document {
    parse(SourceText::new("page.md", text))
}

fn citations(text: &str) -> Citations {
    extract(&document(text))
}

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

/// Entries as `label|authors|year|title|container`, one a line.
fn entries(text: &str) -> String {
    let lines: Vec<String> = citations(text)
        .references
        .iter()
        .map(|entry| {
            format!(
                "{}|{}|{}|{}|{}",
                entry.label,
                entry.authors.join("; "),
                entry.year.as_deref().unwrap_or(""),
                entry.title.as_deref().unwrap_or(""),
                entry.container.as_deref().unwrap_or("")
            )
        })
        .collect();
    lines.join("\n")
}

/// Fields of one entry of a numbered list.
fn check_entry(entry: &str, expected: &str) {
    assert_eq!(
        entries(&format!("# Tides\n\n## References\n\n1. {entry}\n")),
        format!("1|{expected}"),
        "{entry}"
    );
}

#[test]
fn fields_are_read_in_the_usual_styles() {
    check_entry(
        "Marlow AB, Quist C, et al. Tides of the north coast. J Harb Stud. 2011;14(2):101-9.",
        "Marlow AB; Quist C|2011|Tides of the north coast|J Harb Stud",
    );
    check_entry(
        "Marlow, A. B., & Quist, C. (2011). Tides of the north coast. *Harbour Studies*, 14(2), 101–109.",
        "Marlow, A. B.; Quist, C.|2011|Tides of the north coast|Harbour Studies",
    );
    check_entry(
        "A. B. Marlow and C. Quist, “Tides of the north coast,” Harbour Studies, vol. 14, no. 2, pp. 101–109, 2011.",
        "A. B. Marlow; C. Quist|2011|Tides of the north coast|Harbour Studies",
    );
    check_entry(
        "A. B. Marlow and C. Quist. Tides of the north coast. In Proceedings of the Harbour Workshop, pages 10-20, May 2011.",
        "A. B. Marlow; C. Quist|2011|Tides of the north coast|Proceedings of the Harbour Workshop",
    );
    check_entry(
        "Marlow, Anna. The Open Sea. London: Faber, 1999.",
        "Marlow, Anna|1999|The Open Sea|",
    );
    check_entry(
        "Quist, C. (2003). Piers. In B. Oram & D. Pell (Eds.), Handbook of Harbours (pp. 3-9). Oslo: Brygge.",
        "Quist, C.|2003|Piers|Handbook of Harbours",
    );
    check_entry(
        "World Sea Organization. Report on tides. 2007.",
        "World Sea Organization|2007|Report on tides|",
    );
    check_entry(
        "———. The Open Sea. London: Faber, 1999.",
        "|1999|The Open Sea|",
    );
    check_entry(
        "C. Quist, Phys. Tid. 77, 250 (2000).",
        "C. Quist|2000||Phys. Tid.",
    );
}

#[test]
fn titles_alone_lose_host_and_catalogue() {
    check_entry(
        "Tides of the north coast, a survey - PubMed [pubmed.ncbi.nlm.nih.gov]",
        "||Tides of the north coast, a survey|",
    );
    check_entry(
        "Tides today - Harbour World [harbour-world.com]",
        "||Tides today|Harbour World",
    );
    check_entry(
        "Tides - and what they do [sea.org]",
        "||Tides - and what they do|",
    );
}

#[test]
fn hosts_are_compared_with_titles() {
    let found = citations(
        "# Tides\n\nReferences\n\n- 1. Facebook [sea.gov]\n- 2. harbour.com [harbour.com]\n- 3. piers.nhs.uk [piers.nhs.uk]\n- 4. Tides - YouTube [youtube.com]\n",
    );
    let seen: Vec<_> = found
        .references
        .iter()
        .map(|entry| {
            (
                entry.title_site.as_deref(),
                entry.site.as_deref().unwrap(),
                entry.title_is_host,
            )
        })
        .collect();
    assert_eq!(
        seen,
        [
            (Some("facebook.com"), "sea.gov", false),
            (None, "harbour.com", true),
            (None, "nhs.uk", true),
            (Some("youtube.com"), "youtube.com", false)
        ]
    );
}

#[test]
fn identifiers_are_found_anywhere_in_an_entry() {
    let found = citations(
        "## References\n\n1. Marlow A. Tides. Sea. 2011;1:2-3. doi: 10.1000/Sea.(2011)7. PMID: 123456. PMC7654321. NCT01234567. https://www.sea.org/a?b=1.\n",
    );
    let entry = &found.references[0];
    assert_eq!(entry.doi.as_deref(), Some("10.1000/sea.(2011)7"));
    assert_eq!(entry.pmid.as_deref(), Some("123456"));
    assert_eq!(entry.pmcid.as_deref(), Some("PMC7654321"));
    assert_eq!(entry.registry.as_deref(), Some("NCT01234567"));
    assert_eq!(entry.url.as_deref(), Some("https://www.sea.org/a?b=1"));
    assert_eq!(entry.host.as_deref(), Some("sea.org"));
    assert_eq!(
        (entry.volume.as_deref(), entry.pages.as_deref()),
        (Some("1"), Some("2-3"))
    );
}

#[test]
fn lists_are_found_under_headings_of_any_make() {
    for heading in [
        "## References",
        "**References**",
        "References:",
        "Bibliography\n===",
        "## 7. Literature cited",
        "# Works Cited",
    ] {
        let text = format!(
            "Tides [1].\n\n{heading}\n\n1. Marlow A. Tides. Sea. 2011;1:2-3.\n2. Quist C. Piers. Sea. 2012;2:3-4.\n"
        );
        assert_eq!(citations(&text).references.len(), 2, "{heading}");
    }
}

#[test]
fn numbers_are_read_in_every_spelling() {
    for numbers in [
        "[1] ,[2] ",
        "1) ,2) ",
        "- 1. ,- 2. ",
        "1. <a id=\"r1\"></a>,2. <a id=\"r2\"></a>",
    ] {
        let (one, two) = numbers.split_once(',').unwrap();
        let text = format!(
            "Tides.\n\n## References\n\n{one}Marlow A. Tides of old. Sea. 2011;1:2-3.\n\n{two}Quist C. Piers of old. Sea. 2012;2:3-4.\n"
        );
        let labels: Vec<_> = citations(&text)
            .references
            .into_iter()
            .map(|entry| (entry.label, entry.title))
            .collect();
        assert_eq!(
            labels,
            [
                ("1".to_owned(), Some("Tides of old".to_owned())),
                ("2".to_owned(), Some("Piers of old".to_owned()))
            ],
            "{numbers}"
        );
    }
}

#[test]
fn several_entries_may_share_a_paragraph() {
    let text = "## References\n\n[1] Marlow A. Tides [in two parts]. Sea. 2011;1:2-3.\n[2] Quist C. Piers. Sea. 2012;2:3-4. [3] Oram B. Quays. Sea. 2013;3:4-5.\n";
    assert_eq!(citations(text).references.len(), 3);
}

#[test]
fn each_line_of_a_paragraph_may_be_an_entry() {
    let text = "## References\n\nMarlow A. Tides of old. Sea. 2011;1:2-3.\nQuist C. Piers of old. Sea. 2012;2:3-4.\n";
    assert_eq!(citations(text).references.len(), 2);
    let wrapped =
        "## References\n\nMarlow A, Quist C. Tides of old\nand of today. Sea. 2011;1:2-3.\n";
    assert_eq!(citations(wrapped).references.len(), 1);
}

#[test]
fn a_list_goes_on_after_a_break_and_ends_at_a_heading() {
    let text = "## References\n\n- 1. Tides [sea.org]\n- 2. Piers [sea.org]\n\n\n- 3. Quays [sea.org]\n- To cite this document: Sea. [Tides]. Sea, [2025].\n\n## Contact\n\n- 4. Not an entry [sea.org]\n";
    let found = citations(text);
    assert_eq!(found.references.len(), 3);
    let document = document(text);
    let outside = document
        .blocks
        .iter()
        .position(|block| block.text.plain.contains("Contact"))
        .unwrap();
    assert!(!found.reference_blocks.contains(&outside));
    assert_eq!(found.reference_blocks.first(), Some(&0));
}

#[test]
fn a_list_of_entries_needs_no_heading() {
    let items = "1. Marlow A. Tides of old. Sea. 2011;1:2-3.\n2. Quist C. Piers of old. Sea. 2012;2:3-4.\n3. Oram B. Quays of old. Sea. 2013;3:4-5.\n";
    assert_eq!(
        citations(&format!("# Sea\n\nTides [1].\n\nMore.\n\n{items}"))
            .references
            .len(),
        3
    );
    assert!(
        citations("# Sea\n\nSteps.\n\n1. Fill the basin.\n2. Wait 20 minutes.\n3. Empty it.\n")
            .references
            .is_empty()
    );
    assert!(citations("# Sea\n\nSee.\n\n1. [Tides](https://sea.org)\n2. [Piers](https://sea.org)\n3. [Quays](https://sea.org)\n").references.is_empty());
}

#[test]
fn unnumbered_entries_get_running_numbers() {
    let found = citations(
        "## References\n\n- Marlow A. Tides. Sea. 2011;1:2-3.\n- Quist C. Piers. Sea. 2012;2:3-4.\n",
    );
    assert_eq!(found.references[1].label, "2");
    assert!(!found.references[1].numbered);
}

#[test]
fn link_definitions_serve_as_entries() {
    let text = "Tides rise [@tag:sea].\n\n[@tag:sea]: doi:10.1000/sea.7\n";
    let found = citations(text);
    assert_eq!(found.references.len(), 1);
    assert_eq!(found.references[0].label, "tag:sea");
    assert_eq!(found.references[0].doi.as_deref(), Some("10.1000/sea.7"));
    assert_eq!(found.pointers[0].targets, [Some(0)]);
}

#[test]
fn links_of_the_text_keep_text_and_target() {
    let found =
        citations("[Get a quote](#) or [![map](a.png)](https://sea.org) or <https://sea.org/x>.\n");
    let links: Vec<_> = found
        .links
        .iter()
        .map(|link| (link.text.as_str(), link.target.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            ("Get a quote", "#"),
            ("", "https://sea.org"),
            ("https://sea.org/x", "https://sea.org/x")
        ]
    );
}

/// Named sources as `text>author year entry marked`, one a line.
fn check_named(text: &str, expected: &str) {
    let whole = format!(
        "{text}\n\n## References\n\n1. Marlow AB, Oram C. Tides. Sea. 2011;1:2-3.\n2. Quist C. Piers. Sea. 2012;2:3-4.\n"
    );
    let found: Vec<String> = citations(&whole)
        .named_sources
        .iter()
        .map(|source| {
            format!(
                "{}>{} {} {} {}",
                whole.get(source.span.start..source.span.end).unwrap(),
                source.author,
                source.year.as_deref().unwrap_or("-"),
                source
                    .target
                    .map_or("-".to_owned(), |at| (at + 1).to_string()),
                if source.marked { "marked" } else { "bare" }
            )
        })
        .collect();
    assert_eq!(found.join("\n"), expected, "{text}");
}

#[test]
fn named_sources_are_told_by_the_words_beside_them() {
    check_named(
        "In the study by Pellinor et al. tides rose.",
        "study by Pellinor et al.>Pellinor - - bare",
    );
    check_named(
        "Marlow and colleagues (2011) saw tides [1].",
        "Marlow and colleagues (2011)>Marlow 2011 1 marked",
    );
    check_named(
        "Tides rise (Marlow et al., 2011).",
        "Marlow et al., 2011>Marlow 2011 1 bare",
    );
    check_named(
        "According to Quist (2012), piers stand.",
        "Quist (2012)>Quist 2012 2 bare",
    );
    check_named(
        "Pellinor & Smith (2020) saw it. Others did not [1].",
        "Pellinor & Smith (2020)>Pellinor 2020 - bare",
    );
    check_named(
        "A paper by Anna Pellinor says so.",
        "paper by Anna Pellinor>Pellinor - - bare",
    );
    check_named(
        "Van der Oram et al.[2] say so.",
        "der Oram et al.>der Oram - 1 marked",
    );
}

#[test]
fn names_alone_are_no_sources() {
    check_named("The Bayes theorem and the Marlow gate hold.", "");
    check_named(
        "In Norway (2019) tides rose. The World Cup (2018) did not.",
        "",
    );
    check_named(
        "The report by WHO and a study by the University of Oslo.",
        "",
    );
    check_named("In May (2019) and March (2020).", "");
}

fn properties(text: &str) {
    let document = document(text);
    let found = extract(&document);
    for pointer in &found.pointers {
        assert!(pointer.span.end <= text.len() && !pointer.labels.is_empty());
        assert_eq!(pointer.labels.len(), pointer.targets.len());
        assert!(
            pointer
                .targets
                .iter()
                .flatten()
                .all(|at| *at < found.references.len())
        );
        assert!(text.get(pointer.span.start..pointer.span.end).is_some());
    }
    for entry in &found.references {
        assert!(!entry.label.is_empty() && text.get(entry.span.start..entry.span.end).is_some());
    }
    assert!(
        found
            .named_sources
            .iter()
            .all(|source| source.span.end <= text.len())
    );
}

proptest! {
    #[test]
    fn nothing_stops_it(text in "\\PC{0,200}") {
        properties(&text);
    }

    #[test]
    fn marks_and_entries_of_any_make_are_survived(
        parts in proptest::collection::vec(
            prop::sample::select(vec![
                "[1]", "[", "]", "^[", "^{[1][2]}", "^1^", "^", "{", "}", "[^1]", "[@a]", "@b1", "¹", "²,", " ", "\n\n", "## References\n\n", "1. ",
                "- ", "Marlow A. ", "et al. ", "(2011)", "“", "”", "In ", "doi: 10.1000/x", "https://", "é", "\u{301}", "ʼ", "\u{a0}", ". ", ", ",
                "[1]: https://sea.org\n", "[sea.org]", " - PubMed", "2011;1:2", "|a|b|\n|-|-|\n|[1]|c|\n", "<sup>1</sup>", "———. ",
            ]),
            0..60,
        )
    ) {
        properties(&parts.concat());
    }
}

#[test]
fn hostile_texts_stay_linear() {
    for part in [
        "[",
        "^[1",
        "[1]",
        "¹,",
        "@a",
        "et al. ",
        "[^",
        "^{",
        "(2011) Marlow and ",
        "[1, ",
    ] {
        properties(&part.repeat(20_000));
        properties(&format!("## References\n\n{}", part.repeat(20_000)));
    }
}
