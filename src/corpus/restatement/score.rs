//! What speaks for two values reporting one thing: evidence of the two sentences, then of the two values in them.
//!
//! Weights are sums, because each likeness can be missing; likeness of wording is capped, because nearly equal
//! sentences with another value are more often two reports in one style than an error.

use rust_decimal::Decimal;

use super::distinction;
use super::item::{End, Item};
use super::landmark::Edition;
use super::lexis::Kind;
use super::passage::{Passage, Passages};
use super::substitution::substituted;
use super::words::{Rarity, shared};

/// Share of wording beyond which more of it says nothing, in thousandths.
const WORDING_CAP: i64 = 450;
/// The same for the figure's own phrase.
const PHRASE_CAP: i64 = 600;
/// Share of wording from which a sentence of one document is a repeat.
const REPEAT: i64 = 800;
/// Share of wording from which sentences are compared word by word.
const COMPARED: i64 = 300;
/// So many equal numbers make a repeated sentence a copy, not another report in its mould.
const COPIED: usize = 3;
/// At most so many equal numbers of each kind count.
const MOST_NUMBERS: usize = 2;

/// One piece of evidence, weighed in hundredths.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) kind: Kind,
    pub(super) weight: i64,
    pub(super) detail: String,
}

impl Piece {
    pub(super) fn whole(kind: Kind, detail: impl Into<String>) -> Self {
        Self {
            kind,
            weight: kind.weight(),
            detail: detail.into(),
        }
    }

    /// A share of the kind's weight, in thousandths.
    pub(super) fn share(kind: Kind, share: i64, detail: impl Into<String>) -> Self {
        Self {
            kind,
            weight: kind.weight() * share / 1000,
            detail: detail.into(),
        }
    }
}

/// Sum of the weights, in hundredths.
pub(super) fn sum(pieces: &[Piece]) -> i64 {
    pieces.iter().map(|piece| piece.weight).sum()
}

/// Two sentences with all they are compared by.
pub(super) struct Pair<'a> {
    pub(super) passages: &'a Passages,
    pub(super) rarity: &'a Rarity,
    pub(super) one: &'a Passage,
    pub(super) other: &'a Passage,
    /// Equal values: positions in the items of both.
    pub(super) equal: Vec<(usize, usize)>,
}

impl<'a> Pair<'a> {
    pub(super) fn new(
        passages: &'a Passages,
        rarity: &'a Rarity,
        one: &'a Passage,
        other: &'a Passage,
    ) -> Self {
        let mut equal = Vec::new();
        for (at, item) in one.items.iter().enumerate() {
            for (with, same) in other.items.iter().enumerate() {
                let new = !equal.iter().any(|(a, b)| *a == at || *b == with);
                if new && item.class == same.class && item.value == same.value && item.is_telling()
                {
                    equal.push((at, with));
                }
            }
        }
        Self {
            passages,
            rarity,
            one,
            other,
            equal,
        }
    }

    pub(super) fn same_document(&self) -> bool {
        self.one.document == self.other.document
    }

    /// Evidence that all values of the two sentences share.
    pub(super) fn sentence_evidence(&self) -> Vec<Piece> {
        let (one, other) = (self.one, self.other);
        let mut found = Vec::new();
        let overlap = self.rarity.overlap(&one.stems, &other.stems);
        let contained = self.rarity.containment(&one.stems, &other.stems);
        found.push(Piece::share(Kind::Wording, overlap.min(WORDING_CAP), ""));
        found.push(Piece::share(Kind::Contained, contained, ""));
        self.sources(&mut found);
        let named = shared(&one.named, &other.named);
        let rare: i64 = named.iter().map(|stem| self.rarity.of(*stem)).sum();
        if rare > 0 {
            let words: Vec<&str> = named.iter().map(|stem| self.printed(*stem)).collect();
            // One full weight for every five of rarity, at most three.
            let share = (rare / 5).min(3000);
            found.push(Piece::share(Kind::Named, share, words.join(" and ")));
        }
        let previous = self.rarity.overlap(&one.previous, &other.previous);
        found.push(Piece::share(Kind::Previous, previous, ""));
        let heading = self.rarity.overlap(&one.heading, &other.heading);
        found.push(Piece::share(Kind::Heading, heading, ""));
        if !one.p_values.is_empty() && !other.p_values.is_empty() {
            let rounded = |p: &Decimal| other.p_values.iter().any(|other| is_rounded(*p, *other));
            if !shared(&one.p_values, &other.p_values).is_empty() {
                found.push(Piece::whole(Kind::SameP, ""));
            } else if !one.p_values.iter().any(rounded) {
                found.push(Piece::whole(Kind::PDiffers, ""));
            }
        }
        self.labels(&mut found);
        self.edition(&mut found);
        distinction::of_sentences(self, &mut found);
        if overlap > COMPARED {
            for words in substituted(one, other) {
                found.push(Piece::whole(Kind::Substitution, words));
            }
        }
        if self.same_document() {
            self.placement(overlap, &mut found);
        }
        found
    }

