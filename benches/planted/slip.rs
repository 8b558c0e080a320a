//! One planted error, and the choice of those that a document gets.

use std::collections::BTreeMap;
use std::ops::Range;

use regex::{Captures, Regex};

use crate::{compared, limited, share, total};

/// The rules that are measured. Any of them may find an error: a count above its whole is impossible, too.
pub(crate) const RULES: [&str; 6] = [
    "total-mismatch",
    "percentage-mismatch",
    "impossible-value",
    "interval-mismatch",
    "direction-mismatch",
    "statistic-mismatch",
];

/// One error: what is written in the place of what.
#[derive(Clone, Debug)]
pub(crate) struct Slip {
    /// What is changed: "p of n/N (p%)".
    pub(crate) class: &'static str,
    /// The rule that is for it.
    pub(crate) rule: &'static str,
    /// Bytes of the text.
    pub(crate) range: Range<usize>,
    /// What is written there.
    pub(crate) wrong: String,
}

impl Slip {
    /// The text with the error.
    pub(crate) fn planted(&self, text: &str) -> String {
        let mut planted = text.to_owned();
        planted.replace_range(self.range.clone(), &self.wrong);
        planted
    }

    /// The line of the error in the text that has it.
    pub(crate) fn line(&self, planted: &str) -> Range<usize> {
        let start = planted[..self.range.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let end = planted[start..]
            .find('\n')
            .map_or(planted.len(), |at| start + at);
        start..end
    }

    /// The words around the error, the right value in brackets behind the wrong one.
    pub(crate) fn shown(&self, text: &str) -> String {
        let line = self.line(text);
        let cut = |at: usize, step: isize| {
            let mut at = at.clamp(line.start, line.end);
            while !text.is_char_boundary(at) {
                at = at.saturating_add_signed(step);
            }
            at
        };
        let start = cut(self.range.start.saturating_sub(200), 1);
        let end = cut(self.range.end + 200, -1);
        format!(
            "{}«{}»[{}]{}",
            &text[start..self.range.start],
            self.wrong,
            &text[self.range.clone()],
            &text[self.range.end..end]
        )
    }
}

/// The errors of a text: at most so many of a class, chosen by the text itself.
pub(crate) fn sample(text: &str, most: usize) -> Vec<Slip> {
    let mut of_class: BTreeMap<&str, Vec<Slip>> = BTreeMap::new();
    let mut random = fastrand::Rng::with_seed(seed(text));
    let lines = lines(text);
    let mut found = total::of_tables(&lines, &mut random);
    for line in lines.iter().filter(|line| !line.is_row()) {
        for slips in [total::slips, share::slips, limited::slips, compared::slips] {
            found.extend(slips(line, &mut random));
        }
    }
    for slip in found {
        of_class.entry(slip.class).or_default().push(slip);
    }
    let mut slips = Vec::new();
    for mut class in of_class.into_values() {
        random.shuffle(&mut class);
        slips.extend(class.into_iter().take(most));
    }
    slips
}

/// A line of a text and where it starts.
pub(crate) struct Line<'a> {
    pub(crate) text: &'a str,
    pub(crate) start: usize,
}

impl Line<'_> {
    /// An error in place of a part of this line.
    pub(crate) fn slip(
        &self,
        class: &'static str,
        rule: &'static str,
        range: Range<usize>,
        wrong: String,
    ) -> Slip {
        let range = self.start + range.start..self.start + range.end;
        Slip {
            class,
            rule,
            range,
            wrong,
        }
    }

    /// Whether it is a row of a table.
    pub(crate) fn is_row(&self) -> bool {
        self.text.trim_start().starts_with('|')
    }
}

/// The lines outside of code.
fn lines(text: &str) -> Vec<Line<'_>> {
    let (mut found, mut start, mut is_code): (Vec<Line<'_>>, usize, bool) = (Vec::new(), 0, false);
    for whole in text.split_inclusive('\n') {
        let line = whole.trim_end_matches(['\n', '\r']);
        if line.trim_start().starts_with("```") {
            is_code = !is_code;
        } else if !is_code && !line.starts_with("    ") {
            found.push(Line { text: line, start });
        }
        start += whole.len();
    }
    found
}

/// FNV-1a of a text (Fowler, Noll, Vo): the same on every machine.
pub(crate) fn seed(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

/// A number as printed, without the commas between thousands.
pub(crate) fn value(printed: &str) -> Option<f64> {
    printed.replace(',', "").parse().ok()
}

/// The number of a group of a match.
pub(crate) fn number(found: &Captures<'_>, group: usize) -> Option<f64> {
    value(found.get(group)?.as_str())
}

/// The number with one digit replaced, never its first by a nought.
pub(crate) fn misprint(printed: &str, random: &mut fastrand::Rng) -> String {
    let digits: Vec<usize> = printed
        .char_indices()
        .filter(|(_, c)| c.is_ascii_digit())
        .map(|(at, _)| at)
        .collect();
    let Some(at) = random.choice(&digits).copied() else {
        return printed.to_owned();
    };
    let old = printed.as_bytes()[at] - b'0';
    let is_first = digits.first() == Some(&at);
    let choices: Vec<u8> = (u8::from(is_first)..10).filter(|new| *new != old).collect();
    let new = random.choice(choices).unwrap_or_default();
    let mut wrong = printed.to_owned();
    wrong.replace_range(at..=at, &new.to_string());
    wrong
}

/// The meaning of a pattern of this bench.
pub(crate) fn pattern(text: &str) -> Regex {
    Regex::new(text).unwrap()
}
