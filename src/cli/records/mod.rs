//! What `extract` prints: one record for each figure, claim, citation, reference or sentence.
//!
//! A record is an ordered map with the same fields in every record of its kind. `start` and `end` are bytes of the document, and
//! `text` is what stands between them.

use serde_json::{Map, Value, json};

use super::arguments::What;
use crate::citation::{Pointer, Reference, Style};
use crate::claim::{Claim, Sentence, SentenceKind, Support};
use crate::corpus::Extraction;
use crate::text::Span;

mod figures;
mod terms;

/// One record.
pub(super) type Record = Map<String, Value>;

/// All records of a kind of one document, in document order.
pub(super) fn records(extraction: &Extraction, what: What) -> Vec<Record> {
    let statements = &extraction.statements;
    let citations = &extraction.citations;
    match what {
        What::Figures => figures::figures(extraction),
        What::Claims => statements
            .claims
            .iter()
            .map(|c| claim(extraction, c))
            .collect(),
        What::Citations => citations
            .pointers
            .iter()
            .map(|p| citation(extraction, p))
            .collect(),
        What::References => citations
            .references
            .iter()
            .map(|r| reference(extraction, r))
            .collect(),
        What::Sentences => statements
            .sentences
            .iter()
            .map(|s| sentence(extraction, s))
            .collect(),
    }
}

/// The columns of the table of a kind, besides the place.
pub(super) fn table_columns(what: What) -> &'static [&'static str] {
    match what {
        What::Figures => &[
            "text",
            "measure",
            "study",
            "arm",
            "cohort",
            "population",
            "timePoint",
            "role",
            "unsure",
        ],
        What::Claims => &["references", "support", "text"],
        What::Citations => &["text", "references", "undefined", "style"],
        What::References => &["id", "authors", "year", "title", "container", "doi", "url"],
        What::Sentences => &["kind", "text"],
    }
}

fn record(extraction: &Extraction, span: Span, fields: Value) -> Record {
    let source = &extraction.document.source;
    let mut record = Map::from_iter([
        ("document".to_owned(), Value::from(source.path())),
        ("start".to_owned(), Value::from(span.start)),
        ("end".to_owned(), Value::from(span.end)),
        ("text".to_owned(), Value::from(source.slice(span))),
    ]);
    if let Value::Object(fields) = fields {
        record.extend(fields);
    }
    record
}

fn claim(extraction: &Extraction, claim: &Claim) -> Record {
    record(
        extraction,
        claim.span,
        json!({
            "references": labels(extraction, &claim.pointers),
            "nearby": labels(extraction, &claim.nearby),
            "support": match claim.support {
                Support::Needed => "needed",
                Support::Background => "background",
                Support::NotNeeded => "not needed",
            },
            "mentions": claim.mentions.iter().map(|mention| mention.name.as_str()).collect::<Vec<_>>(),
        }),
    )
}

fn citation(extraction: &Extraction, pointer: &Pointer) -> Record {
    let undefined: Vec<&str> = pointer
        .labels
        .iter()
        .zip(&pointer.targets)
        .filter(|(_, target)| target.is_none())
        .map(|(label, _)| label.as_str())
        .collect();
    record(
        extraction,
        pointer.span,
        json!({
            "references": pointer_labels(extraction, pointer),
            "undefined": undefined,
            "style": match pointer.style {
                Style::Bracket => "bracket",
                Style::Superscript => "superscript",
                Style::LinkedBracket => "linked bracket",
                Style::Footnote => "footnote",
                Style::Citekey => "citekey",
                Style::AuthorYear => "author and year",
            },
        }),
    )
}

fn reference(extraction: &Extraction, reference: &Reference) -> Record {
    record(
        extraction,
        reference.span,
        json!({
            "id": reference.label,
            "authors": reference.authors,
            "byline": reference.byline,
            "title": reference.title,
            "container": reference.container,
            "year": reference.year,
            "volume": reference.volume,
            "pages": reference.pages,
            "doi": reference.doi,
            "pmid": reference.pmid,
            "pmcid": reference.pmcid,
            "arxiv": reference.arxiv,
            "registry": reference.registry,
            "url": reference.url,
            "host": reference.host,
            "kind": reference_kind(reference),
        }),
    )
}

/// What sort of work an entry names, told from its fields.
fn reference_kind(reference: &Reference) -> &'static str {
    if reference.registry.is_some() {
        "registration"
    } else if reference.arxiv.is_some() {
        "preprint"
    } else if reference.doi.is_some()
        || reference.pmid.is_some()
        || reference.pmcid.is_some()
        || (reference.container.is_some() && reference.volume.is_some())
    {
        "article"
    } else if reference.url.is_some() || reference.host.is_some() {
        "webpage"
    } else {
        "other"
    }
}

fn sentence(extraction: &Extraction, sentence: &Sentence) -> Record {
    let kind = match sentence.kind {
        SentenceKind::Claim => "claim",
        SentenceKind::Instruction => "instruction",
        SentenceKind::Question => "question",
        SentenceKind::Heading => "heading",
        SentenceKind::Navigation => "navigation",
        SentenceKind::Boilerplate => "boilerplate",
        SentenceKind::Metadata => "metadata",
        SentenceKind::Caption => "caption",
        SentenceKind::Reference => "reference",
        SentenceKind::Fragment => "fragment",
    };
    record(extraction, sentence.span, json!({ "kind": kind }))
}

/// What some marks name, each once, in order.
fn labels<'a>(extraction: &'a Extraction, pointers: &[usize]) -> Vec<&'a str> {
    let mut labels = Vec::new();
    for pointer in pointers {
        if let Some(pointer) = extraction.citations.pointers.get(*pointer) {
            for label in pointer_labels(extraction, pointer) {
                if !labels.contains(&label) {
                    labels.push(label);
                }
            }
        }
    }
    labels
}

/// What a mark names: the entries' own labels, and its own words where no entry has them.
fn pointer_labels<'a>(extraction: &'a Extraction, pointer: &'a Pointer) -> Vec<&'a str> {
    pointer
        .labels
        .iter()
        .enumerate()
        .map(|(at, label)| {
            let target = pointer.targets.get(at).copied().flatten();
            target
                .and_then(|target| extraction.citations.references.get(target))
                .map_or(label.as_str(), |reference| reference.label.as_str())
        })
        .collect()
}

#[cfg(test)]
mod tests;
