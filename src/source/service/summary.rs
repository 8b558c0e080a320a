//! Summaries of NCBI's databases (E-utilities, esummary): what a PubMed Central id names, and whether PubMed has an id.
//!
//! Format: <https://www.ncbi.nlm.nih.gov/books/NBK25499/>.

use serde_json::Value;

use super::json::{items, parse, raw, text};
use super::printed::{MOST_AUTHORS, year, year_in};
use super::{JSON, Reply, Request, Response, Service, Services, Unreadable, ask};
use crate::source::{SourceId, Work};

/// What such a summary says of an id that it does not have.
const UNKNOWN: &str = "cannot get document summary";

/// Summaries of PubMed.
pub(super) struct PubMedSummary;
/// Summaries of PubMed Central.
pub(super) struct PmcSummary;

impl Service for PubMedSummary {
    fn name(&self) -> &'static str {
        super::pubmed::NAME
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Pmid(pmid) = id else {
            return None;
        };
        Some(request("pubmed", pmid, services))
    }

    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        read(id.name(), response)
    }
}

impl Service for PmcSummary {
    fn name(&self) -> &'static str {
        "pmc"
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Pmcid(pmcid) = id else {
            return None;
        };
        Some(request("pmc", digits(pmcid), services))
    }

    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        read(digits(id.name()), response)
    }
}

fn digits(pmcid: &str) -> &str {
    pmcid.trim_start_matches(['P', 'M', 'C', 'p', 'm', 'c'])
}

fn request(database: &str, id: &str, services: &Services) -> Request {
    let parameters = [("db", database), ("id", id), ("retmode", "json")];
    ask(services.eutils("esummary.fcgi", &parameters), JSON)
}

fn read(own: &str, response: &Response) -> Result<Reply, Unreadable> {
    if matches!(response.status, 404 | 410) {
        return Err(Unreadable);
    }
    let answer = parse(&response.body)?;
    let record = answer
        .pointer("/result")
        .and_then(|result| result.get(own))
        .ok_or(Unreadable)?;
    if raw(record, "/error") == UNKNOWN {
        return Ok(Reply::Unknown);
    }
    let found = work(record, own);
    if found.title.is_empty() {
        return Err(Unreadable);
    }
    Ok(Reply::work(found))
}

fn work(record: &Value, own: &str) -> Work {
    let same = items(record, "/articleids").filter_map(|id| {
        let name = raw(id, "/value");
        let bare = digits(name);
        match raw(id, "/idtype") {
            "doi" => Some(format!("doi:{}", name.to_lowercase())),
            "pmid" | "pubmed" if name != "0" && name != own => Some(format!("pmid:{name}")),
            "pmcid" | "pmc" if bare != own => Some(format!("pmcid:PMC{bare}")),
            _ => None,
        }
    });
    let dates = ["/pubdate", "/epubdate", "/printpubdate"];
    let journal = text(record, "/fulljournalname");
    Work {
        title: text(record, "/title").trim_end_matches('.').to_owned(),
        authors: items(record, "/authors")
            .map(|author| family(&text(author, "/name"), raw(author, "/authtype")))
            .filter(|name| !name.is_empty())
            .take(MOST_AUTHORS)
            .collect(),
        container: if journal.is_empty() {
            text(record, "/source")
        } else {
            journal
        },
        years: dates
            .iter()
            .filter_map(|date| year(year_in(raw(record, date))?))
            .collect(),
        same: same.collect(),
        ..Work::default()
    }
}

/// `van den Berg A` without its initials; a group whole.
fn family(name: &str, kind: &str) -> String {
    match name.rsplit_once(' ') {
        Some((family, initials))
            if kind != "CollectiveName" && initials.chars().all(char::is_uppercase) =>
        {
            family.to_owned()
        }
        Some(_) | None => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, json};
    use super::*;

    #[test]
    fn a_summary_of_pubmed_central_is_read() {
        let body = r#"{"header":{"type":"esummary"},"result":{"uids":["55"],"55":{"uid":"55","title":"Warm feet.",
            "pubdate":"2020 Jan","epubdate":"2019 Nov 2","printpubdate":"","source":"J Warm Feet",
            "fulljournalname":"Journal of Warm Feet",
            "authors":[{"name":"van den Berg AB","authtype":"Author"},
            {"name":"Foot Group A","authtype":"CollectiveName"}],
            "articleids":[{"idtype":"pmid","value":"77"},{"idtype":"doi","value":"10.1000/W"},
            {"idtype":"pmcid","value":"PMC55"}]}}}"#;
        let Ok(Reply::Known(known)) = PmcSummary.read(&id("pmcid:PMC55"), &json(200, body)) else {
            panic!();
        };
        let work = known.work.unwrap();
        assert_eq!(work.title, "Warm feet");
        assert_eq!(work.authors, ["van den Berg", "Foot Group A"]);
        assert_eq!(work.years, [2019, 2020].into());
        assert_eq!(
            work.same,
            ["doi:10.1000/w", "pmid:77"].map(str::to_owned).into()
        );
    }

    #[test]
    fn only_the_registry_s_own_words_say_that_there_is_none() {
        let check = |body: &str, expected: Result<Reply, Unreadable>| {
            assert_eq!(
                PubMedSummary.read(&id("pmid:9"), &json(200, body)),
                expected,
                "{body}"
            );
        };
        let unknown =
            r#"{"result":{"uids":["9"],"9":{"uid":"9","error":"cannot get document summary"}}}"#;
        check(unknown, Ok(Reply::Unknown));
        check(r#"{"result":{"uids":[]}}"#, Err(Unreadable));
        check(
            r#"{"error":"API rate limit exceeded","count":"11"}"#,
            Err(Unreadable),
        );
        check(
            r#"{"result":{"9":{"error":"server is busy"}}}"#,
            Err(Unreadable),
        );
    }
}
