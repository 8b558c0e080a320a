//! Rule pages as tests: the documents under `## Bad` and `## Good`, with carets under what must be found.
//!
//! ````text
//! ```md file=a.md
//! The response rate was 130%.
//!                       ^^^^ [impossible-value] "between 0 and 100"
//! ```
//! ````
//! A caret line names the rule and a part of the message; its carets stand under the exact span, in columns of
//! code points. Caret lines are taken out before the documents are read. A `###` heading starts another example.
//! `file=sources/NAME` is the text of a source, `file=factlint.lock` the lock file.

use crate::finding::Finding;
use crate::text::{Role, SourceText, Span};

use super::Rule;

/// The documents of one example of a page, and what must be found in them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageExample {
    /// Heading and number for messages: "Bad 1".
    pub name: String,
    /// Documents without their caret lines.
    pub documents: Vec<SourceText>,
    /// What must be found, no more and no less.
    pub expected: Vec<Expected>,
}

/// A finding that a caret line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expected {
    /// Document it stands in.
    pub path: String,
    /// Bytes of that document.
    pub span: Span,
    /// Rule named in brackets.
    pub rule: String,
    /// Part of the message; empty where none is quoted.
    pub message: String,
}

/// Checks a rule's page: `run` reads documents through every stage and gives the findings of all rules or of this one.
///
/// # Errors
/// One sentence for each difference between the page and the findings of this rule.
pub fn test_page(
    rule: &Rule,
    page: &str,
    run: impl Fn(Vec<SourceText>) -> Vec<Finding>,
) -> Result<(), Vec<String>> {
    let examples = page_examples(page).map_err(|error| vec![error])?;
    let mut errors = Vec::new();
    for kind in ["Bad", "Good"] {
        if !examples
            .iter()
            .any(|example| example.name.starts_with(kind))
        {
            errors.push(format!("the page has no document under `## {kind}`"));
        }
    }
    for example in &examples {
        if example.name.starts_with("Bad") && example.expected.is_empty() {
            errors.push(format!(
                "{}: no caret line says what is found",
                example.name
            ));
        }
        let findings: Vec<Finding> = run(example.documents.clone())
            .into_iter()
            .filter(|finding| finding.rule == rule.id)
            .collect();
        compare(example, &findings, &mut errors);
    }
    if errors.is_empty() {
        Ok(())
    } else {
        Err(errors)
    }
}

fn compare(example: &PageExample, findings: &[Finding], errors: &mut Vec<String>) {
    let name = &example.name;
    let mut is_used = vec![false; findings.len()];
    for expected in &example.expected {
        let found = findings.iter().zip(&mut is_used).find(|(finding, used)| {
            !**used
                && finding.location.path == expected.path
                && finding.location.span == expected.span
                && finding.rule == expected.rule
                && finding.message.contains(&expected.message)
        });
        match found {
            Some((_, used)) => *used = true,
            None => errors.push(format!(
                "{name}: not found: {} in {}{}",
                expected.rule,
                place(example, &expected.path, expected.span),
                if expected.message.is_empty() {
                    String::new()
                } else {
                    format!(" with \"{}\" in its message", expected.message)
                }
            )),
        }
    }
    for (finding, _) in findings.iter().zip(&is_used).filter(|(_, used)| !**used) {
        errors.push(format!(
            "{name}: found but not expected: {} in {}: {}",
            finding.rule,
            place(example, &finding.location.path, finding.location.span),
            finding.message
        ));
    }
}

/// `a.md:3:14 "130%"`.
fn place(example: &PageExample, path: &str, span: Span) -> String {
    let source = example
        .documents
        .iter()
        .find(|source| source.path() == path);
    source.map_or_else(
        || path.to_owned(),
        |source| {
            let position = source.position(span.start);
            format!(
                "{path}:{}:{} \"{}\"",
                position.line,
                position.column,
                source.slice(span)
            )
        },
    )
}

/// A fenced document being read.
struct Open {
    fence: usize,
    path: String,
    text: String,
    /// Start and text of the last line that is no caret line.
    last: (usize, String),
}

/// Reads the examples of a page.
///
/// # Errors
/// A fence that never closes, or a caret line that points past the end of the line above it.
pub fn page_examples(page: &str) -> Result<Vec<PageExample>, String> {
    let mut examples: Vec<PageExample> = Vec::new();
    let mut section: Option<&str> = None;
    let mut starts_example = true;
    let mut open: Option<Open> = None;
    for (at, line) in page.lines().enumerate() {
        if let Some(document) = &mut open {
            if is_fence(line)
                .is_some_and(|(ticks, info)| ticks >= document.fence && info.is_empty())
            {
                if let (Some(document), Some(example)) = (open.take(), examples.last_mut()) {
                    let role = Role::of_path(&document.path);
                    let source = SourceText::new(document.path, document.text).with_role(role);
                    example.documents.push(source);
                }
            } else if let Some(example) = examples.last_mut() {
                read_line(document, line, example)
                    .map_err(|error| format!("line {} of the page: {error}", at + 1))?;
            }
        } else if let Some((fence, info)) = is_fence(line) {
            let Some(name) = section else { continue };
            if !info.starts_with("md") && Role::of_path(&file_name(info)) == Role::Document {
                continue;
            }
            if starts_example {
                let number = examples.iter().filter(|e| e.name.starts_with(name)).count() + 1;
                examples.push(PageExample {
                    name: format!("{name} {number}"),
                    documents: Vec::new(),
                    expected: Vec::new(),
                });
                starts_example = false;
            }
            open = Some(Open {
                fence,
                path: file_name(info),
                text: String::new(),
                last: (0, String::new()),
            });
        } else if let Some(heading) = line.strip_prefix("## ") {
            section = ["Bad", "Good"]
                .into_iter()
                .find(|name| heading.trim().eq_ignore_ascii_case(name));
            starts_example = true;
        } else if line.starts_with("### ") {
            starts_example = true;
        }
    }
    match open {
        Some(document) => Err(format!("the document {} is not closed", document.path)),
        None => Ok(examples),
    }
}

