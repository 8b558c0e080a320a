//! What narrows a figure, told by the words of its sentence: sex, severity, analysis, year, phase.
//!
//! A facet may stand near the value or anywhere in its sentence, which counts for less.

use super::item::Item;
use super::lexis::{Facet, Kind};
use super::score::{Pair, Piece};
use super::token::Token;
use super::words::shared;

/// Classes of facets that name an analysis: one holds until the paragraph names another.
const MODELS: [&str; 2] = ["adjustment", "analysis"];

/// What the words of a sentence narrow, each with its token.
pub(super) fn worded_facets(tokens: &[Token]) -> Vec<(usize, Facet)> {
    let mut facets = Vec::new();
    for (at, token) in tokens.iter().enumerate() {
        if let Some(found) = token.facets {
            // "May" and "may".
            let is_name = !found.iter().any(|facet| facet.class == "month")
                || token.text.starts_with(char::is_uppercase) && at > 0;
            if is_name {
                facets.extend(found.iter().map(|facet| (at, facet.clone())));
            }
        }
        if is_year(&token.text) {
            facets.push((
                at,
                Facet {
                    class: "year".to_owned(),
                    value: token.text.to_string(),
                    hard: true,
                },
            ));
        }
        if token.text.eq_ignore_ascii_case("phase")
            && let Some(number) = tokens.get(at + 1).filter(|next| next.is_word())
        {
            facets.push((
                at,
                Facet {
                    class: "phase".to_owned(),
                    value: roman(&number.text),
                    hard: true,
                },
            ));
        }
    }
    facets
}

/// The analyses that a sentence names.
pub(super) fn models(tokens: &[Token]) -> Vec<Facet> {
    let facets = worded_facets(tokens).into_iter().map(|(_, facet)| facet);
    facets
        .filter(|facet| MODELS.contains(&facet.class.as_str()))
        .collect()
}

/// Gives "in this analysis" what the sentences before call it, where the sentence names none itself.
pub(super) fn carry(models: &[Facet], items: &mut [Item], facets: &mut Vec<(usize, Facet)>) {
    if facets
        .iter()
        .any(|(_, facet)| MODELS.contains(&facet.class.as_str()))
    {
        return;
    }
    facets.extend(models.iter().map(|facet| (0, facet.clone())));
    for item in items {
        item.facets.extend(models.iter().cloned());
        item.facets.sort();
        item.facets.dedup();
    }
}

/// `II` as `2`, `IIb` as `2b`; anything else as it is, in lower case.
fn roman(text: &str) -> String {
    let lower = text.to_lowercase();
    for (roman, arabic) in [("iii", "3"), ("iv", "4"), ("ii", "2"), ("i", "1")] {
        if let Some(rest) = lower.strip_prefix(roman)
            && rest.len() <= 1
        {
            return format!("{arabic}{rest}");
        }
    }
    lower
}

/// `1995`, `2021`.
pub(super) fn is_year(text: &str) -> bool {
    text.len() == 4
        && text.bytes().all(|byte| byte.is_ascii_digit())
        && (text.starts_with("19") || text.starts_with("20"))
}

impl Pair<'_> {
    /// Evidence of what narrows each of two values.
    pub(super) fn facets(&self, f: &Item, g: &Item, found: &mut Vec<Piece>) {
        let mut classes: Vec<(&str, bool)> = f
            .facets
            .iter()
            .chain(&g.facets)
            .chain(self.one.facets.iter().filter(|facet| facet.hard))
            .map(|facet| (facet.class.as_str(), facet.hard))
            .collect();
        classes.sort_unstable();
        classes.dedup();
        for (class, hard) in classes {
            let (near_a, near_b) = (of_class(&f.facets, class), of_class(&g.facets, class));
            let (all_a, all_b) = (
                of_class(&self.one.facets, class),
                of_class(&self.other.facets, class),
            );
            let kind = if !near_a.is_empty() && !near_b.is_empty() {
                let kind = if hard {
                    Kind::FacetDiffersHard
                } else {
                    Kind::FacetDiffers
                };
                Some(kind).filter(|_| shared(&near_a, &near_b).is_empty())
            } else if hard && all_a.len() == 1 && all_b.len() == 1 && all_a != all_b {
                Some(Kind::FacetDiffersHard)
            } else if !all_a.is_empty() && !all_b.is_empty() {
                Some(Kind::FacetApart).filter(|_| shared(&all_a, &all_b).is_empty())
            } else {
                let is_near = !near_a.is_empty() || !near_b.is_empty();
                Some(Kind::FacetOneSided).filter(|_| is_near)
            };
            if let Some(kind) = kind {
                let detail = format!("{} / {}", all_a.join(", "), all_b.join(", "));
                found.push(Piece::whole(kind, format!("{class}: {detail}")));
            }
        }
    }
}

fn of_class<'f>(facets: &'f [Facet], class: &str) -> Vec<&'f str> {
    facets
        .iter()
        .filter(|facet| facet.class == class)
        .map(|facet| facet.value.as_str())
        .collect()
}
