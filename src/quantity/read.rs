//! The walk over a text: where numbers start, and which kind of quantity each opens.

use std::ops::Range;

use rust_decimal::Decimal;

use super::comparator;
use super::compose;
use super::context;
use super::date;
use super::interval;
use super::mask;
use super::number::{self, Form};
use super::opening;
use super::part::{Part, at_number};
use super::scan::{Scan, is_dash};
use super::{Comparator, Interval, Problem, Quantity, Role, UNBOUNDED, bounds};
use crate::ontology::Dimension;

/// Bytes between a quantity and its interval.
const INTERVAL_GAP: usize = 60;

pub(super) struct Reader<'t> {
    scan: Scan<'t>,
    /// The end of the last quantity or masked range: nothing before it is taken.
    floor: usize,
    found: Vec<Quantity>,
}

/// Reads the quantities between masked ranges, which are sorted and on character boundaries.
pub(super) fn gaps(text: &str, masked: &[Range<usize>]) -> Vec<Quantity> {
    let mut reader = Reader {
        scan: Scan::new(text),
        floor: 0,
        found: Vec::new(),
    };
    let mut start = 0;
    for mask in masked {
        if mask.start > start {
            reader.gap(text, start..mask.start);
        }
        start = start.max(mask.end);
    }
    if start < text.len() {
        reader.gap(text, start..text.len());
    }
    compose::share_units(Scan::new(text), &mut reader.found);
    reader.found
}

impl<'t> Reader<'t> {
    fn gap(&mut self, text: &'t str, gap: Range<usize>) {
        self.scan = Scan::new(text.get(..gap.end).unwrap_or_default());
        self.floor = gap.start;
        let mut at = gap.start;
        while let Some(start) = opening::next(self.scan, at) {
            let end = match at_number(self.scan, start, self.floor) {
                Some(part) => self.part(start, &part),
                None if self.scan.byte(start).is_ascii_alphabetic() => self.scan.token_end(start),
                None => self.unreadable(start),
            };
            at = end.max(start + 1);
        }
    }

    /// Reads the quantity that a part whose number stands at `at` opens, or passes over it; where reading goes on.
    fn part(&mut self, at: usize, part: &Part) -> usize {
        let scan = self.scan;
        // An exponent of three digits is none that a number reads.
        if matches!(scan.byte(part.number.range.end), b'e' | b'E')
            && number::too_large(scan, at).is_some()
        {
            return self.unreadable(at);
        }
        if let Some(date) = date::with_month(scan, &part.number, self.floor) {
            return self.date(date.range, date.year, part);
        }
        if let Some(end) = interval::keyword(scan, part.end) {
            return self.level(part, end);
        }
        if is_level_behind(scan, part) {
            return self.level(part, part.end);
        }
        if let Some(end) = self.unlabelled_interval(part) {
            return end;
        }
        if let Some(end) = self.ratio(part) {
            return end;
        }
        if let Some(quantity) = super::role::ph(scan, part, self.floor) {
            return self.push(quantity, part.number.range.end);
        }
        let joined = compose::continues(scan, part);
        if let Some(end) = mask::obstacle(scan, part, joined) {
            return end.max(part.number.range.end);
        }
        if mask::is_year(scan, &part.number, part.unit.is_some()) {
            return self.years(part);
        }
        if let Some((quantity, end)) = compose::quantity(scan, part, self.floor) {
            return self.push(quantity, end);
        }
        part.number.range.end.max(scan.token_end(at))
    }

    /// A number of more digits, or of a higher power, than a decimal holds; other digits are passed over.
    fn unreadable(&mut self, at: usize) -> usize {
        let scan = self.scan;
        let Some(end) = number::too_large(scan, at) else {
            return scan.token_end(at);
        };
        let mut quantity = Quantity::bare(at..end, Role::Value);
        (quantity.low, quantity.high) = (-UNBOUNDED, UNBOUNDED);
        quantity.problem = Some(Problem::TooLarge);
        self.push(quantity, end)
    }

    fn push(&mut self, quantity: Quantity, end: usize) -> usize {
        let end = end.max(quantity.range.end);
        if quantity.low < quantity.high && quantity.range.start >= self.floor {
            self.floor = end;
            self.found.push(quantity);
        }
        end
    }

