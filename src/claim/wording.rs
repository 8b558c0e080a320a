//! What a text does by its words alone.
//!
//! Why it exists: an imperative, a caption or a disclaimer is told by closed lists of words; where a sentence stands is
//! for [`super::kind`].

use std::sync::LazyLock;

use super::SentenceKind;
use super::lexis::{Phrases, is, lower};
use super::phrases::BOILERPLATE;
use super::signs::Signs;
use super::words::{Lists, Word, Words, each};
use crate::ontology::{WordSet, word_set};

static LABELS: LazyLock<WordSet> = LazyLock::new(|| word_set("metadata-labels"));
/// More bytes than any of them has, with blanks around it.
const LONGEST_LABEL: usize = 60;
static NAVIGATION: LazyLock<Phrases> = LazyLock::new(|| Phrases::read("navigation-phrases"));

/// The kind of a text by its words alone.
pub(super) fn of_text(words: &Words<'_>) -> SentenceKind {
    let text = words.text;
    if is_question(words) {
        return SentenceKind::Question;
    }
    if is_boilerplate(words) {
        return SentenceKind::Boilerplate;
    }
    if is_metadata(words) {
        return SentenceKind::Metadata;
    }
    if is_label(text) {
        return SentenceKind::Heading;
    }
    if is_caption(words) {
        return SentenceKind::Caption;
    }
    let statement = if words.have(Signs::COLON) {
        after_label(text)
    } else {
        text.trim_start()
    };
    if NAVIGATION.begins(statement) {
        return SentenceKind::Navigation;
    }
    if is_instruction(statement, words.starting_at(text.len() - statement.len())) {
        return SentenceKind::Instruction;
    }
    if !has_verb(words.all()) && !has_number(words.all()) {
        return SentenceKind::Fragment;
    }
    SentenceKind::Claim
}

pub(super) fn is_question(words: &Words<'_>) -> bool {
    let text = words.text;
    words.have(Signs::QUESTION_MARK)
        && (text
            .trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?')
            .ends_with('?')
            || text.contains("?[")
            || text.contains("?^"))
}

fn is_boilerplate(words: &Words<'_>) -> bool {
    let text = words.text;
    if words.say(BOILERPLATE) {
        return true;
    }
    let mail = words.have(Signs::AT)
        && text.split_whitespace().count() <= 8
        && text.split_whitespace().any(|word| {
            word.split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        });
    mail || company_offer(words)
}

/// "Examplechem offers custom ...", "Acme Corp provides services ...": a company speaks of what it sells.
fn company_offer(words: &Words<'_>) -> bool {
    let [name, verb, offer @ ..] = words.all() else {
        return false;
    };
    words.any(Lists::GOODS)
        && offer.iter().any(|word| word.is(Lists::GOODS))
        && name.printed.starts_with(char::is_uppercase)
        && is("sells", verb.printed)
}

/// `Author: ...`, `Cat. No.: ...`, and audience lines: "For researchers and editors".
fn is_metadata(words: &Words<'_>) -> bool {
    let text = words.text;
    let labelled = words.have(Signs::COLON).then(|| text.split_once(':'));
    if let Some((label, rest)) = labelled.flatten() {
        let label = label.trim().to_lowercase();
        if LABELS.contains(label.as_str()) && !rest.trim().is_empty() {
            return true;
        }
    }
    let is_short = text.len() <= LONGEST_LABEL;
    if is_short && text.contains(' ') && LABELS.contains(text.trim().to_lowercase().as_str()) {
        return true;
    }
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("for "))
        && text.split_whitespace().count() <= 12
        && !text.ends_with('.')
        && !has_verb(words.all())
}

/// A line that ends in a colon and has at most eight words: it labels what follows.
pub(super) fn is_label(text: &str) -> bool {
    text.ends_with(':') && text.split_whitespace().count() <= 8
}

/// `Table 2: ...`, `Figure 1. ...`, `Caption: ...`, and notes such as `*p < 0.05`.
fn is_caption(words: &Words<'_>) -> bool {
    let text = words.text;
    let opens = |label: &str| {
        text.get(..label.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(label))
    };
    if opens("caption:") || opens("note:") && text.to_lowercase().contains("table") {
        return true;
    }
    if !words.first(1).iter().any(|word| word.is(Lists::EXHIBIT)) {
        return false;
    }
    let mut pieces = text.split_whitespace().map(lower);
    let name = pieces.next().unwrap_or_default();
    let number = pieces.next().unwrap_or_default();
    let named = is("exhibit", &name);
    let numbered = number.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 's' | 'i' | 'v'))
        && number.ends_with([':', '.', '|', '-'])
        && number.len() <= 5;
    named && numbered
}

/// The text after a short label: "Action: Check ..." gives "Check ...".
pub(super) fn after_label(text: &str) -> &str {
    let Some((label, rest)) = text.split_once(": ") else {
        return text.trim_start();
    };
    if label.split_whitespace().count() <= 5 && !has_finite_verb(label) {
        rest.trim_start()
    } else {
        text.trim_start()
    }
}

