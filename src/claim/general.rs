//! Figures outside trials: whose they are, of which period, and which further words distinguish them.
//!
//! Precision before recall: a figure is comparable only when its clause names a subject, and every word left
//! over in the clause becomes a part of its identity.

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use hashbrown::HashSet;

use super::lexis::{lower, runs};
use super::time_point::periods;
use crate::markdown::{Block, BlockKind, Document};
use crate::ontology::{WordSet, word_set};

/// Names that a document uses: capitalised inside sentences (or in the title) and never written in lower case.
pub(super) struct ProperNouns(BTreeSet<String>);

/// The blocks that hold running text.
fn prose(document: &Document) -> impl Iterator<Item = &Block> {
    document.blocks.iter().filter(|block| {
        !matches!(
            block.kind,
            BlockKind::Code | BlockKind::FrontMatter | BlockKind::Table(_)
        )
    })
}

/// What a clause says beside its measure and number.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Clause {
    /// Company, product or system, as printed.
    pub(super) subject: Option<String>,
    /// "2024", "q3 2024".
    pub(super) period: Option<String>,
    /// The other words, folded, sorted.
    pub(super) qualifiers: Vec<String>,
}

/// Where a clause ends.
const BREAKS: [&str; 9] = [
    ", ", "; ", ": ", " (", ") ", " that ", " which ", " but ", " while ",
];

impl ProperNouns {
    /// Collects the names of a document.
    pub(super) fn of(document: &Document) -> Self {
        let title = document.title.as_deref().unwrap_or_default();
        let first = title.split_whitespace().next().unwrap_or_default();
        let titled = first
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        let mut names = BTreeSet::new();
        for block in prose(document) {
            let heading = matches!(block.kind, BlockKind::Heading { .. });
            let mut opens = true;
            for word in block.text.plain.split_whitespace() {
                let bare = bare(word);
                if is_capitalised(bare) {
                    let lower = bare.to_lowercase();
                    let inside = !opens && !heading;
                    if (inside || lower == titled) && lower.len() > 1 && !LIGHT.contains(&lower) {
                        names.insert(lower);
                    }
                }
                opens = word.ends_with(['.', '?', '!', ':']);
            }
        }
        if names.is_empty() {
            return Self(names);
        }
        // What a document says is looked up in it, as many and as like names as it may have: no `WordSet`.
        let known: HashSet<String> = names.iter().cloned().collect();
        let words = prose(document).flat_map(|block| block.text.plain.split_whitespace());
        for word in words.map(bare).filter(|word| !is_capitalised(word)) {
            let lower = lower(word);
            if known.contains(lower.as_ref()) {
                names.remove(lower.as_ref());
            }
        }
        Self(names)
    }

    fn contains(&self, word: &str) -> bool {
        self.0.contains(&word.to_lowercase())
    }
}

/// A word without the signs around it.
fn bare(word: &str) -> &str {
    let is_plain = |byte: Option<&u8>| byte.is_some_and(u8::is_ascii_alphanumeric);
    let bytes = word.as_bytes();
    if is_plain(bytes.first()) && is_plain(bytes.last()) {
        return word;
    }
    word.trim_matches(|c: char| !c.is_alphanumeric())
}

