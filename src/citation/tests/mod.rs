//! Documents in; marks, entries, links and named sources out, each as one line of text.

mod entries;
mod hostile;
mod links;
mod lists;
mod marks;

use super::{Citations, extract};
use crate::markdown::{Document, parse};
use crate::text::SourceText;

fn document(text: &str) -> Document {
    parse(SourceText::new("page.md", text))
}

fn citations(text: &str) -> Citations {
    extract(&document(text))
}
