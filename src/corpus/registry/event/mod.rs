//! Adverse events: a clause against the counts of a record. Each kind of clause has a matcher of its own.
//!
//! It leaves out clauses with words that change what is counted (the class `blocker`), and events that a group lists twice.

mod comparison;
mod kinds;

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::Decimal;

use super::sentence::{Amount, CONTEXT, Clause, Item, Number};
use super::tally::Tally;
use crate::quantity::Comparator;
use crate::source::{Count, Record};

/// A percentage that is less than this far from the record's is a rounded one, in percentage points.
const ROUNDING: Decimal = Decimal::ONE;

/// What a clause speaks of: an event, or any event.
#[derive(Clone, Copy)]
enum Subject<'a> {
    Event(&'a str),
    Total,
}

/// A clause with its items by kind, and the record.
struct Case<'a> {
    clause: &'a Clause,
    record: &'a Record,
    tally: &'a Tally,
    events: Vec<&'a str>,
    groups: Vec<&'a [usize]>,
    numbers: Vec<&'a Number>,
    totals: usize,
}

pattern!(MORE, r"\b(more|higher|greater)\b");
pattern!(FEWER, r"\b(fewer|less|lower)\b");
pattern!(
    EACH,
    r"\b(either|each|both|all|neither|every|one of G|one of the)\b"
);
pattern!(ALL_GROUPS, r"\b(both|each|all|every)\b");
pattern!(NOT_ALL_GROUPS, r"\b(either|neither|one of)\b");
pattern!(MOST_OF_CASES, r"\b(most|majority)\b.*\b(cases?|of E)\b");
pattern!(ALL_CASES, r"\b(all|only)\b.*\b(cases?|of E)\b.*\bG\b");
pattern!(
    MOST_PARTICIPANTS,
    r"\b(most|majority)( of)?( the)?( G)? (patient|participant|subject|women)\b"
);
pattern!(
    PARTICIPANTS,
    r"\b(patient|participant|subject|woman|women)\b"
);
pattern!(
    ALL_PARTICIPANTS,
    r"\b(all|every)( of)?( the)? (patient|participant|subject|women)\b"
);
pattern!(SEVERAL, r"\b(multiple|several)\b");
pattern!(COMMONEST, r"\bmost (common|frequent) T\b");

fn is(shape: &LazyLock<Option<Regex>>, clause: &Clause) -> bool {
    super::is(shape, &clause.shape)
}

/// What the record says where it contradicts a clause: "Neutropenia in group 1: 4 of 69 (5.8%)".
pub(super) fn contradiction(clause: &Clause, record: &Record, tally: &Tally) -> Option<String> {
    let is_blocked = clause
        .items
        .iter()
        .any(|item| matches!(item, Item::Word(word) if CONTEXT.has("blocker", word)));
    let case = Case::of(clause, record, tally);
    if let ([], 1) = (case.events.as_slice(), case.totals)
        && let Some(says) = case.kinds().or_else(|| case.none_above())
    {
        return Some(says);
    }
    if is_blocked || clause.shape.contains("than N") {
        return None;
    }
    match (case.events.as_slice(), case.totals) {
        ([_], 1) => case.commonest(),
        ([], 1) if tally.has_one_total => {
            let compared = case.between_groups(Subject::Total);
            compared.or_else(|| case.total())
        }
        ([event], 0) => {
            let event = Subject::Event(event);
            case.between_groups(event)
                .or_else(|| case.equal_groups())
                .or_else(|| case.part_of_cases(event))
                .or_else(|| case.stated(event))
        }
        ([_, _], 0) => case
            .between_events()
            .or_else(|| case.equal_groups())
            .or_else(|| case.equal_events())
            .or_else(|| case.combined())
            .or_else(|| case.absent()),
        ([_, ..], 0) => case
            .equal_groups()
            .or_else(|| case.combined())
            .or_else(|| case.absent()),
        _ => None,
    }
}

impl<'a> Case<'a> {
    fn of(clause: &'a Clause, record: &'a Record, tally: &'a Tally) -> Self {
        let mut case = Self {
            clause,
            record,
            tally,
            events: Vec::new(),
            groups: Vec::new(),
            numbers: Vec::new(),
            totals: 0,
        };
        for item in &clause.items {
            match item {
                Item::Event(event) => case.events.push(event),
                Item::Groups(groups) => case.groups.push(groups),
                Item::Number(number) => case.numbers.push(number),
                Item::Total => case.totals += 1,
                Item::Word(_) => {}
            }
        }
        case
    }

