//! Finding the reference list and cutting it into entries.
//!
//! Three kinds: what stands under a heading such as "References", footnotes and numbered link definitions, and a
//! list of entries at the end that no heading announces.

use std::collections::BTreeSet;
use std::ops::Range;

use super::Reference;
use super::entry::{self, Printed};
use super::entry_shape::{
    bracket_starts, entry_lines, heading_strength, is_entry, is_furniture, is_strict_entry,
    leading_label, starts_entry,
};
use super::note;
use super::reference_note;
use crate::markdown::{Block, BlockKind, Document, InlineKind};
use crate::text::{Span, squeeze};

/// Fewest entries of a list that no heading announces.
const FEWEST_UNANNOUNCED: usize = 3;
/// Where the entries of a document stand.
#[derive(Debug, Default)]
pub(super) struct List {
    /// Blocks of the list, heading included, sorted.
    pub(super) blocks: Vec<usize>,
    pub(super) items: Vec<Item>,
}

/// Where one entry stands.
#[derive(Debug)]
pub(super) struct Item {
    /// Printed number or key.
    pub(super) label: Option<String>,
    pub(super) block: usize,
    /// Bytes of the block's plain text, number left out.
    pub(super) range: Range<usize>,
    /// In the source, number included.
    pub(super) span: Span,
}

/// Finds the list.
pub(super) fn find(document: &Document) -> List {
    let mut list = announced(document).unwrap_or_else(|| unannounced(document));
    reference_note::add_footnotes(document, &mut list);
    list.items
        .sort_by_key(|item| (item.block, item.range.start));
    list.blocks.sort_unstable();
    list.blocks.dedup();
    list
}

impl List {
    /// The entries with their fields. Entries without a printed number get their running number.
    pub(super) fn references(&self, document: &Document) -> Vec<Reference> {
        let in_list: BTreeSet<usize> = self.blocks.iter().copied().collect();
        let mut references: Vec<Reference> = self
            .items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let block = document.blocks.get(item.block)?;
                let text = block.text.plain.get(item.range.clone())?;
                let fields = if in_list.contains(&item.block) {
                    entry::parse(&printed(block, item.range.clone()))
                } else {
                    Reference {
                        text: squeeze(text),
                        ..Reference::default()
                    }
                };
                Some(Reference {
                    label: item
                        .label
                        .clone()
                        .unwrap_or_else(|| (index + 1).to_string()),
                    numbered: item.label.is_some(),
                    span: item.span,
                    block: item.block,
                    ..fields
                })
            })
            .chain(reference_note::definitions(document, &self.items))
            .collect();
        references.sort_by_key(|reference| reference.span.start);
        references
    }
}

/// The printed numbers of paragraphs and list items outside of the list that are entries by their own shape, and those of
/// [notes](note).
pub(super) fn labels_elsewhere(document: &Document, list: &List) -> BTreeSet<String> {
    let notes = note::labels(document, list.items.is_empty());
    let blocks = document.blocks.iter().enumerate();
    blocks
        .filter(|(index, block)| {
            matches!(block.kind, BlockKind::ListItem | BlockKind::Paragraph)
                && list.blocks.binary_search(index).is_err()
        })
        .filter_map(|(_, block)| {
            let (label, start) = numbered(block);
            let text = block.text.plain.get(start..)?;
            label.filter(|_| is_strict_entry(text))
        })
        .chain(notes)
        .collect()
}

/// The printed number of a block, and where its text begins.
fn numbered(block: &Block) -> (Option<String>, usize) {
    let number = block.list.as_ref().and_then(|position| position.number);
    leading_label(&block.text.plain).map_or_else(
        || (number.map(|number| number.to_string()), 0),
        |(label, start)| (Some(label), start),
    )
}

