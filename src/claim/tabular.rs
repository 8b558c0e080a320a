//! Figures of tables: each cell takes its dimensions from its row, its column, the caption and the notes.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::arm::arms;
use super::figure::{Reader, is_general};
use super::general::clause;
use super::group_size::group_size;
use super::heads::{Labels, cut};
use super::measure::{fitting, labels};
use super::prose::context;
use super::row::{RowContext, Surroundings};
use super::scope::scope;
use super::share::Shares;
use super::table::{Column, ColumnRole, layout};
use super::table_arm::footnote_marks;
use super::time_point::first_elapsed;
use super::whole;
use super::{Bound, Figure, FigureRole, Frame, Measured, Status};
use crate::markdown::Place;
use crate::ontology::{Measure, WordSet, word_set};
use crate::quantity::{Quantity, Role, read};

impl Reader<'_> {
    /// Reads the figures of a table block.
    pub(super) fn read_table(&mut self, block: usize) {
        let document = self.document;
        let Some(table) = document.table(block) else {
            return;
        };
        let mut layout = layout(table);
        let heads = self.heads(block, table);
        for (index, column) in layout.columns.iter_mut().enumerate() {
            if heads.has_arm(index) {
                column.role = ColumnRole::Value;
            }
        }
        let around = self.surroundings(block, table, &layout);
        let mut labels = Labels::default();
        let first_figure = self.figures.len();
        let mut sized_rows = BTreeSet::new();
        for (index, row) in table.rows.iter().enumerate().skip(table.header_rows) {
            let mut context = self.row_context((block, index), row, &layout, &around);
            context.words = labels.of(row);
            if context
                .words
                .iter()
                .any(|words| group_size(words).is_some())
            {
                sized_rows.insert(index);
            }
            if heads.has_arms_in_rows() && !around.caption.is_empty() {
                context.words.insert(0, cut(&around.caption));
            }
            if context.arm.is_none() {
                context.arm = heads.row_arm(index);
            }
            let is_aligned =
                row.cells.len() == table.rows.first().map_or(0, |first| first.cells.len());
            for (column, cell) in row.cells.iter().enumerate() {
                let Some(header) = layout.columns.get(column) else {
                    continue;
                };
                let header = if is_aligned {
                    header
                } else {
                    &header.without_measure()
                };
                let place = Place {
                    block,
                    cell: Some((index, column)),
                    range: 0..cell.text.plain.len(),
                };
                let first = self.figures.len();
                match header.role {
                    ColumnRole::Value if self.is_prose(&place) => {
                        self.read_prose_cell(&place, &context, &around);
                    }
                    ColumnRole::Value => self.read_value_cell(&place, header, &context, &around),
                    ColumnRole::Study
                    | ColumnRole::Arm
                    | ColumnRole::Subject
                    | ColumnRole::Population
                    | ColumnRole::Cohort
                    | ColumnRole::TimePoint
                    | ColumnRole::Label => self.read_label_cell(&place, &context),
                }
                let added = self.figures.get_mut(first..).unwrap_or_default();
                heads.bind(added, (column, is_aligned), &context);
            }
        }
        let figures = self.figures.get_mut(first_figure..).unwrap_or_default();
        whole::complete(figures, &heads.sizes(), &sized_rows);
    }

    fn read_label_cell(&mut self, place: &Place, row: &RowContext) {
        for quantity in self.quantities(place) {
            let mut figure = self.bare_figure(place, &quantity, FigureRole::Design);
            figure.arm.clone_from(&row.arm);
            self.push_cell_figure(figure, place);
        }
    }

    pub(super) fn quantities(&self, place: &Place) -> Vec<Quantity> {
        let Some(text) = self.document.text_at(place.block, place.cell) else {
            return Vec::new();
        };
        let mut masked = self.masked((place.block, place.cell), text);
        masked.extend(footnote_marks(text));
        let plain = self.document.source.notation().with_points(&text.plain);
        read(&plain, &masked)
    }

    fn read_value_cell(
        &mut self,
        place: &Place,
        header: &Column,
        row: &RowContext,
        around: &Surroundings,
    ) {
        let text = self.unmarked(place);
        let measure = header.measure.or(row.measure).or(around.caption_measure);
        if is_not_reported(&text) {
            if let Some(measure) = measure {
                let figure = self.not_reported(place, &text, measure, header);
                self.bind_row(figure, place, header, row);
            }
            return;
        }
        let shares = Shares::of(&text, [&header.header, &around.corner], row);
        let mut quantities = self.quantities(place);
        shares.mark(&mut quantities);
        for mut quantity in quantities {
            if quantity.unit.is_none() {
                quantity.unit = header_unit(&header.header);
            }
            let role = match quantity.role {
                Role::Value | Role::PValue | Role::SampleSize => FigureRole::Result,
                Role::Date | Role::Ratio | Role::ConfidenceLevel => FigureRole::Design,
            };
            let mut figure = self.bare_figure(place, &quantity, role);
            let own = context(&text)
                .measure(&quantity)
                .map(|measure| (measure, Frame::Cell));
            let fits =
                |measure: &'static Measure| fitting_in_table(measure, &quantity, header.percent);
            let by_header = header
                .measure
                .and_then(fits)
                .map(|measure| (measure, Frame::ColumnHeader));
            let by_row = row
                .measure
                .and_then(fits)
                .map(|measure| (measure, Frame::RowHeader));
            let by_caption = around
                .caption_measure
                .and_then(fits)
                .map(|measure| (measure, Frame::Caption));
            figure.measure = own
                .or(by_header)
                .or(by_row)
                .or(by_caption)
                .map(|(measure, frame)| Bound {
                    value: Measured::Concept(measure),
                    frame,
                })
                .or_else(|| {
                    phrase(header, row).map(|value| Bound {
                        value: Measured::Phrase(value),
                        frame: Frame::ColumnHeader,
                    })
                });
            self.bind_row(figure, place, header, row);
        }
    }

    fn not_reported(
        &self,
        place: &Place,
        text: &str,
        measure: &'static Measure,
        header: &Column,
    ) -> Figure {
        let range = 0..text.len();
        let place = Place {
            range,
            ..place.clone()
        };
        let frame = if header.measure.is_some() {
            Frame::ColumnHeader
        } else {
            Frame::RowHeader
        };
        Figure {
            measure: Some(Bound {
                value: Measured::Concept(measure),
                frame,
            }),
            ..self.unbound(place, Status::NotReported, FigureRole::Result)
        }
    }

    /// Gives a cell's figure what its row and column say.
    fn bind_row(&mut self, mut figure: Figure, place: &Place, header: &Column, row: &RowContext) {
        let by_header = |value: String| Bound {
            value,
            frame: Frame::ColumnHeader,
        };
        let column_scope = scope(&header.header);
        figure.study = figure.study.or_else(|| row.study.clone());
        figure.arm = figure
            .arm
            .or_else(|| row.arm.clone())
            .or_else(|| column_arm(header));
        figure.population = figure
            .population
            .or_else(|| column_scope.population.map(by_header))
            .or_else(|| row.population.clone());
        figure.cohort = figure
            .cohort
            .or_else(|| column_scope.cohort.map(by_header))
            .or_else(|| row.cohort.clone());
        figure.time_point = figure
            .time_point
            .or_else(|| first_elapsed(&header.header).map(by_header))
            .or_else(|| row.time_point.clone());
        if is_general(&figure) {
            let rest = clause(
                &header.header,
                &(0..0),
                &label_ranges(&header.header),
                self.nouns(),
            );
            figure.qualifiers = rest.qualifiers;
            figure
                .qualifiers
                .extend(row.label.clone().filter(|_| row.measure.is_none()));
            // What the caption measures every row has: only its labels tell it from the others.
            let by_caption = figure
                .measure
                .as_ref()
                .is_some_and(|measure| measure.frame == Frame::Caption);
            if by_caption {
                let labels = row.words.iter().map(|label| label.to_lowercase());
                figure.qualifiers.extend(labels);
            }
            figure.time_point = figure.time_point.or(rest.period.map(by_header));
        }
        self.push_cell_figure(figure, place);
    }

    pub(super) fn push_cell_figure(&mut self, mut figure: Figure, place: &Place) {
        let row = place.cell.map(|(row, _)| row).unwrap_or_default();
        figure.claim = self.claim_of_row.get(&(place.block, row)).copied();
        let own = self.marks_in((place.block, place.cell), &place.range);
        figure.pointers = if own.is_empty() {
            figure
                .claim
                .and_then(|at| self.claims.get(at))
                .map(|claim| claim.pointers.clone())
                .unwrap_or_default()
        } else {
            own
        };
        self.figures.push(figure);
    }
}

