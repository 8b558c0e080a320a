//! The terminal report: a headline, the places with their surroundings, what to do.
//!
//! Findings that share rule, document and cause are folded: the cause once, the gravest place in full, the others a line
//! each.

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, ellipsize, excerpt, excerpt_of_two, one_line_of, width, wrap};
use super::places::{Places, label};
use super::{Run, level_name};
use crate::finding::{Finding, Level, Location};
use crate::text::SourceText;

/// How the terminal report looks.
#[derive(Clone, Copy, Debug)]
pub struct TextOptions {
    /// No line is wider, in columns; at least 40.
    pub width: usize,
    /// Whether to colour it by ANSI escapes.
    pub styled: bool,
    /// Whether a line with the counts ends it.
    pub summary: bool,
}

/// Places of one finding that are shown with their surroundings.
const MOST_PLACES: usize = 4;
/// Folded findings that get a line.
const MOST_FOLDED: usize = 8;

/// The report with snippets.
pub fn text(run: &Run<'_>, options: TextOptions) -> String {
    let columns = options.width.max(40);
    let renderer = if options.styled {
        Renderer::styled()
    } else {
        Renderer::plain()
    };
    let page = Page {
        run,
        places: Places::of(run),
        columns,
        // Everything handed over is cut already; a second cut by the renderer could only lose a label.
        renderer: renderer
            .term_width(columns * 4)
            .decor_style(DecorStyle::Ascii),
    };
    let mut out = String::new();
    let mut explained = BTreeSet::new();
    for folded in fold(run.findings) {
        let first_of_rule = folded
            .first()
            .is_some_and(|finding| explained.insert(finding.rule.as_str()));
        page.push_folded(&folded, first_of_rule, &mut out);
    }
    if options.summary {
        for line in wrap(&summary(run), columns) {
            out.push_str(&line);
            out.push('\n');
        }
    }
    out
}

/// One line a finding: `path:line:column: level[rule] message (fingerprint)`.
pub fn concise(run: &Run<'_>) -> String {
    let places = Places::of(run);
    let mut out = String::new();
    for finding in run.findings {
        let place = label(&finding.location.path, places.start(&finding.location));
        let level = level_name(finding.level);
        let message = one_line_of(&finding.message);
        out.extend([&place, ": ", level, "[", &finding.rule, "] ", &message]);
        out.extend([" (", &finding.fingerprint, ")\n"]);
    }
    out
}

/// Findings in their order; those to be said once are gathered at the place of the first.
fn fold(findings: &[Finding]) -> Vec<Vec<&Finding>> {
    let mut folded: Vec<Vec<&Finding>> = Vec::new();
    let mut known: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for finding in findings {
        let Some(cause) = finding.cause.as_deref() else {
            folded.push(vec![finding]);
            continue;
        };
        let key = (finding.rule.as_str(), finding.location.path.as_str(), cause);
        let at = *known.entry(key).or_insert(folded.len());
        match folded.get_mut(at) {
            Some(group) => group.push(finding),
            None => folded.push(vec![finding]),
        }
    }
    for group in &mut folded {
        group.sort_by_key(|finding| std::cmp::Reverse(finding.level));
    }
    folded
}

struct Page<'a> {
    run: &'a Run<'a>,
    places: Places<'a>,
    columns: usize,
    renderer: Renderer,
}