fn printed(block: &Block, range: Range<usize>) -> Printed<'_> {
    let inside = |inner: &Range<usize>| inner.start >= range.start && inner.end <= range.end;
    let mut emphases = Vec::new();
    let mut links = Vec::new();
    for inline in &block.text.inlines {
        if holds_number(block, &inline.range, range.start) {
            links.extend(inline.destination().map(str::to_owned));
        }
        if !inside(&inline.range) {
            continue;
        }
        if inline.kind == InlineKind::Emphasis {
            emphases.push(inline.range.start - range.start..inline.range.end - range.start);
        }
        links.extend(inline.destination().map(str::to_owned));
    }
    Printed {
        text: block.text.plain.get(range).unwrap_or_default(),
        emphases,
        links,
    }
}

/// Whether an inline holds the number of the entry whose text begins at `start`: "[3.](https://...) Charts".
fn holds_number(block: &Block, inline: &Range<usize>, start: usize) -> bool {
    let until_text = block.text.plain.get(inline.start..start);
    inline.end <= start && until_text.is_some_and(|number| !number.contains(char::is_alphabetic))
}

/// The last list under a heading that says so; strong headings before weak ones.
fn announced(document: &Document) -> Option<List> {
    let mut weak: Option<List> = None;
    for (index, block) in document.blocks.iter().enumerate().rev() {
        let Some(strong) = heading_strength(block) else {
            continue;
        };
        let list = under(document, index);
        let entries = list.items.iter().filter(|item| is_item(document, item));
        let fits = strong && !list.items.is_empty()
            || list
                .items
                .iter()
                .any(|item| item_text(document, item).is_some_and(is_entry))
                && entries.count() * 2 >= list.items.len();
        if fits && strong {
            return Some(list);
        }
        if fits && weak.is_none() {
            weak = Some(list);
        }
    }
    weak
}

/// What a block under the heading is to the list.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    /// It opens an entry (or several).
    Entry,
    /// It belongs to the entry before, or is furniture between entries.
    Inside,
    /// It stands between entries and is none; only what counts on continues after it.
    Apart,
    /// The list is over.
    End,
}

/// The list under the heading at `heading`, up to the next heading.
fn under(document: &Document, heading: usize) -> List {
    let mut list = List::default();
    let mut until = heading;
    let mut depth: Option<usize> = None;
    let mut interrupted = false;
    for (index, block) in document.blocks.iter().enumerate().skip(heading + 1) {
        match part(block, &list, depth, interrupted) {
            Part::Entry => {
                let before = list.items.len();
                cut(document, index, &mut list);
                depth = depth.or(block.list.as_ref().map(|position| position.depth));
                if list.items.len() > before {
                    until = index;
                    interrupted = false;
                }
            }
            Part::Inside => until = index,
            Part::Apart => interrupted |= !list.items.is_empty(),
            Part::End => break,
        }
    }
    if until > heading {
        list.blocks = (heading..=until).collect();
    }
    list
}

fn part(block: &Block, list: &List, depth: Option<usize>, interrupted: bool) -> Part {
    let plain = &block.text.plain;
    let counts_on = || next_number(list).is_some_and(|next| opens_with(block, next));
    match &block.kind {
        BlockKind::Heading { marked, .. } => {
            if !marked && counts_on() {
                Part::Entry
            } else {
                Part::End
            }
        }
        BlockKind::ListItem | BlockKind::Paragraph => {
            let Some(position) = &block.list else {
                return if is_furniture(plain) && !list.items.is_empty() {
                    Part::End
                } else if (starts_entry(plain) || is_entry(plain))
                    && (!interrupted || counts_on() || is_strict_entry(plain))
                {
                    Part::Entry
                } else {
                    Part::Apart
                };
            };
            let nested =
                position.number.is_none() && depth.is_some_and(|depth| position.depth > depth);
            if is_furniture(plain) || !position.opens_item || nested {
                Part::Inside
            } else if interrupted && !counts_on() && !is_strict_entry(plain) {
                Part::Apart
            } else {
                Part::Entry
            }
        }
        BlockKind::FootnoteDefinition { .. } => Part::Inside,
        BlockKind::TableCaption
        | BlockKind::TableNote
        | BlockKind::Table(_)
        | BlockKind::Code
        | BlockKind::Html
        | BlockKind::FrontMatter => Part::Apart,
    }
}

