//! How politely and how patiently hosts are asked. Plain values: who reads them from where is not known here.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use url::Url;

/// What the client may do.
#[derive(Clone)]
pub struct Settings {
    /// Where an operator of a host can write to: a mail address or a page. Part of the user agent.
    pub contact: Option<String>,
    /// How hosts are asked that [`Self::hosts`] does not name.
    pub manners: Manners,
    /// How single hosts are asked, by host name: `api.crossref.org`.
    pub hosts: BTreeMap<String, Manners>,
    /// Bounds of one attempt.
    pub limits: Limits,
    /// How often a question is asked whose answer may still come.
    pub attempts: u32,
    /// Wait before the second attempt; it doubles with each further one. Up to half of it is left to chance.
    pub backoff: Duration,
    /// Longest wait that a host can ask for. One that asks for more is not asked again.
    pub longest_wait: Duration,
    /// After so many questions in a row that failed, a host is left alone.
    pub give_up_after: u32,
    /// Whether hosts of a private network may be asked.
    pub allow_private: bool,
    /// Origins that may lie in a private network when a service is asked, since a person named them and no document
    /// did: `http://127.0.0.1:8080`.
    pub trusted: BTreeSet<String>,
    /// Proxy through which everything goes. None is taken from the environment.
    pub proxy: Option<Url>,
    /// Name that is looked up to tell "no such host" from "no network". Nothing is asked of the host itself.
    pub control_host: String,
    /// Seed of the jitter.
    pub seed: u64,
}

/// How one host is asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Manners {
    /// Most requests at once.
    pub at_once: usize,
    /// Least time from the start of one request to the start of the next.
    pub interval: Duration,
}

/// Bounds of one attempt.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Time until the connection stands, the look-up of the name and TLS included.
    pub connect: Duration,
    /// Longest silence.
    pub silence: Duration,
    /// Time until the last byte of the body.
    pub total: Duration,
    /// Longest body after decompression, in bytes.
    pub body: usize,
    /// Most redirects of one question.
    pub redirects: usize,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            at_once: 2,
            interval: Duration::from_millis(500),
        }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(10),
            silence: Duration::from_secs(20),
            total: Duration::from_mins(1),
            body: 8 << 20,
            redirects: 10,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            contact: None,
            manners: Manners::default(),
            hosts: BTreeMap::new(),
            limits: Limits::default(),
            attempts: 3,
            backoff: Duration::from_secs(1),
            longest_wait: Duration::from_mins(1),
            give_up_after: 8,
            allow_private: false,
            trusted: BTreeSet::new(),
            proxy: None,
            control_host: "doi.org".into(),
            seed: 0,
        }
    }
}
