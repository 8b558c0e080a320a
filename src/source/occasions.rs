//! What holds of a source that was asked about more than once.
//!
//! A host that is down for an evening must accuse nobody, so a link is dead only after two occasions, and what was known stands
//! where a later attempt told nothing.

use std::collections::BTreeSet;
use std::time::{Duration, SystemTime};

use super::{Answer, Attempt, SourceId, State, Why};

/// How far apart two occasions lie at least: less than a day, so that a nightly run that starts a little early still counts.
const APART: Duration = Duration::from_hours(20);

/// A moment of the lock file; `None` where it is none.
pub(super) fn moment(asked: &str) -> Option<SystemTime> {
    humantime::parse_rfc3339(asked).ok()
}

impl Answer {
    /// A new answer as it may be kept: an address that was not there once is not verified yet, and no abstract is endless.
    #[must_use]
    pub fn settled(mut self, id: &SourceId) -> Self {
        if let Some(work) = &mut self.work {
            work.cut_abstract();
        }
        if self.says_missing() {
            self.missed.insert(self.asked.clone());
            if matches!(id, SourceId::Url(_)) {
                self.state = if self.is_missed_twice() {
                    State::Wrong
                } else {
                    State::NotVerified
                };
            }
        }
        self
    }

    /// What holds of two answers about one source, in whichever order they are given.
    ///
    /// The later one holds, except that one which could not verify anything never takes the place of one that did: it becomes its
    /// [`Attempt`]. The same goes for a work that was there and is now missing for the first time.
    #[must_use]
    pub fn joined(self, other: Self, id: &SourceId) -> Self {
        let (earlier, later) = if self.asked <= other.asked {
            (self, other)
        } else {
            (other, self)
        };
        let mut missed = earlier.missed.clone();
        missed.extend(later.missed.iter().cloned());
        let is_doubted = later.state == State::NotVerified
            || (earlier.state == State::Verified
                && later.says_missing()
                && !later.is_missed_twice());
        let mut joined = if earlier.state != State::NotVerified && is_doubted {
            let attempt = later.attempt();
            Self {
                tried: Some(attempt),
                ..earlier
            }
        } else {
            let tried = [earlier.tried, later.tried.clone()].into_iter().flatten();
            let tried = tried.max_by(|one, other| one.asked.cmp(&other.asked));
            Self {
                tried: tried.filter(|tried| tried.asked > later.asked),
                ..later
            }
        };
        if joined.state == State::Verified {
            missed.retain(|missed| *missed > joined.asked);
        }
        joined.missed = ends(&missed);
        joined.promoted(id)
    }

    /// Missing now and before, far enough apart: the attempt is the answer.
    fn promoted(mut self, id: &SourceId) -> Self {
        if !self.is_missed_twice() {
            return self;
        }
        if let Some(attempt) = self
            .tried
            .take_if(|attempt| attempt.why.is_some_and(Why::is_missing))
        {
            self.state = State::Wrong;
            (self.asked, self.why, self.status) = (attempt.asked, attempt.why, attempt.status);
        } else if matches!(id, SourceId::Url(_)) && self.says_missing() {
            self.state = State::Wrong;
        }
        self
    }

    fn says_missing(&self) -> bool {
        self.state != State::Verified && self.why.is_some_and(Why::is_missing)
    }

    /// Whether two of its misses lie far enough apart.
    pub(super) fn is_missed_twice(&self) -> bool {
        let ends = (self.missed.first(), self.missed.last());
        let (Some(first), Some(last)) = ends else {
            return false;
        };
        matches!((moment(first), moment(last)), (Some(first), Some(last))
            if last.duration_since(first).is_ok_and(|between| between >= APART))
    }

    fn attempt(self) -> Attempt {
        Attempt {
            asked: self.asked,
            why: self.why,
            status: self.status,
        }
    }
}

/// When a source was not there, once more included: the first and the last time.
pub(super) fn missed_again(previous: Option<&Answer>, now: &str) -> BTreeSet<String> {
    let mut missed = previous.map_or_else(BTreeSet::new, |answer| answer.missed.clone());
    missed.insert(now.to_owned());
    ends(&missed)
}

