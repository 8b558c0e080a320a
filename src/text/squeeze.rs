//! White space as a reader sees it.

/// Runs of white space and control characters (which would reach a terminal as escapes) as one space, none at the ends.
pub fn squeeze(text: &str) -> String {
    let mut squeezed = String::with_capacity(text.len());
    let is_gap = |c: char| c.is_whitespace() || c.is_control();
    for word in text.split(is_gap).filter(|word| !word.is_empty()) {
        if !squeezed.is_empty() {
            squeezed.push(' ');
        }
        squeezed.push_str(word);
    }
    squeezed
}

#[cfg(test)]
mod tests {
    use super::squeeze;

    #[test]
    fn gaps_are_one_space() {
        assert_eq!(squeeze(" two\n  lines\u{1b}\tmore "), "two lines more");
    }
}
