//! Figures of one document: every number and every "not reported", with its measure, dimensions and marks.

use std::collections::BTreeMap;
use std::ops::Range;

use rust_decimal::Decimal;

use super::general::{ProperNouns, clause, near, period_in};
use super::noun_phrase::{counted, measured, words_before};
use super::prose::{Context, context};
use super::sentence::Slot;
use super::study::{Named, Setting, setting};
use super::table_arm::Groups;
use super::trial_arm::{Assigned, Inventory, Order, assign};
use super::{
    ArmNames, Bound, Claim, Figure, FigureRole, Frame, Measured, Sentence, SentenceKind, Status,
    StudyName, Synonym,
};
use crate::citation::{Citations, Pointer, Style};
use crate::markdown::{BlockKind, Document, InlineKind, Place, Text};
use crate::quantity::{Modifier, Quantity, Role, read};

/// Reads one document's figures and study names.
pub(super) struct Reader<'a> {
    pub(super) document: &'a Document,
    pub(super) citations: &'a Citations,
    pub(super) sentences: &'a [Sentence],
    pub(super) claims: &'a [Claim],
    pub(super) nouns: ProperNouns,
    marks: BTreeMap<Slot, Vec<usize>>,
    sentences_of: BTreeMap<Slot, Vec<usize>>,
    claim_of_sentence: BTreeMap<usize, usize>,
    pub(super) claim_of_row: BTreeMap<(usize, usize), usize>,
    pub(super) figures: Vec<Figure>,
    pub(super) studies: Vec<StudyName>,
    /// The last study named in running text under the present heading.
    recent_study: Option<usize>,
    recent_section: Option<usize>,
    inventory: Inventory,
    order: Order,
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
        let mut marks: BTreeMap<Slot, Vec<usize>> = BTreeMap::new();
        for (index, pointer) in citations.pointers.iter().enumerate() {
            marks
                .entry((pointer.place.block, pointer.place.cell))
                .or_default()
                .push(index);
        }
        let mut sentences_of: BTreeMap<Slot, Vec<usize>> = BTreeMap::new();
        for (index, sentence) in sentences.iter().enumerate() {
            sentences_of
                .entry((sentence.place.block, sentence.place.cell))
                .or_default()
                .push(index);
        }
        let claim_of_sentence = claims
            .iter()
            .enumerate()
            .filter_map(|(index, claim)| Some((claim.sentence?, index)))
            .collect();
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
            nouns: ProperNouns::of(document),
            marks,
            sentences_of,
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

    /// Byte ranges of a text that hold no figure: citation marks, code, mathematics; sorted, without overlap.
    pub(super) fn masked(&self, id: Slot, text: &Text) -> Vec<Range<usize>> {
        let marks = self
            .marks
            .get(&id)
            .into_iter()
            .flatten()
            .filter_map(|at| self.citations.pointers.get(*at));
        let inlines = text.inlines.iter().filter(|inline| match inline.kind {
            InlineKind::Code
            | InlineKind::Math
            | InlineKind::FootnoteReference { .. }
            | InlineKind::Image { .. } => true,
            InlineKind::Emphasis
            | InlineKind::Strong
            | InlineKind::Strikethrough
            | InlineKind::Link { .. }
            | InlineKind::Superscript
            | InlineKind::Subscript => false,
        });
        let ranges = marks
            .map(|mark| cited(mark, &text.plain))
            .chain(inlines.map(|inline| inline.range.clone()));
        united(ranges.collect())
    }

    /// Marks that stand inside a stretch of a text.
    pub(super) fn marks_in(&self, id: Slot, range: &Range<usize>) -> Vec<usize> {
        let of = |at: &usize| {
            let pointer = self.citations.pointers.get(*at);
            pointer.map_or(0..0, |pointer| pointer.place.range.clone())
        };
        let marks = self.marks.get(&id).map(Vec::as_slice).unwrap_or_default();
        let first = marks.partition_point(|at| of(at).start < range.start);
        marks
            .iter()
            .skip(first)
            .take_while(|at| of(at).start <= range.end)
            .filter(|at| of(at).end <= range.end)
            .copied()
            .collect()
    }

    /// The sentences of a text.
    pub(super) fn sentences_in(&self, id: Slot) -> &[usize] {
        self.sentences_of
            .get(&id)
            .map(Vec::as_slice)
            .unwrap_or_default()
    }

    fn read_prose(&mut self, block: usize) {
        let document = self.document;
        let Some(text) = document.text_at(block, None) else {
            return;
        };
        let section = document.blocks.get(block).and_then(|block| block.section);
        if section != self.recent_section {
            self.recent_section = section;
            self.recent_study = None;
        }
        let masked = self.masked((block, None), text);
        for index in self.sentences_in((block, None)).to_vec() {
            self.read_sentence(index, text, &masked);
        }
    }

    fn read_sentence(&mut self, index: usize, text: &Text, masked: &[Range<usize>]) {
        let sentences = self.sentences;
        let Some(sentence) = sentences.get(index) else {
            return;
        };
        let range = sentence.place.range.clone();
        let Some(plain) = text.plain.get(range.clone()) else {
            return;
        };
        let named = context(plain);
        let studies = self.name_studies(&sentence.place, plain, named.studies());
        let masked = shift_into(masked, &range);
        let quantities = read(&self.document.source.notation().with_points(plain), &masked);
        let arms = assign(plain, &quantities, &self.inventory, &mut self.order);
        let stated = Stated {
            arms,
            sentence,
            plain,
            named,
            quantities,
            masked,
            studies,
            claim: self.claim_of_sentence.get(&index).copied(),
        };
        let figures: Vec<Figure> = stated
            .quantities
            .iter()
            .enumerate()
            .map(|(index, quantity)| self.prose_figure(&stated, index, quantity))
            .collect();
        self.figures.extend(figures);
        self.recent_study = stated.studies.last().copied().or(self.recent_study);
    }

    fn prose_figure(&self, stated: &Stated<'_>, index: usize, quantity: &Quantity) -> Figure {
        let Stated {
            sentence,
            plain,
            named,
            quantities,
            ..
        } = stated;
        let bound = |value: String| Bound {
            value,
            frame: Frame::Sentence,
        };
        let mut figure = self.bare_figure(
            &sentence.place,
            quantity,
            figure_role(sentence.kind, quantity),
        );
        figure.claim = stated.claim;
        let claim = stated.claim.and_then(|at| self.claims.get(at));
        figure.pointers = claim
            .map(|claim| claim.pointers.clone())
            .unwrap_or_default();
        figure.measure = named.measure(quantity).map(|measure| Bound {
            value: Measured::Concept(measure),
            frame: Frame::Sentence,
        });
        figure.study = self.study_in_sentence(quantity, stated);
        figure.arm = self.arm(stated, index, quantity);
        figure.population = named.scope.population.clone().map(bound);
        figure.cohort = named.scope.cohort.clone().map(bound);
        figure.time_point = named.scope.time_point.clone().map(bound);
        if is_general(&figure) {
            let near = near(plain, &quantity.range);
            let known: Vec<Range<usize>> = named
                .label_ranges_in(&near)
                .cloned()
                .chain(ranges_in(quantities, &near))
                .chain(masks_in(&stated.masked, &near).cloned())
                .collect();
            let clause = clause(plain, &quantity.range, &known, &self.nouns);
            figure.arm = clause.subject.map(bound);
            figure.time_point = clause
                .period
                .map(bound)
                .or(figure.time_point)
                .or_else(|| self.period_above(sentence.place.block));
            figure.qualifiers = clause.qualifiers;
        }
        if figure.measure.is_none() {
            figure.wording = words_before(plain, quantity);
            let phrase = counted(plain, quantity).or_else(|| measured(plain, &quantity.range));
            figure.measure = phrase.map(|phrase| Bound {
                value: Measured::Phrase(phrase),
                frame: Frame::Sentence,
            });
            if figure.role == FigureRole::Result && is_incidental(quantity) {
                figure.role = FigureRole::Design;
            }
        }
        figure
    }

    /// The period that the heading above or the title names: an annual report says "2024" once.
    fn period_above(&self, block: usize) -> Option<Bound<String>> {
        let heading = self.document.section_title(block).unwrap_or_default();
        let title = self.document.title.as_deref().unwrap_or_default();
        let above = [(heading, Frame::Heading), (title, Frame::Title)];
        above
            .into_iter()
            .find_map(|(text, frame)| period_in(text).map(|value| Bound { value, frame }))
    }

    /// The arm of a number: one of the document's own arms in a strong frame, else the substances beside it, else one of its
    /// arms in a weak frame.
    fn arm(&self, stated: &Stated<'_>, index: usize, quantity: &Quantity) -> Option<Bound<String>> {
        let assigned = stated
            .arms
            .get(index)
            .copied()
            .flatten()
            .and_then(|assigned| {
                let arm = self.inventory.arms.get(assigned.arm)?;
                Some(Bound {
                    value: arm.name.clone(),
                    frame: assigned.rule.frame(),
                })
            });
        let by_substance = || {
            let arm = stated.named.arm(&quantity.range, &stated.quantities)?;
            Some(Bound {
                value: arm.name.clone(),
                frame: Frame::Sentence,
            })
        };
        let (strong, weak) = match assigned {
            Some(bound) if bound.frame.is_strong() => (Some(bound), None),
            other => (None, other),
        };
        strong.or_else(by_substance).or(weak)
    }

    fn study_in_sentence(&self, quantity: &Quantity, stated: &Stated<'_>) -> Option<Bound<usize>> {
        let named = &stated.named;
        let own = named.study(&quantity.range).and_then(|study| {
            let at = named.studies().iter().position(|other| other == study)?;
            stated.studies.get(at).map(|value| Bound {
                value: *value,
                frame: Frame::Sentence,
            })
        });
        own.or_else(|| {
            self.recent_study.map(|value| Bound {
                value,
                frame: Frame::PreviousSentence,
            })
        })
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

    /// Records the studies named in a sentence and returns their indices.
    fn name_studies(&mut self, place: &Place, plain: &str, named: &[Named]) -> Vec<usize> {
        if named.is_empty() {
            return Vec::new();
        }
        let heading = self.document.section_title(place.block).unwrap_or_default();
        let title = self.document.title.as_deref().unwrap_or_default();
        let setting = setting([plain, heading, title]);
        let start = place.range.start;
        named
            .iter()
            .map(|study| {
                let place = Place {
                    block: place.block,
                    cell: place.cell,
                    range: study.range.start + start..study.range.end + start,
                };
                self.push_study(place, study, setting.clone())
            })
            .collect()
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

/// What of a mark holds no figure: of `(320–500 K, Nagy et al., 2009)` the names and years.
fn cited(mark: &Pointer, plain: &str) -> Range<usize> {
    let range = mark.place.range.clone();
    let named = || {
        let inside = plain.get(range.clone())?;
        let family = mark.labels.first()?.split([' ', ',']).next()?;
        let at = inside
            .find(family)
            .filter(|at| *at > 0 && !family.is_empty())?;
        let before = inside.get(..at)?;
        (before.bytes().any(|byte| byte.is_ascii_digit())
            && before.trim_end().ends_with([',', ';']))
        .then_some(range.start + at)
    };
    match mark.style {
        Style::AuthorYear => named().unwrap_or(range.start)..range.end,
        Style::Bracket
        | Style::Superscript
        | Style::LinkedBracket
        | Style::Footnote
        | Style::Citekey => range,
    }
}

/// One sentence with everything its numbers can be bound to.
struct Stated<'a> {
    sentence: &'a Sentence,
    plain: &'a str,
    named: Context,
    quantities: Vec<Quantity>,
    /// Stretches that hold no figure, in bytes of the sentence.
    masked: Vec<Range<usize>>,
    /// For each study named in the sentence, its index in [`Reader::studies`].
    studies: Vec<usize>,
    claim: Option<usize>,
    /// For each quantity, the arm its words and its place tell.
    arms: Vec<Option<Assigned>>,
}

/// The masked ranges that touch a stretch.
fn masks_in<'r>(
    ranges: &'r [Range<usize>],
    within: &Range<usize>,
) -> impl Iterator<Item = &'r Range<usize>> {
    let first = ranges.partition_point(|range| range.end <= within.start);
    let end = within.end;
    ranges
        .iter()
        .skip(first)
        .take_while(move |range| range.start < end)
}

