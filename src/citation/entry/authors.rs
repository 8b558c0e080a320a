//! The author block: where it ends and who is in it.
//!
//! Every place where it could end is scored by how well the text before it splits into names, by how strong the
//! mark there is, and by whether what follows looks like more names.

use std::sync::LazyLock;

use super::person::{Class, classify, last_word, separators};
use super::year::Year;
use crate::citation::context::words;
use crate::citation::name::{is_capitalised, is_initials};
use crate::ontology::{WordSet, word_set};
use crate::text::squeeze;

/// How far into an entry authors are looked for, in bytes.
const REACH: usize = 600;
/// Scores are tenths of a point. What names may give at most.
const MOST: i32 = 120;
/// Least score of an author block.
const LEAST: i32 = 14;
/// Below this sum no later end can win.
const HOPELESS: i32 = -80;
/// Longest text before a year that is taken for an author of another kind, in bytes.
const LONGEST_OTHER: usize = 130;

static ORGANISATIONS: LazyLock<WordSet> =
    LazyLock::new(|| word_set("reference-organisation-words"));

/// The authors of an entry.
pub(super) struct Authors {
    /// As printed, one each; empty where the people named are editors.
    pub(super) names: Vec<String>,
    /// The whole block as printed.
    pub(super) printed: String,
    /// Byte after the block.
    pub(super) end: usize,
    /// Whether initials show that they are people.
    pub(super) is_certain: bool,
}

/// Finds the author block at the start of `body`.
pub(super) fn find(body: &str, bracketed: Option<&Year>) -> Option<Authors> {
    let ends = Ends::of(body, bracketed);
    ends.best(body).or_else(|| other(body, bracketed))
}

/// Places where the block could end, with the strength of each.
struct Ends {
    /// Byte after the candidate block, tenths, and whether the mark there is part of the block.
    candidates: Vec<(usize, i32)>,
    limit: usize,
}

impl Ends {
    fn of(body: &str, bracketed: Option<&Year>) -> Self {
        let mut limit = super::head(body, REACH).len();
        let mut last = None;
        if let Some(year) = bracketed.filter(|year| year.range.start <= limit) {
            limit = year.range.start;
            last = Some((limit, 30));
        }
        if let Some(quote) = super::sentence::opening_quote(super::head(body, limit)) {
            limit = quote;
            last = Some((limit, 15));
        }
        let mut candidates = Vec::new();
        let head = super::head(body, limit);
        for (at, c) in head.char_indices() {
            let after = head.get(at + c.len_utf8()..).unwrap_or_default();
            let spaced = after.starts_with(char::is_whitespace) || after.is_empty();
            match c {
                '.' if spaced => {
                    let word = last_word(head.get(..=at).unwrap_or_default());
                    let strength = if is_initials(word) { 7 } else { 10 };
                    candidates.push((at + 1, strength));
                }
                ':' if spaced => candidates.push((at, COLON)),
                ',' if spaced => candidates.push((at, 2)),
                ' ' if year_stands(after) => candidates.push((at, 6)),
                ' ' if after.starts_with("et al") => candidates.push((at + 6, 10)),
                ' ' if starts_run_end(head, at, after) => candidates.push((at, 16)),
                _ => {}
            }
        }
        candidates.extend(last);
        candidates.sort_unstable();
        Self { candidates, limit }
    }

    fn best(&self, body: &str) -> Option<Authors> {
        let mut best: Option<(i32, usize)> = None;
        let mut pieces = Pieces::new(super::head(body, self.limit));
        for (end, strength) in &self.candidates {
            if *strength == COLON && is_one_word(body.get(..*end).unwrap_or_default()) {
                continue;
            }
            let Some(names) = pieces.score_to(*end) else {
                break;
            };
            let after = body.get(*end..).unwrap_or_default();
            let before = body.get(..*end).unwrap_or_default();
            let mut score = names + strength - more_names(before, after);
            if year_follows(after) && *strength < 30 {
                score += 12;
            }
            if score >= LEAST && best.is_none_or(|(top, _)| score > top) {
                best = Some((score, *end));
            }
        }
        let (_, end) = best?;
        Some(authors(body, end))
    }
}

/// Strength of a colon as the end of an author block, in tenths.
const COLON: i32 = 8;

/// "Aspirin: a short history" begins with its title; authors before a colon have initials or are several.
fn is_one_word(text: &str) -> bool {
    text.split_whitespace().count() == 1
}

