//! The arms of a document with all they are called.
//!
//! Why it exists: a text sets its arms up once and names them by short names, letters and roles afterwards. The best of
//! the set-ups ([`super::set_up`]) gives the arms; the others, the brackets and the abbreviations give further names.
//! A text that sets up no comparison of groups of people has no arms, and costs one look at its first part.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};
use regex::Regex;

use super::label::resolve;
use super::name::{Named, clean};
use super::set_up::set_ups;
use super::words::{NEGATION, Role, dose_tokens, role, tokens};
use crate::claim::Synonym;
use crate::markdown::{BlockKind, Document};

/// One arm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::claim) struct Arm {
    /// As the document sets it up.
    pub(in crate::claim) name: String,
    /// Content words of each of its names; the first is the name itself.
    pub(in crate::claim) names: Vec<BTreeSet<String>>,
    /// Short names as printed: "TAM", "group A", "no treatment".
    pub(super) aliases: BTreeSet<String>,
    /// Its place among lettered or numbered arms, from 0.
    pub(super) letter: Option<usize>,
    /// Treatment or control, where the words or the other arm tell.
    pub(in crate::claim) role: Option<Role>,
    /// Number of people, where the document says it.
    pub(super) size: Option<u32>,
}

impl Arm {
    /// The name and the short names, as printed.
    pub(in crate::claim) fn printed_names(&self) -> impl Iterator<Item = String> {
        std::iter::once(&self.name).chain(&self.aliases).cloned()
    }
}

/// The arms of a document, at most [`MOST`], in the order they are set up.
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

/// Most arms of one document.
const MOST: usize = 6;
/// Arms are set up early: this much running text is searched, in bytes.
const SEARCHED: usize = 9_000;
/// Score of the two commonest "the X group".
const GROUPS: u32 = 25;
/// Score of "group A", "group B" where nothing says what they got.
const LETTERED: u32 = 24;
/// The same where each stands twice.
const GROUPS_OFTEN: u32 = 45;

/// "in the X group", "the X arm".
static GROUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:the|in|and|versus|vs\.?|than)\s+((?:[0-9A-Za-z_+/-]+[\s-]+){1,3}?)(?:groups?|arms?)(?-u:\b)").ok()
});

static TRIAL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:random(?:i[sz]|ly)|placebo|control group|clinical trial|assigned to|allocated to|patients|participants|volunteers)").ok()
});

/// "Group A", "arm 2", "II".
static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:[Tt]reatment |[Tt]he )?(?:[Aa]rm|[Gg]roup|[Rr]egimen|[Ss]chedule|ARM|GROUP)[ -])?([A-F]|[1-6]|I{1,3}|IV|V|VI)(?:[ -](?:arm|group))?$").ok()
});

