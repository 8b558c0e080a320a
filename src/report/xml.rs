//! What may stand in XML at all.

/// The text with each character that XML 1.0 has no place for (<https://www.w3.org/TR/xml/#charsets>) as U+FFFD; no escape
/// can write those.
pub(super) fn xml_text(text: &str) -> String {
    let is_allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    text.chars()
        .map(|c| {
            if is_allowed(c) {
                c
            } else {
                char::REPLACEMENT_CHARACTER
            }
        })
        .collect()
}
