//! Drugs and trials with all the names the documents use for them.
//!
//! Two names are one entity where a document equates them and at least one is a code ("Motixafortide (BL-8040)"):
//! two proper names in a row are more often a pair than a renaming.

use std::collections::BTreeMap;

use super::{Entity, Extraction};
use crate::claim::mention::{folded, mentions};
use crate::claim::{Mention, MentionKind};

/// Entities by any of their names.
#[derive(Debug, Default)]
pub(super) struct EntityIndex {
    pub(super) entities: Vec<Entity>,
    by_name: BTreeMap<(MentionKind, String), usize>,
}

impl EntityIndex {
    /// Collects the entities of all documents.
    pub(super) fn of(extractions: &[Extraction]) -> Self {
        let mut groups = Groups::default();
        for extraction in extractions {
            for mention in all_mentions(extraction) {
                groups.count(&mention);
            }
            for synonym in &extraction.statements.synonyms {
                let (names, others) = (mentions(&synonym.name), mentions(&synonym.other));
                let ([name], [other]) = (names.as_slice(), others.as_slice()) else {
                    continue;
                };
                if name.kind == other.kind && (is_code(&name.folded) || is_code(&other.folded)) {
                    groups.count(name);
                    groups.count(other);
                    groups.join(name, other);
                }
            }
            for study in &extraction.statements.studies {
                if let (Some(registry), Some(acronym)) = (&study.registry, &study.acronym) {
                    let named = |name: &str| Mention {
                        kind: MentionKind::Study,
                        name: name.to_owned(),
                        folded: folded(name),
                    };
                    groups.join(&named(registry), &named(acronym));
                }
            }
        }
        groups.into_index()
    }

    /// The entity of a folded name.
    pub(super) fn get(&self, kind: MentionKind, folded: &str) -> Option<usize> {
        self.by_name.get(&(kind, folded.to_owned())).copied()
    }

    /// The entities of some mentions, sorted, each once.
    pub(super) fn resolve(&self, mentions: &[Mention]) -> Vec<usize> {
        let mut found: Vec<usize> = mentions
            .iter()
            .filter_map(|mention| self.get(mention.kind, &mention.folded))
            .collect();
        found.sort_unstable();
        found.dedup();
        found
    }

    /// The canonical form of a folded substance name: the first name of its entity in alphabetical order that is no code.
    pub(super) fn canonical<'a>(&'a self, folded: &'a str) -> &'a str {
        let entity = self
            .get(MentionKind::Substance, folded)
            .and_then(|at| self.entities.get(at));
        let names = entity
            .map(|entity| entity.names.as_slice())
            .unwrap_or_default();
        names
            .iter()
            .find(|name| !is_code(name))
            .or(names.first())
            .map_or(folded, String::as_str)
    }
}

fn all_mentions(extraction: &Extraction) -> Vec<Mention> {
    let statements = &extraction.statements;
    let claims = statements
        .claims
        .iter()
        .flat_map(|claim| claim.mentions.iter().cloned());
    let arms = statements
        .figures
        .iter()
        .filter_map(|figure| figure.arm.as_ref())
        .flat_map(|arm| mentions(&arm.value));
    let entries = extraction
        .citations
        .references
        .iter()
        .flat_map(|entry| mentions(entry.title.as_deref().unwrap_or(&entry.text)));
    claims.chain(arms).chain(entries).collect()
}

fn is_code(folded: &str) -> bool {
    folded.contains(|c: char| c.is_ascii_digit())
}

/// Union-find over names.
#[derive(Default)]
struct Groups {
    parent: BTreeMap<(MentionKind, String), (MentionKind, String)>,
    printed: BTreeMap<(MentionKind, String), BTreeMap<String, usize>>,
}

impl Groups {
    fn count(&mut self, mention: &Mention) {
        let key = (mention.kind, mention.folded.clone());
        self.parent
            .entry(key.clone())
            .or_insert_with(|| key.clone());
        *self
            .printed
            .entry(key)
            .or_default()
            .entry(mention.name.clone())
            .or_default() += 1;
    }

    fn root(&self, key: &(MentionKind, String)) -> (MentionKind, String) {
        let mut at = key.clone();
        while let Some(parent) = self.parent.get(&at) {
            if *parent == at {
                break;
            }
            at = parent.clone();
        }
        at
    }

    fn join(&mut self, one: &Mention, other: &Mention) {
        for mention in [one, other] {
            let key = (mention.kind, mention.folded.clone());
            self.parent.entry(key.clone()).or_insert(key);
        }
        let (a, b) = (
            self.root(&(one.kind, one.folded.clone())),
            self.root(&(other.kind, other.folded.clone())),
        );
        let (first, second) = if a <= b { (a, b) } else { (b, a) };
        self.parent.insert(second, first);
    }

    fn into_index(self) -> EntityIndex {
        let mut members: BTreeMap<(MentionKind, String), Vec<String>> = BTreeMap::new();
        for key in self.parent.keys() {
            members
                .entry(self.root(key))
                .or_default()
                .push(key.1.clone());
        }
        let mut index = EntityIndex::default();
        for ((kind, _), names) in members {
            let mut printed: Vec<(usize, String)> = names
                .iter()
                .filter_map(|name| self.printed.get(&(kind, name.clone())))
                .flatten()
                .map(|(name, count)| (*count, name.clone()))
                .collect();
            printed.sort_by(|a, b| {
                is_code(&a.1)
                    .cmp(&is_code(&b.1))
                    .then(b.0.cmp(&a.0))
                    .then(a.1.cmp(&b.1))
            });
            let label = printed.into_iter().next().map_or_else(
                || names.first().cloned().unwrap_or_default(),
                |(_, name)| name,
            );
            for name in &names {
                index
                    .by_name
                    .insert((kind, name.clone()), index.entities.len());
            }
            index.entities.push(Entity { kind, label, names });
        }
        index
    }
}
