//! Names of people in running prose, with the words that make them names of sources.

use std::sync::LazyLock;

use regex::Regex;

use super::context::is;
use super::name::{fold, is_capitalised, is_initials, is_particle};
use crate::ontology::{WordSet, word_set};

/// What may make a name of the words around it.
static TRIGGER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"(?P<others> et al\b\.?| and (?:colleagues|co-?workers|collaborators|associates)\b)",
        r"|(?P<year> ?[\[(](?:1[89]|20)[0-9]{2}[a-z]?[\])]|, (?:1[89]|20)[0-9]{2}[a-z]?[;)])",
        r"|\b(?P<by>(?:[Ss]tudy|[Ss]tudies|[Tt]rial|work|paper|report|analysis) (?:by|from) )"
    ))
    .ok()
});
static MONTHS: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-months"));
static ORGANISATIONS: LazyLock<WordSet> =
    LazyLock::new(|| word_set("reference-organisation-words"));

/// A name in a text.
pub(super) struct Found {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) author: String,
    pub(super) year: Option<String>,
    /// Whether it stands without an entry to confirm it.
    pub(super) certain: bool,
}

/// Names in a text, without overlap.
pub(super) fn names(plain: &str) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let Some(trigger) = TRIGGER.as_ref() else {
        return found;
    };
    for groups in trigger.captures_iter(plain) {
        let candidate = if let Some(others) = groups.name("others") {
            with_others(plain, others.start(), others.end())
        } else if let Some(year) = groups.name("year") {
            with_year(plain, year.start(), year.end())
        } else if let Some(by) = groups.name("by") {
            after_by(plain, by.start(), by.end())
        } else {
            None
        };
        let Some(candidate) = candidate else { continue };
        match found.last_mut() {
            Some(last) if last.end > candidate.start => {
                let better =
                    candidate.end > last.end && fold(&last.author) == fold(&candidate.author);
                if better || !last.certain {
                    let start = last.start.min(candidate.start);
                    *last = Found { start, ..candidate };
                }
            }
            Some(_) | None => found.push(candidate),
        }
    }
    found
}

/// "Zimmermann et al. (2019)".
fn with_others(plain: &str, at: usize, end: usize) -> Option<Found> {
    let (start, author) = family_before(plain, at)?;
    let after = plain.get(end..)?;
    let year = year_after(after);
    let end = end + year.as_ref().map_or(0, |(_, width)| *width);
    Some(Found {
        start: introduced(plain, start),
        end,
        author,
        year: year.map(|(year, _)| year),
        certain: true,
    })
}

/// "Smith & Jones (2020)", "(Smith, 2020)".
fn with_year(plain: &str, at: usize, end: usize) -> Option<Found> {
    let (start, second) = family_before(plain, at)?;
    let year: String = plain
        .get(at..end)?
        .chars()
        .filter(char::is_ascii_digit)
        .collect();
    let head = plain.get(..start)?.trim_end();
    let pair = head
        .strip_suffix('&')
        .or_else(|| head.strip_suffix(" and"))
        .map(str::trim_end)
        .and_then(|before| family_before(plain, before.len()));
    let in_brackets = plain.get(at..end)?.starts_with(',');
    let (start, author, paired) = match pair {
        Some((start, first)) => (start, first, true),
        None => (start, second, false),
    };
    let opens = plain.get(..start)?.ends_with(['(', ';']) || plain.get(..start)?.ends_with("; ");
    if in_brackets && !opens {
        return None;
    }
    let before = plain.get(..start)?.trim_end();
    let word = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let inside_name = word.chars().next().is_some_and(char::is_uppercase) && !ends_sentence(before);
    let next = plain
        .get(end..)?
        .split_whitespace()
        .next()
        .unwrap_or_default()
        .trim_end_matches([',', ';']);
    let reports = is("reporting", next);
    let introduced_by = word == "by" || before.ends_with("ccording to");
    if inside_name && !paired {
        return None;
    }
    let width = if in_brackets { end - 1 } else { end };
    Some(Found {
        start: introduced(plain, start),
        end: width,
        author,
        year: Some(year),
        certain: paired || reports || introduced_by && !in_brackets,
    })
}

