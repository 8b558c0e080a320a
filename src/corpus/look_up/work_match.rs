//! How an entry of a reference list agrees with the work that its DOI or PubMed id belongs to.
//!
//! Users of such checks suffer most from false accusations, so each part is unknown unless both sides say it plainly, and
//! agrees wherever the entry holds it anywhere in its text. What no rule may hold against an entry: a group or an editor as
//! author, a name in another script, a year of another version.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::fold::{run, spellings, words};
use super::title_match;
use crate::citation::Reference;
use crate::ontology::{WordClasses, WordSet, word_set};
use crate::source::{SourceId, Work};
use crate::text::suggest::nearest;

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("work-words"));
static ORGANISATIONS: LazyLock<WordSet> =
    LazyLock::new(|| word_set("reference-organisation-words"));
static PARTICLES: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-name-particles"));

/// Years by which online and printed publication differ.
const YEARS: u16 = 1;
/// Shortest name, in letters, that may be misspelt or glued to another.
const LONG_NAME: usize = 5;

/// An entry and the work that one of its names belongs to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WorkMatch {
    /// Document.
    pub document: usize,
    /// Index in [`Citations::references`](crate::citation::Citations::references).
    pub reference: usize,
    /// Key in [`Lock::answers`](crate::source::Lock::answers).
    pub id: SourceId,
    /// Whether the entry has the title of the work.
    pub title: Agreement,
    /// Whether both titles are in English, and so no translation of each other.
    pub are_english: bool,
    /// Whether the first author is the same.
    pub author: Agreement,
    /// Whether the year fits.
    pub year: Agreement,
    /// The first author as the entry prints it.
    pub printed_author: Option<String>,
    /// The work in words: `"Warm feet" by Okafor (2019)`.
    pub work: String,
    /// Years of the work in words: `2019`, `2019 and 2020`.
    pub years: String,
    /// Another work of the lock file, which has the title of the entry.
    pub better: Option<SourceId>,
}

/// How one part of an entry stands to the work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// It agrees.
    Same,
    /// It agrees in part.
    Similar,
    /// It does not agree.
    Different,
    /// One side does not say it, or not plainly.
    Unknown,
}

impl Agreement {
    /// As the graph writes it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Same => "same",
            Self::Similar => "similar",
            Self::Different => "different",
            Self::Unknown => "unknown",
        }
    }
}

/// Compares an entry with a work; `None` where nothing of it disagrees, or where the name is an address.
pub(super) fn compare(
    (document, index): (usize, usize),
    reference: &Reference,
    id: &SourceId,
    work: &Work,
) -> Option<WorkMatch> {
    if matches!(id, SourceId::Url(_) | SourceId::Registry(_)) {
        return None;
    }
    let title = title_match::compare(reference, work);
    let author = author(reference, work);
    let year = year(reference, id, work);
    let disagrees = [title, author, year].contains(&Agreement::Different);
    disagrees.then(|| WorkMatch {
        document,
        reference: index,
        id: id.clone(),
        title,
        are_english: title_match::are_english(reference, work),
        author,
        year,
        printed_author: reference.authors.first().cloned(),
        work: described(work),
        years: joined(&work.years),
        better: None,
    })
}

fn described(work: &Work) -> String {
    let by = match work.authors.as_slice() {
        [] => String::new(),
        [only] => format!(" by {only}"),
        [first, ..] => format!(" by {first} and others"),
    };
    let years = if work.years.is_empty() {
        String::new()
    } else {
        format!(" ({})", joined(&work.years))
    };
    format!("\"{}\"{by}{years}", work.title)
}

fn joined(years: &BTreeSet<u16>) -> String {
    let years: Vec<String> = years.iter().map(u16::to_string).collect();
    years.join(" and ")
}

fn author(reference: &Reference, work: &Work) -> Agreement {
    let (Some(first), Some(printed)) = (work.authors.first(), reference.authors.first()) else {
        return Agreement::Unknown;
    };
    let family = family(first);
    if family.is_empty() || !is_person(first) || !family.iter().all(|name| name.is_ascii()) {
        return Agreement::Unknown;
    }
    let entry = spellings(&reference.text);
    let glued = run(&reference.text);
    let stands = |name: &String| {
        entry.iter().any(|word| is_alike(word, name))
            || name.len() > LONG_NAME && glued.contains(name)
    };
    if family.iter().any(stands) {
        return Agreement::Same;
    }
    let own = self::family(printed);
    let is_sure = !own.is_empty()
        && is_person(printed)
        && has_initials_or_comma(printed, reference)
        && own.iter().all(|name| name.is_ascii())
        && !is_edited(reference);
    let all: BTreeSet<String> = work
        .authors
        .iter()
        .flat_map(|author| self::family(author))
        .collect();
    let is_among = own
        .iter()
        .any(|name| all.iter().any(|other| is_alike(name, other)));
    match (is_sure, is_among) {
        (true, false) => Agreement::Different,
        (true, true) => Agreement::Similar,
        (false, _) => Agreement::Unknown,
    }
}

