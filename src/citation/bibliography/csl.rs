//! CSL JSON and CSL YAML: a list of items, each an object with an `id`.
//!
//! The list is cut into its objects first, so that each item has a place and a broken one costs no other. A file that holds
//! anything else is no bibliography, and nothing is said of it.

use std::ops::Range;

use serde_json::Value;

use super::super::{Citations, Reference, isbn};
use super::{filled, finish, four_digits, problem, rest_of_line, yaml};
use crate::text::SourceText;

/// What is wrong with an item that no mark can name.
const NO_ID: &str = "the item cannot be read: it has no id";

pub(super) fn read(source: &SourceText) -> Citations {
    let text = source.text();
    let mut read = Citations::default();
    let Some(from) = list_start(text) else {
        return read;
    };
    for range in objects(text, from) {
        let item = text.get(range.clone()).unwrap_or_default();
        match serde_json::from_str::<Value>(item) {
            Ok(value) => {
                let at = item.find("\"id\"").unwrap_or_default();
                if let Some(reference) = reference(&value) {
                    read.references.push(Reference {
                        span: rest_of_line(source, range.start + at),
                        ..reference
                    });
                } else if value.get("type").is_some() && value.get("title").is_some() {
                    read.problems
                        .push(problem(source, range.start, NO_ID.to_owned()));
                }
            }
            Err(error) => read.problems.push(problem(
                source,
                range.start,
                format!("the item cannot be read: {error}"),
            )),
        }
    }
    read
}

/// The items of a YAML file, or of the front matter that is the part of a document from the byte `from` on.
pub(super) fn read_yaml(source: &SourceText, text: &str, from: usize) -> Citations {
    let mut read = Citations::default();
    for item in yaml::items(text, from) {
        match reference(&item.value) {
            Some(reference) => read.references.push(Reference {
                span: rest_of_line(source, item.at),
                ..reference
            }),
            None => read
                .problems
                .push(problem(source, item.at, NO_ID.to_owned())),
        }
    }
    read
}

/// Where the list of items begins: the text is one, or an object that holds one as `items` or `references`.
fn list_start(text: &str) -> Option<usize> {
    let list = text.trim_start_matches('\u{feff}').trim_start();
    let start = text.len() - list.len();
    if list.starts_with('[') {
        return Some(start);
    }
    let inside = list.strip_prefix('{')?;
    ["\"items\"", "\"references\""].iter().find_map(|key| {
        let (_, behind) = inside.split_once(key)?;
        let value = behind.trim_start().strip_prefix(':')?.trim_start();
        value.starts_with('[').then(|| text.len() - value.len())
    })
}

/// The outermost objects of a text from a byte on; the last one may be cut short.
fn objects(text: &str, from: usize) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate().skip(from) {
        if quoted {
            quoted = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
            continue;
        }
        match byte {
            b'"' => quoted = true,
            b'{' => {
                if depth == 0 {
                    start = at;
                }
                depth += 1;
            }
            b']' if depth == 0 => break,
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    found.push(start..at + 1);
                }
            }
            _ => {}
        }
    }
    if depth > 0 {
        found.push(start..text.len());
    }
    found
}

fn reference(item: &Value) -> Option<Reference> {
    let text = |name: &str| printed(item.get(name)?);
    let label = text("id")?;
    let authors: Vec<String> = match item.get("author") {
        Some(Value::Array(names)) => names.iter().filter_map(person).collect(),
        Some(name) => person(name).into_iter().collect(),
        None => Vec::new(),
    };
    // Zotero keeps what CSL has no field for in the note, a line each.
    let noted = |name: &str| {
        let note = item.get("note")?.as_str()?;
        note.lines()
            .find_map(|line| filled(line.trim().strip_prefix(name)?.strip_prefix(':')?))
    };
    Some(finish(Reference {
        label,
        byline: (!authors.is_empty()).then(|| authors.join("; ")),
        authors,
        title: text("title").and_then(|title| filled(&without_tags(&title))),
        container: text("container-title").and_then(|title| filled(&without_tags(&title))),
        year: item.get("issued").and_then(year),
        volume: text("volume"),
        pages: text("page"),
        doi: text("DOI"),
        pmid: text("PMID").or_else(|| noted("PMID")),
        pmcid: text("PMCID").or_else(|| noted("PMCID")),
        isbn: text("ISBN").and_then(|printed| isbn::first(&printed)),
        url: text("URL").map(|url| url.trim_matches(['<', '>']).to_owned()),
        ..Reference::default()
    }))
}

/// A value as printed; of a list, the first.
fn printed(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => filled(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(values) => values
            .first()
            .filter(|value| !value.is_array())
            .and_then(printed),
        Value::Null | Value::Bool(_) | Value::Object(_) => None,
    }
}

/// Rich text without the tags and references of characters that CSL allows in it.
fn without_tags(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, tag)) = rest.split_once('<') {
        plain.push_str(before);
        let opens = tag.starts_with(|c: char| c.is_ascii_alphabetic() || c == '/');
        if let Some((_, behind)) = tag.split_once('>').filter(|_| opens) {
            rest = behind;
        } else {
            plain.push('<');
            rest = tag;
        }
    }
    plain.push_str(rest);
    [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&amp;", "&"),
    ]
    .iter()
    .fold(plain, |plain, (name, c)| plain.replace(name, c))
}

fn person(value: &Value) -> Option<String> {
    if let Value::String(name) = value {
        return filled(name);
    }
    let part = |name: &str| value.get(name).and_then(Value::as_str);
    let family = [
        part("non-dropping-particle"),
        part("family").or(part("literal")),
    ];
    let family: Vec<&str> = family.into_iter().flatten().collect();
    let name = match part("given") {
        Some(given) if !family.is_empty() => format!("{}, {given}", family.join(" ")),
        Some(given) => given.to_owned(),
        None => family.join(" "),
    };
    filled(&name)
}

fn year(issued: &Value) -> Option<String> {
    if let Value::String(_) | Value::Number(_) = issued {
        return four_digits(&printed(issued)?);
    }
    // YAML also knows `date-parts: [2020, 3]` and a list of dates, each with its year.
    let parts = ["/date-parts/0/0", "/date-parts/0", "/0/year", "/year"]
        .iter()
        .find_map(|path| {
            let part = issued.pointer(path)?;
            (!part.is_array() && !part.is_null()).then_some(part)
        });
    let date = parts
        .or_else(|| issued.get("raw"))
        .or_else(|| issued.get("literal"))?;
    four_digits(&date.to_string())
}
