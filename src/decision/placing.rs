//! Where a comment goes that hides a finding, for editors that write it.
//!
//! Several places are tried, nearest first, and each is read back: a comment is offered only where this very module would heed it.

use super::comment::covers;
use crate::corpus::{Extraction, extract};
use crate::finding::Finding;
use crate::markdown::{Block, BlockKind};
use crate::text::{SourceText, Span};

/// The reason in a new comment, for the person to replace.
pub const PLACEHOLDER_REASON: &str = "TODO: say why";

/// Text to be put into a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Insertion {
    /// Byte of the document before which it goes.
    pub offset: usize,
    /// What goes there.
    pub text: String,
}

/// The comment that hides a finding at its place, in the document it stands in. `None` where no place for one was found.
pub fn ignoring_comment(finding: &Finding, extraction: &Extraction) -> Option<Insertion> {
    let comment = comment(extraction, "ignore", &finding.rule);
    candidates(extraction, finding.location.span, &comment)
        .into_iter()
        .find(|insertion| hides(insertion, finding, extraction))
}

/// The comment that hides all findings of a rule in a document.
pub fn file_ignoring_comment(finding: &Finding, extraction: &Extraction) -> Option<Insertion> {
    let text = extraction.document.source.text();
    let comment = comment(extraction, "file-ignore", &finding.rule);
    let gap = if text.ends_with('\n') { "\n" } else { "\n\n" };
    let insertion = Insertion {
        offset: text.len(),
        text: format!("{gap}{comment}\n"),
    };
    hides(&insertion, finding, extraction).then_some(insertion)
}

fn comment(extraction: &Extraction, verb: &str, rule: &str) -> String {
    let body = format!("factlint: {verb}[{rule}] {PLACEHOLDER_REASON}");
    if extraction
        .document
        .source
        .path()
        .to_lowercase()
        .ends_with(".mdx")
    {
        format!("{{/* {body} */}}")
    } else {
        format!("<!-- {body} -->")
    }
}

/// Behind the sentence or at the end of the row; at the end of the block; on a line before it.
fn candidates(extraction: &Extraction, span: Span, comment: &str) -> Vec<Insertion> {
    let document = &extraction.document;
    let source = &document.source;
    let mut candidates = Vec::new();
    let mut push = |offset: usize, text: String| candidates.push(Insertion { offset, text });
    let sentence = extraction
        .statements
        .sentences
        .iter()
        .find(|sentence| sentence.place.cell.is_none() && sentence.span.overlaps(span));
    if let Some(sentence) = sentence {
        push(trimmed_end(source, sentence.span), format!(" {comment}"));
    }
    let holds = |block: &&Block| block.span.overlaps(span) || block.span.contains(span);
    let Some(block) = document.blocks.iter().rfind(holds) else {
        return candidates;
    };
    if let Some(table) = block.table() {
        let row = table.rows.iter().find(|row| row.span.overlaps(span));
        if let Some(cell) = row.and_then(|row| row.cells.last()) {
            push(cell.span.end, format!(" {comment}"));
        }
    }
    if !matches!(
        block.kind,
        BlockKind::Table(_) | BlockKind::Code | BlockKind::FrontMatter
    ) {
        push(trimmed_end(source, block.span), format!(" {comment}"));
    }
    let line = source.line_span(source.line(block.span.start));
    let before = source.slice(Span::new(line.start, block.span.start));
    if before.chars().all(|c| c.is_whitespace() || c == '>') {
        push(line.start, format!("{before}{comment}\n{before}\n"));
        push(line.start, format!("{before}{comment}\n"));
    }
    candidates
}

/// The end of a span without white space.
fn trimmed_end(source: &SourceText, span: Span) -> usize {
    span.start + source.slice(span).trim_end().len()
}

