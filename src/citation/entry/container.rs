//! The journal, proceedings or book that holds a work.

use std::sync::LazyLock;

use regex::Regex;

use super::sentence;
use crate::citation::context::{self, words};
use crate::ontology::{WordSet, lexicon, word_set};

static CONTAINER_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-container-words"));
static PUBLISHER_WORDS: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-publisher-words"));

static MONTHS: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-months"));

/// Where volume, pages, edition, month or year begin.
static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let months: Vec<&str> = lexicon("reference-months").collect();
    Regex::new(&format!(
        concat!(
            r"[\s,.;:]+(?:",
            r"\(?(?:1[5-9]|20)[0-9]{{2}}[a-z]?(?:[),.;:]|\s*$|\s[0-9(;])",
            r"|(?i:vols?|volumes?|nos?|n°|nº|nr|pp?|pages?|bd|tome|chap|chapter|suppl|v|t)[.,]?\s*[0-9(]",
            r"|(?i:issue|series)\s+[0-9]",
            r"|(?i:pp)\b|(?i:vol)\.",
            r"|[0-9]+[A-Z]?(?:[-–/][0-9]+)?(?:\s*[,:;.()\[–-]|\s*$|\s+(?:[0-9(]|pp|n°|no))",
            r"|e[0-9]{{3,}}|[0-9]{{1,2}}\s+(?i:{0})\b|\(?[A-Z][a-z]+\s[Ee]dition\b",
            r"|\(?\b(?i:{0})\b[.,/-]?[A-Za-z]*\s?(?:[0-9]|\))",
            r"|(?i:[0-9](?:st|nd|rd|th)\s+edn?\b|rev\. ed|\(?eds?\.\)?|edited by|translated|\(eds?)",
            r"|\((?:[0-9]|pp?\.|[Vv]ol|[Ee]d|[Hh]rsg|[Ss]uppl|[^()]*: |[^()]*\bPress\b)",
            r")|[,.;]\s+(?:(?i:trans\.)|[IVXLC]+\s*[(,])|\((?:[0-9]{{1,4}}|[Ss]uppl[^()]*)\)"
        ),
        months.join("|")
    ))
    .ok()
});

static IMPRINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"[,.;]\s+(?i:trans\.\s|translated by|[0-9]+\s+vols?\b)|\s\([A-Z][^():]{2,40}: [A-Z]",
    )
    .ok()
});

static ROLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"[\s,]*\(?\b(?i:eds?\.|eds|editors?|hrsg\.?|dir\.|coord\.)\)?[,.:]*\s+").ok()
});

/// The byte at or after `from` where the numbers after a container begin.
pub(super) fn tail_start(text: &str, from: usize) -> Option<usize> {
    TAIL.as_ref()?
        .find_at(text, from)
        .map(|found| found.start())
}

/// How many runs of digits a text has.
pub(super) fn numbers_in(text: &str) -> usize {
    let mut inside = false;
    text.bytes()
        .filter(|byte| {
            let starts = byte.is_ascii_digit() && !inside;
            inside = byte.is_ascii_digit();
            starts
        })
        .count()
}

/// Whether a word of journals, proceedings or series stands in a text.
pub(super) fn has_word(text: &str) -> bool {
    any_word(text, &CONTAINER_WORDS)
}

/// Whether a publisher stands in a text.
pub(super) fn is_publisher(text: &str) -> bool {
    any_word(text, &PUBLISHER_WORDS)
}

/// "Place: Publisher".
pub(super) fn is_place(text: &str) -> bool {
    let Some((place, publisher)) = text.split_once(": ") else {
        return false;
    };
    let words = place.split_whitespace().count();
    words <= 4
        && place.starts_with(char::is_uppercase)
        && !has_word(place)
        && publisher.starts_with(char::is_uppercase)
        && publisher.split_whitespace().count() <= 6
}

/// A title without translator, number of volumes and imprint: ", trans. Name", ", 2 vols.", "(London: Routledge".
pub(super) fn without_imprint(title: &str) -> &str {
    IMPRINT
        .as_ref()
        .and_then(|imprint| imprint.find(title))
        .filter(|found| found.start() > 3)
        .and_then(|found| title.get(..found.start()))
        .map_or(title, str::trim_end)
}

/// A title without "(2nd ed.)".
pub(super) fn without_edition(title: &str) -> &str {
    let Some(open) = title.rfind('(') else {
        return title;
    };
    let inside = title.get(open..).unwrap_or_default().to_lowercase();
    let edition = inside.ends_with(')')
        && [" ed", " éd", "vol.", "pp.", "dissertation", "thesis"]
            .iter()
            .any(|word| inside.contains(word));
    if edition {
        title.get(..open).unwrap_or_default().trim_end()
    } else {
        title
    }
}

/// The container that starts at or after `from`, and the byte from which its numbers are to be read.
/// `announced`: a quoted title or "In" stands before it.
pub(super) fn find(text: &str, from: usize, announced: bool) -> (Option<&str>, usize) {
    let start = skip(text, from);
    let rest = text.get(start..).unwrap_or_default();
    let (inner, is_in) = strip_in(rest);
    let inner = if is_in { without_editors(inner) } else { inner };
    let at = text.len() - inner.len();
    let tail = tail_start(text, at.saturating_sub(usize::from(at > start)))
        .filter(|tail| *tail >= at)
        .unwrap_or(text.len());
    let whole = text.get(at..tail).unwrap_or_default();
    let numbers = text.get(at + whole.len()..).unwrap_or_default();
    let stop = sentence::end(whole, 0)
        .filter(|_| !(is_abbreviated(whole) && numbers_in(numbers) >= 2))
        .unwrap_or(whole.len());
    let name = sentence::trim(whole.get(..stop).unwrap_or_default());
    let end = at + stop;
    let accepted = !name.is_empty()
        && name.starts_with(|c: char| c.is_alphanumeric())
        && !is_number_or_month(name)
        && !is_contribution(name)
        && !is_thesis(name)
        && (is_in || is_container(name, numbers, announced));
    let name = if accepted {
        before_publisher(name, is_in)
    } else {
        name
    };
    (accepted.then_some(name), end)
}

