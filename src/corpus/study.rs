//! Study names merged: registry id first, then acronym, then description where exactly one study fits.
//!
//! Two registry ids are never one study. Where two studies fit a description, the name stays apart: a wrong
//! merge accuses, a missed one does not.

use std::collections::{BTreeMap, BTreeSet};

use super::entity::EntityIndex;
use super::{Basis, Extraction, Study};
use crate::claim::StudyName;

/// What the people of a project say about names of studies: as printed, registry numbers or acronyms, case aside.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct StudyMapping {
    /// Lists of names that mean one study.
    pub same: Vec<Vec<String>>,
    /// Lists of names of which no two mean one study.
    pub different: Vec<Vec<String>>,
}

/// The studies, and for each document, for each of its names, the study and the basis.
pub(super) struct Merged {
    pub(super) studies: Vec<Study>,
    pub(super) of_name: Vec<Vec<Option<(usize, Basis)>>>,
}

#[derive(Default)]
struct Candidate {
    registries: BTreeSet<String>,
    acronyms: BTreeSet<String>,
    phases: Vec<Vec<String>>,
    interventions: BTreeSet<String>,
    conditions: BTreeSet<String>,
    names: Vec<(usize, usize, Basis)>,
    label: String,
}

/// Merges the names of all documents, in their order.
pub(super) fn merge(
    extractions: &[Extraction],
    entities: &EntityIndex,
    mapping: &StudyMapping,
) -> Merged {
    let mut merger = Merger {
        extractions,
        entities,
        mapping,
        candidates: Vec::new(),
    };
    merger.merge_mapped();
    merger.merge_registered();
    merger.merge_acronyms();
    merger.merge_described();
    merger.finish()
}

struct Merger<'a> {
    extractions: &'a [Extraction],
    entities: &'a EntityIndex,
    mapping: &'a StudyMapping,
    candidates: Vec<Candidate>,
}

