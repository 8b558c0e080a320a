//! Notices about works: which one counts for an entry, and which marks rely on the work all the same.
//!
//! "The study by Okafor, since retracted [3]" is right, and so is an entry that says so itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::Known;
use super::fold::words;
use crate::claim::Sentence;
use crate::corpus::{Denoted, Extraction};
use crate::ontology::WordClasses;
use crate::source::{Notice, SourceId};
use crate::text::Span;

static WORDS: LazyLock<WordClasses> = LazyLock::new(|| WordClasses::read("work-words"));

/// An entry whose work was retracted, withdrawn, doubted or corrected.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoticedEntry {
    /// Document.
    pub document: usize,
    /// Index in [`Citations::references`](crate::citation::Citations::references).
    pub reference: usize,
    /// Key in [`Lock::answers`](crate::source::Lock::answers).
    pub id: SourceId,
    /// The gravest notice.
    pub notice: Notice,
    /// Whether the entry, or every sentence that cites it, says so.
    pub is_said: bool,
    /// Marks in sentences that do not say so: document, index in [`Citations::pointers`](crate::citation::Citations::pointers).
    pub relying: Vec<(usize, usize)>,
}

/// The gravest notice about the work of an entry: of equals the one that names its text and day. None where the entry is the
/// notice itself.
pub(super) fn gravest(
    (document, reference): (usize, usize),
    ids: &[SourceId],
    known: &Known<'_>,
) -> Option<NoticedEntry> {
    let answers = ids.iter().flat_map(|id| known.all(id));
    let (id, notice) = answers
        .flat_map(|(id, answer)| {
            let notices = answer.work.iter().flat_map(|work| &work.notices);
            notices.map(move |notice| (id, notice))
        })
        .min_by_key(|(id, notice)| {
            (
                notice.kind,
                notice.notice.is_none(),
                notice.date.is_none(),
                *id,
            )
        })?;
    let is_itself = ids
        .iter()
        .any(|id| notice.notice.as_deref() == Some(id.to_string().as_str()));
    (!is_itself).then(|| NoticedEntry {
        document,
        reference,
        id: id.clone(),
        notice: notice.clone(),
        is_said: false,
        relying: Vec::new(),
    })
}

/// Adds to each entry the marks that rely on it.
pub(super) fn find_reliance(
    noticed: &mut [NoticedEntry],
    extractions: &[Extraction],
    denoted: &[Vec<Vec<Denoted>>],
) {
    let index: BTreeMap<(usize, usize), usize> = noticed
        .iter()
        .enumerate()
        .map(|(at, entry)| ((entry.document, entry.reference), at))
        .collect();
    if index.is_empty() {
        return;
    }
    let mut cited = vec![false; noticed.len()];
    for (document, (extraction, marks)) in extractions.iter().zip(denoted).enumerate() {
        for (pointer, labels) in marks.iter().enumerate() {
            let entries = labels.iter().filter_map(|label| match label {
                Denoted::Entry {
                    document,
                    reference,
                } => index.get(&(*document, *reference)),
                Denoted::Work | Denoted::Missing | Denoted::Unknown => None,
            });
            for at in entries {
                let Some(mark) = extraction.citations.pointers.get(pointer) else {
                    continue;
                };
                if let Some(is_cited) = cited.get_mut(*at) {
                    *is_cited = true;
                }
                if !is_said_around(extraction, mark.span)
                    && let Some(entry) = noticed.get_mut(*at)
                {
                    entry.relying.push((document, pointer));
                }
            }
        }
    }
    for (entry, is_cited) in noticed.iter_mut().zip(cited) {
        let text = extractions
            .get(entry.document)
            .and_then(|extraction| extraction.citations.references.get(entry.reference));
        let says_so =
            text.is_some_and(|reference| says(&words(&without_ids(&reference.text)), true));
        entry.is_said = says_so || is_cited && entry.relying.is_empty();
    }
}

/// Whether the sentence of a mark, or the next one of its paragraph, says that a work does not stand.
fn is_said_around(extraction: &Extraction, mark: Span) -> bool {
    let sentences = &extraction.statements.sentences;
    let behind = sentences.partition_point(|sentence| sentence.span.start <= mark.start);
    let Some((at, own)) = behind
        .checked_sub(1)
        .and_then(|at| Some((at, sentences.get(at)?)))
    else {
        return false;
    };
    let says =
        |sentence: &Sentence| says(&words(extraction.document.plain(&sentence.place)), false);
    let next = sentences.get(at + 1);
    let next = next
        .filter(|next| (next.place.block, next.place.cell) == (own.place.block, own.place.cell));
    says(own) || next.is_some_and(says)
}

/// The text of an entry without its DOI and addresses, which say nothing of the work: `10.5555/withdrawn.2`.
fn without_ids(entry: &str) -> String {
    let parts = entry.split_whitespace().filter(|part| !part.contains('/'));
    parts.collect::<Vec<_>>().join(" ")
}

/// Whether some words say that a work was retracted, withdrawn or doubted. In an `entry` no other word needs to name a work.
fn says(words: &[String], entry: bool) -> bool {
    let is_work = |word: &String| WORDS.has("work", word);
    let is_retracted = |word: &String| {
        WORDS
            .of("retracted")
            .iter()
            .any(|start| word.starts_with(start))
    };
    words.iter().any(is_retracted)
        || words.iter().any(|word| WORDS.has("withdrawn", word))
            && (entry || words.iter().any(is_work))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(sentence: &str, expected: bool) {
        assert_eq!(says(&words(sentence), false), expected, "{sentence}");
    }

    #[test]
    fn a_sentence_can_say_that_a_work_does_not_stand() {
        check(
            "Warm feet were thought to help, in a paper since retracted [3].",
            true,
        );
        check("The study was withdrawn by its authors [3].", true);
        check("The journal published an expression of concern [3].", true);
        check("Warm feet shorten colds [3].", false);
        check("The drug was withdrawn from the market [3].", false);
    }
}
