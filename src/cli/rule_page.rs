//! A rule's page as terminal text.

use super::output::push_wrapped;
use crate::report::level_name;
use crate::rule::Rule;

/// The page with its level and precision above, wrapped, code indented.
pub(super) fn text(rule: &Rule, columns: usize, styled: bool) -> String {
    let mut out = format!(
        "{} ({}, precision {})\n",
        rule.id,
        level_name(rule.level),
        rule.precision
    );
    if styled {
        out = format!("\u{1b}[1m{}\u{1b}[0m", out.trim_end()) + "\n";
    }
    if rule.page.trim().is_empty() {
        push_wrapped(&format!("{}.", rule.summary), "", columns, &mut out);
        return out;
    }
    let body = rule.page.trim_start();
    let body = body
        .strip_prefix("# ")
        .and_then(|rest| rest.split_once('\n'))
        .map_or(body, |(_, rest)| rest);
    push_markdown(body, columns, styled, &mut out);
    out
}

/// Markdown as terminal text: paragraphs wrapped, code indented, headings bold.
fn push_markdown(page: &str, columns: usize, styled: bool, out: &mut String) {
    let mut paragraph = String::new();
    let mut fence: Option<&str> = None;
    for line in page.lines() {
        let marks = line.trim_start();
        if let Some(open) = fence {
            if marks.trim_end() == open {
                fence = None;
            } else {
                out.push_str(&format!("    {line}").trim_end().replace('\r', ""));
                out.push('\n');
            }
            continue;
        }
        let ticks = marks.len() - marks.trim_start_matches('`').len();
        let is_fence = ticks >= 3;
        let is_heading = line.starts_with('#');
        let is_item = marks.starts_with("- ") || marks.starts_with("* ");
        if is_fence || is_heading || is_item || line.trim().is_empty() {
            flush(&mut paragraph, columns, out);
        }
        if is_fence {
            fence = marks.get(..ticks);
            let file = marks.split("file=").nth(1).unwrap_or_default().trim();
            if !file.is_empty() {
                out.extend(["    ", file, ":\n"]);
            }
        } else if is_heading {
            let title = line.trim_start_matches('#').trim();
            if styled {
                out.extend(["\u{1b}[1m", title, "\u{1b}[0m\n"]);
            } else {
                out.extend([title, "\n"]);
            }
        } else if line.trim().is_empty() {
            if !out.ends_with("\n\n") {
                out.push('\n');
            }
        } else {
            paragraph.push_str(line.trim());
            paragraph.push(' ');
        }
    }
    flush(&mut paragraph, columns, out);
}

fn flush(paragraph: &mut String, columns: usize, out: &mut String) {
    if !paragraph.is_empty() {
        push_wrapped(paragraph, "", columns, out);
        paragraph.clear();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_wrapped_and_its_examples_indented() {
        let page = "Two places\nof one figure.\n\n## Bad\n\n````md file=a.md\nThe rate was 38%.\n````\n\n- one\n- two\n";
        let mut out = String::new();
        push_markdown(page, 40, false, &mut out);
        assert_eq!(
            out,
            "Two places of one figure.\n\nBad\n\n    a.md:\n    The rate was 38%.\n\n- one\n- two\n"
        );
    }
}
