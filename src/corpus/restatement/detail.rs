//! What stands right beside a value and tells it from its neighbours: arm, measure, spread, p-value, the part of what is counted.
//!
//! A value in brackets behind another one is its spread or its share, and never the same thing as a value that stands by
//! itself. It leaves out how much each of these weighs.

use std::ops::Range;

use rust_decimal::Decimal;

use super::item::{Item, sorted};
use super::lexis::cues;
use super::token::{Token, TokenKind};
use super::words::Names;
use crate::claim::{Figure, Measured, Statements};
use crate::corpus::Comparison;
use crate::quantity::{Comparator, Role};

/// So many tokens behind a value its p-value may stand.
const P_REACH: usize = 10;
/// So many tokens behind a value the part of what is counted may be named: "patients with ulcers".
const PART_REACH: usize = 5;
/// So many words tell the part.
const PART_WORDS: usize = 4;
/// So many tokens before a value a study may be introduced: "a randomised trial of 62".
const STUDY_REACH: usize = 8;

/// So many tokens before a value the symbol of its test may stand: "the z value of the signed-rank test, which is equal to".
const TEST_REACH: usize = 16;

/// What stands beside one value.
#[derive(Clone, Debug, Default)]
pub(super) struct Detail {
    /// Arm (company, product) in a strong frame.
    pub(super) arm: Option<u32>,
    /// Measure of a pack in a strong frame.
    pub(super) measure: Option<u32>,
    /// Whether it stands in brackets right behind another value.
    pub(super) nested: bool,
    /// Standard deviation, error or tolerance printed with it.
    pub(super) spread: Option<Decimal>,
    /// Exact p-value printed with it.
    pub(super) p_value: Option<Decimal>,
    /// Whether it is a test statistic.
    pub(super) is_test: bool,
    /// Stems of the group whose bracket it opens: "the yoga group (M = 5.1)".
    pub(super) group: Vec<u32>,
    /// Words of the part of what is counted: "with recurrent ulcers".
    pub(super) part: Vec<u32>,
    /// Whether it is the size of a study that is introduced here: "a trial of 62 patients".
    pub(super) introduces: bool,
    /// Anchor that its part of the sentence links to.
    pub(super) link: Option<u32>,
}

/// What the details of one document are read from.
#[derive(Clone, Copy, Debug)]
pub(super) struct Around<'a> {
    pub(super) statements: &'a Statements,
    pub(super) comparisons: &'a [Comparison],
    /// Where test results stand in the block, in bytes of its text, sorted.
    pub(super) tests: &'a [Range<usize>],
    /// Links of the sentence to anchors, in bytes of the block's text, in order.
    pub(super) links: &'a [(Range<usize>, u32)],
}

/// Fills in the details of a sentence's values. Linear in its tokens for each value, of which there are few.
pub(super) fn fill(tokens: &[Token], around: &Around<'_>, names: &mut Names, items: &mut [Item]) {
    let places: Vec<usize> = items
        .iter()
        .filter_map(|item| around.statements.figures.get(item.figure))
        .map(|figure| figure.place.range.start)
        .collect();
    for item in items {
        let Some(figure) = around.statements.figures.get(item.figure) else {
            continue;
        };
        item.detail = Detail {
            arm: arm(item.figure, figure, around, names),
            measure: measure(figure, names),
            nested: nested(tokens, item.token),
            spread: spread(tokens, item.token, &around.statements.figures, figure),
            p_value: p_value(tokens, item.token, &around.statements.figures),
            is_test: is_test(tokens, item, figure, around),
            group: group(tokens, item.token),
            part: part(tokens, item.token),
            link: link(figure, &places, around.links),
            introduces: item.is_count && introduces(tokens, item.token),
        };
    }
}

fn arm(at: usize, figure: &Figure, around: &Around<'_>, names: &mut Names) -> Option<u32> {
    figure.arm.as_ref().filter(|arm| arm.frame.is_strong())?;
    let name = around.comparisons.get(at)?.arm.as_deref()?;
    Some(names.id(&format!("arm {name}")))
}

fn measure(figure: &Figure, names: &mut Names) -> Option<u32> {
    let bound = figure.measure.as_ref()?;
    match &bound.value {
        Measured::Concept(measure) if bound.frame.is_strong() => {
            Some(names.id(&format!("measure {}", measure.iri)))
        }
        Measured::Concept(_) | Measured::Phrase(_) => None,
    }
}

/// The link behind a value and before the next one, else the last one before it.
fn link(figure: &Figure, places: &[usize], links: &[(Range<usize>, u32)]) -> Option<u32> {
    let own = &figure.place.range;
    let next = places
        .iter()
        .copied()
        .filter(|place| *place >= own.end)
        .min();
    let behind = links
        .iter()
        .find(|(range, _)| range.end > own.start && next.is_none_or(|next| range.start < next));
    let before = || {
        links
            .iter()
            .rev()
            .find(|(range, _)| range.start < own.start)
    };
    behind.or_else(before).map(|(_, anchor)| *anchor)
}

fn opens(token: &Token) -> bool {
    matches!(token.text.as_ref(), "(" | "[")
}

