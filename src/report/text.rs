//! The terminal report: a headline, the places with their surroundings, what to do.
//!
//! Findings that share rule, document and cause are folded: the cause once, the gravest place in full, the others a line
//! each.

use std::collections::{BTreeMap, BTreeSet};

use annotate_snippets::renderer::DecorStyle;
use annotate_snippets::{AnnotationKind, Element, Group, Origin, Renderer, Snippet};

use super::excerpt::{Excerpt, ellipsize, excerpt, excerpt_of_several, one_line_of, width, wrap};
use super::hyperlink::linked_places;
use super::places::{Places, label};
use super::summary::push_summary;
use super::{Run, level_name, shared_starts, short_id};
use crate::finding::{Finding, Level, Location};
use crate::text::{SourceText, Span, thousands};

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

/// Excerpts that one finding gets.
const MOST_SNIPPETS: usize = 4;
/// Places that share an excerpt.
const MOST_TOGETHER: usize = 4;
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
        shared: shared_starts(run.findings),
        columns,
        // Everything handed over is cut already; a second cut by the renderer could only lose a label.
        renderer: renderer
            .term_width(columns * 4)
            .decor_style(DecorStyle::Ascii),
    };
    let mut out = String::new();
    let mut explained = BTreeSet::new();
    for folded in fold(&run.listed()) {
        let first_of_rule = folded
            .first()
            .is_some_and(|finding| explained.insert(finding.rule.as_str()));
        page.push_folded(&folded, first_of_rule, &mut out);
    }
    push_summary(run, options, &mut out);
    out
}