fn is_capitalised(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The clause of `sentence` that holds `number`, read without the stretches in `known` (measure labels, other
/// numbers, citation marks).
pub(super) fn clause(
    sentence: &str,
    number: &Range<usize>,
    known: &[Range<usize>],
    nouns: &ProperNouns,
) -> Clause {
    let bounds = bounds(sentence, number);
    let stretch = bounds.clone();
    let (period, dates) = period(sentence, &bounds, number);
    let mut found = Clause {
        period,
        ..Clause::default()
    };
    let mut subject: Vec<&str> = Vec::new();
    let mut ended = false;
    for (at, word) in words(sentence, bounds) {
        let mut passed = known.iter().chain(&dates).chain(std::iter::once(number));
        let inside = passed.any(|range| range.start < at + word.len() && at < range.end);
        let folded = word.to_lowercase();
        if inside {
            ended |= !subject.is_empty();
        } else if nouns.contains(word) && is_capitalised(word) && !ended {
            subject.push(word);
        } else {
            ended |= !subject.is_empty();
            if !LIGHT.contains(folded.as_str()) {
                found.qualifiers.push(folded);
            }
        }
    }
    found.subject = (!subject.is_empty()).then(|| subject.join(" "));
    if let Some(front) = front(sentence, &stretch) {
        let text = sentence.get(front.clone()).unwrap_or_default();
        found.period = found.period.or_else(|| period_in(text));
        let words = words(sentence, front).map(|(_, word)| word.to_lowercase());
        let telling = words.filter(|word| !LIGHT.contains(word.as_str()) && !is_period(word));
        found.qualifiers.extend(telling);
    }
    found
        .qualifiers
        .extend(conditions(sentence, &stretch, number, known));
    found.qualifiers.sort();
    found.qualifiers.dedup();
    found
}

/// Prepositions that open a phrase in front of a clause, or a condition in it: "on a small board, ...", "at 64 clients".
const CONDITIONS: [&str; 12] = [
    "on", "in", "at", "with", "under", "for", "using", "during", "after", "across", "among",
    "within",
];

/// The phrase in front of a clause: "On a Raspberry Pi 4, the throughput is ...", in bytes of the sentence.
fn front(sentence: &str, clause: &Range<usize>) -> Option<Range<usize>> {
    let text = sentence.get(..clause.start)?;
    let phrase = text.strip_suffix(", ")?;
    let first = phrase.split_whitespace().next()?.to_lowercase();
    let single = !BREAKS.iter().any(|stop| phrase.contains(stop));
    (single && phrase.len() <= REACH && CONDITIONS.contains(&first.as_str()))
        .then_some(0..phrase.len())
}

/// Numbers of a clause under which its own one holds: a version behind a name ("Quillstore 2.1"), a load ("at 64 clients"), and
/// whether its own one is the earlier of two ("from 40 to 55").
fn conditions(
    sentence: &str,
    clause: &Range<usize>,
    number: &Range<usize>,
    known: &[Range<usize>],
) -> Vec<String> {
    let before = |at: usize| {
        let text = sentence.get(clause.start..at).unwrap_or_default();
        text.split_whitespace().next_back().unwrap_or_default()
    };
    let mut found = Vec::new();
    if before(number.start).eq_ignore_ascii_case("from") {
        found.push("from".to_owned());
    }
    for other in known {
        let inside = clause.start <= other.start && other.end <= clause.end;
        if !inside || other.start < number.end && number.start < other.end {
            continue;
        }
        let printed = sentence.get(other.clone()).unwrap_or_default();
        let word = before(other.start);
        let led = CONDITIONS.contains(&word.to_lowercase().as_str());
        let versioned = is_capitalised(word) && printed.contains('.');
        let is_number = printed.starts_with(|c: char| c.is_ascii_digit());
        if is_number && (led || versioned) && !is_period(printed) {
            found.push(printed.to_lowercase());
        }
    }
    found
}

/// The last period that a heading or a phrase names: "2024", "q3 2024".
pub(super) fn period_in(text: &str) -> Option<String> {
    periods(text).pop().map(|(_, name)| name)
}

fn is_period(word: &str) -> bool {
    period_in(word).is_some()
}

/// Whether a word adds nothing to what a figure is about.
pub(super) fn is_light(word: &str) -> bool {
    LIGHT.contains(&lower(word))
}

/// How far a clause may reach to either side of its number, in bytes.
const REACH: usize = 1_000;

/// The clause around a number, in bytes of the sentence.
fn bounds(sentence: &str, number: &Range<usize>) -> Range<usize> {
    let reach = near(sentence, number);
    let before = sentence.get(reach.start..number.start).unwrap_or_default();
    let after = sentence.get(number.end..reach.end).unwrap_or_default();
    let start = BREAKS
        .iter()
        .filter_map(|stop| before.rfind(stop).map(|at| at + stop.len()))
        .max();
    let end = BREAKS.iter().filter_map(|stop| after.find(stop)).min();
    start.map_or(reach.start, |at| reach.start + at)..end.map_or(reach.end, |at| number.end + at)
}

/// What may belong to the clause of a number, on character boundaries: a sentence of megabytes is not one clause.
pub(super) fn near(sentence: &str, number: &Range<usize>) -> Range<usize> {
    let mut start = number.start.saturating_sub(REACH);
    while !sentence.is_char_boundary(start) {
        start -= 1;
    }
    let mut end = sentence.len().min(number.end + REACH);
    while !sentence.is_char_boundary(end) {
        end += 1;
    }
    start..end
}

/// The period of a number: the first one named behind it, else the last one before; and the bytes of all periods.
fn period(
    sentence: &str,
    clause: &Range<usize>,
    number: &Range<usize>,
) -> (Option<String>, Vec<Range<usize>>) {
    let mut places = Vec::new();
    let (mut before, mut behind) = (None, None);
    for (found, name) in periods(sentence.get(clause.clone()).unwrap_or_default()) {
        let range = found.start + clause.start..found.end + clause.start;
        if range.start >= number.end {
            behind = behind.or(Some(name));
        } else {
            before = Some(name);
        }
        places.push(range);
    }
    (behind.or(before), places)
}

static LIGHT: LazyLock<WordSet> = LazyLock::new(|| word_set("light-words"));

/// Words of a stretch with their byte offsets in the whole text; possessives lose their ending.
fn words(text: &str, range: Range<usize>) -> impl Iterator<Item = (usize, &str)> {
    let base = range.start;
    let clause = text.get(range).unwrap_or_default();
    runs(clause).filter_map(move |(at, word)| {
        let name = word
            .trim_end_matches("'s")
            .trim_end_matches("’s")
            .trim_matches(['\'', '-', '’']);
        (!name.is_empty()).then_some((base + at, name))
    })
}
