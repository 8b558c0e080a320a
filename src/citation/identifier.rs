//! Identifiers in a text: DOI, PubMed, PubMed Central, arXiv, trial registries, addresses and hosts.

use std::cmp::Reverse;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::{Reference, isbn, registry};

/// DOI handbook 2.2: prefix `10.` and four digits or more, a slash, any suffix.
static DOI: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"10\.[0-9]{4,9}/[^\s"<>|]+"#).ok());
static PMID: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u:PMID:?[ ]?|pubmed\.ncbi\.nlm\.nih\.gov/|ncbi\.nlm\.nih\.gov/pubmed/)([0-9]{1,9})",
    )
    .ok()
});
static PMCID: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r"(?i-u:\bPMC(?:ID)?:?[ ]?(?:PMC)?)([0-9]{4,9})").ok());
static ARXIV: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i-u:arxiv(?:\.org/(?:abs|pdf)/|[: ]+))((?:[a-z.-]+/)?[0-9]{4}\.?[0-9]{3,5}(?:v[0-9]+)?)").ok()
});
static URL: LazyLock<Option<Regex>> =
    LazyLock::new(|| Regex::new(r#"(?:https?://|www\.|ftp://)[^\s<>"\[\]{}|]+"#).ok());

/// Puts every identifier of an entry into its fields. `text` is the whole entry, `links` the targets of its links.
pub(crate) fn read(text: &str, links: &[String], entry: &mut Reference) {
    let has_digits = text.bytes().any(|b| b.is_ascii_digit());
    if has_digits {
        entry.doi = doi(text);
        entry.pmid = first(&PMID, text);
        entry.pmcid = first(&PMCID, text).map(|digits| format!("PMC{digits}"));
        entry.arxiv = first(&ARXIV, text);
        entry.registry = registry::find(text).map(str::to_owned);
        entry.isbn = isbn::printed(text);
    }
    entry.url = urls(text).next().map(str::to_owned);
    for target in links {
        entry.doi = entry.doi.take().or_else(|| doi(target));
        entry.pmid = entry.pmid.take().or_else(|| first(&PMID, target));
        entry.pmcid = entry.pmcid.take().or_else(|| first(&PMCID, target));
        entry.arxiv = entry.arxiv.take().or_else(|| first(&ARXIV, target));
        entry.url = entry
            .url
            .take()
            .or_else(|| urls(target).next().map(str::to_owned));
    }
    if entry.url.is_none() {
        entry.path = links.iter().find(|target| is_path(target)).cloned();
    }
    if entry.host.is_none() {
        entry.host = entry.url.as_deref().and_then(host);
    }
}

/// Whether the target of a link is a file of the same folder or site, and no place of the same page.
fn is_path(target: &str) -> bool {
    !target.is_empty() && !target.contains(':') && !target.starts_with('#')
}

/// The first DOI, lower case, punctuation of the sentence around it removed.
pub(crate) fn doi(text: &str) -> Option<String> {
    let found = DOI.as_ref()?.find(text)?;
    let trimmed = without_punctuation(found.as_str());
    let before = text.get(..found.start()).unwrap_or_default();
    let stretch = before.rsplit([' ', '\n', '\t', '(', '<', '[']).next();
    let address = stretch.filter(|start| start.contains("://") || start.starts_with("www."));
    let doi = match address {
        Some(start) => of_address(trimmed, start.contains("doi.org/")),
        None => trimmed,
    };
    Some(doi.to_lowercase())
}

fn without_punctuation(found: &str) -> &str {
    let mut trimmed =
        found.trim_end_matches(['.', ',', ';', ':', '\'', '\u{201d}', '\u{2019}', '*']);
    while trimmed.ends_with([')', ']', '}']) {
        let open = trimmed.matches(['(', '[', '{']).count();
        let close = trimmed.matches([')', ']', '}']).count();
        if close <= open {
            break;
        }
        let mut chars = trimmed.chars();
        chars.next_back();
        trimmed = chars.as_str().trim_end_matches(['.', ',', ';']);
    }
    trimmed
}

/// What publishers put behind the DOI in the addresses of their pages, longer ones first.
const VIEWS: [&str; 19] = [
    ".full-text",
    ".full.pdf",
    ".full",
    ".abstract",
    ".pdf",
    ".html",
    ".xml",
    "/full/html",
    "/fulltext",
    "/full",
    "/epdf",
    "/pdf",
    "/abstract",
    "/html",
    "/meta",
    "/summary",
    "/references",
    "/epub",
    "/figures",
];

/// The DOI in an address without the query, and without what names a view of the page where no resolver stands before
/// it: `10.1000/x/full?cookies=1` is `10.1000/x`. bioRxiv and medRxiv (10.1101) add the version, too.
fn of_address(found: &str, is_resolver: bool) -> &str {
    let mut doi = found.split(['?', '#', '&']).next().unwrap_or(found);
    if is_resolver {
        return doi;
    }
    doi = doi.trim_end_matches('/');
    if let Some(bare) = VIEWS.iter().find_map(|view| doi.strip_suffix(view)) {
        doi = bare;
    }
    let version = doi
        .rsplit_once('v')
        .filter(|(bare, _)| bare.starts_with("10.1101/"))
        .filter(|(_, digits)| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit()));
    version.map_or(doi, |(bare, _)| bare)
}

/// Where identifiers and addresses stand in running text, in order, none inside another.
pub(crate) fn places(text: &str) -> Vec<Range<usize>> {
    if !text.bytes().any(|b| b.is_ascii_digit()) && !text.contains("://") && !text.contains("www.")
    {
        return Vec::new();
    }
    let mut found: Vec<Range<usize>> = registry::find_all(text)
        .into_iter()
        .map(|(start, id)| start..start + id.len())
        .collect();
    let named = [&DOI, &PMID, &PMCID, &ARXIV, &URL];
    for shape in named.into_iter().filter_map(|shape| shape.as_ref()) {
        found.extend(shape.find_iter(text).filter_map(|place| {
            let printed = place.as_str();
            // "PMC 2020" can be anything.
            let is_vague = printed.starts_with("PMC ");
            let end = place.start() + without_punctuation(printed).len();
            (!is_vague).then_some(place.start()..end)
        }));
    }
    found.sort_by_key(|place| (place.start, Reverse(place.end)));
    let mut end = 0;
    found.retain(|place| {
        let is_first = place.start >= end;
        end = end.max(place.end);
        is_first
    });
    found
}

/// Addresses that are no DOI link, in order.
fn urls(text: &str) -> impl Iterator<Item = &str> {
    URL.as_ref()
        .into_iter()
        .flat_map(|regex| regex.find_iter(text))
        .map(|found| {
            let url = found
                .as_str()
                .trim_end_matches(['.', ',', ';', ':', '\'', '*']);
            if url.contains('(') {
                url
            } else {
                url.trim_end_matches(')')
            }
        })
        .filter(|url| !url.contains("doi.org/"))
}

/// The host of an address, lower case, without `www.` and port.
pub(super) fn host(url: &str) -> Option<String> {
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next()?.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    is_host(host).then(|| host.to_owned())
}

/// Whether a text is a host name: labels of letters, digits and hyphens, the last of letters alone.
pub(super) fn is_host(text: &str) -> bool {
    let mut labels = text.split('.');
    let last = labels.next_back().unwrap_or_default();
    let suffix = (2..=24).contains(&last.len()) && last.bytes().all(|b| b.is_ascii_alphabetic());
    let mut count = 0;
    suffix
        && labels.all(|label| {
            count += 1;
            !label.is_empty()
                && label
                    .bytes()
                    .all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_')
        })
        && count > 0
}

/// Where an entry stops saying what the work is and begins to say where it is: byte of the first identifier or
/// address behind its names and title, else the end.
pub(super) fn body_end(text: &str) -> usize {
    static START: LazyLock<Option<Regex>> = LazyLock::new(|| {
        Regex::new(concat!(
            r"(?i-u:\bdoi\b:?|\bhttps?:|\bwww\.|\bPMID\b|\bPMC[0-9I]|\bISBN\b|\bISSN\b|\barXiv:|\[online\]",
            r"|\bURL:?[ ]|<https?|\bAvailable(?: at| from| online|:)|\bRetrieved(?: from| on|,? [A-Z0-9])|\bAccessed(?: on|:|,? [A-Z0-9]))"
        ))
        .ok()
    });
    START
        .as_ref()
        .and_then(|regex| {
            regex
                .find_iter(text)
                .find(|found| ends_title(text, found.start()))
        })
        .map_or(text.len(), |found| found.start())
}

/// Whether what stands before a byte can be the whole of an entry's names and title: long enough, or a short title with
/// its full stop ("Facebook. https://...").
fn ends_title(text: &str, at: usize) -> bool {
    at >= 15
        || text
            .get(..at)
            .is_some_and(|title| title.len() > 3 && title.trim_end().ends_with('.'))
}

fn first(regex: &LazyLock<Option<Regex>>, text: &str) -> Option<String> {
    regex
        .as_ref()?
        .captures(text)?
        .get(1)
        .map(|digits| digits.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_of_a_page_gives_the_doi_without_its_view() {
        for (text, expected) in [
            ("https://doi.org/10.1000/x.full", "10.1000/x.full"),
            ("https://doi.org/10.1000/x?utm_source=a", "10.1000/x"),
            ("https://example.org/doi/10.1000/X(1)/full", "10.1000/x(1)"),
            ("(https://example.org/doi/10.1000/x/pdf?a=b)", "10.1000/x"),
            (
                "https://www.biorxiv.org/content/10.1101/2020.01.01.123v2.full",
                "10.1101/2020.01.01.123",
            ),
            ("https://example.org/doi/10.1000/rev2", "10.1000/rev2"),
            ("https://example.org 10.1000/x/full", "10.1000/x/full"),
            ("doi:10.1000/x?y.", "10.1000/x?y"),
        ] {
            assert_eq!(doi(text).as_deref(), Some(expected), "{text}");
        }
    }

    #[test]
    fn identifiers_in_running_text_are_found_whole() {
        let text = "See NCT01234567, PMID: 77, (https://example.org/a), 10.1000/x(1). PMC 2020 has 4.5 mg. arXiv:2401.01234v2 é";
        let found: Vec<&str> = places(text)
            .into_iter()
            .filter_map(|place| text.get(place))
            .collect();
        let expected = [
            "NCT01234567",
            "PMID: 77",
            "https://example.org/a",
            "10.1000/x(1)",
            "arXiv:2401.01234v2",
        ];
        assert_eq!(found, expected);
    }
}
