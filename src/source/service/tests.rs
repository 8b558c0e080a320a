//! Look-ups against a table of answers, and hostile bodies against every service.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::pin::pin;
use std::task::{Context, Poll, Waker};

use super::*;
use crate::source::{Answer, NoticeKind, Refusal, State, Why};

const NOW: &str = "2026-11-21T10:00:00Z";

pub(super) fn id(text: &str) -> SourceId {
    text.parse().unwrap()
}

pub(super) fn doi(name: &str) -> SourceId {
    SourceId::Doi(name.to_owned())
}

pub(super) fn json(status: u16, body: &str) -> Response {
    response(status, "application/json", body)
}

pub(super) fn xml(body: &str) -> Response {
    response(200, "text/xml", body)
}

fn response(status: u16, content_type: &str, body: &str) -> Response {
    Response {
        status,
        content_type: content_type.to_owned(),
        body: body.as_bytes().to_vec(),
        ..Response::default()
    }
}

/// Answers by the address up to its query. What is not in the table fails as a broken service does.
#[derive(Default)]
struct Table {
    answers: BTreeMap<&'static str, Result<Response, Refusal>>,
    asked: RefCell<Vec<Request>>,
}

impl Table {
    fn with(mut self, address: &'static str, answer: Response) -> Self {
        self.answers.insert(address, Ok(answer));
        self
    }

    fn refusing(mut self, address: &'static str, why: Why) -> Self {
        let refusal = Refusal {
            why,
            status: None,
            detail: String::new(),
        };
        self.answers.insert(address, Err(refusal));
        self
    }

    fn look_up(&self, name: &str, previous: Option<&Answer>) -> Answer {
        let services = Services::default();
        let ask = async |request: Request| {
            let address = request.url.split('?').next().unwrap_or_default().to_owned();
            self.asked.borrow_mut().push(request);
            let answer = self.answers.get(address.as_str()).cloned();
            answer.unwrap_or_else(|| Ok(response(503, "text/html", "<html>down</html>")))
        };
        let name = id(name);
        let look_up = pin!(services.look_up(&name, previous, NOW, ask));
        match look_up.poll(&mut Context::from_waker(Waker::noop())) {
            Poll::Ready(answer) => answer,
            Poll::Pending => panic!("nothing to wait for"),
        }
    }

    fn asked(&self) -> Vec<String> {
        let asked = self.asked.borrow();
        asked.iter().map(|request| request.url.clone()).collect()
    }
}

const CROSSREF: &str = "https://api.crossref.org/works/10.1000%2Fx";
const NOTICES: &str = "https://api.crossref.org/works";
const DATACITE: &str = "https://api.datacite.org/dois/10.1000%2Fx";
const HANDLE: &str = "https://doi.org/api/handles/10.1000%2Fx";
const OPENALEX: &str = "https://api.openalex.org/works/doi:10.1000%2Fx";
const EFETCH: &str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi";
const ESUMMARY: &str = "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/esummary.fcgi";
const PAGE: &str = "https://example.org/feet";

fn not_found() -> Response {
    response(404, "text/plain", "Resource not found.")
}

