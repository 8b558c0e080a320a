//! Claims: what a document states, one for each sentence or table row, with the marks that cover it.
//!
//! Why it exists: a rule asks whether a statement is supported, and by what. The scope of a mark follows
//! how scientific prose is cited: it covers its own sentence, and the one before when the marked one is short and begins
//! with a pronoun that leans on it.
//! It leaves out figures, which bind to claims later.

use std::ops::Range;

use super::coverage::{Marks, has_link_beside, is_filled_in, names_its_source};
use super::lexis::{is, words};
use super::support::Supports;
use super::table_claim::rows;
use super::told::{Told, continues_source, elaborates};
use super::words::Words;
use super::{Claim, Sentence, SentenceKind, Support, mention};
use crate::citation::Citations;
use crate::markdown::Document;

/// Longest sentence, in words, whose mark also covers the one before; longer ones have enough to say of their own.
const LEANING_WORDS: usize = 16;
/// Sentences behind one that brings in a study in which its mark may follow.
const RUNNING: usize = 6;
/// The claims of a document, in document order. `words` are those of each sentence. Linear in the document.
pub(crate) fn claims(
    document: &Document,
    citations: &Citations,
    sentences: &[Sentence],
    words: &[Words<'_>],
) -> Vec<Claim> {
    let marks = Marks::new(document, citations);
    let supports = Supports::new(document, citations, sentences, words);
    let mut claims = Vec::new();
    let mut rows = rows(document, citations, &marks, sentences, &supports)
        .into_iter()
        .peekable();
    for (index, (sentence, words)) in sentences.iter().zip(words).enumerate() {
        while let Some(row) = rows.next_if(|row| row.place.block <= sentence.place.block) {
            claims.push(row);
        }
        if sentence.kind != SentenceKind::Claim || sentence.place.cell.is_some() {
            continue;
        }
        let own = marks.inside(&sentence.place);
        let pointers: Vec<usize> = if own.is_empty() {
            leaning(document, &marks, sentences, index).collect()
        } else {
            own.collect()
        };
        let told = Told::new(words);
        let covered = pointers.is_empty()
            && (marks.cover_section(document, sentence.place.block)
                || marks.components.contains(&sentence.place.block)
                || names_its_source(document, &sentence.place, words)
                || is_filled_in(document, &sentence.place, words)
                || !supports.marks_throughout() && has_link_beside(document, sentences, index));
        let introduces =
            pointers.is_empty() && introduces_source(&told, document, &marks, sentences, index);
        claims.push(Claim {
            nearby: marks.nearby(document, &sentence.place, &pointers),
            support: if covered {
                Support::NotNeeded
            } else {
                supports.of(sentence.place.block, &told)
            },
            tells_of_others: pointers.is_empty()
                && !covered
                && told.tells_of_others()
                && (introduces || !is_elaborated(document, &marks, sentences, index)),
            introduces_source: introduces,
            mentions: mention::mentions_among(words),
            place: sentence.place.clone(),
            span: sentence.span,
            text: words.text.to_owned(),
            sentence: Some(index),
            pointers,
        });
    }
    claims.extend(rows);
    if !marks_its_sources(&claims) {
        for claim in &mut claims {
            claim.introduces_source = false;
            claim.tells_of_others = false;
        }
    }
    claims
}

/// Fewest sentences with a mark, and their least share of those that need one, in percent, in a document that marks its
/// sources; and in one that marks them often enough that a sentence without a mark may lack one.
const MARKED: usize = 3;
const MARKED_SHARE: usize = 50;
const OFTEN: usize = 2;
const OFTEN_SHARE: usize = 40;

/// Whether a document marks its sources sentence by sentence: most of those that need support have a mark of their own.
fn marks_its_sources(claims: &[Claim]) -> bool {
    marks(claims, MARKED, MARKED_SHARE)
}

/// Whether a document marks its sources often, though not everywhere.
pub(crate) fn marks_often(claims: &[Claim]) -> bool {
    marks(claims, OFTEN, OFTEN_SHARE)
}

/// Whether so many sentences that need support, and such a share of all of them in percent, have a mark of their own.
fn marks(claims: &[Claim], fewest: usize, share: usize) -> bool {
    let (mut marked, mut all) = (0_usize, 0_usize);
    for claim in claims {
        if claim.support == Support::Needed && claim.sentence.is_some() {
            all += 1;
            marked += usize::from(!claim.pointers.is_empty());
        }
    }
    marked >= fewest && marked * 100 >= all * share
}

/// Whether a sentence speaks of a study of its own, and the next one does not go on about it with a mark.
fn introduces_source(
    told: &Told<'_>,
    document: &Document,
    marks: &Marks<'_>,
    sentences: &[Sentence],
    index: usize,
) -> bool {
    let Some(sentence) = sentences.get(index).filter(|_| told.introduces_study()) else {
        return false;
    };
    let mut following = sentences
        .iter()
        .skip(index + 1)
        .take(RUNNING)
        .take_while(|next| {
            next.place.block == sentence.place.block && next.place.cell == sentence.place.cell
        })
        .take_while(|next| continues_source(document.plain(&next.place)));
    following.all(|next| marks.inside(&next.place).is_empty())
}

/// Whether the next sentence has a mark, and gives the source or an example of this one, or goes on about it.
fn is_elaborated(
    document: &Document,
    marks: &Marks<'_>,
    sentences: &[Sentence],
    index: usize,
) -> bool {
    let (Some(sentence), Some(next)) = (sentences.get(index), sentences.get(index + 1)) else {
        return false;
    };
    let follows =
        next.place.block == sentence.place.block && next.place.cell == sentence.place.cell;
    follows
        && !marks.inside(&next.place).is_empty()
        && elaborates(document.plain(&sentence.place), document.plain(&next.place))
}

/// Marks of the next sentence where it leans on this one: "This was confirmed later [4]."
fn leaning(
    document: &Document,
    marks: &Marks<'_>,
    sentences: &[Sentence],
    index: usize,
) -> Range<usize> {
    const NONE: Range<usize> = 0..0;
    let (Some(sentence), Some(next)) = (sentences.get(index), sentences.get(index + 1)) else {
        return NONE;
    };
    if next.place.block != sentence.place.block || next.place.cell != sentence.place.cell {
        return NONE;
    }
    let found = marks.inside(&next.place);
    if found.is_empty() {
        return NONE;
    }
    let text = document.plain(&next.place);
    let first = words(text).next().map_or("", |(_, word)| word);
    let leans = is("leaning-subject", first);
    if leans && words(text).take(LEANING_WORDS + 1).count() <= LEANING_WORDS {
        found
    } else {
        NONE
    }
}

#[cfg(test)]
#[path = "tests/statement.rs"]
mod tests;
