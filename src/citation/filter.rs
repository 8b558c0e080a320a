//! Which of the possible marks are marks, judged by the document as a whole: what it mostly writes and what its
//! list holds.

use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};

use super::Reference;
use super::bracket;
use super::mark::Mark;
use super::shape::Form;
use crate::markdown::{Block, BlockKind, Document, InlineKind};

/// How far beyond the list's last number a label may lie and still be a citation (of an entry that is missing).
const BEYOND_LIST: u32 = 30;
/// Numbers from here on are years or codes unless the list holds them.
const LARGEST_LABEL: u32 = 1000;
/// So many different numbers are citations even where no list confirms them and the first ones are not used.
const MANY_LABELS: usize = 6;

/// Bytes in front of a bracket that can tell that it holds a figure.
const LOOK_BACK: usize = 200;

/// Bytes behind which a quotation that opens a paragraph is taken to have ended.
const LONGEST_QUOTATION: usize = 2_000;

struct Evidence<'a> {
    labels: BTreeSet<&'a str>,
    highest: u32,
    commonest: Option<Form>,
    brackets: BTreeSet<String>,
    raised: BTreeSet<String>,
    keys: BTreeSet<String>,
    /// Whether the list has keys or is elsewhere, or a key stands in brackets or before a place in brackets: else
    /// "@okafor1991" may be what a person is called elsewhere.
    cites_by_key: bool,
    has_footnotes: bool,
    /// Labels that open a paragraph, raised: notes that the author made by hand.
    notes: BTreeSet<&'a str>,
    anchors: &'a Anchors<'a>,
}

/// The names of places in a text, `<a name="note-1">`, and its headings, which are looked for once a mark may lead to one:
/// few may.
pub(super) struct Anchors<'a> {
    text: &'a str,
    names: OnceCell<BTreeSet<&'a str>>,
    headings: OnceCell<BTreeSet<String>>,
}

impl<'a> Anchors<'a> {
    pub(super) fn of(document: &'a Document) -> Self {
        Self {
            text: document.source.text(),
            names: OnceCell::new(),
            headings: OnceCell::new(),
        }
    }

    /// Whether a target is the anchor that sites make of one of the headings: "#2-team-travel" of "2. Team travel".
    fn is_heading(&self, target: &str, document: &Document) -> bool {
        let Some(anchor) = target.strip_prefix('#').map(letters_and_digits) else {
            return false;
        };
        let headings = self.headings.get_or_init(|| {
            let is_heading = |block: &&Block| matches!(block.kind, BlockKind::Heading { .. });
            let headings = document.blocks.iter().filter(is_heading);
            headings
                .map(|block| letters_and_digits(&block.text.plain))
                .collect()
        });
        headings.contains(&anchor)
    }

    /// Whether a mark leads to a place of the page, which the author set there for a note.
    fn lead(&self, mark: &Mark) -> bool {
        let anchor = mark.destination.as_deref();
        let anchor = anchor.and_then(|target| target.strip_prefix('#'));
        anchor.is_some_and(|anchor| {
            let names = self.names.get_or_init(|| anchors(self.text));
            names.contains(anchor)
        })
    }

    /// The labels of such marks.
    pub(super) fn labels(&self, marks: &[Mark]) -> Vec<String> {
        let leading = marks.iter().filter(|mark| self.lead(mark));
        leading.flat_map(|mark| mark.labels.clone()).collect()
    }
}

/// The marks that stand up, in the order given.
pub(super) fn accepted<'a>(
    marks: Vec<Mark>,
    document: &'a Document,
    references: &'a [Reference],
    anchors: &'a Anchors<'a>,
) -> Vec<Mark> {
    let marks: Vec<Mark> = marks
        .into_iter()
        .filter(|mark| !(mark.form == Form::Bracket && is_figure(document, mark)))
        .collect();
    let evidence = Evidence::new(&marks, document, references, anchors);
    marks
        .into_iter()
        .filter(|mark| evidence.supports(mark, document))
        .collect()
}

