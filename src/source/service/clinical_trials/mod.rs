//! ClinicalTrials.gov, API version 2: what the record of a trial says.
//!
//! Format: <https://clinicaltrials.gov/data-api/about-api/study-data-structure>.

mod text;

use serde_json::Value;

use super::json::{items, number, parse, raw, text, texts};
use super::settings::encoded;
use super::{JSON, Reply, Request, Response, Service, Services, Unreadable, ask, is_missing};
use crate::source::{SourceId, Trial};

pub(super) struct ClinicalTrials;

impl ClinicalTrials {
    /// Whether an id is one of this registry.
    pub(super) fn has(name: &str) -> bool {
        let digits = name.get(3..).unwrap_or_default();
        name.get(..3)
            .is_some_and(|start| start.eq_ignore_ascii_case("NCT"))
            && digits.len() == 8
            && digits.bytes().all(|b| b.is_ascii_digit())
    }
}

impl Service for ClinicalTrials {
    fn name(&self) -> &'static str {
        "clinicaltrials.gov"
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Registry(name) = id else {
            return None;
        };
        let name = encoded(&name.to_uppercase());
        let url = format!("{}/api/v2/studies/{name}", services.bases.clinical_trials);
        Self::has(&name).then(|| ask(url, JSON))
    }

    /// An obsolete id leads to the record that took its place, which lists it among its aliases.
    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if is_missing(response)? {
            return Ok(Reply::Unknown);
        }
        let record = parse(&response.body)?;
        let identification = record
            .pointer("/protocolSection/identificationModule")
            .ok_or(Unreadable)?;
        let is_own = |name: &str| name.eq_ignore_ascii_case(id.name());
        let own = raw(identification, "/nctId");
        let aliases = texts(identification, "/nctIdAliases");
        if !is_own(own) && !aliases.iter().any(|alias| is_own(alias)) {
            return Err(Unreadable);
        }
        Ok(Reply::trial(trial(&record)))
    }
}

/// What a study of the API says of its trial.
pub(in crate::source) fn trial(record: &Value) -> Trial {
    let protocol = |field: &str| format!("/protocolSection/{field}");
    let mut title = text(record, &protocol("identificationModule/briefTitle"));
    if title.is_empty() {
        title = text(record, &protocol("identificationModule/officialTitle"));
    }
    let kind = raw(record, "/protocolSection/designModule/enrollmentInfo/type");
    let primary = items(record, "/protocolSection/outcomesModule/primaryOutcomes");
    let arms = items(record, "/protocolSection/armsInterventionsModule/armGroups");
    Trial {
        title,
        acronym: text(record, &protocol("identificationModule/acronym")),
        status: text(record, &protocol("statusModule/overallStatus")),
        phases: texts(record, &protocol("designModule/phases")),
        enrolment: number(record, &protocol("designModule/enrollmentInfo/count")),
        enrolment_is_planned: kind == "ESTIMATED",
        primary_outcomes: labels(primary, "/measure"),
        arms: labels(arms, "/label"),
        text: text::of(record),
    }
}

fn labels<'v>(of: impl Iterator<Item = &'v Value>, field: &str) -> Vec<String> {
    of.map(|item| text(item, field))
        .filter(|label| !label.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, json};
    use super::*;

    const RECORD: &str = include_str!("../fixtures/clinical-trial.json");

    fn read(name: &str) -> Result<Reply, Unreadable> {
        ClinicalTrials.read(&id(name), &json(200, RECORD))
    }

    fn known() -> Trial {
        let Ok(Reply::Known(known)) = read("registry:NCT01234567") else {
            panic!();
        };
        known.trial.unwrap()
    }

    #[test]
    fn a_record_is_read() {
        let trial = known();
        assert_eq!(
            (trial.title.as_str(), trial.acronym.as_str()),
            ("Warm Socks", "WARM")
        );
        assert_eq!(trial.status, "COMPLETED");
        assert_eq!(trial.phases, ["PHASE2", "PHASE3"]);
        assert_eq!(
            (trial.enrolment, trial.enrolment_is_planned),
            (Some(120), false)
        );
        assert_eq!(trial.primary_outcomes, ["Foot temperature"]);
        assert_eq!(trial.arms, ["Wool", "Cotton"]);
    }

    #[test]
    fn its_text_is_markdown_with_tables() {
        insta::assert_snapshot!(known().text);
    }

    #[test]
    fn an_alias_names_the_trial_and_another_record_is_no_answer() {
        assert!(matches!(read("registry:NCT00000001"), Ok(Reply::Known(_))));
        assert_eq!(read("registry:NCT09999999"), Err(Unreadable));
    }

    #[test]
    fn only_its_own_ids_are_asked_about() {
        let url = |name: &str| ClinicalTrials.request(&id(name), &Services::default());
        assert!(url("registry:NCT01234567").is_some());
        assert_eq!(url("registry:ISRCTN12345678"), None);
        assert_eq!(url("registry:NCT0123456/"), None);
    }
}