    /// A word as the first of the two sentences prints it.
    fn printed(&self, stem: u32) -> &str {
        self.one
            .tokens
            .iter()
            .find(|token| token.stem == stem)
            .map_or("", |token| token.text.as_ref())
    }

    fn sources(&self, found: &mut Vec<Piece>) {
        let (one, other) = (self.one, self.other);
        let print = |ids: &[u32]| {
            ids.first()
                .and_then(|id| self.passages.printed_sources.get(id))
                .cloned()
                .unwrap_or_default()
        };
        let direct = shared(&one.sources, &other.sources);
        if !direct.is_empty() {
            found.push(Piece::whole(Kind::Source, print(&direct)));
            return;
        }
        let around = |passage: &Passage| {
            let mut all = passage.sources.clone();
            all.extend(&passage.sources_before);
            super::item::sorted(all)
        };
        let carried = shared(&around(one), &around(other));
        if !carried.is_empty() {
            found.push(Piece::whole(Kind::SourceBefore, print(&carried)));
        } else if !one.sources.is_empty() && !other.sources.is_empty() {
            found.push(Piece::whole(Kind::SourcesDiffer, ""));
        }
    }

    fn labels(&self, found: &mut Vec<Piece>) {
        let numbers = |passage: &Passage, noun: &str| {
            let own = passage.labels.iter().filter(|(known, _)| known == noun);
            own.map(|(_, number)| number.clone())
                .collect::<Vec<String>>()
        };
        for (noun, _) in &self.one.labels {
            let (a, b) = (numbers(self.one, noun), numbers(self.other, noun));
            if !b.is_empty() && shared(&a, &b).is_empty() {
                found.push(Piece::whole(Kind::LabelDiffers, noun.clone()));
                return;
            }
        }
    }

    fn edition(&self, found: &mut Vec<Piece>) {
        let of = |passage: &Passage| self.passages.editions.get(passage.document);
        let (Some(a), Some(b)) = (of(self.one), of(self.other)) else {
            return;
        };
        let names = |passage: &Passage, edition: &Edition, own: &Edition| {
            passage.facets.iter().any(|facet| {
                facet.class == "year"
                    && edition.years.contains(&facet.value)
                    && !own.years.contains(&facet.value)
            })
        };
        if !a.differs(b) {
            return;
        }
        let kind = if names(self.one, b, a) || names(self.other, a, b) {
            Kind::EditionNamed
        } else {
            Kind::Edition
        };
        found.push(Piece::whole(kind, ""));
    }

    fn placement(&self, overlap: i64, found: &mut Vec<Piece>) {
        let (one, other) = (self.one, self.other);
        let summarised = one.is_summary != other.is_summary || one.is_opening != other.is_opening;
        if one.block == other.block {
            found.push(Piece::whole(Kind::Paragraph, ""));
        }
        if one.order.abs_diff(other.order) <= 2 {
            found.push(Piece::whole(Kind::Adjacent, ""));
        }
        if !(one.is_summary || other.is_summary || one.is_opening || other.is_opening) {
            found.push(Piece::whole(Kind::Body, ""));
        }
        let shares_source = !shared(&one.sources, &other.sources).is_empty();
        let is_copy = self.equal.len() >= COPIED;
        if overlap > REPEAT && !shares_source && !summarised && !is_copy {
            found.push(Piece::whole(Kind::Repeat, ""));
        }
        if one.refers_back || other.refers_back {
            found.push(Piece::whole(Kind::ReferenceBack, ""));
        }
    }

