//! A document's decoded text with its line index.

use super::{Notation, Span, html};

/// Line and column of a byte offset, as editors and SARIF count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// Line, from 1.
    pub line: usize,
    /// Column in code points, from 1. A byte order mark counts as none.
    pub column: usize,
}

/// What a text is to a check.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Role {
    /// It is checked.
    #[default]
    Document,
    /// It is the text of a work that documents cite: read as they are, and never judged.
    Source,
    /// It is the lock file, with what registries said of works.
    Lock,
}

impl Role {
    /// The role that a path has by convention: below `sources/`, or named `factlint.lock`.
    pub fn of_path(path: &str) -> Self {
        if path == "factlint.lock" {
            Self::Lock
        } else if path.starts_with("sources/") {
            Self::Source
        } else {
            Self::Document
        }
    }
}

/// One document: where it is and what it says.
///
/// The text keeps its byte order mark and its line ends, so that byte offsets are those of a UTF-8 file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    path: String,
    text: String,
    lines: Vec<usize>,
    notation: Notation,
    role: Role,
    is_converted: bool,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl SourceText {
    /// A document under `path` (relative, with `/`), as named in every report.
    pub fn new(path: impl Into<String>, text: impl Into<String>) -> Self {
        let text = text.into();
        let lines = std::iter::once(0)
            .chain(
                text.bytes()
                    .enumerate()
                    .filter(|(_, byte)| *byte == b'\n')
                    .map(|(at, _)| at + 1),
            )
            .collect();
        Self {
            path: path.into(),
            text,
            lines,
            notation: Notation::default(),
            role: Role::default(),
            is_converted: false,
        }
    }

    /// The same document, its numbers written in a notation.
    #[must_use]
    pub fn with_notation(self, notation: Notation) -> Self {
        Self { notation, ..self }
    }

    /// The same text in another role. The web page of a source becomes Markdown.
    #[must_use]
    pub fn with_role(self, role: Role) -> Self {
        let is_page = role == Role::Source && !self.is_converted && html::is_page(&self.path);
        match is_page.then(|| html::to_markdown(&self.text)).flatten() {
            Some(text) => Self {
                role,
                is_converted: true,
                ..Self::new(self.path, text).with_notation(self.notation)
            },
            None => Self { role, ..self },
        }
    }

    /// Whether the text was made of another one, so that its lines are not those of the file.
    pub fn is_converted(&self) -> bool {
        self.is_converted
    }

    /// What it is to a check.
    pub fn role(&self) -> Role {
        self.role
    }

    /// How its numbers are written.
    pub fn notation(&self) -> Notation {
        self.notation
    }

    /// The path as reported: relative, with `/`.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The whole text, byte order mark included.
    pub fn text(&self) -> &str {
        &self.text
    }

    /// Words between white space, marks of Markdown included.
    pub fn word_count(&self) -> usize {
        self.text.split_whitespace().count()
    }

    /// Byte offset of the first character after a byte order mark: 0 or 3.
    pub fn content_start(&self) -> usize {
        if self.text.starts_with(BYTE_ORDER_MARK) {
            BYTE_ORDER_MARK.len_utf8()
        } else {
            0
        }
    }

    /// The text of a span; empty where the span does not fit the text.
    pub fn slice(&self, span: Span) -> &str {
        self.text.get(span.start..span.end).unwrap_or_default()
    }

    /// Number of lines; a final line end opens no further line.
    pub fn line_count(&self) -> usize {
        match self.lines.last() {
            Some(last) if *last == self.text.len() && self.lines.len() > 1 => self.lines.len() - 1,
            _ => self.lines.len(),
        }
    }

    /// The span of a line counted from 1, its line end left out; empty past the end.
    pub fn line_span(&self, line: usize) -> Span {
        let Some(start) = line
            .checked_sub(1)
            .and_then(|at| self.lines.get(at))
            .copied()
        else {
            return Span::new(self.text.len(), self.text.len());
        };
        let end = self.lines.get(line).copied().unwrap_or(self.text.len());
        let kept = self
            .slice(Span::new(start, end))
            .trim_end_matches(['\n', '\r'])
            .len();
        Span::new(start, start + kept)
    }

    /// Line of a byte offset, from 1.
    pub fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset).max(1)
    }

    /// Line and column of a byte offset.
    pub fn position(&self, offset: usize) -> Position {
        let line = self.line(offset);
        let start = self.lines.get(line - 1).copied().unwrap_or_default();
        let before = self.slice(Span::new(start, offset.min(self.text.len())));
        let column = before.chars().filter(|c| *c != BYTE_ORDER_MARK).count() + 1;
        Position { line, column }
    }

    /// Offset of a byte in code points, from 0, as Web Annotation's `TextPositionSelector` counts.
    pub fn character_offset(&self, offset: usize) -> usize {
        self.slice(Span::new(0, offset.min(self.text.len())))
            .chars()
            .count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn positions_count_code_points_from_one() {
        let source = SourceText::new("a.md", "α 30%\r\nnext");
        assert_eq!(source.position(3), Position { line: 1, column: 3 });
        assert_eq!(source.position(8), Position { line: 2, column: 1 });
        assert_eq!(source.slice(source.line_span(1)), "α 30%");
        assert_eq!(source.line_count(), 2);
    }

    #[test]
    fn byte_order_mark_is_no_column() {
        let source = SourceText::new("a.md", "\u{feff}x");
        assert_eq!(source.content_start(), 3);
        assert_eq!(source.position(3), Position { line: 1, column: 1 });
    }

    #[test]
    fn a_final_line_end_opens_no_line() {
        assert_eq!(SourceText::new("a.md", "x\n").line_count(), 1);
        assert_eq!(SourceText::new("a.md", "").line_count(), 1);
    }
}
