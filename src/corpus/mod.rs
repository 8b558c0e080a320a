//! What only all documents together show.
//!
//! Why it exists: "Phase 1 (NCT01837095)" in one document and "Phase 1b (Expanded Cohort)" in another are one study;
//! nothing inside one document says so. This is the only cross-document code before the graph: study names
//! merged, synonyms learnt from the text, comparison keys and scopes, circles of support, and which references fit
//! which claims better than the cited ones.
//! It leaves out judgement: it states facts for the rules to weigh.

mod attribution;
mod bibliography;
mod circle;
mod cited;
mod comparison;
mod duplicate;
mod entity;
mod identifier;
mod key;
mod list_order;
mod look_up;
mod named_author;
mod published;
mod registry;
mod restatement;
mod source;
pub mod stored;
mod study;
mod swap;
mod terms;
mod title;

use std::collections::BTreeMap;
use std::sync::Arc;

use rayon::prelude::*;
use rust_decimal::Decimal;

use crate::citation::{self, Citations};
use crate::claim::{self, Statements};
use crate::markdown::{self, Document};
use crate::text::{Role, SourceText};
pub use cited::{CitedFigures, MissingFigure, SourceText as CitedText};
use entity::EntityIndex;
pub use identifier::IdentifierConflict;
pub use list_order::{ListEnd, ListOrder, Shift};
pub use look_up::{Agreement, Answered, LookUps, Naming, NoticedEntry, WorkMatch};
pub use registry::{Field, RegistryMismatch};
pub use restatement::retelling::Retelling;
pub use restatement::{Evidence, Restatement};
pub use source::{Sources, set_apart};
pub use study::StudyMapping;

/// One document with everything read from it alone. A copy of it is cheap: what is read of a text never changes.
#[derive(Clone, Debug)]
pub struct Extraction {
    /// Its blocks.
    pub document: Arc<Document>,
    /// Its marks, entries and links.
    pub citations: Arc<Citations>,
    /// Its sentences, claims and figures.
    pub statements: Arc<Statements>,
}

impl Extraction {
    /// What was read of one document.
    pub fn new(document: Document, citations: Citations, statements: Statements) -> Self {
        Self {
            document: Arc::new(document),
            citations: Arc::new(citations),
            statements: Arc::new(statements),
        }
    }
}

/// All documents and what they show together, from [`relate`].
#[derive(Clone, Debug, Default)]
pub struct Corpus {
    /// The documents, sorted by path.
    pub extractions: Vec<Extraction>,
    /// What is at hand of the works that they cite.
    pub sources: Sources,
    /// Studies after merging all their names, in order of first name.
    pub studies: Vec<Study>,
    /// Drugs and trials after merging synonyms, sorted by label.
    pub entities: Vec<Entity>,
    /// For each document, for each figure of it: what it can be compared with.
    pub comparisons: Vec<Vec<Comparison>>,
    /// For each document, for each claim of it: the entities it names (indices in [`Corpus::entities`]), sorted.
    pub claim_entities: Vec<Vec<Vec<usize>>>,
    /// For each document, for each reference of it: the entities its title names, sorted.
    pub reference_entities: Vec<Vec<Vec<usize>>>,
    /// For each document, for each reference of it: the document of the corpus that it is, where it is one.
    pub reference_documents: Vec<Vec<Option<usize>>>,
    /// For each document, for each mark, for each of its labels: what it denotes.
    pub denoted: Vec<Vec<Vec<Denoted>>>,
    /// Files of reference data, sorted by document.
    pub bibliographies: Vec<Bibliography>,
    /// Pairs of a claim and an entry it cites, where both name something of one kind.
    pub attributions: Vec<Attribution>,
    /// Pairs of claims of one document that cite each other's entries.
    pub swaps: Vec<Swap>,
    /// Authors named before a mark whose entry is another author's.
    pub named_authors: Vec<NamedAuthor>,
    /// Documents whose reference list does not fit their text (see [`Attribution`]), sorted.
    pub out_of_step: Vec<usize>,
    /// For each document: how the numbers of its list stand to its marks.
    pub list_orders: Vec<ListOrder>,
    /// Circles of support: documents that cite one another in a ring, each sorted; and the circles sorted.
    pub circles: Vec<Vec<usize>>,
    /// Entries of one document that are the same work.
    pub duplicates: Vec<Duplicate>,
    /// For each scope string that is wider than another one of the same key: (narrower, wider).
    pub wider_scopes: Vec<(String, String)>,
    /// Figures of prose that are taken to restate one thing and differ, heaviest first.
    pub restatements: Vec<Restatement>,
    /// Figures told of another text that differ from it, in document order.
    pub retellings: Vec<Retelling>,
    /// Figures that cite works, against the texts of those.
    pub cited: CitedFigures,
    /// Studies with two registry numbers, and numbers of two studies.
    pub identifier_conflicts: Vec<IdentifierConflict>,
    /// What the lock file says of the works that entries and links name.
    pub look_ups: LookUps,
    /// Statements about registered trials that the trial's own record contradicts.
    pub registry_mismatches: Vec<RegistryMismatch>,
}

