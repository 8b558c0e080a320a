//! Word lists: `ontology/lexicon/NAME.txt`, one entry a line, and `NAME.tsv`, tab-separated columns.
//!
//! Lines that start with `#` are comments; each file states its source there.

use std::collections::{BTreeMap, BTreeSet};

use super::embedded_file;

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
pub fn word_set(name: &str) -> BTreeSet<&'static str> {
    lexicon(name).map(str::trim).collect()
}

/// The two columns of `ontology/lexicon/NAME.tsv`; rows of another width are left out.
pub fn word_table(name: &str) -> BTreeMap<&'static str, &'static str> {
    lexicon_table(name)
        .filter_map(|row| match row.as_slice() {
            [word, class] => Some((*word, *class)),
            [] | [_] | [_, _, _, ..] => None,
        })
        .collect()
}

/// Short lists of words by class, from a table whose rows are a class and its words, separated by `|`.
#[derive(Debug)]
pub struct WordClasses(BTreeMap<&'static str, Vec<&'static str>>);

impl WordClasses {
    /// Reads `ontology/lexicon/NAME.tsv`. Rows of one class add up.
    pub fn read(name: &str) -> Self {
        let mut classes: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for row in lexicon_table(name) {
            if let [class, words] = row.as_slice() {
                classes.entry(class).or_default().extend(words.split('|'));
            }
        }
        Self(classes)
    }

    /// The words of a class, in file order.
    pub fn of(&self, class: &str) -> &[&'static str] {
        let words = self.0.get(class).map(Vec::as_slice);
        debug_assert!(words.is_some(), "no class `{class}` in the table");
        words.unwrap_or_default()
    }

    /// Whether a word is of a class, letter for letter.
    pub fn has(&self, class: &str, word: &str) -> bool {
        self.of(class).contains(&word)
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
