//! What a table says of each of its rows: study, arm and scope from the label columns, the caption and the notes.

use std::collections::{BTreeMap, BTreeSet};

use super::arm::arms;
use super::figure::Reader;
use super::measure::labels;
use super::scope::{ScopePhrases, scope};
use super::study::{Named, names, setting};
use super::table::{ColumnRole, Layout};
use super::time_point::first_elapsed;
use super::{Bound, Frame};
use crate::markdown::{Block, BlockKind, Place, Row, Table};
use crate::ontology::{Kind, Measure};

/// What a whole table says of each of its cells.
pub(super) struct Surroundings {
    pub(super) block: usize,
    pub(super) caption: String,
    pub(super) heading: String,
    pub(super) introduction: String,
    /// The head over the first column.
    pub(super) corner: String,
    scope: ScopePhrases,
    /// The one that the caption names.
    time_point: Option<String>,
    /// Where the population was found: the caption, or a note.
    population_frame: Frame,
    caption_studies: Vec<Named>,
    pub(super) caption_measure: Option<&'static Measure>,
    /// For each study cell, the largest arm of any row with that cell.
    interventions: BTreeMap<String, Vec<String>>,
}

/// What a row says of each of its cells.
#[derive(Default)]
pub(super) struct RowContext {
    pub(super) study: Option<Bound<usize>>,
    pub(super) arm: Option<Bound<String>>,
    pub(super) label: Option<String>,
    pub(super) population: Option<Bound<String>>,
    pub(super) cohort: Option<Bound<String>>,
    pub(super) time_point: Option<Bound<String>>,
    pub(super) measure: Option<&'static Measure>,
    /// The head between rows that it stands under, and its labels.
    pub(super) words: Vec<String>,
}

impl Reader<'_> {
    pub(super) fn surroundings(
        &self,
        block: usize,
        table: &Table,
        layout: &Layout,
    ) -> Surroundings {
        let plain = |index: usize| {
            self.document
                .blocks
                .get(index)
                .map(|block| block.text.plain.clone())
        };
        let caption = table.caption.and_then(plain).unwrap_or_default();
        let notes: Vec<String> = table.notes.iter().copied().filter_map(plain).collect();
        let first = table.caption.map_or(block, |caption| caption.min(block));
        let section = self
            .document
            .blocks
            .get(block)
            .and_then(|block| block.section);
        let introduction = first
            .checked_sub(1)
            .filter(|before| section.is_none_or(|heading| *before > heading))
            .and_then(|before| self.document.blocks.get(before))
            .filter(|before| is_running_text(before))
            .map(|before| before.text.plain.clone())
            .unwrap_or_default();
        let mut narrowed = scope(&caption);
        let mut population_frame = Frame::Caption;
        if narrowed.population.is_none() {
            narrowed.population = notes.iter().find_map(|note| scope(note).population);
            population_frame = Frame::Note;
        }
        Surroundings {
            block,
            heading: self
                .document
                .section_title(block)
                .unwrap_or_default()
                .to_owned(),
            introduction,
            corner: layout
                .columns
                .first()
                .map(|column| column.header.clone())
                .unwrap_or_default(),
            scope: narrowed,
            time_point: first_elapsed(&caption),
            population_frame,
            caption_studies: names(&caption),
            caption_measure: only_measure(&caption),
            interventions: interventions(table, layout),
            caption,
        }
    }

    pub(super) fn row_context(
        &mut self,
        (block, index): (usize, usize),
        row: &Row,
        layout: &Layout,
        around: &Surroundings,
    ) -> RowContext {
        let mut context = RowContext::default();
        for (column, cell) in row.cells.iter().enumerate() {
            let Some(header) = layout.columns.get(column) else {
                continue;
            };
            let place = Place {
                block,
                cell: Some((index, column)),
                range: 0..cell.text.plain.len(),
            };
            let text = self.unmarked(&place);
            if text.is_empty() {
                continue;
            }
            self.read_row_label(&mut context, header.role, (&place, &text), around);
        }
        self.complete_row(&mut context, around);
        context
    }

    fn read_row_label(
        &mut self,
        context: &mut RowContext,
        role: ColumnRole,
        (place, text): (&Place, &str),
        around: &Surroundings,
    ) {
        let bound = |value: &str| Bound {
            value: value.to_owned(),
            frame: Frame::RowHeader,
        };
        let folded = || bound(&text.to_lowercase());
        match role {
            ColumnRole::Study => {
                self.study_cell(context, place, text, around);
            }
            ColumnRole::Arm | ColumnRole::Subject => {
                let run = arms(text).into_iter().next();
                context.arm = Some(bound(run.as_ref().map_or(text, |arm| arm.name.as_str())));
                if !names(text).is_empty() && context.study.is_none() {
                    self.study_cell(context, place, text, around);
                }
            }
            ColumnRole::Population => context.population = Some(folded()),
            ColumnRole::Cohort => context.cohort = Some(folded()),
            ColumnRole::TimePoint => {
                let known = first_elapsed(text).map(|name| bound(&name));
                context.time_point = known.or_else(|| Some(folded()));
            }
            ColumnRole::Label => {
                context.measure = labels(text, true).last().map(|label| label.measure);
                context.label = Some(text.to_lowercase());
            }
            ColumnRole::Value => return,
        }
        let named = scope(text);
        context.population = context
            .population
            .take()
            .or(named.population.as_deref().map(bound));
        context.cohort = context.cohort.take().or(named.cohort.as_deref().map(bound));
        context.time_point = context
            .time_point
            .take()
            .or_else(|| first_elapsed(text).as_deref().map(bound));
    }

    fn study_cell(
        &mut self,
        context: &mut RowContext,
        place: &Place,
        text: &str,
        around: &Surroundings,
    ) {
        let named = names(text).into_iter().next().unwrap_or_default();
        let known = around
            .interventions
            .get(&study_stem(text))
            .cloned()
            .unwrap_or_default();
        let title = self.document.title.clone().unwrap_or_default();
        let mut around_it = setting([
            text,
            &around.caption,
            &around.introduction,
            &around.heading,
            &title,
        ]);
        if !known.is_empty() {
            around_it.interventions = known;
        }
        let range = 0..text.len().min(place.range.end);
        let place = Place {
            range,
            ..place.clone()
        };
        let value = self.push_study(place, &named, around_it);
        context.study = Some(Bound {
            value,
            frame: Frame::RowHeader,
        });
    }

    /// What the row itself leaves open: the caption's study (strong), the heading's or title's (weak), the caption's scope.
    fn complete_row(&mut self, context: &mut RowContext, around: &Surroundings) {
        if context.study.is_none()
            && let [named] = around.caption_studies.as_slice()
            && let Some(caption) = self
                .document
                .table(around.block)
                .and_then(|table| table.caption)
        {
            let place = Place {
                block: caption,
                cell: None,
                range: named.range.clone(),
            };
            let around_it = setting([
                around.caption.as_str(),
                &around.introduction,
                &around.heading,
            ]);
            let value = self.push_study(place, named, around_it);
            context.study = Some(Bound {
                value,
                frame: Frame::Caption,
            });
        }
        let bound = |value: &String| Bound {
            value: value.clone(),
            frame: Frame::Caption,
        };
        context.population = context
            .population
            .take()
            .or(around.scope.population.as_ref().map(|value| Bound {
                value: value.clone(),
                frame: around.population_frame,
            }));
        context.cohort = context
            .cohort
            .take()
            .or(around.scope.cohort.as_ref().map(bound));
        context.time_point = context
            .time_point
            .take()
            .or(around.time_point.as_ref().map(bound));
    }

    /// A cell's text up to its first citation mark.
    pub(super) fn unmarked(&self, place: &Place) -> String {
        let text = self.document.plain(place);
        let marks = self.marks_in((place.block, place.cell), &place.range);
        let end = marks
            .iter()
            .filter_map(|at| self.citations.pointers.get(*at))
            .map(|mark| mark.place.range.start)
            .min();
        text.get(..end.unwrap_or(text.len()))
            .unwrap_or(text)
            .trim()
            .to_owned()
    }
}