fn record() -> Response {
    json(200, r#"{"message":{"DOI":"10.1000/x","title":["Feet"]}}"#)
}

fn seen(answer: &Answer) -> (State, Option<Why>, &str) {
    (answer.state, answer.why, answer.service.as_str())
}

#[test]
fn a_doi_is_wrong_only_when_the_handle_system_does_not_have_it() {
    let none = json(404, r#"{"responseCode":100,"handle":"10.1000/x"}"#);
    let table = Table::default()
        .with(CROSSREF, not_found())
        .with(DATACITE, json(404, r#"{"errors":[{"status":"404"}]}"#));
    let wrong = table.with(HANDLE, none).look_up("doi:10.1000/x", None);
    assert_eq!(seen(&wrong), (State::Wrong, Some(Why::NotFound), "doi.org"));
    assert_eq!((wrong.asked.as_str(), wrong.missed.len()), (NOW, 0));
}

#[test]
fn a_doi_of_another_agency_is_verified_without_more() {
    let answer = Table::default()
        .with(CROSSREF, not_found())
        .with(DATACITE, json(404, "{}"))
        .with(HANDLE, json(200, r#"{"responseCode":1}"#))
        .look_up("doi:10.1000/x", None);
    assert_eq!(seen(&answer), (State::Verified, None, "doi.org"));
    assert_eq!(answer.work, None);
}

#[test]
fn whoever_refuses_on_the_way_nothing_is_wrong() {
    let none = || json(404, r#"{"responseCode":100}"#);
    let page = || response(404, "text/html; charset=utf-8", "<html>Sign in</html>");
    let table = |crossref: Response, datacite: Response, handle: Response| {
        Table::default()
            .with(CROSSREF, crossref)
            .with(DATACITE, datacite)
            .with(HANDLE, handle)
    };
    let status = |status: u16| json(status, "");
    for (table, why) in [
        (table(status(403), not_found(), none()), Why::Blocked),
        (table(not_found(), status(429), none()), Why::RateLimited),
        (table(not_found(), not_found(), status(500)), Why::Failed),
        (table(page(), not_found(), none()), Why::Unreadable),
        (table(not_found(), page(), none()), Why::Unreadable),
        (table(not_found(), not_found(), page()), Why::Unreadable),
        (table(status(304), not_found(), none()), Why::Failed),
        (table(status(200), not_found(), none()), Why::Unreadable),
        (
            Table::default().refusing(CROSSREF, Why::TimedOut),
            Why::TimedOut,
        ),
        (
            Table::default().refusing(CROSSREF, Why::NoSuchHost),
            Why::NoSuchHost,
        ),
    ] {
        let answer = table.look_up("doi:10.1000/x", None);
        assert_eq!((answer.state, answer.why), (State::NotVerified, Some(why)));
    }
}

#[test]
fn opinions_add_to_a_work_and_cost_it_nothing() {
    let alone = Table::default().with(CROSSREF, record());
    let answer = alone.look_up("doi:10.1000/x", None);
    assert_eq!(seen(&answer), (State::Verified, None, "crossref"));

    let openalex =
        r#"{"id":"W1","is_retracted":true,"ids":{"pmid":"https://pubmed.ncbi.nlm.nih.gov/77"}}"#;
    let notices = r#"{"message":{"items":[{"DOI":"10.1000/n","update-to":[{"DOI":"10.1000/x","type":"retraction"}]}]}}"#;
    let pubmed = "<PubmedArticleSet><PubmedArticle><MedlineCitation><PMID>77</PMID><Article>\
        <Abstract><AbstractText>Socks.</AbstractText></Abstract><PublicationTypeList>\
        <PublicationType>Retracted Publication</PublicationType></PublicationTypeList></Article>\
        </MedlineCitation></PubmedArticle></PubmedArticleSet>";
    let all = Table::default()
        .with(CROSSREF, record())
        .with(NOTICES, json(200, notices))
        .with(OPENALEX, json(200, openalex))
        .with(EFETCH, xml(pubmed));
    let work = all.look_up("doi:10.1000/x", None).work.unwrap();
    let services: Vec<&str> = work
        .notices
        .iter()
        .map(|notice| notice.service.as_str())
        .collect();
    assert_eq!(services, ["openalex", "pubmed", "crossref"]);
    assert_eq!(
        (work.title.as_str(), work.summary.as_str()),
        ("Feet", "Socks.")
    );
    assert_eq!(work.same, ["pmid:77".to_owned()].into());
}

#[test]
fn a_tag_that_holds_keeps_the_answer_and_asks_again_who_may_know_better() {
    let before = Answer {
        state: State::Verified,
        service: "crossref".to_owned(),
        etag: Some("\"1\"".to_owned()),
        asked: "2026-01-01T00:00:00Z".to_owned(),
        work: Some(Work {
            title: "Feet".to_owned(),
            notices: ["crossref", "openalex", "pubmed"]
                .map(|service| crate::source::Notice {
                    kind: NoticeKind::Retraction,
                    notice: None,
                    date: None,
                    service: service.to_owned(),
                })
                .to_vec(),
            ..Work::default()
        }),
        ..Answer::default()
    };
    let table = Table::default()
        .with(CROSSREF, json(304, ""))
        .with(OPENALEX, json(200, r#"{"id":"W1","is_retracted":false}"#));
    let answer = table.look_up("doi:10.1000/x", Some(&before));
    let sent = table
        .asked
        .borrow()
        .first()
        .and_then(|request| request.etag.clone());
    assert_eq!((sent, answer.etag.as_deref()), (before.etag, Some("\"1\"")));
    assert_eq!(answer.asked, NOW);
    let work = answer.work.unwrap();
    let services: Vec<&str> = work
        .notices
        .iter()
        .map(|notice| notice.service.as_str())
        .collect();
    assert_eq!(
        (work.title.as_str(), services),
        ("Feet", vec!["crossref", "pubmed"])
    );
}

#[test]
fn what_cannot_be_asked_now_keeps_what_was_known() {
    let before = Table::default()
        .with(CROSSREF, record())
        .look_up("doi:10.1000/x", None);
    let answer = Table::default().look_up("doi:10.1000/x", Some(&before));
    assert_eq!(
        seen(&answer),
        (State::NotVerified, Some(Why::Failed), "crossref")
    );
    assert_eq!((answer.work, answer.status), (before.work, Some(503)));
}

#[test]
fn a_pubmed_id_is_wrong_when_two_tools_do_not_have_it() {
    let empty = || xml("<PubmedArticleSet></PubmedArticleSet>");
    let unknown = r#"{"result":{"9":{"uid":"9","error":"cannot get document summary"}}}"#;
    let known = r#"{"result":{"9":{"uid":"9","title":"Feet."}}}"#;
    let state = |summary: &str| {
        let table = Table::default().with(EFETCH, empty());
        table
            .with(ESUMMARY, json(200, summary))
            .look_up("pmid:9", None)
            .state
    };
    assert_eq!(state(unknown), State::Wrong);
    assert_eq!(state(known), State::Verified);
    assert_eq!(
        state(r#"{"error":"API rate limit exceeded"}"#),
        State::NotVerified
    );
}

#[test]
fn a_link_is_missed_again_and_again_and_found_again() {
    let gone = Table::default().with(PAGE, not_found());
    let first = gone.look_up("url:https://example.org/feet", None);
    assert_eq!(
        seen(&first),
        (State::Wrong, Some(Why::NotFound), "example.org")
    );
    let earlier = Answer {
        missed: [
            "2026-01-01T00:00:00Z".to_owned(),
            "2026-02-01T00:00:00Z".to_owned(),
        ]
        .into(),
        ..first
    };
    let second = gone.look_up("url:https://example.org/feet", Some(&earlier));
    let occasions = ["2026-01-01T00:00:00Z", NOW].map(str::to_owned);
    assert_eq!(second.missed, occasions.into());

    let busy = Table::default().look_up("url:https://example.org/feet", Some(&second));
    assert_eq!(
        (busy.state, &busy.missed),
        (State::NotVerified, &second.missed)
    );
    let back = Table::default().with(PAGE, response(200, "text/html", ""));
    let back = back.look_up("url:https://example.org/feet", Some(&busy));
    assert_eq!(
        (back.state, back.missed.len(), back.work),
        (State::Verified, 0, None)
    );

    let nowhere = Table::default().refusing(PAGE, Why::NoSuchHost);
    let nowhere = nowhere.look_up("url:https://example.org/feet", None);
    assert_eq!(
        (nowhere.state, nowhere.status, nowhere.missed.len()),
        (State::Wrong, None, 1)
    );
}

#[test]
fn nobody_is_asked_about_ids_without_a_service() {
    for name in ["registry:ISRCTN12345678", "isbn:9780306406158"] {
        let table = Table::default();
        let answer = table.look_up(name, None);
        assert_eq!(
            seen(&answer),
            (State::NotVerified, Some(Why::NoService), ""),
            "{name}"
        );
        assert_eq!(table.asked(), Vec::<String>::new());
    }
}

#[test]
fn a_book_that_the_library_lacks_is_not_wrong() {
    let table = Table::default().with("https://openlibrary.org/api/books", json(200, "{}"));
    let answer = table.look_up("isbn:9780306406157", None);
    assert_eq!(
        seen(&answer),
        (State::NotVerified, Some(Why::NotFound), "open-library")
    );
    let book = r#"{"ISBN:9780306406157":{"title":"Feet","subtitle":"A life","authors":[{"name":"Ada van Dijk"}],
        "publish_date":"October 1, 1988","publishers":[{"name":"Foot Press"}],"identifiers":{"isbn_10":["0306406152"]}}}"#;
    let table = Table::default().with("https://openlibrary.org/api/books", json(200, book));
    let work = table.look_up("isbn:9780306406157", None).work.unwrap();
    assert_eq!(
        (work.title.as_str(), work.container.as_str()),
        ("Feet: A life", "Foot Press")
    );
    assert_eq!(
        (work.authors, work.years),
        (vec!["van Dijk".to_owned()], [1988].into())
    );
    assert_eq!(work.same, ["isbn:0306406152".to_owned()].into());
}

#[test]
fn hostile_bodies_say_nothing() {
    let services: [(&dyn Service, &str); 11] = [
        (&crossref::Crossref, "doi:10.1000/x"),
        (&crossref::CrossrefNotices, "doi:10.1000/x"),
        (&datacite::DataCite, "doi:10.1000/x"),
        (&handle::Handle, "doi:10.1000/x"),
        (&openalex::OpenAlex, "doi:10.1000/x"),
        (&pubmed::PubMed, "pmid:9"),
        (&summary::PubMedSummary, "pmid:9"),
        (&summary::PmcSummary, "pmcid:PMC9"),
        (&arxiv::Arxiv, "arxiv:2401.01234"),
        (&open_library::OpenLibrary, "isbn:9780306406157"),
        (&clinical_trials::ClinicalTrials, "registry:NCT01234567"),
    ];
    let nested = [("[", 100_000), ("{\"message\":", 100_000), ("<a>", 100_000)]
        .map(|(open, times)| open.repeat(times));
    let bodies = [
        "",
        "null",
        "[]",
        "7",
        "\"\"",
        "{\"message\":[1]}",
        "{\"message\":{\"DOI\":[]}}",
        "{\"data\":{\"attributes\":\"x\"}}",
        "{\"result\":{\"9\":7}}",
        "{\"responseCode\":\"x\"}",
        "{\"protocolSection\":[]}",
        "{\"ISBN:1\":{}}",
        "<html><body>Log in",
        "<html></html>",
        "<feed/>",
        "<PubmedArticleSet",
        "\u{0}\u{fffd}",
        &nested[0],
        &nested[1],
        &nested[2],
    ];
    for (service, name) in services {
        for body in bodies {
            let read = service.read(&id(name), &json(200, body));
            assert_eq!(read, Err(Unreadable), "{} {body:.40}", service.name());
        }
        let invalid = Response {
            body: vec![0xff, 0xfe, b'{'],
            ..json(200, "")
        };
        assert_eq!(
            service.read(&id(name), &invalid),
            Err(Unreadable),
            "{}",
            service.name()
        );
    }
}
