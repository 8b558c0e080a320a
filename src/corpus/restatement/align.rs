//! The values of two sentences set against one another, one to one; what differs while the rest agrees is left.
//!
//! Two sentences whose values all differ are two reports in one mould, however alike their words. That rule (companions)
//! keeps more false pairs out than any likeness.

use rust_decimal::Decimal;

use super::item::{Item, significant};
use super::lexis::Kind;
use super::part::{self, Part};
use super::score::{Pair, Piece, sum};
use super::slip::{digits, is_before_tail, is_one_digit, is_slip, is_transposed};

/// Pairs below this, in hundredths, are not aligned.
const LEAST: i64 = 0;
/// What agreement adds when pairs are chosen.
const AGREEMENT: i64 = 100;
/// Another partner this close in score makes a pair uncertain.
const RIVAL: i64 = 40;
/// So far a value with a slip in it is ahead of another value.
const SLIP: i64 = 60;
/// Half of a weight, in thousandths.
pub(super) const HALF: i64 = 500;
/// So many digits at the end of a long number differ by right where some of what is counted was left out.
const TAIL: usize = 2;
/// At most so many differing companions count.
const MOST_COMPANIONS: usize = 3;
/// So many sentences away a swap of digits is most likely a slip.
const CLOSE: usize = 2;

/// Two values taken to report one thing: positions in the items of the two sentences.
#[derive(Clone, Debug)]
pub(super) struct Aligned {
    pub(super) one: usize,
    pub(super) other: usize,
    pub(super) agrees: bool,
    /// What likeness alone gives, in hundredths.
    pub(super) score: i64,
    /// All evidence, the values' own included; empty where they agree.
    pub(super) evidence: Vec<Piece>,
    /// Whether the difference can be told to be one.
    pub(super) sound: bool,
    /// What differs where the values themselves are equal.
    pub(super) part: Option<Part>,
}

struct Candidate {
    one: usize,
    other: usize,
    agrees: bool,
    score: i64,
    /// The score with what likeness of phrases adds beyond its cap.
    fit: i64,
    evidence: Vec<Piece>,
    /// Whether one value is the other with a slip in it.
    is_slip: bool,
}

/// Aligns the values of two sentences. Quadratic in the values of a sentence, of which there are at most thirty.
pub(super) fn align(pair: &Pair<'_>) -> Vec<Aligned> {
    let shared = pair.sentence_evidence();
    let base = sum(&shared);
    let candidates = candidates(pair, base);
    let mut taken: Vec<&Candidate> = Vec::new();
    for candidate in &candidates {
        let free = !taken
            .iter()
            .any(|known| known.one == candidate.one || known.other == candidate.other);
        if free && candidate.score >= LEAST {
            taken.push(candidate);
        }
    }
    let whole = taken.iter().map(|candidate| {
        let mut aligned = Aligned {
            one: candidate.one,
            other: candidate.other,
            agrees: candidate.agrees,
            score: candidate.score,
            evidence: Vec::new(),
            sound: true,
            part: None,
        };
        if !candidate.agrees {
            aligned.sound =
                !stands_elsewhere(pair, candidate) && !has_rival(candidate, &candidates, &taken);
            aligned.evidence.extend(shared.iter().cloned());
            aligned.evidence.extend(candidate.evidence.iter().cloned());
            aligned.evidence.extend(companions(pair, candidate, &taken));
            aligned.evidence.extend(values(pair, candidate));
        }
        aligned
    });
    let parts = taken
        .iter()
        .filter_map(|candidate| parted(pair, candidate, &taken, &shared));
    whole.chain(parts).collect()
}

/// Two equal values whose interval or spread differs by a slip.
fn parted(
    pair: &Pair<'_>,
    candidate: &Candidate,
    taken: &[&Candidate],
    shared: &[Piece],
) -> Option<Aligned> {
    let (f, g) = items(pair, candidate)?;
    let (part, own) = part::differing(f, g, &pair.figure_text(f), pair.equal.len())?;
    let of_pair = candidate.evidence.iter();
    let of_pair = of_pair.filter(|piece| !part::is_of_parts(piece.kind));
    let mut evidence = shared.to_vec();
    evidence.extend(of_pair.cloned());
    evidence.extend(own);
    evidence.extend(companions(pair, candidate, taken));
    Some(Aligned {
        one: candidate.one,
        other: candidate.other,
        agrees: false,
        score: candidate.score,
        evidence,
        sound: true,
        part: Some(part),
    })
}

fn candidates(pair: &Pair<'_>, base: i64) -> Vec<Candidate> {
    let mut candidates = Vec::new();
    for (one, f) in pair.one.items.iter().enumerate() {
        for (other, g) in pair.other.items.iter().enumerate() {
            if f.class != g.class {
                continue;
            }
            let (mut evidence, beyond) = pair.item_evidence(one, other);
            let is_slip = is_transposed(&f.digits, &g.digits) || is_one_digit(&f.digits, &g.digits);
            evidence.extend(one_slip(f, g).filter(|_| is_slip));
            let score = base + sum(&evidence);
            candidates.push(Candidate {
                one,
                other,
                agrees: f.agrees(g),
                score,
                fit: score + beyond,
                evidence,
                is_slip: is_slip && f.is_precise(),
            });
        }
    }
    let rank = |candidate: &Candidate| candidate.fit + if candidate.agrees { AGREEMENT } else { 0 };
    candidates.sort_by(|a, b| {
        rank(b)
            .cmp(&rank(a))
            .then((a.one, a.other).cmp(&(b.one, b.other)))
    });
    candidates
}

