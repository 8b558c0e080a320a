//! Where the author block of an entry ends.
//!
//! Every place where it could end is scored by how well the text before it splits into names, by how strong the
//! mark there is, and by whether what follows looks like more names.

use super::person::{Class, classify, last_word, separators};
use super::year::Year;
use crate::citation::name::{is_capitalised, is_initials, joins_names};

/// How far into an entry authors are looked for, in bytes.
const REACH: usize = 600;
/// Scores are tenths of a point. What names may give at most.
const MOST: i32 = 120;
/// Least score of an author block.
const LEAST: i32 = 14;
/// Below this sum no later end can win.
const HOPELESS: i32 = -80;
/// Strength of a colon as the end of an author block, in tenths.
const COLON: i32 = 8;

/// The byte after the author block at the start of `body`.
pub(super) fn author_end(body: &str, bracketed: Option<&Year>) -> Option<usize> {
    Ends::of(body, bracketed).best(body)
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

    fn best(&self, body: &str) -> Option<usize> {
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
        best.map(|(_, end)| end)
    }
}

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
    let dotted = first.contains('.') && is_initials(first.trim_end_matches([',', ';']));
    if dotted || joins_names(first) {
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
    if is_name && !first.ends_with(',') && joins_names(second) {
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
