//! Which way a sentence says that a value went.

use std::borrow::Cow;
use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::Direction;
use crate::claim::lexis::{is, runs};
use crate::ontology::{WordMap, WordSet, lexicon, lexicon_table};

/// What sort of word says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum WordKind {
    Verb,
    Noun,
    /// "doubled": the size is in the word.
    Factor,
    /// "higher".
    Comparative,
}

/// A word of change.
#[derive(Clone, Copy, Debug)]
pub(super) struct Word {
    pub(super) direction: Direction,
    pub(super) kind: WordKind,
    pub(super) factor: Option<Decimal>,
}

/// A word of change at its place.
#[derive(Clone, Debug)]
pub(super) struct Stated {
    pub(super) word: Word,
    /// As printed.
    pub(super) printed: String,
    /// Bytes of the text it was looked for in.
    pub(super) start: usize,
    pub(super) end: usize,
}

static WORDS: LazyLock<WordMap<Word>> = LazyLock::new(|| {
    lexicon_table("change-words")
        .filter_map(|row| {
            let direction = match *row.get(1)? {
                "up" => Direction::Up,
                "down" => Direction::Down,
                "better" => Direction::Better,
                "worse" => Direction::Worse,
                _ => return None,
            };
            let kind = match *row.get(2)? {
                "verb" => WordKind::Verb,
                "noun" => WordKind::Noun,
                "factor" => WordKind::Factor,
                "comparative" => WordKind::Comparative,
                _ => return None,
            };
            let factor = row.get(3).and_then(|factor| factor.parse().ok());
            let word = Word {
                direction,
                kind,
                factor,
            };
            Some((*row.first()?, word))
        })
        .collect()
});

static BLOCKERS: LazyLock<WordSet> = LazyLock::new(|| lexicon("change-blockers").collect());

/// Most words between the word of change and its values.
const REACH: usize = 14;

/// Words before the word of change in which a negation still bears on it.
const BEFORE: usize = 5;

/// Words with their byte offsets; a hyphened compound is one.
pub(super) fn tokens(text: &str) -> Vec<(usize, &str)> {
    each_token(text).collect()
}

/// The same one after the other: for texts of which only the first words are asked for.
pub(super) fn each_token(text: &str) -> impl Iterator<Item = (usize, &str)> {
    runs(text)
}

pub(super) fn word(token: &str) -> Option<Word> {
    WORDS.get(token.to_lowercase().as_str()).copied()
}

pub(super) fn blocks(token: &str) -> bool {
    let token = token.to_lowercase();
    BLOCKERS.contains(token.as_str()) || token.ends_with("n't") || token.ends_with("n’t")
}

/// The word of change that governs what follows `lead`; `None` where there is none, or where another one, a negation or a
/// break stands too near. `comparative` admits "higher".
pub(super) fn governing(lead: &str, comparative: bool) -> Option<Stated> {
    let lead = lead.trim_end_matches([' ', ',', '(', '\n', ':']);
    let clause = lead
        .rfind([';', '•'])
        .and_then(|at| lead.get(at..))
        .unwrap_or(lead);
    let base = lead.len() - clause.len();
    let found = tokens(clause);
    let (at, stated) =
        found
            .iter()
            .enumerate()
            .rev()
            .take(REACH)
            .find_map(|(at, (start, token))| {
                let adverb = adverb(token).filter(|_| at + 1 == found.len());
                let word = word(token).or(adverb)?;
                Some((
                    at,
                    Stated {
                        word,
                        printed: (*token).to_owned(),
                        start: base + start,
                        end: base + start + token.len(),
                    },
                ))
            })?;
    if stated.word.kind == WordKind::Comparative && !comparative {
        return None;
    }
    let tail = lead.get(stated.end..).unwrap_or_default();
    let broken =
        without_abbreviations(tail).contains([':', '?', ',', '(', ')']) || tail.contains(". ");
    let after = found.get(at + 1..).unwrap_or_default();
    let by_act = after
        .windows(2)
        .any(|pair| matches!(pair, [(_, "by"), (_, act)] if act.ends_with("ing")));
    let is_named = |token: &str| token.starts_with(char::is_uppercase);
    // "Jump Severity goes from 50% to 45%" has a name in front.
    let in_name =
        is_named(&stated.printed) && after.first().is_some_and(|(_, next)| is_named(next));
    let doubtful = by_act || in_name || after.iter().any(|(_, token)| blocks(token));
    (!broken && !doubtful && !is_doubtful(&found, at, clause)).then_some(stated)
}

