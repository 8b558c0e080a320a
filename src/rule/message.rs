//! Messages with holes: `{what} is {statement| but }`.
//!
//! A hole is a selected variable. Over several rows of one finding it lists the different values in document order, joined
//! by ", " and " and ", or by the text after `|`.

use std::collections::BTreeSet;

use crate::text::squeeze;

/// A piece of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Part {
    Text(String),
    Hole {
        variable: String,
        separator: Option<String>,
    },
}

/// Longest quoted text in a message, in characters.
const QUOTE_LENGTH: usize = 80;
/// Most values that one hole lists.
const LISTED: usize = 6;

/// Splits a message at its holes. A brace without its partner is text.
pub(super) fn parse(message: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = message;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((hole, after)) = after.split_once('}') else {
            break;
        };
        if !before.is_empty() {
            parts.push(Part::Text(before.to_owned()));
        }
        let (variable, separator) = match hole.split_once('|') {
            Some((variable, separator)) => (variable, Some(separator.to_owned())),
            None => (hole, None),
        };
        parts.push(Part::Hole {
            variable: variable.to_owned(),
            separator,
        });
        rest = after;
    }
    if !rest.is_empty() {
        parts.push(Part::Text(rest.to_owned()));
    }
    parts
}

/// Fills the holes; `values` gives a variable's values over the finding's rows, in order.
pub(super) fn fill<'v>(parts: &[Part], values: impl Fn(&str) -> Vec<&'v str>) -> String {
    let mut message = String::new();
    for part in parts {
        match part {
            Part::Text(text) => message.push_str(text),
            Part::Hole {
                variable,
                separator,
            } => {
                let is_quote = is_quote(variable);
                let shown: Vec<String> = distinct(values(variable))
                    .into_iter()
                    .map(|value| {
                        let value = squeeze(value);
                        if is_quote { shorten(&value) } else { value }
                    })
                    .collect();
                message.push_str(&list(&shown, separator.as_deref()));
            }
        }
    }
    message.trim_end().trim_end_matches('.').to_owned()
}

/// Whether a variable holds words of a document, which are shortened: its name ends in quote, text or title.
fn is_quote(variable: &str) -> bool {
    let name = variable.to_ascii_lowercase();
    ["quote", "text", "title"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// The different non-empty values, in order of first appearance; those that differ in case alone are one.
pub(super) fn distinct(values: Vec<&str>) -> Vec<&str> {
    let mut seen = BTreeSet::new();
    values
        .into_iter()
        .filter(|value| !value.is_empty() && seen.insert(value.to_lowercase()))
        .collect()
}

/// "a", "a and b", "a, b and c"; with a separator: joined by it. Long lists end in "and N more".
pub(super) fn list(values: &[String], separator: Option<&str>) -> String {
    let mut values = values.to_vec();
    if values.len() > LISTED {
        let more = values.len() - LISTED + 1;
        values.truncate(LISTED - 1);
        values.push(format!("{more} more"));
        if let Some(separator) = separator {
            let last = values.pop().unwrap_or_default();
            return format!("{} and {last}", values.join(separator));
        }
    }
    if let Some(separator) = separator {
        return values.join(separator);
    }
    match values.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
        Some((last, _)) => last.clone(),
        None => String::new(),
    }
}

/// At most [`QUOTE_LENGTH`] characters, cut at a word border with `…`.
pub(super) fn shorten(text: &str) -> String {
    if text.chars().count() <= QUOTE_LENGTH {
        return text.to_owned();
    }
    let kept: String = text.chars().take(QUOTE_LENGTH).collect();
    let cut = kept
        .rfind(char::is_whitespace)
        .filter(|at| *at > QUOTE_LENGTH / 2)
        .unwrap_or(kept.len());
    let kept = kept.get(..cut).unwrap_or(&kept).trim_end();
    format!("{}…", kept.trim_end_matches([',', ';', ':', '.', '…']))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(message: &str, values: &[&str], expected: &str) {
        let filled = fill(&parse(message), |_| values.to_vec());
        assert_eq!(filled, expected);
    }

    #[test]
    fn one_value_is_named() {
        check("it is {quote} here.", &["30%", "30%"], "it is 30% here");
    }

    #[test]
    fn several_values_are_listed() {
        check("{quote}", &["a", "b", "c"], "a, b and c");
        check("{what| but }", &["30%", "38%"], "30% but 38%");
        check(
            "{n}",
            &["1", "2", "3", "4", "5", "6", "7", "8"],
            "1, 2, 3, 4, 5 and 3 more",
        );
    }

    #[test]
    fn a_lone_brace_is_text() {
        check("set {x", &["1"], "set {x");
    }

    #[test]
    fn a_quote_that_is_cut_behind_dots_has_no_others() {
        let words = "word ".repeat(10);
        let words = words.trim_end();
        let behind = "x".repeat(QUOTE_LENGTH);
        assert_eq!(
            shorten(&format!("{words}... {behind}")),
            format!("{words}…")
        );
        let whole = "A history of many years...";
        assert_eq!(shorten(whole), whole);
    }

    #[test]
    fn long_quotes_end_at_a_word() {
        let long = "word ".repeat(40);
        let short = shorten(long.trim());
        assert!(short.ends_with("word…") && short.chars().count() <= QUOTE_LENGTH);
        check("{text}", &["two\n  lines"], "two lines");
    }
}
