//! Which arm of the document a label of a table means: "Intervention (n = 20)", "TAM", "Group B".
//!
//! Why it exists: a table calls the arms by role, letter or short name, and a figure of it must carry the arm's own
//! name. It leaves out whether a label is one of an arm at all.

use super::arm::letter;
use super::inventory::{Inventory, f1};
use super::words::{role, tokens};

/// Least agreement for a label to mean an arm, in thousandths.
const LEAST: usize = 400;
const SAME_ROLE: usize = 500;
const SAME_SIZE: usize = 400;
const SAME_LETTER: usize = 800;

/// The index in [`Inventory::arms`] of the arm a label means, with the number of people that stands beside it: words in
/// common, equal role (never an opposite one), equal size, the same letter. `None` where no arm fits best.
pub(in crate::claim) fn resolve(
    label: &str,
    size: Option<u32>,
    inventory: &Inventory,
) -> Option<usize> {
    let bare = label
        .split(['(', '[', ','])
        .next()
        .unwrap_or_default()
        .trim();
    let size = size.or_else(|| super::name::size(label.split(['(', '[', ',']).nth(1)?));
    let words = tokens(bare);
    let told = role(&words);
    let place = letter(bare);
    let mut scores: Vec<(usize, usize)> = Vec::new();
    for (index, arm) in inventory.arms.iter().enumerate() {
        if told.is_some() && arm.role.is_some() && told != arm.role {
            continue;
        }
        if arm.aliases.contains(bare) || arm.name == bare {
            return Some(index);
        }
        let mut score = arm
            .names
            .iter()
            .map(|name| f1(name, &words))
            .max()
            .unwrap_or(0);
        if told.is_some() && told == arm.role {
            score += SAME_ROLE;
        }
        if size.is_some() && size == arm.size {
            score += SAME_SIZE;
        }
        if place.is_some() && inventory.by_letter(place?) == Some(index) {
            score += SAME_LETTER;
        }
        scores.push((score, index));
    }
    scores.sort_unstable_by(|a, b| b.cmp(a));
    match scores.as_slice() {
        [(top, arm)] if *top >= LEAST => Some(*arm),
        [(top, arm), (second, _), ..] if *top >= LEAST && top > second => Some(*arm),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::text::SourceText;

    fn check(set_up: &str, label: &str, expected: Option<&str>) {
        let inventory = Inventory::of(&parse(SourceText::new("a.md", set_up)), &[]);
        let told = resolve(label, None, &inventory).and_then(|at| inventory.arms.get(at));
        assert_eq!(told.map(|arm| arm.name.as_str()), expected, "{label}");
    }

    const TRIAL: &str =
        "Adults were randomly assigned to receive warm tea (WT; n = 20) or usual care (n = 25).";

    #[test]
    fn words_short_names_roles_and_sizes_tell_the_arm() {
        check(TRIAL, "Tea", Some("warm tea"));
        check(TRIAL, "WT", Some("warm tea"));
        check(TRIAL, "Control", Some("usual care"));
        check(TRIAL, "Intervention (n = 20)", Some("warm tea"));
        check(TRIAL, "Others (n = 25)", Some("usual care"));
    }

    #[test]
    fn letters_go_by_place_where_no_arm_is_lettered() {
        check(TRIAL, "Group B", Some("usual care"));
        let lettered = "Adults were randomised to yoga (group B) or zinc (group A).";
        check(lettered, "Group A", Some("zinc"));
    }

    #[test]
    fn a_label_of_something_else_means_no_arm() {
        check(TRIAL, "Week 8", None);
        check("The server answers 12 requests.", "Control", None);
    }
}
