//! The sex of those whom a trial takes: a man whom a statement takes to be eligible, where the record takes women alone.
//!
//! It leaves out criteria that only speak of one sex, such as those of contraception.

use crate::corpus::registry::is;
use crate::source::Criterion;

pattern!(MAN, r"(?i)\b(?:men|man|males?|he|boys?)\b");
pattern!(WOMAN, r"(?i)\b(?:women|woman|females?|she|girls?)\b");
// A criterion that says who is taken, alone: "Women aged 18 to 75", "Patients must be female", "Sex: FEMALE".
pattern!(
    OWN,
    r"(?i)^\W*(?:\d{1,2}[.)]\s*)?(?:sex:\s*|gender:\s*)?(?:(?:all\s+)?(?:patients?|subjects?|participants?)\s+)?(?:must\s+be\s+|are\s+|be\s+|of\s+|adult\s+|(?:pre|post)-?menopausal\s+)*(?:women|woman|females?|men|males?)\b"
);
// What only some of that sex must have or do.
pattern!(
    PARTIAL,
    r"(?i)\b(?:child|reproductive|fertile|pregnan\w*|contracept\w*|birth control|partners?|should|if|whose|must have|must agree|must use|must not|only)\b|\bmust be (?:at|willing|using|surgically|post)"
);
pattern!(
    EXCLUDED,
    r"(?i)^\W*(?:\d{1,2}[.)]\s*)?(men|women|males?|females?)(?:\s+(?:patients?|subjects?|participants?|gender|sex|breast cancer))*\W*$"
);
pattern!(
    PARTNER,
    r"(?i)\b(?:partners?|husbands?|wi(?:fe|ves)|relatives?|sons?|daughters?)\b"
);

/// What of the record says that it takes one sex alone.
#[derive(Debug, Default)]
pub(super) struct Sex {
    /// Whether only women are taken, or only men, with the criterion.
    only: Option<(bool, String)>,
}

impl Sex {
    pub(super) fn of(criteria: &[Criterion]) -> Self {
        let mut only = None;
        for is_women in [true, false] {
            let (own, other) = if is_women {
                (&WOMAN, &MAN)
            } else {
                (&MAN, &WOMAN)
            };
            // The partners of participants are none.
            let takes_other = criteria.iter().any(|criterion| {
                !criterion.excludes && is(other, &criterion.text) && !is(&PARTNER, &criterion.text)
            });
            let says = criteria.iter().find(|criterion| {
                let text = &criterion.text;
                let excludes = || {
                    EXCLUDED
                        .as_ref()?
                        .captures(text)?
                        .get(1)
                        .map(|sex| is(other, sex.as_str()))
                };
                if criterion.excludes {
                    return excludes() == Some(true);
                }
                is(&OWN, text) && is(own, text) && !is(&PARTIAL, text)
            });
            if let Some(says) = says.filter(|_| !takes_other) {
                only = Some((is_women, says.text.clone()));
                break;
            }
        }
        Self { only }
    }

    /// The criterion that a statement of who is eligible contradicts.
    pub(super) fn contradicts(&self, statement: &str) -> Option<&str> {
        let (is_women, criterion) = self.only.as_ref()?;
        let other = if *is_women { &MAN } else { &WOMAN };
        (is(other, statement) && !is(&PARTNER, statement)).then_some(criterion.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(criteria: &[(&str, bool)], statement: &str, expected: bool) {
        let sex = Sex::of(&super::super::criteria(criteria));
        assert_eq!(
            sex.contradicts(statement).is_some(),
            expected,
            "{statement} {criteria:?}"
        );
    }

    #[test]
    fn a_man_is_not_eligible_where_women_alone_are_taken() {
        let man = "Tom, a 50-year-old man, is eligible.";
        for criterion in [
            "Women aged 18 to 75",
            "Female",
            "Patients must be female",
            "Sex: FEMALE",
            "1. Postmenopausal women",
        ] {
            check(&[(criterion, false)], man, true);
            check(&[(criterion, false)], "Ann is 50, she is eligible.", false);
        }
        check(&[("Male patients", true)], man, true);
        check(&[("Sex: MALE", false)], "A woman of 50 is eligible.", true);
    }

    #[test]
    fn a_criterion_of_some_women_says_nothing_of_men() {
        let man = "Tom, a 50-year-old man, is eligible.";
        for criterion in [
            "Women of childbearing potential must use contraception",
            "Female participants must be at least 18",
            "Sex: ALL",
            "Men and women",
        ] {
            check(&[(criterion, false)], man, false);
        }
        check(
            &[
                ("Women aged 18 to 75", false),
                ("Male breast cancer is allowed", false),
            ],
            man,
            false,
        );
        check(&[("Male patients with gout", true)], man, false);
        check(
            &[("Female", false)],
            "Women with a male partner are eligible.",
            false,
        );
    }
}
