//! Where the citation marks of a document stand, and what they cover beyond their own sentence.
//!
//! Why it exists: a mark may stand nearby, at the head of a section on one work, or be no mark at all but the address of the
//! source. It leaves out which statements need one ([`super::support`]).

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::Sentence;
use super::lexis::words;
use super::phrases::IDENTIFIER;
use super::sentence::{Cell, Slot};
use super::signs::Signs;
use super::wording::has_finite_verb;
use super::words::Words;
use crate::citation::{Citations, component};
use crate::markdown::{BlockKind, Document, Inline, InlineKind, Place, Text};

/// Most marks on either side that are kept as nearby, so that long lists stay linear.
pub(super) const NEARBY: usize = 8;

/// Where the marks of a document stand.
pub(super) struct Marks<'d> {
    citations: &'d Citations,
    /// For each block the index of its first mark, or of the next one.
    starts: Vec<usize>,
    lists: BTreeMap<usize, Vec<usize>>,
    /// The first heading under each heading.
    first_heading: BTreeMap<usize, usize>,
    /// Headings of sections about one cited work, sorted (see [`works_told`]).
    works_told: BTreeSet<usize>,
    /// Blocks with a mark that only a site generator resolves.
    pub(super) components: BTreeSet<usize>,
}

impl<'d> Marks<'d> {
    pub(super) fn new(document: &Document, citations: &'d Citations) -> Self {
        let mut lists: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, pointer) in citations.pointers.iter().enumerate() {
            let block = document.blocks.get(pointer.place.block);
            if let Some(list) = block.and_then(|block| block.list.as_ref()) {
                lists.entry(list.list).or_default().push(index);
            }
        }
        let mut first_heading = BTreeMap::new();
        for (index, block) in document.blocks.iter().enumerate() {
            if let (BlockKind::Heading { .. }, Some(section)) = (&block.kind, block.section) {
                first_heading.entry(section).or_insert(index);
            }
        }
        Self {
            citations,
            starts: starts(document.blocks.len(), citations),
            lists,
            first_heading,
            works_told: works_told(document, citations),
            components: with_component(document),
        }
    }

    /// Whether a block stands in a section that tells of one cited work.
    pub(super) fn cover_section(&self, document: &Document, block: usize) -> bool {
        let section = |at: usize| document.blocks.get(at).and_then(|block| block.section);
        std::iter::successors(section(block), |heading| section(*heading))
            .take(DEEPEST_HEADING)
            .any(|heading| self.works_told.contains(&heading))
    }

    /// Marks of a block and of its cells.
    fn of_block(&self, block: usize) -> Range<usize> {
        let start = |at: usize| self.starts.get(at).copied();
        let all = self.citations.pointers.len();
        start(block).unwrap_or(all)..start(block + 1).unwrap_or(all)
    }

    /// The first of some marks at or behind a position in their block.
    fn first_from(&self, among: Range<usize>, from: (Cell, usize)) -> usize {
        let marks = self.citations.pointers.get(among.clone());
        among.start
            + marks.unwrap_or_default().partition_point(|mark| {
                let place = &mark.place;
                (place.cell, place.range.start) < from
            })
    }

    /// Marks of one running text.
    pub(super) fn at(&self, (block, cell): Slot) -> Range<usize> {
        let of_block = self.of_block(block);
        let first = self.first_from(of_block.clone(), (cell, 0));
        first..self.first_from(first..of_block.end, (cell, usize::MAX))
    }

    /// Marks inside a place.
    pub(super) fn inside(&self, place: &Place) -> Range<usize> {
        let Range { start, end } = place.range;
        let of_block = self.of_block(place.block);
        let first = self.first_from(of_block.clone(), (place.cell, start));
        first..self.first_from(first..of_block.end, (place.cell, end))
    }

    /// Marks in the same paragraph and list, and at the end of the paragraph before, nearest first kept.
    pub(super) fn nearby(&self, document: &Document, place: &Place, own: &[usize]) -> Vec<usize> {
        if self.citations.pointers.is_empty() {
            return Vec::new();
        }
        let here = self.at((place.block, place.cell));
        let at = self.first_from(here.clone(), (place.cell, place.range.start));
        let from = at.saturating_sub(NEARBY).max(here.start);
        let around = (from..here.end).take(2 * NEARBY);
        let block = document.blocks.get(place.block);
        let before =
            block.and_then(|block| self.before_in_section(document, place.block, block.section));
        let mut found: Vec<usize> = before.into_iter().chain(around).collect();
        if let Some(list) = block.and_then(|block| block.list.as_ref()) {
            let marks = self.lists.get(&list.list).map_or(&[][..], Vec::as_slice);
            found.extend(self.around(marks, place));
            if let Some(parent) = list.parent {
                found.extend(self.at((parent, None)).rev().take(NEARBY));
            }
        }
        found.retain(|index| !own.contains(index));
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The last mark before a block in its section, or else at the head of the section that one is part of (unless
    /// that is the whole document): a running description is often cited once, where it begins.
    fn before_in_section(
        &self,
        document: &Document,
        block: usize,
        section: Option<usize>,
    ) -> Option<usize> {
        let all = &self.citations.pointers;
        let last_before = |end: usize, section: Option<usize>| {
            let index = self.of_block(end).start.checked_sub(1)?;
            let standing = document.blocks.get(all.get(index)?.place.block)?;
            (standing.section == section).then_some(index)
        };
        if let Some(found) = last_before(block, section) {
            return Some(found);
        }
        let heading = document.blocks.get(section?)?;
        let part_of = document.blocks.get(heading.section?)?;
        let inner = matches!(
            part_of.kind,
            BlockKind::Heading {
                level: 2..,
                marked: true
            }
        );
        let first_inner = self.first_heading.get(&heading.section?).copied()?;
        inner
            .then(|| last_before(first_inner, heading.section))
            .flatten()
    }

    fn around(&self, marks: &[usize], place: &Place) -> Vec<usize> {
        let at = marks.partition_point(|index| {
            self.citations.pointers.get(*index).is_some_and(|pointer| {
                (pointer.place.block, pointer.place.range.start) < (place.block, place.range.start)
            })
        });
        let from = at.saturating_sub(NEARBY);
        marks.iter().skip(from).take(2 * NEARBY).copied().collect()
    }
}

/// For each block the index of its first mark, or of the next one.
fn starts(blocks: usize, citations: &Citations) -> Vec<usize> {
    let mut starts = Vec::with_capacity(blocks);
    for (index, pointer) in citations.pointers.iter().enumerate() {
        while starts.len() <= pointer.place.block {
            starts.push(index);
        }
    }
    starts
}

/// Whether a sentence has its source in itself: a link to a page of a site or one that is defined elsewhere (`[tides][news]`), the
/// identifier of a work, or a note (`^[Okafor A. Tides. 2011]`). A registry number names a study, and not what was written of it.
pub(super) fn names_its_source(document: &Document, place: &Place, words: &Words<'_>) -> bool {
    let Some(text) = document.text_at(place.block, place.cell) else {
        return false;
    };
    let linked = inlines_in(text, &place.range)
        .filter_map(Inline::destination)
        .any(is_page);
    let bracketed = || {
        let mut notes = words.text.split("^[").skip(1);
        words.text.contains("][") || notes.any(|note| note.starts_with(char::is_alphabetic))
    };
    linked || words.have(Signs::SQUARE_BRACKET) && bracketed() || words.say(IDENTIFIER)
}

/// Whether a link leads to a page beside a sentence: in it, in the one before or behind it, at the end of
/// what opens its list or of the heading above. Where nothing is marked, that is how a source is given.
pub(super) fn has_link_beside(document: &Document, sentences: &[Sentence], index: usize) -> bool {
    let leads_out = |inline: &Inline| inline.destination().is_some_and(is_page);
    let Some(Sentence { place, .. }) = sentences.get(index) else {
        return false;
    };
    let around = sentences.get(index.saturating_sub(1)..sentences.len().min(index + 2));
    let mut around = around.unwrap_or_default().iter().map(|near| &near.place);
    let in_text = around.any(|near| {
        (near.block, near.cell) == (place.block, place.cell)
            && document
                .text_at(near.block, near.cell)
                .is_some_and(|text| inlines_in(text, &near.range).any(leads_out))
    });
    let block = document.blocks.get(place.block);
    let opener = block.and_then(|block| block.list.as_ref()?.parent);
    let heading = block.and_then(|block| block.section);
    let mut above = opener.into_iter().chain(heading);
    in_text
        || above.any(|above| {
            let text = document.text_at(above, None);
            text.is_some_and(|text| text.inlines.iter().rev().take(NEARBY).any(leads_out))
        })
}

/// Whether a sentence is filled in where the document is built: code of R in it (`r nrow(cases)`), or a template's tag;
/// or it is code altogether.
pub(super) fn is_filled_in(document: &Document, place: &Place, words: &Words<'_>) -> bool {
    let Some(text) = document.text_at(place.block, place.cell) else {
        return false;
    };
    let is_code = |inline: &&Inline| {
        let covers = inline.range.start <= place.range.start && place.range.end <= inline.range.end;
        let code = text.plain.get(inline.range.clone()).unwrap_or_default();
        inline.kind == InlineKind::Code && (covers || code.starts_with("r "))
    };
    let tagged = || ["{%", "{{"].iter().any(|tag| words.text.contains(tag));
    inlines_in(text, &place.range).any(|inline| is_code(&inline))
        || words.have(Signs::BRACE) && tagged()
}

/// The marked stretches that meet a stretch of a text. Of those that begin before it, only the last few are looked at.
fn inlines_in<'t>(text: &'t Text, range: &Range<usize>) -> impl Iterator<Item = &'t Inline> {
    let from = text
        .inlines
        .partition_point(|inline| inline.range.start < range.start);
    let Range { start, end } = *range;
    let near = text.inlines.iter().skip(from.saturating_sub(NEARBY));
    near.take_while(move |inline| inline.range.start < end)
        .filter(move |inline| inline.range.start >= start || inline.range.end > start)
}

