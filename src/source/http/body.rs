//! A body within bounds, and its text as UTF-8.

use encoding_rs::Encoding;

/// A body as far as it was read.
pub(super) struct Body {
    pub(super) bytes: Vec<u8>,
    /// Whether it ended within the limit.
    pub(super) is_whole: bool,
}

/// Reads until the end or the limit, which holds after decompression: what the host sends beyond is never taken in.
pub(super) async fn read(response: &mut reqwest::Response, limit: usize) -> reqwest::Result<Body> {
    let mut bytes = Vec::new();
    while let Some(chunk) = response.chunk().await? {
        let room = limit.saturating_sub(bytes.len());
        bytes.extend(chunk.iter().take(room));
        if chunk.len() > room {
            return Ok(Body {
                bytes,
                is_whole: false,
            });
        }
    }
    Ok(Body {
        bytes,
        is_whole: true,
    })
}

/// Text in UTF-8 by its byte order mark or the charset that the host names; all else as it came.
pub(super) fn in_utf8(bytes: Vec<u8>, content_type: &str) -> Vec<u8> {
    let marked = Encoding::for_bom(&bytes).map(|(encoding, _)| encoding);
    let named = || charset(content_type).and_then(|name| Encoding::for_label(name.as_bytes()));
    match marked.or_else(named) {
        Some(encoding) => encoding.decode(&bytes).0.into_owned().into_bytes(),
        None => bytes,
    }
}

/// `latin1` of `text/html; charset="latin1"`.
fn charset(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim()
            .eq_ignore_ascii_case("charset")
            .then(|| value.trim().trim_matches('"'))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(bytes: &[u8], content_type: &str, expected: &str) {
        let found = in_utf8(bytes.to_vec(), content_type);
        assert_eq!(found, expected.as_bytes(), "{content_type}");
    }

    #[test]
    fn text_is_decoded_by_its_mark_or_its_charset() {
        check(b"caf\xe9", "text/plain; charset=ISO-8859-1", "café");
        check(
            b"caf\xe9",
            "text/plain;format=flowed; Charset=\"latin1\"",
            "café",
        );
        check(b"\x83\x65", "application/json; charset=Shift_JIS", "テ");
        check(b"\xff\xfea\0b\0", "text/plain; charset=utf-8", "ab");
        check(b"\xef\xbb\xbf{}", "application/json", "{}");
    }

    #[test]
    fn what_names_no_known_charset_stays() {
        check("né".as_bytes(), "application/json", "né");
        check("né".as_bytes(), "text/plain; charset=klingon", "né");
        check("né".as_bytes(), "", "né");
    }
}
