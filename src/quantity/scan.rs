//! A text with bounded, boundary-safe look-around: what the readers of this stage share.
//!
//! Every look back or ahead is bounded by a constant, so that reading stays linear on hostile input.

use std::ops::Range;

/// Blanks skipped at once; more than this between a number and its unit is a layout, not a phrase.
const MOST_BLANKS: usize = 4;
/// Letters of a word that are looked at.
const LONGEST_WORD: usize = 40;

/// A running text, or its part up to the next masked range.
#[derive(Clone, Copy)]
pub(super) struct Scan<'t> {
    text: &'t str,
}

impl<'t> Scan<'t> {
    pub(super) fn new(text: &'t str) -> Self {
        Self { text }
    }

    pub(super) fn len(self) -> usize {
        self.text.len()
    }

    /// The byte at `at`; 0 outside the text.
    #[inline]
    pub(super) fn byte(self, at: usize) -> u8 {
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    #[inline]
    pub(super) fn byte_before(self, at: usize) -> u8 {
        at.checked_sub(1).map_or(0, |before| self.byte(before))
    }

    /// The bytes from `at` on.
    pub(super) fn bytes(self, at: usize) -> &'t [u8] {
        self.text.as_bytes().get(at..).unwrap_or_default()
    }

    pub(super) fn rest(self, at: usize) -> &'t str {
        self.text.get(at..).unwrap_or("")
    }

    pub(super) fn head(self, at: usize) -> &'t str {
        self.text.get(..at).unwrap_or("")
    }

    pub(super) fn slice(self, range: Range<usize>) -> &'t str {
        self.text.get(range).unwrap_or("")
    }

    pub(super) fn char_at(self, at: usize) -> Option<char> {
        self.rest(at).chars().next()
    }

    pub(super) fn char_before(self, at: usize) -> Option<char> {
        self.head(at).chars().next_back()
    }

    #[inline]
    pub(super) fn starts(self, at: usize, prefix: &str) -> bool {
        self.bytes(at).starts_with(prefix.as_bytes())
    }

    /// The end of `prefix` where it stands at `at`.
    #[inline]
    pub(super) fn after(self, at: usize, prefix: &str) -> Option<usize> {
        self.starts(at, prefix).then_some(at + prefix.len())
    }

    pub(super) fn is_digit(self, at: usize) -> bool {
        self.byte(at).is_ascii_digit()
    }

    pub(super) fn digits_end(self, at: usize) -> usize {
        let bytes = self.bytes(at);
        at + leading(bytes, u8::is_ascii_digit)
    }

    /// The first place from `at` on that is no blank; `at` itself where too many follow.
    #[inline]
    pub(super) fn skip_blanks(self, at: usize) -> usize {
        match self.byte(at) {
            byte if byte.is_ascii_graphic() => at,
            b' ' if self.byte(at + 1).is_ascii_graphic() => at + 1,
            _ => self.skip_some_blanks(at),
        }
    }

    fn skip_some_blanks(self, at: usize) -> usize {
        let mut end = at;
        for (count, character) in self.rest(at).chars().enumerate() {
            if !is_blank(character) {
                return end;
            }
            if count == MOST_BLANKS {
                return at;
            }
            end += character.len_utf8();
        }
        end
    }

    /// The place after the last character before `at` that is no blank; `at` itself where too many precede.
    #[inline]
    pub(super) fn trim_back(self, at: usize) -> usize {
        match self.byte_before(at) {
            byte if byte.is_ascii_graphic() => at,
            b' ' if self.byte_before(at - 1).is_ascii_graphic() => at - 1,
            _ => self.trim_some_back(at),
        }
    }

    fn trim_some_back(self, at: usize) -> usize {
        let mut start = at;
        for (count, character) in self.head(at).chars().rev().enumerate() {
            if !is_blank(character) {
                return start;
            }
            if count == MOST_BLANKS {
                return at;
            }
            start -= character.len_utf8();
        }
        start
    }

    /// The word (letters only, at most 40) that starts at `at`.
    pub(super) fn word(self, at: usize) -> &'t str {
        let bytes = self.bytes(at);
        let near = bytes.get(..=LONGEST_WORD).unwrap_or(bytes);
        let plain = leading_letters(near);
        if plain <= LONGEST_WORD && self.byte(at + plain).is_ascii() {
            return self.slice(at..at + plain);
        }
        let length: usize = self
            .rest(at)
            .chars()
            .take_while(|character| character.is_alphabetic())
            .take(LONGEST_WORD)
            .map(char::len_utf8)
            .sum();
        self.slice(at..at + length)
    }

    /// The word (letters only, at most 40) that ends at `at`.
    pub(super) fn word_before(self, at: usize) -> &'t str {
        let head = self.head(at);
        let bytes = head.as_bytes();
        let near = bytes.get(at.saturating_sub(LONGEST_WORD + 1)..);
        let plain = trailing_letters(near.unwrap_or_default());
        if plain <= LONGEST_WORD && self.byte_before(at - plain).is_ascii() {
            return self.slice(at - plain..at);
        }
        let length: usize = head
            .chars()
            .rev()
            .take_while(|character| character.is_alphabetic())
            .take(LONGEST_WORD)
            .map(char::len_utf8)
            .sum();
        self.slice(at - length..at)
    }

    /// The end of the letters, digits and underscores from `at` on.
    #[inline]
    pub(super) fn token_end(self, at: usize) -> usize {
        let letters = at + leading_letters(self.bytes(at));
        match self.byte(letters) {
            b'0'..=b'9' | b'_' | 0x80.. => self.mixed_token_end(letters),
            _ => letters,
        }
    }

    fn mixed_token_end(self, at: usize) -> usize {
        let in_token = |byte: &u8| byte.is_ascii_alphanumeric() || *byte == b'_';
        let plain = at + leading(self.bytes(at), in_token);
        if self.byte(plain).is_ascii() {
            return plain;
        }
        let length: usize = self
            .rest(plain)
            .chars()
            .take_while(|character| character.is_alphanumeric() || *character == '_')
            .map(char::len_utf8)
            .sum();
        plain + length
    }

    /// At most `most` bytes before `at`, cut at a character boundary.
    pub(super) fn window_before(self, at: usize, most: usize) -> &'t str {
        let mut start = at.saturating_sub(most);
        while !self.text.is_char_boundary(start) {
            start += 1;
        }
        self.slice(start..at)
    }

    /// At most `most` bytes from `at` on, cut at a character boundary.
    pub(super) fn window(self, at: usize, most: usize) -> &'t str {
        let mut end = at.saturating_add(most).min(self.len());
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        self.slice(at..end)
    }
}

