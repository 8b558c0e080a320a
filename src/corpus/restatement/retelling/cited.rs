//! What documents tell of works that they cite, against the texts of those works.
//!
//! A figure is looked for in the text of the one work that its sentence cites, and in no other: first the sentence or the row
//! that tells the same thing, then the number anywhere in the text, then what two numbers of a like sentence give.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::super::item::{End, Item};
use super::super::lexis::Kind;
use super::super::score::Piece;
use super::super::words::Names;
use super::copied::{Copied, copied};
use super::dated::Dated;
use super::given::{Bounds, gives, is_share, numbers};
use super::matching::{MOST_LINES, Matching};
use super::numbered::Numbered;
use super::pointer::Origin;
use super::reading::{self, Line};
use super::{Retelling, rarity};
use crate::corpus::Extraction;
use crate::quantity::Comparator;

/// So many sentences and rows of a text, the likest, are looked through for numbers that give a value together.
pub(super) const LIKEST: usize = 4;
/// In so many of them the value itself is right, although another figure was taken for it.
const NEAREST: usize = 2;
/// So many sentences in nearly the same words are a mould that the text fills again and again.
const MOST_COPIES: usize = 6;
/// At most so many equal numbers are named as evidence.
const MOST_EQUAL: usize = 2;

/// A value of a document: document, line, item.
pub(super) type At = (usize, usize, usize);

/// A figure that is told and one of its source: text, index in its figures.
type Pair = ((usize, usize), (usize, usize));

/// What was found of figures told of texts.
#[derive(Clone, Debug, Default)]
pub(in crate::corpus) struct Compared {
    /// Figures that the text has otherwise, in document order.
    pub(in crate::corpus) differing: Vec<Retelling>,
    /// Figures that a text has in no form, with the text, in document order.
    pub(in crate::corpus) missing: Vec<((usize, usize), usize)>,
}

/// Holds figures against the texts they are told of. `texts` has the documents first; `told` gives for document and figure the
/// index of its text there. Linear in the texts that are named.
pub(in crate::corpus) fn compare(
    texts: &[&Extraction],
    told: &BTreeMap<(usize, usize), usize>,
) -> Compared {
    if told.is_empty() {
        return Compared::default();
    }
    let citing: BTreeSet<usize> = told.keys().map(|(document, _)| *document).collect();
    let cited: BTreeSet<usize> = told.values().copied().collect();
    let mut names = Names::default();
    let mut numbered: BTreeMap<usize, Numbered> = BTreeMap::new();
    let read: Vec<Option<Dated>> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| {
            if !citing.contains(&at) && !cited.contains(&at) {
                return None;
            }
            let mut lines = reading::read(text, &mut names);
            if cited.contains(&at) {
                lines.extend(reading::cells(text, &mut names));
                numbered.insert(at, Numbered::of(text, &lines));
            }
            let origins = lines.iter().map(|line| origins(line, at, told)).collect();
            Some(Dated::new(lines, origins))
        })
        .collect();
    let rarity = rarity(&read, names.len());
    let matching = Matching {
        texts: &read,
        rarity: &rarity,
    };
    let search = Search {
        texts,
        told,
        matching: &matching,
        numbered: &numbered,
    };
    let mut compared = Compared::default();
    for document in citing {
        search.document(document, &mut compared);
    }
    compared
}

fn origins(line: &Line, document: usize, told: &BTreeMap<(usize, usize), usize>) -> Vec<Origin> {
    line.items
        .iter()
        .map(|item| {
            told.get(&(document, item.figure))
                .map_or(Origin::Own, |text| Origin::Earlier(vec![*text]))
        })
        .collect()
}

/// Documents and the texts that they cite, ready to be held against each other.
pub(super) struct Search<'a> {
    pub(super) texts: &'a [&'a Extraction],
    pub(super) told: &'a BTreeMap<(usize, usize), usize>,
    pub(super) matching: &'a Matching<'a>,
    pub(super) numbered: &'a BTreeMap<usize, Numbered>,
}

