//! Which document is being written.

use crate::corpus::{Corpus, Extraction};

/// A document of the corpus with its index there.
#[derive(Clone, Copy)]
pub(super) struct Source<'c> {
    pub(super) corpus: &'c Corpus,
    pub(super) index: usize,
    pub(super) extraction: &'c Extraction,
}
