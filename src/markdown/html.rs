//! Blocks of HTML: their text, and their tables.

use super::fragment;
use super::running::Context;
use super::tag::HtmlTag;
use super::{BlockKind, Cell, Row, Table, Text};
use crate::text::Span;

/// Most columns that one cell may span.
const MOST_COLUMNS: usize = 50;

/// What a block of HTML holds: its text, or its tables with their captions after them.
pub(super) fn read(span: Span, context: Context<'_>) -> Vec<Found> {
    let printed = context.slice(span).trim_end_matches(['\n', '\r']);
    let span = Span::new(span.start, span.start + printed.len());
    let tables = tables(span, context);
    if tables.is_empty() {
        return vec![Found {
            kind: BlockKind::Html,
            span,
            text: text(span, context),
        }];
    }
    tables
}

/// A block to be added.
pub(super) struct Found {
    pub(super) kind: BlockKind,
    pub(super) span: Span,
    pub(super) text: Text,
}

/// Text without tags, comments, scripts and styles.
fn text(span: Span, context: Context<'_>) -> Text {
    let mut pieces = Vec::new();
    let mut start = span.start;
    let mut skipped: Option<String> = None;
    for tag in Tags::of(span, context) {
        match (&skipped, &tag.name) {
            (Some(open), Some((name, true))) if open == name => {
                skipped = None;
                start = tag.span.end;
            }
            (None, Some((name, false))) if matches!(name.as_str(), "script" | "style") => {
                pieces.push(Span::new(start, tag.span.start));
                skipped = Some(name.clone());
            }
            (None, None) => {
                pieces.push(Span::new(start, tag.span.start));
                start = tag.span.end;
            }
            (Some(_) | None, _) => {}
        }
    }
    if skipped.is_none() {
        pieces.push(Span::new(start, span.end));
    }
    let mut whole = Text::default();
    for (piece, text) in pieces.iter().zip(fragment::texts(&pieces, context, true)) {
        if text.plain.is_empty() {
            continue;
        }
        if whole.plain.is_empty() {
            whole = text;
        } else {
            whole.join(" ", Span::new(piece.start, piece.start), &text);
        }
    }
    whole
}

/// A tag or comment with its place.
struct Place {
    span: Span,
    /// Name and whether it closes; none for comments and declarations.
    name: Option<(String, bool)>,
    columns: usize,
}

struct Tags<'a> {
    context: Context<'a>,
    at: usize,
    end: usize,
}

impl<'a> Tags<'a> {
    fn of(span: Span, context: Context<'a>) -> Self {
        Self {
            context,
            at: span.start,
            end: span.end,
        }
    }
}

impl Iterator for Tags<'_> {
    type Item = Place;

    fn next(&mut self) -> Option<Place> {
        loop {
            let rest = self.context.slice(Span::new(self.at, self.end));
            let start = self.at + rest.find('<')?;
            let printed = self.context.slice(Span::new(start, self.end));
            let length = if let Some(comment) = printed.strip_prefix("<!--") {
                comment.find("-->").map_or(printed.len(), |at| at + 7)
            } else if printed.starts_with("<!") || printed.starts_with("<?") {
                printed.find('>').map_or(printed.len(), |at| at + 1)
            } else {
                let inside = printed.get(1..).unwrap_or_default();
                match inside.find(['<', '>']) {
                    Some(at) if inside.as_bytes().get(at) == Some(&b'>') => at + 2,
                    Some(at) => {
                        self.at = start + 1 + at;
                        continue;
                    }
                    None => return None,
                }
            };
            self.at = start + length;
            let printed = printed.get(..length).unwrap_or_default();
            let is_comment = printed.starts_with("<!") || printed.starts_with("<?");
            let tag = HtmlTag::read(printed);
            if tag.is_none() && !is_comment {
                continue;
            }
            let columns = tag.as_ref().and_then(|tag| tag.attribute("colspan"));
            return Some(Place {
                span: Span::new(start, start + length),
                name: tag.map(|tag| (tag.name, tag.closing)),
                columns: columns.and_then(|n| n.trim().parse().ok()).unwrap_or(1),
            });
        }
    }
}

