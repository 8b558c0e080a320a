//! Stretches of a text that hold no figure: citation marks, code, mathematics, tags of templates; and ranges of bytes in general.

use std::ops::Range;
use std::sync::LazyLock;

use memchr::memchr;
use regex::Regex;

use super::figure::Reader;
use super::sentence::Slot;
use crate::citation::{Pointer, Style};
use crate::markdown::{InlineKind, Text};

impl Reader<'_> {
    /// Byte ranges of a text that hold no figure: citation marks, code, mathematics, tags of templates; sorted, without overlap.
    pub(super) fn masked(&self, id: Slot, text: &Text) -> Vec<Range<usize>> {
        let marks = self.citations.pointers_in(id.0, id.1).iter();
        let inlines = text.inlines.iter().filter(|inline| match inline.kind {
            InlineKind::Math => !states_value(text.plain.get(inline.range.clone())),
            InlineKind::Code | InlineKind::FootnoteReference { .. } | InlineKind::Image { .. } => {
                true
            }
            InlineKind::Emphasis
            | InlineKind::Strong
            | InlineKind::Strikethrough
            | InlineKind::Link { .. }
            | InlineKind::Superscript
            | InlineKind::Subscript => false,
        });
        let ranges = marks
            .map(|mark| cited(mark, &text.plain))
            .chain(inlines.map(|inline| inline.range.clone()))
            .chain(tags(&text.plain));
        united(ranges.collect())
    }

    /// Marks that stand inside a stretch of a text.
    pub(super) fn marks_in(&self, id: Slot, range: &Range<usize>) -> Vec<usize> {
        let all = self.citations.pointers_of(id.0, id.1);
        let marks = self.citations.pointers.get(all.clone());
        let marks = marks.unwrap_or_default();
        let first = marks.partition_point(|mark| mark.place.range.start < range.start);
        let rest = (all.start + first..all.end).zip(marks.iter().skip(first));
        rest.take_while(|(_, mark)| mark.place.range.start <= range.end)
            .filter(|(_, mark)| mark.place.range.end <= range.end)
            .map(|(index, _)| index)
            .collect()
    }
}

/// Tags of templates: `{{< figure width="100" >}}`, `{% include chart.html height=300 %}`.
fn tags(plain: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    if memchr(b'{', plain.as_bytes()).is_none() {
        return found;
    }
    for (open, close) in [("{{", "}}"), ("{%", "%}")] {
        let mut at = 0;
        while let Some(from) = plain.get(at..).and_then(|rest| rest.find(open)) {
            let start = at + from;
            let rest = plain.get(start..).unwrap_or_default();
            let Some(length) = rest.find(close) else {
                break;
            };
            at = start + length + close.len();
            found.push(start..at);
        }
    }
    found
}

/// Whether mathematics is nothing but a probability or a correlation with its value: `p = .03`, `r = -0.4`. That is how many
/// articles set what they report.
fn states_value(formula: Option<&str>) -> bool {
    static VALUE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"^\s*[pPr]\s*=\s*[-−]?[0-9]*\.[0-9]+\s*$").ok());
    let value = VALUE.as_ref().zip(formula);
    value.is_some_and(|(value, formula)| value.is_match(formula))
}

/// What of a mark holds no figure: of `(320–500 K, Nagy et al., 2009)` the names and years.
fn cited(mark: &Pointer, plain: &str) -> Range<usize> {
    let range = mark.place.range.clone();
    let named = || {
        let inside = plain.get(range.clone())?;
        let family = mark.labels.first()?.split([' ', ',']).next()?;
        let at = inside
            .find(family)
            .filter(|at| *at > 0 && !family.is_empty())?;
        let before = inside.get(..at)?;
        (before.bytes().any(|byte| byte.is_ascii_digit())
            && before.trim_end().ends_with([',', ';']))
        .then_some(range.start + at)
    };
    match mark.style {
        Style::AuthorYear => named().unwrap_or(range.start)..range.end,
        Style::Bracket
        | Style::Superscript
        | Style::LinkedBracket
        | Style::Footnote
        | Style::Citekey => range,
    }
}

/// The masked ranges that touch a stretch.
pub(super) fn masks_in<'r>(
    ranges: &'r [Range<usize>],
    within: &Range<usize>,
) -> impl Iterator<Item = &'r Range<usize>> {
    let first = ranges.partition_point(|range| range.end <= within.start);
    let end = within.end;
    ranges
        .iter()
        .skip(first)
        .take_while(move |range| range.start < end)
}

/// Sorted ranges without overlap.
fn united(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut united: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match united.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            Some(_) | None => united.push(range),
        }
    }
    united
}

/// Ranges of a text, sorted and without overlap, as ranges of the stretch `within`; those outside are left out.
pub(super) fn shift_into(ranges: &[Range<usize>], within: &Range<usize>) -> Vec<Range<usize>> {
    masks_in(ranges, within)
        .map(|range| {
            range.start.max(within.start) - within.start..range.end.min(within.end) - within.start
        })
        .collect()
}
