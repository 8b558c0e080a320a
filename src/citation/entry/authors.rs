//! Who is in the author block of an entry: people, an organisation, or editors, who are no authors.

use std::sync::LazyLock;

use super::author_end::author_end;
use super::person::{Class, classify, last_word, separators};
use super::year::Year;
use crate::citation::context::words;
use crate::citation::name::is_initials;
use crate::ontology::{WordSet, word_set};
use crate::text::squeeze;

/// Longest text before a year that is taken for an author of another kind, in bytes.
const LONGEST_OTHER: usize = 130;

static ORGANISATIONS: LazyLock<WordSet> =
    LazyLock::new(|| word_set("reference-organisation-words"));

/// The authors of an entry.
pub(super) struct Authors {
    /// As printed, one each; empty where the people named are editors.
    pub(super) names: Vec<String>,
    /// The whole block as printed.
    pub(super) printed: String,
    /// Byte after the block.
    pub(super) end: usize,
    /// Whether initials show that they are people.
    pub(super) is_certain: bool,
}

/// Finds the author block at the start of `body`.
pub(super) fn find(body: &str, bracketed: Option<&Year>) -> Option<Authors> {
    author_end(body, bracketed)
        .map(|end| authors(body, end))
        .or_else(|| other(body, bracketed))
}

fn authors(body: &str, end: usize) -> Authors {
    let block = body.get(..end).unwrap_or_default();
    let (mut names, is_certain) = people(block);
    let rest = body.get(end..).unwrap_or_default();
    if let Some(skipped) = role(rest).or_else(|| block_role(block)) {
        return Authors {
            names: Vec::new(),
            printed: String::new(),
            end: end + skipped,
            is_certain,
        };
    }
    if let Some(last) = names.last_mut() {
        *last = without_end(last).to_owned();
    }
    let open = block.rfind('(').unwrap_or(block.len());
    Authors {
        names,
        printed: squeeze(
            block
                .get(..open)
                .unwrap_or_default()
                .trim_end_matches([' ', ',', ':', ';']),
        ),
        end,
        is_certain,
    }
}

/// The names of a block as printed, one each, and whether initials show that they are people's.
fn people(block: &str) -> (Vec<String>, bool) {
    let mut bounds = separators(block);
    bounds.push((block.len(), block.len()));
    let mut names: Vec<String> = Vec::new();
    let mut class = Class::Start;
    let mut start = 0;
    let mut is_certain = false;
    for (at, after) in bounds {
        let piece = block.get(start..at).unwrap_or_default().trim();
        start = after;
        if piece.is_empty() {
            continue;
        }
        let (next, _) = classify(piece, class);
        is_certain |= matches!(
            next,
            Class::FamilyInitials | Class::Initials | Class::InitialsFamily | Class::EtAl
        );
        let belongs = matches!(next, Class::Initials | Class::Given | Class::Suffix)
            || matches!(class, Class::Family)
                && matches!(
                    next,
                    Class::FamilyInitials | Class::GivenFamily | Class::InitialsFamily
                );
        match names.last_mut() {
            Some(last) if belongs => {
                last.push_str(", ");
                last.push_str(&squeeze(piece));
            }
            Some(_) | None => {
                let piece = piece
                    .trim_end_matches("et al.")
                    .trim_end_matches("et al")
                    .trim();
                if !piece.is_empty()
                    && (next != Class::EtAl || classify(piece, class).0 != Class::EtAl)
                {
                    names.push(squeeze(piece));
                }
            }
        }
        class = if belongs { Class::FamilyInitials } else { next };
    }
    (names, is_certain)
}

/// The last name of a block without what closes the block: a full stop that is no initial's, a bracket.
fn without_end(last: &str) -> &str {
    let open = last.find('(').unwrap_or(last.len());
    let kept = last.get(..open).unwrap_or_default();
    let trimmed = kept.trim_end_matches([':', ',', ' ']);
    if is_initials(last_word(kept)) {
        trimmed
    } else {
        trimmed.trim_end_matches('.')
    }
}

/// Length of ", editors" or "(Eds.)" at the start of what follows the names.
fn role(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start_matches([' ', ',', '(', '[']);
    let lower: String = trimmed
        .chars()
        .take(10)
        .flat_map(char::to_lowercase)
        .collect();
    words("editor")
        .iter()
        .find(|word| lower.starts_with(**word))
        .filter(|word| {
            !trimmed
                .get(word.len()..)
                .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        })
        .map(|word| rest.len() - trimmed.len() + word.len())
}

fn block_role(block: &str) -> Option<usize> {
    let lower = block
        .trim_end_matches([' ', ',', '.', ')', ':'])
        .to_lowercase();
    words("editor-last")
        .iter()
        .any(|role| lower.ends_with(role))
        .then_some(0)
}

/// An organisation or anything else that stands where authors do.
fn other(body: &str, bracketed: Option<&Year>) -> Option<Authors> {
    let before_year = bracketed
        .map(|year| year.range.start)
        .filter(|end| (3..LONGEST_OTHER).contains(end))
        .filter(|end| super::sentence::end(body, 0).is_none_or(|stop| stop + 3 >= *end));
    let stop = super::sentence::end(body, 0).filter(|stop| {
        let words: Vec<&str> = body
            .get(..*stop)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        words.len() <= 12
            && words.iter().any(|word| {
                ORGANISATIONS.contains(
                    word.trim_matches([',', '.', '(', ')'])
                        .to_lowercase()
                        .as_str(),
                )
            })
            && !words
                .first()
                .is_some_and(|word| *word != "The" && super::person::is_function_word(word))
    });
    let quote =
        super::sentence::opening_quote(super::head(body, LONGEST_OTHER)).filter(|quote| *quote > 3);
    let end = before_year.or(quote).or(stop)?;
    let name = super::sentence::trim(body.get(..end)?);
    let quoted = body.trim_start().starts_with(['“', '"', '«', '‘', '\'']);
    (!name.is_empty() && !quoted).then(|| Authors {
        names: vec![squeeze(name)],
        printed: squeeze(name),
        end,
        is_certain: false,
    })
}
