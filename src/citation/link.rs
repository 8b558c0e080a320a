//! Hyperlinks: those that are citation marks (`[\[1\]](#)`, `[1](#ref1)`) and all others.

use std::ops::Range;

use super::mark::Mark;
use super::shape::{Form, Shape};
use super::{Link, label};
use crate::markdown::{Document, InlineKind, Place, Text};

/// The links of one text, for asking which one a mark fills.
pub(super) struct Links {
    /// Start, end and index of the inline, by start.
    ranges: Vec<(usize, usize, usize)>,
}

impl Links {
    pub(super) fn new(text: &Text) -> Self {
        let ranges = text
            .inlines
            .iter()
            .enumerate()
            .filter(|(_, inline)| inline.destination().is_some())
            .map(|(index, inline)| (inline.range.start, inline.range.end, index))
            .collect();
        Self { ranges }
    }

    /// The index of the link inline that holds a bracket mark and nothing but brackets and numbers.
    pub(super) fn filled_by(&self, text: &Text, shape: &Shape) -> Option<usize> {
        if shape.form != Form::Bracket {
            return None;
        }
        let after = self
            .ranges
            .partition_point(|(start, _, _)| *start <= shape.range.start);
        let (start, end, index) = self.ranges.get(after.checked_sub(1)?)?;
        let inside = text.plain.get(*start..*end)?;
        let holds = *end >= shape.range.end && inside.len() <= 200;
        let is_mark = inside.chars().all(|c| {
            c.is_ascii_digit() || label::is_dash(c) || matches!(c, '[' | ']' | ',' | ' ' | ';')
        });
        (holds && is_mark).then_some(*index)
    }

    /// The index of the link inline that a mark stands in, or that the mark holds.
    pub(super) fn touching(&self, mark: &Range<usize>) -> Option<usize> {
        let after = self
            .ranges
            .partition_point(|(start, _, _)| *start < mark.end);
        let (start, end, index) = self.ranges.get(after.checked_sub(1)?)?;
        let is_inside = *start <= mark.start && mark.end <= *end;
        let is_held = mark.start <= *start && *end <= mark.end;
        (is_inside || is_held).then_some(*index)
    }
}

/// Links whose whole text is a number and that lead to a place of the same page: `[1](#ref1)`.
pub(super) fn numbers(text: &Text) -> Vec<(Shape, Option<usize>)> {
    let mut found = Vec::new();
    for (index, inline) in text.inlines.iter().enumerate() {
        let inside = text.plain.get(inline.range.clone()).unwrap_or_default();
        let short = !inside.is_empty() && inside.len() <= 4;
        let is_anchor = inline
            .destination()
            .is_some_and(|target| target.len() > 1 && target.starts_with('#'));
        if !(short && is_anchor && inside.bytes().all(|b| b.is_ascii_digit())) {
            continue;
        }
        let raised = text.inlines.iter().take(index).rev().take(2).any(|outer| {
            outer.kind == InlineKind::Superscript && outer.range.end >= inline.range.end
        });
        if let Some(labels) = label::expand(inside).filter(|_| !raised) {
            let shape = Shape {
                form: Form::LinkedBracket,
                range: inline.range.clone(),
                labels,
            };
            found.push((shape, Some(index)));
        }
    }
    found
}

/// Every link that is no mark, in document order.
pub(super) fn find(document: &Document, marks: &[Mark]) -> Vec<Link> {
    let mut links = Vec::new();
    let mut marks = marks.iter().peekable();
    for (block, cell, text) in document.texts() {
        let here = (block, cell);
        while marks
            .peek()
            .is_some_and(|mark| (mark.place.block, mark.place.cell) < here)
        {
            marks.next();
        }
        let mut within = Vec::new();
        while let Some(mark) = marks.next_if(|mark| (mark.place.block, mark.place.cell) == here) {
            within.push(mark.place.range.clone());
        }
        for inline in &text.inlines {
            let Some(target) = inline.destination() else {
                continue;
            };
            let after = within.partition_point(|range| range.end <= inline.range.start);
            let is_mark = within.get(after).is_some_and(|range| {
                range.start < inline.range.end && range.start <= inline.range.start
            });
            if is_mark {
                continue;
            }
            links.push(Link {
                place: Place {
                    block,
                    cell,
                    range: inline.range.clone(),
                },
                span: inline.span,
                text: text
                    .plain
                    .get(inline.range.clone())
                    .unwrap_or_default()
                    .to_owned(),
                target: target.to_owned(),
            });
        }
    }
    links
}
