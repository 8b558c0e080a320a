//! Inline events to running text: what a reader sees, with marked stretches and the way back.

use std::ops::Range;

use pulldown_cmark::{Event, Tag, TagEnd};

use super::mark::{digits, is_aligned, is_by_reference, is_currency, mark_in_brackets};
use super::tag::HtmlTag;
use super::{Definitions, Inline, InlineKind, Text};
use crate::text::Span;

/// What inline events are read against.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    /// The whole source.
    pub(super) source: &'a str,
    /// Link reference definitions, by lower-case label.
    pub(super) definitions: &'a Definitions,
}

impl<'a> Context<'a> {
    pub(super) fn slice(self, span: Span) -> &'a str {
        self.source.get(span.start..span.end).unwrap_or_default()
    }

    /// The span of a range of bytes, widened where an end stands inside a character: a line that was blanked byte
    /// for byte may be cut anywhere by the indentation of a code block.
    pub(super) fn whole_characters(self, range: Range<usize>) -> Span {
        Span::new(
            self.source.floor_char_boundary(range.start),
            self.source.ceil_char_boundary(range.end),
        )
    }
}

/// Collects the inline events of one block or cell.
#[derive(Default)]
pub(super) struct Running {
    text: Text,
    open: Vec<Open>,
    /// How many images are open: their alternative text is left out.
    images: usize,
    html: Vec<(HtmlKind, usize)>,
    /// Whether runs of white space become one space, as in HTML.
    pub(super) collapses: bool,
    /// Whether a line break was the last thing read.
    after_break: bool,
    /// Where the attributes of the last image end in the source.
    attributes_end: usize,
}

/// What an open Markdown tag does when it closes.
enum Open {
    /// Ends the inline of that index.
    Marked(usize),
    /// Ends the inline of that index and prints the rest of a citation mark in brackets.
    Mark { inline: usize, inner: usize },
    /// Prints a tilde: `~one~` is no GFM strikethrough to a reader of extracted text.
    Tilde,
    /// Nothing.
    Hidden,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum HtmlKind {
    Code,
    Superscript,
    Subscript,
    Link,
}

/// Longest number in a link to a place of the same page that is a citation mark.
const MARK_DIGITS: usize = 3;

impl Running {
    /// Whether nothing has been read yet.
    pub(super) fn is_untouched(&self) -> bool {
        self.text.plain.is_empty() && self.text.inlines.is_empty() && self.open.is_empty()
    }

    /// Takes in one inline event. Others are ignored.
    pub(super) fn event(&mut self, event: &Event<'_>, span: Span, context: Context<'_>) {
        if span.end <= self.attributes_end {
            return;
        }
        match event {
            Event::Start(tag) => self.start(tag, span, context),
            Event::End(tag) => self.end(*tag, span, context),
            Event::Text(_) if span.start < self.attributes_end => {
                let rest = Span::new(self.attributes_end, span.end);
                self.push(context.slice(rest), rest);
            }
            Event::Text(text) if is_aligned(text, context.slice(span)) => self.push(text, span),
            Event::Text(text) => self.push_whole(text, span),
            Event::SoftBreak | Event::HardBreak => self.space(span),
            Event::Code(code) => self.verbatim(InlineKind::Code, code, span, context),
            Event::InlineMath(_) | Event::DisplayMath(_) if is_currency(span, context.source) => {
                self.push(context.slice(span), span);
            }
            Event::InlineMath(math) | Event::DisplayMath(math) => {
                self.verbatim(InlineKind::Math, math, span, context);
            }
            Event::FootnoteReference(label) => {
                let label = label.to_string();
                self.verbatim(
                    InlineKind::FootnoteReference { label },
                    context.slice(span),
                    span,
                    context,
                );
            }
            Event::InlineHtml(tag) | Event::Html(tag) => self.html(tag, span),
            Event::Rule | Event::TaskListMarker(_) => {}
        }
    }

    /// Takes in a line of code as the source has it.
    pub(super) fn code(&mut self, text: &str, span: Span, context: Context<'_>) {
        let printed = context.slice(span);
        if printed.len() == text.len() {
            self.text.push(printed, span);
        } else {
            self.text.push_whole(text, span);
        }
    }

    /// The text, trimmed; marks that were never closed are dropped.
    pub(super) fn finish(mut self) -> Text {
        let mut unclosed: Vec<usize> = self.html.iter().map(|(_, index)| *index).collect();
        unclosed.extend(self.open.iter().filter_map(|open| match open {
            Open::Marked(index) | Open::Mark { inline: index, .. } => Some(*index),
            Open::Tilde | Open::Hidden => None,
        }));
        unclosed.sort_unstable();
        let mut index = 0;
        self.text.inlines.retain(|_| {
            index += 1;
            unclosed.binary_search(&(index - 1)).is_err()
        });
        self.text.trim_end();
        self.text
    }

