//! Figures of running text: each number of a sentence with what the sentence, those before it and the headings say of it.
//!
//! It leaves out cells ([`super::tabular`]) and how arms are given to numbers ([`super::trial_arm`]).

use std::ops::Range;

use rust_decimal::Decimal;

use super::figure::{Reader, is_general};
use super::general::{clause, near, period_in};
use super::mask::{masks_in, shift_into};
use super::noun_phrase::Phrasing;
use super::prose::{Context, context_among};
use super::study::{Named, setting};
use super::trial_arm::{Assigned, assign};
use super::{
    Bound, Figure, FigureRole, Frame, Measured, Sentence, SentenceKind, mention, time_point,
};
use crate::markdown::{Place, Text};
use crate::quantity::{Quantity, Role, read};

/// One sentence with everything its numbers can be bound to.
struct Stated<'a> {
    sentence: &'a Sentence,
    plain: &'a str,
    phrasing: Phrasing<'a>,
    named: Context,
    quantities: Vec<Quantity>,
    /// Stretches that hold no figure, in bytes of the sentence.
    masked: Vec<Range<usize>>,
    /// For each study named in the sentence, its index in [`Reader::studies`].
    studies: Vec<usize>,
    claim: Option<usize>,
    /// For each quantity, when it holds.
    times: Vec<Option<String>>,
    /// For each quantity, the arm its words and its place tell.
    arms: Vec<Option<Assigned>>,
}

impl Reader<'_> {
    /// Reads the figures of a block of running text.
    pub(super) fn read_prose(&mut self, block: usize) {
        let document = self.document;
        let Some(text) = document.text_at(block, None) else {
            return;
        };
        let section = document.blocks.get(block).and_then(|block| block.section);
        if section != self.recent_section {
            self.recent_section = section;
            self.recent_study = None;
        }
        let masked = self.masked((block, None), text);
        for index in self.sentences_in((block, None)) {
            self.read_sentence(index, text, &masked);
        }
    }

    fn read_sentence(&mut self, index: usize, text: &Text, masked: &[Range<usize>]) {
        let sentences = self.sentences;
        let Some(sentence) = sentences.get(index) else {
            return;
        };
        let range = sentence.place.range.clone();
        let Some(plain) = text.plain.get(range.clone()) else {
            return;
        };
        let claim = self.claim_of_sentence(index);
        // The claim of a sentence knows the names in it; most have none.
        let names_none = claim
            .and_then(|claim| self.claims.get(claim))
            .is_some_and(|claim| claim.mentions.is_empty());
        let mentions = if names_none {
            Vec::new()
        } else {
            mention::find(plain)
        };
        let masked = shift_into(masked, &range);
        let quantities = read(&self.document.source.notation().with_points(plain), &masked);
        let named = if quantities.is_empty() {
            Context::of_studies(plain, &mentions)
        } else {
            context_among(plain, &mentions)
        };
        let studies = self.name_studies(&sentence.place, plain, named.studies());
        let times = time_point::of_each(plain, &quantities);
        let arms = assign(plain, &quantities, &self.inventory, &mut self.order);
        let stated = Stated {
            sentence,
            plain,
            phrasing: Phrasing::of(plain),
            named,
            quantities,
            masked,
            studies,
            claim,
            times,
            arms,
        };
        let figures: Vec<Figure> = stated
            .quantities
            .iter()
            .enumerate()
            .map(|(index, quantity)| self.prose_figure(&stated, index, quantity))
            .collect();
        self.figures.extend(figures);
        self.recent_study = stated.studies.last().copied().or(self.recent_study);
    }

    fn prose_figure(&self, stated: &Stated<'_>, index: usize, quantity: &Quantity) -> Figure {
        let Stated {
            sentence,
            plain,
            named,
            quantities,
            ..
        } = stated;
        let bound = |value: String| Bound {
            value,
            frame: Frame::Sentence,
        };
        let mut figure = self.bare_figure(
            &sentence.place,
            quantity,
            figure_role(sentence.kind, quantity),
        );
        figure.claim = stated.claim;
        let claim = stated.claim.and_then(|at| self.claims.get(at));
        figure.pointers = claim
            .map(|claim| claim.pointers.clone())
            .unwrap_or_default();
        figure.measure = named.measure(quantity).map(|measure| Bound {
            value: Measured::Concept(measure),
            frame: Frame::Sentence,
        });
        figure.study = self.study_in_sentence(quantity, stated);
        figure.arm = self.arm(stated, index, quantity);
        figure.population = named.scope.population.clone().map(bound);
        figure.cohort = named.scope.cohort.clone().map(bound);
        figure.time_point = stated.times.get(index).cloned().flatten().map(bound);
        if is_general(&figure) {
            let near = near(plain, &quantity.range);
            let known: Vec<Range<usize>> = named
                .label_ranges_in(&near)
                .cloned()
                .chain(ranges_in(quantities, &near))
                .chain(masks_in(&stated.masked, &near).cloned())
                .collect();
            let clause = clause(plain, &quantity.range, &known, self.nouns());
            figure.arm = clause.subject.map(bound);
            figure.time_point = clause
                .period
                .map(bound)
                .or(figure.time_point)
                .or_else(|| self.period_above(sentence.place.block));
            figure.qualifiers = clause.qualifiers;
        }
        if figure.measure.is_none() {
            let before = stated.phrasing.before(&quantity.range);
            figure.wording = before.wider();
            let counted = stated.phrasing.counted(quantity);
            let phrase = counted.or_else(|| before.measured());
            figure.measure = phrase.map(|phrase| Bound {
                value: Measured::Phrase(phrase),
                frame: Frame::Sentence,
            });
            if figure.role == FigureRole::Result && is_incidental(quantity) {
                figure.role = FigureRole::Design;
            }
        }
        figure
    }

    /// The period that the heading above or the title names: an annual report says "2024" once.
    fn period_above(&self, block: usize) -> Option<Bound<String>> {
        let heading = self.document.section_title(block).unwrap_or_default();
        let title = self.document.title.as_deref().unwrap_or_default();
        let above = [(heading, Frame::Heading), (title, Frame::Title)];
        above
            .into_iter()
            .find_map(|(text, frame)| period_in(text).map(|value| Bound { value, frame }))
    }

    /// The arm of a number: one of the document's own arms in a strong frame, else the substances beside it, else one of its
    /// arms in a weak frame.
    fn arm(&self, stated: &Stated<'_>, index: usize, quantity: &Quantity) -> Option<Bound<String>> {
        let assigned = stated
            .arms
            .get(index)
            .copied()
            .flatten()
            .and_then(|assigned| {
                let arm = self.inventory.arms.get(assigned.arm)?;
                Some(Bound {
                    value: arm.name.clone(),
                    frame: assigned.rule.frame(),
                })
            });
        let by_substance = || {
            let arm = stated.named.arm(&quantity.range, &stated.quantities)?;
            Some(Bound {
                value: arm.name.clone(),
                frame: Frame::Sentence,
            })
        };
        let (strong, weak) = match assigned {
            Some(bound) if bound.frame.is_strong() => (Some(bound), None),
            other => (None, other),
        };
        strong.or_else(by_substance).or(weak)
    }

    fn study_in_sentence(&self, quantity: &Quantity, stated: &Stated<'_>) -> Option<Bound<usize>> {
        let named = &stated.named;
        let own = named.study(&quantity.range).and_then(|study| {
            let at = named.studies().iter().position(|other| other == study)?;
            stated.studies.get(at).map(|value| Bound {
                value: *value,
                frame: Frame::Sentence,
            })
        });
        own.or_else(|| {
            self.recent_study.map(|value| Bound {
                value,
                frame: Frame::PreviousSentence,
            })
        })
    }

    /// Records the studies named in a sentence and returns their indices.
    fn name_studies(&mut self, place: &Place, plain: &str, named: &[Named]) -> Vec<usize> {
        if named.is_empty() {
            return Vec::new();
        }
        let heading = self.document.section_title(place.block).unwrap_or_default();
        let title = self.document.title.as_deref().unwrap_or_default();
        let setting = setting([plain, heading, title]);
        let start = place.range.start;
        named
            .iter()
            .map(|study| {
                let place = Place {
                    block: place.block,
                    cell: place.cell,
                    range: study.range.start + start..study.range.end + start,
                };
                self.push_study(place, study, setting.clone())
            })
            .collect()
    }
}

