//! What each registry is asked about a work, and how its answer is read.
//!
//! Why it exists: every registry has its own addresses, formats and ways to say no. Each is one file behind
//! [`Service`]; [`Services::look_up`] asks them in order and makes one [`super::Answer`] of what they say. All of it is
//! pure: who asks the network is handed in. Bodies are text of strangers: one that cannot be read is "not verified",
//! never "wrong". It leaves out how politely and safely a request is sent, and when to ask again.

mod arxiv;
mod clinical_trials;
mod crossref;
mod datacite;
mod handle;
mod json;
mod look_up;
mod markup;
mod notice;
mod open_library;
mod openalex;
mod page;
mod printed;
mod pubmed;
mod settings;
mod summary;
#[cfg(test)]
mod tests;
mod xml;

pub(super) use clinical_trials::trial;
pub use settings::{Bases, Keys, Services};

use super::{Request, Response, SourceId, Trial, Work};

/// Media type of JSON.
const JSON: &str = "application/json";
/// Media types of XML.
const XML: &str = "application/atom+xml, application/xml, text/xml";

/// One registry.
trait Service: Sync {
    /// What answers and notices call it: `crossref`.
    fn name(&self) -> &'static str;

    /// What to ask it about an id; `None` where it has no such ids.
    fn request(&self, id: &SourceId, services: &Services) -> Option<Request>;

    /// What it says. The status is one of 2xx, 404 and 410.
    ///
    /// # Errors
    /// The body is not what the service sends.
    fn read(&self, id: &SourceId, response: &Response) -> Result<Reply, Unreadable>;
}

/// What a registry says of an id.
#[derive(Debug, PartialEq, Eq)]
enum Reply {
    /// There is no such work.
    Unknown,
    /// There is; as much as it says of it.
    Known(Box<Known>),
}

/// What a registry says of a work that it knows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Known {
    work: Option<Work>,
    trial: Option<Trial>,
}

/// A body that is not what the service sends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Unreadable;

impl Reply {
    fn work(work: Work) -> Self {
        Self::Known(Box::new(Known {
            work: Some(work),
            trial: None,
        }))
    }

    fn trial(trial: Trial) -> Self {
        Self::Known(Box::new(Known {
            work: None,
            trial: Some(trial),
        }))
    }
}

/// A request for data.
fn ask(url: String, accept: &'static str) -> Request {
    Request {
        url,
        accept,
        ..Request::default()
    }
}

/// Whether a registry says by its status that it has no such work. A page in place of data is somebody else's answer: a
/// proxy's or a gateway's.
fn is_missing(response: &Response) -> Result<bool, Unreadable> {
    let missing = matches!(response.status, 404 | 410);
    let is_page = response.content_type.to_lowercase().contains("html");
    if missing && is_page {
        return Err(Unreadable);
    }
    Ok(missing)
}
