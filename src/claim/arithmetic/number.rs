//! The numbers of one sentence in order, and the text between them.

use std::cell::OnceCell;
use std::ops::Range;

use rust_decimal::Decimal;

use super::super::{Figure, Sentence, SentenceKind};
use crate::markdown::{Document, Place};
use crate::ontology::Dimension;
use crate::quantity::{Comparator, Quantity, Role, UNBOUNDED, read};

/// One sentence with its numbers.
pub(super) struct Line<'a> {
    /// The whole running text.
    text: &'a str,
    /// Where the sentence stands in it.
    pub(super) place: &'a Place,
    /// Its numbers in order.
    pub(super) numbers: Vec<Number>,
    /// Whether it tells the reader what to do, and states nothing.
    pub(super) instructs: bool,
}

/// One number of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Number {
    /// Index in [`super::super::Statements::figures`].
    pub(super) figure: usize,
    /// Bytes of the running text.
    pub(super) range: Range<usize>,
    pub(super) printed: String,
    /// In the unit's canonical scale.
    pub(super) low: Decimal,
    pub(super) high: Decimal,
    pub(super) value: Decimal,
    pub(super) dimension: Option<(Dimension, String)>,
    /// Whole number of things: `517` of `517`, of `517 (49%)` and of `517/1025`.
    pub(super) count: Option<Decimal>,
    pub(super) denominator: Option<Decimal>,
    /// Whether a spread is printed behind it: "0.3 ± 0.1".
    pub(super) spread: bool,
    pub(super) role: Role,
    /// Whether it bounds its value on both sides.
    pub(super) closed: bool,
    /// What [`counts_things`](super::parts::counts_things) found, once asked.
    pub(super) things: OnceCell<bool>,
}

impl<'a> Line<'a> {
    /// `known` are the indices of the figures of its text, in order.
    pub(super) fn read(
        document: &'a Document,
        sentence: &'a Sentence,
        figures: &[Figure],
        known: &[usize],
    ) -> Option<Self> {
        let place = &sentence.place;
        let text = &document.text_at(place.block, place.cell)?.plain;
        let start_of = |at: &usize| figures.get(*at).map_or(0, |f| f.place.range.start);
        let first = known.partition_point(|at| start_of(at) < place.range.start);
        let mut numbers = Vec::new();
        let of_sentence = known
            .iter()
            .skip(first)
            .take_while(|at| start_of(at) < place.range.end);
        for at in of_sentence {
            let figure = figures.get(*at)?;
            let range = figure.place.range.clone();
            match &figure.quantity {
                Some(quantity) if quantity.value.is_some() => {
                    numbers.extend(number(*at, quantity, range, text));
                }
                Some(quantity) => {
                    numbers.extend(ends(*at, quantity, range, text).into_iter().flatten());
                }
                None => {}
            }
        }
        Some(Self {
            text,
            place,
            numbers,
            instructs: sentence.kind == SentenceKind::Instruction,
        })
    }

    /// A sentence in other words; the ranges of its place and numbers are those of `text`.
    pub(super) fn rewritten(text: &'a str, place: &'a Place, numbers: Vec<Number>) -> Self {
        Self {
            text,
            place,
            numbers,
            instructs: false,
        }
    }

    pub(super) fn id(&self) -> (usize, Option<(usize, usize)>) {
        (self.place.block, self.place.cell)
    }

    /// The text in front of number `at`, from the end of the number before it; behind the last number for `at` = count.
    pub(super) fn gap(&self, at: usize) -> &'a str {
        let start = at
            .checked_sub(1)
            .and_then(|before| self.numbers.get(before))
            .map_or(self.place.range.start, |number| number.range.end);
        let end = self
            .numbers
            .get(at)
            .map_or(self.place.range.end, |number| number.range.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text from the end of number `from` (the sentence's start for `None`) to the start of number `to`.
    pub(super) fn between(&self, from: Option<usize>, to: usize) -> &'a str {
        let start = from
            .and_then(|at| self.numbers.get(at))
            .map_or(self.place.range.start, |number| number.range.end);
        let end = self
            .numbers
            .get(to)
            .map_or(self.place.range.end, |number| number.range.start);
        self.text.get(start..end).unwrap_or_default()
    }

    /// The text of the sentence in front of number `at`.
    pub(super) fn before(&self, at: usize) -> &'a str {
        self.numbers
            .get(at)
            .and_then(|number| self.text.get(self.place.range.start..number.range.start))
            .unwrap_or_default()
    }

    /// Whether it has more numbers than a sentence that anybody writes: such a list is read by nobody, and costs time.
    pub(super) fn is_long(&self) -> bool {
        self.numbers.len() > 80
    }

    /// The whole sentence.
    pub(super) fn plain(&self) -> &'a str {
        self.text.get(self.place.range.clone()).unwrap_or_default()
    }
}

/// A figure's number.
fn number(figure: usize, quantity: &Quantity, range: Range<usize>, text: &str) -> Option<Number> {
    let value = quantity.value?;
    let factor = quantity.unit.as_ref().map_or(Decimal::ONE, |u| u.factor);
    let closed = quantity.high < UNBOUNDED
        && matches!(quantity.comparator, Comparator::Equal | Comparator::About);
    let whole = |value: &Decimal| value.is_integer() && !value.is_sign_negative();
    let bare = quantity
        .unit
        .as_ref()
        .is_none_or(|unit| unit.dimension == Dimension::Count);
    let count = quantity
        .numerator
        .or(Some(value).filter(|_| bare))
        .filter(|value| whole(value) && quantity.comparator == Comparator::Equal);
    Some(Number {
        figure,
        printed: text.get(range.clone())?.trim().to_owned(),
        range,
        low: quantity.low.checked_mul(factor)?,
        high: quantity.high.checked_mul(factor)?,
        value: value.checked_mul(factor)?,
        dimension: quantity
            .unit
            .as_ref()
            .map(|unit| (unit.dimension, currency(unit.dimension, &unit.ucum))),
        count,
        denominator: quantity.denominator,
        spread: quantity.tolerance.is_some(),
        role: quantity.role,
        closed,
        things: OnceCell::new(),
    })
}

/// What must be equal beside the dimension.
fn currency(dimension: Dimension, ucum: &str) -> String {
    match dimension {
        Dimension::Money | Dimension::Other | Dimension::Temperature => ucum.to_owned(),
        Dimension::Proportion
        | Dimension::PercentagePoint
        | Dimension::Time
        | Dimension::Length
        | Dimension::Mass
        | Dimension::Volume
        | Dimension::Data
        | Dimension::Count
        | Dimension::Multiple => String::new(),
    }
}

/// Both ends of a figure that was read as a range "20 to 30".
fn ends(
    figure: usize,
    quantity: &Quantity,
    range: Range<usize>,
    text: &str,
) -> Option<[Number; 2]> {
    let whole = text.get(range.clone())?;
    let at = whole.find(" to ")?;
    let second = at + " to ".len();
    let end = |part: &str, start: usize| {
        let mut read = read(part, &[]).into_iter().next()?;
        read.unit = read.unit.or_else(|| quantity.unit.clone());
        let role = read.role;
        let within = read.range.start + start..read.range.end + start;
        number(figure, &read, within, text).filter(|_| role == Role::Value)
    };
    Some([
        end(whole.get(..at)?, range.start)?,
        end(whole.get(second..)?, range.start + second)?,
    ])
}

/// Whether a number is a percentage with bounds on both sides.
pub(super) fn is_share(number: &Number) -> bool {
    matches!(number.dimension, Some((Dimension::Proportion, _)))
        && number.role == Role::Value
        && number.closed
}
