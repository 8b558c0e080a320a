//! One question to a host and its answer, before anyone knows what the body means.
//!
//! The two sides of the look-ups meet here: services say what to ask and read what came back, the client asks politely and
//! safely. Neither knows the other.

use super::Why;

/// What is asked: always a `GET`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// The whole address, `http` or `https`, every part of it that came from a document percent-encoded.
    pub url: String,
    /// Media types that can be read, for `Accept`.
    pub accept: &'static str,
    /// Tag of the answer at hand, for `If-None-Match`.
    pub etag: Option<String>,
    /// Whether the page is for people: robots rules hold, and its body is not read.
    pub is_page: bool,
    /// A header that holds a key: name and value. It goes to this host alone, and is never shown or written.
    pub key: Option<(&'static str, String)>,
}

/// What came back after all redirects.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// Status of HTTP. 304 where the tag still held.
    pub status: u16,
    /// Tag of the answer.
    pub etag: Option<String>,
    /// `Content-Type` as sent.
    pub content_type: String,
    /// The body, decoded from any transfer and content coding, text as UTF-8 whatever its charset; empty for a page.
    pub body: Vec<u8>,
    /// The address that answered in the end.
    pub url: String,
}

/// Why no response came that can be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// What it means for the source.
    pub why: Why,
    /// Status of HTTP, where there was one.
    pub status: Option<u16>,
    /// What happened, for people, without what a key or a password could stand in.
    pub detail: String,
}
