//! Where a sentence names an arm: by its words, its short name, its letter, its role, by "the other group".

use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::inventory::Inventory;
use super::lexis::{begins, is};
use super::other_group::name_other_group;
use super::words::{NEGATION, Role, Word, role, words};

/// An arm named in a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    /// Bytes of the sentence.
    pub(super) range: Range<usize>,
    /// Index in [`Inventory::arms`].
    pub(super) arm: usize,
    /// Whether it stands behind "than", "versus", "compared with".
    pub(super) compared: bool,
    /// Whether its own words tell the arm; false for "the X group" where X is unknown.
    pub(super) sure: bool,
}

/// How many words before a mention a comparator may stand: "compared with patients in the ...".
const REACH: usize = 8;
/// Longest stretch between two words of one mention, in bytes.
const LONGEST_JOINT: usize = 40;

/// Between words of one mention: hyphens, doses, "plus", words of giving.
static JOINT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[\s()+/–-]|(?-u:\b)(?:plus|with|followed by|then|dose|doses|therapy|treatment|the|of|in combination with|combined with|given|added to|mg|g|gy|m2|kg|per|day|daily|weekly|week|alone|only|[0-9][0-9.,]*)(?-u:\b))*$").ok()
});

/// Between words that are one mention only if they agree better together.
static COORDINATION: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^\s*(?:,|and|&|, and)\s*(?:the\s+)?$").ok());

/// Between a mention and the comparator before it: nothing that another thing could be compared with.
static FILLER: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:with|to|that|those|the|in|of|for|on|patients?|women|men|subjects|participants|receiving|who|received|treated|given|assigned|were|was|group|arm|observed|after|under|among|by|cases|a|an|did|seen|found|undergoing|had|either|during)$").ok()
});

static GENERIC: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:(?:arms?|groups?|regimens?|cohorts?)[\s-]+(?P<letter>[A-F1-6]|I{1,3}|IV)(?-u:\b)(?:\s*(?:,|and|or|versus|vs\.?)\s*(?P<second>[A-F1-6]|I{1,3}|IV)(?-u:\b))?|(?P<former>former(?:\s+(?:group|arm))?)|(?P<latter>latter(?:\s+(?:group|arm))?)|(?P<other>the\s+other\s+(?:treatment\s+)?(?:group|arm)))(?-u:\b)").ok()
});

/// The mentions of a sentence, in order, without overlap.
pub(super) fn mentions(sentence: &str, inventory: &Inventory) -> Vec<Mention> {
    if inventory.arms.len() < 2 {
        return Vec::new();
    }
    let all = words(sentence);
    let mut found = by_words(sentence, &all, inventory);
    found.extend(by_alias(sentence, inventory));
    found.extend(by_role(sentence, &all, inventory));
    found.extend(by_letter(sentence, inventory));
    let mut found = apart(found);
    refer_back(sentence, inventory, &mut found);
    name_other_group(sentence, &all, inventory, &mut found);
    join_brackets(sentence, &mut found);
    for mention in &mut found {
        mention.compared = is_compared(sentence, &all, mention.range.start);
    }
    found
}

pub(super) fn mention(range: Range<usize>, arm: usize) -> Mention {
    Mention {
        range,
        arm,
        compared: false,
        sure: true,
    }
}

/// Of overlapping mentions the longest stays.
fn apart(mut found: Vec<Mention>) -> Vec<Mention> {
    found.sort_by_key(|mention| (mention.range.start, std::cmp::Reverse(mention.range.end)));
    let mut kept: Vec<Mention> = Vec::with_capacity(found.len());
    for mention in found {
        match kept.last_mut() {
            Some(last) if mention.range.start < last.range.end => {
                if mention.range.len() > last.range.len() {
                    *last = mention;
                }
            }
            Some(_) | None => kept.push(mention),
        }
    }
    kept
}

/// A stretch of words of arms.
struct Run {
    range: Range<usize>,
    tokens: BTreeSet<String>,
}

