//! Wholes that are broken down by group: "259 patients (A, n = 124; B, n = 135)", "we randomised 84 women: 31 to A, 29 to B and
//! 24 to C", "819 people were treated (298, 307 and 214, respectively)".
//!
//! Why it exists: reports of studies print their groups in many orders, with the name in front of the number or behind it. The
//! parts count as all of the whole only where the words say that it was divided. It leaves out lists of what one may have
//! several of (diseases, side effects).

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Evidence;
use super::direction::tokens;
use super::labels;
use super::number::{Line, Number, is_share};
use super::parts::{self, Listing, contains_phrase, is_count};
use super::slip;
use crate::claim::lexis::{is, lower};
use crate::ontology::lexicon_table;
use crate::quantity::Role;

/// Words, each with whether it names the dividing itself.
static SPLITS: LazyLock<Vec<(&str, bool)>> = LazyLock::new(|| {
    let rows = lexicon_table("group-splits");
    rows.filter_map(|row| Some((*row.first()?, *row.get(1)? == "act")))
        .collect()
});

/// Fewer things than this are not broken down.
const LEAST: Decimal = Decimal::TEN;
/// Phrases that stand right in front of all parts.
const WHOLLY: [&str; 4] = ["consisting of", "comprising", "composed of", "comprised"];
/// Words for the dividing of people.
const ASSIGNED: [&str; 3] = ["randomi", "assigned", "allocated"];
const GROUPS: [&str; 4] = ["group", "groups", "arm", "arms"];
/// Most words between a whole and its list.
const WORDS_OF_LEAD: usize = 14;
/// Most words between a whole and the colon of its list.
const WORDS_OF_HEAD: usize = 4;
/// Most words of the name of a part.
const WORDS_OF_LABEL: usize = 10;

/// What stands between the last two parts.
const JOINS: [&str; 6] = [" and ", " or ", " vs ", " vs. ", " v ", " versus "];

/// How a list is joined to its whole.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Link {
    /// Brackets behind it.
    Bracket,
    /// A colon, a comma or a semicolon.
    Mark,
}

/// The wholes of a sentence with their parts by group.
pub(super) fn breakdowns(line: &Line<'_>) -> Vec<Listing> {
    let mut found: Vec<Listing> = Vec::new();
    for total in 0..line.numbers.len() {
        let is_part = found.iter().any(|listing| listing.parts.contains(&total));
        found.extend(breakdown(line, total).filter(|_| !is_part));
    }
    found
}

/// Whether a text says that something was divided.
pub(super) fn tells_dividing(text: &str) -> bool {
    SPLITS
        .iter()
        .any(|(word, is_act)| *is_act && contains(text, word))
}

/// Whether a text says so, or names the groups.
fn tells_groups(text: &str) -> bool {
    SPLITS.iter().any(|(word, _)| contains(text, word))
}

fn contains(text: &str, word: &str) -> bool {
    match word.strip_suffix('*') {
        Some(stem) => text.contains(stem),
        None => contains_phrase(text, word),
    }
}

