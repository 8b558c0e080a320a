//! One row of a document as an editor knows it: heading, paragraph, list item, table, quotation, code, footnote.

use maud::{Markup, html};

use super::running::{Marking, running};
use super::sheet::{Cell, Row};
use crate::markdown::{Block, BlockKind, Table};
use crate::text::thousands;

/// Rows of a table that are all shown.
const WHOLE_TABLE: usize = 60;
/// Rows shown on each side of a marked one in a longer table.
const NEIGHBOURS: usize = 2;
/// Deepest indent of a list that the style knows.
const DEEPEST: usize = 4;

/// The text of a row. `rank` is that of a heading on the page, 3 to 6.
pub(super) fn text(row: &Row<'_>, rank: u8, marking: Marking<'_>) -> Markup {
    let Some(block) = row.block else {
        return html! { pre { code { (inside(row, marking)) } } };
    };
    let shown = kind(row, block, rank, marking);
    html! {
        @if block.quoted { blockquote { (shown) } } @else { (shown) }
    }
}

fn inside(row: &Row<'_>, marking: Marking<'_>) -> Markup {
    row.text(None).map_or_else(
        || html! {},
        |text| running(text, row.portions(None), marking),
    )
}

fn kind(row: &Row<'_>, block: &Block, rank: u8, marking: Marking<'_>) -> Markup {
    match &block.kind {
        BlockKind::Heading { .. } => heading(rank, &inside(row, marking)),
        BlockKind::Table(read) => table(row, read, marking),
        BlockKind::TableCaption => html! { p.caption dir="auto" { (inside(row, marking)) } },
        BlockKind::TableNote => html! { p.table-note dir="auto" { (inside(row, marking)) } },
        BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Html => {
            let position = block.list.as_ref();
            let marker = position
                .filter(|at| at.opens_item)
                .map(|at| match at.number {
                    Some(number) => format!("{number}."),
                    None => "•".to_owned(),
                });
            html! {
                p dir="auto" {
                    @if let Some(marker) = marker { span.marker { (marker) " " } }
                    (inside(row, marking))
                }
            }
        }
        BlockKind::FootnoteDefinition { label } => html! {
            p.footnote dir="auto" { span.marker { "[^" (label) "] " } (inside(row, marking)) }
        },
        BlockKind::Code | BlockKind::FrontMatter => {
            html! { pre { code { (inside(row, marking)) } } }
        }
    }
}

fn heading(rank: u8, inside: &Markup) -> Markup {
    match rank {
        0..=3 => html! { h3 dir="auto" { (inside) } },
        4 => html! { h4 dir="auto" { (inside) } },
        5 => html! { h5 dir="auto" { (inside) } },
        6.. => html! { h6 dir="auto" { (inside) } },
    }
}

/// Class of the indent of a row that stands in a list.
pub(super) fn indent(row: &Row<'_>) -> Option<String> {
    let position = row.block?.list.as_ref()?;
    Some(format!("depth-{}", position.depth.min(DEEPEST)))
}

/// A table; of a long one the rows around marks.
fn table(row: &Row<'_>, read: &Table, marking: Marking<'_>) -> Markup {
    let count = read.rows.len();
    let keeps = |at: usize| {
        let near = at.saturating_sub(NEIGHBOURS)..=at + NEIGHBOURS;
        count <= WHOLE_TABLE
            || at < read.header_rows.max(1)
            || near.into_iter().any(|at| row.is_marked_at(at))
    };
    let kept: Vec<usize> = (0..count).filter(|at| keeps(*at)).collect();
    let left_out = count - kept.len();
    html! {
        (rows(row, read, &kept, marking))
        @if left_out > 0 {
            p.left-out { (thousands(left_out)) " rows without findings are left out here." }
        }
    }
}

/// Some rows of a table, by index in order.
pub(super) fn rows(row: &Row<'_>, read: &Table, kept: &[usize], marking: Marking<'_>) -> Markup {
    let heads = kept.partition_point(|at| *at < read.header_rows);
    let (head, body) = kept.split_at_checked(heads).unwrap_or_default();
    let widest = read.rows.iter().map(|row| row.cells.len()).max();
    let line = |at: usize| {
        let cells = read.rows.get(at).map_or(0, |row| row.cells.len());
        (0..cells).map(move |column| (at, column))
    };
    let cell = |cell: Cell| -> Markup {
        row.text(Some(cell)).map_or_else(
            || html! {},
            |text| running(text, row.portions(Some(cell)), marking),
        )
    };
    html! {
        div.scroll tabindex="0" role="group" aria-label={ "Table, " (widest.unwrap_or_default()) " columns" } {
            table {
                @if !head.is_empty() {
                    thead { @for at in head { tr { @for at in line(*at) { (head_cell(&cell(at))) } } } }
                }
                tbody { @for at in body { tr { @for at in line(*at) { td dir="auto" { (cell(at)) } } } } }
            }
        }
    }
}

/// A header; one without text is no header to a browser.
fn head_cell(inside: &Markup) -> Markup {
    html! {
        @if inside.0.trim().is_empty() { td {} } @else { th scope="col" dir="auto" { (inside) } }
    }
}
