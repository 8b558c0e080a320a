//! Volume and pages.

use std::sync::LazyLock;

use regex::Regex;

use crate::citation::Reference;

/// `12(3): 45-67`, `12, 45–67`, `12:e45`.
static VOLUME_PAGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b([0-9]{1,4})\s*(?:\(\s*(?:[Ss]uppl[^()]{0,12}|[0-9A-Za-z/–-]{1,10})\s*\))?\s*[:,]\s*",
        r"(?:pp?\.\s*)?([eES]?[0-9]{1,6}(?:\s*[-–—]\s*[eES]?[0-9]{1,6})?)"
    ))
    .ok()
});
static VOLUME: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i:\bvol(?:ume|\.)?)\s*([0-9]{1,4})").ok());
static PAGES: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i:\bpp?\.|\bpages?)\s*([eES]?[0-9]{1,6}(?:\s*[-–—]\s*[eES]?[0-9]{1,6})?)").ok()
});

/// Whether an issue such as `12(3)` stands in a text.
pub(super) fn has_issue(text: &str) -> bool {
    static ISSUE: LazyLock<Option<Regex>> =
        LazyLock::new(|| Regex::new(r"[0-9]+\s?\([0-9]{1,3}(?:[-–/][0-9]{1,3})?\)").ok());
    ISSUE.as_ref().is_some_and(|issue| issue.is_match(text))
}

/// Reads volume and pages from what follows the container.
pub(super) fn read(text: &str, entry: &mut Reference) {
    let year = entry.year.as_deref();
    let group = |regex: &LazyLock<Option<Regex>>| {
        regex
            .as_ref()
            .and_then(|regex| regex.captures(text))
            .and_then(|groups| groups.get(1))
            .map(|found| found.as_str().to_owned())
    };
    let both = VOLUME_PAGES.as_ref().and_then(|regex| {
        regex.captures_iter(text).find_map(|groups| {
            let volume = groups.get(1)?.as_str();
            (year != Some(volume)).then(|| {
                (
                    volume.to_owned(),
                    groups.get(2).map(|pages| pages.as_str().to_owned()),
                )
            })
        })
    });
    entry.volume = group(&VOLUME).or_else(|| both.as_ref().map(|(volume, _)| volume.clone()));
    entry.pages = group(&PAGES).or_else(|| {
        both.and_then(|(_, pages)| pages)
            .filter(|pages| year != Some(pages))
    });
}
