//! Lists of parts behind a whole: "90 patients (35 treated with X, 45 control)", "of the 103 samples, 29 were positive ...".

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use aho_corasick::AhoCorasick;
use regex::Regex;
use rust_decimal::Decimal;

use super::Evidence;
use super::direction::{each_token, tokens};
use super::labels::{are_arms, are_categories, ends_with_arm, label};
use super::number::{Line, Number, is_share};
use crate::claim::lexis::lower;
use crate::ontology::{WordSet, lexicon, lexicon_table};
use crate::quantity::Role;

/// A whole and its parts as positions in [`Line::numbers`].
#[derive(Clone, Debug)]
pub(super) struct Listing {
    pub(super) total: usize,
    pub(super) parts: Vec<usize>,
    pub(super) measure: Measure,
    pub(super) evidence: Evidence,
    /// Whether the second part is taken away.
    pub(super) subtracts: bool,
}

impl Listing {
    /// Numbers of things that are added.
    pub(super) fn of_counts(total: usize, parts: Vec<usize>, evidence: Evidence) -> Self {
        Self {
            total,
            parts,
            measure: Measure::Count,
            evidence,
            subtracts: false,
        }
    }
}

/// What is added.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Measure {
    /// Numbers of things: of `517 (49%)` the 517.
    Count,
    /// Percentages.
    Share,
    /// Values as printed.
    Value,
}

/// How the list is joined to its whole.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Link {
    /// "(" right behind the counted noun.
    Bracket,
    /// "(" behind more words.
    FarBracket,
    /// "comprising".
    Whole,
    /// "meaning".
    Defining,
    /// "including".
    Some,
    /// "Of the 103 samples, ...".
    Of,
    /// ", with".
    Loose,
}

/// The list of which number `total` is the whole.
pub(super) fn listing(line: &Line<'_>, total: usize) -> Option<Listing> {
    let whole = line.numbers.get(total)?;
    let measure = if is_share(whole) && whole.count.is_none() {
        Measure::Share
    } else if (is_count(whole) || is_size(whole))
        && whole.denominator.is_none()
        && whole.dimension.is_none()
    {
        Measure::Count
    } else {
        return None;
    };
    let first = (total + 1..=total + 3).find(|at| {
        line.numbers
            .get(*at)
            .is_some_and(|number| is_part(number, measure))
    })?;
    let by = joined(line, total, first)?;
    let parts = run(line, first, measure, by)?;
    let labels: Vec<String> = parts.iter().map(|at| label(line, *at, measure)).collect();
    let between = line.between(Some(total), first).to_lowercase();
    let stretch = without_asides(&between).into_owned() + &labels.join(" ");
    let doubtful = is_blocked(&stretch, false);
    let some_of = stretch.contains("including") && by != Link::Some;
    if doubtful || some_of {
        return None;
    }
    if labels.iter().any(String::is_empty) {
        return None;
    }
    let arms = measure == Measure::Count
        && are_arms(&labels)
        && (by != Link::Of || ends_with_arm(&labels));
    let evidence = match by {
        _ if arms || are_categories(&labels) => Evidence::Categories,
        Link::Whole | Link::Defining => Evidence::Wording,
        Link::Bracket | Link::Some if measure == Measure::Count => Evidence::Listing,
        Link::FarBracket if measure == Measure::Count => Evidence::Slip,
        Link::Bracket | Link::FarBracket | Link::Some | Link::Of | Link::Loose => return None,
    };
    let counted = by != Link::Loose
        || counts_things(line, total)
        || measure == Measure::Share
        || is_participle(line.gap(total + 1));
    counted.then_some(Listing {
        total,
        parts,
        measure,
        evidence,
        subtracts: false,
    })
}

/// Most words of what is counted, up to a bracket.
const WORDS_OF_NOUN: usize = 6;
/// The same where only a slip shows that the brackets hold its parts.
const WORDS_OF_LONG_NOUN: usize = 11;

/// Four digits from the one to the other may be a year.
const FIRST_YEAR: Decimal = Decimal::from_parts(1700, 0, 0, false, 0);
const LAST_YEAR: Decimal = Decimal::from_parts(2100, 0, 0, false, 0);

/// Whether a number is a plain count and no year.
pub(super) fn is_count(number: &Number) -> bool {
    let year = number.printed.len() == 4
        && (FIRST_YEAR..=LAST_YEAR).contains(&number.value)
        && number.dimension.is_none();
    number.role == Role::Value && number.count.is_some() && (!year || number.printed.contains(','))
}

/// "n = 80".
fn is_size(number: &Number) -> bool {
    number.role == Role::SampleSize && number.count.is_some()
}

fn is_part(number: &Number, measure: Measure) -> bool {
    match measure {
        Measure::Count => is_count(number) && number.denominator.is_none(),
        Measure::Share => is_share(number) && number.count.is_none(),
        Measure::Value => false,
    }
}

