//! Which findings a change brought: those with a place on a changed line.
//!
//! Why it exists: who changes one document wants to hear what that change did, also where it only made another document
//! wrong. So all documents are checked, and of a conflict between two of them the changed side is shown first, even where
//! the other one is to blame. It leaves out what changed, which version control knows ([`crate::cli`]).

use std::collections::BTreeMap;

use crate::finding::{Finding, Location, Suppressed};
use crate::text::{Role, SourceText, Span};

/// What changed in a document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ChangedLines {
    /// All of it: the document is new.
    All,
    /// These lines.
    Some(Vec<Hunk>),
}

/// Neighbouring lines that took the place of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hunk {
    /// The first new line, from 1; where lines were only taken out, the line in front of them, 0 at the top.
    pub line: usize,
    /// Number of new lines; 0 where lines were only taken out.
    pub count: usize,
}

/// Documents that changed, by path as reported.
pub type Changes = BTreeMap<String, ChangedLines>;

impl Hunk {
    /// Whether lines from `first` to `last` hold a changed one, or lie on both sides of lines taken out.
    fn touches(self, first: usize, last: usize) -> bool {
        if self.count == 0 {
            first <= self.line && self.line < last
        } else {
            first < self.line + self.count && self.line <= last
        }
    }
}

/// What is left of findings when only those of a change are wanted.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Focused {
    /// Findings with a place on a changed line, which is their first place unless it is one of a source. Sorted by path, span,
    /// rule.
    pub findings: Vec<Finding>,
    /// The same of the findings that people decided not to see, in their order.
    pub suppressed: Vec<Suppressed>,
    /// How many of the shown findings are left out.
    pub left_out: usize,
}

/// Keeps the findings of a change. Nothing of them but the order of their places differs from a run without.
pub fn focus(
    findings: Vec<Finding>,
    suppressed: Vec<Suppressed>,
    changes: &Changes,
    sources: &BTreeMap<&str, &SourceText>,
) -> Focused {
    let all = findings.len();
    let mut kept: Vec<Finding> = findings
        .into_iter()
        .filter_map(|finding| led_by_change(finding, changes, sources))
        .collect();
    kept.sort_by(|a, b| {
        let key = |f: &Finding| (f.location.path.clone(), f.location.span, f.rule.clone());
        key(a).cmp(&key(b))
    });
    Focused {
        left_out: all - kept.len(),
        findings: kept,
        suppressed: suppressed
            .into_iter()
            .filter_map(|one| {
                let finding = led_by_change(one.finding, changes, sources)?;
                Some(Suppressed { finding, ..one })
            })
            .collect(),
    }
}

/// The finding with a changed place in front, its own or else the first related one; none where no place changed. The text of a
/// source is never in front: whoever changes it learns which of their own sentences it contradicts.
fn led_by_change(
    mut finding: Finding,
    changes: &Changes,
    sources: &BTreeMap<&str, &SourceText>,
) -> Option<Finding> {
    let is_changed = |location: &Location| {
        let (Some(lines), Some(source)) = (
            changes.get(&location.path),
            sources.get(location.path.as_str()),
        ) else {
            return false;
        };
        touches(lines, source, location.span)
    };
    if is_changed(&finding.location) {
        return Some(finding);
    }
    let is_source = |location: &Location| {
        let source = sources.get(location.path.as_str());
        source.is_some_and(|source| source.role() == Role::Source)
    };
    let mut places = finding
        .related
        .iter_mut()
        .filter(|place| is_changed(place))
        .peekable();
    places.peek()?;
    if let Some(place) = places.find(|place| !is_source(place)) {
        std::mem::swap(&mut finding.location, place);
        finding.related.sort();
    }
    Some(finding)
}

