//! One attempt: a request is sent, and its answer read within bounds.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use reqwest::header::{
    ACCEPT, CONTENT_TYPE, ETAG, HeaderMap, HeaderName, HeaderValue, IF_NONE_MATCH, LOCATION,
};
use reqwest::{Method, Proxy, StatusCode, redirect, retry};
use url::Url;

use super::fault::{self, Fault};
use super::names::{Names, Resolver};
use super::settings::{Limits, Settings};
use super::{ClientError, Errand, Purpose, body, guard, retry_after};
use crate::source::{Response, Why};

/// Longest robots file that is read, in bytes; the rest of a longer one is passed over. RFC 9309, 2.5, wants 500 KiB
/// at least.
const ROBOTS_LIMIT: usize = 512 << 10;

/// Most headers of an answer. hyper bounds their bytes, to 400 KiB with HTTP/1.
const MOST_HEADERS: usize = 200;

/// Most bytes of headers with HTTP/2.
const LONGEST_HEADERS: u32 = 64 << 10;

/// What came back.
pub(super) enum Reply {
    /// It is elsewhere.
    Moved(Url),
    /// The answer.
    Answered(Response),
}

/// The connections: those that names of private hosts cannot lead astray, and those for hosts that may be private.
pub(super) struct Wire {
    guarded: reqwest::Client,
    open: reqwest::Client,
    allow_private: bool,
    trusted: BTreeSet<String>,
    limits: Limits,
}

impl Wire {
    pub(super) fn new(settings: &Settings, names: &Arc<dyn Names>) -> Result<Self, ClientError> {
        Ok(Self {
            // The one name that is looked up for a connection to a proxy is the proxy's own.
            guarded: connections(settings, names, settings.proxy.is_none())?,
            open: connections(settings, names, false)?,
            allow_private: settings.allow_private,
            trusted: settings.trusted.clone(),
            limits: settings.limits,
        })
    }

    pub(super) async fn send(
        &self,
        errand: &Errand<'_>,
        url: &Url,
        method: &Method,
    ) -> Result<Reply, Fault> {
        let is_exempt = guard::is_exempt(url, errand.purpose, self.allow_private, &self.trusted);
        let client = if is_exempt { &self.open } else { &self.guarded };
        let mut response = client
            .request(method.clone(), url.clone())
            .headers(errand.headers(url))
            .send()
            .await
            .map_err(|error| fault::of_error(&error, url))?;
        let wait = retry_after::read(response.headers());
        let status = response.status();
        if let Some(fault) = fault::of_status(status.as_u16(), wait, url) {
            return Err(fault);
        }
        if let Some(next) = moved(&response, url) {
            return next.map(Reply::Moved);
        }
        if *method == Method::HEAD && status.as_u16() >= 400 {
            return Err(head_unanswered(status, url));
        }
        let content_type = text_of(response.headers(), &CONTENT_TYPE).unwrap_or_default();
        Ok(Reply::Answered(Response {
            status: status.as_u16(),
            etag: text_of(response.headers(), &ETAG),
            body: self
                .body(&mut response, errand.purpose, &content_type, url)
                .await?,
            content_type,
            url: url.to_string(),
        }))
    }

    async fn body(
        &self,
        response: &mut reqwest::Response,
        purpose: Purpose,
        content_type: &str,
        url: &Url,
    ) -> Result<Vec<u8>, Fault> {
        let limit = match purpose {
            Purpose::Page => return Ok(Vec::new()),
            Purpose::Robots => ROBOTS_LIMIT,
            Purpose::Service => self.limits.body,
        };
        let status = response.status().as_u16();
        let body = body::read(response, limit)
            .await
            .map_err(|error| fault::of_error(&error, url))?;
        if body.is_whole || purpose == Purpose::Robots {
            return Ok(body::in_utf8(body.bytes, content_type));
        }
        let text = format!("the answer is longer than {limit} bytes");
        Err(lasting(Why::Unreadable, status, url, &text))
    }
}

impl Errand<'_> {
    /// Header fields of the request to an address. What cannot stand in one is left out, and so is a key where a redirect
    /// leads to another origin.
    fn headers(&self, url: &Url) -> HeaderMap {
        let accept = if self.accept.is_empty() {
            "*/*"
        } else {
            self.accept
        };
        let plain = [(ACCEPT, Some(accept)), (IF_NONE_MATCH, self.etag)];
        let mut headers: HeaderMap = plain
            .into_iter()
            .filter_map(|(name, value)| Some((name, HeaderValue::from_str(value?).ok()?)))
            .collect();
        if let Some((name, key, origin)) = &self.key
            && *origin == url.origin()
            && let Ok(mut value) = HeaderValue::from_str(key)
        {
            value.set_sensitive(true);
            headers.insert(*name, value);
        }
        headers
    }
}

