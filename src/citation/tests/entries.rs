//! Fields of entries.

use super::citations;

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
fn a_linked_file_locates_an_entry_without_address() {
    let path = |entry: &str| {
        let found = citations(&format!("## References\n\n- {entry}\n"));
        found.references[0].path.clone()
    };
    let linked = path("[Tide guide](guides/tides.md)");
    assert_eq!(linked.as_deref(), Some("guides/tides.md"));
    assert_eq!(path("[Tide guide](https://sea.org/tides)"), None);
    assert_eq!(path("[Tide guide](#tides)"), None);
    assert_eq!(path("[Tide guide]()"), None);
}

#[test]
fn a_number_that_is_a_link_locates_its_entry() {
    let found = citations(
        "## References\n\n- [1.](https://sea.org/tides) **Free to copy**\n- [2.](https://sea.org/piers) **Free to copy**\n",
    );
    let urls: Vec<_> = found
        .references
        .iter()
        .map(|entry| entry.url.as_deref())
        .collect();
    assert_eq!(
        urls,
        [Some("https://sea.org/tides"), Some("https://sea.org/piers")]
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