/// What a label of a citation mark denotes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Denoted {
    /// An entry, of the same or of another document: index in [`Corpus::extractions`], index in
    /// [`Citations::references`].
    Entry {
        /// Document.
        document: usize,
        /// Entry.
        reference: usize,
    },
    /// A work that the label itself names: `doi:10.1000/x`.
    Work,
    /// Nothing: the list has no such entry.
    Missing,
    /// What no document says: the bibliography is kept elsewhere.
    Unknown,
}

/// A file of reference data and the documents that can use it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bibliography {
    /// The file: index in [`Corpus::extractions`].
    pub document: usize,
    /// Documents that name it, or stand beside or below it, sorted.
    pub serves: Vec<usize>,
    /// Its entries that no mark of any document denotes: indices in [`Citations::references`], sorted. Empty where none of its
    /// documents cites by keys, or one cites without marks (`nocite`).
    pub uncited: Vec<usize>,
    /// Whether more entries are uncited than cited: it serves other texts, too.
    pub is_shared: bool,
}

/// One study with all its names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Study {
    /// Stable id made of what it was merged by: `nct01837095`, `fortress`.
    pub id: String,
    /// Best name for messages.
    pub label: String,
    /// Its names: document, index in [`Statements::studies`], and why the name was taken to mean it.
    pub names: Vec<(usize, usize, Basis)>,
}

/// Why a name was taken to mean a study.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Basis {
    /// Equal registry ids.
    Registry,
    /// Equal acronyms, compatible phases.
    Acronym,
    /// Compatible phase, same interventions, same condition, and no other candidate.
    Description,
    /// As [`Basis::Description`], where the condition or the interventions are not stated on one side.
    PossibleDescription,
    /// The people of the project say so.
    Mapping,
}

/// A drug or a trial with all the names the documents use for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// What kind of thing.
    pub kind: claim::MentionKind,
    /// Its commonest printed name.
    pub label: String,
    /// All folded names, sorted.
    pub names: Vec<String>,
}

/// What a figure can be compared with, and its bounds in the measure's own unit.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// The identity dimensions in fixed order, joined: equal keys are comparable. `None` where too little is known.
    pub key: Option<String>,
    /// The scope dimensions stated, joined: `cohort=expanded cohort;population=third-line and later`; empty when none.
    pub scope: String,
    /// The same in words for messages: "expanded cohort"; empty when none.
    pub scope_label: String,
    /// What it is, in words: "Objective response rate, FORTRESS, balixafortide + eribulin".
    pub what: String,
    /// Index in [`Corpus::studies`].
    pub study: Option<usize>,
    /// Why its study's name was taken to mean that study.
    pub basis: Option<Basis>,
    /// The arm's canonical name: sorted interventions, `balixafortide+eribulin`.
    pub arm: Option<String>,
    /// Lowest and highest true value in the canonical unit of the measure, where it is reported.
    pub bounds: Option<(Decimal, Decimal)>,
    /// UCUM code of that unit.
    pub unit: String,
}