fn joined(line: &Line<'_>, total: usize, first: usize) -> Option<Link> {
    static CONNECTORS: LazyLock<Vec<(&str, Link)>> = LazyLock::new(|| {
        lexicon_table("total-connectors")
            .filter_map(|row| {
                let link = match *row.get(1)? {
                    "whole" => Link::Whole,
                    "defining" => Link::Defining,
                    "some" => Link::Some,
                    _ => return None,
                };
                Some((*row.first()?, link))
            })
            .collect()
    });
    let text = line.between(Some(total), first).to_lowercase();
    if text.contains(';') || text.contains(". ") || tokens(&text).len() > 30 {
        return None;
    }
    if let Some(noun) = text.trim_end().strip_suffix('(')
        && first == total + 1
    {
        let words = tokens(noun).len();
        let is_one = !noun.contains([',', '(', ':']);
        match words {
            ..=WORDS_OF_NOUN if is_one => return Some(Link::Bracket),
            ..=WORDS_OF_LONG_NOUN if is_one => return Some(Link::FarBracket),
            _ => {}
        }
    }
    let stated = CONNECTORS
        .iter()
        .filter_map(|(phrase, link)| Some((text.rfind(phrase)?, *link)))
        .max_by_key(|(at, _)| *at);
    if let Some((_, link)) = stated {
        return Some(link);
    }
    let opening = tokens(line.gap(total));
    let of = opening.len() <= 4
        && opening.first().is_some_and(|(_, word)| {
            ["of", "among", "within"].contains(&word.to_lowercase().as_str())
        });
    if of && total == 0 {
        return Some(Link::Of);
    }
    text.contains(',').then_some(Link::Loose)
}

/// The parts from `first` on: two or more, joined by commas and "and", the last before anything else is counted.
fn run(line: &Line<'_>, first: usize, measure: Measure, by: Link) -> Option<Vec<usize>> {
    let mut parts = vec![first];
    let mut last = false;
    let is_bracket = matches!(by, Link::Bracket | Link::FarBracket);
    for at in first + 1..=line.numbers.len() {
        let gap = line.gap(at);
        let closed = is_bracket && gap.contains(')');
        let ended = gap.contains(';') || gap.contains(". ") || tokens(gap).len() > 18;
        if closed || ended || at == line.numbers.len() {
            let rest = gap.split(')').next().unwrap_or_default();
            // "(five for boats, three for nets, one for a sail)": the last part is there, and no number was read.
            if is_bracket && contains_phrase(&rest.to_lowercase(), "one") {
                return None;
            }
            break;
        }
        let number = line.numbers.get(at)?;
        // "34 men (27%) and 94 women (73%)".
        let is_aside = measure == Measure::Count
            && is_share(number)
            && number.count.is_none()
            && gap.trim_end().ends_with('(')
            && line.gap(at + 1).starts_with(')');
        if is_aside {
            continue;
        }
        if !is_part(number, measure) {
            if is_bracket {
                return None;
            }
            break;
        }
        let close = gap.trim_end();
        let bracketed = measure == Measure::Share && gap.starts_with(')');
        let and = close.ends_with(" and")
            || close.ends_with(" or")
            || close.ends_with(" and the other")
            || bracketed && (contains_phrase(gap, "and") || contains_phrase(gap, "or"));
        if !and && !gap.contains(',') {
            return None;
        }
        if last && !is_bracket {
            break;
        }
        last = and;
        parts.push(at);
    }
    let complete = last || is_bracket;
    (parts.len() >= 2 && complete).then_some(parts)
}

/// A text without clauses that describe those who were counted: "patients, with a mean age of 40 years, 12 were men".
fn without_asides(text: &str) -> Cow<'_, str> {
    static ASIDE: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(r", (?:with )?(?:an? |the )?(?:mean|median|average) age [^,;()]*,").ok()
    });
    ASIDE
        .as_ref()
        .map_or(Cow::Borrowed(text), |aside| aside.replace_all(text, ","))
}

/// "23 interviewed, 16 men and 7 women": whether one participle and a comma stand between a whole and its parts.
fn is_participle(gap: &str) -> bool {
    let words = tokens(gap);
    let ends = |word: &str| word.ends_with("ed") && word.len() > 4;
    gap.trim_end().ends_with(',') && matches!(words.as_slice(), [(_, word)] if ends(word))
}

/// Whether a number counts people or things that are divided into groups: a noun of such stands behind it.
pub(super) fn counts_things(line: &Line<'_>, at: usize) -> bool {
    static NOUNS: LazyLock<WordSet> = LazyLock::new(|| lexicon("whole-nouns").collect());
    let look = || {
        each_token(line.gap(at + 1))
            .take(9)
            .any(|(_, word)| NOUNS.contains(&lower(word)))
    };
    line.numbers
        .get(at)
        .is_some_and(|number| *number.things.get_or_init(look))
}

/// Whether a word says that counts are not the parts of a whole. Some say so only inside the list, others anywhere in its sentence.
pub(super) fn is_blocked(text: &str, sentence: bool) -> bool {
    static BLOCKERS: LazyLock<Option<(AhoCorasick, Vec<bool>)>> = LazyLock::new(|| {
        let rows: Vec<Vec<&str>> = lexicon_table("total-blockers").collect();
        let words = rows.iter().filter_map(|row| row.first());
        let anywhere = rows.iter().map(|row| row.get(1) == Some(&"sentence"));
        Some((AhoCorasick::new(words).ok()?, anywhere.collect()))
    });
    let Some((words, anywhere)) = BLOCKERS.as_ref() else {
        return false;
    };
    words.find_overlapping_iter(text).any(|found| {
        let anywhere = anywhere.get(found.pattern().as_usize()) == Some(&true);
        (anywhere || !sentence) && stands_alone(text, &found.range())
    })
}

/// Whether a phrase stands in a text as words of their own.
pub(super) fn contains_phrase(text: &str, phrase: &str) -> bool {
    text.match_indices(phrase)
        .any(|(at, _)| stands_alone(text, &(at..at + phrase.len())))
}

fn stands_alone(text: &str, range: &Range<usize>) -> bool {
    let letter = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    let before = text
        .get(..range.start)
        .and_then(|text| text.chars().next_back());
    let behind = text.get(range.end..).and_then(|text| text.chars().next());
    !letter(before) && !letter(behind)
}
