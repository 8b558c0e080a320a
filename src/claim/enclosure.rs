//! Brackets and quotations inside which no sentence ends.
//!
//! Why it exists: "He teaches (He worked for 5 years.) at the University" is one sentence, and a quotation mark with
//! spaces on both sides belongs to the sentence before or after it by whether it closes or opens.
//! It leaves out long stretches: a bracket or quotation over [`LONGEST`] bytes may hold sentences of its own.

use std::ops::Range;

use memchr::{memchr2_iter, memchr3};

use super::lexis::{char_at, char_before};

/// Longest stretch, in bytes, that is kept whole: about three lines of prose.
const LONGEST: usize = 600;

/// Which part a quotation mark plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum QuoteRole {
    /// Opens a quotation that is closed later.
    Open,
    /// Closes one.
    Close,
    /// Has no partner.
    Stray,
}

/// Brackets and quotations of one text.
#[derive(Debug)]
pub(super) struct Enclosures {
    /// Outermost stretches, disjoint, in order.
    stretches: Vec<Range<usize>>,
    /// Quotation marks: first byte, length, role; in order.
    quotes: Vec<(usize, usize, QuoteRole)>,
    /// First bytes of the marks that close one, in order.
    closing: Vec<usize>,
}

impl Enclosures {
    /// Pairs the brackets and quotation marks of a text. Linear but for one sort.
    pub(super) fn find(text: &str) -> Self {
        let mut pairs = brackets(text);
        let quotes = quotes(text, &mut pairs);
        pairs.retain(|pair| pair.len() <= LONGEST);
        pairs.sort_by_key(|pair| (pair.start, pair.end));
        let mut stretches: Vec<Range<usize>> = Vec::new();
        for pair in pairs {
            match stretches.last_mut() {
                Some(last) if pair.start < last.end => last.end = last.end.max(pair.end),
                Some(_) | None => stretches.push(pair),
            }
        }
        let closing = quotes
            .iter()
            .filter(|quote| quote.2 == QuoteRole::Close)
            .map(|quote| quote.0)
            .collect();
        Self {
            stretches,
            quotes,
            closing,
        }
    }

    /// Whether a stretch holds `at` and goes on after `end`.
    pub(super) fn encloses(&self, at: usize, end: usize) -> bool {
        let index = self.stretches.partition_point(|stretch| stretch.end <= at);
        self.stretches
            .get(index)
            .is_some_and(|stretch| stretch.start < at && stretch.end > end)
    }

    /// Length and role of the quotation mark at a byte.
    pub(super) fn quote_at(&self, at: usize) -> Option<(usize, QuoteRole)> {
        let index = self.quotes.partition_point(|quote| quote.0 < at);
        self.quotes
            .get(index)
            .filter(|quote| quote.0 == at)
            .map(|quote| (quote.1, quote.2))
    }

    /// Whether a quotation is closed between two bytes.
    pub(super) fn closed_between(&self, start: usize, end: usize) -> bool {
        let next = self.closing.partition_point(|at| *at < start);
        self.closing.get(next).is_some_and(|at| *at < end)
    }
}

fn brackets(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut openings = memchr2_iter(b'(', b'[', bytes).peekable();
    let mut open: Vec<usize> = Vec::new();
    let mut pairs = Vec::new();
    if openings.peek().is_none() {
        return pairs;
    }
    for at in memchr2_iter(b')', b']', bytes) {
        while let Some(opening) = openings.next_if(|opening| *opening < at) {
            open.push(opening);
        }
        let partner = if bytes.get(at) == Some(&b')') {
            b'('
        } else {
            b'['
        };
        let is_partner = |opening: &usize| bytes.get(*opening) == Some(&partner);
        // A bracket left open by mistake must not hide its whole paragraph: look past two at most.
        if let Some(back) = open.iter().rev().take(3).position(is_partner) {
            open.truncate(open.len() - back);
            pairs.extend(open.pop().map(|start| start..at + 1));
        }
    }
    pairs
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
}

/// Reads the quotation marks of a text and adds the quotations to `pairs`.
fn quotes(text: &str, pairs: &mut Vec<Range<usize>>) -> Vec<(usize, usize, QuoteRole)> {
    let mut found: Vec<(usize, usize, QuoteRole)> = Vec::new();
    if text.is_ascii() && memchr3(b'"', b'\'', b'`', text.as_bytes()).is_none() {
        return found;
    }
    let mut double: Option<usize> = None;
    let mut single: Option<usize> = None;
    let mut skip = 0;
    for (at, c) in text.char_indices() {
        if at < skip || !matches!(c, '"' | '“' | '”' | '\'' | '‘' | '’' | '`') {
            continue;
        }
        let twin = matches!(c, '\'' | '`') && char_at(text, at + 1) == Some(c);
        let length = c.len_utf8() * if twin { 2 } else { 1 };
        skip = at + length;
        let family = if twin || matches!(c, '"' | '“' | '”') {
            Family::Double
        } else {
            Family::Single
        };
        let before = char_before(text, at);
        let after = char_at(text, at + length);
        let side = Side::of(
            c,
            before,
            after,
            text.get(at + length..).unwrap_or_default(),
        );
        let Some(side) = side else { continue };
        let state = match family {
            Family::Double => &mut double,
            Family::Single => &mut single,
        };
        let opener = state.and_then(|index| found.get_mut(index));
        match (opener, side) {
            (Some(opener), Side::Closing | Side::Either) => {
                opener.2 = QuoteRole::Open;
                pairs.push(opener.0..at + length);
                *state = None;
                found.push((at, length, QuoteRole::Close));
            }
            (None, Side::Closing) => found.push((at, length, QuoteRole::Stray)),
            (Some(_) | None, Side::Opening) | (None, Side::Either) => {
                *state = Some(found.len());
                found.push((at, length, QuoteRole::Stray));
            }
        }
    }
    found
}

#[derive(Clone, Copy)]
enum Side {
    Opening,
    Closing,
    /// White space on both sides.
    Either,
}

impl Side {
    /// What a quotation mark can be by its neighbours; `None` for an apostrophe.
    fn of(c: char, before: Option<char>, after: Option<char>, rest: &str) -> Option<Self> {
        let space_before = before.is_none_or(|b| b.is_whitespace() || matches!(b, '(' | '[' | '—'));
        let space_after = after.is_none_or(char::is_whitespace);
        match c {
            '“' | '‘' | '`' => return Some(Self::Opening),
            '”' => return Some(Self::Closing),
            _ => {}
        }
        if matches!(c, '\'' | '’') && !space_before {
            let ends = before.is_some_and(|b| matches!(b, '.' | ',' | '!' | '?' | '\''));
            let doubled = after == Some('\'') || rest.starts_with('\'');
            return (ends || doubled).then_some(Self::Closing);
        }
        if space_before && space_after {
            let next = rest.trim_start().chars().next();
            let closes = next.is_none_or(|n| matches!(n, ',' | ';' | ':' | ')' | '!' | '?'))
                || next == Some('.') && !rest.trim_start().starts_with("..");
            return Some(if closes { Self::Closing } else { Self::Either });
        }
        Some(if space_before {
            Self::Opening
        } else {
            Self::Closing
        })
    }
}
