//! Names of effects ("hazard ratio", "mean difference") and the value of each that means none.
//!
//! Why it exists: an interval leaves out "no effect" where it leaves out 1 or 0, and only the name tells which. It leaves
//! out names behind the value.

use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::Figure;
use crate::markdown::{Document, Place};
use crate::ontology::lexicon_table;

/// Bytes in front of a value in which its kind of effect is named.
const LOOK_BACK: usize = 120;

/// Names of effects with the value that means none.
static EFFECTS: LazyLock<Vec<(&'static str, Decimal)>> = LazyLock::new(|| {
    lexicon_table("effect-words")
        .filter_map(|row| match row.as_slice() {
            [null, forms] => Some((Decimal::from_str_exact(null).ok()?, *forms)),
            _ => None,
        })
        .flat_map(|(null, forms)| forms.split('|').map(move |form| (form, null)))
        .collect()
});

/// The last name of an effect in front of a value: where it ends in the running text, and the value of no effect.
pub(super) fn effect_of(
    document: &Document,
    sentence: &Place,
    figure: &Figure,
) -> Option<(usize, Decimal)> {
    let end = figure.place.range.start;
    let start = sentence.range.start.max(end.saturating_sub(LOOK_BACK));
    let text = document.text_at(sentence.block, sentence.cell)?;
    let start = (start..=end).find(|at| text.plain.is_char_boundary(*at))?;
    let (at, null) = last_effect(text.plain.get(start..end)?)?;
    Some((start + at, null))
}

/// The value of no effect of the last effect that a text names.
pub(super) fn effect_in(head: &str) -> Option<Decimal> {
    last_effect(head).map(|(_, null)| null)
}

/// The last effect that a text names: where its name ends, and the value of no effect.
fn last_effect(head: &str) -> Option<(usize, Decimal)> {
    let lower = head.to_ascii_lowercase();
    EFFECTS
        .iter()
        .filter_map(|(form, null)| {
            let is_symbol = form.chars().any(char::is_uppercase);
            let at = last_word(if is_symbol { head } else { &lower }, form)?;
            Some((at, *null))
        })
        .max_by_key(|(at, _)| *at)
}

/// The end of the last place where a form stands as words of its own.
fn last_word(text: &str, form: &str) -> Option<usize> {
    text.rmatch_indices(form)
        .map(|(at, _)| (at, at + form.len()))
        .find(|(start, end)| {
            let before = text.get(..*start).and_then(|head| head.chars().next_back());
            let after = text.get(*end..).and_then(|rest| rest.chars().next());
            [before, after]
                .into_iter()
                .flatten()
                .all(|c| !c.is_alphanumeric())
        })
        .map(|(_, end)| end)
}
