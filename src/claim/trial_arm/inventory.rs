//! The arms of a document, from the sentences and the title that set them up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regex::Regex;

use super::words::{Role, role, tokens};
use crate::claim::Synonym;
use crate::markdown::{BlockKind, Document};

/// One arm.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::claim) struct Arm {
    /// As the document sets it up.
    pub(in crate::claim) name: String,
    /// Content words of the name and of what the document also calls it.
    pub(in crate::claim) tokens: BTreeSet<String>,
    /// Treatment or control, where the words or the other arm tell.
    pub(in crate::claim) role: Option<Role>,
}

/// The arms of a document, at most [`MOST`], in the order they are set up.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::claim) struct Inventory {
    /// The arms; none where the document sets up no comparison.
    pub(in crate::claim) arms: Vec<Arm>,
}

/// Most arms of one document.
const MOST: usize = 6;
/// Arms are set up early: this much running text is searched, in bytes.
const SEARCHED: usize = 9_000;
/// Longest name, in words.
const LONGEST: usize = 10;

struct Pattern {
    regex: Option<Regex>,
    score: u32,
    /// Whether "and" separates two arms in the captured text.
    and: bool,
}

static PATTERNS: LazyLock<Vec<Pattern>> = LazyLock::new(|| {
    let pattern = |regex: &str, score, and| Pattern {
        regex: Regex::new(regex).ok(),
        score,
        and,
    };
    vec![
        pattern(
            r"(?i)(?-u:\b)(?:randomi[sz]ed|randomly|assigned|allocated)(?-u:\b)[^.;]*?(?-u:\b)to[ \u{a0}]+(?:receive[ \u{a0}]+|undergo[ \u{a0}]+)?(?:either[ \u{a0}]+|one of [0-9A-Za-z_]+ [0-9A-Za-z_]+:[ \u{a0}]*)?([^.;]+)",
            40,
            false,
        ),
        pattern(
            r"(?i)(?-u:\b)(?:comparing|comparison of|compared?|compares)[ \u{a0}]+([^.;,]+?[ \u{a0}](?:with|to|versus|vs\.?|and)[ \u{a0}][^.;,]+)",
            30,
            true,
        ),
        pattern(
            r"(?i)^([^.:;]+?[ \u{a0}](?:versus|vs\.?|compared with|compared to|or)[ \u{a0}][^.:;]+)",
            35,
            false,
        ),
    ]
});

/// "in the X group", "the X arm".
static GROUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?-u:\b)the[ \u{a0}]+((?:[0-9A-Za-z_+/-]+[ \u{a0}]+){1,4}?)(?:group|arm)(?-u:\b)",
    )
    .ok()
});

/// "X (n = 12)", "X group (12 patients)".
static SIZED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)([0-9A-Za-z_+/ -]+?)[ \u{a0}]*(?:group|arm)?[ \u{a0}]*[(\[][ \u{a0}]*(?:n[ \u{a0}]*=[ \u{a0}]*[0-9]+|[0-9]+ (?:patients|women|men|subjects|participants))").ok()
});

static SEPARATOR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[ \u{a0}]+(?:or|versus|vs\.?|compared with|compared to)[ \u{a0}]+|;[ \u{a0}]*|,[ \u{a0}]+or[ \u{a0}]+").ok()
});

static SEPARATOR_AND: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)[ \u{a0}]+(?:or|versus|vs\.?|with|to|and)[ \u{a0}]+").ok());

/// Where a name ends: a schedule, a place, a purpose.
static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[ \u{a0}]*[(\[].*|,.*|[ \u{a0}]+(?:for|in|at|as|on|every|daily|once|twice|after|before|during|until|over|among|by|given|using|within|followed by|from|who|which|that)(?-u:\b).*|[ \u{a0}]+[0-9]+[ \u{a0}]*(?:mg|g|ml|µg|mcg|gy).*").ok()
});

/// What stands before the name of a sized group: "were assigned to A (n = 12) and B (n = 13)".
static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[,:;][ \u{a0}]*|[ \u{a0}]+(?:to|in|into|received?|receiving|undergoing|underwent|and|or|with either|either|the|were|was|got|versus|vs|who|patients|women)[ \u{a0}]+").ok()
});

static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:to|the|a|an|or|either|receive|received|receiving|randomly|randomi[sz]ed|assigned|allocated|undergo|be|treated|treatment|with|of|one|effects?|efficacy|safety|addition|use|role|impact|patients?|women|men|subjects|participants|and|were|was|into|in|group|arm|for|that|between|ratio|[0-9][0-9:,.]*)[ \u{a0}]+").ok()
});

impl Inventory {
    /// Collects the arms of a document. The best of its set-ups gives them.
    pub(in crate::claim) fn of(document: &Document, synonyms: &[Synonym]) -> Self {
        let mut best: (u32, Vec<String>) = (0, Vec::new());
        let mut groups: BTreeMap<String, usize> = BTreeMap::new();
        let mut searched = 0;
        for sentence in sentences(document) {
            searched += sentence.len();
            if searched > SEARCHED {
                break;
            }
            for candidate in set_ups(sentence) {
                if candidate.0 > best.0 {
                    best = candidate;
                }
            }
            for name in captures(&GROUP, sentence) {
                *groups.entry(name.trim().to_lowercase()).or_default() += 1;
            }
        }
        if best.1.is_empty() {
            best.1 = commonest(&groups);
        }
        let mut found = Self::new(&best.1);
        found.add_aliases(synonyms);
        found
    }

    /// Arms by the names that the tables of a document give them.
    pub(in crate::claim) fn named(names: &[String], synonyms: &[Synonym]) -> Self {
        let mut found = Self::new(names);
        found.add_aliases(synonyms);
        found
    }