/// "study by Zimmermann".
fn after_by(plain: &str, start: usize, at: usize) -> Option<Found> {
    let rest = plain.get(at..)?;
    let mut end = at;
    let mut author = None;
    let mut count = 0;
    for word in rest.split(' ').take(5) {
        let bare = word.trim_end_matches([',', '.', ';', ':', ')']);
        let closes = bare.len() < word.len() && !is_initials(word);
        let shouted = bare.len() > 1
            && bare
                .chars()
                .filter(|c| c.is_alphabetic())
                .all(char::is_uppercase);
        if is_initials(word) && author.is_none() {
            end += word.len() + 1;
            continue;
        }
        if !(is_capitalised(bare) || is_particle(bare) && author.is_none())
            || shouted
            || ORGANISATIONS.contains(bare.to_lowercase().as_str())
        {
            let is_organisation = ORGANISATIONS.contains(bare.to_lowercase().as_str()) || shouted;
            if is_organisation {
                return None;
            }
            break;
        }
        end += bare.len();
        if is_capitalised(bare) {
            author = Some(bare.to_owned());
            count += 1;
        }
        if closes {
            break;
        }
        end += 1;
    }
    let author = author.filter(|author| count <= 2 && !is_month(author))?;
    let end = plain.get(..end).map_or(at, |head| head.trim_end().len());
    Some(Found {
        start,
        end,
        author,
        year: None,
        certain: plain
            .get(start..at)
            .is_some_and(|words| words.ends_with("by ")),
    })
}

/// The family name that ends at `at`, with its particles: where it starts, and the name.
fn family_before(plain: &str, at: usize) -> Option<(usize, String)> {
    let head = plain.get(..at)?.trim_end_matches([',', ' ']);
    let start = head
        .rfind(|c: char| c.is_whitespace() || matches!(c, '(' | '[' | ';' | ',' | '"' | '“'))
        .map_or(0, |before| {
            before
                + head
                    .get(before..)
                    .and_then(|tail| tail.chars().next())
                    .map_or(1, char::len_utf8)
        });
    let word = head.get(start..)?;
    let fits = is_capitalised(word)
        && word.chars().any(char::is_lowercase)
        && word.len() <= 40
        && !is_month(word)
        && !ORGANISATIONS.contains(word.to_lowercase().as_str());
    if !fits {
        return None;
    }
    let before = plain.get(..start)?;
    let particle = before
        .trim_end()
        .rsplit(|c: char| c.is_whitespace() || c == '(')
        .next()
        .filter(|particle| {
            particle.len() >= 2
                && particle.len() <= 6
                && is_particle(particle)
                && particle.starts_with(char::is_lowercase)
        });
    match particle {
        Some(particle) => {
            let start = before.trim_end().len() - particle.len();
            Some((start, plain.get(start..head.len())?.to_owned()))
        }
        None => Some((start, word.to_owned())),
    }
}

/// Takes "study by" before a name into its place.
fn introduced(plain: &str, start: usize) -> usize {
    static BEFORE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r"(?:[Ss]tudy|[Ss]tudies|[Tt]rial|[Ww]ork|[Pp]aper|[Rr]eport|[Aa]nalysis|[Rr]eview|[Aa]rticle) (?:by|from|of) $").ok()
    });
    let mut from = start.saturating_sub(24);
    while !plain.is_char_boundary(from) {
        from += 1;
    }
    plain
        .get(from..start)
        .and_then(|window| BEFORE.as_ref()?.find(window))
        .map_or(start, |found| from + found.start())
}

/// A year that follows: " (2019)", ", 2019". With the bytes it takes.
fn year_after(after: &str) -> Option<(String, usize)> {
    let rest = after.trim_start_matches(['.', ',', ' ', '(', '[']);
    let skipped = after.len() - rest.len();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let year = rest
        .get(..4)
        .filter(|_| digits == 4 && (1..=4).contains(&skipped))?;
    let letter = usize::from(rest.as_bytes().get(4).is_some_and(u8::is_ascii_lowercase));
    let closing = usize::from(
        rest.get(4 + letter..)
            .is_some_and(|rest| rest.starts_with([')', ']']))
            && after
                .get(..skipped)
                .is_some_and(|skipped| skipped.contains(['(', '['])),
    );
    (year.starts_with("19") || year.starts_with("20") || year.starts_with("18"))
        .then(|| (year.to_owned(), skipped + 4 + letter + closing))
}

fn ends_sentence(before: &str) -> bool {
    before.is_empty() || before.ends_with(['.', '?', '!', ':', ';', '(', '['])
}

fn is_month(word: &str) -> bool {
    MONTHS.contains(word.to_lowercase().as_str())
}
