//! `[^1]`: a footnote that serves as citation mark.

use super::shape::{Form, Shape, bracketed};

/// Longest label, in bytes.
const LONGEST: usize = 100;

/// The footnote mark that starts at `at`.
pub(super) fn at(plain: &str, at: usize) -> Option<Shape> {
    if !plain.get(at..)?.starts_with("[^") {
        return None;
    }
    let label = bracketed(plain, at)?.strip_prefix('^')?;
    let end = at + label.len() + 3;
    let definition =
        at <= 8 && plain.get(end..)?.starts_with(':') && plain.get(..at)?.trim().is_empty();
    let fits = !label.is_empty() && label.len() <= LONGEST && !label.contains(char::is_whitespace);
    (fits && !definition).then(|| Shape {
        form: Form::Footnote,
        range: at..end,
        labels: vec![label.to_owned()],
    })
}
