//! Crossref's REST API: works, and the notices about them.
//!
//! A retraction is told from both sides: the work lists its notices (`updated-by`), and each notice its works
//! (`update-to`), and publishers do not always deposit both. Format: <https://github.com/CrossRef/rest-api-doc>,
//! <https://www.crossref.org/documentation/retrieve-metadata/rest-api/>.

use serde_json::Value;

use super::json::{items, number, parse, raw, text};
use super::printed::{MOST_AUTHORS, year};
use super::settings::encoded;
use super::{
    JSON, Reply, Request, Response, Service, Services, Unreadable, ask, is_missing, notice,
};
use crate::source::{Notice, SourceId, Work};

const NAME: &str = "crossref";

/// Relations to another version of the same work.
const SAME: [&str; 8] = [
    "is-preprint-of",
    "has-preprint",
    "is-identical-to",
    "is-same-as",
    "is-version-of",
    "has-version",
    "is-manuscript-of",
    "has-manuscript",
];

/// The record of a work.
pub(super) struct Crossref;

/// The records of the notices about a work.
pub(super) struct CrossrefNotices;

impl Service for Crossref {
    fn name(&self) -> &'static str {
        NAME
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Doi(doi) = id else {
            return None;
        };
        Some(services.crossref(&format!("/works/{}", encoded(doi)), &[]))
    }

    fn read(&self, _: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if is_missing(response)? {
            return Ok(Reply::Unknown);
        }
        let answer = parse(&response.body)?;
        let record = answer.pointer("/message").ok_or(Unreadable)?;
        let own = raw(record, "/DOI").to_lowercase();
        if own.is_empty() {
            return Err(Unreadable);
        }
        let mut found = work(record, &own);
        let updates = items(record, "/updated-by").map(|update| (update, raw(update, "/DOI")));
        let of_itself = items(record, "/update-to")
            .filter(|update| raw(update, "/DOI").eq_ignore_ascii_case(&own))
            .map(|update| (update, own.as_str()));
        add_updates(&mut found, updates.chain(of_itself));
        Ok(Reply::work(found))
    }
}

impl Service for CrossrefNotices {
    fn name(&self) -> &'static str {
        NAME
    }

    /// A comma would end the filter, so a DOI with one is not asked about.
    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Doi(doi) = id else {
            return None;
        };
        let filter = format!("updates:{doi}");
        let parameters = [("filter", filter.as_str()), ("rows", "20")];
        (!doi.contains(',')).then(|| services.crossref("/works", &parameters))
    }

    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if is_missing(response)? {
            return Ok(Reply::Unknown);
        }
        let answer = parse(&response.body)?;
        answer.pointer("/message/items").ok_or(Unreadable)?;
        let mut found = Work::default();
        for record in items(&answer, "/message/items") {
            let updates = items(record, "/update-to")
                .filter(|update| raw(update, "/DOI").eq_ignore_ascii_case(id.name()))
                .map(|update| (update, raw(record, "/DOI")));
            add_updates(&mut found, updates);
        }
        Ok(Reply::work(found))
    }
}

impl Services {
    fn crossref(&self, path: &str, parameters: &[(&str, &str)]) -> Request {
        let mut all: Vec<(&str, Option<&str>)> = parameters
            .iter()
            .map(|(name, value)| (*name, Some(*value)))
            .collect();
        all.push(("mailto", self.contact.as_deref()));
        let url = format!("{}{path}{}", self.bases.crossref, Self::query(&all));
        let token = self.keys.crossref.as_deref();
        Request {
            key: token.map(|token| ("Crossref-Plus-API-Token", format!("Bearer {token}"))),
            ..ask(url, JSON)
        }
    }
}

fn work(record: &Value, own: &str) -> Work {
    let mut title = text(record, "/title");
    let subtitle = text(record, "/subtitle");
    if !subtitle.is_empty() && !title.to_lowercase().contains(&subtitle.to_lowercase()) {
        title = format!("{}: {subtitle}", title.trim_end_matches([':', ' ']));
    }
    let mut authors = names(record, "/author");
    if authors.is_empty() {
        authors = names(record, "/editor");
    }
    let dates = [
        "published-print",
        "published-online",
        "published",
        "issued",
        "posted",
    ];
    let relations = SAME
        .iter()
        .flat_map(|relation| items(record, &format!("/relation/{relation}")))
        .filter(|related| raw(related, "/id-type") == "doi")
        .map(|related| raw(related, "/id").to_lowercase());
    Work {
        title,
        authors,
        container: text(record, "/container-title"),
        years: dates
            .iter()
            .filter_map(|date| year(number(record, &format!("/{date}/date-parts/0/0"))?))
            .collect(),
        same: relations
            .filter(|doi| doi.starts_with("10.") && doi != own)
            .map(|doi| format!("doi:{doi}"))
            .collect(),
        summary: text(record, "/abstract"),
        notices: Vec::new(),
    }
}

fn names(record: &Value, pointer: &str) -> Vec<String> {
    items(record, pointer)
        .map(|person| {
            let family = text(person, "/family");
            if family.is_empty() {
                text(person, "/name")
            } else {
                family
            }
        })
        .filter(|name| !name.is_empty())
        .take(MOST_AUTHORS)
        .collect()
}

