//! The head of the page: what was checked, how much was found where, and the filters.

use std::collections::BTreeMap;

use maud::{Markup, html};

use super::Page;
use super::note::level;
use crate::citation::bibliography::is_bibliography;
use crate::corpus::Extraction;
use crate::finding::Level;
use crate::report::level_name;
use crate::report::summary::summary;
use crate::text::thousands;

const LEVELS: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

/// Title, totals, what was not checked, the documents, the filters.
pub(super) fn head(page: &Page<'_>) -> Markup {
    let run = page.run;
    let counted = run.statistics;
    html! {
        header {
            h1 { "Fact check" }
            p.lead { (summary(run).join(". ")) "." }
            dl.totals {
                @for one in LEVELS { (total(&level(one), run.count(one))) }
                (total(&html! { "Hidden" }, run.suppressed.len()))
                (total(&html! { "Documents" }, counted.documents))
                (total(&html! { "Words" }, counted.words))
                (total(&html! { "Figures" }, counted.figures))
            }
            (unchecked(page))
        }
        (documents(page))
        (filters(page))
    }
}

fn total(name: &Markup, count: usize) -> Markup {
    html! { div { dt { (name) } dd { (thousands(count)) } } }
}

/// What the run could not read or run, and what no run asks the network.
fn unchecked(page: &Page<'_>) -> Markup {
    html! {
        @if !page.run.problems.is_empty() {
            section.problems aria-labelledby="not-checked" {
                h2 #not-checked { "Not checked" }
                ul {
                    @for problem in page.run.problems {
                        li {
                            b { bdi {
                                (problem.path)
                                @if let Some(line) = problem.line { ":" (line) }
                            } }
                            ": " (problem.message) ". " span.help { (problem.help) "." }
                        }
                    }
                }
            }
        }
        p.left-out { "Nothing was asked of the network: links and sources are judged by what factlint.lock and the folder sources keep of them." }
    }
}

/// How many findings of each level each document has.
fn counts<'p>(page: &'p Page<'_>) -> BTreeMap<&'p str, [usize; 3]> {
    let mut counts: BTreeMap<&str, [usize; 3]> = BTreeMap::new();
    for entry in &page.entries {
        let of_document = counts.entry(&entry.finding.location.path).or_default();
        for (level, count) in LEVELS.iter().zip(of_document) {
            *count += usize::from(*level == entry.finding.level);
        }
    }
    counts
}

fn documents(page: &Page<'_>) -> Markup {
    let counts = counts(page);
    let read: BTreeMap<&str, &Extraction> = page
        .corpus
        .extractions
        .iter()
        .map(|extraction| (extraction.document.source.path(), extraction))
        .collect();
    let without: Vec<&str> = read
        .keys()
        .filter(|path| {
            page.sheets
                .binary_search_by(|sheeted| sheeted.path.cmp(path))
                .is_err()
        })
        .filter(|path| !is_bibliography(path))
        .copied()
        .collect();
    html! {
        nav aria-labelledby="documents" {
            h2 #documents { "Documents" }
            @if !page.sheets.is_empty() {
                div.scroll tabindex="0" role="group" aria-labelledby="documents" {
                    table.counts {
                        thead { tr {
                            th scope="col" { "Document" } th scope="col" { "Words" } th scope="col" { "Figures" }
                            th scope="col" { "Errors" } th scope="col" { "Warnings" } th scope="col" { "Notes" }
                        } }
                        tbody { @for sheeted in &page.sheets {
                            @let extraction = read.get(sheeted.path);
                            tr {
                                th scope="row" { a href={ "#" (sheeted.anchor) } { bdi { (sheeted.path) } } }
                                td { (thousands(extraction.map_or(0, |one| one.document.source.word_count()))) }
                                td { (thousands(extraction.map_or(0, |one| one.statements.figures.len()))) }
                                @for count in counts.get(sheeted.path).copied().unwrap_or_default() {
                                    td.none[count == 0] { (thousands(count)) }
                                }
                            }
                        } }
                    }
                }
            }
            @if !without.is_empty() {
                details {
                    summary { (thousands(without.len())) " without findings, not shown below" }
                    ul.paths { @for path in &without { li { bdi { (path) } } } }
                }
            }
        }
    }
}

/// Shown by the script alone, since nothing but the script can filter.
fn filters(page: &Page<'_>) -> Markup {
    html! {
        @if !page.entries.is_empty() {
            search hidden id="filters" { form {
                fieldset {
                    legend { "Level" }
                    @for one in LEVELS {
                        label { input type="checkbox" name="level" value=(level_name(one)) checked; " " (level(one)) }
                    }
                }
                label { "Rule " select name="rule" {
                    option value="" { "All rules" }
                    @for rule in page.rules.keys() { option value=(rule) { (rule) } }
                } }
                label { "Document " select name="path" {
                    option value="" { "All documents" }
                    @for sheeted in &page.sheets { option value=(sheeted.path) { (sheeted.path) } }
                } }
                label { "Text " input type="search" name="words" autocomplete="off"; }
                button type="reset" { "Show all" }
                output name="shown" aria-live="polite" {}
            } }
        }
    }
}
