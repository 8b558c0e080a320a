//! Plain links: whether a page answers. What it says is not read.

use super::{Reply, Request, Response, Service, Services, Unreadable};
use crate::source::{SourceId, Work};

pub(super) struct Page;

impl Service for Page {
    fn name(&self) -> &'static str {
        "page"
    }

    fn request(&self, id: &SourceId, _: &Services) -> Option<Request> {
        let SourceId::Url(url) = id else {
            return None;
        };
        Some(Request {
            url: url.clone(),
            accept: "text/html, application/xhtml+xml, application/pdf, */*;q=0.8",
            is_page: true,
            ..Request::default()
        })
    }

    fn read(&self, _: &SourceId, response: &Response) -> Result<Reply, Unreadable> {
        if matches!(response.status, 404 | 410) {
            return Ok(Reply::Unknown);
        }
        Ok(Reply::work(Work::default()))
    }
}