    /// Evidence of two values, by their positions in the items of the two sentences; and in hundredths what the likeness of
    /// their phrases would add beyond its cap, by which partners are told apart.
    pub(super) fn item_evidence(&self, at: usize, with: usize) -> (Vec<Piece>, i64) {
        let (Some(f), Some(g)) = (self.one.items.get(at), self.other.items.get(with)) else {
            return (Vec::new(), 0);
        };
        let mut found = Vec::new();
        let phrase = shared(&f.own, &g.own);
        let words = self.wording(f, &phrase);
        let own = self.rarity.overlap(&f.own, &g.own);
        let beyond = Kind::Phrase.weight() * (own - PHRASE_CAP).max(0) / 1000;
        found.push(Piece::share(Kind::Phrase, own.min(PHRASE_CAP), words));
        let near = self.rarity.overlap(&f.near, &g.near);
        found.push(Piece::share(Kind::Near, near, ""));
        if let Some(next) = f.next.filter(|_| f.next == g.next) {
            found.push(Piece::whole(Kind::NextWord, self.printed(next)));
        }
        let beside = |own: &Item, other: &Item| {
            own.next
                .filter(|next| own.next != other.next && other.own.binary_search(next).is_ok())
        };
        if let Some(next) = beside(f, g) {
            found.push(Piece::whole(Kind::NextNear, self.printed(next)));
        } else if let Some(next) = beside(g, f) {
            found.push(Piece::whole(Kind::NextNear, self.printed(next)));
        }
        if let Some(previous) = f.previous.filter(|_| f.previous == g.previous) {
            found.push(Piece::whole(Kind::PreviousWord, self.printed(previous)));
        }
        if f.before.len() == 2 && f.before == g.before {
            found.push(Piece::whole(Kind::Before, ""));
        }
        if f.after.len() == 3 && f.after == g.after {
            found.push(Piece::whole(Kind::After, ""));
        }
        self.numbers(at, with, &mut found);
        intervals(f, g, &mut found);
        self.counted(f, g, &mut found);
        self.facets(f, g, &mut found);
        distinction::of_values(self, f, g, &mut found);
        if f.peers > 1 && f.peers == g.peers {
            let kind = if f.rank == g.rank {
                Kind::PlaceInList
            } else {
                Kind::OtherPlaceInList
            };
            found.push(Piece::whole(kind, ""));
        }
        if f.end != g.end && f.end != End::Whole && g.end != End::Whole {
            found.push(Piece::whole(Kind::OtherEnd, ""));
        }
        (found, beyond)
    }

    /// The shared words around a value in their order, for people.
    fn wording(&self, item: &Item, phrase: &[u32]) -> String {
        let near = self.one.tokens.iter().enumerate();
        let words: Vec<&str> = near
            .filter(|(at, token)| {
                at.abs_diff(item.token) <= 12 && phrase.binary_search(&token.stem).is_ok()
            })
            .map(|(_, token)| token.text.as_ref())
            .take(6)
            .collect();
        words.join(" ")
    }

    fn numbers(&self, at: usize, with: usize, found: &mut Vec<Piece>) {
        let others: Vec<&Item> = self
            .equal
            .iter()
            .filter(|(a, b)| *a != at && *b != with)
            .filter_map(|(a, _)| self.one.items.get(*a))
            .collect();
        for (kind, precise) in [(Kind::Number, true), (Kind::SmallNumber, false)] {
            let of_kind = others.iter().filter(|item| item.is_precise() == precise);
            for item in of_kind.take(MOST_NUMBERS) {
                found.push(Piece::whole(kind, self.figure_text(item)));
            }
        }
        if others.is_empty() && self.one.items.len() > 2 && self.other.items.len() > 2 {
            found.push(Piece::whole(Kind::NumbersDiffer, ""));
        }
    }

    /// A value as the first of the two sentences prints it.
    pub(super) fn figure_text(&self, item: &Item) -> String {
        self.one
            .tokens
            .get(item.token)
            .map(|token| token.text.to_string())
            .unwrap_or_default()
    }

    fn counted(&self, f: &Item, g: &Item, found: &mut Vec<Piece>) {
        if !(f.is_bare && g.is_bare) {
            return;
        }
        match (f.head, g.head) {
            (Some(a), Some(b)) if a == b => {
                found.push(Piece::whole(Kind::Head, self.printed(a)));
            }
            (Some(_), Some(_)) => found.push(Piece::whole(Kind::HeadDiffers, "")),
            (None, None) => found.push(Piece::whole(Kind::Bare, "")),
            (Some(_), None) | (None, Some(_)) => {}
        }
        if f.is_count && (f.value < Decimal::TEN || g.value < Decimal::TEN) {
            found.push(Piece::whole(Kind::SmallCount, ""));
        }
    }
}

/// Whether one of two numbers is the other, rounded: 0.04 and 0.043.
pub(super) fn is_rounded(one: Decimal, other: Decimal) -> bool {
    let places = one.scale().min(other.scale());
    one.round_dp(places) == other.round_dp(places)
}

fn intervals(f: &Item, g: &Item, found: &mut Vec<Piece>) {
    let (Some(a), Some(b)) = (f.interval, g.interval) else {
        return;
    };
    let kind = if a == b {
        Kind::BothBounds
    } else if a.0 == b.0 || a.1 == b.1 {
        Kind::Bounds
    } else {
        Kind::BoundsDiffer
    };
    found.push(Piece::whole(kind, ""));
}