/// A claim and an entry it cites, compared by the distinctive things both name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribution {
    /// Document.
    pub document: usize,
    /// Index in [`Statements::claims`].
    pub claim: usize,
    /// Index in [`Citations::references`].
    pub reference: usize,
    /// Whether they name the same thing.
    pub verdict: Verdict,
    /// Entities the claim names (of the kind compared): indices in [`Corpus::entities`].
    pub subjects: Vec<usize>,
    /// Entities the entry names instead.
    pub named: Vec<usize>,
    /// Whether the claim's subjects were taken from the sentence before it.
    pub inherited: bool,
    /// Entries of the same list that name the claim's subjects, best first: indices in [`Citations::references`].
    pub better: Vec<usize>,
}

/// Two claims, each of which fits the entry that the other one cites and not its own.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Swap {
    /// Document.
    pub document: usize,
    /// The first claim: index in [`Statements::claims`].
    pub claim: usize,
    /// The later claim.
    pub other: usize,
}

/// An author named right before a mark whose entry lacks the name, while another entry begins with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NamedAuthor {
    /// Document.
    pub document: usize,
    /// Index in [`Citations::named_sources`].
    pub source: usize,
    /// Document of the list: the same, or a file of reference data.
    pub list: usize,
    /// The cited entry, the first where the mark has several: index in [`Citations::references`] of the list.
    pub reference: usize,
    /// Entries of the list that begin with the name, in order.
    pub better: Vec<usize>,
}

/// How a claim and a cited entry relate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// Both name one thing.
    Same,
    /// Both name things of one kind, and none is the same.
    Different,
    /// The entry names nothing that can be compared (a bare host), while another entry names the subject.
    Unnamed,
}

/// Two entries of one list that are the same work.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Duplicate {
    /// Document.
    pub document: usize,
    /// The later entry: index in [`Citations::references`].
    pub reference: usize,
    /// The earlier entry.
    pub earlier: usize,
    /// What is equal: "DOI 10.1000/x", "title and year".
    pub because: String,
}

impl Corpus {
    /// The day on which a document was published, where it says so: only differences of such days mean something.
    pub(crate) fn day_of(&self, document: usize) -> Option<u32> {
        published::day(&self.extractions.get(document)?.document.source)
    }

    /// Whether a document has the parts of an article, which tell one result again.
    pub(crate) fn is_article(&self, document: usize) -> bool {
        let extraction = self.extractions.get(document);
        extraction.is_some_and(|extraction| claim::has_parts_of_article(&extraction.document))
    }

    /// A document, or behind the documents a text of a source: what was read of it.
    pub fn reading(&self, index: usize) -> Option<&Extraction> {
        let behind = index.checked_sub(self.extractions.len());
        behind.map_or_else(
            || self.extractions.get(index),
            |at| self.sources.read().nth(at),
        )
    }

    /// What was read of the document or the text of a source with a path, and its place in the order of [`Self::reading`].
    pub fn reading_of(&self, path: &str) -> Option<(usize, &Extraction)> {
        let find = |texts: &[Extraction]| {
            texts
                .binary_search_by(|text| text.document.source.path().cmp(path))
                .ok()
        };
        let document = find(&self.extractions).map(|at| (at, self.extractions.get(at)));
        let (at, found) = document.or_else(|| {
            let at = find(&self.sources.texts)?;
            Some((self.extractions.len() + at, self.sources.texts.get(at)))
        })?;
        Some((at, found?))
    }
}

/// Reads one document through every stage that needs no other document.
pub fn extract(source: SourceText) -> Extraction {
    if source.role() == Role::Lock {
        return bibliography::empty(source);
    }
    if citation::bibliography::is_bibliography(source.path()) {
        return bibliography::extract(source);
    }
    let document = markdown::parse(source);
    let citations = citation::extract(&document);
    let statements = claim::extract(&document, &citations);
    Extraction::new(document, citations, statements)
}

/// Relates all documents. `extractions` in any order; the result does not depend on it.
pub fn relate(extractions: Vec<Extraction>) -> Corpus {
    relate_with(extractions, &StudyMapping::default())
}

