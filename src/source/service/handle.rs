//! The handle system behind doi.org: whether a DOI is registered at all, by whichever agency.
//!
//! Format: DOI handbook, <https://www.doi.org/the-identifier/resources/factsheets/doi-resolution-documentation>.

use super::json::{number, parse};
use super::settings::encoded;
use super::{JSON, Reply, Request, Response, Service, Services, Unreadable, ask};
use crate::source::{SourceId, Work};

pub(super) struct Handle;

impl Service for Handle {
    fn name(&self) -> &'static str {
        "doi.org"
    }

    fn request(&self, id: &SourceId, services: &Services) -> Option<Request> {
        let SourceId::Doi(doi) = id else {
            return None;
        };
        let url = format!("{}/api/handles/{}", services.bases.doi, encoded(doi));
        Some(ask(url, JSON))
    }

    /// 1: registered. 200: registered, without values. 100: not registered, sent with 404. 2 is an error.
    fn read(&self, _: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        match number(&parse(&response.body)?, "/responseCode") {
            Some(1 | 200) => Ok(Reply::work(Work::default())),
            Some(100) => Ok(Reply::Unknown),
            Some(_) | None => Err(Unreadable),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{doi, json};
    use super::*;

    #[test]
    fn only_its_own_code_says_that_a_doi_is_not_registered() {
        let check = |status: u16, body: &str, expected: Result<bool, Unreadable>| {
            let read = Handle.read(&doi("10.1000/x"), &json(status, body));
            assert_eq!(
                read.map(|reply| reply != Reply::Unknown),
                expected,
                "{body}"
            );
        };
        check(
            200,
            r#"{"responseCode":1,"handle":"10.1000/x","values":[]}"#,
            Ok(true),
        );
        check(
            200,
            r#"{"responseCode":200,"handle":"10.1000/x"}"#,
            Ok(true),
        );
        check(
            404,
            r#"{"responseCode":100,"handle":"10.1000/x"}"#,
            Ok(false),
        );
        check(404, "<html>Not found</html>", Err(Unreadable));
        check(200, r#"{"responseCode":2}"#, Err(Unreadable));
    }
}
