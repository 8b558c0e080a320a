//! A sentence that tells the row of a table: which of its values differs while the rest of the row agrees.
//!
//! Why it exists: an article says its results in a table and again in prose. Neither names measure and arm in the words of the
//! other, but the sentence repeats the row's numbers. What they share tells the row, and a value in the place of one that the
//! row has otherwise is a slip. It leaves out sentences that share no telling number with any row, and values that another
//! cell explains.

mod row;
mod told;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::Run;
use super::align::HALF;
use super::item::{Item, significant, sorted};
use super::lexis::Kind;
use super::naming::is_same_arm;
use super::part::{Part, slip};
use super::passage::{Passage, Passages};
use super::score::{Piece, sum};
use super::slip::{is_one_digit, is_slip, is_transposed};
use super::words::{Rarity, shared};
use row::{Cell, Row, Rows};
use told::{Told, told};

/// A number in more rows than this tells none of them.
const MOST_ROWS: usize = 8;
/// Points of the equal values that tell a row: one of three digits, or two of two.
const ENOUGH: usize = 2;
/// At most so many equal numbers count.
const MOST_NUMBERS: usize = 2;
/// So many significant digits of a value and its parts are hardly those of another one but for a slip.
const MANY: usize = 6;
/// Another cell with so little less evidence makes a pair uncertain, in hundredths.
const CLOSE: i64 = 100;
/// Share of the row's label that its sentence must say, in thousandths.
const LABELLED: i64 = 400;

/// A value of prose and the cell it differs from.
#[derive(Clone, Debug)]
pub(super) struct Tabled {
    /// Document and figure of the prose.
    pub(super) one: (usize, usize),
    /// Document and figure of the table.
    pub(super) other: (usize, usize),
    pub(super) evidence: Vec<Piece>,
    /// What differs where the values themselves are equal.
    pub(super) part: Option<Part>,
}

/// Values of prose that differ from the row their sentence tells. Linear: a number that stands in many rows is not followed.
pub(super) fn find(run: &Run<'_>, passages: &mut Passages, rarity: &Rarity) -> Vec<Tabled> {
    let rows = Rows::of(run, &mut passages.names);
    let passages = &*passages;
    let search = |passage| {
        let told = told(run, passage);
        let search = Search {
            passages,
            rarity,
            rows: &rows,
            passage,
            told: &told,
        };
        search.run()
    };
    let found: Vec<Vec<Tabled>> = passages.all.par_iter().map(search).collect();
    found.into_iter().flatten().collect()
}

struct Search<'a> {
    passages: &'a Passages,
    rarity: &'a Rarity,
    rows: &'a Rows,
    passage: &'a Passage,
    told: &'a [Told],
}

/// The equal values of a sentence and a row: positions in the values told and in the cells.
struct Shared<'a> {
    row: &'a Row,
    equal: Vec<(usize, usize)>,
}

impl<'a> Search<'a> {
    fn run(&self) -> Vec<Tabled> {
        let mut counts: BTreeMap<usize, usize> = BTreeMap::new();
        for value in self.told.iter().filter(|value| value.points() > 0) {
            let rows = self.rows.with(value.value);
            if rows.len() <= MOST_ROWS {
                for row in rows {
                    *counts.entry(*row).or_default() += value.points();
                }
            }
        }
        let told = counts.iter().filter(|(_, points)| **points >= ENOUGH);
        let candidates: Vec<Shared<'a>> = told
            .map(|(at, _)| at)
            .filter_map(|at| self.rows.all.get(*at))
            .filter(|row| self.is_related(row))
            .map(|row| self.shared(row))
            .collect();
        let found = candidates.iter().flat_map(|shared| self.differing(shared));
        clearest(found.collect())
    }

    fn is_related(&self, row: &Row) -> bool {
        row.document == self.passage.document
            || self
                .passages
                .stories
                .related(row.document, self.passage.document)
    }

