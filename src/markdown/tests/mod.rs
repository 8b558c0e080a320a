//! Blocks of small documents, rendered as one line each.

mod blocks;
mod extracted;
mod inlines;

use super::*;

fn read(markdown: &str) -> Document {
    parse(SourceText::new("a.md", markdown))
}

#[track_caller]
fn check(markdown: &str, expected: &str) {
    assert_eq!(render(&read(markdown)), expected.trim_matches('\n'));
}

/// Compares the inlines of all texts, one a line: kind, text, source.
#[track_caller]
fn check_inlines(markdown: &str, expected: &str) {
    let document = read(markdown);
    let mut lines = Vec::new();
    for (_, _, text) in document.texts() {
        for inline in &text.inlines {
            let kind = match &inline.kind {
                InlineKind::Link { destination, label } => {
                    let label = label.as_ref().map_or(String::new(), |l| format!(" [{l}]"));
                    format!("Link{label} {destination}")
                }
                InlineKind::Image { destination } => format!("Image {destination}"),
                InlineKind::FootnoteReference { label } => format!("Footnote {label}"),
                InlineKind::Emphasis
                | InlineKind::Strong
                | InlineKind::Strikethrough
                | InlineKind::Code
                | InlineKind::Math
                | InlineKind::Superscript
                | InlineKind::Subscript => format!("{:?}", inline.kind),
            };
            let plain = text.plain.get(inline.range.clone()).unwrap();
            lines.push(format!(
                "{kind}: {plain} <- {}",
                document.source.slice(inline.span)
            ));
        }
    }
    assert_eq!(lines.join("\n"), expected.trim_matches('\n'));
}

/// One line a block: kind, list position, text; then a line a row.
fn render(document: &Document) -> String {
    let mut lines = Vec::new();
    for (index, block) in document.blocks.iter().enumerate() {
        let kind = match &block.kind {
            BlockKind::Heading { level, marked } => {
                format!("h{level}{}", if *marked { "" } else { "?" })
            }
            BlockKind::Paragraph => "p".to_owned(),
            BlockKind::ListItem => "li".to_owned(),
            BlockKind::TableCaption => "caption".to_owned(),
            BlockKind::TableNote => "note".to_owned(),
            BlockKind::Table(table) => format!(
                "table h{} c{} n{}",
                table.header_rows,
                table.caption.map_or("-".to_owned(), |at| at.to_string()),
                table
                    .notes
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join(",")
            ),
            BlockKind::FootnoteDefinition { label } => format!("footnote {label}"),
            BlockKind::Code => "code".to_owned(),
            BlockKind::Html => "html".to_owned(),
            BlockKind::FrontMatter => "front".to_owned(),
        };
        let list = block.list.as_ref().map_or(String::new(), |list| {
            format!(
                " {}.{}{}{}{}",
                list.list,
                list.depth,
                list.number.map_or(String::new(), |n| format!(" #{n}")),
                if list.opens_item { "" } else { " +" },
                list.parent.map_or(String::new(), |p| format!(" <{p}"))
            )
        });
        let quote = if block.quoted { "> " } else { "" };
        let text = block.text.plain.replace('\n', "\\n");
        lines.push(
            format!("{index} {quote}{kind}{list}: {text}")
                .trim_end()
                .to_owned(),
        );
        if let BlockKind::Table(table) = &block.kind {
            for row in &table.rows {
                let cells: Vec<&str> = row.cells.iter().map(|c| c.text.plain.as_str()).collect();
                lines.push(format!("  | {}", cells.join(" | ")));
            }
        }
    }
    lines.join("\n")
}
