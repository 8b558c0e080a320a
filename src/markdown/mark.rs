//! What tells citation marks, money and copies of the source in inline events.

use pulldown_cmark::LinkType;

use crate::text::Span;

/// Longest citation mark, in bytes, that keeps its brackets when it is a link by reference.
const MARK: usize = 24;

/// Whether a link names a definition.
pub(super) fn is_by_reference(link_type: LinkType) -> bool {
    match link_type {
        LinkType::Reference
        | LinkType::ReferenceUnknown
        | LinkType::Collapsed
        | LinkType::CollapsedUnknown
        | LinkType::Shortcut
        | LinkType::ShortcutUnknown => true,
        LinkType::Inline | LinkType::Autolink | LinkType::Email | LinkType::WikiLink { .. } => {
            false
        }
    }
}

/// Whether a text is its source byte for byte, line ends aside.
pub(super) fn is_aligned(text: &str, source: &str) -> bool {
    let is_space = |byte: u8| matches!(byte, b' ' | b'\n' | b'\r');
    text.len() == source.len()
        && (text == source
            || text
                .bytes()
                .zip(source.bytes())
                .all(|(a, b)| a == b || is_space(a) && is_space(b)))
}

/// The inside of a leading `[1]`, `[1, 2]` or `[1–3]`.
pub(super) fn mark_in_brackets(printed: &str) -> Option<&str> {
    let inner = printed.strip_prefix('[')?;
    let end = inner.bytes().take(MARK).position(|byte| byte == b']')?;
    let inner = inner.get(..end)?;
    let numeric = inner
        .chars()
        .all(|c| c.is_ascii_digit() || matches!(c, ',' | ';' | ' ' | '-' | '–'));
    (numeric && digits(inner) > 0).then_some(inner)
}

/// Digits of the longest number in a mark.
pub(super) fn digits(mark: &str) -> usize {
    mark.split(|c: char| !c.is_ascii_digit())
        .map(str::len)
        .max()
        .unwrap_or_default()
}

/// Whether the dollar signs are money: pandoc's rule that a digit after the closing one rules mathematics out.
pub(super) fn is_currency(span: Span, source: &str) -> bool {
    source
        .as_bytes()
        .get(span.end)
        .is_some_and(u8::is_ascii_digit)
}