fn breakdown(line: &Line<'_>, total: usize) -> Option<Listing> {
    let whole = line.numbers.get(total).filter(|number| counts(number))?;
    if is_bare_share(whole) || whole.count? < LEAST {
        return None;
    }
    let is_percent = line.numbers.get(total + 1).is_some_and(is_bare_share);
    let first = total + 1 + usize::from(is_percent);
    let lead = line.between(Some(first - 1), first).to_lowercase();
    let (joint, before) = link(&lead)?;
    let parts = run(line, first, joint)?;
    let last = *parts.last()?;
    let rest = line.gap(last + 1).to_lowercase();
    let rest = rest.split([')', ']', ';']).next().unwrap_or_default();
    let stretch = line.between(Some(total), last).to_lowercase() + rest;
    let is_ordered = contains_phrase(rest, "respectively")
        && (joint == Link::Bracket || WHOLLY.iter().any(|words| lead.trim_end().ends_with(words)));
    let names: Vec<String> = parts.iter().map(|at| name(line, *at)).collect();
    let is_named = names.iter().all(|name| !name.is_empty());
    // "Of 100 women, 40 from the one group and 45 from the other came".
    let opens = tokens(line.gap(total))
        .first()
        .is_some_and(|(_, word)| ["of", "among"].contains(&lower(word).as_ref()));
    let said = match joint {
        Link::Bracket => {
            tells_groups(&stretch)
                || is_ordered
                || labels::are_named(line, &names)
                || labels::are_places(&names)
                || is_slip(line, total, &parts, true)
        }
        Link::Mark if opens => false,
        Link::Mark => {
            is_ordered
                || lead.trim_end().ends_with(':')
                    && tokens(before).len() <= WORDS_OF_HEAD
                    && is_slip(line, total, &parts, false)
                || names
                    .iter()
                    .all(|name| GROUPS.iter().any(|group| contains_phrase(name, group)))
                || tells_dividing(&(line.gap(total).to_lowercase() + before))
                    && names.iter().all(|name| is_destination(name))
        }
    };
    let doubtful = is_doubtful(line, (before, &stretch), is_ordered);
    if !said || doubtful || !(is_named || is_ordered) || tokens(before).len() > WORDS_OF_LEAD {
        return None;
    }
    let is_assigned = ASSIGNED.iter().any(|word| before.contains(word));
    let evidence = if is_assigned {
        Evidence::Categories
    } else {
        Evidence::Listing
    };
    Some(Listing::of_counts(total, parts, evidence))
}

/// Whether words say that the parts are not all of the whole. `stretch` is the text of the list, `before` that in front of it.
fn is_doubtful(line: &Line<'_>, (before, stretch): (&str, &str), is_ordered: bool) -> bool {
    let mut sentence = line.plain().to_lowercase();
    let mut stretch = stretch.to_owned();
    // Here these words say whom the list is of, and in which order it is.
    let is_evaluable = before.contains("evaluable");
    for (word, _) in [("evaluable", is_evaluable), ("respectively", is_ordered)]
        .iter()
        .filter(|(_, is_own)| *is_own)
    {
        sentence = sentence.replacen(word, "", 1);
        stretch = stretch.replacen(word, "", 1);
    }
    parts::is_blocked(&sentence, true)
        || parts::is_blocked(&stretch, false)
        || stretch.contains("complet")
        || stretch.contains("including")
}

/// Whether a slip in the whole or in one of its parts, which must be `sized` as `n = 12`, explains that they do not fit.
fn is_slip(line: &Line<'_>, total: usize, parts: &[usize], sized: bool) -> bool {
    let count = |at: usize| line.numbers.get(at).and_then(|number| number.count);
    let counts: Option<Vec<Decimal>> = parts
        .iter()
        .map(|at| {
            let number = line.numbers.get(*at)?;
            number
                .count
                .filter(|_| !sized || number.role == Role::SampleSize)
        })
        .collect();
    count(total)
        .zip(counts)
        .is_some_and(|(whole, counts)| slip::is_slip_of_sum(whole, &counts, false))
}

/// Whether words behind a number tell where its things went: "to the first group", "received X".
fn is_destination(name: &str) -> bool {
    let mut words = name.split(' ');
    let first = words
        .find(|word| !["were", "was", "women", "men", "patients", "participants"].contains(word));
    first.is_some_and(|word| is("part-destination", word))
}

fn counts(number: &Number) -> bool {
    let is_size = number.role == Role::SampleSize;
    (is_count(number) || is_size)
        && number.count.is_some()
        && number.denominator.is_none()
        && (number.dimension.is_none() || is_share(number))
}

fn is_bare_share(number: &Number) -> bool {
    is_share(number) && number.count.is_none()
}