/// Takes in updates, each with the DOI of its notice.
fn add_updates<'v>(work: &mut Work, updates: impl Iterator<Item = (&'v Value, &'v str)>) {
    let mut reinstated: Vec<String> = Vec::new();
    for (update, notice_doi) in updates {
        let date = day(update);
        let kind = raw(update, "/type");
        if let Some(kind) = notice::kind(kind) {
            let doi = notice_doi.to_lowercase();
            work.add_notice(Notice {
                kind,
                notice: doi.starts_with("10.").then(|| format!("doi:{doi}")),
                date,
                service: NAME.to_owned(),
            });
        } else if kind.eq_ignore_ascii_case("reinstatement") {
            reinstated.extend(date);
        }
    }
    for day in reinstated {
        work.reinstate(&day);
    }
}

/// `2020`, `2020-03` or `2020-03-07`.
fn day(update: &Value) -> Option<String> {
    let part = |at: usize| number(update, &format!("/updated/date-parts/0/{at}"));
    let mut day = year(part(0)?)?.to_string();
    for part in [part(1), part(2)] {
        match part {
            Some(part) if (1..=31).contains(&part) => day = format!("{day}-{part:02}"),
            Some(_) | None => break,
        }
    }
    Some(day)
}

#[cfg(test)]
mod tests {
    use super::super::tests::{doi, json};
    use super::*;

    const RECORD: &str = include_str!("fixtures/crossref.json");

    fn read(body: &str) -> Work {
        let Ok(Reply::Known(known)) = Crossref.read(&doi("10.1000/warm.1"), &json(200, body))
        else {
            panic!("{body}");
        };
        known.work.unwrap()
    }

    #[test]
    fn a_record_is_read() {
        let work = read(RECORD);
        assert_eq!(work.title, "Warm feet & sleep: A trial");
        assert_eq!(work.authors, ["Okafor", "Foot Group"]);
        assert_eq!(work.container, "Journal of Warm Feet");
        assert_eq!(work.years, [2020, 2021].into());
        assert_eq!(work.same, ["doi:10.1000/pre".to_owned()].into());
        assert_eq!(work.summary, "Socks help in 3 of 4.");
    }

    fn shown(work: &Work) -> Vec<String> {
        let show = |notice: &Notice| {
            let [id, date] =
                [&notice.notice, &notice.date].map(|text| text.as_deref().unwrap_or("-"));
            format!("{:?} {id} {date}", notice.kind)
        };
        work.notices.iter().map(show).collect()
    }

    #[test]
    fn notices_are_told_apart_and_kept_once() {
        let expected = [
            "Retraction doi:10.1000/warm.r 2022-03-07",
            "ExpressionOfConcern doi:10.1000/warm.e 2021",
            "Correction doi:10.1000/warm.c 2021-06",
        ];
        assert_eq!(shown(&read(RECORD)), expected);
    }

    #[test]
    fn a_notice_is_not_withdrawn_by_what_it_says_of_another_work() {
        let body = r#"{"message":{"DOI":"10.1000/r","title":["Retraction: Feet"],
            "update-to":[{"DOI":"10.1000/warm.1","type":"retraction","updated":{"date-parts":[[2022]]}}]}}"#;
        assert_eq!(read(body).notices, []);
        let own = r#"{"message":{"DOI":"10.1000/R","update-to":[{"DOI":"10.1000/r","type":"withdrawal"}]}}"#;
        assert_eq!(shown(&read(own)), ["Withdrawal doi:10.1000/r -"]);
    }

    #[test]
    fn what_is_reinstated_is_not_retracted() {
        let body = r#"{"message":{"DOI":"10.1000/r","updated-by":[
            {"DOI":"10.1000/a","type":"retraction","updated":{"date-parts":[[2019,5,1]]}},
            {"DOI":"10.1000/b","type":"Reinstatement","updated":{"date-parts":[[2020,5,1]]}}]}}"#;
        assert_eq!(read(body).notices, []);
    }

    #[test]
    fn notices_are_read_from_their_side_too() {
        let body = r#"{"message":{"items":[
            {"DOI":"10.1000/n","update-to":[{"DOI":"10.1000/WARM.1","type":"removal","updated":{"date-parts":[[2023,1,2]]}},
                                            {"DOI":"10.1000/other","type":"retraction"}]}]}}"#;
        let reply = CrossrefNotices.read(&doi("10.1000/warm.1"), &json(200, body));
        let Ok(Reply::Known(known)) = reply else {
            panic!()
        };
        assert_eq!(
            shown(&known.work.unwrap()),
            ["Withdrawal doi:10.1000/n 2023-01-02"]
        );
    }

    #[test]
    fn a_doi_cannot_leave_its_place_in_the_address() {
        let services = Services {
            contact: Some("a@example.org".to_owned()),
            ..Services::default()
        };
        let url = |name: &str| Crossref.request(&doi(name), &services).unwrap().url;
        assert_eq!(
            url("10.1000/a(1)<b>#?%/;é/../x"),
            "https://api.crossref.org/works/10.1000%2Fa%281%29%3Cb%3E%23%3F%25%2F%3B%C3%A9%2F..%2Fx?mailto=a%40example.org"
        );
        assert_eq!(
            CrossrefNotices.request(&doi("10.1000/a,b"), &services),
            None
        );
    }
}
