//! The fields of one entry: a cascade of rules, each working on what the earlier ones left.
//!
//! Clean, identifiers, year, authors, title, container, numbers. No list of journals, no trained model: every step
//! reads the grammar of names, years and numbers. It leaves out editors and publishers.

mod author_end;
mod authors;
mod container;
mod numbers;
mod person;
mod sentence;
mod title;
mod year;

use std::ops::Range;

use super::{Reference, identifier, site};
use crate::text::squeeze;

/// How much of an entry is searched, in bytes: the author search is quadratic in it.
const SEARCHED: usize = 2_000;

/// An entry as printed.
pub(super) struct Printed<'a> {
    /// Without its number.
    pub(super) text: &'a str,
    /// Emphasised bytes of `text`, in order.
    pub(super) emphases: Vec<Range<usize>>,
    /// Targets of its links.
    pub(super) links: Vec<String>,
}

/// Reads the fields of an entry; its label, span and block are the caller's.
pub(super) fn parse(printed: &Printed<'_>) -> Reference {
    let mut entry = Reference {
        text: squeeze(printed.text),
        ..Reference::default()
    };
    let text = head(printed.text, SEARCHED);
    let tail = site::tail(text);
    entry.host.clone_from(&tail.host);
    identifier::read(text, &printed.links, &mut entry);
    entry.site = entry.host.as_deref().and_then(site::registrable);
    let body = head(tail.title, identifier::body_end(tail.title));
    let listed_by_title = tail.host.is_some() || tail.suffix.is_some();
    read_body(body, text, &printed.emphases, listed_by_title, &mut entry);
    let inner = entry.title.take();
    let inner_tail = site::tail(inner.as_deref().unwrap_or_default());
    let suffix = tail.suffix.or(inner_tail.suffix);
    entry.title = some(inner_tail.title);
    if let Some(title) = &entry.title {
        entry.title_is_host = identifier::is_host(title) && !title.contains(char::is_whitespace);
        entry.title_site = site::named_by(title, suffix, entry.site.as_deref());
    }
    if entry.container.is_none() {
        entry.container = suffix
            .filter(|suffix| !site::is_catalogue(suffix))
            .map(squeeze);
    }
    entry
}

fn read_body(
    body: &str,
    whole: &str,
    emphases: &[Range<usize>],
    by_title: bool,
    entry: &mut Reference,
) {
    let skipped = dash_run(body);
    let bracketed = year::bracketed(body);
    let found = if skipped > 0 {
        None
    } else {
        authors::find(body, bracketed.as_ref())
    };
    let found = found.filter(|found| !by_title || found.is_certain);
    let authors_end = found.as_ref().map_or(skipped, |found| found.end);
    let year = bracketed
        .or_else(|| year::elsewhere(body, authors_end))
        .or_else(|| year::outside(whole));
    let title_only = found.is_none()
        && skipped == 0
        && (by_title || year.is_none() && !numbers::has_issue(body));
    entry.year = year.as_ref().map(|year| year.value.clone());
    if title_only {
        entry.title = some(sentence::trim(body));
        return;
    }
    if let Some(found) = found {
        entry.authors = found.names;
        entry.byline = some(&found.printed);
    }
    let start = year::skip(body, authors_end, year.as_ref().filter(|year| year.in_body));
    let start = start + passed_year(body.get(start..).unwrap_or_default());
    let rest = body.get(start..).unwrap_or_default();
    let shifted: Vec<Range<usize>> = emphases
        .iter()
        .filter(|range| range.start >= start && range.end <= body.len())
        .map(|range| range.start - start..range.end - start)
        .collect();
    let split = title::split(rest, &shifted);
    entry.title = split.title.and_then(some);
    entry.container = split.container.and_then(some);
    numbers::read(rest.get(split.end..).unwrap_or_default(), entry);
}

/// Length of a year that the search for the year passed over, "2011." before the date of an issue, or of the first edition's behind
/// that of a later one, "[1953].", in bytes.
fn passed_year(rest: &str) -> usize {
    let trimmed = rest.trim_start();
    let (inside, ends): (&str, &[char]) = match trimmed.strip_prefix('[') {
        Some(inside) => (inside, &[']']),
        None => (trimmed, &['.', ',', ':']),
    };
    let digits = inside.bytes().take_while(u8::is_ascii_digit).count();
    match inside
        .get(digits..)
        .and_then(|after| after.strip_prefix(ends))
    {
        Some(after) if digits == 4 && after.contains(char::is_alphabetic) => {
            rest.len() - after.trim_start_matches([' ', '.', ',', ':']).len()
        }
        Some(_) | None => 0,
    }
}

/// Length of the dashes that say "same author", with what follows them, in bytes.
fn dash_run(body: &str) -> usize {
    let rest = body.trim_start_matches([
        '-', '_', '\u{2013}', '\u{2014}', '\u{2015}', '\u{2012}', '\u{ad}',
    ]);
    let run = body.len() - rest.len();
    if run < 3 || run == body.len() {
        return 0;
    }
    body.len() - rest.trim_start_matches(['.', ',', ':', ' ']).len()
}

fn some(text: &str) -> Option<String> {
    let squeezed = squeeze(text);
    (!squeezed.is_empty()).then_some(squeezed)
}

/// At most the first `length` bytes, cut at a character boundary.
pub(super) fn head(text: &str, length: usize) -> &str {
    text.get(..text.floor_char_boundary(length))
        .unwrap_or_default()
}
