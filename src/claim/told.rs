//! What a sentence tells, seen by itself: of its authors' own work, of what others found, of the world.
//!
//! Why it exists: whether a claim needs a source is asked in several ways, and each looks at the same words. It leaves out the
//! document around the sentence ([`super::support`]).

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeSet;
use std::sync::LazyLock;

use memchr::memmem::Finder;

use super::lexis::{is, lower, words};
use super::phrases::{
    self, CLASSES, FIGURES, GAP, HYPOTHETICAL, MAGNITUDES, OTHERS, OWN, PASSIVE, POPULATIONS,
    PROCEDURE, PUBLIC, STIPULATIONS,
};
use super::signs::Signs;
use super::words::{Lists, Word, Words, each};
use crate::ontology::{WordSet, word_set};

static MONTHS: LazyLock<WordSet> = LazyLock::new(|| word_set("months"));

/// A claim with what several questions ask of it, each looked for at most once.
pub(super) struct Told<'t> {
    pub(super) words: &'t Words<'t>,
    excused: OnceCell<bool>,
    introduces_study: OnceCell<bool>,
    of_others: OnceCell<bool>,
}

impl<'t> Told<'t> {
    pub(super) fn new(words: &'t Words<'t>) -> Self {
        Self {
            words,
            excused: OnceCell::new(),
            introduces_study: OnceCell::new(),
            of_others: OnceCell::new(),
        }
    }

    pub(super) fn text(&self) -> &'t str {
        self.words.text
    }

    /// Whether it has a phrase of one of the lists.
    pub(super) fn says(&self, lists: u16) -> bool {
        self.words.say(lists)
    }

    /// Whether it opens with a word that rests on the sentence before.
    fn leans(&self) -> bool {
        let mut first = self.words.first(1).iter();
        first.any(|word| word.is(Lists::LEANING_OPENER))
    }

    /// Whether it speaks of a study that the text has not spoken of, and of what it found: "A survey of nurses in Lyon
    /// showed ...". No mark of another sentence tells which study that is.
    pub(super) fn introduces_study(&self) -> bool {
        *self
            .introduces_study
            .get_or_init(|| brings_in(self.words, Lists::STUDY))
    }

    /// Whether it tells what others found, and brings in the studies that did: "Several studies have shown ...", "A trial
    /// in nurses found ...". Analyses and models are left out: they are often the authors' own.
    pub(super) fn tells_of_others(&self) -> bool {
        *self.of_others.get_or_init(|| {
            (tells_of_studies(self.words) || brings_in(self.words, Lists::OTHERS_STUDY))
                && !self.leans()
                && !self.says(OWN | HYPOTHETICAL)
        })
    }

    /// Own work, gap, modality, conclusion, a lean on the sentence before, an exhibit of the document itself, not yet written, or
    /// too short to state much.
    pub(super) fn excused(&self) -> bool {
        *self.excused.get_or_init(|| {
            self.leans()
                || self.words.all().len() < FEWEST_WORDS
                || self.says(OWN | PROCEDURE | GAP)
                || points_to_exhibit(self.words)
                || is_unfinished(self.words)
        })
    }
}

/// Whether dots stand for what is left out.
fn is_unfinished(words: &Words<'_>) -> bool {
    static DOTS: LazyLock<Finder<'_>> = LazyLock::new(|| Finder::new("..."));
    DOTS.find(words.text.as_bytes()).is_some()
        || words.have(Signs::WIDE) && words.text.contains('\u{2026}')
}

/// Fewer words than this state little.
const FEWEST_WORDS: usize = 5;

/// Whether a sentence points at a table or figure of the document: "(Figure 2)", "Table @tbl:doses".
fn points_to_exhibit(words: &Words<'_>) -> bool {
    if !words.any(Lists::EXHIBIT) {
        return false;
    }
    let mut before = "";
    words.text.split_whitespace().any(|piece| {
        let name = std::mem::replace(&mut before, piece);
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        piece.starts_with(|c: char| c.is_ascii_digit() || c == '@' || c == 'S')
            && is("exhibit", &lower(name))
    })
}

