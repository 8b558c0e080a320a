//! Where reference lists begin and end, and where one entry ends and the next begins.

use super::{citations, document};

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