/// A text without abbreviations in brackets behind their words: "the relapse rate (ARR)".
fn without_abbreviations(text: &str) -> Cow<'_, str> {
    static ABBREVIATION: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r" \((?:[A-Z][A-Za-z0-9-]{0,9})\)").ok());
    ABBREVIATION
        .as_ref()
        .map_or(Cow::Borrowed(text), |pattern| pattern.replace_all(text, ""))
}

/// "up", "down" right in front of "from".
fn adverb(token: &str) -> Option<Word> {
    let direction = match token {
        "up" | "Up" => Direction::Up,
        "down" | "Down" => Direction::Down,
        _ => return None,
    };
    Some(Word {
        direction,
        kind: WordKind::Verb,
        factor: None,
    })
}

/// Whether a negation or another word of change bears on the word at `at`.
fn is_doubtful(found: &[(usize, &str)], at: usize, clause: &str) -> bool {
    let start = found.get(at).map_or(0, |(start, _)| *start);
    let front = clause.get(..start).unwrap_or_default();
    if front.ends_with('(') {
        return false;
    }
    let comma = front.rfind(',').unwrap_or_default();
    let is_finite = at + 1 == found.len() && is_finite(found, at);
    found
        .get(at.saturating_sub(BEFORE)..at)
        .unwrap_or_default()
        .iter()
        .rev()
        .take_while(|(_, token)| !matches!(*token, "and" | "by" | "which"))
        .enumerate()
        .any(|(distance, (start, token))| {
            let bears = *start >= comma && !(is_finite && distance > 0);
            blocks(token) && !is_of_subject(found, at - distance - 1, at)
                || bears && word(token).is_some()
        })
}

/// Whether a negation says who is meant, and not what became of them: "those who did not pay were fewer".
fn is_of_subject(found: &[(usize, &str)], negation: usize, at: usize) -> bool {
    let has = |range: std::ops::Range<usize>, words: &[&str]| {
        found
            .get(range)
            .unwrap_or_default()
            .iter()
            .any(|(_, token)| words.contains(token))
    };
    let behind = negation + 1..at;
    has(behind.clone(), &["was", "were", "is", "are"])
        && !has(behind, &["that", "whether", "if"])
        && has(negation.saturating_sub(CLAUSE)..negation, &["who", "whom"])
}

/// Words of a relative clause in front of its negation.
const CLAUSE: usize = 8;

/// Whether the word of change is the verb right in front of the values, whose subject may be anything: "the improved version
/// rose from"; not so "a cut of the rise from".
fn is_finite(found: &[(usize, &str)], at: usize) -> bool {
    let verb = found
        .get(at)
        .is_some_and(|(_, token)| word(token).is_some_and(|word| word.kind == WordKind::Verb));
    let before = at.checked_sub(1).and_then(|before| found.get(before));
    verb && before.is_some_and(|(_, token)| !is("noun-opening", token))
}

/// The direction with the better side of what is named: `None` where it is not clear.
pub(super) fn resolved(direction: Direction, subject: &str) -> Direction {
    let better = match direction {
        Direction::Up | Direction::Down => return direction,
        Direction::Better => true,
        Direction::Worse => false,
    };
    match better_is_higher(subject) {
        Some(higher) if higher == better => Direction::Up,
        Some(_) => Direction::Down,
        None => direction,
    }
}

/// Whether the higher value of what is named is the better one. `None` where it is not clear.
pub(crate) fn better_is_higher(subject: &str) -> Option<bool> {
    static SIDES: LazyLock<Vec<(&str, bool)>> = LazyLock::new(|| {
        lexicon_table("better-sides")
            .filter_map(|row| Some((*row.first()?, *row.get(1)? == "higher")))
            .collect()
    });
    let subject = subject.to_lowercase();
    let mut sides = SIDES
        .iter()
        .filter(|(phrase, _)| subject.contains(phrase))
        .map(|(_, higher)| *higher);
    let side = sides.next()?;
    sides.all(|other| other == side).then_some(side)
}
