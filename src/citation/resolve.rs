//! From labels to entries: equality, numbers normalised, footnote labels without case.

use std::collections::BTreeMap;

use super::mark::Mark;
use super::{Pointer, Reference};

/// Marks with the entries their labels denote. Of several entries with one label, the first.
pub(super) fn pointers(marks: Vec<Mark>, references: &[Reference]) -> Vec<Pointer> {
    let mut exact: BTreeMap<&str, usize> = BTreeMap::new();
    let mut folded: BTreeMap<String, usize> = BTreeMap::new();
    for (index, reference) in references.iter().enumerate() {
        exact.entry(&reference.label).or_insert(index);
        folded
            .entry(reference.label.to_lowercase())
            .or_insert(index);
    }
    marks
        .into_iter()
        .map(|mark| Pointer {
            style: mark.form.style(),
            targets: mark
                .labels
                .iter()
                .map(|label| {
                    exact.get(label.as_str()).copied().or_else(|| {
                        matches!(mark.form, super::shape::Form::Footnote)
                            .then(|| folded.get(&label.to_lowercase()).copied())?
                    })
                })
                .collect(),
            place: mark.place,
            span: mark.span,
            labels: mark.labels,
        })
        .collect()
}
