//! Notes that an author numbers by hand: "[1] The figures of May are left out." below a text.
//!
//! Why it exists: a mark that leads to one needs no entry in a reference list. It leaves out footnotes in Markdown's own form
//! ([`super::footnote`]) and lists of works ([`super::reference_list`]).

use super::entry_shape::bracket_starts;
use super::superscript;
use crate::markdown::{Block, BlockKind, Document};

/// The labels of all notes of a document; beside a reference list, brackets need a sign or a link behind them. Linear in the
/// document.
pub(super) fn labels(document: &Document, is_only_list: bool) -> Vec<String> {
    let text = document.source.text();
    let blocks = document.blocks.iter().filter(|block| {
        matches!(block.kind, BlockKind::Paragraph) && block.list.is_none()
            || matches!(block.kind, BlockKind::ListItem) && is_only_list
    });
    blocks
        .flat_map(|block| {
            let lines = text.get(block.span.start..block.span.end);
            let lines = lines.unwrap_or_default().lines();
            of_paragraph(block, is_only_list)
                .into_iter()
                .chain(lines.filter_map(|line| of_line(line, is_only_list)))
        })
        .collect()
}

/// The labels of the notes that a paragraph is made of: `[1] ... [2] ...`, `^[1]: ...`, `¹ ...`, `[¹] ...`.
fn of_paragraph(block: &Block, is_only_list: bool) -> Vec<String> {
    let plain = block.text.plain.as_str();
    let raised = superscript::leading(plain.strip_prefix('[').unwrap_or(plain));
    if let Some((label, rest)) = raised {
        return Vec::from_iter((is_only_list && rest.len() > 1).then_some(label));
    }
    let plain = plain.strip_prefix('^').unwrap_or(plain);
    if !plain.starts_with('[') {
        return Vec::new();
    }
    let starts = bracket_starts(plain).into_iter();
    starts
        .filter(|(start, text, _)| {
            let behind = plain.get(*start..).and_then(|note| note.split_once(']'));
            let signed = behind.is_some_and(|(_, text)| text.starts_with([':', '-', '–', '—']));
            *text < plain.len() && (signed || is_only_list)
        })
        .map(|(_, _, label)| label)
        .collect()
}

/// The label of the note that a line of the source is: `<sup>1</sup> ...`, `^1^ ...`, `[1] ... https://example.org`, and
/// `1 - ...` where no list could have the number.
fn of_line(line: &str, is_only_list: bool) -> Option<String> {
    let line = line.trim_start_matches([' ', '\t', '*', '_', '>']);
    let numbered = |opening: &str, closing: &str| {
        let (label, note) = line.strip_prefix(opening)?.split_once(closing)?;
        let is_number = !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_digit());
        is_number.then_some((label, note))
    };
    let raised = numbered("<sup>", "</sup>").or_else(|| numbered("^", "^"));
    let linked = || numbered("[", "] ").filter(|(_, note)| note.contains("://"));
    let dashed = || numbered("", " - ").filter(|_| is_only_list);
    let (label, note) = raised.or_else(linked).or_else(dashed)?;
    note.contains(char::is_alphabetic).then(|| label.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(line: &str, expected: Option<&str>) {
        assert_eq!(of_line(line, true).as_deref(), expected, "{line}");
    }

    #[test]
    fn a_line_may_be_a_note() {
        check("<sup>1</sup> Without the islands.", Some("1"));
        check("_<sup>12</sup> Without the islands._", Some("12"));
        check("^2^*Without* the islands.", Some("2"));
        check("[7] Tide tables: https://example.org/tides", Some("7"));
        check("5 - Without the islands.", Some("5"));
    }

    #[test]
    fn other_lines_are_none() {
        check("[7] showed that tides rise.", None);
        check("[7]: https://example.org/tides", None);
        check("<sup>1</sup>", None);
        check("Tides<sup>1</sup> rise.", None);
        check("^1", None);
    }
}
