//! What a text does by its words alone.
//!
//! Why it exists: an imperative, a caption or a disclaimer is told by closed lists of words; where a sentence stands is
//! for [`super::kind`].

use std::borrow::Cow;
use std::sync::LazyLock;

use super::SentenceKind;
use super::lexis::{Phrases, is, lower, words};
use crate::ontology::{WordSet, lexicon, word_set};

static IMPERATIVES: LazyLock<WordSet> = LazyLock::new(|| word_set("imperative-verbs"));
static AUXILIARIES: LazyLock<WordSet> = LazyLock::new(|| word_set("auxiliaries"));
static LABELS: LazyLock<WordSet> = LazyLock::new(|| word_set("metadata-labels"));
static NAVIGATION: LazyLock<Phrases> = LazyLock::new(|| Phrases::read("navigation-phrases"));
static BOILERPLATE: LazyLock<Phrases> = LazyLock::new(|| Phrases::read("boilerplate-phrases"));
static FINITE: LazyLock<WordSet> = LazyLock::new(|| {
    lexicon("verbs")
        .map(str::trim)
        .flat_map(finite_forms)
        .collect()
});

/// The kind of a text by its words alone.
pub(super) fn of_text(text: &str) -> SentenceKind {
    if is_question(text) {
        return SentenceKind::Question;
    }
    if is_boilerplate(text) {
        return SentenceKind::Boilerplate;
    }
    if is_metadata(text) {
        return SentenceKind::Metadata;
    }
    if is_label(text) {
        return SentenceKind::Heading;
    }
    if is_caption(text) {
        return SentenceKind::Caption;
    }
    let statement = after_label(text);
    if NAVIGATION.begins(statement) {
        return SentenceKind::Navigation;
    }
    if is_instruction(statement) {
        return SentenceKind::Instruction;
    }
    if !has_finite_verb(text) && !has_number(text) {
        return SentenceKind::Fragment;
    }
    SentenceKind::Claim
}

pub(super) fn is_question(text: &str) -> bool {
    text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?')
        .ends_with('?')
        || text.contains("?[")
        || text.contains("?^")
}

fn is_boilerplate(text: &str) -> bool {
    if BOILERPLATE.found_in(text) {
        return true;
    }
    let mail = text.contains('@')
        && text.split_whitespace().count() <= 8
        && text.split_whitespace().any(|word| {
            word.split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        });
    mail || company_offer(text)
}

/// "Examplechem offers custom ...", "Acme Corp provides services ...": a company speaks of what it sells.
fn company_offer(text: &str) -> bool {
    let mut found = words(text).map(|(_, word)| word);
    let name = found.next().unwrap_or_default();
    let verb = found.next().unwrap_or_default();
    let proper = name.chars().next().is_some_and(char::is_uppercase);
    proper && is("sells", verb) && found.any(|word| is("goods", &lower(word)))
}

/// `Author: ...`, `Cat. No.: ...`, and audience lines: "For researchers and editors".
fn is_metadata(text: &str) -> bool {
    if let Some((label, rest)) = text.split_once(':') {
        let label = label.trim().to_lowercase();
        if LABELS.contains(label.as_str()) && !rest.trim().is_empty() {
            return true;
        }
    }
    if text.contains(' ') && LABELS.contains(text.trim().to_lowercase().as_str()) {
        return true;
    }
    text.get(..4)
        .is_some_and(|start| start.eq_ignore_ascii_case("for "))
        && text.split_whitespace().count() <= 12
        && !text.ends_with('.')
        && !has_finite_verb(text)
}

/// A line that ends in a colon and has at most eight words: it labels what follows.
pub(super) fn is_label(text: &str) -> bool {
    text.ends_with(':') && text.split_whitespace().count() <= 8
}

