//! Findings about two places and more: their passages next to each other.
//!
//! Whoever settles a conflict wants both sentences in view; in the documents they may stand far apart.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Page;
use super::block;
use super::entry::{Entry, Spot, places};
use super::note::{level, sentence};
use super::running::{Marking, around, windows};
use super::sheet::Stands;
use super::sheets::Sheeted;
use crate::markdown::Block;
use crate::report::places::label;
use crate::text::thousands;

/// Passages of one finding.
const MOST: usize = 4;
/// Bytes of text on each side of a mark.
const AROUND: usize = 240;
/// Most cells of a row that is shown as one; of a wider one the cell alone is.
const WIDEST: usize = 10;

/// The id of the passages of each finding whose places stand apart, by its number.
pub(super) fn cards(entries: &[Entry<'_>], sheets: &[Sheeted<'_>]) -> BTreeMap<usize, String> {
    let mut rows: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
    let mut cards = BTreeMap::new();
    for (index, sheeted) in sheets.iter().enumerate() {
        let stands = sheeted.text.iter().flat_map(|(_, sheet)| &sheet.stands);
        for (spot, stands) in sheeted.spots.iter().zip(stands) {
            let (Some(stands), Some(entry)) = (stands, entries.get(spot.entry)) else {
                continue;
            };
            let here = (index, stands.row);
            if *rows.entry(entry.number).or_insert(here) != here {
                cards.insert(entry.number, format!("side-by-side-{}", entry.number));
            }
        }
    }
    cards
}

/// A place of a finding in its document.
struct Found<'p> {
    sheeted: &'p Sheeted<'p>,
    spot: &'p Spot<'p>,
    stands: Stands,
    /// Index among the spots of its document.
    index: usize,
}

/// All passages that are shown side by side.
pub(super) fn section(page: &Page<'_>) -> Markup {
    let mut found: BTreeMap<usize, Vec<Found<'_>>> = BTreeMap::new();
    for sheeted in &page.sheets {
        let stands = sheeted.text.iter().flat_map(|(_, sheet)| &sheet.stands);
        for (index, (spot, stands)) in sheeted.spots.iter().zip(stands).enumerate() {
            if let Some(stands) = *stands {
                let of_entry = found.entry(spot.entry).or_default();
                of_entry.push(Found {
                    sheeted,
                    spot,
                    stands,
                    index,
                });
            }
        }
    }
    let carded = page
        .entries
        .iter()
        .enumerate()
        .filter_map(|(index, entry)| {
            let anchor = page.compared.get(&entry.number)?;
            let mut places = found.remove(&index)?;
            places.sort_by_key(|found| found.spot.place);
            Some(card(page, entry, anchor, &places))
        });
    let carded: Vec<Markup> = carded.collect();
    html! {
        @if !carded.is_empty() {
            section #side-by-side aria-labelledby="side-by-side-name" {
                h2 id="side-by-side-name" { "Side by side" }
                p.lead { "Findings about places that stand apart, with the differing words marked." }
                @for card in &carded { (card) }
            }
        }
    }
}

fn card(page: &Page<'_>, entry: &Entry<'_>, anchor: &str, places_found: &[Found<'_>]) -> Markup {
    let finding = entry.finding;
    let more = places(finding)
        .count()
        .saturating_sub(places_found.len().min(MOST));
    html! {
        div.card id=(anchor) data-number=(entry.number) {
            h3 {
                a href={ "#" (entry.anchor) } aria-label={ "Finding " (entry.number) } { span.number { (entry.number) } }
                " " (level(finding.level)) " " span.rule { (finding.rule) }
            }
            p.message dir="auto" { (sentence(&finding.message)) }
            div.passages {
                @for found in places_found.iter().take(MOST) { (passage(page, entry, found)) }
            }
            @if more > 0 { p.left-out { "and " (thousands(more)) " more places" } }
        }
    }
}

fn passage(page: &Page<'_>, entry: &Entry<'_>, found: &Found<'_>) -> Markup {
    let location = found.spot.location;
    html! {
        figure {
            figcaption {
                (page.place_link(entry.number, found.spot.place, html! {
                    bdi { (label(&location.path, page.places.start(location))) }
                }))
            }
            (words(page, found))
        }
    }
}

fn words(page: &Page<'_>, found: &Found<'_>) -> Markup {
    let marking = Marking {
        entries: &page.entries,
        spots: &found.sheeted.spots,
        only: Some(found.spot.entry),
    };
    let sheet = found.sheeted.text.as_ref().map(|(_, sheet)| sheet);
    let Some(row) = sheet.and_then(|sheet| sheet.rows.get(found.stands.row)) else {
        return html! {};
    };
    let cell = found.stands.cell;
    let table = row.block.and_then(Block::table);
    if let (Some((at, _)), Some(table)) = (cell, table)
        && table
            .rows
            .get(at)
            .is_some_and(|row| row.cells.len() <= WIDEST)
    {
        let mut kept: Vec<usize> = (0..table.header_rows.min(2)).collect();
        kept.extend((at >= kept.len()).then_some(at));
        return block::rows(row, table, &kept, marking);
    }
    let Some(text) = row.text(cell) else {
        return html! {};
    };
    let portions = row.portions(cell);
    let here: Vec<_> = portions
        .iter()
        .filter(|portion| portion.spot == found.index)
        .map(|portion| portion.range.clone())
        .collect();
    html! {
        blockquote dir="auto" { (windows(text, portions, marking, &around(text, &here, AROUND))) }
    }
}
