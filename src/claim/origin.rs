//! Where each dimension of a figure was found: the words in the source that gave it, and by which route.
//!
//! Why it exists: "measure: objective response rate" can be believed or refuted only beside the words it was taken from. The
//! route ([`Frame`]) is recorded when a dimension is bound; the words are looked up here, in the place that the route names,
//! and only for the figures that someone asks about. So a check of a million figures keeps no origins.
//! It leaves out why two figures are compared ([`crate::corpus`]).

use std::ops::Range;

use super::measure::labels;
use super::time_point;
use super::{Bound, Figure, Frame, Measured, Statements};
use crate::markdown::{BlockKind, Document, Place, Table};
use crate::ontology::Measure;
use crate::text::Span;

/// What a dimension says of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DimensionName {
    /// What was measured.
    Measure,
    /// In which study.
    Study,
    /// In which arm (or of which system, company, product).
    Arm,
    /// Among whom.
    Population,
    /// In which part of the study.
    Cohort,
    /// When.
    TimePoint,
}

/// One dimension of a figure with the words it was taken from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Origin {
    /// Which dimension.
    pub dimension: DimensionName,
    /// Its value in words: the measure's label, the study's name.
    pub value: String,
    /// The pack of the measure; `None` for words of the text and for every other dimension.
    pub pack: Option<&'static str>,
    /// By which route it was found.
    pub frame: Frame,
    /// Where the words stand, in bytes of the source; `None` where the place that the route names does not hold them.
    pub span: Option<Span>,
    /// The words as a reader sees them; empty where `span` is `None`.
    pub words: String,
}

