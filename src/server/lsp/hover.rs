//! What is known of the place under the cursor: the finding, the figure, what the citation mark denotes.

use std::fmt::Write as _;

use lsp_types::{Hover, HoverContents, MarkupContent, MarkupKind};

use super::capabilities::Client;
use super::checked::{Checked, all_places, range};
use crate::citation::{Pointer, Reference};
use crate::corpus::{Denoted, Extraction};
use crate::explanation::{explain, explain_figure};
use crate::finding::Finding;
use crate::report::{explanation, figure_rows};
use crate::text::{EditorLines, Span};

/// Columns of an explanation.
const COLUMNS: usize = 80;

/// What is said about a byte of a document. `checked` is the project, where the text is the one that was checked.
pub(super) fn hover(
    extraction: &Extraction,
    offset: usize,
    checked: Option<&Checked>,
    client: &Client,
) -> Option<Hover> {
    let mut sections = Vec::new();
    let mut spans = Vec::new();
    let name = extraction.document.source.path();
    for finding in checked.iter().flat_map(|checked| at(checked, name, offset)) {
        let own = all_places(finding).find(|place| place.path == name && holds(place.span, offset));
        spans.extend(own.map(|place| place.span));
        sections.push(explained(finding, checked?, client));
    }
    let figures = extraction.statements.figures.iter();
    for figure in figures.filter(|figure| holds(figure.span, offset)) {
        spans.push(figure.span);
        let line = extraction.document.source.line(figure.span.start);
        sections.push(table(
            &figure_rows(&explain_figure(extraction, figure), line),
            client,
        ));
    }
    for (at, pointer) in pointers(extraction, offset) {
        spans.push(pointer.span);
        sections.extend(entries(extraction, (at, pointer), checked).into_iter().map(
            |(label, extraction_of, reference)| {
                let path = extraction_of.document.source.path();
                let from = if path == name {
                    String::new()
                } else {
                    format!(" ({path})")
                };
                format!("[{label}]{from} {}", text_of(reference, client))
            },
        ));
    }
    let smallest = spans.into_iter().min_by_key(|span| span.len())?;
    let lines = EditorLines::new(extraction.document.source.text(), client.unit);
    let rule = if client.has_markdown {
        "\n\n---\n\n"
    } else {
        "\n\n"
    };
    Some(Hover {
        contents: HoverContents::Markup(MarkupContent {
            kind: if client.has_markdown {
                MarkupKind::Markdown
            } else {
                MarkupKind::PlainText
            },
            value: sections.join(rule),
        }),
        range: Some(range(&lines, smallest)),
    })
}

/// The findings one of whose places holds a byte of a document.
pub(super) fn at<'a>(
    checked: &'a Checked,
    name: &'a str,
    offset: usize,
) -> impl Iterator<Item = &'a Finding> {
    checked.findings.iter().filter(move |finding| {
        all_places(finding).any(|place| place.path == name && holds(place.span, offset))
    })
}

/// The citation marks that hold a byte, with their index.
pub(super) fn pointers(
    extraction: &Extraction,
    offset: usize,
) -> impl Iterator<Item = (usize, &Pointer)> {
    let all = extraction.citations.pointers.iter().enumerate();
    all.filter(move |(_, pointer)| holds(pointer.span, offset))
}

/// What the labels of a mark denote: label, document, entry. Entries of other documents are known only of a checked text.
pub(super) fn entries<'a>(
    extraction: &'a Extraction,
    (at, pointer): (usize, &'a Pointer),
    checked: Option<&'a Checked>,
) -> Vec<(&'a str, &'a Extraction, &'a Reference)> {
    let name = extraction.document.source.path();
    let all = checked.map(|checked| &checked.corpus);
    let denoted = all.and_then(|corpus| {
        let mut documents = corpus.extractions.iter();
        let document = documents.position(|one| one.document.source.path() == name)?;
        corpus.denoted.get(document)?.get(at)
    });
    let mut found = Vec::new();
    for (index, label) in pointer.labels.iter().enumerate() {
        let own = pointer.targets.get(index).copied().flatten();
        let entry = match denoted.and_then(|denoted| denoted.get(index)) {
            Some(Denoted::Entry {
                document,
                reference,
            }) => all
                .and_then(|corpus| corpus.extractions.get(*document))
                .map(|extraction| (extraction, *reference)),
            Some(Denoted::Work | Denoted::Missing | Denoted::Unknown) | None => {
                own.map(|reference| (extraction, reference))
            }
        };
        if let Some((of, reference)) = entry
            && let Some(reference) = of.citations.references.get(reference)
        {
            found.push((label.as_str(), of, reference));
        }
    }
    found
}

/// Whether a byte stands in a span or right behind it, as a cursor does.
pub(super) fn holds(span: Span, offset: usize) -> bool {
    (span.start..=span.end).contains(&offset)
}

fn explained(finding: &Finding, checked: &Checked, client: &Client) -> String {
    let rule = checked.rules.get(&finding.rule);
    let summary = rule.map_or("", |rule| rule.summary.as_str());
    let explained = explain(finding, summary, &checked.corpus);
    let text = explanation(&explained, &checked.sources(), COLUMNS, false);
    if client.has_markdown {
        fenced(&text)
    } else {
        text.trim_end().to_owned()
    }
}

/// A text as it is, in Markdown.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}text\n{}\n{fence}", text.trim_end())
}

/// The dimensions of a figure, one a line.
fn table(rows: &[(String, String, String)], client: &Client) -> String {
    let mut out = String::new();
    for (name, value, origin) in rows {
        let value = if client.has_markdown {
            format!("**{}**", escaped(value))
        } else {
            value.clone()
        };
        let origin = match (origin.is_empty(), client.has_markdown) {
            (true, _) => String::new(),
            (false, true) => format!(" ({})", escaped(origin)),
            (false, false) => format!(" ({origin})"),
        };
        // Writing to a string cannot fail.
        let _ = writeln!(out, "- {name}: {value}{origin}");
    }
    out.trim_end().to_owned()
}

fn text_of(reference: &Reference, client: &Client) -> String {
    let text = if reference.text.is_empty() {
        let parts = [
            reference.byline.clone(),
            reference.title.clone(),
            reference.container.clone(),
            reference.year.clone(),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(". ")
    } else {
        reference.text.clone()
    };
    if client.has_markdown {
        escaped(&text)
    } else {
        text
    }
}

/// Text in which Markdown sees no marks (CommonMark 0.31.2, section 2.4).
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if matches!(
            c,
            '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '|' | '&'
        ) {
            out.push('\\');
        }
        out.push(c);
    }
    out
}
