//! Names of works that a registry can be asked about.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::citation::Reference;

/// Longest name that is asked about, in bytes. Longer ones are text that was taken for a name.
const LONGEST: usize = 2_048;

/// What a registry or a host calls a work. Written as `doi:10.1000/x`, it sorts by kind, then by name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(into = "String", try_from = "String")]
pub enum SourceId {
    /// A DOI, lower case, from `10.` on.
    Doi(String),
    /// A PubMed id, digits without leading zeros.
    Pmid(String),
    /// A PubMed Central id, `PMC` and digits.
    Pmcid(String),
    /// An arXiv id without its version.
    Arxiv(String),
    /// An ISBN, digits and a last `X`, 10 or 13 of them.
    Isbn(String),
    /// An id of a trial registry, as printed: `NCT01234567`.
    Registry(String),
    /// An address, `http` or `https`, without its fragment.
    Url(String),
}

/// A text that names no work.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error(
    "`{0}` names no work: write it as doi:10.1000/x, pmid:1234, arxiv:2401.01234, isbn:…, nct:… or an address"
)]
pub struct SourceIdError(String);

impl SourceId {
    /// Every name that an entry of a reference list gives its work, the surest first. The ISBN and then the address are
    /// names only where there is no other: beside a DOI the ISBN is that of the whole book, and the address the
    /// publisher's page.
    pub fn of_reference(reference: &Reference) -> Vec<Self> {
        let mut ids: Vec<Self> = [
            reference.doi.clone().map(Self::Doi),
            reference.pmid.as_deref().map(Self::pmid),
            reference.pmcid.clone().map(Self::Pmcid),
            reference.arxiv.as_deref().map(Self::arxiv),
            reference.registry.clone().map(Self::Registry),
        ]
        .into_iter()
        .flatten()
        .filter(Self::is_askable)
        .collect();
        if ids.is_empty() {
            ids.extend(reference.isbn.clone().map(Self::Isbn));
        }
        if ids.is_empty() {
            ids.extend(reference.url.as_deref().and_then(Self::address));
        }
        ids
    }

    /// An address without its fragment; `None` where it is not `http` or `https`.
    pub fn address(url: &str) -> Option<Self> {
        let url = url.split('#').next().unwrap_or(url);
        let url = if url.starts_with("www.") {
            format!("https://{url}")
        } else {
            url.to_owned()
        };
        let is_web = ["http://", "https://"].iter().any(|scheme| {
            url.get(..scheme.len())
                .is_some_and(|start| start.eq_ignore_ascii_case(scheme))
        });
        Some(Self::Url(url)).filter(|id| is_web && id.is_askable())
    }

    fn pmid(digits: &str) -> Self {
        Self::Pmid(digits.trim_start_matches('0').to_owned())
    }

    fn arxiv(id: &str) -> Self {
        let bare = id
            .rsplit_once('v')
            .filter(|(_, version)| {
                !version.is_empty() && version.bytes().all(|b| b.is_ascii_digit())
            })
            .map_or(id, |(bare, _)| bare);
        Self::Arxiv(bare.to_owned())
    }

    /// Whether it is short and plain enough to be asked about: no control character, no white space.
    fn is_askable(&self) -> bool {
        let name = self.name();
        !name.is_empty()
            && name.len() <= LONGEST
            && !name.chars().any(|c| c.is_control() || c.is_whitespace())
    }

    /// The kind as it is written: `doi`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Doi(_) => "doi",
            Self::Pmid(_) => "pmid",
            Self::Pmcid(_) => "pmcid",
            Self::Arxiv(_) => "arxiv",
            Self::Isbn(_) => "isbn",
            Self::Registry(_) => "registry",
            Self::Url(_) => "url",
        }
    }

    /// The name without its kind.
    pub fn name(&self) -> &str {
        match self {
            Self::Doi(name)
            | Self::Pmid(name)
            | Self::Pmcid(name)
            | Self::Arxiv(name)
            | Self::Isbn(name)
            | Self::Registry(name)
            | Self::Url(name) => name,
        }
    }
}

impl fmt::Display for SourceId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}", self.kind(), self.name())
    }
}

impl FromStr for SourceId {
    type Err = SourceIdError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let wrong = || SourceIdError(text.to_owned());
        let (kind, name) = text.split_once(':').ok_or_else(wrong)?;
        let id = match kind {
            "doi" => Self::Doi(name.to_lowercase()),
            "pmid" => Self::pmid(name),
            "pmcid" => Self::Pmcid(name.to_owned()),
            "arxiv" => Self::arxiv(name),
            "isbn" => Self::Isbn(name.replace('-', "").to_uppercase()),
            "registry" | "nct" => Self::Registry(name.to_owned()),
            "url" => return Self::address(name).ok_or_else(wrong),
            _ => return Err(wrong()),
        };
        if id.is_askable() {
            Ok(id)
        } else {
            Err(wrong())
        }
    }
}

impl From<SourceId> for String {
    fn from(id: SourceId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for SourceId {
    type Error = SourceIdError;

    fn try_from(text: String) -> Result<Self, Self::Error> {
        text.parse()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(entry: &Reference, expected: &[&str]) {
        let ids: Vec<String> = SourceId::of_reference(entry)
            .into_iter()
            .map(String::from)
            .collect();
        assert_eq!(ids, expected);
        for id in ids {
            assert_eq!(id.parse::<SourceId>().map(String::from), Ok(id));
        }
    }

    #[test]
    fn an_entry_is_asked_about_by_its_surest_names() {
        check(
            &Reference {
                doi: Some("10.1000/x(1)".to_owned()),
                pmid: Some("0123".to_owned()),
                url: Some("https://example.org/x".to_owned()),
                ..Reference::default()
            },
            &["doi:10.1000/x(1)", "pmid:123"],
        );
    }

    #[test]
    fn a_version_is_no_part_of_the_name() {
        let arxiv = Some("2401.01234v2".to_owned());
        check(
            &Reference {
                arxiv,
                ..Reference::default()
            },
            &["arxiv:2401.01234"],
        );
    }

    #[test]
    fn an_address_counts_where_nothing_else_names_the_work() {
        let with = |url: &str| Reference {
            url: Some(url.to_owned()),
            ..Reference::default()
        };
        check(
            &with("https://example.org/a?b=c#d"),
            &["url:https://example.org/a?b=c"],
        );
        check(&with("www.example.org"), &["url:https://www.example.org"]);
        check(&with("ftp://example.org/a"), &[]);
        check(&with("https://example.org/a\nHost: b"), &[]);
    }
}