impl<'a> Evidence<'a> {
    fn new(
        marks: &[Mark],
        document: &'a Document,
        references: &'a [Reference],
        anchors: &'a Anchors<'a>,
    ) -> Self {
        let labels: BTreeSet<&str> = references
            .iter()
            .map(|reference| reference.label.as_str())
            .collect();
        let mut counts: BTreeMap<Form, usize> = BTreeMap::new();
        for mark in marks {
            let known = mark
                .labels
                .iter()
                .all(|label| labels.contains(label.as_str()));
            if known || labels.is_empty() {
                *counts.entry(mark.form).or_default() += 1;
            }
        }
        let commonest = counts
            .iter()
            .max_by_key(|(form, count)| (**count, std::cmp::Reverse(**form)))
            .map(|(form, _)| *form);
        let labels_of = |form: Form| {
            marks
                .iter()
                .filter(move |mark| mark.form == form)
                .flat_map(|mark| mark.labels.iter().cloned())
                .collect()
        };
        Self {
            highest: labels
                .iter()
                .filter_map(|label| label.parse().ok())
                .max()
                .unwrap_or(0),
            commonest,
            brackets: labels_of(Form::Bracket),
            raised: labels_of(Form::RaisedNumber),
            keys: labels_of(Form::Citekey),
            cites_by_key: labels.is_empty()
                || labels
                    .iter()
                    .any(|label| label.contains(char::is_alphabetic))
                || marks.iter().any(|mark| {
                    mark.form == Form::Citekey
                        || mark.form == Form::BareCitekey && is_located(document, mark)
                }),
            has_footnotes: document
                .blocks
                .iter()
                .any(|block| matches!(block.kind, BlockKind::FootnoteDefinition { .. })),
            notes: document.blocks.iter().filter_map(raised_opening).collect(),
            anchors,
            labels,
        }
    }

    fn supports(&self, mark: &Mark, document: &Document) -> bool {
        let known = mark
            .labels
            .iter()
            .all(|label| self.labels.contains(label.as_str()));
        if self.labels.is_empty() && is_quoted_number(mark, document)
            || !known && self.leads_elsewhere(mark, document)
        {
            return false;
        }
        match mark.form {
            Form::RaisedBracket => known || !self.is_own_note(mark),
            Form::Citekey => true,
            // "[@okafor1991](https://example.org/okafor)" is a link to a person.
            Form::BareCitekey if mark.destination.is_some() => known,
            Form::BareCitekey => {
                let any = |holds: &dyn Fn(&str) -> bool| mark.labels.iter().any(|key| holds(key));
                known
                    || self.cites_by_key && any(&is_author_year_key)
                    || any(&|key| self.keys.contains(key))
                    || !self.keys.is_empty()
                        && any(&|key| key.contains(|c: char| c.is_ascii_digit() || c == ':'))
            }
            Form::Footnote => known || self.is_footnote(mark, document),
            Form::LinkedBracket => {
                known || self.is_plausible(mark) && !opens_heading(mark, document)
            }
            Form::RaisedNumber => {
                self.is_plausible(mark)
                    && (known || !self.is_own_note(mark))
                    && !self.is_table_note(mark, document)
                    && !(self.labels.is_empty() && stands_alone(mark, document))
                    && (self.is_mixed(mark)
                        || self.commonest == Some(Form::RaisedNumber) && self.has_run(&self.raised))
            }
            Form::Bracket => self.is_bracket_mark(mark, known, document),
        }
    }

    /// Whether the link of a numbered mark leads to the source itself, or to a section: no list has to hold its number.
    fn leads_elsewhere(&self, mark: &Mark, document: &Document) -> bool {
        let is_key = matches!(mark.form, Form::Citekey | Form::BareCitekey);
        mark.destination.as_deref().is_some_and(|target| {
            !is_key && (target.contains("://") || self.anchors.is_heading(target, document))
        })
    }

