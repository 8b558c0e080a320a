//! Comparisons: "24% versus 31%", with the order of the arms from what is known of one side, else from the mentions.

use super::assign::{Order, Reading, Rule, arms_of};
use super::cell::{Link, alone_in_bracket};
use super::lexis::{begins, is};
use super::mention::Mention;
use super::series::lists_measures;

/// The arms of compared results.
pub(super) fn compare(reading: &mut Reading<'_>, order: &mut Order) {
    let mut earlier: Option<Vec<usize>> = None;
    let mut at = 0;
    while at + 1 < reading.cells.len() {
        let end = chain_end(reading, at);
        if end == at {
            at += 1;
            continue;
        }
        let chain = at..end + 1;
        if let Some((arms, rule)) = ordered(reading, &chain, earlier.as_deref(), order) {
            for (cell, arm) in chain.clone().zip(&arms) {
                reading.give(cell, *arm, rule);
            }
        }
        let told: Option<Vec<usize>> = chain.clone().map(|cell| reading.arm(cell)).collect();
        if let Some(told) = told
            && arms_differ(&told)
        {
            if let [one, two] = told.as_slice()
                && chain.clone().all(|cell| {
                    reading
                        .given
                        .get(cell)
                        .copied()
                        .flatten()
                        .is_some_and(|given| given.rule.is_strong())
                })
            {
                order.pair = Some((*one, *two));
            }
            earlier = Some(told);
        }
        at = end;
        if chain.len() > 1 {
            at = end + 1;
        }
    }
}

fn arms_differ(arms: &[usize]) -> bool {
    arms.iter()
        .enumerate()
        .all(|(at, arm)| arms.iter().skip(at + 1).all(|other| other != arm))
}

/// The last result of the comparison that begins at one; the same where none does. A comparison has as many results as
/// there are arms, or two.
fn chain_end(reading: &Reading<'_>, at: usize) -> usize {
    if paired_in_bracket(reading, at) {
        return at + 1;
    }
    let most = reading.inventory.arms.len();
    let mut end = at;
    while end - at + 1 < most && reading.link(end) == Some(Link::Versus) {
        end += 1;
    }
    end
}

fn paired_in_bracket(reading: &Reading<'_>, at: usize) -> bool {
    let (Some(one), Some(next)) = (reading.cells.get(at), reading.cells.get(at + 1)) else {
        return false;
    };
    let alone = || alone_in_bracket(reading.sentence, one, next);
    let listed = || {
        let rest = reading
            .between(next.range.end, reading.sentence.len())
            .trim_start_matches([' ', ',', ')', '%']);
        rest.starts_with("respectively") && !lists_measures(reading, 0, one.range.start)
    };
    reading.link(at) == Some(Link::And) && (alone() || listed())
}

/// The arms of a chain of compared results, with the rule that told them.
fn ordered(
    reading: &Reading<'_>,
    chain: &std::ops::Range<usize>,
    earlier: Option<&[usize]>,
    order: &Order,
) -> Option<(Vec<usize>, Rule)> {
    let known: Vec<Option<usize>> = chain.clone().map(|cell| reading.arm(cell)).collect();
    if let [one, two] = known.as_slice() {
        match (one, two) {
            (Some(_), Some(_)) => return None,
            (Some(arm), None) => {
                return Some((vec![*arm, reading.inventory.other(*arm)?], Rule::OtherSide));
            }
            (None, Some(arm)) => {
                return Some((vec![reading.inventory.other(*arm)?, *arm], Rule::OtherSide));
            }
            (None, None) => {}
        }
    } else if known.iter().any(Option::is_some) {
        return None;
    }
    let start = reading.cells.get(chain.start)?.range.start;
    let end = reading.cells.get(chain.end.checked_sub(1)?)?.range.end;
    let (clause, tail) = (
        clause_start(reading.sentence, start),
        clause_end(reading.sentence, end),
    );
    let before: Vec<Mention> = reading
        .mentions_before(start)
        .iter()
        .filter(|mention| mention.range.start >= clause)
        .cloned()
        .collect();
    let behind: Vec<Mention> = reading
        .mentions_behind(end)
        .iter()
        .filter(|mention| mention.range.end <= tail)
        .cloned()
        .collect();
    let count = chain.len();
    let told = told_by(&before, count, reading).or_else(|| told_by(&behind, count, reading));
    if let Some(arms) = told {
        return Some((arms, Rule::AsMentioned));
    }
    if let Some(arms) = earlier.filter(|arms| arms.len() == count) {
        return Some((arms.to_vec(), Rule::AsBefore));
    }
    if let Some(arms) = told_by(reading.mentions_before(start), count, reading) {
        return Some((arms, Rule::AsMentioned));
    }
    if let Some((one, two)) = order.pair.filter(|_| count == 2) {
        return Some((vec![one, two], Rule::UsualOrder));
    }
    (reading.inventory.arms.len() == count).then(|| ((0..count).collect(), Rule::UsualOrder))
}

