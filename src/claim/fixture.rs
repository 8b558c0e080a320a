//! A document made by hand for the tests of this stage, so that they do not hang on the stages before it.
//!
//! A line is a block: `# heading`, `- item`, `| cell | cell |` rows with a `|---|` line after the header,
//! `Table 1: caption` above a table, anything else a paragraph. `[1]`, `[1, 2]` are marks. No inline markup.

use crate::citation::{Citations, Pointer, Style};
use crate::markdown::{
    self, Block, BlockKind, Cell, Document, ListPosition, Place, Row, Table, Text,
};
use crate::text::{SourceText, Span};

/// The document and its marks.
pub(super) fn read(source: &str) -> (Document, Citations) {
    let mut document = markdown::parse(SourceText::new("made.md", source));
    document.blocks.clear();
    document.title = None;
    let mut section = None;
    let mut list = 0;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let line = line.trim_end();
        if line.trim().is_empty() {
            list += 1;
            continue;
        }
        if line.starts_with('|') {
            table_line(&mut document, line, start, section);
            continue;
        }
        let (kind, marker) = if let Some(rest) = line.strip_prefix("# ") {
            let kind = BlockKind::Heading {
                level: 1,
                marked: true,
            };
            (kind, line.len() - rest.len())
        } else if line.starts_with("- ") {
            (BlockKind::ListItem, 2)
        } else if line.starts_with("Table ") {
            (BlockKind::TableCaption, 0)
        } else {
            (BlockKind::Paragraph, 0)
        };
        let heading = matches!(kind, BlockKind::Heading { .. });
        let item = matches!(kind, BlockKind::ListItem);
        document.blocks.push(Block {
            kind,
            span: Span::new(start, start + line.len()),
            text: text(line.get(marker..).unwrap(), start + marker),
            section: if heading { None } else { section },
            list: item.then_some(ListPosition {
                list,
                depth: 0,
                number: None,
                opens_item: true,
                parent: None,
            }),
            quoted: false,
        });
        if heading {
            section = Some(document.blocks.len() - 1);
        }
    }
    let citations = marks(&document);
    (document, citations)
}

fn text(plain: &str, start: usize) -> Text {
    let mut text = Text::default();
    text.push(plain, Span::new(start, start + plain.len()));
    text
}

fn table_line(document: &mut Document, line: &str, start: usize, section: Option<usize>) {
    let span = Span::new(start, start + line.len());
    let last = document.blocks.len().checked_sub(1);
    let open = document.blocks.last().is_some_and(|block| {
        matches!(block.kind, BlockKind::Table(_)) && block.span.end + 1 == start
    });
    if !open {
        let caption =
            last.filter(|index| matches!(document.blocks[*index].kind, BlockKind::TableCaption));
        document.blocks.push(Block {
            kind: BlockKind::Table(Table {
                caption,
                ..Table::default()
            }),
            span,
            text: Text::default(),
            section,
            list: None,
            quoted: false,
        });
    }
    let block = document.blocks.last_mut().unwrap();
    block.span.end = span.end;
    let BlockKind::Table(table) = &mut block.kind else {
        unreachable!("just pushed")
    };
    if line.starts_with("|---") {
        table.header_rows = table.rows.len();
        return;
    }
    let mut at = start + 1;
    let cells = line
        .get(1..)
        .unwrap()
        .trim_end_matches('|')
        .split('|')
        .map(|cell| {
            let offset = at + (cell.len() - cell.trim_start().len());
            at += cell.len() + 1;
            let cell = cell.trim();
            Cell {
                span: Span::new(offset, offset + cell.len()),
                text: text(cell, offset),
            }
        })
        .collect();
    table.rows.push(Row { span, cells });
}

fn marks(document: &Document) -> Citations {
    let mut pointers = Vec::new();
    for (block, cell, text) in document.texts() {
        for (open, _) in text.plain.match_indices('[') {
            let Some(length) = text.plain.get(open..).unwrap().find(']') else {
                continue;
            };
            let range = open..open + length + 1;
            let labels: Vec<String> = text
                .plain
                .get(open + 1..open + length)
                .unwrap()
                .split(',')
                .map(|label| label.trim().to_owned())
                .collect();
            if !labels.iter().all(|label| label.parse::<u32>().is_ok()) {
                continue;
            }
            let place = Place { block, cell, range };
            pointers.push(Pointer {
                style: Style::Bracket,
                span: document.span(&place),
                place,
                targets: vec![None; labels.len()],
                labels,
            });
        }
    }
    Citations {
        pointers,
        ..Citations::default()
    }
}
