//! The documents that are open in the editor, with their unsaved text.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{TextDocumentContentChangeEvent, TextDocumentItem};

use super::uri;
use crate::text::{ColumnUnit, EditorLines, EditorPosition};

/// One open document. Cloning it copies no text.
#[derive(Clone, Debug)]
pub(super) struct OpenDocument {
    /// As the editor writes it.
    pub(super) uri: String,
    /// Where it lies, where it is a file.
    pub(super) path: Option<PathBuf>,
    /// Whether the editor calls it Markdown.
    pub(super) is_markdown: bool,
    /// The editor's number of this text.
    pub(super) version: i32,
    /// What it says.
    pub(super) text: Arc<str>,
}

/// All open documents by URI.
#[derive(Debug, Default)]
pub(super) struct OpenDocuments(BTreeMap<String, OpenDocument>);

/// What editors call the languages that are read as Markdown.
const LANGUAGES: [&str; 5] = ["markdown", "mdx", "quarto", "rmd", "rmarkdown"];

impl OpenDocuments {
    pub(super) fn open(&mut self, item: TextDocumentItem) {
        let uri = item.uri.as_str().to_owned();
        let document = OpenDocument {
            path: uri::path(&uri),
            is_markdown: LANGUAGES.contains(&item.language_id.as_str()),
            version: item.version,
            text: item.text.into(),
            uri: uri.clone(),
        };
        self.0.insert(uri, document);
    }

    /// Whether the document was open.
    pub(super) fn change(
        &mut self,
        uri: &str,
        version: i32,
        changes: Vec<TextDocumentContentChangeEvent>,
        unit: ColumnUnit,
    ) -> bool {
        let Some(document) = self.0.get_mut(uri) else {
            return false;
        };
        document.version = version;
        let mut text = document.text.to_string();
        for change in changes {
            apply(&mut text, change, unit);
        }
        document.text = text.into();
        true
    }

    /// Whether the document was open.
    pub(super) fn close(&mut self, uri: &str) -> bool {
        self.0.remove(uri).is_some()
    }

    pub(super) fn get(&self, uri: &str) -> Option<&OpenDocument> {
        self.0.get(uri)
    }

    pub(super) fn all(&self) -> Vec<OpenDocument> {
        self.0.values().cloned().collect()
    }
}

/// Replaces a range of the text, or all of it. A range that ends before it starts is empty.
fn apply(text: &mut String, change: TextDocumentContentChangeEvent, unit: ColumnUnit) {
    let Some(range) = change.range else {
        *text = change.text;
        return;
    };
    let lines = EditorLines::new(text, unit);
    let start = lines.offset(position(range.start));
    let end = lines.offset(position(range.end)).max(start);
    text.replace_range(start..end, &change.text);
}

/// A position of the protocol.
pub(super) fn position(position: lsp_types::Position) -> EditorPosition {
    let wide = |number: u32| usize::try_from(number).unwrap_or(usize::MAX);
    EditorPosition {
        line: wide(position.line),
        column: wide(position.character),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use lsp_types::{Position, Range};

    fn check(text: &str, (start, end): ((u32, u32), (u32, u32)), new: &str, expected: &str) {
        let mut changed = text.to_owned();
        let at = |(line, character)| Position { line, character };
        let change = TextDocumentContentChangeEvent {
            range: Some(Range::new(at(start), at(end))),
            range_length: None,
            text: new.to_owned(),
        };
        apply(&mut changed, change, ColumnUnit::Utf16);
        assert_eq!(changed, expected);
    }

    #[test]
    fn a_range_is_replaced() {
        check("😀 30%\nb", ((0, 3), (0, 5)), "38", "😀 38%\nb");
        check("a\r\nb", ((0, 1), (1, 0)), "", "ab");
    }

    #[test]
    fn ranges_outside_the_text_are_drawn_to_it() {
        check("ab", ((0, 9), (7, 7)), "c", "abc");
        check("ab", ((0, 2), (0, 0)), "c", "abc");
    }
}