impl<'a> Merger<'a> {
    fn names(&self) -> impl Iterator<Item = (usize, usize, &'a StudyName)> + use<'a> {
        self.extractions
            .iter()
            .enumerate()
            .flat_map(|(document, extraction)| {
                extraction
                    .statements
                    .studies
                    .iter()
                    .enumerate()
                    .map(move |(index, name)| (document, index, name))
            })
    }

    /// Names of one list of [`StudyMapping::same`] become one study.
    fn merge_mapped(&mut self) {
        for same in &self.mapping.same {
            let mut candidate = None;
            for (document, index, name) in self.names() {
                if same.iter().any(|said| is_called(name, said)) && !self.is_taken(document, index)
                {
                    let next = self.candidates.len();
                    self.take(candidate, (document, index, Basis::Mapping), name);
                    candidate = candidate.or(Some(next));
                }
            }
        }
    }

    fn merge_registered(&mut self) {
        let mut known: BTreeMap<String, Vec<usize>> = BTreeMap::new();
        for (at, candidate) in self.candidates.iter().enumerate() {
            for registry in &candidate.registries {
                known.entry(registry.clone()).or_default().push(at);
            }
        }
        for (document, index, name) in self.names() {
            let Some(registry) = &name.registry else {
                continue;
            };
            if self.is_taken(document, index) {
                continue;
            }
            let candidates = known.entry(registry.clone()).or_default();
            let fits = |at: &&usize| {
                let candidate = self.candidates.get(**at);
                candidate.is_some_and(|candidate| !self.is_apart(name, candidate))
            };
            let fitting = candidates.iter().find(fits).copied();
            if fitting.is_none() {
                candidates.push(self.candidates.len());
            }
            self.take(fitting, (document, index, Basis::Registry), name);
        }
    }

    fn is_taken(&self, document: usize, index: usize) -> bool {
        !self.mapping.same.is_empty()
            && self.candidates.iter().any(|candidate| {
                candidate
                    .names
                    .iter()
                    .any(|(d, i, _)| (*d, *i) == (document, index))
            })
    }

    /// Whether the project says that a name is none of a candidate's.
    fn is_apart(&self, name: &StudyName, candidate: &Candidate) -> bool {
        let names = || {
            candidate.names.iter().filter_map(|(document, index, _)| {
                let extraction = self.extractions.get(*document)?;
                extraction.statements.studies.get(*index)
            })
        };
        self.mapping.different.iter().any(|apart| {
            let own = apart.iter().position(|said| is_called(name, said));
            own.is_some_and(|own| {
                names().any(|other| {
                    apart
                        .iter()
                        .position(|said| is_called(other, said))
                        .is_some_and(|others| others != own)
                })
            })
        })
    }

    fn merge_acronyms(&mut self) {
        for (document, index, name) in self.names() {
            let (None, Some(acronym)) = (&name.registry, &name.acronym) else {
                continue;
            };
            if self.is_taken(document, index) {
                continue;
            }
            let fitting: Vec<usize> = self.matching(name, |candidate| {
                candidate.acronyms.contains(acronym) && phases_fit(&candidate.phases, &name.phases)
            });
            match fitting.as_slice() {
                [] => self.take(None, (document, index, Basis::Acronym), name),
                [only] => self.take(Some(*only), (document, index, Basis::Acronym), name),
                _ => {}
            }
        }
    }

    fn merge_described(&mut self) {
        for (document, index, name) in self.names() {
            if name.registry.is_some()
                || name.acronym.is_some()
                || name.phases.is_empty()
                || name.interventions.is_empty()
                || self.is_taken(document, index)
            {
                continue;
            }
            let tested = self.canonical(name);
            let fitting: Vec<usize> = self.matching(name, |candidate| {
                !candidate.phases.is_empty()
                    && phases_fit(&candidate.phases, &name.phases)
                    && candidate.interventions == tested
                    && conditions_fit(&candidate.conditions, name.condition.as_deref())
            });
            match fitting.as_slice() {
                [] => self.take(None, (document, index, Basis::Description), name),
                [only] => {
                    let stated = self
                        .candidates
                        .get(*only)
                        .is_some_and(|candidate| !candidate.conditions.is_empty());
                    let basis = if stated && name.condition.is_some() {
                        Basis::Description
                    } else {
                        Basis::PossibleDescription
                    };
                    self.take(Some(*only), (document, index, basis), name);
                }
                _ => {}
            }
        }
    }

    fn matching(&self, name: &StudyName, fits: impl Fn(&Candidate) -> bool) -> Vec<usize> {
        self.candidates
            .iter()
            .enumerate()
            .filter(|(_, candidate)| fits(candidate) && !self.is_apart(name, candidate))
            .map(|(at, _)| at)
            .collect()
    }

    fn canonical(&self, name: &StudyName) -> BTreeSet<String> {
        name.interventions
            .iter()
            .map(|folded| self.entities.canonical(folded).to_owned())
            .collect()
    }

    fn take(&mut self, known: Option<usize>, found: (usize, usize, Basis), name: &StudyName) {
        let tested = self.canonical(name);
        let at = known.unwrap_or_else(|| {
            self.candidates.push(Candidate::default());
            self.candidates.len() - 1
        });
        let Some(candidate) = self.candidates.get_mut(at) else {
            return;
        };
        candidate.registries.extend(name.registry.clone());
        candidate.acronyms.extend(name.acronym.clone());
        if !name.phases.is_empty() {
            candidate.phases.push(name.phases.clone());
        }
        if tested.len() > candidate.interventions.len() {
            candidate.interventions = tested;
        }
        candidate.conditions.extend(name.condition.clone());
        candidate.names.push(found);
        if candidate.label.is_empty()
            || (candidate.label.len() < name.name.len()
                && name.name.len() < 60
                && name.registry.is_some())
        {
            candidate.label.clone_from(&name.name);
        }
    }

    fn finish(self) -> Merged {
        let mut of_name: Vec<Vec<Option<(usize, Basis)>>> = self
            .extractions
            .iter()
            .map(|extraction| vec![None; extraction.statements.studies.len()])
            .collect();
        let mut studies = Vec::new();
        let mut ids = BTreeSet::new();
        for (at, candidate) in self.candidates.into_iter().enumerate() {
            for (document, name, basis) in &candidate.names {
                if let Some(slot) = of_name
                    .get_mut(*document)
                    .and_then(|names| names.get_mut(*name))
                {
                    *slot = Some((at, *basis));
                }
            }
            let mut id = id(&candidate);
            if !ids.insert(id.clone()) {
                id = format!("{id}-{at}");
            }
            studies.push(Study {
                id,
                label: candidate.label,
                names: candidate.names,
            });
        }
        Merged { studies, of_name }
    }
}

/// Whether a name of a study is what people call it: whole, by its registry number or by its acronym.
fn is_called(name: &StudyName, said: &str) -> bool {
    [
        Some(&name.name),
        name.registry.as_ref(),
        name.acronym.as_ref(),
    ]
    .into_iter()
    .flatten()
    .any(|known| known.to_lowercase() == said.trim().to_lowercase())
}

/// The registry id, else the acronym, else the phase and what was tested.
fn id(candidate: &Candidate) -> String {
    let described = || {
        let phases = candidate
            .phases
            .first()
            .map(|phases| phases.join("-"))
            .unwrap_or_default();
        let tested: Vec<&str> = candidate.interventions.iter().map(String::as_str).collect();
        let conditions: Vec<&str> = candidate.conditions.iter().map(String::as_str).collect();
        format!(
            "phase-{phases}-{}-{}",
            tested.join("-"),
            conditions.join("-")
        )
    };
    candidate
        .registries
        .first()
        .or_else(|| candidate.acronyms.first())
        .map_or_else(described, |id| id.to_lowercase())
}

/// 1 fits 1b, not 1a 1b; 1/2 fits 1 or 2; an unstated phase fits any.
fn phases_fit(known: &[Vec<String>], named: &[String]) -> bool {
    named.is_empty()
        || known.iter().all(|phases| {
            phases.is_empty()
                || phases
                    .iter()
                    .any(|a| named.iter().any(|b| phase_fits(a, b)))
        })
}

fn phase_fits(a: &str, b: &str) -> bool {
    a == b || a.strip_prefix(b).is_some_and(is_letter) || b.strip_prefix(a).is_some_and(is_letter)
}

fn is_letter(rest: &str) -> bool {
    rest.len() == 1 && rest.starts_with(|c: char| c.is_ascii_alphabetic())
}

/// Equal, unstated on one side, or one a narrower form of the other ("breast cancer", "metastatic breast cancer").
fn conditions_fit(known: &BTreeSet<String>, named: Option<&str>) -> bool {
    let Some(named) = named else { return true };
    known.is_empty()
        || known
            .iter()
            .any(|condition| condition.ends_with(named) || named.ends_with(condition.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fits(a: &str, b: &str) -> bool {
        phases_fit(&[vec![a.to_owned()]], &[b.to_owned()])
    }

    #[test]
    fn a_phase_fits_its_lettered_part() {
        assert!(fits("1", "1b") && fits("1b", "1") && fits("3", "3"));
        assert!(!fits("1a", "1b") && !fits("1", "2") && !fits("1", "3"));
    }
}
