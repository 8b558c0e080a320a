//! Noun phrases, told by the words that bound them: the one a clause is about, and the one nearest to a number.
//!
//! Why it exists: where no pack has the measure of a figure, "the mean pain score in the yoga group fell to 24" still says
//! what 24 is: "mean pain score". A verb, a preposition, an article, a comma or another number bounds a phrase, so short lists
//! of function words do for a parser.
//! It leaves out measures of packs ([`super::measure`]) and what a phrase means.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use super::general::{is_light, near};
use super::lexis::{lower, runs};
use super::wording::is_finite_verb;
use regex::Regex;

use crate::ontology::{WordMap, lexicon_table};
use crate::quantity::{Quantity, Role};

/// What each function word is between phrases.
static FUNCTION: LazyLock<WordMap<Edge>> = LazyLock::new(|| {
    lexicon_table("function-words")
        .filter_map(|row| match row.as_slice() {
            ["preposition", words] => Some((*words, Edge::Preposition)),
            ["determiner", words] => Some((*words, Edge::Opening)),
            ["pronoun" | "conjunction", words] => Some((*words, Edge::Break)),
            ["adverb", words] => Some((*words, Edge::Modifier)),
            ["relation", words] => Some((*words, Edge::Relation)),
            ["statistic", words] => Some((*words, Edge::Statistic)),
            _ => None,
        })
        .flat_map(|(words, edge)| words.split('|').map(move |word| (word, edge)))
        .collect()
});

/// Most words of a phrase; of a longer one the last are kept, where its head stands.
const LONGEST: usize = 6;
/// Words before a number that are searched.
const SEARCHED: usize = 24;
/// Words behind a number that are searched.
const COUNTED: usize = 3;
/// Words of the wider wording.
const WIDER: usize = 14;

/// What stands between the phrases of a clause.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Edge {
    /// Nothing: the word belongs to a phrase.
    None,
    /// "The": a phrase begins behind it.
    Opening,
    /// "Of" between two phrases joins them; elsewhere it is a preposition.
    Of,
    /// "In": the phrase behind it is not what the clause is about.
    Preposition,
    /// "Difference": belongs to a phrase, which an "in" behind it continues.
    Relation,
    /// "Mean": belongs to a phrase and makes none alone.
    Statistic,
    /// A finite verb.
    Verb,
    /// A pronoun, a conjunction, a sign.
    Break,
    /// An adverb: no part of a phrase, unless something it modifies is behind it.
    Modifier,
    /// A number: the word behind it is its unit.
    Number,
}

/// One phrase with what stands before it.
#[derive(Clone, Debug)]
struct Phrase {
    range: Range<usize>,
    /// What leads to it: a preposition, a number that counts it, or nothing of these.
    lead: Edge,
    /// Whether a finite verb stands anywhere before it.
    behind_verb: bool,
    /// Whether it is the subject of a finite verb behind it.
    before_verb: bool,
    /// Whether any of its words says more than how a value is given.
    telling: bool,
}

/// The clause of a number up to it.
pub(super) struct Before<'s> {
    clause: &'s str,
    words: Vec<(Range<usize>, &'s str)>,
}

impl<'s> Before<'s> {
    /// What stands before a number of a sentence, back to a semicolon.
    pub(super) fn of(sentence: &'s str, number: &Range<usize>) -> Self {
        let start = near(sentence, number).start;
        let clause = last_clause(sentence.get(start..number.start).unwrap_or_default());
        let words = words(clause).collect();
        Self { clause, words }
    }
}

/// What a number is, in the words before it: the subject of its clause and the phrase nearest to it, joined by ` · `.
/// Linear in the words searched, of which there are at most [`SEARCHED`].
pub(super) fn measured(before: &Before<'_>) -> Option<String> {
    match without_brackets(before.clause) {
        Cow::Borrowed(clause) => subject_and_nearest(clause, &before.words),
        Cow::Owned(clause) => subject_and_nearest(&clause, &words(&clause).collect::<Vec<_>>()),
    }
}

fn subject_and_nearest(clause: &str, words: &[(Range<usize>, &str)]) -> Option<String> {
    let last = words.get(words.len().saturating_sub(SEARCHED)..)?;
    let phrases = phrases(clause, last.iter().cloned());
    let free = |phrase: &&Phrase| phrase.lead != Edge::Number && phrase.telling;
    let subject = phrases
        .iter()
        .filter(free)
        .rev()
        .find(|phrase| phrase.before_verb && phrase.lead != Edge::Preposition)
        .or_else(|| {
            phrases
                .iter()
                .filter(free)
                .find(|phrase| phrase.lead != Edge::Preposition)
        })
        .or_else(|| phrases.iter().find(free));
    let nearest = phrases.iter().rfind(free).filter(|phrase| {
        phrase.behind_verb
            && phrase.lead != Edge::Preposition
            && subject.is_none_or(|subject| subject.range != phrase.range)
    });
    let printed: Vec<&str> = subject
        .into_iter()
        .chain(nearest)
        .filter_map(|phrase| clause.get(phrase.range.clone()))
        .collect();
    (!printed.is_empty()).then(|| printed.join(" · "))
}

