//! Gives the numbers of a sentence to the arms it names, strong frames first.
//!
//! Strong: the arm right behind ("24% in the placebo group") or right before the number ("placebo (24%)"), "respectively",
//! and the other side of a comparison. Weak: order alone, the only arm of the sentence, the arm of the one before.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::inventory::Inventory;
use super::mention::{Mention, mentions};
use crate::claim::Frame;
use crate::quantity::{Quantity, Role};

/// The arm of a number and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claim) struct Assigned {
    /// Index in [`Inventory::arms`].
    pub(in crate::claim) arm: usize,
    /// Where it was found.
    pub(in crate::claim) frame: Frame,
}

/// What earlier sentences of a document leave behind.
#[derive(Clone, Debug, Default)]
pub(in crate::claim) struct Order {
    /// The arms of the last pair whose order mentions told.
    pair: Option<(usize, usize)>,
    /// The single arm of the sentence before.
    topic: Option<usize>,
}

/// Between a number and its arm behind it.
static POST: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:[ \u{a0}]*[\[(][^\])]*[\])])*[ \u{a0}]*(?:\(|(?:of[ \u{a0}]+)?(?:the[ \u{a0}]+)?(?:patients|women|subjects|participants|those|cases|months|years|days|weeks|points)?[ \u{a0}]*(?:in|with|for|on|among|of|from|after|receiving|treated with|given|assigned to)[ \u{a0}]+(?:(?:the|those|patients|women|subjects|participants|who|receiving|received|treated|with|in|assigned|to|given|on)[ \u{a0}]+)*)$").ok()
});

/// Between an arm and its number behind it.
static PRE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[ \u{a0}]*(?:group|arm|patients|alone|women|subjects|participants)?s?[ \u{a0}]*(?:[(\[]|[:=]|[(\[]?[ \u{a0}]*n[ \u{a0}]*=[ \u{a0}]*|,?[ \u{a0}]*(?:was|were|had|has|is|are|achieved|showed|experienced|reported|of)[ \u{a0}]+(?:[0-9A-Za-z_]+[ \u{a0}]+){0,5}?)?$").ok()
});

/// Between the two numbers of a comparison.
static VERSUS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)^[^.;]*?(?-u:\b)(?:vs?\.?|versus|compared[ \u{a0}]+(?:with|to)|than|whereas|while|against)(?:[ \u{a0}]|$)[^.;]*$").ok()
});

/// The farthest that the two numbers of a comparison stand apart, in bytes.
const LONGEST_GAP: usize = 200;

static BRACKETS: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[(\[][^()\[\]]*[)\]]").ok());

/// How two neighbouring numbers belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    Versus,
    And,
}

/// The arm of every quantity of a sentence, in order.
pub(in crate::claim) fn assign(
    sentence: &str,
    quantities: &[Quantity],
    inventory: &Inventory,
    order: &mut Order,
) -> Vec<Option<Assigned>> {
    let mut given = vec![None; quantities.len()];
    if inventory.arms.len() < 2 {
        return given;
    }
    let cells: Vec<(usize, Range<usize>)> = quantities
        .iter()
        .enumerate()
        .filter(|(_, quantity)| matches!(quantity.role, Role::Value | Role::SampleSize))
        .map(|(index, quantity)| (index, quantity.range.clone()))
        .collect();
    let mut work = Work {
        sentence,
        inventory,
        mentions: mentions(sentence, inventory),
        given: vec![None; cells.len()],
        cells: cells.iter().map(|(_, range)| range.clone()).collect(),
    };
    work.attach();
    work.respectively();
    work.compare(order);
    work.share_lists();
    work.fall_back(order);
    order.topic = work.single();
    for ((index, _), arm) in cells.iter().zip(work.given) {
        if let Some(slot) = given.get_mut(*index) {
            *slot = arm;
        }
    }
    given
}

struct Work<'a> {
    sentence: &'a str,
    inventory: &'a Inventory,
    mentions: Vec<Mention>,
    cells: Vec<Range<usize>>,
    given: Vec<Option<Assigned>>,
}

