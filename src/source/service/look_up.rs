//! Which services are asked about an id, in which order, and the one answer that comes of it.
//!
//! Services that can say whether a work exists are asked in turn until one knows it. Only when all of them were asked
//! and none knows it, and only for ids of which they have all, it is wrong. Services with an opinion on it come after;
//! what they refuse costs nothing that is known.

use std::collections::BTreeSet;

use super::arxiv::Arxiv;
use super::clinical_trials::ClinicalTrials;
use super::crossref::{Crossref, CrossrefNotices};
use super::datacite::DataCite;
use super::handle::Handle;
use super::open_library::OpenLibrary;
use super::openalex::OpenAlex;
use super::page::Page;
use super::pubmed::PubMed;
use super::summary::{PmcSummary, PubMedSummary};
use super::{Known, Reply, Service, Services, Unreadable};
use crate::citation::isbn;
use crate::source::occasions::missed_again;
use crate::source::{Answer, Refusal, Request, Response, SourceId, State, Why, Work};

/// Who is asked about one id.
struct Plan {
    /// Who can say whether the work exists, asked in turn until one knows it.
    existence: &'static [&'static dyn Service],
    /// Who can add to what is known, under this id or another name of the work.
    opinions: &'static [&'static dyn Service],
    /// Whether the work does not exist when none knows it.
    is_complete: bool,
}

fn plan(id: &SourceId) -> Plan {
    let (existence, opinions, is_complete): (&[&dyn Service], &[&dyn Service], bool) = match id {
        SourceId::Doi(_) => (
            &[&Crossref, &DataCite, &Handle],
            &[&CrossrefNotices, &OpenAlex, &PubMed],
            true,
        ),
        SourceId::Pmid(_) => (
            &[&PubMed, &PubMedSummary],
            &[&Crossref, &CrossrefNotices, &OpenAlex],
            true,
        ),
        SourceId::Pmcid(_) => (
            &[&PmcSummary],
            &[&PubMed, &Crossref, &CrossrefNotices],
            true,
        ),
        SourceId::Arxiv(_) => (&[&Arxiv], &[&Crossref, &CrossrefNotices], true),
        SourceId::Isbn(isbn) if isbn::valid(isbn).is_some() => (&[&OpenLibrary], &[], false),
        SourceId::Registry(name) if ClinicalTrials::has(name) => (&[&ClinicalTrials], &[], true),
        SourceId::Isbn(_) | SourceId::Registry(_) => (&[], &[], false),
        SourceId::Url(_) => (&[&Page], &[], true),
    };
    Plan {
        existence,
        opinions,
        is_complete,
    }
}

/// What came back when a service was asked.
enum Outcome {
    /// The work is there.
    Known(Box<Known>, Response),
    /// The tag still holds, and so does the answer at hand.
    Unchanged(Response),
    /// The service has no such work.
    Missing(Why, Option<u16>),
    /// Nobody could say.
    Refused(Why, Option<u16>),
}

impl Services {
    /// Asks about one id, and says what came of it. `previous` is the answer at hand, `now` the time in UTC as
    /// [`Answer::asked`] has it. `ask` sends one request; it decides about waiting, and about what may be asked at all.
    ///
    /// A refusal by a service that can say whether the work exists gives [`State::NotVerified`], which keeps what was
    /// known.
    pub async fn look_up(
        &self,
        id: &SourceId,
        previous: Option<&Answer>,
        now: &str,
        ask: impl AsyncFn(Request) -> Result<Response, Refusal>,
    ) -> Answer {
        let plan = plan(id);
        let mut answer = self.existence(id, &plan, previous, &ask).await;
        now.clone_into(&mut answer.asked);
        match answer.state {
            State::Verified => {
                let mut work = answer.work.take().unwrap_or_default();
                keep_notices(&mut work, &answer.service, previous);
                self.hear_opinions(id, &mut work, &plan, &ask).await;
                answer.work = Some(work).filter(|work| *work != Work::default());
            }
            State::Wrong if matches!(id, SourceId::Url(_)) => {
                answer.missed = missed_again(previous, now);
            }
            State::Wrong => {}
            State::NotVerified => {
                if let Some(previous) = previous {
                    answer.missed.clone_from(&previous.missed);
                    answer.work.clone_from(&previous.work);
                    answer.trial.clone_from(&previous.trial);
                }
            }
        }
        answer
    }

