//! arXiv's API: preprints, and those that were withdrawn.
//!
//! Format: <https://info.arxiv.org/help/api/user-manual.html>; a withdrawn work says so in its comment,
//! <https://info.arxiv.org/help/withdraw.html>.

use std::sync::LazyLock;

use regex::Regex;

use super::printed::{MOST_AUTHORS, year, year_in};
use super::xml::{self, Element};
use super::{Reply, Request, Response, Service, Services, Unreadable, XML, ask, is_missing};
use crate::citation::{identifier, name};
use crate::source::{Notice, NoticeKind, SourceId, Work};

/// "This paper has been withdrawn by the authors", "Withdrawn due to an error". Not "withdrawn from the conference",
/// and not an earlier version that was withdrawn.
static WITHDRAWN: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)^(?:this|the)\s+(?:paper|article|submission|manuscript|preprint|work)\s+(?:has\s+been|was|is)\s+(?:temporarily\s+)?withdrawn\b|^(?:paper\s+)?withdrawn(?:\.|$|\s+(?:by|due|because|as|since)\b)",
    )
    .ok()
});

pub(super) struct Arxiv;

impl Service for Arxiv {
    fn name(&self) -> &'static str {
        "arxiv"
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Arxiv(arxiv) = id else {
            return None;
        };
        let query = Services::query(&[("id_list", Some(arxiv)), ("max_results", Some("1"))]);
        Some(ask(
            format!("{}/api/query{query}", services.bases.arxiv),
            XML,
        ))
    }

    /// An id of another shape is answered by an entry about the error, which says nothing of the work.
    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if is_missing(response)? {
            return Err(Unreadable);
        }
        let root = xml::parse(&response.body)?;
        let feed = root.at("feed").ok_or(Unreadable)?;
        let Some(entry) = feed.at("entry") else {
            let none = feed.text_at("totalResults") == "0";
            return if none {
                Ok(Reply::Unknown)
            } else {
                Err(Unreadable)
            };
        };
        let own = entry.text_at("id");
        let work = work(entry);
        if !own.contains(id.name()) || work.title.is_empty() {
            return Err(Unreadable);
        }
        Ok(Reply::work(work))
    }
}

fn work(entry: &Element) -> Work {
    let comment = entry.text_at("comment");
    let summary = entry.text_at("summary");
    let journal = entry.text_at("journal_ref");
    let dates = [entry.text_at("published"), entry.text_at("updated")];
    let mut work = Work {
        title: entry.text_at("title"),
        authors: entry
            .all("author")
            .map(|author| name::family(&author.text_at("name")).to_owned())
            .filter(|name| !name.is_empty())
            .take(MOST_AUTHORS)
            .collect(),
        years: dates
            .iter()
            .chain([&journal])
            .filter_map(|date| year(year_in(date)?))
            .collect(),
        container: journal,
        same: identifier::doi(&entry.text_at("doi"))
            .map(|doi| format!("doi:{doi}"))
            .into_iter()
            .collect(),
        ..Work::default()
    };
    let says_so = |text: &str| {
        WITHDRAWN
            .as_ref()
            .is_some_and(|pattern| pattern.is_match(text))
    };
    if says_so(&comment) || says_so(&summary) {
        work.add_notice(Notice {
            kind: NoticeKind::Withdrawal,
            notice: None,
            date: entry.text_at("updated").get(..10).map(str::to_owned),
            service: Arxiv.name().to_owned(),
        });
    }
    work.summary = summary;
    work
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, xml};
    use super::*;

    fn feed(comment: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?><feed xmlns=\"http://www.w3.org/2005/Atom\">\
             <opensearch:totalResults xmlns:opensearch=\"x\">1</opensearch:totalResults>\
             <entry><id>http://arxiv.org/abs/2401.01234v2</id><updated>2025-02-01T00:00:00Z</updated>\
             <published>2024-01-02T00:00:00Z</published><title>Warm\n  feet</title><summary>Socks help.</summary>\
             <author><name>Ada van Dijk</name></author><author><name>The FOOT Collaboration</name></author>\
             <arxiv:comment xmlns:arxiv=\"y\">{comment}</arxiv:comment><arxiv:doi xmlns:arxiv=\"y\">10.1000/W</arxiv:doi>\
             <arxiv:journal_ref xmlns:arxiv=\"y\">J. Warm Feet 3 (2023) 9</arxiv:journal_ref></entry></feed>"
        )
    }

    fn known(comment: &str) -> Work {
        let reply = Arxiv.read(&id("arxiv:2401.01234"), &xml(&feed(comment)));
        let Ok(Reply::Known(known)) = reply else {
            panic!("{comment}");
        };
        known.work.unwrap()
    }

    #[test]
    fn an_entry_is_read() {
        let work = known("12 pages");
        assert_eq!(
            (work.title.as_str(), work.summary.as_str()),
            ("Warm feet", "Socks help.")
        );
        assert_eq!(work.authors, ["van Dijk", "The FOOT Collaboration"]);
        assert_eq!(work.years, [2023, 2024, 2025].into());
        assert_eq!(work.same, ["doi:10.1000/w".to_owned()].into());
        assert_eq!(work.notices, []);
    }

    #[test]
    fn a_withdrawn_work_is_told_from_one_that_tells_of_withdrawal() {
        for comment in [
            "This paper has been withdrawn by the author due to an error in Lemma 2",
            "Withdrawn.",
            "withdrawn by the authors",
        ] {
            assert_eq!(known(comment).notices.len(), 1, "{comment}");
        }
        for comment in [
            "Withdrawn from the conference, now in a journal",
            "An earlier version of this paper has been withdrawn",
            "This paper is about withdrawn drugs",
        ] {
            assert_eq!(known(comment).notices, [], "{comment}");
        }
    }

    #[test]
    fn no_entry_is_no_work_and_an_error_is_no_answer() {
        let read = |body: &str| Arxiv.read(&id("arxiv:2401.01234"), &xml(body));
        let none = "<feed><opensearch:totalResults>0</opensearch:totalResults></feed>";
        assert_eq!(read(none), Ok(Reply::Unknown));
        let error = "<feed><totalResults>1</totalResults><entry><id>https://arxiv.org/api/errors#x</id>\
                     <title>Error</title></entry></feed>";
        assert_eq!(read(error), Err(Unreadable));
        assert_eq!(read("<feed></feed>"), Err(Unreadable));
    }
}
