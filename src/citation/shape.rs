//! A citation mark inside one plain text: what the files of the styles make, and [`super::mark`] gives a place.

use std::ops::Range;

use super::Style;

/// How a mark is written, finer than [`Style`]: what is common in a document is judged by form.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `[1]`.
    Bracket,
    /// `[\[1\]](#)`.
    LinkedBracket,
    /// `^[1]`, `^[1]^`, `^{[1][8]}`, `<sup>[1]</sup>`.
    RaisedBracket,
    /// `^1^`, `^{1}`, `<sup>1</sup>`, `¹`.
    RaisedNumber,
    /// `[^1]`.
    Footnote,
    /// `[@key]`.
    Citekey,
    /// `@key` in prose.
    BareCitekey,
}

impl Form {
    pub(super) fn style(self) -> Style {
        match self {
            Self::Bracket => Style::Bracket,
            Self::LinkedBracket => Style::LinkedBracket,
            Self::RaisedBracket | Self::RaisedNumber => Style::Superscript,
            Self::Footnote => Style::Footnote,
            Self::Citekey | Self::BareCitekey => Style::Citekey,
        }
    }
}

/// A mark within one plain text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Shape {
    /// How it is written.
    pub(super) form: Form,
    /// Bytes of the plain text.
    pub(super) range: Range<usize>,
    /// What it names; never empty.
    pub(super) labels: Vec<String>,
}

/// The text between the bracket at `at` and its closing one, if no other bracket opens before.
pub(super) fn bracketed(plain: &str, at: usize) -> Option<&str> {
    let inside = plain.get(at + 1..)?;
    let end = inside.find(['[', ']'])?;
    inside
        .get(end..)?
        .starts_with(']')
        .then(|| inside.get(..end))?
}
