//! Shares whose count and whole both stand near them in a shape that says so: "30 (20%) of the 150 patients", "20% of patients
//! (30 of 150)", "30 of 150 patients responded, a rate of 20%", "150 patients, of whom 30 (20%) ...".

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::super::direction::tokens;
use super::super::number::{Line, Number, is_share};
use super::super::parts::{counts_things, is_count};
use super::beyond::beyond;
use super::stated::{Stated, count_at, names_change, noun};
use super::whole::{Whole, is_rebased};
use super::{Missed, ShareEvidence, list};
use crate::ontology::{WordSet, word_set};
use crate::quantity::{Role, is_plural};

/// Words that may stand between a fraction and its percentage in brackets.
const FAR: usize = 16;
/// The same where no bracket opens.
const NEAR: usize = 8;
/// Words of "487 extant families".
const WORDS_OF_NOUN: usize = 3;
/// Words of "of all the patients".
const OF_ALL: usize = 4;

static RATES: LazyLock<WordSet> = LazyLock::new(|| word_set("share-nouns"));

/// The pairs of a sentence that do not fit their percentage. `before` is the sentence that "of these" points back to.
pub(super) fn missed<'a>(
    line: &'a Line<'_>,
    stated: &[Stated<'a>],
    before: Option<&Line<'_>>,
) -> Vec<(Stated<'a>, Whole, ShareEvidence)> {
    let bare = line
        .numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| {
            is_share(number) && number.count.is_none() && number.denominator.is_none()
        })
        .filter_map(|(at, number)| {
            let (counted, count, whole, evidence) = around(line, at)?;
            let share = Stated::of((at, number), (counted, count))?;
            Some((share, whole, evidence))
        });
    let counted = stated.iter().filter_map(|share| {
        let (whole, evidence) = whole_of(line, share, before)?;
        Some((share.clone(), whole, evidence))
    });
    bare.chain(counted)
        .filter(|(share, whole, _)| share.proportion.misses(whole.size))
        .chain(beyond(line))
        .collect()
}

/// Count, its position, and whole of a bare percentage.
fn around(line: &Line<'_>, at: usize) -> Option<(usize, Decimal, Whole, ShareEvidence)> {
    behind(line, at)
        .or_else(|| in_front(line, at))
        .or_else(|| counts_in_front(line, at))
}

/// A fraction without a percentage: "30 of 150".
fn fraction(line: &Line<'_>, at: usize) -> Option<(Decimal, Whole)> {
    let number = line.numbers.get(at)?;
    // "Two thirds" is a round number.
    let in_digits = number.printed.contains(|c: char| c.is_ascii_digit());
    let size = number
        .denominator
        .filter(|_| in_digits && number.dimension.is_none() && number.role == Role::Value)?;
    let whole = Whole {
        size,
        figure: number.figure,
    };
    Some((number.count.filter(|count| *count > Decimal::ZERO)?, whole))
}

/// "20% of patients (30 of 150; ...)".
fn behind(line: &Line<'_>, at: usize) -> Option<(usize, Decimal, Whole, ShareEvidence)> {
    let counted = at + 1;
    let (count, whole) = fraction(line, counted)?;
    let words = line.gap(counted).trim_end().strip_suffix(['(', '['])?;
    let closed = line.gap(counted + 1);
    // "95% (21 of 22, 95% CI 78 to 99)".
    let rest = line.between(Some(counted), line.numbers.len());
    let rest = rest.strip_prefix(',').unwrap_or_default().trim_start();
    let rest =
        rest.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, '.' | '%' | ' '));
    let is_interval = ["CI", "confidence", "CrI", "credible"]
        .iter()
        .any(|name| rest.starts_with(name));
    let alone = is_interval
        || closed.find([')', ']', ';']).is_some_and(|end| {
            let words = closed.get(..end).unwrap_or_default();
            !words.contains(',')
                && !tokens(words)
                    .iter()
                    .any(|(_, word)| ["and", "vs", "versus", "to"].contains(word))
        });
    // "44.7% in responders (38/92)" says how many responded to begin with.
    let named = tokens(words);
    let is_of_all = match named.as_slice() {
        [] => true,
        [(_, of), .., (_, last)] => *of == "of" && named.len() <= OF_ALL && noun(last).is_some(),
        _ => false,
    };
    (alone && is_words(words) && is_of_all).then_some((
        counted,
        count,
        whole,
        ShareEvidence::Beside,
    ))
}

/// "30 of 150 patients who took it every day (20%)", "30 of 150 patients, a rate of 20%".
fn in_front(line: &Line<'_>, at: usize) -> Option<(usize, Decimal, Whole, ShareEvidence)> {
    let counted = at.checked_sub(1)?;
    let (count, whole) = fraction(line, counted)?;
    let evidence = joined(line, at).filter(|_| !list::begins(line, at))?;
    Some((counted, count, whole, evidence))
}

/// "30 deaths among 150 patients (20%)".
fn counts_in_front(line: &Line<'_>, at: usize) -> Option<(usize, Decimal, Whole, ShareEvidence)> {
    let last = at.checked_sub(1)?;
    let counted = last.checked_sub(1)?;
    let (count, size) = (count_at(line, counted)?, count_at(line, last)?);
    let between = line.gap(last);
    let linked = [
        "in",
        "among",
        "of a total of",
        "out of",
        "out of a total of",
        "of the",
    ]
    .iter()
    .any(|link| {
        between
            .trim_end()
            .strip_suffix(link)
            .is_some_and(|rest| rest.ends_with(' '))
    });
    let plain = is_words(between) && tokens(between).len() <= NEAR;
    joined(line, at)?;
    let whole = Whole {
        size,
        figure: line.numbers.get(last)?.figure,
    };
    let things = counts_things(line, last) || line.gap(at).trim() == "(";
    (linked && plain && things && size > count).then_some((
        counted,
        count,
        whole,
        ShareEvidence::Near,
    ))
}

