//! The word lists and weights that restatements are judged by, read once from `ontology/lexicon/restatement-*`.
//!
//! What a weight is and where it comes from stands in the files. This module only gives them a shape to look up.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use crate::ontology::{WordMap, WordSet, lexicon, lexicon_table};

macro_rules! kinds {
    ($($name:ident = $text:literal),* $(,)?) => {
        /// What speaks for or against two figures reporting one thing; the names are those of the weights' file.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub(super) enum Kind { $($name),* }

        impl Kind {
            pub(super) const ALL: &'static [Self] = &[$(Self::$name),*];

            pub(super) fn name(self) -> &'static str {
                match self { $(Self::$name => $text),* }
            }
        }
    };
}

kinds! {
    Wording = "wording", Contained = "contained", Phrase = "phrase", Near = "near",
    NextWord = "next-word", PreviousWord = "previous-word", Before = "before", After = "after",
    Source = "source", SourceBefore = "source-before", SourcesDiffer = "sources-differ",
    Number = "number", SmallNumber = "small-number",
    Bounds = "bounds", BothBounds = "both-bounds", SameP = "same-p", BoundsDiffer = "bounds-differ", PDiffers = "p-differs",
    Head = "head", HeadDiffers = "head-differs", Named = "named",
    Previous = "previous", Heading = "heading", NumbersDiffer = "numbers-differ",
    FacetDiffers = "facet-differs", FacetDiffersHard = "facet-differs-hard",
    FacetApart = "facet-apart", FacetOneSided = "facet-one-sided",
    LabelDiffers = "label-differs", Substitution = "substitution", Edition = "edition", EditionNamed = "edition-named",
    PlaceInList = "place-in-list", OtherPlaceInList = "other-place-in-list", OtherEnd = "other-end",
    Paragraph = "paragraph", Adjacent = "adjacent", Body = "body", Repeat = "repeat",
    ReferenceBack = "reference-back", CompanionDiffers = "companion-differs", Series = "series",
    SmallCount = "small-count", Bare = "bare", Digit = "digit", Transposed = "transposed",
    TransposedNear = "transposed-near", Far = "far", VeryFar = "very-far", StudyDiffers = "study-differs",
    Nested = "nested", SameSpread = "same-spread", SpreadDiffers = "spread-differs", OwnPDiffers = "own-p-differs",
    TestStatistic = "test-statistic", OtherSign = "other-sign", OtherPart = "other-part", PartOneSided = "part-one-sided",
    TwoStudies = "two-studies", SameArm = "same-arm", ArmDiffers = "arm-differs", SameMeasure = "same-measure",
    MeasureDiffers = "measure-differs", Contrast = "contrast", OtherSection = "other-section", Unrelated = "unrelated",
    SameStudy = "same-study", OtherStudy = "other-study", Parallel = "parallel", Sum = "sum", ToldApart = "told-apart",
    ToldBeside = "told-beside", BothRecur = "both-recur", NextNear = "next-near", Linked = "linked",
    OtherDigits = "other-digits", OneSlip = "one-slip", OneStudy = "one-study", RowLabel = "row-label",
    SameCell = "same-cell", RowOrder = "row-order", ColumnHead = "column-head",
}

/// A row of the weights' file.
struct Weight {
    /// In hundredths.
    weight: i64,
    /// Words for people, `{}` for the detail.
    words: &'static str,
}

static WEIGHTS: LazyLock<BTreeMap<Kind, Weight>> = LazyLock::new(|| {
    let rows: BTreeMap<&str, Weight> = lexicon_table("restatement-weights")
        .filter_map(|row| match row.as_slice() {
            [kind, weight, words] => Some((
                *kind,
                Weight {
                    weight: weight.parse().ok()?,
                    words,
                },
            )),
            _ => None,
        })
        .collect();
    let mut rows = rows;
    Kind::ALL
        .iter()
        .filter_map(|kind| Some((*kind, rows.remove(kind.name())?)))
        .collect()
});

impl Kind {
    /// Its weight in hundredths.
    pub(super) fn weight(self) -> i64 {
        WEIGHTS.get(&self).map_or(0, |row| row.weight)
    }

    /// Its words for people with the detail filled in.
    pub(super) fn words(self, detail: &str) -> String {
        let words = WEIGHTS.get(&self).map_or("", |row| row.words);
        words.replace("{}", detail)
    }
}

/// Statistical vocabulary with the symbol it stands for, where values of it can be compared.
pub(super) static STATISTICS: LazyLock<WordMap<Option<&'static str>>> = LazyLock::new(|| {
    lexicon_table("restatement-statistics")
        .filter_map(|row| match row.as_slice() {
            [word, symbol] => Some((*word, Some(*symbol).filter(|symbol| *symbol != "-"))),
            _ => None,
        })
        .collect()
});

