//! What holds for any text.

use proptest::prelude::*;

use super::{document, extract};

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
