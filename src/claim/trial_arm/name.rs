//! The name of an arm as cut out of the sentence that sets it up, and the short names in its brackets.
//!
//! Why it exists: "to receive either tamoxifen 20 mg daily (TAM) or placebo" names `tamoxifen`, also called `TAM`.
//! It leaves out which sentence sets arms up ([`super::set_up`]).

use std::sync::LazyLock;

use regex::Regex;
use rust_decimal::prelude::ToPrimitive;

use super::lexis::{is, pattern, words_of};
use crate::claim::group_size::group_size;
use crate::ontology::{WordSet, word_set};

/// One arm as a sentence sets it up.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Named {
    /// Without schedule, purpose and brackets.
    pub(super) name: String,
    /// Short names, as printed: what its brackets hold.
    pub(super) aliases: Vec<String>,
    /// Number of people, where the sentence says it.
    pub(super) size: Option<u32>,
    /// The first dose, as printed: what tells arms of one drug apart.
    pub(super) dose: Option<String>,
}

/// Longest name, in words.
const LONGEST: usize = 10;
/// Longest short name, in words.
const LONGEST_ALIAS: usize = 4;

/// "From April 2002 to November 2007" sets up no arms.
static MONTHS: LazyLock<WordSet> = LazyLock::new(|| word_set("months"));

static NEVER: LazyLock<WordSet> = LazyLock::new(|| word_set("not-arm-words"));

static BRACKET: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[(\[]([^()\[\]]*)[)\]]").ok());

/// Where a name ends: a schedule, a place, a purpose.
static TAIL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)[,(\[;].*|[\s-]+(?:groups?|arms?)(?-u:\b).*|\s+(?:{name-tail})(?-u:\b).*|\s+[0-9][0-9.,]*\s*-?(?:{dose-unit})(?-u:\b).*|:.*",
    )
});

static HEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    pattern(
        r"(?i)^(?:(?:{name-lead}|[0-9][0-9:,.]*(?:[ -]*(?:mg|g|month|week|day|year)s?(?:/[a-z0-9]+)?)?)\s+|[-,:;.]\s*)",
    )
});

static DOSE: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"[0-9][0-9.,]*[\s-]*(?:mg|g|[Gg]y|µg|mcg|IU)(?-u:\b)").ok());

static GROUP: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[\s-]+(?:groups?|arms?|regimens?|patients|recipients|respectively)$").ok()
});

/// "12 patients" at the beginning.
static PEOPLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| pattern(r"(?i)^\s*([0-9][0-9,]*)\s*(?:{people})"));

/// The number of people a bracket states: "n = 12", "12 patients".
pub(super) fn size(bracket: &str) -> Option<u32> {
    if let Some((count, _)) = group_size(bracket) {
        return count.to_u32();
    }
    let found = PEOPLE.as_ref()?.captures(bracket)?;
    found.get(1)?.as_str().replace(',', "").parse().ok()
}

/// An arm from a piece of a sentence; `None` where the piece is no name.
pub(super) fn named(piece: &str) -> Option<Named> {
    let bracket = BRACKET.as_ref()?;
    let mut aliases = Vec::new();
    let mut people = None;
    for found in bracket.captures_iter(piece).take(4) {
        let Some(inside) = found.get(1).map(|inside| inside.as_str()) else {
            continue;
        };
        people = people.or_else(|| size(inside));
        aliases.extend(inside.split([';', ',']).filter_map(alias));
    }
    let bare = bracket.replace_all(piece, " ");
    let name = clean(&bare).or_else(|| aliases.first().cloned())?;
    Some(Named {
        name,
        aliases,
        size: people,
        dose: DOSE
            .as_ref()
            .and_then(|regex| regex.find(piece))
            .map(|dose| dose.as_str().to_owned()),
    })
}