impl Page<'_> {
    fn push_folded(&self, folded: &[&Finding], explain: bool, out: &mut String) {
        let Some((first, others)) = folded.split_first() else {
            return;
        };
        let level = folded.iter().map(|f| f.level).max().unwrap_or(first.level);
        let headline = match (&first.cause, others.len()) {
            (Some(cause), 1..) => format!("{cause} ({} places)", others.len() + 1),
            (Some(_) | None, _) => first.message.clone(),
        };
        let mut group = self.headline(level, &first.rule, &headline);
        group = group.elements(self.snippets(first));
        for advice in self.advice(first, explain) {
            group = group.element(annotate_snippets::Level::HELP.message(advice));
        }
        for line in self
            .renderer
            .render(&[group])
            .lines()
            .filter(|l| !is_bare_origin(l))
        {
            out.push_str(line);
            out.push('\n');
        }
        for other in others.iter().take(MOST_FOLDED) {
            out.push_str(&self.line(other));
        }
        if let Some(more) = others.len().checked_sub(MOST_FOLDED).filter(|n| *n > 0) {
            out.extend(["  … and ", &thousands(more), " more\n"]);
        }
        out.push('\n');
    }

    fn headline<'b>(&self, level: Level, rule: &str, message: &str) -> Group<'b> {
        let mark = match level {
            Level::Error => annotate_snippets::Level::ERROR,
            Level::Warning => annotate_snippets::Level::WARNING,
            Level::Note => annotate_snippets::Level::NOTE,
        };
        let taken = level_name(level).len() + rule.len() + "[]: ".len();
        let lines = wrap(message, self.columns.saturating_sub(taken));
        Group::with_title(mark.primary_title(lines.join("\n")).id(rule.to_owned()))
    }

    /// `  path:line:column: text` of a folded finding: the text it stands at, or, where it is about a second place, what it says.
    fn line(&self, finding: &Finding) -> String {
        let place = &finding.location;
        let at = label(&place.path, self.places.start(place));
        if !finding.related.is_empty() {
            let advice = finding
                .suggestion
                .as_deref()
                .map(|advice| format!("; {advice}"));
            let said = format!("{at}: {}{}", finding.message, advice.unwrap_or_default());
            let lines = wrap(&said, self.columns.saturating_sub(4));
            return format!("  {}\n", lines.join("\n    "));
        }
        let source = self.run.sources.get(place.path.as_str());
        let shown = source.map(|source| one_line_of(source.slice(place.span)));
        let line = format!("  {at}: {}", shown.unwrap_or_default());
        ellipsize(&line, self.columns, "...") + "\n"
    }

    fn snippets<'b>(&self, finding: &'b Finding) -> Vec<Element<'b>> {
        let first = &finding.location;
        let mut elements = Vec::new();
        let mut rest = finding.related.as_slice();
        let source = self.run.sources.get(first.path.as_str());
        let pair = rest.split_first().and_then(|(second, others)| {
            let cut = self.cut_two(source?, first, second)?;
            Some((cut, second, others))
        });
        if let Some((cut, second, others)) = pair {
            self.push_snippet(cut, &[first, second], &mut elements);
            rest = others;
        } else if let Some(source) = source {
            self.push_snippet(self.cut(source, first), &[first], &mut elements);
        } else {
            elements.push(Origin::path(first.path.as_str()).into());
        }
        for place in rest.iter().take(MOST_PLACES - 1) {
            match self.run.sources.get(place.path.as_str()) {
                Some(source) => self.push_snippet(self.cut(source, place), &[place], &mut elements),
                None => elements.push(Origin::path(place.path.as_str()).into()),
            }
        }
        let more = rest.get(MOST_PLACES - 1..).unwrap_or_default();
        if let Some(next) = more.first() {
            let also = format!(
                "and {} more, the next at {}",
                thousands(more.len()),
                label(&next.path, self.places.start(next))
            );
            let lines = self.indented(&also);
            elements.push(annotate_snippets::Level::NOTE.message(lines).into());
        }
        elements
    }

    /// Columns right of the line numbers.
    fn code_columns(&self, places: &[&Location]) -> usize {
        let digits = places
            .iter()
            .map(|place| self.places.start(place).line.to_string().len())
            .max()
            .unwrap_or(1);
        // Line numbers of the other places widen the gutter too; five digits are enough for any of them.
        self.columns.saturating_sub(digits.max(5) + 3)
    }

    /// The label of a place, where it says more than the marked text does.
    fn label_of(&self, place: &Location) -> String {
        let label = one_line_of(&place.label);
        let marked = self
            .run
            .sources
            .get(place.path.as_str())
            .map(|source| one_line_of(source.slice(place.span)))
            .unwrap_or_default();
        if marked.contains(label.trim_end_matches(['…', '.'])) {
            String::new()
        } else {
            label
        }
    }

    fn cut(&self, source: &SourceText, place: &Location) -> Excerpt {
        let columns = self.code_columns(&[place]);
        let reserved = (width(&self.label_of(place)) + 1).min(columns / 3);
        excerpt(source, place.span, columns, reserved)
    }

    fn cut_two(&self, source: &SourceText, one: &Location, two: &Location) -> Option<Excerpt> {
        if one.path != two.path {
            return None;
        }
        let reserved = width(&self.label_of(one)).max(width(&self.label_of(two))) + 1;
        excerpt_of_two(
            source,
            [one.span, two.span],
            self.code_columns(&[one]),
            reserved,
        )
    }

    fn push_snippet<'b>(
        &self,
        cut: Excerpt,
        places: &[&'b Location],
        elements: &mut Vec<Element<'b>>,
    ) {
        let Some(first) = places.first() else { return };
        let position = self.places.start(first);
        let head = width(&format!("      --> :{}:{}", position.line, position.column));
        let path = keep_path_end(&first.path, self.columns.saturating_sub(head));
        elements.push(
            Origin::path(path)
                .line(position.line)
                .char_column(position.column)
                .into(),
        );
        let columns = self.code_columns(places);
        let mut marks = Vec::new();
        for (index, (mark, place)) in cut.marks.iter().zip(places).enumerate() {
            let kind = if index == 0 {
                AnnotationKind::Primary
            } else {
                AnnotationKind::Context
            };
            let reached = width(cut.text.get(..mark.end).unwrap_or_default()) + 1;
            let room = columns.saturating_sub(reached);
            let shown = ellipsize(&self.label_of(place), room, "…");
            let label = (width(&shown) > 1).then_some(shown);
            marks.push(kind.span(mark.clone()).label(label));
        }
        elements.push(
            Snippet::source(cut.text)
                .line_start(position.line)
                .annotations(marks)
                .into(),
        );
    }

    fn advice(&self, finding: &Finding, explain: bool) -> Vec<String> {
        let explain = explain.then(|| format!("factlint explain {}", finding.rule));
        finding
            .suggestion
            .iter()
            .chain(&explain)
            .map(|line| self.indented(line))
            .collect()
    }

    /// Wrapped for a message under the snippets, which starts with `= help: `.
    fn indented(&self, line: &str) -> String {
        let taken = "      = help: ".len();
        wrap(line, self.columns.saturating_sub(taken)).join("\n")
    }
}