fn connections(
    settings: &Settings,
    names: &Arc<dyn Names>,
    only_public: bool,
) -> Result<reqwest::Client, ClientError> {
    let setup = |error: reqwest::Error| ClientError::Setup(error.without_url().to_string());
    // A provider that another part of the program chose serves as well.
    let _chosen = rustls::crypto::ring::default_provider().install_default();
    let limits = &settings.limits;
    let mut builder = reqwest::Client::builder()
        .user_agent(user_agent(settings.contact.as_deref())?)
        .redirect(redirect::Policy::none())
        .retry(retry::never())
        .referer(false)
        .no_proxy()
        .dns_resolver(Resolver {
            names: Arc::clone(names),
            control: settings.control_host.clone(),
            only_public,
        })
        .connect_timeout(limits.connect)
        .read_timeout(limits.silence)
        .timeout(limits.total)
        .pool_idle_timeout(Duration::from_secs(15))
        .http1_max_headers(MOST_HEADERS)
        .http2_max_header_list_size(LONGEST_HEADERS);
    if let Some(proxy) = &settings.proxy {
        builder = builder.proxy(Proxy::all(proxy.clone()).map_err(setup)?);
    }
    builder.build().map_err(setup)
}

/// `factlint/0.1.0 (+mailto:a@example.org)`, as the services ask for.
fn user_agent(contact: Option<&str>) -> Result<HeaderValue, ClientError> {
    let program = concat!("factlint/", env!("CARGO_PKG_VERSION"));
    let text = match contact.map(str::trim).filter(|contact| !contact.is_empty()) {
        Some(page) if page.contains("://") || page.starts_with("mailto:") => {
            format!("{program} (+{page})")
        }
        Some(mail) => format!("{program} (+mailto:{mail})"),
        None => program.to_owned(),
    };
    HeaderValue::from_str(&text).map_err(|_| ClientError::Contact)
}

/// Where a redirect leads; `None` where the answer is none.
fn moved(response: &reqwest::Response, url: &Url) -> Option<Result<Url, Fault>> {
    let status = response.status();
    if !matches!(status.as_u16(), 301 | 302 | 303 | 307 | 308) {
        return None;
    }
    let next = response
        .headers()
        .get(LOCATION)
        .and_then(|location| std::str::from_utf8(location.as_bytes()).ok())
        .and_then(|location| url.join(location).ok());
    Some(next.ok_or_else(|| {
        lasting(
            Why::Unreadable,
            status.as_u16(),
            url,
            "a redirect that leads nowhere",
        )
    }))
}

/// A `HEAD` that was not answered well: the page itself is asked for.
fn head_unanswered(status: StatusCode, url: &Url) -> Fault {
    lasting(
        Why::Failed,
        status.as_u16(),
        url,
        "its head cannot be asked for",
    )
}

/// What another attempt would not mend.
fn lasting(why: Why, status: u16, url: &Url, text: &str) -> Fault {
    let mut refusal = fault::refusal(why, url, text);
    refusal.status = Some(status);
    Fault {
        refusal,
        may_pass: false,
        retry_after: None,
    }
}

fn text_of(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    Some(headers.get(name)?.to_str().ok()?.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_user_agent_names_program_and_contact() {
        let check = |contact: Option<&str>, end: &str| {
            let expected = format!("factlint/{}{end}", env!("CARGO_PKG_VERSION"));
            assert_eq!(user_agent(contact).unwrap(), expected);
        };
        check(None, "");
        check(Some(" "), "");
        check(Some("a@example.org"), " (+mailto:a@example.org)");
        check(Some("https://example.org/us"), " (+https://example.org/us)");
        assert!(user_agent(Some("a@example.org\r\nCookie: x")).is_err());
    }

    #[test]
    fn a_tag_that_cannot_stand_in_a_header_is_left_out() {
        let url = Url::parse("https://example.org/").unwrap();
        let errand = Errand {
            key: None,
            accept: "",
            etag: Some("\"a\"\r\nCookie: x"),
            purpose: Purpose::Service,
        };
        assert_eq!(errand.headers(&url).get(IF_NONE_MATCH), None);
        assert_eq!(errand.headers(&url).get(ACCEPT).unwrap(), "*/*");
    }

    #[test]
    fn a_key_goes_to_its_own_origin_alone() {
        let here = Url::parse("https://example.org/a").unwrap();
        let errand = Errand {
            accept: "",
            etag: None,
            key: Some(("x-token", "secret", here.origin())),
            purpose: Purpose::Service,
        };
        assert_eq!(errand.headers(&here).get("x-token").unwrap(), "secret");
        for elsewhere in ["https://example.com/a", "http://example.org/a"] {
            let url = Url::parse(elsewhere).unwrap();
            assert_eq!(errand.headers(&url).get("x-token"), None, "{elsewhere}");
        }
    }
}
