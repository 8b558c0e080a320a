//! Figures of one document: every number and every "not reported", with its measure, dimensions and marks.
//!
//! Why it exists: sentences ([`super::sentence_figure`]) and tables ([`super::tabular`]) are read in document order by one
//! [`Reader`], so that the study and the order of the arms of one sentence hold for the next.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;

use super::general::ProperNouns;
use super::sentence::Slot;
use super::study::{Named, Setting};
use super::table_arm::Groups;
use super::trial_arm::{Inventory, Order};
use super::{ArmNames, Claim, Figure, FigureRole, Measured, Sentence, Status, StudyName, Synonym};
use crate::citation::Citations;
use crate::markdown::{BlockKind, Document, Place};
use crate::quantity::{Modifier, Quantity};

/// Reads one document's figures and study names.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) citations: &'a Citations,
    pub(super) sentences: &'a [Sentence],
    pub(super) claims: &'a [Claim],
    nouns: OnceCell<ProperNouns>,
    /// For each sentence its claim.
    claim_of_sentence: Vec<Option<usize>>,
    pub(super) claim_of_row: BTreeMap<(usize, usize), usize>,
    pub(super) figures: Vec<Figure>,
    pub(super) studies: Vec<StudyName>,
    /// The last study named in running text under the present heading.
    pub(super) recent_study: Option<usize>,
    pub(super) recent_section: Option<usize>,
    pub(super) inventory: Inventory,
    pub(super) order: Order,
    pub(super) groups: Groups,
}

/// Figures and study names, in document order.
pub(super) fn extract(
    document: &Document,
    citations: &Citations,
    sentences: &[Sentence],
    claims: &[Claim],
    synonyms: &[Synonym],
) -> (Vec<Figure>, Vec<StudyName>, ArmNames) {
    let mut reader = Reader::new(document, citations, sentences, claims, synonyms);
    for (index, block) in document.blocks.iter().enumerate() {
        if citations.reference_blocks.binary_search(&index).is_ok() {
            continue;
        }
        match block.kind {
            BlockKind::Table(_) => reader.read_table(index),
            BlockKind::Code | BlockKind::FrontMatter => {}
            BlockKind::Heading { .. }
            | BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::TableCaption
            | BlockKind::TableNote
            | BlockKind::FootnoteDefinition { .. }
            | BlockKind::Html => reader.read_prose(index),
        }
    }
    (reader.figures, reader.studies, reader.groups.names)
}

impl<'a> Reader<'a> {
    fn new(
        document: &'a Document,
        citations: &'a Citations,
        sentences: &'a [Sentence],
        claims: &'a [Claim],
        synonyms: &[Synonym],
    ) -> Self {
        let mut claim_of_sentence = vec![None; sentences.len()];
        for (index, claim) in claims.iter().enumerate() {
            let of = claim.sentence.and_then(|at| claim_of_sentence.get_mut(at));
            if let Some(of) = of {
                *of = Some(index);
            }
        }
        let claim_of_row = claims
            .iter()
            .enumerate()
            .filter(|(_, claim)| claim.sentence.is_none())
            .filter_map(|(index, claim)| Some(((claim.place.block, claim.place.cell?.0), index)))
            .collect();
        let inventory = Inventory::of(document, synonyms);
        let (groups, inventory) = Groups::of(document, inventory, synonyms);
        Self {
            groups,
            document,
            citations,
            sentences,
            claims,
            nouns: OnceCell::new(),
            claim_of_sentence,
            claim_of_row,
            figures: Vec::new(),
            studies: Vec::new(),
            recent_study: None,
            recent_section: None,
            inventory,
            order: Order::default(),
        }
    }

    /// The names that the document uses: figures of most documents need none.
    pub(super) fn nouns(&self) -> &ProperNouns {
        self.nouns.get_or_init(|| ProperNouns::of(self.document))
    }

    /// The sentences of a text.
    pub(super) fn sentences_in(&self, id: Slot) -> Range<usize> {
        let slot = |sentence: &Sentence| (sentence.place.block, sentence.place.cell);
        let start = self
            .sentences
            .partition_point(|sentence| slot(sentence) < id);
        let rest = self.sentences.get(start..).unwrap_or_default().iter();
        start..start + rest.take_while(|sentence| slot(sentence) == id).count()
    }

    /// The claim that a sentence makes.
    pub(super) fn claim_of_sentence(&self, sentence: usize) -> Option<usize> {
        self.claim_of_sentence.get(sentence).copied().flatten()
    }

    /// A figure at a place with nothing bound yet. `within` is the text that the quantity's range counts from.
    pub(super) fn bare_figure(
        &self,
        within: &Place,
        quantity: &Quantity,
        role: FigureRole,
    ) -> Figure {
        let start = within.range.start;
        let range = quantity.range.start + start..quantity.range.end + start;
        let place = Place {
            block: within.block,
            cell: within.cell,
            range,
        };
        let estimated = quantity.modifiers.contains(&Modifier::Estimated);
        let status = if estimated {
            Status::Estimated
        } else {
            Status::Reported
        };
        Figure {
            quantity: Some(quantity.clone()),
            ..self.unbound(place, status, role)
        }
    }

    /// A figure without a number at a place, with nothing bound yet.
    pub(super) fn unbound(&self, place: Place, status: Status, role: FigureRole) -> Figure {
        Figure {
            span: self.document.span(&place),
            place,
            quantity: None,
            status,
            role,
            measure: None,
            study: None,
            arm: None,
            population: None,
            cohort: None,
            time_point: None,
            qualifiers: Vec::new(),
            wording: None,
            claim: None,
            pointers: Vec::new(),
        }
    }

    /// Records a study's name at a place and returns its index.
    pub(super) fn push_study(&mut self, place: Place, named: &Named, setting: Setting) -> usize {
        let name = self.document.plain(&place).trim().to_owned();
        self.studies.push(StudyName {
            span: self.document.span(&place),
            place,
            name,
            registry: named.registry.clone(),
            acronym: named.acronym.clone(),
            phases: named.phases.clone(),
            interventions: setting.interventions,
            condition: setting.condition,
        });
        self.studies.len() - 1
    }
}

/// Whether a figure's measure belongs to a pack without studies and arms.
pub(super) fn is_general(figure: &Figure) -> bool {
    match figure.measure.as_ref().map(|bound| &bound.value) {
        Some(Measured::Concept(measure)) => measure.pack != "clinical",
        Some(Measured::Phrase(_)) | None => false,
    }
}
