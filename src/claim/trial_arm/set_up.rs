//! Sentences that set up the arms of a trial.
//!
//! Why it exists: arms are introduced in a few wordings, from sure to doubtful: sizes in brackets, "12 in the A group and
//! 13 in the B group", "randomised to A or B", a title "A versus B", "comparing A with B". Each gives a score.
//! It leaves out what else the arms are called and which set-up wins ([`super::inventory`]).

use std::sync::LazyLock;

use regex::Regex;

use super::contrast::{against_placebo, comparing, grouped, versus};
use super::lexis::{holds, pattern, words_of};
use super::name::{Named, clean, named, size};

/// Arms as one sentence sets them up.
#[derive(Clone, Debug)]
pub(super) struct SetUp {
    /// How sure the wording is; the highest wins.
    pub(super) score: u32,
    /// The arms in order; two or more.
    pub(super) arms: Vec<Named>,
}

/// Scores of the wordings, as weighed in a prototype on abstracts of trials.
const SIZED: u32 = 60;
const COUNTED: u32 = 50;
const ASSIGNED: u32 = 40;
const TITLE: u32 = 35;
const PLACEBO_TRIAL: u32 = 22;
const PLURAL_GROUPS: u32 = 28;
const SAYS_RANDOM: u32 = 20;

static BRACKET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[(\[][^()\[\]]*[)\]]").ok());

/// Behind one of these begins the first name before a bracket with a size.
static LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[:;]\s*|,\s+(?:and\s+)?|\s(?:to|in|into|of|received?|receiving|undergoing|undergo|underwent|either|were|was|got|between|given|who|had|(?:patients|women|men|participants|subjects)(?: with)?)\s+(?:the\s+|an?\s+)?").ok()
});

/// "12 patients were assigned to", "13 in the": a name follows.
static COUNT_HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)(?-u:\b)(?:([0-9][0-9,]*)|(?:{count})(?:[ -][a-z]+)?|half|(?:the\s+)?(?:others?|remaining|remainder|rest))\s+(?:(?:of\s+)?(?:the\s+)?(?:{people})\s+)?(?:\([^()]*\)\s*)?(?:(?:were|was)\s+)?(?:(?:randomly\s+)?(?:assigned|randomi[sz]ed|allocated|treated|enrolled|entered|included)\s+)?(?:(?:in|into|to|received|receiving|underwent|had|with|on|by)\s+)(?:(?:receive|the|undergo)\s+)*",
    )
});

static ASSIGNMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:randomi[sz]ed|randomly|randomi[sz]ation|assigned|allocated|randomi[sz]es)(?-u:\b)").ok()
});

/// Where the list of arms begins, from sure to doubtful.
static OPENINGS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    [
        r"(?i)(?-u:\b)either(?: with| to| the| a)?\s+",
        r"(?i)(?-u:\b)(?:receive|undergo|between|groups?:|arms?:|treatment with|take|have)\s+",
        r"(?i)(?-u:\b)(?:to|into)\s+",
        r"(?i)(?-u:\b)(?:assigned|of|with|received|randomi[sz]ed)\s+",
    ]
    .into_iter()
    .filter_map(|pattern| Regex::new(pattern).ok())
    .collect()
});

static OR: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i),?\s+(?:or(?: to| the)?|versus|vs\.?|v|compared (?:with|to))\s+|;\s*(?:and |or )?",
    )
    .ok()
});

/// Between two arms that "and" joins.
pub(super) static AND: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i),?\s+(?:and(?: to)?|or|versus|vs\.?)\s+|;\s*(?:and |or )?").ok()
});

static COMMAS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i),\s*(?:or |and )?|\s+(?:or|and|versus|vs\.?)\s+|;\s*").ok());

/// All set-ups of a sentence; `first` for a heading or the first sentence of a document.
pub(super) fn set_ups(sentence: &str, first: bool) -> Vec<SetUp> {
    let masked = mask_brackets(sentence);
    let random = ASSIGNMENT.as_ref().and_then(|regex| regex.find(&masked));
    let mut found = Vec::new();
    let bonus = if random.is_some() { SAYS_RANDOM } else { 0 };
    let mut add = |score, arms: Vec<Named>| {
        if arms.len() > 1 {
            found.push(SetUp { score, arms });
        }
    };
    add(SIZED + bonus, sized(sentence));
    add(COUNTED + bonus / 2, counted(sentence, &masked));
    if let Some(random) = random {
        add(ASSIGNED, assigned(sentence, &masked, random.end()));
    }
    if first {
        add(TITLE, versus(sentence, &masked));
    }
    add(PLACEBO_TRIAL, against_placebo(sentence));
    add(PLURAL_GROUPS, grouped(sentence));
    let (score, arms) = comparing(sentence, &masked, first);
    add(score, arms);
    found
}

