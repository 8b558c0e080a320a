//! The adverse events of a record by folded name, counted once, so that each statement is held against them quickly.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::sentence::fold_phrase;
use crate::ontology::{WordMap, lexicon_table};
use crate::source::{Count, Record};

/// Most words of the name of an event that are looked up, and of the end of one.
pub(super) const LONGEST: (usize, usize) = (12, 4);

static SYNONYMS: LazyLock<WordMap<String>> = LazyLock::new(|| {
    lexicon_table("event-synonyms")
        .filter_map(|row| Some((fold_phrase(row.first()?), fold_phrase(row.get(1)?))))
        .collect()
});

/// The adverse events of a record.
#[derive(Clone, Debug, Default)]
pub(super) struct Tally {
    events: BTreeMap<String, Event>,
    /// Words that stand side by side in names, with the one name in which they do; `None` where in several.
    parts: BTreeMap<String, Option<String>>,
    /// Names by their words in alphabetical order: registries write "hepatitis toxic". `None` where several have the words.
    sorted: BTreeMap<String, Option<String>>,
    /// For each group, the event that most participants had, as printed.
    commonest: Vec<Option<(String, Count)>>,
    /// Whether participants with an adverse event are counted at one place. The totals of registries count serious events,
    /// and an outcome may count all.
    pub(super) has_one_total: bool,
}

#[derive(Clone, Debug, Default)]
struct Event {
    /// As printed first.
    name: String,
    /// For each group, how often it lists the event, and the count it gives first.
    counts: Vec<(usize, Option<Count>)>,
    /// Events whose names hold this one: febrile neutropenia beside neutropenia, peripheral oedema beside oedema.
    kinds: Vec<String>,
}

impl Tally {
    pub(super) fn of(record: &Record) -> Self {
        let is_other = |title: &str| !fold_phrase(title).contains("adverse event");
        let mut tally = Self {
            has_one_total: record
                .outcomes
                .iter()
                .all(|outcome| is_other(&outcome.title)),
            ..Self::default()
        };
        for (at, group) in record.event_groups.iter().enumerate() {
            let mut commonest: Option<&(String, Count)> = None;
            for listed in &group.events {
                let (name, count) = listed;
                let event = tally.events.entry(fold_phrase(name)).or_default();
                if event.counts.is_empty() {
                    event.name.clone_from(name);
                }
                event
                    .counts
                    .resize(event.counts.len().max(at + 1), (0, None));
                if let Some((times, first)) = event.counts.get_mut(at) {
                    *times += 1;
                    first.get_or_insert(*count);
                }
                if commonest.is_none_or(|(_, most)| count.affected > most.affected) {
                    commonest = Some(listed);
                }
            }
            tally.commonest.push(commonest.cloned());
        }
        let names: Vec<String> = tally.events.keys().cloned().collect();
        for name in names {
            let words: Vec<&str> = name.split(' ').take(LONGEST.0).collect();
            tally
                .sorted
                .entry(sorted(&name))
                .and_modify(|known| *known = None)
                .or_insert_with(|| Some(name.clone()));
            let lengths = 1..=LONGEST.1.min(words.len());
            let parts: BTreeSet<String> = lengths
                .flat_map(|length| words.windows(length))
                .map(|part| part.join(" "))
                .collect();
            for part in parts {
                let is_whole = part == name;
                let broader = tally.events.get_mut(&part);
                if let Some(broader) = broader.filter(|_| !is_whole) {
                    broader.kinds.push(name.clone());
                }
                let known = tally.parts.entry(part);
                known
                    .and_modify(|known| *known = None)
                    .or_insert_with(|| Some(name.clone()));
            }
        }
        tally
    }

