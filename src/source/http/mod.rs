//! The client of the look-ups: polite to hosts, and safe against what documents and hosts put into addresses.
//!
//! Why it exists: a document names addresses, and looking them up must neither burden their hosts nor let the
//! document reach into the network of whoever runs the check. So each hop of each question is checked (`guard`),
//! allowed by the host (`robots`), waited for (`pace`), sent and bounded (`wire`), and what goes wrong is told apart
//! (`fault`): a host that refuses or fails says nothing of the work. Redirects are followed here and not by the
//! library beneath, since every hop must go through all of that. It leaves out what a body means (the services), and
//! when to ask at all (the update).

mod body;
mod fault;
mod guard;
mod names;
mod pace;
mod retry_after;
mod robots;
mod settings;
mod wire;

#[cfg(test)]
mod tests;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use reqwest::Method;
use url::{Origin, Url};

use super::{Refusal, Request, Response, Why};

use fault::Fault;
use guard::Guard;
use names::{Names, SystemNames};
use pace::Pace;
use robots::{Robots, Rules};
use wire::{Reply, Wire};

pub use settings::{Limits, Manners, Settings};

/// Doublings after which the wait between attempts grows no further.
const MOST_DOUBLINGS: u32 = 10;

/// Asks hosts. One for a whole run, since it remembers how each host is to be asked; `get` may be called side by
/// side. It needs a tokio runtime with time and network enabled. Look-ups of names run on its blocking threads, which
/// cannot be stopped: end it with `shutdown_background`, or a silent name server delays the end of the program.
pub struct Client {
    settings: Settings,
    guard: Guard,
    pace: Pace,
    robots: Robots,
    wire: Wire,
    jitter: Mutex<fastrand::Rng>,
}

/// Why there can be no client.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ClientError {
    /// The contact address cannot stand in a header.
    #[error(
        "the contact address holds characters that no user agent can hold: give a plain mail address"
    )]
    Contact,
    /// The proxy or TLS cannot be set up.
    #[error("the network client cannot be set up: {0}")]
    Setup(String),
}

/// What a question is for, which decides what the guard, the robots rules and the limits are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Purpose {
    Service,
    Page,
    Robots,
}

/// A question on its way, hop after hop.
struct Errand<'a> {
    accept: &'a str,
    etag: Option<&'a str>,
    purpose: Purpose,
    /// A header with a key, and the origin that may have it.
    key: Option<(&'static str, &'a str, Origin)>,
}

impl Client {
    /// A client that has asked nobody yet.
    ///
    /// # Errors
    /// What of the settings cannot be used.
    pub fn new(settings: Settings) -> Result<Self, ClientError> {
        let names: Arc<dyn Names> = Arc::new(SystemNames);
        Self::with_names(settings, &names)
    }

    fn with_names(settings: Settings, names: &Arc<dyn Names>) -> Result<Self, ClientError> {
        Ok(Self {
            guard: Guard::new(&settings, Arc::clone(names)),
            wire: Wire::new(&settings, names)?,
            pace: Pace::new(&settings),
            robots: Robots::default(),
            jitter: Mutex::new(fastrand::Rng::with_seed(settings.seed)),
            settings,
        })
    }

    /// Asks, follows redirects, waits and tries again where that may help.
    ///
    /// # Errors
    /// Why nothing came that says anything of the work: refused by the guard, the host or its robots rules, no answer
    /// in time, or none that can be read. A status that speaks of the work (404, 410, 400) is a response.
    pub async fn get(&self, request: Request) -> Result<Response, Refusal> {
        let start = guard::parse(&request.url)?;
        let key = request.key.as_ref();
        let errand = Errand {
            accept: request.accept,
            etag: request.etag.as_deref(),
            key: key.map(|(name, value)| (*name, value.as_str(), start.origin())),
            purpose: if request.is_page {
                Purpose::Page
            } else {
                Purpose::Service
            },
        };
        self.travel(&errand, start).await
    }

