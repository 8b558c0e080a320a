//! Studies as version 2 of ClinicalTrials.gov's API gives them.
//!
//! Source of the names: <https://clinicaltrials.gov/data-api/about-api/study-data-structure>.
//! Serious and other adverse events stand in one list: a document seldom says which it means, and an event of both stands
//! there twice.

use serde_json::Value;

use super::{Count, EventGroup, Record};

/// `None` where the text is no such study.
pub(super) fn read(json: &Value) -> Option<Record> {
    let id = json
        .pointer("/protocolSection/identificationModule/nctId")?
        .as_str()?;
    let results = json.get("resultsSection").unwrap_or(&Value::Null);
    let outcomes = list(results.pointer("/outcomeMeasuresModule/outcomeMeasures"));
    Some(Record {
        id: id.to_owned(),
        event_groups: event_groups(results.get("adverseEventsModule").unwrap_or(&Value::Null)),
        outcomes: outcomes
            .iter()
            .map(|outcome| text(outcome, "title").to_owned())
            .collect(),
    })
}

fn event_groups(module: &Value) -> Vec<EventGroup> {
    let serious = list(module.get("seriousEvents"));
    let other = list(module.get("otherEvents"));
    list(module.get("eventGroups"))
        .iter()
        .map(|group| {
            let id = text(group, "id");
            let events = serious.iter().chain(other).filter_map(|event| {
                let stats = list(event.get("stats"));
                let own = stats.iter().find(|stats| text(stats, "groupId") == id)?;
                let count = count(own, "numAffected", "numAtRisk")?;
                Some((text(event, "term").to_owned(), count))
            });
            EventGroup {
                title: text(group, "title").to_owned(),
                // Who had a serious event and who had another one overlap.
                total: None,
                events: events.collect(),
            }
        })
        .collect()
}

fn list(json: Option<&Value>) -> &[Value] {
    json.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn text<'a>(json: &'a Value, key: &str) -> &'a str {
    json.get(key).and_then(Value::as_str).unwrap_or_default()
}

fn count(json: &Value, affected: &str, at_risk: &str) -> Option<Count> {
    let number = |key| json.get(key)?.as_u64()?.try_into().ok();
    Some(Count {
        affected: number(affected)?,
        at_risk: number(at_risk)?,
    })
}

#[cfg(test)]
mod tests {
    use super::super::Record;

    #[test]
    fn a_study_of_the_api_is_read() {
        let study = r#"{"protocolSection":{"identificationModule":{"nctId":"NCT00000009"}},"resultsSection":{
            "adverseEventsModule":{"eventGroups":[{"id":"EG0","title":"Corvatinib"}],
                "seriousEvents":[{"term":"Sepsis","stats":[{"groupId":"EG0","numAffected":3,"numAtRisk":40}]}],
                "otherEvents":[{"term":"Rash","stats":[{"groupId":"EG0","numAffected":1,"numAtRisk":40}]}]},
            "outcomeMeasuresModule":{"outcomeMeasures":[{"title":"Response Rate"}]}}}"#;
        let record = Record::read(study).unwrap();
        assert_eq!(record.id, "NCT00000009");
        let events = &record.event_groups[0].events;
        assert_eq!((events.len(), events[0].1.affected), (2, 3));
        assert_eq!(record.outcomes, ["Response Rate"]);
    }
}
