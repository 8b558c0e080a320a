//! When a host may be asked: so many requests at once, so much time between them, not while it wants rest, and no
//! more once it failed too often in a row.
//!
//! One gate a host name. Waiting for one's turn is not bounded, as its length is the number of questions; waiting for
//! rest is.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::{Instant, sleep_until};
use url::Url;

use super::fault;
use super::settings::{Manners, Settings};
use crate::source::{Refusal, Why};

/// The gates of all hosts asked so far.
pub(super) struct Pace {
    manners: Manners,
    hosts: BTreeMap<String, Manners>,
    longest_wait: Duration,
    give_up_after: u32,
    gates: Mutex<BTreeMap<String, Arc<Gate>>>,
}

struct Gate {
    slots: Arc<Semaphore>,
    schedule: Mutex<Schedule>,
}

struct Schedule {
    interval: Duration,
    next_start: Instant,
    rests_until: Instant,
    failures_in_a_row: u32,
    last_failure: Option<Refusal>,
}

/// The right to ask a host, until it is dropped.
pub(super) struct Turn(#[expect(dead_code, reason = "held, not read")] OwnedSemaphorePermit);

enum Start {
    Now,
    At(Instant),
    Never(Refusal),
}

impl Pace {
    pub(super) fn new(settings: &Settings) -> Self {
        Self {
            manners: settings.manners,
            hosts: settings.hosts.clone(),
            longest_wait: settings.longest_wait,
            give_up_after: settings.give_up_after,
            gates: Mutex::default(),
        }
    }

    /// Waits until the host may be asked.
    pub(super) async fn turn(&self, host: &str, url: &Url) -> Result<Turn, Refusal> {
        let gate = self.gate(host);
        let Ok(permit) = Arc::clone(&gate.slots).acquire_owned().await else {
            return Err(fault::refusal(Why::NotAsked, url, "the run has ended"));
        };
        loop {
            match self.claim(&gate, url) {
                Start::Now => return Ok(Turn(permit)),
                Start::At(instant) => sleep_until(instant).await,
                Start::Never(refusal) => return Err(refusal),
            }
        }
    }

    /// Takes the next start if it has come.
    fn claim(&self, gate: &Gate, url: &Url) -> Start {
        let now = Instant::now();
        let mut schedule = gate.schedule();
        if schedule.failures_in_a_row >= self.give_up_after {
            return Start::Never(self.given_up(&schedule, url));
        }
        if schedule.rests_until > now + self.longest_wait {
            let text =
                "not asked, since the host wants to be left alone for longer than this run waits";
            return Start::Never(fault::refusal(Why::RateLimited, url, text));
        }
        let earliest = schedule.next_start.max(schedule.rests_until);
        if earliest > now {
            return Start::At(earliest);
        }
        schedule.next_start = now + schedule.interval;
        Start::Now
    }

    fn given_up(&self, schedule: &Schedule, url: &Url) -> Refusal {
        let last = schedule.last_failure.as_ref();
        let text = format!(
            "not asked, since the host failed {} times in a row, at last {}",
            self.give_up_after,
            last.map_or("silently", |last| &last.detail),
        );
        fault::refusal(last.map_or(Why::Failed, |last| last.why), url, &text)
    }

    /// Nobody asks the host for so long. Rest that it already has is not cut short.
    pub(super) fn pause(&self, host: &str, wait: Duration) {
        /// No run lasts longer, and no later instant can be told on every system.
        const LONGEST_REST: Duration = Duration::from_hours(24);
        let gate = self.gate(host);
        let mut schedule = gate.schedule();
        let until = Instant::now() + wait.min(LONGEST_REST);
        schedule.rests_until = schedule.rests_until.max(until);
    }

    /// The time between requests is at least so long.
    pub(super) fn slow_down(&self, host: &str, interval: Duration) {
        let gate = self.gate(host);
        let mut schedule = gate.schedule();
        schedule.interval = schedule.interval.max(interval);
    }

    /// It answered, whatever it said.
    pub(super) fn host_answered(&self, host: &str) {
        self.gate(host).schedule().failures_in_a_row = 0;
    }

    /// A question to it failed for good.
    pub(super) fn host_failed(&self, host: &str, refusal: &Refusal) {
        let gate = self.gate(host);
        let mut schedule = gate.schedule();
        schedule.failures_in_a_row = schedule.failures_in_a_row.saturating_add(1);
        schedule.last_failure = Some(refusal.clone());
    }

    fn gate(&self, host: &str) -> Arc<Gate> {
        let mut gates = self.gates.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(gate) = gates.get(host) {
            return Arc::clone(gate);
        }
        let manners = self.hosts.get(host).copied().unwrap_or(self.manners);
        let now = Instant::now();
        let gate = Arc::new(Gate {
            slots: Arc::new(Semaphore::new(manners.at_once.max(1))),
            schedule: Mutex::new(Schedule {
                interval: manners.interval,
                next_start: now,
                rests_until: now,
                failures_in_a_row: 0,
                last_failure: None,
            }),
        });
        gates.insert(host.to_owned(), Arc::clone(&gate));
        gate
    }
}

impl Gate {
    fn schedule(&self) -> MutexGuard<'_, Schedule> {
        self.schedule.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pace() -> Pace {
        Pace::new(&Settings::default())
    }

    fn url() -> Url {
        Url::parse("https://a.example/page").unwrap()
    }

    #[tokio::test(start_paused = true)]
    async fn requests_to_one_host_start_an_interval_apart() {
        let (pace, start) = (pace(), Instant::now());
        for turns in 0..4 {
            pace.turn("a.example", &url()).await.unwrap();
            assert_eq!(start.elapsed(), Duration::from_millis(500) * turns);
        }
        pace.turn("b.example", &url()).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_millis(1500));
    }

    #[tokio::test(start_paused = true)]
    async fn a_third_request_waits_for_one_of_two() {
        let (pace, start) = (pace(), Instant::now());
        let first = pace.turn("a.example", &url()).await.unwrap();
        let _second = pace.turn("a.example", &url()).await.unwrap();
        let third = async {
            let _third = pace.turn("a.example", &url()).await.unwrap();
            start.elapsed()
        };
        let release = async {
            tokio::time::sleep(Duration::from_secs(7)).await;
            drop(first);
        };
        let (waited, ()) = tokio::join!(third, release);
        assert_eq!(waited, Duration::from_millis(7500));
    }

    #[tokio::test(start_paused = true)]
    async fn a_service_has_its_own_manners() {
        let manners = Manners {
            at_once: 1,
            interval: Duration::from_secs(3),
        };
        let pace = Pace::new(&Settings {
            hosts: BTreeMap::from([("export.example".to_owned(), manners)]),
            ..Settings::default()
        });
        let start = Instant::now();
        pace.turn("export.example", &url()).await.unwrap();
        pace.turn("export.example", &url()).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(3));
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_wants_rest_has_it_and_for_too_long_is_not_asked() {
        let (pace, start) = (pace(), Instant::now());
        pace.pause("a.example", Duration::from_secs(40));
        pace.pause("a.example", Duration::from_secs(1));
        pace.turn("a.example", &url()).await.unwrap();
        assert_eq!(start.elapsed(), Duration::from_secs(40));
        pace.pause("a.example", Duration::MAX);
        let refusal = pace.turn("a.example", &url()).await.err().unwrap();
        assert_eq!(refusal.why, Why::RateLimited);
        assert_eq!(start.elapsed(), Duration::from_secs(40));
    }

    #[tokio::test(start_paused = true)]
    async fn a_host_that_failed_too_often_in_a_row_is_left_alone() {
        let pace = pace();
        let refusal = fault::refusal(Why::TimedOut, &url(), "no answer in time");
        for _ in 0..7 {
            pace.host_failed("a.example", &refusal);
        }
        pace.host_answered("a.example");
        for _ in 0..7 {
            pace.host_failed("a.example", &refusal);
        }
        pace.turn("a.example", &url()).await.unwrap();
        pace.host_failed("a.example", &refusal);
        let refusal = pace.turn("a.example", &url()).await.err().unwrap();
        assert_eq!(refusal.why, Why::TimedOut);
        assert!(
            refusal.detail.contains("8 times in a row"),
            "{}",
            refusal.detail
        );
    }
}