/// Whether a sentence tells someone what to do: a base-form verb where its subject would stand.
pub(super) fn is_instruction(text: &str, words: &[Word<'_>]) -> bool {
    let mut found = words.iter().take(COMMAND_WORDS).peekable();
    if found.peek().is_some_and(|word| word.is(Lists::COMMAND)) {
        return true;
    }
    let _number = found.next_if(|word| word.printed.parse::<u32>().is_ok());
    let opens_clause = found
        .peek()
        .is_some_and(|word| word.is(Lists::COMMAND_CLAUSE));
    let mut rest = found
        .skip_while(|word| word.is(Lists::COMMAND_LEAD))
        .peekable();
    if rest.peek().is_some_and(|word| word.is(Lists::IMPERATIVE)) {
        let opening: [Word<'_>; OPENING_WORDS] =
            std::array::from_fn(|_| rest.next().copied().unwrap_or_default());
        if verb_opens(&opening) {
            return true;
        }
    }
    opens_clause
        && text.split(", ").skip(1).take(2).any(|clause| {
            let clause: Vec<Word<'_>> = each(clause).take(6).collect();
            clause.len() > 1 && verb_opens(&clause)
        })
}

/// So many words are searched for the verb of a command.
const COMMAND_WORDS: usize = 40;
/// So many words tell whether a verb opens a clause.
const OPENING_WORDS: usize = 5;

/// Whether the words begin with an imperative and no noun of the same form: "Use the kit", not "Use of the kit".
fn verb_opens(found: &[Word<'_>]) -> bool {
    let Some((first, rest)) = found.split_first() else {
        return false;
    };
    if !first.is(Lists::IMPERATIVE) {
        return false;
    }
    let noun = rest.first().is_some_and(|word| word.is(Lists::NOUN_AFTER));
    if noun || opens_as_subject(first, rest) {
        return false;
    }
    for word in rest.iter().take(4) {
        if word.is(Lists::OBJECT_CLAUSE) {
            return true;
        }
        if word.is(Lists::NOUN_LATER) {
            return false;
        }
    }
    true
}

/// Words behind the first in which the verb of a subject stands.
const SUBJECT: usize = 5;

/// Whether a word that may be an imperative is the subject, or begins it: "Research shows that ...", "Work demands rose",
/// and not "Compare results with ...", "Use filtered water".
fn opens_as_subject(first: &Word<'_>, rest: &[Word<'_>]) -> bool {
    let third = rest
        .first()
        .is_some_and(|word| word.is(Lists::FINITE | Lists::FINDING));
    if third && rest.get(1).is_some_and(|word| word.is(Lists::VERB_OBJECT)) {
        return true;
    }
    let mut phrase = rest
        .iter()
        .take(SUBJECT)
        .take_while(|word| !word.is(Lists::OBJECT_CLAUSE))
        .skip_while(|word| !word.is(Lists::FINITE | Lists::PAST));
    phrase.next().is_some_and(|word| {
        word.is(Lists::PAST)
            || first.is(Lists::MOSTLY_NOUN)
                && word.is(Lists::FINITE)
                && word.lower().ends_with("ed")
    }) || phrase.any(|word| word.is(Lists::PAST))
}

/// Whether a text has a verb that can carry a statement.
pub(super) fn has_finite_verb(text: &str) -> bool {
    each(text)
        .enumerate()
        .any(|(index, word)| carries_statement(&word, index))
}

/// The same of words.
pub(super) fn has_verb(words: &[Word<'_>]) -> bool {
    words
        .iter()
        .enumerate()
        .any(|(index, word)| carries_statement(word, index))
}

/// Whether a word is such a verb; `index` is its place in the text: a regular verb neither opens it nor has a capital.
fn carries_statement(word: &Word<'_>, index: usize) -> bool {
    word.is(Lists::AUXILIARY)
        || index > 0 && word.is(Lists::FINITE) && !word.printed.starts_with(char::is_uppercase)
}

/// Whether a word, in lower case, has the form of a finite verb. So have some nouns ("changes") and participles ("reported").
pub(super) fn is_finite_verb(word: &str) -> bool {
    Lists::of(word).meet(Lists::AUXILIARY | Lists::FINITE)
}

/// Whether a number stands by itself: not in a name (`HER2`), nor after a word it completes ("phase 3").
fn has_number(words: &[Word<'_>]) -> bool {
    let mut previous = Word::default();
    words.iter().any(|word| {
        let before = std::mem::replace(&mut previous, *word);
        word.printed.starts_with(|c: char| c.is_ascii_digit()) && !before.is(Lists::NUMBERED)
    })
}

/// Third person and past of a regular verb.
pub(super) fn finite_forms(base: &'static str) -> [String; 2] {
    let consonant_y = base
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    if let Some(stem) = consonant_y {
        return [format!("{stem}ies"), format!("{stem}ied")];
    }
    let third = if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let past = if base.ends_with('e') {
        format!("{base}d")
    } else {
        format!("{base}ed")
    };
    [third, past]
}