/// What joins a whole to the first part, and the words in front of it.
fn link(lead: &str) -> Option<(Link, &str)> {
    if lead.contains(". ") {
        return None;
    }
    // The end of the brackets around a percentage.
    let lead = lead.trim_start_matches([')', ']']);
    let open = lead.rfind(['(', '[']);
    if let Some(open) =
        open.filter(|open| !lead.get(*open..).unwrap_or_default().contains([')', ']']))
    {
        let before = lead.get(..open)?;
        return (!before.contains([';', ':']) && balanced(before))
            .then_some((Link::Bracket, before));
    }
    let mark = lead.rfind([':', ';']).or_else(|| lead.rfind(','))?;
    let behind = lead.get(mark + 1..)?.trim();
    let before = lead.get(..mark)?;
    let is_close = tokens(behind).len() <= WORDS_OF_LABEL && balanced(before);
    is_close.then_some((Link::Mark, before))
}

fn balanced(text: &str) -> bool {
    text.matches(['(', '[']).count() == text.matches([')', ']']).count()
}

/// The parts from `first` on, where they end with their brackets or with "and" in front of the last.
fn run(line: &Line<'_>, first: usize, joint: Link) -> Option<Vec<usize>> {
    counts(line.numbers.get(first)?).then_some(())?;
    let mut parts = vec![first];
    let mut depth = 1_usize;
    let mut is_complete = false;
    let mut before = first;
    for at in first + 1..=line.numbers.len() {
        let gap = line.gap(at);
        if joint == Link::Bracket {
            depth = closed(gap, depth);
            if depth == 0 {
                is_complete = true;
                break;
            }
        } else if gap.contains(". ") {
            break;
        }
        let Some(number) = line.numbers.get(at) else {
            break;
        };
        // "Every-3-weeks group, n = 31", "31 [62%]".
        let is_aside = gap.ends_with('-')
            || number.dimension.is_some() && number.count.is_none() && joint == Link::Bracket;
        if is_aside {
            continue;
        }
        let gap = line.between(Some(before), at);
        let is_joined = JOINS.iter().any(|word| gap.contains(word));
        if !counts(number) {
            // Results may follow behind a semicolon.
            is_complete |= joint == Link::Bracket && gap.contains(';');
            break;
        }
        if !is_joined && !gap.contains([',', ';']) || tokens(gap).len() > 2 * WORDS_OF_LABEL {
            return None;
        }
        if joint == Link::Mark && is_complete {
            return None;
        }
        is_complete |= joint == Link::Mark && is_joined;
        parts.push(at);
        before = at;
    }
    (parts.len() >= 2 && is_complete).then_some(parts)
}

/// How many brackets are open behind a text, up to where none is.
fn closed(text: &str, open: usize) -> usize {
    let mut depth = open;
    for c in text.chars() {
        match c {
            '(' | '[' => depth += 1,
            ')' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth == 0 {
            break;
        }
    }
    depth
}

/// The words that name a part: those behind its number, or those in front of it.
fn name(line: &Line<'_>, at: usize) -> String {
    let words = |text: &str| {
        let words: Vec<String> = tokens(text)
            .iter()
            .map(|(_, word)| word.to_lowercase())
            .filter(|word| word.starts_with(char::is_alphabetic))
            .filter(|word| !["and", "or", "vs", "v", "versus", "n"].contains(&word.as_str()))
            .collect();
        words.join(" ")
    };
    let stops = [',', ';', '(', ')', '[', ']', ':'];
    let behind = line.gap(at + 1).trim_start_matches([')', ']', ' ']);
    let name = words(behind.split(stops).next().unwrap_or_default());
    if !name.is_empty() {
        return name;
    }
    // "oak, n = 124".
    let front = line.gap(at).trim_end_matches(['=', ' ', 'n', 'N']);
    let front = front.trim_end_matches([',', ' ', '(', ':']);
    words(front.rsplit(stops).next().unwrap_or_default())
}
