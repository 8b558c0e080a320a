//! Running text with its emphasis, its links and the marks of findings.
//!
//! What a document says is not trusted: it becomes text and a few known elements, and a link only where its scheme is one that
//! runs nothing.

use std::collections::BTreeSet;
use std::ops::Range;

use maud::{Markup, PreEscaped, html};

use super::entry::{Entry, Spot, place_anchor};
use super::sheet::Portion;
use crate::finding::Level;
use crate::markdown::{Inline, InlineKind, Text};
use crate::report::level_name;

/// Longest running text that is shown whole, in bytes.
const LONGEST: usize = 12_000;
/// Bytes shown on each side of a mark in a longer one.
const AROUND: usize = 600;
/// Markings inside one another; what is deeper shows as text.
const DEEPEST: usize = 12;
/// Schemes of links that can be followed.
const SCHEMES: [&str; 3] = ["http://", "https://", "mailto:"];

/// The findings that the marks of a document are about.
#[derive(Clone, Copy)]
pub(super) struct Marking<'p> {
    pub(super) entries: &'p [Entry<'p>],
    pub(super) spots: &'p [Spot<'p>],
    /// The one finding whose marks are copied elsewhere on the page; `None` in the document itself, where marks have anchors
    /// and numbers.
    pub(super) only: Option<usize>,
}

impl Marking<'_> {
    fn shows(self, portion: &Portion) -> bool {
        let entry = self.spots.get(portion.spot).map(|spot| spot.entry);
        self.only.is_none() || self.only == entry
    }
}

/// A running text; of a long one the parts around marks.
pub(super) fn running(text: &Text, portions: &[Portion], marking: Marking<'_>) -> Markup {
    let all = 0..text.plain.len();
    if all.len() <= LONGEST {
        return windows(text, portions, marking, &[all]);
    }
    let kept: Vec<Range<usize>> = portions.iter().map(|one| one.range.clone()).collect();
    windows(text, portions, marking, &around(text, &kept, AROUND))
}

/// The parts of a running text within `bytes` of some ranges, at word ends; its beginning where there is none. Of a long range
/// the two ends are kept.
pub(super) fn around(text: &Text, ranges: &[Range<usize>], bytes: usize) -> Vec<Range<usize>> {
    let plain = text.plain.as_str();
    let mut wanted: Vec<(usize, usize)> = ranges
        .iter()
        .flat_map(|range| {
            let ends = (range.start + bytes, range.end.saturating_sub(bytes));
            [
                (range.start, ends.0.min(range.end)),
                (ends.1.max(range.start), range.end),
            ]
        })
        .collect();
    if wanted.is_empty() {
        wanted.push((0, 0));
    }
    wanted.sort_unstable();
    let mut kept: Vec<Range<usize>> = Vec::new();
    for (from, to) in wanted {
        let start = word_start(plain, from.saturating_sub(bytes));
        let end = word_end(plain, to + bytes);
        match kept.last_mut().filter(|last| last.end >= start) {
            Some(last) => last.end = last.end.max(end),
            None => kept.push(start..end),
        }
    }
    kept
}

/// The next beginning of a word from `at` on, at most 40 bytes away.
fn word_start(plain: &str, at: usize) -> usize {
    let at = plain.floor_char_boundary(at);
    let rest = plain.get(at..).unwrap_or_default();
    let blank = rest.bytes().take(40).position(|byte| byte == b' ');
    if at == 0 {
        0
    } else {
        at + blank.map_or(0, |blank| blank + 1)
    }
}

/// The last end of a word up to `at`, at most 40 bytes away.
fn word_end(plain: &str, at: usize) -> usize {
    let at = plain.floor_char_boundary(at.min(plain.len()));
    let before = plain.get(..at).unwrap_or_default();
    let blank = before.bytes().rev().take(40).position(|byte| byte == b' ');
    if at == plain.len() {
        at
    } else {
        at - blank.map_or(0, |blank| blank + 1)
    }
}

