//! What an attempt that failed means: for the source, and for another attempt.
//!
//! Only a name that does not exist, 404 and 410 speak of the work. All else speaks of the host or the way to it.

use std::error::Error;
use std::io;
use std::time::Duration;

use url::Url;

use super::names::NameFault;
use crate::source::{Refusal, Why};

/// An attempt that gave no response.
pub(super) struct Fault {
    /// What is told if it stays so.
    pub(super) refusal: Refusal,
    /// Whether another attempt may do better.
    pub(super) may_pass: bool,
    /// How long the host wants to be left alone.
    pub(super) retry_after: Option<Duration>,
}

impl Fault {
    /// Whether a `HEAD` that ended so leaves open what `GET` would give. A host that wants rest wants it from both.
    pub(super) fn says_nothing_of_get(&self) -> bool {
        self.refusal
            .status
            .is_some_and(|status| status != 429 && status != 503)
    }
}

/// A refusal that names the address without its query, in which a key can stand.
pub(super) fn refusal(why: Why, url: &Url, text: &str) -> Refusal {
    Refusal {
        why,
        status: None,
        detail: format!("{}: {text}", shown(url)),
    }
}

/// An address without user, password, query and fragment.
fn shown(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    let port = url
        .port()
        .map(|port| format!(":{port}"))
        .unwrap_or_default();
    let query = if url.query().is_some() { "?…" } else { "" };
    format!("{}://{host}{port}{}{query}", url.scheme(), url.path())
}

/// What a status means that does not speak of the work; `None` for all others.
pub(super) fn of_status(status: u16, retry_after: Option<Duration>, url: &Url) -> Option<Fault> {
    let (why, may_pass) = match status {
        // 451 by law; 407 a proxy; 999 is what one large site answers to programs.
        401 | 403 | 407 | 451 | 999 => (Why::Blocked, false),
        408 => (Why::TimedOut, true),
        429 => (Why::RateLimited, true),
        501 | 505 => (Why::Failed, false),
        500..=599 => (Why::Failed, true),
        _ => return None,
    };
    Some(Fault {
        refusal: Refusal {
            status: Some(status),
            ..refusal(why, url, &format!("the host answered {status}"))
        },
        may_pass,
        retry_after: retry_after.filter(|_| may_pass),
    })
}

/// What a name means that cannot be connected to.
pub(super) fn of_name(fault: &NameFault, url: &Url) -> Refusal {
    let why = match fault {
        NameFault::NoSuchHost => Why::NoSuchHost,
        NameFault::Offline => Why::Offline,
        NameFault::Failed(_) => Why::Failed,
        NameFault::Private(_) => Why::Private,
    };
    refusal(why, url, &fault.to_string())
}

/// What an error of the connection means.
pub(super) fn of_error(error: &reqwest::Error, url: &Url) -> Fault {
    if let Some(fault) = cause::<NameFault>(error) {
        return Fault {
            refusal: of_name(fault, url),
            may_pass: matches!(fault, NameFault::Failed(_)),
            retry_after: None,
        };
    }
    let kind = cause::<io::Error>(error).map(|error| innermost(error).kind());
    let (why, may_pass) = match kind {
        _ if error.is_timeout() => (Why::TimedOut, true),
        Some(io::ErrorKind::NetworkUnreachable | io::ErrorKind::NetworkDown) => {
            (Why::Offline, false)
        }
        // What TLS refuses once it refuses again.
        Some(io::ErrorKind::InvalidData) if error.is_connect() => (Why::Failed, false),
        _ => (Why::Failed, true),
    };
    Fault {
        refusal: refusal(why, url, &root(error).to_string()),
        may_pass,
        retry_after: None,
    }
}

/// The first cause of a type.
fn cause<E: Error + 'static>(error: &reqwest::Error) -> Option<&E> {
    std::iter::successors(error.source(), |error| (*error).source())
        .find_map(|error| error.downcast_ref::<E>())
}

/// The error that others of its type were made around: TLS wraps its own so, and no `source` leads to it.
fn innermost(error: &io::Error) -> &io::Error {
    error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<io::Error>())
        .map_or(error, innermost)
}

/// The innermost cause: those around it only say that sending failed. The address stands in none but the outermost.
fn root(error: &reqwest::Error) -> &dyn Error {
    let outermost: &dyn Error = error;
    std::iter::successors(error.source(), |error| (*error).source())
        .last()
        .map_or(outermost, |inner| inner)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_told_by_what_it_speaks_of() {
        let url = Url::parse("https://example.org/").unwrap();
        let check = |status: u16, expected: Option<(Why, bool)>| {
            let found = of_status(status, None, &url);
            let found = found.map(|fault| (fault.refusal.why, fault.may_pass));
            assert_eq!(found, expected, "{status}");
        };
        for status in [200, 206, 304, 400, 404, 405, 410, 422] {
            check(status, None);
        }
        for status in [401, 403, 451, 999] {
            check(status, Some((Why::Blocked, false)));
        }
        check(408, Some((Why::TimedOut, true)));
        check(429, Some((Why::RateLimited, true)));
        check(501, Some((Why::Failed, false)));
        for status in [500, 502, 503, 504, 522, 530] {
            check(status, Some((Why::Failed, true)));
        }
    }

    #[test]
    fn what_is_told_of_an_address_holds_no_secret() {
        let url =
            Url::parse("https://name:word@example.org:8443/a%20b?api_key=k&x=1#part").unwrap();
        assert_eq!(shown(&url), "https://example.org:8443/a%20b?…");
    }
}