/// What is looked for in the place that a route names.
enum Sought<'a> {
    Label(&'static Measure),
    Words(&'a str),
    /// A time point as it is written for comparison: "12 weeks" of "week 12".
    Time(&'a str),
}

/// The origin of every dimension that a figure has, in the order of [`DimensionName`]. Linear in the blocks around the figure.
pub fn origins(document: &Document, statements: &Statements, figure: &Figure) -> Vec<Origin> {
    let search = Search {
        document,
        statements,
        figure,
    };
    let measure = figure.measure.as_ref().map(|bound| match &bound.value {
        Measured::Concept(concept) => Origin {
            pack: Some(concept.pack.as_str()),
            ..search.origin(
                (DimensionName::Measure, &concept.label, bound.frame),
                &Sought::Label(concept),
            )
        },
        Measured::Phrase(phrase) => {
            let first = phrase.split(" · ").next().unwrap_or(phrase);
            search.origin(
                (DimensionName::Measure, phrase, bound.frame),
                &Sought::Words(first),
            )
        }
    });
    let study = figure.study.as_ref().and_then(|bound| {
        let name = statements.studies.get(bound.value)?;
        Some(Origin {
            dimension: DimensionName::Study,
            value: name.name.clone(),
            pack: None,
            frame: bound.frame,
            span: Some(name.span),
            words: name.name.clone(),
        })
    });
    let others = [
        (DimensionName::Arm, &figure.arm),
        (DimensionName::Population, &figure.population),
        (DimensionName::Cohort, &figure.cohort),
        (DimensionName::TimePoint, &figure.time_point),
    ];
    let others = others.into_iter().filter_map(|(name, bound)| {
        let Bound { value, frame } = bound.as_ref()?;
        let sought = if name == DimensionName::TimePoint {
            Sought::Time(value)
        } else {
            Sought::Words(value)
        };
        Some(search.origin((name, value, *frame), &sought))
    });
    measure.into_iter().chain(study).chain(others).collect()
}

/// The dimensions that a figure has, each with the route by which it was found, in the order of [`DimensionName`].
pub fn frames(figure: &Figure) -> impl Iterator<Item = (DimensionName, Frame)> {
    [
        (
            DimensionName::Measure,
            figure.measure.as_ref().map(|bound| bound.frame),
        ),
        (
            DimensionName::Study,
            figure.study.as_ref().map(|bound| bound.frame),
        ),
        (
            DimensionName::Arm,
            figure.arm.as_ref().map(|bound| bound.frame),
        ),
        (
            DimensionName::Population,
            figure.population.as_ref().map(|bound| bound.frame),
        ),
        (
            DimensionName::Cohort,
            figure.cohort.as_ref().map(|bound| bound.frame),
        ),
        (
            DimensionName::TimePoint,
            figure.time_point.as_ref().map(|bound| bound.frame),
        ),
    ]
    .into_iter()
    .filter_map(|(name, frame)| Some((name, frame?)))
}

/// Looks for the words of one figure.
struct Search<'a> {
    document: &'a Document,
    statements: &'a Statements,
    figure: &'a Figure,
}

/// Blocks looked back for the words of a sentence before.
const LOOK_BACK: usize = 40;

impl Search<'_> {
    fn origin(
        &self,
        (dimension, value, frame): (DimensionName, &str, Frame),
        sought: &Sought<'_>,
    ) -> Origin {
        let place = self
            .places(frame)
            .into_iter()
            .find_map(|within| self.find(&within, sought));
        Origin {
            dimension,
            value: value.to_owned(),
            pack: None,
            frame,
            span: place.as_ref().map(|place| self.document.span(place)),
            words: place
                .map(|place| self.document.plain(&place).trim().to_owned())
                .unwrap_or_default(),
        }
    }

    /// The places in which a dimension of a route can stand, the likeliest first.
    fn places(&self, frame: Frame) -> Vec<Place> {
        let own = &self.figure.place;
        match frame {
            Frame::Sentence => self.sentence().into_iter().collect(),
            Frame::Cell => self.whole(own.block, own.cell).into_iter().collect(),
            Frame::ColumnHeader => self.header_cells(),
            Frame::RowHeader => self.row_cells(),
            Frame::Caption => self
                .table()
                .and_then(|table| table.caption)
                .and_then(|caption| self.whole(caption, None))
                .into_iter()
                .collect(),
            Frame::Note => self
                .table()
                .map(|table| table.notes.as_slice())
                .unwrap_or_default()
                .iter()
                .filter_map(|note| self.whole(*note, None))
                .collect(),
            Frame::Heading => self
                .document
                .blocks
                .get(own.block)
                .and_then(|block| block.section)
                .and_then(|heading| self.whole(heading, None))
                .into_iter()
                .collect(),
            Frame::PreviousSentence => self.before(),
            Frame::Title => self.title().into_iter().collect(),
            Frame::Default => Vec::new(),
        }
    }

    fn whole(&self, block: usize, cell: Option<(usize, usize)>) -> Option<Place> {
        let text = self.document.text_at(block, cell)?;
        let range = 0..text.plain.len();
        Some(Place { block, cell, range })
    }

    fn table(&self) -> Option<&Table> {
        self.document.table(self.figure.place.block)
    }

    fn sentence(&self) -> Option<Place> {
        let own = &self.figure.place;
        let sentences = &self.statements.sentences;
        let found = sentences.iter().find(|sentence| {
            let place = &sentence.place;
            (place.block, place.cell) == (own.block, own.cell)
                && place.range.start <= own.range.start
                && own.range.end <= place.range.end
        });
        found.map(|sentence| sentence.place.clone())
    }

    /// The headers of the figure's own column, the lowest first, then those left of it: a header may span columns.
    fn header_cells(&self) -> Vec<Place> {
        let block = self.figure.place.block;
        let (Some(table), Some((_, column))) = (self.table(), self.figure.place.cell) else {
            return Vec::new();
        };
        (0..=column)
            .rev()
            .flat_map(|column| (0..table.header_rows).rev().map(move |row| (row, column)))
            .filter_map(|cell| self.whole(block, Some(cell)))
            .collect()
    }

    /// The other cells of the figure's row.
    fn row_cells(&self) -> Vec<Place> {
        let block = self.figure.place.block;
        let (Some(table), Some((row, own))) = (self.table(), self.figure.place.cell) else {
            return Vec::new();
        };
        let width = table.rows.get(row).map_or(0, |row| row.cells.len());
        (0..width)
            .filter(|column| *column != own)
            .filter_map(|column| self.whole(block, Some((row, column))))
            .collect()
    }

    /// The sentences before the figure's own, the nearest first.
    fn before(&self) -> Vec<Place> {
        let own = &self.figure.place;
        let first = own.block.saturating_sub(LOOK_BACK);
        let earlier = self.statements.sentences.iter().filter(|sentence| {
            let place = &sentence.place;
            place.block >= first
                && (place.block, place.range.end) <= (own.block, own.range.start)
                && place.cell.is_none()
        });
        let mut places: Vec<Place> = earlier.map(|sentence| sentence.place.clone()).collect();
        places.reverse();
        places
    }

    fn title(&self) -> Option<Place> {
        let title = self.document.title.as_deref()?;
        let block = self.document.blocks.iter().position(|block| {
            matches!(block.kind, BlockKind::Heading { .. }) && block.text.plain.trim() == title
        })?;
        self.whole(block, None)
    }

    /// What is sought inside a place: the nearest occurrence before the figure where the figure stands there, too, else the
    /// last one.
    fn find(&self, within: &Place, sought: &Sought<'_>) -> Option<Place> {
        let text = self.document.plain(within);
        let found = match sought {
            Sought::Label(measure) => labels(text, true)
                .into_iter()
                .filter(|label| label.measure == *measure)
                .map(|label| label.range)
                .collect(),
            Sought::Words(words) => occurrences(text, words),
            Sought::Time(name) => {
                let printed = occurrences(text, name);
                if printed.is_empty() {
                    time_point::named(text, name)
                } else {
                    printed
                }
            }
        };
        let own = &self.figure.place;
        let here = (within.block, within.cell) == (own.block, own.cell);
        let figure = here.then(|| own.range.start.saturating_sub(within.range.start));
        let is_before = |range: &&Range<usize>| figure.is_none_or(|at| range.end <= at);
        let range = found
            .iter()
            .rev()
            .find(is_before)
            .or_else(|| found.first())?;
        Some(Place {
            range: range.start + within.range.start..range.end + within.range.start,
            ..within.clone()
        })
    }
}

/// Every place of some words in a text, whatever their case and the white space between them.
fn occurrences(text: &str, words: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut reached = 0;
    for (start, _) in text.char_indices() {
        if start < reached {
            continue;
        }
        let rest = text.get(start..).unwrap_or_default();
        if let Some(length) = folded_prefix(rest, words.trim()) {
            found.push(start..start + length);
            reached = start + length;
        }
    }
    found
}

/// Bytes of a text that are some words, where it begins with them.
fn folded_prefix(text: &str, words: &str) -> Option<usize> {
    let mut rest = text.char_indices().peekable();
    let mut reached = 0;
    for wanted in words.chars() {
        let (at, c) = rest.next()?;
        reached = at + c.len_utf8();
        if wanted.is_whitespace() {
            if !c.is_whitespace() {
                return None;
            }
            while let Some((at, c)) = rest.next_if(|(_, c)| c.is_whitespace()) {
                reached = at + c.len_utf8();
            }
        } else if !c.to_lowercase().eq(wanted.to_lowercase()) {
            return None;
        }
    }
    (reached > 0).then_some(reached)
}

#[cfg(test)]
#[path = "tests/origin.rs"]
mod tests;
