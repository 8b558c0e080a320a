//! Sentences, claims, and figures with what they are about.
//!
//! Why it exists: a rule needs to know that `30%` is the objective response rate of one arm of one study, and
//! which citation covers it. This stage reads one document at a time; what only all documents together show
//! (two names of one study) is for [`crate::corpus`].
//! It leaves out judgement: whether a claim is wrong or unsupported is for the rules.

mod abbreviation;
mod ambiguity;
mod arithmetic;
mod arm;
mod condition;
mod coverage;
mod effect;
mod enclosure;
mod estimate;
mod figure;
#[cfg(test)]
mod fixture;
mod flattened;
mod general;
mod genre;
mod group_size;
mod heads;
mod identification;
mod interval_middle;
mod kind;
mod labelled_interval;
mod lexis;
mod limit;
mod limit_part;
mod limit_range;
mod limit_scale;
mod mark_shape;
mod mask;
mod measure;
pub(crate) mod mention;
mod noun_phrase;
mod origin;
mod phrases;
mod prose;
mod prose_cell;
mod row;
mod scope;
mod sentence;
mod sentence_figure;
mod share;
mod signs;
mod statement;
mod study;
mod support;
mod synonym;
mod table;
mod table_arm;
mod table_claim;
mod table_estimate;
mod tabular;
mod test_result;
mod time_point;
mod tokens;
mod told;
mod trial_arm;
mod whole;
mod wording;
mod words;

pub use ambiguity::Ambiguity;
pub(crate) use arithmetic::better_is_higher;
pub use arithmetic::{
    Change, ChangeSize, Direction, Evidence, Share, ShareEvidence, Sum, WholeMean, as_printed,
};
pub use estimate::Estimate;
pub(crate) use genre::{Section, has_parts_of_article};
pub use identification::Identification;
pub use interval_middle::{Middle, Offset};
pub use limit::Limit;
pub(crate) use limit::limits;
pub(crate) use measure::measures_named;
pub use origin::{DimensionName, Origin, frames, origins};
pub(crate) use statement::marks_often;
pub(crate) use test_result::sentence_of;
pub use test_result::{Nearness, TestResult};
pub(crate) use time_point::time_points_differ;
pub(crate) use told::tells_own_work;
pub(crate) use trial_arm::{singular, tokens as name_tokens};

use serde::{Deserialize, Serialize};
use std::collections::{BTreeMap, BTreeSet};

use crate::citation::Citations;
use crate::markdown::{Document, Place};
use crate::ontology::{Measure, by_place};
use crate::quantity::Quantity;
use crate::text::Span;

/// What one document says, from [`extract`].
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Statements {
    /// All sentences in document order; list items, cells of prose and headings are sentences of their own.
    pub sentences: Vec<Sentence>,
    /// What is stated: one for each sentence, list item or table row that states something.
    pub claims: Vec<Claim>,
    /// Every reported number or "not reported", in document order.
    pub figures: Vec<Figure>,
    /// Names of studies as the document wrote them.
    pub studies: Vec<StudyName>,
    /// For each arm of a table, all names the document gives it.
    pub arms: ArmNames,
    /// Names the text equates: "Motixafortide (BL-8040)", "Objective Response Rate (ORR)".
    pub synonyms: Vec<Synonym>,
    /// Test statistics with their p-values, in document order.
    pub test_results: Vec<TestResult>,
    /// Figures whose interval stands right behind them, in document order.
    pub estimates: Vec<Estimate>,
    /// Stated changes from one figure to another, in document order.
    pub changes: Vec<Change>,
    /// Figures said to be made up of others: prose first, then tables, each in document order.
    pub sums: Vec<Sum>,
    /// Percentages that do not fit a whole printed elsewhere in their paragraph, in document order.
    pub shares: Vec<Share>,
    /// Means and standard deviations that no whole numbers have, in document order.
    pub means: Vec<WholeMean>,
    /// Studies with the registry number that the text gives them, in document order.
    pub identifications: Vec<Identification>,
    /// Figures whose name has several readings in the document, by figure.
    pub ambiguities: Vec<Ambiguity>,
}

