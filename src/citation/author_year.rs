//! Marks of author and year: `(Okafor et al., 2020; Lind & Marsh 2019a)`, `Okafor et al. (2020)`.
//!
//! A name and a year alone may be anything ("Lisbon, 2020"): "et al." or a pair of names makes a mark, and where a document
//! has several of those, or its list the entry, a single name does too. Where the list is cited by other marks, names and years
//! are prose ([`super::author`]).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::name::{fold, is_capitalised, is_initials, is_particle, words};
use super::{Pointer, Reference, Style, mark};
use crate::markdown::{Document, Place};
use crate::ontology::lexicon;

/// So many marks that "et al." or a pair makes certain show that the document cites by author and year.
const CERTAIN_MARKS: usize = 3;
/// Longest text between brackets that is searched, in bytes.
const LONGEST: usize = 2_000;
/// Words before a year that may be names.
const NAME_WORDS: usize = 12;
/// Entries of one author and year that one mark may mean.
const MEANT: usize = 8;

/// Block and cell of a text.
type Slot = (usize, Option<(usize, usize)>);

/// One work that a mark names.
struct Named {
    family: String,
    label: String,
    year: String,
    certain: bool,
}

/// A possible mark of one text.
struct Found {
    range: Range<usize>,
    works: Vec<Named>,
}

/// Adds the marks of author and year to those of other styles; all in document order afterwards.
pub(super) fn add(
    document: &Document,
    reference_blocks: &[usize],
    references: &[Reference],
    pointers: &mut Vec<Pointer>,
) {
    let skipped: BTreeSet<usize> = reference_blocks.iter().copied().collect();
    let mut found: Vec<(Slot, Found)> = Vec::new();
    for (block, cell, text) in document.texts() {
        if !skipped.contains(&block) && mark::is_prose(document, block) {
            let marks = marks(&text.plain);
            found.extend(marks.into_iter().map(|mark| ((block, cell), mark)));
        }
    }
    if found.is_empty() {
        return;
    }
    let certain = found
        .iter()
        .filter(|(_, mark)| mark.works.iter().any(|work| work.certain))
        .count();
    let by_other_marks = pointers
        .iter()
        .filter(|pointer| pointer.targets.iter().any(Option::is_some))
        .count();
    if by_other_marks > found.len() {
        return;
    }
    let index = Index::of(references);
    for ((block, cell), mark) in found {
        let mut labels = Vec::new();
        let mut targets = Vec::new();
        for work in mark.works {
            let meant = index.meant(&work);
            if meant.is_empty() && (work.certain || certain >= CERTAIN_MARKS) {
                labels.push(work.label);
                targets.push(None);
            } else {
                for entry in meant {
                    labels.push(work.label.clone());
                    targets.push(Some(entry));
                }
            }
        }
        if labels.is_empty() {
            continue;
        }
        let place = Place {
            block,
            cell,
            range: mark.range,
        };
        pointers.push(Pointer {
            style: Style::AuthorYear,
            span: document.span(&place),
            place,
            labels,
            targets,
        });
    }
    pointers.sort_by_key(|pointer| {
        let place = &pointer.place;
        (place.block, place.cell, place.range.start, place.range.end)
    });
}

/// Entries by the folded words of their authors.
struct Index<'r> {
    references: &'r [Reference],
    by_author: BTreeMap<String, Vec<usize>>,
}

impl<'r> Index<'r> {
    fn of(references: &'r [Reference]) -> Self {
        let mut by_author: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, entry) in references.iter().enumerate() {
            let first = entry.authors.first().map_or_else(
                || entry.text.split(['.', '(']).next().unwrap_or_default(),
                String::as_str,
            );
            for word in words(first) {
                by_author.entry(word).or_default().push(at);
            }
        }
        Self {
            references,
            by_author,
        }
    }

    /// The entries with that first author and year; with its letter where entries print one.
    fn meant(&self, work: &Named) -> Vec<usize> {
        let digits = work.year.get(..4).unwrap_or_default();
        let candidates = self.by_author.get(&work.family);
        let of_year: Vec<usize> = candidates
            .into_iter()
            .flatten()
            .copied()
            .filter(|at| {
                self.references
                    .get(*at)
                    .is_some_and(|entry| entry.year.as_deref() == Some(digits))
            })
            .take(MEANT)
            .collect();
        let lettered: Vec<usize> = of_year
            .iter()
            .copied()
            .filter(|at| {
                work.year.len() > 4
                    && self
                        .references
                        .get(*at)
                        .is_some_and(|entry| entry.text.contains(&work.year))
            })
            .collect();
        if lettered.is_empty() {
            of_year
        } else {
            lettered
        }
    }
}

