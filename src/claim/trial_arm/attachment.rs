//! A result takes the arm right behind it ("24% in the placebo group") or right before it ("placebo (24%)").
//!
//! Both are scored by the words between; the highest score is taken first, and one mention serves two results only
//! where the words bind closely.

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::assign::{Reading, Rule, arms_of};
use super::mention::Mention;

/// Nothing but a bracket between a result and the arm behind it.
const POST_BRACKET: u32 = 50;
/// "In", "with", "for" the arm behind.
const POST_PREPOSITION: u32 = 45;
/// The same with words of the result between: "118 invasive cancers in the".
const POST_PHRASE: u32 = 41;
const POST_SHORT: u32 = 30;
/// "A (24%", "A (n = 24".
const PRE_BRACKET: u32 = 52;
/// "A: 24%", "A = 24%".
const PRE_COLON: u32 = 48;
const PRE_ADJACENT: u32 = 40;
/// "A was 24%", "A had a rate of 24%".
const PRE_VERB: u32 = 36;
const PRE_LONG: u32 = 20;
/// Below this, an attachment is weak.
const STRONG: u32 = 25;
/// From this, one mention may serve a second result.
const SHARED: u32 = 40;
/// An attachment below this does not hold for the first number of a pair: the subject of a comparison is not its value's arm.
const HELD_IN_PAIR: u32 = 43;

/// Longest phrase between a result and the arm behind it, brackets aside, in bytes.
const PHRASE: usize = 80;
/// Longest stretch between a result and its arm, in bytes.
const LONGEST: usize = 120;

static POST_IN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\])%]*\s*(?:[(\[][^()\[\]]*[)\]]\s*)*,?\s*(?:(?:of\s+)?(?:the\s+)?(?:patients|women|men|subjects|participants|cases|months|years|days|weeks|points|deaths|events|responses|evaluable|each|rates?|reductions?|increases?|respectively)\s+)*(?:\([^()]*\)\s*)?(?:in|with|for|on|among|of|to|from|after|receiving|received|treated with|given|assigned to|allocated to|randomi[sz]ed to|following|under|by)\s+(?:(?:the|those|patients?|women|men|subjects|participants|cases|people|who|had|receiving|received|treated|with|in|assigned|allocated|randomi[sz]ed|to|given|on|group|arm|were|was|of|a|an|initially|undergoing|both|only|combined|combination|treatment)\s+)*$").ok()
});

/// Words of the result itself, then a preposition: "cancers in the", "patients were assigned to".
static POST_PHRASED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[^,;:]*(?-u:\b)(?:in|with|for|among|of|to|on|received|receiving|given|underwent)\s+(?:(?:the|those|patients?|women|men|subjects|participants|people|who|had|receiving|received|treated|assigned|allocated|randomi[sz]ed|to|given|on|group|arm|were|was|of|in|with|oral|standard)\s+)*$").ok()
});

static BRACKETED: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[(\[][^()\[\]]*[)\]]").ok());

static POST_OPEN: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"^[\])%]*\s*[(\[]?\s*(?:the\s+)?$").ok());

/// The mention behind belongs to what follows.
static POST_TURNS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)(?-u:\b)(?:and|or|but|vs?\.?|versus|than|compared|whereas|while|which)(?-u:\b)|[;:]",
    )
    .ok()
});

static PRE_OPEN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s-]*(?:groups?|arms?|patients|recipients|alone|women|subjects|participants|only|treatment|regimen)?\s*,?\s*[(\[]\s*(?:[Nn]\s*=\s*|median,?\s*|mean,?\s*|(?:[a-z-]+\s+){0,3})?$").ok()
});

static PRE_COLONED: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[\s-]*(?:groups?|arms?|patients|alone)?\s*(?:[:=]|,?\s*n\s*=)\s*$").ok()
});

static PRE_NEXT: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)^[\s-]*(?:groups?|arms?|patients|alone)?,?\s*$").ok());

static PRE_SAYS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:was|were|had|has|have|is|are|achieved|showed|experienced|reported|received|of|by|in|reached|developed|died|demonstrated|yielded|produced|underwent|relapsed|completed)(?-u:\b)").ok()
});

struct Candidate {
    score: u32,
    cell: usize,
    mention: usize,
    rule: Rule,
}

/// Attaches results to neighbouring mentions, best first.
pub(super) fn attach(reading: &mut Reading<'_>) {
    inside(reading);
    by_size(reading);
    let mut candidates = candidates(reading);
    candidates.sort_by(|a, b| b.score.cmp(&a.score).then(a.cell.cmp(&b.cell)));
    let mut used = vec![false; reading.mentions.len()];
    for candidate in candidates {
        let Some(mention) = reading.mentions.get(candidate.mention) else {
            continue;
        };
        let taken = used.get(candidate.mention).copied().unwrap_or(false);
        if reading.arm(candidate.cell).is_some() || taken && candidate.score < SHARED {
            continue;
        }
        let (arm, sure) = (mention.arm, mention.sure);
        let strong = candidate.score >= STRONG && sure;
        if strong {
            reading.give(candidate.cell, arm, candidate.rule);
            if let Some(slot) = used.get_mut(candidate.mention) {
                *slot = true;
            }
        } else {
            reading.note_weak(
                candidate.cell,
                arm,
                if sure { Rule::Near } else { Rule::UnknownGroup },
            );
        }
    }
}

