//! What the parts of a list are called, and what that says of them: arms of a study, categories of which a thing is in one.
//!
//! Why it exists: parts make up their whole only where nothing is in two of them, and their names tell that.

use std::sync::LazyLock;

use super::direction::tokens;
use super::number::Line;
use super::parts::{Listing, Measure, contains_phrase};
use crate::ontology::lexicon_table;

/// What a part is said to be: the words behind it; in front of it where it stands in brackets.
pub(super) fn label(line: &Line<'_>, at: usize, measure: Measure) -> String {
    let behind = line.gap(at + 1);
    let text = if measure == Measure::Share && behind.starts_with(')') {
        line.gap(at).trim_start_matches(')')
    } else {
        behind
    };
    let end = text.find([')', ';', ',', '.']).unwrap_or(text.len());
    // "49 girls (mean age 12 years)".
    let aside = ["(mean ", "(median ", "(average "]
        .iter()
        .filter_map(|aside| text.find(aside))
        .min();
    let end = aside.map_or(end, |aside| aside.min(end));
    let words: Vec<String> = tokens(text.get(..end).unwrap_or_default())
        .into_iter()
        .take(12)
        .map(|(_, word)| word.to_lowercase())
        .collect();
    words.join(" ")
}

fn singular(word: &str) -> &str {
    word.strip_suffix('s')
        .filter(|stem| stem.len() > 2)
        .unwrap_or(word)
}

static ARMS: LazyLock<Vec<&str>> = LazyLock::new(|| {
    lexicon_table("exclusive-labels")
        .filter_map(|row| row.first().map(|row| row.split(' ').collect::<Vec<_>>()))
        .find(|row| row.contains(&"group"))
        .unwrap_or_default()
});

/// What is done with all people of a study to divide them into its arms.
pub(super) const ASSIGNED: [&str; 4] = ["randomized", "randomised", "assigned", "allocated"];

/// Whether the parts are arms of a study: "... in the X group", "... randomized to X and ... to Y".
pub(super) fn are_arms(labels: &[String]) -> bool {
    let named = labels
        .iter()
        .all(|label| label.split(' ').any(|word| ARMS.contains(&singular(word))));
    let assigned = |label: &String, to: bool| {
        let first = label.split(' ').next().unwrap_or_default();
        ASSIGNED.contains(&first) || to && first == "to"
    };
    let sent = labels.first().is_some_and(|label| assigned(label, false))
        && labels.iter().all(|label| assigned(label, true));
    let distinct = labels
        .iter()
        .enumerate()
        .all(|(at, label)| labels.iter().skip(at + 1).all(|other| other != label));
    (named || sent) && distinct
}

/// Whether the sentence calls each part a group elsewhere: "94 patients (48 for oak and 46 for elm)", and "the oak group".
pub(super) fn are_named(line: &Line<'_>, labels: &[String]) -> bool {
    let plain = line.plain().to_lowercase();
    let is_group = |label: &String| {
        let name = PLACES
            .iter()
            .find_map(|place| label.strip_prefix(place)?.strip_prefix(' '))
            .unwrap_or(label)
            .trim_start_matches("the ")
            .trim_end_matches(" and")
            .trim_end_matches(" or");
        !name.is_empty()
            && ["group", "arm"].iter().any(|group| {
                contains_phrase(&plain, &format!("{name} {group}"))
                    || contains_phrase(&plain, &format!("{group} {name}"))
            })
    };
    labels.iter().all(is_group)
}

/// Prepositions of what a thing is in one of.
const PLACES: [&str; 5] = ["for", "in", "from", "at", "to"];

/// Whether all parts are told by the same preposition: "48 for A and 46 for B", "20 in Oslo, 11 in Lund".
pub(super) fn are_places(names: &[String]) -> bool {
    let mut first = names.iter().map(|name| name.split(' ').next());
    let preposition = first.next().flatten();
    preposition.is_some_and(|word| PLACES.contains(&word)) && first.all(|word| word == preposition)
}

/// The labels of the parts of a list.
pub(super) fn labels(line: &Line<'_>, listing: &Listing) -> Vec<String> {
    let parts = listing.parts.iter();
    parts.map(|at| label(line, *at, listing.measure)).collect()
}

/// Whether nothing is said of the last arm but its name: "of the 82, 37 from the first and 40 from the second arm took part"
/// counts a part of the whole.
pub(super) fn ends_with_arm(labels: &[String]) -> bool {
    labels
        .last()
        .and_then(|label| label.split(' ').next_back())
        .is_some_and(|word| ARMS.contains(&singular(word)))
}

/// Whether each part has a word of one set of categories, each a different one ("only at home" and "only at work" differ).
pub(super) fn are_categories(labels: &[String]) -> bool {
    static SETS: LazyLock<Vec<Vec<&str>>> = LazyLock::new(|| {
        lexicon_table("exclusive-labels")
            .filter_map(|row| Some(row.first()?.split(' ').collect::<Vec<_>>()))
            .filter(|row| !row.contains(&"group"))
            .collect()
    });
    SETS.iter().any(|set| {
        let words: Vec<Option<&str>> = labels
            .iter()
            .map(|label| {
                label
                    .split(' ')
                    .map(|word| {
                        if set.contains(&word) {
                            word
                        } else {
                            singular(word)
                        }
                    })
                    .find(|word| set.contains(word))
            })
            .collect();
        let found: Vec<&str> = words.iter().copied().flatten().collect();
        let different = found.iter().enumerate().all(|(at, word)| {
            *word == "only" || found.iter().skip(at + 1).all(|other| other != word)
        });
        found.len() == labels.len()
            && different
            && found.iter().any(|word| Some(word) != found.first())
    })
}
