//! Files of reference data, well made and broken.

use super::*;

fn check(path: &str, text: &str, expected: &[&str]) {
    let source = SourceText::new(path, text);
    let read = read(&source);
    let mut shown: Vec<String> = read
        .references
        .iter()
        .map(|entry| {
            format!(
                "{}:{} | {} | {} | {} | {} | {}",
                source.line(entry.span.start),
                entry.label,
                entry.authors.join("; "),
                entry.year.as_deref().unwrap_or("-"),
                entry.title.as_deref().unwrap_or("-"),
                entry.container.as_deref().unwrap_or("-"),
                entry.doi.as_deref().unwrap_or("-"),
            )
        })
        .collect();
    shown.extend(
        read.problems
            .iter()
            .map(|problem| format!("problem {}", problem.line.unwrap_or_default())),
    );
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn bibtex_entries_are_read_with_braces_accents_and_abbreviations() {
    check(
        "a.bib",
        "@string{jwf = \"Journal of Warm Feet\"}\n\n@article{okafor2020,\n  title = {The {{Warm}} Foot},\n  \
         author = {Okafor, Ada and M{\\\"u}ller, J. and {Foot Group}},\n  journal = jwf,\n  year = 2020,\n  \
         doi = {https://doi.org/10.1000/WARM}\n}\n",
        &[
            "3:okafor2020 | Okafor, Ada; Müller, J.; Foot Group | 2020 | The Warm Foot | Journal of Warm Feet | 10.1000/warm",
        ],
    );
}

#[test]
fn a_broken_entry_costs_no_other_and_its_key_is_defined() {
    check(
        "a.bib",
        "@book{one, title = {One}}\n@book{two, title = {Two\n@book{three, title = {Three}, date = {2019-05}}\n",
        &[
            "1:one |  | - | One | - | -",
            "2:two |  | - | - | - | -",
            "3:three |  | 2019 | Three | - | -",
            "problem 3",
        ],
    );
}

#[test]
fn entries_in_parentheses_comments_and_what_others_give_are_read() {
    check(
        "a.bib",
        "@comment{none of it}\n@string(jw = {J Warm Feet})\n@proceedings{all, title = {Feet 2019}, year = 2019}\n\
         @inproceedings(one, title = {One \\textit{foot}}, crossref = {all})\n\
         @xdata{both, date = {2018-03}, journaltitle = jw}\n@article{two, title = \"Two\" # \" feet\", xdata = {both}}\n",
        &[
            "3:all |  | 2019 | Feet 2019 | - | -",
            "4:one |  | 2019 | One foot | Feet 2019 | -",
            "5:both |  | 2018 | - | J Warm Feet | -",
            "6:two |  | 2018 | Two feet | J Warm Feet | -",
        ],
    );
}

#[test]
fn an_unknown_abbreviation_and_broken_tex_are_read_as_written() {
    check(
        "a.bib",
        "@article{one, journal = natfeet, month = mar, title = \"A\" # { B}}",
        &["1:one |  | - | A B | natfeet | -"],
    );
}

#[test]
fn csl_items_are_read_each_at_its_id() {
    check(
        "references.json",
        "[\n {\"id\": \"okafor\", \"title\": \"Warm {feet}\",\n  \"author\": [{\"family\": \"Okafor\", \"given\": \"Ada\"}, {\"literal\": \"Foot Group\"}],\n  \"issued\": {\"date-parts\": [[2020, 5]]}, \"DOI\": \"10.1000/A\"},\n {\"id\": 7, \"title\": \"x\",},\n {\"id\": 8, \"title\": \"Last\", \"container-title\": \"Feet\"}\n]",
        &[
            "2:okafor | Okafor, Ada; Foot Group | 2020 | Warm {feet} | - | 10.1000/a",
            "6:8 |  | - | Last | Feet | -",
            "problem 5",
        ],
    );
}

#[test]
fn csl_items_of_real_tools_are_read() {
    check(
        "references.json",
        "{\"items\": [\n{\"id\": 1, \"title\": \"<i>Pes</i> &amp; H<sub>2</sub>O < 5\", \"DOI\": \"https://doi.org/10.1000/A\",\n\
         \"author\": [{\"family\": \"Berg\", \"given\": \"A.\", \"non-dropping-particle\": \"van den\", \"suffix\": \"Jr.\"}],\n\
         \"issued\": {\"date-parts\": [[\"2019\", \"3\"]], \"circa\": true}},\n\
         {\"id\": \"b\", \"author\": {\"literal\": \"Foot Group\"}, \"issued\": {\"raw\": \"May 2018\"}},\n\
         {\"id\": \"c\", \"author\": [\"Jane Roe\"], \"issued\": {\"literal\": \"Spring 2017\"}},\n\
         {\"id\": \"d\", \"author\": \"Jane Roe\", \"issued\": {\"date-parts\": [[2001], [2003]]}},\n\
         {\"id\": \"e\", \"issued\": 2014, \"title\": [\"Feet\"], \"container-title\": [\"J Feet\", \"JF\"]},\n\
         {\"id\": \"f\", \"issued\": {\"date-parts\": [[null]]}},\n\
         {\"type\": \"book\", \"title\": \"No id\"}\n], \"other\": {\"id\": \"none\"}}",
        &[
            "2:1 | van den Berg, A. | 2019 | Pes & H2O < 5 | - | 10.1000/a",
            "5:b | Foot Group | 2018 | - | - | -",
            "6:c | Jane Roe | 2017 | - | - | -",
            "7:d | Jane Roe | 2001 | - | - | -",
            "8:e |  | 2014 | Feet | J Feet | -",
            "9:f |  | - | - | - | -",
            "problem 10",
        ],
    );
}

#[test]
fn what_a_note_holds_for_csl_is_read() {
    let text = "[{\"id\": \"a\", \"note\": \"PMID: 123\\nPMCID: PMC77\", \"URL\": \"<https://example.org/a>\"}]";
    let read = read(&SourceText::new("x.csl.json", text));
    let entry = read.references.first().unwrap();
    assert_eq!(entry.pmid.as_deref(), Some("123"));
    assert_eq!(entry.pmcid.as_deref(), Some("PMC77"));
    assert_eq!(entry.url.as_deref(), Some("https://example.org/a"));
}

#[test]
fn other_json_is_no_bibliography() {
    check("references.json", "{\"id\": 1}", &[]);
    check("references.json", "", &[]);
    assert!(!has_bibliography_name("data.json"));
    assert!(has_bibliography_name("a/References.json"));
    assert!(has_bibliography_name("x.csl.json"));
    assert!(is_bibliography("data.json"), "where front matter names it");
}

#[test]
fn front_matter_names_files_in_three_ways() {
    for text in [
        "---\nbibliography: a.bib\n---\n",
        "---\ntitle: x\nbibliography: [\"a.bib\"] # ours\n---\n",
        "---\nbibliography:\n  - a.bib\nlang: en\n---\n",
    ] {
        assert_eq!(named(text), ["a.bib"], "{text}");
    }
    assert_eq!(named("bibliography: a.bib\n"), Vec::<String>::new());
    assert_eq!(named("---\nbibliography: [a.bib, b.bib]\n---").len(), 2);
    assert_eq!(named("---\nbibliography  : a.bib\n---"), ["a.bib"]);
    assert!(has_nocite("---\nnocite: '@*'\n---\n"));
}

#[test]
fn named_files_are_looked_for_from_the_document() {
    for (document, file, expected) in [
        ("a.md", "refs.bib", "refs.bib"),
        ("a/b/c.md", "../refs.bib", "a/refs.bib"),
        ("a.md", "./x/refs.bib", "x/refs.bib"),
        ("/a/b.md", "refs.bib", "/a/refs.bib"),
        ("a.md", "../refs.bib", "../refs.bib"),
    ] {
        assert_eq!(path_beside(document, file), expected);
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "[@a-z{}\",=#\\\\ \n0-9%(-]{0,200}") {
        drop(read(&SourceText::new("a.bib", format!("@article{{k, author = {{{text}"))));
        drop(read(&SourceText::new("a.bib", format!("@article{{k, author = {{{text}}}, date = {{{text}}}}}"))));
        drop(read(&SourceText::new("references.json", format!("[{text}"))));
    }
}

#[test]
fn csl_yaml_is_read_as_reference_managers_write_it() {
    check(
        "a/references.yaml",
        "---\nreferences:\n- id: one\n  author:\n  - family: Okafor\n    given: Ada\n  - literal: Foot Group\n  issued:\n    \
         date-parts:\n    - - 2019\n      - 3\n  title: 'Warm feet: a trial'\n  container-title: J Feet\n  DOI: 10.1000/WARM\n\
         - id: two\n  title: >\n    Cold feet\n    at night\n  issued: 2020-05\n- title: None\n...\n",
        &[
            "3:one | Okafor, Ada; Foot Group | 2019 | Warm feet: a trial | J Feet | 10.1000/warm",
            "15:two |  | 2020 | Cold feet at night | - | -",
            "problem 20",
        ],
    );
    for broken in [
        "- - - -\n  : :\n",
        "- id: [\n",
        "references:\n\tid: x\n",
        "a: b",
        "",
    ] {
        let read = read(&SourceText::new("a.csl.yml", broken));
        assert!(read.references.len() <= 1, "{broken}");
    }
}

#[test]
fn front_matter_can_hold_the_entries() {
    let text = "---\r\ntitle: Feet\r\nreferences:\r\n- id: one\r\n  title: Warm feet\r\nlang: en\r\n---\r\n\r\nWarm [@one].\r\n";
    let read = in_front_matter(&SourceText::new("a.md", text));
    let entries: Vec<&str> = read
        .references
        .iter()
        .map(|entry| entry.label.as_str())
        .collect();
    assert_eq!(entries, ["one"]);
    assert_eq!(read.references[0].title.as_deref(), Some("Warm feet"));
}
