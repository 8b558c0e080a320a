//! Snippets of one-line paragraphs fit the terminal, and carets stand under what they mark (check 2 of the review of
//! linters). Columns are counted by `unicode-width`, not by the program.

use std::collections::BTreeMap;

use factlint::finding::{Finding, Level, Location};
use factlint::report::{Run, Statistics, TextOptions, text};
use factlint::rule::RuleSet;
use factlint::text::{SourceText, Span};
use unicode_width::UnicodeWidthStr;

/// Paragraphs as people write them: one line each, in several scripts.
const PARAGRAPHS: [&str; 5] = [
    "Of the people who took part in the second year of the study at one of the nine centres, 38% (95% CI 25–52) answered, \
     and the others, who had been told of it by letter — some of them twice —, did not; 41% of them were alive at the end.",
    "第二年に九つの施設で研究に参加した人々のうち 38% が回答し、手紙で知らされた他の人々は回答しなかった。そのうち 41% は研究の終了時に生存していたと、\
     著者らは付録の表で述べている。",
    "Naïve café owners — ŷ ≥ 3 µg/kg, e\u{301}tude n\u{b0} 4 — said 38% “yes” and 41% ‘no’; the rest said nothing at all, which \
     the authors, who had asked thrice, found hard to believe, and which they put down to the weather of that spring.",
    "🎉 The crowd 🙂 of 1,204 people ✅ gave 38% of its votes 🗳 to the first and 41% to the second of the two, as far as anyone \
     who counted them on the night could tell by the light of the lamps that were left.",
    "Supercalifragilisticexpialidociousandthensomemorelettersthatmakeawordlongerthananyterminaliswideandyetitgoesonandon38% is \
     one word with 38% in it, and 41% stands behind it.",
];

/// The places of a word in a text.
fn places(source: &SourceText, word: &str) -> Vec<Span> {
    let found = source.text().match_indices(word);
    found
        .map(|(at, _)| Span::new(at, at + word.len()))
        .collect()
}

fn finding(spans: &[Span], label: &str) -> Finding {
    let mut places = spans.iter().map(|span| Location {
        path: "reports/of the year/paragraph.md".to_owned(),
        span: *span,
        label: label.to_owned(),
    });
    Finding {
        rule: "figure-conflict".to_owned(),
        level: Level::Error,
        message: "the share of people who answered in the second year is given twice, with values that differ".to_owned(),
        location: places.next().unwrap(),
        related: places.collect(),
        suggestion: Some("correct the one that is wrong, or say in both places whom it is about".to_owned()),
        cause: None,
        fingerprint: "0123456789abcdef".to_owned(),
    }
}

fn rendered(source: &SourceText, finding: Finding, width: usize) -> String {
    let rules = RuleSet::embedded();
    let findings = [finding];
    let run = Run {
        outside_changes: None,
        findings: &findings,
        suppressed: &[],
        problems: &[],
        rules: &rules,
        statistics: Statistics::default(),
        sources: BTreeMap::from([(source.path(), source)]),
        readings: BTreeMap::new(),
        paths: "reports",
    };
    let options = TextOptions {
        width,
        styled: false,
        summary: true,
    };
    text(&run, options)
}

/// What stands in a line from one column, from 0, to another.
fn between(line: &str, from: usize, to: usize) -> String {
    let ends = |at: usize| line.get(..at).unwrap().width();
    let pieces = line.char_indices();
    let inside = pieces.filter(|(at, c)| {
        let start = ends(*at);
        let is_joined = c.to_string().width() == 0 && start > from;
        (start >= from || is_joined) && start < to + usize::from(is_joined)
    });
    inside.map(|(_, c)| c).collect()
}

#[test]
fn check_2_no_line_is_wider_than_the_terminal() {
    for paragraph in PARAGRAPHS {
        let source = SourceText::new(
            "reports/of the year/paragraph.md",
            format!("# Year\n\n{paragraph}\n"),
        );
        let (first, second) = (places(&source, "38%"), places(&source, "41%"));
        let whole = Span::new(8, source.text().len() - 1);
        for spans in [
            vec![first[0]],
            vec![first[0], second[0]],
            vec![second[0], whole],
            vec![whole],
        ] {
            for label in [
                "",
                "38%, all of the people",
                "回答した人々の割合、付録の表にある値と異なる",
            ] {
                for width in [60, 80, 120] {
                    let shown = rendered(&source, finding(&spans, label), width);
                    for line in shown.lines() {
                        assert!(
                            line.width() <= width,
                            "{width} columns, {}: {line}",
                            line.width()
                        );
                    }
                }
            }
        }
    }
}

#[test]
fn check_2_carets_stand_under_what_they_mark() {
    let mut checked = 0;
    for paragraph in PARAGRAPHS {
        let source = SourceText::new(
            "reports/of the year/paragraph.md",
            format!("# Year\n\n{paragraph}\n"),
        );
        for word in ["38%", "41%", "to", "人々", "µg/kg", "e\u{301}tude", "🙂"] {
            for span in places(&source, word) {
                for width in [60, 80, 120] {
                    let shown = rendered(&source, finding(&[span], "here"), width);
                    let lines: Vec<&str> = shown.lines().collect();
                    let at = lines.iter().position(|line| line.contains('^')).unwrap();
                    let (head, _) = lines[at].split_once('^').unwrap();
                    let (from, carets) = (head.width(), lines[at].matches('^').count());
                    let marked = between(lines[at - 1], from, from + carets);
                    assert_eq!(
                        marked,
                        word,
                        "{width} columns:\n{}\n{}",
                        lines[at - 1],
                        lines[at]
                    );
                    checked += 1;
                }
            }
        }
    }
    assert!(checked > 60, "{checked}");
}