    /// Asks in turn who can say whether the work exists.
    async fn existence(
        &self,
        id: &SourceId,
        plan: &Plan,
        previous: Option<&Answer>,
        ask: &impl AsyncFn(Request) -> Result<Response, Refusal>,
    ) -> Answer {
        let mut last = Answer {
            why: Some(Why::NoService),
            ..Answer::default()
        };
        for service in plan.existence {
            let Some(mut request) = service.request(id, self) else {
                continue;
            };
            let own = answerer(*service, id);
            let at_hand =
                previous.filter(|answer| answer.state == State::Verified && answer.service == own);
            request.etag = at_hand.and_then(|answer| answer.etag.clone());
            last = match outcome(*service, id, ask(request).await) {
                Outcome::Known(known, response) => return verified(own, *known, response),
                Outcome::Unchanged(response) => match at_hand {
                    Some(answer) => return unchanged(answer, response),
                    None => return unanswered(own, Why::Failed, Some(response.status)),
                },
                Outcome::Refused(why, status) => return unanswered(own, why, status),
                Outcome::Missing(why, status) => unanswered(own, why, status),
            };
        }
        if plan.is_complete {
            last.state = State::Wrong;
        }
        last
    }

    /// Asks for opinions, each under the first name of the work that its service knows. What one says takes the place
    /// of what it said before.
    async fn hear_opinions(
        &self,
        id: &SourceId,
        work: &mut Work,
        plan: &Plan,
        ask: &impl AsyncFn(Request) -> Result<Response, Refusal>,
    ) {
        let mut heard: BTreeSet<&str> = plan
            .existence
            .iter()
            .map(|service| service.name())
            .collect();
        for service in plan.opinions {
            let others = work.same.iter().filter_map(|name| name.parse().ok());
            let names: Vec<SourceId> = std::iter::once(id.clone()).chain(others).collect();
            let question = names
                .iter()
                .find_map(|name| Some((name, service.request(name, self)?)));
            let Some((name, request)) = question else {
                continue;
            };
            let outcome = outcome(*service, name, ask(request).await);
            if let Outcome::Known(known, _) = outcome {
                if heard.insert(service.name()) {
                    work.notices
                        .retain(|notice| notice.service != service.name());
                }
                work.absorb(known.work.unwrap_or_default());
            }
        }
        work.same.remove(&id.to_string());
    }
}

fn verified(service: String, known: Known, response: Response) -> Answer {
    Answer {
        state: State::Verified,
        status: Some(response.status),
        service,
        etag: response.etag,
        work: known.work,
        trial: known.trial,
        ..Answer::default()
    }
}

fn unchanged(at_hand: &Answer, response: Response) -> Answer {
    Answer {
        etag: response.etag.or_else(|| at_hand.etag.clone()),
        ..at_hand.clone()
    }
}

fn unanswered(service: String, why: Why, status: Option<u16>) -> Answer {
    Answer {
        why: Some(why),
        status,
        service,
        ..Answer::default()
    }
}

/// Keeps the notices of other services from the answer at hand, until these say something else.
fn keep_notices(work: &mut Work, service: &str, previous: Option<&Answer>) {
    let before = previous.and_then(|answer| answer.work.as_ref());
    for notice in before.into_iter().flat_map(|work| &work.notices) {
        if notice.service != service {
            work.add_notice(notice.clone());
        }
    }
}

/// Who answers: the service, or the host of an address.
fn answerer(service: &dyn Service, id: &SourceId) -> String {
    let SourceId::Url(address) = id else {
        return service.name().to_owned();
    };
    url::Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(str::to_owned))
        .unwrap_or_default()
}

fn outcome(service: &dyn Service, id: &SourceId, came: Result<Response, Refusal>) -> Outcome {
    let response = match came {
        Ok(response) => response,
        Err(refusal) => return refused(id, &refusal),
    };
    let status = response.status;
    match status {
        200..=299 | 404 | 410 => match service.read(id, &response) {
            Ok(Reply::Known(known)) => Outcome::Known(known, response),
            Ok(Reply::Unknown) if status == 410 => Outcome::Missing(Why::Gone, Some(status)),
            Ok(Reply::Unknown) => Outcome::Missing(Why::NotFound, Some(status)),
            Err(Unreadable) => Outcome::Refused(Why::Unreadable, Some(status)),
        },
        304 => Outcome::Unchanged(response),
        401 | 402 | 403 | 407 | 451 => Outcome::Refused(Why::Blocked, Some(status)),
        429 => Outcome::Refused(Why::RateLimited, Some(status)),
        408 => Outcome::Refused(Why::TimedOut, Some(status)),
        _ => Outcome::Refused(Why::Failed, Some(status)),
    }
}

/// A refusal. Of a link, a host that does not exist is as good as a page that is gone; that a registry has no host says
/// nothing of the work.
fn refused(id: &SourceId, refusal: &Refusal) -> Outcome {
    let is_absence = matches!(refusal.why, Why::NoSuchHost | Why::NotFound | Why::Gone);
    if is_absence && matches!(id, SourceId::Url(_)) {
        Outcome::Missing(refusal.why, refusal.status)
    } else {
        Outcome::Refused(refusal.why, refusal.status)
    }
}