/// The possible marks of a text.
fn marks(plain: &str) -> Vec<Found> {
    let mut found = Vec::new();
    for (open, _) in plain.match_indices(['(', '[']) {
        let Some(inside) = plain.get(open + 1..) else {
            continue;
        };
        let Some(length) = closing(inside) else {
            continue;
        };
        let inside = inside.get(..length).unwrap_or_default();
        if !inside.bytes().any(|byte| byte.is_ascii_digit()) {
            continue;
        }
        let range = open..open + length + 2;
        let before = plain.get(..open).unwrap_or_default();
        let Some(mark) = in_prose(before, inside, &range).or_else(|| in_brackets(inside, range))
        else {
            continue;
        };
        found.push(mark);
    }
    found
}

/// Bytes up to the bracket that closes; brackets with a number inside (`2013[43]`) may stand between.
fn closing(inside: &str) -> Option<usize> {
    let mut nested = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if at > LONGEST => return None,
            '[' if !nested => nested = true,
            ']' if nested => nested = false,
            ')' | ']' => return Some(at),
            '(' | '[' => return None,
            _ => {}
        }
    }
    None
}

/// "(Okafor et al., 2020; see Lind 2019)": every part that ends in years names works.
fn in_brackets(inside: &str, range: Range<usize>) -> Option<Found> {
    let works: Vec<Named> = inside.split(';').flat_map(works).collect();
    (!works.is_empty()).then_some(Found { range, works })
}

/// "Okafor et al. (2020)": only years between the brackets, and names before them.
fn in_prose(before: &str, inside: &str, range: &Range<usize>) -> Option<Found> {
    let years = years(inside);
    let (first, _) = years.first()?;
    let only_years = *first == 0
        && inside.split([',', ';']).all(|part| {
            self::years(part.trim())
                .first()
                .is_some_and(|(at, year)| *at == 0 && year.len() == part.trim().len())
        });
    if !only_years || !before.ends_with(char::is_whitespace) {
        return None;
    }
    let names = names(before)?;
    let works = years
        .into_iter()
        .map(|(_, year)| names.work(year))
        .collect();
    Some(Found {
        range: names.start..range.end,
        works,
    })
}

/// The works one part names: names, then a year or several.
fn works(part: &str) -> Vec<Named> {
    let years = years(part);
    let Some((first, _)) = years.first() else {
        return Vec::new();
    };
    let before = part.get(..*first).unwrap_or_default();
    let names = names(before.trim_end_matches([' ', ',', '\u{a0}', '(']));
    names.map_or_else(Vec::new, |names| {
        years
            .into_iter()
            .map(|(_, year)| names.work(year))
            .collect()
    })
}

/// Years with where they start, their letters included; only such as stand alone.
fn years(part: &str) -> Vec<(usize, &str)> {
    let bytes = part.as_bytes();
    let mut found = Vec::new();
    for (at, _) in part.match_indices(['1', '2']) {
        let digits = bytes.get(at..at + 4).unwrap_or_default();
        let century = matches!(digits.get(..2), Some(b"18" | b"19" | b"20"));
        let stands_free = at
            .checked_sub(1)
            .and_then(|before| bytes.get(before))
            .is_none_or(|byte| {
                !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/' | b'=')
            });
        if !century || !stands_free || !digits.iter().all(u8::is_ascii_digit) {
            continue;
        }
        let letter = usize::from(bytes.get(at + 4).is_some_and(u8::is_ascii_lowercase));
        let closes = bytes
            .get(at + 4 + letter)
            .is_none_or(|byte| !byte.is_ascii_alphanumeric() && !matches!(byte, b'-' | b'/'));
        if closes && let Some(year) = part.get(at..at + 4 + letter) {
            found.push((at, year));
        }
    }
    found
}

/// Names that end a text.
struct Names {
    start: usize,
    printed: String,
    family: String,
    certain: bool,
}

impl Names {
    fn work(&self, year: &str) -> Named {
        Named {
            family: self.family.clone(),
            label: format!("{} {year}", self.printed),
            year: year.to_owned(),
            certain: self.certain,
        }
    }
}

