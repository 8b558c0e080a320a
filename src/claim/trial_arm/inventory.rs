//! The arms of a document with all they are called.
//!
//! Why it exists: a text sets its arms up once and names them by short names, letters and roles afterwards. The best of
//! the set-ups ([`super::set_up`]) gives the arms; the others, the brackets and the abbreviations give further names.
//! A text that sets up no comparison of groups of people has no arms, and costs one look at its first part.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use super::arm::{Arm, abbreviate, complete_roles, distinct, letter};
use super::grouping::groups;
use super::label::resolve;
use super::name::Named;
use super::set_up::set_ups;
use super::words::{NEGATION, Role};
use crate::claim::Synonym;
use crate::markdown::{BlockKind, Document};

/// The arms of a document, at most [`MOST`](super::arm::MOST), in the order they are set up.
#[derive(Clone, Debug, Default)]
pub(in crate::claim) struct Inventory {
    /// The arms; none where the document sets up no comparison.
    pub(in crate::claim) arms: Vec<Arm>,
    /// Which arms have a word, in any of their names.
    pub(super) words: BTreeMap<String, BTreeSet<usize>>,
    /// Short names, and the arm of each.
    pub(super) aliases: Option<AhoCorasick>,
    pub(super) alias_arms: Vec<usize>,
}

/// Arms are set up early: this much running text is searched, in bytes.
const SEARCHED: usize = 9_000;
/// Below this score a set-up counts only where the text speaks of a trial: "comparing A with B" compares anything.
const SURE: u32 = 35;

/// Said of people that are treated.
static PEOPLE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:random(?:i[sz]|ly)|placebo|control group|clinical trial|assigned to|allocated to|patients|participants|volunteers)").ok()
});

/// Said of a trial.
static TRIAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:randomi[sz](?:ed|ation)|randomly|placebo|control group|clinical trial|assigned to|allocated to|controlled (?:trial|study)|controls|treatment (?:groups?|arms?)|arms?|groups?|received|treated with)(?-u:\b)").ok()
});

impl Inventory {
    /// Collects the arms of a document.
    pub(in crate::claim) fn of(document: &Document, synonyms: &[Synonym]) -> Self {
        let texts = opening(document);
        let says = |pattern: &LazyLock<Option<Regex>>| {
            let pattern = pattern.as_ref();
            pattern.is_some_and(|regex| texts.iter().any(|text| regex.is_match(text)))
        };
        if !says(&PEOPLE) {
            return Self::default();
        }
        let least = if says(&TRIAL) { 0 } else { SURE };
        let set_up = texts
            .iter()
            .enumerate()
            .flat_map(|(index, sentence)| set_ups(sentence, index == 0))
            .map(|found| (found.score, found.arms));
        let mut ranked: Vec<(u32, Vec<Arm>)> = set_up
            .chain(groups(&texts))
            .filter(|(score, _)| *score >= least)
            .map(|(score, named)| (score, distinct(named)))
            .filter(|(_, arms)| arms.len() > 1)
            .collect();
        ranked.sort_by_key(|(score, _)| std::cmp::Reverse(*score));
        let mut ranked = ranked.into_iter().map(|(_, arms)| arms);
        let Some(mut arms) = ranked.next() else {
            return Self::default();
        };
        for other in ranked {
            adopt_names(&mut arms, other);
        }
        abbreviate(&mut arms, synonyms);
        complete_roles(&mut arms);
        Self::indexed(arms)
    }

    /// Arms by the names that the tables of a document give them.
    pub(in crate::claim) fn named(names: &[String], synonyms: &[Synonym]) -> Self {
        let printed = names.iter().map(|name| Named {
            name: name.clone(),
            aliases: Vec::new(),
            size: None,
            dose: None,
        });
        let mut arms = distinct(printed.collect());
        abbreviate(&mut arms, synonyms);
        complete_roles(&mut arms);
        Self::indexed(arms)
    }