/// The measure a caption is about: the only one it names, where that has values of its own.
fn only_measure(caption: &str) -> Option<&'static Measure> {
    let named = labels(caption, false);
    let first = named.first()?.measure;
    let valued = !matches!(first.kind, Kind::Probability | Kind::Interval | Kind::Count);
    (valued && named.iter().all(|label| label.measure == first)).then_some(first)
}

fn is_running_text(block: &Block) -> bool {
    matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem)
}

/// The substances of a row's arm and of its cell together, sorted.
pub(super) fn joined_arm(row: &RowContext, others: &[String]) -> Vec<String> {
    let own = row
        .arm
        .as_ref()
        .map(|arm| arms(&arm.value))
        .unwrap_or_default();
    let all: BTreeSet<String> = own
        .into_iter()
        .flat_map(|arm| arm.substances)
        .chain(others.iter().cloned())
        .collect();
    all.into_iter().collect()
}

/// For each study cell, the arm with the most substances of any of its rows: what the study tests.
fn interventions(table: &Table, layout: &Layout) -> BTreeMap<String, Vec<String>> {
    let mut found: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for row in table.rows.iter().skip(table.header_rows) {
        let cell = |role: ColumnRole| {
            let column = layout
                .columns
                .iter()
                .position(|column| column.role == role)?;
            row.cells.get(column).map(|cell| cell.text.plain.trim())
        };
        let (Some(study), Some(arm)) = (cell(ColumnRole::Study), cell(ColumnRole::Arm)) else {
            continue;
        };
        let substances = arms(arm)
            .into_iter()
            .map(|arm| arm.substances)
            .max_by_key(Vec::len)
            .unwrap_or_default();
        let kept = found.entry(study_stem(study)).or_default();
        if substances.len() > kept.len() {
            *kept = substances;
        }
    }
    found
}

/// A study cell without marks, "- Control" and the like: what its rows share.
fn study_stem(text: &str) -> String {
    let text = text.split(['[', '^']).next().unwrap_or_default();
    text.split(" - ")
        .next()
        .unwrap_or_default()
        .trim()
        .to_lowercase()
}
