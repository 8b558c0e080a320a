//! The words of a text as it is read from its first byte to its last.
//!
//! Why it exists: every sentence is read so, and most words are letters between two blanks.
//! It leaves out what word lists say of a word ([`super::words`]).

use super::lexis::char_at;
use super::signs::Signs;

/// A word with the kinds of characters that it, and what clings to it, is made of.
#[derive(Clone, Copy)]
pub(super) struct Token<'t> {
    /// Its first byte.
    pub(super) at: usize,
    pub(super) printed: &'t str,
    pub(super) signs: Signs,
}

/// Reads the words of a text, one after the other.
pub(super) struct Tokens<'t> {
    text: &'t str,
    next: usize,
    /// The kinds of all characters read.
    pub(super) signs: Signs,
}

impl<'t> Tokens<'t> {
    pub(super) fn of(text: &'t str) -> Self {
        Self {
            text,
            next: 0,
            signs: Signs::default(),
        }
    }
}

impl<'t> Iterator for Tokens<'t> {
    type Item = Token<'t>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        loop {
            let at = self.next;
            let rest = self.text.as_bytes().get(at..)?;
            let (mut length, mut signs) = graphic_bytes(rest);
            let gap = match rest.get(length) {
                Some(b' ') => 1,
                None if length == 0 => return None,
                None => 0,
                Some(_) => {
                    let rest = self.text.get(at..)?;
                    let (whole, gap) = piece(rest);
                    signs = Signs::of_text(rest.get(..whole + gap)?);
                    length = whole;
                    gap
                }
            };
            self.next = at + length + gap;
            self.signs |= signs;
            let printed = self.text.get(at..at + length)?;
            if length > 0 && signs.are_only(Signs::ALPHANUMERIC) {
                return Some(Token { at, printed, signs });
            }
            if let Some((skipped, printed)) = trimmed(printed) {
                let at = at + skipped;
                return Some(Token { at, printed, signs });
            }
        }
    }
}

/// A piece of text without the signs around its letters and digits, and the bytes taken from its front; `None` where nothing
/// is left.
fn trimmed(piece: &str) -> Option<(usize, &str)> {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric();
    match piece.as_bytes() {
        [] => return None,
        [only] if plain(only) => return Some((0, piece)),
        [first, .., last] if plain(first) && plain(last) => return Some((0, piece)),
        [first, .., b'.' | b','] if plain(first) => {
            let shorter = piece.get(..piece.len() - 1)?;
            if shorter.as_bytes().last().is_some_and(plain) {
                return Some((0, shorter));
            }
        }
        _ => {}
    }
    let opened = piece.trim_start_matches(|c: char| !c.is_alphanumeric());
    let word = opened.trim_end_matches(|c: char| !c.is_alphanumeric());
    (!word.is_empty()).then_some((piece.len() - opened.len(), word))
}

/// How many signs of ASCII stand in front, up to white space or a slash, and their kinds.
#[inline]
fn graphic_bytes(text: &[u8]) -> (usize, Signs) {
    let (mut length, mut signs) = (0, Signs::default());
    for byte in text {
        let sign = Signs::of(*byte);
        if sign.meet(Signs::BLANK.or(Signs::GAP).or(Signs::WIDE)) {
            break;
        }
        signs |= sign;
        length += 1;
    }
    (length, signs)
}

/// The bytes up to white space, a slash or a dash, and the bytes of that.
fn piece(text: &str) -> (usize, usize) {
    let mut at = 0;
    loop {
        at += graphic_bytes(text.as_bytes().get(at..).unwrap_or_default()).0;
        let Some(c) = char_at(text, at) else {
            return (text.len(), 0);
        };
        let ends = matches!(c, '/' | '|' | '—' | '–') || c.is_whitespace();
        if ends {
            return (at, c.len_utf8());
        }
        at += c.len_utf8();
    }
}
