//! Fingerprints: sixteen hexadecimal digits that stay when lines move and change when the fact changes.
//!
//! FNV-1a, 64 bits (Fowler, Noll and Vo; draft-eastlake-fnv), over the rule id and what [`super::identity`] says.

use std::fmt::Write as _;

const OFFSET_BASIS: u64 = 0xcbf2_9ce4_8422_2325;
const PRIME: u64 = 0x0000_0100_0000_01b3;
/// Between two parts: ASCII unit separator, which no part holds.
const SEPARATOR: &str = "\u{1f}";

/// The fingerprint of some parts in order.
pub fn fingerprint(parts: &[&str]) -> String {
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
}
