//! The documents that findings are about: their text with the notes beside it.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Page;
use super::block;
use super::entry::{Entry, Spot};
use super::note::{note, sentence};
use super::running::Marking;
use super::sheet::{Row, Sheet};
use crate::markdown::{BlockKind, Document};
use crate::text::thousands;

/// Longest document that is shown whole, in bytes; of a longer one the passages around findings are.
const LONGEST: usize = 400_000;
/// Rows of such a passage on each side of a finding.
const NEIGHBOURS: usize = 2;

/// A document that findings are about.
pub(super) struct Sheeted<'a> {
    pub(super) path: &'a str,
    /// The id of its section.
    pub(super) anchor: String,
    pub(super) spots: Vec<Spot<'a>>,
    /// `None` where its text is not known to the run.
    pub(super) text: Option<(&'a Document, Sheet<'a>)>,
}

/// One document with its findings.
pub(super) fn section(page: &Page<'_>, sheeted: &Sheeted<'_>) -> Markup {
    html! {
        section.document id=(sheeted.anchor) aria-labelledby={ (sheeted.anchor) "-name" } data-path=(sheeted.path) {
            h2 id={ (sheeted.anchor) "-name" } { bdi { (sheeted.path) } }
            (causes(page, sheeted))
            @match &sheeted.text {
                Some((document, sheet)) => (sheet_of(page, sheeted, document, sheet)),
                None => {
                    p.left-out { "The text of this file is not part of the run." }
                    (all_notes(page, sheeted))
                }
            }
        }
    }
}

/// What several findings of a rule have in common, said once.
fn causes(page: &Page<'_>, sheeted: &Sheeted<'_>) -> Markup {
    let mut causes: BTreeMap<(&str, &str), Vec<&Entry<'_>>> = BTreeMap::new();
    let own = sheeted.spots.iter().filter(|spot| spot.place == 0);
    for entry in own.filter_map(|spot| page.entries.get(spot.entry)) {
        if let Some(cause) = &entry.finding.cause {
            let of_cause = causes.entry((&entry.finding.rule, cause)).or_default();
            of_cause.push(entry);
        }
    }
    causes.retain(|_, entries| entries.len() > 1);
    html! {
        @for ((rule, cause), entries) in &causes {
            p.cause dir="auto" {
                (sentence(cause)) " " (thousands(entries.len())) " findings of " (rule) ": "
                @for entry in entries { a href={ "#" (entry.anchor) } { (entry.number) } " " }
            }
        }
    }
}

fn all_notes(page: &Page<'_>, sheeted: &Sheeted<'_>) -> Markup {
    let own = sheeted.spots.iter().filter(|spot| spot.place == 0);
    html! {
        div.notes { @for entry in own.filter_map(|spot| page.entries.get(spot.entry)) { (note(page, entry)) } }
    }
}

fn sheet_of(
    page: &Page<'_>,
    sheeted: &Sheeted<'_>,
    document: &Document,
    sheet: &Sheet<'_>,
) -> Markup {
    let marking = Marking {
        entries: &page.entries,
        spots: &sheeted.spots,
        only: None,
    };
    let notes = notes_of_rows(sheeted, sheet);
    let kept = kept_rows(document, sheet);
    let ranks = ranks(sheet, &kept);
    let left_out = kept.iter().filter(|is_kept| !**is_kept).count();
    let mut parts = Vec::new();
    let mut index = 0;
    let rows = &sheet.rows;
    while let Some(row) = rows.get(index) {
        let is_kept = |at: usize| kept.get(at).copied().unwrap_or(true);
        let list = list_of(row);
        let run = rows
            .iter()
            .enumerate()
            .skip(index)
            .take_while(|(at, row)| {
                list_of(row) == list
                    && is_kept(*at) == is_kept(index)
                    && (list.is_some() || *at == index)
            })
            .count()
            .max(1);
        let shown = (index..index + run).filter_map(|at| {
            let rank = ranks.get(at).copied().unwrap_or(6);
            Some(Shown {
                row: rows.get(at)?,
                rank,
                notes: notes.get(at)?,
            })
        });
        let lines: Vec<Markup> = if is_kept(index) {
            shown
                .map(|shown| line(page, &shown, marking, list.is_some()))
                .collect()
        } else {
            Vec::new()
        };
        parts.push((is_kept(index), list.is_some(), lines));
        index += run;
    }
    parts.dedup_by(|next, last| !next.0 && !last.0);
    html! {
        @if left_out > 0 {
            p.left-out {
                "This document is long: passages around findings are shown, and "
                (thousands(left_out)) " blocks of its text are left out."
            }
        }
        @for (is_kept, is_list, lines) in &parts {
            @if !is_kept { p.gap { "[…]" } }
            @else if *is_list { ul.rows role="list" { @for line in lines { (line) } } }
            @else { @for line in lines { (line) } }
        }
    }
}

