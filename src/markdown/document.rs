//! The shape of a parsed document.

use serde::{Deserialize, Serialize};
use std::ops::Range;

use super::Text;
use crate::text::{SourceText, Span};

/// One parsed document: a flat list of blocks in document order.
#[derive(Clone, Debug)]
pub struct Document {
    /// The text it was parsed from.
    pub source: SourceText,
    /// All leaf blocks, in document order. Containers (quotes, lists) are told by fields of their leaves.
    pub blocks: Vec<Block>,
    /// The document's title: from the front matter, else the first heading. Plain text.
    pub title: Option<String>,
    /// All link reference definitions (`[1]: https://... "Title"`), in document order. They are part of no block.
    pub definitions: Vec<LinkDefinition>,
}

/// A link reference definition. Of several with one label only the first counts.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LinkDefinition {
    /// The label between the brackets, as written.
    pub label: String,
    /// Its target, escapes resolved.
    pub destination: String,
    /// Its title, where it has one.
    pub title: Option<String>,
    /// From the opening bracket to the end of target or title, in bytes.
    pub span: Span,
}

/// A leaf block: it holds text and no further block.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// The source it was read from, markers included, in bytes.
    pub span: Span,
    /// Its running text. Empty for tables, whose text stands in their cells.
    pub text: Text,
    /// Index in [`Document::blocks`] of the nearest heading before it that it stands under.
    pub section: Option<usize>,
    /// Its place in a list, where it stands in one.
    pub list: Option<ListPosition>,
    /// Whether it stands inside a block quote.
    pub quoted: bool,
}

/// What a block is.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum BlockKind {
    /// A heading. `marked` is false where no `#` or underline says so and its shape told it.
    Heading {
        /// 1 to 6; one below the enclosing marked heading, at least 2, where unmarked.
        level: u8,
        /// Whether Markdown marks it as one.
        marked: bool,
    },
    /// Running text.
    Paragraph,
    /// The text of a list item's own paragraph; further paragraphs of the item are further such blocks.
    ListItem,
    /// `Table 1: ...` above (or below) a table. The table points back at it.
    TableCaption,
    /// A note right under a table, such as `*T/C% indicates ...`. The table points back at it.
    TableNote,
    /// A table, from pipes, tabs or HTML.
    Table(Table),
    /// A footnote's text.
    FootnoteDefinition {
        /// The label between `[^` and `]`.
        label: String,
    },
    /// A code block, fenced or indented. Its text is kept and read by nobody.
    Code,
    /// A block of HTML that holds no table. Its tags are dropped from the text.
    Html,
    /// YAML or TOML metadata at the top.
    FrontMatter,
}

/// Where a block stands in a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListPosition {
    /// Which list of the document, from 0. Items of one CommonMark list share it.
    pub list: usize,
    /// Nesting, from 0.
    pub depth: usize,
    /// Number printed before the item, where the list is ordered; counted on where all items print the first one's.
    /// `- 1. text` is an item of the bullet list with this number.
    pub number: Option<u64>,
    /// Whether this block opens its item (and is no later paragraph of it).
    pub opens_item: bool,
    /// Index in [`Document::blocks`] of the block that opens the item this one is nested in.
    pub parent: Option<usize>,
}

/// A table with its surroundings.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Table {
    /// Index in [`Document::blocks`] of its caption.
    pub caption: Option<usize>,
    /// Indices in [`Document::blocks`] of its notes.
    pub notes: Vec<usize>,
    /// How many of the first rows are column headers; 0 where none is.
    pub header_rows: usize,
    /// All rows, headers first.
    pub rows: Vec<Row>,
}

/// One row of a table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Row {
    /// The whole line (or `tr`), in bytes.
    pub span: Span,
    /// Its cells; short rows are not filled up.
    pub cells: Vec<Cell>,
}

/// One cell of a table.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Cell {
    /// Between the separators, white space trimmed, in bytes.
    pub span: Span,
    /// Its running text.
    pub text: Text,
}

/// A stretch of running text: which block (and cell), and which bytes of its plain text.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Index in [`Document::blocks`].
    pub block: usize,
    /// Row and column in a table, from 0, headers counted.
    pub cell: Option<(usize, usize)>,
    /// Bytes of [`Text::plain`], end exclusive.
    pub range: Range<usize>,
}

impl Block {
    /// The table, where the block is one.
    pub fn table(&self) -> Option<&Table> {
        if let BlockKind::Table(table) = &self.kind {
            Some(table)
        } else {
            None
        }
    }
}

impl Document {
    /// The running text of a block or cell.
    pub fn text_at(&self, block: usize, cell: Option<(usize, usize)>) -> Option<&Text> {
        let block = self.blocks.get(block)?;
        match (cell, &block.kind) {
            (Some((row, column)), BlockKind::Table(table)) => table
                .rows
                .get(row)?
                .cells
                .get(column)
                .map(|cell| &cell.text),
            (None, _) => Some(&block.text),
            (Some(_), _) => None,
        }
    }

    /// The plain text of a place; empty where the place does not fit.
    pub fn plain(&self, place: &Place) -> &str {
        self.text_at(place.block, place.cell)
            .and_then(|text| text.plain.get(place.range.clone()))
            .unwrap_or_default()
    }

    /// The source span of a place, in bytes.
    pub fn span(&self, place: &Place) -> Span {
        self.text_at(place.block, place.cell)
            .map(|text| text.source_span(place.range.clone()))
            .unwrap_or_default()
    }

    /// Every running text with its block and cell, in document order: one item a block, one a cell in tables.
    pub fn texts(&self) -> impl Iterator<Item = (usize, Option<(usize, usize)>, &Text)> {
        self.blocks.iter().enumerate().flat_map(|(index, block)| {
            let rows = block.table().map_or(&[][..], |table| table.rows.as_slice());
            let own = std::iter::once((index, None, &block.text))
                .filter(|(_, _, text)| !text.plain.is_empty());
            let cells = rows.iter().enumerate().flat_map(move |(r, row)| {
                row.cells
                    .iter()
                    .enumerate()
                    .map(move |(c, cell)| (index, Some((r, c)), &cell.text))
            });
            own.chain(cells)
        })
    }

    /// The table of a block, where it is one.
    pub fn table(&self, block: usize) -> Option<&Table> {
        self.blocks.get(block)?.table()
    }

    /// Plain text of the nearest heading above a block.
    pub fn section_title(&self, block: usize) -> Option<&str> {
        let heading = self.blocks.get(block)?.section?;
        self.blocks
            .get(heading)
            .map(|block| block.text.plain.as_str())
    }
}