    fn indexed(mut arms: Vec<Arm>) -> Self {
        let mut words: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        let mut aliases: BTreeMap<String, BTreeSet<usize>> = BTreeMap::new();
        for (index, arm) in arms.iter_mut().enumerate() {
            if arm
                .names
                .first()
                .is_some_and(|name| name.iter().all(|token| token == NEGATION))
            {
                arm.aliases.insert(arm.name.clone());
            }
            arm.letter = arm.letter.or_else(|| {
                std::iter::once(&arm.name)
                    .chain(&arm.aliases)
                    .find_map(|name| letter(name))
            });
            for token in arm.names.iter().flatten() {
                words.entry(token.clone()).or_default().insert(index);
            }
            for alias in &arm.aliases {
                if alias.len() > 1 {
                    aliases.entry(alias.clone()).or_default().insert(index);
                }
            }
        }
        let own: Vec<(String, usize)> = aliases
            .into_iter()
            .filter_map(
                |(alias, of)| match of.into_iter().collect::<Vec<_>>().as_slice() {
                    [only] => Some((alias, *only)),
                    _ => None,
                },
            )
            .collect();
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::LeftmostLongest)
            .build(own.iter().map(|(alias, _)| alias))
            .ok()
            .filter(|_| !own.is_empty());
        Self {
            arms,
            words,
            aliases: automaton,
            alias_arms: own.into_iter().map(|(_, arm)| arm).collect(),
        }
    }

    /// With two arms: the other one.
    pub(super) fn other(&self, arm: usize) -> Option<usize> {
        (self.arms.len() == 2 && arm < 2).then(|| 1 - arm)
    }

    /// The only arm of a role.
    pub(super) fn by_role(&self, role: Role) -> Option<usize> {
        only(self.arms.iter().map(|arm| arm.role == Some(role)))
    }

    /// The arm of a letter or number, from 0; by its place where no arm is lettered.
    pub(super) fn by_letter(&self, place: usize) -> Option<usize> {
        if self.arms.iter().all(|arm| arm.letter.is_none()) {
            return (place < self.arms.len()).then_some(place);
        }
        only(self.arms.iter().map(|arm| arm.letter == Some(place)))
    }

    /// The arm whose names fit a set of words best (F1), where one is better than every other: its index and the score in
    /// thousandths. Words that several arms share tell none apart, unless they are all of a name.
    pub(super) fn best(&self, tokens: &BTreeSet<String>) -> Option<(usize, usize)> {
        let mut top = None;
        let mut second = 0;
        for (index, arm) in self.arms.iter().enumerate() {
            let score = arm
                .names
                .iter()
                .map(|name| f1(name, tokens))
                .max()
                .unwrap_or(0);
            if top.is_none_or(|(_, best)| score > best) {
                second = top.map_or(0, |(_, best)| best);
                top = Some((index, score));
            } else {
                second = second.max(score);
            }
        }
        let (arm, score) = top.filter(|(_, score)| *score > second)?;
        let telling = score == 1_000
            || tokens
                .iter()
                .any(|token| self.words.get(token).is_some_and(|arms| arms.len() == 1));
        telling.then_some((arm, score))
    }
}

fn only(fitting: impl Iterator<Item = bool>) -> Option<usize> {
    let mut places = fitting
        .enumerate()
        .filter(|(_, fits)| *fits)
        .map(|(index, _)| index);
    let first = places.next()?;
    places.next().is_none().then_some(first)
}

/// How well two sets of words agree, in thousandths: 1,000 when equal.
pub(super) fn f1(one: &BTreeSet<String>, other: &BTreeSet<String>) -> usize {
    let shared = one.intersection(other).count();
    2_000 * shared / (one.len() + other.len()).max(1)
}

/// Names of another set-up of the same arms.
fn adopt_names(arms: &mut [Arm], other: Vec<Arm>) {
    let found = Inventory::indexed(arms.to_vec());
    let mut met: BTreeSet<usize> = BTreeSet::new();
    let mut pairs: Vec<(usize, Arm)> = Vec::new();
    for arm in other {
        let Some(index) = resolve(&arm.name, arm.size, &found) else {
            continue;
        };
        if !met.insert(index) {
            return;
        }
        pairs.push((index, arm));
    }
    for (index, arm) in pairs {
        let Some(own) = arms.get_mut(index) else {
            continue;
        };
        for name in arm.names {
            if !name.is_empty() && !own.names.contains(&name) {
                own.names.push(name);
            }
        }
        own.aliases.extend(arm.aliases);
        own.role = own.role.or(arm.role);
        own.size = own.size.or(arm.size);
    }
}

/// The sentences of a document's first part. Abbreviations may cut one short, which costs a set-up.
fn opening(document: &Document) -> Vec<&str> {
    let running = document.blocks.iter().filter(|block| {
        matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading { .. }
        )
    });
    let mut searched = 0;
    let mut texts = Vec::new();
    for block in running {
        for sentence in sentences(&block.text.plain) {
            texts.push(sentence);
            searched += sentence.len();
            if searched > SEARCHED {
                return texts;
            }
        }
    }
    texts
}

/// A text cut behind full stops that a capital or a digit follows, "vs." aside.
fn sentences(text: &str) -> impl Iterator<Item = &str> {
    let mut rest = text;
    std::iter::from_fn(move || {
        if rest.is_empty() {
            return None;
        }
        let cut = rest.match_indices(". ").map(|(at, _)| at).find(|at| {
            let next = rest.get(at + 2..).and_then(|tail| tail.chars().next());
            let before = rest.get(..*at).unwrap_or_default();
            !before.ends_with(" vs") && next.is_none_or(|c| !c.is_lowercase())
        });
        let (sentence, tail) = rest.split_at_checked(cut.map_or(rest.len(), |at| at + 2))?;
        rest = tail;
        Some(sentence.trim_end().trim_end_matches('.'))
    })
}