/// Whether a link leads to a page and not only to a site.
fn is_page(destination: &str) -> bool {
    destination
        .split_once("://")
        .and_then(|(_, rest)| rest.split_once('/'))
        .is_some_and(|(_, path)| !path.is_empty())
}

/// Blocks with a mark that only a site generator resolves.
fn with_component(document: &Document) -> BTreeSet<usize> {
    let source = document.source.text();
    if !component::cites(source) {
        return BTreeSet::new();
    }
    let blocks = document.blocks.iter().enumerate();
    blocks
        .filter(|(_, block)| {
            let printed = source.get(block.span.start..block.span.end);
            printed.is_some_and(component::cites)
        })
        .map(|(index, _)| index)
        .collect()
}

/// Levels of headings that Markdown has.
const DEEPEST_HEADING: usize = 6;
/// Most words beside the mark in a line that only says which work a section tells of: "Chen et al. *medRxiv*. [@doi:...]".
const BESIDE_MARK: usize = 8;

/// Headings, the document's own title aside, that carry a mark or have one as the first thing below them: a review of one work
/// names it there, and not in each of its sentences.
fn works_told(document: &Document, citations: &Citations) -> BTreeSet<usize> {
    let inner = |block: usize| {
        let kind = document.blocks.get(block).map(|block| &block.kind);
        matches!(
            kind,
            Some(BlockKind::Heading {
                level: 2..,
                marked: true
            })
        )
    };
    let mut beside: BTreeMap<usize, usize> = BTreeMap::new();
    let is_asked = |block: usize| inner(block) || block.checked_sub(1).is_some_and(inner);
    let pointers = citations.pointers.iter();
    for pointer in pointers.filter(|p| p.place.cell.is_none() && is_asked(p.place.block)) {
        let Some(block) = document.blocks.get(pointer.place.block) else {
            continue;
        };
        let words_left = beside
            .entry(pointer.place.block)
            .or_insert_with(|| words(&block.text.plain).take(2 * BESIDE_MARK).count());
        let mark = block.text.plain.get(pointer.place.range.clone());
        *words_left = words_left.saturating_sub(words(mark.unwrap_or_default()).count());
    }
    beside
        .into_iter()
        .filter_map(|(block, words_left)| {
            let above = block.checked_sub(1)?;
            let opens = inner(above)
                && words_left <= BESIDE_MARK
                && !has_finite_verb(&document.blocks.get(block)?.text.plain);
            inner(block).then_some(block).or(opens.then_some(above))
        })
        .collect()
}
