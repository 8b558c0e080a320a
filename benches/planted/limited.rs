//! Values that cannot be: probabilities and correlations above 1, percentages of a whole above 100.

use std::sync::LazyLock;

use regex::Regex;

use crate::slip::{Line, Slip, pattern};

const RULE: &str = "impossible-value";

static PROBABILITY: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s(\[,;$])[*_]*[pP](?:[ -]value)?[*_]*\s?=\s?(0?)\.\d+"));
static CORRELATION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?:^|[\s(\[,;$])[*_]*(?:r|rho|ρ)[*_]*\s?=\s?[-−–]?(0?)\.\d+"));
static SHARE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?:^|[\s(])()\d\d(?:\.\d+)?\s?\\?% of (?:the |all |our |these |those )?(?:\p{L}+ )?(?:articles|authors|cases|children|countries|families|genes|households|individuals|papers|participants|patients|people|respondents|samples|species|students|studies|subjects|trials|tumors|users|variants|women|men)\b",
    )
});
/// What may be above the whole that it is compared with.
static CHANGE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:increas|decreas|reduc|chang|more than|less than|higher|lower|grew|growth|compared)",
    )
});

/// A one in front of the point or of the percentage.
pub(crate) fn slips(line: &Line<'_>, _random: &mut fastrand::Rng) -> Vec<Slip> {
    let shapes = [
        ("probability above 1", &PROBABILITY),
        ("correlation above 1", &CORRELATION),
        ("percentage above 100", &SHARE),
    ];
    let mut found = Vec::new();
    for (class, shape) in shapes {
        for value in shape.captures_iter(line.text) {
            let is_share = class == "percentage above 100";
            if let Some(lead) = value.get(1)
                && !(is_share && CHANGE.is_match(line.text))
            {
                found.push(line.slip(class, RULE, lead.range(), "1".to_owned()));
            }
        }
    }
    found
}
