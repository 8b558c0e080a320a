//! Finding the reference list and cutting it into entries.
//!
//! Three kinds: what stands under a heading such as "References", footnotes and numbered link definitions, and a
//! list of entries at the end that no heading announces.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::LazyLock;

use super::entry::{self, Printed};
use super::mark::bracketed;
use super::{Reference, identifier, site};
use crate::markdown::{Block, BlockKind, Document, InlineKind};
use crate::ontology::{lexicon, lexicon_table};
use crate::text::Span;

static HEADINGS: LazyLock<BTreeMap<&'static str, bool>> = LazyLock::new(|| {
    lexicon_table("reference_headings")
        .filter_map(|row| {
            let mut columns = row.into_iter();
            Some((columns.next()?, columns.next()? == "strong"))
        })
        .collect()
});
static NOT_ENTRIES: LazyLock<Vec<&'static str>> =
    LazyLock::new(|| lexicon("reference_not_entries").collect());

/// Fewest entries of a list that no heading announces.
const FEWEST_UNANNOUNCED: usize = 3;
/// Longest heading that is compared, in bytes.
const LONGEST_HEADING: usize = 60;

/// Where the entries of a document stand.
#[derive(Debug, Default)]
pub(super) struct List {
    /// Blocks of the list, heading included, sorted.
    pub(super) blocks: Vec<usize>,
    items: Vec<Item>,
}

#[derive(Debug)]
struct Item {
    label: Option<String>,
    block: usize,
    range: Range<usize>,
    span: Span,
}

/// Finds the list.
pub(super) fn find(document: &Document) -> List {
    let mut list = announced(document).unwrap_or_else(|| unannounced(document));
    add_footnotes(document, &mut list);
    list.items.sort_by_key(|item| (item.block, item.range.start));
    list.blocks.sort_unstable();
    list.blocks.dedup();
    list
}

