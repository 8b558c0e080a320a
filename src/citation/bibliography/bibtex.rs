//! BibTeX and BibLaTeX files.
//!
//! The grammar and TeX's accents are the `biblatex` crate's. That crate gives up at the first error, so the file is first cut
//! where a line opens an entry, and each piece is read alone.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use biblatex::{
    Bibliography, ChunksExt, Entry, Field, Pair, ParseError, RawBibliography, RawChunk, RawEntry,
    Spanned,
};
use regex::Regex;

use super::super::{Citations, Reference, isbn};
use super::{bare_doi, filled, finish, four_digits, problem, rest_of_line};
use crate::text::SourceText;

/// The fields that are read; all others (abstracts, file names) are passed over.
const READ: [&str; 21] = [
    "author",
    "title",
    "subtitle",
    "journal",
    "journaltitle",
    "booktitle",
    "year",
    "date",
    "volume",
    "pages",
    "doi",
    "url",
    "howpublished",
    "eprint",
    "eprinttype",
    "archiveprefix",
    "pmid",
    "pmcid",
    "isbn",
    "publisher",
    "institution",
];
/// Commands that set words in another font.
static FONTS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\\(?:emph|text[a-z]{2}|mkbib[a-z]{1,20})\{([^{}]*)\}").ok());

/// Pieces that one abbreviation may be made of.
const PIECES: usize = 16;

/// What `@string` defines, by lower-case name.
type Abbreviations<'s> = BTreeMap<String, Field<'s>>;

pub(super) fn read(source: &SourceText) -> Citations {
    let starts = entry_starts(source.text());
    let text = braced(source.text(), &starts);
    let text = text.as_str();
    let mut read = Citations::default();
    let mut abbreviations = Abbreviations::new();
    let mut heirs: Vec<(usize, Vec<String>)> = Vec::new();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let piece = text.get(start..end).unwrap_or_default();
        match RawBibliography::parse(piece) {
            Ok(raw) => {
                for pair in raw.abbreviations {
                    abbreviations.insert(pair.key.v.to_lowercase(), pair.value.v);
                }
                for raw_entry in raw.entries {
                    read.needed_keys.extend(linked(&raw_entry.v, &LINKS));
                    let parents = linked(&raw_entry.v, &INHERITED);
                    if !parents.is_empty() {
                        heirs.push((read.references.len(), parents));
                    }
                    let at = piece
                        .get(..raw_entry.v.key.span.start)
                        .and_then(|before| before.rfind('@'))
                        .unwrap_or_default();
                    read.references.push(Reference {
                        span: rest_of_line(source, start + at),
                        ..reference(raw_entry, &abbreviations)
                    });
                }
            }
            Err(error) => {
                let at = start + error.span.start.min(piece.len());
                read.problems.push(problem(source, at, said(piece, &error)));
                if let Some(key) = key_of(piece) {
                    read.references.push(finish(Reference {
                        label: key.to_owned(),
                        span: rest_of_line(source, start),
                        ..Reference::default()
                    }));
                }
            }
        }
    }
    inherit(&mut read.references, &heirs);
    read
}

/// Fields that name other entries, and those of them that give an entry what it lacks.
const LINKS: [&str; 5] = ["crossref", "xref", "xdata", "related", "entryset"];
const INHERITED: [&str; 2] = ["crossref", "xdata"];

/// The text with braces for the parentheses of `@book(key, ...)`, which the crate does not read. Places stay where they are.
fn braced(text: &str, starts: &[usize]) -> String {
    let mut found = text.to_owned();
    let ends = starts.iter().skip(1).copied().chain([text.len()]);
    for (start, end) in starts.iter().copied().zip(ends) {
        let piece = text.get(start..end).unwrap_or_default();
        let open = piece
            .find(['{', '('])
            .filter(|at| piece.get(*at..*at + 1) == Some("("));
        let close = piece.trim_end().strip_suffix(')').map(str::len);
        if let (Some(open), Some(close)) = (open, close) {
            found.replace_range(start + open..=start + open, "{");
            found.replace_range(start + close..=start + close, "}");
        }
    }
    found
}