impl Work<'_> {
    fn between(&self, start: usize, end: usize) -> &str {
        self.sentence.get(start..end).unwrap_or_default()
    }

    fn give(&mut self, cell: usize, arm: usize, frame: Frame) {
        if let Some(slot) = self.given.get_mut(cell)
            && slot.is_none()
        {
            *slot = Some(Assigned { arm, frame });
        }
    }

    fn arm_of(&self, cell: usize) -> Option<usize> {
        self.given
            .get(cell)
            .copied()
            .flatten()
            .map(|given| given.arm)
    }

    /// Numbers with their arm right behind or right before.
    fn attach(&mut self) {
        for cell in 0..self.cells.len() {
            let Some(range) = self.cells.get(cell).cloned() else {
                continue;
            };
            let next = self
                .cells
                .get(cell + 1)
                .map_or(self.sentence.len(), |next| next.start);
            let previous = cell
                .checked_sub(1)
                .and_then(|at| self.cells.get(at))
                .map_or(0, |before| before.end);
            let behind = self
                .mentions
                .iter()
                .find(|mention| mention.range.start >= range.end && mention.range.start < next);
            let post = behind
                .filter(|mention| matches(&POST, self.between(range.end, mention.range.start)));
            let before =
                self.mentions.iter().rev().find(|mention| {
                    mention.range.end <= range.start && mention.range.end > previous
                });
            let pre = before.filter(|mention| {
                let gap = self.between(mention.range.end, range.start);
                !mention.compared && gap.len() <= 60 && matches(&PRE, gap)
            });
            if let Some(arm) = post.or(pre).map(|mention| mention.arm) {
                self.give(cell, arm, Frame::Sentence);
            }
        }
    }

    /// "24% and 18% in the A and B groups, respectively".
    fn respectively(&mut self) {
        let Some(at) = self.sentence.find("respectively") else {
            return;
        };
        let chain: Vec<usize> = (0..self.cells.len())
            .filter(|cell| self.cells.get(*cell).is_some_and(|range| range.end <= at))
            .collect();
        let mut arms: Vec<usize> = Vec::new();
        for mention in &self.mentions {
            if !arms.contains(&mention.arm) {
                arms.push(mention.arm);
            }
        }
        let (cells, count) = (chain.len(), arms.len());
        if count < 2 || cells == 0 || cells % count != 0 || cells > count * 4 {
            return;
        }
        for (position, cell) in chain.into_iter().enumerate() {
            if let (Some(arm), Some(slot)) = (arms.get(position % count), self.given.get_mut(cell))
            {
                *slot = Some(Assigned {
                    arm: *arm,
                    frame: Frame::Sentence,
                });
            }
        }
    }

    fn link(&self, cell: usize) -> Option<Link> {
        let (one, next) = (self.cells.get(cell)?, self.cells.get(cell + 1)?);
        let gap = self.between(one.end, next.start);
        let bare = BRACKETS
            .as_ref()
            .map_or(gap.into(), |regex| regex.replace_all(gap, ""));
        if gap.len() <= LONGEST_GAP && matches(&VERSUS, &bare) {
            Some(Link::Versus)
        } else {
            matches!(bare.trim(), "and" | "or" | "/" | "to").then_some(Link::And)
        }
    }

    /// The other side of a comparison is the other arm; without any arm at the numbers, the mentions tell the order.
    fn compare(&mut self, order: &mut Order) {
        for cell in 0..self.cells.len().saturating_sub(1) {
            let Some(link) = self.link(cell) else {
                continue;
            };
            let (one, two) = (self.arm_of(cell), self.arm_of(cell + 1));
            let filled = match (one, two) {
                (Some(arm), None) => self
                    .inventory
                    .other(arm)
                    .map(|other| (arm, other, Frame::Sentence)),
                (None, Some(arm)) => self
                    .inventory
                    .other(arm)
                    .map(|other| (other, arm, Frame::Sentence)),
                (None, None) if link == Link::Versus || self.is_comparing() => {
                    self.ordered(cell, order)
                }
                (None, None) | (Some(_), Some(_)) => None,
            };
            if link == Link::And && filled.is_some() && !self.is_comparing() {
                continue;
            }
            if let Some((first, second, frame)) = filled {
                self.give(cell, first, frame);
                self.give(cell + 1, second, frame);
            }
            if let (Some(first), Some(second)) = (self.arm_of(cell), self.arm_of(cell + 1))
                && first != second
            {
                order.pair = Some((first, second));
            }
        }
    }

    fn is_comparing(&self) -> bool {
        [
            "compared", "versus", " vs", "than", "between", "differ", "both", "whereas",
        ]
        .iter()
        .any(|word| self.sentence.contains(word))
    }

    /// The order of the arms of a pair: as mentioned; as in the pair before; as set up.
    fn ordered(&self, cell: usize, order: &Order) -> Option<(usize, usize, Frame)> {
        let start = self.cells.get(cell)?.start;
        let end = self.cells.get(cell + 1)?.end;
        let before: Vec<&Mention> = self
            .mentions
            .iter()
            .filter(|mention| mention.range.end <= start)
            .collect();
        let behind: Vec<&Mention> = self
            .mentions
            .iter()
            .filter(|mention| mention.range.start >= end)
            .collect();
        let told = told_by(&before, self.inventory).or_else(|| told_by(&behind, self.inventory));
        if let Some((first, second)) = told {
            return Some((first, second, Frame::Sentence));
        }
        let (first, second) = order
            .pair
            .or_else(|| (self.inventory.arms.len() == 2).then_some((0, 1)))?;
        Some((first, second, Frame::Default))
    }

    /// "64 and 85% for A": numbers joined by "and" share an arm that stands at one of them.
    fn share_lists(&mut self) {
        for cell in (0..self.cells.len().saturating_sub(1)).rev() {
            if self.link(cell) == Some(Link::And)
                && let Some(arm) = self.arm_of(cell + 1)
            {
                self.give(cell, arm, Frame::Default);
            }
        }
    }

    /// The last arm named before the number, the only arm of the sentence, the arm of the sentence before.
    fn fall_back(&mut self, order: &Order) {
        let single = self.single();
        for cell in 0..self.cells.len() {
            let Some(start) = self.cells.get(cell).map(|range| range.start) else {
                continue;
            };
            let before = self
                .mentions
                .iter()
                .rev()
                .find(|mention| mention.range.end <= start && !mention.compared);
            let overall = ["overall", "total", "both", "random"]
                .iter()
                .any(|word| self.sentence.contains(word));
            let earlier = order.topic.filter(|_| self.mentions.is_empty() && !overall);
            if let Some(arm) = before.map(|mention| mention.arm).or(single) {
                self.give(cell, arm, Frame::Default);
            } else if let Some(arm) = earlier {
                self.give(cell, arm, Frame::PreviousSentence);
            }
        }
    }

    fn single(&self) -> Option<usize> {
        let first = self.mentions.first()?.arm;
        self.mentions
            .iter()
            .all(|mention| mention.arm == first)
            .then_some(first)
    }
}

