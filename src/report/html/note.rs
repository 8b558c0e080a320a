//! The note of one finding, beside its text: what is wrong, where else to look, why, and what to do.

use maud::{Markup, html};

use super::Page;
use super::entry::{Entry, places};
use crate::explanation::Explanation;
use crate::finding::{Level, Location};
use crate::report::level_name;
use crate::report::places::label;
use crate::text::thousands;

/// Places that one note names.
const MOST_PLACES: usize = 12;

/// The name of a level with its shape, so that neither needs its colour.
pub(super) fn level(level: Level) -> Markup {
    let (shape, word) = match level {
        Level::Error => ("▲", "Error"),
        Level::Warning => ("◆", "Warning"),
        Level::Note => ("●", "Note"),
    };
    html! {
        span.level.(level_name(level)) { span aria-hidden="true" { (shape) } " " (word) }
    }
}

/// The note of a finding.
pub(super) fn note(page: &Page<'_>, entry: &Entry<'_>) -> Markup {
    let finding = entry.finding;
    let number = entry.number;
    let places: Vec<&Location> = places(finding).collect();
    let explained = page.explain(entry);
    html! {
        div.finding.(level_name(finding.level)) id=(entry.anchor) role="note" aria-label={ "Finding " (number) }
            data-level=(level_name(finding.level)) data-rule=(finding.rule) data-number=(number) {
            p.head {
                (page.place_link(number, 0, html! { span.number { (number) } }))
                " " (level(finding.level)) " "
                a.rule href={ "#" (page.rule_anchor(&finding.rule)) } { (finding.rule) }
            }
            p.message dir="auto" { (sentence(&finding.message)) }
            @if places.len() > 1 { (other_places(page, entry, &places)) }
            @if let Some(suggestion) = &finding.suggestion {
                p.suggestion dir="auto" { b { "To do: " } (sentence(suggestion)) }
            }
            div.more {
                @if let Some(explained) = &explained { (why(explained)) }
                (decide(page, entry))
            }
        }
    }
}

fn other_places(page: &Page<'_>, entry: &Entry<'_>, places: &[&Location]) -> Markup {
    html! {
        ul.places {
            @for (at, location) in places.iter().enumerate().skip(1).take(MOST_PLACES) {
                li {
                    (page.place_link(entry.number, at, html! {
                        bdi { (label(&location.path, page.places.start(location))) }
                    }))
                    @if let Some(said) = page.label_of(location) { " " span.said dir="auto" { (said) } }
                }
            }
            @if let Some(more) = places.len().checked_sub(MOST_PLACES + 1).filter(|more| *more > 0) {
                li { "and " (thousands(more)) " more, with this number in the text" }
            }
        }
        @if let Some(card) = page.compared.get(&entry.number) {
            p { a href={ "#" (card) } { "Side by side" } }
        }
    }
}

/// The calculation, and why figures were compared.
fn why(explained: &Explanation) -> Markup {
    let compared = explained
        .groups
        .iter()
        .filter(|group| !group.reasons.is_empty());
    html! {
        @if !explained.calculation.is_empty() || !explained.groups.is_empty() {
            details {
                summary { "Why" }
                @if !explained.calculation.is_empty() {
                    ul.steps { @for step in &explained.calculation { li dir="auto" { (step) } } }
                }
                @for group in compared {
                    dl.reasons {
                        @for (name, said) in &group.reasons { dt { (name) } dd dir="auto" { (said) } }
                    }
                }
            }
        }
    }
}

/// What it is called, and the command that hides it.
fn decide(page: &Page<'_>, entry: &Entry<'_>) -> Markup {
    let paths = page.run.paths;
    let blank = if paths.is_empty() { "" } else { " " };
    html! {
        details.decide {
            summary { "Not a mistake?" }
            p { "Hide it with a reason, which is kept in the project:" }
            p { code.command { "factlint ignore " (entry.short) (blank) (paths) " --reason \"…\"" } }
            p { "Its id is " code { (entry.finding.fingerprint) } "." }
        }
    }
}

/// A message as a sentence of its own.
pub(super) fn sentence(message: &str) -> String {
    let end = if message.ends_with(['.', '?', '!', '"']) {
        ""
    } else {
        "."
    };
    format!("{message}{end}")
}
