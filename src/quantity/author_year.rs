//! Years of citations by author and year: `(Smith et al., 2012)`, `Smith (2003)`.

use super::context;
use super::scan::{Scan, is_blank};

/// A year that belongs to a citation by author and year.
pub(super) fn is_author_year(scan: Scan<'_>, start: usize) -> bool {
    let window = scan.window_before(start, 120);
    let Some(open) = window.rfind(['(', '[']) else {
        return window.trim_end().ends_with("et al.,") || window.trim_end().ends_with("et al.");
    };
    let inside = window.get(open + 1..).unwrap_or_default();
    if inside.contains([')', ']']) {
        return window.trim_end().ends_with("et al.,") || window.trim_end().ends_with("et al.");
    }
    if inside.trim_end().ends_with("al.,") || inside.trim_end().ends_with("al.") {
        return true;
    }
    let entry = inside.rsplit(';').next().unwrap_or(inside).trim();
    let names =
        entry.trim_end_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | ',' | '–' | '-'));
    if names.is_empty() && inside.trim_start() == entry || entry.is_empty() && !inside.contains(';')
    {
        let before = window.get(..open).unwrap_or_default().trim_end();
        let word = before
            .rsplit(|c: char| is_blank(c) || c == '(')
            .next()
            .unwrap_or_default();
        let stop = scan.byte(start + 4);
        return matches!(stop, b')' | b',' | b';' | b']')
            && (before.ends_with("al.")
                || before.ends_with("’s")
                || before.ends_with("'s")
                || (word.starts_with(char::is_uppercase) && !before.is_empty()));
    }
    names.is_empty() || are_names(names)
}

/// Whether a text reads as authors: "Kennett and Stott", "de la Cruz et al.", "see Smith & Jones, in prep.".
fn are_names(text: &str) -> bool {
    let mut capitals = 0;
    for word in text
        .split(|c: char| is_blank(c) || matches!(c, ',' | '&' | '.'))
        .filter(|word| !word.is_empty())
    {
        if word.starts_with(char::is_uppercase) {
            capitals += 1;
        } else if !context::is("author-joint", word)
            && !word.starts_with(|c: char| c.is_ascii_digit())
        {
            return false;
        }
    }
    capitals > 0 && !(text.ends_with(" in") || text.ends_with("since"))
}