/// annotate-snippets draws `:::` before a snippet without a path. Ours have none, since a path of theirs would come with the
/// column in the excerpt; the place stands in the line above.
fn is_bare_origin(line: &str) -> bool {
    anstream::adapter::strip_str(line).to_string().trim() == ":::"
}

/// The end of a path, which tells files apart.
fn keep_path_end(path: &str, columns: usize) -> String {
    let mut used = 0;
    for (at, c) in path.char_indices().rev() {
        used += width(c.encode_utf8(&mut [0; 4]));
        if used > columns.saturating_sub(1) {
            return format!("…{}", path.get(at + c.len_utf8()..).unwrap_or_default());
        }
    }
    path.to_owned()
}

fn summary(run: &Run<'_>) -> String {
    let counted = run.statistics;
    let read = format!(
        "({}, {})",
        number(counted.figures, "figure"),
        number(counted.references, "reference")
    );
    let documents = number(counted.documents, "document");
    let unread = match run.problems.len() {
        0 => String::new(),
        n => format!(". Not everything was checked: {}", number(n, "problem")),
    };
    if run.findings.is_empty() {
        return format!("No findings in {documents} {read}{unread}");
    }
    let counts: Vec<String> = [Level::Error, Level::Warning, Level::Note]
        .into_iter()
        .filter_map(|level| match run.count(level) {
            0 => None,
            count => Some(number(count, level_name(level))),
        })
        .collect();
    let touched = run
        .findings
        .iter()
        .map(|finding| finding.location.path.as_str())
        .collect::<BTreeSet<_>>()
        .len();
    let counts = match counts.as_slice() {
        [first, second, third] => format!("{first}, {second} and {third}"),
        few => few.join(" and "),
    };
    format!(
        "{counts} in {} of {documents} {read}{unread}",
        thousands(touched)
    )
}

fn number(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", thousands(count))
}

fn thousands(count: usize) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