/// The names at the end of a text: `see Okafor`, `Lind and Marsh`, `van der Berg et al.,`.
fn names(before: &str) -> Option<Names> {
    let text = before.trim_end_matches(|c: char| c.is_whitespace() || c == ',');
    let mut start = text.len();
    let mut parts: Vec<&str> = Vec::new();
    let mut rest = text;
    while parts.len() < NAME_WORDS {
        let from = rest
            .char_indices()
            .rev()
            .find(|(_, c)| c.is_whitespace() || matches!(c, '(' | '[' | ';'))
            .map_or(0, |(at, c)| at + c.len_utf8());
        let word = rest.get(from..).unwrap_or_default();
        if !is_part(word, parts.last().copied()) {
            break;
        }
        parts.push(word);
        start = from;
        rest = rest.get(..from)?;
        if !rest.ends_with(char::is_whitespace) {
            break;
        }
        rest = rest.trim_end();
    }
    parts.reverse();
    let skipped = parts
        .iter()
        .take_while(|word| joins(word) || is_initials(bare(word)) || is_opening(word))
        .count();
    let others = parts
        .iter()
        .any(|word| bare(word).trim_end_matches('.') == "al");
    let given: Vec<&&str> = parts.iter().skip(skipped).collect();
    let family = given
        .iter()
        .find(|word| is_family(bare(word)))
        .map(|word| fold(bare(word)))?;
    let people = given.iter().filter(|word| is_family(bare(word))).count();
    let pair = people >= 2 && given.iter().any(|word| joins(word));
    let first = given.first()?;
    let offset = text.get(start..)?.find(**first)?;
    let printed: Vec<&str> = given.iter().map(|word| **word).collect();
    let single = people == 1 && given.len() <= 3;
    (others || pair || single).then(|| Names {
        start: start + offset,
        printed: printed.join(" "),
        family,
        certain: others || pair,
    })
}

/// Whether a capitalised word opens the sentence and is no name: "As Okafor et al.".
fn is_opening(word: &str) -> bool {
    let lower = word.to_lowercase();
    ["reference-function-words", "sentence-starters"]
        .iter()
        .any(|list| lexicon(list).any(|known| known == lower))
}

fn bare(word: &str) -> &str {
    word.trim_end_matches([',', ':'])
}

fn joins(word: &str) -> bool {
    matches!(word, "and" | "&" | "und" | "y" | "et")
}

/// Whether a word belongs to names, given the word behind it.
fn is_part(word: &str, behind: Option<&str>) -> bool {
    let name = bare(word);
    if name.trim_end_matches('.') == "al" {
        return behind.is_none();
    }
    let comma = word.len() > name.len();
    if joins(word) || is_particle(name) && name.starts_with(char::is_lowercase) {
        return behind.is_some();
    }
    // "Lisbon, Portugal" is no name; "Okafor, Lind, and Marsh" and "Okafor, et al." are.
    let listed = !comma
        || behind
            .is_none_or(|behind| joins(behind) || is_family(bare(behind)) || is_initials(behind));
    listed && (is_family(name) || is_initials(name))
}

fn is_family(word: &str) -> bool {
    is_capitalised(word)
        && word.chars().any(char::is_lowercase)
        && !lexicon("reference-months").any(|month| month.eq_ignore_ascii_case(word))
        && !lexicon("reference-organisation-words").any(|known| known.eq_ignore_ascii_case(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(plain: &str, expected: &[&str]) {
        let shown: Vec<String> = marks(plain)
            .into_iter()
            .map(|mark| {
                let labels: Vec<String> = mark
                    .works
                    .iter()
                    .map(|work| format!("{}{}", work.label, if work.certain { "" } else { "?" }))
                    .collect();
                format!(
                    "{} => {}",
                    plain.get(mark.range).unwrap_or_default(),
                    labels.join(" | ")
                )
            })
            .collect();
        assert_eq!(shown, expected, "{plain}");
    }

    #[test]
    fn marks_in_brackets_name_one_work_or_many() {
        check(
            "Feet warm up (Okafor et al., 2020; Lind and Marsh 2019a).",
            &[
                "(Okafor et al., 2020; Lind and Marsh 2019a) => Okafor et al. 2020 | Lind and Marsh 2019a",
            ],
        );
        check(
            "warm (see Okafor et al. 2020, 2021b; van der Berg & Lind, 1999)",
            &[
                "(see Okafor et al. 2020, 2021b; van der Berg & Lind, 1999) => Okafor et al. 2020 | Okafor et al. 2021b | van der Berg & Lind 1999",
            ],
        );
        check("cold [Okafor, 2020]", &["[Okafor, 2020] => Okafor 2020?"]);
        check(
            "(e.g. in toes; Okafor et al.2013[4])",
            &["(e.g. in toes; Okafor et al.2013[4]) => Okafor et al. 2013"],
        );
    }

    #[test]
    fn marks_in_prose_take_the_names_before_them() {
        check(
            "As Okafor et al. (2020) say",
            &["Okafor et al. (2020) => Okafor et al. 2020"],
        );
        check(
            "Later Lind and Marsh (2019, 2020) said",
            &["Lind and Marsh (2019, 2020) => Lind and Marsh 2019 | Lind and Marsh 2020"],
        );
    }

    #[test]
    fn dates_counts_and_codes_are_no_marks() {
        for plain in [
            "(March 2020)",
            "(n = 2020)",
            "(2020)",
            "in warm rooms (2020) it",
            "(from 2019 to 2020)",
            "(1999-2004)",
            "(the rules of 2020)",
            "x[2020]",
            "(ISO 2015)",
        ] {
            check(plain, &[]);
        }
    }
}
