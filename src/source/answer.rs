//! What a registry or a host said of a work: the fields that rules use, not the page.

use std::collections::BTreeSet;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Most characters of an abstract that is kept; those of journals have a tenth of that.
const LONGEST_ABSTRACT: usize = 20_000;

/// What was answered about one work.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Answer {
    /// Whether the work is there.
    pub state: State,
    /// Why it is not, or why that is not known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Status of HTTP that said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    /// Who answered: `crossref`, or the host of an address.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub service: String,
    /// When, in UTC: `2026-11-21T10:00:00Z`. Times so written sort as they passed.
    pub asked: String,
    /// Times on which the work was not there. It is gone once two of them lie far enough apart: [`Answer::is_gone`].
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub missed: BTreeSet<String>,
    /// A later attempt that told nothing new: what was known stands.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tried: Option<Attempt>,
    /// Tag of the answer, sent back to learn whether it changed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub etag: Option<String>,
    /// What the work is.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub work: Option<Work>,
    /// What the registry says of a trial.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trial: Option<Trial>,
}

impl Answer {
    /// Whether the work was not there on two occasions.
    pub fn is_gone(&self) -> bool {
        self.state == State::Wrong && self.is_missed_twice()
    }
}

/// An attempt to ask that told nothing sure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Attempt {
    /// When, in UTC.
    pub asked: String,
    /// Why it told nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<Why>,
    /// Status of HTTP, where there was one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
}

/// Whether a work is there. What could not be asked is neither there nor missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is.
    Verified,
    /// It is not, and that is sure.
    Wrong,
    /// Nobody could say.
    #[default]
    NotVerified,
}

/// Why a work is missing, or why that is not known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// The registry knows no such id, or the page answered 404.
    NotFound,
    /// The page answered 410.
    Gone,
    /// The host name does not exist.
    NoSuchHost,
    /// The host refused: 401, 403, a robots rule.
    Blocked,
    /// The host asked to come back later: 429.
    RateLimited,
    /// No answer in time.
    TimedOut,
    /// The host failed: 5xx, a broken connection, TLS.
    Failed,
    /// The answer could not be read, or was too long.
    Unreadable,
    /// The address is not public, and none such was allowed.
    Private,
    /// No service can be asked about such ids.
    NoService,
    /// The network was not there.
    Offline,
    /// The run ended before its turn came.
    NotAsked,
}

impl Why {
    /// Whether the one who was asked says that the work is not there.
    pub fn is_missing(self) -> bool {
        matches!(self, Self::NotFound | Self::Gone | Self::NoSuchHost)
    }
}

impl fmt::Display for Why {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NotFound => "not found",
            Self::Gone => "gone",
            Self::NoSuchHost => "no such host",
            Self::Blocked => "blocked",
            Self::RateLimited => "rate-limited",
            Self::TimedOut => "timed out",
            Self::Failed => "the host failed",
            Self::Unreadable => "unreadable",
            Self::Private => "a private address",
            Self::NoService => "no service to ask",
            Self::Offline => "offline",
            Self::NotAsked => "not asked",
        })
    }
}

/// A work as a registry describes it. What the registry does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Work {
    /// Title, without markup.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub title: String,
    /// Family names, in order; an organisation whole.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub authors: Vec<String>,
    /// Journal, book or site.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub container: String,
    /// Years in which it came out, online or in print, as preprint or final.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub years: BTreeSet<u16>,
    /// Its other names, as [`super::SourceId`] writes them.
    #[serde(skip_serializing_if = "BTreeSet::is_empty")]
    pub same: BTreeSet<String>,
    /// What was said of it after it came out.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notices: Vec<Notice>,
    /// Its abstract, without markup.
    #[serde(rename = "abstract", skip_serializing_if = "String::is_empty")]
    pub summary: String,
}

impl Work {
    /// Cuts an abstract that is too long to keep, behind its last whole sentence: half a figure would be another one.
    pub(super) fn cut_abstract(&mut self) {
        if let Some((end, _)) = self.summary.char_indices().nth(LONGEST_ABSTRACT) {
            let kept = self.summary.get(..end).unwrap_or_default();
            let end = kept.rfind(". ").map_or(0, |stop| stop + 1);
            self.summary.truncate(end);
        }
    }
}

/// A retraction or another notice about a work.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Notice {
    /// What it says.
    pub kind: NoticeKind,
    /// The notice itself: a DOI or PubMed id, as [`super::SourceId`] writes it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notice: Option<String>,
    /// Day, month or year on which it came out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub date: Option<String>,
    /// Who says so: `crossref`, `pubmed`, `openalex`.
    pub service: String,
}

/// What a notice says of a work.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum NoticeKind {
    /// It is retracted.
    Retraction,
    /// It is withdrawn or removed.
    Withdrawal,
    /// Its editors doubt it.
    ExpressionOfConcern,
    /// Some of it is corrected; the rest stands.
    Correction,
}

/// A trial as its registry describes it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields, default)]
pub struct Trial {
    /// Title.
    pub title: String,
    /// Acronym.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub acronym: String,
    /// Status in the registry's words: `COMPLETED`.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub status: String,
    /// Phases in the registry's words: `PHASE2`.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub phases: Vec<String>,
    /// Participants.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub enrolment: Option<u64>,
    /// Whether [`Self::enrolment`] is a plan.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub enrolment_is_planned: bool,
    /// Primary outcomes.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub primary_outcomes: Vec<String>,
    /// Names of the arms.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub arms: Vec<String>,
    /// Eligibility, interventions, results and adverse events as Markdown, to be read as documents are.
    #[serde(skip_serializing_if = "String::is_empty")]
    pub text: String,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(state: State, missed: &[&str], expected: bool) {
        let missed = missed.iter().map(|time| (*time).to_owned()).collect();
        let answer = Answer {
            state,
            missed,
            ..Answer::default()
        };
        assert_eq!(answer.is_gone(), expected, "{answer:?}");
    }

    #[test]
    fn a_long_abstract_ends_with_a_whole_sentence() {
        let cut = |summary: String| {
            let mut work = Work {
                summary,
                ..Work::default()
            };
            work.cut_abstract();
            work.summary
        };
        let short = "Ümlauts in 12.5% of nets. ".repeat(700);
        assert_eq!(cut(short.clone()), short);
        let long = cut("Ümlauts in 12.5% of nets. ".repeat(900));
        assert!(long.ends_with("of nets.") && long.chars().count() <= LONGEST_ABSTRACT);
        assert_eq!(cut("x".repeat(LONGEST_ABSTRACT + 1)), "");
    }

    #[test]
    fn a_work_is_gone_that_was_missed_on_two_occasions() {
        check(
            State::Wrong,
            &["2026-02-28T23:00:00Z", "2026-03-01T22:00:00Z"],
            true,
        );
        check(
            State::Wrong,
            &["2026-03-01T10:00:00Z", "2026-03-01T22:00:00Z"],
            false,
        );
        check(State::Wrong, &["2026-03-01T10:00:00Z"], false);
        check(State::Wrong, &[], false);
        check(
            State::NotVerified,
            &["2025-03-01T10:00:00Z", "2026-03-01T22:00:00Z"],
            false,
        );
    }
}
