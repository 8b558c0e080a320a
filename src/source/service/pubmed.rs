//! PubMed's records (E-utilities, efetch): articles, chapters, and the notices about them.
//!
//! Format: PubMed DTD, <https://www.nlm.nih.gov/bsd/licensee/elements_descriptions.html>. `UpdateIn` is left out: an
//! update is a later work, and takes nothing back.

use super::printed::{MOST_AUTHORS, year, year_in};
use super::xml::{self, Element};
use super::{Reply, Request, Response, Service, Services, Unreadable, XML, ask};
use crate::citation::identifier;
use crate::source::{Notice, NoticeKind, SourceId, Work};

pub(super) const NAME: &str = "pubmed";

pub(super) struct PubMed;

impl Service for PubMed {
    fn name(&self) -> &'static str {
        NAME
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Pmid(pmid) = id else {
            return None;
        };
        let parameters = [("db", NAME), ("id", pmid.as_str()), ("retmode", "xml")];
        Some(ask(services.eutils("efetch.fcgi", &parameters), XML))
    }

    /// An id that PubMed does not have gives an empty set, but so do some faults: others are asked before it is
    /// "wrong".
    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if matches!(response.status, 404 | 410) {
            return Err(Unreadable);
        }
        let root = xml::parse(&response.body)?;
        let set = root.at("PubmedArticleSet").ok_or(Unreadable)?;
        let article = set.at("PubmedArticle/MedlineCitation").map(|record| {
            let data = set.at("PubmedArticle/PubmedData");
            (record.text_at("PMID"), article(record, data))
        });
        let chapter = || {
            let record = set.at("PubmedBookArticle/BookDocument")?;
            Some((record.text_at("PMID"), chapter(record)))
        };
        match article.or_else(chapter) {
            Some((own, work)) if own == id.name() => Ok(Reply::work(work)),
            Some(_) => Err(Unreadable),
            None => Ok(Reply::Unknown),
        }
    }
}

impl Services {
    /// An address of NCBI's E-utilities, with who asks.
    pub(super) fn eutils(&self, tool: &str, parameters: &[(&str, &str)]) -> String {
        let mut all: Vec<(&str, Option<&str>)> = parameters
            .iter()
            .map(|(name, value)| (*name, Some(*value)))
            .collect();
        all.push(("tool", Some("factlint")));
        all.push(("email", self.contact.as_deref()));
        all.push(("api_key", self.keys.ncbi.as_deref()));
        format!("{}/{tool}{}", self.bases.eutils, Self::query(&all))
    }
}

fn article(record: &Element, data: Option<&Element>) -> Work {
    let mut work = Work {
        title: title(&record.text_at("Article/ArticleTitle")),
        authors: authors(record.at("Article/AuthorList")),
        container: record.text_at("Article/Journal/Title"),
        summary: summary(record.at("Article/Abstract")),
        ..Work::default()
    };
    let in_print = record.at("Article/Journal/JournalIssue/PubDate");
    let online = record
        .at("Article")
        .into_iter()
        .flat_map(|article| article.all("ArticleDate"));
    work.years = in_print
        .into_iter()
        .chain(online)
        .filter_map(year_of)
        .collect();
    let ids = data.and_then(|data| data.at("ArticleIdList"));
    for id in ids.into_iter().flat_map(|ids| ids.all("ArticleId")) {
        let name = id.text();
        match id.attribute("IdType") {
            "doi" => work.same.insert(format!("doi:{}", name.to_lowercase())),
            "pmc" => work.same.insert(format!("pmcid:{name}")),
            _ => false,
        };
    }
    add_notices(&mut work, record);
    work
}

/// A chapter of NCBI's bookshelf.
fn chapter(record: &Element) -> Work {
    let dates = [
        record.at("Book/PubDate"),
        record.at("ContributionDate"),
        record.at("DateRevised"),
    ];
    let own = title(&record.text_at("ArticleTitle"));
    let book = title(&record.text_at("Book/BookTitle"));
    let mut authors_of = authors(record.at("AuthorList"));
    if authors_of.is_empty() {
        authors_of = authors(record.at("Book/AuthorList"));
    }
    Work {
        title: if own.is_empty() { book.clone() } else { own },
        authors: authors_of,
        container: book,
        years: dates.into_iter().flatten().filter_map(year_of).collect(),
        summary: summary(record.at("Abstract")),
        ..Work::default()
    }
}

/// A title without its full stop, and without the brackets of one that was translated.
fn title(printed: &str) -> String {
    let bare = printed.trim_end_matches('.');
    let inside = bare
        .strip_prefix('[')
        .and_then(|rest| rest.strip_suffix(']'));
    inside.unwrap_or(bare).trim_end_matches('.').to_owned()
}

fn authors(list: Option<&Element>) -> Vec<String> {
    list.into_iter()
        .flat_map(|list| list.all("Author"))
        .filter(|author| author.attribute("ValidYN") != "N")
        .map(|author| {
            let family = author.text_at("LastName");
            if family.is_empty() {
                author.text_at("CollectiveName")
            } else {
                family
            }
        })
        .filter(|name| !name.is_empty())
        .take(MOST_AUTHORS)
        .collect()
}

/// Sections of an abstract with their labels.
fn summary(of: Option<&Element>) -> String {
    let sections = of
        .into_iter()
        .flat_map(|summary| summary.all("AbstractText"));
    let sections: Vec<String> = sections
        .map(|section| match section.attribute("Label") {
            "" => section.text(),
            label => format!("{label}: {}", section.text()),
        })
        .collect();
    sections.join("\n")
}

