//! Web sites in entries: the host printed at the end, the site's name after the title, registrable domains.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use super::context::is;
use super::identifier::is_host;
use super::name::fold;
use crate::ontology::lexicon_table;

/// Folded brand name to registrable domains.
static BRANDS: LazyLock<BTreeMap<String, Vec<&'static str>>> = LazyLock::new(|| {
    lexicon_table("sites")
        .filter_map(|row| {
            let mut columns = row.into_iter();
            Some((fold(columns.next()?), columns.next()?.split(' ').collect()))
        })
        .collect()
});

/// What stands at the end of an entry: `Title - Site [host]`.
pub(super) struct Tail<'a> {
    /// The text without host and suffix.
    pub(super) title: &'a str,
    /// The site's name that was cut off.
    pub(super) suffix: Option<&'a str>,
    /// Lower case, without `www.`.
    pub(super) host: Option<String>,
}

/// Splits host and site suffix off the end of a text.
pub(super) fn tail(text: &str) -> Tail<'_> {
    let (rest, host) = split_host(text.trim());
    let cut = [" - ", " | ", " \u{2013} ", " \u{2014} "]
        .iter()
        .filter_map(|separator| rest.rfind(separator).map(|at| (at, separator.len())))
        .max();
    if let Some((at, width)) = cut {
        let suffix = rest.get(at + width..).unwrap_or_default().trim();
        let known = brand(suffix).is_some();
        let named = host.as_deref().is_some_and(|host| names_host(suffix, host));
        if at > 0 && !suffix.is_empty() && (known || named) {
            return Tail {
                title: rest.get(..at).unwrap_or_default().trim_end(),
                suffix: Some(suffix),
                host,
            };
        }
    }
    Tail {
        title: rest,
        suffix: None,
        host,
    }
}

/// The registrable domain of a host.
pub(super) fn registrable(host: &str) -> Option<String> {
    let labels: Vec<&str> = host.split('.').collect();
    let country = labels.last().is_some_and(|last| last.len() == 2);
    let second = labels.len().checked_sub(2).and_then(|at| labels.get(at))?;
    let keep = if country && labels.len() > 2 && is("second-level", second) {
        3
    } else {
        2
    };
    let from = labels.len().checked_sub(keep)?;
    Some(labels.get(from..)?.join("."))
}

/// The registrable domain of the site a title names, with its whole text or its suffix. Of several, the first;
/// where the host's own domain is among them, that one.
pub(super) fn named_by(title: &str, suffix: Option<&str>, site: Option<&str>) -> Option<String> {
    let domains = suffix.and_then(brand).or_else(|| brand(title))?;
    let own = site.filter(|site| domains.contains(site));
    own.or_else(|| domains.first().copied()).map(str::to_owned)
}

/// PubMed and its kin list works and hold none.
pub(super) fn is_catalogue(name: &str) -> bool {
    is("catalogue", &fold(name))
}

fn brand(name: &str) -> Option<&'static [&'static str]> {
    (name.len() <= 60)
        .then(|| BRANDS.get(&fold(name)))?
        .map(Vec::as_slice)
}

fn split_host(text: &str) -> (&str, Option<String>) {
    let split = text
        .strip_suffix(']')
        .and_then(|rest| rest.rsplit_once('['));
    let Some((rest, inside)) = split else {
        return (text, None);
    };
    let host = inside.trim().to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if is_host(host) {
        (rest.trim_end(), Some(host.to_owned()))
    } else {
        (text, None)
    }
}

/// Whether a suffix spells the host: "Pharmaceutical Technology" and `pharmaceutical-technology.com`.
fn names_host(suffix: &str, host: &str) -> bool {
    let Some(site) = registrable(host) else {
        return false;
    };
    let label = fold(site.split('.').next().unwrap_or_default());
    let name = fold(suffix);
    label.len() >= 3
        && name.len() >= 3
        && (name.contains(&label) || label.contains(&name) || fold(&site) == name)
}
