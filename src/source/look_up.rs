//! Runs look-ups side by side: a bounded number at once over all hosts, and fewer at each.
//!
//! It knows neither the network nor files: who is asked is a [`LookUp`], and answers are handed on as they come.

use std::ops::ControlFlow;

use futures_util::stream::{self, StreamExt};
use tokio::sync::Semaphore;

use super::{Answer, Lock, Plan, SourceId};

/// Somebody who can be asked about a source.
pub trait LookUp {
    /// Asks about a source; `previous` is what is known, for its tag. The caller sets [`Answer::asked`].
    fn look_up(&self, id: &SourceId, previous: Option<&Answer>) -> impl Future<Output = Answer>;
}

/// How many look-ups run at once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Over all hosts; 1 or more.
    pub at_once: usize,
    /// At one host; 1 or more.
    pub per_host: usize,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// All sources were asked about.
    Done,
    /// It was stopped; the rest was not asked about.
    Stopped,
}

/// Asks about all sources of a plan. `answered` is called for each as it comes and may end the run, as `stop` does when it
/// resolves. Look-ups under way are dropped then.
pub async fn look_up_all(
    plan: &Plan,
    known: &Lock,
    (look_up, limits): (&impl LookUp, Limits),
    mut answered: impl FnMut(&SourceId, Answer) -> ControlFlow<()>,
    stop: impl Future<Output = ()>,
) -> Ended {
    let turns = &Semaphore::new(limits.at_once.max(1));
    let hosts = plan.hosts.values().map(|ids| {
        let answers = stream::iter(ids).map(move |id| async move {
            // Nobody closes the semaphore: a turn always comes.
            let _turn = turns.acquire().await;
            (id, look_up.look_up(id, known.answers.get(id)).await)
        });
        Box::pin(answers.buffer_unordered(limits.per_host.max(1)))
    });
    let mut answers = stream::select_all(hosts);
    tokio::pin!(stop);
    loop {
        tokio::select! {
            biased;
            () = &mut stop => return Ended::Stopped,
            next = answers.next() => match next {
                None => return Ended::Done,
                Some((id, answer)) => {
                    if answered(id, answer).is_break() {
                        return Ended::Stopped;
                    }
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use std::cell::RefCell;
    use std::collections::BTreeMap;
    use std::time::{Duration, SystemTime};

    use super::super::{Freshness, Only, State, Why};
    use super::*;

    /// Nobody who can be asked: every source stays not verified.
    struct NoService;

    impl LookUp for NoService {
        async fn look_up(&self, _: &SourceId, _: Option<&Answer>) -> Answer {
            Answer {
                state: State::NotVerified,
                why: Some(Why::NoService),
                ..Answer::default()
            }
        }
    }

    /// Counts who is asked at the same time; every answer takes some turns of the runtime.
    #[derive(Default)]
    struct Crowd {
        now: RefCell<BTreeMap<String, usize>>,
        most: RefCell<(usize, usize)>,
    }

    impl LookUp for Crowd {
        async fn look_up(&self, id: &SourceId, _: Option<&Answer>) -> Answer {
            let host = id.name().split('?').next().unwrap().to_owned();
            *self.now.borrow_mut().entry(host.clone()).or_default() += 1;
            {
                let (now, mut most) = (self.now.borrow(), self.most.borrow_mut());
                most.0 = most.0.max(now.values().sum());
                most.1 = most.1.max(now[&host]);
            }
            for _ in 0..3 {
                tokio::task::yield_now().await;
            }
            *self.now.borrow_mut().get_mut(&host).unwrap() -= 1;
            Answer::default()
        }
    }

    fn plan(hosts: usize, each: usize) -> Plan {
        let ids: Vec<SourceId> = (0..hosts * each)
            .map(|at| SourceId::Url(format!("https://h{}.example/?{}", at / each, at % each)))
            .collect();
        let freshness = Freshness {
            now: SystemTime::UNIX_EPOCH,
            max_age: Duration::ZERO,
        };
        Plan::of(&ids, &Lock::default(), Only::All, freshness)
    }

    fn run<F: Future>(future: F) -> F::Output {
        let runtime = tokio::runtime::Builder::new_current_thread();
        { runtime }.enable_all().build().unwrap().block_on(future)
    }

    fn check(hosts: usize, (at_once, per_host): (usize, usize), expected: (usize, usize)) {
        let (crowd, mut answers) = (Crowd::default(), 0);
        let plan = plan(hosts, 8);
        let limits = Limits { at_once, per_host };
        let count = |_: &SourceId, _| {
            answers += 1;
            ControlFlow::Continue(())
        };
        let ended = run(look_up_all(
            &plan,
            &Lock::default(),
            (&crowd, limits),
            count,
            std::future::pending(),
        ));
        assert_eq!((ended, answers), (Ended::Done, hosts * 8));
        assert_eq!(*crowd.most.borrow(), expected);
    }

    #[test]
    fn no_more_look_ups_run_at_once_than_allowed_over_all_hosts_and_at_each() {
        check(10, (6, 2), (6, 2));
        check(1, (6, 2), (2, 2));
        check(3, (100, 1), (3, 1));
        check(2, (1, 5), (1, 1));
    }

    #[test]
    fn a_run_ends_when_it_is_told_to() {
        let plan = plan(10, 8);
        let limits = Limits {
            at_once: 4,
            per_host: 2,
        };
        let mut seen = 0;
        let third = |_: &SourceId, _| {
            seen += 1;
            if seen == 3 {
                ControlFlow::Break(())
            } else {
                ControlFlow::Continue(())
            }
        };
        let lock = Lock::default();
        let never = std::future::pending();
        let ended = run(look_up_all(
            &plan,
            &lock,
            (&NoService, limits),
            third,
            never,
        ));
        assert_eq!((ended, seen), (Ended::Stopped, 3));
        let nothing = |_: &SourceId, _| panic!("it was stopped before");
        let now = std::future::ready(());
        let ended = run(look_up_all(
            &plan,
            &lock,
            (&NoService, limits),
            nothing,
            now,
        ));
        assert_eq!(ended, Ended::Stopped);
    }
}
