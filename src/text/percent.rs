//! Percent-encoding, for IRIs and URI references.

use std::fmt::Write as _;

/// Percent-encodes everything but the unreserved characters of RFC 3986 section 2.3 and `/`.
pub fn percent_encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            encoded.push(char::from(byte));
        } else {
            // Writing to a string cannot fail.
            let _ = write!(encoded, "%{byte:02X}");
        }
    }
    encoded
}