impl Search<'_> {
    fn document(&self, document: usize, compared: &mut Compared) {
        let Some(own) = self.matching.text(document) else {
            return;
        };
        let mut differing: BTreeMap<usize, Retelling> = BTreeMap::new();
        let mut line_of: BTreeMap<usize, &Line> = BTreeMap::new();
        for line in &own.lines {
            line_of.extend(line.items.iter().map(|item| (item.figure, line)));
        }
        for retelling in self.matching.of_document(document) {
            if self.is_sound(&retelling)
                && self.is_alone(&retelling, line_of.get(&retelling.told.1))
            {
                differing.entry(retelling.told.1).or_insert(retelling);
            }
        }
        let (mut right, mut slips) = (BTreeSet::new(), BTreeSet::new());
        for at in 0..own.lines.len() {
            if let Some((text, copied)) = self.copied((document, at)) {
                for (figure, _) in &copied.same {
                    right.insert(*figure);
                    differing.remove(figure);
                }
                for (figure, known) in &copied.differing {
                    let pair = ((document, *figure), (text, *known));
                    differing.insert(*figure, self.slip(pair, &copied));
                    slips.insert(*figure);
                }
            }
        }
        let mut missing: BTreeSet<(usize, usize)> = BTreeSet::new();
        for (at, line) in own.lines.iter().enumerate() {
            for (position, item) in line.items.iter().enumerate() {
                let Some(Origin::Earlier(named)) = own.origin((at, position)) else {
                    continue;
                };
                let at = (document, at, position);
                if !right.contains(&item.figure) && !differing.contains_key(&item.figure) {
                    let slips = named.iter().filter_map(|text| self.beside(at, item, *text));
                    differing.extend(slips.map(|slip| (item.figure, slip)));
                    if differing.contains_key(&item.figure) {
                        continue;
                    }
                }
                if right.contains(&item.figure) || slips.contains(&item.figure) {
                    continue;
                }
                for text in named {
                    let Some((told, numbered)) = self.exact(at, item, *text) else {
                        differing.remove(&item.figure);
                        continue;
                    };
                    let source = differing.get(&item.figure).map(|pair| pair.source.1);
                    match source {
                        Some(source) if self.explains(at, (*text, source), item, told) => {
                            differing.remove(&item.figure);
                        }
                        None if item.is_telling() && self.lacks(at, *text, numbered, told) => {
                            missing.insert((item.figure, *text));
                        }
                        Some(_) | None => {}
                    }
                }
            }
        }
        missing.retain(|(figure, _)| !differing.contains_key(figure));
        compared.differing.extend(differing.into_values());
        let missing = missing.into_iter();
        compared
            .missing
            .extend(missing.map(|(figure, text)| ((document, figure), text)));
    }

    /// The sentence of the cited text that a line tells in nearly its words, where no other one speaks against it.
    fn copied(&self, (document, at): (usize, usize)) -> Option<(usize, Copied)> {
        let line = self.matching.text(document)?.lines.get(at)?;
        let figures: Vec<usize> = line.figures().collect();
        let text = figures
            .iter()
            .find_map(|figure| self.told.get(&(document, *figure)))?;
        let of = |text: usize| {
            let text = self.texts.get(text)?;
            Some(text.statements.figures.as_slice())
        };
        let (own, its) = (of(document)?, of(*text)?);
        let source = self.matching.text(*text)?;
        let near = self.likest(line, &[], *text, MOST_COPIES);
        let mut found: Vec<Copied> = near
            .iter()
            .filter_map(|near| copied((line, own), (source.lines.get(*near)?, its)))
            .collect();
        let is_mould = found.len() == MOST_COPIES;
        found.sort_by_key(|copied| std::cmp::Reverse(copied.share));
        let rivals = found.split_off(found.len().min(1));
        let mut best = found.pop()?;
        let is_told = |figure: usize| self.told.contains_key(&(document, figure));
        best.same.retain(|(figure, _)| is_told(*figure));
        // Another sentence in these words may be the one that is meant.
        let is_repeated = best.differing.iter().any(|(figure, _)| {
            let mut same = rivals.iter().flat_map(|rival| &rival.same);
            same.any(|(own, _)| own == figure)
        });
        if is_mould || is_repeated {
            best.differing.clear();
        }
        best.differing.retain(|(figure, _)| is_told(*figure));
        Some((*text, best))
    }

    /// A number that differs where all else is in the words of the source.
    fn slip(&self, (told, source): Pair, copied: &Copied) -> Retelling {
        let share = i64::try_from(copied.share).unwrap_or_default();
        let value = |figure: &usize| {
            let text = self.texts.get(told.0)?;
            let quantity = text.statements.figures.get(*figure)?.quantity.as_ref();
            quantity?.value.map(|value| value.to_string())
        };
        let equal = copied.same.iter().filter_map(|(figure, _)| value(figure));
        let equal = equal.map(|value| Piece::whole(Kind::SmallNumber, value));
        let wording = Piece::share(Kind::Wording, share, "");
        let evidence = equal.take(MOST_EQUAL).chain([wording]).collect();
        Retelling::of(told, source, evidence)
    }

    /// The bounds of a value and the numbers of its text; `None` for an end of a range and for a limit.
    pub(super) fn exact(&self, at: At, item: &Item, text: usize) -> Option<(Bounds, &Numbered)> {
        let figure = self.texts.get(at.0)?.statements.figures.get(item.figure)?;
        let comparator = figure.quantity.as_ref()?.comparator;
        let is_exact = matches!(comparator, Comparator::Equal | Comparator::About);
        let told = Bounds::of(item, figure)?;
        let numbered = self.numbered.get(&text)?;
        (is_exact && item.end == End::Whole).then_some((told, numbered))
    }

    /// Whether something in a text explains a value that differs from the figure that it is taken to be: the same number in its
    /// sentence or in one more like that of the value, what its sentence gives, or a number so long that chance does not repeat it.
    fn explains(&self, at: At, (text, figure): (usize, usize), item: &Item, told: Bounds) -> bool {
        let Some(numbered) = self.numbered.get(&text) else {
            return true;
        };
        let groups = |group: &usize| numbered.groups.get(*group);
        let own = numbered.of_figure.get(&figure).and_then(groups);
        let near = self.likest_to(at, text, NEAREST);
        let near = near.iter().filter_map(|line| numbered.group.get(*line));
        item.is_precise() && numbered.given.holds(told)
            || own.is_none_or(|numbers| is_share(numbers, told))
            || near
                .filter_map(groups)
                .chain(own)
                .any(|numbers| numbers.iter().any(|number| told.holds(*number)))
    }

    /// Whether a text has a value in no form.
    fn lacks(&self, at: At, text: usize, numbered: &Numbered, told: Bounds) -> bool {
        let is_given = || {
            let lines = self.likest_to(at, text, LIKEST);
            let groups = lines.iter().filter_map(|line| numbered.group.get(*line));
            groups
                .filter_map(|group| numbered.groups.get(*group))
                .any(|numbers| gives(numbers, told))
        };
        !numbered.given.holds(told) && !is_given() && !self.adds_up(at, told)
    }

    /// Whether the other numbers of its sentence give a value: a sum of what the text tells one by one.
    fn adds_up(&self, (document, line, _): At, told: Bounds) -> bool {
        let own = self.matching.text(document);
        let place = own
            .and_then(|own| own.lines.get(line))
            .map(|line| &line.place);
        let text = self.texts.get(document).zip(place);
        let others: Vec<Decimal> = text
            .map(|(text, place)| numbers(text.document.plain(place)))
            .unwrap_or_default()
            .into_iter()
            .filter(|number| !told.holds(*number))
            .collect();
        gives(&others, told)
    }

    /// Whether a pair can be told to differ: both are one number, and of two bare counts something says what is counted.
    fn is_sound(&self, retelling: &Retelling) -> bool {
        let figure = |(text, figure): (usize, usize)| {
            self.texts
                .get(text)
                .and_then(|text| text.statements.figures.get(figure))
        };
        let values = [retelling.told, retelling.source].map(|at| {
            let quantity = figure(at)?.quantity.as_ref()?;
            let is_exact = matches!(quantity.comparator, Comparator::Equal | Comparator::About);
            (quantity.value.is_some() && is_exact).then_some(quantity.unit.is_some())
        });
        let [Some(has_unit), Some(_)] = values else {
            return false;
        };
        let counted = [Kind::NextWord.name(), Kind::Head.name()];
        has_unit
            || retelling
                .evidence
                .iter()
                .any(|evidence| counted.contains(&evidence.kind))
    }

    /// Whether another value of the sentence, if it has more of that class, stands beside the one of the source: a slip leaves the
    /// others right, and where none is, another time or group is meant.
    fn is_alone(&self, retelling: &Retelling, line: Option<&&Line>) -> bool {
        let (figure, (text, known)) = (retelling.told.1, retelling.source);
        let near = || {
            let numbered = self.numbered.get(&text)?;
            let lines = numbered.lines.get(*numbered.of_figure.get(&known)?)?;
            let source = self.matching.text(text)?;
            let lines = lines.iter().filter_map(|line| source.lines.get(*line));
            Some(lines.flat_map(|line| &line.items).collect::<Vec<&Item>>())
        };
        let (Some(line), Some(near)) = (line, near()) else {
            return true;
        };
        let class = |item: &&Item| item.figure == figure;
        let class = line.items.iter().find(class).map(|item| item.class);
        let others = line.items.iter();
        let mut others = others
            .filter(|item| item.figure != figure && Some(item.class) == class)
            .peekable();
        let is_near = |item: &Item| {
            let mut same = near.iter().filter(|known| known.class == item.class);
            same.any(|known| known.agrees(item))
        };
        others.peek().is_none() || others.any(is_near)
    }

    pub(super) fn likest_to(
        &self,
        (document, line, item): At,
        text: usize,
        most: usize,
    ) -> Vec<usize> {
        let own = self.matching.text(document);
        own.and_then(|own| {
            let told = own.lines.get(line)?;
            Some(self.likest(told, own.context((line, item)), text, most))
        })
        .unwrap_or_default()
    }

    /// The lines of a text that are most like the sentence of a value with some context.
    fn likest(&self, told: &Line, context: &[u32], text: usize, most: usize) -> Vec<usize> {
        let Some(source) = self.matching.text(text) else {
            return Vec::new();
        };
        let mut near: BTreeSet<usize> = BTreeSet::new();
        for stem in told.stems.iter().chain(context) {
            let lines = source.by_stem.get(stem).map(Vec::as_slice);
            near.extend(
                lines
                    .filter(|lines| lines.len() <= MOST_LINES)
                    .into_iter()
                    .flatten(),
            );
        }
        let mut scored: Vec<(i64, usize)> = near
            .into_iter()
            .filter_map(|at| {
                let likeness = self
                    .matching
                    .likeness(&told.stems, &source.lines.get(at)?.stems);
                Some((-likeness, at))
            })
            .collect();
        scored.sort_unstable();
        scored.into_iter().take(most).map(|(_, at)| at).collect()
    }
}
