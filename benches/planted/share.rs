//! Counts with their whole and their percentage.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use crate::slip::{Line, Slip, misprint, pattern, value};

/// A pattern with the groups `n`, `all` and `p`, and the names of its three errors.
type Shape = (Regex, [&'static str; 3]);

static SHAPES: LazyLock<Vec<Shape>> = LazyLock::new(|| {
    let count = |name: &str| format!(r"(?P<{name}>\d{{1,3}}(?:,\d{{3}})+|\d+)");
    let (n, all, p) = (count("n"), count("all"), r"(?P<p>\d{1,2}(?:\.\d+)?)\s?\\?%");
    let of = r"\s(?:out\s)?of\s(?:the\s|all\s|a\stotal\sof\s|our\s)?";
    let shape = |text: String, names: [&'static str; 3]| {
        (pattern(&format!(r"(?:^|[\s(\[])(?:{text})")), names)
    };
    vec![
        shape(
            format!(r"{n}\s?/\s?{all}\s?[(\[;,]\s?{p}\s?[)\],;]"),
            ["n of n/N (p%)", "N of n/N (p%)", "p of n/N (p%)"],
        ),
        shape(
            format!(r"{p}\s?[(\[]\s?(?:n\s?=\s?)?{n}\s?(?:/|{of})\s?{all}[)\],;]"),
            ["n of p% (n/N)", "N of p% (n/N)", "p of p% (n/N)"],
        ),
        shape(
            format!(r"{n}{of}{all}\b[^().;%\d]{{0,60}}[(\[]\s?{p}\s?[)\],;]"),
            ["n of n of N (p%)", "N of n of N (p%)", "p of n of N (p%)"],
        ),
        shape(
            format!(r"{n}\s?[(\[]\s?{p}\s?[)\]]{of}{all}\b"),
            ["n of n (p%) of N", "N of n (p%) of N", "p of n (p%) of N"],
        ),
        shape(
            format!(
                r"[Oo]f\s(?:the\s|these\s|all\s|our\s)?{all}\s[^().;%\d]{{3,60}}?\s{n}\s[^().;%\d]{{0,40}}[(\[]\s?{p}\s?[)\],;]"
            ),
            [
                "n of of N, n (p%)",
                "N of of N, n (p%)",
                "p of of N, n (p%)",
            ],
        ),
    ]
});

/// Errors in the three numbers of each share that is right.
pub(crate) fn slips(line: &Line<'_>, random: &mut fastrand::Rng) -> Vec<Slip> {
    let mut found = Vec::new();
    for (shape, classes) in SHAPES.iter() {
        for share in shape.captures_iter(line.text) {
            let Some([n, all, p]) = numbers(&share).filter(|[n, all, _]| n < all) else {
                continue;
            };
            let place = 0.5 * 0.1_f64.powi(decimals(&share["p"]));
            let misses = |n: f64, all: f64, p: f64| (100.0 * n / all - p).abs() / place;
            if misses(n, all, p) > 1.0001 {
                continue;
            }
            for (class, name) in classes.iter().zip(["n", "all", "p"]) {
                let Some(part) = share.name(name) else {
                    continue;
                };
                let wrong = misprint(part.as_str(), random);
                let Some(changed) = value(&wrong) else {
                    continue;
                };
                let is = |own: &str, value: f64| if own == name { changed } else { value };
                // Twice the rounding and more: what was cut off is no error.
                if misses(is("n", n), is("all", all), is("p", p)) > 2.5 {
                    found.push(line.slip(class, "percentage-mismatch", part.range(), wrong));
                }
            }
        }
    }
    found
}

fn numbers(share: &Captures<'_>) -> Option<[f64; 3]> {
    let group = |name: &str| value(share.name(name)?.as_str());
    Some([group("n")?, group("all")?, group("p")?])
}

fn decimals(printed: &str) -> i32 {
    let digits = printed
        .split_once('.')
        .map_or(0, |(_, digits)| digits.len());
    i32::try_from(digits).unwrap_or_default()
}
