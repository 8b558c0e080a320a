//! Headings that no `#` marks: short lines that stand alone above text, and paragraphs wholly in bold.
//!
//! A line is judged in two steps: by its shape ([`has_heading_shape`]), then by its neighbours, because axis
//! labels, signatures, contact lines and captions of images have the same shape.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::surroundings::is_exhibit_label;
use super::{Block, BlockKind, InlineKind};
use crate::ontology::lexicon_table;
use crate::text::SourceText;

/// Most words of a heading.
const WORDS: usize = 12;
/// Most characters of a heading.
const CHARACTERS: usize = 100;
/// With that many marked headings a document marks all of them, except those in bold.
const MARKED_HEADINGS: usize = 3;
/// Longest key of `Key: value`, in words.
const KEY_WORDS: usize = 3;

static WORD_LIST: LazyLock<BTreeSet<(&str, &str)>> = LazyLock::new(|| {
    lexicon_table("headings")
        .filter_map(|row| Some((*row.first()?, *row.get(1)?)))
        .collect()
});

fn is_word(kind: &'static str, word: &str) -> bool {
    let word = word.to_lowercase();
    WORD_LIST.contains(&(kind, word.as_str()))
}

/// Turns paragraphs that are headings into unmarked ones.
pub(super) fn find_unmarked(blocks: &mut [Block], source: &SourceText) {
    let marked = blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Heading { .. }) && !block.quoted)
        .count();
    let all_marked = marked >= MARKED_HEADINGS;
    let first_text = blocks.iter().position(|block| {
        !matches!(block.kind, BlockKind::FrontMatter | BlockKind::Html)
            && !block.text.plain.is_empty()
    });
    let shaped: Vec<bool> = blocks
        .iter()
        .enumerate()
        .map(|(at, block)| {
            let is_title = first_text == Some(at) && marked == 0;
            let told = !all_marked || is_bold(block) || is_section_name(&block.text.plain);
            told && (has_heading_shape(block, source)
                || is_title && is_short_line(block, source) && has_title_colon(&block.text.plain))
        })
        .collect();
    let mut at = 0;
    while at < blocks.len() {
        if !shaped.get(at).is_some_and(|shaped| *shaped) {
            at += 1;
            continue;
        }
        let run = shaped.iter().skip(at).take_while(|shaped| **shaped).count();
        let headings: Vec<usize> = (at..at + run)
            .filter(|index| {
                let neighbours = Neighbours {
                    blocks,
                    run: at..at + run,
                    is_first: first_text == Some(at),
                };
                neighbours.allow_heading(*index)
            })
            .collect();
        for index in headings {
            if let Some(block) = blocks.get_mut(index) {
                block.kind = BlockKind::Heading {
                    level: 2,
                    marked: false,
                };
            }
        }
        at += run;
    }
    set_levels(blocks);
}

/// Unmarked headings are one below the marked one they stand under, at least 2.
fn set_levels(blocks: &mut [Block]) {
    let mut enclosing = 1;
    for block in blocks {
        if let BlockKind::Heading { level, marked } = &mut block.kind {
            if *marked {
                enclosing = *level;
            } else {
                *level = (enclosing + 1).min(6);
            }
        }
    }
}

/// A run of lines shaped like headings, and what stands around it.
struct Neighbours<'b> {
    blocks: &'b [Block],
    run: std::ops::Range<usize>,
    /// Whether the document begins with the run.
    is_first: bool,
}

impl Neighbours<'_> {
    fn allow_heading(&self, index: usize) -> bool {
        let Some(block) = self.blocks.get(index) else {
            return false;
        };
        let Some(next) = self.blocks.get(self.run.end) else {
            return false;
        };
        if is_section_name(&block.text.plain) {
            return true;
        }
        let is_last = index + 1 == self.run.end;
        let before = index.checked_sub(1).and_then(|at| self.blocks.get(at));
        let after_picture = before.is_some_and(is_link_or_image);
        if after_picture && !(is_last && is_prose(next)) {
            return false;
        }
        if is_last && (is_exhibit_label(&next.text) || is_only_image(next)) {
            return false;
        }
        if is_in_contact_block(before, block, next) {
            return false;
        }
        // Three and more such lines in a row are labels of a chart or a menu; the first may be the title.
        self.run.len() < 3 || is_last || self.is_first && index == self.run.start || is_bold(block)
    }
}

