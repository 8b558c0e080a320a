//! Statements about registered trials that the registry's record contradicts, and numbers that name no trial.
//!
//! Why it exists: a record says how many took part, what was measured, and how many participants of which group had an
//! event, so "10 patients in cohort 1 had hypotension" can be held against it. A statement is judged only where its own
//! words say what of the record they speak of; how a figure may be meant (of all groups together, rounded) is tried first.
//! Records are files below `sources/`, and what the lock file says of a trial.
//! A sentence about two trials is judged where each part of it names one. It leaves out events that the record does not list:
//! they may stand there under a name that is not known to be the same.

/// A pattern that is compiled once, where it is first asked for.
macro_rules! pattern {
    ($name:ident, $pattern:literal) => {
        static $name: std::sync::LazyLock<Option<regex::Regex>> =
            std::sync::LazyLock::new(|| regex::Regex::new($pattern).ok());
    };
}

mod eligibility;
mod event;
mod group;
mod intervention;
mod number;
mod primary_outcome;
mod protocol;
mod result;
mod row;
mod sentence;
mod tally;
mod topic;
mod value;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::Extraction;
use super::source::Sources;
use crate::citation::registry;
use crate::claim::{Sentence, SentenceKind};
use crate::markdown::BlockKind;
use crate::source::{Record, SourceId, State, Trial};
use crate::text::Span;
use eligibility::Limits;
use intervention::Regimen;
use protocol::{Difference, Entry};
use tally::Tally;
use topic::Topic;

/// Whether a pattern is found in a text.
fn is(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern
        .as_ref()
        .is_some_and(|pattern| pattern.is_match(text))
}

/// A statement that a trial's record contradicts, or a number of no trial.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RegistryMismatch {
    /// Document.
    pub document: usize,
    /// The sentence, the name or the number, in bytes.
    pub span: Span,
    /// As a reader sees it.
    pub text: String,
    /// The trial's id.
    pub trial: String,
    /// What differs.
    pub field: Field,
    /// Path of the record; `None` where the number's own form is wrong.
    pub record: Option<String>,
    /// What the record says, in words: "Neutropenia in group 1: 4 of 69 (5.8%)".
    pub says: String,
}

/// What of a record a statement differs from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The number has not the form of one.
    Form,
    /// No trial has the number.
    Number,
    /// Participants.
    Enrolment,
    /// Phase.
    Phase,
    /// Status.
    Status,
    /// Primary outcomes.
    PrimaryOutcome,
    /// Adverse events.
    AdverseEvents,
    /// Values of an outcome.
    Results,
    /// Criteria of eligibility.
    Eligibility,
    /// Doses, and how often they are given.
    Intervention,
}

impl Field {
    /// The field as the graph has it.
    pub fn label(self) -> &'static str {
        match self {
            Self::Form => "form",
            Self::Number => "number",
            Self::Enrolment => "enrolment",
            Self::Phase => "phase",
            Self::Status => "status",
            Self::PrimaryOutcome => "primary outcome",
            Self::AdverseEvents => "adverse events",
            Self::Results => "results",
            Self::Eligibility => "eligibility",
            Self::Intervention => "intervention",
        }
    }
}

/// What is at hand of one trial.
#[derive(Default)]
struct Kept<'a> {
    /// The record below `sources/`.
    record: Option<Listed<'a>>,
    /// What the lock file has, and the day on which it was asked.
    locked: Option<(&'a Trial, &'a str)>,
}

/// A record with its path, and what statements are held against, made ready once.
struct Listed<'a> {
    path: &'a str,
    record: Record,
    tally: Tally,
    limits: Limits,
    regimen: Regimen,
}

impl Kept<'_> {
    /// What is known of the trial as a whole, with the path it stands in: the lock file first, which is renewed.
    fn entry(&self) -> Option<(Entry<'_>, &str)> {
        if let Some((trial, day)) = self.locked {
            let day = Some(day);
            return Some((Entry { trial, day }, LOCK_FILE));
        }
        let listed = self.record.as_ref()?;
        let trial = listed.record.trial.as_ref()?;
        Some((Entry { trial, day: None }, listed.path))
    }
}

/// The lock file as messages call it.
const LOCK_FILE: &str = "factlint.lock";

/// All such statements, by document and place. Linear in documents and records.
pub(super) fn mismatches(extractions: &[Extraction], sources: &Sources) -> Vec<RegistryMismatch> {
    let kept = kept(sources);
    let unknown = number::unknown(&sources.lock);
    let documents = extractions.iter().enumerate();
    documents
        .flat_map(|(document, extraction)| {
            let mut found = number::wrong(document, extraction, &unknown);
            if !kept.is_empty() {
                found.extend(of_document(document, extraction, &kept));
            }
            found.sort_by_key(|found| (found.span.start, found.field));
            found
        })
        .collect()
}