/// `<Year>2020</Year>`, or `<MedlineDate>2019 Dec-2020 Jan</MedlineDate>`.
fn year_of(date: &Element) -> Option<u16> {
    let year_text = date.text_at("Year");
    let year_text = if year_text.is_empty() {
        date.text_at("MedlineDate")
    } else {
        year_text
    };
    year(year_in(&year_text)?)
}

fn add_notices(work: &mut Work, record: &Element) {
    let list = record.at("CommentsCorrectionsList");
    for comment in list
        .into_iter()
        .flat_map(|list| list.all("CommentsCorrections"))
    {
        let kind = match comment.attribute("RefType") {
            "RetractionIn" | "RetractedandRepublishedIn" => NoticeKind::Retraction,
            "ExpressionOfConcernIn" => NoticeKind::ExpressionOfConcern,
            "ErratumIn" | "CorrectedandRepublishedIn" | "PartialRetractionIn" => {
                NoticeKind::Correction
            }
            _ => continue,
        };
        let printed = comment.text_at("RefSource");
        let pmid = Some(comment.text_at("PMID")).filter(|pmid| !pmid.is_empty());
        let notice = pmid
            .map(|pmid| format!("pmid:{pmid}"))
            .or_else(|| identifier::doi(&printed).map(|doi| format!("doi:{doi}")));
        add(
            work,
            kind,
            notice,
            year_in(&printed).map(|year| year.to_string()),
        );
    }
    let is_retracted = record
        .at("Article/PublicationTypeList")
        .into_iter()
        .flat_map(|list| list.all("PublicationType"))
        .any(|kind| kind.text() == "Retracted Publication");
    if is_retracted {
        add(work, NoticeKind::Retraction, None, None);
    }
}

fn add(work: &mut Work, kind: NoticeKind, notice: Option<String>, date: Option<String>) {
    work.add_notice(Notice {
        kind,
        notice,
        date,
        service: NAME.to_owned(),
    });
}

#[cfg(test)]
mod tests {
    use super::super::tests::{id, xml};
    use super::*;

    const RECORD: &str = include_str!("fixtures/pubmed.xml");

    fn read(name: &str, body: &str) -> Result<Reply, Unreadable> {
        PubMed.read(&id(name), &xml(body))
    }

    fn known(body: &str) -> Work {
        let Ok(Reply::Known(known)) = read("pmid:77", body) else {
            panic!("{body}");
        };
        known.work.unwrap()
    }

    #[test]
    fn a_record_is_read() {
        let work = known(RECORD);
        assert_eq!(work.title, "Warm feet & sleep: p < 0.05");
        assert_eq!(work.authors, ["Okafor", "Foot Group"]);
        assert_eq!(work.container, "Journal of Warm Feet");
        assert_eq!(work.years, [2018, 2019].into());
        assert_eq!(work.summary, "AIM: Socks.\nRESULTS: 3 of 4a.");
        let same = ["doi:10.1000/warm.1", "pmcid:PMC55"].map(str::to_owned);
        assert_eq!(work.same, same.into());
    }

    #[test]
    fn notices_are_told_apart_and_comments_are_none() {
        let shown: Vec<String> = known(RECORD)
            .notices
            .iter()
            .map(|notice| {
                let [name, date] =
                    [&notice.notice, &notice.date].map(|text| text.as_deref().unwrap_or("-"));
                format!("{:?} {name} {date}", notice.kind)
            })
            .collect();
        let expected = [
            "Retraction pmid:88 2021",
            "ExpressionOfConcern doi:10.1000/eoc.1 2020",
            "Correction - 2019",
        ];
        assert_eq!(shown, expected);
    }

    #[test]
    fn a_chapter_is_read() {
        let work = known(
            "<PubmedArticleSet><PubmedBookArticle><BookDocument><PMID>77</PMID><Book><BookTitle>All Feet</BookTitle>\
             <PubDate><Year>2023</Year></PubDate></Book><ArticleTitle>Cold Feet</ArticleTitle>\
             <AuthorList Type=\"authors\"><Author><LastName>Lind</LastName></Author></AuthorList>\
             </BookDocument></PubmedBookArticle></PubmedArticleSet>",
        );
        assert_eq!(
            (work.title.as_str(), work.container.as_str()),
            ("Cold Feet", "All Feet")
        );
        assert_eq!(work.authors, ["Lind"]);
        assert_eq!(work.years, [2023].into());
    }

    #[test]
    fn an_empty_set_knows_nothing_and_another_article_is_no_answer() {
        assert_eq!(
            read("pmid:77", "<PubmedArticleSet></PubmedArticleSet>"),
            Ok(Reply::Unknown)
        );
        assert_eq!(read("pmid:78", RECORD), Err(Unreadable));
        assert_eq!(
            read("pmid:77", "<html><body>Busy</body></html>"),
            Err(Unreadable)
        );
    }

    #[test]
    fn keys_and_contact_are_sent_encoded() {
        let mut services = Services {
            contact: Some("a+b@example.org".to_owned()),
            ..Services::default()
        };
        services.keys.ncbi = Some("k&1".to_owned());
        assert_eq!(
            PubMed.request(&id("pmid:77"), &services).unwrap().url,
            "https://eutils.ncbi.nlm.nih.gov/entrez/eutils/efetch.fcgi?db=pubmed&id=77&retmode=xml&tool=factlint\
             &email=a%2Bb%40example.org&api_key=k%261"
        );
    }
}
