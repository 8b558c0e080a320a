//! The document that is being written, with the documents it stands among.

use std::collections::{BTreeMap, BTreeSet};

use crate::claim::{Figure, FigureRole, Status, Support};
use crate::corpus::{Corpus, Extraction};

/// One document of a corpus.
#[derive(Clone, Copy)]
pub(super) struct Source<'a> {
    pub(super) corpus: &'a Corpus,
    pub(super) index: usize,
    pub(super) extraction: &'a Extraction,
    pub(super) shared: &'a Shared<'a>,
}

/// What is looked up for every document, put in order once.
pub(super) struct Shared<'a> {
    /// Each narrower scope with the wider ones, from [`Corpus::wider_scopes`].
    pub(super) wider: BTreeMap<&'a str, Vec<&'a str>>,
    /// Document and index of figures that are restated or told of another text.
    restated: BTreeSet<(usize, usize)>,
    /// Document and index of claims whose marks look swapped.
    swapped: BTreeSet<(usize, usize)>,
}

impl<'a> Shared<'a> {
    pub(super) fn of(corpus: &'a Corpus) -> Self {
        let mut wider: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (narrow, wide) in &corpus.wider_scopes {
            wider.entry(narrow).or_default().push(wide);
        }
        let restated = corpus.restatements.iter();
        let retold = corpus.retellings.iter();
        let cited = &corpus.cited;
        let missing = cited.missing.iter().map(|missing| missing.told);
        let swapped = corpus.swaps.iter();
        Self {
            wider,
            restated: restated
                .flat_map(|pair| [pair.one, pair.other])
                .chain(
                    retold
                        .chain(&cited.differing)
                        .flat_map(|pair| [pair.told, pair.source]),
                )
                .chain(missing)
                .collect(),
            swapped: swapped
                .flat_map(|swap| [(swap.document, swap.claim), (swap.document, swap.other)])
                .collect(),
        }
    }
}

impl Source<'_> {
    /// Whether a claim needs support, which is told of each of its figures, too.
    pub(super) fn needs_support(&self, claim: usize) -> bool {
        let claim = self.extraction.statements.claims.get(claim);
        claim.is_some_and(|claim| claim.support == Support::Needed)
    }

    /// Whether a rule can say anything of a claim: it needs support, or its marks look swapped.
    pub(super) fn judges_claim(&self, claim: usize) -> bool {
        self.needs_support(claim) || self.shared.swapped.contains(&(self.index, claim))
    }

    /// Whether a rule can say anything of a figure for what it is: it has a key, needs support, is a share of counts or is
    /// restated. Limits, intervals and changes are told elsewhere.
    pub(super) fn judges_figure(&self, index: usize, figure: &Figure) -> bool {
        let comparison = self
            .corpus
            .comparisons
            .get(self.index)
            .and_then(|all| all.get(index));
        let needs_support = figure.role == FigureRole::Result
            && figure.claim.is_some_and(|claim| self.needs_support(claim));
        let is_share = figure
            .quantity
            .as_ref()
            .is_some_and(|quantity| quantity.numerator.is_some());
        needs_support
            || is_share
            || figure.status == Status::NotReported
            || comparison.is_some_and(|comparison| comparison.key.is_some())
            || self.shared.restated.contains(&(self.index, index))
    }
}
