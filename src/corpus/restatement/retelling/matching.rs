//! Each figure told of an earlier edition set against the figures of that edition.
//!
//! One figure of the source answers one that is told: what another one repeats is taken, and only what is left can differ. A
//! value that the source gives elsewhere with about as much evidence is right.

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::item::Item;
use super::super::lexis::Kind;
use super::super::score::{Piece, sum};
use super::super::token::{Token, TokenKind};
use super::super::words::{Rarity, shared};
use super::dated::Dated;
use super::pointer::Origin;
use super::reading::Line;
use super::{CHANGES, CUES, Retelling};

/// A stem in more lines of a text than this leads to none of them.
pub(super) const MOST_LINES: usize = 60;
/// Rarity that two contexts share where their likeness counts in full, in thousandths.
const FULL: i64 = 12_000;
/// Share of what the sentence before counts.
const BEFORE: i64 = 800;
/// At most so many equal figures of the same sentences count.
const MOST_COMPANIONS: usize = 2;
/// A figure with so little less evidence is a rival, in hundredths.
const RIVAL: i64 = 40;
/// Values so many times apart are seldom one.
const FAR: Decimal = Decimal::from_parts(25, 0, 0, false, 1);
/// Least likeness of the words beside two figures, in hundredths; less is enough in equal places of two lists.
const WORDED: i64 = 45;
/// The same where a figure beside them is equal.
const WORDED_BESIDE: i64 = 30;
/// Least evidence where an arrow alone names the period, in hundredths.
const LEAST_IMPLIED: i64 = 300;
/// Least evidence for a figure to be taken as the one that is told, in hundredths.
const LEAST: i64 = 180;
/// Least evidence for a figure to be taken as the one that is repeated, in hundredths.
const REPEATED: i64 = 60;

/// A value of a text: text, line, item.
type At = (usize, usize, usize);

/// A told value and one of its source.
struct Candidate {
    source: At,
    agrees: bool,
    evidence: Vec<Piece>,
}

impl Candidate {
    fn score(&self) -> i64 {
        sum(&self.evidence)
    }
}

/// All editions and how rare their words are.
pub(super) struct Matching<'a> {
    pub(super) texts: &'a [Option<Dated>],
    pub(super) rarity: &'a Rarity,
}

/// How a sentence says which text a value is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Manner {
    Named,
    Implied,
    Carried,
}

/// A value told of other texts, with the values there that it may be.
struct Told {
    at: At,
    manner: Manner,
    candidates: Vec<Candidate>,
}

