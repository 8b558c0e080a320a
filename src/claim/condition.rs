//! Diseases named in a text: they tell two studies of the same drugs apart.

use std::sync::LazyLock;

use super::lexis::is;
use crate::ontology::{WordSet, word_set};

/// At most this many words before the head noun belong to the name.
const LONGEST: usize = 4;

/// The first condition a text names, lower case: "her2-negative metastatic breast cancer".
pub(super) fn condition(text: &str) -> Option<String> {
    static HEADS: LazyLock<WordSet> = LazyLock::new(|| word_set("conditions"));
    let lower = text.to_lowercase();
    let words: Vec<&str> = lower.split_whitespace().collect();
    words.iter().enumerate().find_map(|(at, word)| {
        let head = word.trim_end_matches(|c: char| !c.is_alphanumeric());
        if !HEADS.contains(head) {
            return None;
        }
        let mut name: Vec<&str> = words
            .iter()
            .take(at)
            .rev()
            .take(LONGEST)
            .take_while(|word| {
                !is("condition-end", word) && !word.ends_with([',', ';', ':', '.', ')', '('])
            })
            .map(|word| word.trim_matches(|c: char| !c.is_alphanumeric()))
            .collect();
        name.reverse();
        name.push(head);
        (name.len() > 1 || head.len() > 8).then(|| name.join(" "))
    })
}

#[cfg(test)]
mod tests {
    use super::condition;

    fn check(text: &str, expected: Option<&str>) {
        assert_eq!(condition(text).as_deref(), expected, "{text}");
    }

    #[test]
    fn a_condition_is_its_head_with_what_narrows_it() {
        check(
            "in HER2-Negative Metastatic Breast Cancer",
            Some("her2-negative metastatic breast cancer"),
        );
        check("for patients with severe asthma.", Some("severe asthma"));
        check("a guide to heat pumps", None);
        check("of cancer therapy", None);
    }
}