/// Whether a comment would hide the finding.
fn hides(insertion: &Insertion, finding: &Finding, extraction: &Extraction) -> bool {
    let source = &extraction.document.source;
    let (Some(before), Some(after)) = (
        source.text().get(..insertion.offset),
        source.text().get(insertion.offset..),
    ) else {
        return false;
    };
    let text = format!("{before}{}{after}", insertion.text);
    let changed = extract(SourceText::new(source.path(), text).with_notation(source.notation()));
    let moved = |offset: usize| {
        let is_behind = offset >= insertion.offset;
        offset + if is_behind { insertion.text.len() } else { 0 }
    };
    let span = finding.location.span;
    let end = if span.end == insertion.offset {
        span.end
    } else {
        moved(span.end)
    };
    covers(&changed, &finding.rule, Span::new(moved(span.start), end))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::corpus::{Corpus, relate};
    use crate::decision::{Record, suppress};
    use crate::graph::Graph;
    use crate::rule::RuleSet;

    fn outcome(path: &str, text: &str) -> (Vec<Finding>, Corpus) {
        let rules = RuleSet::embedded();
        let corpus = relate(vec![extract(SourceText::new(path, text))]);
        let graph = Graph::build(&corpus);
        let found = rules.run(&graph, &corpus, Duration::from_mins(1)).findings;
        let known = rules.rules.iter().map(|rule| rule.id.clone()).collect();
        let (shown, _) = suppress(found, &corpus, &Record::default(), (&known, &rules));
        (shown, corpus)
    }

    type Placing = fn(&Finding, &Extraction) -> Option<Insertion>;

    /// The comment for the finding of a rule hides it, and nothing is said of the comment.
    fn check_at(path: &str, text: &str, rule: &str, expected: &str) {
        let places: [(Placing, &str); 2] = [
            (ignoring_comment, expected),
            (file_ignoring_comment, "file-ignore["),
        ];
        for (place, expected) in places {
            let (findings, corpus) = outcome(path, text);
            let finding = findings.iter().find(|finding| finding.rule == rule);
            let finding = finding.unwrap_or_else(|| panic!("no {rule}: {findings:?}"));
            let insertion = place(finding, &corpus.extractions[0]).unwrap();
            let mut mended = text.to_owned();
            mended.insert_str(insertion.offset, &insertion.text);
            assert!(mended.contains(expected), "{mended}");
            let (left, _) = outcome(path, &mended);
            let left: Vec<&Finding> = left
                .iter()
                .filter(|left| left.rule == rule || left.rule.contains("suppression"))
                .collect();
            assert!(left.is_empty(), "{mended}\n{left:?}");
        }
    }

    const LIST: &str = "\n\n## References\n\n1. Lind A. Leaving early. 2020.\n";
    const COMMENT: &str = "<!-- factlint: ignore[percentage-mismatch] TODO: say why -->";

    #[test]
    fn a_comment_goes_behind_the_sentence() {
        check_at(
            "a.md",
            &format!("# A\n\nOf the 170 patients, 34 (25%) left early [1]. Others stayed.{LIST}"),
            "percentage-mismatch",
            &format!("left early [1]. {COMMENT} Others"),
        );
    }

    #[test]
    fn a_comment_goes_into_a_list_item_and_a_quote() {
        for mark in ["- ", "> ", "1. "] {
            check_at(
                "a.md",
                &format!("# A\n\n{mark}Of the 170 patients, 34 (25%) left early [1].{LIST}"),
                "percentage-mismatch",
                &format!("left early [1]. {COMMENT}"),
            );
        }
    }

    #[test]
    fn a_comment_goes_to_the_end_of_a_row() {
        check_at(
            "a.md",
            &format!(
                "# A\n\n| Outcome | n/N (%) |\n|---|---|\n| Response | 34/170 (25%) |\n| Death | 17/170 (10%) |{LIST}"
            ),
            "percentage-mismatch",
            &format!("34/170 (25%) {COMMENT} |"),
        );
    }

    #[test]
    fn mdx_has_comments_of_its_own() {
        check_at(
            "a.mdx",
            &format!("# A\n\nOf the 170 patients, 34 (25%) left early [1].{LIST}"),
            "percentage-mismatch",
            "{/* factlint: ignore[percentage-mismatch] TODO: say why */}",
        );
    }
}