    fn new(names: &[String]) -> Self {
        let mut arms: Vec<Arm> = names
            .iter()
            .take(MOST)
            .map(|name| {
                let tokens = tokens(name);
                Arm {
                    name: name.clone(),
                    role: role(&tokens),
                    tokens,
                }
            })
            .collect();
        if let [one, other] = arms.as_mut_slice() {
            complete_roles(one, other);
        }
        Self { arms }
    }

    /// What the document calls an arm for short: "high-dose chemotherapy (HDCT)".
    fn add_aliases(&mut self, synonyms: &[Synonym]) {
        for arm in &mut self.arms {
            let own = arm.tokens.clone();
            for synonym in synonyms {
                let (long, short) = (tokens(&synonym.name), tokens(&synonym.other));
                if !long.is_empty() && own.is_superset(&long) {
                    arm.tokens.extend(short);
                } else if !short.is_empty() && own.is_superset(&short) {
                    arm.tokens.extend(long);
                }
            }
        }
    }

    /// With two arms: the other one.
    pub(super) fn other(&self, arm: usize) -> Option<usize> {
        (self.arms.len() == 2 && arm < 2).then(|| 1 - arm)
    }

    /// The only arm of a role.
    pub(super) fn by_role(&self, role: Role) -> Option<usize> {
        let mut fitting = self
            .arms
            .iter()
            .enumerate()
            .filter(|(_, arm)| arm.role == Some(role));
        let (first, _) = fitting.next()?;
        fitting.next().is_none().then_some(first)
    }
}

/// With two arms the role of one gives the other's; if one's words contain the other's, the smaller is the control.
fn complete_roles(one: &mut Arm, other: &mut Arm) {
    if one.role.is_none() && other.role.is_none() {
        if one.tokens.is_superset(&other.tokens) {
            other.role = Some(Role::Control);
        } else if other.tokens.is_superset(&one.tokens) {
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

fn sentences(document: &Document) -> impl Iterator<Item = &str> {
    let running = document.blocks.iter().filter(|block| {
        matches!(
            block.kind,
            BlockKind::Paragraph | BlockKind::ListItem | BlockKind::Heading { .. }
        )
    });
    running.flat_map(|block| block.text.plain.split(". "))
}

/// Sets of arms a sentence sets up, with their scores.
fn set_ups(sentence: &str) -> Vec<(u32, Vec<String>)> {
    let mut found = Vec::new();
    for pattern in PATTERNS.iter() {
        let separator = if pattern.and {
            &SEPARATOR_AND
        } else {
            &SEPARATOR
        };
        let captured = pattern
            .regex
            .as_ref()
            .and_then(|regex| regex.captures(sentence));
        let Some(text) = captured
            .and_then(|found| found.get(1))
            .map(|group| group.as_str())
        else {
            continue;
        };
        let Some(separator) = separator.as_ref() else {
            continue;
        };
        found.push((pattern.score, distinct(separator.split(text))));
    }
    let sized = captures(&SIZED, sentence);
    if sized.len() > 1 {
        let random = sentence.contains("andom") || sentence.contains("ssigned");
        let names = sized
            .iter()
            .filter_map(|name| LEAD.as_ref().and_then(|lead| lead.split(name).last()));
        found.push((if random { 60 } else { 45 }, distinct(names)));
    }
    found.retain(|(_, names)| names.len() > 1);
    found
}

fn captures(pattern: &LazyLock<Option<Regex>>, text: &str) -> Vec<String> {
    let Some(regex) = pattern.as_ref() else {
        return Vec::new();
    };
    regex
        .captures_iter(text)
        .filter_map(|found| found.get(1))
        .map(|group| group.as_str().to_owned())
        .collect()
}

/// Cleaned names whose words differ, in order.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut seen: Vec<BTreeSet<String>> = Vec::new();
    let mut kept = Vec::new();
    for name in names.filter_map(clean) {
        let words = tokens(&name);
        if !words.is_empty() && !seen.contains(&words) {
            seen.push(words);
            kept.push(name);
        }
    }
    kept
}

fn clean(name: &str) -> Option<String> {
    let mut name = name.trim();
    while let Some(head) = HEAD.as_ref().and_then(|regex| regex.find(name)) {
        name = name.get(head.end()..).unwrap_or_default();
    }
    let end = TAIL
        .as_ref()
        .and_then(|regex| regex.find(name))
        .map_or(name.len(), |tail| tail.start());
    let name = name
        .get(..end)
        .unwrap_or_default()
        .trim()
        .trim_end_matches(" group")
        .trim_end_matches(" arm");
    let stated = name
        .split_whitespace()
        .any(|word| matches!(word, "was" | "were" | "is" | "are" | "had" | "has" | "did"));
    let fits = !stated
        && !name.contains(['%', '='])
        && name.split_whitespace().count() <= LONGEST
        && name.len() > 1;
    fits.then(|| name.to_owned())
}

/// Words before "group" that name no arm of their own.
const UNNAMED: [&str; 14] = [
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
];

/// The two commonest "the X group".
fn commonest(groups: &BTreeMap<String, usize>) -> Vec<String> {
    let named = |name: &str| !name.split(' ').any(|word| UNNAMED.contains(&word));
    let mut ranked: Vec<(&String, &usize)> =
        groups.iter().filter(|(name, _)| named(name)).collect();
    ranked.sort_by(|a, b| b.1.cmp(a.1).then(a.0.cmp(b.0)));
    let arms = distinct(ranked.into_iter().map(|(name, _)| name.as_str()));
    if arms.len() > 1 {
        arms.into_iter().take(2).collect()
    } else {
        Vec::new()
    }
}