fn kept(sources: &Sources) -> BTreeMap<String, Kept<'_>> {
    let mut kept: BTreeMap<String, Kept<'_>> = BTreeMap::new();
    for text in &sources.texts {
        let text = &text.document.source;
        if let Some(record) = Record::read(text.text()) {
            let trial = kept.entry(record.id.clone()).or_default();
            trial.record = Some(Listed {
                path: text.path(),
                tally: Tally::of(&record),
                limits: Limits::of(&record),
                regimen: Regimen::of(&record),
                record,
            });
        }
    }
    for (id, answer) in &sources.lock.answers {
        let (SourceId::Registry(id), State::Verified, Some(trial)) =
            (id, answer.state, &answer.trial)
        else {
            continue;
        };
        let day = answer.asked.get(..10).unwrap_or(&answer.asked);
        kept.entry(id.clone()).or_default().locked = Some((trial, day));
    }
    kept
}

fn of_document(
    document: usize,
    extraction: &Extraction,
    kept: &BTreeMap<String, Kept<'_>>,
) -> Vec<RegistryMismatch> {
    let mut found = named_phases(document, extraction, kept);
    // A name gives the phase more surely than the words around it.
    let names = extraction.statements.studies.iter();
    let phased: BTreeSet<usize> = names
        .filter(|name| name.registry.is_some() && !name.phases.is_empty())
        .map(|name| name.place.block)
        .collect();
    let mut topic = Topic::default();
    let mut of_block: BTreeMap<usize, Option<String>> = BTreeMap::new();
    for sentence in &extraction.statements.sentences {
        let block = sentence.place.block;
        if !is_told(sentence, extraction) {
            continue;
        }
        let text = extraction.document.plain(&sentence.place);
        let topic = topic.of(sentence, &extraction.document);
        let apart = topic::apart(text);
        let told: Vec<(String, &str)> = match topic {
            Some(trial) => vec![(trial, text)],
            None => apart.clone(),
        };
        for (trial, part) in told {
            if let Some((entry, path)) = kept.get(&trial).and_then(Kept::entry) {
                let differences = protocol::differences(part, entry).into_iter();
                let kept = differences
                    .filter(|(field, _)| *field != Field::Phase || !phased.contains(&block));
                found.extend(kept.map(|difference| {
                    mismatch(document, sentence.span, text, (&trial, path), difference)
                }));
            }
        }
        let only = of_block.entry(block).or_insert_with(|| {
            let text = extraction.document.text_at(block, None);
            topic::only(&registry::find_all(text.map_or("", |text| &text.plain)))
        });
        let parts = match only {
            Some(only) => vec![(only.clone(), text)],
            None => apart,
        };
        for (trial, part) in parts {
            let Some(listed) = kept.get(&trial).and_then(|kept| kept.record.as_ref()) else {
                continue;
            };
            let difference = figures(unlabelled(part), listed);
            found.extend(difference.map(|difference| {
                mismatch(
                    document,
                    sentence.span,
                    text,
                    (&trial, listed.path),
                    difference,
                )
            }));
        }
    }
    found.extend(row::mismatches(document, extraction, kept));
    found
}

/// Phases that a document gives beside a study's number: "Phase 3 FORTRESS (NCT01837095)".
fn named_phases(
    document: usize,
    extraction: &Extraction,
    kept: &BTreeMap<String, Kept<'_>>,
) -> Vec<RegistryMismatch> {
    let names = extraction.statements.studies.iter();
    names
        .filter_map(|name| {
            let trial = name.registry.as_deref()?;
            let (entry, path) = kept.get(trial)?.entry()?;
            let difference = protocol::named_phase(name, entry.trial)?;
            Some(mismatch(
                document,
                name.span,
                &name.name,
                (trial, path),
                difference,
            ))
        })
        .collect()
}

/// Whether a sentence of running text can tell of a trial.
fn is_told(sentence: &Sentence, extraction: &Extraction) -> bool {
    let block = extraction.document.blocks.get(sentence.place.block);
    let is_heading = block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }));
    let is_other = matches!(
        sentence.kind,
        SentenceKind::Question | SentenceKind::Reference
    );
    sentence.place.cell.is_none() && !is_heading && !is_other
}

/// What the record's figures contradict of a statement.
fn figures(statement: &str, listed: &Listed<'_>) -> Option<Difference> {
    let clauses = sentence::clauses(statement, &listed.tally);
    let events = clauses
        .iter()
        .find_map(|clause| event::contradiction(clause, &listed.record, &listed.tally));
    if let Some(says) = events {
        return Some((Field::AdverseEvents, says));
    }
    if let Some(says) = result::contradiction(statement, &listed.record) {
        return Some((Field::Results, says));
    }
    if let Some(says) = eligibility::contradiction(statement, &listed.limits) {
        return Some((Field::Eligibility, says));
    }
    let items = sentence::items(statement, &Tally::default());
    let says = intervention::contradiction(statement, &items, &listed.regimen)?;
    Some((Field::Intervention, says))
}

fn mismatch(
    document: usize,
    span: Span,
    text: &str,
    (trial, path): (&str, &str),
    (field, says): Difference,
) -> RegistryMismatch {
    RegistryMismatch {
        document,
        span,
        text: text.to_owned(),
        trial: trial.to_owned(),
        field,
        record: Some(path.to_owned()),
        says,
    }
}

/// A statement without the label before it: "Trial NCT01234567 (adverse events):".
fn unlabelled(text: &str) -> &str {
    let labelled = text
        .split_once(": ")
        .filter(|(label, _)| !registry::find_all(label).is_empty());
    labelled.map_or(text, |(_, statement)| statement)
}