/// The quantities that touch a stretch.
fn ranges_in<'q>(
    quantities: &'q [Quantity],
    within: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + use<'q> {
    let first = quantities.partition_point(|other| other.range.end <= within.start);
    let end = within.end;
    quantities
        .iter()
        .skip(first)
        .map(|other| other.range.clone())
        .take_while(move |range| range.start < end)
}

fn figure_role(kind: SentenceKind, quantity: &Quantity) -> FigureRole {
    match (kind, quantity.role) {
        (SentenceKind::Boilerplate | SentenceKind::Metadata | SentenceKind::Reference, _) => {
            FigureRole::Metadata
        }
        (SentenceKind::Instruction | SentenceKind::Fragment, _) => FigureRole::Protocol,
        (SentenceKind::Claim, Role::Value | Role::PValue | Role::SampleSize) => FigureRole::Result,
        (SentenceKind::Claim, Role::Date | Role::Ratio | Role::ConfidenceLevel)
        | (
            SentenceKind::Heading
            | SentenceKind::Question
            | SentenceKind::Navigation
            | SentenceKind::Caption,
            _,
        ) => FigureRole::Design,
    }
}

/// "Two groups", "12 people": a bare small count is part of how something is told, seldom a figure to be sourced.
fn is_incidental(quantity: &Quantity) -> bool {
    let small = quantity
        .value
        .is_some_and(|value| value.is_integer() && value.abs() < Decimal::ONE_HUNDRED);
    let bare =
        quantity.unit.is_none() && quantity.denominator.is_none() && quantity.interval.is_none();
    quantity.role == Role::Value && small && bare
}
