//! A finding as one running text, for the many formats that have a single field for it.

use super::one_line_of;
use super::places::{Places, label};
use crate::finding::Finding;
use crate::text::thousands;

/// Other places that a message names and that formats with a list of them hold. Code hosts show 100 of a result.
pub(super) const MOST_PLACES: usize = 100;

/// What the rule says, where else to look, what to do: "Two values. Compare with b.md:3:5. To do: correct one."
pub(super) fn message(finding: &Finding, places: &Places<'_>) -> String {
    message_with(finding, places, str::to_owned, |_, place| place)
}

/// The same in one line, without control characters.
pub(super) fn one_line_message(finding: &Finding, places: &Places<'_>) -> String {
    one_line_of(&message(finding, places))
}

/// The same with words escaped, and the place of each number made into a link.
pub(super) fn message_with(
    finding: &Finding,
    places: &Places<'_>,
    escape: impl Fn(&str) -> String,
    link: impl Fn(usize, String) -> String,
) -> String {
    let mut text = sentence(&escape(&finding.message));
    let links: Vec<String> = finding
        .related
        .iter()
        .take(MOST_PLACES)
        .enumerate()
        .map(|(at, place)| link(at, label(&place.path, places.start(place))))
        .collect();
    if !links.is_empty() {
        text.push_str(" Compare with ");
        text.push_str(&links.join(", "));
        let others = finding.related.len() - links.len();
        if others > 0 {
            text.extend([" and ", &thousands(others), " more"]);
        }
        text.push('.');
    }
    if let Some(suggestion) = &finding.suggestion {
        text.push_str(" To do: ");
        text.push_str(&sentence(&escape(suggestion)));
    }
    text
}

fn sentence(text: &str) -> String {
    let text = text.trim_end();
    if text.ends_with(['.', '!', '?']) {
        text.to_owned()
    } else {
        format!("{text}.")
    }
}
