//! What holds for every text.

use proptest::prelude::*;

use super::{Block, BlockKind, Document, Text, parse};
use crate::text::{SourceText, Span};

/// Pieces that open, close and mix everything the stage knows.
fn piece() -> impl Strategy<Value = String> {
    let known = [
        "\n",
        "\n\n",
        "\r\n",
        "\r",
        " ",
        "    ",
        "\t",
        "a\tb\nc\td\n",
        "- ",
        "1. ",
        "- 1. ",
        "> ",
        "# ",
        "===\n",
        "---\n",
        "```\n",
        "|a|b|\n|--|--|\n|1|2|\n",
        "|",
        "*",
        "**",
        "_",
        "~",
        "~~",
        "`",
        "$",
        "$$",
        "[1]",
        "[^1]",
        "[^1]: ",
        "[1]: x\n",
        "[1][2]",
        "[\\[1\\]](#)",
        "![i](u)",
        "](u)",
        "[",
        "]",
        "<sup>",
        "</sup>",
        "<br>",
        "<table>",
        "<tr><td colspan=3>",
        "</table>",
        "<!--",
        "-->",
        "<a href='x'>",
        "&amp;",
        "&nbsp;",
        "&ngE;",
        "\\",
        "\u{a0}",
        "\u{feff}",
        "Table 1: A",
        "Note: b",
        "Results",
        "é",
        "\u{301}",
        "e, ",
        "word ",
        "$5-$6",
        "{#a}",
        "\0",
        "<script>",
        "</script>",
    ];
    prop_oneof![
        8 => proptest::sample::select(known.to_vec()).prop_map(ToOwned::to_owned),
        1 => any::<String>(),
    ]
}

fn markdown() -> impl Strategy<Value = String> {
    proptest::collection::vec(piece(), 0..40).prop_map(|pieces| pieces.concat())
}

fn inside(text: &str, span: Span) -> bool {
    span.start <= span.end && text.get(span.start..span.end).is_some()
}

fn assert_text(document: &Document, block: &Block, text: &Text) {
    let source = document.source.text();
    let whole = text.source_span(0..text.plain.len());
    assert!(inside(source, whole), "{whole:?}");
    if !text.plain.is_empty() {
        assert!(block.span.contains(whole), "{whole:?} in {block:?}");
    }
    for inline in &text.inlines {
        assert!(inside(source, inline.span), "{inline:?}");
        assert!(block.span.contains(inline.span), "{inline:?} in {block:?}");
        assert!(text.plain.get(inline.range.clone()).is_some(), "{inline:?}");
    }
    let starts: Vec<usize> = text
        .inlines
        .iter()
        .map(|inline| inline.range.start)
        .collect();
    assert!(starts.is_sorted(), "{:?}", text.inlines);
    for (start, c) in text.plain.char_indices() {
        let span = text.source_span(start..start + c.len_utf8());
        assert!(inside(source, span), "{span:?} in {text:?}");
        assert!(text.plain.get(text.plain_range(span)).is_some());
    }
    for (plain, span) in text.verbatim() {
        let printed = document.source.slice(span);
        let alike =
            |(a, b): (char, char)| a == b || a.is_ascii_whitespace() && b.is_ascii_whitespace();
        let same = plain.chars().count() == printed.chars().count()
            && plain.chars().zip(printed.chars()).all(alike);
        assert!(same, "{plain:?} {printed:?}");
    }
}

pub(super) fn assert_document(document: &Document) {
    let starts: Vec<usize> = document
        .blocks
        .iter()
        .map(|block| block.span.start)
        .collect();
    assert!(starts.is_sorted(), "{:?}", document.blocks);
    for (index, block) in document.blocks.iter().enumerate() {
        assert!(inside(document.source.text(), block.span), "{block:?}");
        assert_text(document, block, &block.text);
        assert!(block.section.is_none_or(|section| section < index));
        let parent = block.list.as_ref().and_then(|list| list.parent);
        assert!(parent.is_none_or(|parent| parent < index));
        if let BlockKind::Table(table) = &block.kind {
            for row in &table.rows {
                assert!(inside(document.source.text(), row.span), "{row:?}");
                for cell in &row.cells {
                    assert!(block.span.contains(cell.span), "{cell:?} in {block:?}");
                    assert!(inside(document.source.text(), cell.span), "{cell:?}");
                    assert_text(document, block, &cell.text);
                }
            }
            let near = table.caption.iter().chain(&table.notes);
            assert!(
                near.copied()
                    .all(|at| at < document.blocks.len() && at != index)
            );
        }
    }
    for definition in &document.definitions {
        assert!(inside(document.source.text(), definition.span));
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn spans_are_sound(markdown in markdown()) {
        assert_document(&parse(SourceText::new("a.md", markdown)));
    }

    #[test]
    fn line_ends_change_no_text(markdown in markdown()) {
        let unix = markdown.replace('\r', "");
        let plain = |text: String| -> Vec<String> {
            let document = parse(SourceText::new("a.md", text));
            document.texts().map(|(_, _, text)| text.plain.split_whitespace().collect()).collect()
        };
        prop_assert_eq!(plain(unix.clone()), plain(unix.replace('\n', "\r\n")));
    }
}

#[test]
fn hostile_texts_end_soon() {
    let size = 100_000;
    for piece in [
        "> ",
        "- ",
        "[",
        "![",
        "*a ",
        "<sup>",
        "</sup>",
        "`",
        "$",
        "|",
        "\t",
        "a\tb\n",
        "[1][2]",
        "<",
        "<!--",
        "&",
        "\u{301}",
        "\0",
        "~",
        "- 1. ",
        "(",
        "{",
        "\r",
        "a\n\n",
        "Ab\n\n",
        "> a\n",
        "1. a\n",
        "[^1]:",
        "|a\n|--\n",
    ] {
        let document = parse(SourceText::new("a.md", piece.repeat(size / piece.len())));
        assert!(document.blocks.len() <= size);
    }
}
