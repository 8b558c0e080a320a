//! The graph as the SPARQL evaluator reads it.
//!
//! Terms are numbers: those of the graph's dictionary, and behind them those that a query computes.

use std::cell::RefCell;
use std::convert::Infallible;

use oxigraph::model::{Literal, Term};
use spareval::{InternalQuad, QueryableDataset};

use crate::graph::{Dataset, Dictionary, Pattern, TermId, canonical};

/// A dataset during one query.
pub(super) struct View<'d> {
    dataset: &'d Dataset,
    /// Terms that are not in the dataset.
    computed: RefCell<Dictionary>,
}

impl<'d> View<'d> {
    pub(super) fn new(dataset: &'d Dataset) -> Self {
        Self {
            dataset,
            computed: RefCell::default(),
        }
    }

    /// The number of the first term that is not in the dataset.
    fn known(&self) -> TermId {
        self.dataset.dictionary().len()
    }
}

impl<'d> QueryableDataset<'d> for View<'d> {
    type InternalTerm = TermId;
    type Error = Infallible;

    fn internal_quads_for_pattern(
        &self,
        subject: Option<&TermId>,
        predicate: Option<&TermId>,
        object: Option<&TermId>,
        graph_name: Option<Option<&TermId>>,
    ) -> impl Iterator<Item = Result<InternalQuad<TermId>, Infallible>> + use<'d> {
        let pattern: Pattern =
            [subject, predicate, object, graph_name.flatten()].map(Option::<&_>::copied);
        // Every quad is in a named graph.
        let is_default = graph_name == Some(None);
        let found = (!is_default).then(|| self.dataset.matching(pattern));
        found
            .into_iter()
            .flatten()
            .map(|[subject, predicate, object, graph]| {
                Ok(InternalQuad {
                    subject,
                    predicate,
                    object,
                    graph_name: Some(graph),
                })
            })
    }

    fn contains_internal_graph_name(&self, graph_name: &TermId) -> Result<bool, Infallible> {
        Ok(self.dataset.has(3, *graph_name))
    }

    fn internalize_term(&self, term: Term) -> Result<TermId, Infallible> {
        let term = canonical(term);
        let known = self.dataset.dictionary().find(term.as_ref());
        Ok(known.unwrap_or_else(|| self.known() + self.computed.borrow_mut().intern_owned(term)))
    }

    fn externalize_term(&self, term: TermId) -> Result<Term, Infallible> {
        let known = self.dataset.dictionary().term(term).cloned();
        let computed = || {
            let computed = self.computed.borrow();
            computed.term(term.checked_sub(self.known())?).cloned()
        };
        // The evaluator has no number that was not given to it.
        Ok(known
            .or_else(computed)
            .unwrap_or_else(|| Literal::from("").into()))
    }
}
