//! Comments in documents: `<!-- factlint: ignore[rule] reason -->`, in MDX `{/* factlint: ignore[rule] reason */}`, in front
//! matter `# factlint: file-ignore[rule] reason`.
//!
//! Alone on its line a comment is about the next block; inside a block it is about the sentence (in a table: the row) it
//! stands in or behind. `disable[rule] reason` holds up to `enable[rule]` or the end, `file-ignore[rule] reason` everywhere
//! in its document. Rule and reason are required: a comment without them does nothing and is a warning, as is one
//! that fits no finding.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use regex::Regex;

use crate::corpus::{Corpus, Extraction};
use crate::finding::{Finding, Level, Location};
use crate::markdown::{Block, BlockKind, Document, InlineKind};
use crate::rule::{RuleSet, fingerprint};
use crate::text::{Span, squeeze, suggest::nearest};

/// Ids of the warnings about comments.
pub const COMMENT_RULES: [&str; 4] = [
    "malformed-suppression",
    "suppression-without-reason",
    "unknown-rule",
    "unused-suppression",
];

static COMMENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?s)(?:<!--\s*factlint:(?P<html>.*?)-->|\{/\*\s*factlint:(?P<mdx>.*?)\*/\})").ok()
});
static LINE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?m)^[ \t]*#[ \t]*factlint:(?P<line>[^\r\n]*)").ok());

/// What a comment asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verb {
    Ignore,
    FileIgnore,
    Disable,
    Enable,
}

/// One rule named by a comment, with what it covers.
struct Directive {
    document: usize,
    /// The comment.
    span: Span,
    /// What it covers; empty where nothing does.
    covers: Span,
    rule: String,
    reason: String,
    used: bool,
}

/// The comments of all documents.
pub(super) struct Comments<'a> {
    corpus: &'a Corpus,
    directives: Vec<Directive>,
    faults: Vec<Finding>,
}

impl<'a> Comments<'a> {
    /// Finds the comments of all documents. `known` are the ids of all rules.
    pub(super) fn of(corpus: &'a Corpus, known: &BTreeSet<String>) -> Self {
        let mut comments = Self {
            corpus,
            directives: Vec::new(),
            faults: Vec::new(),
        };
        for (document, extraction) in corpus.extractions.iter().enumerate() {
            comments.read(document, extraction, known);
        }
        comments
    }

    /// The reason of the comment that covers a finding's first place, or all its other places.
    pub(super) fn reason_for(&mut self, finding: &Finding) -> Option<String> {
        let corpus = self.corpus;
        let mut reason = None;
        for directive in &mut self.directives {
            let path = corpus
                .extractions
                .get(directive.document)
                .map_or("", |extraction| extraction.document.source.path());
            let covers = |place: &Location| {
                place.path == path
                    && (place.span.overlaps(directive.covers)
                        || directive.covers.contains(place.span))
            };
            let fits = directive.rule == finding.rule
                && !directive.reason.is_empty()
                && !directive.covers.is_empty()
                && (covers(&finding.location)
                    || !finding.related.is_empty() && finding.related.iter().all(covers));
            if fits {
                directive.used = true;
                reason.get_or_insert_with(|| directive.reason.clone());
            }
        }
        reason
    }

    /// What is wrong with comments. Those about rules that did not run are not unused.
    pub(super) fn warnings(self, rules: &RuleSet) -> Vec<Finding> {
        let mut found = self.faults;
        for directive in &self.directives {
            if !directive.used
                && !directive.covers.is_empty()
                && rules.get(&directive.rule).is_some()
            {
                let message = format!(
                    "no finding of {} is ignored by this comment",
                    directive.rule
                );
                let todo = "take the comment out";
                let Some(extraction) = self.corpus.extractions.get(directive.document) else {
                    continue;
                };
                found.push(warning(
                    extraction,
                    directive.span,
                    "unused-suppression",
                    (message, todo),
                ));
            }
        }
        found
    }