fn is_container(name: &str, numbers: &str, announced: bool) -> bool {
    let known = has_word(name);
    if is_place(name) && !known {
        return false;
    }
    let publisher = is_publisher(name) && !known && !announced;
    let words = name.split_whitespace().count();
    let volume = numbers_in(numbers) >= 2 || numbers_in(numbers) == 1 && !year_alone(numbers);
    words <= 20
        && !publisher
        && name.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit())
        && (volume || known || announced)
        || volume && words <= 6 && !publisher
}

/// "Hum. Brain Mapp": capitalised words, some cut short.
fn is_abbreviated(name: &str) -> bool {
    let words: Vec<&str> = name.split_whitespace().collect();
    (2..=8).contains(&words.len())
        && !is_publisher(name)
        && words.iter().all(|word| {
            word.starts_with(char::is_uppercase) && (!word.ends_with('.') || word.len() <= 8)
                || matches!(*word, "of" | "the" | "and" | "&" | "in")
        })
}

fn year_alone(numbers: &str) -> bool {
    let digits: String = numbers.chars().filter(char::is_ascii_digit).collect();
    digits.len() == 4
        && (digits.starts_with("19") || digits.starts_with("20") || digits.starts_with("18"))
}

/// "In Proceedings, Springer" without what follows the comma, where it is a publisher or place.
fn before_publisher(name: &str, is_in: bool) -> &str {
    let name = before_venue(name);
    let cut = name.match_indices([',', '(']).find(|(at, _)| {
        let part = name.get(at + 1..).unwrap_or_default();
        is_publisher(part) && !has_word(part) || is_in && is_place(part.trim())
    });
    match cut {
        Some((at, _)) if at > 3 => sentence::trim(name.get(..at).unwrap_or_default()),
        Some(_) | None => name,
    }
}

/// A conference without the town it was held in.
fn before_venue(name: &str) -> &str {
    let meets = |part: &str| words("meeting").iter().any(|word| part.contains(word));
    name.match_indices(", ")
        .find(|(at, _)| {
            let after = name.get(at + 2..).unwrap_or_default();
            meets(name.get(..*at).unwrap_or_default())
                && !has_word(after)
                && !meets(after)
                && !after.contains(" and ")
                && !after.contains('&')
                && after.split(", ").all(|part| {
                    part.starts_with(char::is_uppercase) && part.split_whitespace().count() <= 3
                })
        })
        .map_or(name, |(at, _)| {
            sentence::trim(name.get(..at).unwrap_or_default())
        })
}

fn strip_in(rest: &str) -> (&str, bool) {
    rest.split_once(' ')
        .filter(|(first, _)| context::is("container-lead", first))
        .map_or((rest, false), |(_, inner)| {
            (inner.trim_start_matches([' ', '“', '"', '«', '‘']), true)
        })
}

/// Leading editors dropped: "A. Name & B. Name (Eds.), Title".
fn without_editors(text: &str) -> &str {
    let window = super::head(text, 300);
    let found = ROLE.as_ref().and_then(|role| role.find(window));
    match found {
        Some(found)
            if found.start() > 0 && !has_word(text.get(..found.start()).unwrap_or_default()) =>
        {
            let after = text.get(found.end()..).unwrap_or_default();
            let before = text.get(..found.start()).unwrap_or_default();
            let is_title = before
                .split_whitespace()
                .any(|word| word.len() > 3 && word.starts_with(char::is_lowercase));
            if is_title
                || !after.starts_with(|c: char| {
                    c.is_alphanumeric() || matches!(c, '“' | '"' | '‘' | '*')
                })
            {
                text
            } else {
                after
            }
        }
        Some(_) | None => text,
    }
}

/// "2007", "February 2012", "pp": what stands where a container could, and is none.
fn is_number_or_month(name: &str) -> bool {
    name.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .all(|word| {
            let lower = word.to_lowercase();
            matches!(lower.as_str(), "p" | "pp" | "vol" | "no") || MONTHS.contains(lower.as_str())
        })
}

/// "Trans. Anna Lind": who contributed what.
fn is_contribution(name: &str) -> bool {
    name.split_once(' ')
        .is_some_and(|(first, _)| context::is("contribution", first))
}

fn is_thesis(name: &str) -> bool {
    let lower = name.to_lowercase();
    words("thesis").iter().any(|word| lower.contains(word))
}

fn any_word(text: &str, words: &WordSet) -> bool {
    text.split(|c: char| !(c.is_alphanumeric() || c == '\''))
        .any(|word| {
            word.len() >= 3
                && word.starts_with(char::is_uppercase)
                && words.contains(word.to_lowercase().as_str())
        })
}

fn skip(text: &str, from: usize) -> usize {
    let rest = text.get(from..).unwrap_or_default();
    text.len()
        - rest
            .trim_start_matches([
                ' ', '.', ',', ';', ':', '”', '"', '»', '’', '\'', '?', '!', '-', '–', '—', ')',
            ])
            .len()
}