/// Names up to an end, classified once from left to right.
struct Pieces<'a> {
    text: &'a str,
    separators: std::vec::IntoIter<(usize, usize)>,
    next: Option<(usize, usize)>,
    start: usize,
    /// Points of names, and points off for what is none.
    sum: (i32, i32),
    class: Class,
}

impl<'a> Pieces<'a> {
    fn new(text: &'a str) -> Self {
        let mut separators = separators(text).into_iter();
        let next = separators.next();
        Self {
            text,
            separators,
            next,
            start: 0,
            sum: (0, 0),
            class: Class::Start,
        }
    }

    /// The sum of the pieces before `end`; ends must grow from call to call. `None` when hopeless.
    fn score_to(&mut self, end: usize) -> Option<i32> {
        while let Some((at, after)) = self.next.filter(|(at, _)| *at < end) {
            let piece = self.text.get(self.start..at).unwrap_or_default();
            if !piece.trim().is_empty() {
                let (class, score) = classify(piece, self.class);
                self.sum = added(self.sum, score);
                self.class = class;
            }
            self.start = after;
            self.next = self.separators.next();
        }
        if self.sum.1 < HOPELESS {
            return None;
        }
        let piece = self.text.get(self.start..end).unwrap_or_default();
        let (names, others) = if piece.trim().is_empty() {
            self.sum
        } else {
            added(self.sum, classify(piece, self.class).1)
        };
        Some(names.min(MOST) + others)
    }
}

fn added(sum: (i32, i32), score: i32) -> (i32, i32) {
    (sum.0 + score.max(0), sum.1 + score.min(0))
}

/// Points off because what follows looks like more names.
fn more_names(before: &str, after: &str) -> i32 {
    let rest = after.trim_start_matches([' ', ',', ';']);
    let mut words = rest.split_whitespace();
    let first = words.next().unwrap_or_default();
    let second = words.next().unwrap_or_default();
    let joins = |word: &str| matches!(word, "and" | "&" | "et" | "und" | "y");
    let dotted = first.contains('.') && is_initials(first.trim_end_matches([',', ';']));
    if dotted || joins(first) {
        return 15;
    }
    let name = first.trim_end_matches(',');
    let is_name = is_capitalised(name);
    if is_name
        && first.ends_with(',')
        && second.contains('.')
        && is_initials(second.trim_end_matches([',', ';', ':']))
    {
        return 15;
    }
    if is_name && !first.ends_with(',') && joins(second) {
        let third = words.next().unwrap_or_default();
        if third.chars().next().is_some_and(char::is_uppercase) {
            let stopped = before.ends_with('.') && !is_initials(last_word(before));
            return if stopped { 8 } else { 15 };
        }
    }
    let after_initial = is_initials(last_word(before));
    if after_initial
        && first.ends_with(['.', ','])
        && is_capitalised(first.trim_end_matches(['.', ',']))
    {
        return 20;
    }
    0
}

fn year_follows(after: &str) -> bool {
    year_stands(after.trim_start_matches([' ', '.', ',', ';', ':', '(']))
}

fn year_stands(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4
        && rest
            .get(..4)
            .and_then(|year| year.parse::<u32>().ok())
            .is_some_and(|year| (1500..2100).contains(&year))
}

/// "Basheti IA, Qunaibi E User error": names without a mark after the last initials.
fn starts_run_end(head: &str, at: usize, after: &str) -> bool {
    let before = head.get(..at).unwrap_or_default();
    let initials = last_word(before);
    let short =
        initials.len() <= 3 && !initials.is_empty() && initials.chars().all(char::is_uppercase);
    let next = after.split_whitespace().next().unwrap_or_default();
    let family = last_word(
        before
            .get(..before.len() - initials.len())
            .unwrap_or_default()
            .trim_end(),
    );
    short
        && is_capitalised(family)
        && before.contains(',')
        && next.chars().next().is_some_and(char::is_uppercase)
        && next.chars().any(char::is_lowercase)
}

