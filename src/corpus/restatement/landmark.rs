//! What documents and blocks have beside their words: links, anchors, tests, studies, labels, acronyms, editions.
//!
//! It leaves out what a sentence makes of them.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::facet::is_year;
use super::item::sorted;
use super::lexis::{cues, folded};
use super::token::Token;
use super::words::Names;
use crate::claim::Statements;
use crate::corpus::{Basis, Extraction};
use crate::markdown::Place;
use crate::quantity::{Comparator, Role, small_number};

/// The exact p-values among a sentence's figures, sorted: `p < 0.05` says little.
pub(super) fn p_values(figures: &[usize], statements: &Statements) -> Vec<Decimal> {
    let values = figures
        .iter()
        .filter_map(|at| statements.figures.get(*at)?.quantity.as_ref())
        .filter(|quantity| quantity.role == Role::PValue)
        .filter(|quantity| quantity.comparator == Comparator::Equal)
        .filter_map(|quantity| Some(quantity.value?.normalize()));
    sorted(values.collect())
}

/// The name of an anchor in a document.
pub(super) fn anchor(document: usize, target: &str) -> String {
    format!("anchor {document} {}", target.trim_end_matches('.'))
}

/// Anchors that stand in the source of each block: `id="results"`.
pub(super) fn anchors(
    document: usize,
    extraction: &Extraction,
    names: &mut Names,
) -> BTreeMap<usize, Vec<u32>> {
    let mut found: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    for (at, block) in extraction.document.blocks.iter().enumerate() {
        let source = extraction.document.source.slice(block.span);
        for rest in source.split("id=\"").skip(1) {
            if let Some((id, _)) = rest.split_once('"') {
                found
                    .entry(at)
                    .or_default()
                    .push(names.id(&anchor(document, id)));
            }
        }
    }
    found
}

/// Where the running text of each block has test results, sorted.
pub(super) fn tests(extraction: &Extraction) -> BTreeMap<usize, Vec<Range<usize>>> {
    let mut tests: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    for result in &extraction.statements.test_results {
        if result.place.cell.is_none() {
            let own = tests.entry(result.place.block).or_default();
            own.push(result.place.range.clone());
        }
    }
    for own in tests.values_mut() {
        own.sort_by_key(|range| (range.start, range.end));
    }
    tests
}

/// Where the running text of each block names a study, and which of the merged ones it is.
pub(super) fn studies(
    extraction: &Extraction,
    merged: Option<&Vec<Option<(usize, Basis)>>>,
) -> BTreeMap<usize, Vec<(usize, usize)>> {
    let mut studies: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    let names = extraction.statements.studies.iter();
    for (name, merged) in names.zip(merged.into_iter().flatten()) {
        if let (None, Some((study, _))) = (name.place.cell, merged) {
            let own = studies.entry(name.place.block).or_default();
            own.push((name.place.range.start, *study));
        }
    }
    studies
}

/// What stands in the running text of each block: start, end and index, sorted.
pub(super) struct Standing(BTreeMap<usize, Vec<(usize, usize, usize)>>);

impl Standing {
    pub(super) fn of<'p>(places: impl Iterator<Item = &'p Place>) -> Self {
        let mut blocks: BTreeMap<usize, Vec<(usize, usize, usize)>> = BTreeMap::new();
        for (index, place) in places.enumerate() {
            if place.cell.is_none() {
                let found = (place.range.start, place.range.end, index);
                blocks.entry(place.block).or_default().push(found);
            }
        }
        for found in blocks.values_mut() {
            found.sort_unstable();
        }
        Self(blocks)
    }

    /// Indices of those wholly inside a stretch of a block, sorted.
    pub(super) fn within(&self, block: usize, range: &Range<usize>) -> Vec<usize> {
        let found = self.0.get(&block).map(Vec::as_slice).unwrap_or_default();
        let first = found.partition_point(|(start, _, _)| *start < range.start);
        let inside = found
            .iter()
            .skip(first)
            .take_while(|(start, _, _)| *start <= range.end)
            .filter(|(_, end, _)| *end <= range.end);
        sorted(inside.map(|(_, _, index)| *index).collect())
    }
}

