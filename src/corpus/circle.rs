//! Circles of support: documents of the corpus that cite one another in a ring.
//!
//! Strongly connected components by Tarjan's algorithm (1972), without recursion, because a ring can have ten thousand
//! documents. A SPARQL path with `+` would be quadratic here.

use std::collections::{BTreeMap, BTreeSet};

use super::Extraction;
use super::title::fold;

/// Titles shorter than this (folded, in bytes) name too many documents.
const TITLE_LENGTH: usize = 12;

/// For each document, for each entry of its list: the document of the corpus that it is.
pub(super) fn reference_documents(extractions: &[Extraction]) -> Vec<Vec<Option<usize>>> {
    let mut by_title: BTreeMap<String, usize> = BTreeMap::new();
    let mut by_file: BTreeMap<&str, usize> = BTreeMap::new();
    for (index, extraction) in extractions.iter().enumerate() {
        if let Some(title) = &extraction.document.title {
            by_title.entry(fold(title)).or_insert(index);
        }
        let path = extraction.document.source.path();
        by_file
            .entry(path.rsplit('/').next().unwrap_or(path))
            .or_insert(index);
    }
    let find = |own: usize, title: Option<&String>, url: Option<&String>| {
        let file = url
            .and_then(|url| url.split(['#', '?']).next()?.rsplit('/').next())
            .filter(|_| url.is_some_and(|url| !url.contains("://")));
        let titled = title
            .map(|title| fold(title))
            .filter(|title| title.len() >= TITLE_LENGTH);
        let found = file
            .and_then(|file| by_file.get(file))
            .or_else(|| by_title.get(&titled?));
        found.copied().filter(|document| *document != own)
    };
    extractions
        .iter()
        .enumerate()
        .map(|(own, extraction)| {
            extraction
                .citations
                .references
                .iter()
                .map(|entry| find(own, entry.title.as_ref(), entry.url.as_ref()))
                .collect()
        })
        .collect()
}

/// The circles, each sorted, and the circles sorted. `targets` is [`reference_documents`].
pub(super) fn circles(targets: &[Vec<Option<usize>>]) -> Vec<Vec<usize>> {
    let edges: Vec<BTreeSet<usize>> = targets
        .iter()
        .map(|entries| entries.iter().flatten().copied().collect())
        .collect();
    let mut search = Search {
        edges: &edges,
        index: vec![None; edges.len()],
        low: vec![0; edges.len()],
        ..Search::default()
    };
    for node in 0..edges.len() {
        if search.index.get(node).is_some_and(Option::is_none) {
            search.visit(node);
        }
    }
    let mut found: Vec<Vec<usize>> = search
        .components
        .into_iter()
        .filter(|component| component.len() > 1)
        .collect();
    for component in &mut found {
        component.sort_unstable();
    }
    found.sort();
    found
}

#[derive(Default)]
struct Search<'a> {
    edges: &'a [BTreeSet<usize>],
    index: Vec<Option<usize>>,
    low: Vec<usize>,
    stack: Vec<usize>,
    stacked: BTreeSet<usize>,
    next: usize,
    components: Vec<Vec<usize>>,
}

impl Search<'_> {
    fn visit(&mut self, root: usize) {
        let mut calls: Vec<(usize, Vec<usize>)> = vec![(root, self.open(root))];
        while let Some((node, rest)) = calls.last_mut() {
            let node = *node;
            let Some(target) = rest.pop() else {
                calls.pop();
                self.close(node);
                if let Some((parent, _)) = calls.last() {
                    self.lower(*parent, self.low.get(node).copied().unwrap_or_default());
                }
                continue;
            };
            match self.index.get(target).copied().flatten() {
                None => calls.push((target, self.open(target))),
                Some(index) if self.stacked.contains(&target) => self.lower(node, index),
                Some(_) => {}
            }
        }
    }

    fn open(&mut self, node: usize) -> Vec<usize> {
        if let (Some(index), Some(low)) = (self.index.get_mut(node), self.low.get_mut(node)) {
            *index = Some(self.next);
            *low = self.next;
        }
        self.next += 1;
        self.stack.push(node);
        self.stacked.insert(node);
        self.edges
            .get(node)
            .into_iter()
            .flatten()
            .rev()
            .copied()
            .collect()
    }

    fn lower(&mut self, node: usize, to: usize) {
        if let Some(low) = self.low.get_mut(node) {
            *low = (*low).min(to);
        }
    }

    fn close(&mut self, node: usize) {
        if self.low.get(node).copied() != self.index.get(node).copied().flatten() {
            return;
        }
        let mut component = Vec::new();
        while let Some(member) = self.stack.pop() {
            self.stacked.remove(&member);
            component.push(member);
            if member == node {
                break;
            }
        }
        self.components.push(component);
    }
}

#[cfg(test)]
mod tests {
    use super::circles;

    #[test]
    fn rings_are_found_and_chains_are_not() {
        let to = |targets: &[usize]| {
            targets
                .iter()
                .map(|target| Some(*target))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            circles(&[to(&[1]), to(&[2]), to(&[0]), to(&[0])]),
            vec![vec![0, 1, 2]]
        );
        assert!(circles(&[to(&[1]), to(&[2]), to(&[])]).is_empty());
    }

    #[test]
    fn a_ring_of_ten_thousand_documents_is_one_circle() {
        let ring: Vec<Vec<Option<usize>>> = (0..10_000)
            .map(|at| vec![Some((at + 1) % 10_000)])
            .collect();
        assert_eq!(circles(&ring).len(), 1);
    }
}