/// The counted thing behind a number: "432 patients were" gives "patients". At most [`COUNTED`] words.
pub(super) fn counted(sentence: &str, quantity: &Quantity) -> Option<String> {
    if quantity.role != Role::Value {
        return None;
    }
    let rest = sentence.get(quantity.range.end..near(sentence, &quantity.range).end)?;
    let begins = rest.strip_prefix(' ')?;
    let next = words(begins).take(COUNTED);
    let first = phrases(begins, next).into_iter().next()?;
    let printed = begins
        .get(first.range.clone())
        .filter(|_| first.range.start == 0)?;
    let word = printed.split(' ').next().unwrap_or_default();
    (word.starts_with(char::is_alphabetic) && !is_light(word)).then(|| printed.to_lowercase())
}

/// The last words before a number in its clause, without numbers: what `extract` prints beside the measure.
pub(super) fn wider(before: &Before<'_>) -> Option<String> {
    let words = before.words.iter().rev().map(|(_, word)| *word);
    let mut kept: Vec<&str> = words
        .filter(|word| word.chars().any(char::is_alphabetic))
        .take(WIDER)
        .collect();
    kept.reverse();
    kept.iter()
        .any(|word| !is_light(word))
        .then(|| kept.join(" "))
}

/// What stands behind the last semicolon.
fn last_clause(text: &str) -> &str {
    let closed = text.contains(';').then(|| text.rsplit_once("; ")).flatten();
    closed.map_or(text, |(_, last)| last)
}

/// The phrases that some neighbouring words of a clause make, in order.
fn phrases<'c>(
    clause: &str,
    words: impl IntoIterator<Item = (Range<usize>, &'c str)>,
) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let (mut led, mut counted, mut verb, mut joins) = (false, false, false, false);
    let mut open = false;
    let mut previous = Edge::Break;
    for (range, word) in words {
        let gap_ends = clause.get(..range.start).is_some_and(|text| {
            text.trim_end()
                .ends_with([',', '(', ')', ':', '[', ']', '–', '—', '='])
        });
        if gap_ends {
            (open, joins, led, counted) = (false, false, false, false);
        }
        let edge = edge(word, previous, open);
        match edge {
            Edge::None | Edge::Relation | Edge::Statistic if open => {
                if let Some(last) = found.last_mut() {
                    last.range.end = range.end;
                    last.telling |= is_telling(edge, word);
                }
            }
            Edge::None | Edge::Relation | Edge::Statistic => {
                found.push(Phrase {
                    range,
                    lead: match (led, counted) {
                        (_, true) => Edge::Number,
                        (true, false) => Edge::Preposition,
                        (false, false) => Edge::None,
                    },
                    behind_verb: verb,
                    before_verb: false,
                    telling: is_telling(edge, word),
                });
                open = true;
            }
            Edge::Opening => open &= joins,
            Edge::Of => {
                joins = open;
                led = !open;
            }
            Edge::Preposition if previous == Edge::Relation && word == "in" => joins = true,
            Edge::Preposition => (open, led) = (false, true),
            Edge::Verb => {
                if let Some(subject) = found
                    .iter_mut()
                    .rev()
                    .find(|phrase| phrase.lead != Edge::Preposition)
                {
                    subject.before_verb = true;
                }
                (open, led, verb) = (false, false, true);
            }
            Edge::Break | Edge::Modifier | Edge::Number => (open, led) = (false, false),
        }
        joins &= matches!(edge, Edge::Of | Edge::Opening | Edge::Preposition);
        counted = edge == Edge::Number;
        previous = edge;
    }
    for phrase in &mut found {
        shorten(clause, phrase);
    }
    found
}

/// Whether a word can name something by itself: no statistic, and no participle ("allocated").
fn is_telling(edge: Edge, word: &str) -> bool {
    edge != Edge::Statistic && !(word.ends_with("ed") && is_finite_verb(word))
}

