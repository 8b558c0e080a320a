//! Arms that a title or a sentence sets against each other: "A versus B", "comparing A with B", "in the A and B groups", "a
//! placebo-controlled trial of A".
//!
//! It leaves out assignments, which are surer ([`super::set_up`]).

use std::sync::LazyLock;

use regex::Regex;

use super::name::{Named, clean, named};
use super::set_up::{AND, behind_last};

/// Scores, on the scale of [`super::set_up`]: "comparing A with B", "compared A with B".
const COMPARING: u32 = 30;
const COMPARED: u32 = 20;

static WITH: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i)\s+(?:with|versus|vs\.?|to|against)\s+").ok());

static VERSUS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i)\s+(?:versus|vs\.?|v|compared with|compared to|or|against|in comparison with)\s+",
    )
    .ok()
});

static COMPARISON: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:comparing|comparison of|comparison between|compares?|compared|trial of|study of)\s+").ok()
});

/// Behind the last of these begins the first name of a title.
static TITLE_LEAD: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)[:?]\s+|(?-u:\b)(?:of|comparing|between|trial|study|with|comparison|receiving|evaluating|after|for|by)\s+").ok()
});

static PLACEBO: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)placebo-controlled[^.;:]*?(?:trial|study)\s+(?:of|with|evaluating)\s+(?:the\s+)?([^.;:]+)").ok()
});

/// "A placebo-controlled trial of A".
pub(super) fn against_placebo(sentence: &str) -> Vec<Named> {
    let captured = PLACEBO.as_ref().and_then(|regex| regex.captures(sentence));
    let Some(tested) = captured.and_then(|found| named(found.get(1)?.as_str())) else {
        return Vec::new();
    };
    let placebo = Named {
        name: "placebo".to_owned(),
        aliases: Vec::new(),
        size: None,
        dose: None,
    };
    vec![tested, placebo]
}

static GROUPS: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(?:in|for|between|of)\s+(?:the\s+)?([0-9A-Za-z+/-]+(?:\s[0-9A-Za-z+/-]+){0,3}?)\s+(?:and|versus|vs\.?|or)\s+(?:the\s+)?([0-9A-Za-z+/-]+(?:\s[0-9A-Za-z+/-]+){0,3}?)\s+(?:groups|arms)(?-u:\b)").ok()
});

/// "In the A and B groups".
pub(super) fn grouped(sentence: &str) -> Vec<Named> {
    let Some(found) = GROUPS.as_ref().and_then(|regex| regex.captures(sentence)) else {
        return Vec::new();
    };
    [found.get(1), found.get(2)]
        .into_iter()
        .flatten()
        .filter_map(|name| named(name.as_str()))
        .collect()
}

/// "A versus B in breast cancer".
pub(super) fn versus(sentence: &str, masked: &str) -> Vec<Named> {
    let Some(found) = VERSUS.as_ref().and_then(|regex| regex.find(masked)) else {
        return Vec::new();
    };
    let left = behind_last(
        &TITLE_LEAD,
        sentence.get(..found.start()).unwrap_or_default(),
    );
    if [" were ", " was ", " we "]
        .iter()
        .any(|verb| sentence.contains(verb))
    {
        return Vec::new();
    }
    let left = if clean(left).is_some() {
        left
    } else {
        sentence.get(..found.start()).unwrap_or_default()
    };
    let right = sentence.get(found.end()..).unwrap_or_default();
    let right = right.split([':', ';', ',']).next().unwrap_or_default();
    if let Some(added) = right
        .trim_start()
        .strip_prefix("without ")
        .filter(|_| left.trim_end().ends_with("with"))
    {
        let without = format!("without {added}");
        return [added, without.as_str()]
            .into_iter()
            .filter_map(named)
            .collect();
    }
    [left, right].into_iter().filter_map(named).collect()
}

/// "Comparing A with B", "compared A with B".
pub(super) fn comparing(sentence: &str, masked: &str, first: bool) -> (u32, Vec<Named>) {
    for found in COMPARISON
        .as_ref()
        .into_iter()
        .flat_map(|regex| regex.find_iter(masked))
        .take(4)
    {
        let word = found.as_str().to_lowercase();
        if word.starts_with("compared")
            && ["with ", "to "].iter().any(|next| {
                masked
                    .get(found.end()..)
                    .is_some_and(|rest| rest.starts_with(next))
            })
        {
            continue;
        }
        let named_so = word.starts_with("comparing") || word.starts_with("comparison") || first;
        let score = if named_so { COMPARING } else { COMPARED };
        let rest = masked.get(found.end()..).unwrap_or_default();
        for separator in [&WITH, &AND] {
            if word.starts_with("trial") || word.starts_with("study") {
                continue;
            }
            let Some(split) = separator.as_ref().and_then(|regex| regex.find(rest)) else {
                continue;
            };
            let left = sentence
                .get(found.end()..found.end() + split.start())
                .unwrap_or_default();
            let right = sentence
                .get(found.end() + split.end()..)
                .unwrap_or_default();
            let arms: Vec<Named> = [left, right].into_iter().filter_map(named).collect();
            if arms.len() == 2 {
                return (score, arms);
            }
        }
    }
    (0, Vec::new())
}