/// How a percentage is joined to the number in front of it.
fn joined(line: &Line<'_>, at: usize) -> Option<ShareEvidence> {
    let gap = line.gap(at).trim_end();
    if names_change(gap) {
        return None;
    }
    if let Some(words) = gap.strip_suffix(['(', '[']) {
        let closed = line.gap(at + 1).starts_with([')', ']', ';']);
        return (closed && is_words(words) && tokens(words).len() <= FAR)
            .then_some(ShareEvidence::Beside);
    }
    let lower = gap.to_lowercase();
    let words = tokens(&lower);
    let summed = [
        ", or",
        "corresponding to",
        "representing",
        "i.e.",
        "i.e.,",
        "that is",
    ]
    .iter()
    .any(|link| lower.ends_with(link));
    let rated = lower.ends_with(" of")
        && words
            .iter()
            .rev()
            .skip(1)
            .take(3)
            .any(|(_, word)| RATES.contains(word));
    ((summed || rated) && words.len() <= NEAR + 2 && !lower.contains(['(', ')', ';', ':']))
        .then_some(ShareEvidence::Near)
}

/// The whole of a share with its count.
fn whole_of(
    line: &Line<'_>,
    share: &Stated<'_>,
    before: Option<&Line<'_>>,
) -> Option<(Whole, ShareEvidence)> {
    let last = share.at.max(share.counted);
    let whole = |at: usize| {
        let number = line.numbers.get(at)?;
        Some(Whole {
            size: count_at(line, at)?,
            figure: number.figure,
        })
    };
    // "30 (20%) of the 150 patients".
    let of = line
        .gap(last + 1)
        .trim_start_matches([')', ']', ' '])
        .trim();
    if ["of", "of the", "of all", "out of"].contains(&of) && line.gap(last + 1).ends_with(' ') {
        return Some((whole(last + 1)?, ShareEvidence::Beside));
    }
    let first = share.at.min(share.counted);
    let led = line.gap(first).to_lowercase();
    let led = led.trim_end();
    // "150 patients, of whom 30 (20%)".
    let relative = ["of whom", "of which"]
        .iter()
        .any(|link| led.ends_with(link));
    if let Some(at) = first
        .checked_sub(1)
        .filter(|at| relative && (counts_things(line, *at) || counts_plural(line, *at)))
    {
        return Some((whole(at)?, ShareEvidence::Near));
    }
    // "Of these, 30 (20%)" behind a sentence with one count.
    let opens = first == 0 && is_reference(led);
    if opens {
        return Some((only_count(before?)?, ShareEvidence::Near));
    }
    // "In the control group (n = 150), 30 (20%)".
    let mut sizes = line
        .numbers
        .iter()
        .filter(|number| number.role == Role::SampleSize);
    let size = sizes.next().filter(|_| sizes.next().is_none())?;
    let opens = line
        .numbers
        .first()
        .is_some_and(|number| number.figure == size.figure);
    let closed = line.gap(1).starts_with(')');
    let close = opens && first >= 1 && closed && !is_rebased(line, share.at);
    let whole = Whole {
        size: size.count?,
        figure: size.figure,
    };
    close.then_some((whole, ShareEvidence::Near))
}

/// Whether a plural stands right behind a number: "487 families of plants".
fn counts_plural(line: &Line<'_>, at: usize) -> bool {
    tokens(line.gap(at + 1))
        .iter()
        .take(WORDS_OF_NOUN)
        .any(|(_, word)| is_plural(word))
}

/// "Of these", "Among these patients,".
fn is_reference(led: &str) -> bool {
    let words = tokens(led);
    let mut words = words.iter().map(|(_, word)| *word);
    words
        .next()
        .is_some_and(|word| ["of", "among"].contains(&word))
        && words
            .next()
            .is_some_and(|word| ["these", "them"].contains(&word))
        && words.count() <= 1
}

/// The only count of things of a sentence.
fn only_count(line: &Line<'_>) -> Option<Whole> {
    let mut counts = line
        .numbers
        .iter()
        .enumerate()
        .filter(|(_, number)| number.denominator.is_some() || number.count.is_some());
    let (at, number) = counts.next()?;
    let plain =
        |number: &Number| is_count(number) && !is_share(number) && number.denominator.is_none();
    (counts.next().is_none() && plain(number) && counts_things(line, at)).then_some(Whole {
        size: number.count?,
        figure: number.figure,
    })
}

fn is_words(text: &str) -> bool {
    text.chars().all(|c| {
        c.is_alphanumeric() || c.is_whitespace() || matches!(c, '-' | '\'' | '’' | ',' | '/')
    }) && !text.contains(", ")
}

impl<'s, 'a> Missed<'s, 'a> {
    pub(super) fn of_pair(
        (share, whole, evidence): &'s (Stated<'a>, Whole, ShareEvidence),
    ) -> Self {
        Self {
            share,
            whole: *whole,
            evidence: *evidence,
        }
    }
}