/// Some parts of a running text, with a sign where others are left out.
pub(super) fn windows(
    text: &Text,
    portions: &[Portion],
    marking: Marking<'_>,
    parts: &[Range<usize>],
) -> Markup {
    let shown = || portions.iter().filter(|portion| marking.shows(portion));
    let mut writer = Writer {
        text,
        marking,
        segments: segments(shown()),
        numbers: if marking.only.is_none() {
            numbers(portions)
        } else {
            Vec::new()
        },
        numbered: 0,
        in_link: false,
    };
    let length = text.plain.len();
    html! {
        @if parts.first().is_some_and(|part| part.start > 0) { (cut()) }
        @for (at, part) in parts.iter().enumerate() {
            @if at > 0 { (cut()) }
            (writer.part(part))
        }
        @if parts.last().is_some_and(|part| part.end < length) { (cut()) }
    }
}

/// The sign for left-out text.
fn cut() -> Markup {
    html! { span.cut { " […] " } }
}

/// A stretch of text that the same findings are about.
struct Segment {
    range: Range<usize>,
    spots: BTreeSet<usize>,
}

/// Portions, which may overlap, as segments, which do not, in order.
fn segments<'p>(portions: impl Iterator<Item = &'p Portion>) -> Vec<Segment> {
    let mut ends: Vec<(usize, bool, usize)> = portions
        .filter(|portion| !portion.range.is_empty())
        .flat_map(|one| {
            [
                (one.range.start, true, one.spot),
                (one.range.end, false, one.spot),
            ]
        })
        .collect();
    ends.sort_unstable();
    let mut segments = Vec::new();
    let mut open = BTreeSet::new();
    let mut from = 0;
    for (at, opens, spot) in ends {
        if at > from && !open.is_empty() {
            let spots = open.clone();
            segments.push(Segment {
                range: from..at,
                spots,
            });
        }
        from = at;
        if opens {
            open.insert(spot);
        } else {
            open.remove(&spot);
        }
    }
    segments
}

/// Where the numbers of findings stand: behind the first stretch of each place.
fn numbers(portions: &[Portion]) -> Vec<(usize, usize)> {
    let mut numbers: Vec<(usize, usize)> = portions
        .iter()
        .filter(|portion| portion.first)
        .map(|portion| (portion.range.end, portion.spot))
        .collect();
    numbers.sort_unstable();
    numbers
}

struct Writer<'p> {
    text: &'p Text,
    marking: Marking<'p>,
    segments: Vec<Segment>,
    /// Byte and spot of each number, in order.
    numbers: Vec<(usize, usize)>,
    /// How many of them are written.
    numbered: usize,
    /// Links do not stand in links: numbers wait for the end of one.
    in_link: bool,
}

