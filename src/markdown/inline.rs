//! Running text with the way back to its source.

use serde::{Deserialize, Serialize};
use std::ops::Range;

use crate::text::Span;

/// The text of a block or cell as a reader sees it: emphasis markers, link targets, escapes and tags resolved,
/// soft line breaks as one space.
///
/// What stays as printed, because later stages read it: `[1]`, `^[1]^`, `^{[1][2]}`, `[^1]`, `[@key]`, also where
/// `[1]` is a link by reference or to a place of the same page. Code and mathematics lose only their backticks and
/// dollar signs and are marked by an [`Inline`], so that they can be passed over.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// What a reader sees.
    pub plain: String,
    /// Runs of `plain` with their source, in order, without overlap, covering `plain`.
    segments: Vec<Segment>,
    /// Marked stretches, ordered by start, outer before inner.
    pub inlines: Vec<Inline>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Segment {
    plain: Range<usize>,
    source: Span,
    /// Whether bytes map one to one.
    verbatim: bool,
}

/// A marked stretch of a [`Text`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Inline {
    /// What the marking says.
    pub kind: InlineKind,
    /// Bytes of [`Text::plain`]; may be empty (an image without text).
    pub range: Range<usize>,
    /// The source with its markers, in bytes.
    pub span: Span,
}

/// What a marking says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum InlineKind {
    /// `*emphasis*`.
    Emphasis,
    /// `**strong**`.
    Strong,
    /// `~~struck~~`.
    Strikethrough,
    /// `` `code` ``.
    Code,
    /// `$mathematics$`.
    Math,
    /// A link, also by reference or in angle brackets.
    Link {
        /// Its target as written.
        destination: String,
        /// The label of the definition it was resolved by, where it is a link by reference.
        label: Option<String>,
    },
    /// An image; its alternative text is not part of the running text.
    Image {
        /// Its address as written.
        destination: String,
    },
    /// `[^label]`; the plain text keeps it as printed.
    FootnoteReference {
        /// The label between `[^` and `]`.
        label: String,
    },
    /// `<sup>`, or `^text^` where the dialect has it.
    Superscript,
    /// `<sub>`.
    Subscript,
}

impl Inline {
    /// The target of a link as written; `None` for any other marking.
    pub fn destination(&self) -> Option<&str> {
        match &self.kind {
            InlineKind::Link { destination, .. } => Some(destination),
            InlineKind::Emphasis
            | InlineKind::Strong
            | InlineKind::Strikethrough
            | InlineKind::Code
            | InlineKind::Math
            | InlineKind::Image { .. }
            | InlineKind::FootnoteReference { .. }
            | InlineKind::Superscript
            | InlineKind::Subscript => None,
        }
    }
}

impl Text {
    /// Appends plain text that came from `source`. Where both have the same length, bytes map one to one;
    /// else any part of the run maps to the whole of `source`.
    pub fn push(&mut self, plain: &str, source: Span) {
        self.append(plain, source, plain.len() == source.len());
    }

    /// Appends plain text any part of which maps to the whole of `source`, whatever their lengths.
    pub(super) fn push_whole(&mut self, plain: &str, source: Span) {
        self.append(plain, source, false);
    }

    fn append(&mut self, plain: &str, source: Span, verbatim: bool) {
        if plain.is_empty() {
            return;
        }
        let start = self.plain.len();
        self.plain.push_str(plain);
        let range = start..self.plain.len();
        if let Some(last) = self.segments.last_mut()
            && verbatim
            && last.verbatim
            && last.source.end == source.start
        {
            last.plain.end = range.end;
            last.source.end = source.end;
            return;
        }
        self.segments.push(Segment {
            plain: range,
            source,
            verbatim,
        });
    }