/// Cuts one block into its entries.
fn cut(document: &Document, index: usize, list: &mut List) {
    let Some(block) = document.blocks.get(index) else {
        return;
    };
    let plain = &block.text.plain;
    let (label, start) = numbered(block);
    let joined = if plain.starts_with('[') {
        bracket_starts(plain)
    } else {
        Vec::new()
    };
    if joined.len() > 1 {
        for (at, (begin, text_start, label)) in joined.iter().enumerate() {
            let end = joined.get(at + 1).map_or(plain.len(), |next| next.0);
            push(
                list,
                block,
                index,
                Some(label.clone()),
                (*begin, *text_start, end),
            );
        }
        return;
    }
    let lines = if block.list.is_none() && label.is_none() {
        entry_lines(block, document.source.text())
    } else {
        Vec::new()
    };
    if lines.len() > 1 {
        for line in lines {
            push(list, block, index, None, (line.start, line.start, line.end));
        }
        return;
    }
    let text = plain.get(start..).unwrap_or_default();
    if !text.trim().is_empty() {
        list.items.push(Item {
            label,
            block: index,
            range: start..plain.len(),
            span: block.span,
        });
    }
}

fn push(
    list: &mut List,
    block: &Block,
    index: usize,
    label: Option<String>,
    at: (usize, usize, usize),
) {
    let (begin, start, end) = at;
    let trimmed = block
        .text
        .plain
        .get(start..end)
        .map_or(start, |text| start + text.trim_end().len());
    if trimmed > start {
        list.items.push(Item {
            label,
            block: index,
            range: start..trimmed,
            span: block.text.source_span(begin..trimmed),
        });
    }
}

fn next_number(list: &List) -> Option<u64> {
    list.items
        .last()?
        .label
        .as_ref()?
        .parse::<u64>()
        .ok()?
        .checked_add(1)
}

fn opens_with(block: &Block, number: u64) -> bool {
    let listed = block.list.as_ref().and_then(|position| position.number);
    listed == Some(number)
        || leading_label(&block.text.plain).is_some_and(|(label, _)| label == number.to_string())
}

fn item_text<'a>(document: &'a Document, item: &Item) -> Option<&'a str> {
    document
        .blocks
        .get(item.block)?
        .text
        .plain
        .get(item.range.clone())
}

/// Whether an item has the shape of an entry, or opens with a link.
fn is_item(document: &Document, item: &Item) -> bool {
    let block = document.blocks.get(item.block);
    let opens_with_link = block.is_some_and(|block| {
        let mut inlines = block.text.inlines.iter();
        inlines
            .any(|inline| inline.range.start == item.range.start && inline.destination().is_some())
    });
    opens_with_link || item_text(document, item).is_some_and(is_entry)
}

/// A list at the end whose items are entries by their own shape.
fn unannounced(document: &Document) -> List {
    let mut run: Vec<usize> = Vec::new();
    let mut best = List::default();
    let half = document.blocks.len() / 2;
    for (index, block) in document.blocks.iter().enumerate().skip(half) {
        let in_list = matches!(block.kind, BlockKind::ListItem)
            || matches!(block.kind, BlockKind::Paragraph)
                && (block.list.is_some() || starts_entry(&block.text.plain));
        if in_list {
            run.push(index);
            continue;
        }
        if let Some(list) = from_run(document, &run) {
            best = list;
        }
        run.clear();
    }
    from_run(document, &run).unwrap_or(best)
}

fn from_run(document: &Document, run: &[usize]) -> Option<List> {
    let mut list = List::default();
    for index in run {
        let block = document.blocks.get(*index)?;
        let opens = block
            .list
            .as_ref()
            .is_none_or(|position| position.opens_item);
        if opens && !is_furniture(&block.text.plain) {
            cut(document, *index, &mut list);
        }
    }
    let shaped = list
        .items
        .iter()
        .filter(|item| item_text(document, item).is_some_and(is_strict_entry))
        .count();
    if list.items.len() < FEWEST_UNANNOUNCED || shaped * 5 < list.items.len() * 4 {
        return None;
    }
    list.blocks = run.to_vec();
    Some(list)
}
