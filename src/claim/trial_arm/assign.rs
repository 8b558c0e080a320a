//! Gives the numbers of a sentence to the arms of the document, rule by rule, the surest first.
//!
//! Each number keeps the rule that bound it. A strong rule makes the arm part of what the figure is; a weak one is shown
//! as unsure and never enters a comparison.

use super::attachment::attach;
use super::cell::{Cell, Link, cells, link};
use super::comparison::{compare, eliminate};
use super::fallback::fall_back;
use super::inventory::Inventory;
use super::mention::{Mention, mentions};
use super::series::{respectively, share};
use crate::claim::Frame;
use crate::quantity::Quantity;

/// How a number was given its arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claim) enum Rule {
    /// Strong: the arm right behind: "24% in the placebo group".
    Behind,
    /// Strong: the arm right before: "placebo (24%)".
    Before,
    /// Strong: "24% and 31% in A and B, respectively".
    Respectively,
    /// Strong: the other side of a comparison one side of which is known.
    OtherSide,
    /// Strong: a comparison in the order in which its arms are mentioned.
    AsMentioned,
    /// Strong: a comparison in the order of one before it in the sentence.
    AsBefore,
    /// Strong: "24% in A and 31% in" something else.
    Elimination,
    /// Strong: "64 and 85% for A".
    Series,
    /// Strong: "12 of 204", where one arm has 204 people.
    GroupSize,
    /// Weak: a comparison in the order of an earlier sentence, or of the set-up.
    UsualOrder,
    /// Weak: "24 and 31%" in a sentence that compares.
    Coordinated,
    /// Weak: an arm near, with other words between.
    Near,
    /// Weak: "the X group" with an unknown X.
    UnknownGroup,
    /// Weak: the last arm before the number.
    Topic,
    /// Weak: the only arm of the sentence.
    OnlyArm,
    /// Weak: the only arm of the sentence before.
    PreviousSentence,
}

impl Rule {
    /// Whether pairs bound by it were right nine times in ten.
    pub(in crate::claim) fn is_strong(self) -> bool {
        self.frame().is_strong()
    }

    /// Where the arm was found, as figures tell it.
    pub(in crate::claim) fn frame(self) -> Frame {
        match self {
            Self::Behind
            | Self::Before
            | Self::Respectively
            | Self::OtherSide
            | Self::AsMentioned
            | Self::AsBefore
            | Self::Elimination
            | Self::Series
            | Self::GroupSize => Frame::Sentence,
            Self::PreviousSentence => Frame::PreviousSentence,
            Self::UsualOrder
            | Self::Coordinated
            | Self::Near
            | Self::UnknownGroup
            | Self::Topic
            | Self::OnlyArm => Frame::Default,
        }
    }
}

/// The arm of a number and how it was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::claim) struct Assigned {
    /// Index in [`Inventory::arms`].
    pub(in crate::claim) arm: usize,
    /// The rule that bound it.
    pub(in crate::claim) rule: Rule,
}

/// What earlier sentences of a document leave behind.
#[derive(Clone, Debug, Default)]
pub(in crate::claim) struct Order {
    /// The arms of the last pair whose order mentions told.
    pub(super) pair: Option<(usize, usize)>,
    /// The single arm of the sentence before.
    pub(super) topic: Option<usize>,
}

/// The arm of every quantity of a sentence, in order.
pub(in crate::claim) fn assign(
    sentence: &str,
    quantities: &[Quantity],
    inventory: &Inventory,
    order: &mut Order,
) -> Vec<Option<Assigned>> {
    let mut told = vec![None; quantities.len()];
    if inventory.arms.len() < 2 {
        return told;
    }
    let mut reading = Reading::of(sentence, quantities, inventory);
    attach(&mut reading);
    respectively(&mut reading);
    compare(&mut reading, order);
    eliminate(&mut reading);
    share(&mut reading);
    fall_back(&mut reading, order);
    for (cell, given) in reading.cells.iter().zip(&reading.given) {
        for index in &cell.quantities {
            if let Some(slot) = told.get_mut(*index) {
                *slot = *given;
            }
        }
    }
    told
}