/// "2/23 patients treated with A (8.7%)" is one result with its arm inside.
fn inside(reading: &mut Reading<'_>) {
    for index in 0..reading.cells.len() {
        let Some(range) = reading.cells.get(index).map(|cell| cell.range.clone()) else {
            continue;
        };
        let behind = reading.mentions_behind(range.start);
        let count = behind.partition_point(|mention| mention.range.end <= range.end);
        if let [only] = arms_of(behind.get(..count).unwrap_or_default()).as_slice() {
            reading.give(index, *only, Rule::Behind);
        }
    }
}

/// "N = 204", "12 of 204": the only arm of that size; arms of one size take their turns at stating it.
fn by_size(reading: &mut Reading<'_>) {
    let mut turns = vec![false; reading.inventory.arms.len()];
    for index in 0..reading.cells.len() {
        let Some(cell) = reading.cells.get(index) else {
            continue;
        };
        let Some(whole) = cell.whole.filter(|whole| *whole > Decimal::TEN) else {
            continue;
        };
        let stated = cell.size;
        let fitting: Vec<usize> = reading
            .inventory
            .arms
            .iter()
            .enumerate()
            .filter(|(_, arm)| arm.size.map(Decimal::from) == Some(whole))
            .map(|(arm, _)| arm)
            .collect();
        let arm = match fitting.as_slice() {
            [only] => Some(*only),
            _ if stated => fitting
                .iter()
                .copied()
                .find(|arm| turns.get(*arm) == Some(&false)),
            _ => None,
        };
        if let Some(arm) = arm {
            if let Some(turn) = turns.get_mut(arm) {
                *turn = true;
            }
            reading.give(index, arm, Rule::GroupSize);
        }
    }
}

fn candidates(reading: &Reading<'_>) -> Vec<Candidate> {
    let mut found = Vec::new();
    for (index, cell) in reading.cells.iter().enumerate() {
        let next = reading
            .cells
            .get(index + 1)
            .map_or(reading.sentence.len(), |next| next.range.start);
        let previous = index
            .checked_sub(1)
            .and_then(|at| reading.cells.get(at))
            .map_or(0, |before| before.range.end);
        let first = reading
            .mentions
            .partition_point(|mention| mention.range.start < cell.range.end);
        if let Some(mention) = reading
            .mentions
            .get(first)
            .filter(|mention| mention.range.end <= next)
            && let Some(score) = post(reading.between(cell.range.end, mention.range.start))
                .or_else(|| set_off(reading, cell.range.end, mention))
            && !(mention.compared && score < POST_PREPOSITION)
        {
            found.push(Candidate {
                score,
                cell: index,
                mention: first,
                rule: Rule::Behind,
            });
        }
        let last = reading
            .mentions
            .partition_point(|mention| mention.range.end <= cell.range.start);
        if let Some(at) = last.checked_sub(1)
            && let Some(mention) = reading
                .mentions
                .get(at)
                .filter(|mention| mention.range.start >= previous)
            && let Some(score) = pre(reading.between(mention.range.end, cell.range.start))
        {
            let earlier = at
                .checked_sub(1)
                .and_then(|at| reading.mentions.get(at))
                .map_or(0, |mention| mention.range.end);
            let alone = previous == 0 || previous < earlier;
            let compared = mention.compared && (alone || score < PRE_COLON);
            let heads_pair = score < HELD_IN_PAIR && reading.is_compared(index);
            if !compared && !heads_pair {
                found.push(Candidate {
                    score,
                    cell: index,
                    mention: at,
                    rule: Rule::Before,
                });
            }
        }
    }
    found
}

fn fits(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

/// "(2.0%, A; 1.4%, B)".
fn set_off(reading: &Reading<'_>, end: usize, mention: &Mention) -> Option<u32> {
    let closes = reading
        .between(mention.range.end, reading.sentence.len())
        .starts_with([';', ')', ']']);
    (closes && reading.between(end, mention.range.start) == ", ").then_some(POST_PREPOSITION)
}

fn post(gap: &str) -> Option<u32> {
    if gap.len() > LONGEST {
        return None;
    }
    if fits(&POST_OPEN, gap) {
        return Some(POST_BRACKET);
    }
    if fits(&POST_IN, gap) {
        return Some(POST_PREPOSITION);
    }
    let bare = BRACKETED
        .as_ref()
        .map_or(gap.into(), |regex| regex.replace_all(gap, " "));
    if bare.len() <= PHRASE
        && !fits(&POST_TURNS, &bare)
        && fits(&POST_PHRASED, bare.trim_start_matches([')', ']']))
    {
        return Some(POST_PHRASE);
    }
    (gap.len() <= 25 && !fits(&POST_TURNS, gap) && !gap.contains(',')).then_some(POST_SHORT)
}

fn pre(gap: &str) -> Option<u32> {
    if gap.len() > LONGEST || gap.contains(';') {
        return None;
    }
    if fits(&PRE_OPEN, gap) {
        Some(PRE_BRACKET)
    } else if fits(&PRE_COLONED, gap) {
        Some(PRE_COLON)
    } else if fits(&PRE_NEXT, gap) {
        Some(PRE_ADJACENT)
    } else if gap.len() <= 60 && fits(&PRE_SAYS, gap) && !fits(&POST_TURNS, gap) {
        Some(PRE_VERB)
    } else {
        (!fits(&POST_TURNS, gap)).then_some(PRE_LONG)
    }
}