/// The quantities that touch a stretch.
fn ranges_in<'q>(
    quantities: &'q [Quantity],
    within: &Range<usize>,
) -> impl Iterator<Item = Range<usize>> + use<'q> {
    let first = quantities.partition_point(|other| other.range.end <= within.start);
    let end = within.end;
    quantities
        .iter()
        .skip(first)
        .map(|other| other.range.clone())
        .take_while(move |range| range.start < end)
}

/// Sorted ranges without overlap.
fn united(mut ranges: Vec<Range<usize>>) -> Vec<Range<usize>> {
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut united: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match united.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            Some(_) | None => united.push(range),
        }
    }
    united
}

/// Ranges of a text, sorted and without overlap, as ranges of the stretch `within`; those outside are left out.
pub(super) fn shift_into(ranges: &[Range<usize>], within: &Range<usize>) -> Vec<Range<usize>> {
    masks_in(ranges, within)
        .map(|range| {
            range.start.max(within.start) - within.start..range.end.min(within.end) - within.start
        })
        .collect()
}

/// Whether a figure's measure belongs to a pack without studies and arms.
pub(super) fn is_general(figure: &Figure) -> bool {
    match figure.measure.as_ref().map(|bound| &bound.value) {
        Some(Measured::Concept(measure)) => measure.pack != "clinical",
        Some(Measured::Phrase(_)) | None => false,
    }
}

fn figure_role(kind: SentenceKind, quantity: &Quantity) -> FigureRole {
    match (kind, quantity.role) {
        (SentenceKind::Boilerplate | SentenceKind::Metadata | SentenceKind::Reference, _) => {
            FigureRole::Metadata
        }
        (SentenceKind::Instruction | SentenceKind::Fragment, _) => FigureRole::Protocol,
        (SentenceKind::Claim, Role::Value | Role::PValue | Role::SampleSize) => FigureRole::Result,
        (SentenceKind::Claim, Role::Date | Role::Ratio | Role::ConfidenceLevel)
        | (
            SentenceKind::Heading
            | SentenceKind::Question
            | SentenceKind::Navigation
            | SentenceKind::Caption,
            _,
        ) => FigureRole::Design,
    }
}

/// "Two groups", "12 people": a bare small count is part of how something is told, seldom a figure to be sourced.
fn is_incidental(quantity: &Quantity) -> bool {
    let small = quantity
        .value
        .is_some_and(|value| value.is_integer() && value.abs() < Decimal::ONE_HUNDRED);
    let bare =
        quantity.unit.is_none() && quantity.denominator.is_none() && quantity.interval.is_none();
    quantity.role == Role::Value && small && bare
}
