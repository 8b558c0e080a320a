//! Open Library's books API: what an ISBN names. It does not have every book, so a book that it lacks may well exist.
//!
//! Format: <https://openlibrary.org/dev/docs/api/books>.

use super::json::{items, parse, text};
use super::printed::{MOST_AUTHORS, year, year_in};
use super::{JSON, Reply, Request, Response, Service, Services, Unreadable, ask, is_missing};
use crate::citation::{isbn, name};
use crate::source::{SourceId, Work};

pub(super) struct OpenLibrary;

impl Service for OpenLibrary {
    fn name(&self) -> &'static str {
        "open-library"
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Isbn(isbn) = id else {
            return None;
        };
        let key = format!("ISBN:{isbn}");
        let parameters = [
            ("bibkeys", Some(key.as_str())),
            ("format", Some("json")),
            ("jscmd", Some("data")),
        ];
        let query = Services::query(&parameters);
        Some(ask(
            format!("{}/api/books{query}", services.bases.open_library),
            JSON,
        ))
    }

    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if is_missing(response)? {
            return Ok(Reply::Unknown);
        }
        let answer = parse(&response.body)?;
        let books = answer.as_object().ok_or(Unreadable)?;
        let Some(book) = books.get(&format!("ISBN:{}", id.name())) else {
            return if books.is_empty() {
                Ok(Reply::Unknown)
            } else {
                Err(Unreadable)
            };
        };
        let mut title = text(book, "/title");
        let subtitle = text(book, "/subtitle");
        if !subtitle.is_empty() {
            title = format!("{title}: {subtitle}");
        }
        let isbns = ["isbn_10", "isbn_13"]
            .iter()
            .flat_map(|kind| items(book, &format!("/identifiers/{kind}")))
            .filter_map(|isbn| isbn::valid(isbn.as_str()?));
        Ok(Reply::work(Work {
            title,
            authors: items(book, "/authors")
                .map(|author| name::family(&text(author, "/name")).to_owned())
                .filter(|name| !name.is_empty())
                .take(MOST_AUTHORS)
                .collect(),
            container: text(book, "/publishers/0/name"),
            years: year_in(&text(book, "/publish_date"))
                .and_then(year)
                .into_iter()
                .collect(),
            same: isbns
                .filter(|isbn| isbn != id.name())
                .map(|isbn| format!("isbn:{isbn}"))
                .collect(),
            ..Work::default()
        }))
    }
}
