//! Where a sentence names an arm: by its words, by its role, by "the other group".

use std::collections::BTreeSet;
use std::ops::Range;

use super::inventory::Inventory;
use super::words::{Role, Word, role, words};

/// An arm named in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Bytes of the sentence.
    pub(super) range: Range<usize>,
    /// Index in [`Inventory::arms`].
    pub(super) arm: usize,
    /// Whether it stands behind "than", "versus", "compared with".
    pub(super) compared: bool,
}

/// Words behind which a mention is the one compared with.
const COMPARATORS: [&str; 7] = [
    "than", "versus", "vs", "compared", "over", "against", "relative",
];
/// How many words before a mention a comparator may stand: "compared with patients in the ...".
const REACH: usize = 6;

/// The mentions of a sentence, in order.
pub(super) fn mentions(sentence: &str, inventory: &Inventory) -> Vec<Mention> {
    if inventory.arms.len() < 2 {
        return Vec::new();
    }
    let all = words(sentence);
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(word) = all.get(at) {
        let known = word.content
            && inventory
                .arms
                .iter()
                .any(|arm| arm.tokens.contains(&word.token));
        let end = if known {
            run_end(&all, at, inventory)
        } else {
            at + 1
        };
        let run = all.get(at..end).unwrap_or_default();
        let arm = if known {
            best(run, inventory)
        } else {
            by_role(&all, at, inventory)
        };
        if let (Some(arm), Some(last)) = (arm, run.last()) {
            let compared = is_compared(&all, at);
            found.push(Mention {
                range: word.range.start..last.range.end,
                arm,
                compared,
            });
        }
        at = end.max(at + 1);
    }
    found
}

/// The end of a run of words of one arm; one or two words that tell nothing may stand between ("plus", "with").
fn run_end(all: &[Word], start: usize, inventory: &Inventory) -> usize {
    let has = |arm: &usize, word: &Word| {
        inventory
            .arms
            .get(*arm)
            .is_some_and(|arm| arm.tokens.contains(&word.token))
    };
    let mut fitting: Vec<usize> = (0..inventory.arms.len()).collect();
    let mut end = start;
    for (at, word) in all.iter().enumerate().skip(start) {
        let before = at
            .checked_sub(1)
            .and_then(|at| all.get(at))
            .filter(|_| at > start);
        let adjacent = before.is_none_or(|before| word.range.start - before.range.end <= 3);
        let still: Vec<usize> = fitting
            .iter()
            .copied()
            .filter(|arm| word.content && has(arm, word))
            .collect();
        if adjacent && !still.is_empty() {
            fitting = still;
            end = at + 1;
        } else if !adjacent || word.content || at - end > 1 {
            break;
        }
    }
    end.max(start + 1)
}

/// The arm whose words a run has best (F1), where one is better than every other.
fn best(run: &[Word], inventory: &Inventory) -> Option<usize> {
    let tokens: BTreeSet<&String> = run
        .iter()
        .filter(|word| word.content)
        .map(|word| &word.token)
        .collect();
    let mut scores: Vec<(usize, usize)> = inventory
        .arms
        .iter()
        .enumerate()
        .map(|(index, arm)| {
            let shared = tokens
                .iter()
                .filter(|token| arm.tokens.contains(**token))
                .count();
            let total = tokens.len() + arm.tokens.len();
            (2_000 * shared / total.max(1), index)
        })
        .collect();
    scores.sort_unstable_by(|a, b| b.cmp(a));
    match scores.as_slice() {
        [(top, arm), (second, _), ..] if top > second && *top > 0 => Some(*arm),
        _ => None,
    }
}

/// "Controls", "the intervention group", "the placebo arm".
fn by_role(all: &[Word], at: usize, inventory: &Inventory) -> Option<usize> {
    let word = all.get(at)?;
    let grouped = all.get(at + 1).is_some_and(|next| {
        matches!(
            next.token.as_str(),
            "group" | "groups" | "arm" | "arms" | "patients" | "patient" | "subjects" | "subject"
        )
    });
    let told = role(&BTreeSet::from([word.token.clone()]))?;
    let alone = word.token == "control" && word.range.len() > "control".len();
    (grouped || alone || told == Role::Control && word.token == "placebo")
        .then(|| inventory.by_role(told))
        .flatten()
}

fn is_compared(all: &[Word], at: usize) -> bool {
    let before = all.get(at.saturating_sub(REACH)..at).unwrap_or_default();
    for word in before.iter().rev() {
        if COMPARATORS.contains(&word.token.as_str()) {
            return true;
        }
        if word.content && !matches!(word.token.as_str(), "alone" | "control") {
            return false;
        }
    }
    false
}