/// What a word is between phrases, by the edge before it and whether a phrase is open.
fn edge(word: &str, previous: Edge, open: bool) -> Edge {
    let lower = lower(word);
    if word
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, '-' | '\''))
    {
        Edge::Number
    } else if lower == "of" {
        Edge::Of
    } else if let Some(edge) = FUNCTION.get(&lower) {
        *edge
    } else if lower.ends_with("ly") {
        Edge::Modifier
    } else if is_finite_verb(&lower) && is_told_by_place(&lower, previous, open) {
        Edge::Verb
    } else {
        Edge::None
    }
}

/// Whether a form that some nouns have, too, is a verb where it stands: "pain improved", but "the changes", "of falls".
fn is_told_by_place(word: &str, previous: Edge, open: bool) -> bool {
    let is_auxiliary = word.len() <= 3 || word == "does";
    match previous {
        Edge::Opening | Edge::Of | Edge::Preposition => is_auxiliary,
        Edge::None | Edge::Relation | Edge::Statistic => {
            open || is_auxiliary || !word.ends_with('s')
        }
        Edge::Break | Edge::Modifier | Edge::Verb | Edge::Number => {
            is_auxiliary || !word.ends_with('s')
        }
    }
}

/// Keeps the last words of a long phrase.
fn shorten(clause: &str, phrase: &mut Phrase) {
    let Some(text) = clause.get(phrase.range.clone()) else {
        return;
    };
    let surplus = words(text).count().saturating_sub(LONGEST);
    if let Some((first, _)) = words(text).nth(surplus) {
        phrase.range.start += first.start;
    }
}

/// A text with its closed brackets blotted out, byte for byte: "the rate (GFR) was" speaks of the rate.
fn without_brackets(text: &str) -> Cow<'_, str> {
    static BRACKET: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[(\[][^()\[\]]*[)\]]").ok());
    let Some(pattern) = BRACKET.as_ref().filter(|_| text.contains(['(', '['])) else {
        return Cow::Borrowed(text);
    };
    let blot = |found: &regex::Captures<'_>| " ".repeat(found.get(0).map_or(0, |all| all.len()));
    pattern.replace_all(text, blot)
}

/// Words with their bytes: letters, digits, hyphens and apostrophes.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, &str)> {
    runs(text).map(|(start, word)| (start..start + word.len(), word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::read;

    /// What the last number of a sentence measures.
    fn check(sentence: &str, expected: &str) {
        let number = read(sentence, &[]).pop().unwrap();
        let told = measured(&Before::of(sentence, &number.range));
        assert_eq!(told.unwrap_or_default(), expected, "{sentence}");
    }

    /// What the first number of a sentence counts.
    fn check_counted(sentence: &str, expected: &str) {
        let number = read(sentence, &[]).remove(0);
        let told = counted(sentence, &number);
        assert_eq!(told.unwrap_or_default(), expected, "{sentence}");
    }

    #[test]
    fn the_subject_of_the_clause_is_what_is_measured() {
        check("Costs rose by 12%.", "Costs");
        check("Costs rose by from 10 to 12%.", "Costs");
        check(
            "The mean pain score in the yoga group fell to 24.",
            "mean pain score",
        );
        check(
            "At 12 weeks, the number of falls was 24.",
            "number of falls",
        );
        check(
            "Pain fell by 24% and sleep quality improved by 30%.",
            "sleep quality",
        );
    }

    #[test]
    fn the_phrase_before_the_number_is_added_behind_a_verb() {
        check("The boats had a mean speed of 24.", "boats · mean speed");
        check("Pain fell (mean 24%).", "Pain");
    }

    #[test]
    fn phrases_led_by_prepositions_are_asked_last() {
        check("In the yoga group (24%).", "yoga group");
        check("Falls in the yoga group (24%).", "Falls");
    }

    #[test]
    fn brackets_before_the_number_name_nothing() {
        check("The filtration rate (GFR) was 24.", "filtration rate");
    }

    #[test]
    fn a_relation_goes_on_behind_its_preposition() {
        check("The difference in pain was 24%.", "difference in pain");
        check("The group in Rome was 24% better.", "group");
    }

    #[test]
    fn a_long_phrase_keeps_its_end() {
        check(
            "The one two big old tired red boat speed was 24.",
            "big old tired red boat speed",
        );
    }

    #[test]
    fn words_without_a_noun_measure_nothing() {
        check("It was only 24.", "");
    }

    #[test]
    fn a_counted_noun_ends_at_a_verb_or_preposition() {
        check_counted("There were 432 patients in the trial.", "patients");
        check_counted("432 patients were seen.", "patients");
        check_counted("432 red boats sailed.", "red boats sailed");
        check_counted("In 432, of them.", "");
    }
}
