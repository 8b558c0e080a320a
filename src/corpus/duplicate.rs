//! Entries of one list that are the same work.
//!
//! Identifiers first; else equal titles whose years and first authors do not speak against it. A preprint and its
//! journal version have different DOIs and are never joined.

use std::collections::BTreeMap;

use super::Duplicate;
use super::title::fold;
use crate::citation::Reference;

/// Titles with fewer words are too common to join two entries.
const TITLE_WORDS: usize = 4;
/// Entries whose whole text is equal must be at least this long, in bytes.
const ENTRY_LENGTH: usize = 20;
/// What is equal where a key is defined twice.
const KEY: &str = "key";

/// The duplicates of one list: each later entry with the first one it repeats.
///
/// In a `file` of reference data, a key that is defined twice repeats the first entry, too.
pub(super) fn duplicates(document: usize, references: &[Reference], file: bool) -> Vec<Duplicate> {
    let mut seen: BTreeMap<(&str, String), usize> = BTreeMap::new();
    let mut found = Vec::new();
    for (index, reference) in references.iter().enumerate() {
        let mut repeats: Option<(usize, String)> = None;
        let label = file.then(|| (KEY, reference.label.clone()));
        for (kind, value) in label.into_iter().chain(keys(reference)) {
            let earlier = *seen.entry((kind, value)).or_insert(index);
            let same = references.get(earlier).is_some_and(|other| {
                earlier != index && (kind == KEY || !differ(reference, other))
            });
            if same && repeats.is_none() {
                repeats = Some((earlier, because(kind, reference)));
            }
        }
        if let Some((earlier, because)) = repeats {
            found.push(Duplicate {
                document,
                reference: index,
                earlier,
                because,
            });
        }
    }
    found
}

fn keys(reference: &Reference) -> Vec<(&'static str, String)> {
    let mut keys = Vec::new();
    let identifiers = [
        ("DOI", &reference.doi),
        ("PubMed id", &reference.pmid),
        ("PubMed Central id", &reference.pmcid),
        ("arXiv id", &reference.arxiv),
    ];
    keys.extend(
        identifiers
            .into_iter()
            .filter_map(|(kind, value)| Some((kind, value.clone()?.to_lowercase()))),
    );
    if let Some(title) = &reference.title
        && !reference.title_is_host
        && title.split_whitespace().count() >= TITLE_WORDS
    {
        keys.push(("title", fold(title)));
    }
    if reference.text.len() >= ENTRY_LENGTH && !reference.title_is_host {
        keys.push(("text", fold(&reference.text)));
    }
    keys
}

fn because(kind: &str, reference: &Reference) -> String {
    let identifier = match kind {
        "DOI" => &reference.doi,
        "PubMed id" => &reference.pmid,
        "PubMed Central id" => &reference.pmcid,
        "arXiv id" => &reference.arxiv,
        _ => &None,
    };
    identifier
        .as_ref()
        .map_or_else(|| kind.to_owned(), |value| format!("{kind} {value}"))
}

/// Whether two entries say of themselves that they are different works.
fn differ(a: &Reference, b: &Reference) -> bool {
    let clash = |x: &Option<String>, y: &Option<String>| x.is_some() && y.is_some() && x != y;
    let first_author = |entry: &Reference| {
        entry.authors.first().and_then(|author| {
            author
                .split([',', ' '])
                .find(|part| part.len() > 2)
                .map(fold)
        })
    };
    let same_identifier =
        (a.doi.is_some() && a.doi == b.doi) || (a.pmid.is_some() && a.pmid == b.pmid);
    let clashing = clash(&a.doi, &b.doi)
        || clash(&a.pmid, &b.pmid)
        || clash(&a.registry, &b.registry)
        || clash(&a.year, &b.year)
        || clash(&a.volume, &b.volume)
        || clash(&a.pages, &b.pages)
        || clash(&first_author(a), &first_author(b));
    let is_page = |entry: &Reference| entry.authors.is_empty() && entry.year.is_none();
    let other_page = is_page(a) && is_page(b) && clash(&a.url, &b.url);
    (clashing || other_page) && !same_identifier
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(title: &str, doi: Option<&str>, year: &str) -> Reference {
        Reference {
            text: format!("{title} {}", doi.unwrap_or_default()),
            title: Some(title.to_owned()),
            doi: doi.map(str::to_owned),
            year: Some(year.to_owned()),
            ..Reference::default()
        }
    }

    fn check(entries: &[Reference], expected: usize) {
        assert_eq!(duplicates(0, entries, false).len(), expected, "{entries:?}");
    }

    #[test]
    fn equal_titles_are_one_work_unless_something_differs() {
        let title = "A trial of warm feet in winter";
        check(&[entry(title, None, "2020"), entry(title, None, "2020")], 1);
        check(&[entry(title, None, "2020"), entry(title, None, "2021")], 0);
        check(
            &[
                entry(title, Some("10.1/a"), "2020"),
                entry(title, Some("10.1/b"), "2020"),
            ],
            0,
        );
        check(
            &[
                entry("Annual report", None, "2020"),
                entry("Annual report", None, "2020"),
            ],
            0,
        );
    }

    #[test]
    fn pages_of_one_title_at_two_addresses_are_two() {
        let page = |url: &str| Reference {
            url: Some(url.to_owned()),
            year: None,
            ..entry("Handbook of the small ponds", None, "")
        };
        let (first, second) = (page("https://ponds.org/1"), page("https://ponds.org/2"));
        check(&[first.clone(), second], 0);
        check(&[first.clone(), first], 1);
    }

    #[test]
    fn equal_identifiers_are_one_work_whatever_the_title() {
        check(
            &[
                entry("Warm feet in cold winter", Some("10.1/a"), "2020"),
                entry("Warm feet", Some("10.1/a"), "2021"),
            ],
            1,
        );
    }
}
