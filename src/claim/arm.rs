//! Treatment arms named in a text: runs of substances joined by "plus", "with", "and".

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::lexis::is;
use super::mention;
use super::{Mention, MentionKind};

/// A treatment named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct ArmName {
    /// Bytes of the text, from the first substance to the last (an "alone" behind it included).
    pub(super) range: Range<usize>,
    /// As printed.
    pub(super) name: String,
    /// Folded substances, sorted, each once.
    pub(super) substances: Vec<String>,
}

/// What may stand between two substances of one arm: a connective, a dose in brackets, a second name in brackets.
static JOINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:\s*\([^()]*\))?\s*(?:\+|plus|with|and|/|in combination with|combined with|given with|added to|followed by)\s*$").ok()
});

/// A second name in brackets: "Motixafortide (BL-8040)".
static SECOND_NAME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^\s*\((?:formerly |also )?$").ok());

/// All arms a text names, left to right.
pub(super) fn arms(text: &str) -> Vec<ArmName> {
    arms_among(text, &mention::find(text))
}

/// The same from the substances and studies that the text names.
pub(super) fn arms_among(text: &str, found: &[(Range<usize>, Mention)]) -> Vec<ArmName> {
    let mut runs: Vec<ArmName> = Vec::new();
    for (range, mention) in found {
        if mention.kind != MentionKind::Substance {
            continue;
        }
        if let Some(last) = runs.last_mut() {
            let between = text.get(last.range.end..range.start).unwrap_or_default();
            if SECOND_NAME
                .as_ref()
                .is_some_and(|pattern| pattern.is_match(between))
            {
                last.range.end = range.end;
                continue;
            }
            if JOINT
                .as_ref()
                .is_some_and(|pattern| pattern.is_match(between))
            {
                last.range.end = range.end;
                last.substances.push(mention.folded.clone());
                continue;
            }
        }
        runs.push(ArmName {
            range: range.clone(),
            name: String::new(),
            substances: vec![mention.folded.clone()],
        });
    }
    for run in &mut runs {
        let rest = text.get(run.range.end..).unwrap_or_default();
        let behind = rest.strip_prefix(' ').unwrap_or_default();
        let word = behind.split(|c: char| !c.is_alphabetic()).next();
        if let Some(word) = word.filter(|word| is("alone", word)) {
            run.range.end += 1 + word.len();
        }
        text.get(run.range.clone())
            .unwrap_or_default()
            .clone_into(&mut run.name);
        run.substances.sort();
        run.substances.dedup();
    }
    runs
}