/// Findings in their order; those to be said once are gathered at the place of the first.
fn fold<'f>(findings: &[&'f Finding]) -> Vec<Vec<&'f Finding>> {
    let mut folded: Vec<Vec<&Finding>> = Vec::new();
    let mut known: BTreeMap<(&str, &str, &str), usize> = BTreeMap::new();
    for &finding in findings {
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
    shared: BTreeSet<&'a str>,
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
        let shown = without_said(first, &headline);
        group = group.elements(self.snippets(&shown));
        if let Some(reading) = self.run.readings.get(first.fingerprint.as_str()) {
            let lines = self.indented(reading);
            group = group.element(annotate_snippets::Level::NOTE.message(lines));
        }
        for advice in self.advice(first, explain) {
            group = group.element(annotate_snippets::Level::HELP.message(advice));
        }
        for line in self
            .renderer
            .render(&[group])
            .lines()
            .filter(|l| !is_bare_origin(l))
        {
            out.push_str(&self.linked(line, first));
            out.push('\n');
        }
        for other in others.iter().take(MOST_FOLDED) {
            out.push_str(&self.linked(&self.line(other, first), other));
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

    fn linked(&self, line: &str, finding: &Finding) -> String {
        linked_places(line, finding, self.run, &self.places)
    }

    /// What a folded finding says: of "no reference for {quote}" only the quote, since the headline gives the cause of all of them.
    fn said<'b>(&self, finding: &'b Finding) -> &'b str {
        let template = self.run.rules.get(&finding.rule).map(|rule| &rule.message);
        let lead = template
            .and_then(|template| template.split_once('{'))
            .filter(|(_, hole)| finding.cause.is_some() && hole.find('}') == Some(hole.len() - 1))
            .map_or("", |(lead, _)| lead);
        finding
            .message
            .strip_prefix(lead)
            .unwrap_or(&finding.message)
    }

    /// `  path:line:column: text` of a folded finding: the text it stands at, or, where it is about a second place, what it says and
    /// what to do, if that is not the same as for the `first`.
    fn line(&self, finding: &Finding, first: &Finding) -> String {
        let place = &finding.location;
        let at = label(&place.path, self.places.start(place));
        if !finding.related.is_empty() {
            let advice = finding
                .suggestion
                .as_deref()
                .filter(|advice| first.suggestion.as_deref() != Some(advice))
                .map(|advice| format!("; {advice}"));
            let said = format!("{at}: {}{}", self.said(finding), advice.unwrap_or_default());
            let lines = wrap(&said, self.columns.saturating_sub(4));
            return format!("  {}\n", lines.join("\n    "));
        }
        let source = self.run.sources.get(place.path.as_str());
        let shown = source.map(|source| one_line_of(source.slice(place.span)));
        let line = format!("  {at}: {}", shown.unwrap_or_default());
        ellipsize(&line, self.columns, "...") + "\n"
    }

    fn snippets<'b>(&self, finding: &'b Finding) -> Vec<Element<'b>> {
        let mut elements = Vec::new();
        let places: Vec<&Location> = std::iter::once(&finding.location)
            .chain(&finding.related)
            .collect();
        let mut rest = places.as_slice();
        for _ in 0..MOST_SNIPPETS {
            let Some((first, others)) = rest.split_first() else {
                break;
            };
            let Some(source) = self.run.sources.get(first.path.as_str()) else {
                elements.push(Origin::path(first.path.as_str()).into());
                rest = others;
                continue;
            };
            let together = (2..=rest.len().min(MOST_TOGETHER)).rev().find_map(|count| {
                let (some, others) = rest.split_at_checked(count)?;
                Some((self.cut_several(source, some)?, some, others))
            });
            if let Some((cut, some, others)) = together {
                self.push_snippet(cut, some, &mut elements);
                rest = others;
            } else {
                self.push_snippet(self.cut(source, first), &[first], &mut elements);
                rest = others;
            }
        }
        if let Some(next) = rest.first() {
            let also = format!(
                "and {} more, the next at {}",
                thousands(rest.len()),
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

    fn cut_several(&self, source: &SourceText, places: &[&Location]) -> Option<Excerpt> {
        let first = places.first()?;
        if places.iter().any(|place| place.path != first.path) {
            return None;
        }
        let columns = self.code_columns(&[first]);
        let labels = places.iter().map(|place| width(&self.label_of(place)));
        let widest = labels.max().unwrap_or_default() + 1;
        let reserved = widest.min(columns / 3);
        let spans: Vec<Span> = places.iter().map(|place| place.span).collect();
        excerpt_of_several(source, &spans, columns, reserved)
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
        let explain = match self.command(finding) {
            Some(command) => Some(command),
            None => (explain && self.run.rules.get(&finding.rule).is_some())
                .then(|| self.indented(&format!("factlint explain {}", finding.rule))),
        };
        let suggestion = finding.suggestion.iter().map(|line| self.indented(line));
        suggestion.chain(explain).collect()
    }

    /// The command that explains a finding about figures step by step. One that would not fit the line is cut to what
    /// does, and says what is missing.
    fn command(&self, finding: &Finding) -> Option<String> {
        let rule = self.run.rules.get(&finding.rule)?;
        if rule.family != "figures" {
            return None;
        }
        let short = format!("factlint explain {}", short_id(finding, &self.shared));
        if self.run.paths.is_empty() {
            return Some(self.indented(&short));
        }
        let whole = format!("{short} {}", self.run.paths);
        let taken = "      = help: ".len();
        Some(if width(&whole) + taken <= self.columns {
            whole
        } else {
            self.indented(&format!("{short}, with the paths of this check"))
        })
    }

    /// Wrapped for a message under the snippets, which starts with `= help: `.
    fn indented(&self, line: &str) -> String {
        let taken = "      = help: ".len();
        wrap(line, self.columns.saturating_sub(taken)).join("\n")
    }
}

/// A finding of one place without the label that its headline says word for word.
fn without_said(finding: &Finding, headline: &str) -> Finding {
    let mut shown = finding.clone();
    let label = shown.location.label.trim_end_matches('…');
    if shown.related.is_empty() && headline.contains(label) {
        shown.location.label.clear();
    }
    shown
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
