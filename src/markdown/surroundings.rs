//! Captions and notes of tables.

use std::sync::LazyLock;

use super::{Block, BlockKind, InlineKind, Text};
use crate::ontology::WordClasses;
use crate::text::{SourceText, Span};

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("table-surroundings"));

/// Longest note under a table, in bytes.
const NOTE: usize = 1200;
/// Longest caption, in bytes.
const CAPTION: usize = 800;

/// Links each table to its caption and its notes and gives those their kind.
pub(super) fn link_tables(blocks: &mut [Block], source: &SourceText) {
    for at in 0..blocks.len() {
        let Some(BlockKind::Table(table)) = blocks.get(at).map(|block| &block.kind) else {
            continue;
        };
        let known = table.caption;
        let after = at + 1 + usize::from(known == Some(at + 1));
        let caption = known
            .or_else(|| {
                at.checked_sub(1)
                    .filter(|above| is_caption(blocks.get(*above)))
            })
            .or_else(|| caption_below(blocks, at));
        let mut next = if caption == Some(at + 1) {
            at + 2
        } else {
            after
        };
        let mut notes = Vec::new();
        while blocks.get(next).is_some_and(|block| is_note(block, source)) && notes.len() < 20 {
            notes.push(next);
            next += 1;
        }
        let below = caption_below(blocks, next.saturating_sub(1));
        let caption = caption.or(below.filter(|_| !notes.is_empty()));
        for note in &notes {
            if let Some(block) = blocks.get_mut(*note) {
                as_note(block, source);
            }
        }
        if let Some(block) = caption.and_then(|caption| blocks.get_mut(caption))
            && matches!(block.kind, BlockKind::Paragraph)
        {
            block.kind = BlockKind::TableCaption;
        }
        if let Some(BlockKind::Table(table)) = blocks.get_mut(at).map(|block| &mut block.kind) {
            table.caption = caption;
            table.notes = notes;
        }
    }
}

/// The caption under a table, unless it belongs to a table further down.
fn caption_below(blocks: &[Block], table: usize) -> Option<usize> {
    let below = table + 1;
    let next = blocks.get(below + 1).map(|block| &block.kind);
    let is_last = !matches!(next, Some(BlockKind::Table(_)));
    (is_last && is_caption(blocks.get(below))).then_some(below)
}

fn is_caption(block: Option<&Block>) -> bool {
    let Some(block) = block else {
        return false;
    };
    let fits = matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading { .. });
    fits && block.text.plain.len() <= CAPTION && is_table_label(&block.text)
}

/// Whether a text starts with `Table 3:`, `Table S1.`, `**Table 2** ...`, `Table IV Baseline ...` or `Table: ...`.
fn is_table_label(text: &Text) -> bool {
    let plain = text.plain.trim_start();
    if plain.starts_with("Table: ") || plain.starts_with(": ") {
        return true;
    }
    let Some((rest, at)) = after_label(plain, &["table", "tab."]) else {
        return false;
    };
    let ends_marked = text
        .inlines
        .iter()
        .any(|inline| inline.range.start == 0 && inline.range.end.abs_diff(at) <= 1);
    let rest_starts = rest.chars().next();
    match rest_starts {
        None | Some(':' | '.' | '|' | '-' | '–' | '—' | ')') => true,
        Some(_) if ends_marked => true,
        Some(c) => {
            c.is_whitespace()
                && rest
                    .trim_start()
                    .starts_with(|c: char| c.is_uppercase() || c == '-' || c == '–' || c == '—')
        }
    }
}

