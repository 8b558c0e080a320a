//! OpenAlex: a second opinion on retractions, abstracts, and the PubMed id of a DOI.
//!
//! Its flag is derived and says neither when nor by whom, so it never stands in for the first opinion.
//! Format: <https://docs.openalex.org/api-entities/works/work-object>.

use std::collections::BTreeMap;

use serde_json::Value;

use super::json::{items, number, parse, raw, text};
use super::markup::plain;
use super::printed::year;
use super::settings::encoded;
use super::{JSON, Reply, Request, Response, Service, Services, Unreadable, ask, is_missing};
use crate::source::{Notice, NoticeKind, SourceId, Work};

/// Most words of an abstract.
const MOST_WORDS: u64 = 10_000;

pub(super) struct OpenAlex;

impl Service for OpenAlex {
    fn name(&self) -> &'static str {
        "openalex"
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let name = match id {
            SourceId::Doi(doi) => format!("doi:{}", encoded(doi)),
            SourceId::Pmid(pmid) => format!("pmid:{}", encoded(pmid)),
            SourceId::Pmcid(_)
            | SourceId::Arxiv(_)
            | SourceId::Isbn(_)
            | SourceId::Registry(_)
            | SourceId::Url(_) => return None,
        };
        let parameters = [
            ("mailto", services.contact.as_deref()),
            ("api_key", services.keys.openalex.as_deref()),
        ];
        let query = Services::query(&parameters);
        Some(ask(
            format!("{}/works/{name}{query}", services.bases.openalex),
            JSON,
        ))
    }

    fn read(&self, _: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if is_missing(response)? {
            return Ok(Reply::Unknown);
        }
        let record = parse(&response.body)?;
        if raw(&record, "/id").is_empty() {
            return Err(Unreadable);
        }
        // A notice of a retraction is at times flagged as if it were what it retracts.
        let is_notice = raw(&record, "/type") == "retraction";
        let is_retracted = record.pointer("/is_retracted").and_then(Value::as_bool) == Some(true);
        let pmid = raw(&record, "/ids/pmid")
            .rsplit('/')
            .next()
            .unwrap_or_default();
        let mut work = Work {
            title: text(&record, "/title"),
            years: number(&record, "/publication_year")
                .and_then(year)
                .into_iter()
                .collect(),
            summary: summary(&record),
            ..Work::default()
        };
        if !pmid.is_empty() && pmid.bytes().all(|b| b.is_ascii_digit()) {
            work.same.insert(format!("pmid:{pmid}"));
        }
        if is_retracted && !is_notice {
            work.add_notice(Notice {
                kind: NoticeKind::Retraction,
                notice: None,
                date: None,
                service: self.name().to_owned(),
            });
        }
        Ok(Reply::work(work))
    }
}

/// The abstract, which is kept as its words with the places where each stands.
fn summary(record: &Value) -> String {
    let Some(words) = record
        .pointer("/abstract_inverted_index")
        .and_then(Value::as_object)
    else {
        return String::new();
    };
    let mut places: BTreeMap<u64, &str> = BTreeMap::new();
    for (word, at) in words {
        let at = items(at, "").filter_map(Value::as_u64);
        places.extend(
            at.filter(|at| *at < MOST_WORDS)
                .map(|at| (at, word.as_str())),
        );
    }
    plain(&places.into_values().collect::<Vec<_>>().join(" "))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{doi, json};
    use super::*;

    #[test]
    fn a_record_is_read() {
        let body = r#"{"id":"https://openalex.org/W1","doi":"https://doi.org/10.1000/x","title":"Warm feet",
            "type":"article","publication_year":2020,"is_retracted":true,
            "ids":{"pmid":"https://pubmed.ncbi.nlm.nih.gov/77"},
            "abstract_inverted_index":{"help":[1],"Socks":[0],"feet.":[2]}}"#;
        let Ok(Reply::Known(known)) = OpenAlex.read(&doi("10.1000/x"), &json(200, body)) else {
            panic!();
        };
        let work = known.work.unwrap();
        assert_eq!(
            (work.title.as_str(), work.summary.as_str()),
            ("Warm feet", "Socks help feet.")
        );
        assert_eq!(work.same, ["pmid:77".to_owned()].into());
        assert_eq!(work.notices.len(), 1);
    }

    #[test]
    fn a_notice_is_not_itself_retracted() {
        let body = r#"{"id":"W2","type":"retraction","is_retracted":true}"#;
        let Ok(Reply::Known(known)) = OpenAlex.read(&doi("10.1000/x"), &json(200, body)) else {
            panic!();
        };
        assert_eq!(known.work.unwrap().notices, []);
    }
}
