//! Inline Markdown of single stretches of the source: cells of tab-separated tables, HTML.

use std::ops::Range;

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
    let mut open: Option<Open> = None;
    for (event, range) in parser.into_offset_iter() {
        if matches!(event, Event::Start(Tag::Paragraph)) {
            let at = starts.partition_point(|(start, _)| *start <= range.start + GUARD.len());
            let place = at.checked_sub(1).and_then(|at| starts.get(at));
            open = place.and_then(|(start, index)| {
                let mut running = Running::default();
                running.collapses = collapses;
                Some(Open {
                    start: *start,
                    source: spans.get(*index)?.start,
                    index: *index,
                    running,
                })
            });
        } else if matches!(event, Event::End(TagEnd::Paragraph)) {
            found.extend(open.take().map(|open| (open.index, open.running.finish())));
        } else if let Some(open) = &mut open {
            open.read(&event, &range, context);
        }
    }
    found
}

/// A text that is being read.
struct Open {
    /// Byte of the buffer where it starts, behind the guard.
    start: usize,
    /// Byte of the source where it starts.
    source: usize,
    index: usize,
    running: Running,
}

impl Open {
    fn read(&mut self, event: &Event<'_>, range: &Range<usize>, context: Context<'_>) {
        if let Event::Text(text) = event
            && range.start + GUARD.len() == self.start
        {
            if let Some(rest) = text.strip_prefix(GUARD) {
                let span = Span::new(self.source, self.source + range.len() - GUARD.len());
                let rest = Event::Text(CowStr::from(rest));
                self.running.event(&rest, span, context);
            }
            return;
        }
        let from = range.start.saturating_sub(self.start) + self.source;
        let to = range.end.saturating_sub(self.start) + self.source;
        self.running.event(event, Span::new(from, to), context);
    }
}
