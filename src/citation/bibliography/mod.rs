//! Reference data kept beside the documents: BibTeX and BibLaTeX files, CSL JSON and CSL YAML.
//!
//! Why it exists: a key in the text is right or wrong only against the file that defines it, and a finding about an
//! entry belongs in that file. Each entry is read for itself, so one that is broken costs no other.
//! It leaves out which files belong to which document ([`crate::corpus`]) and reading them ([`crate::cli`]).

mod bibtex;
mod csl;
mod yaml;

use super::{Citations, Reference, identifier, site};
use crate::text::{Problem, SourceText, Span, squeeze};

/// Whether a path can be a file of reference data: by its extension, as of one that front matter names.
pub fn is_bibliography(path: &str) -> bool {
    has_extension(path, "bib") || has_extension(path, "json") || is_yaml(path)
}

/// Whether a path is by its name alone a file of reference data, named by front matter or not.
pub fn has_bibliography_name(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path).to_lowercase();
    let stem = name
        .strip_suffix(".json")
        .or(name.strip_suffix(".yaml"))
        .or(name.strip_suffix(".yml"));
    has_extension(&name, "bib")
        || stem.is_some_and(|stem| stem == "references" || has_extension(stem, "csl"))
}

/// Whether a name ends in `.extension`, in any case.
pub(crate) fn has_extension(name: &str, extension: &str) -> bool {
    name.rsplit_once('.')
        .is_some_and(|(_, last)| last.eq_ignore_ascii_case(extension))
}

fn is_yaml(path: &str) -> bool {
    has_extension(path, "yaml") || has_extension(path, "yml")
}

/// Reads the entries of a file of reference data, in the order of the file. Never fails; linear in the file.
///
/// An entry that cannot be read is a problem with its line; its key is still defined.
pub fn read(source: &SourceText) -> Citations {
    if has_extension(source.path(), "bib") {
        bibtex::read(source)
    } else if is_yaml(source.path()) {
        csl::read_yaml(source, source.text(), 0)
    } else {
        csl::read(source)
    }
}

/// The entries that a document's own front matter lists under `references:`, with their problems. Where it cites without marks
/// (`nocite`), none of them can be uncited.
pub(super) fn in_front_matter(source: &SourceText) -> Citations {
    let text = source.text();
    let has_list = lists_entries(text);
    let Some((first, rest)) = text.split_once('\n').filter(|_| has_list) else {
        return Citations::default();
    };
    let length: usize = rest
        .split_inclusive('\n')
        .take_while(|line| !matches!(line.trim_end(), "---" | "..."))
        .map(str::len)
        .sum();
    let listed = rest.get(..length).unwrap_or_default();
    let mut read = csl::read_yaml(source, listed, first.len() + 1);
    let held_against = !has_nocite(text);
    for reference in &mut read.references {
        reference.numbered = held_against;
    }
    read
}

/// The path of a file that a document names: from the document's folder, `.` and `..` taken out.
pub fn path_beside(document: &str, file: &str) -> String {
    let folder = document.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> = Vec::new();
    for part in folder.split('/').chain(file.split('/')) {
        match part {
            "." => {}
            "" if !parts.is_empty() => {}
            ".." if parts.last().is_some_and(|last| !matches!(*last, "" | "..")) => {
                parts.pop();
            }
            _ => parts.push(part),
        }
    }
    if parts.first() == Some(&"") && !folder.starts_with('/') {
        parts.remove(0);
    }
    parts.join("/")
}

/// The files that front matter names under `bibliography:`, as written: one, a list in brackets, or one a line.
pub fn named(text: &str) -> Vec<String> {
    let mut lines = front_matter(text);
    let Some(first) = lines.find_map(|line| value_of(line, "bibliography")) else {
        return Vec::new();
    };
    let first = first.split(" #").next().unwrap_or_default().trim();
    let items: Vec<&str> = if first.is_empty() {
        lines
            .map_while(|line| line.trim_start().strip_prefix("- "))
            .collect()
    } else {
        first.trim_matches(['[', ']']).split(',').collect()
    };
    items
        .into_iter()
        .map(|item| item.trim().trim_matches(['"', '\'']).to_owned())
        .filter(|item| !item.is_empty())
        .collect()
}

/// Whether front matter cites entries that no mark in the text cites (`nocite`).
pub fn has_nocite(text: &str) -> bool {
    front_matter(text).any(|line| value_of(line, "nocite").is_some())
}

/// Whether the front matter of a document holds entries itself.
pub fn lists_entries(text: &str) -> bool {
    front_matter(text)
        .any(|line| value_of(line, "references").is_some_and(|value| value.trim().is_empty()))
}

/// What a line of front matter gives for a key; people align the colons.
fn value_of<'t>(line: &'t str, key: &str) -> Option<&'t str> {
    line.strip_prefix(key)?.trim_start().strip_prefix(':')
}

fn front_matter(text: &str) -> impl Iterator<Item = &str> {
    let text = text.trim_start_matches('\u{feff}');
    let mut lines = text.lines();
    let opened = lines.next().is_some_and(|line| line.trim_end() == "---");
    lines.take_while(move |line| opened && !matches!(line.trim_end(), "---" | "..."))
}

/// What an entry's fields say beyond themselves: identifiers cleaned, host and site of its address.
fn finish(mut reference: Reference) -> Reference {
    if let Some(title) = &reference.title {
        reference.title_is_host =
            identifier::is_host(title) && !title.contains(char::is_whitespace);
    }
    let printed = [
        reference.byline.as_deref(),
        reference.year.as_deref(),
        reference.title.as_deref(),
        reference.container.as_deref(),
    ];
    let printed: Vec<&str> = printed.into_iter().flatten().collect();
    reference.text = squeeze(&printed.join(". "));
    if let Some(url) = &reference.url {
        reference.host = host(url);
        reference.site = reference.host.as_deref().and_then(site::registrable);
    }
    reference.doi = reference.doi.as_deref().and_then(bare_doi);
    reference.numbered = true;
    reference
}

fn host(url: &str) -> Option<String> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host).to_owned();
    (!host.is_empty()).then_some(host)
}

/// From `10.` on, in lower case, whatever resolver stands before it.
fn bare_doi(printed: &str) -> Option<String> {
    let start = printed.find("10.")?;
    let doi = printed.get(start..)?.trim().to_lowercase();
    doi.contains('/').then_some(doi)
}

fn four_digits(printed: &str) -> Option<String> {
    printed
        .split(|c: char| !c.is_ascii_digit())
        .find(|run| run.len() == 4)
        .map(str::to_owned)
}

fn filled(text: &str) -> Option<String> {
    let squeezed = squeeze(text);
    (!squeezed.is_empty()).then_some(squeezed)
}

fn problem(source: &SourceText, at: usize, message: String) -> Problem {
    Problem {
        path: source.path().to_owned(),
        line: Some(source.line(at)),
        message,
        help: "correct the entry; all others were read".to_owned(),
    }
}

/// From a byte to the end of its line.
fn rest_of_line(source: &SourceText, at: usize) -> Span {
    let line = source.line_span(source.line(at));
    Span::new(at, line.end.max(at))
}

#[cfg(test)]
mod tests;