/// The order that mentions tell: two as mentioned; the subject before what it is compared with.
fn told_by(mentions: &[&Mention], inventory: &Inventory) -> Option<(usize, usize)> {
    let first = mentions.first()?;
    if let Some(second) = mentions.iter().find(|mention| mention.arm != first.arm) {
        return Some((first.arm, second.arm));
    }
    let other = inventory.other(first.arm)?;
    Some(if first.compared {
        (other, first.arm)
    } else {
        (first.arm, other)
    })
}

fn matches(pattern: &LazyLock<Option<Regex>>, text: &str) -> bool {
    pattern.as_ref().is_some_and(|regex| regex.is_match(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::parse;
    use crate::quantity::read;
    use crate::text::SourceText;

    /// Numbers of the last sentence as `number arm`, a weak one with a question mark.
    fn check(set_up: &str, sentence: &str, expected: &str) {
        let document = parse(SourceText::new("a.md", set_up));
        let inventory = Inventory::of(&document, &[]);
        let quantities = read(sentence, &[]);
        let given = assign(sentence, &quantities, &inventory, &mut Order::default());
        let told: Vec<String> = quantities
            .iter()
            .zip(given)
            .map(|(quantity, given)| {
                let number = sentence.get(quantity.range.clone()).unwrap();
                let arm = given.and_then(|given| {
                    let sign = if given.frame.is_strong() { "" } else { "?" };
                    Some(format!("{}{sign}", inventory.arms.get(given.arm)?.name))
                });
                format!("{number} {}", arm.unwrap_or_else(|| "-".to_owned()))
            })
            .collect();
        assert_eq!(told.join("; "), expected, "{sentence}");
    }

    const TRIAL: &str = "Adults were randomly assigned to receive yoga or usual care.";

    #[test]
    fn the_arm_beside_a_number_has_it() {
        check(
            TRIAL,
            "Pain fell by 24% in the yoga group and by 11% in the usual care group.",
            "24% yoga; 11% usual care",
        );
        check(
            TRIAL,
            "Yoga (24%) and usual care (11%) differed.",
            "24% yoga; 11% usual care",
        );
    }

    #[test]
    fn the_other_side_of_a_comparison_is_the_other_arm() {
        check(
            TRIAL,
            "Pain fell by 24% in the yoga group versus 11%.",
            "24% yoga; 11% usual care",
        );
        check(
            TRIAL,
            "Pain was lower with yoga than with usual care (24% vs 31%).",
            "24% yoga; 31% usual care",
        );
    }

    #[test]
    fn respectively_follows_the_order_of_the_arms() {
        check(
            TRIAL,
            "Pain fell by 24% and 11% in the usual care and yoga groups, respectively.",
            "24% usual care; 11% yoga",
        );
    }

    #[test]
    fn order_alone_is_weak() {
        check(
            TRIAL,
            "Pain fell by 24% versus 11%.",
            "24% yoga?; 11% usual care?",
        );
    }

    #[test]
    fn a_text_without_arms_gives_none() {
        check(
            "Bread is baked daily.",
            "Prices rose by 24% versus 11%.",
            "24% -; 11% -",
        );
    }
}
