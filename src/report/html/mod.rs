//! One page for editors: the documents with their findings marked in the text and told beside it.
//!
//! Why it exists: editors read and click, and mail the page around. So it is one file that asks for nothing else, works without its
//! script, and prints. What documents say is not trusted: it becomes escaped text and a few known elements, and the page's policy
//! allows no style, script, image or request but its own two blocks, told by their hashes.
//!
//! It leaves out documents without findings, which are listed only, and of long ones what is far from a finding; the page says so.
//! Its size is linear in the documents that have findings.

mod appendix;
mod block;
mod compare;
mod entry;
mod note;
mod overview;
mod running;
mod sheet;
mod sheets;

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};

use super::places::Places;
use super::{Run, ellipsize, one_line_of};
use crate::corpus::Corpus;
use crate::explanation::{Explanation, explain};
use crate::finding::Location;
use entry::{Anchors, Entry, entries, place_anchor, spots};
use sheet::Sheet;
use sheets::Sheeted;

const STYLE: &str = include_str!("style.css");
const SCRIPT: &str = include_str!("script.js");
/// Findings that are explained step by step; an explanation looks through all figures of its documents.
const MOST_EXPLAINED: usize = 1_000;
/// Documents from which on a browser lays out only those in view.
const MANY: usize = 20;
/// Columns of the text that names a place.
const LABEL: usize = 90;

/// The report as one HTML page that needs nothing else. `corpus` is that of the run.
pub fn html_page(run: &Run<'_>, corpus: &Corpus) -> String {
    let page = Page::of(run, corpus);
    visible(&page.markup().into_string())
}

/// Everything the page is made of.
struct Page<'a> {
    run: &'a Run<'a>,
    corpus: &'a Corpus,
    places: Places<'a>,
    entries: Vec<Entry<'a>>,
    /// The documents that findings are about, by path.
    sheets: Vec<Sheeted<'a>>,
    /// The ids of places that are marked.
    marked: BTreeSet<String>,
    /// The id of each rule that found something.
    rules: BTreeMap<&'a str, String>,
    /// The id of the passages side by side, by the number of the finding.
    compared: BTreeMap<usize, String>,
    /// Numbers of the findings that are explained.
    explained: BTreeSet<usize>,
}

impl<'a> Page<'a> {
    fn of(run: &'a Run<'a>, corpus: &'a Corpus) -> Self {
        let mut anchors = Anchors::default();
        let entries = entries(run, &mut anchors);
        let documents: BTreeMap<&str, _> = corpus
            .extractions
            .iter()
            .map(|extraction| extraction.document.as_ref())
            .map(|document| (document.source.path(), document))
            .collect();
        let sheets: Vec<Sheeted<'_>> = spots(&entries)
            .into_iter()
            .map(|(path, spots)| Sheeted {
                path,
                anchor: anchors.give("document"),
                text: documents
                    .get(path)
                    .map(|document| (*document, Sheet::of(document, &spots))),
                spots,
            })
            .collect();
        let rules = entries
            .iter()
            .map(|entry| entry.finding.rule.as_str())
            .collect::<BTreeSet<_>>()
            .into_iter()
            .map(|rule| (rule, anchors.give(&format!("rule-{rule}"))))
            .collect();
        let explained = entries
            .iter()
            .filter(|entry| {
                let rule = run.rules.get(&entry.finding.rule);
                rule.is_some_and(|rule| rule.family == "figures")
            })
            .map(|entry| entry.number)
            .take(MOST_EXPLAINED)
            .collect();
        Self {
            run,
            corpus,
            places: Places::of(run),
            marked: marked(&entries, &sheets),
            compared: compare::cards(&entries, &sheets),
            entries,
            sheets,
            rules,
            explained,
        }
    }

    fn markup(&self) -> Markup {
        let policy = format!(
            "default-src 'none'; style-src '{}'; script-src '{}'; base-uri 'none'; form-action 'none'",
            digest(STYLE),
            digest(SCRIPT)
        );
        html! {
            (DOCTYPE)
            html lang="en" {
                head {
                    meta charset="utf-8";
                    meta http-equiv="Content-Security-Policy" content=(policy);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="referrer" content="no-referrer";
                    meta name="color-scheme" content="light dark";
                    title { "Fact check" }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    a.skip href="#main" { "Skip to the findings" }
                    (overview::head(self))
                    main #main.many[self.sheets.len() > MANY] tabindex="-1" {
                        (compare::section(self))
                        @for sheeted in &self.sheets { (sheets::section(self, sheeted)) }
                        (appendix::sections(self))
                    }
                    footer { p { "factlint " (env!("CARGO_PKG_VERSION")) } }
                    script { (PreEscaped(SCRIPT)) }
                }
            }
        }
    }

    /// A link to a place in the text; without one where the place is not shown.
    fn place_link(&self, number: usize, place: usize, inside: Markup) -> Markup {
        let anchor = place_anchor(number, place);
        if self.marked.contains(&anchor) {
            html! { a href={ "#" (anchor) } { (inside) } }
        } else {
            inside
        }
    }

    fn rule_anchor(&self, rule: &str) -> &str {
        self.rules.get(rule).map_or("", String::as_str)
    }

    /// What stands at a place: its label, or else its text.
    fn label_of(&self, location: &Location) -> Option<String> {
        let source = self.run.sources.get(location.path.as_str());
        let said = if location.label.is_empty() {
            source?.slice(location.span)
        } else {
            location.label.as_str()
        };
        let said = ellipsize(&one_line_of(said), LABEL, "…");
        (!said.is_empty()).then_some(said)
    }

    /// The steps behind a finding about figures.
    fn explain(&self, entry: &Entry<'_>) -> Option<Explanation> {
        self.explained
            .contains(&entry.number)
            .then(|| explain(entry.finding, "", self.corpus))
    }
}

/// The ids of the places whose numbers stand in the text.
fn marked(entries: &[Entry<'_>], sheets: &[Sheeted<'_>]) -> BTreeSet<String> {
    let mut marked = BTreeSet::new();
    for sheeted in sheets {
        let stands = sheeted.text.iter().flat_map(|(_, sheet)| &sheet.stands);
        for (spot, _) in sheeted
            .spots
            .iter()
            .zip(stands)
            .filter(|(_, stands)| stands.is_some())
        {
            let number = entries.get(spot.entry).map_or(0, |entry| entry.number);
            marked.insert(place_anchor(number, spot.place));
        }
    }
    marked
}

/// A hash as content security policies write it.
fn digest(text: &str) -> String {
    format!("sha256-{}", BASE64_STANDARD.encode(Sha256::digest(text)))
}

/// A page without control characters: a browser would drop or replace them, so the ones of a document show as their pictures
/// (Unicode, block Control Pictures).
fn visible(page: &str) -> String {
    let page = page.replace("\r\n", "\n");
    page.chars()
        .map(|c| match c {
            '\n' | '\t' => c,
            '\r' => '\n',
            '\u{7f}' => '\u{2421}',
            '\u{80}'..='\u{9f}' => char::REPLACEMENT_CHARACTER,
            control @ '\0'..='\u{1f}' => {
                char::from_u32(0x2400 + u32::from(control)).unwrap_or(control)
            }
            other => other,
        })
        .collect()
}