/// Whether a number stands beside a word that makes it a figure of the world: a prevalence, a count of deaths.
pub(super) fn figure_of_world(told: &Told<'_>) -> bool {
    told.says(FIGURES) && has_count(told)
}

/// Whether a number is so large, or of such a kind, that it is likely to be one of the world: millions, so much a year. What is
/// laid down or worked out in the sentence is none.
pub(super) fn magnitude(told: &Told<'_>) -> bool {
    told.says(MAGNITUDES)
        && has_count(told)
        && !told.says(STIPULATIONS)
        && !is_worked_out(told.text())
}

/// Whether a sentence has a number that counts something: no year, no day of a month ("April 30"), and not what a rate
/// is taken of ("per 100,000 people").
fn has_count(told: &Told<'_>) -> bool {
    if !told.words.have(Signs::DIGIT) {
        return false;
    }
    let mut before = "";
    told.words.all().iter().any(|word| {
        let before = std::mem::replace(&mut before, word.printed);
        is_count(word.printed) && before != "per" && !MONTHS.contains(before)
    })
}

/// Whether a text works a number out: "86,400 / 12 = 7,200".
fn is_worked_out(text: &str) -> bool {
    let mut signs = text
        .char_indices()
        .filter(|(_, c)| matches!(c, '=' | '\u{2248}'));
    signs.any(|(at, sign)| {
        let (before, after) = (text.get(..at), text.get(at + sign.len_utf8()..));
        let after = after
            .unwrap_or_default()
            .trim_start_matches([' ', '$', '~']);
        let before = before.unwrap_or_default().trim_end_matches([' ', ')', '$']);
        before.ends_with(|c: char| c.is_ascii_digit())
            && after.starts_with(|c: char| c.is_ascii_digit())
    })
}

/// A word that begins with a number and is neither a year nor a date that begins with one.
fn is_count(word: &str) -> bool {
    let number = word.split('-').next().unwrap_or_default();
    let year = number.len() == 4
        && (number.starts_with("19") || number.starts_with("20"))
        && number.bytes().all(|byte| byte.is_ascii_digit());
    word.starts_with(|c: char| c.is_ascii_digit()) && !year
}

/// A printed percentage.
pub(super) fn share(text: &str) -> bool {
    text.bytes().any(|byte| byte.is_ascii_digit())
        && (text.contains('%') || text.contains("percent") || text.contains("per cent"))
}

/// What stands behind each percentage that is printed as a number: "a few percent of N / 2" is none.
fn behind_shares(text: &str) -> impl Iterator<Item = &str> {
    const SIGNS: [&str; 3] = ["%", "percent", "per cent"];
    let found = SIGNS.iter().flat_map(|sign| text.match_indices(sign));
    found.filter_map(|(at, sign)| {
        let before = text.get(..at)?.trim_end();
        let is_number = before.ends_with(|c: char| c.is_ascii_digit());
        text.get(at + sign.len()..).filter(|_| is_number)
    })
}

fn numbered_share(text: &str) -> bool {
    behind_shares(text).next().is_some()
}

/// Words between "of" and the noun of those whom a share is of: "48% of the large and middle-sized companies".
const BEFORE_POPULATION: usize = 6;

/// Whether a share is one of a population: "25% of developers at young companies".
pub(super) fn is_share_of_population(told: &Told<'_>) -> bool {
    behind_shares(told.text())
        .filter_map(|behind| behind.strip_prefix(" of "))
        .any(|whole| {
            let end = words(whole).nth(BEFORE_POPULATION);
            let whole = whole.get(..end.map_or(whole.len(), |(offset, _)| offset));
            phrases::found_in(whole.unwrap_or_default()) & POPULATIONS != 0
        })
}

/// Whether a sentence names a study of any kind, and tells what it found or a share.
fn tells_of_study(told: &Told<'_>) -> bool {
    let studies = Lists::STUDY | Lists::PLURAL_STUDY | Lists::OTHERS_STUDY;
    let findings = Lists::FINDING | Lists::PLURAL_FINDING;
    told.words.any(studies) && (told.words.any(findings) || numbered_share(told.text()))
}