    /// "all cases of E were in cohort 1", "most cases".
    fn part_of_cases(&self, event: Subject<'_>) -> Option<String> {
        let [groups @ [_]] = self.groups.as_slice() else {
            return None;
        };
        let is_all = is(&ALL_CASES, self.clause);
        if !self.numbers.is_empty() || !(is_all || is(&MOST_OF_CASES, self.clause)) {
            return None;
        }
        let all = self.all();
        let (part, whole) = (self.count(groups, event)?, self.count(&all, event)?);
        let is_wrong = if is_all {
            part.affected < whole.affected
        } else {
            whole.affected > 0 && part.affected * 2 <= whole.affected
        };
        let apart: Vec<Vec<usize>> = all.into_iter().map(|group| vec![group]).collect();
        is_wrong.then(|| self.says(event, &apart))?
    }

    /// "10 patients in cohort 1 had E", "most patients had E", "several cases of E".
    fn stated(&self, event: Subject<'_>) -> Option<String> {
        let shape = &self.clause.shape;
        if is(&MORE, self.clause)
            || is(&FEWER, self.clause)
            || shape.contains("than")
            || shape.contains("same")
        {
            return None;
        }
        let Some(groups) = self.only_groups() else {
            return self.stated_of_each(event);
        };
        let count = self.count(&groups, event)?;
        let is_wrong = match self.numbers.as_slice() {
            [] if is(&ALL_PARTICIPANTS, self.clause) => count.affected < count.at_risk,
            [] if is(&MOST_PARTICIPANTS, self.clause) && !is(&MOST_OF_CASES, self.clause) => {
                count.affected * 2 <= count.at_risk
            }
            [] if is(&SEVERAL, self.clause) => count.affected < 2,
            [number] if self.counts_events() => {
                !agrees(number, count)?
                    && !agrees(number, self.with_kinds(&groups, event)?)?
                    && !self.is_of_one_group(number, event)
            }
            _ => false,
        };
        is_wrong.then(|| self.says(event, &[groups]))?
    }

    /// Whether a number of all groups together is that of one of them: groups can overlap, and one may be meant.
    fn is_of_one_group(&self, number: &Number, event: Subject<'_>) -> bool {
        let is_exact = number.comparator == Comparator::Equal && self.groups.is_empty();
        let agrees = |group| {
            self.count(&[group], event)
                .and_then(|own| agrees(number, own))
        };
        is_exact
            && self
                .all()
                .into_iter()
                .any(|group| agrees(group) == Some(true))
    }

    /// "10 patients in both cohorts had E": wrong where neither any of them nor all together had so many.
    fn stated_of_each(&self, event: Subject<'_>) -> Option<String> {
        let [number] = self.numbers.as_slice() else {
            return None;
        };
        if !is(&ALL_GROUPS, self.clause)
            || is(&NOT_ALL_GROUPS, self.clause)
            || self.groups.len() > 1
            || !self.counts_events()
        {
            return None;
        }
        let groups = self
            .groups
            .first()
            .map_or_else(|| self.all(), |groups| groups.to_vec());
        let denies = |groups: &[usize]| {
            let (own, kinds) = (self.count(groups, event)?, self.with_kinds(groups, event)?);
            Some(!agrees(number, own)? && !agrees(number, kinds)?)
        };
        let apart: Vec<Vec<usize>> = groups.iter().map(|group| vec![*group]).collect();
        let mut all = apart.iter().chain([&groups]);
        all.all(|groups| denies(groups) == Some(true))
            .then(|| self.says(event, &apart))?
    }

    /// "no cases of E, F or G".
    fn absent(&self) -> Option<String> {
        let [number] = self.numbers.as_slice() else {
            return None;
        };
        let is_none =
            number.amount == Amount::Count(Decimal::ZERO) && number.comparator == Comparator::Equal;
        if !is_none || !self.counts_events() || is(&MORE, self.clause) || is(&FEWER, self.clause) {
            return None;
        }
        let groups = self.only_groups()?;
        self.events.iter().find_map(|event| {
            let event = Subject::Event(event);
            let has_some = self.count(&groups, event)?.affected > 0;
            has_some.then(|| self.says(event, std::slice::from_ref(&groups)))?
        })
    }

    /// "more than half of the patients in cohort 1 had an adverse event".
    fn total(&self) -> Option<String> {
        if !is(&PARTICIPANTS, self.clause) || self.clause.shape.contains("than") {
            return None;
        }
        let groups = self.only_groups()?;
        let count = self.count(&groups, Subject::Total)?;
        let is_wrong = match self.numbers.as_slice() {
            [number] if self.counts_events() => !agrees(number, count)?,
            [] if is(&MOST_PARTICIPANTS, self.clause) => count.affected * 2 <= count.at_risk,
            _ => false,
        };
        is_wrong.then(|| self.says(Subject::Total, &[groups]))?
    }