/// The text with the insides of brackets blotted out, byte for byte.
fn mask_brackets(text: &str) -> String {
    let mut masked = String::with_capacity(text.len());
    let mut last = 0;
    for found in BRACKET
        .as_ref()
        .into_iter()
        .flat_map(|regex| regex.find_iter(text))
    {
        masked.push_str(text.get(last..found.start()).unwrap_or_default());
        masked.extend(std::iter::repeat_n('_', found.len()));
        last = found.end();
    }
    masked.push_str(text.get(last..).unwrap_or_default());
    masked
}

/// "A (n = 12) and B (13 patients)"; "(A, n = 12; B, n = 13)".
fn sized(sentence: &str) -> Vec<Named> {
    let grouped = holds(sentence, "says-sized");
    let mut arms: Vec<Named> = Vec::new();
    let mut last = 0;
    for found in BRACKET
        .as_ref()
        .into_iter()
        .flat_map(|regex| regex.find_iter(sentence))
    {
        let inside = found.as_str().trim_matches(['(', ')', '[', ']']);
        let stated = inside.contains('=') || grouped;
        if size(inside).is_none() || !stated {
            continue;
        }
        let parts: Vec<&str> = inside
            .split([';'])
            .filter(|part| size(part).is_some())
            .collect();
        if parts.len() > 1 {
            arms.extend(
                parts
                    .into_iter()
                    .filter_map(|part| named(&format!("({part})"))),
            );
            last = found.end();
            continue;
        }
        let before = sentence.get(last..found.start()).unwrap_or_default();
        let name = if arms.is_empty() {
            behind_last(&LEAD, before)
        } else {
            behind_conjunction(before)
        };
        let name = if clean(name).is_some() {
            name
        } else {
            nearest_words(name)
        };
        arms.extend(named(&format!("{name} {}", found.as_str())));
        last = found.end();
    }
    let rest: u32 = arms
        .iter()
        .skip(1)
        .filter_map(|arm| arm.size)
        .fold(0, u32::saturating_add);
    let whole = arms
        .first()
        .and_then(|arm| arm.size)
        .is_some_and(|size| size >= rest);
    if arms.len() > 2 && whole {
        arms.remove(0);
    }
    arms
}

/// What stands behind the last match of a pattern, brackets aside.
pub(super) fn behind_last<'t>(pattern: &LazyLock<Option<Regex>>, text: &'t str) -> &'t str {
    let masked = mask_brackets(text);
    let end = pattern
        .as_ref()
        .and_then(|regex| regex.find_iter(&masked).last())
        .map_or(0, |found| found.end());
    text.get(end..).unwrap_or_default()
}

static CONJUNCTION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[,;]\s*)?(?:\s*(?:and|or|versus|vs\.?|v|with|to|the|received?|[0-9]+|patients|women|in|into)(?-u:\b))+\s*").ok()
});

fn behind_conjunction(text: &str) -> &str {
    let text = text.trim_start();
    let end = CONJUNCTION
        .as_ref()
        .and_then(|regex| regex.find(text))
        .map_or(0, |found| found.end());
    text.get(end..).unwrap_or_default()
}

/// A long run-up keeps its last words: names of sized groups are short.
fn nearest_words(text: &str) -> &str {
    let starts: Vec<usize> = text
        .char_indices()
        .filter(|(at, c)| {
            !c.is_whitespace()
                && (*at == 0
                    || text
                        .get(..*at)
                        .is_some_and(|t| t.ends_with(char::is_whitespace)))
        })
        .map(|(at, _)| at)
        .collect();
    let from = if starts.len() > 12 {
        starts.len() - 4
    } else {
        0
    };
    starts
        .get(from)
        .and_then(|at| text.get(*at..))
        .unwrap_or_default()
}