/// Names of arms: the one figures carry, and all others ("Intervention" and what the prose says that was).
pub type ArmNames = BTreeMap<String, BTreeSet<String>>;

/// One sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// Where it stands; citation marks after its full stop belong to it.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// What it does.
    pub kind: SentenceKind,
}

/// What a sentence does. Only [`SentenceKind::Claim`] can need support.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum SentenceKind {
    /// States something of the world.
    Claim,
    /// Tells the reader (or a laboratory) what to do.
    Instruction,
    /// Asks.
    Question,
    /// A heading, a label, a line that ends in a colon.
    Heading,
    /// Says what the document itself does: "this guide compares ...".
    Navigation,
    /// Disclaimer, address, offer.
    Boilerplate,
    /// Author, date, catalogue number, front matter.
    Metadata,
    /// A caption or a table note.
    Caption,
    /// An entry of a reference list.
    Reference,
    /// A single term, a cell without a verb or number: it states nothing by itself.
    Fragment,
}

/// Something stated: a sentence, a list item, a table row.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Claim {
    /// Where it stands; for a row its first cell.
    pub place: Place,
    /// The sentence, or the whole row, in bytes.
    pub span: Span,
    /// As a reader sees it; the cells of a row joined by ` | `.
    pub text: String,
    /// Index in [`Statements::sentences`]; `None` for a row.
    pub sentence: Option<usize>,
    /// Indices in [`Citations::pointers`] of the marks that cover it.
    pub pointers: Vec<usize>,
    /// Indices in [`Citations::pointers`] of marks nearby (same paragraph, item or list), which only soften a finding.
    pub nearby: Vec<usize>,
    /// Whether a reader may ask for a source, and why.
    pub support: Support,
    /// Whether it brings in a study of its own in a document that marks its sources: no mark nearby can be meant for it.
    pub introduces_source: bool,
    /// Whether it tells what others found without a mark, nor does the next sentence say who they are, in a document that
    /// marks its sources.
    pub tells_of_others: bool,
    /// Things of a distinctive kind it names.
    pub mentions: Vec<Mention>,
}

/// Whether a statement needs a source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Support {
    /// A result, a figure of the world, a statement about other people's work or about how something works.
    Needed,
    /// A statement of the world that few editors would ask a source for: only a strict check does.
    Background,
    /// The document's own plan, a definition of its own, a hypothesis, a conclusion, an instruction ...
    NotNeeded,
}

/// A named thing of a kind in which two different names mean two different things.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Mention {
    /// What kind of thing.
    pub kind: MentionKind,
    /// As printed.
    pub name: String,
    /// Lower case, hyphens and spaces folded: what is compared.
    pub folded: String,
}

/// Kinds of distinctive things.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum MentionKind {
    /// A drug or other substance, by the stem of its name or by a code (`BMS-936564`).
    Substance,
    /// A trial's acronym or registry id.
    Study,
}

/// One reported number, or one cell that says it was not reported.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Figure {
    /// The whole quantity.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// The number; `None` when not reported.
    pub quantity: Option<Quantity>,
    /// Reported, estimated, not reported.
    pub status: Status,
    /// What it is there for.
    pub role: FigureRole,
    /// What was measured.
    pub measure: Option<Bound<Measured>>,
    /// Index in [`Statements::studies`].
    pub study: Option<Bound<usize>>,
    /// Treatment arm (or system, company, product): its printed name.
    pub arm: Option<Bound<String>>,
    /// Who was measured: "third-line and later".
    pub population: Option<Bound<String>>,
    /// Part of the study: "expanded cohort".
    pub cohort: Option<Bound<String>>,
    /// When: "at 12 months", "2024".
    pub time_point: Option<Bound<String>>,
    /// Further words that distinguish it, folded and sorted: outside trials they are part of its identity.
    pub qualifiers: Vec<String>,
    /// All words for what was measured, wider than the measure: in a table the head between rows, the row's labels, the
    /// column's heads without the arm, joined by ` · `; in prose the words before the number.
    pub wording: Option<String>,
    /// Index in [`Statements::claims`] of the claim it stands in.
    pub claim: Option<usize>,
    /// Indices in [`Citations::pointers`] of the marks that cover it.
    pub pointers: Vec<usize>,
}