impl Matching<'_> {
    pub(super) fn text(&self, document: usize) -> Option<&Dated> {
        self.texts.get(document)?.as_ref()
    }

    fn item(&self, (document, line, item): At) -> Option<&Item> {
        self.text(document)?.lines.get(line)?.items.get(item)
    }

    /// What a document tells otherwise than its earlier editions.
    pub(super) fn of_document(&self, document: usize) -> Vec<Retelling> {
        let Some(text) = self.text(document) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        let mut block: Vec<Told> = Vec::new();
        for (at, line) in text.lines.iter().enumerate() {
            if block.first().is_some_and(|told| {
                text.lines
                    .get(told.at.1)
                    .is_none_or(|known| known.block != line.block)
            }) {
                found.extend(self.differing(&std::mem::take(&mut block)));
            }
            for item in 0..line.items.len() {
                block.extend(self.told((document, at, item)));
            }
        }
        found.extend(self.differing(&block));
        found
    }

    fn told(&self, at: At) -> Option<Told> {
        let (document, line, item) = at;
        let text = self.text(document)?;
        let (editions, manner) = match text.origin((line, item))? {
            Origin::Earlier(editions) => (editions, Manner::Named),
            Origin::Implied(editions) => (editions, Manner::Implied),
            Origin::Carried(editions) => (editions, Manner::Carried),
            Origin::Own | Origin::Elsewhere => return None,
        };
        let mut candidates: Vec<Candidate> = editions
            .iter()
            .flat_map(|edition| self.candidates(at, *edition))
            .collect();
        candidates
            .sort_by_key(|candidate| (std::cmp::Reverse(candidate.score()), candidate.source));
        Some(Told {
            at,
            manner,
            candidates,
        })
    }

    /// The values of an edition that a told one may be.
    fn candidates(&self, at: At, edition: usize) -> Vec<Candidate> {
        let (Some(told), Some(text), Some(source)) =
            (self.item(at), self.text(at.0), self.text(edition))
        else {
            return Vec::new();
        };
        let own = text.context((at.1, at.2));
        let before = text.before(at.1).map(|line| line.stems.as_slice());
        let stems: BTreeSet<u32> = own
            .iter()
            .chain(before.into_iter().flatten())
            .copied()
            .collect();
        let mut lines: BTreeSet<usize> = BTreeSet::new();
        for list in stems.iter().filter_map(|stem| source.by_stem.get(stem)) {
            if list.len() <= MOST_LINES {
                lines.extend(list);
            }
        }
        let mut found = Vec::new();
        for line in lines {
            let Some(known) = source.lines.get(line) else {
                continue;
            };
            for (item, value) in known.items.iter().enumerate() {
                let origin = source.origin((line, item));
                let is_own = matches!(origin, Some(Origin::Own | Origin::Carried(_)));
                if value.class != told.class || !is_own || is_change(known, value.token) {
                    continue;
                }
                let evidence = self.evidence(at, (edition, line, item));
                found.push(Candidate {
                    source: (edition, line, item),
                    agrees: told.agrees(value),
                    evidence,
                });
            }
        }
        found
    }

    /// How alike two sets of stems are, in thousandths: what they share of both, in full only where that is enough.
    pub(super) fn likeness(&self, one: &[u32], other: &[u32]) -> i64 {
        let both = self.rarity.shared(one, other);
        let overlap = self.rarity.overlap(one, other);
        let contained = self.rarity.containment(one, other);
        i64::midpoint(overlap, contained) * both.min(FULL) / FULL
    }

    fn evidence(&self, told: At, source: At) -> Vec<Piece> {
        let (Some(text), Some(other)) = (self.text(told.0), self.text(source.0)) else {
            return Vec::new();
        };
        let (Some(line), Some(known)) = (text.lines.get(told.1), other.lines.get(source.1)) else {
            return Vec::new();
        };
        let (Some(f), Some(g)) = (self.item(told), self.item(source)) else {
            return Vec::new();
        };
        let (own, its) = (
            text.context((told.1, told.2)),
            other.context((source.1, source.2)),
        );
        let mut found = Vec::new();
        let words = printed(line, &shared(own, its));
        found.push(Piece::share(Kind::Phrase, self.likeness(own, its), words));
        let before = text.before(told.1).map_or(0, |before| {
            self.likeness(&before.stems, &known.stems) * BEFORE / 1000
        });
        let whole = self.likeness(&line.stems, &known.stems).max(before);
        found.push(Piece::share(Kind::Wording, whole, ""));
        if let Some(next) = f.next.filter(|_| f.next == g.next) {
            found.push(Piece::whole(Kind::NextWord, printed(line, &[next])));
        }
        if let Some(head) = f.head.filter(|_| f.head == g.head) {
            found.push(Piece::whole(Kind::Head, printed(line, &[head])));
        }
        if is_restricted(line, f.token) != is_restricted(known, g.token) {
            found.push(Piece::whole(Kind::PartOneSided, ""));
        }
        let (least, most) = (f.value.min(g.value), f.value.max(g.value));
        if least.checked_mul(FAR).is_some_and(|limit| most > limit) {
            found.push(Piece::whole(Kind::Far, ""));
        }
        if f.peers > 1 && f.peers == g.peers && f.rank == g.rank {
            found.push(Piece::whole(Kind::PlaceInList, ""));
        }
        found
    }

    /// What a paragraph tells otherwise than its sources.
    fn differing(&self, block: &[Told]) -> Vec<Retelling> {
        let mut taken: BTreeSet<At> = BTreeSet::new();
        let mut agreed: Vec<(At, At)> = Vec::new();
        for told in block {
            let best = told.candidates.iter().find(|candidate| candidate.agrees);
            if let Some(best) = best.filter(|best| best.score() >= REPEATED) {
                taken.insert(best.source);
                agreed.push((told.at, best.source));
            }
        }
        let mut found: Vec<(i64, At, Retelling)> = Vec::new();
        for told in block {
            if let Some((best, evidence)) = self.best(told, &taken, &agreed) {
                let weight = sum(&evidence);
                let retelling = self.retelling(told, best, evidence);
                found.extend(retelling.map(|retelling| (weight, best.source, retelling)));
            }
        }
        // Of two that could be one figure of the source, the likelier is.
        found.sort_by_key(|(weight, source, retelling)| {
            (std::cmp::Reverse(*weight), *source, retelling.told)
        });
        let mut answered = BTreeSet::new();
        found.retain(|(_, source, _)| answered.insert(*source));
        found
            .into_iter()
            .map(|(_, _, retelling)| retelling)
            .collect()
    }

    /// The figure that a told one is and differs from, where none comes close.
    fn best<'t>(
        &self,
        told: &'t Told,
        taken: &BTreeSet<At>,
        agreed: &[(At, At)],
    ) -> Option<(&'t Candidate, Vec<Piece>)> {
        let line = (told.at.0, told.at.1);
        let free: Vec<&Candidate> = told
            .candidates
            .iter()
            .filter(|candidate| {
                candidate.agrees
                    || !taken.contains(&candidate.source) && !self.is_own(line, candidate)
            })
            .collect();
        let best = *free.first()?;
        let is_rival = |other: &Candidate| {
            other.score() + RIVAL > best.score() && !self.same_value(other.source, best.source)
        };
        if best.agrees
            || free.iter().skip(1).any(|other| is_rival(other))
            || self.says_beside(told, best.source)
        {
            return None;
        }
        let beside: Vec<At> = agreed
            .iter()
            .filter(|(_, source)| (source.0, source.1) == (best.source.0, best.source.1))
            .map(|(mate, _)| *mate)
            .collect();
        let piece = |kind| best.evidence.iter().find(|piece| piece.kind == kind);
        let worded = if beside.is_empty() {
            WORDED
        } else {
            WORDED_BESIDE
        };
        let is_worded = piece(Kind::Phrase).is_some_and(|piece| piece.weight >= worded);
        let is_listed = piece(Kind::PlaceInList).is_some() && !beside.is_empty();
        let mut evidence = best.evidence.clone();
        for mate in beside.iter().take(MOST_COMPANIONS) {
            let value = self.item(*mate).map(|item| item.value.to_string());
            evidence.push(Piece::whole(Kind::SmallNumber, value.unwrap_or_default()));
        }
        let least = match told.manner {
            Manner::Implied => LEAST_IMPLIED,
            Manner::Carried if beside.is_empty() => return None,
            Manner::Named | Manner::Carried => LEAST,
        };
        ((is_worded || is_listed) && sum(&evidence) >= least).then_some((best, evidence))
    }

    /// Whether the paragraph of a value of the source gives the told one as well, of the same thing: "grown from 9% to 16%, and to 34% in
    /// 2019".
    fn says_beside(&self, told: &Told, source: At) -> bool {
        let block = |at: At| Some((at.0, self.text(at.0)?.lines.get(at.1)?.block));
        let mut agreeing = told.candidates.iter().filter(|candidate| candidate.agrees);
        agreeing.any(|candidate| block(candidate.source) == block(source) && candidate.score() > 0)
    }

    fn same_value(&self, one: At, other: At) -> bool {
        match (self.item(one), self.item(other)) {
            (Some(one), Some(other)) => one.agrees(other),
            _ => false,
        }
    }

    /// Whether a value of the document's own in the same sentence repeats the candidate.
    fn is_own(&self, (document, line): (usize, usize), candidate: &Candidate) -> bool {
        let (Some(text), Some(source)) = (self.text(document), self.item(candidate.source)) else {
            return false;
        };
        let Some(own) = text.lines.get(line) else {
            return false;
        };
        own.items.iter().enumerate().any(|(at, item)| {
            text.origin((line, at)) == Some(&Origin::Own)
                && item.class == source.class
                && item.agrees(source)
                && sum(&self.evidence((document, line, at), candidate.source)) >= candidate.score()
        })
    }

    fn retelling(&self, told: &Told, best: &Candidate, evidence: Vec<Piece>) -> Option<Retelling> {
        let figure = |at: At| Some((at.0, self.item(at)?.figure));
        Some(Retelling::of(
            figure(told.at)?,
            figure(best.source)?,
            evidence,
        ))
    }
}