/// A short name, where a piece of a bracket is one: no number of people, no dose.
pub(super) fn alias(piece: &str) -> Option<String> {
    let mut piece = piece.trim().trim_matches(['"', '“', '”', '\'']);
    for lead in words_of("alias-lead") {
        let rest = piece.strip_prefix(lead);
        piece = rest
            .and_then(|rest| rest.strip_prefix(' '))
            .unwrap_or(piece);
    }
    let words = piece.split_whitespace().count();
    let unit = piece
        .split([' ', '/', '-'])
        .any(|word| is("never-alias", &word.to_lowercase()));
    let letters = piece.chars().filter(|c| c.is_alphabetic()).count();
    let fits = (1..=LONGEST_ALIAS).contains(&words)
        && !unit
        && letters > 0
        && !piece.contains(['%', '=', '<', '>', '±'])
        && !piece.starts_with(|c: char| c.is_ascii_digit() && letters < 2)
        && piece.len() <= 40;
    fits.then(|| piece.to_owned())
}

/// A name without what leads to it and what follows it.
pub(super) fn clean(text: &str) -> Option<String> {
    let text = text
        .replace(" followed by ", " then ")
        .replace("treatment as usual", "usual treatment")
        .replace("care as usual", "usual care");
    let mut name = text.trim();
    for verb in [" received ", " receiving "] {
        name = name.split_once(verb).map_or(name, |(_, given)| given);
    }
    while let Some(head) = HEAD.as_ref().and_then(|regex| regex.find(name)) {
        name = name.get(head.end()..).unwrap_or_default().trim_start();
    }
    let end = TAIL
        .as_ref()
        .and_then(|regex| regex.find(name))
        .map_or(name.len(), |tail| tail.start());
    let mut name = name
        .get(..end)
        .unwrap_or_default()
        .trim_end_matches(['.', ' ', '-', '"', '/']);
    if let Some(group) = GROUP.as_ref().and_then(|regex| regex.find(name)) {
        name = name.get(..group.start()).unwrap_or_default();
    }
    if matches!(name, "not" | "none" | "nothing") {
        name = "no treatment";
    }
    let mut words: Vec<&str> = name.split_whitespace().collect();
    while words.len() > 1 && words.last().is_some_and(|word| is("name-joint", word)) {
        words.pop();
    }
    let first = words
        .first()
        .map(|word| word.to_lowercase())
        .unwrap_or_default();
    let opens_badly = is("never-first", &first);
    let number = words.len() == 1 && is("never-alone", &first);
    let fits = !name.contains(['%', '=', '<', '>', ')', ']', '±', '?'])
        && !name.starts_with("0.")
        && words.len() <= LONGEST
        && name.chars().any(char::is_alphabetic)
        && !opens_badly
        && !words.contains(&"groups")
        && !number
        && !words.iter().any(|word| {
            MONTHS.contains(word.trim_end_matches(','))
                || NEVER.contains(word.trim_matches(','))
                || NEVER.contains(word.to_lowercase().as_str())
        });
    fits.then(|| words.join(" "))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(piece: &str, expected: Option<&str>) {
        let told = named(piece).map(|named| {
            let mut told = named.name;
            for alias in named.aliases {
                told.push_str(" | ");
                told.push_str(&alias);
            }
            if let Some(size) = named.size {
                told.push_str(" | ");
                told.push_str(&size.to_string());
            }
            told
        });
        assert_eq!(told.as_deref(), expected, "{piece}");
    }

    #[test]
    fn schedules_and_purposes_are_no_part_of_a_name() {
        check("to receive either yoga for 5 weeks", Some("yoga"));
        check("the herbal tea 20 mg daily", Some("herbal tea"));
        check("6 months of oral zinc", Some("zinc"));
    }

    #[test]
    fn a_bracket_gives_short_names_and_the_size() {
        check(
            "breathing training (BT; n = 20)",
            Some("breathing training | BT | 20"),
        );
        check("the tea group (n=1,204)", Some("tea | 1204"));
        check("zinc (30 mg daily)", Some("zinc"));
    }

    #[test]
    fn dates_and_shares_are_no_names() {
        check("November 2007", None);
        check("30% of all", None);
    }
}
