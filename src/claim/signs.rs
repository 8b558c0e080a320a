//! Which kinds of characters a text has.
//!
//! Why it exists: most sentences have neither a digit nor a bracket nor a question mark, and whatever is told by one can be
//! passed over in them. The kinds are gathered in the pass that reads the words.
//! It leaves out where a character stands.

use std::ops::BitOrAssign;

/// Kinds of characters, any number of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Signs(u16);

impl Signs {
    /// `a` to `z`.
    pub(super) const LOWER: Self = Self(1);
    /// `A` to `Z`.
    pub(super) const UPPER: Self = Self(1 << 1);
    pub(super) const DIGIT: Self = Self(1 << 2);
    /// Other white space, control characters, and what parts words like it: `/` and `|`.
    pub(super) const GAP: Self = Self(1 << 3);
    /// Any character outside of ASCII.
    pub(super) const WIDE: Self = Self(1 << 4);
    pub(super) const QUESTION_MARK: Self = Self(1 << 5);
    pub(super) const COLON: Self = Self(1 << 6);
    pub(super) const AT: Self = Self(1 << 7);
    /// `[` or `]`.
    pub(super) const SQUARE_BRACKET: Self = Self(1 << 8);
    /// `{` or `}`.
    pub(super) const BRACE: Self = Self(1 << 9);
    /// A hyphen or an apostrophe: it joins parts of a word.
    pub(super) const JOINT: Self = Self(1 << 10);
    pub(super) const UNDERSCORE: Self = Self(1 << 11);
    /// A blank between words.
    pub(super) const BLANK: Self = Self(1 << 12);
    /// Any other character of ASCII.
    const OTHER: Self = Self(1 << 13);

    const NONE: Self = Self(0);
    /// Letters and digits of ASCII.
    pub(super) const ALPHANUMERIC: Self = Self::LOWER.or(Self::UPPER).or(Self::DIGIT);

    /// The kind of the character that a byte is of.
    #[inline]
    pub(super) fn of(byte: u8) -> Self {
        KINDS.get(usize::from(byte)).copied().unwrap_or_default()
    }

    /// The kinds of the characters of a text.
    pub(super) fn of_text(text: &str) -> Self {
        let kinds = text.bytes().map(Self::of);
        kinds.fold(Self::NONE, Self::or)
    }

    /// All of both.
    pub(super) const fn or(self, others: Self) -> Self {
        Self(self.0 | others.0)
    }

    /// Whether there is no other kind than these.
    #[inline]
    pub(super) fn are_only(self, kinds: Self) -> bool {
        self.0 & !kinds.0 == 0
    }

    /// Whether one of some kinds is among these.
    #[inline]
    pub(super) fn meet(self, others: Self) -> bool {
        self.0 & others.0 != 0
    }

    const fn kind_of(byte: u8) -> Self {
        match byte {
            b'a'..=b'z' => Self::LOWER,
            b'A'..=b'Z' => Self::UPPER,
            b'0'..=b'9' => Self::DIGIT,
            b' ' => Self::BLANK,
            0x00..b' ' | 0x7f | b'/' | b'|' => Self::GAP,
            0x80.. => Self::WIDE,
            b'?' => Self::QUESTION_MARK,
            b':' => Self::COLON,
            b'@' => Self::AT,
            b'[' | b']' => Self::SQUARE_BRACKET,
            b'{' | b'}' => Self::BRACE,
            b'-' | b'\'' => Self::JOINT,
            b'_' => Self::UNDERSCORE,
            _ => Self::OTHER,
        }
    }
}

impl BitOrAssign for Signs {
    fn bitor_assign(&mut self, other: Self) {
        *self = self.or(other);
    }
}

/// The kind of each byte.
static KINDS: [Signs; 256] = {
    let mut kinds = [Signs::NONE; 256];
    let mut rest: &mut [Signs] = &mut kinds;
    let mut byte = 0;
    while let Some((first, others)) = rest.split_first_mut() {
        *first = Signs::kind_of(byte);
        rest = others;
        byte = byte.wrapping_add(1);
    }
    kinds
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_has_the_kinds_of_its_characters() {
        let signs = Signs::of_text("At 5: é");
        let has = [
            Signs::UPPER,
            Signs::LOWER,
            Signs::DIGIT,
            Signs::COLON,
            Signs::BLANK,
            Signs::WIDE,
        ];
        assert!(has.iter().all(|kind| signs.meet(*kind)));
        assert!(!signs.meet(Signs::QUESTION_MARK.or(Signs::AT).or(Signs::OTHER)));
        assert_eq!(Signs::of_text("boats"), Signs::LOWER);
        assert_eq!(Signs::of_text(""), Signs::NONE);
    }
}
