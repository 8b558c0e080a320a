//! Sentences that tell a sentence of the source in nearly its own words: there the place of a number says which one it is.
//!
//! Why it exists: what is copied with a slip of the pen differs in its number alone, and that number may be anything: a time, a
//! threshold, an end of an interval. Words beside it would not tell it from others; a whole sentence does.
//! It leaves out sentences in words of their own, whose figures are matched one by one (`matching`).

use std::collections::BTreeSet;

use rust_decimal::Decimal;

use super::super::item::sorted;
use super::super::substitution::{alignment, replaces};
use super::super::token::{Token, TokenKind};
use super::super::words::shared;
use super::given::numbers;
use super::reading::Line;
use crate::claim::Figure;
use crate::quantity::Unit;

/// Fewest words that both sentences have in one order.
const WORDS: usize = 5;
/// Share of the words of a sentence that stand in the other one in the same order, in thousandths.
const COPIED: usize = 700;
/// The same where no other number of the sentences is equal.
const COPIED_ALONE: usize = 800;
/// So many words on either side of a number are its frame.
const FRAME: usize = 3;
/// Longer sentences are not compared word by word.
const MOST_TOKENS: usize = 160;

/// How the numbers of a sentence stand in one of nearly the same words. Pairs are indices in
/// [`Statements::figures`](crate::claim::Statements::figures) of both texts.
#[derive(Clone, Debug, Default)]
pub(super) struct Copied {
    pub(super) same: Vec<(usize, usize)>,
    pub(super) differing: Vec<(usize, usize)>,
    /// Share of the words that the source has in the same order, in thousandths.
    pub(super) share: usize,
}

/// A sentence with the figures of its text.
pub(super) type Sentence<'a> = (&'a Line, &'a [Figure]);

/// Numbers of a sentence set against those of another one; `None` where it is not told in the same words.
pub(super) fn copied((told, own): Sentence<'_>, (source, its): Sentence<'_>) -> Option<Copied> {
    let (a, b) = (&told.tokens, &source.tokens);
    if a.len() > MOST_TOKENS || b.len() > MOST_TOKENS {
        return None;
    }
    let matched = alignment(a, b);
    let is_content =
        |token: &Token| matches!(token.kind, TokenKind::Content | TokenKind::Statistic);
    let words = a.iter().filter(|token| is_content(token)).count();
    let kept = matched
        .iter()
        .filter(|(at, _)| a.get(*at).is_some_and(is_content))
        .count();
    let share = (kept * 1000).checked_div(words)?;
    if kept < WORDS || share < COPIED {
        return None;
    }
    let mut found = Copied {
        share,
        ..Copied::default()
    };
    let mut apart: Vec<(usize, usize)> = Vec::new();
    for (at, with) in &matched {
        let (Some(one), Some(other)) = (a.get(*at), b.get(*with)) else {
            continue;
        };
        let (Some(f), Some(g)) = (one.figure(), other.figure()) else {
            continue;
        };
        let (Some(figure), Some(known)) = (own.get(f), its.get(g)) else {
            continue;
        };
        match is_same((figure, &one.text), (known, &other.text)) {
            Some(true) => found.same.push((f, g)),
            Some(false) => {
                if !is_framed(&matched, (a, b), (*at, *with)) {
                    return Some(found);
                }
                apart.push((*at, *with));
            }
            None => {}
        }
    }
    if is_slip(&apart, (a, b), &matched) && (share >= COPIED_ALONE || !found.same.is_empty()) {
        found.differing = apart
            .iter()
            .filter_map(|(at, with)| Some((a.get(*at)?.figure()?, b.get(*with)?.figure()?)))
            .collect();
    }
    Some(found)
}

/// Whether what differs is a slip: one number, or two that changed places; and nothing says that two things are meant.
fn is_slip(
    apart: &[(usize, usize)],
    (a, b): (&[Token], &[Token]),
    matched: &[(usize, usize)],
) -> bool {
    if replaces(a, b, matched) {
        return false;
    }
    let text = |tokens: &[Token], at: usize| {
        tokens
            .get(at)
            .map_or_else(Vec::new, |token| numbers(&token.text))
    };
    match apart {
        // The number of the document must not be another one of the sentence: numbers that moved with their words.
        [(at, _)] => {
            let told = text(a, *at);
            let is_figure = |token: &&Token| token.figure().is_some();
            !b.iter()
                .filter(is_figure)
                .any(|token| alike(&numbers(&token.text), &told) == Some(true))
        }
        [(at, with), (more, beside)] => {
            let is = |one: usize, other: usize| alike(&text(a, one), &text(b, other)) == Some(true);
            is(*at, *beside) && is(*more, *with) && !has_moved((a, b), matched)
        }
        _ => false,
    }
}

/// Whether a word stands at another place of the other sentence.
fn has_moved((a, b): (&[Token], &[Token]), matched: &[(usize, usize)]) -> bool {
    let left = |tokens: &[Token], taken: &BTreeSet<usize>| {
        let words = tokens
            .iter()
            .enumerate()
            .filter(|(at, token)| token.kind == TokenKind::Content && !taken.contains(at));
        sorted(words.map(|(_, token)| token.stem).collect())
    };
    let (one, other) = matched.iter().copied().unzip();
    !shared(&left(a, &one), &left(b, &other)).is_empty()
}

