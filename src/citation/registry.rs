//! Ids of trial registries: `ontology/lexicon/registries.tsv`.

use std::sync::LazyLock;

use regex::Regex;

use crate::ontology::lexicon_table;

static ID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let shapes: Vec<&str> = lexicon_table("registries")
        .filter_map(|row| row.get(1).copied())
        .collect();
    Regex::new(&format!(r"(?-u)\b(?:{})\b", shapes.join("|"))).ok()
});

/// The first id that stands in a text.
pub(super) fn find(text: &str) -> Option<&str> {
    ID.as_ref()?.find(text).map(|found| found.as_str())
}

/// Every id that stands in a text, with its start in bytes.
pub(crate) fn find_all(text: &str) -> Vec<(usize, &str)> {
    ID.as_ref()
        .map(|pattern| {
            pattern
                .find_iter(text)
                .map(|found| (found.start(), found.as_str()))
                .collect()
        })
        .unwrap_or_default()
}

/// Whether a word is an id.
pub(crate) fn is_registry_id(word: &str) -> bool {
    word.bytes().any(|byte| byte.is_ascii_digit()) && find(word) == Some(word)
}

#[cfg(test)]
mod tests {
    use super::is_registry_id;

    #[test]
    fn an_id_is_told_by_the_shape_of_its_registry() {
        for id in ["NCT01234567", "ISRCTN12345678", "2010-012345-67"] {
            assert!(is_registry_id(id), "{id}");
        }
        for other in ["NCT0123456", "NCT01234567a", "FORTRESS", "1234-123456-12"] {
            assert!(!is_registry_id(other), "{other}");
        }
    }
}