    fn push(&mut self, plain: &str, span: Span) {
        if self.images > 0 {
            return;
        }
        if !self.collapses {
            let spaces = if self.after_break {
                plain.len() - plain.trim_start_matches(' ').len()
            } else {
                0
            };
            self.after_break = false;
            let (_, rest) = plain.split_at_checked(spaces).unwrap_or(("", plain));
            self.text
                .push(rest, Span::new(span.start + spaces, span.end));
            return;
        }
        let mut at = 0;
        for piece in plain.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = piece.trim_end_matches(|c: char| c.is_ascii_whitespace());
            let start = span.start + at;
            self.text.push(word, Span::new(start, start + word.len()));
            at += piece.len();
            if word.len() < piece.len() {
                self.space(Span::new(start + word.len(), span.start + at));
            }
        }
    }

    fn push_whole(&mut self, plain: &str, span: Span) {
        if self.images == 0 {
            self.after_break = false;
            self.text.push_whole(plain, span);
        }
    }

    fn space(&mut self, span: Span) {
        self.after_break = true;
        let doubled = self.text.plain.is_empty() || self.text.plain.ends_with(' ');
        if self.images == 0 && !doubled {
            self.text.push(" ", span);
        }
    }

    /// Pushes what stands between the markers of `span` and marks it.
    fn verbatim(&mut self, kind: InlineKind, inner: &str, span: Span, context: Context<'_>) {
        if self.images > 0 {
            return;
        }
        let printed = context.slice(span);
        let at = printed.find(inner).or_else(|| {
            let marker = printed.len().checked_sub(inner.len())? / 2;
            let folded = printed.get(marker..marker + inner.len())?;
            is_aligned(inner, folded).then_some(marker)
        });
        let start = self.text.plain.len();
        match at {
            Some(at) => {
                let from = span.start + at;
                self.text.push(inner, Span::new(from, from + inner.len()));
            }
            None => self.text.push_whole(inner, span),
        }
        self.after_break = false;
        let range = start..self.text.plain.len();
        self.text.inlines.push(Inline { kind, range, span });
    }

    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "a tag of a block opens nothing in running text"
    )]
    fn start(&mut self, tag: &Tag<'_>, span: Span, context: Context<'_>) {
        let hidden = self.images > 0;
        let open = match tag {
            Tag::Image { dest_url, .. } => {
                self.images += 1;
                if hidden {
                    Open::Hidden
                } else {
                    let destination = dest_url.to_string();
                    Open::Marked(self.mark(InlineKind::Image { destination }, span))
                }
            }
            Tag::Emphasis | Tag::Strong | Tag::Strikethrough | Tag::Link { .. } if hidden => {
                Open::Hidden
            }
            Tag::Emphasis => Open::Marked(self.mark(InlineKind::Emphasis, span)),
            Tag::Strong => Open::Marked(self.mark(InlineKind::Strong, span)),
            Tag::Superscript => Open::Marked(self.mark(InlineKind::Superscript, span)),
            Tag::Subscript => Open::Marked(self.mark(InlineKind::Subscript, span)),
            Tag::Strikethrough if context.slice(span).starts_with("~~") => {
                Open::Marked(self.mark(InlineKind::Strikethrough, span))
            }
            Tag::Strikethrough => {
                self.push("~", Span::new(span.start, span.start + 1));
                Open::Tilde
            }
            Tag::Link {
                link_type,
                dest_url,
                id,
                ..
            } => {
                let label = is_by_reference(*link_type).then(|| id.to_string());
                self.start_link(dest_url.to_string(), label, span, context)
            }
            _ => return,
        };
        self.open.push(open);
    }

    fn start_link(
        &mut self,
        destination: String,
        label: Option<String>,
        span: Span,
        context: Context<'_>,
    ) -> Open {
        let by_reference = label.is_some();
        let in_page = destination.starts_with('#');
        let kind = InlineKind::Link { destination, label };
        let inline = self.mark(kind, span);
        let printed = context.slice(span);
        let inner = mark_in_brackets(printed);
        let is_mark =
            inner.is_some_and(|inner| by_reference || in_page && digits(inner) <= MARK_DIGITS);
        match inner {
            Some(inner) if is_mark => {
                self.text.push("[", Span::new(span.start, span.start + 1));
                Open::Mark {
                    inline,
                    inner: inner.len(),
                }
            }
            Some(_) | None => Open::Marked(inline),
        }
    }

    fn end(&mut self, tag: TagEnd, span: Span, context: Context<'_>) {
        if !is_inline(tag) {
            return;
        }
        if tag == TagEnd::Image {
            self.images = self.images.saturating_sub(1);
            self.attributes_end = span.end + attributes(context, span.end);
        }
        match self.open.pop() {
            Some(Open::Marked(inline)) => self.close(inline, span),
            Some(Open::Mark { inline, inner }) => self.close_mark(inline, inner, span, context),
            Some(Open::Tilde) => self.push("~", Span::new(span.end.saturating_sub(1), span.end)),
            Some(Open::Hidden) | None => {}
        }
    }

    /// Closes `[1]`, or `[1][2]`, which readers take for two marks and Markdown for one link.
    fn close_mark(&mut self, inline: usize, inner: usize, span: Span, context: Context<'_>) {
        let bracket = span.start + 1 + inner;
        self.text.push("]", Span::new(bracket, bracket + 1));
        let second = Span::new(bracket + 1, span.end);
        let printed = context.slice(second);
        if mark_in_brackets(printed).is_none() {
            self.close(inline, span);
            return;
        }
        let label = context.slice(Span::new(span.start + 1, bracket));
        let destination = context.definitions.get(&label.to_lowercase()).cloned();
        let own = InlineKind::Link {
            destination: destination.unwrap_or_default(),
            label: Some(label.to_owned()),
        };
        self.close(inline, Span::new(span.start, bracket + 1));
        let start = self.text.plain.len();
        self.text.push(printed, second);
        if let Some(first) = self.text.inlines.get_mut(inline) {
            let kind = std::mem::replace(&mut first.kind, own);
            let range = start..self.text.plain.len();
            self.text.inlines.push(Inline {
                kind,
                range,
                span: second,
            });
        }
    }

    fn mark(&mut self, kind: InlineKind, span: Span) -> usize {
        let at = self.text.plain.len();
        self.text.inlines.push(Inline {
            kind,
            range: at..at,
            span,
        });
        self.text.inlines.len() - 1
    }

    fn close(&mut self, inline: usize, span: Span) {
        let end = self.text.plain.len();
        if let Some(inline) = self.text.inlines.get_mut(inline) {
            inline.range.end = end;
            inline.span = Span::new(inline.span.start, span.end);
        }
    }

    fn html(&mut self, printed: &str, span: Span) {
        let Some(tag) = HtmlTag::read(printed) else {
            return;
        };
        if self.images > 0 {
            return;
        }
        let (html_kind, kind) = match tag.name.as_str() {
            "sup" => (HtmlKind::Superscript, InlineKind::Superscript),
            "sub" => (HtmlKind::Subscript, InlineKind::Subscript),
            "code" | "pre" | "kbd" | "samp" => (HtmlKind::Code, InlineKind::Code),
            "a" => {
                // Without an address it is a place that links lead to, and no link.
                let destination = match tag.attribute("href") {
                    Some(destination) => destination,
                    None if tag.closing => String::new(),
                    None => return,
                };
                let label = None;
                (HtmlKind::Link, InlineKind::Link { destination, label })
            }
            "img" => {
                let destination = tag.attribute("src").unwrap_or_default();
                self.mark(InlineKind::Image { destination }, span);
                return;
            }
            _ => {
                if tag.breaks_line() {
                    self.space(span);
                }
                return;
            }
        };
        if !tag.closing {
            let inline = self.mark(kind, span);
            self.html.push((html_kind, inline));
        } else if self.html.last().is_some_and(|(open, _)| *open == html_kind)
            && let Some((_, inline)) = self.html.pop()
        {
            self.close(inline, span);
        }
    }
}

/// Longest attributes of an image, in bytes.
const LONGEST_ATTRIBUTES: usize = 2_000;

/// How long the attributes are that follow an image, as Pandoc reads them: `{#fig:tides width="90%"}`.
fn attributes(context: Context<'_>, at: usize) -> usize {
    let rest = context.source.get(at..).unwrap_or_default();
    let until = rest.floor_char_boundary(LONGEST_ATTRIBUTES);
    let rest = rest.get(..until).unwrap_or_default();
    let closing = rest.find('}').filter(|_| rest.starts_with('{'));
    closing.map_or(0, |closing| {
        let inside = rest.get(..closing).unwrap_or_default();
        let is_list = inside.contains(['#', '.', '=']) && !inside.contains("\n\n");
        if is_list { closing + 1 } else { 0 }
    })
}

/// Whether what a tag closes stands within running text.
fn is_inline(tag: TagEnd) -> bool {
    matches!(
        tag,
        TagEnd::Emphasis
            | TagEnd::Strong
            | TagEnd::Strikethrough
            | TagEnd::Superscript
            | TagEnd::Subscript
            | TagEnd::Link
            | TagEnd::Image
    )
}