/// A sentence while its results are given to arms.
pub(super) struct Reading<'a> {
    pub(super) sentence: &'a str,
    pub(super) inventory: &'a Inventory,
    /// In order, without overlap.
    pub(super) mentions: Vec<Mention>,
    /// In order, without overlap.
    pub(super) cells: Vec<Cell>,
    /// What stands between each result and the next.
    pub(super) links: Vec<Option<Link>>,
    /// For each result its arm so far.
    pub(super) given: Vec<Option<Assigned>>,
    /// For each result an arm that only stands near.
    pub(super) near: Vec<Option<Assigned>>,
}

impl<'a> Reading<'a> {
    fn of(sentence: &'a str, quantities: &[Quantity], inventory: &'a Inventory) -> Self {
        let cells = cells(sentence, quantities);
        let links = cells
            .iter()
            .zip(cells.iter().skip(1))
            .map(|(one, next)| link(sentence, one, next).filter(|_| alike(one, next, quantities)))
            .collect();
        let mut mentions = mentions(sentence, inventory);
        // A mention inside a result ("12 in A (30%)" read as one) tells nothing about order.
        mentions.retain(|mention| !mention.range.is_empty());
        Self {
            sentence,
            inventory,
            mentions,
            links,
            given: vec![None; cells.len()],
            near: vec![None; cells.len()],
            cells,
        }
    }

    /// The text between two places; empty where they are not in order.
    pub(super) fn between(&self, start: usize, end: usize) -> &str {
        self.sentence.get(start..end).unwrap_or_default()
    }

    /// The arm a result has so far.
    pub(super) fn arm(&self, cell: usize) -> Option<usize> {
        self.given
            .get(cell)
            .copied()
            .flatten()
            .map(|given| given.arm)
    }

    /// Gives an arm to a result that has none.
    pub(super) fn give(&mut self, cell: usize, arm: usize, rule: Rule) {
        if let Some(slot) = self.given.get_mut(cell)
            && slot.is_none()
        {
            *slot = Some(Assigned { arm, rule });
        }
    }

    /// Gives an arm to a result whatever it had.
    pub(super) fn regive(&mut self, cell: usize, arm: usize, rule: Rule) {
        if let Some(slot) = self.given.get_mut(cell) {
            *slot = Some(Assigned { arm, rule });
        }
    }

    /// Remembers an arm that only stands near a result.
    pub(super) fn note_weak(&mut self, cell: usize, arm: usize, rule: Rule) {
        if let Some(slot) = self.near.get_mut(cell)
            && slot.is_none()
        {
            *slot = Some(Assigned { arm, rule });
        }
    }

    /// What stands between a result and the next.
    pub(super) fn link(&self, cell: usize) -> Option<Link> {
        self.links.get(cell).copied().flatten()
    }

    /// Whether a result is the first of a comparison.
    pub(super) fn is_compared(&self, cell: usize) -> bool {
        self.link(cell) == Some(Link::Versus)
    }

    /// The mentions that end before a place.
    pub(super) fn mentions_before(&self, at: usize) -> &[Mention] {
        let count = self
            .mentions
            .partition_point(|mention| mention.range.end <= at);
        self.mentions.get(..count).unwrap_or_default()
    }

    /// The mentions that begin at or behind a place.
    pub(super) fn mentions_behind(&self, at: usize) -> &[Mention] {
        let count = self
            .mentions
            .partition_point(|mention| mention.range.start < at);
        self.mentions.get(count..).unwrap_or_default()
    }
}

/// Whether two results can be sides of one comparison: of one unit, or one of them prints none.
fn alike(one: &Cell, next: &Cell, quantities: &[Quantity]) -> bool {
    let unit = |cell: &Cell| {
        let first = cell
            .quantities
            .first()
            .and_then(|index| quantities.get(*index))?;
        first.unit.as_ref().map(|unit| unit.dimension)
    };
    match (unit(one), unit(next)) {
        (Some(one), Some(next)) => one == next,
        (None, _) | (_, None) => true,
    }
}

/// The different arms of mentions, in order.
pub(super) fn arms_of(mentions: &[Mention]) -> Vec<usize> {
    let mut arms = Vec::new();
    for mention in mentions {
        if !arms.contains(&mention.arm) {
            arms.push(mention.arm);
        }
    }
    arms
}