/// What it says that but for a slip all digits of two values agree: those of a long number, or of one with an equal spread.
fn one_slip(f: &Item, g: &Item) -> Option<Piece> {
    let swapped = is_transposed(&f.digits, &g.digits);
    let tail = if swapped { 1 } else { TAIL };
    if f.is_long() && is_before_tail(&f.digits, &g.digits, tail) {
        return Some(Piece::whole(Kind::OneSlip, ""));
    }
    let spread = f
        .detail
        .spread
        .filter(|_| f.detail.spread == g.detail.spread)?;
    let is_told =
        significant(&digits(spread)) >= 3 && f.is_precise() && is_slip(&f.digits, &g.digits);
    is_told.then(|| Piece::share(Kind::OneSlip, HALF, ""))
}

fn items<'p>(pair: &'p Pair<'_>, candidate: &Candidate) -> Option<(&'p Item, &'p Item)> {
    Some((
        pair.one.items.get(candidate.one)?,
        pair.other.items.get(candidate.other)?,
    ))
}

/// Whether the one value also stands somewhere else in the other sentence.
fn stands_elsewhere(pair: &Pair<'_>, candidate: &Candidate) -> bool {
    items(pair, candidate).is_none_or(|(f, g)| {
        let has = |items: &[Item], value: &Item| {
            items
                .iter()
                .any(|item| item.class == value.class && item.value == value.value)
        };
        has(&pair.other.items, f) || has(&pair.one.items, g)
    })
}

/// Whether another partner is about as likely, and is not spoken for by an equal value.
fn has_rival(candidate: &Candidate, candidates: &[Candidate], taken: &[&Candidate]) -> bool {
    let explained = |rival: &Candidate| {
        taken.iter().any(|known| {
            known.agrees
                && (known.one == rival.one && rival.one != candidate.one
                    || known.other == rival.other && rival.other != candidate.other)
        })
    };
    candidates.iter().any(|rival| {
        let shares = (rival.one == candidate.one) != (rival.other == candidate.other);
        let ahead = if candidate.is_slip && !rival.is_slip {
            SLIP
        } else {
            0
        };
        shares && rival.fit + RIVAL >= candidate.fit + ahead && !explained(rival)
    })
}

fn companions(pair: &Pair<'_>, candidate: &Candidate, taken: &[&Candidate]) -> Vec<Piece> {
    let figure = |candidate: &Candidate| items(pair, candidate).map(|(f, g)| (f.figure, g.figure));
    let own = figure(candidate);
    let others: Vec<bool> = taken
        .iter()
        .filter(|other| figure(other) != own)
        .map(|other| other.agrees)
        .collect();
    let differing = others.iter().filter(|agrees| !**agrees);
    let (apart, alike) = (
        differing.clone().count(),
        others.iter().filter(|agrees| **agrees).count(),
    );
    let mut found: Vec<Piece> = differing
        .take(MOST_COMPANIONS)
        .map(|_| Piece::whole(Kind::CompanionDiffers, ""))
        .collect();
    if !found.is_empty() && !others.contains(&true) {
        found.push(Piece::whole(Kind::NumbersDiffer, ""));
    }
    if apart >= MOST_COMPANIONS && apart > 2 * alike {
        found.push(Piece::whole(Kind::Parallel, ""));
    }
    found
}

/// What the two numbers themselves say: a slip of the pen, or far apart.
fn values(pair: &Pair<'_>, candidate: &Candidate) -> Vec<Piece> {
    let Some((f, g)) = items(pair, candidate) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let close = pair.same_document() && pair.one.order.abs_diff(pair.other.order) <= CLOSE;
    let known = !f.is_count || f.head.is_some() && f.head == g.head;
    if is_part(&pair.one.items, f, g) || is_part(&pair.other.items, g, f) {
        found.push(Piece::whole(Kind::Sum, ""));
    }
    if is_transposed(&f.digits, &g.digits) {
        let kind = if f.digits.len() < 3 || !known {
            Kind::Digit
        } else if close {
            Kind::TransposedNear
        } else {
            Kind::Transposed
        };
        found.push(Piece::whole(kind, ""));
    } else if is_one_digit(&f.digits, &g.digits) || is_shifted(f, g) {
        found.push(Piece::whole(Kind::Digit, ""));
    } else if is_apart(f.value, g.value, Decimal::new(12, 1)) {
        found.push(Piece::whole(Kind::OtherDigits, ""));
    }
    if is_apart(f.value, g.value, Decimal::TEN) {
        found.push(Piece::whole(Kind::VeryFar, ""));
    } else if is_apart(f.value, g.value, Decimal::new(25, 1)) {
        found.push(Piece::whole(Kind::Far, ""));
    }
    found
}

/// Whether a value and another one of its sentence make up the value of the other sentence.
fn is_part(items: &[Item], part: &Item, whole: &Item) -> bool {
    let rest = whole.value.checked_sub(part.value);
    rest.is_some_and(|rest| {
        rest > Decimal::ZERO
            && items.iter().any(|item| {
                item.class == part.class && item.token != part.token && item.value == rest
            })
    })
}

/// The decimal point at another place.
fn is_shifted(f: &Item, g: &Item) -> bool {
    let digits = |item: &Item| item.digits.trim_matches('0').to_owned();
    f.value != g.value && f.value != Decimal::ZERO && digits(f) == digits(g)
}

/// Whether one value is more than `times` the other, signs aside.
fn is_apart(one: Decimal, other: Decimal, times: Decimal) -> bool {
    let (least, most) = (one.abs().min(other.abs()), one.abs().max(other.abs()));
    least.checked_mul(times).is_some_and(|limit| most > limit)
}