fn authors(body: &str, end: usize) -> Authors {
    let block = body.get(..end).unwrap_or_default();
    let mut bounds = separators(block);
    bounds.push((block.len(), block.len()));
    let mut names: Vec<String> = Vec::new();
    let mut class = Class::Start;
    let mut start = 0;
    let mut is_certain = false;
    for (at, after) in bounds {
        let piece = block.get(start..at).unwrap_or_default().trim();
        start = after;
        if piece.is_empty() {
            continue;
        }
        let (next, _) = classify(piece, class);
        is_certain |= matches!(
            next,
            Class::FamilyInitials | Class::Initials | Class::InitialsFamily | Class::EtAl
        );
        let belongs = matches!(next, Class::Initials | Class::Given | Class::Suffix)
            || matches!(class, Class::Family)
                && matches!(
                    next,
                    Class::FamilyInitials | Class::GivenFamily | Class::InitialsFamily
                );
        match names.last_mut() {
            Some(last) if belongs => {
                last.push_str(", ");
                last.push_str(&squeeze(piece));
            }
            Some(_) | None => {
                let piece = piece
                    .trim_end_matches("et al.")
                    .trim_end_matches("et al")
                    .trim();
                if !piece.is_empty()
                    && (next != Class::EtAl || classify(piece, class).0 != Class::EtAl)
                {
                    names.push(squeeze(piece));
                }
            }
        }
        class = if belongs { Class::FamilyInitials } else { next };
    }
    let rest = body.get(end..).unwrap_or_default();
    if let Some(skipped) = role(rest).or_else(|| block_role(block)) {
        return Authors {
            names: Vec::new(),
            printed: String::new(),
            end: end + skipped,
            is_certain,
        };
    }
    if let Some(last) = names.last_mut() {
        let open = last.find('(').unwrap_or(last.len());
        let kept = last.get(..open).unwrap_or_default();
        let full = !is_initials(last_word(kept));
        let trimmed = kept.trim_end_matches([':', ',', ' ']);
        *last = if full {
            trimmed.trim_end_matches('.')
        } else {
            trimmed
        }
        .to_owned();
    }
    let open = block.rfind('(').unwrap_or(block.len());
    Authors {
        names,
        printed: squeeze(
            block
                .get(..open)
                .unwrap_or_default()
                .trim_end_matches([' ', ',', ':', ';']),
        ),
        end,
        is_certain,
    }
}

/// Length of ", editors" or "(Eds.)" at the start of what follows the names.
fn role(rest: &str) -> Option<usize> {
    let trimmed = rest.trim_start_matches([' ', ',', '(', '[']);
    let lower: String = trimmed
        .chars()
        .take(10)
        .flat_map(char::to_lowercase)
        .collect();
    words("editor")
        .iter()
        .find(|word| lower.starts_with(**word))
        .filter(|word| {
            !trimmed
                .get(word.len()..)
                .is_some_and(|rest| rest.starts_with(char::is_alphanumeric))
        })
        .map(|word| rest.len() - trimmed.len() + word.len())
}

fn block_role(block: &str) -> Option<usize> {
    let lower = block
        .trim_end_matches([' ', ',', '.', ')', ':'])
        .to_lowercase();
    [
        "(ed",
        "(eds",
        "(editors",
        "(editor",
        "(hrsg",
        "(producer",
        "(director",
        " editors",
        " editor",
        ", eds",
        ", ed",
    ]
    .iter()
    .any(|role| lower.ends_with(role))
    .then_some(0)
}

/// An organisation or anything else that stands where authors do.
fn other(body: &str, bracketed: Option<&Year>) -> Option<Authors> {
    let before_year = bracketed
        .map(|year| year.range.start)
        .filter(|end| (3..LONGEST_OTHER).contains(end))
        .filter(|end| super::sentence::end(body, 0).is_none_or(|stop| stop + 3 >= *end));
    let stop = super::sentence::end(body, 0).filter(|stop| {
        let words: Vec<&str> = body
            .get(..*stop)
            .unwrap_or_default()
            .split_whitespace()
            .collect();
        words.len() <= 12
            && words.iter().any(|word| {
                ORGANISATIONS.contains(
                    word.trim_matches([',', '.', '(', ')'])
                        .to_lowercase()
                        .as_str(),
                )
            })
            && !words
                .first()
                .is_some_and(|word| *word != "The" && super::person::is_function_word(word))
    });
    let quote =
        super::sentence::opening_quote(super::head(body, LONGEST_OTHER)).filter(|quote| *quote > 3);
    let end = before_year.or(quote).or(stop)?;
    let name = super::sentence::trim(body.get(..end)?);
    let quoted = body.trim_start().starts_with(['“', '"', '«', '‘', '\'']);
    (!name.is_empty() && !quoted).then(|| Authors {
        names: vec![squeeze(name)],
        printed: squeeze(name),
        end,
        is_certain: false,
    })
}