/// The parts of a name that are no initial and no particle, in all spellings.
fn family(name: &str) -> BTreeSet<String> {
    let is_initials = |part: &str| {
        let letters = part.chars().filter(|c| c.is_alphabetic());
        part.ends_with('.')
            || letters.clone().count() < 2
            || letters.clone().count() <= 3 && letters.clone().all(char::is_uppercase)
    };
    name.split([' ', ',', '\u{a0}'])
        .filter(|part| !is_initials(part) && !PARTICLES.contains(part.to_lowercase().as_str()))
        .flat_map(spellings)
        .filter(|part| part.len() >= 2)
        .collect()
}

/// Whether two folded names can be one: equal, one within the other, or a letter in three wrong.
fn is_alike(a: &str, b: &str) -> bool {
    let are_long = a.len() >= LONG_NAME && b.len() >= LONG_NAME;
    a == b || are_long && (a.contains(b) || b.contains(a) || nearest(a, [b]).is_some())
}

/// Whether a name is one of a person: few words, none that names an organisation.
fn is_person(name: &str) -> bool {
    let parts = words(name);
    parts.len() <= 5
        && !parts
            .iter()
            .any(|part| ORGANISATIONS.contains(part.as_str()) || WORDS.has("group", part))
}

/// Whether a name is printed as bibliographies print people: `Okafor A`, `Okafor, Ada`, `A. Okafor`.
fn has_initials_or_comma(name: &str, reference: &Reference) -> bool {
    let parts: Vec<&str> = name.split_whitespace().collect();
    let is_initial = |part: &&str| {
        let letters: Vec<char> = part.chars().filter(|c| c.is_alphabetic()).collect();
        (1..=3).contains(&letters.len()) && letters.iter().all(|c| c.is_uppercase())
    };
    parts.len() >= 2 && parts.iter().any(is_initial)
        || name.contains(", ")
        || parts.len() >= 2 && reference.authors.len() >= 2
}

/// Whether the byline names editors: the registry may give the authors of a part.
fn is_edited(reference: &Reference) -> bool {
    let byline = reference.byline.as_deref().unwrap_or_default();
    words(byline).iter().any(|word| WORDS.has("editor", word))
        || words(&reference.text)
            .iter()
            .any(|word| WORDS.has("editor", word))
}

/// Whether a year of the entry fits one of the work. A preprint is often cited by the year of its journal version, and a book
/// by that of its edition.
fn year(reference: &Reference, id: &SourceId, work: &Work) -> Agreement {
    let printed = reference
        .year
        .as_deref()
        .and_then(|year| year.parse::<u16>().ok());
    let (Some(printed), Some(first)) = (printed, work.years.first()) else {
        return Agreement::Unknown;
    };
    let fits = |year: u16| work.years.iter().any(|other| other.abs_diff(year) <= YEARS);
    let is_preprint = match id {
        SourceId::Arxiv(_) => true,
        SourceId::Doi(doi) => WORDS
            .of("preprint-prefix")
            .iter()
            .any(|prefix| doi.starts_with(prefix)),
        SourceId::Pmid(_)
        | SourceId::Pmcid(_)
        | SourceId::Isbn(_)
        | SourceId::Registry(_)
        | SourceId::Url(_) => false,
    };
    if fits(printed) || years(&reference.text).any(fits) {
        Agreement::Same
    } else if matches!(id, SourceId::Isbn(_)) || is_preprint && printed > *first {
        Agreement::Unknown
    } else {
        Agreement::Different
    }
}

/// Every number of a text that may be a year, those of addresses and identifiers left out.
fn years(text: &str) -> impl Iterator<Item = u16> {
    let plain = text
        .split_whitespace()
        .filter(|word| !word.contains("://") && !word.contains("10."));
    plain
        .flat_map(|word| word.split(|c: char| !c.is_ascii_digit()))
        .filter(|digits| digits.len() == 4)
        .filter_map(|digits| digits.parse().ok())
}
