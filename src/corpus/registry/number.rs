//! Numbers of trials that are none: of the wrong form, or unknown to the registry.
//!
//! The form is judged for ClinicalTrials.gov alone, whose numbers are `NCT` and eight digits, of which the first is 0 so
//! far. It leaves out code and addresses.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::{Field, LOCK_FILE, RegistryMismatch};
use crate::corpus::Extraction;
use crate::markdown::{BlockKind, InlineKind, Place};
use crate::source::{Lock, SourceId, State, Why, named};

/// Digits of a number of ClinicalTrials.gov.
const DIGITS: usize = 8;

/// From five to twelve characters, of which some can be the letter O in place of a zero.
static FORM: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"\bNCT[ -]?([0O][0-9O]{4,11})\b").ok());

/// Numbers that their registry does not know, with what is said of them.
pub(super) fn unknown(lock: &Lock) -> BTreeMap<&str, String> {
    let wrong = lock.answers.iter().filter_map(|(id, answer)| {
        let SourceId::Registry(name) = id else {
            return None;
        };
        let is_unknown = answer.state == State::Wrong && answer.why.is_some_and(Why::is_missing);
        let service = if answer.service.is_empty() {
            "its registry"
        } else {
            &answer.service
        };
        let day = answer.asked.get(..10).unwrap_or(&answer.asked);
        is_unknown.then(|| {
            (
                name.as_str(),
                format!("does not exist: {service} did not know it on {day}"),
            )
        })
    });
    wrong.collect()
}

/// The wrong numbers of a document, an unknown one at its first place.
pub(super) fn wrong(
    document: usize,
    extraction: &Extraction,
    unknown: &BTreeMap<&str, String>,
) -> Vec<RegistryMismatch> {
    let mut found = malformed(document, extraction);
    if unknown.is_empty() {
        return found;
    }
    let mut told: BTreeSet<String> = BTreeSet::new();
    for place in named(&extraction.document, &extraction.citations) {
        let SourceId::Registry(name) = place.id else {
            continue;
        };
        let Some(says) = unknown.get(name.as_str()).filter(|_| !told.contains(&name)) else {
            continue;
        };
        told.insert(name.clone());
        found.push(RegistryMismatch {
            document,
            span: place.span,
            text: extraction.document.source.slice(place.span).to_owned(),
            trial: name,
            field: Field::Number,
            record: Some(LOCK_FILE.to_owned()),
            says: says.clone(),
        });
    }
    found
}

fn malformed(document: usize, extraction: &Extraction) -> Vec<RegistryMismatch> {
    let Some(form) = FORM.as_ref() else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for (block, cell, text) in extraction.document.texts() {
        let is_code = extraction
            .document
            .blocks
            .get(block)
            .is_some_and(|block| matches!(block.kind, BlockKind::Code));
        if is_code || !text.plain.contains("NCT") {
            continue;
        }
        for number in form.captures_iter(&text.plain) {
            let (Some(whole), Some(digits)) = (number.get(0), number.get(1)) else {
                continue;
            };
            let is_in_code = text.inlines.iter().any(|inline| {
                inline.kind == InlineKind::Code && inline.range.contains(&whole.start())
            });
            let Some(says) = fault(digits.as_str()).filter(|_| !is_in_code) else {
                continue;
            };
            let range = whole.range();
            found.push(RegistryMismatch {
                document,
                span: extraction.document.span(&Place { block, cell, range }),
                text: whole.as_str().to_owned(),
                trial: whole.as_str().to_owned(),
                field: Field::Form,
                record: None,
                says,
            });
        }
    }
    found
}

/// What is wrong with the digits of a number.
fn fault(digits: &str) -> Option<String> {
    if digits.contains('O') {
        return Some("has the letter O where a zero stands in such numbers".to_owned());
    }
    let count = digits.len();
    let missing = |by: usize| if by == 1 { "one" } else { "some" };
    let fault = if count < DIGITS {
        format!("{} missing", missing(DIGITS - count))
    } else {
        format!("{} too many", missing(count.checked_sub(DIGITS)?))
    };
    (count != DIGITS).then(|| {
        format!("has {count} digits, {fault}: numbers of ClinicalTrials.gov have {DIGITS}")
    })
}