    fn date(&mut self, range: Range<usize>, year: u16, part: &Part) -> usize {
        let end = range.end.max(part.number.range.end);
        let mut quantity = Quantity::bare(range, Role::Date);
        quantity.value = Some(Decimal::from(year));
        quantity.low = Decimal::from(year) - Decimal::new(5, 1);
        quantity.high = Decimal::from(year) + Decimal::new(5, 1);
        self.push(quantity, end)
    }

    /// `2008`, `1997–2003`, `2019/20`.
    fn years(&mut self, part: &Part) -> usize {
        let scan = self.scan;
        let first = &part.number;
        let half = Decimal::new(5, 1);
        let mut quantity = Quantity::bare(first.range.clone(), Role::Date);
        quantity.value = Some(first.value);
        quantity.low = first.value - half;
        quantity.high = first.value + half;
        let end = first.range.end;
        let joint = scan
            .char_at(end)
            .filter(|c| is_dash(*c) || *c == '/')
            .map(|c| end + c.len_utf8())
            .or_else(|| {
                let start = scan.skip_blanks(end);
                ["to ", "and "]
                    .iter()
                    .enumerate()
                    .find_map(|(index, word)| {
                        let between = index == 0
                            || scan
                                .window_before(first.range.start, 9)
                                .ends_with("between ");
                        scan.after(start, word).filter(|_| between && start > end)
                    })
            });
        if let Some(start) = joint
            && let Some(second) = at_number(scan, start, start)
            && second.number.form == Form::Plain
        {
            let short = second.number.range.len() == 2;
            if second.number.is_year() && second.number.value > first.value {
                quantity.range.end = second.number.range.end;
                let lead = comparator::lead(scan, first.range.start, self.floor);
                if lead.between {
                    quantity.range.start = lead.start;
                }
                quantity.value = None;
                quantity.high = second.number.value + half;
            } else if short
                && scan.slice(end..start).len() <= 3
                && !scan.slice(end..start).contains(' ')
            {
                quantity.range.end = second.number.range.end;
                quantity.value = None;
                quantity.high = first.value + Decimal::ONE + half;
            }
        }
        self.push(quantity, end)
    }

    /// `1:1`, `1:40`, `2:1:1`; clock times are passed over.
    fn ratio(&mut self, part: &Part) -> Option<usize> {
        let scan = self.scan;
        let number = &part.number;
        let end = number.range.end;
        let colon = scan.byte(end) == b':' && scan.is_digit(end + 1);
        let design = scan.byte(end) == b'+' && scan.is_digit(end + 1);
        if !(colon || design) || part.unit.is_some() {
            return None;
        }
        let separator = scan.byte(end);
        let mut stop = end;
        let mut second = None;
        while scan.byte(stop) == separator && scan.is_digit(stop + 1) {
            let next = number::digits(scan, stop + 1)?;
            stop = next.range.end;
            second = second.or(Some(next));
        }
        let second = second?;
        let clock = second.range.len() == 2
            && number.range.len() <= 2
            && number.form == Form::Plain
            && number.value < Decimal::from(25)
            && second.value < Decimal::from(60)
            && (scan.byte(number.range.start) == b'0' || is_clock(scan, number.range.start, stop));
        let glued = scan
            .char_before(number.range.start)
            .is_some_and(|c| c.is_alphanumeric() || matches!(c, ':' | '/' | '.' | '-' | '_' | '*'))
            || scan
                .char_at(stop)
                .is_some_and(|c| c.is_alphanumeric() || c == ':');
        let pages = second.range.len() > 4
            || number.range.len() > 4
            || scan.char_at(stop).is_some_and(is_dash) && second.range.len() > 1;
        let zero_led = second.range.len() > 1
            && scan.byte(second.range.start) == b'0'
            && second.form == Form::Plain;
        if clock
            || zero_led
            || glued
            || pages
            || number.value.is_zero()
            || number.form == Form::Words
        {
            return Some(stop);
        }
        let lead = comparator::lead(scan, number.range.start, self.floor);
        let mut quantity = Quantity::bare(lead.start..stop, Role::Ratio);
        quantity.comparator = lead.comparator;
        quantity.value = Some(number.value);
        quantity.denominator = Some(second.value);
        quantity.decimals = number.decimals;
        let (low, high) = bounds::of(number, lead.comparator)?;
        (quantity.low, quantity.high) = (low, high);
        Some(self.push(quantity, stop))
    }