fn is_in_contact_block(before: Option<&Block>, block: &Block, next: &Block) -> bool {
    let is_pair = |block: &Block| {
        matches!(block.kind, BlockKind::Paragraph) && is_key_value(&block.text.plain)
    };
    before.is_some_and(is_pair) && is_pair(next) && block.text.plain.contains([',', '@', '+'])
}

fn is_link_or_image(block: &Block) -> bool {
    let plain = block.text.plain.len();
    matches!(block.kind, BlockKind::Paragraph)
        && block.text.inlines.iter().any(|inline| match inline.kind {
            InlineKind::Link { .. } => inline.range.len() == plain,
            InlineKind::Image { .. } => plain == 0,
            InlineKind::Emphasis
            | InlineKind::Strong
            | InlineKind::Strikethrough
            | InlineKind::Code
            | InlineKind::Math
            | InlineKind::FootnoteReference { .. }
            | InlineKind::Superscript
            | InlineKind::Subscript => false,
        })
}

fn is_only_image(block: &Block) -> bool {
    block.text.plain.is_empty() && is_link_or_image(block)
}

/// Whether a block is running text of at least a sentence.
fn is_prose(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph)
        && block.text.plain.split_whitespace().nth(WORDS).is_some()
}

/// Whether a block looks like a heading by itself.
pub(super) fn has_heading_shape(block: &Block, source: &SourceText) -> bool {
    is_short_line(block, source) && {
        let plain = block.text.plain.trim();
        let bare = if is_bold(block) {
            plain.trim_end_matches(':')
        } else {
            plain
        };
        !bare.ends_with(['.', ',', ';', ':', '!', '?']) && !is_key_value(bare)
    }
}

/// The part of the shape that a title shares, whose colon is no `Key: value`.
fn is_short_line(block: &Block, source: &SourceText) -> bool {
    let plain = block.text.plain.trim();
    matches!(block.kind, BlockKind::Paragraph)
        && block.list.is_none()
        && !block.quoted
        && plain.len() <= CHARACTERS * 4
        && plain.chars().count() <= CHARACTERS
        && plain.split_whitespace().count() <= WORDS
        && !source.slice(block.span).trim().contains(['\n', '\r'])
        && !plain.ends_with(['.', ',', ';', '!', '?'])
        && !plain
            .split_whitespace()
            .next_back()
            .is_some_and(|word| is_word("open", word))
        && starts_like_heading(plain)
        && !holds_other_matter(block)
        && !is_exhibit_label(&block.text)
        && !names_person_place_or_date(plain)
}

fn starts_like_heading(plain: &str) -> bool {
    let mut words = plain.split_whitespace();
    let (Some(first), next) = (words.next(), words.next()) else {
        return false;
    };
    if first.starts_with(char::is_uppercase) {
        return plain.chars().filter(|c| c.is_alphabetic()).count() > 2;
    }
    let numbering = first.trim_end_matches(|c: char| c.is_uppercase());
    first.starts_with(|c: char| c.is_ascii_digit())
        && numbering
            .chars()
            .all(|c| c.is_ascii_digit() || matches!(c, '.' | ')'))
        && next.is_some_and(|next| next.starts_with(char::is_uppercase))
}

/// Links, images, citation marks, code, figures with signs, addresses of the net: no heading holds them.
fn holds_other_matter(block: &Block) -> bool {
    let plain = &block.text.plain;
    let inlines = block.text.inlines.iter().any(|inline| match inline.kind {
        InlineKind::Link { .. }
        | InlineKind::Image { .. }
        | InlineKind::FootnoteReference { .. }
        | InlineKind::Superscript => true,
        InlineKind::Code => inline.range.len() == plain.len(),
        InlineKind::Emphasis
        | InlineKind::Strong
        | InlineKind::Strikethrough
        | InlineKind::Math
        | InlineKind::Subscript => false,
    });
    let ends_sentence = plain.match_indices(". ").any(|(at, _)| {
        let before = plain.get(..at).unwrap_or_default();
        let tail = before.len() - before.trim_end_matches(char::is_lowercase).len();
        tail > 2
    });
    inlines
        || ends_sentence
        || plain.contains(['%', '=', '@', '<', '±', '|', '{', '\t'])
        || plain.contains("://")
        || plain.contains("www.")
        || plain.contains("^[")
        || plain.match_indices('[').any(|(at, _)| {
            let inside = plain.get(at + 1..).unwrap_or_default();
            inside.starts_with(|c: char| c.is_ascii_digit())
        })
}

