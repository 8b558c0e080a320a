//! Places and rules as links that a terminal opens (OSC 8).
//!
//! The lines are rendered first, so that what counts columns sees none of the escapes.

use super::Run;
use super::places::{Places, label};
use crate::finding::Finding;
use crate::text::percent_encode;

/// The page of a built-in rule on the web, where `Cargo.toml` names a repository.
fn rule_address(run: &Run<'_>, id: &str) -> Option<String> {
    let repository = env!("CARGO_PKG_REPOSITORY");
    let rule = run.rules.get(id)?;
    let page = format!("ontology/{}.md", rule.path.strip_suffix(".rq")?);
    crate::ontology::embedded_file(page.strip_prefix("ontology/")?)?;
    (!repository.is_empty())
        .then(|| format!("{repository}/blob/v{}/{page}", env!("CARGO_PKG_VERSION")))
}

/// A line with the first of the finding's places in it as a link, and its rule as one where the line has `[rule]`.
pub(super) fn linked_places(
    line: &str,
    finding: &Finding,
    run: &Run<'_>,
    places: &Places<'_>,
) -> String {
    let Some(root) = run.root else {
        return line.to_owned();
    };
    let all = std::iter::once(&finding.location).chain(&finding.related);
    let found = all
        .filter_map(|place| {
            let position = places.start(place);
            let whole = label(&place.path, position);
            let behind = format!(":{}:{}", position.line, position.column);
            // A path too long for the line is shown by its end.
            let shown = line
                .find('…')
                .and_then(|cut| line.get(cut..))
                .and_then(|tail| tail.split_inclusive(&behind).next())
                .filter(|tail| {
                    whole.ends_with(tail.trim_start_matches('…')) && tail.ends_with(&behind)
                });
            let shown = if line.contains(&whole) {
                Some(whole.as_str())
            } else {
                shown
            };
            Some((line.find(shown?)?, shown?.to_owned(), place))
        })
        .min_by_key(|(at, ..)| *at);
    let line = match found {
        Some((_, shown, place)) => {
            let address = format!("{root}{}", percent_encode(&place.path));
            line.replacen(&shown, &link(&shown, &address), 1)
        }
        None => line.to_owned(),
    };
    let named = format!("[{}]", finding.rule);
    match rule_address(run, &finding.rule) {
        Some(address) => line.replacen(&named, &format!("[{}]", link(&finding.rule, &address)), 1),
        None => line,
    }
}

/// Any address as a link: `ESC ] 8 ; ; ADDRESS ESC \ TEXT ESC ] 8 ; ; ESC \`.
pub(super) fn link(text: &str, address: &str) -> String {
    format!("\u{1b}]8;;{address}\u{1b}\\{text}\u{1b}]8;;\u{1b}\\")
}
