//! Where the services are, and what they are told of who asks.

use std::fmt;

use crate::text::percent_encode;

/// Addresses of the services, without a slash at the end. The defaults are the public ones.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bases {
    /// The handle system of DOIs.
    pub doi: String,
    /// Crossref's REST API.
    pub crossref: String,
    /// DataCite's REST API.
    pub datacite: String,
    /// NCBI's E-utilities: PubMed and PubMed Central.
    pub eutils: String,
    /// arXiv's API.
    pub arxiv: String,
    /// Open Library.
    pub open_library: String,
    /// ClinicalTrials.gov, API version 2.
    pub clinical_trials: String,
    /// OpenAlex.
    pub openalex: String,
}

impl Default for Bases {
    fn default() -> Self {
        let base = str::to_owned;
        Self {
            doi: base("https://doi.org"),
            crossref: base("https://api.crossref.org"),
            datacite: base("https://api.datacite.org"),
            eutils: base("https://eutils.ncbi.nlm.nih.gov/entrez/eutils"),
            arxiv: base("https://export.arxiv.org"),
            open_library: base("https://openlibrary.org"),
            clinical_trials: base("https://clinicaltrials.gov"),
            openalex: base("https://api.openalex.org"),
        }
    }
}

impl Bases {
    /// What people call the services in settings, sorted.
    pub const NAMES: [&'static str; 8] = [
        "arxiv",
        "clinicaltrials",
        "crossref",
        "datacite",
        "doi",
        "openalex",
        "openlibrary",
        "pubmed",
    ];

    /// Puts another address in place of a service's; `None` where no service has the name.
    pub fn set(&mut self, name: &str, address: &str) -> Option<()> {
        let base = match name {
            "arxiv" => &mut self.arxiv,
            "clinicaltrials" => &mut self.clinical_trials,
            "crossref" => &mut self.crossref,
            "datacite" => &mut self.datacite,
            "doi" => &mut self.doi,
            "openalex" => &mut self.openalex,
            "openlibrary" => &mut self.open_library,
            "pubmed" => &mut self.eutils,
            _ => return None,
        };
        address.trim_end_matches('/').clone_into(base);
        Some(())
    }
}

/// Keys that lift the limits of some services. None is needed, and none is ever written or shown.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Keys {
    /// `api_key` of NCBI.
    pub ncbi: Option<String>,
    /// Token of Crossref's Metadata Plus.
    pub crossref: Option<String>,
    /// `api_key` of OpenAlex.
    pub openalex: Option<String>,
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Keys").finish_non_exhaustive()
    }
}

/// All services, and what they are told of who asks.
#[derive(Clone, Debug, Default)]
pub struct Services {
    /// Where they are.
    pub bases: Bases,
    /// Address of the person to write to when something goes wrong, which Crossref, OpenAlex and NCBI ask for.
    pub contact: Option<String>,
    /// Keys.
    pub keys: Keys,
}

impl Services {
    /// Parameters of an address, encoded, those without a value left out: `?a=b&c=d`.
    pub(super) fn query(parameters: &[(&str, Option<&str>)]) -> String {
        let mut query = String::new();
        for (name, value) in parameters {
            if let Some(value) = value {
                query.push(if query.is_empty() { '?' } else { '&' });
                query.push_str(name);
                query.push('=');
                query.push_str(&encoded(value));
            }
        }
        query
    }
}

/// A text as one piece of an address: everything but the unreserved characters of RFC 3986 is percent-encoded, `/` too,
/// so that no name can climb out of its place.
pub(super) fn encoded(text: &str) -> String {
    percent_encode(text).replace('/', "%2F")
}
