//! Documents that are editions of one series: equal titles but for the period each tells of.
//!
//! It leaves out documents whose title or name has no year, and two documents of one period, which nobody can tell apart.

use std::collections::{BTreeMap, BTreeSet};

use super::super::facet::is_year;
use super::super::lexis::{FUNCTION_WORDS, stem};
use crate::corpus::Extraction;

/// Fewer words than this name no series.
const FEWEST_WORDS: usize = 2;
/// Titles with more words are compared whole.
const MOST_WORDS: usize = 10;

/// The part of a year that an edition tells of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Period {
    pub(super) year: u16,
    /// First month, from 0.
    pub(super) first: u8,
    /// Months.
    pub(super) months: u8,
}

impl Period {
    /// A whole year.
    pub(super) fn year(year: u16) -> Self {
        Self {
            year,
            first: 0,
            months: 12,
        }
    }

    /// A year and a part of it: `h1`, `Q3`.
    pub(super) fn part(year: u16, word: &str) -> Option<Self> {
        let lower = word.to_lowercase();
        let (kind, number) = (lower.get(..1)?, lower.get(1..)?.parse::<u8>().ok()?);
        let months = match kind {
            "h" if (1..=2).contains(&number) => 6,
            "q" if (1..=4).contains(&number) => 3,
            _ => return None,
        };
        Some(Self {
            year,
            first: (number - 1) * months,
            months,
        })
    }

    /// Whether all of another period lies in this one.
    pub(super) fn holds(self, other: Self) -> bool {
        self.year == other.year
            && self.first <= other.first
            && other.first + other.months <= self.first + self.months
    }

    /// The period that a text names: its first year with the part beside it.
    fn of(text: &str) -> Option<Self> {
        let words: Vec<&str> = words(text).collect();
        let at = words.iter().position(|word| year_of(word).is_some())?;
        let year = year_of(words.get(at)?)?;
        let part = |at: Option<usize>| {
            at.and_then(|at| words.get(at))
                .and_then(|word| Self::part(year, word))
        };
        Some(
            part(at.checked_add(1))
                .or_else(|| part(at.checked_sub(1)))
                .unwrap_or(Self::year(year)),
        )
    }
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
}

/// The year at the end of a word: `survey2017`, `2016`.
pub(super) fn year_of(word: &str) -> Option<u16> {
    let digits = word.trim_start_matches(|c: char| !c.is_ascii_digit());
    is_year(digits).then(|| digits.parse().ok()).flatten()
}

/// The editions of every series, by document.
#[derive(Debug, Default)]
pub(super) struct Series {
    /// For each document, the number of its series and its period.
    of: Vec<Option<(usize, Period)>>,
    /// For each series, its editions in time.
    editions: Vec<Vec<(Period, usize)>>,
}

impl Series {
    /// Linear in the documents.
    pub(super) fn of(extractions: &[Extraction]) -> Self {
        let mut named: BTreeMap<BTreeSet<String>, Vec<(Period, usize)>> = BTreeMap::new();
        for (document, extraction) in extractions.iter().enumerate() {
            if let Some((name, period)) = name(extraction) {
                named.entry(name).or_default().push((period, document));
            }
        }
        let mut series = Self {
            of: vec![None; extractions.len()],
            editions: Vec::new(),
        };
        for mut editions in merged(named) {
            editions.sort_unstable();
            let periods: Vec<Period> = editions.iter().map(|(period, _)| *period).collect();
            let is_one_of =
                |period: &Period| periods.iter().filter(|other| *other == period).count() == 1;
            editions.retain(|(period, _)| is_one_of(period));
            if editions.len() < 2 {
                continue;
            }
            for (period, document) in &editions {
                if let Some(place) = series.of.get_mut(*document) {
                    *place = Some((series.editions.len(), *period));
                }
            }
            series.editions.push(editions);
        }
        series
    }

    /// The period of a document that is an edition.
    pub(super) fn period(&self, document: usize) -> Option<Period> {
        self.of
            .get(document)
            .copied()
            .flatten()
            .map(|(_, period)| period)
    }

    /// The earlier editions of a document's series, in time.
    pub(super) fn earlier(&self, document: usize) -> Vec<(Period, usize)> {
        let Some((series, own)) = self.of.get(document).copied().flatten() else {
            return Vec::new();
        };
        let editions = self.editions.get(series).map(Vec::as_slice);
        editions
            .unwrap_or_default()
            .iter()
            .filter(|(period, _)| *period < own && !period.holds(own) && !own.holds(*period))
            .copied()
            .collect()
    }
}

/// What a series is called, and the period: by the title, else by the file's name.
fn name(extraction: &Extraction) -> Option<(BTreeSet<String>, Period)> {
    let path = extraction.document.source.path();
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    let file = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
    let title = extraction.document.title.as_deref().unwrap_or_default();
    let period = Period::of(title).or_else(|| Period::of(file))?;
    let plain = plain(title);
    if plain.len() >= FEWEST_WORDS {
        return Some((plain, period));
    }
    let mut name = self::plain(file);
    (!name.is_empty()).then(|| {
        name.insert(format!("{folder}/"));
        (name, period)
    })
}

/// The words of a name that tell no period.
fn plain(text: &str) -> BTreeSet<String> {
    words(text)
        .map(|word| match year_of(word) {
            Some(_) => word.get(..word.len().saturating_sub(4)).unwrap_or_default(),
            None => word,
        })
        .filter(|word| Period::part(2000, word).is_none())
        .map(str::to_lowercase)
        .filter(|word| !word.is_empty() && !FUNCTION_WORDS.contains(word.as_str()))
        .map(|word| stem(&word))
        .collect()
}

/// Joins the names of which one has a word more than the other: "User Survey" and "Developer User Survey".
fn merged(
    mut named: BTreeMap<BTreeSet<String>, Vec<(Period, usize)>>,
) -> impl Iterator<Item = Vec<(Period, usize)>> {
    let mut longest: Vec<BTreeSet<String>> = named.keys().cloned().collect();
    longest.sort_by_key(|name| std::cmp::Reverse(name.len()));
    for name in longest.iter().filter(|name| name.len() <= MOST_WORDS) {
        let shorter = name.iter().map(|word| {
            let mut rest = name.clone();
            rest.remove(word);
            rest
        });
        let mut known =
            shorter.filter(|rest| rest.len() >= FEWEST_WORDS && named.contains_key(rest));
        if let (Some(rest), None) = (known.next(), known.next()) {
            let editions = named.remove(name).unwrap_or_default();
            named.entry(rest).or_default().extend(editions);
        }
    }
    named.into_values()
}
