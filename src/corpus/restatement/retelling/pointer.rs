//! Words that point at a period ("in 2016", "last year", "the previous survey"), and which values of a sentence each of them
//! dates.
//!
//! A value is of the period named right behind it, or in front of the bracket that holds it, or at the head of its clause.
//! What a period is compared with ("more than in 2016") stays the document's own.

use super::super::item::Item;
use super::super::token::{Token, TokenKind};
use super::CUES;
use super::series::{Period, Series, year_of};
use crate::claim::Figure;
use crate::quantity::Role;

/// So many words behind a value its period stands.
const BEHIND: usize = 8;
/// So many words behind a period that opens a clause its value stands.
const AHEAD: usize = 15;

/// What period a value is of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Origin {
    /// The document's own.
    Own,
    /// That of earlier editions, in time.
    Earlier(Vec<usize>),
    /// An earlier one by an arrow alone: `61% → 65%`.
    Implied(Vec<usize>),
    /// That of the sentence before, which may go on.
    Carried(Vec<usize>),
    /// One that no edition at hand tells of.
    Elsewhere,
}

/// A period named in a sentence: positions of its words, end exclusive.
struct Pointer {
    start: usize,
    end: usize,
    origin: Origin,
}

/// What a sentence is read with.
pub(super) struct Dating<'a> {
    pub(super) document: usize,
    pub(super) series: &'a Series,
    pub(super) figures: &'a [Figure],
    /// Earlier editions that the paragraph links to.
    pub(super) linked: &'a [usize],
    /// Earlier editions that the sentence before, in the same block, opened with.
    pub(super) before: Option<Vec<usize>>,
}

impl Dating<'_> {
    /// The period of each value of a sentence.
    pub(super) fn origins(&self, tokens: &[Token], items: &[Item]) -> Vec<Origin> {
        let pointers = self.pointers(tokens);
        let mut origins: Vec<Origin> = items
            .iter()
            .map(|item| {
                behind(tokens, item.token, &pointers)
                    .or_else(|| before(tokens, item.token, &pointers))
                    .map_or(Origin::Own, |pointer| pointer.origin.clone())
            })
            .collect();
        if let (true, Some(editions), Some(first)) =
            (pointers.is_empty(), &self.before, origins.first_mut())
        {
            *first = Origin::Carried(editions.clone());
        }
        for (at, pair) in items.windows(2).enumerate() {
            let [item, next] = pair else { continue };
            let between = tokens.get(item.token + 1..next.token).unwrap_or_default();
            if item.class != next.class || !is_arrow(between) {
                continue;
            }
            if let Some(origin) = origins.get_mut(at).filter(|origin| **origin == Origin::Own) {
                *origin = self.implied(&pointers);
            }
        }
        origins
    }

    /// The editions an arrow may start from: the last one, or the one that the sentence names.
    fn implied(&self, pointers: &[Pointer]) -> Origin {
        let mut editions: Vec<usize> = self.last().into_iter().collect();
        for pointer in pointers {
            if let Origin::Earlier(named) = &pointer.origin {
                editions.extend(named);
            }
        }
        editions.sort_unstable();
        editions.dedup();
        if editions.is_empty() {
            Origin::Elsewhere
        } else {
            Origin::Implied(editions)
        }
    }

    fn last(&self) -> Option<usize> {
        let earlier = self.series.earlier(self.document);
        earlier.last().map(|(_, document)| *document)
    }

    fn pointers(&self, tokens: &[Token]) -> Vec<Pointer> {
        let mut found = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            let pointer = self.year(tokens, at).or_else(|| self.phrase(tokens, at));
            at = pointer
                .as_ref()
                .map_or(at + 1, |pointer| pointer.end.max(at + 1));
            found.extend(pointer);
        }
        found
    }

    /// "2016", "mid-2023", "2023 H1".
    fn year(&self, tokens: &[Token], at: usize) -> Option<Pointer> {
        let token = tokens.get(at)?;
        let is_date = match token.kind {
            TokenKind::Figure(figure) => {
                let quantity = self.figures.get(figure)?.quantity.as_ref()?;
                quantity.role == Role::Date
            }
            TokenKind::Content | TokenKind::Function | TokenKind::Statistic => true,
            TokenKind::Stop | TokenKind::Sign => false,
        };
        let mut years = token
            .text
            .split(|c: char| !c.is_alphanumeric())
            .filter_map(year_of);
        let year = years.next().filter(|_| is_date)?;
        let beside = |at: Option<usize>| {
            let token = at.and_then(|at| tokens.get(at))?;
            Period::part(year, &token.text)
        };
        let part = beside(at.checked_add(1));
        let end = at + 1 + usize::from(part.is_some());
        let period = part
            .or_else(|| beside(at.checked_sub(1)))
            .unwrap_or(Period::year(year));
        let origin = if years.next().is_some() {
            Origin::Elsewhere
        } else {
            self.told(period)
        };
        Some(Pointer {
            start: at,
            end,
            origin,
        })
    }

    /// The editions of a period; the document's own where it lies in it.
    fn told(&self, period: Period) -> Origin {
        let Some(own) = self.series.period(self.document) else {
            return Origin::Elsewhere;
        };
        if period.holds(own) || own.holds(period) {
            return Origin::Own;
        }
        let editions: Vec<usize> = self
            .series
            .earlier(self.document)
            .into_iter()
            .filter(|(edition, _)| period.holds(*edition) || edition.holds(period))
            .map(|(_, document)| document)
            .collect();
        if editions.is_empty() {
            Origin::Elsewhere
        } else {
            Origin::Earlier(editions)
        }
    }

    /// "last year", "the previous survey", "today".
    fn phrase(&self, tokens: &[Token], at: usize) -> Option<Pointer> {
        let pointer = |length: usize, origin: Origin| {
            Some(Pointer {
                start: at,
                end: at + length,
                origin,
            })
        };
        // "The last year" is the twelve months before.
        let article = at.checked_sub(1).and_then(|at| tokens.get(at));
        let is_span = article.is_some_and(|token| CUES.has("span", &token.text.to_lowercase()));
        if let Some(length) = said(tokens, at, "last-year").filter(|_| !is_span) {
            let own = self.series.period(self.document)?;
            return pointer(length, self.told(Period::year(own.year - 1)));
        }
        if let Some(length) = said(tokens, at, "now") {
            return pointer(length, Origin::Own);
        }
        let length = said(tokens, at, "previous")?;
        let noun = tokens
            .iter()
            .enumerate()
            .skip(at + length)
            .take(3)
            .take_while(|(_, token)| token.is_word())
            .find(|(_, token)| {
                let word = token.text.to_lowercase();
                CUES.has("edition", &word) || CUES.has("editions", &word)
            });
        let (end, noun) = noun?;
        let many = CUES.has("editions", &noun.text.to_lowercase());
        let origin = match (self.linked, self.last()) {
            _ if many => Origin::Elsewhere,
            ([], Some(last)) => Origin::Earlier(vec![last]),
            ([], None) => Origin::Elsewhere,
            (linked, _) => Origin::Earlier(linked.to_vec()),
        };
        pointer(end + 1 - at, origin)
    }
}