fn nested(tokens: &[Token], at: usize) -> bool {
    let mut before = tokens.iter().take(at).rev();
    let opened = before.by_ref().take(4).find(|token| {
        opens(token) || matches!(token.kind, TokenKind::Figure(_) | TokenKind::Content)
    });
    let behind = before.next().map(|token| token.kind);
    opened.is_some_and(opens) && matches!(behind, Some(TokenKind::Figure(_)))
}

/// Its own tolerance, else the one number in the bracket right behind it.
fn spread(tokens: &[Token], at: usize, figures: &[Figure], figure: &Figure) -> Option<Decimal> {
    let quantity = figure.quantity.as_ref()?;
    if let Some(tolerance) = quantity.tolerance {
        return Some(tolerance);
    }
    let mut behind = tokens.iter().skip(at + 1);
    behind.next().filter(|token| opens(token))?;
    let inner = behind
        .find(|token| !matches!(token.kind, TokenKind::Statistic | TokenKind::Sign))
        .map(|token| token.kind)?;
    let TokenKind::Figure(inner) = inner else {
        return None;
    };
    let inner = figures.get(inner)?.quantity.as_ref()?;
    let plain = inner.role == Role::Value && inner.unit.is_none();
    inner.value.filter(|_| plain)
}

fn p_value(tokens: &[Token], at: usize, figures: &[Figure]) -> Option<Decimal> {
    let next = tokens
        .iter()
        .skip(at + 1)
        .take(P_REACH)
        .find_map(|token| match token.kind {
            TokenKind::Figure(next) => Some(next),
            TokenKind::Content
            | TokenKind::Function
            | TokenKind::Statistic
            | TokenKind::Stop
            | TokenKind::Sign => None,
        })?;
    let quantity = figures.get(next)?.quantity.as_ref()?;
    let exact = quantity.role == Role::PValue && quantity.comparator == Comparator::Equal;
    quantity.value.filter(|_| exact).map(|p| p.normalize())
}

/// Whether the value is a t, F, z or χ²: those of two tests are two things, however alike the sentences.
fn is_test(tokens: &[Token], item: &Item, figure: &Figure, around: &Around<'_>) -> bool {
    let place = &figure.place.range;
    let upto = around
        .tests
        .partition_point(|test| test.start <= place.start);
    let inside = upto
        .checked_sub(1)
        .and_then(|last| around.tests.get(last))
        .is_some_and(|test| place.end <= test.end);
    let symbols = cues("test-statistic");
    let named = || {
        tokens
            .iter()
            .take(item.token)
            .rev()
            .take(TEST_REACH)
            .take_while(|token| !matches!(token.kind, TokenKind::Figure(_) | TokenKind::Stop))
            .any(|token| symbols.contains(token.text.as_ref()))
    };
    inside || item.is_bare && !item.is_count && named()
}

fn part(tokens: &[Token], at: usize) -> Vec<u32> {
    let links = cues("part");
    let mut behind = tokens.iter().skip(at + 1);
    let linked = behind
        .by_ref()
        .take(PART_REACH)
        .take_while(|token| token.is_word())
        .any(|token| links.contains(token.text.to_lowercase().as_str()));
    if !linked {
        return Vec::new();
    }
    let ends = cues("part-end");
    let words = behind
        .take_while(|token| token.is_word() && !ends.contains(token.text.as_ref()))
        .filter(|token| token.kind == TokenKind::Content)
        .take(PART_WORDS);
    sorted(words.map(|token| token.stem).collect())
}

/// The words that name the group before the bracket a value opens, back to a word of grammar.
fn group(tokens: &[Token], at: usize) -> Vec<u32> {
    let mut before = tokens.iter().take(at).rev();
    let opened = before.by_ref().find(|token| {
        opens(token)
            || !matches!(token.kind, TokenKind::Statistic | TokenKind::Sign) && token.text.len() > 2
    });
    let nouns = cues("group");
    let named = opened.is_some_and(opens)
        && before
            .next()
            .is_some_and(|noun| nouns.contains(noun.text.to_lowercase().as_str()));
    if !named {
        return Vec::new();
    }
    let restricts =
        |token: &Token| cues("restricting").contains(token.text.to_lowercase().as_str());
    let words = before.take_while(|token| match token.kind {
        TokenKind::Content | TokenKind::Sign => true,
        TokenKind::Function | TokenKind::Statistic => restricts(token),
        TokenKind::Figure(_) | TokenKind::Stop => false,
    });
    sorted(
        words
            .filter(|token| token.is_word())
            .map(|token| token.stem)
            .collect(),
    )
}

fn introduces(tokens: &[Token], at: usize) -> bool {
    let nouns = cues("study");
    let mut before = tokens
        .iter()
        .take(at)
        .rev()
        .take(STUDY_REACH)
        .take_while(|token| !matches!(token.kind, TokenKind::Figure(_) | TokenKind::Stop));
    let mut links = before.by_ref().take(3);
    links.any(|token| nouns.contains(token.text.to_lowercase().as_str()))
        && before.any(|token| matches!(token.text.to_lowercase().as_str(), "a" | "an" | "another"))
}