/// Gives entries the year, volume and container that they leave to the entry they name; a volume of proceedings contains
/// its papers.
fn inherit(references: &mut [Reference], heirs: &[(usize, Vec<String>)]) {
    let mut by_key: BTreeMap<String, usize> = BTreeMap::new();
    for (index, entry) in references.iter().enumerate() {
        by_key.entry(entry.label.clone()).or_insert(index);
    }
    for (heir, parents) in heirs {
        for parent in parents {
            let parent = by_key.get(parent).filter(|at| *at != heir);
            let Some(parent) = parent.and_then(|at| references.get(*at)).cloned() else {
                continue;
            };
            if let Some(entry) = references.get_mut(*heir) {
                entry.year = entry.year.take().or(parent.year);
                entry.volume = entry.volume.take().or(parent.volume);
                let container = parent.container.or(parent.title);
                entry.container = entry.container.take().or(container);
            }
        }
    }
}

/// Keys that an entry names in some of its fields.
fn linked(entry: &RawEntry<'_>, names: &[&str]) -> Vec<String> {
    let links = entry.fields.iter().filter(|pair| {
        names
            .iter()
            .any(|link| pair.key.v.eq_ignore_ascii_case(link))
    });
    links
        .flat_map(|pair| &pair.value.v)
        .flat_map(|chunk| match chunk.v {
            RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text.split(','),
        })
        .map(|key| key.trim().to_owned())
        .collect()
}

/// Where a line opens an entry: `@`, a word, a brace.
fn entry_starts(text: &str) -> Vec<usize> {
    let mut starts = Vec::new();
    let mut offset = 0;
    for line in text.split_inclusive('\n') {
        let trimmed = line.trim_start_matches([' ', '\t', '\u{feff}']);
        let opens = trimmed.strip_prefix('@').is_some_and(|rest| {
            let word = rest.trim_start_matches(|c: char| c.is_ascii_alphabetic());
            word.len() < rest.len() && word.trim_start().starts_with(['{', '('])
        });
        if opens {
            starts.push(offset + line.len() - trimmed.len());
        }
        offset += line.len();
    }
    starts
}

/// The key of a piece that is no entry.
fn key_of(piece: &str) -> Option<&str> {
    let (kind, rest) = piece.split_once('{')?;
    let kind = kind.trim_start_matches('@').trim().to_lowercase();
    if matches!(kind.as_str(), "string" | "comment" | "preamble") {
        return None;
    }
    let key = rest.split([',', '\n', '}']).next()?.trim();
    let is_key = !key.is_empty() && !key.contains(char::is_whitespace) && !key.contains('=');
    is_key.then_some(key)
}

fn said(piece: &str, error: &ParseError) -> String {
    let key = key_of(piece).map_or_else(String::new, |key| format!(" of {key}"));
    format!("the entry{key} cannot be read: {}", error.kind)
}

fn reference(raw: Spanned<RawEntry<'_>>, abbreviations: &Abbreviations<'_>) -> Reference {
    let label = raw.v.key.v.to_owned();
    let mut fields: BTreeMap<String, Pair<'_>> = BTreeMap::new();
    for mut pair in raw.v.fields {
        let name = pair.key.v.to_lowercase();
        if READ.contains(&name.as_str()) {
            pair.value.v = spelt_out(pair.value.v, abbreviations);
            fields.entry(name).or_insert(pair);
        }
    }
    let mut read = BTreeMap::new();
    for (name, pair) in fields {
        read.insert(name.clone(), field(&name, pair));
    }
    finish(filled_in(label, &mut read))
}

/// One field as text, its authors apart.
struct Value {
    text: String,
    people: Vec<String>,
}

