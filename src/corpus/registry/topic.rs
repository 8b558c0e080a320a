//! Which trial a sentence is surely about.
//!
//! A sentence that names one trial's number is about that trial. "The trial", "it" and a label line ("Status: …") go on
//! with the number of the sentence before them, or of the heading above.

use std::sync::LazyLock;

use regex::Regex;

use crate::citation::registry;
use crate::claim::{Sentence, SentenceKind};
use crate::markdown::{BlockKind, Document};

static GOES_ON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:The|This) (?:trial|study)\b|It\b|Its\b|The primary (?:end|outcome)|Primary (?:end|outcome)|(?:[A-Z][a-z]+ ?){1,2}(?:\((?:actual|estimated)\))?:)").ok()
});

/// The trial that the sentences read so far lead on to. Sentences come in document order.
#[derive(Default)]
pub(super) struct Topic {
    /// Blocks whose headings have been read.
    blocks: usize,
    /// Level of the heading with a number, and the number.
    heading: Option<(u8, String)>,
    /// Block of the last sentence, and its trial.
    before: Option<(usize, String)>,
}

impl Topic {
    /// The number of the trial that a sentence is about.
    pub(super) fn of(&mut self, sentence: &Sentence, document: &Document) -> Option<String> {
        self.read_headings(document, sentence.place.block);
        let text = document.plain(&sentence.place);
        let own = registry::find_all(text);
        let goes_on = || {
            GOES_ON
                .as_ref()
                .is_some_and(|pattern| pattern.is_match(text))
        };
        let topic = match own.as_slice() {
            [] if sentence.kind == SentenceKind::Question => None,
            [] if goes_on() => self.led_on(sentence.place.block, text.starts_with("It")),
            _ => only(&own),
        };
        self.before = topic.clone().map(|id| (sentence.place.block, id));
        topic
    }

    /// "It" goes on with the sentence before and never with a heading.
    fn led_on(&self, block: usize, is_pronoun: bool) -> Option<String> {
        let before = self.before.as_ref().filter(|(last, _)| *last == block);
        let heading = || self.heading.as_ref().filter(|_| !is_pronoun);
        let id = before.map(|(_, id)| id);
        id.or_else(|| heading().map(|(_, id)| id)).cloned()
    }

    /// A heading with one number opens its section, one of the same level or above closes it, one with several does, too.
    fn read_headings(&mut self, document: &Document, block: usize) {
        let new = document.blocks.get(self.blocks..=block).unwrap_or_default();
        for block in new {
            let BlockKind::Heading { level, .. } = &block.kind else {
                continue;
            };
            let ids = registry::find_all(&block.text.plain);
            let is_closed = self.heading.as_ref().is_some_and(|(open, _)| level <= open);
            if is_closed || !ids.is_empty() {
                self.heading = only(&ids).map(|id| (*level, id));
            }
        }
        self.blocks = self.blocks.max(block + 1);
    }
}

/// The one number among all that a text names.
pub(super) fn only(ids: &[(usize, &str)]) -> Option<String> {
    let (_, first) = ids.first()?;
    ids.iter()
        .all(|(_, id)| id == first)
        .then(|| (*first).to_owned())
}
