//! The end of the page: what people decided to hide, and what the rules mean.

use maud::{Markup, html};

use super::Page;
use super::block;
use super::note::{level, sentence};
use super::running::Marking;
use super::sheet::Sheet;
use crate::finding::{Suppressed, Suppressor};
use crate::markdown::{BlockKind, parse};
use crate::report::places::label;
use crate::rule::Rule;
use crate::text::{SourceText, thousands};

/// Hidden findings, then the rules that found something.
pub(super) fn sections(page: &Page<'_>) -> Markup {
    html! {
        @if !page.run.suppressed.is_empty() { (hidden(page)) }
        @if !page.rules.is_empty() {
            section #rules aria-labelledby="rules-name" {
                h2 #rules-name { "Rules" }
                @for (id, anchor) in &page.rules { (rule(page, id, anchor)) }
            }
        }
    }
}

fn hidden(page: &Page<'_>) -> Markup {
    html! {
        section #hidden aria-labelledby="hidden-name" {
            h2 #hidden-name { "Hidden" }
            p.lead { "Findings that people decided not to see, with their reasons." }
            ul.hidden-findings { @for one in page.run.suppressed { (hidden_finding(page, one)) } }
        }
    }
}

fn hidden_finding(page: &Page<'_>, one: &Suppressed) -> Markup {
    let finding = &one.finding;
    let by = match one.by {
        Suppressor::Comment => "a comment",
        Suppressor::Decision => "a decision",
        Suppressor::Baseline => "the baseline",
    };
    html! {
        li {
            p {
                (level(finding.level)) " " b { (finding.rule) } " "
                bdi { (label(&finding.location.path, page.places.start(&finding.location))) }
            }
            p dir="auto" { (sentence(&finding.message)) }
            p.reason { "Hidden by " (by) @if !one.reason.is_empty() { ": " bdi { (one.reason) } } "." }
        }
    }
}

fn rule(page: &Page<'_>, id: &str, anchor: &str) -> Markup {
    let rule = page.run.rules.get(id);
    let count = page
        .entries
        .iter()
        .filter(|entry| entry.finding.rule == id)
        .count();
    let plural = if count == 1 { "" } else { "s" };
    html! {
        div.rule-page id=(anchor) {
            h3 { (id) }
            p.counted { (thousands(count)) " finding" (plural) }
            @match rule {
                Some(rule) => {
                    p { b { (sentence(&rule.summary)) } }
                    (page_text(rule))
                }
                None => p { "A warning of factlint about its own comments or decisions." }
            }
        }
    }
}

/// What a rule's page says before its examples: what it finds, why that matters, what to do.
fn page_text(rule: &Rule) -> Markup {
    let document = parse(SourceText::new(rule.path.as_str(), rule.page.as_str()));
    let sheet = Sheet::of(&document, &[]);
    let marking = Marking {
        entries: &[],
        spots: &[],
        only: None,
    };
    let is_heading = |kind: &BlockKind| matches!(kind, BlockKind::Heading { marked: true, .. });
    let told = sheet
        .rows
        .iter()
        .skip_while(|row| row.block.is_some_and(|block| is_heading(&block.kind)))
        .take_while(|row| row.block.is_some_and(|block| !is_heading(&block.kind)));
    html! { @for row in told { (block::text(row, 6, marking)) } }
}
