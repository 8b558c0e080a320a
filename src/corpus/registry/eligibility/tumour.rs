//! The extent of a tumour by the TNM classification: categories that a statement takes to be eligible and the record excludes.
//!
//! Source of the classification: UICC, TNM Classification of Malignant Tumours. It leaves out criteria in many words, which
//! exclude a category under a condition.

use std::collections::BTreeSet;

use crate::corpus::registry::is;
use crate::source::Criterion;

// "T1-3", "T1-T3", "N2", "T1, 2 or 3", "pT4a"; behind another category without a space: "T1N1M0".
pattern!(
    CATEGORY,
    r"(?:^|[^A-Za-z0-9+-]|[cpy]|[0-4xX][a-d]?)([TNM]) ?([0-4])[a-d]?(?:\s?(?:-|–|to|through)\s?[TNM]?([0-4])[a-d]?)?((?:\s?(?:,|/|,?\s?or|,?\s?and)\s?[0-4][a-d]?\b)*)"
);
pattern!(
    NEGATED,
    r"(?i)^\W*(?:\d{1,2}[.)]\s*)?(?:no|not|without|absence of|free of)\b"
);
pattern!(WORD, r"[A-Za-z]{2,}");

/// Most words of a criterion that excludes what it names under no condition, categories left out.
const FEW_WORDS: usize = 7;

/// A category: its letter and number.
type Category = (char, char);

/// What the criteria of a record say of categories.
#[derive(Debug, Default)]
pub(super) struct Extent {
    named: BTreeSet<Category>,
    /// Excluded ones, with the criterion.
    excluded: Vec<(Category, String)>,
}

/// The categories of a text.
fn categories(text: &str) -> BTreeSet<Category> {
    let mut found = BTreeSet::new();
    let mut at = 0;
    // A category may begin with the last character of the one before.
    while let Some(next) = CATEGORY
        .as_ref()
        .and_then(|pattern| pattern.captures_at(text, at))
    {
        let digit = |group: usize| next.get(group)?.as_str().chars().next();
        let (Some(letter), Some(low), Some(whole)) = (digit(1), digit(2), next.get(0)) else {
            break;
        };
        let high = digit(3).unwrap_or(low);
        found.extend((low..=high).map(|number| (letter, number)));
        let more = next.get(4).map_or("", |more| more.as_str());
        found.extend(
            more.chars()
                .filter(char::is_ascii_digit)
                .map(|number| (letter, number)),
        );
        at = whole.end().saturating_sub(1).max(at + 1);
        if !text.is_char_boundary(at) {
            at = whole.end();
        }
    }
    found
}

impl Extent {
    pub(super) fn of(criteria: &[Criterion]) -> Self {
        let mut extent = Self::default();
        for criterion in criteria {
            let own = categories(&criterion.text);
            let is_negated = is(&NEGATED, &criterion.text);
            if criterion.excludes == is_negated {
                extent.named.extend(own);
                continue;
            }
            let words = WORD
                .as_ref()
                .map_or(0, |word| word.find_iter(&criterion.text).count());
            if words <= FEW_WORDS {
                extent.excluded.extend(
                    own.into_iter()
                        .map(|category| (category, criterion.text.clone())),
                );
            }
        }
        extent
    }

    /// The criterion that excludes a category of those that a statement takes to be eligible. A letter alone can be anything, so
    /// the statement must give two of the three.
    pub(super) fn contradicts(&self, statement: &str) -> Option<&str> {
        let stated = categories(statement);
        let letters: BTreeSet<char> = stated.iter().map(|(letter, _)| *letter).collect();
        let mut excluded = self.excluded.iter().filter(|(category, _)| {
            letters.len() > 1 && stated.contains(category) && !self.named.contains(category)
        });
        excluded.next().map(|(_, criterion)| criterion.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn categories_are_read_in_all_ways_they_are_printed() {
        let check = |text: &str, expected: &[Category]| {
            assert_eq!(
                categories(text).into_iter().collect::<Vec<_>>(),
                expected,
                "{text}"
            );
        };
        check("T1N2M0", &[('M', '0'), ('N', '2'), ('T', '1')]);
        check(
            "T1-3, N0 or N1a",
            &[('N', '0'), ('N', '1'), ('T', '1'), ('T', '2'), ('T', '3')],
        );
        check("pT4 (T1-T2)", &[('T', '1'), ('T', '2'), ('T', '4')]);
        check("N 1, 2, or 3", &[('N', '1'), ('N', '2'), ('N', '3')]);
        check("CD4 cells, HT1, MTN2", &[]);
    }

    #[test]
    fn an_excluded_category_is_not_eligible() {
        let check = |criteria: &[(&str, bool)], statement: &str, expected: bool| {
            assert_eq!(
                Extent::of(&super::super::criteria(criteria))
                    .contradicts(statement)
                    .is_some(),
                expected,
                "{statement}"
            );
        };
        let record = [("T1-3, N0-2", false), ("Any T4, N3 or M1 disease", true)];
        check(
            &record,
            "Patients with T4 N1 M0 tumours are eligible.",
            true,
        );
        check(
            &record,
            "Patients with T3 N1 M0 tumours are eligible.",
            false,
        );
        check(
            &[("No evidence of T4 or M1 disease", false)],
            "A T2 N0 M1 tumour is eligible.",
            true,
        );
        check(
            &[("M1", true), ("M1 in one bone is allowed", false)],
            "A T2 M1 tumour is eligible.",
            false,
        );
        check(&[("M1", true)], "Type M1 is eligible.", false);
    }
}