    /// A confidence level whose keyword ends at `end`: part of an interval where bounds follow.
    fn level(&mut self, part: &Part, end: usize) -> usize {
        let scan = self.scan;
        let bounds = interval::bounds(scan, end);
        let stop = bounds.as_ref().map_or(end, |bounds| bounds.range.end);
        let found = bounds.map(|bounds| bounds.interval(part.start, Some(part.number.value)));
        if let Some(interval) = found.clone()
            && self.attach(interval, part.start)
        {
            self.floor = stop;
            return stop;
        }
        if found.is_none() && self.level_of_last(part) {
            self.floor = stop;
            return stop;
        }
        let Some((low, high)) = bounds::of(&part.number, Comparator::Equal) else {
            return stop;
        };
        let mut quantity = Quantity::bare(part.start..part.end, Role::ConfidenceLevel);
        quantity.value = Some(part.number.value);
        quantity.decimals = part.number.decimals;
        quantity.unit.clone_from(&part.unit);
        (quantity.low, quantity.high) = (low, high);
        quantity.interval = found;
        self.push(quantity, stop)
    }

    /// `0.72 (0.60–0.86; 95% CI)`: the level of the interval right in front; whether there is one without a level.
    fn level_of_last(&mut self, part: &Part) -> bool {
        let scan = self.scan;
        let last = self
            .found
            .last_mut()
            .and_then(|host| host.interval.as_mut());
        let Some(interval) = last.filter(|interval| interval.level.is_none()) else {
            return false;
        };
        let gap = scan.slice(interval.range.end..part.start.max(interval.range.end));
        let near = matches!(gap.trim(), ";" | "," | "" | ")," | ") (" | "(") && gap.len() <= 4;
        if near && interval.range.end <= part.start {
            interval.level = Some(part.number.value);
        }
        near
    }

    /// `(CI 25–52)`, `IQR 3-5`: bounds behind a keyword without a level.
    fn unlabelled_interval(&mut self, part: &Part) -> Option<usize> {
        let start =
            interval::keyword_before(self.scan, part.start).filter(|start| *start >= self.floor)?;
        let bounds = interval::pair(self.scan, part.start, true)?;
        let end = bounds.range.end;
        let interval = bounds.interval(start, None);
        self.attach(interval, start).then(|| {
            self.floor = end;
            end
        })
    }

    /// Gives an interval to the value before it, across p values; whether there is one near enough.
    fn attach(&mut self, interval: Interval, start: usize) -> bool {
        let scan = self.scan;
        let Some(host) = self
            .found
            .iter_mut()
            .rev()
            .take(2)
            .find(|found| found.role != Role::PValue)
        else {
            return false;
        };
        let end = host.range.end;
        let gap = scan.slice(end..start.max(end));
        let sentence = gap.contains(". ") || gap.contains('\n');
        if host.role != Role::Value
            || host.interval.is_some()
            || gap.len() > INTERVAL_GAP
            || sentence
        {
            return false;
        }
        host.interval = Some(interval);
        true
    }
}

/// Whether a percentage stands right behind the name of an interval and in front of its bounds: `CI95% 0.60–0.86`.
fn is_level_behind(scan: Scan<'_>, part: &Part) -> bool {
    let percentage = part
        .unit
        .as_ref()
        .is_some_and(|unit| unit.dimension == Dimension::Proportion);
    percentage
        && part.number.value >= Decimal::from(50)
        && part.number.value < Decimal::ONE_HUNDRED
        && interval::keyword_before(scan, part.start).is_some()
        && interval::bounds(scan, part.end).is_some()
}

fn is_clock(scan: Scan<'_>, start: usize, end: usize) -> bool {
    let before = scan.word_before(scan.trim_back(start));
    let after = scan.word(scan.skip_blanks(end));
    context::is("clock-after", after) || context::is("clock-before", before)
}