/// A table while it is read: its cells are spans, their texts are read at the end.
#[derive(Default)]
struct Open {
    start: usize,
    rows: Vec<(Span, Vec<(Span, usize)>)>,
    header_rows: usize,
    all_headers: bool,
    cell: Option<(usize, usize)>,
    caption: Option<(usize, Option<Span>)>,
}

fn tables(span: Span, context: Context<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    let mut open: Option<Open> = None;
    for tag in Tags::of(span, context) {
        let Some((name, closing)) = &tag.name else {
            continue;
        };
        match (name.as_str(), closing, open.as_mut()) {
            ("table", false, None) => {
                open = Some(Open {
                    start: tag.span.start,
                    ..Open::default()
                });
            }
            ("table", true, Some(_)) => {
                if let Some(table) = open.take() {
                    table.finish(tag.span.end, context, &mut found);
                }
            }
            (name, closing, Some(table)) => table.tag(name, *closing, &tag),
            (_, _, None) => {}
        }
    }
    if let Some(table) = open {
        table.finish(span.end, context, &mut found);
    }
    found
}

impl Open {
    fn tag(&mut self, name: &str, closing: bool, tag: &Place) {
        match (name, closing) {
            ("tr", false) => {
                self.end_row(tag.span.start);
                self.all_headers = true;
                self.rows.push((tag.span, Vec::new()));
            }
            ("tr", true) => self.end_row(tag.span.end),
            ("td" | "th", false) => {
                self.end_cell(tag.span.start);
                if self.rows.is_empty() {
                    self.rows.push((tag.span, Vec::new()));
                }
                self.all_headers &= name == "th";
                self.cell = Some((tag.span.end, tag.columns.clamp(1, MOST_COLUMNS)));
            }
            ("td" | "th", true) => self.end_cell(tag.span.start),
            ("caption", false) => self.caption = Some((tag.span.end, None)),
            ("caption", true) => {
                if let Some((start, end)) = &mut self.caption {
                    *end = Some(Span::new(*start, tag.span.start));
                }
            }
            _ => {}
        }
    }

    fn end_cell(&mut self, at: usize) {
        if let (Some((start, columns)), Some((span, cells))) =
            (self.cell.take(), self.rows.last_mut())
        {
            cells.push((Span::new(start, at), columns));
            span.end = span.end.max(at);
        }
    }

    fn end_row(&mut self, at: usize) {
        self.end_cell(at);
        if let Some((span, cells)) = self.rows.last_mut() {
            span.end = span.end.max(at);
            if self.all_headers && !cells.is_empty() && self.header_rows + 1 == self.rows.len() {
                self.header_rows += 1;
            }
        }
    }

    fn finish(mut self, end: usize, context: Context<'_>, found: &mut Vec<Found>) {
        let last = self.rows.last().map_or(end, |(span, _)| span.end);
        self.end_row(if self.cell.is_some() { end } else { last });
        let cells = self.rows.iter().flat_map(|(_, cells)| cells);
        let spans: Vec<Span> = cells.map(|(span, _)| trimmed(*span, context)).collect();
        let mut texts = spans.iter().zip(fragment::texts(&spans, context, true));
        let mut rows = Vec::with_capacity(self.rows.len());
        for (span, cells) in &self.rows {
            let mut row = Vec::with_capacity(cells.len());
            for (_, columns) in cells {
                let Some((span, text)) = texts.next() else {
                    break;
                };
                let cell = Cell { span: *span, text };
                row.extend(std::iter::repeat_n(cell, *columns));
            }
            if !row.is_empty() {
                rows.push(Row {
                    span: *span,
                    cells: row,
                });
            }
        }
        if rows.is_empty() {
            return;
        }
        let table = Table {
            header_rows: self.header_rows,
            rows,
            ..Table::default()
        };
        found.push(Found {
            kind: BlockKind::Table(table),
            span: Span::new(self.start, end),
            text: Text::default(),
        });
        if let Some((_, Some(span))) = self.caption {
            let span = trimmed(span, context);
            if let Some(text) = fragment::texts(&[span], context, true).pop() {
                found.push(Found {
                    kind: BlockKind::TableCaption,
                    span,
                    text,
                });
            }
        }
    }
}

fn trimmed(span: Span, context: Context<'_>) -> Span {
    let printed = context.slice(span);
    let start = span.start + printed.len() - printed.trim_start().len();
    Span::new(start, start + printed.trim().len())
}