    fn is_bracket_mark(&self, mark: &Mark, known: bool, document: &Document) -> bool {
        if self.commonest == Some(Form::Bracket) || self.is_mixed(mark) {
            return known || self.is_plausible(mark) && self.has_run(&self.brackets);
        }
        let plain = document
            .text_at(mark.place.block, mark.place.cell)
            .map(|text| text.plain.as_str())
            .unwrap_or_default();
        let bracketed = matches!(
            self.commonest,
            Some(Form::RaisedBracket | Form::LinkedBracket)
        );
        known && bracketed && (mark.place.cell.is_some() || bracket::is_attached(plain, mark))
    }

    /// Whether the labels could be of the list, though one of them is missing from it.
    fn is_plausible(&self, mark: &Mark) -> bool {
        mark.labels.iter().all(|label| {
            self.labels.contains(label.as_str())
                || label.parse::<u32>().is_ok_and(|number| {
                    let bound = if self.highest == 0 {
                        LARGEST_LABEL
                    } else {
                        self.highest.saturating_add(BEYOND_LIST).min(LARGEST_LABEL)
                    };
                    number < bound
                })
        })
    }

    /// Whether labels that no list confirms look like a count from 1.
    fn has_run(&self, used: &BTreeSet<String>) -> bool {
        if self.highest > 0 {
            return used
                .iter()
                .any(|label| self.labels.contains(label.as_str()));
        }
        used.contains("1") && (used.len() == 1 || used.contains("2")) || used.len() >= MANY_LABELS
    }

    /// Whether a document without a list may cite in this form beside its commonest one: text put together from several works.
    fn is_mixed(&self, mark: &Mark) -> bool {
        let shown = match mark.form {
            Form::Bracket => self.brackets.len() >= MANY_LABELS,
            Form::RaisedNumber => {
                self.raised.len() >= MANY_LABELS || self.brackets.len() >= MANY_LABELS
            }
            Form::LinkedBracket
            | Form::RaisedBracket
            | Form::Footnote
            | Form::Citekey
            | Form::BareCitekey => false,
        };
        shown && self.labels.is_empty() && mark.place.cell.is_none()
    }

    /// Whether a raised number of a document without a list belongs to a note of a table: it stands in a cell, or at the beginning of
    /// a text or before a colon, where it opens the note.
    fn is_table_note(&self, mark: &Mark, document: &Document) -> bool {
        let opens = || {
            let text = document.text_at(mark.place.block, mark.place.cell);
            let after = text.and_then(|text| text.plain.get(mark.place.range.end..));
            mark.place.range.start == 0 || after.is_some_and(|after| after.starts_with(':'))
        };
        self.labels.is_empty() && (mark.place.cell.is_some() || opens())
    }

    /// Whether a mark leads to a note that the author set into the text by hand, or is that note's own number.
    fn is_own_note(&self, mark: &Mark) -> bool {
        self.anchors.lead(mark)
            || mark
                .labels
                .iter()
                .all(|label| self.notes.contains(label.as_str()))
    }

    fn is_footnote(&self, mark: &Mark, document: &Document) -> bool {
        let marked = document
            .text_at(mark.place.block, mark.place.cell)
            .is_some_and(|text| {
                let after = text
                    .inlines
                    .partition_point(|inline| inline.range.start < mark.place.range.end);
                text.inlines.iter().take(after).rev().take(3).any(|inline| {
                    matches!(inline.kind, InlineKind::FootnoteReference { .. })
                        && mark.place.range.start < inline.range.end
                })
            });
        let numeric = mark
            .labels
            .iter()
            .all(|label| label.bytes().all(|b| b.is_ascii_digit()));
        marked || self.has_footnotes || numeric
    }
}