/// `Table 2: ...`, `Figure 1. ...`, `Caption: ...`, and notes such as `*p < 0.05`.
fn is_caption(text: &str) -> bool {
    let opens = |label: &str| {
        text.get(..label.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(label))
    };
    if opens("caption:") || opens("note:") && text.to_lowercase().contains("table") {
        return true;
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
pub(super) fn is_instruction(text: &str) -> bool {
    let mut found = words(text).take(40).map(|(_, word)| lower(word)).peekable();
    if found.peek().is_some_and(|word| is("command", word)) {
        return true;
    }
    let _number = found.next_if(|word| word.parse::<u32>().is_ok());
    let opens_clause = found.peek().is_some_and(|word| is("command-clause", word));
    let rest = found.skip_while(|word| is("command-lead", word));
    if verb_opens(&rest.take(OPENING_WORDS).collect::<Vec<_>>()) {
        return true;
    }
    opens_clause
        && text.split(", ").skip(1).take(2).any(|clause| {
            let clause: Vec<Cow<'_, str>> =
                words(clause).take(6).map(|(_, word)| lower(word)).collect();
            clause.len() > 1 && verb_opens(&clause)
        })
}

/// So many words tell whether a verb opens a clause.
const OPENING_WORDS: usize = 5;

/// Whether the words begin with an imperative and no noun of the same form: "Use the kit", not "Use of the kit".
fn verb_opens(found: &[Cow<'_, str>]) -> bool {
    let Some((first, rest)) = found.split_first() else {
        return false;
    };
    if !IMPERATIVES.contains(first) {
        return false;
    }
    if rest.first().is_some_and(|word| is("noun-after", word)) || opens_as_subject(first, rest) {
        return false;
    }
    for word in rest.iter().take(4) {
        if is("object-clause", word) {
            return true;
        }
        if is("noun-later", word) {
            return false;
        }
    }
    true
}

/// Words behind the first in which the verb of a subject stands.
const SUBJECT: usize = 5;

/// Whether a word that may be an imperative is the subject, or begins it: "Research shows that ...", "Work demands rose",
/// and not "Compare results with ...", "Use filtered water".
fn opens_as_subject(first: &str, rest: &[Cow<'_, str>]) -> bool {
    let third = rest
        .first()
        .is_some_and(|word| FINITE.contains(word) || is("finding", word));
    if third && rest.get(1).is_some_and(|word| is("verb-object", word)) {
        return true;
    }
    let mut phrase = rest
        .iter()
        .take(SUBJECT)
        .take_while(|word| !is("object-clause", word))
        .skip_while(|word| !FINITE.contains(word) && !is("past", word));
    phrase.next().is_some_and(|word| {
        is("past", word)
            || is("mostly-noun", first) && word.ends_with("ed") && FINITE.contains(word)
    }) || phrase.any(|word| is("past", word))
}

/// Whether a text has a verb that can carry a statement.
pub(super) fn has_finite_verb(text: &str) -> bool {
    words(text).enumerate().any(|(index, (_, word))| {
        let mut lower = lower(word);
        if !lower.is_ascii() && lower.contains('’') {
            lower = lower.replace('’', "'").into();
        }
        AUXILIARIES.contains(&lower)
            || index > 0
                && FINITE.contains(&lower)
                && !word.chars().next().is_some_and(char::is_uppercase)
    })
}

/// Whether a word, in lower case, has the form of a finite verb. So have some nouns ("changes") and participles ("reported").
pub(super) fn is_finite_verb(word: &str) -> bool {
    AUXILIARIES.contains(word) || FINITE.contains(word)
}

/// Whether a number stands by itself: not in a name (`HER2`), nor after a word it completes ("phase 3").
fn has_number(text: &str) -> bool {
    let mut previous = "";
    words(text).any(|(_, word)| {
        let before = std::mem::replace(&mut previous, word);
        word.starts_with(|c: char| c.is_ascii_digit()) && !is("numbered", &lower(before))
    })
}

/// Third person and past of a regular verb.
fn finite_forms(base: &'static str) -> [String; 2] {
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
