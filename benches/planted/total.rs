//! Sums: a number and those behind it that add up to it, and total rows and columns of tables.

use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use crate::slip::{Line, Slip, misprint, pattern, value};

/// Numbers, with what shows that they count nothing: decimals, signs, letters and percent signs around them.
static NUMBERS: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[\p{L}\d.,@#^_/-]*?(\d{1,3}(?:,\d{3})+|\d+)([\p{L}\d./%_^-]*)"));
static TOTAL: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)^[\s|*_]*(?:grand )?(?:total|sum)\b"));

const RULE: &str = "total-mismatch";
/// Most parts of a whole.
const MOST_PARTS: usize = 6;
/// Most numbers of a sentence.
const MOST_NUMBERS: usize = 12;
/// Smaller wholes are the sum of their neighbours by chance.
const LEAST: f64 = 20.0;

/// A whole number with its place.
type Count = (Range<usize>, f64);

/// Sums within one sentence.
pub(crate) fn slips(line: &Line<'_>, random: &mut fastrand::Rng) -> Vec<Slip> {
    let mut found = Vec::new();
    let mut start = 0;
    for sentence in line.text.split_inclusive(". ") {
        let counts = counts(sentence, start);
        for at in 0..counts.len() {
            // Rows of tables that lost their lines are no sentences.
            if counts.len() > MOST_NUMBERS {
                break;
            }
            let Some(parts) = parts(&counts[at..]) else {
                continue;
            };
            found.extend(changed(
                line,
                (&counts[at], parts),
                ["TOTAL of a sum", "PART of a sum"],
                random,
            ));
        }
        start += sentence.len();
    }
    found
}

/// One error in the whole and one in a part.
fn changed(
    line: &Line<'_>,
    (whole, parts): (&Count, &[Count]),
    [of_whole, of_part]: [&'static str; 2],
    random: &mut fastrand::Rng,
) -> Vec<Slip> {
    let part = &parts[random.usize(..parts.len())];
    [(of_whole, whole), (of_part, part)]
        .into_iter()
        .map(|(class, (range, _))| {
            let wrong = misprint(&line.text[range.clone()], random);
            line.slip(class, RULE, range.clone(), wrong)
        })
        .collect()
}

/// The numbers right behind the first that add up to it: two at least.
fn parts(counts: &[Count]) -> Option<&[Count]> {
    let ((_, whole), behind) = counts.split_first()?;
    let mut sum = 0.0;
    for (at, (_, count)) in behind.iter().take(MOST_PARTS).enumerate() {
        sum += count;
        if at > 0 && (sum - whole).abs() < 0.5 && *whole >= LEAST {
            return Some(&behind[..=at]);
        }
    }
    None
}

/// The plain whole numbers of a text.
fn counts(text: &str, start: usize) -> Vec<Count> {
    NUMBERS
        .captures_iter(text)
        .filter_map(|found| {
            let (all, number, behind) = (found.get(0)?, found.get(1)?, found.get(2)?);
            let is_plain = all.start() == number.start() && ["", "."].contains(&behind.as_str());
            let range = start + number.start()..start + number.end();
            Some((
                range,
                value(number.as_str()).filter(|count| is_plain && *count > 0.0)?,
            ))
        })
        .collect()
}

/// Total rows, whose cells are the sums of those above, and total columns, whose cells are the sums of those in front.
pub(crate) fn of_tables(lines: &[Line<'_>], random: &mut fastrand::Rng) -> Vec<Slip> {
    let mut found = Vec::new();
    for table in lines.chunk_by(|one, other| one.is_row() && other.is_row()) {
        let rows: Vec<Vec<Cell>> = table.iter().map(cells).collect();
        for (at, row) in rows.iter().enumerate().skip(3) {
            if !TOTAL.is_match(table[at].text) {
                continue;
            }
            for (column, cell) in row.iter().enumerate() {
                let above: Option<Vec<f64>> = rows[2..at]
                    .iter()
                    .map(|row| row.get(column)?.count)
                    .collect();
                if cell.is_sum_of(above.as_deref()) {
                    found.extend(cell.slip(&table[at], "total row of a table", random));
                }
            }
        }
        let last = rows.first().and_then(|head| head.last());
        if last.is_some_and(|cell| TOTAL.is_match(&table[0].text[cell.range.clone()])) {
            for (row, line) in rows.iter().zip(table).skip(2) {
                let Some((total, parts)) = row.split_last() else {
                    continue;
                };
                let parts: Option<Vec<f64>> = parts.iter().skip(1).map(|cell| cell.count).collect();
                if total.is_sum_of(parts.as_deref()) {
                    found.extend(total.slip(line, "total column of a table", random));
                }
            }
        }
    }
    found
}

/// A cell of a table with the whole number that it is.
struct Cell {
    range: Range<usize>,
    count: Option<f64>,
}

impl Cell {
    fn is_sum_of(&self, parts: Option<&[f64]>) -> bool {
        let is_sum = |parts: &[f64]| {
            let sum: f64 = parts.iter().sum();
            parts.len() > 1
                && self
                    .count
                    .is_some_and(|count| count >= LEAST && (count - sum).abs() < 0.5)
        };
        parts.is_some_and(is_sum)
    }

    fn slip(
        &self,
        line: &Line<'_>,
        class: &'static str,
        random: &mut fastrand::Rng,
    ) -> Option<Slip> {
        let text = &line.text[self.range.clone()];
        let first = text.find(|c: char| c.is_ascii_digit())?;
        let last = text.rfind(|c: char| c.is_ascii_digit())?;
        let range = self.range.start + first..self.range.start + last + 1;
        let wrong = misprint(&line.text[range.clone()], random);
        Some(line.slip(class, RULE, range, wrong))
    }
}

fn cells(line: &Line<'_>) -> Vec<Cell> {
    let bars: Vec<usize> = line.text.match_indices('|').map(|(at, _)| at).collect();
    bars.windows(2)
        .map(|bars| {
            let range = bars[0] + 1..bars[1];
            let plain = line.text[range.clone()].trim().trim_matches('*');
            Cell {
                count: value(plain).filter(|count| count.fract() == 0.0),
                range,
            }
        })
        .collect()
}
