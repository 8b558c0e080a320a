//! Notices of several services about one work: told apart, and each kept once.

use super::super::{Notice, NoticeKind, Work};

/// What the type of an update says, in the words of Crossref and of Retraction Watch. `None`: a new version, an
/// addendum, or another thing that takes nothing back. A part that is retracted leaves the rest standing.
///
/// Words: Crossref, "Registering updates", <https://www.crossref.org/documentation/register-maintain-records/>.
pub(super) fn kind(update: &str) -> Option<NoticeKind> {
    let word = update.to_lowercase().replace(['-', ' '], "_");
    match word.as_str() {
        "retraction" => Some(NoticeKind::Retraction),
        "withdrawal" | "removal" => Some(NoticeKind::Withdrawal),
        "expression_of_concern" | "expression_of_concern_notice" | "concern" => {
            Some(NoticeKind::ExpressionOfConcern)
        }
        "correction" | "erratum" | "corrigendum" | "partial_retraction" => {
            Some(NoticeKind::Correction)
        }
        _ => None,
    }
}

impl Work {
    /// Takes in a notice, unless the same is there: of two that name the same notice the first holds.
    pub(super) fn add_notice(&mut self, notice: Notice) {
        let is_there = self.notices.iter().any(|other| {
            other.kind == notice.kind
                && other.service == notice.service
                && (other.notice == notice.notice || notice.notice.is_none())
        });
        if !is_there {
            self.notices.push(notice);
            self.notices.sort();
        }
    }

    /// Takes back what was retracted on or before the day on which the work was reinstated.
    pub(super) fn reinstate(&mut self, day: &str) {
        self.notices.retain(|notice| {
            let takes_back = matches!(notice.kind, NoticeKind::Retraction | NoticeKind::Withdrawal);
            let is_later = notice.date.as_deref().is_some_and(|date| date > day);
            !takes_back || is_later
        });
    }

    /// Fills in what another service says of the same work. Title, authors, container and abstract stay where there are
    /// some.
    pub(super) fn absorb(&mut self, other: Self) {
        let fill = |own: &mut String, others: String| {
            if own.is_empty() {
                *own = others;
            }
        };
        fill(&mut self.title, other.title);
        fill(&mut self.container, other.container);
        fill(&mut self.summary, other.summary);
        if self.authors.is_empty() {
            self.authors = other.authors;
        }
        self.years.extend(other.years);
        self.same.extend(other.same);
        for notice in other.notices {
            self.add_notice(notice);
        }
    }
}