    fn read(&mut self, document: usize, extraction: &Extraction, known: &BTreeSet<String>) {
        let mut open: Vec<usize> = Vec::new();
        let source = &extraction.document.source;
        for (span, body) in comments(&extraction.document) {
            let mut fault = |rule: &str, message: String, todo: &str| {
                self.faults
                    .push(warning(extraction, span, rule, (message, todo)));
            };
            let Some((verb, rules, reason)) = parse(body) else {
                fault(
                    "malformed-suppression",
                    "this comment names no rule".to_owned(),
                    "write ignore[rule] reason, file-ignore[rule] reason, disable[rule] reason or enable[rule]",
                );
                continue;
            };
            if reason.is_empty() && verb != Verb::Enable {
                fault(
                    "suppression-without-reason",
                    "this comment gives no reason, and so ignores nothing".to_owned(),
                    "say why behind the brackets",
                );
                continue;
            }
            for rule in rules {
                if !known.contains(&rule) {
                    let near = nearest(&rule, known.iter().map(String::as_str));
                    let todo = near.map_or_else(
                        || "factlint rules list shows all rules".to_owned(),
                        |near| format!("did you mean {near}?"),
                    );
                    fault("unknown-rule", format!("no rule is called {rule}"), &todo);
                    continue;
                }
                let end = source.text().len();
                let covers = match verb {
                    Verb::FileIgnore => Span::new(0, end),
                    Verb::Disable => {
                        open.push(self.directives.len());
                        Span::new(span.end, end)
                    }
                    Verb::Ignore => target(extraction, span),
                    Verb::Enable => {
                        for at in &open {
                            if let Some(begun) = self.directives.get_mut(*at)
                                && begun.rule == rule
                                && begun.covers.end == end
                            {
                                begun.covers = Span::new(begun.covers.start, span.start);
                            }
                        }
                        continue;
                    }
                };
                self.directives.push(Directive {
                    document,
                    span,
                    covers,
                    rule,
                    reason: reason.clone(),
                    used: false,
                });
            }
        }
    }
}

/// Whether a comment of a document, which has a reason, hides the findings of a rule at a span.
pub(super) fn covers(extraction: &Extraction, rule: &str, span: Span) -> bool {
    comments(&extraction.document)
        .into_iter()
        .filter_map(|(comment, body)| Some((comment, parse(body)?)))
        .filter(|(_, (_, rules, reason))| rules.iter().any(|one| one == rule) && !reason.is_empty())
        .any(|(comment, (verb, ..))| match verb {
            Verb::Ignore => target(extraction, comment).overlaps(span),
            Verb::FileIgnore => true,
            Verb::Disable | Verb::Enable => false,
        })
}

fn warning(
    extraction: &Extraction,
    span: Span,
    rule: &str,
    (message, todo): (String, &str),
) -> Finding {
    let source = &extraction.document.source;
    let text = squeeze(source.slice(span));
    Finding {
        rule: rule.to_owned(),
        level: Level::Warning,
        fingerprint: fingerprint(&[rule, source.path(), &text, &message]),
        message,
        location: Location {
            path: source.path().to_owned(),
            span,
            label: String::new(),
        },
        related: Vec::new(),
        suggestion: Some(todo.to_owned()),
        cause: None,
    }
}

/// The comments of a document that stand in no code, in order, each with what follows "factlint:".
fn comments(document: &Document) -> Vec<(Span, &str)> {
    let text = document.source.text();
    let mut found = Vec::new();
    if !text.contains("factlint:") {
        return found;
    }
    let front = document
        .blocks
        .iter()
        .find(|block| matches!(block.kind, BlockKind::FrontMatter))
        .map_or(0, |block| block.span.end);
    let in_front = LINE.iter().flat_map(|line| line.captures_iter(text));
    let in_front = in_front.filter(|found| found.get(0).is_some_and(|whole| whole.end() <= front));
    let in_text = COMMENT
        .iter()
        .flat_map(|comment| comment.captures_iter(text));
    for captures in in_front.chain(in_text) {
        let body = ["html", "mdx", "line"]
            .into_iter()
            .find_map(|name| captures.name(name));
        if let (Some(whole), Some(body)) = (captures.get(0), body) {
            let span = Span::new(whole.start(), whole.end());
            if !is_code(document, span) {
                found.push((span, body.as_str()));
            }
        }
    }
    found
}