/// Number of backticks and the info string of a fence.
fn is_fence(line: &str) -> Option<(usize, &str)> {
    let rest = line.trim_start_matches('`');
    let ticks = line.len() - rest.len();
    (ticks >= 3).then(|| (ticks, rest.trim()))
}

fn file_name(info: &str) -> String {
    info.split_whitespace()
        .find_map(|word| word.strip_prefix("file="))
        .unwrap_or("example.md")
        .to_owned()
}

fn read_line(document: &mut Open, line: &str, example: &mut PageExample) -> Result<(), String> {
    let Some((columns, rule, message)) = caret_line(line) else {
        document.last = (document.text.len(), line.to_owned());
        document.text.push_str(line);
        document.text.push('\n');
        return Ok(());
    };
    let (start, above) = &document.last;
    let byte = |column: usize| {
        above
            .char_indices()
            .map(|(at, _)| at)
            .chain([above.len()])
            .nth(column)
            .ok_or_else(|| "the carets reach past the line above".to_owned())
    };
    example.expected.push(Expected {
        path: document.path.clone(),
        span: Span::new(start + byte(columns.0)?, start + byte(columns.1)?),
        rule: rule.to_owned(),
        message: message.to_owned(),
    });
    Ok(())
}

/// First column and column after the last caret (from 0), rule, and part of the message.
fn caret_line(line: &str) -> Option<((usize, usize), &str, &str)> {
    let rest = line.trim_start_matches(' ');
    let first = line.len() - rest.len();
    let after = rest.trim_start_matches('^');
    let carets = rest.len() - after.len();
    let (rule, message) = after.strip_prefix(" [")?.split_once(']')?;
    let message = message.trim();
    let message = message
        .strip_prefix('"')
        .and_then(|message| message.strip_suffix('"'))
        .unwrap_or(message);
    (carets > 0).then_some(((first, first + carets), rule, message))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Level, Location};

    const PAGE: &str = "# x\n\n## Bad\n\n```md file=a.md\nA ß 130% rate.\n    ^^^^ [my-rule] \"too high\"\n```\n\n\
                        ### More\n\n````md\n```\n140%\n^^^^ [my-rule]\n```\n````\n\n## Good\n\n```md\n30%\n```\n";

    fn rule() -> Rule {
        Rule {
            id: "my-rule".to_owned(),
            family: String::new(),
            summary: String::new(),
            level: Level::Error,
            precision: String::new(),
            since: String::new(),
            strict: false,
            message: String::new(),
            path: String::new(),
            query: String::new(),
            page: String::new(),
        }
    }

    /// Finds every percentage of three digits.
    fn run(documents: &[SourceText], message: &str) -> Vec<Finding> {
        let find = |source: &SourceText| {
            let end = source.text().find('%')? + 1;
            let span = Span::new(end.checked_sub(4)?, end);
            Some(Finding {
                rule: "my-rule".to_owned(),
                level: Level::Error,
                message: message.to_owned(),
                location: Location {
                    path: source.path().to_owned(),
                    span,
                    label: String::new(),
                },
                related: Vec::new(),
                suggestion: None,
                cause: None,
                fingerprint: String::new(),
            })
        };
        documents.iter().filter_map(find).collect()
    }

    #[test]
    fn a_page_that_fits_passes() {
        assert_eq!(
            test_page(&rule(), PAGE, |documents| run(&documents, "it is too high")),
            Ok(())
        );
        let examples = page_examples(PAGE).unwrap();
        assert_eq!(examples[0].documents[0].text(), "A ß 130% rate.\n");
        assert_eq!(examples[1].documents[0].text(), "```\n140%\n```\n");
    }

    #[test]
    fn what_does_not_fit_is_said() {
        let none = test_page(&rule(), PAGE, |_| Vec::new()).unwrap_err();
        assert_eq!(
            none[0],
            "Bad 1: not found: my-rule in a.md:1:5 \"130%\" with \"too high\" in its message"
        );
        let other = test_page(&rule(), PAGE, |documents| run(&documents, "odd")).unwrap_err();
        assert!(
            other[1].starts_with("Bad 1: found but not expected: my-rule in a.md:1:5"),
            "{other:?}"
        );
        let shifted = PAGE.replace("    ^^^^", "   ^^^^");
        assert!(test_page(&rule(), &shifted, |documents| run(&documents, "too high")).is_err());
        let short = test_page(&rule(), "## Bad\n```md\nx\n   ^^^^ [my-rule]\n", |_| {
            Vec::new()
        });
        assert!(short.unwrap_err()[0].contains("past the line above"));
    }
}
