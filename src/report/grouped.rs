//! The report with one line a finding, under the name of its document.

use super::excerpt::{ellipsize, one_line_of};
use super::hyperlink::link;
use super::places::Places;
use super::summary::push_summary;
use super::{Run, TextOptions, level_name};
use crate::finding::Level;
use crate::text::percent_encode;

/// The findings of each document under its path: place, level, message, rule. No line is wider than asked.
pub fn grouped(run: &Run<'_>, options: TextOptions) -> String {
    let places = Places::of(run);
    let columns = options.width.max(40);
    let mut out = String::new();
    let mut document = "";
    for finding in run.listed() {
        if finding.location.path != document {
            if !document.is_empty() {
                out.push('\n');
            }
            document = &finding.location.path;
            let name = paint(document, "1", options.styled);
            match run.root {
                Some(root) => {
                    let address = format!("{root}{}", percent_encode(document));
                    out.push_str(&link(&name, &address));
                }
                None => out.push_str(&name),
            }
            out.push('\n');
        }
        let position = places.start(&finding.location);
        let place = format!("{}:{}", position.line, position.column);
        let level = level_name(finding.level);
        let head = format!("  {place:<9} ");
        let tail = format!("  {}", finding.rule);
        let taken = head.len() + "warning ".len() + tail.len();
        let room = columns.saturating_sub(taken).max(10);
        let message = ellipsize(&one_line_of(&finding.message), room, "…");
        let color = match finding.level {
            Level::Error => "1;91",
            Level::Warning => "33",
            Level::Note => "92",
        };
        let level = paint(&format!("{level:<7}"), color, options.styled);
        let tail = paint(&tail, "2", options.styled);
        out.extend([&head, &level, " ", &message, &tail, "\n"]);
    }
    if !document.is_empty() {
        out.push('\n');
    }
    push_summary(run, options, &mut out);
    out
}

/// A text in a colour or weight (SGR), where that is wanted.
pub(super) fn paint(text: &str, code: &str, styled: bool) -> String {
    if styled {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}