/// Words of a phrase of a class that stands at a token.
fn said(tokens: &[Token], at: usize, class: &str) -> Option<usize> {
    CUES.of(class).iter().find_map(|phrase| {
        let words: Vec<&str> = phrase.split(' ').collect();
        let stand = words.iter().enumerate().all(|(place, word)| {
            tokens
                .get(at + place)
                .is_some_and(|token| token.text.to_lowercase() == *word)
        });
        stand.then_some(words.len())
    })
}

fn is_arrow(between: &[Token]) -> bool {
    let printed: String = between.iter().map(|token| token.text.as_ref()).collect();
    matches!(printed.as_str(), "→" | "->" | "⟶" | "⇒")
}

fn compares(token: &Token) -> bool {
    CUES.has("comparing", &token.text.to_lowercase())
}

/// The period right behind a value, with nothing between that compares.
fn behind<'p>(tokens: &[Token], at: usize, pointers: &'p [Pointer]) -> Option<&'p Pointer> {
    let pointer = pointers
        .iter()
        .find(|pointer| pointer.start > at && pointer.start <= at + BEHIND)?;
    let between = tokens.get(at + 1..pointer.start)?;
    let is_open = between.iter().any(|token| {
        matches!(token.kind, TokenKind::Figure(_) | TokenKind::Stop)
            || matches!(token.text.as_ref(), "," | "(" | "—" | "–")
            || compares(token)
    });
    (!is_open).then_some(pointer)
}

/// The period right before the bracket that holds a value, at the head of its clause, or before the colon of its list.
fn before<'p>(tokens: &[Token], at: usize, pointers: &'p [Pointer]) -> Option<&'p Pointer> {
    let pointer = pointers.iter().rev().find(|pointer| pointer.end <= at)?;
    let between = tokens.get(pointer.end..at)?;
    if between
        .first()
        .is_some_and(|token| token.text.as_ref() == ":")
    {
        return Some(pointer);
    }
    let mut signs = between
        .iter()
        .skip_while(|token| token.text.as_ref() == ",");
    let is_bracketed = signs.next().is_some_and(|token| token.text.as_ref() == "(")
        && between
            .iter()
            .filter(|token| token.text.as_ref() == "(")
            .count()
            == 1
        && !between.iter().any(|token| token.text.as_ref() == ")");
    if is_bracketed {
        return Some(pointer);
    }
    let has_other = between
        .iter()
        .any(|token| matches!(token.kind, TokenKind::Figure(_) | TokenKind::Stop));
    (between.len() <= AHEAD && !has_other && opens_clause(tokens, pointer.start)).then_some(pointer)
}

/// Whether a period stands at the head of a clause: "In 2016,", ", and last year".
fn opens_clause(tokens: &[Token], start: usize) -> bool {
    let mut before = tokens
        .iter()
        .take(start)
        .rev()
        .skip_while(|token| CUES.has("in", &token.text.to_lowercase()));
    before.next().is_none_or(|token| {
        matches!(token.text.as_ref(), "," | "(")
            || matches!(token.kind, TokenKind::Stop)
            || CUES.has("joining", &token.text.to_lowercase())
    })
}
