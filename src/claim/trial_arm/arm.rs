//! One arm with all it is called: its words, short names, letter, role and size.
//!
//! It leaves out where arms are found ([`super::set_up`], [`super::grouping`]) and which of them a document has
//! ([`super::inventory`]).

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use super::name::Named;
use super::words::{Role, dose_tokens, role, tokens};
use crate::claim::Synonym;

/// Most arms of one document.
pub(super) const MOST: usize = 6;

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

/// "Group A", "arm 2", "II".
static LETTER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(?:(?:[Tt]reatment |[Tt]he )?(?:[Aa]rm|[Gg]roup|[Rr]egimen|[Ss]chedule|ARM|GROUP)[ -])?([A-F]|[1-6]|I{1,3}|IV|V|VI)(?:[ -](?:arm|group))?$").ok()
});

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

/// The words of a name; "treatment" tells an arm only where it is the whole name.
pub(super) fn own_tokens(name: &str) -> BTreeSet<String> {
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
pub(super) fn distinct(named: Vec<Named>) -> Vec<Arm> {
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

/// "High-dose chemotherapy (HDCT)" is also "HDCT", and the other way round.
pub(super) fn abbreviate(arms: &mut [Arm], synonyms: &[Synonym]) {
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
pub(super) fn complete_roles(arms: &mut [Arm]) {
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