    /// The folded name of the event that folded words name: in full, with its words in another order, by an everyday name, or
    /// by the end of its name, the noun that the words before it narrow. `None` where another event's name holds the words.
    pub(super) fn named(&self, words: &str) -> Option<&str> {
        let whole = |words: &str| {
            let whole = self.events.get_key_value(words).map(|(name, _)| name);
            whole.or_else(|| self.sorted.get(&sorted(words))?.as_ref())
        };
        let end = |words: &str| {
            let name = self.parts.get(words)?.as_ref()?;
            name.ends_with(&format!(" {words}")).then_some(name)
        };
        let everyday = || {
            let other = SYNONYMS
                .get(words)
                .filter(|_| !self.parts.contains_key(words))?;
            whole(other).or_else(|| end(other))
        };
        let found = whole(words).or_else(everyday).or_else(|| end(words));
        found.map(String::as_str)
    }

    /// The name of an event as printed.
    pub(super) fn printed(&self, event: &str) -> Option<&str> {
        Some(&self.events.get(event)?.name)
    }

    /// Participants of a group with an event. `None` where the group does not list it exactly once.
    pub(super) fn count(&self, group: usize, event: &str) -> Option<Count> {
        match self.events.get(event)?.counts.get(group)? {
            (1, count) => *count,
            _ => None,
        }
    }

    /// The same with the events whose names hold this one: "neutropenia" can mean febrile neutropenia, too.
    pub(super) fn count_with_kinds(&self, group: usize, event: &str) -> Option<Count> {
        let mut sum = self.count(group, event)?;
        for kind in &self.events.get(event)?.kinds {
            let count = self.count(group, kind)?;
            sum.affected = sum.affected.saturating_add(count.affected).min(sum.at_risk);
        }
        Some(sum)
    }

    /// The event that most participants of a group had, as printed.
    pub(super) fn commonest(&self, group: usize) -> Option<(&str, Count)> {
        let (name, count) = self.commonest.get(group)?.as_ref()?;
        Some((name, *count))
    }
}

/// The words of a name in alphabetical order.
fn sorted(name: &str) -> String {
    let mut words: Vec<&str> = name.split(' ').collect();
    words.sort_unstable();
    words.join(" ")
}

impl Count {
    /// Percentage of those at risk.
    pub(super) fn share(self) -> Option<Decimal> {
        let part = Decimal::from(self.affected).checked_div(self.at_risk.into())?;
        part.checked_mul(Decimal::ONE_HUNDRED)
    }

    /// "4 of 40 (10%)".
    pub(super) fn words(self) -> String {
        let share = self.share().map(|share| share.round_dp(1).normalize());
        let share = share.map_or_else(String::new, |share| format!(" ({share}%)"));
        format!("{} of {}{share}", self.affected, self.at_risk)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::EventGroup;

    #[test]
    fn events_are_found_by_their_names_and_counted_where_they_stand_once() {
        let count = |affected| Count {
            affected,
            at_risk: 40,
        };
        let group = |events: &[(&str, u32)]| EventGroup {
            events: events
                .iter()
                .map(|(name, affected)| ((*name).to_owned(), count(*affected)))
                .collect(),
            ..EventGroup::default()
        };
        let record = Record {
            event_groups: vec![
                group(&[
                    ("Eyelid oedema", 2),
                    ("Sepsis", 3),
                    ("Rash", 1),
                    ("Neutropenic sepsis", 1),
                ]),
                group(&[("Sepsis", 1), ("Rash", 5), ("Rash", 2)]),
            ],
            ..Record::default()
        };
        let tally = Tally::of(&record);
        assert_eq!(tally.named("edema"), Some("eyelid edema"));
        assert_eq!(tally.named("edema eyelid"), Some("eyelid edema"));
        assert_eq!(tally.named("blood poisoning"), Some("sepsis"));
        assert_eq!(tally.count_with_kinds(0, "sepsis"), Some(count(4)));
        assert_eq!(tally.named("gout"), None);
        assert_eq!(tally.count(0, "sepsis"), Some(count(3)));
        assert_eq!(tally.count(1, "sepsis"), Some(count(1)));
        assert_eq!(tally.count(1, "rash"), None);
        assert_eq!(tally.count(1, "eyelid edema"), None);
        assert_eq!(tally.commonest(0), Some(("Sepsis", count(3))));
    }
}