/// Whether a reader doubts a sentence wherever it stands: it tells what studies found, or a figure of what public
/// statistics count. Other amounts and shares are often a project's own, and known to those who tell them.
pub(super) fn is_of_public_interest(told: &Told<'_>) -> bool {
    let of_public = || {
        let is_amount = numbered_share(told.text()) || magnitude(told);
        told.says(PUBLIC) && !told.says(STIPULATIONS) && is_amount
    };
    told.tells_of_others()
        || figure_of_world(told)
        || told.says(OTHERS) && tells_of_study(told)
        || of_public()
}

/// "X is a selective antagonist of Y": a class noun within twelve words of "is a".
pub(super) fn says_what_it_is(told: &Told<'_>) -> bool {
    const COPULAS: [&str; 5] = [" is a ", " is an ", " is the ", " was a ", " is one of "];
    told.says(CLASSES)
        && COPULAS
            .iter()
            .filter_map(|copula| told.text().split_once(copula))
            .any(|(_, after)| {
                let end = words(after)
                    .nth(12)
                    .map_or(after.len(), |(offset, _)| offset);
                phrases::found_in(after.get(..end).unwrap_or_default()) & CLASSES != 0
            })
}

/// A figure that others found: "may" and "for example" beside it do not make it the author's own guess.
pub(super) fn reports_figure(told: &Told<'_>) -> bool {
    let text = told.text();
    if !told.words.have(Signs::DIGIT) || told.says(OWN | HYPOTHETICAL) || told.leans() {
        return false;
    }
    let introduces = told.introduces_study();
    let reported = introduces || told.says(OTHERS | PASSIVE | FIGURES | MAGNITUDES) && share(text);
    reported && (introduces || !told.says(PROCEDURE))
}

/// Whether a sentence speaks of its authors or of the document's own study: "we found", "in this trial".
pub(crate) fn tells_own_work(text: &str) -> bool {
    let mut before = Cow::Borrowed("");
    words(text).any(|(_, word)| {
        let word = lower(word);
        let is_own = is("own-voice", &word)
            || is("own-study", &before) && Lists::of(&word).meet(Lists::STUDY);
        before = word;
        is_own
    })
}

/// Words between "a" and the noun for a study, and between the noun and what it found.
const BEFORE_STUDY: usize = 7;
const BEHIND_STUDY: usize = 30;

/// Words at the beginning of a sentence among which one says that it elaborates: "In Kenya, for example".
const ELABORATING_WORDS: usize = 6;
/// Letters of a word that two sentences on one thing share, and so many of them.
const SHARED_LETTERS: usize = 5;
const SHARED_WORDS: usize = 2;

/// Whether a sentence gives the source or an example of the one before, or goes on about the same things: "For example, ...",
/// "In one study ...".
pub(super) fn elaborates(before: &str, text: &str) -> bool {
    let (before, words) = (Words::of(before), Words::of(text));
    let said: BTreeSet<Cow<'_, str>> = opening(&before)
        .iter()
        .map(Word::lower)
        .filter(|word| word.chars().count() >= SHARED_LETTERS)
        .collect();
    let repeated: BTreeSet<Cow<'_, str>> = opening(&words).iter().map(Word::lower).collect();
    let told = Told::new(&words);
    let mut first = words.first(ELABORATING_WORDS).iter();
    first.any(|word| word.is(Lists::ELABORATES))
        || told.leans()
        || text.contains("et al")
        || told.introduces_study()
        || told.tells_of_others()
        || said.intersection(&repeated).count() >= SHARED_WORDS
}

/// The words at the beginning of a sentence.
fn opening<'w, 't>(words: &'w Words<'t>) -> &'w [Word<'t>] {
    words.first(2 * BEHIND_STUDY)
}

/// Words in front of the noun for the studies, and between it and what they found.
const BEFORE_STUDIES: usize = 8;
const BEHIND_STUDIES: usize = 10;

