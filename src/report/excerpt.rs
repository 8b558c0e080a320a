//! Pieces of source text that fit a terminal: wrapped, shortened, cut around a place.
//!
//! Why it exists: a Markdown paragraph is one line, often of hundreds of characters, and annotate-snippets only guarantees its
//! width where marks and labels are near one another. What is handed to it is cut here, in time proportional
//! to the width, so a line of 50 MB costs no more than one of 50 bytes.

use std::ops::Range;

use crate::text::{SourceText, Span, squeeze};

/// A cut-out of one line, ready to be drawn.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// One line, without line ends or tabs.
    pub(super) text: String,
    /// The marked places in it, in the order given, in bytes.
    pub(super) marks: Vec<Range<usize>>,
}

const CUT: &str = "...";
const GAP: &str = " ... ";
/// Columns of text kept on each side of a place, at least, where there is text.
const CONTEXT: usize = 8;

/// Cuts out the surroundings of `span` so that they take at most `columns`, with `reserved` columns free behind the mark for its
/// label. A place over several lines is shown as the running text it is; one that is too long keeps its two ends.
pub(super) fn excerpt(source: &SourceText, span: Span, columns: usize, reserved: usize) -> Excerpt {
    let columns = columns.max(20);
    let reserved = reserved.min(columns / 2);
    let room = columns.saturating_sub(reserved);
    let marked = shown(source, span, room.saturating_sub(2 * CONTEXT).max(8));
    let left = columns.saturating_sub(width(&marked) + reserved);
    let before_all = before(source, span.start, left.max(CONTEXT) + 1);
    let after_all = after(source, span.end, columns);
    let before_room = if width(&before_all) <= left / 2 {
        left
    } else {
        (left * 3 / 5).max(left.saturating_sub(width(&after_all)))
    };
    let head = keep_end(
        &before_all,
        before_room.min(room.saturating_sub(width(&marked))),
    );
    let used = width(&head) + width(&marked);
    let tail = ellipsize(&after_all, columns.saturating_sub(used), CUT);
    let mark = head.len()..head.len() + marked.len();
    Excerpt {
        text: format!("{head}{marked}{tail}"),
        marks: vec![mark],
    }
}

/// Several places in one line, where they stand in the same line and fit with their labels; in the order given.
pub(super) fn excerpt_of_several(
    source: &SourceText,
    spans: &[Span],
    columns: usize,
    reserved: usize,
) -> Option<Excerpt> {
    let mut sorted = spans.to_vec();
    sorted.sort();
    let whole = sorted.first()?.join(*sorted.last()?);
    let apart = sorted.windows(2).all(|pair| match pair {
        [one, two] => !one.overlaps(*two),
        _ => true,
    });
    if !apart || spans.iter().any(|span| span.is_empty()) || whole.len() > columns * 4 {
        return None;
    }
    let slice = source.slice(whole);
    // Marks are counted in bytes of the source.
    if slice.contains('\n')
        || one_line(slice).len() != slice.len()
        || width(slice) + reserved + 2 * CONTEXT > columns
    {
        return None;
    }
    let mut cut = excerpt(source, whole, columns, reserved);
    let base = cut.marks.first()?.start;
    cut.marks = spans
        .iter()
        .map(|span| base + span.start - whole.start..base + span.end - whole.start)
        .collect();
    Some(cut)
}

/// The text of a place as one line of at most `columns`; the middle of a longer one is left out.
fn shown(source: &SourceText, span: Span, columns: usize) -> String {
    let text = source.slice(span);
    let few = columns * 4;
    if text.len() <= few {
        let line = one_line(text);
        if width(&line) <= columns {
            return if line.is_empty() {
                " ".to_owned()
            } else {
                line
            };
        }
    }
    let room = columns.saturating_sub(GAP.len());
    let head = one_line(text.get(..text.floor_char_boundary(few)).unwrap_or(text));
    let tail = one_line(
        text.get(text.ceil_char_boundary(text.len().saturating_sub(few))..)
            .unwrap_or(text),
    );
    format!(
        "{}{GAP}{}",
        take_words(&head, room * 2 / 3),
        take_end_words(&tail, room - room * 2 / 3)
    )
}

