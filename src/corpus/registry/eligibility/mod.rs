//! Eligibility: what a statement asks for or allows, against the record's criteria.
//!
//! "Patients must have …" is wrong where the record takes others, too; "patients with … are eligible" where the record takes
//! none such. Values on a scale are compared (`scale`), the age (`age`), the sex (`sex`), and the extent of a tumour
//! (`tumour`). It leaves out statements with a negation, criteria that cannot be read, and all other conditions: that a person
//! is excluded can have a reason that the statement does not tell.

mod age;
mod scale;
mod sex;
mod tumour;

use super::is;
use crate::source::Record;
use age::Ages;
use scale::{Range, SCALES, Scale, Told};
use sex::Sex;
use tumour::Extent;

pattern!(
    NEGATION,
    r"(?i)\b(?:not|no|never|cannot|can't|ineligible|exclude[sd]?|excluding|unless|except|without|until)\b"
);
pattern!(
    MUST,
    r"(?i)\b(?:must|requires?|required|have to|need to|minimum)\b"
);
pattern!(
    ELIGIBLE,
    r"(?i)\b(?:eligible|can (?:take part|participate|enroll?|join)|accepts?|includes?|included|allowed)\b"
);

/// What the criteria of a record ask for, read once.
#[derive(Debug)]
pub(super) struct Limits {
    scales: Vec<(Scale, Range, String)>,
    ages: Option<Ages>,
    sex: Sex,
    extent: Extent,
}

impl Limits {
    pub(super) fn of(record: &Record) -> Self {
        let scales = SCALES.into_iter().filter_map(|scale| {
            let (range, criterion) = scale.of_record(&record.criteria)?;
            Some((scale, range, criterion.text.clone()))
        });
        Self {
            scales: scales.collect(),
            ages: Ages::of(&record.criteria),
            sex: Sex::of(&record.criteria),
            extent: Extent::of(&record.criteria),
        }
    }
}

/// The criterion of the record that contradicts a statement.
pub(super) fn contradiction(statement: &str, limits: &Limits) -> Option<String> {
    if is(&NEGATION, statement) {
        return None;
    }
    let (is_must, is_eligible) = (is(&MUST, statement), is(&ELIGIBLE, statement));
    let of_scale = limits.scales.iter().find_map(|(scale, own, criterion)| {
        let Told::Range(stated) = scale.told(statement, false, !is_must) else {
            return None;
        };
        let is_wrong = if is_must {
            stated.low > own.low || stated.high < own.high
        } else {
            is_eligible && (stated.low < own.low || stated.high > own.high)
        };
        is_wrong.then_some(criterion.as_str())
    });
    let of_kind = || {
        let sex = || limits.sex.contradicts(statement);
        let age = || limits.ages.as_ref()?.contradicts(statement);
        let extent = limits.extent.contradicts(statement).or_else(age);
        extent
            .filter(|_| is_must || is_eligible)
            .or_else(|| sex().filter(|_| is_eligible && !is_must))
    };
    let criterion = of_scale.or_else(of_kind)?;
    Some(format!("eligibility: {criterion}"))
}

/// Criteria, each with whether it excludes.
#[cfg(test)]
fn criteria(of: &[(&str, bool)]) -> Vec<crate::source::Criterion> {
    of.iter()
        .map(|(text, excludes)| crate::source::Criterion {
            text: (*text).to_owned(),
            excludes: *excludes,
        })
        .collect()
}
