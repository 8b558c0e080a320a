//! What a number behind `±` tells: how far the values of a group spread, or how exactly one value is known.

use std::ops::Range;

use rust_decimal::Decimal;

use super::{Quantity, context};

/// A tolerance above one part in so many of its value is no limit of precision.
const PRECISE: u32 = 5;

impl Quantity {
    /// Whether what follows `±` is the spread of a group, as far as its size and the sentence around it tell.
    pub fn tolerance_is_spread(&self, sentence: &str) -> bool {
        let wide = self
            .tolerance
            .and_then(|tolerance| tolerance.checked_mul(Decimal::from(PRECISE)))
            .zip(self.value)
            .is_some_and(|(tolerance, value)| tolerance > value.abs());
        let lower = sentence.to_lowercase();
        wide || self.tolerance.is_some() && has_word_of(&lower, "spread-of-group")
    }

    /// Bytes of the number behind `±` and of its unit, in the text given to [`read`](super::read).
    pub fn tolerance_range(&self, text: &str) -> Option<Range<usize>> {
        let printed = text.get(self.range.clone())?;
        let sign = printed
            .rfind(['±', '∓'])
            .or_else(|| printed.rfind("+/"))
            .or_else(|| printed.rfind("+-"))?;
        let digits = printed.get(sign..)?.find(|c: char| c.is_ascii_digit())?;
        Some(self.range.start + sign + digits..self.range.end)
    }
}

/// Whether words in front of numbers ("mean (SE)") say that what follows `±` is a standard error.
pub fn names_standard_error(words: &str) -> bool {
    has_word_of(words, "standard-error")
}

/// Whether a phrase of a class stands in a text, not within a longer word.
fn has_word_of(text: &str, class: &str) -> bool {
    context::words(class).iter().any(|phrase| {
        text.match_indices(phrase).any(|(at, _)| {
            let (before, rest) = text.split_at_checked(at).unwrap_or_default();
            let after = rest.get(phrase.len()..).unwrap_or_default();
            !before.ends_with(char::is_alphanumeric) && !after.starts_with(char::is_alphanumeric)
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quantity::read;

    fn check(sentence: &str, expected: (&str, bool)) {
        let quantities = read(sentence, &[]);
        let quantity = quantities
            .iter()
            .find(|quantity| quantity.tolerance.is_some())
            .unwrap();
        let range = quantity.tolerance_range(sentence).unwrap();
        let is_spread = quantity.tolerance_is_spread(sentence);
        let printed = sentence.get(range).unwrap();
        assert_eq!((printed, is_spread), expected, "{sentence}");
    }

    #[test]
    fn a_group_has_a_spread() {
        check("The mean height was 172 ± 8 cm.", ("8 cm", true));
        check("The control group reached 172 ± 8 cm.", ("8 cm", true));
        check("They waited 12 ± 7 days.", ("7 days", true));
    }

    #[test]
    fn one_value_is_known_so_exactly() {
        check("The beam is 172 ± 2 cm long.", ("2 cm", false));
        check("By that meaning it holds 172 ± 2 kg.", ("2 kg", false));
    }

    #[test]
    fn standard_errors_are_named_by_whole_words() {
        for named in ["mean (SE)", "mean ± s.e.m.", "mean, standard error"] {
            assert!(names_standard_error(named), "{named}");
        }
        assert!(!names_standard_error("SERUM level, SD"));
    }
}
