//! Cells of tables that hold sentences.
//!
//! Why it exists: their numbers are bound as in prose, and the row gives what the sentence leaves open.
//! It leaves out cells of values ([`super::tabular`]).

use super::figure::Reader;
use super::prose::context;
use super::row::{RowContext, Surroundings, joined_arm};
use super::study::setting;
use super::time_point::first_elapsed;
use super::{Bound, FigureRole, Frame, Measured, SentenceKind};
use crate::markdown::Place;

impl Reader<'_> {
    /// Whether a cell holds a sentence of five words or more.
    pub(super) fn is_prose(&self, place: &Place) -> bool {
        self.sentences_in((place.block, place.cell)).any(|at| {
            self.sentences.get(at).is_some_and(|sentence| {
                let words = self
                    .document
                    .plain(&sentence.place)
                    .split_whitespace()
                    .count();
                words >= 5
                    && matches!(
                        sentence.kind,
                        SentenceKind::Claim | SentenceKind::Instruction | SentenceKind::Navigation
                    )
            })
        })
    }

    /// A cell of sentences: its numbers are bound as in prose, and the row gives what the sentence leaves open.
    pub(super) fn read_prose_cell(
        &mut self,
        place: &Place,
        row: &RowContext,
        around: &Surroundings,
    ) {
        let text = self.document.plain(place).to_owned();
        let quantities = self.quantities(place);
        let named = context(&text);
        let time_point = first_elapsed(&text);
        let study = named.studies().first().map(|study| {
            let place = Place {
                range: study.range.clone(),
                ..place.clone()
            };
            let mut around_it = setting([text.as_str(), &around.caption, &around.heading]);
            around_it.interventions = joined_arm(
                row,
                &named
                    .arms()
                    .iter()
                    .flat_map(|arm| arm.substances.clone())
                    .collect::<Vec<_>>(),
            );
            self.push_study(place, study, around_it)
        });
        for quantity in &quantities {
            let mut figure = self.bare_figure(place, quantity, FigureRole::Result);
            figure.measure = named.measure(quantity).map(Measured::Concept).map(in_cell);
            figure.study = study.map(in_cell).or_else(|| row.study.clone());
            let others: Vec<String> = named.arms().iter().map(|arm| arm.name.clone()).collect();
            figure.arm = row.arm.as_ref().map(|arm| {
                let all = std::iter::once(arm.value.clone()).chain(others.clone());
                in_cell(all.collect::<Vec<_>>().join(" + "))
            });
            let population = named.scope.population.clone().map(in_cell);
            figure.population = population.or_else(|| row.population.clone());
            let cohort = named.scope.cohort.clone().map(in_cell);
            figure.cohort = cohort.or_else(|| row.cohort.clone());
            let time_point = time_point.clone().map(in_cell);
            figure.time_point = time_point.or_else(|| row.time_point.clone());
            self.push_cell_figure(figure, place);
        }
    }
}

fn in_cell<T>(value: T) -> Bound<T> {
    Bound {
        value,
        frame: Frame::Cell,
    }
}