/// How many of the first bytes are of a kind.
#[inline]
fn leading(bytes: &[u8], is: impl Fn(&u8) -> bool) -> usize {
    let other = bytes.iter().position(|byte| !is(byte));
    other.unwrap_or(bytes.len())
}

/// How many of the first bytes are letters of ASCII; eight at once, as most words have no more.
#[inline]
fn leading_letters(bytes: &[u8]) -> usize {
    let mut count = 0;
    while let Some(eight) = bytes.get(count..).and_then(<[u8]>::first_chunk) {
        let others = no_letters(u64::from_le_bytes(*eight));
        if others != 0 {
            return count + places(others.trailing_zeros());
        }
        count += 8;
    }
    let rest = bytes.get(count..).unwrap_or_default();
    count + leading(rest, u8::is_ascii_alphabetic)
}

/// How many of the last bytes are letters of ASCII.
#[inline]
fn trailing_letters(bytes: &[u8]) -> usize {
    if let Some(eight) = bytes.last_chunk() {
        let others = no_letters(u64::from_le_bytes(*eight));
        if others != 0 {
            return places(others.leading_zeros());
        }
    }
    let other = bytes.iter().rposition(|byte| !byte.is_ascii_alphabetic());
    bytes.len() - other.map_or(0, |other| other + 1)
}

/// Whole bytes in a number of bits.
#[inline]
fn places(bits: u32) -> usize {
    usize::try_from(bits / u8::BITS).unwrap_or_default()
}

/// The high bits of those of eight bytes that are no letters of ASCII. What is added to the low seven bits of each, in lower
/// case, sets its high bit from `a` on, or behind `z`.
#[inline]
fn no_letters(eight: u64) -> u64 {
    const EACH: u64 = 0x0101_0101_0101_0101;
    const HIGH: u64 = 0x80 * EACH;
    let low = (eight | (0x20 * EACH)) & !HIGH;
    let from_a = low + (0x80 - 0x61) * EACH;
    let behind_z = low + (0x7f - 0x7a) * EACH;
    !(from_a & !behind_z & !eight) & HIGH
}

/// Blanks that may stand inside a quantity: spaces of every width, a tab or one line break.
pub(super) fn is_blank(character: char) -> bool {
    matches!(
        character,
        ' ' | '\n' | '\r' | '\u{a0}' | '\u{2002}'..='\u{200a}' | '\u{202f}'
    )
}

/// Signs that join two ends of a range.
pub(super) fn is_dash(character: char) -> bool {
    matches!(character, '-' | '\u{2010}'..='\u{2014}' | '\u{2212}')
}

/// Signs of a negative number.
pub(super) fn is_minus(character: char) -> bool {
    matches!(character, '-' | '\u{2212}' | '\u{2013}' | '\u{2011}')
}