/// "Group II", "Table 3", "arm B": the noun and what it is numbered by.
pub(super) fn labels(tokens: &[Token]) -> Vec<(String, String)> {
    let nouns = cues("label");
    let found = tokens.windows(2).filter_map(|pair| {
        let [noun, number] = pair else { return None };
        let lower = noun.text.to_lowercase();
        let lower = lower.strip_suffix('s').unwrap_or(&lower);
        let text = number.text.as_ref();
        let short = text.chars().count() <= 4;
        let is_number = text.starts_with(|c: char| c.is_ascii_digit());
        let is_letters = !text.is_empty()
            && (text.chars().all(|c| matches!(c, 'I' | 'V' | 'X'))
                || text.len() == 1 && text.chars().all(|c| c.is_ascii_uppercase()));
        let labelled = nouns.contains(lower)
            && short
            && number.is_word()
            && !is_year(text)
            && (is_number || is_letters);
        labelled.then(|| (lower.to_owned(), text.to_owned()))
    });
    sorted(found.collect())
}

/// Long forms with the acronym that stands for each, from what the documents equate; sorted. One that has two is left out.
pub(super) fn acronyms(extractions: &[Extraction], names: &mut Names) -> Vec<(Vec<u32>, u32)> {
    let mut found: BTreeMap<Vec<u32>, Option<u32>> = BTreeMap::new();
    let is_acronym = |name: &str| {
        name.len() <= 10
            && !name.contains(' ')
            && name.chars().filter(|c| c.is_uppercase()).count() >= 2
    };
    for synonym in extractions
        .iter()
        .flat_map(|extraction| &extraction.statements.synonyms)
    {
        let (long, short) = match (is_acronym(&synonym.name), is_acronym(&synonym.other)) {
            (false, true) => (&synonym.name, &synonym.other),
            (true, false) => (&synonym.other, &synonym.name),
            (true, true) | (false, false) => continue,
        };
        let stems: Vec<u32> = long
            .split(|c: char| !c.is_alphanumeric() && c != '-')
            .filter(|word| !word.is_empty())
            .map(|word| names.id(&folded(word)))
            .collect();
        let short = names.id(&folded(short));
        if stems.len() > 1 {
            found
                .entry(stems)
                .and_modify(|known| *known = known.filter(|known| *known == short))
                .or_insert(Some(short));
        }
    }
    let mut acronyms: Vec<(Vec<u32>, u32)> = found
        .into_iter()
        .filter_map(|(long, short)| Some((long, short?)))
        .collect();
    acronyms.sort_by(|a, b| (a.0.first(), b.0.len(), &a.0).cmp(&(b.0.first(), a.0.len(), &b.0)));
    acronyms
}

/// Which issue of a series a document is: what its path, title and first heading say of the time it tells of, each sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Edition {
    /// Years, halves and quarters: `2019`, `h1`.
    pub(super) years: Vec<String>,
    /// Versions: `1.8`.
    versions: Vec<String>,
    /// Ages: `2 year`.
    ages: Vec<String>,
    /// For a file of a numbered series, its name without the numbers, and these: `eip-` and `1234`.
    series: Option<(String, String)>,
}

impl Edition {
    pub(super) fn of(extraction: &Extraction) -> Self {
        let document = &extraction.document;
        let path = document.source.path();
        let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        // `rust-at-two-years/index.md` is called what its folder is.
        let name = match stem.to_lowercase().as_str() {
            "index" | "readme" => folder.rsplit('/').next().unwrap_or(folder),
            _ => stem,
        };
        let heading = document
            .blocks
            .iter()
            .find(|block| matches!(block.kind, crate::markdown::BlockKind::Heading { .. }))
            .map_or("", |block| block.text.plain.as_str());
        let title = document.title.as_deref().unwrap_or_default();
        let mut edition = Self::default();
        for text in [folder, name, title, heading] {
            edition.read(&text.to_lowercase());
        }
        Self {
            years: sorted(edition.years),
            versions: sorted(edition.versions),
            ages: sorted(edition.ages),
            series: series(name),
        }
    }

