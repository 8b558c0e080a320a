//! Whether the unit of two values lets them be what changed, and not when, where or with how much it changed.

use std::sync::LazyLock;

use super::{Pair, Shape};
use crate::claim::arithmetic::direction::{Stated, tokens};
use crate::claim::arithmetic::number::Line;
use crate::claim::general::is_light;
use crate::claim::lexis::is;
use crate::ontology::{Dimension, lexicon_table};

/// Nouns of quantities, each with the dimension it has.
static QUANTITIES: LazyLock<Vec<Vec<&str>>> =
    LazyLock::new(|| lexicon_table("quantity-nouns").collect());

/// Whether a number in such a unit is what changed, and not when or where it changed.
pub(super) fn fits(line: &Line<'_>, pair: &Pair<'_>, stated: &Stated) -> bool {
    let dimension = |at: usize| line.numbers.get(at).and_then(|n| n.dimension.as_ref());
    let Some((dimension, _)) = dimension(pair.from).or_else(|| dimension(pair.to)) else {
        return count_one_thing(line, pair)
            && (pair.shape != Shape::Beside || has_decimals(line, pair) && !names_dose(pair.lead));
    };
    let noun = match dimension {
        Dimension::Proportion | Dimension::Money => return true,
        Dimension::Count => return pair.shape != Shape::Beside,
        Dimension::Time => "time",
        Dimension::Mass => "mass",
        Dimension::Length => "length",
        Dimension::Volume => "volume",
        Dimension::Temperature => "temperature",
        Dimension::Data => return !names_other_quantity(pair.lead),
        Dimension::Other => "other",
        Dimension::Multiple | Dimension::PercentagePoint => "",
    };
    if matches!(pair.shape, Shape::Arrow | Shape::UpFrom | Shape::Versus) {
        return true;
    }
    if pair.shape == Shape::Beside && names_dose(pair.lead) {
        return false;
    }
    let lead = pair.lead.get(stated.start..).unwrap_or_default();
    let front = pair.lead.get(..stated.start).unwrap_or_default();
    let mut named = tokens(front).into_iter().rev().take(8).chain(tokens(lead));
    named.any(|(_, token)| {
        let token = token.to_lowercase();
        QUANTITIES.iter().any(|row| *row == [token.as_str(), noun])
    })
}

/// Whether a text names a quantity that no amount of data is: "the latency fell from 64 KB to 4 KB".
fn names_other_quantity(lead: &str) -> bool {
    tokens(lead).iter().any(|(_, token)| {
        let token = token.to_lowercase();
        let mut rows = QUANTITIES
            .iter()
            .filter(|row| row.first() == Some(&token.as_str()));
        rows.next()
            .is_some_and(|row| row.get(1) != Some(&"length") && row.get(1) != Some(&"data"))
    })
}

/// Whether no two different nouns stand behind the values: "from 3 shillings to 30 pence" may be a fall.
fn count_one_thing(line: &Line<'_>, pair: &Pair<'_>) -> bool {
    let noun = |at: usize| {
        let behind = line.gap(at + 1).strip_prefix(' ')?;
        let word = behind.split(|c: char| !c.is_alphanumeric()).next()?;
        let is_noun = !word.is_empty() && !is_light(word);
        is_noun.then(|| word.trim_end_matches('s').to_lowercase())
    };
    let nouns = noun(pair.from).zip(noun(pair.to));
    nouns.is_none_or(|(from, to)| from == to)
}

/// Whether a dose is spoken of: it names a group, and is no value of it.
fn names_dose(lead: &str) -> bool {
    tokens(lead).iter().any(|(_, word)| {
        let word = word.to_lowercase();
        word.contains("dose") || word.contains("dosage")
    })
}

/// Whether both values are printed with decimals: "in one group (45) than in the other (52)" counts its members.
fn has_decimals(line: &Line<'_>, pair: &Pair<'_>) -> bool {
    let printed = |at: usize| {
        line.numbers
            .get(at)
            .is_some_and(|number| number.printed.contains(['.', '·']))
    };
    printed(pair.from) && printed(pair.to)
}

/// Whether what follows the last number lets it be the value itself: no noun of which it is a part ("to 20% ethanol").
pub(super) fn ends_well(line: &Line<'_>, pair: &Pair<'_>) -> bool {
    if pair.is_comparison() {
        return true;
    }
    let last = pair.from.max(pair.to);
    let behind = line.gap(last + 1);
    let Some(number) = line.numbers.get(last) else {
        return false;
    };
    let next = behind.trim_start();
    match number.dimension {
        Some((Dimension::Proportion | Dimension::Data, _)) => {
            let word = next
                .split(|c: char| !c.is_alphanumeric())
                .next()
                .unwrap_or_default();
            word.is_empty() || word.chars().all(char::is_numeric) || is("share-follower", word)
        }
        Some((Dimension::Time, _)) => {
            let word = next.split_whitespace().next().unwrap_or_default();
            !["after", "before", "post", "prior", "later", "old", "of"].contains(&word)
        }
        _ => true,
    }
}
