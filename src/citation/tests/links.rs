//! Links of the text, and sources that it names without a mark.

use super::citations;

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
fn a_link_in_its_sentence_identifies_a_named_source() {
    for (text, expected) in [
        (
            "- [Charts](https://sea.org/charts) - Anna Pellinor, Bo Smith, et al.",
            "Smith, et al.>Smith - - marked",
        ),
        (
            "[Pellinor et al.](https://sea.org/tides) saw tides.",
            "Pellinor et al.>Pellinor - - marked",
        ),
        (
            "Tides rise (Pellinor et al. 2018 <doi:10.5555/tides.1>).",
            "Pellinor et al. 2018>Pellinor 2018 - marked",
        ),
        (
            "We read [charts](https://sea.org/charts). Pellinor et al. saw tides.",
            "Pellinor et al.>Pellinor - - bare",
        ),
        (
            "Pellinor et al. saw tides. We read [charts](https://sea.org/charts).",
            "Pellinor et al.>Pellinor - - bare",
        ),
        (
            "[Pellinor et al.](#) saw tides.",
            "Pellinor et al.>Pellinor - - bare",
        ),
    ] {
        check_named(text, expected);
    }
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
