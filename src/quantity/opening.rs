//! Where a number may start: the one look at every byte of a text, so it is a cheap one.

use super::number::is_fraction;
use super::scan::Scan;
use super::words::may_start_words;

/// The next place from `at` on where a number may start: at a digit, a fraction such as `½`, or a word that begins as
/// number words do. Digits inside a word start none.
pub(super) fn next(scan: Scan<'_>, mut at: usize) -> Option<usize> {
    loop {
        let rest = scan.bytes(at);
        at = match rest.first()? {
            b'a'..=b'z' | b'A'..=b'Z' => {
                if may_start_words(rest) && !is_glued(scan.byte_before(at)) {
                    return Some(at);
                }
                let end = scan.token_end(at);
                end + usize::from(scan.byte(end) == b' ')
            }
            b'0'..=b'9' => return Some(at),
            0..0x80 => at + 1,
            _ => match scan.char_at(at) {
                Some(character) if is_fraction(character) => return Some(at),
                Some(character) if character.is_alphabetic() => scan.token_end(at),
                Some(character) => at + character.len_utf8(),
                None => at + 1,
            },
        }
    }
}

/// Whether a word that starts behind a byte goes on from it.
fn is_glued(previous: u8) -> bool {
    previous.is_ascii_alphanumeric() || previous == b'_'
}