/// As [`relate`], where people say which names of studies are one.
pub fn relate_with(mut extractions: Vec<Extraction>, mapping: &StudyMapping) -> Corpus {
    extractions.sort_by(|a, b| a.document.source.path().cmp(b.document.source.path()));
    let sources = set_apart(&mut extractions);
    let entities = EntityIndex::of(&extractions);
    let merged = study::merge(&extractions, &entities, mapping);
    let mut corpus = Corpus {
        sources,
        ..Corpus::default()
    };
    let mut distances = BTreeMap::new();
    let alone: Vec<Alone> = extractions
        .par_iter()
        .enumerate()
        .map(|(document, extraction)| Alone::of(document, extraction, &merged, &entities))
        .collect();
    for (document, alone) in alone.into_iter().enumerate() {
        let judged = alone.judged;
        corpus.comparisons.push(alone.comparisons);
        corpus.claim_entities.push(judged.claim_entities);
        corpus.reference_entities.push(judged.reference_entities);
        corpus.attributions.extend(judged.attributions);
        distances.insert(document, judged.distances);
        if judged.out_of_step {
            corpus.out_of_step.push(document);
        }
        corpus.duplicates.extend(alone.duplicates);
    }
    corpus.wider_scopes = comparison::wider_scopes(&corpus.comparisons);
    let mut bibliographies = bibliography::find(&extractions);
    corpus.denoted = key::denoted(&extractions, &bibliographies);
    bibliography::find_uncited(&mut bibliographies, &extractions, &corpus.denoted);
    let run = restatement::Run {
        extractions: &extractions,
        denoted: &corpus.denoted,
        comparisons: &corpus.comparisons,
        studies: &merged.of_name,
    };
    let (judged_marks, (restatements, retellings)) = rayon::join(
        || judge_marks(&extractions, &bibliographies, &corpus.denoted),
        || {
            rayon::join(
                || restatement::find(&run),
                || restatement::retelling::find(&run),
            )
        },
    );
    corpus.restatements = restatements;
    corpus.retellings = retellings;
    for (swaps, named) in judged_marks {
        corpus.swaps.extend(swaps);
        corpus.named_authors.extend(named);
    }
    corpus.list_orders = list_order::find(&corpus, &extractions, distances);
    corpus.bibliographies = bibliographies;
    corpus.reference_documents = circle::reference_documents(&extractions);
    corpus.cited = cited::find(
        &extractions,
        &mut corpus.sources,
        &corpus.denoted,
        &corpus.reference_documents,
    );
    corpus.identifier_conflicts = identifier::conflicts(&extractions);
    corpus.look_ups = look_up::find(&corpus.sources.lock, &extractions, &corpus.denoted);
    corpus.registry_mismatches = registry::mismatches(&extractions, &corpus.sources);
    corpus.circles = circle::circles(&corpus.reference_documents);
    corpus.studies = merged.studies;
    corpus.entities = entities.entities;
    corpus.extractions = extractions;
    corpus
}

/// For each document, the marks that look swapped and those of another author than the text names.
fn judge_marks(
    extractions: &[Extraction],
    bibliographies: &[Bibliography],
    denoted: &[Vec<Vec<Denoted>>],
) -> Vec<(Vec<Swap>, Vec<NamedAuthor>)> {
    denoted
        .par_iter()
        .enumerate()
        .map(|(document, denoted)| {
            let swaps = swap::swaps(document, extractions, bibliographies, denoted);
            let named = named_author::find(document, extractions, bibliographies, denoted);
            (swaps, named)
        })
        .collect()
}

/// What one document shows once the studies and entities of all are known.
struct Alone {
    comparisons: Vec<Comparison>,
    judged: attribution::Judged,
    duplicates: Vec<Duplicate>,
}

impl Alone {
    fn of(
        document: usize,
        extraction: &Extraction,
        merged: &study::Merged,
        entities: &EntityIndex,
    ) -> Self {
        Self {
            comparisons: comparison::compare(document, extraction, merged, entities),
            judged: attribution::judge(document, extraction, entities),
            duplicates: duplicate::duplicates(
                document,
                &extraction.citations.references,
                bibliography::is_file(extraction),
            ),
        }
    }
}