    fn shared(&self, row: &'a Row) -> Shared<'a> {
        let mut equal: Vec<(usize, usize)> = Vec::new();
        for (at, value) in self.told.iter().enumerate() {
            let cell = row.cells.iter().enumerate().position(|(with, cell)| {
                let new = !equal.iter().any(|(_, taken)| *taken == with);
                new && value.agrees(cell)
            });
            equal.extend(cell.map(|cell| (at, cell)));
        }
        Shared { row, equal }
    }

    fn differing(&self, shared: &Shared<'a>) -> Vec<Tabled> {
        let mut found = Vec::new();
        let open = |at: usize| !shared.equal.iter().any(|(taken, _)| *taken == at);
        let free = |with: usize| !shared.equal.iter().any(|(_, taken)| *taken == with);
        for (at, value) in self.told.iter().enumerate().filter(|(at, _)| open(*at)) {
            let Some(item) = self.passage.items.get(value.rank) else {
                continue;
            };
            if let Some(part) = value.part {
                found.extend(self.part(shared, (at, value, item), part));
                continue;
            }
            if self.rows.explains(self.passage.document, value) {
                continue;
            }
            let mut fitting = shared
                .row
                .cells
                .iter()
                .enumerate()
                .filter(|(with, cell)| free(*with) && value.is_like(cell))
                .filter_map(|(with, cell)| {
                    let pieces = self.evidence(shared, (at, value, item), (with, cell))?;
                    Some((cell, pieces))
                });
            if let (Some((cell, evidence)), None) = (fitting.next(), fitting.next()) {
                found.push(Tabled {
                    one: (self.passage.document, item.figure),
                    other: (shared.row.document, cell.figure),
                    evidence,
                    part: None,
                });
            }
        }
        // Where several differ, the sentence tells something else of the same patients.
        if found.len() > 1 { Vec::new() } else { found }
    }

    /// A part of a value told that differs by a slip from that of the one cell with the same value and the same other parts.
    fn part(
        &self,
        shared: &Shared<'_>,
        (at, value, item): (usize, &Told, &Item),
        part: Part,
    ) -> Option<Tabled> {
        // A spread in brackets is a value of its cell by itself.
        let is_part = |cell: &Cell, part: Option<Part>| {
            cell.part == part || part == Some(Part::Spread) && cell.part.is_none() && cell.place > 0
        };
        let same = |mate: &Told, cell: &Cell| is_part(cell, mate.part) && mate.agrees(cell);
        let mates = || {
            let told = self.told.iter().enumerate();
            told.filter(|(mate, told)| *mate != at && told.owner == value.owner)
                .map(|(_, told)| told)
        };
        let mut fitting = shared.row.cells.iter().filter(|cell| {
            let beside = || {
                let row = shared.row.cells.iter();
                row.filter(|other| other.column.abs_diff(cell.column) <= value.reach())
            };
            is_part(cell, Some(part))
                && value.decimals == cell.decimals
                && is_slip(&value.digits, &cell.digits)
                && mates().all(|mate| beside().any(|other| same(mate, other)))
        });
        let (Some(cell), None) = (fitting.next(), fitting.next()) else {
            return None;
        };
        let mut found = Vec::new();
        self.arm(item, cell, &mut found)?;
        self.label(cell, &mut found);
        for mate in mates() {
            found.push(Piece::whole(number(mate), mate.value.to_string()));
        }
        found.push(Piece::whole(
            Kind::SameCell,
            mates().next()?.value.to_string(),
        ));
        let all = mates().chain([value]).map(|told| significant(&told.digits));
        if all.sum::<usize>() >= MANY {
            found.push(Piece::share(Kind::OneSlip, HALF, ""));
        }
        found.push(slip(&value.digits, &cell.digits));
        Some(Tabled {
            one: (self.passage.document, item.figure),
            other: (shared.row.document, cell.figure),
            evidence: found,
            part: Some(part),
        })
    }

    /// Why a value told and a cell are one; nothing where no place in the row says so.
    fn evidence(
        &self,
        shared: &Shared<'_>,
        (at, value, item): (usize, &Told, &Item),
        (with, cell): (usize, &Cell),
    ) -> Option<Vec<Piece>> {
        if self.has_other_spread(shared, value, cell) {
            return None;
        }
        let mut found = Vec::new();
        let arm = self.arm(item, cell, &mut found)?;
        let in_cell = self.same_cell(shared, value, cell, &mut found);
        let in_order = self.same_order(shared, (at, value), (with, cell), &mut found);
        let is_named = named(shared.row, item, cell, &mut found);
        if !(arm || in_cell || in_order || is_named) || self.says_too(cell) {
            return None;
        }
        let is_labelled = self.label(cell, &mut found);
        if !is_labelled && !in_cell {
            return None;
        }
        let mut equal: Vec<&Told> = shared
            .equal
            .iter()
            .filter_map(|(at, _)| self.told.get(*at))
            .filter(|value| value.points() > 0)
            .collect();
        equal.sort_by_key(|value| std::cmp::Reverse(value.points()));
        for value in equal.iter().take(MOST_NUMBERS) {
            found.push(Piece::whole(number(value), value.value.to_string()));
        }
        if self.is_one_slip(shared, value, cell) {
            found.push(Piece::share(Kind::OneSlip, HALF, ""));
        }
        if is_transposed(&value.digits, &cell.digits) {
            found.push(Piece::whole(Kind::Transposed, ""));
        } else if is_one_digit(&value.digits, &cell.digits) {
            found.push(Piece::whole(Kind::Digit, ""));
        } else if !in_cell {
            return None;
        }
        (sum(&found) > 0).then_some(found)
    }

    /// Whether both have one arm; nothing where they have two.
    fn arm(&self, item: &Item, cell: &Cell, found: &mut Vec<Piece>) -> Option<bool> {
        match (item.detail.arm, cell.arm) {
            (Some(one), Some(other)) if one == other => {
                let name = self.passages.names.name(one);
                let name = name.strip_prefix("arm ").unwrap_or(name);
                found.push(Piece::whole(Kind::SameArm, name));
                Some(true)
            }
            (Some(one), Some(other)) => {
                let name = |arm| self.passages.names.name(arm);
                is_same_arm(name(one), name(other)).then_some(false)
            }
            (Some(_) | None, None) | (None, Some(_)) => Some(false),
        }
    }

    /// Whether a spread or bound printed with the value is not the one of its cell: another estimate of the same thing.
    fn has_other_spread(&self, shared: &Shared<'_>, value: &Told, cell: &Cell) -> bool {
        let in_cell = |at: usize| {
            shared.equal.iter().any(|(taken, with)| {
                let pair = self.told.get(at).zip(shared.row.cells.get(*with));
                let beside = |(mate, other): (&Told, &Cell)| {
                    other.column.abs_diff(cell.column) <= mate.reach()
                };
                *taken == at && pair.is_some_and(beside)
            })
        };
        let is_itself = |mate: &Told| {
            (mate.owner, mate.rank, mate.part) == (value.owner, value.rank, value.part)
        };
        self.told.iter().enumerate().any(|(at, mate)| {
            mate.group == value.group && mate.is_behind && !is_itself(mate) && !in_cell(at)
        })
    }

    /// Whether what stands with the value in prose stands in its cell, too: the spread, or the count of a percentage.
    fn same_cell(
        &self,
        shared: &Shared<'_>,
        value: &Told,
        cell: &Cell,
        found: &mut Vec<Piece>,
    ) -> bool {
        let mate = shared.equal.iter().find(|(at, with)| {
            let pair = self.told.get(*at).zip(shared.row.cells.get(*with));
            pair.is_some_and(|(mate, other)| {
                mate.group == value.group
                    && other.column.abs_diff(cell.column) <= mate.reach()
                    && mate.is_specific()
            })
        });
        if let Some(mate) = mate.and_then(|(at, _)| self.told.get(*at)) {
            found.push(Piece::whole(Kind::SameCell, mate.value.to_string()));
        }
        mate.is_some()
    }

    /// Whether all digits of value and spread agree with those of the cell but for a slip, and are many.
    fn is_one_slip(&self, shared: &Shared<'_>, value: &Told, cell: &Cell) -> bool {
        let has_spread = shared.equal.iter().any(|(at, with)| {
            let pair = self.told.get(*at).zip(shared.row.cells.get(*with));
            pair.is_some_and(|(mate, other)| {
                let is_own = mate.group == value.group && mate.is_behind && mate.is_telling;
                is_own && other.column == cell.column
            })
        });
        has_spread && significant(&value.digits) >= 3 && is_slip(&value.digits, &cell.digits)
    }

    /// Whether a neighbour in the sentence is the neighbour in the row.
    fn same_order(
        &self,
        shared: &Shared<'_>,
        (at, value): (usize, &Told),
        (with, cell): (usize, &Cell),
        found: &mut Vec<Piece>,
    ) -> bool {
        let beside = shared.equal.iter().any(|(other, matched)| {
            let pair = self.told.get(*other).zip(shared.row.cells.get(*matched));
            pair.is_some_and(|(mate, neighbour)| {
                let apart = neighbour.column.abs_diff(cell.column) == 1;
                let same_way = (*other < at) == (*matched < with);
                apart
                    && same_way
                    && neighbour.place == cell.place
                    && mate.is_telling
                    && mate.rank.abs_diff(value.rank) == 1
                    && mate.unit == value.unit
            })
        });
        if beside {
            found.push(Piece::whole(Kind::RowOrder, ""));
        }
        beside
    }

    /// Whether the paragraph has the cell's value as well.
    fn says_too(&self, cell: &Cell) -> bool {
        self.told.iter().any(|value| value.agrees(cell))
    }

    /// Whether the sentence says enough of the words that name the cell.
    fn label(&self, cell: &Cell, found: &mut Vec<Piece>) -> bool {
        let all: i64 = cell.label.iter().map(|stem| self.rarity.of(*stem)).sum();
        let mut around = self.passage.stems.clone();
        around.extend(self.passage.previous.iter().chain(&self.passage.heading));
        let said = shared(&cell.label, &sorted(around));
        let own: i64 = said.iter().map(|stem| self.rarity.of(*stem)).sum();
        let share = (own * 1000).checked_div(all).unwrap_or(0);
        let words: BTreeSet<&str> = said
            .iter()
            .map(|stem| self.passages.names.name(*stem))
            .collect();
        let words: Vec<&str> = words.into_iter().collect();
        if own > 0 {
            found.push(Piece::share(Kind::RowLabel, share, words.join(" ")));
        }
        share >= LABELLED
    }
}

/// How much it says that both have a number.
fn number(value: &Told) -> Kind {
    if value.is_telling {
        Kind::Number
    } else {
        Kind::SmallNumber
    }
}

/// Whether the words right beside the value are those that only its cell of the row has: the head of its column.
fn named(row: &Row, item: &Item, cell: &Cell, found: &mut Vec<Piece>) -> bool {
    let others = row.cells.iter().filter(|other| other.column != cell.column);
    let elsewhere: BTreeSet<u32> = others
        .flat_map(|other| other.label.iter().copied())
        .collect();
    let own: Vec<u32> = cell
        .label
        .iter()
        .copied()
        .filter(|stem| !elsewhere.contains(stem))
        .collect();
    let is_named = !own.is_empty() && shared(&own, &item.own).len() == own.len();
    if is_named {
        found.push(Piece::whole(Kind::ColumnHead, ""));
    }
    is_named
}

/// For each value of prose the cell with the most evidence, where no other cell comes close.
fn clearest(mut found: Vec<Tabled>) -> Vec<Tabled> {
    found.sort_by_key(|pair| (pair.one, std::cmp::Reverse(sum(&pair.evidence))));
    let mut kept: Vec<Tabled> = Vec::new();
    for own in found.chunk_by(|a, b| a.one == b.one) {
        let Some(best) = own.first() else { continue };
        let weight = sum(&best.evidence);
        let rival = own
            .iter()
            .find(|pair| pair.other != best.other)
            .map_or(0, |rival| sum(&rival.evidence));
        if rival + CLOSE <= weight {
            kept.push(best.clone());
        }
    }
    kept
}