    /// The source span of a range of [`Text::plain`], in bytes. An empty range gives an empty span.
    pub fn source_span(&self, range: Range<usize>) -> Span {
        if range.is_empty() {
            let at = self
                .segment_at(range.start)
                .map_or(0, |segment| segment.source_start(range.start));
            return Span::new(at, at);
        }
        let start = self
            .segment_at(range.start)
            .map_or(0, |segment| segment.source_start(range.start));
        let end = self
            .segment_at(range.end - 1)
            .map_or(start, |segment| segment.source_end(range.end));
        Span::new(start, end)
    }

    /// The bytes of [`Text::plain`] that came from a source span: all segments it touches.
    pub fn plain_range(&self, span: Span) -> Range<usize> {
        let from = self
            .segments
            .partition_point(|segment| segment.source.end <= span.start);
        let to = self
            .segments
            .partition_point(|segment| segment.source.start < span.end);
        let (Some(first), Some(last)) = (
            self.segments.get(from),
            to.checked_sub(1).and_then(|at| self.segments.get(at)),
        ) else {
            return 0..0;
        };
        if from >= to || span.is_empty() {
            return 0..0;
        }
        let start = first.plain.start
            + if first.verbatim {
                span.start.saturating_sub(first.source.start)
            } else {
                0
            };
        let end = if last.verbatim {
            last.plain.end - last.source.end.saturating_sub(span.end)
        } else {
            last.plain.end
        };
        start..end
    }

    /// Cuts white space off the end, and marked stretches to what is left.
    pub(super) fn trim_end(&mut self) {
        let kept = self.plain.trim_end().len();
        if kept == self.plain.len() {
            return;
        }
        self.plain.truncate(kept);
        while self
            .segments
            .last()
            .is_some_and(|segment| segment.plain.start >= kept)
        {
            self.segments.pop();
        }
        if let Some(last) = self.segments.last_mut() {
            let cut = last.plain.end.saturating_sub(kept);
            if last.verbatim {
                last.source.end -= cut;
            }
            last.plain.end -= cut;
        }
        for inline in &mut self.inlines {
            inline.range = inline.range.start.min(kept)..inline.range.end.min(kept);
        }
    }

    /// The smallest span that holds the source of all text and marked stretches, where there are any.
    pub(super) fn extent(&self) -> Option<Span> {
        let segments = self.segments.iter().map(|segment| segment.source);
        segments
            .chain(self.inlines.iter().map(|inline| inline.span))
            .reduce(Span::join)
    }

    /// Appends another text after `separator`, as when a page break cut a sentence.
    pub fn join(&mut self, separator: &str, at: Span, other: &Self) {
        self.push(separator, at);
        let shift = self.plain.len();
        for segment in &other.segments {
            if let Some(plain) = other.plain.get(segment.plain.clone()) {
                self.append(plain, segment.source, segment.verbatim);
            }
        }
        self.inlines
            .extend(other.inlines.iter().map(|inline| Inline {
                range: inline.range.start + shift..inline.range.end + shift,
                ..inline.clone()
            }));
    }

    /// Runs that map byte for byte, with their source.
    #[cfg(test)]
    pub(super) fn verbatim(&self) -> impl Iterator<Item = (&str, Span)> {
        let segments = self.segments.iter().filter(|one| one.verbatim);
        segments.filter_map(|one| Some((self.plain.get(one.plain.clone())?, one.source)))
    }

    fn segment_at(&self, plain: usize) -> Option<&Segment> {
        let after = self
            .segments
            .partition_point(|segment| segment.plain.end <= plain);
        self.segments.get(after).or_else(|| self.segments.last())
    }
}

impl Segment {
    fn source_start(&self, plain: usize) -> usize {
        if self.verbatim {
            self.source.start + plain.saturating_sub(self.plain.start)
        } else {
            self.source.start
        }
    }

    fn source_end(&self, plain: usize) -> usize {
        if self.verbatim {
            self.source.start + plain.saturating_sub(self.plain.start)
        } else {
            self.source.end
        }
    }
}
