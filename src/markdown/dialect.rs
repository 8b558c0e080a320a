//! Which Markdown is read.

use pulldown_cmark::{Options, Parser};

use super::LinkDefinition;
use crate::text::Span;

/// What is read beyond CommonMark. Superscript and subscript options are off: `^[1]^` stays as printed. Front
/// matter is found by [`super::layout`], because the parser would take it anywhere.
pub(super) const OPTIONS: Options = Options::ENABLE_TABLES
    .union(Options::ENABLE_FOOTNOTES)
    .union(Options::ENABLE_STRIKETHROUGH)
    .union(Options::ENABLE_MATH)
    .union(Options::ENABLE_TASKLISTS)
    .union(Options::ENABLE_HEADING_ATTRIBUTES)
    .union(Options::ENABLE_GFM);

/// The link reference definitions of a content that starts at `base`.
pub(super) fn definitions(text: &str, base: usize) -> Vec<LinkDefinition> {
    let parser = Parser::new_ext(text, OPTIONS);
    let mut found: Vec<LinkDefinition> = parser
        .reference_definitions()
        .iter()
        .map(|(label, definition)| LinkDefinition {
            label: label.to_owned(),
            destination: definition.dest.to_string(),
            title: definition.title.as_ref().map(ToString::to_string),
            span: Span::new(definition.span.start + base, definition.span.end + base),
        })
        .collect();
    found.sort_by_key(|definition| definition.span);
    found
}