/// What stands before an offset in its line, at most some 4 bytes a column.
fn before(source: &SourceText, offset: usize, columns: usize) -> String {
    let text = source.text();
    let from = text.ceil_char_boundary(offset.saturating_sub(columns * 4));
    let piece = text.get(from..offset).unwrap_or_default();
    let line = piece.rsplit('\n').next().unwrap_or_default();
    let cut_short = line.len() == piece.len()
        && from > 0
        && !text.get(..from).is_some_and(|t| t.ends_with('\n'));
    let line = one_line(line.trim_start_matches('\u{feff}'));
    if cut_short {
        format!("{CUT}{line}")
    } else {
        line
    }
}

/// What stands behind an offset in its line.
fn after(source: &SourceText, offset: usize, columns: usize) -> String {
    let text = source.text();
    let to = text.floor_char_boundary((offset + columns * 4).min(text.len()));
    let piece = text.get(offset..to).unwrap_or_default();
    one_line(piece.split('\n').next().unwrap_or_default().trim_end())
}

/// Each tab, line end or control character as one space; a line end with its indentation as one.
fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    let mut at_line_start = false;
    for c in text.chars() {
        match c {
            '\n' => {
                line.push(' ');
                at_line_start = true;
            }
            '\r' | '\u{200d}' => {}
            _ if at_line_start && c.is_whitespace() => {}
            _ => {
                at_line_start = false;
                line.push(if c.is_control() { ' ' } else { c });
            }
        }
    }
    line
}

/// The last characters of a text that fit, with an ellipsis in front where some are left out.
fn keep_end(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    format!(
        "{CUT}{}",
        take_end_words(text, columns.saturating_sub(CUT.len()))
    )
}

/// How much of a word may be given up so that none is cut, in bytes.
const LONGEST_PIECE: usize = 16;

/// What fits from the start, without the piece of a word at its end.
fn take_words(text: &str, columns: usize) -> &str {
    let taken = take(text, columns);
    let whole = taken.ends_with(' ')
        || text
            .get(taken.len()..)
            .is_none_or(|rest| rest.is_empty() || rest.starts_with([' ', ',']));
    match taken.trim_end().rfind(' ') {
        Some(at) if !whole && at > 0 && taken.len() - at <= LONGEST_PIECE => {
            taken.get(..at).unwrap_or(taken).trim_end()
        }
        Some(_) | None => taken.trim_end(),
    }
}

/// What fits at the end, without the piece of a word at its start.
fn take_end_words(text: &str, columns: usize) -> &str {
    let taken = take_end(text, columns);
    let whole = text.len() == taken.len()
        || text
            .get(..text.len() - taken.len())
            .is_some_and(|rest| rest.ends_with(' '));
    match taken.find(' ') {
        Some(at) if !whole && at <= LONGEST_PIECE && at + 1 < taken.len() => {
            taken.get(at + 1..).unwrap_or(taken)
        }
        Some(_) | None => taken.trim_start(),
    }
}

fn take(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices() {
        used += char_width(c);
        if used > columns {
            return text.get(..at).unwrap_or_default();
        }
    }
    text
}

fn take_end(text: &str, columns: usize) -> &str {
    let mut used = 0;
    for (at, c) in text.char_indices().rev() {
        used += char_width(c);
        if used > columns {
            return text.get(at + c.len_utf8()..).unwrap_or_default();
        }
    }
    text
}

/// The text, or as much of it as fits `columns` with `mark` at its end.
pub fn ellipsize(text: &str, columns: usize, mark: &str) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let kept = take_words(text, columns.saturating_sub(width(mark)));
    take(&format!("{kept}{mark}"), columns).to_owned()
}

/// What a line of a report can show of a text: its first 2,000 bytes at most, without line ends and control characters.
pub fn one_line_of(text: &str) -> String {
    let some = text.get(..text.floor_char_boundary(2_000));
    squeeze(some.unwrap_or_default())
}

