//! Interventions: the dose, and how often it is given, that a statement tells of participants, against the record's arms.
//!
//! Only numbers are compared. A dose is wrong where the record gives the same substance other ones, and this one nowhere; a
//! frequency, too. It leaves out who receives what at all, schedules by days of a cycle, and statements that compare or deny.

mod dose;
mod frequency;

use super::is;
use super::sentence::{CONTEXT, Item};
use crate::source::Record;
use dose::Doses;

pattern!(
    TOLD,
    r"(?i)\b(?:receiv\w*|reciev\w*|gets?|g[ia]ven?|tak(?:es?|en|ing)|took|administ\w+|treat\w*|dos(?:es?|ed|ing)|undergo\w*|interventions?)\b"
);

/// What the arms of a record give, read once.
pub(super) struct Regimen {
    arms: Vec<Given>,
}

/// The doses and frequencies of one arm.
struct Given {
    doses: Doses,
    text: String,
}

impl Given {
    fn of(text: String) -> Self {
        Self {
            doses: Doses::of(&text),
            text,
        }
    }
}

impl Regimen {
    pub(super) fn of(record: &Record) -> Self {
        let arms = record.arms.iter();
        Self {
            arms: arms.map(|arm| Given::of(arm.lines.join("\n"))).collect(),
        }
    }

    /// The arms that a statement names by number; all where it names none. `None` where it names one that is not there.
    fn named(&self, items: &[Item]) -> Option<Vec<&Given>> {
        let groups: Vec<usize> = items
            .iter()
            .filter_map(Item::groups)
            .flatten()
            .copied()
            .collect();
        if groups.is_empty() {
            return Some(self.arms.iter().collect());
        }
        groups.iter().map(|group| self.arms.get(*group)).collect()
    }
}

/// What the record says where it contradicts a statement: "trastuzumab 4 mg/kg, 2 mg/kg".
pub(super) fn contradiction(statement: &str, items: &[Item], regimen: &Regimen) -> Option<String> {
    let is_told = is(&TOLD, statement);
    let is_compared = items.iter().filter_map(Item::word).any(|word| {
        ["up", "down", "against", "better", "worse", "compares"]
            .iter()
            .any(|class| CONTEXT.has(class, word))
    });
    if !is_told || is_compared {
        return None;
    }
    let arms = regimen.named(items)?;
    dose::contradiction(statement, &arms).or_else(|| frequency::contradiction(statement, &arms))
}
