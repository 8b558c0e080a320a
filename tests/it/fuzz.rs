//! Random texts through the whole check, for as long as one likes. Left out of `cargo test`; `tests/README.md` says how to run it.
//!
//! Texts are put together of pieces that mean something to a stage, of lines of the example documents, and of anything; then
//! bytes of them are doubled, cut out and moved. Nothing but a panic, an overflow (in a debug build) or a place outside
//! of its text fails.

use std::sync::LazyLock;

use factlint::check::{Options, check};
use factlint::rule::RuleSet;
use factlint::text::SourceText;
use proptest::prelude::*;

use crate::growth::hostile::FRAGMENTS;
use crate::{folder, invariants};

/// Lines of all example documents, with what is wrong in them.
static LINES: LazyLock<Vec<String>> = LazyLock::new(|| {
    ["trial", "company", "software"]
        .iter()
        .flat_map(|collection| folder::sources(&format!("documents/{collection}/defects")))
        .flat_map(|source| source.text().lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|line| !line.is_empty())
        .collect()
});

/// What a text is made of besides lines: numbers at the edge of what a decimal holds, marks, layouts, odd characters.
const PIECES: &[&str] = &[
    "\n",
    "\n\n",
    "\r\n",
    "\t",
    " ",
    "# ",
    "- ",
    "1. ",
    "> ",
    "| ",
    "|---|---|\n",
    "```\n",
    "**",
    "_",
    "[1]",
    "^[2]",
    "[^3]",
    "[^3]: ",
    "[@key]",
    "[\\[1\\]](#)",
    "[a](#)",
    "References\n\n",
    "Table 1: ",
    "NCT01234567",
    "p = 1.2",
    "12 of 40 (35%)",
    "13.0%",
    "\u{2013}",
    "\u{2212}",
    "0\u{b7}05",
    "Not reported",
    "The rate was ",
    "[host.example]",
    "\u{301}",
    "\u{feff}",
    "\u{1f600}",
    "79228162514264337593543950335",
    "0.0000000000000000000000000001",
    "1e400",
    "10^-40",
    "0 of 0 (0%)",
    "1/0",
    "t(0) = 0, p = 0",
    "F(1, 99999999999) = 1e9, p < .001",
    "(95% CI 9 to 1)",
    "rose from 0 to 0",
    "a total of 9,999,999,999,999,999,999",
    "of which ",
    " and ",
    " respectively",
    "\u{b1}",
    "%",
    "\u{2265}",
    "mg/kg",
    "x 10^28",
    "$9 trillion",
    "between 1 and ",
    "doubled",
    "compared with ",
    "; ",
    ", ",
    ". ",
    "(",
    ")",
    "<sup>",
    "</sup>",
    "<table><tr><td>",
    "</td>",
    "<!--",
    "---\n",
    "et al. (2020)",
    "doi:10.1000/x",
    "https://",
    "n = ",
];

fn fragments() -> Vec<&'static str> {
    FRAGMENTS.iter().map(|(_, fragment)| *fragment).collect()
}

fn piece() -> impl Strategy<Value = String> {
    prop_oneof![
        6 => prop::sample::select(PIECES).prop_map(str::to_owned),
        3 => prop::sample::select(LINES.as_slice()).prop_map(|line| format!("{line}\n")),
        2 => prop::sample::select(fragments()).prop_map(str::to_owned),
        1 => (prop::sample::select(fragments()), 1..60_usize).prop_map(|(text, times)| text.repeat(times)),
        1 => "[0-9]{1,40}([.,][0-9]{1,40})?",
        1 => any::<String>(),
    ]
}

/// Where a stretch of a text is taken from, how long it is, where it is put, and whether it stays: in 65,536ths.
type Move = (u16, u8, u16, bool);

fn moved(mut text: String, moves: &[Move]) -> String {
    for (from, length, to, stays) in moves {
        let place = |at: u16| text.floor_char_boundary(text.len() * usize::from(at) / 65_536);
        let (from, to) = (place(*from), place(*to));
        let end = text.ceil_char_boundary(from + usize::from(*length));
        let stretch = text[from..end].to_owned();
        text.insert_str(to, &stretch);
        if !stays {
            let shift = if to <= from { stretch.len() } else { 0 };
            let (from, end) = (from + shift, end + shift);
            // A stretch put inside itself stays.
            if to <= from - shift || to >= end {
                text.replace_range(from..end, "");
            }
        }
    }
    text
}

fn text() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(piece(), 0..80);
    let moves = prop::collection::vec(any::<Move>(), 0..6);
    (pieces, moves).prop_map(|(pieces, moves)| moved(pieces.concat(), &moves))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    #[ignore = "as long as PROPTEST_CASES says; see tests/README.md"]
    fn no_text_stops_a_check(texts in prop::collection::vec(text(), 1..4)) {
        let sources: Vec<SourceText> = texts
            .iter()
            .enumerate()
            .map(|(at, text)| SourceText::new(format!("{at}.md"), text.as_str()))
            .collect();
        let rules = RuleSet::embedded();
        let outcome = check(sources.clone(), &Options::new(&rules));
        prop_assert!(outcome.problems.is_empty(), "{:?}", outcome.problems);
        for (source, text) in sources.iter().zip(&texts) {
            let own: Vec<_> = outcome
                .findings
                .iter()
                .filter(|finding| finding.location.path == source.path())
                .cloned()
                .map(|mut finding| {
                    finding.related.retain(|place| place.path == source.path());
                    finding
                })
                .collect();
            invariants::assert_places_fit(text, &own);
        }
    }
}
