//! Robots rules of a host, RFC 9309: fetched once a run and asked before each page.
//!
//! No rules is leave; rules that could not be had are none, so the page stays unverified.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use texting_robots::Robot;
use tokio::sync::OnceCell;
use url::Url;

use crate::source::{Refusal, Response, Why};

/// Name by which rules speak of this program.
const AGENT: &str = "factlint";

/// Rules of an origin, once they came.
pub(super) type Cell = Arc<OnceCell<Result<Rules, Refusal>>>;

/// Rules of all origins asked so far.
#[derive(Default)]
pub(super) struct Robots(Mutex<BTreeMap<String, Cell>>);

/// What an origin allows; no rules allow all.
pub(super) struct Rules(Option<Robot>);

/// Where the rules of a page's origin stand.
pub(super) fn address(page: &Url) -> Url {
    let mut address = page.clone();
    address.set_path("/robots.txt");
    address.set_query(None);
    address.set_fragment(None);
    address
}

impl Robots {
    /// The place of the rules of a page's origin, filled by whoever asks first.
    pub(super) fn of(&self, page: &Url) -> Cell {
        let origin = page.origin().ascii_serialization();
        let mut origins = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(origins.entry(origin).or_default())
    }
}

impl Rules {
    /// Reads the answer to a question for them.
    pub(super) fn of(answer: Result<Response, Refusal>) -> Result<Self, Refusal> {
        match answer {
            Ok(response) if (200..300).contains(&response.status) => {
                Robot::new(AGENT, &response.body)
                    .map(|robot| Self(Some(robot)))
                    .map_err(|_| {
                        told(Refusal {
                            why: Why::Unreadable,
                            status: Some(response.status),
                            detail: "it cannot be read".into(),
                        })
                    })
            }
            Ok(_) => Ok(Self(None)),
            Err(refusal) if says_there_are_none(&refusal) => Ok(Self(None)),
            Err(refusal) => Err(told(refusal)),
        }
    }

    pub(super) fn allow(&self, page: &Url) -> bool {
        self.0
            .as_ref()
            .is_none_or(|robot| robot.allowed(page.as_str()))
    }

    /// Time between requests that they ask for.
    pub(super) fn delay(&self) -> Option<Duration> {
        let seconds = self.0.as_ref()?.delay?;
        Duration::try_from_secs_f32(seconds).ok()
    }
}

/// Refusals of the file that are leave for the pages (RFC 9309, 2.3.1.3), or are told better by the page itself: a
/// redirect of the file to a host that does not exist says nothing of the page.
fn says_there_are_none(refusal: &Refusal) -> bool {
    let is_client_error = refusal
        .status
        .is_some_and(|status| (400..500).contains(&status) && status != 408 && status != 429);
    is_client_error || refusal.why == Why::NoSuchHost
}

fn told(mut refusal: Refusal) -> Refusal {
    refusal.detail = format!("its robots rules could not be had: {}", refusal.detail);
    refusal
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, body: &str) -> Response {
        Response {
            status,
            body: body.into(),
            ..Response::default()
        }
    }

    fn refused(why: Why, status: Option<u16>) -> Result<Response, Refusal> {
        Err(Refusal {
            why,
            status,
            detail: String::new(),
        })
    }

    fn check(answer: Result<Response, Refusal>, path: &str, expected: Result<bool, Why>) {
        let page = Url::parse("https://example.org")
            .unwrap()
            .join(path)
            .unwrap();
        let found = Rules::of(answer).map(|rules| rules.allow(&page));
        assert_eq!(found.map_err(|refusal| refusal.why), expected, "{path}");
    }

    #[test]
    fn rules_speak_of_us_or_of_all() {
        let rules = "User-agent: *\nDisallow: /private\n\nUser-agent: other\nDisallow: /\n";
        check(Ok(answer(200, rules)), "/private/a", Ok(false));
        check(Ok(answer(200, rules)), "/a?b", Ok(true));
        let rules =
            "User-agent: FactLint\nDisallow: /a\nAllow: /a/b\n\nUser-agent: *\nDisallow: /\n";
        check(Ok(answer(200, rules)), "/a/c", Ok(false));
        check(Ok(answer(200, rules)), "/a/b", Ok(true));
        check(Ok(answer(200, rules)), "/else", Ok(true));
    }

    #[test]
    fn no_rules_are_leave() {
        check(Ok(answer(404, "Disallow: /")), "/", Ok(true));
        check(Ok(answer(200, "<html>not found</html>")), "/", Ok(true));
        check(Ok(answer(200, "")), "/", Ok(true));
        check(refused(Why::Blocked, Some(403)), "/", Ok(true));
        check(refused(Why::NoSuchHost, None), "/", Ok(true));
    }

    #[test]
    fn rules_that_could_not_be_had_are_no_leave() {
        for (why, status) in [
            (Why::Failed, Some(503)),
            (Why::TimedOut, None),
            (Why::RateLimited, Some(429)),
            (Why::Private, None),
        ] {
            check(refused(why, status), "/", Err(why));
        }
    }
}
