//! Whether an entry holds the title of a work.
//!
//! The whole entry is looked through, since its title may be cut short, carry a subtitle, or be read wrongly. Only a title that
//! was read whole and shares next to nothing with the work's is called different.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::fold::{run, words};
use super::work_match::Agreement;
use crate::citation::Reference;
use crate::ontology::WordClasses;
use crate::source::Work;

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("work-words"));

/// Fewest letters of a title, or of its main part, that are no chance run in an entry.
const RUN: usize = 16;
/// Fewest telling words of a title that can be called different.
const TELLING: usize = 3;
/// Share of the telling words, in percent, from which on two titles are one: spelling, a subtitle and a slip take the rest.
const SAME: usize = 80;
/// Share of the telling words, in percent, up to which two titles are two: those of one field share some.
const DIFFERENT: usize = 34;
/// Letters at the front that make two words one: "randomised" and "randomized", "effect" and "effects".
const STEM: usize = 5;

/// How the title of a work stands to an entry.
pub(super) fn compare(reference: &Reference, work: &Work) -> Agreement {
    let title = without_notice(&work.title);
    let entry = run(&reference.text);
    let own = reference
        .title
        .as_deref()
        .filter(|_| !reference.title_is_host);
    if title.trim().is_empty() {
        return Agreement::Unknown;
    }
    if holds(&entry, title) || own.is_some_and(|own| names(own, title, work)) {
        return Agreement::Same;
    }
    let (telling, printed) = (telling(title), telling(&reference.text));
    if telling.is_empty() || share(&telling, &printed) >= SAME {
        return if telling.is_empty() {
            Agreement::Unknown
        } else {
            Agreement::Same
        };
    }
    let Some(own) = own.filter(|own| entry.contains(&run(own))) else {
        return Agreement::Unknown;
    };
    let own = self::telling(own);
    if telling.len() < TELLING
        || own.len() < TELLING
        || !is_latin(title)
        || !is_latin(&reference.text)
    {
        return Agreement::Unknown;
    }
    if share(&own, &telling) >= SAME {
        return Agreement::Same;
    }
    if share(&telling, &printed) <= DIFFERENT && share(&own, &telling) <= DIFFERENT {
        return Agreement::Different;
    }
    Agreement::Similar
}

/// Whether two titles are in English, by its function words: a translated title shares no word with its original.
pub(super) fn are_english(reference: &Reference, work: &Work) -> bool {
    let is_english = |title: &str| words(title).iter().any(|word| WORDS.has("english", word));
    reference.title.as_deref().is_some_and(is_english) && is_english(&work.title)
}

/// Whether a text, folded, holds a title or the part of it before its subtitle.
pub(super) fn holds(text: &str, title: &str) -> bool {
    let whole = run(title);
    let main = title
        .split([':', '?', '.', '\u{2013}', '\u{2014}'])
        .map(run);
    let is_short = whole.len() < RUN;
    text.contains(&whole) && (!is_short || text == whole)
        || main
            .take(1)
            .any(|main| main.len() >= RUN && text.contains(&main))
}

/// Whether the title of an entry is that of a work cut short, or names the book that the work is part of.
fn names(own: &str, title: &str, work: &Work) -> bool {
    let own = run(own);
    own == run(title)
        || own.len() >= RUN && (run(title).contains(&own) || own == run(&work.container))
}

/// A title without the name of a notice in front: "Correction: Warm feet".
fn without_notice(title: &str) -> &str {
    title.split_once(": ").map_or(title, |(front, rest)| {
        let is_notice = words(front).iter().any(|word| WORDS.has("notice", word));
        if is_notice && words(front).len() <= 3 {
            rest
        } else {
            title
        }
    })
}

/// Words of a text that can tell its subject.
fn telling(text: &str) -> BTreeSet<String> {
    words(text)
        .into_iter()
        .filter(|word| word.len() >= 4 && !WORDS.has("english", word))
        .collect()
}

/// How many of some words, in percent, stand among others.
fn share(some: &BTreeSet<String>, others: &BTreeSet<String>) -> usize {
    let has = |word: &&String| {
        let stem: String = word.chars().take(STEM).collect();
        let next = others.range(stem.clone()..).next();
        next.is_some_and(|other| other.starts_with(&stem))
    };
    some.iter().filter(has).count() * 100 / some.len().max(1)
}

/// Whether every letter is of the Latin script, accents apart.
fn is_latin(text: &str) -> bool {
    words(text)
        .concat()
        .chars()
        .all(|c| !c.is_alphabetic() || c.is_ascii())
}
