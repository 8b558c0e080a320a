//! CSL JSON and CSL YAML: a list of items, each an object with an `id`.
//!
//! The list is cut into its objects first, so that each item has a place and a broken one costs no other. A file that holds
//! anything else is no bibliography, and nothing is said of it.

use std::ops::Range;

use serde_json::Value;

use super::super::{Citations, Reference};
use super::{filled, finish, four_digits, problem, rest_of_line, yaml};
use crate::text::SourceText;

pub(super) fn read(source: &SourceText) -> Citations {
    let text = source.text();
    let mut read = Citations::default();
    let list = text.trim_start_matches('\u{feff}').trim_start();
    if !list.starts_with('[') {
        return read;
    }
    for range in objects(text) {
        let item = text.get(range.clone()).unwrap_or_default();
        match serde_json::from_str::<Value>(item) {
            Ok(value) => {
                let at = item.find("\"id\"").unwrap_or_default();
                if let Some(reference) = reference(&value) {
                    read.references.push(Reference {
                        span: rest_of_line(source, range.start + at),
                        ..reference
                    });
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
            None => read.problems.push(problem(
                source,
                item.at,
                "the item cannot be read: it has no id".to_owned(),
            )),
        }
    }
    read
}

/// The outermost objects of a text; the last one may be cut short.
fn objects(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut quoted = false;
    let mut escaped = false;
    for (at, byte) in text.bytes().enumerate() {
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
    let text = |name: &str| match item.get(name)? {
        Value::String(text) => filled(text),
        Value::Number(number) => Some(number.to_string()),
        Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
    };
    let label = text("id")?;
    let authors: Vec<String> = item
        .get("author")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .filter_map(person)
        .collect();
    Some(finish(Reference {
        label,
        byline: (!authors.is_empty()).then(|| authors.join("; ")),
        authors,
        title: text("title"),
        container: text("container-title"),
        year: item.get("issued").and_then(year),
        volume: text("volume"),
        pages: text("page"),
        doi: text("DOI"),
        pmid: text("PMID"),
        pmcid: text("PMCID"),
        url: text("URL"),
        ..Reference::default()
    }))
}

fn person(value: &Value) -> Option<String> {
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
    if let Value::String(printed) = issued {
        return four_digits(printed);
    }
    // YAML also knows `date-parts: [2020, 3]` and a list of dates, each with its year.
    let parts = ["/date-parts/0/0", "/date-parts/0", "/0/year", "/year"]
        .iter()
        .find_map(|path| issued.pointer(path).filter(|part| !part.is_array()));
    let printed = parts
        .or_else(|| issued.get("raw"))
        .or_else(|| issued.get("literal"))?;
    four_digits(&printed.to_string())
}
