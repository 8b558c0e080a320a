//! Noun phrases, told by the words that bound them: the one a clause is about, and the one nearest to a number.
//!
//! Why it exists: where no pack has the measure of a figure, "the mean pain score in the yoga group fell to 24" still says
//! what 24 is: "mean pain score". A verb, a preposition, an article, a comma or another number bounds a phrase, so short lists
//! of function words do for a parser.
//! It leaves out measures of packs ([`super::measure`]) and what a phrase means.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::ops::Range;
use std::sync::LazyLock;

use super::general::{is_light, near};
use super::lexis::{lower, runs};
use super::wording::is_finite_verb;
use super::words::BYTES_A_WORD;
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

/// A word with its first byte.
type Word<'s> = (usize, &'s str);

/// One phrase with what stands before it.
#[derive(Clone, Debug)]
struct Phrase {
    /// Its words, by their positions.
    words: Range<usize>,
    /// What leads to it: a preposition, a number that counts it, or nothing of these.
    lead: Edge,
    /// Whether a finite verb stands anywhere before it.
    behind_verb: bool,
    /// Whether it is the subject of a finite verb behind it.
    before_verb: bool,
    /// Whether any of its words says more than how a value is given.
    telling: bool,
}

/// A sentence with its words, which are read when its first number asks for them.
pub(super) struct Phrasing<'s> {
    sentence: &'s str,
    words: OnceCell<Vec<Word<'s>>>,
}

/// The clause of a number up to it.
pub(super) struct Before<'p> {
    sentence: &'p str,
    /// In bytes of the sentence.
    clause: Range<usize>,
    words: Cow<'p, [Word<'p>]>,
}

impl<'s> Phrasing<'s> {
    pub(super) fn of(sentence: &'s str) -> Self {
        Self {
            sentence,
            words: OnceCell::new(),
        }
    }

    fn words(&self) -> &[Word<'s>] {
        self.words.get_or_init(|| {
            let mut words = Vec::with_capacity(self.sentence.len() / BYTES_A_WORD + 1);
            words.extend(runs(self.sentence));
            words
        })
    }

    /// What stands before a number of the sentence, back to a semicolon.
    pub(super) fn before(&self, number: &Range<usize>) -> Before<'_> {
        let reach = near(self.sentence, number).start..number.start;
        let clause = last_clause(self.sentence.get(reach).unwrap_or_default());
        let start = number.start - clause.len();
        let words = self.words();
        let first = words.partition_point(|(at, _)| *at < start);
        let end = words.partition_point(|(at, word)| at + word.len() <= number.start);
        let is_cut = |word: Option<&Word<'_>>, at: usize| {
            word.is_some_and(|(start, word)| *start < at && at < start + word.len())
        };
        let before = first.checked_sub(1).and_then(|before| words.get(before));
        let words = if is_cut(before, start) || is_cut(words.get(end), number.start) {
            let cut = runs(clause).map(|(at, word)| (start + at, word));
            Cow::Owned(cut.collect())
        } else {
            Cow::Borrowed(words.get(first..end).unwrap_or_default())
        };
        Before {
            sentence: self.sentence,
            clause: start..number.start,
            words,
        }
    }

    /// The counted thing behind a number: "432 patients were" gives "patients". At most [`COUNTED`] words.
    pub(super) fn counted(&self, quantity: &Quantity) -> Option<String> {
        let behind = self.sentence.get(quantity.range.end..)?;
        if quantity.role != Role::Value || !behind.starts_with(' ') {
            return None;
        }
        let start = quantity.range.end + 1;
        let words = self.words();
        let first = words.partition_point(|(at, _)| *at < start);
        let words = words.get(first..words.len().min(first + COUNTED))?;
        words.first().filter(|(at, _)| *at == start)?;
        let phrase = phrases(self.sentence, words).into_iter().next()?;
        let printed = printed(self.sentence, words, &phrase).filter(|_| phrase.words.start == 0)?;
        let word = printed.split(' ').next().unwrap_or_default();
        (word.starts_with(char::is_alphabetic) && !is_light(word)).then(|| printed.to_lowercase())
    }
}

