//! Word lists: `ontology/lexicon/NAME.txt`, one entry a line, and `NAME.tsv`, tab-separated columns.
//!
//! Lines that start with `#` are comments; each file states its source there.

use super::embedded_file;

/// Entries of `ontology/lexicon/NAME.txt`, in file order; none where there is no such file.
pub fn lexicon(name: &str) -> impl Iterator<Item = &'static str> {
    lines(embedded_file(&format!("lexicon/{name}.txt")).unwrap_or_default())
}

/// Rows of `ontology/lexicon/NAME.tsv`, in file order, each with its columns trimmed.
pub fn lexicon_table(name: &str) -> impl Iterator<Item = Vec<&'static str>> {
    lines(embedded_file(&format!("lexicon/{name}.tsv")).unwrap_or_default())
        .map(|line| line.split('\t').map(str::trim).collect())
}

fn lines(content: &'static str) -> impl Iterator<Item = &'static str> {
    content
        .lines()
        .map(str::trim_end)
        .filter(|line| !line.trim().is_empty() && !line.starts_with('#'))
}
