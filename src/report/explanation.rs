//! One finding explained: its places with the figures there, why they were compared, the calculation.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::excerpt::{excerpt, width, wrap};
use super::level_name;
use super::places::label;
use crate::explanation::{
    ExplainedDimension, ExplainedFigure, ExplainedPlace, Explanation, frame_name, frame_phrase,
};
use crate::text::{Position, SourceText};

/// Places that are shown; a table of percentages can have dozens.
const MOST_PLACES: usize = 12;

/// An explanation as terminal text; no line is wider than `columns`, at least 40.
pub fn explanation(
    explained: &Explanation,
    sources: &BTreeMap<&str, &SourceText>,
    columns: usize,
    styled: bool,
) -> String {
    let mut page = Page {
        sources,
        columns: columns.max(40),
        styled,
        out: String::new(),
    };
    let finding = &explained.finding;
    let level = level_name(finding.level);
    page.bold(&format!(
        "{level}[{}] {}",
        finding.rule, finding.fingerprint
    ));
    page.paragraph(&sentence(&finding.message), "");
    for place in explained.places.iter().take(MOST_PLACES) {
        page.push_place(place);
    }
    if let Some(more @ 1..) = explained.places.len().checked_sub(MOST_PLACES) {
        page.out.push('\n');
        page.paragraph(&format!("... and {more} more places"), "");
    }
    if is_unsure(explained) {
        let legend = "unsure: a route that is often wrong, so nothing is compared by it";
        page.out.push('\n');
        page.paragraph(legend, "");
    }
    for group in &explained.groups {
        page.section("Taken to be one figure");
        page.paragraph(&group.quotes.join(" and "), "  ");
        let rows: Vec<(String, String, String)> = group
            .reasons
            .iter()
            .map(|(name, said)| (name.clone(), said.clone(), String::new()))
            .collect();
        page.table(&rows);
    }
    if !explained.calculation.is_empty() {
        page.section("Calculation");
        for step in &explained.calculation {
            page.step(step);
        }
    }
    if let Some(suggestion) = &finding.suggestion {
        page.section("What to do");
        page.paragraph(suggestion, "  ");
    }
    page.section("Rule");
    if !explained.summary.is_empty() {
        page.paragraph(&explained.summary, "  ");
    }
    page.paragraph(&format!("factlint explain {}", finding.rule), "  ");
    page.out
}

/// Whether a dimension was found by a route that decides nothing.
fn is_unsure(explained: &Explanation) -> bool {
    explained
        .places
        .iter()
        .take(MOST_PLACES)
        .flat_map(|place| &place.figures)
        .flat_map(|figure| &figure.dimensions)
        .any(|dimension| !dimension.origin.frame.is_strong())
}

/// A message as a sentence of its own.
fn sentence(message: &str) -> String {
    let end = if message.ends_with(['.', '?', '!', '"']) {
        ""
    } else {
        "."
    };
    format!("{message}{end}")
}

struct Page<'a> {
    sources: &'a BTreeMap<&'a str, &'a SourceText>,
    columns: usize,
    styled: bool,
    out: String,
}

impl Page<'_> {
    fn bold(&mut self, line: &str) {
        for line in wrap(line, self.columns) {
            if self.styled {
                self.out.extend(["\u{1b}[1m", &line, "\u{1b}[0m\n"]);
            } else {
                self.out.extend([&line, "\n"]);
            }
        }
    }

    fn section(&mut self, title: &str) {
        self.out.push('\n');
        self.bold(title);
    }

    /// Wrapped lines, each behind `indent`.
    fn paragraph(&mut self, text: &str, indent: &str) {
        for line in wrap(text, self.columns.saturating_sub(indent.len())) {
            self.out.extend([indent, &line, "\n"]);
        }
    }

    /// A step of a list: its second and later lines stand further in.
    fn step(&mut self, text: &str) {
        for (at, line) in wrap(text, self.columns.saturating_sub(4))
            .iter()
            .enumerate()
        {
            let indent = if at == 0 { "  " } else { "    " };
            self.out.extend([indent, line, "\n"]);
        }
    }

    fn push_place(&mut self, place: &ExplainedPlace) {
        self.out.push('\n');
        let location = &place.location;
        let Some(source) = self.sources.get(location.path.as_str()) else {
            self.bold(&location.path);
            return;
        };
        let position = source.position(location.span.start);
        self.bold(&label(&location.path, position));
        let number = format!("  {} | ", position.line);
        let room = self.columns.saturating_sub(number.len());
        let cut = excerpt(source, location.span, room, 0);
        self.out.extend([&number, cut.text.trim_end(), "\n"]);
        for mark in &cut.marks {
            let before = width(cut.text.get(..mark.start).unwrap_or_default());
            let marked = width(cut.text.get(mark.clone()).unwrap_or_default()).max(1);
            self.out.extend([
                &" ".repeat(number.len().saturating_sub(2)),
                "| ",
                &" ".repeat(before),
                &"^".repeat(marked),
                "\n",
            ]);
        }
        for figure in &place.figures {
            let line = source.line(figure.span.start);
            self.table(&figure_rows(figure, line));
        }
    }

    /// Rows of a name, a value and how it was found; values and origins are wrapped in columns of their own.
    fn table(&mut self, rows: &[(String, String, String)]) {
        let widest = |cell: fn(&(String, String, String)) -> &String| {
            rows.iter().map(|row| width(cell(row))).max().unwrap_or(0)
        };
        let name = widest(|row| &row.0);
        let rest = self.columns.saturating_sub(name + 4);
        let has_origins = widest(|row| &row.2) > 0;
        let value = if has_origins {
            widest(|row| &row.1).min(rest * 9 / 20)
        } else {
            rest
        };
        let origin = rest.saturating_sub(value + 2);
        for row in rows {
            let values = wrap(&row.1, value);
            let origins = wrap(&row.2, origin);
            for at in 0..values.len().max(origins.len()) {
                let name_cell = if at == 0 { row.0.as_str() } else { "" };
                let value_cell = values.get(at).map_or("", String::as_str);
                let origin_cell = origins.get(at).map_or("", String::as_str);
                let mut line = format!("  {}{}", pad(name_cell, name + 2), value_cell);
                if !origin_cell.is_empty() {
                    line = format!(
                        "  {}{}{origin_cell}",
                        pad(name_cell, name + 2),
                        pad(value_cell, value + 2)
                    );
                }
                self.out.extend([line.trim_end(), "\n"]);
            }
        }
    }
}