/// What narrows a figure: word to (class, value, whether the class divides for certain).
pub(super) static FACETS: LazyLock<WordMap<Vec<Facet>>> = LazyLock::new(|| {
    let mut facets: BTreeMap<&str, Vec<Facet>> = BTreeMap::new();
    for row in lexicon_table("restatement-facets") {
        let [class, value, words] = row.as_slice() else {
            continue;
        };
        for word in words.split('|') {
            facets.entry(word).or_default().push(Facet {
                class: class.trim_end_matches('!').to_owned(),
                value: (*value).to_owned(),
                hard: class.ends_with('!'),
            });
        }
    }
    facets.into_iter().collect()
});

/// One thing that narrows a figure: "sex: female".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Facet {
    pub(super) class: String,
    pub(super) value: String,
    pub(super) hard: bool,
}

/// Words of grammar.
pub(super) static FUNCTION_WORDS: LazyLock<WordSet> =
    LazyLock::new(|| lexicon("restatement-function-words").collect());

/// Verbs in base form, by which a noun phrase ends.
pub(super) static VERBS: LazyLock<WordSet> = LazyLock::new(|| {
    lexicon("verbs")
        .map(stem)
        .chain(lexicon("auxiliaries").map(str::to_owned))
        .collect()
});

/// Phrases of one role of the cues' file.
pub(super) fn cues(role: &str) -> &'static BTreeSet<&'static str> {
    static NONE: BTreeSet<&str> = BTreeSet::new();
    CUES.get(role).unwrap_or(&NONE)
}

static CUES: LazyLock<BTreeMap<&str, BTreeSet<&str>>> = LazyLock::new(|| {
    let mut cues: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in lexicon_table("restatement-cues") {
        if let [role, phrase] = row.as_slice() {
            cues.entry(role).or_default().insert(phrase);
        }
    }
    cues
});

/// Stems of words that say one thing: to the stem they are compared as.
static SYNONYMS: LazyLock<WordMap<String>> = LazyLock::new(|| {
    let mut synonyms: BTreeMap<String, String> = BTreeMap::new();
    for row in lexicon_table("restatement-synonyms") {
        if let [word, others] = row.as_slice() {
            for other in others.split('|') {
                synonyms.insert(stem(other), stem(word));
            }
        }
    }
    synonyms.into_iter().collect()
});

/// The stem that a word is compared as: its own, or that of a word that says the same.
pub(super) fn folded(word: &str) -> String {
    let own = stem(word);
    SYNONYMS.get(&own).cloned().unwrap_or(own)
}

/// A word without its inflection: plural, past, participle, adverb. Crude on purpose: both sides are cut alike.
pub(super) fn stem(word: &str) -> String {
    let lower = word.to_lowercase();
    let word = lower
        .strip_suffix("'s")
        .or_else(|| lower.strip_suffix("’s"))
        .unwrap_or(&lower);
    if !word.is_ascii() || word.len() < 4 || word.bytes().any(|byte| byte.is_ascii_digit()) {
        return word.to_owned();
    }
    let cut = |suffix: &str, shortest: usize| {
        word.strip_suffix(suffix)
            .filter(|rest| rest.len() >= shortest)
    };
    if let Some(rest) = cut("ies", 2) {
        return format!("{rest}y");
    }
    let rest = if let Some(rest) = cut("sses", 1) {
        return format!("{rest}ss");
    } else if word.ends_with("ss") || word.ends_with("us") || word.ends_with("is") {
        word
    } else if let Some(rest) = cut("s", 3) {
        rest
    } else {
        word
    };
    let verb = rest
        .strip_suffix("ing")
        .or_else(|| rest.strip_suffix("ed"))
        .or_else(|| rest.strip_suffix("ly"))
        .filter(|verb| verb.len() >= 3);
    let rest = verb.unwrap_or(rest);
    let bytes = rest.as_bytes();
    let doubled = verb.is_some()
        && bytes.len() > 3
        && bytes.last() == bytes.iter().rev().nth(1)
        && !rest.ends_with(['l', 's']);
    let rest = if doubled {
        rest.get(..rest.len() - 1).unwrap_or(rest)
    } else {
        rest
    };
    rest.strip_suffix('e').unwrap_or(rest).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_evidence_has_a_weight() {
        for kind in Kind::ALL {
            assert_ne!(kind.weight(), 0, "{}", kind.name());
        }
        assert_eq!(WEIGHTS.len(), lexicon_table("restatement-weights").count());
    }

    #[test]
    fn inflected_forms_share_a_stem() {
        for (a, b) in [
            ("doses", "dose"),
            ("enrolled", "enrolling"),
            ("studies", "study"),
            ("reported", "reports"),
        ] {
            assert_eq!(stem(a), stem(b), "{a}, {b}");
        }
        assert_ne!(stem("virus"), stem("vir"));
    }
}