impl Inventory {
    /// Collects the arms of a document.
    pub(in crate::claim) fn of(document: &Document, synonyms: &[Synonym]) -> Self {
        let texts = opening(document);
        let people = TRIAL
            .as_ref()
            .is_some_and(|regex| texts.iter().any(|text| regex.is_match(text)));
        if !people {
            return Self::default();
        }
        let mut candidates = Vec::new();
        let mut groups: BTreeMap<String, (usize, usize)> = BTreeMap::new();
        for (index, sentence) in texts.iter().enumerate() {
            candidates.extend(set_ups(sentence, index == 0));
            for found in GROUP
                .as_ref()
                .into_iter()
                .flat_map(|regex| regex.captures_iter(sentence))
            {
                if let Some(name) = found.get(1).and_then(|name| clean(name.as_str())) {
                    let count = groups.len();
                    groups.entry(name.to_lowercase()).or_insert((0, count)).0 += 1;
                }
            }
        }
        let (common, often) = commonest(&groups);
        let mut ranked: Vec<(u32, Vec<Arm>)> = candidates
            .into_iter()
            .map(|candidate| (candidate.score, candidate.arms))
            .chain([(LETTERED, lettered(&texts))])
            .chain([(if often { GROUPS_OFTEN } else { GROUPS }, common)])
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

/// Which place a letter or number tells: "A", "group 1", "II".
pub(super) fn letter(name: &str) -> Option<usize> {
    let found = LETTER.as_ref()?.captures(name.trim())?;
    Some(match found.get(1)?.as_str() {
        "A" | "1" | "I" => 0,
        "B" | "2" | "II" => 1,
        "C" | "3" | "III" => 2,
        "D" | "4" | "IV" => 3,
        "E" | "5" | "V" => 4,
        _ => 5,
    })
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

/// The words of a name; "treatment" tells an arm only where it is the whole name.
fn own_tokens(name: &str) -> BTreeSet<String> {
    let own = tokens(name);
    let whole = name.to_lowercase();
    if own.is_empty() && matches!(whole.as_str(), "treatment" | "study" | "treated") {
        return BTreeSet::from([whole]);
    }
    own
}

fn arm_of(printed: Named) -> Arm {
    let mut names = vec![own_tokens(&printed.name)];
    for alias in &printed.aliases {
        let other = tokens(alias);
        if !other.is_empty() && letter(alias).is_none() && !names.contains(&other) {
            names.push(other);
        }
    }
    let role = names.iter().find_map(role);
    Arm {
        name: printed.name,
        names,
        aliases: printed.aliases.into_iter().collect(),
        letter: None,
        role,
        size: printed.size,
    }
}

/// Arms whose words differ, in order; doses tell them apart where nothing else does.
fn distinct(named: Vec<Named>) -> Vec<Arm> {
    let doses: Vec<Option<String>> = named.iter().map(|one| one.dose.clone()).collect();
    let all: Vec<Arm> = named.into_iter().map(arm_of).collect();
    let kept = differing(all.clone());
    if kept.len() > 1 {
        return kept;
    }
    let told_apart = all.into_iter().zip(doses).map(|(mut arm, dose)| {
        if let Some(dose) = dose {
            arm.name = format!("{} {dose}", arm.name);
        }
        arm.names = vec![dose_tokens(&arm.name)];
        arm
    });
    differing(told_apart.collect())
}

fn differing(all: Vec<Arm>) -> Vec<Arm> {
    let mut kept: Vec<Arm> = Vec::new();
    for arm in all {
        let own = arm.names.first().cloned().unwrap_or_default();
        let named = !own.is_empty() || letter(&arm.name).is_some() || arm.aliases.len() > 3;
        let new = kept.iter().all(|other| {
            other.names.first() != Some(&own) || own.is_empty() && other.name != arm.name
        });
        if named && new && kept.len() < MOST {
            kept.push(arm);
        }
    }
    kept
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

/// "High-dose chemotherapy (HDCT)" is also "HDCT", and the other way round.
fn abbreviate(arms: &mut [Arm], synonyms: &[Synonym]) {
    for synonym in synonyms {
        let (long, short) = (tokens(&synonym.name), tokens(&synonym.other));
        if long.is_empty() || short.is_empty() {
            continue;
        }
        for arm in &mut *arms {
            let mut further = Vec::new();
            for name in &arm.names {
                let (from, to) = if name.is_superset(&long) {
                    (&long, &short)
                } else if name.is_superset(&short) {
                    (&short, &long)
                } else {
                    continue;
                };
                if name == &long && synonym.other.len() > 1 {
                    arm.aliases.insert(synonym.other.clone());
                }
                let other: BTreeSet<String> = name.difference(from).chain(to).cloned().collect();
                if !arm.names.contains(&other) {
                    further.push(other);
                }
            }
            arm.names.extend(further.into_iter().take(4));
        }
    }
}

/// With two arms the role of one gives the other's; if one's words contain the other's, the smaller is the control.
fn complete_roles(arms: &mut [Arm]) {
    let [one, other] = arms else {
        return;
    };
    let (mine, theirs) = (
        one.names.first().cloned().unwrap_or_default(),
        other.names.first().cloned().unwrap_or_default(),
    );
    if one.role == other.role {
        (one.role, other.role) = (None, None);
        if mine.is_superset(&theirs) {
            other.role = Some(Role::Control);
        } else if theirs.is_superset(&mine) {
            one.role = Some(Role::Control);
        }
    }
    let opposite = |role: Role| match role {
        Role::Control => Role::Treatment,
        Role::Treatment => Role::Control,
    };
    if one.role.is_none() {
        one.role = other.role.map(opposite);
    } else if other.role.is_none() {
        other.role = one.role.map(opposite);
    }
}

/// Words before "group" that name no arm of their own.
const UNNAMED: [&str; 33] = [
    "and",
    "versus",
    "or",
    "two",
    "both",
    "three",
    "same",
    "each",
    "other",
    "age",
    "all",
    "these",
    "either",
    "different",
    "risk",
    "four",
    "entire",
    "treatment",
    "study",
    "between",
    "cooperative",
    "whole",
    "latter",
    "former",
    "first",
    "second",
    "any",
    "one",
    "trial",
    "this",
    "parallel",
    "cancer",
    "oncology",
];

static LETTERED_GROUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?-u:\b)(?:[Gg]roup|[Aa]rm|GROUP|ARM)\s+([A-Z]|I{1,3}|IV|[1-6])(?-u:\b)").ok()
});

/// "Group A", "group B" where two or more stand.
fn lettered(texts: &[&str]) -> Vec<Named> {
    let mut found: Vec<Named> = Vec::new();
    for text in texts {
        for captures in LETTERED_GROUP
            .as_ref()
            .into_iter()
            .flat_map(|regex| regex.captures_iter(text))
        {
            let Some(letter) = captures.get(1).map(|letter| letter.as_str()) else {
                continue;
            };
            let name = format!("group {letter}");
            if found.iter().all(|known| known.name != name) && found.len() < MOST {
                let aliases = ["group ", "Group ", "arm ", "Arm "]
                    .map(|lead| format!("{lead}{letter}"))
                    .into();
                found.push(Named {
                    name,
                    aliases,
                    size: None,
                    dose: None,
                });
            }
        }
    }
    found
}

/// The two commonest "the X group", in the order they come.
fn commonest(groups: &BTreeMap<String, (usize, usize)>) -> (Vec<Named>, bool) {
    let controlled = groups.contains_key("control") || groups.contains_key("placebo");
    let fits = |name: &str| {
        let tested = controlled && matches!(name, "study" | "treatment");
        tested || !name.split(' ').any(|word| UNNAMED.contains(&word))
    };
    let mut ranked: Vec<(&String, &(usize, usize))> =
        groups.iter().filter(|(name, _)| fits(name)).collect();
    ranked.sort_by(|a, b| b.1.0.cmp(&a.1.0).then(a.1.1.cmp(&b.1.1)));
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    let mut kept: Vec<(usize, Named)> = Vec::new();
    let mut often = true;
    for (name, (count, place)) in ranked {
        let words = own_tokens(name);
        if (words.is_empty() && letter(&name.to_uppercase()).is_none())
            || seen
                .iter()
                .any(|other| *other == words && !words.is_empty())
        {
            continue;
        }
        seen.push(words);
        often &= *count > 1;
        kept.push((
            *place,
            Named {
                name: name.clone(),
                aliases: Vec::new(),
                size: None,
                dose: None,
            },
        ));
        if kept.len() == 2 {
            break;
        }
    }
    kept.sort_by_key(|(place, _)| *place);
    (kept.into_iter().map(|(_, named)| named).collect(), often)
}
