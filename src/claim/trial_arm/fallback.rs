//! What order or a neighbour alone tells: weak, and only for figures nothing else binds.

use super::assign::{Order, Reading, Rule, arms_of};
use super::cell::Link;
use super::lexis::{begins, holds};

/// Gives weak arms, and leaves behind what the next sentence may need.
pub(super) fn fall_back(reading: &mut Reading<'_>, order: &mut Order) {
    coordinate(reading, order);
    for cell in 0..reading.cells.len() {
        if let Some(near) = reading.near.get(cell).copied().flatten() {
            reading.give(cell, near.arm, near.rule);
        }
    }
    let arms = arms_of(&reading.mentions);
    let only = match arms.as_slice() {
        [only] => Some(*only),
        _ => None,
    };
    let overall = holds(reading.sentence, "overall");
    for cell in 0..reading.cells.len() {
        let Some(start) = reading.cells.get(cell).map(|cell| cell.range.start) else {
            continue;
        };
        let end = reading.cells.get(cell).map_or(start, |cell| cell.range.end);
        let rest = reading
            .between(end, reading.sentence.len())
            .trim_start_matches([' ', ')']);
        if begins(rest, "all-arms") {
            continue;
        }
        let topic = reading
            .mentions_before(start)
            .iter()
            .rev()
            .find(|mention| !mention.compared);
        if let Some(arm) = topic.map(|mention| mention.arm) {
            reading.give(cell, arm, Rule::Topic);
        } else if let Some(arm) = only {
            reading.give(cell, arm, Rule::OnlyArm);
        } else if let Some(arm) = order
            .topic
            .filter(|_| reading.mentions.is_empty() && !overall)
        {
            reading.give(cell, arm, Rule::PreviousSentence);
        }
    }
    order.topic = only;
}

/// "21, 17 and 19%" with three arms: as set up.
fn list_all(reading: &mut Reading<'_>) {
    let count = reading.inventory.arms.len();
    if count < 3 {
        return;
    }
    let mut start = 0;
    for at in 0..reading.cells.len() {
        let ends = !matches!(reading.link(at), Some(Link::And | Link::Comma));
        if !ends {
            continue;
        }
        let chain = start..at + 1;
        start = at + 1;
        if chain.len() == count && chain.clone().all(|cell| reading.arm(cell).is_none()) {
            for (arm, cell) in chain.enumerate() {
                reading.give(cell, arm, Rule::UsualOrder);
            }
        }
    }
}

/// "24 and 31%" in a sentence that compares: as in the comparisons before.
fn coordinate(reading: &mut Reading<'_>, order: &Order) {
    list_all(reading);
    if reading.inventory.arms.len() != 2 {
        return;
    }
    let comparing = holds(reading.sentence, "comparing");
    for cell in 0..reading.cells.len().saturating_sub(1) {
        if reading.link(cell) != Some(Link::And)
            || reading.arm(cell).is_some()
            || reading.arm(cell + 1).is_some()
        {
            continue;
        }
        let end = reading.cells.get(cell + 1).map_or(0, |cell| cell.range.end);
        let rest = reading.between(end, reading.sentence.len()).trim_start();
        let tested = begins(rest, "tested");
        if !(comparing || tested) {
            continue;
        }
        let start = reading.cells.get(cell).map_or(0, |cell| cell.range.start);
        let mentioned = arms_of(reading.mentions_before(start));
        let (one, two) = match mentioned.as_slice() {
            [one, two] => (*one, *two),
            _ => order.pair.unwrap_or((0, 1)),
        };
        reading.give(cell, one, Rule::Coordinated);
        reading.give(cell + 1, two, Rule::Coordinated);
    }
}