fn pad(cell: &str, columns: usize) -> String {
    format!("{cell}{}", " ".repeat(columns.saturating_sub(width(cell))))
}

/// What a figure was taken to be about, for one that stands in a line: names, values, and how each was found, which is empty
/// where there is nothing to say.
pub fn figure_rows(figure: &ExplainedFigure, line: usize) -> Vec<(String, String, String)> {
    let row = |name: &str, value: &str, origin: String| (name.to_owned(), value.to_owned(), origin);
    let stands = figure
        .bounds
        .as_ref()
        .map_or_else(String::new, |bounds| format!("stands for {bounds}"));
    let mut rows = vec![row("value", &figure.quote, stands)];
    if let Some(share) = &figure.share {
        rows.push(row("count", share, String::new()));
    }
    if let Some((printed, ucum)) = &figure.unit
        && printed != ucum
    {
        rows.push(row("unit", printed, format!("UCUM {ucum}")));
    }
    for dimension in &figure.dimensions {
        let name = dimension.name;
        rows.push(row(name, &dimension.origin.value, origin(dimension, line)));
    }
    rows
}

/// `"ORR" in the column header, line 16; pack clinical`.
fn origin(dimension: &ExplainedDimension, line: usize) -> String {
    let origin = &dimension.origin;
    let phrase = frame_phrase(origin.frame);
    let mut said = if origin.words.is_empty() || is_told(&origin.words, &origin.value) {
        phrase
    } else {
        format!("\"{}\" {phrase}", origin.words)
    };
    if let Some(own) = dimension.line.filter(|own| *own != line) {
        said.extend([", line ", &own.to_string()]);
    }
    if let Some(pack) = origin.pack {
        said.extend(["; pack ", pack]);
    }
    if !origin.frame.is_strong() {
        said.push_str("; unsure");
    }
    said
}

/// Whether words are the value itself, whatever their case and white space.
fn is_told(words: &str, value: &str) -> bool {
    let fold = |text: &str| crate::text::squeeze(text).to_lowercase();
    fold(words) == fold(value)
}

/// An explanation as indented JSON with a final line end. Bytes from 0, end exclusive; lines and columns (code points) from 1.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn explanation_json(
    explained: &Explanation,
    sources: &BTreeMap<&str, &SourceText>,
) -> Result<String, serde_json::Error> {
    let finding = &explained.finding;
    let groups: Vec<Value> = explained
        .groups
        .iter()
        .map(|group| {
            let reasons: Vec<Value> = group
                .reasons
                .iter()
                .map(|(name, detail)| json!({ "name": name, "detail": detail }))
                .collect();
            json!({ "figures": group.quotes, "reasons": reasons })
        })
        .collect();
    let places: Vec<Value> = explained
        .places
        .iter()
        .map(|place| place_json(place, sources))
        .collect();
    let report = json!({
        "version": 1,
        "fingerprint": finding.fingerprint,
        "rule": finding.rule,
        "ruleSummary": explained.summary,
        "level": level_name(finding.level),
        "message": finding.message,
        "suggestion": finding.suggestion,
        "places": places,
        "compared": groups,
        "calculation": explained.calculation,
    });
    serde_json::to_string_pretty(&report).map(|text| text + "\n")
}

fn place_json(place: &ExplainedPlace, sources: &BTreeMap<&str, &SourceText>) -> Value {
    let location = &place.location;
    let at = |offset: usize| {
        sources
            .get(location.path.as_str())
            .map_or(Position { line: 1, column: 1 }, |source| {
                source.position(offset)
            })
    };
    let (start, end) = (at(location.span.start), at(location.span.end));
    let figures: Vec<Value> = place.figures.iter().map(figure_json).collect();
    json!({
        "path": location.path,
        "start": location.span.start,
        "end": location.span.end,
        "startLine": start.line,
        "startColumn": start.column,
        "endLine": end.line,
        "endColumn": end.column,
        "label": location.label,
        "figures": figures,
    })
}

fn figure_json(figure: &ExplainedFigure) -> Value {
    let dimensions: Vec<Value> = figure
        .dimensions
        .iter()
        .map(|dimension| {
            let origin = &dimension.origin;
            json!({
                "name": dimension.name,
                "value": origin.value,
                "pack": origin.pack,
                "route": frame_name(origin.frame),
                "strong": origin.frame.is_strong(),
                "words": origin.words,
                "start": origin.span.map(|span| span.start),
                "end": origin.span.map(|span| span.end),
                "line": dimension.line,
            })
        })
        .collect();
    json!({
        "text": figure.quote,
        "start": figure.span.start,
        "end": figure.span.end,
        "standsFor": figure.bounds,
        "share": figure.share,
        "unit": figure.unit.as_ref().map(|(printed, _)| printed),
        "ucum": figure.unit.as_ref().map(|(_, ucum)| ucum),
        "dimensions": dimensions,
    })
}