    fn read(&mut self, text: &str) {
        let mut before = "";
        for word in text.split(|c: char| !c.is_ascii_alphanumeric() && c != '.') {
            let word = word.trim_matches('.');
            let digits = word.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            let part = word
                .strip_prefix(['h', 'q'])
                .is_some_and(|rest| matches!(rest, "1" | "2" | "3" | "4"));
            if part || is_year(digits) {
                self.years.push(if part { word } else { digits }.to_owned());
            }
            // "1.2 Introduction" is a number of a chapter.
            if is_version(digits) && before.chars().any(char::is_alphabetic) {
                self.versions.push(digits.to_owned());
            }
            if matches!(
                word,
                "year" | "years" | "month" | "months" | "week" | "weeks"
            ) && let Some(number) = before
                .parse::<Decimal>()
                .ok()
                .or_else(|| small_number(before))
            {
                self.ages
                    .push(format!("{number} {}", word.trim_end_matches('s')));
            }
            if !word.is_empty() {
                before = word;
            }
        }
    }

    /// Whether two documents tell of different times: of one kind of time both name some, and not the same.
    pub(super) fn differs(&self, other: &Self) -> bool {
        let differ =
            |one: &[String], other: &[String]| !one.is_empty() && !other.is_empty() && one != other;
        differ(&self.years, &other.years)
            || differ(&self.versions, &other.versions)
            || differ(&self.ages, &other.ages)
            || self.series.as_ref().zip(other.series.as_ref()).is_some_and(
                |((name, number), (other_name, other_number))| {
                    name == other_name && number != other_number
                },
            )
    }
}

/// Fewest digits of a number that tells the members of a series apart; "part-1" and "part-2" are of one work.
const SERIES_DIGITS: usize = 2;

/// The name of a file without its numbers, and these, where they may be those of a series.
fn series(name: &str) -> Option<(String, String)> {
    let name = name.to_lowercase();
    let is_part = name
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "part" | "chapter" | "section" | "page" | "appendix"));
    let (digits, rest): (String, String) = name.chars().partition(char::is_ascii_digit);
    let named = rest.chars().any(char::is_alphabetic);
    (digits.len() >= SERIES_DIGITS && named && !is_part).then_some((rest, digits))
}

/// `1.8`, `2.0.1`.
fn is_version(digits: &str) -> bool {
    let mut parts = digits.split('.');
    let all = parts
        .clone()
        .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit()));
    all && parts.nth(1).is_some()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::extract;
    use crate::text::SourceText;

    fn differ(one: &str, other: &str) -> bool {
        let edition = |path: &str| Edition::of(&extract(SourceText::new(path, "Text.")));
        edition(one).differs(&edition(other))
    }

    #[test]
    fn documents_of_different_times_are_other_editions() {
        for (one, other) in [
            ("survey-2019.md", "survey-2020.md"),
            ("survey-2019-h1.md", "survey-2019-h2.md"),
            ("tide-1.8.md", "tide-1.9.md"),
            ("tide-at-one-year/index.md", "tide-at-two-years.md"),
            ("tip-12.md", "tip-140.md"),
            ("12-goals-2019h1.md", "40-goals-2020h2.md"),
        ] {
            assert!(differ(one, other), "{one} {other}");
        }
        for (one, other) in [
            ("survey-2019.md", "survey.md"),
            ("1.2-methods.md", "1.3-results.md"),
            ("tide-at-two-years.md", "tide-after-2-years.md"),
            ("part-1.md", "part-2.md"),
            ("chapter-11.md", "chapter-12.md"),
            ("tip-12.md", "note-13.md"),
        ] {
            assert!(!differ(one, other), "{one} {other}");
        }
    }
}