/// The first and the last of some times: all that the rule asks for.
fn ends(times: &BTreeSet<String>) -> BTreeSet<String> {
    [times.first(), times.last()]
        .into_iter()
        .flatten()
        .cloned()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Lock, Work};

    fn answer(text: &str) -> Answer {
        let (day, told) = text.split_once(' ').unwrap();
        let (state, why) = match told {
            "verified" => (State::Verified, None),
            "not-found" => (State::Wrong, Some(Why::NotFound)),
            "no-such-host" => (State::NotVerified, Some(Why::NoSuchHost)),
            "timed-out" => (State::NotVerified, Some(Why::TimedOut)),
            other => panic!("{other}"),
        };
        Answer {
            state,
            why,
            asked: format!("2026-11-{day}:00:00Z"),
            work: (state == State::Verified).then(|| Work {
                title: day.to_owned(),
                ..Work::default()
            }),
            ..Answer::default()
        }
    }

    /// What is kept after some answers: state, why, whose facts, why the last attempt told nothing.
    fn check(id: &str, answers: &[&str], expected: &str) {
        let id: SourceId = id.parse().unwrap();
        let mut lock = Lock::default();
        for told in answers {
            lock.add(id.clone(), answer(told).settled(&id));
        }
        let kept = &lock.answers[&id];
        let facts = kept.work.as_ref().map(|work| work.title.as_str());
        let tried = kept.tried.as_ref().and_then(|tried| tried.why);
        let told = format!("{:?} {:?} {facts:?} {tried:?}", kept.state, kept.why);
        let told = told.replace("Some(", "").replace([')', '"'], "");
        assert_eq!(told, expected, "{answers:?}");
        assert!(kept.missed.len() <= 2);
    }

    const LINK: &str = "url:https://example.org/a";
    const DOI: &str = "doi:10.1000/x";

    #[test]
    fn a_link_is_dead_on_the_second_occasion_that_lies_far_enough_away() {
        let once = "NotVerified NotFound None None";
        check(LINK, &["01T10 not-found"], once);
        check(LINK, &["01T10 not-found", "02T05 not-found"], once);
        let dead = "Wrong NotFound None None";
        check(LINK, &["01T10 not-found", "02T06 not-found"], dead);
        let between = ["01T10 no-such-host", "01T20 timed-out", "02T10 not-found"];
        check(LINK, &between, dead);
        check(
            LINK,
            &["01T10 not-found", "02T10 not-found", "04T10 not-found"],
            dead,
        );
    }

    #[test]
    fn a_link_that_was_there_in_between_begins_anew() {
        let answers = ["01T10 not-found", "02T10 verified", "02T20 not-found"];
        check(LINK, &answers, "Verified None 02T10 NotFound");
        let answers = ["01T10 not-found", "02T10 not-found", "03T10 verified"];
        check(LINK, &answers, "Verified None 03T10 None");
    }

    #[test]
    fn an_id_is_unknown_at_once_unless_it_was_known() {
        check(DOI, &["01T10 not-found"], "Wrong NotFound None None");
        let once = ["01T10 verified", "02T10 not-found"];
        check(DOI, &once, "Verified None 01T10 NotFound");
        let twice = ["01T10 verified", "02T10 not-found", "03T10 not-found"];
        check(DOI, &twice, "Wrong NotFound 01T10 None");
    }

    #[test]
    fn what_is_known_stands_where_a_later_attempt_tells_nothing() {
        let answers = ["01T10 verified", "02T10 timed-out"];
        check(DOI, &answers, "Verified None 01T10 TimedOut");
        let answers = ["01T10 verified", "02T10 timed-out", "03T10 verified"];
        check(DOI, &answers, "Verified None 03T10 None");
        let answers = ["01T10 not-found", "02T10 timed-out"];
        check(DOI, &answers, "Wrong NotFound None TimedOut");
        check(
            DOI,
            &["01T10 timed-out", "02T10 verified"],
            "Verified None 02T10 None",
        );
    }

    #[test]
    fn two_answers_give_the_same_in_either_order() {
        let told = [
            "01T10 verified",
            "02T10 not-found",
            "03T10 timed-out",
            "04T10 verified",
        ];
        for id in [LINK, DOI].map(|id| id.parse::<SourceId>().unwrap()) {
            for (one, other) in told.iter().flat_map(|one| told.map(|other| (*one, other))) {
                let [one, other] = [one, other].map(|told| answer(told).settled(&id));
                let there = one.clone().joined(other.clone(), &id);
                assert_eq!(there, other.joined(one.clone(), &id));
                assert_eq!(there.clone().joined(one, &id), there);
            }
        }
    }
}