fn touches(lines: &ChangedLines, source: &SourceText, span: Span) -> bool {
    match lines {
        ChangedLines::All => true,
        ChangedLines::Some(hunks) => {
            let last = span.end.saturating_sub(1).max(span.start);
            let (first, last) = (source.line(span.start), source.line(last));
            hunks.iter().any(|hunk| hunk.touches(first, last))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Level;

    /// Six lines of two bytes, as `a.md` and `b.md`.
    const TEXT: &str = "1\n2\n3\n4\n5\n6\n";

    /// A place from one line to another.
    fn place(path: &str, first: usize, last: usize) -> Location {
        Location {
            path: path.to_owned(),
            span: Span::new(2 * first - 2, 2 * last - 1),
            label: format!("{path}:{first}"),
        }
    }

    fn finding(places: &[(&str, usize, usize)]) -> Finding {
        let mut places = places.iter().map(|at| place(at.0, at.1, at.2));
        Finding {
            rule: "figure-conflict".to_owned(),
            level: Level::Error,
            message: "30% in a.md line 2 but 38% in b.md line 4".to_owned(),
            location: places.next().unwrap(),
            related: places.collect(),
            suggestion: None,
            cause: None,
            fingerprint: "0123456789abcdef".to_owned(),
        }
    }

    /// Labels of the places of what is kept, first place first.
    fn check(places: &[(&str, usize, usize)], changes: &[(&str, usize, usize)], expected: &str) {
        let text = |path| SourceText::new(path, TEXT).with_role(Role::of_path(path));
        let sources = ["a.md", "b.md", "sources/c.md"].map(text);
        let sources = sources
            .iter()
            .map(|source| (source.path(), source))
            .collect();
        let mut new_lines = Changes::new();
        for (path, line, count) in changes {
            let lines = new_lines
                .entry((*path).to_owned())
                .or_insert(ChangedLines::Some(Vec::new()));
            let ChangedLines::Some(hunks) = lines else {
                unreachable!()
            };
            hunks.push(Hunk {
                line: *line,
                count: *count,
            });
        }
        let focused = focus(vec![finding(places)], Vec::new(), &new_lines, &sources);
        let shown: Vec<&str> = focused
            .findings
            .iter()
            .flat_map(|f| std::iter::once(&f.location).chain(&f.related))
            .map(|place| place.label.as_str())
            .collect();
        assert_eq!(shown.join(" "), expected);
        assert_eq!(focused.left_out, usize::from(expected.is_empty()));
    }

    #[test]
    fn a_finding_stays_where_a_line_of_it_changed() {
        check(&[("a.md", 2, 2)], &[("a.md", 2, 1)], "a.md:2");
        check(&[("a.md", 2, 4)], &[("a.md", 4, 2)], "a.md:2");
        check(
            &[("a.md", 4, 4)],
            &[("a.md", 2, 1), ("a.md", 3, 3)],
            "a.md:4",
        );
        check(&[("a.md", 2, 2)], &[("a.md", 3, 2)], "");
        check(&[("a.md", 2, 2)], &[("a.md", 1, 1)], "");
        check(&[("a.md", 2, 2)], &[("b.md", 2, 1)], "");
        check(&[("a.md", 2, 2)], &[], "");
    }

    #[test]
    fn lines_taken_out_change_what_stands_around_them() {
        check(&[("a.md", 2, 3)], &[("a.md", 2, 0)], "a.md:2");
        check(&[("a.md", 2, 2)], &[("a.md", 2, 0)], "");
        check(&[("a.md", 3, 3)], &[("a.md", 2, 0)], "");
        check(&[("a.md", 1, 1)], &[("a.md", 0, 0)], "");
    }

    #[test]
    fn the_changed_place_comes_first() {
        let both = [("a.md", 2, 2), ("b.md", 4, 4)];
        check(&both, &[("a.md", 2, 1)], "a.md:2 b.md:4");
        check(&both, &[("b.md", 4, 1)], "b.md:4 a.md:2");
        check(&both, &[("a.md", 2, 1), ("b.md", 4, 1)], "a.md:2 b.md:4");
        let three = [("b.md", 1, 1), ("a.md", 2, 2), ("b.md", 4, 4)];
        check(&three, &[("b.md", 4, 1)], "b.md:4 a.md:2 b.md:1");
    }

    #[test]
    fn the_text_of_a_source_never_comes_first() {
        let told = [("a.md", 2, 2), ("sources/c.md", 4, 4)];
        check(&told, &[("sources/c.md", 4, 1)], "a.md:2 sources/c.md:4");
        check(&told, &[("sources/c.md", 1, 1)], "");
        let three = [("b.md", 1, 1), ("sources/c.md", 4, 4), ("a.md", 2, 2)];
        let both = [("sources/c.md", 4, 1), ("a.md", 2, 1)];
        check(&three, &both, "a.md:2 b.md:1 sources/c.md:4");
    }

    #[test]
    fn a_new_document_changed_throughout_and_nothing_else_differs() {
        let sources = [SourceText::new("a.md", TEXT), SourceText::new("b.md", TEXT)];
        let sources = sources
            .iter()
            .map(|source| (source.path(), source))
            .collect();
        let changes = Changes::from([("b.md".to_owned(), ChangedLines::All)]);
        let before = finding(&[("a.md", 2, 2), ("b.md", 4, 4)]);
        let hidden = Suppressed {
            finding: before.clone(),
            by: crate::finding::Suppressor::Baseline,
            reason: String::new(),
        };
        let focused = focus(vec![before.clone()], vec![hidden], &changes, &sources);
        let after = Finding {
            location: before.related[0].clone(),
            related: vec![before.location.clone()],
            ..before
        };
        assert_eq!(focused.suppressed[0].finding, after);
        assert_eq!(focused.findings, [after]);
    }
}