fn names_person_place_or_date(plain: &str) -> bool {
    let words = || {
        plain
            .split(|c: char| c.is_whitespace() || c == ',')
            .filter(|word| !word.is_empty())
    };
    let has_degree = words()
        .skip(1)
        .any(|word| is_word("degree", &word.replace('.', "")));
    let is_date = words().all(|word| {
        let word = word.trim_end_matches('.');
        word.starts_with(|c: char| c.is_ascii_digit()) || is_word("date", word)
    });
    let has_comma = plain.contains(',');
    let is_postal = has_comma
        && words().any(|word| {
            let digits = word.len() >= 4 && word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
            digits && !(word.len() == 4 && (word.starts_with("19") || word.starts_with("20")))
        });
    let is_street = plain.starts_with(|c: char| c.is_ascii_digit())
        && words()
            .skip(1)
            .any(|word| is_word("street", word.trim_end_matches('.')));
    has_degree
        || is_date
        || is_postal
        || is_street
        || plain.starts_with("By ")
        || is_name_list(plain)
}

/// `Ada Example, Ben Muster and Cy Sample`: several parts, each of two or three capitalised words.
fn is_name_list(plain: &str) -> bool {
    let plain = plain.replace(" and ", ", ").replace(" & ", ", ");
    let mut parts = 0;
    let all_names = plain
        .split(',')
        .filter(|part| !part.trim().is_empty())
        .all(|part| {
            parts += 1;
            let part = part.trim().trim_start_matches("and ");
            let words = part.split_whitespace().count();
            (2..=3).contains(&words)
                && part
                    .split_whitespace()
                    .all(|word| word.starts_with(char::is_uppercase))
        });
    plain.contains(',') && parts > 1 && all_names
}

/// `Key: value` with a short key. `Phase 2: Expansion` and the like count their parts and are none.
fn is_key_value(plain: &str) -> bool {
    let Some((key, value)) = plain.split_once(": ") else {
        return false;
    };
    let is_subtitle = key.contains(' ') && value.split_whitespace().nth(2).is_some();
    if is_subtitle && is_title_case(plain) {
        return false;
    }
    let mut words = key.split_whitespace();
    let count = words.clone().count();
    let last = words.next_back().unwrap_or_default();
    let counts = count == 2
        && last.len() <= 4
        && last
            .chars()
            .all(|c| c.is_ascii_digit() || c.is_ascii_uppercase())
        && !last.is_empty();
    count <= KEY_WORDS && !counts
}

/// Whether all longer words begin with a capital or a digit.
fn is_title_case(plain: &str) -> bool {
    plain
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| word.chars().count() > 3)
        .all(|word| !word.starts_with(char::is_lowercase))
}

/// A title may hold a colon, but no metadata key stands before it.
fn has_title_colon(plain: &str) -> bool {
    plain
        .split_once(": ")
        .is_some_and(|(key, _)| !is_word("key", key.trim()) && !plain.ends_with(':'))
}

fn is_bold(block: &Block) -> bool {
    let plain = block.text.plain.trim_end_matches(':').len();
    plain > 0
        && block.text.inlines.iter().any(|inline| {
            inline.kind == InlineKind::Strong
                && inline.range.start == 0
                && inline.range.end >= plain
        })
}

/// Whether a line is the name of a section that most articles have, numbered or not.
fn is_section_name(plain: &str) -> bool {
    let bare = plain
        .trim()
        .trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | ' '))
        .trim_end_matches(':');
    bare.len() <= 40 && is_word("section", bare)
}
