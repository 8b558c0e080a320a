//! What narrows a figure: population and cohort, as phrases of captions, cells and sentences. When it holds is for
//! [`super::time_point`].

use std::sync::LazyLock;

use regex::Regex;

use super::lexis::{PhraseLists, is};
use crate::text::squeeze;

/// The scope phrases of one text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct ScopePhrases {
    /// "third-line and later".
    pub(super) population: Option<String>,
    /// "expanded cohort".
    pub(super) cohort: Option<String>,
}

/// "in the Third-Line and Later Population", "(intention-to-treat population)".
static POPULATION: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:(?-u:\b)(?:in|among|of|for)\s+(?:the\s+)?|\(\s*)((?:[0-9A-Za-z_/≥>+\x{C0}-\x{3FF}-]+\s+){1,5}?)(?:population|subgroup|analysis set)(?-u:\b)").ok()
});

/// "third-line patients", "patients aged 65 or older": lines of therapy and analysis sets named by themselves.
static LINE_OF_THERAPY: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)((?:first|second|third|fourth|1st|2nd|3rd|4th)-line(?:\s+(?:and|or)\s+(?:later|beyond|higher))?)\s+(?:patients|setting|treatment|population)(?-u:\b)").ok()
});

/// "ITT", "per-protocol", "intention-to-treat".
static ANALYSIS_SET: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)(intention-to-treat|intent-to-treat|modified intent-to-treat|per-protocol|as-treated|efficacy-evaluable)(?-u:\b)").ok()
});

/// "Expanded Cohort", "dose-escalation part", "Part A", "cohort 2".
static COHORT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"(?i)(?-u:\b)((?:expanded|expansion|dose-escalation|dose-expansion|escalation|pilot|validation|discovery|training|safety)\s+(?:cohort|part|phase)|(?:cohort|part)\s+(?:[a-d]|[1-9])(?-u:\b))").ok()
});

/// What a phrase narrows, each a bit.
const POPULATIONS: u16 = 1;
const COHORTS: u16 = 1 << 1;

/// Words of which every match of a pattern has one: one look at them all spares most sentences the patterns.
static NOUNS: LazyLock<PhraseLists> = LazyLock::new(|| {
    let nouns = [
        ("population*", POPULATIONS),
        ("subgroup*", POPULATIONS),
        ("analysis set*", POPULATIONS),
        ("-line*", POPULATIONS),
        ("-to-treat*", POPULATIONS),
        ("per-protocol*", POPULATIONS),
        ("as-treated*", POPULATIONS),
        ("efficacy-evaluable*", POPULATIONS),
        ("cohort*", COHORTS),
        ("part*", COHORTS),
        ("phase*", COHORTS),
    ];
    PhraseLists::new(nouns.into_iter().map(|(noun, narrows)| (narrows, noun)))
});

/// The scope a text states, each phrase in lower case without its noun ("third-line and later").
pub(super) fn scope(text: &str) -> ScopePhrases {
    let nouns = NOUNS.found_in(text);
    let first = |pattern: &LazyLock<Option<Regex>>| {
        let found = pattern.as_ref()?.captures(text)?;
        Some(squeeze(found.get(1)?.as_str()).to_lowercase())
    };
    let population = || {
        first(&POPULATION)
            .or_else(|| first(&LINE_OF_THERAPY))
            .or_else(|| first(&ANALYSIS_SET))
    };
    ScopePhrases {
        population: (nouns & POPULATIONS != 0).then(population).flatten(),
        cohort: (nouns & COHORTS != 0).then(|| first(&COHORT)).flatten(),
    }
    .without_generalities()
}

impl ScopePhrases {
    /// "In the overall population" narrows nothing.
    fn without_generalities(mut self) -> Self {
        if self
            .population
            .as_deref()
            .is_some_and(|phrase| phrase.split(' ').all(|word| is("whole-population", word)))
        {
            self.population = None;
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::time_point::first_elapsed;
    use super::*;

    fn check(text: &str, population: &str, cohort: &str, time_point: &str) {
        let found = scope(text);
        let time = first_elapsed(text);
        let told = [found.population, found.cohort, time].map(Option::unwrap_or_default);
        assert_eq!(told, [population, cohort, time_point], "{text}");
    }

    #[test]
    fn scopes_are_told_by_their_nouns() {
        check(
            "Response in the Third-Line and Later Population",
            "third-line and later",
            "",
            "",
        );
        check("Phase 1b (Expanded Cohort)", "", "expanded cohort", "");
        check("was 40% at 12 months", "", "", "12 months");
        check("in the overall population", "", "", "");
        check("Table 2: Response of drug A with drug B", "", "", "");
    }
}