/// Whether there is a number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Status {
    /// A number stands there.
    Reported,
    /// A number stands there, said to be an estimate.
    Estimated,
    /// "Not reported", "NR", "n/a".
    NotReported,
}

/// What a figure is there for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum FigureRole {
    /// Something found out: needs support.
    Result,
    /// A step of a method, a dose, a setting: needs none.
    Protocol,
    /// A design: `3+3`, `1:1`, "two arms".
    Design,
    /// A number of the document itself: its date, price, catalogue.
    Metadata,
}

/// What was measured: a concept of a pack, or the words of the text.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub enum Measured {
    /// A measure of a pack.
    Concept(#[serde(with = "by_place")] &'static Measure),
    /// The words of the text, where several phrases say it joined by ` · `: what a number counts ("patients"), the
    /// subject of its clause and the noun phrase before it ("boats · mean speed"), the head and label of its cell.
    Phrase(String),
}

/// A dimension's value with how it was found.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Bound<T> {
    /// The value.
    pub value: T,
    /// Where it was found.
    pub frame: Frame,
}

/// How a dimension was found. The strong ones enter the comparison key, the weak ones are shown as unsure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Frame {
    /// Strong: a column header of its table.
    ColumnHeader,
    /// Strong: the first (or a further labelled) cell of its row.
    RowHeader,
    /// Strong: the table's caption.
    Caption,
    /// Strong: the same sentence, attached by a preposition or verb ("38% with X", "the ORR was 38%").
    Sentence,
    /// Strong: its own cell ("ORR of 32%").
    Cell,
    /// Strong: a table note.
    Note,
    /// Weak: the heading above.
    Heading,
    /// Weak: the sentence before.
    PreviousSentence,
    /// Weak: the document's title.
    Title,
    /// Weak: the only candidate of the document.
    Default,
}

/// A study's name at one place.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StudyName {
    /// Where it stands.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// As printed: "Phase 1b (Expanded Cohort)".
    pub name: String,
    /// Registry id: `NCT01837095`.
    pub registry: Option<String>,
    /// Acronym: `FORTRESS`.
    pub acronym: Option<String>,
    /// Phases, arabic, lower case: `1b`; two for phase 1/2.
    pub phases: Vec<String>,
    /// Substances under test, folded, sorted: from the row, caption, heading or title.
    pub interventions: Vec<String>,
    /// Condition, folded.
    pub condition: Option<String>,
}

/// Two names the text says are one.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Synonym {
    /// The name in front: "Motixafortide".
    pub name: String,
    /// The name it is given: "BL-8040".
    pub other: String,
}

impl Frame {
    /// Whether a dimension found so may enter the comparison key (pairs bound by two strong
    /// frames were right nine times in ten when they were checked by hand, pairs with a weak one half of the time).
    pub fn is_strong(self) -> bool {
        match self {
            Self::ColumnHeader
            | Self::RowHeader
            | Self::Caption
            | Self::Sentence
            | Self::Cell
            | Self::Note => true,
            Self::Heading | Self::PreviousSentence | Self::Title | Self::Default => false,
        }
    }
}

/// Reads the statements of one document. Never fails. Linear in the document.
pub fn extract(document: &Document, citations: &Citations) -> Statements {
    let (sentences, words) = sentence::split(document, citations);
    let claims = statement::claims(document, citations, &sentences, &words);
    drop(words);
    let synonyms = synonym::learn(document, citations);
    let (mut figures, studies, arms) =
        figure::extract(document, citations, &sentences, &claims, &synonyms);
    let test_results = test_result::extract(document, citations, &sentences);
    test_result::unbind(&test_results, &mut figures);
    let arithmetic = arithmetic::extract(document, &sentences, &figures);
    Statements {
        test_results,
        estimates: estimate::extract(document, &sentences, &figures),
        changes: arithmetic.changes,
        sums: arithmetic.sums,
        shares: arithmetic.shares,
        means: arithmetic.means,
        ambiguities: ambiguity::extract(document, &sentences, &figures),
        identifications: identification::extract(document, citations),
        sentences,
        claims,
        figures,
        studies,
        arms,
        synonyms,
    }
}