fn is_code(document: &Document, span: Span) -> bool {
    document
        .blocks
        .iter()
        .filter(|block| block.span.contains(span))
        .any(|block| {
            let cells = block.table().into_iter().flat_map(|table| &table.rows);
            let texts = cells
                .flat_map(|row| &row.cells)
                .map(|cell| &cell.text)
                .chain([&block.text]);
            matches!(block.kind, BlockKind::Code)
                || texts.flat_map(|text| &text.inlines).any(|inline| {
                    matches!(inline.kind, InlineKind::Code) && inline.span.contains(span)
                })
        })
}

/// `ignore[a, b] why` to its verb, rules and reason.
fn parse(body: &str) -> Option<(Verb, Vec<String>, String)> {
    let (verb, rest) = body.trim().split_once('[')?;
    let verb = match verb.trim() {
        "ignore" => Verb::Ignore,
        "file-ignore" => Verb::FileIgnore,
        "disable" => Verb::Disable,
        "enable" => Verb::Enable,
        _ => return None,
    };
    let (rules, reason) = rest.split_once(']')?;
    let rules: Vec<String> = rules
        .split(',')
        .map(|rule| rule.trim().to_owned())
        .filter(|rule| !rule.is_empty())
        .collect();
    (!rules.is_empty()).then(|| (verb, rules, squeeze(reason)))
}

/// What an `ignore` at a place is about.
fn target(extraction: &Extraction, comment: Span) -> Span {
    let document = &extraction.document;
    if is_alone(document, comment) {
        let next = document
            .blocks
            .iter()
            .find(|block| block.span.start >= comment.end && !is_comment(block, document));
        return next.map(|block| block.span).unwrap_or_default();
    }
    let holds = |(_, block): &(usize, &Block)| block.span.contains(comment);
    let Some((at, block)) = document.blocks.iter().enumerate().rfind(holds) else {
        return front_or_line(document, comment);
    };
    if let Some(table) = block.table() {
        let row = table.rows.iter().find(|row| row.span.overlaps(comment));
        return row.map_or(block.span, |row| row.span);
    }
    if matches!(block.kind, BlockKind::FrontMatter) {
        return front_or_line(document, comment);
    }
    let own: Vec<Span> = extraction
        .statements
        .sentences
        .iter()
        .filter(|sentence| sentence.place.block == at)
        .map(|sentence| sentence.span)
        .collect();
    own.iter()
        .rfind(|span| span.start < comment.start)
        .or_else(|| own.first())
        .copied()
        .unwrap_or(block.span)
}

/// A comment in front matter is about the document, one that no block holds about its line.
fn front_or_line(document: &Document, comment: Span) -> Span {
    let source = &document.source;
    if source.slice(comment).trim_start().starts_with('#') {
        Span::new(0, source.text().len())
    } else {
        source.line_span(source.line(comment.start))
    }
}

/// Whether nothing but marks of quotes and lists stands beside a comment.
fn is_alone(document: &Document, comment: Span) -> bool {
    let source = &document.source;
    let first = source.line_span(source.line(comment.start));
    let last = source.line_span(source.line(comment.end));
    let before = source.slice(Span::new(first.start, comment.start));
    let after = source.slice(Span::new(comment.end, last.end.max(comment.end)));
    let is_mark = |c: char| c.is_whitespace() || matches!(c, '>' | '-' | '*' | '+' | '\u{feff}');
    before.chars().all(is_mark)
        && after.trim().is_empty()
        && !source.slice(comment).trim_start().starts_with('#')
}

fn is_comment(block: &Block, document: &Document) -> bool {
    let text = document.source.slice(block.span).trim_start();
    matches!(block.kind, BlockKind::Html) && text.starts_with("<!--")
        || text.starts_with("{/*") && block.text.plain.trim().is_empty()
}
