//! What a sentence does: states, asks, instructs, labels.
//!
//! Why it exists: steps of a protocol, disclaimers and "the following table shows" need no source and carry no
//! results. Told by where a sentence stands (heading, caption, section) and by closed lists of words.
//! It leaves out whether a claim needs support ([`super::support`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::lexis::Phrases;
use super::wording::{
    after_label, has_finite_verb, is_instruction, is_label, is_question, of_text,
};
use super::words::Words;
use super::{Sentence, SentenceKind};
use crate::citation::Citations;
use crate::markdown::{Block, BlockKind, Document, Place};

static BOILERPLATE_HEADINGS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read("boilerplate-headings"));
static PROTOCOL_HEADINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::read("protocol-headings"));
static LEAVING_HEADINGS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read("protocol-leaving-headings"));

/// Where a block stands.
#[derive(Clone, Copy, Debug, Default)]
struct Setting {
    reference: bool,
    boilerplate: bool,
    protocol: bool,
}

/// Tells the kinds of one document's sentences.
pub(super) struct Kinds<'d> {
    document: &'d Document,
    settings: Vec<Setting>,
}

impl<'d> Kinds<'d> {
    /// Reads the headings once. Linear in the blocks.
    pub(super) fn new(document: &'d Document, citations: &Citations) -> Self {
        let references: BTreeSet<usize> = citations.reference_blocks.iter().copied().collect();
        let mut settings: Vec<Setting> = Vec::with_capacity(document.blocks.len());
        for (index, block) in document.blocks.iter().enumerate() {
            let above = block
                .section
                .and_then(|section| settings.get(section).copied())
                .unwrap_or_default();
            let previous = index
                .checked_sub(1)
                .and_then(|last| settings.get(last).copied())
                .unwrap_or_default();
            settings.push(Setting {
                reference: references.contains(&index),
                ..setting(block, above, previous)
            });
        }
        Self { document, settings }
    }

    /// The kind of the sentence at a place, by its words.
    pub(super) fn of(&self, place: &Place, words: &Words<'_>) -> SentenceKind {
        let Some(block) = self.document.blocks.get(place.block) else {
            return SentenceKind::Fragment;
        };
        let setting = self.settings.get(place.block).copied().unwrap_or_default();
        let text = words.text;
        if setting.reference {
            return SentenceKind::Reference;
        }
        match &block.kind {
            BlockKind::Heading { .. } => return SentenceKind::Heading,
            BlockKind::TableCaption | BlockKind::TableNote => return SentenceKind::Caption,
            BlockKind::FrontMatter => return SentenceKind::Metadata,
            BlockKind::Table(table) => {
                let row = place.cell.map_or(0, |cell| cell.0);
                if row < table.header_rows {
                    return SentenceKind::Heading;
                }
            }
            BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::FootnoteDefinition { .. }
            | BlockKind::Code
            | BlockKind::Html => {}
        }
        if setting.boilerplate && !is_question(words) {
            return SentenceKind::Boilerplate;
        }
        let kind = of_text(words);
        let listed = block.list.is_some();
        if setting.protocol && listed && kind_is_bare(kind, text) {
            return SentenceKind::Instruction;
        }
        kind
    }

    /// Lists most of whose sentences instruct hold a protocol: their other claims are part of it.
    pub(super) fn settle_lists(&self, sentences: &mut [Sentence]) {
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let list_of = |sentence: &Sentence| {
            let block = self.document.blocks.get(sentence.place.block)?;
            block.list.as_ref().map(|list| list.list)
        };
        for sentence in sentences.iter() {
            let Some(list) = list_of(sentence) else {
                continue;
            };
            let count = counts.entry(list).or_default();
            match sentence.kind {
                SentenceKind::Instruction => {
                    let text = after_label(self.document.plain(&sentence.place));
                    count.0 += usize::from(is_instruction(text, Words::of(text).all()));
                }
                SentenceKind::Claim => count.1 += 1,
                SentenceKind::Question
                | SentenceKind::Heading
                | SentenceKind::Navigation
                | SentenceKind::Boilerplate
                | SentenceKind::Metadata
                | SentenceKind::Caption
                | SentenceKind::Reference
                | SentenceKind::Fragment => {}
            }
        }
        for sentence in sentences.iter_mut() {
            let settled = list_of(sentence)
                .and_then(|list| counts.get(&list))
                .is_some_and(|(steps, claims)| steps > claims && *steps >= 2);
            if settled && sentence.kind == SentenceKind::Claim {
                sentence.kind = SentenceKind::Instruction;
            }
        }
    }
}

/// Where a block stands, from the heading above it and the block before it.
fn setting(block: &Block, above: Setting, previous: Setting) -> Setting {
    let text = block.text.plain.trim();
    if let BlockKind::Heading { marked, .. } = &block.kind {
        let boilerplate = BOILERPLATE_HEADINGS.begins(text) || above.boilerplate;
        let named = PROTOCOL_HEADINGS.found_in(text);
        // Headings without marks have no true level: a protocol runs on to the next heading that leaves it.
        let running = if *marked {
            above.protocol
        } else {
            previous.protocol && !LEAVING_HEADINGS.found_in(text)
        };
        Setting {
            reference: false,
            boilerplate,
            protocol: named || running,
        }
    } else {
        let opens = is_label(text) && PROTOCOL_HEADINGS.begins(text);
        Setting {
            protocol: above.protocol || opens || block.list.is_some() && previous.protocol,
            boilerplate: above.boilerplate
                || is_label(text) && BOILERPLATE_HEADINGS.begins(text)
                || opens_with(text, "to cite this")
                || opens_with(text, "how to cite"),
            reference: false,
        }
    }
}

fn opens_with(text: &str, words: &str) -> bool {
    text.get(..words.len())
        .is_some_and(|start| start.eq_ignore_ascii_case(words))
}

/// Whether a list item under a protocol heading is one of its steps or settings: it has no verb of its own.
fn kind_is_bare(kind: SentenceKind, text: &str) -> bool {
    match kind {
        SentenceKind::Claim | SentenceKind::Fragment => !has_finite_verb(text),
        SentenceKind::Instruction
        | SentenceKind::Question
        | SentenceKind::Heading
        | SentenceKind::Navigation
        | SentenceKind::Boilerplate
        | SentenceKind::Metadata
        | SentenceKind::Caption
        | SentenceKind::Reference => false,
    }
}

#[cfg(test)]
#[path = "tests/kind.rs"]
mod tests;