/// A comparison takes its order from its own clause first.
fn clause_start(sentence: &str, at: usize) -> usize {
    sentence
        .get(..at)
        .and_then(|text| text.rfind(';'))
        .map_or(0, |at| at + 1)
}

fn clause_end(sentence: &str, at: usize) -> usize {
    sentence
        .get(at..)
        .and_then(|text| text.find(';'))
        .map_or(sentence.len(), |offset| at + offset)
}

/// The order that mentions tell: the subject before what it is compared with; else as mentioned.
fn told_by(mentions: &[Mention], count: usize, reading: &Reading<'_>) -> Option<Vec<usize>> {
    let arms = arms_of(mentions);
    if arms.len() == count && count > 2 {
        return Some(arms);
    }
    if count != 2 {
        return None;
    }
    if let Some(at) = mentions.iter().rposition(|mention| mention.compared) {
        let compared = mentions.get(at)?.arm;
        let subject = mentions
            .get(..at)?
            .iter()
            .rev()
            .find(|mention| mention.arm != compared);
        let subject = subject.or_else(|| {
            mentions
                .get(at + 1..)?
                .iter()
                .find(|mention| mention.arm != compared)
        });
        let subject = subject
            .map(|mention| mention.arm)
            .or_else(|| reading.inventory.other(compared))?;
        return Some(vec![subject, compared]);
    }
    match arms.as_slice() {
        [only] => Some(vec![*only, reading.inventory.other(*only)?]),
        [one, two] => Some(vec![*one, *two]),
        _ => None,
    }
}

/// "24% in A and 31% in" something unknown: with two arms the second is the other one.
pub(super) fn eliminate(reading: &mut Reading<'_>) {
    for cell in 0..reading.cells.len().saturating_sub(1) {
        let (Some(one), Some(next)) = (reading.cells.get(cell), reading.cells.get(cell + 1)) else {
            continue;
        };
        let behind = reading
            .given
            .get(cell)
            .copied()
            .flatten()
            .filter(|given| given.rule == Rule::Behind);
        let Some(other) = behind.and_then(|given| reading.inventory.other(given.arm)) else {
            continue;
        };
        if reading.arm(cell + 1).is_some() {
            continue;
        }
        let Some(mention) = reading.mentions_behind(one.range.end).first() else {
            continue;
        };
        let gap = reading.between(mention.range.end, next.range.start);
        let rest = reading
            .between(next.range.end, reading.sentence.len())
            .trim_start();
        let coordinated = gap.len() <= 60
            && gap.split([' ', ',']).any(|word| is("turn", word))
            && !gap.contains(';');
        let phrase = begins(rest, "one-arm");
        let overall = begins(rest, "no-arm");
        if coordinated && phrase && !overall {
            reading.give(cell + 1, other, Rule::Elimination);
        }
    }
}
