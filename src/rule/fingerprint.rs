//! Fingerprints: sixteen hexadecimal digits that stay when lines move and change when the fact changes.
//!
//! FNV-1a, 64 bits (Fowler, Noll and Vo; draft-eastlake-fnv), over the rule id and either the rule's `?identity` or, without one,
//! the document's path, the text the finding points at, and the message with letters in lower case and line numbers taken out.

use std::fmt::Write as _;

const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// Between two parts: ASCII unit separator, which no part holds.
const SEPARATOR: &str = "\u{1f}";

/// The fingerprint of some parts in order.
pub(super) fn fingerprint(parts: &[&str]) -> String {
    let mut hash = OFFSET_BASIS;
    for part in parts {
        for byte in part.bytes().chain(SEPARATOR.bytes()) {
            hash = (hash ^ u64::from(byte)).wrapping_mul(PRIME);
        }
    }
    let mut text = String::with_capacity(16);
    // Writing to a string cannot fail.
    let _ = write!(text, "{hash:016x}");
    text
}

/// A message in lower case without the digits after "line".
pub(super) fn fold(message: &str) -> String {
    let lower = message.to_lowercase();
    let mut folded = String::with_capacity(lower.len());
    let mut rest = lower.as_str();
    while let Some((before, after)) = rest.split_once("line ") {
        folded.push_str(before);
        folded.push_str("line ");
        rest = after.trim_start_matches(|c: char| c.is_ascii_digit());
    }
    folded.push_str(rest);
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv_1a() {
        // Published test vector of FNV-1a 64: "" is the offset basis.
        assert_eq!(fingerprint(&[]), "cbf29ce484222325");
        assert_eq!(fingerprint(&["a", "b"]).len(), 16);
        assert_ne!(fingerprint(&["a", "b"]), fingerprint(&["ab"]));
    }

    #[test]
    fn line_numbers_do_not_count() {
        assert_eq!(
            fold("30% in A line 42, B line 7"),
            fold("30% in a line 1, b line 12")
        );
        assert_ne!(fold("30%"), fold("38%"));
    }
}
