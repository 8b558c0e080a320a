//! Web pages as Markdown, so that one reading serves both.
//!
//! A page that somebody kept as the text of a source is read for its sentences and tables. Its lines are lost: who shows a place
//! of it shows the words. It leaves out menus, scripts and forms.

use std::sync::LazyLock;

use htmd::HtmlToMarkdown;
use regex::Regex;

/// Elements that hold none of the text of a page.
const LEFT_OUT: [&str; 13] = [
    "script", "style", "noscript", "template", "head", "nav", "header", "footer", "aside", "form",
    "button", "svg", "iframe",
];
/// Deeper pages are not converted: the converter calls itself for each level.
const DEEPEST: usize = 200;
/// Bytes in which the head of a page is looked for.
const HEAD: usize = 100_000;

static CONVERTER: LazyLock<HtmlToMarkdown> =
    LazyLock::new(|| HtmlToMarkdown::builder().skip_tags(LEFT_OUT.into()).build());
/// What publishers say of a work in the head of its page (Highwire Press tags, as Google Scholar asks for).
static META: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r#"(?i)<meta\s+name=["']citation_(doi|pmid|arxiv_id|title)["']\s+content=["']([^"'<>\r\n]+)["']"#,
    )
    .ok()
});
/// An opening or closing tag. Elements that are empty, or end where the next one begins, are no level.
static TAG: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"<(/?)([a-zA-Z][a-zA-Z0-9]*)[^>]*?(/?)>").ok());
const NO_LEVEL: [&str; 12] = [
    "br", "img", "meta", "link", "input", "hr", "col", "wbr", "source", "p", "li", "td",
];

/// Whether a path is that of a web page.
pub(super) fn is_page(path: &str) -> bool {
    let extension = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    ["html", "htm", "xhtml"]
        .iter()
        .any(|known| extension.eq_ignore_ascii_case(known))
}

/// The page as Markdown: what its head says of the work as front matter, then its text. `None` where it is nested too deeply.
pub(super) fn to_markdown(html: &str) -> Option<String> {
    if depth(html) > DEEPEST {
        return None;
    }
    let body = CONVERTER.convert(html).ok()?;
    let head = html.get(..html.floor_char_boundary(HEAD)).unwrap_or(html);
    let told: String = META
        .iter()
        .flat_map(|meta| meta.captures_iter(head))
        .filter_map(|found| {
            let name = found.get(1)?.as_str().to_lowercase();
            let content = found.get(2)?.as_str().trim();
            Some(format!("{}: \"{content}\"\n", name.trim_end_matches("_id")))
        })
        .collect();
    Some(if told.is_empty() {
        body
    } else {
        format!("---\n{told}---\n\n{body}")
    })
}

/// Levels of elements within one another, at least as many as there are.
fn depth(html: &str) -> usize {
    let (mut depth, mut most) = (0_usize, 0);
    for tag in TAG.iter().flat_map(|tag| tag.captures_iter(html)) {
        let group = |at| tag.get(at).map_or("", |found| found.as_str());
        let is_level = !NO_LEVEL
            .iter()
            .any(|name| group(2).eq_ignore_ascii_case(name));
        match (group(1), group(3)) {
            _ if !is_level => {}
            ("/", _) => depth = depth.saturating_sub(1),
            (_, "/") => {}
            _ => depth += 1,
        }
        most = most.max(depth);
    }
    most
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(to_markdown(html).as_deref(), Some(expected), "{html}");
    }

    #[test]
    fn sentences_and_tables_survive_and_menus_do_not() {
        check(
            "<html><head><title>x</title></head><body><nav>Home</nav><h1>Tides</h1><p>Of 40 boats, <b>12</b> sank.</p>\
             <script>let a = 1;</script></body></html>",
            "# Tides\n\nOf 40 boats, **12** sank.",
        );
        let table = to_markdown(
            "<table><tr><th>Boat</th><th>Sank</th></tr><tr><td>Red</td><td>12%</td></tr></table>",
        );
        let rows: Vec<String> = table
            .iter()
            .flat_map(|table| table.lines())
            .map(|row| row.replace(' ', ""))
            .collect();
        assert_eq!(rows.first().map(String::as_str), Some("|Boat|Sank|"));
        assert_eq!(rows.last().map(String::as_str), Some("|Red|12%|"));
    }

    #[test]
    fn the_head_names_the_work() {
        check(
            "<head><meta name=\"citation_doi\" content=\"10.1000/tide\"></head><p>Text.</p>",
            "---\ndoi: \"10.1000/tide\"\n---\n\nText.",
        );
    }

    #[test]
    fn a_page_without_end_is_not_converted() {
        assert_eq!(to_markdown(&"<div>".repeat(100_000)), None);
        assert!(to_markdown(&format!("{}x{}", "<b>".repeat(150), "</b>".repeat(150))).is_some());
    }
}
