//! Which trial a sentence is surely about.
//!
//! A sentence that names one trial's number is about that trial. "The trial", "it" and a label line ("Status: …") go on
//! with the number of the sentence before them, or of the heading above.

use super::is;
use crate::citation::registry;
use crate::claim::{Sentence, SentenceKind};
use crate::markdown::{BlockKind, Document};

pattern!(
    GOES_ON,
    r"^(?:(?:The|This) (?:trial|study)\b|It\b|Its\b|The primary (?:end|outcome)|Primary (?:end|outcome)|(?:[A-Z][a-z]+ ?){1,2}(?:\((?:actual|estimated)\))?:)"
);

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
        let goes_on = || is(&GOES_ON, text);
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

pattern!(BREAK, r"(?:;|,?\s+(?:and|but|while|whereas))\s+");
pattern!(BRACKET, r"\([^()]*\)");
// Words that tell of several trials at once, or set them against each other.
pattern!(
    TOGETHER,
    r"(?i)\b(?:together|combined|pooled|total|overall|both|each|all|respectively|than|compared|versus|vs|same|similar\w*|different|unlike|as in|like)\b"
);

/// The parts of a sentence that tell of one trial each, with its number: "NCT1 enrolled 40 patients, and NCT2 enrolled 60". Empty
/// where the sentence cannot be parted so that each part has a number of its own.
pub(super) fn apart(text: &str) -> Vec<(String, &str)> {
    let ids = registry::find_all(text);
    let is_together = || {
        TOGETHER
            .as_ref()
            .is_none_or(|together| together.is_match(text))
    };
    match ids.as_slice() {
        [] => return Vec::new(),
        [(_, id)] => return vec![((*id).to_owned(), text)],
        _ if is_together() => return Vec::new(),
        _ => {}
    }
    let mut parts = Vec::new();
    let mut start = 0;
    for (at, (place, id)) in ids.iter().enumerate() {
        let end = match ids.get(at + 1) {
            None => Some(text.len()),
            Some((next, _)) => BREAK.as_ref().and_then(|pattern| {
                let between = text.get(*place..*next)?;
                Some(*place + pattern.find_iter(between).last()?.end())
            }),
        };
        let Some((end, part)) = end.and_then(|end| Some((end, text.get(start..end)?))) else {
            return Vec::new();
        };
        let told = part.replace(id, "");
        let told = BRACKET.as_ref().map_or(told.clone(), |bracket| {
            bracket.replace_all(&told, "").into_owned()
        });
        if !told.contains(|c: char| c.is_ascii_digit()) {
            return Vec::new();
        }
        parts.push(((*id).to_owned(), part));
        start = end;
    }
    parts
}

/// The one number among all that a text names.
pub(super) fn only(ids: &[(usize, &str)]) -> Option<String> {
    let (_, first) = ids.first()?;
    ids.iter()
        .all(|(_, id)| id == first)
        .then(|| (*first).to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_about_two_trials_is_parted_where_each_part_tells_of_one() {
        let check = |text: &str, expected: &[&str]| {
            let parts: Vec<&str> = apart(text).into_iter().map(|(_, part)| part).collect();
            assert_eq!(parts, expected, "{text}");
        };
        let one = "NCT00000009 enrolled 40 patients.";
        check(one, &[one]);
        check(
            "NCT00000009 enrolled 40 patients, while NCT00000017 enrolled 60.",
            &[
                "NCT00000009 enrolled 40 patients, while ",
                "NCT00000017 enrolled 60.",
            ],
        );
        check(
            "Of NCT00000009 and NCT00000017, 60 patients took part.",
            &[],
        );
        check(
            "NCT00000009 (phase 2) and NCT00000017 enrolled 60 patients.",
            &[],
        );
        check(
            "NCT00000009 enrolled 40 patients more than NCT00000017.",
            &[],
        );
        check(
            "NCT00000009 enrolled 40 patients and NCT00000017 as many, 60 together.",
            &[],
        );
    }
}