impl Writer<'_> {
    fn part(&mut self, part: &Range<usize>) -> Markup {
        let inlines = &self.text.inlines;
        let from = inlines.partition_point(|inline| inline.range.start < part.start);
        let inlines = inlines.get(from..).unwrap_or_default();
        let skipped = self.numbers.partition_point(|(at, _)| *at < part.start);
        self.numbered = self.numbered.max(skipped);
        self.nested(part, inlines, 0)
    }

    /// A range with the markings that begin in it.
    fn nested(&mut self, range: &Range<usize>, inlines: &[Inline], depth: usize) -> Markup {
        let mut out = String::new();
        let mut at = range.start;
        let mut rest = inlines;
        while let Some((inline, others)) = rest.split_first() {
            if depth == DEEPEST || inline.range.start >= range.end {
                break;
            }
            let inner = others
                .iter()
                .take_while(|other| other.range.start < inline.range.end)
                .count();
            let (children, after) = others.split_at_checked(inner).unwrap_or_default();
            let marked = inline.range.start.max(at)..inline.range.end.min(range.end);
            rest = after;
            if marked.is_empty() {
                continue;
            }
            out.push_str(&self.plain(at..marked.start).0);
            at = marked.end;
            out.push_str(&self.inline(inline, &marked, children, depth).0);
        }
        out.push_str(&self.plain(at..range.end).0);
        PreEscaped(out)
    }

    fn inline(
        &mut self,
        inline: &Inline,
        range: &Range<usize>,
        children: &[Inline],
        depth: usize,
    ) -> Markup {
        let target = inline.destination().filter(|target| is_safe(target));
        let is_outer_link = target.is_some() && !self.in_link;
        self.in_link |= is_outer_link;
        let inside = self.nested(range, children, depth + 1);
        if is_outer_link {
            self.in_link = false;
            let waiting = self.numbers_up_to(range.end);
            return html! {
                a href=[target] rel="noopener noreferrer nofollow" { (inside) }
                (waiting)
            };
        }
        match inline.kind {
            InlineKind::Emphasis => html! { em { (inside) } },
            InlineKind::Strong => html! { strong { (inside) } },
            InlineKind::Strikethrough => html! { s { (inside) } },
            InlineKind::Code | InlineKind::Math => html! { code { (inside) } },
            InlineKind::Superscript => html! { sup { (inside) } },
            InlineKind::Subscript => html! { sub { (inside) } },
            InlineKind::Link { .. }
            | InlineKind::Image { .. }
            | InlineKind::FootnoteReference { .. } => inside,
        }
    }

    /// Text with its marks and the numbers behind them.
    fn plain(&mut self, range: Range<usize>) -> Markup {
        let mut out = self.numbers_up_to(range.start).0;
        let mut at = range.start;
        while at < range.end {
            let next = self.segments.partition_point(|one| one.range.end <= at);
            let (end, segment) = match self.segments.get(next) {
                Some(segment) if segment.range.start <= at => {
                    (segment.range.end.min(range.end), Some(segment))
                }
                Some(segment) => (segment.range.start.min(range.end), None),
                None => (range.end, None),
            };
            let words = self.text.plain.get(at..end).unwrap_or_default();
            let marked =
                segment.map_or_else(|| html! { (words) }, |segment| self.mark(segment, words));
            out.push_str(&marked.0);
            at = end;
            out.push_str(&self.numbers_up_to(at).0);
        }
        PreEscaped(out)
    }

    fn mark(&self, segment: &Segment, words: &str) -> Markup {
        let spots = || {
            segment
                .spots
                .iter()
                .filter_map(|at| self.marking.spots.get(*at))
        };
        let levels =
            spots().filter_map(|spot| Some(self.marking.entries.get(spot.entry)?.finding.level));
        let level = levels.max().unwrap_or(Level::Note);
        let names: Vec<String> = spots()
            .filter_map(|spot| {
                let number = self.marking.entries.get(spot.entry)?.number;
                Some(place_anchor(number, spot.place))
            })
            .collect();
        let names = self.marking.only.is_none().then(|| names.join(" "));
        html! { mark class=(level_name(level)) data-at=[names] { (words) } }
    }

    fn numbers_up_to(&mut self, at: usize) -> Markup {
        let mut out = String::new();
        while !self.in_link
            && let Some((place, spot)) = self.numbers.get(self.numbered)
            && *place <= at
        {
            out.push_str(&self.number(*spot).0);
            self.numbered += 1;
        }
        PreEscaped(out)
    }

    /// The number of a finding, which leads to its note and is what the note leads back to.
    fn number(&self, spot: usize) -> Markup {
        let spot = self.marking.spots.get(spot);
        let entry = spot.and_then(|spot| self.marking.entries.get(spot.entry));
        let (Some(spot), Some(entry)) = (spot, entry) else {
            return html! {};
        };
        let level = level_name(entry.finding.level);
        let also = if spot.place == 0 { "" } else { "also of " };
        let told = format!("{also}finding {}, {level}", entry.number);
        html! {
            a.ref.(level) id=(place_anchor(entry.number, spot.place)) href={ "#" (entry.anchor) } aria-label=(told) {
                (entry.number)
            }
        }
    }
}

/// Whether a link can be followed without running anything.
pub(super) fn is_safe(target: &str) -> bool {
    let lower = target.to_ascii_lowercase();
    SCHEMES.iter().any(|scheme| lower.starts_with(scheme))
        && !target.contains(|c: char| c.is_control() || c.is_whitespace())
}
