//! Titles as they are compared.

/// Letters and digits alone, in lower case.
pub(super) fn fold(title: &str) -> String {
    title
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect()
}