/// "12 in the A group and 13 in the B group", "half received A and half received B".
fn counted(sentence: &str, masked: &str) -> Vec<Named> {
    if !holds(masked, "says-grouped") {
        return Vec::new();
    }
    let heads: Vec<_> = COUNT_HEAD
        .as_ref()
        .into_iter()
        .flat_map(|regex| regex.captures_iter(sentence))
        .collect();
    if heads.len() < 2 {
        return Vec::new();
    }
    let starts: Vec<(usize, usize, Option<u32>)> = heads
        .iter()
        .filter_map(|head| {
            let whole = head.get(0)?;
            let count = head
                .get(1)
                .and_then(|count| count.as_str().replace(',', "").parse().ok());
            Some((whole.start(), whole.end(), count))
        })
        .collect();
    let mut arms = Vec::new();
    for (index, (_, from, count)) in starts.iter().enumerate() {
        let next = starts.get(index + 1).map_or(sentence.len(), |next| next.0);
        let piece = sentence.get(*from..next).unwrap_or_default();
        let end = piece.find([',', ';']).unwrap_or(piece.len());
        let behind = piece.get(end..).unwrap_or_default();
        let piece = piece.get(..end).unwrap_or_default().trim();
        let piece = piece
            .strip_suffix(" and")
            .or_else(|| piece.strip_suffix(" or"))
            .unwrap_or(piece);
        if let Some(mut arm) = named(piece) {
            arm.size = arm.size.or(*count);
            arm.aliases.extend(closing_abbreviation(behind));
            arms.push(arm);
        }
    }
    arms
}

/// "HDCT" of ", mitoxantrone and carboplatin (HDCT), and": the short name at the end of an enumeration that is one arm.
fn closing_abbreviation(text: &str) -> Option<String> {
    let text = text.trim_end_matches([' ', ',', ';']);
    let text = text.strip_suffix(" and").unwrap_or(text);
    let text = text.trim_end_matches([' ', ',', ';']);
    let (_, name) = text.strip_suffix(')')?.rsplit_once('(')?;
    let is_short = (2..=8).contains(&name.len())
        && name.starts_with(|c: char| c.is_ascii_uppercase())
        && name
            .bytes()
            .all(|c| c.is_ascii_uppercase() || c.is_ascii_digit());
    is_short.then(|| name.to_owned())
}

/// "Randomised to [receive] [either] A or B".
fn assigned(sentence: &str, masked: &str, from: usize) -> Vec<Named> {
    let rest = masked.get(from..).unwrap_or_default();
    let many = holds(masked, "says-many");
    for opening in OPENINGS.iter() {
        for found in opening.find_iter(rest).take(6) {
            let start = from + found.end();
            let Some(tail) = masked.get(start..) else {
                continue;
            };
            let bounded = found.as_str().starts_with("between")
                || tail.contains("group")
                || found.as_str().contains(':');
            let mut arms = Vec::new();
            if many {
                arms = pieces(sentence, masked, start, &COMMAS);
                arms.retain(|arm| arm.name.split(' ').count() <= 5);
            }
            if arms.len() < 3 {
                arms = pieces(sentence, masked, start, &OR);
            }
            if arms.len() < 2 && bounded {
                arms = pieces(sentence, masked, start, &AND);
            }
            if arms.len() > 1 {
                return arms;
            }
        }
    }
    Vec::new()
}

/// The names between separators, from a place to the end of the sentence; all must be names.
fn pieces(
    sentence: &str,
    masked: &str,
    start: usize,
    separator: &LazyLock<Option<Regex>>,
) -> Vec<Named> {
    let Some(separator) = separator.as_ref() else {
        return Vec::new();
    };
    let tail = masked.get(start..).unwrap_or_default();
    let mut arms = Vec::new();
    let mut last = 0;
    let ends = separator
        .find_iter(tail)
        .take(6)
        .map(|found| (found.start(), found.end()));
    for (end, next) in ends.chain(std::iter::once((tail.len(), tail.len()))) {
        let piece = sentence.get(start + last..start + end).unwrap_or_default();
        match named(piece) {
            Some(arm) => {
                arms.push(arm);
                if words_of("list-end")
                    .iter()
                    .any(|end| piece.contains(&format!(" {end} ")))
                {
                    return arms;
                }
            }
            None => return if arms.len() > 1 { arms } else { Vec::new() },
        }
        last = next;
    }
    arms
}