/// Whether a value says by how much something changed: "up 5%", "70% more".
fn is_change(line: &Line, at: usize) -> bool {
    let word = |at: Option<usize>| {
        let token = at.and_then(|at| line.tokens.get(at));
        token.map_or_else(String::new, |token| token.text.to_lowercase())
    };
    CUES.has("by", &word(at.checked_sub(1))) || CHANGES.contains(word(at.checked_add(1)).as_str())
}

/// Whether words between a value and its neighbours leave others out: "only", unless it stands before a number.
fn is_restricted(line: &Line, at: usize) -> bool {
    let is_value = |token: &Token| matches!(token.kind, TokenKind::Figure(_) | TokenKind::Stop);
    let before = line.tokens.iter().take(at).rev();
    let back = before.take_while(|token| !is_value(token)).count();
    let own = line.tokens.iter().enumerate().skip(at - back);
    own.take_while(|(position, token)| *position <= at || !is_value(token))
        .any(|(position, token)| {
            CUES.has("restricting", &token.text.to_lowercase())
                && !line.tokens.get(position + 1).is_some_and(is_value)
        })
}

/// Words of a sentence with these stems, in their order, each once.
fn printed(line: &Line, stems: &[u32]) -> String {
    let mut seen = BTreeSet::new();
    let words = line.tokens.iter().filter(|token| {
        stems.contains(&token.stem) && token.kind == TokenKind::Content && seen.insert(token.stem)
    });
    words
        .map(|token| token.text.as_ref())
        .take(6)
        .collect::<Vec<&str>>()
        .join(" ")
}
