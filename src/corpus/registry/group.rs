//! Which group of an outcome a part of a statement names: by its number, or by words of its title.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::sentence::Item;
use crate::claim::name_tokens;
use crate::source::Outcome;

/// A number or letter in a title: "Arm B", "Cohort 2".
static NUMBERED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"\b(?:[Cc]ohort|[Aa]rm|[Gg]roup|[Pp]art)\s+(\d|[A-F]|I{1,3})\b").ok()
});

/// The group with a number, from 0, where no title says that the record numbers its groups otherwise.
pub(super) fn numbered(group: usize, outcome: &Outcome) -> Option<usize> {
    let is_in_order = outcome.groups.iter().enumerate().all(|(at, group)| {
        let number = NUMBERED
            .as_ref()
            .and_then(|pattern| pattern.captures(&group.title));
        let place = number.and_then(|number| match number.get(1)?.as_str() {
            "1" | "A" | "I" => Some(0),
            "2" | "B" | "II" => Some(1),
            "3" | "C" | "III" => Some(2),
            "4" | "D" => Some(3),
            _ => None,
        });
        place.is_none_or(|place| place == at)
    });
    (group < outcome.groups.len() && is_in_order).then_some(group)
}

/// The words of a part of a statement that stand in titles of groups.
pub(super) struct Side {
    titles: Vec<BTreeSet<String>>,
    named: BTreeSet<String>,
}

impl Side {
    pub(super) fn of(items: &[Item], outcome: &Outcome) -> Self {
        let titles: Vec<BTreeSet<String>> = outcome
            .groups
            .iter()
            .map(|group| name_tokens(&group.title))
            .collect();
        let words: Vec<&str> = items.iter().filter_map(Item::word).collect();
        let measure = name_tokens(&outcome.title);
        let named = name_tokens(&words.join(" ")).into_iter().filter(|word| {
            titles.iter().any(|title| title.contains(word)) && !measure.contains(word)
        });
        Self {
            named: named.collect(),
            titles,
        }
    }

    /// Whether no word of a title stands there.
    pub(super) fn is_empty(&self) -> bool {
        self.named.is_empty()
    }

    /// The one group whose title has all these words; where several have, the one that has no others.
    pub(super) fn named(&self) -> Option<usize> {
        let fitting: Vec<usize> = (0..self.titles.len())
            .filter(|at| {
                self.titles
                    .get(*at)
                    .is_some_and(|title| self.named.is_subset(title))
            })
            .collect();
        match fitting.as_slice() {
            _ if self.named.is_empty() => None,
            [only] => Some(*only),
            several => {
                let mut same = several
                    .iter()
                    .filter(|at| self.titles.get(**at) == Some(&self.named));
                let only = same.next()?;
                same.next().is_none().then_some(*only)
            }
        }
    }
}