/// Runs of words that arms have.
fn by_words(sentence: &str, all: &[Word], inventory: &Inventory) -> Vec<Mention> {
    let mut runs: Vec<Run> = Vec::new();
    let mut open: Option<Run> = None;
    for word in all {
        if !(inventory.words.contains_key(&word.token) && may_tell(word, sentence)) {
            continue;
        }
        let own = Run {
            range: word.range.clone(),
            tokens: BTreeSet::from([word.token.clone()]),
        };
        let both = open
            .as_ref()
            .and_then(|run| joined(sentence, run, &own, inventory));
        if both.is_none() {
            runs.extend(open.take());
        }
        open = both.or(Some(own));
    }
    runs.extend(open);
    let mut found = Vec::new();
    for run in runs {
        if run.tokens.iter().all(|token| token == NEGATION) {
            continue;
        }
        if let Some((arm, _)) = inventory.best(&run.tokens) {
            found.push(mention(run.range, arm));
        }
    }
    found
}

/// Numbers are words of an arm only before a unit of dose; "no" only before what is not given.
fn may_tell(word: &Word, sentence: &str) -> bool {
    let rest = sentence.get(word.range.end..).unwrap_or_default();
    if word.token.chars().all(|c| c.is_ascii_digit()) {
        let unit = rest.trim_start_matches([' ', '-', '\u{a0}']);
        return begins(unit, "dose-mark");
    }
    word.content
}

/// Two neighbouring runs as one, where what stands between joins them and no arm is lost by it.
fn joined(sentence: &str, run: &Run, next: &Run, inventory: &Inventory) -> Option<Run> {
    let between = sentence.get(run.range.end..next.range.start)?;
    if between.len() > LONGEST_JOINT {
        return None;
    }
    let fits = |pattern: &LazyLock<Option<Regex>>| {
        pattern
            .as_ref()
            .is_some_and(|regex| regex.is_match(between))
    };
    let both: BTreeSet<String> = run.tokens.union(&next.tokens).cloned().collect();
    let of = |tokens: &BTreeSet<String>| inventory.best(tokens);
    let (one, two, together) = (of(&run.tokens), of(&next.tokens), of(&both));
    let bare = between
        .chars()
        .all(|c| matches!(c, ' ' | '-' | '\u{a0}' | '/' | '+'));
    let better = match (one, two, together) {
        (Some((_, a)), Some((_, b)), Some((_, c))) => c >= a.max(b),
        (Some((arm, _)), None, Some((other, _))) | (None, Some((arm, _)), Some((other, _))) => {
            arm == other || bare
        }
        (None, None, _) => true,
        _ => false,
    };
    let strictly = match (one, two, together) {
        (Some((_, a)), Some((_, b)), Some((_, c))) => c > a.max(b),
        (Some((_, a)), None, Some((_, c))) | (None, Some((_, a)), Some((_, c))) => c > a,
        (None, None, Some(_)) => true,
        _ => false,
    };
    let joins = better && fits(&JOINT) || strictly && fits(&COORDINATION);
    joins.then_some(Run {
        range: run.range.start..next.range.end,
        tokens: both,
    })
}

/// Short names as printed, as whole words; a lower-case one never matches a capital.
fn by_alias(sentence: &str, inventory: &Inventory) -> Vec<Mention> {
    let Some(automaton) = inventory.aliases.as_ref() else {
        return Vec::new();
    };
    let word = |c: char| c.is_alphanumeric();
    automaton
        .find_iter(sentence)
        .filter(|found| {
            let before = sentence
                .get(..found.start())
                .and_then(|text| text.chars().next_back());
            let behind = sentence
                .get(found.end()..)
                .and_then(|text| text.chars().next());
            !before.is_some_and(word) && !behind.is_some_and(word) && !matches!(behind, Some('+'))
        })
        .filter_map(|found| {
            let arm = inventory.alias_arms.get(found.pattern().as_usize())?;
            Some(mention(found.start()..found.end(), *arm))
        })
        .collect()
}

