//! What tells two values apart, or makes them one, by what stands right beside each.
//!
//! These are the dimensions of a key as prose shows them: arm, measure, study, spread, p-value, the part that is counted. Where
//! they differ, likeness of wording means two reports of one mould.

use super::detail::Detail;
use super::item::Item;
use super::lexis::Kind;
use super::passage::Passage;
use super::score::{Pair, Piece, is_rounded};
use super::token::Token;
use super::words::shared;

/// A heading of so many words is the title of a work.
const TITLE_WORDS: usize = 5;

/// Evidence of two values that stand in the items of a pair's sentences.
pub(super) fn of_values(pair: &Pair<'_>, f: &Item, g: &Item, found: &mut Vec<Piece>) {
    let (a, b) = (&f.detail, &g.detail);
    bound(pair, a, b, found);
    if a.nested != b.nested {
        found.push(Piece::whole(Kind::Nested, ""));
    }
    if let (Some(one), Some(other)) = (a.spread, b.spread) {
        let kind = if one == other {
            Kind::SameSpread
        } else {
            Kind::SpreadDiffers
        };
        found.push(Piece::whole(kind, one.to_string()));
    }
    if let (Some(one), Some(other)) = (a.p_value, b.p_value)
        && !is_rounded(one, other)
    {
        found.push(Piece::whole(Kind::OwnPDiffers, ""));
    }
    if a.is_test || b.is_test {
        found.push(Piece::whole(Kind::TestStatistic, ""));
    }
    if f.value.is_sign_negative() != g.value.is_sign_negative() {
        found.push(Piece::whole(Kind::OtherSign, ""));
    }
    match (a.part.is_empty(), b.part.is_empty()) {
        (false, false) if shared(&a.part, &b.part).is_empty() => {
            found.push(Piece::whole(Kind::OtherPart, ""));
        }
        (false, true) | (true, false) if f.is_count && g.is_count => {
            found.push(Piece::whole(Kind::PartOneSided, ""));
        }
        (false | true, false | true) => {}
    }
    let cited = !shared(&pair.one.sources, &pair.other.sources).is_empty();
    if a.introduces && b.introduces && !cited {
        found.push(Piece::whole(Kind::TwoStudies, ""));
    } else if (a.introduces || b.introduces) && !cited {
        found.push(Piece::whole(Kind::OneStudy, ""));
    }
    let points =
        |from: &Detail, to: &Passage| from.link.is_some_and(|link| to.anchors.contains(&link));
    if points(a, pair.other) || points(b, pair.one) {
        found.push(Piece::whole(Kind::Linked, ""));
    }
}

fn bound(pair: &Pair<'_>, a: &Detail, b: &Detail, found: &mut Vec<Piece>) {
    if let (Some(one), Some(other)) = (a.arm, b.arm) {
        if one == other {
            let name = pair.passages.names.name(one);
            let name = name.strip_prefix("arm ").unwrap_or(name);
            found.push(Piece::whole(Kind::SameArm, name));
        } else if pair.same_document() {
            found.push(Piece::whole(Kind::ArmDiffers, ""));
        }
    }
    let said = shared(&a.group, &b.group).len();
    if said < a.group.len().min(b.group.len()) {
        found.push(Piece::whole(Kind::ArmDiffers, ""));
    }
    if let (Some(one), Some(other)) = (a.measure, b.measure) {
        let kind = if one == other {
            Kind::SameMeasure
        } else {
            Kind::MeasureDiffers
        };
        found.push(Piece::whole(kind, ""));
    }
}

/// Evidence of the two sentences and where they stand.
pub(super) fn of_sentences(pair: &Pair<'_>, found: &mut Vec<Piece>) {
    let (one, other) = (pair.one, pair.other);
    if let Some(words) = contrast(one, other) {
        found.push(Piece::whole(Kind::Contrast, words));
    }
    let titled = |passage: &Passage| passage.heading.len() >= TITLE_WORDS;
    let apart = pair.rarity.overlap(&one.heading, &other.heading) < 200;
    let cited = !shared(&one.sources, &other.sources).is_empty();
    if titled(one) && titled(other) && apart && !cited {
        found.push(Piece::whole(Kind::OtherSection, ""));
    }
    if !pair.same_document() && !pair.passages.stories.related(one.document, other.document) {
        found.push(Piece::whole(Kind::Unrelated, ""));
    }
    match (one.study, other.study) {
        (Some(a), Some(b)) if a == b => found.push(Piece::whole(Kind::SameStudy, "")),
        (Some(_), Some(_)) => found.push(Piece::whole(Kind::OtherStudy, "")),
        (Some(_) | None, None) | (None, Some(_)) => {}
    }
}

/// Two compounds of one mould, each in one of the sentences: "FD-mesial" and "FD-distal", "sample-I" and "sample-II".
fn contrast(one: &Passage, other: &Passage) -> Option<String> {
    let compounds = |passage: &Passage, rival: &Passage| -> Vec<Token> {
        let own = passage.tokens.iter().filter(|token| {
            token.is_word()
                && token.text.contains('-')
                && rival.stems.binary_search(&token.stem).is_err()
        });
        own.cloned().collect()
    };
    let others = compounds(other, one);
    compounds(one, other).iter().find_map(|token| {
        let front = token
            .text
            .split('-')
            .next()
            .filter(|front| !front.is_empty())?;
        let twin = others
            .iter()
            .find(|twin| twin.text.split('-').next() == Some(front))?;
        Some(format!("{} / {}", token.text, twin.text))
    })
}
