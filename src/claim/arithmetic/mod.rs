//! Stated changes and stated wholes: "rose from 20% to 30%", "90 patients (45 in each ...)".
//!
//! Why it exists: whether two numbers fit the word between them, or parts their whole, is arithmetic on rounded numbers. This
//! module finds which numbers belong together and computes the bounds; it leaves the verdict to the rules.

mod breakdown;
mod carried;
mod change;
mod direction;
mod labels;
mod mean;
mod number;
mod parts;
mod printed;
mod proportion;
mod remainder;
mod share;
mod signed;
mod sizes;
mod slip;
mod sum;
mod table_share;
mod terms;
mod total_table;

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{Figure, Sentence, SentenceKind};
use crate::markdown::{Document, Place};
use crate::quantity::Role;
use crate::text::Span;
pub(crate) use direction::better_is_higher;
pub use mean::WholeMean;
use number::Line;
pub use printed::as_printed;
pub use share::{Share, ShareEvidence};

/// Two figures with a word that says which way the value went from one to the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Change {
    /// From the first number to the last.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// Index in [`super::Statements::figures`] of the earlier value; equal to `to` where both were read as one range.
    pub from: usize,
    /// Index of the later value.
    pub to: usize,
    /// The word: "increased".
    pub word: String,
    /// What it says.
    pub direction: Direction,
    /// The two values in order of time, as printed: "46%", "41%".
    pub printed: (String, String),
    /// Lowest and highest difference (later less earlier) of values that would be printed so.
    pub difference: (Decimal, Decimal),
    /// The two sides that a comparison names, in their order: "lower in the A group than in the B group".
    pub sides: Option<(String, String)>,
    /// Whether the document says the same of the same two values with the sides the other way round.
    pub reversed: bool,
    /// The size of the change, where it is said.
    pub size: Option<ChangeSize>,
}

/// Which way a value went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Direction {
    /// Upwards, or the first is higher than the second.
    Up,
    /// Downwards.
    Down,
    /// To the better side of the measure.
    Better,
    /// To its worse side.
    Worse,
}

/// The size of a change as stated and as computed, each as bounds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeSize {
    /// As printed: "25%", "doubled".
    pub printed: String,
    /// Bounds of what is printed: a percentage, or a multiple.
    pub stated: (Decimal, Decimal),
    /// Bounds of what the two values give.
    pub computed: (Decimal, Decimal),
    /// The same in the other reading: percentage points of two percentages, "to x times" for "by x times".
    pub alternative: (Decimal, Decimal),
    /// The computed size for a message: "20%", "1.5 times".
    pub shown: String,
}

/// A figure that is said to be made up of others.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sum {
    /// The whole.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// Index in [`super::Statements::figures`] of the whole; `None` for the size of a group in a column header.
    pub total: Option<usize>,
    /// Indices of the parts; the second is taken away where `evidence` is [`Evidence::Difference`].
    pub parts: Vec<usize>,
    /// Bounds of what the whole would be printed as.
    pub stated: (Decimal, Decimal),
    /// Bounds of what the parts give.
    pub computed: (Decimal, Decimal),
    /// How far apart, as a share of the whole: 0.04 is 4%.
    pub gap: Decimal,
    /// Whether one digit mistaken, or two swapped, in one of the numbers explains that they do not fit.
    pub is_slip: bool,
    /// Why the parts were taken to be all of the whole.
    pub evidence: Evidence,
    /// "517 + 508 = 1025".
    pub calculation: String,
    /// The whole as printed: "1,059".
    pub printed: String,
}

/// Why parts were taken to be all of a whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Evidence {
    /// A plus or minus sign, or "minus".
    Difference,
    /// Arms of a study, or categories of which each thing is in one.
    Categories,
    /// Words such as "comprising".
    Wording,
    /// A list in brackets behind the whole, or words that often stand before all parts.
    Listing,
    /// A list of which nothing but a slip shows that it is all of the whole.
    Slip,
    /// A total row or column of a table in which other totals agree.
    Table,
}

/// Indices of figures by block, and cell in a table.
type FiguresOfText = BTreeMap<(usize, Option<(usize, usize)>), Vec<usize>>;

/// What the numbers of one document are said to make of one another.
#[derive(Clone, Debug, Default)]
pub(super) struct Arithmetic {
    /// In document order.
    pub(super) changes: Vec<Change>,
    /// Prose first, then tables, each in document order.
    pub(super) sums: Vec<Sum>,
    /// In document order.
    pub(super) shares: Vec<Share>,
    /// In document order.
    pub(super) means: Vec<WholeMean>,
}

/// The changes, sums and shares of one document.
pub(super) fn extract(
    document: &Document,
    sentences: &[Sentence],
    figures: &[Figure],
) -> Arithmetic {
    let mut of_text = FiguresOfText::new();
    for (index, figure) in figures.iter().enumerate() {
        let id = (figure.place.block, figure.place.cell);
        of_text.entry(id).or_default().push(index);
    }
    let sizes = sample_sizes(figures);
    let lines: Vec<Option<Line<'_>>> = sentences
        .iter()
        .map(|sentence| {
            let id = (sentence.place.block, sentence.place.cell);
            let known = of_text.get(&id).map(Vec::as_slice).unwrap_or_default();
            let is_read = is_prose(sentence.kind) || sentence.kind == SentenceKind::Instruction;
            is_read.then(|| Line::read(document, sentence, figures, known))?
        })
        .collect();
    let mut found = Arithmetic::default();
    let mut memory = share::Memory::default();
    let mut before: Option<&Line<'_>> = None;
    for line in &lines {
        let told = line.as_ref().filter(|line| !line.instructs);
        if let Some(line) = told {
            let previous = before.filter(|previous| previous.id() == line.id());
            if previous.is_none() {
                memory.begin_paragraph();
            }
            found.shares.extend(memory.shares(line, &sizes, document));
            found
                .changes
                .extend(change::changes(line, previous, document));
            found.sums.extend(sum::sums(line, previous, document));
            found.means.extend(mean::means(line, document));
        } else if let Some(line) = line {
            found.changes.extend(change::changes(line, None, document));
        }
        before = told;
    }
    let told = lines.iter().flatten().filter(|line| !line.instructs);
    let mut ledger = share::Ledger::of(told, figures, document);
    for block in 0..document.blocks.len() {
        if let Some(table) = document.table(block) {
            found
                .sums
                .extend(total_table::sums(document, table, block, &of_text));
            ledger.learn_table(document, block);
            found
                .shares
                .extend(table_share::shares(document, block, figures, &of_text));
        }
    }
    let known = found.shares.iter().map(|share| share.figure).collect();
    found.shares.extend(ledger.shares(&known, document));
    found.changes = change::settled(found.changes);
    found
}

/// What the document prints as `n = 120`.
fn sample_sizes(figures: &[Figure]) -> BTreeSet<Decimal> {
    figures
        .iter()
        .filter_map(|figure| figure.quantity.as_ref())
        .filter(|quantity| quantity.role == Role::SampleSize)
        .filter_map(|quantity| quantity.value)
        .collect()
}

fn is_prose(kind: SentenceKind) -> bool {
    match kind {
        SentenceKind::Claim
        | SentenceKind::Heading
        | SentenceKind::Navigation
        | SentenceKind::Caption
        | SentenceKind::Fragment => true,
        SentenceKind::Instruction
        | SentenceKind::Question
        | SentenceKind::Boilerplate
        | SentenceKind::Metadata
        | SentenceKind::Reference => false,
    }
}

#[cfg(test)]
mod tests;
