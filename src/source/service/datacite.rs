//! DataCite's REST API: data sets, software, preprints, theses.
//!
//! Format: <https://support.datacite.org/docs/api-get-doi>.

use serde_json::Value;

use super::json::{items, number, parse, raw, text};
use super::printed::{MOST_AUTHORS, year};
use super::settings::encoded;
use super::{Reply, Request, Response, Service, Services, Unreadable, ask, is_missing};
use crate::source::{SourceId, Work};

/// Relations to another form of the same work.
const SAME: [&str; 5] = [
    "IsIdenticalTo",
    "IsVersionOf",
    "HasVersion",
    "IsVariantFormOf",
    "IsOriginalFormOf",
];

pub(super) struct DataCite;

impl Service for DataCite {
    fn name(&self) -> &'static str {
        "datacite"
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Doi(doi) = id else {
            return None;
        };
        let url = format!("{}/dois/{}", services.bases.datacite, encoded(doi));
        Some(ask(url, "application/vnd.api+json, application/json"))
    }

    fn read(&self, _: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if is_missing(response)? {
            return Ok(Reply::Unknown);
        }
        let answer = parse(&response.body)?;
        let record = answer.pointer("/data/attributes").ok_or(Unreadable)?;
        let own = raw(record, "/doi").to_lowercase();
        if own.is_empty() {
            return Err(Unreadable);
        }
        Ok(Reply::work(work(record, &own)))
    }
}

fn work(record: &Value, own: &str) -> Work {
    let publication = number(record, "/publicationYear");
    let dates = items(record, "/dates")
        .filter(|date| matches!(raw(date, "/dateType"), "Issued" | "Available"))
        .filter_map(|date| raw(date, "/date").get(..4)?.parse().ok());
    let related = items(record, "/relatedIdentifiers")
        .filter(|related| SAME.contains(&raw(related, "/relationType")))
        .filter(|related| raw(related, "/relatedIdentifierType") == "DOI")
        .filter_map(|related| {
            let doi = raw(related, "/relatedIdentifier").to_lowercase();
            doi.find("10.")
                .and_then(|at| doi.get(at..).map(str::to_owned))
        });
    let summary = items(record, "/descriptions")
        .find(|description| raw(description, "/descriptionType") == "Abstract");
    let container = [
        text(record, "/container/title"),
        text(record, "/publisher/name"),
        text(record, "/publisher"),
    ];
    Work {
        title: text(record, "/titles/0/title"),
        authors: items(record, "/creators")
            .map(family)
            .filter(|name| !name.is_empty())
            .take(MOST_AUTHORS)
            .collect(),
        container: container
            .into_iter()
            .find(|name| !name.is_empty())
            .unwrap_or_default(),
        years: publication
            .into_iter()
            .chain(dates)
            .filter_map(year)
            .collect(),
        same: related
            .filter(|doi| doi != own)
            .map(|doi| format!("doi:{doi}"))
            .collect(),
        summary: summary
            .map(|summary| text(summary, "/description"))
            .unwrap_or_default(),
        notices: Vec::new(),
    }
}

/// The family name of a person, the whole name of an organisation. Names of persons are written `Okafor, Ada`.
fn family(creator: &Value) -> String {
    let family = text(creator, "/familyName");
    let name = text(creator, "/name");
    if !family.is_empty() {
        return family;
    }
    match name.split_once(',') {
        Some((family, _)) if raw(creator, "/nameType") != "Organizational" => family.to_owned(),
        Some(_) | None => name,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{doi, json};
    use super::*;

    #[test]
    fn a_record_is_read() {
        let body = r#"{"data":{"id":"10.5072/feet","type":"dois","attributes":{"doi":"10.5072/feet",
            "titles":[{"title":"Foot temperatures"}],
            "creators":[{"name":"Okafor, Ada","nameType":"Personal","givenName":"Ada","familyName":"Okafor"},
                        {"name":"Lind, Bo"},{"name":"Foot Group, North","nameType":"Organizational"}],
            "publisher":"Foot Archive","publicationYear":2019,
            "dates":[{"date":"2018-12-01","dateType":"Available"},{"date":"2001","dateType":"Collected"}],
            "relatedIdentifiers":[{"relationType":"IsVersionOf","relatedIdentifier":"10.5072/FEET.all",
                                   "relatedIdentifierType":"DOI"},
                                  {"relationType":"References","relatedIdentifier":"10.5072/x",
                                   "relatedIdentifierType":"DOI"}],
            "descriptions":[{"description":"Of <b>feet</b>.","descriptionType":"Abstract"}]}}}"#;
        let Ok(Reply::Known(known)) = DataCite.read(&doi("10.5072/feet"), &json(200, body)) else {
            panic!();
        };
        let work = known.work.unwrap();
        assert_eq!(work.title, "Foot temperatures");
        assert_eq!(work.authors, ["Okafor", "Lind", "Foot Group, North"]);
        assert_eq!(work.container, "Foot Archive");
        assert_eq!(work.years, [2018, 2019].into());
        assert_eq!(work.same, ["doi:10.5072/feet.all".to_owned()].into());
        assert_eq!(work.summary, "Of feet.");
    }
}