    /// One question through all its redirects.
    async fn travel(&self, errand: &Errand<'_>, start: Url) -> Result<Response, Refusal> {
        let mut here = start;
        let mut seen = BTreeSet::new();
        loop {
            here.set_fragment(None);
            if !seen.insert(here.to_string()) {
                return Err(fault::refusal(
                    Why::Failed,
                    &here,
                    "redirects go in a circle",
                ));
            }
            if seen.len() > self.settings.limits.redirects + 1 {
                return Err(fault::refusal(Why::Failed, &here, "too many redirects"));
            }
            self.guard.admit(&here, errand.purpose).await?;
            if errand.purpose == Purpose::Page {
                // Boxed because the rules are fetched by the same way that asks for them.
                Box::pin(self.heed_robots(&here)).await?;
            }
            match self.ask(errand, &here).await? {
                Reply::Moved(next) => here = next,
                Reply::Answered(response) => return Ok(response),
            }
        }
    }

    /// One hop, with as many attempts as may help. A page is asked for its head first, and whole when that was not
    /// answered well: many hosts refuse or misanswer `HEAD`.
    async fn ask(&self, errand: &Errand<'_>, url: &Url) -> Result<Reply, Refusal> {
        let host = url.host_str().unwrap_or_default();
        let mut method = match errand.purpose {
            Purpose::Page => Method::HEAD,
            Purpose::Service | Purpose::Robots => Method::GET,
        };
        let mut attempts = 0;
        loop {
            let turn = self.pace.turn(host, url).await?;
            let sent = self.wire.send(errand, url, &method).await;
            drop(turn);
            let fault = match sent {
                Ok(reply) => {
                    self.pace.host_answered(host);
                    return Ok(reply);
                }
                Err(fault) => fault,
            };
            if let Some(wait) = fault.retry_after {
                self.pace.pause(host, wait);
            }
            let asked_for_head = method == Method::HEAD;
            method = Method::GET;
            if asked_for_head && fault.says_nothing_of_get() {
                continue;
            }
            if !fault.may_pass {
                self.pace.host_answered(host);
                return Err(fault.refusal);
            }
            attempts += 1;
            if attempts >= self.settings.attempts || !self.wait_for(&fault, attempts).await {
                self.pace.host_failed(host, &fault.refusal);
                return Err(fault.refusal);
            }
        }
    }

    /// Waits before the next attempt. `false` where the host asks for more than the longest wait.
    /// What it asks for runs meanwhile, and [`Pace::turn`] waits for the rest of it, as do all other questions to the
    /// host.
    async fn wait_for(&self, fault: &Fault, attempts: u32) -> bool {
        if fault
            .retry_after
            .is_some_and(|wait| wait > self.settings.longest_wait)
        {
            return false;
        }
        tokio::time::sleep(self.backoff(attempts)).await;
        true
    }

    /// Half of the doubled wait, and by chance up to the other half, so that clients that failed together come back
    /// apart.
    fn backoff(&self, attempts: u32) -> Duration {
        let doublings = attempts.saturating_sub(1).min(MOST_DOUBLINGS);
        let longest = self
            .settings
            .backoff
            .saturating_mul(2_u32.saturating_pow(doublings))
            .min(self.settings.longest_wait);
        let chance = self
            .jitter
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .f64();
        longest.mul_f64(f64::midpoint(1.0, chance))
    }

    /// Whether the host lets a page be asked for.
    async fn heed_robots(&self, url: &Url) -> Result<(), Refusal> {
        let cell = self.robots.of(url);
        let rules = cell.get_or_init(|| self.fetch_robots(url)).await;
        match rules {
            Ok(rules) if rules.allow(url) => Ok(()),
            Ok(_) => Err(fault::refusal(
                Why::Blocked,
                url,
                "robots.txt of the host forbids it",
            )),
            Err(refusal) => Err(refusal.clone()),
        }
    }

    async fn fetch_robots(&self, page: &Url) -> Result<Rules, Refusal> {
        let errand = Errand {
            accept: "text/plain, */*;q=0.5",
            etag: None,
            key: None,
            purpose: Purpose::Robots,
        };
        let rules = Rules::of(self.travel(&errand, robots::address(page)).await)?;
        if let (Some(delay), Some(host)) = (rules.delay(), page.host_str()) {
            self.pace
                .slow_down(host, delay.min(self.settings.longest_wait));
        }
        Ok(rules)
    }
}