impl List {
    /// The entries with their fields. Entries without a printed number get their running number.
    pub(super) fn references(&self, document: &Document) -> Vec<Reference> {
        let in_list: BTreeSet<usize> = self.blocks.iter().copied().collect();
        self.items
            .iter()
            .enumerate()
            .filter_map(|(index, item)| {
                let block = document.blocks.get(item.block)?;
                let text = block.text.plain.get(item.range.clone())?;
                let fields = if in_list.contains(&item.block) {
                    entry::parse(&printed(block, item.range.clone()))
                } else {
                    Reference {
                        text: entry::squeeze(text),
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
            .collect()
    }
}

fn printed(block: &Block, range: Range<usize>) -> Printed<'_> {
    let inside = |inner: &Range<usize>| inner.start >= range.start && inner.end <= range.end;
    let mut emphases = Vec::new();
    let mut links = Vec::new();
    for inline in &block.text.inlines {
        if !inside(&inline.range) {
            continue;
        }
        match &inline.kind {
            InlineKind::Emphasis => {
                emphases.push(inline.range.start - range.start..inline.range.end - range.start);
            }
            InlineKind::Link { destination } => links.push(destination.clone()),
            InlineKind::Strong
            | InlineKind::Strikethrough
            | InlineKind::Code
            | InlineKind::Math
            | InlineKind::Image { .. }
            | InlineKind::FootnoteReference { .. }
            | InlineKind::Superscript
            | InlineKind::Subscript => {}
        }
    }
    Printed {
        text: block.text.plain.get(range).unwrap_or_default(),
        emphases,
        links,
    }
}

/// The last list under a heading that says so; strong headings before weak ones.
fn announced(document: &Document) -> Option<List> {
    let mut weak: Option<List> = None;
    for (index, block) in document.blocks.iter().enumerate().rev() {
        let Some(strong) = heading_strength(block) else {
            continue;
        };
        let list = under(document, index, strong);
        let fits = strong && !list.items.is_empty()
            || list
                .items
                .iter()
                .any(|item| item_text(document, item).is_some_and(is_entry));
        if fits && strong {
            return Some(list);
        }
        if fits && weak.is_none() {
            weak = Some(list);
        }
    }
    weak
}

fn heading_strength(block: &Block) -> Option<bool> {
    let may_head = match block.kind {
        BlockKind::Heading { .. } => true,
        BlockKind::Paragraph => block.text.plain.trim_end().ends_with(':') || block.text.plain.len() < 40,
        BlockKind::ListItem
        | BlockKind::TableCaption
        | BlockKind::TableNote
        | BlockKind::Table(_)
        | BlockKind::FootnoteDefinition { .. }
        | BlockKind::Code
        | BlockKind::Html
        | BlockKind::FrontMatter => false,
    };
    let text = block.text.plain.trim();
    if !may_head || text.len() > LONGEST_HEADING {
        return None;
    }
    let name = text
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' ' | ')'))
        .trim_end_matches([':', '.', ' '])
        .to_lowercase();
    HEADINGS.get(name.as_str()).copied()
}

/// The list under the heading at `heading`, up to the next heading.
fn under(document: &Document, heading: usize, strong: bool) -> List {
    let mut list = List::default();
    let mut last = heading;
    let mut depth: Option<usize> = None;
    for (index, block) in document.blocks.iter().enumerate().skip(heading + 1) {
        let before = list.items.len();
        match &block.kind {
            BlockKind::Heading { marked, .. } => {
                let continues = !marked && next_number(&list).is_some_and(|next| opens_with(&block.text.plain, next));
                if !continues {
                    break;
                }
                cut(block, index, &mut list);
            }
            BlockKind::ListItem | BlockKind::Paragraph => {
                if is_furniture(&block.text.plain) {
                    last = index;
                    continue;
                }
                let opens = block.list.as_ref().is_none_or(|position| position.opens_item);
                let in_item = block.list.is_some();
                let printed = block.list.as_ref().and_then(|position| position.number);
                let nested = in_item
                    && depth.is_some_and(|depth| {
                        block.list.as_ref().is_some_and(|position| position.depth > depth)
                    });
                if !opens || nested && printed.is_none() {
                    last = index;
                    continue;
                }
                if !in_item && !list.items.is_empty() && !starts_entry(&block.text.plain) && !is_entry(&block.text.plain) {
                    if list.items.iter().any(|item| item.label.is_none()) && strong {
                        continue;
                    }
                    continue;
                }
                if !in_item && list.items.is_empty() && !starts_entry(&block.text.plain) && !is_entry(&block.text.plain) {
                    continue;
                }
                depth = depth.or(block.list.as_ref().map(|position| position.depth));
                cut(block, index, &mut list);
            }
            BlockKind::FootnoteDefinition { .. } => last = index,
            BlockKind::TableCaption
            | BlockKind::TableNote
            | BlockKind::Table(_)
            | BlockKind::Code
            | BlockKind::Html
            | BlockKind::FrontMatter => {}
        }
        if list.items.len() > before {
            last = index;
        }
    }
    if list.items.is_empty() && last == heading {
        return list;
    }
    list.blocks = (heading..=last).collect();
    list
}

/// Cuts one block into its entries.
fn cut(block: &Block, index: usize, list: &mut List) {
    let plain = &block.text.plain;
    let number = block.list.as_ref().and_then(|position| position.number);
    let (label, start) = leading_label(plain)
        .map(|(label, start)| (Some(label), start))
        .unwrap_or((number.map(|number| number.to_string()), 0));
    let joined = if plain.starts_with('[') { bracket_starts(plain) } else { Vec::new() };
    if joined.len() > 1 {
        for (at, (begin, text_start, label)) in joined.iter().enumerate() {
            let end = joined.get(at + 1).map_or(plain.len(), |next| next.0);
            push(list, block, index, Some(label.clone()), (*begin, *text_start, end));
        }
        return;
    }
    let lines = if block.list.is_none() && label.is_none() { entry_lines(block) } else { Vec::new() };
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

fn push(list: &mut List, block: &Block, index: usize, label: Option<String>, at: (usize, usize, usize)) {
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

/// The number at the start of an entry and the byte after it: `1. `, `1) `, `[1] `, `(1) `, `[@key]: `.
fn leading_label(plain: &str) -> Option<(String, usize)> {
    let trimmed = plain.trim_start();
    let offset = plain.len() - trimmed.len();
    if trimmed.starts_with('[') {
        let inside = bracketed(trimmed, 0)?;
        let rest = trimmed.get(inside.len() + 2..)?;
        let rest_trimmed = rest.trim_start_matches([':', '.', ' ', '\t', '\u{a0}']);
        let label = inside.trim().trim_start_matches(['@', '^']);
        let numeric = !label.is_empty() && label.len() <= 4 && label.bytes().all(|b| b.is_ascii_digit());
        let key = inside.starts_with(['@', '^']) && !label.is_empty() && !label.contains(' ');
        let width = plain.len() - rest_trimmed.len();
        return (numeric || key).then(|| (normalised(label), width));
    }
    let body = trimmed.strip_prefix('(').unwrap_or(trimmed);
    let digits = body.bytes().take_while(u8::is_ascii_digit).count();
    if !(1..=4).contains(&digits) {
        return None;
    }
    let after = body.get(digits..)?;
    let after = after.strip_prefix(['.', ')'])?;
    let rest = after.trim_start_matches([' ', '\t', '\u{a0}']);
    let spaced = rest.len() < after.len();
    let label = normalised(body.get(..digits)?);
    (spaced && offset < 20).then(|| (label, plain.len() - rest.len()))
}

fn normalised(label: &str) -> String {
    let trimmed = label.trim_start_matches('0');
    if trimmed.is_empty() || !label.bytes().all(|b| b.is_ascii_digit()) {
        label.to_owned()
    } else {
        trimmed.to_owned()
    }
}

/// `[n]` in a paragraph that count on from the first one: start, start of the text after, label.
fn bracket_starts(plain: &str) -> Vec<(usize, usize, String)> {
    let mut found: Vec<(usize, usize, String)> = Vec::new();
    let mut expected: Option<u32> = None;
    for (at, _) in plain.match_indices('[') {
        let spaced = at == 0 || plain.get(..at).is_some_and(|before| before.ends_with(char::is_whitespace));
        let Some(inside) = bracketed(plain, at).filter(|inside| spaced && inside.len() <= 4) else {
            continue;
        };
        let Ok(number) = inside.trim().parse::<u32>() else {
            continue;
        };
        if expected.is_some_and(|expected| number != expected) {
            continue;
        }
        expected = number.checked_add(1);
        let after = at + inside.len() + 2;
        let rest = plain.get(after..).unwrap_or_default();
        let text = plain.len() - rest.trim_start_matches([':', '.', ' ', '\t']).len();
        found.push((at, text, number.to_string()));
    }
    found
}

/// The lines of a paragraph, where each is an entry of its own.
fn entry_lines(block: &Block) -> Vec<Range<usize>> {
    let plain = &block.text.plain;
    let mut starts = vec![0];
    for (at, _) in plain.match_indices(['\n', ' ']) {
        let source = block.text.source_span(at..at + 1);
        if source.len() == 1 && plain.get(at..=at) == Some("\n") {
            starts.push(at + 1);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([plain.len()]);
    let lines: Vec<Range<usize>> = starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect();
    let all = lines
        .iter()
        .all(|line| plain.get(line.clone()).is_some_and(|line| starts_entry(line) || is_entry(line)));
    if all { lines } else { Vec::new() }
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

fn opens_with(plain: &str, number: u64) -> bool {
    leading_label(plain).is_some_and(|(label, _)| label == number.to_string())
}

fn starts_entry(plain: &str) -> bool {
    leading_label(plain).is_some()
}

/// Page furniture that stands in the list: "To cite this document".
fn is_furniture(plain: &str) -> bool {
    let start: String = plain.trim_start().chars().take(30).flat_map(char::to_lowercase).collect();
    NOT_ENTRIES.iter().any(|known| start.starts_with(known))
}

/// Whether a text has the shape of an entry: an identifier, a host in brackets, or names with a year.
fn is_entry(text: &str) -> bool {
    let text = text.get(..text.len().min(1_000)).unwrap_or(text);
    let has_year = text
        .as_bytes()
        .windows(4)
        .any(|window| matches!(window, [b'1', b'5'..=b'9', b, c] | [b'2', b'0', b, c] if b.is_ascii_digit() && c.is_ascii_digit()));
    let named = has_year
        && text.len() > 30
        && text.trim_start().starts_with(|c: char| c.is_uppercase() || matches!(c, '“' | '"' | '«'))
        && entry_fields(text);
    named || identifier::doi(text).is_some() || text.contains("PMID") || text.contains("http") || site::tail(text).host.is_some()
}

/// Whether authors and a title can be read from a text.
fn entry_fields(text: &str) -> bool {
    let entry = entry::parse(&Printed {
        text,
        emphases: Vec::new(),
        links: Vec::new(),
    });
    let container = entry.container.is_some() || entry.volume.is_some() || entry.pages.is_some();
    !entry.authors.is_empty() && entry.year.is_some() && (entry.title.is_some() || container)
}

fn item_text<'a>(document: &'a Document, item: &Item) -> Option<&'a str> {
    document
        .blocks
        .get(item.block)?
        .text
        .plain
        .get(item.range.clone())
}

/// A list at the end whose items are entries by their own shape.
fn unannounced(document: &Document) -> List {
    let mut run: Vec<usize> = Vec::new();
    let mut best = List::default();
    let half = document.blocks.len() / 2;
    for (index, block) in document.blocks.iter().enumerate().skip(half) {
        let in_list = match block.kind {
            BlockKind::ListItem => true,
            BlockKind::Paragraph => block.list.is_some() || starts_entry(&block.text.plain),
            BlockKind::Heading { .. }
            | BlockKind::TableCaption
            | BlockKind::TableNote
            | BlockKind::Table(_)
            | BlockKind::FootnoteDefinition { .. }
            | BlockKind::Code
            | BlockKind::Html
            | BlockKind::FrontMatter => false,
        };
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
        let opens = block.list.as_ref().is_none_or(|position| position.opens_item);
        if opens && !is_furniture(&block.text.plain) {
            cut(block, *index, &mut list);
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

/// An entry by identifier, host or names with year; an address alone does not make one.
fn is_strict_entry(text: &str) -> bool {
    let text = text.get(..text.len().min(1_000)).unwrap_or(text);
    identifier::doi(text).is_some() || text.contains("PMID") || site::tail(text).host.is_some() || entry_fields(text)
}

/// Footnotes are entries; those shaped like one belong to the list.
fn add_footnotes(document: &Document, list: &mut List) {
    let known: BTreeSet<usize> = list.blocks.iter().copied().collect();
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::FootnoteDefinition { label } = &block.kind else {
            continue;
        };
        let again = list
            .items
            .last()
            .is_some_and(|item| item.label.as_ref() == Some(label) && item.block + 1 == index);
        if again {
            continue;
        }
        if !known.contains(&index) && is_entry(&block.text.plain) {
            list.blocks.push(index);
        }
        list.items.push(Item {
            label: Some(label.clone()),
            block: index,
            range: 0..block.text.plain.len(),
            span: block.span,
        });
    }
}
