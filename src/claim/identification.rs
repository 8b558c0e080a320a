//! Studies with their registry number, where the text puts one right behind the other: "the HARBOUR trial (NCT01234567)".
//!
//! Why it exists: only such a statement says that the number is that study's. It reads names in capitals that are said to be of a
//! study; drugs under test have many trials. It leaves out which statements contradict one another: that needs all documents.

use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

use regex::Regex;

use super::MentionKind;
use super::mention::{self, is_code};
use crate::citation::Citations;
use crate::citation::registry;
use crate::markdown::{BlockKind, Document, Place};
use crate::ontology::lexicon;
use crate::text::Span;

/// A study's name with the number that the text gives it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Identification {
    /// From the name to the end of the number.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// As printed: "HARBOUR-2".
    pub name: String,
    /// Capitals and digits alone: what is compared.
    pub folded: String,
    /// The number: "NCT01234567".
    pub number: String,
    /// Other numbers printed right before or behind it: one study that is registered twice.
    pub listed_with: Vec<String>,
}

/// So far in front of a number its study's name is looked for, in bytes.
const REACH: usize = 100;
/// Numbers so near to each other are listed together, in bytes.
const TOGETHER: usize = 60;

/// A name in capitals, perhaps "trial", and a bracket with nothing but the registry's name before the number.
static NAMED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?:^|[^A-Za-z0-9/-])([A-Z][A-Z0-9]*(?:-[A-Za-z0-9]+)*(?: [0-9]{1,2}[a-z]?)?)( (?:[Cc]linical )?(?:[Tt]rial|[Ss]tudy),?)?\s?[(\[,;:]\s*(?:(?:[Cc]linical[Tt]rials\.gov|[Rr]egistered|[Rr]egistration|[Rr]egistry|[Tt]rial|[Ii]dentifier|ID|[Nn]umber|[Nn]o\.|#|NCT|as|under|[Pp]hase [0-9IV]+[abAB]?)[ :,;.]*){0,5}$",
    )
    .ok()
});
static OTHER_PARTS: LazyLock<Vec<&str>> = LazyLock::new(|| lexicon("study-extensions").collect());

/// Every statement of a study's number, in document order. Linear in the document.
pub(super) fn extract(document: &Document, citations: &Citations) -> Vec<Identification> {
    let mut found = Vec::new();
    for (block, cell, text) in document.texts() {
        let is_read =
            document.blocks.get(block).is_some_and(|block| {
                !matches!(block.kind, BlockKind::Code | BlockKind::FrontMatter)
            }) && citations.reference_blocks.binary_search(&block).is_err();
        if !is_read {
            continue;
        }
        let numbers: Vec<(usize, &str)> = registry::find_all(&text.plain);
        for (index, (start, number)) in numbers.iter().enumerate() {
            let Some((at, name)) = name_before(&text.plain, *start) else {
                continue;
            };
            let place = Place {
                block,
                cell,
                range: at..start + number.len(),
            };
            found.push(Identification {
                span: document.span(&place),
                place,
                folded: folded(name),
                name: name.to_owned(),
                number: (*number).to_owned(),
                listed_with: listed_with(&numbers, index),
            });
        }
    }
    found
}

/// The name that a number at `end` belongs to, with its start.
fn name_before(text: &str, end: usize) -> Option<(usize, &str)> {
    let start = (end.saturating_sub(REACH)..=end).find(|at| text.is_char_boundary(*at))?;
    let head = text.get(start..end)?;
    let captures = NAMED.as_ref()?.captures(head)?;
    let name = captures.get(1)?;
    let word = name.as_str();
    let letters = word.chars().filter(char::is_ascii_alphabetic).count();
    let numbered = word.contains('-') && word.ends_with(|c: char| c.is_ascii_digit());
    let long = letters >= if numbered { 4 } else { 5 };
    let is_named = captures.get(2).is_some() || is_known(head, word);
    let before = head.get(..name.start())?.to_lowercase();
    let other = OTHER_PARTS.iter().any(|word| {
        before.contains(word)
            || head
                .get(name.end()..)
                .is_some_and(|behind| behind.contains(word))
    });
    (long && is_named && !is_code(word) && !other).then_some((start + name.start(), word))
}

/// Whether other words of the sentence say that the name is a study's.
fn is_known(head: &str, name: &str) -> bool {
    mention::find(head)
        .iter()
        .any(|(_, found)| found.kind == MentionKind::Study && name.starts_with(&found.name))
}

fn folded(name: &str) -> String {
    name.chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|c| c.to_ascii_uppercase())
        .collect()
}

fn listed_with(numbers: &[(usize, &str)], index: usize) -> Vec<String> {
    let near = |other: usize| {
        let (own, other) = (numbers.get(index)?, numbers.get(other)?);
        let (first, second) = if own.0 < other.0 {
            (own, other)
        } else {
            (other, own)
        };
        let gap = second.0.checked_sub(first.0 + first.1.len())?;
        (gap <= TOGETHER && own.1 != other.1).then(|| other_of(numbers, index, first, second))
    };
    [index.checked_sub(1), Some(index + 1)]
        .into_iter()
        .flatten()
        .filter_map(near)
        .collect()
}

fn other_of(
    numbers: &[(usize, &str)],
    index: usize,
    first: &(usize, &str),
    second: &(usize, &str),
) -> String {
    let own = numbers.get(index).map(|own| own.0);
    if own == Some(first.0) {
        second.1
    } else {
        first.1
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::super::fixture::read;
    use super::extract;

    fn check(text: &str, expected: &[&str]) {
        let (document, citations) = read(text);
        let found: Vec<String> = extract(&document, &citations)
            .iter()
            .map(|one| format!("{} {} {}", one.name, one.number, one.listed_with.join(",")))
            .collect();
        let found: Vec<&str> = found.iter().map(|one| one.trim()).collect();
        assert_eq!(found, expected, "{text}");
    }

    #[test]
    fn a_number_in_brackets_is_its_studys() {
        check(
            "The HARBOUR trial (NCT01234567) ended early.",
            &["HARBOUR NCT01234567"],
        );
        check(
            "In the phase 3 HARBOUR-2 study (ClinicalTrials.gov identifier: NCT01234567), doses fell.",
            &["HARBOUR-2 NCT01234567"],
        );
    }

    #[test]
    fn drugs_and_extensions_have_numbers_of_their_own() {
        check("Corvatinib (NCT01234567) was tested.", &[]);
        check("The BL-8040 trial (NCT01234567) ended.", &[]);
        check(
            "The extension of the HARBOUR trial (NCT01234567) ended.",
            &[],
        );
    }

    #[test]
    fn numbers_side_by_side_are_listed_together() {
        check(
            "The HARBOUR trial (NCT01234567, NCT07654321) ended.",
            &["HARBOUR NCT01234567 NCT07654321"],
        );
    }
}