impl Before<'_> {
    /// What a number is, in the words before it: the subject of its clause and the phrase nearest to it, joined by ` · `.
    /// Linear in the words searched, of which there are at most [`SEARCHED`].
    pub(super) fn measured(&self) -> Option<String> {
        match without_brackets(self.sentence.get(self.clause.clone())?) {
            Cow::Borrowed(_) => subject_and_nearest(self.sentence, &self.words),
            Cow::Owned(clause) => subject_and_nearest(&clause, &runs(&clause).collect::<Vec<_>>()),
        }
    }

    /// The last words before a number in its clause, without numbers: what `extract` prints beside the measure.
    pub(super) fn wider(&self) -> Option<String> {
        let is_word = |word: &&Word<'_>| word.1.contains(char::is_alphabetic);
        let last = self.words.iter().enumerate().rev();
        let last = last.filter(|(_, word)| is_word(word)).take(WIDER);
        let words = self.words.get(last.last()?.0..)?.iter().filter(is_word);
        if words.clone().all(|(_, word)| is_light(word)) {
            return None;
        }
        let mut wider = String::with_capacity(self.clause.len());
        for (_, word) in words {
            if !wider.is_empty() {
                wider.push(' ');
            }
            wider.push_str(word);
        }
        Some(wider)
    }
}

fn subject_and_nearest(text: &str, words: &[Word<'_>]) -> Option<String> {
    let words = words.get(words.len().saturating_sub(SEARCHED)..)?;
    let phrases = phrases(text, words);
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
            && subject.is_none_or(|subject| subject.words != phrase.words)
    });
    let printed: Vec<&str> = subject
        .into_iter()
        .chain(nearest)
        .filter_map(|phrase| printed(text, words, phrase))
        .collect();
    (!printed.is_empty()).then(|| printed.join(" · "))
}

/// What stands behind the last semicolon.
fn last_clause(text: &str) -> &str {
    let closed = text.contains(';').then(|| text.rsplit_once("; ")).flatten();
    closed.map_or(text, |(_, last)| last)
}

/// The words of a phrase as they stand in their text.
fn printed<'t>(text: &'t str, words: &[Word<'_>], phrase: &Phrase) -> Option<&'t str> {
    let words = words.get(phrase.words.clone())?;
    let ((first, _), (last, word)) = words.first().zip(words.last())?;
    text.get(*first..last + word.len())
}

/// The phrases that some neighbouring words of a text make, in order.
fn phrases(text: &str, words: &[Word<'_>]) -> Vec<Phrase> {
    let mut found: Vec<Phrase> = Vec::new();
    let (mut led, mut counted, mut verb, mut joins) = (false, false, false, false);
    let mut open = false;
    let mut previous = Edge::Break;
    let mut end = None;
    for (at, (start, word)) in words.iter().enumerate() {
        if end.is_some_and(|end| parts(text.get(end..*start).unwrap_or_default())) {
            (open, joins, led, counted) = (false, false, false, false);
        }
        end = Some(start + word.len());
        let edge = edge(word, previous, open);
        match edge {
            Edge::None | Edge::Relation | Edge::Statistic if open => {
                if let Some(last) = found.last_mut() {
                    last.words.end = at + 1;
                    last.telling |= is_telling(edge, word);
                }
            }
            Edge::None | Edge::Relation | Edge::Statistic => {
                found.push(Phrase {
                    words: at..at + 1,
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
            Edge::Preposition if previous == Edge::Relation && *word == "in" => joins = true,
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
    for Phrase { words, .. } in &mut found {
        words.start = words.start.max(words.end.saturating_sub(LONGEST));
    }
    found
}

/// Whether what stands between two words ends a phrase.
fn parts(gap: &str) -> bool {
    let signs = [',', '(', ')', ':', '[', ']', '–', '—', '='];
    gap != " " && gap.trim_end().ends_with(signs)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::read;

    /// What the last number of a sentence measures.
    fn check(sentence: &str, expected: &str) {
        let number = read(sentence, &[]).pop().unwrap();
        let told = Phrasing::of(sentence).before(&number.range).measured();
        assert_eq!(told.unwrap_or_default(), expected, "{sentence}");
    }

    /// What the first number of a sentence counts.
    fn check_counted(sentence: &str, expected: &str) {
        let number = read(sentence, &[]).remove(0);
        let told = Phrasing::of(sentence).counted(&number);
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