    /// "the most common adverse event in cohort 1 was E".
    fn commonest(&self) -> Option<String> {
        let groups = self.only_groups()?;
        let ([event], [group]) = (self.events.as_slice(), groups.as_slice()) else {
            return None;
        };
        if !is(&COMMONEST, self.clause) || !self.numbers.is_empty() {
            return None;
        }
        let own = self.count(&[*group], Subject::Event(event))?;
        let (name, count) = self.tally.commonest(*group)?;
        if count.affected <= own.affected {
            return None;
        }
        let said = self.says(Subject::Event(event), &[vec![*group]])?;
        Some(format!("{said}; {name}: {}", count.words()))
    }

    /// The groups of the clause: those it names at one place, else all. `None` where it speaks of each by itself.
    fn only_groups(&self) -> Option<Vec<usize>> {
        let groups = match self.groups.as_slice() {
            [] => self.all(),
            [only] => only.to_vec(),
            _ => return None,
        };
        let is_each = groups.len() > 1 && is(&EACH, self.clause);
        (!is_each || self.clause.shape.contains("no ")).then_some(groups)
    }

    fn all(&self) -> Vec<usize> {
        (0..self.record.event_groups.len()).collect()
    }

    /// Whether the clause's number counts participants or cases: what stands behind it says so.
    fn counts_events(&self) -> bool {
        let at = self
            .clause
            .items
            .iter()
            .position(|item| matches!(item, Item::Number(_)));
        let behind = at.and_then(|at| self.clause.items.get(at + 1));
        match behind {
            Some(Item::Word(word)) => CONTEXT.has("counted", word),
            Some(Item::Event(_) | Item::Total | Item::Groups(_)) => true,
            Some(Item::Number(_)) | None => false,
        }
    }

    /// Participants of some groups together. `None` where a group does not list the event exactly once.
    fn count(&self, groups: &[usize], subject: Subject<'_>) -> Option<Count> {
        Self::sum(groups, |group| match subject {
            Subject::Total => self.record.event_groups.get(group)?.total,
            Subject::Event(event) => self.tally.count(group, event),
        })
    }

    fn sum(groups: &[usize], count: impl Fn(usize) -> Option<Count>) -> Option<Count> {
        let mut sum = Count {
            affected: 0,
            at_risk: 0,
        };
        for group in groups {
            let count = count(*group)?;
            sum.affected = sum.affected.checked_add(count.affected)?;
            sum.at_risk = sum.at_risk.checked_add(count.at_risk)?;
        }
        (sum.at_risk > 0 && sum.affected <= sum.at_risk).then_some(sum)
    }

    /// Participants of some groups together with an event or one whose name ends in it.
    fn with_kinds(&self, groups: &[usize], subject: Subject<'_>) -> Option<Count> {
        let Subject::Event(event) = subject else {
            return self.count(groups, subject);
        };
        Self::sum(groups, |group| self.tally.count_with_kinds(group, event))
    }

    /// What the record says of a subject, for each set of groups.
    fn says(&self, subject: Subject<'_>, sets: &[Vec<usize>]) -> Option<String> {
        let name = match subject {
            Subject::Total => "any adverse event",
            Subject::Event(event) => self.tally.printed(event)?,
        };
        let mut parts = Vec::new();
        for groups in sets {
            let count = self.count(groups, subject)?.words();
            let numbers: Vec<String> = groups.iter().map(|group| (group + 1).to_string()).collect();
            parts.push(match numbers.as_slice() {
                [only] => format!("{count} in group {only}"),
                _ => format!("{count} in groups {}", numbers.join(" and ")),
            });
        }
        Some(format!("{name}: {}", parts.join(", ")))
    }
}

/// Whether a stated number can be the record's count. `None` where that cannot be told.
fn agrees(number: &Number, count: Count) -> Option<bool> {
    let (stated, own, rounding) = match number.amount {
        Amount::Count(stated) => (stated, Decimal::from(count.affected), Decimal::ZERO),
        Amount::Percent(stated) => (stated, count.share()?, ROUNDING),
        Amount::Fraction(part, whole) => (
            part.checked_div(whole)?.checked_mul(Decimal::ONE_HUNDRED)?,
            count.share()?,
            ROUNDING,
        ),
        Amount::Other => return None,
    };
    if number.comparator == Comparator::Equal && !rounding.is_zero() {
        return Some((own - stated).abs() < rounding);
    }
    allows(number.comparator, stated, own)
}

/// Whether a stated number with its comparator allows a value. `None` where that cannot be told.
fn allows(comparator: Comparator, stated: Decimal, own: Decimal) -> Option<bool> {
    Some(match comparator {
        Comparator::Equal => own == stated,
        Comparator::Less => own < stated,
        Comparator::AtMost => own <= stated,
        Comparator::Greater => own > stated,
        Comparator::AtLeast => own >= stated,
        Comparator::About => return None,
    })
}
