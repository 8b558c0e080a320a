//! `Retry-After` in both its forms, RFC 9110, 10.2.3.

use std::time::Duration;

use reqwest::header::{DATE, HeaderMap, RETRY_AFTER};

/// How long the host wants to be left alone. A date is counted from the `Date` of the same answer, by the host's own
/// clock: ours may be wrong. Without that, or when it cannot be read, nothing is known.
pub(super) fn read(headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = text.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let until = httpdate::parse_http_date(text).ok()?;
    let now = headers.get(DATE)?.to_str().ok()?;
    let now = httpdate::parse_http_date(now).ok()?;
    Some(until.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(retry_after: &str, date: Option<&str>, expected: Option<u64>) {
        let mut headers = HeaderMap::new();
        headers.insert(RETRY_AFTER, retry_after.parse().unwrap());
        if let Some(date) = date {
            headers.insert(DATE, date.parse().unwrap());
        }
        let found = read(&headers).map(|wait| wait.as_secs());
        assert_eq!(found, expected, "{retry_after}");
    }

    #[test]
    fn both_forms_are_read() {
        let date = Some("Sat, 21 Nov 2026 10:00:00 GMT");
        check("120", None, Some(120));
        check(" 0 ", None, Some(0));
        check("Sat, 21 Nov 2026 10:00:30 GMT", date, Some(30));
        check("Saturday, 21-Nov-26 10:01:00 GMT", date, Some(60));
        check("Sat, 21 Nov 2026 09:00:00 GMT", date, Some(0));
    }

    #[test]
    fn what_cannot_be_read_says_nothing() {
        check("soon", None, None);
        check("-5", None, None);
        check("1.5", None, None);
        check("99999999999999999999999", None, None);
        check("Sat, 21 Nov 2026 10:00:30 GMT", None, None);
    }
}
