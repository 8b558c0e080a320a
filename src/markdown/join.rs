//! Paragraphs that a page break cut in two.

use super::heading::has_heading_shape;
use super::{Block, BlockKind, InlineKind};
use crate::text::{SourceText, Span};

/// Joins each paragraph that stops in mid sentence with the next one, where that goes on in lower case.
pub(super) fn join_cut_paragraphs(blocks: Vec<Block>, source: &SourceText) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::with_capacity(blocks.len());
    let mut moved: Vec<usize> = Vec::with_capacity(blocks.len());
    for mut block in blocks {
        if let Some(list) = &mut block.list {
            list.parent = list.parent.and_then(|parent| moved.get(parent).copied());
        }
        if let BlockKind::Table(table) = &mut block.kind {
            table.caption = table
                .caption
                .map(|caption| caption - moved.len() + joined.len());
        }
        match joined.last_mut() {
            Some(last) if is_cut(last, &block, source) => {
                let gap = Span::new(last.span.end, block.span.start);
                last.text.join(" ", gap, &block.text);
                last.span = last.span.join(block.span);
            }
            Some(_) | None => joined.push(block),
        }
        moved.push(joined.len() - 1);
    }
    joined
}

fn is_cut(first: &Block, second: &Block, source: &SourceText) -> bool {
    let same_container = match (&first.kind, &second.kind) {
        (BlockKind::Paragraph, BlockKind::Paragraph) => {
            first.quoted == second.quoted && !has_heading_shape(first, source)
        }
        (BlockKind::ListItem, BlockKind::ListItem) => {
            let same_item = match (&first.list, &second.list) {
                (Some(one), Some(two)) => {
                    !two.opens_item && one.list == two.list && one.depth == two.depth
                }
                (_, _) => false,
            };
            same_item && first.quoted == second.quoted
        }
        (_, _) => false,
    };
    same_container
        && first.span.end < second.span.start
        && stops_short(first)
        && goes_on(second)
        && source
            .slice(Span::new(first.span.end, second.span.start))
            .chars()
            .all(|c| c.is_whitespace() || matches!(c, '>' | '\u{200b}'))
}

fn stops_short(block: &Block) -> bool {
    let plain = &block.text.plain;
    let open = plain.ends_with(|c: char| c.is_alphanumeric() || matches!(c, ',' | ')' | '%'));
    open && !is_marked(block, plain.len().saturating_sub(1))
}

fn goes_on(block: &Block) -> bool {
    let plain = &block.text.plain;
    let first = plain.split_whitespace().next().unwrap_or_default();
    let word = first.trim_end_matches([',', ';', ':', '.']);
    !word.is_empty()
        && word
            .chars()
            .all(|c| c.is_lowercase() || matches!(c, '-' | '\'' | '’'))
        && word.starts_with(char::is_lowercase)
        && !is_marked(block, 0)
}

/// Whether code, mathematics or a link stands at that byte.
fn is_marked(block: &Block, at: usize) -> bool {
    block.text.inlines.iter().any(|inline| {
        let passes_over = matches!(
            inline.kind,
            InlineKind::Code
                | InlineKind::Math
                | InlineKind::Link { .. }
                | InlineKind::Image { .. }
        );
        passes_over && inline.range.contains(&at)
    })
}
