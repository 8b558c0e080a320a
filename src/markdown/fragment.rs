//! Inline Markdown of single stretches of the source: cells of tab-separated tables, HTML.

use pulldown_cmark::{BrokenLink, CowStr, Event, Parser, Tag, TagEnd};

use super::Text;
use super::dialect::OPTIONS;
use super::running::{Context, Running};
use crate::text::Span;

/// A full stop before each stretch keeps its first character from opening a block.
const GUARD: &str = ".";

/// The running text of each span, read as one line of inline Markdown. `collapses`: white space as in HTML.
pub(super) fn texts(spans: &[Span], context: Context<'_>, collapses: bool) -> Vec<Text> {
    let mut texts: Vec<Text> = Vec::with_capacity(spans.len());
    let mut buffer = String::new();
    let mut starts: Vec<(usize, usize)> = Vec::new();
    for (index, span) in spans.iter().enumerate() {
        let printed = context.slice(*span);
        let mut text = Text::default();
        if !collapses && is_plain(printed) {
            text.push(printed, *span);
        } else if !printed.trim().is_empty() {
            buffer.push_str(GUARD);
            starts.push((buffer.len(), index));
            buffer.push_str(&printed.replace(['\n', '\r'], " "));
            buffer.push_str("\n\n");
        }
        texts.push(text);
    }
    if !starts.is_empty() {
        for (index, text) in read(&buffer, &starts, spans, context, collapses) {
            if let Some(place) = texts.get_mut(index) {
                *place = text;
            }
        }
    }
    texts
}

fn is_plain(printed: &str) -> bool {
    !printed
        .bytes()
        .any(|byte| b"\\`*_[]<>&$~!\r\n".contains(&byte))
}

fn read(
    buffer: &str,
    starts: &[(usize, usize)],
    spans: &[Span],
    context: Context<'_>,
    collapses: bool,
) -> Vec<(usize, Text)> {
    let resolve = |link: BrokenLink<'_>| {
        let destination = context.definitions.get(&link.reference.to_lowercase())?;
        Some((CowStr::from(destination.clone()), CowStr::from("")))
    };
    let parser = Parser::new_with_broken_link_callback(buffer, OPTIONS, Some(resolve));
    let mut found = Vec::with_capacity(starts.len());
    let mut current: Option<(usize, usize, usize, Running)> = None;
    for (event, range) in parser.into_offset_iter() {
        match &event {
            Event::Start(Tag::Paragraph) => {
                let at = starts.partition_point(|(start, _)| *start <= range.start + GUARD.len());
                let place = at.checked_sub(1).and_then(|at| starts.get(at));
                current = place.and_then(|(start, index)| {
                    let mut running = Running::default();
                    running.collapses = collapses;
                    Some((*start, spans.get(*index)?.start, *index, running))
                });
            }
            Event::End(TagEnd::Paragraph) => {
                if let Some((_, _, index, running)) = current.take() {
                    found.push((index, running.finish()));
                }
            }
            Event::Text(text)
                if range.start + GUARD.len() == current.as_ref().map_or(0, |c| c.0) =>
            {
                if let (Some((_, source, _, running)), Some(rest)) =
                    (current.as_mut(), text.strip_prefix(GUARD))
                {
                    let span = Span::new(*source, *source + range.len() - GUARD.len());
                    running.event(&Event::Text(CowStr::from(rest)), span, context);
                }
            }
            Event::Start(_)
            | Event::End(_)
            | Event::Text(_)
            | Event::Code(_)
            | Event::InlineMath(_)
            | Event::DisplayMath(_)
            | Event::Html(_)
            | Event::InlineHtml(_)
            | Event::FootnoteReference(_)
            | Event::SoftBreak
            | Event::HardBreak
            | Event::Rule
            | Event::TaskListMarker(_) => {
                if let Some((start, source, _, running)) = current.as_mut() {
                    let from = range.start.saturating_sub(*start) + *source;
                    let to = range.end.saturating_sub(*start) + *source;
                    running.event(&event, Span::new(from, to), context);
                }
            }
        }
    }
    found
}
