//! Positions as editors count them: lines and columns from 0, columns in UTF-16 code units or in bytes.
//!
//! A Markdown paragraph is one line, so columns are not counted from its start: every few kilobytes of the text have an anchor.

/// What a column counts (LSP `PositionEncodingKind`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ColumnUnit {
    /// Bytes of UTF-8.
    Utf8,
    /// UTF-16 code units, which every editor understands.
    #[default]
    Utf16,
}

/// A place between two characters (LSP `Position`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct EditorPosition {
    /// Line, from 0.
    pub line: usize,
    /// Column, from 0.
    pub column: usize,
}

/// The lines of a text as editors see them: they end at `\n`, `\r\n` and `\r`, and a final line end opens another line.
#[derive(Clone, Debug)]
pub struct EditorLines<'t> {
    text: &'t str,
    unit: ColumnUnit,
    /// Byte at which each line starts.
    starts: Vec<usize>,
    /// Bytes with the number of units before them, both rising.
    anchors: Vec<(usize, usize)>,
}

/// Bytes between two anchors, at least.
const STEP: usize = 4_096;

impl<'t> EditorLines<'t> {
    /// Indexes a text. Linear in it.
    pub fn new(text: &'t str, unit: ColumnUnit) -> Self {
        let mut starts = vec![0];
        let mut anchors = vec![(0, 0)];
        let (mut units, mut anchor) = (0, 0);
        let mut characters = text.char_indices().peekable();
        while let Some((at, c)) = characters.next() {
            if at >= anchor + STEP {
                anchors.push((at, units));
                anchor = at;
            }
            units += unit.length(c);
            let is_pair = c == '\r' && characters.peek().is_some_and(|(_, next)| *next == '\n');
            if matches!(c, '\n' | '\r') && !is_pair {
                starts.push(at + 1);
            }
        }
        Self {
            text,
            unit,
            starts,
            anchors,
        }
    }

    /// The position of a byte; past the end it is the end, inside a character the character's start.
    pub fn position(&self, offset: usize) -> EditorPosition {
        let offset = self.text.floor_char_boundary(offset.min(self.text.len()));
        let line = self
            .starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or_default();
        EditorPosition {
            line,
            column: self.units(offset) - self.units(start),
        }
    }

    /// The byte of a position; past the end of its line it is the line's end, past the last line the text's.
    pub fn offset(&self, position: EditorPosition) -> usize {
        let Some(start) = self.starts.get(position.line).copied() else {
            return self.text.len();
        };
        let next = self.starts.get(position.line + 1).copied();
        let line = self
            .text
            .get(start..next.unwrap_or(self.text.len()))
            .unwrap_or_default();
        let end = start + line.trim_end_matches(['\n', '\r']).len();
        let wanted = self.units(start).saturating_add(position.column);
        self.byte(wanted).clamp(start, end)
    }

    /// Units before a byte.
    fn units(&self, offset: usize) -> usize {
        let after = self.anchors.partition_point(|(byte, _)| *byte <= offset);
        let (byte, units) = self.anchor(after);
        let between = self.text.get(byte..offset).unwrap_or_default();
        units + between.chars().map(|c| self.unit.length(c)).sum::<usize>()
    }

    /// The last byte, at the start of a character, with no more units before it.
    fn byte(&self, wanted: usize) -> usize {
        let after = self.anchors.partition_point(|(_, units)| *units <= wanted);
        let (mut byte, mut units) = self.anchor(after);
        for c in self.text.get(byte..).unwrap_or_default().chars() {
            units += self.unit.length(c);
            if units > wanted {
                break;
            }
            byte += c.len_utf8();
        }
        byte
    }

    fn anchor(&self, after: usize) -> (usize, usize) {
        let before = after.saturating_sub(1);
        self.anchors.get(before).copied().unwrap_or_default()
    }
}

impl ColumnUnit {
    fn length(self, c: char) -> usize {
        match self {
            Self::Utf8 => c.len_utf8(),
            Self::Utf16 => c.len_utf16(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn check(text: &str, unit: ColumnUnit, offset: usize, expected: (usize, usize)) {
        let lines = EditorLines::new(text, unit);
        let position = EditorPosition {
            line: expected.0,
            column: expected.1,
        };
        assert_eq!(lines.position(offset), position);
        assert_eq!(lines.offset(position), offset);
    }

    #[test]
    fn columns_count_utf16_units_or_bytes() {
        let text = "a\n😀中 30%";
        check(text, ColumnUnit::Utf16, 10, (1, 4));
        check(text, ColumnUnit::Utf8, 10, (1, 8));
    }

    #[test]
    fn every_line_end_of_the_protocol_opens_a_line() {
        check("a\r\nb\rc\nd", ColumnUnit::Utf16, 7, (3, 0));
        check("a\n", ColumnUnit::Utf16, 2, (1, 0));
    }

    #[test]
    fn positions_outside_the_text_are_drawn_to_it() {
        let lines = EditorLines::new("ab\r\nc", ColumnUnit::Utf16);
        let at = |line, column| lines.offset(EditorPosition { line, column });
        assert_eq!((at(0, 99), at(1, usize::MAX), at(9, 0)), (2, 5, 5));
        let inside = EditorLines::new("😀", ColumnUnit::Utf16);
        assert_eq!(inside.offset(EditorPosition { line: 0, column: 1 }), 0);
        assert_eq!(inside.position(99), EditorPosition { line: 0, column: 2 });
    }

    #[test]
    fn anchors_agree_with_counting_from_the_start() {
        let text = "é😀 a".repeat(3_000);
        let lines = EditorLines::new(&text, ColumnUnit::Utf16);
        for (at, _) in text.char_indices().step_by(97) {
            let column = text.split_at(at).0.encode_utf16().count();
            assert_eq!(lines.position(at), EditorPosition { line: 0, column });
            assert_eq!(lines.offset(EditorPosition { line: 0, column }), at);
        }
    }

    proptest! {
        #[test]
        fn a_byte_comes_back_from_its_position(text in "[a\u{e9}\u{4e2d}\u{1f600}\r\n\t ]{0,40}", wide in any::<bool>()) {
            let lines = EditorLines::new(&text, if wide { ColumnUnit::Utf16 } else { ColumnUnit::Utf8 });
            for (at, _) in text.char_indices() {
                // Between `\r` and `\n` no editor has a position.
                let (before, after) = text.split_at(at);
                if !(before.ends_with('\r') && after.starts_with('\n')) {
                    prop_assert_eq!(lines.offset(lines.position(at)), at);
                }
            }
        }
    }
}
