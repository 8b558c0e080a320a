//! Which sources a run asks about, and in which order.

use std::collections::BTreeMap;
use std::time::{Duration, SystemTime};

use serde::Serialize;
use url::Url;

use super::occasions::moment;
use super::{Answer, Lock, SourceId, State};

/// How old a verified answer may be.
#[derive(Clone, Copy, Debug)]
pub struct Freshness {
    /// The moment of the run.
    pub now: SystemTime,
    /// Age from which a verified answer is old.
    pub max_age: Duration,
}

/// What the lock file knows of a source that documents name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Standing {
    /// It is not there, and that is sure.
    Wrong,
    /// It was never asked about.
    Missing,
    /// It was verified, too long ago.
    Old,
    /// The last attempt told nothing.
    Failed,
    /// It was verified of late.
    Verified,
}

/// Which sources are asked about.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum Only {
    /// Those that were never asked about
    New,
    /// Those that were verified too long ago
    Old,
    /// Those that were wrong or could not be asked
    Failed,
    /// All but those verified of late
    #[default]
    Due,
    /// All, those verified of late included
    All,
}

/// The sources to ask about, by who is asked: the registry, or the host of an address. Each source stands in it once; hosts and
/// sources are sorted.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Plan {
    /// Sources of each host.
    pub hosts: BTreeMap<String, Vec<SourceId>>,
    /// How many sources need no question.
    pub left_out: usize,
}

impl Freshness {
    /// What is known of a source. An answer whose time cannot be read, or lies in the future, is old.
    pub fn standing(&self, answer: Option<&Answer>) -> Standing {
        let Some(answer) = answer else {
            return Standing::Missing;
        };
        let asked = moment(&answer.asked);
        let age = asked.and_then(|asked| self.now.duration_since(asked).ok());
        match answer.state {
            State::Wrong => Standing::Wrong,
            State::NotVerified => Standing::Failed,
            State::Verified if answer.tried.is_some() => Standing::Failed,
            State::Verified if age.is_some_and(|age| age <= self.max_age) => Standing::Verified,
            State::Verified => Standing::Old,
        }
    }
}

impl Only {
    fn includes(self, standing: Standing) -> bool {
        match self {
            Self::New => standing == Standing::Missing,
            Self::Old => standing == Standing::Old,
            Self::Failed => matches!(standing, Standing::Failed | Standing::Wrong),
            Self::Due => standing != Standing::Verified,
            Self::All => true,
        }
    }
}

impl Plan {
    /// Plans a run over the sources that documents name. Time grows with their number, sorting aside.
    pub fn of<'a>(
        named: impl IntoIterator<Item = &'a SourceId>,
        lock: &Lock,
        only: Only,
        freshness: Freshness,
    ) -> Self {
        let mut named: Vec<&SourceId> = named.into_iter().collect();
        named.sort_unstable();
        named.dedup();
        let mut plan = Self::default();
        for id in named {
            if only.includes(freshness.standing(lock.answers.get(id))) {
                plan.hosts.entry(host(id)).or_default().push(id.clone());
            } else {
                plan.left_out += 1;
            }
        }
        plan
    }

    /// Number of sources to ask about.
    pub fn len(&self) -> usize {
        self.hosts.values().map(Vec::len).sum()
    }

    /// Whether there is nothing to ask.
    pub fn is_empty(&self) -> bool {
        self.hosts.is_empty()
    }
}

/// Who is asked about a source.
fn host(id: &SourceId) -> String {
    let address = if let SourceId::Url(address) = id {
        Url::parse(address).ok()
    } else {
        None
    };
    let host = address.as_ref().and_then(Url::host_str);
    host.map_or_else(|| id.kind().to_owned(), str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Attempt, Why};

    const DAY: Duration = Duration::from_hours(24);

    fn freshness() -> Freshness {
        Freshness {
            now: moment("2026-11-21T10:00:00Z").unwrap(),
            max_age: 30 * DAY,
        }
    }

    fn lock() -> Lock {
        let mut lock = Lock::default();
        let mut add = |id: &str, state, asked: &str, tried: Option<Attempt>| {
            let answer = Answer {
                state,
                asked: asked.to_owned(),
                tried,
                ..Answer::default()
            };
            lock.add(id.parse().unwrap(), answer);
        };
        let tried = Attempt {
            asked: "2026-11-20T10:00:00Z".to_owned(),
            why: Some(Why::TimedOut),
            status: None,
        };
        add(
            "doi:10.1000/fresh",
            State::Verified,
            "2026-10-22T10:00:00Z",
            None,
        );
        add(
            "doi:10.1000/old",
            State::Verified,
            "2026-10-22T09:59:59Z",
            None,
        );
        add("doi:10.1000/garbled", State::Verified, "yesterday", None);
        add(
            "doi:10.1000/tomorrow",
            State::Verified,
            "2026-11-22T10:00:00Z",
            None,
        );
        add(
            "doi:10.1000/wrong",
            State::Wrong,
            "2026-11-21T09:00:00Z",
            None,
        );
        add(
            "doi:10.1000/failed",
            State::NotVerified,
            "2026-11-21T09:00:00Z",
            None,
        );
        add(
            "pmid:1",
            State::Verified,
            "2026-11-19T10:00:00Z",
            Some(tried),
        );
        add("doi:10.1000/unnamed", State::NotVerified, "", None);
        lock
    }

    fn check(only: Only, expected: &str) {
        let lock = lock();
        let more = [
            "doi:10.1000/new",
            "url:https://example.org:8080/a#b",
            "pmid:1",
        ];
        let more: Vec<SourceId> = more.iter().map(|id| id.parse().unwrap()).collect();
        let known = lock.answers.keys();
        let named = known
            .filter(|id| id.name() != "10.1000/unnamed")
            .chain(&more);
        let plan = Plan::of(named, &lock, only, freshness());
        let mut told = String::new();
        for (host, ids) in &plan.hosts {
            let shown: Vec<&str> = ids
                .iter()
                .map(|id| id.name().trim_start_matches("10.1000/"))
                .collect();
            told.extend([host, ": ", &shown.join(" "), "; "]);
        }
        assert_eq!(format!("{told}{}", plan.left_out), expected);
        assert_eq!(plan.len() + plan.left_out, 9);
    }

    #[test]
    fn sources_are_asked_about_once_each_by_host_and_as_wanted() {
        let link = "example.org: https://example.org:8080/a";
        check(
            Only::Due,
            &format!("doi: failed garbled new old tomorrow wrong; {link}; pmid: 1; 1"),
        );
        check(Only::New, &format!("doi: new; {link}; 7"));
        check(Only::Old, "doi: garbled old tomorrow; 6");
        check(Only::Failed, "doi: failed wrong; pmid: 1; 6");
        check(
            Only::All,
            &format!("doi: failed fresh garbled new old tomorrow wrong; {link}; pmid: 1; 0"),
        );
    }

    #[test]
    fn ten_thousand_names_are_planned_in_few_steps() {
        let ids: Vec<SourceId> = (0..10_000)
            .map(|number| SourceId::Doi(format!("10.1000/{number}")))
            .collect();
        let asked = std::cell::Cell::new(0);
        let named = ids
            .iter()
            .chain(&ids)
            .inspect(|_| asked.set(asked.get() + 1));
        let plan = Plan::of(named, &Lock::default(), Only::Due, freshness());
        assert_eq!(
            (plan.len(), plan.hosts.len(), asked.get()),
            (10_000, 1, 20_000)
        );
    }
}