/// What follows `Table 3` or `Supplementary Table S1`, and where it starts.
fn after_label<'t>(plain: &'t str, names: &[&str]) -> Option<(&'t str, usize)> {
    let mut rest = plain;
    for adjective in ["supplementary ", "supplemental ", "extended data "] {
        if rest
            .get(..adjective.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(adjective))
        {
            rest = rest.get(adjective.len()..)?;
        }
    }
    let name = names.iter().find(|name| {
        rest.get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
    })?;
    let rest = rest.get(name.len()..)?;
    let number = rest.strip_prefix([' ', '\u{a0}'])?;
    let word = number.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let tail = number.as_bytes().get(word..).unwrap_or_default();
    let length = match tail {
        [b'.' | b'-', digits @ ..] if digits.first().is_some_and(u8::is_ascii_digit) => {
            word + 1 + digits.iter().take_while(|b| b.is_ascii_digit()).count()
        }
        _ => word,
    };
    let label = number.get(..length)?;
    let is_number = label.bytes().any(|b| b.is_ascii_digit())
        || !label.is_empty() && label.bytes().all(|b| b"IVXL".contains(&b))
        || label.len() == 1 && label.bytes().all(|b| b.is_ascii_uppercase());
    let rest = number.get(length..)?;
    (is_number && label.len() <= 8).then_some((rest, plain.len() - rest.len()))
}

/// Whether a paragraph is a caption of a table or an illustration, or another numbered exhibit.
pub(super) fn is_exhibit_label(text: &Text) -> bool {
    after_label(text.plain.trim_start(), WORDS.of("exhibit")).is_some()
}

fn is_note(block: &Block, source: &SourceText) -> bool {
    let plain = block.text.plain.trim_start();
    if plain.len() > NOTE {
        return false;
    }
    if matches!(block.kind, BlockKind::Paragraph) {
        return is_symbol_note(plain) || is_letter_note(block) || starts_with_note_word(plain);
    }
    // `* p < 0.05` is a list to Markdown.
    matches!(block.kind, BlockKind::ListItem)
        && source.slice(block.span).starts_with('*')
        && block
            .list
            .as_ref()
            .is_some_and(|list| list.depth == 0 && list.opens_item)
        && (plain.len() < 120 && plain.contains(['<', '=', '≤']) || plain.contains("** "))
}

fn is_symbol_note(plain: &str) -> bool {
    let symbols = ['*', '†', '‡', '§', '¶', '#', '∗', '＊'];
    let rest = plain.trim_start_matches('^');
    rest.starts_with(symbols) && rest.chars().any(char::is_alphabetic)
}

/// `a Adjusted for age`, `^a^ Adjusted`, `a: adjusted`, `<sup>a</sup>Adjusted`.
fn is_letter_note(block: &Block) -> bool {
    let plain = &block.text.plain;
    let raised = block
        .text
        .inlines
        .iter()
        .any(|inline| inline.kind == InlineKind::Superscript && inline.range.start == 0);
    let marked = plain.starts_with('^') || raised;
    let rest = plain.trim_start_matches(['^', '(', '{']);
    let mut chars = rest.chars();
    match (chars.next(), chars.next()) {
        (Some(c), Some(next)) if c.is_ascii_lowercase() || c.is_ascii_digit() && marked => {
            let after = chars.as_str().trim_start();
            marked && !next.is_ascii_digit()
                || matches!(next, ')' | ':' | '=')
                || next == ' ' && c.is_ascii_lowercase() && after.starts_with(char::is_uppercase)
        }
        (Some('ᵃ'..='ᵍ'), _) => true,
        (_, _) => false,
    }
}

fn starts_with_note_word(plain: &str) -> bool {
    let word = plain.split([':', '.', ' ', ',']).next().unwrap_or_default();
    let rest = plain.get(word.len()..).unwrap_or_default();
    let opens = |start: &&str| {
        let rest = plain.strip_prefix(*start);
        rest.is_some_and(|rest| rest.starts_with(' '))
    };
    rest.starts_with([':', '.']) && WORDS.has("note", &word.to_lowercase())
        || WORDS.of("note-opening").iter().any(opens)
}

/// Makes a block a note; a list item gets its marker back, which the table's cells refer to.
fn as_note(block: &mut Block, source: &SourceText) {
    block.kind = BlockKind::TableNote;
    if block.list.take().is_some() && source.slice(block.span).starts_with('*') {
        let start = block.span.start;
        let mut text = Text::default();
        text.push("*", Span::new(start, start + 1));
        text.join(" ", Span::new(start + 1, start + 1), &block.text);
        block.text = text;
    }
}
