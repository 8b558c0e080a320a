//! Word lists: `ontology/lexicon/NAME.txt`, one entry a line, and `NAME.tsv`, tab-separated columns.
//!
//! Lines that start with `#` are comments; each file states its source there.

use std::collections::BTreeMap;

use super::embedded_file;
use super::words::{WordMap, WordSet};

/// Entries of `ontology/lexicon/NAME.txt`, in file order.
pub fn lexicon(name: &str) -> impl Iterator<Item = &'static str> {
    lines(content(&format!("lexicon/{name}.txt")))
}

/// Rows of `ontology/lexicon/NAME.tsv`, in file order, each with its columns trimmed.
pub fn lexicon_table(name: &str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(content(&format!("lexicon/{name}.tsv")))
        .map(|line| line.split('\t').map(str::trim).collect())
}

/// The content of an embedded file; a name that no file has stops a debug build, so that a renamed list is not lost in silence.
fn content(path: &str) -> &'static str {
    let content = embedded_file(path);
    debug_assert!(content.is_some(), "no file ontology/{path}");
    content.unwrap_or_default()
}

/// The entries of `ontology/lexicon/NAME.txt` as a set.
pub fn word_set(name: &str) -> WordSet {
    lexicon(name).map(str::trim).collect()
}

/// The two columns of `ontology/lexicon/NAME.tsv`; rows of another width are left out.
pub fn word_table(name: &str) -> WordMap<&'static str> {
    lexicon_table(name)
        .filter_map(|row| match row.as_slice() {
            [word, class] => Some((*word, *class)),
            [] | [_] | [_, _, _, ..] => None,
        })
        .collect()
}

/// Short lists of words by class, from a table whose rows are a class and its words, separated by `|`.
#[derive(Debug)]
pub struct WordClasses {
    words: WordMap<Vec<&'static str>>,
    /// The classes of each word.
    classes: WordMap<Vec<&'static str>>,
}

impl WordClasses {
    /// Reads `ontology/lexicon/NAME.tsv`. Rows of one class add up.
    pub fn read(name: &str) -> Self {
        let mut words: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in lexicon_table(name) {
            if let [class, listed] = row.as_slice() {
                words.entry(class).or_default().extend(listed.split('|'));
                for word in listed.split('|') {
                    classes.entry(word).or_default().push(class);
                }
            }
        }
        Self {
            words: words.into_iter().collect(),
            classes: classes.into_iter().collect(),
        }
    }

    /// The words of a class, in file order.
    pub fn of(&self, class: &str) -> &[&'static str] {
        let words = self.words.get(class).map(Vec::as_slice);
        debug_assert!(words.is_some(), "no class `{class}` in the table");
        words.unwrap_or_default()
    }

    /// Whether a word is of a class, letter for letter.
    pub fn has(&self, class: &str, word: &str) -> bool {
        debug_assert!(
            self.words.contains_key(class),
            "no class `{class}` in the table"
        );
        self.classes
            .get(word)
            .is_some_and(|classes| classes.contains(&class))
    }
}

fn lines(content: &'static str) -> impl Iterator<Item = &'static str> {
    content
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_keep_the_order_of_the_file() {
        let classes = WordClasses::read("number-context");
        assert!(classes.has("year-lead", "since") && !classes.has("year-lead", "Year"));
        assert_eq!(
            classes.of("interval").first(),
            Some(&"confidence intervals")
        );
    }
}