/// "Controls", "the intervention group", "the placebo arm".
fn by_role(sentence: &str, all: &[Word], inventory: &Inventory) -> Vec<Mention> {
    let mut found = Vec::new();
    for (at, word) in all.iter().enumerate() {
        let Some(told) =
            role(&BTreeSet::from([word.token.clone()])).filter(|_| word.token != NEGATION)
        else {
            continue;
        };
        let mut end = at + 1;
        if all
            .get(end)
            .is_some_and(|next| is("role-noun", &next.token))
        {
            end += 1;
        }
        let next = all.get(end);
        let grouped = next.is_some_and(|next| {
            is("grouped", &next.token)
                && !sentence
                    .get(next.range.clone())
                    .is_some_and(|text| text == "groups" || text == "arms")
        });
        let plural = sentence
            .get(word.range.clone())
            .is_some_and(|text| text.eq_ignore_ascii_case("controls"));
        let hyphened = sentence
            .get(..word.range.start)
            .is_some_and(|text| text.ends_with('-'));
        let alone = plural || told == Role::Control && word.token == "placebo";
        let counted = sentence
            .get(..word.range.start)
            .is_some_and(|text| text.trim_end().ends_with(|c: char| c.is_ascii_digit()))
            && sentence
                .get(word.range.end..)
                .is_some_and(|text| text.starts_with([',', ')', ';']) || text.starts_with(" and "));
        if hyphened || !(grouped || alone || counted) {
            continue;
        }
        if let Some(arm) = inventory.by_role(told) {
            found.push(mention(word.range.clone(), arm));
        }
    }
    found
}

/// "Arm A", "groups 1 and 2".
fn by_letter(sentence: &str, inventory: &Inventory) -> Vec<Mention> {
    let mut found = Vec::new();
    for captures in GENERIC
        .as_ref()
        .into_iter()
        .flat_map(|regex| regex.captures_iter(sentence))
    {
        for (name, lead) in [("letter", true), ("second", false)] {
            let Some(group) = captures.name(name) else {
                continue;
            };
            let Some(arm) =
                super::arm::letter(group.as_str()).and_then(|place| inventory.by_letter(place))
            else {
                continue;
            };
            let start = if lead {
                captures.get(0).map_or(group.start(), |whole| whole.start())
            } else {
                group.start()
            };
            found.push(mention(start..group.end(), arm));
        }
    }
    found
}

/// "The former", "the latter", "the other group", by the mentions before.
fn refer_back(sentence: &str, inventory: &Inventory, found: &mut Vec<Mention>) {
    let mut further = Vec::new();
    for captures in GENERIC
        .as_ref()
        .into_iter()
        .flat_map(|regex| regex.captures_iter(sentence))
    {
        let Some(whole) = captures.get(0) else {
            continue;
        };
        let count = found.partition_point(|mention| mention.range.end <= whole.start());
        let before = found.get(..count).unwrap_or_default();
        let Some(last) = before.last() else {
            continue;
        };
        let earlier = before
            .iter()
            .rev()
            .find(|mention| mention.arm != last.arm)
            .map(|mention| mention.arm);
        let arm = if captures.name("former").is_some() {
            earlier
        } else if captures.name("latter").is_some() {
            earlier.map(|_| last.arm)
        } else if captures.name("other").is_some() {
            inventory.other(last.arm)
        } else {
            None
        };
        further.extend(arm.map(|arm| mention(whole.range(), arm)));
    }
    if !further.is_empty() {
        found.append(&mut further);
        *found = apart(std::mem::take(found));
    }
}

/// "Docetaxel (D)" is one mention.
fn join_brackets(sentence: &str, found: &mut Vec<Mention>) {
    let mut kept: Vec<Mention> = Vec::with_capacity(found.len());
    for mention in found.drain(..) {
        if let Some(last) = kept.last_mut()
            && last.arm == mention.arm
            && sentence
                .get(last.range.end..mention.range.start)
                .is_some_and(|gap| gap.trim_start() == "(")
            && sentence
                .get(mention.range.end..)
                .is_some_and(|rest| rest.starts_with(')'))
        {
            last.range.end = mention.range.end + 1;
        } else {
            kept.push(mention);
        }
    }
    *found = kept;
}

fn is_compared(sentence: &str, all: &[Word], start: usize) -> bool {
    let at = all.partition_point(|word| word.range.end <= start);
    let before = all.get(at.saturating_sub(REACH)..at).unwrap_or_default();
    let mut edge = start;
    for word in before.iter().rev() {
        let gap = sentence.get(word.range.end..edge).unwrap_or_default();
        if gap.contains([',', ';', '(', ')']) {
            return false;
        }
        let follower = sentence
            .get(word.range.end..)
            .unwrap_or_default()
            .trim_start();
        if word.token == "compared" {
            return follower.starts_with("with") || follower.starts_with("to ");
        }
        if is("comparator", &word.token) {
            return true;
        }
        let fills = sentence
            .get(word.range.clone())
            .is_some_and(|text| FILLER.as_ref().is_some_and(|regex| regex.is_match(text)));
        if !fills {
            return false;
        }
        edge = word.range.start;
    }
    false
}