fn is_not_reported(text: &str) -> bool {
    static WORDINGS: LazyLock<WordSet> = LazyLock::new(|| word_set("not-reported"));
    WORDINGS.contains(
        text.trim_matches(['*', '_', '(', ')', ' '])
            .to_lowercase()
            .as_str(),
    )
}

/// In a column that names a rate or an amount, bare numbers are in the measure's own unit.
fn fitting_in_table(
    measure: &'static Measure,
    quantity: &Quantity,
    percent: bool,
) -> Option<&'static Measure> {
    use crate::ontology::Kind;
    let implied = quantity.unit.is_none() && measure.kind == Kind::Rate;
    if implied {
        Some(measure)
    } else {
        fitting(measure, quantity, percent)
    }
}

/// The unit a header states for bare numbers: "Latency (ms)", "Revenue, $ million".
fn header_unit(header: &str) -> Option<crate::quantity::Unit> {
    let stated = header
        .rsplit_once('(')
        .map(|(_, rest)| rest.trim_end_matches(')'))?;
    let unit = read(&format!("1 {stated}"), &[]).into_iter().next()?.unit?;
    (unit.printed == stated.trim()).then_some(unit)
}

fn column_arm(header: &Column) -> Option<Bound<String>> {
    let named = arms(&header.header);
    let [arm] = named.as_slice() else { return None };
    header.measure.is_none().then(|| Bound {
        value: arm.name.clone(),
        frame: Frame::ColumnHeader,
    })
}

fn label_ranges(header: &str) -> Vec<std::ops::Range<usize>> {
    labels(header, true)
        .into_iter()
        .map(|label| label.range)
        .collect()
}

/// Outside the packs: the words of the header and of the row's label.
fn phrase(header: &Column, row: &RowContext) -> Option<String> {
    let words: Vec<String> = [Some(header.header.to_lowercase()), row.label.clone()]
        .into_iter()
        .flatten()
        .filter(|text| !text.is_empty())
        .collect();
    (!words.is_empty()).then(|| words.join(" · "))
}
