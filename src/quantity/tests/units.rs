//! The codes of `ontology/lexicon/units.tsv` are UCUM, or annotations where UCUM has nothing.

use super::*;
use crate::ontology::units;

/// Prefixes of metric units (UCUM, table 1).
const PREFIXES: [&str; 22] = [
    "", "Y", "Z", "E", "P", "T", "G", "M", "k", "h", "da", "d", "c", "m", "u", "n", "p", "f", "Ki",
    "Mi", "Gi", "Ti",
];
/// Metric units that the list uses (UCUM, tables 2 to 8).
const METRIC: [&str; 34] = [
    "m", "s", "g", "K", "C", "mol", "sr", "Hz", "N", "Pa", "J", "W", "A", "V", "F", "Ohm", "S",
    "Wb", "Cel", "T", "H", "lm", "lx", "Bq", "Gy", "Sv", "L", "l", "ar", "t", "bar", "eV", "pc",
    "cal",
];
/// Metric units of further tables, and those for information (UCUM, tables 9 to 24).
const MORE_METRIC: [&str; 16] = [
    "By", "bit", "u", "Bd", "eq", "osm", "[iU]", "Ci", "G", "m[Hg]", "m[H2O]", "B", "a", "rad",
    "cd", "kat",
];
/// Units that take no prefix.
const OTHER: [&str; 47] = [
    "%",
    "[ppth]",
    "[ppm]",
    "[ppb]",
    "[pptr]",
    "[pH]",
    "min",
    "h",
    "d",
    "wk",
    "mo",
    "a",
    "'",
    "''",
    "deg",
    "atm",
    "AU",
    "Ao",
    "[in_i]",
    "[ft_i]",
    "[yd_i]",
    "[mi_i]",
    "[nmi_i]",
    "[lb_av]",
    "[oz_av]",
    "[gal_us]",
    "[pt_us]",
    "[foz_us]",
    "[gr]",
    "[degF]",
    "[Btu]",
    "[HP]",
    "[psi]",
    "[kn_i]",
    "[sft_i]",
    "[acr_us]",
    "[smi_us]",
    "[ston_av]",
    "[cft_i]",
    "[qt_us]",
    "[cup_us]",
    "[stone_av]",
    "[ly]",
    "[bbl_us]",
    "[tbs_us]",
    "[tsp_us]",
    "[degR]",
];

/// Whether one factor of a code is a unit with prefix and exponent, a number, or an annotation.
fn is_factor(factor: &str) -> bool {
    let bare = factor.split('{').next().unwrap_or_default();
    let closed = factor.matches('{').count() == factor.matches('}').count();
    let atom = bare.trim_end_matches(|c: char| c.is_ascii_digit() || c == '-');
    let metric = METRIC.iter().chain(&MORE_METRIC).any(|unit| {
        atom.strip_suffix(unit)
            .is_some_and(|prefix| PREFIXES.contains(&prefix))
    });
    closed && (atom.is_empty() || metric || OTHER.contains(&atom))
}

/// The factors of a code, split at slashes and points that stand outside annotations.
fn factors(code: &str) -> Vec<&str> {
    let mut depth = 0;
    code.split(|c: char| {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            _ => {}
        }
        depth == 0 && matches!(c, '/' | '.')
    })
    .collect()
}

#[test]
fn every_code_is_ucum() {
    let wrong: Vec<&str> = units()
        .iter()
        .filter(|unit| unit.dimension != Dimension::Money)
        .map(|unit| unit.ucum)
        .filter(|code| !factors(code).iter().all(|factor| is_factor(factor)))
        .collect();
    assert_eq!(wrong, Vec::<&str>::new());
}

#[test]
fn months_and_weeks_are_comparable() {
    let days = |text: &str| {
        let found = read(text, &[]);
        let quantity = found.first().unwrap();
        let unit = quantity.unit.clone().unwrap();
        assert_eq!(unit.dimension, Dimension::Time, "{text}");
        (quantity.value.unwrap() * unit.factor).normalize()
    };
    assert_eq!(days("12 months"), days("1 year"));
    assert_eq!(days("2 weeks"), days("14 days"));
    assert!(days("1 month") > days("4 weeks"));
}