/// Reads one field with the crate; as written, where TeX in it is broken.
fn field(name: &str, pair: Pair<'_>) -> Value {
    let written: String = pair
        .value
        .v
        .iter()
        .map(|chunk| match chunk.v {
            RawChunk::Normal(text) | RawChunk::Abbreviation(text) => text,
        })
        .collect();
    let raw = RawBibliography {
        preamble: String::new(),
        entries: vec![Spanned::new(
            RawEntry {
                key: Spanned::new("entry", 0..0),
                kind: Spanned::new("misc", 0..0),
                fields: vec![pair],
            },
            0..0,
        )],
        abbreviations: Vec::new(),
    };
    let entry = Bibliography::from_raw(raw)
        .ok()
        .and_then(|read| read.into_iter().next());
    let text = entry
        .as_ref()
        .and_then(|entry| entry.get(name))
        .map_or(written, ChunksExt::format_verbatim);
    let text = match LazyLock::force(&FONTS) {
        Some(fonts) => fonts.replace_all(&text, "$1").into_owned(),
        None => text,
    };
    let people = entry
        .filter(|_| name == "author")
        .map(|entry| people(&entry))
        .unwrap_or_default();
    Value { text, people }
}

fn people(entry: &Entry) -> Vec<String> {
    entry
        .author()
        .unwrap_or_default()
        .into_iter()
        .filter_map(|person| {
            let family = [person.prefix.as_str(), person.name.as_str()].join(" ");
            let family = family.trim();
            let given = person.given_name.trim();
            let name = if given.is_empty() {
                family.to_owned()
            } else {
                format!("{family}, {given}")
            };
            filled(&name)
        })
        .collect()
}

/// A field with the abbreviations in it replaced by what they stand for; those unknown stay as they are.
fn spelt_out<'s>(field: Field<'s>, abbreviations: &Abbreviations<'s>) -> Field<'s> {
    let mut spelt = Vec::new();
    for chunk in field {
        match chunk.v {
            RawChunk::Normal(_) => spelt.push(chunk),
            RawChunk::Abbreviation(name) => match abbreviations.get(&name.to_lowercase()) {
                Some(pieces) => spelt.extend(pieces.iter().take(PIECES).cloned().map(as_text)),
                None => spelt.push(as_text(chunk)),
            },
        }
    }
    spelt
}

fn as_text(chunk: Spanned<RawChunk<'_>>) -> Spanned<RawChunk<'_>> {
    let (RawChunk::Normal(text) | RawChunk::Abbreviation(text)) = chunk.v;
    Spanned::new(RawChunk::Normal(text), chunk.span)
}

fn filled_in(label: String, fields: &mut BTreeMap<String, Value>) -> Reference {
    let authors = fields
        .get_mut("author")
        .map(|value| std::mem::take(&mut value.people))
        .unwrap_or_default();
    let mut take = |names: &[&str]| {
        names
            .iter()
            .find_map(|name| fields.remove(*name))
            .and_then(|value| filled(&value.text))
    };
    let title = take(&["title"]).map(|title| match take(&["subtitle"]) {
        Some(subtitle) => format!("{title}: {subtitle}"),
        None => title,
    });
    let archive = take(&["archiveprefix", "eprinttype"]).map(|name| name.to_lowercase());
    let eprint = take(&["eprint"]);
    let is_arxiv = archive.as_deref() == Some("arxiv");
    let address = take(&["url"]).or_else(|| take(&["howpublished"]));
    let url = address.filter(|address| address.contains("://"));
    let doi = take(&["doi"]).or_else(|| url.clone().filter(|url| url.contains("doi.org/")));
    Reference {
        label,
        byline: (!authors.is_empty()).then(|| authors.join("; ")),
        authors,
        title,
        container: take(&["journaltitle", "journal"]).or_else(|| take(&["booktitle"])),
        year: take(&["date"])
            .and_then(|date| four_digits(&date))
            .or_else(|| take(&["year"]).and_then(|year| four_digits(&year))),
        volume: take(&["volume"]),
        pages: take(&["pages"]),
        pmid: take(&["pmid"]),
        pmcid: take(&["pmcid"]),
        isbn: take(&["isbn"]).and_then(|printed| isbn::first(&printed)),
        arxiv: eprint.filter(|_| is_arxiv),
        doi: doi.as_deref().and_then(bare_doi),
        url,
        ..Reference::default()
    }
}