/// "Previous studies suggest", "A number of trials have shown", "Research indicates": what studies that are not named found.
fn tells_of_studies(words: &Words<'_>) -> bool {
    if !words.any(Lists::PLURAL_STUDY) || !words.any(Lists::PLURAL_FINDING) {
        return false;
    }
    let opening = opening(words);
    let told = |noun: usize| {
        let behind = opening.iter().enumerate().skip(noun + 1);
        behind
            .take(BEHIND_STUDIES)
            .any(|(at, verb)| verb.is(Lists::PLURAL_FINDING) && !is_expected(opening, at))
    };
    let nouns = opening.iter().enumerate().take(BEFORE_STUDIES);
    let mut nouns = nouns.filter(|(_, noun)| noun.is(Lists::PLURAL_STUDY));
    nouns.any(|(noun, _)| opening.get(..noun).is_some_and(are_of_others) && told(noun))
}

/// Words in front of a verb among which "may" says that it tells no finding: "may still be reported".
const BEFORE_VERB: usize = 3;

/// Whether a verb tells what may be or shall be done, and no finding: "might also find", "report to the office".
fn is_expected(words: &[Word<'_>], verb: usize) -> bool {
    let before = words.get(verb.saturating_sub(BEFORE_VERB)..verb);
    let before = before.unwrap_or_default();
    let pair = words.get(verb..verb.saturating_add(2)).unwrap_or_default();
    matches!(pair, [verb, next] if verb.says("report") && next.says("to"))
        || before.iter().any(|word| is("modal", &word.lower()))
}

/// Whether the words before a noun for studies say that they are others': "several of the", and none at all.
fn are_of_others(before: &[Word<'_>]) -> bool {
    let is_source = |(at, word): (usize, &Word<'_>)| {
        let previous = at.checked_sub(1).and_then(|at| before.get(at));
        let previous = previous.copied().unwrap_or_default();
        let known = previous.is(Lists::NEW_SOURCE_END) && !word.says("vitro");
        let mut between = before.iter().skip(at + 1).enumerate();
        word.is(Lists::PLURAL_SOURCE)
            && !known
            && !previous.is(Lists::NOT_OTHERS)
            && between
                .all(|(nth, word)| nth == 0 && word.says("of") || !word.is(Lists::NEW_SOURCE_END))
    };
    before.is_empty() || before.iter().enumerate().any(is_source)
}

/// Whether an indefinite article and a noun for a study stand before a verb of finding.
fn brings_in(words: &Words<'_>, study: Lists) -> bool {
    if !words.any(study) || !words.any(Lists::NEW_SOURCE) || !words.any(Lists::FINDING) {
        return false;
    }
    let opening = opening(words);
    let finds = |from: usize| {
        let mut behind = opening.iter().skip(from).take(BEHIND_STUDY);
        behind.any(|word| word.is(Lists::FINDING))
    };
    let ends = |at: usize| {
        let next = opening.get(at + 1);
        next.is_some_and(|next| next.is(Lists::BEHIND_STUDY | Lists::FINDING))
    };
    let opens = |(_, word): &(usize, &Word<'_>)| word.is(Lists::NEW_SOURCE);
    opening.iter().enumerate().filter(opens).any(|(at, _)| {
        let mut phrase = opening.iter().enumerate().skip(at + 1).take(BEFORE_STUDY);
        let noun = phrase
            .by_ref()
            .take_while(|(_, word)| !word.is(Lists::NEW_SOURCE_END))
            .find(|(at, noun)| noun.is(study) && ends(*at));
        noun.is_some_and(|(at, _)| finds(at + 1))
    })
}

/// Whether a sentence goes on about the source of the one before: "They found ...", "The authors report ...".
pub(super) fn continues_source(text: &str) -> bool {
    let mut found = each(text);
    let first = found.next().unwrap_or_default();
    let second = found.next().unwrap_or_default();
    first.is(Lists::LEANING_OPENER) && !first.says("however")
        || first.says("the") && second.is(Lists::CONTINUES_SOURCE)
        || ["of", "in", "among"].iter().any(|word| first.says(word))
            && second.is(Lists::LEANING_OPENER)
}