/// Whether a mark is the number of a heading, which leads to itself.
fn opens_heading(mark: &Mark, document: &Document) -> bool {
    let block = document.blocks.get(mark.place.block);
    mark.place.range.start == 0
        && block.is_some_and(|block| matches!(block.kind, BlockKind::Heading { .. }))
}

/// Whether a mark is a number in a quotation: it counts the list of the text that is quoted.
fn is_quoted_number(mark: &Mark, document: &Document) -> bool {
    let numbered = matches!(
        mark.form,
        Form::Bracket | Form::RaisedBracket | Form::RaisedNumber
    );
    let block = document.blocks.get(mark.place.block);
    let in_quotation_marks = || {
        let text = document.text_at(mark.place.block, mark.place.cell);
        let before = text.and_then(|text| text.plain.get(..mark.place.range.start));
        before.is_some_and(|before| before.starts_with(['"', '\u{201c}']) && is_open(before))
    };
    numbered && block.is_some_and(|block| block.quoted || in_quotation_marks())
}

/// Whether the quotation that a text opens with has not ended. The bound keeps hostile input linear.
fn is_open(text: &str) -> bool {
    let mut rest = text.chars().skip(1);
    text.len() <= LONGEST_QUOTATION && !rest.any(|c| matches!(c, '"' | '\u{201d}'))
}

/// Whether a raised number stands behind a space: what is marked so is explained beside it ("marked with \u{b9}"), and whoever
/// bears it is named below ("A. Okafor \u{b9}").
fn stands_alone(mark: &Mark, document: &Document) -> bool {
    let text = document.text_at(mark.place.block, mark.place.cell);
    let before = text.and_then(|text| text.plain.get(..mark.place.range.start));
    before.is_some_and(|before| before.ends_with(char::is_whitespace))
}

/// What is left of a name where sites make an anchor of it in their different ways.
fn letters_and_digits(name: &str) -> String {
    let kept = name.chars().filter(|c| c.is_alphanumeric());
    kept.flat_map(char::to_lowercase).collect()
}

/// Whether a bracket follows a key: "@okafor1991 [p. 3]".
fn is_located(document: &Document, mark: &Mark) -> bool {
    let text = document.text_at(mark.place.block, mark.place.cell);
    let after = text.and_then(|text| text.plain.get(mark.place.range.end..));
    after.is_some_and(|after| after.starts_with(" ["))
}

/// What a block opens with, raised.
fn raised_opening(block: &Block) -> Option<&str> {
    let first = block.text.inlines.first()?;
    let opens = first.kind == InlineKind::Superscript && first.range.start == 0;
    block.text.plain.get(first.range.clone()).filter(|_| opens)
}

/// What `name` and `id` attributes of tags call their places.
fn anchors(text: &str) -> BTreeSet<&str> {
    [" name=\"", " id=\"", " name='", " id='"]
        .into_iter()
        .flat_map(|attribute| text.match_indices(attribute))
        .filter_map(|(at, attribute)| text.get(at + attribute.len()..)?.split(['"', '\'']).next())
        .collect()
}

/// `okafor2020`, `Lind1999warm`: a name and a year, as reference managers make keys.
fn is_author_year_key(key: &str) -> bool {
    let name = key.trim_start_matches(|c: char| c.is_alphabetic() || c == '-' || c == '_');
    let letters = key.len() - name.len();
    let digits = name.bytes().take_while(u8::is_ascii_digit).count();
    letters >= 3 && digits == 4 && (name.starts_with("19") || name.starts_with("20"))
}

fn is_figure(document: &Document, mark: &Mark) -> bool {
    let Some(text) = document.text_at(mark.place.block, mark.place.cell) else {
        return true;
    };
    let start = mark.place.range.start;
    let from = text
        .plain
        .ceil_char_boundary(start.saturating_sub(LOOK_BACK));
    let before = text.plain.get(from..start).unwrap_or_default();
    let inside = text.plain.get(mark.place.range.clone()).unwrap_or_default();
    bracket::is_figure(before, inside, &mark.labels)
}
