//! Statements about registered trials that the trial's own record contradicts.
//!
//! Why it exists: a record says how many participants of which group had an event, so "10 patients in cohort 1 had
//! hypotension" can be held against it. A statement is judged only where its own words name a group (or leave no choice), and
//! an event that the record lists once; how counts may be meant (of all groups together, rounded) is tried first.
//! It leaves out statements that name two trials, and events that the record does not list: they may stand there under a name
//! that is not known to be the same.

mod event;
mod sentence;

use std::collections::BTreeMap;

use super::Extraction;
use super::source::Sources;
use crate::citation::registry;
use crate::claim::SentenceKind;
use crate::source::Record;
use crate::text::Span;
use sentence::Names;

/// A statement that a trial's record contradicts.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryMismatch {
    /// Document.
    pub document: usize,
    /// The sentence, in bytes.
    pub span: Span,
    /// As a reader sees it.
    pub text: String,
    /// The trial's id.
    pub trial: String,
    /// Path of the record.
    pub record: String,
    /// What the record says, in words: "Neutropenia in group 1: 4 of 69 (5.8%)".
    pub says: String,
}

/// A record with the file it stands in.
struct Kept<'a> {
    path: &'a str,
    record: Record,
    names: Names,
}

/// All such statements, by document and place.
pub(super) fn mismatches(extractions: &[Extraction], sources: &Sources) -> Vec<RegistryMismatch> {
    let texts = sources.texts.iter().map(|text| &text.document.source);
    let records: BTreeMap<String, Kept<'_>> = texts
        .filter_map(|text| {
            let record = Record::read(text.text())?;
            let kept = Kept {
                path: text.path(),
                names: Names::of(&record),
                record,
            };
            Some((kept.record.id.clone(), kept))
        })
        .collect();
    if records.is_empty() {
        return Vec::new();
    }
    let documents = extractions.iter().enumerate();
    documents
        .flat_map(|(document, extraction)| of_document(document, extraction, &records))
        .collect()
}

fn of_document(
    document: usize,
    extraction: &Extraction,
    records: &BTreeMap<String, Kept<'_>>,
) -> Vec<RegistryMismatch> {
    let mut named: BTreeMap<usize, Option<&Kept<'_>>> = BTreeMap::new();
    let mut found = Vec::new();
    for sentence in &extraction.statements.sentences {
        let place = &sentence.place;
        let is_told = !matches!(
            sentence.kind,
            SentenceKind::Question | SentenceKind::Heading | SentenceKind::Reference
        );
        if place.cell.is_some() || !is_told {
            continue;
        }
        let block = extraction.document.text_at(place.block, None);
        let Some(block) = block.map(|block| block.plain.as_str()) else {
            continue;
        };
        let kept = *named
            .entry(place.block)
            .or_insert_with(|| only_record(block, records));
        let Some(kept) = kept else {
            continue;
        };
        let text = extraction.document.plain(place);
        let statement = unlabelled(text);
        let says = sentence::clauses(statement, &kept.names)
            .iter()
            .find_map(|clause| event::contradiction(clause, &kept.record));
        found.extend(says.map(|says| RegistryMismatch {
            document,
            span: sentence.span,
            text: text.to_owned(),
            trial: kept.record.id.clone(),
            record: kept.path.to_owned(),
            says,
        }));
    }
    found
}

/// The record of the one trial that a block names.
fn only_record<'a, 'r>(
    block: &str,
    records: &'a BTreeMap<String, Kept<'r>>,
) -> Option<&'a Kept<'r>> {
    let ids = registry::find_all(block);
    let (_, first) = ids.first()?;
    let is_only = ids.iter().all(|(_, id)| id == first);
    records.get(*first).filter(|_| is_only)
}

/// A statement without the label before it: "Trial NCT01234567 (adverse events):".
fn unlabelled(text: &str) -> &str {
    let labelled = text
        .split_once(": ")
        .filter(|(label, _)| !registry::find_all(label).is_empty());
    labelled.map_or(text, |(_, statement)| statement)
}