/// Breaks a text at white space into lines of at most `columns`; a longer word is cut.
pub fn wrap(text: &str, columns: usize) -> Vec<String> {
    let columns = columns.max(10);
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let mut word = word;
        while let Some(line) = lines.last_mut() {
            let gap = usize::from(!line.is_empty());
            if width(line) + gap + width(word) <= columns {
                if gap == 1 {
                    line.push(' ');
                }
                line.push_str(word);
                break;
            }
            if line.is_empty() {
                let piece = take(word, columns);
                line.push_str(piece);
                word = word.get(piece.len()..).unwrap_or_default();
            }
            lines.push(String::new());
        }
    }
    if lines.len() > 1 && lines.last().is_some_and(String::is_empty) {
        lines.pop();
    }
    lines
}

/// Columns a text takes in a terminal, or more: doubtful characters count as wide.
pub fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

/// East Asian wide and full-width blocks and emoji (UAX #11) take two columns.
fn char_width(c: char) -> usize {
    let wide = matches!(u32::from(c),
        0x1100..=0x115f | 0x231a..=0x23ff | 0x25fd..=0x27bf | 0x2b05..=0x2bff | 0x2e80..=0xa4cf | 0xa960..=0xa97f
        | 0xac00..=0xd7a3 | 0xf900..=0xfaff | 0xfe10..=0xfe6f | 0xff00..=0xff60 | 0xffe0..=0xffe6 | 0x16fe0..=0x1b2ff
        | 0x1f000..=0x1faff | 0x20000..=0x3fffd);
    if wide { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, place: &str, columns: usize, expected: &str) {
        let source = SourceText::new("a.md", text);
        let start = text.find(place).unwrap();
        let cut = excerpt(&source, Span::new(start, start + place.len()), columns, 0);
        let mark = cut.marks[0].clone();
        let (head, rest) = cut.text.split_at(mark.start);
        let (marked, tail) = rest.split_at(mark.len());
        let shown = format!("{head}[{marked}]{tail}");
        assert_eq!(shown, expected);
        assert!(width(&cut.text) <= columns, "{shown}");
    }

    #[test]
    fn a_short_line_is_kept_whole() {
        check("x\nThe rate was 38%.\ny", "38%", 40, "The rate was [38%].");
    }

    #[test]
    fn a_long_line_is_cut_on_both_sides() {
        let line = format!(
            "{}the rate was 38% in all{}",
            "one two ".repeat(20),
            " and more".repeat(20)
        );
        check(&line, "38%", 40, "...two the rate was [38%] in all and...");
    }

    #[test]
    fn a_long_place_keeps_its_ends() {
        let text = format!("Begin {} end.", "word ".repeat(60).trim_end());
        check(&text, &text, 50, "[Begin word word ... word end.]");
    }

    #[test]
    fn a_place_over_two_lines_is_running_text() {
        check(
            "the rate\n  was 38% here",
            "rate\n  was 38%",
            40,
            "the [rate was 38%] here",
        );
    }

    #[test]
    fn wide_characters_count_twice() {
        assert_eq!(width("µ≥–"), 3);
        assert_eq!(width("中文"), 4);
        assert_eq!(ellipsize("中文中文", 6, "…"), "中文…");
    }

    #[test]
    fn wrapping_never_exceeds_and_loses_nothing() {
        assert_eq!(wrap("aa bb cc", 10), ["aa bb cc"]);
        assert_eq!(wrap("abcdefghijklm no", 10), ["abcdefghij", "klm no"]);
        assert_eq!(wrap("", 10), [""]);
    }

    proptest! {
        #[test]
        fn no_excerpt_is_wider_than_asked(
            text in "[ab\u{e9}\u{4e2d}\u{1f600}\u{301}\t\n ]{0,200}", from in 0..200_usize, length in 0..200_usize,
            columns in 20..90_usize, reserved in 0..40_usize,
        ) {
            let start = text.floor_char_boundary(from.min(text.len()));
            let end = text.floor_char_boundary((start + length).min(text.len()));
            let cut = excerpt(&SourceText::new("a.md", text), Span::new(start, end), columns, reserved);
            prop_assert!(width(&cut.text) <= columns, "{:?}", cut);
            for mark in cut.marks {
                prop_assert!(cut.text.get(mark).is_some());
            }
        }

        #[test]
        fn no_wrapped_line_is_wider_than_asked(text in "\\PC{0,120}", columns in 10..60_usize) {
            for line in wrap(&text, columns) {
                prop_assert!(width(&line) <= columns);
            }
        }
    }
}