/// Whether most words beside two numbers are the same.
fn is_framed(
    matched: &[(usize, usize)],
    (a, b): (&[Token], &[Token]),
    (at, with): (usize, usize),
) -> bool {
    let speaks =
        |token: &&Token| token.kind != TokenKind::Sign && token.kind != TokenKind::Function;
    let near = |tokens: &[Token], from: usize, to: usize| {
        let between = tokens.get(from + 1..to).unwrap_or_default();
        between.iter().filter(speaks).count() < FRAME
    };
    let pairs = matched.iter().filter(|(one, other)| {
        a.get(*one).is_some_and(|token| speaks(&token)) && b.get(*other).is_some()
    });
    let mut before = pairs.clone().filter(|(one, other)| {
        *one < at && *other < with && near(a, *one, at) && near(b, *other, with)
    });
    let mut behind = pairs.filter(|(one, other)| {
        *one > at && *other > with && near(a, at, *one) && near(b, with, *other)
    });
    let is_first = !a.iter().take(at).any(|token| speaks(&token));
    let is_last = !a.iter().skip(at + 1).any(|token| speaks(&token));
    (is_first || before.next().is_some()) && (is_last || behind.next().is_some())
}

/// Whether two figures print the same numbers, rounded or not; `None` where that cannot be told.
fn is_same((f, one): (&Figure, &str), (g, other): (&Figure, &str)) -> Option<bool> {
    let (a, b) = (f.quantity.as_ref()?, g.quantity.as_ref()?);
    let factor = |unit: &Option<Unit>| unit.as_ref().map(|unit| (unit.dimension, unit.factor));
    let comparable =
        a.role == b.role && a.comparator == b.comparator && factor(&a.unit) == factor(&b.unit);
    let same = alike(&numbers(one), &numbers(other))?;
    (same || comparable).then_some(same)
}

/// Whether numbers are the same one by one, as far as both are printed; `None` where their numbers are not as many.
fn alike(one: &[Decimal], other: &[Decimal]) -> Option<bool> {
    if one.is_empty() || one.len() != other.len() {
        return None;
    }
    Some(one.iter().zip(other).all(|(a, b)| {
        let half = Decimal::new(5, a.scale().min(b.scale()).min(20) + 1);
        (*a - *b).abs()
            <= if a.scale() == b.scale() {
                Decimal::ZERO
            } else {
                half
            }
    }))
}

#[cfg(test)]
mod tests {
    use super::super::super::words::Names;
    use super::super::reading::read;
    use super::*;
    use crate::corpus::extract;
    use crate::text::SourceText;

    /// What a sentence and one of a source print at the places that differ; `same` where all that they share is equal.
    fn check(told: &str, source: &str, expected: &str) {
        let mut names = Names::default();
        let texts = [told, source].map(|text| extract(SourceText::new("a.md", text)));
        let [one, other] = &texts;
        let lines = [one, other].map(|text| read(text, &mut names).remove(0));
        let found = copied(
            (&lines[0], &one.statements.figures),
            (&lines[1], &other.statements.figures),
        );
        let found = found.map_or_else(
            || "other words".to_owned(),
            |found| {
                let quote = |text: &crate::corpus::Extraction, figure: usize| {
                    let span = text.statements.figures[figure].span;
                    text.document.source.slice(span).to_owned()
                };
                let pairs = found.differing.iter();
                let pairs: Vec<String> = pairs
                    .map(|(f, g)| format!("{} / {}", quote(one, *f), quote(other, *g)))
                    .collect();
                if pairs.is_empty() {
                    "same".to_owned()
                } else {
                    pairs.join(", ")
                }
            },
        );
        assert_eq!(found, expected, "{told}\n{source}");
    }

    const SOURCE: &str = "Wardens who rowed to the outer pontoon in 14 knots of wind needed 36 minutes (range 21 to 48).";

    #[test]
    fn the_place_of_a_number_in_a_copied_sentence_says_which_one_it_is() {
        let told = |old: &str, new: &str| SOURCE.replace(old, new);
        check(SOURCE, SOURCE, "same");
        check(&told("36", "63"), SOURCE, "63 minutes / 36 minutes");
        check(&told("14", "41"), SOURCE, "41 knots / 14 knots");
        check(&told("48", "84"), SOURCE, "21 to 84 / 21 to 48");
        check(&told("36", "36.2"), SOURCE, "same");
        let begun = told("36", "63").replace("Wardens", "According to the report, wardens");
        check(&begun, SOURCE, "63 minutes / 36 minutes");
    }

    #[test]
    fn two_numbers_may_change_places_where_no_word_does() {
        let source = "Kelp grew on 12% of the northern piers of the harbour and on 31% of the southern piers of the harbour.";
        let turned = source
            .replace("12%", "#")
            .replace("31%", "12%")
            .replace('#', "31%");
        check(&turned, source, "31% / 12%, 12% / 31%");
        let moved = turned
            .replace("northern", "#")
            .replace("southern", "northern")
            .replace('#', "southern");
        check(&moved, source, "same");
    }

    #[test]
    fn another_thing_in_the_same_words_is_another_thing() {
        let other = SOURCE.replace("outer", "inner").replace("36", "63");
        check(&other, SOURCE, "same");
        check(
            "Rowing takes 63 minutes in 14 knots of wind.",
            SOURCE,
            "other words",
        );
    }
}