/// A row with all that stands in its line.
struct Shown<'p> {
    row: &'p Row<'p>,
    rank: u8,
    /// Indices of the entries whose notes stand beside it.
    notes: &'p [usize],
}

fn line(page: &Page<'_>, shown: &Shown<'_>, marking: Marking<'_>, in_list: bool) -> Markup {
    let indent = block::indent(shown.row);
    let entries = || {
        shown
            .notes
            .iter()
            .filter_map(|entry| page.entries.get(*entry))
    };
    let inside = html! {
        div.text { div class=[indent] { (block::text(shown.row, shown.rank, marking)) } }
        @if !shown.notes.is_empty() {
            div.notes { @for entry in entries() { (note(page, entry)) } }
        }
    };
    html! {
        @if in_list { li.row { (inside) } } @else { div.row { (inside) } }
    }
}

/// Which list a row belongs to, where it is in one.
fn list_of(row: &Row<'_>) -> Option<usize> {
    row.block?.list.as_ref().map(|position| position.list)
}

/// For each row, the findings that stand in it.
fn notes_of_rows(sheeted: &Sheeted<'_>, sheet: &Sheet<'_>) -> Vec<Vec<usize>> {
    let mut notes = vec![Vec::new(); sheet.rows.len()];
    for (spot, stands) in sheeted.spots.iter().zip(&sheet.stands) {
        // A place that could not be found in its text has its note at the first row, so that none is lost.
        let row = stands.map_or(0, |stands| stands.row);
        if spot.place == 0
            && let Some(notes) = notes.get_mut(row)
        {
            notes.push(spot.entry);
        }
    }
    notes
}

/// Which rows are shown: all, or in a long document those near a finding and the headings above them.
fn kept_rows(document: &Document, sheet: &Sheet<'_>) -> Vec<bool> {
    let size: usize = sheet.rows.iter().map(Row::size).sum();
    if size <= LONGEST {
        return vec![true; sheet.rows.len()];
    }
    let mut kept = vec![false; sheet.rows.len()];
    let mut headings: Vec<usize> = Vec::new();
    for (at, row) in sheet.rows.iter().enumerate() {
        if row.is_marked() || at == 0 {
            let near = at.saturating_sub(NEIGHBOURS)..=at + NEIGHBOURS;
            for near in near {
                if let Some(near) = kept.get_mut(near) {
                    *near = true;
                }
            }
            headings.extend(row.block.and_then(|block| block.section));
        }
    }
    let starts = headings.iter().filter_map(|at| document.blocks.get(*at));
    for start in starts.map(|block| block.span.start) {
        let row = sheet.rows.partition_point(|row| row.span.start < start);
        if let Some(kept) = kept.get_mut(row) {
            *kept = true;
        }
    }
    kept
}

/// The rank of each heading on the page, where the document's name has 2: never more than one below the heading before it.
fn ranks(sheet: &Sheet<'_>, kept: &[bool]) -> Vec<u8> {
    let mut last = 2;
    let rows = sheet.rows.iter().zip(kept);
    rows.map(|(row, is_kept)| {
        let kind = row.block.map(|block| &block.kind);
        if let Some(BlockKind::Heading { level, .. }) = kind.filter(|_| *is_kept) {
            last = level.saturating_add(2).min(last + 1).min(6);
        }
        last
    })
    .collect()
}
