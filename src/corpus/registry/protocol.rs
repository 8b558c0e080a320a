//! What a document says of a trial as a whole, against what the registry has: enrolment, phase, status, primary outcome.
//!
//! It leaves out what can differ rightly: parts of a trial (arms, sites, interim looks), plans beside final counts, phases
//! of which one holds the other, and primary outcomes of one family, such as progression-free and disease-free survival.

use std::collections::BTreeSet;

use super::sentence::CONTEXT;
use super::{Field, is, primary_outcome};
use crate::claim::StudyName;
use crate::source::Trial;

/// A trial as its registry has it, and the day on which that was so where it is known.
#[derive(Clone, Copy)]
pub(super) struct Entry<'a> {
    pub(super) trial: &'a Trial,
    pub(super) day: Option<&'a str>,
}

/// A difference: what it is about, and what the registry has, in words.
pub(super) type Difference = (Field, String);

// People behind a number, with up to four words between: "120 previously untreated adult patients".
pattern!(
    PEOPLE,
    r"(?i)(^|\S+\s+|\()((?:\d{1,3}(?:,\d{3})+|\d+)\b)(?:\s+[a-z-]+){0,4}?\s+(?:patients|participants|subjects|women|men|adults|children|people|individuals|volunteers)\b"
);
pattern!(
    ENROLLED,
    r"(?i)\b(?:enroll?ed|recruited|accrued)\s+(?:a\s+total\s+of\s+)?$"
);
pattern!(
    WERE_ENROLLED,
    r"(?i)^\s+(?:(?:were|was)\s+)?(?:enroll?ed|recruited)\b"
);
pattern!(RANDOMISED, r"(?i)\brandomi[sz]ed\s+(?:a\s+total\s+of\s+)?$");
pattern!(
    WERE_RANDOMISED,
    r"(?i)^\s+(?:(?:were|was)\s+)?randomi[sz]ed\b"
);
pattern!(
    TO_ENROL,
    r"(?i)\b(?:will|(?:plans?|aims?|intends?|expects?)\s+to)\s+(?:enroll?|recruit)\s+(?:a\s+total\s+of\s+)?$"
);
pattern!(
    ENROLMENT_LABEL,
    r"(?i)^(?:actual\s+)?enroll?ment(?:\s*\((actual|estimated)\))?\s*:\s*(\d{1,3}(?:,\d{3})+|\d+)(?:\s+(?:patients|participants|subjects))?\s*(?:\((actual|estimated)\))?[.;]?\s*$"
);
// Another place than the whole trial: "in Japan". A year may stand there.
pattern!(
    SOMEWHERE,
    r"\b(?:[Ii]n|[Ff]rom|[Aa]t)\s+(?:the\s+)?[A-Z][a-z]+\b(?:\s+\d{4})?"
);
pattern!(
    PHASE_BEHIND,
    r"(?i)\bNCT\d{8}\)?,?\s+(?:(?:is|was)\s+)?an?\s+(?:[a-z-]+,?\s+){0,6}?phase\s+([0-4]|i{1,3}|iv)([abc]?)(?:\s?[/-]\s?([0-4]|i{1,3}|iv)[abc]?)?\s+(?:[a-z-]+,?\s+){0,5}?(?:trial|study)\b"
);
pattern!(
    PHASE_BEFORE,
    r"(?i)\bphase\s+([0-4]|i{1,3}|iv)([abc]?)(?:\s?[/-]\s?([0-4]|i{1,3}|iv)[abc]?)?(?:,?\s+[a-z-]+){0,5}?,?\s+(?:trial|study)\s*[(\[](?:[a-z.]+\s+){0,3}?[a-z.]*[:,]?\s*NCT\d{8}"
);
pattern!(
    PHASE_LABEL,
    r"(?i)^phase\s*:\s*(?:phase\s+)?([0-4]|i{1,3}|iv)([abc]?)(?:\s?[/-]\s?([0-4]|i{1,3}|iv)[abc]?)?\s*[.;]?$"
);
pattern!(
    RUNS,
    r"(?i)(?:\b(?:the|this)\s+(?:trial|study)|\bit|\bNCT\d{8}\)?)\s+(?:is|remains)\s+(?:still\s+|currently\s+|now\s+|actively\s+)?(?:ongoing|under\s?way|in\s+progress|recruiting|enroll?ing|not\s+yet\s+recruiting)\b"
);
pattern!(
    RUNNING,
    r"(?i)\b(?:ongoing|currently\s+recruiting)\s+(?:[a-z0-9/-]+,?\s+){0,6}?(?:trial|study)\s*[(\[](?:[a-z.]+\s+){0,3}?[a-z.]*[:,]?\s*NCT\d{8}"
);
pattern!(
    ENDED,
    r"(?i)(?:\b(?:the|this)\s+(?:trial|study)|\bit|\bNCT\d{8}\)?)\s+(?:was|has\s+been)\s+(?:already\s+|prematurely\s+)?(?:completed|terminated|withdrawn)\b"
);
pattern!(
    COMPLETED,
    r"(?i)\b(?:completed|terminated)\s+(?:[a-z0-9/-]+,?\s+){0,6}?(?:trial|study)\s*[(\[](?:[a-z.]+\s+){0,3}?[a-z.]*[:,]?\s*NCT\d{8}"
);
pattern!(
    STATUS_LABEL,
    r"(?i)^(?:overall\s+|recruitment\s+)?status\s*:\s*([a-z, ]+?)\s*[.;]?$"
);
/// Every difference between a sentence about a trial and the registry's entry, at most one a field.
pub(super) fn differences(text: &str, entry: Entry<'_>) -> Vec<Difference> {
    let has_blocker = words(text).any(|word| CONTEXT.has("part", &word));
    let readings = [
        (!has_blocker).then(|| enrolment(text, entry)).flatten(),
        (!has_blocker).then(|| phase(text, entry.trial)).flatten(),
        status(text, entry),
        primary_outcome::difference(text, entry.trial),
    ];
    readings.into_iter().flatten().collect()
}

/// The phase that a document gives a study beside its number: "Phase 3 FORTRESS (NCT01837095)".
pub(super) fn named_phase(name: &StudyName, trial: &Trial) -> Option<Difference> {
    let stated: BTreeSet<char> = name
        .phases
        .iter()
        .filter_map(|phase| phase.chars().next())
        .collect();
    other_phase(&stated, trial)
}

fn words(text: &str) -> impl Iterator<Item = String> {
    text.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
}

fn number(printed: &str) -> Option<u64> {
    printed.replace(',', "").parse().ok()
}

/// Participants, of the whole trial, stated as a fact or as a plan.
fn enrolment(text: &str, entry: Entry<'_>) -> Option<Difference> {
    let registered = entry.trial.enrolment.filter(|count| *count > 0)?;
    let is_planned = entry.trial.enrolment_is_planned;
    let kind = if is_planned { "planned" } else { "enrolled" };
    let says = || {
        (
            Field::Enrolment,
            format!("{registered} participants {kind}"),
        )
    };
    if let Some(found) = ENROLMENT_LABEL.as_ref()?.captures(text.trim()) {
        let said_kind = found
            .get(1)
            .or(found.get(3))
            .map(|kind| kind.as_str().to_lowercase());
        let is_same_kind = said_kind.is_none_or(|kind| (kind == "estimated") == is_planned);
        return (number(found.get(2)?.as_str())? != registered && is_same_kind).then(says);
    }
    let mut counts = PEOPLE.as_ref()?.captures_iter(text);
    let only = counts.next().filter(|_| counts.next().is_none())?;
    let (before, stated) = (only.get(1)?.as_str().trim(), only.get(2)?);
    let is_bounded = CONTEXT.has("bound", &before.to_lowercase());
    let is_elsewhere = SOMEWHERE
        .as_ref()?
        .find_iter(text)
        .any(|place| !place.as_str().ends_with(|c: char| c.is_ascii_digit()));
    if is_bounded || is_elsewhere {
        return None;
    }
    let (ahead, behind) = (text.get(..stated.start())?, text.get(only.get(0)?.end()..)?);
    let stated = number(stated.as_str())?;
    let differs = if is(&TO_ENROL, ahead) {
        is_planned && stated != registered
    } else if is(&ENROLLED, ahead) || is(&WERE_ENROLLED, behind) {
        !is_planned && stated != registered
    } else if is(&RANDOMISED, ahead) || is(&WERE_RANDOMISED, behind) {
        // Fewer are randomised than enrolled where some fail the screening.
        !is_planned && stated > registered
    } else {
        false
    };
    differs.then(says)
}

fn phase(text: &str, trial: &Trial) -> Option<Difference> {
    let patterns = [&PHASE_BEHIND, &PHASE_BEFORE, &PHASE_LABEL];
    let found = patterns
        .into_iter()
        .find_map(|pattern| pattern.as_ref()?.captures(text))?;
    let digit = |group: usize| {
        let printed = found.get(group)?.as_str().to_lowercase();
        match printed.as_str() {
            "i" => Some('1'),
            "ii" => Some('2'),
            "iii" => Some('3'),
            "iv" => Some('4'),
            other => other.chars().next(),
        }
    };
    other_phase(&[1, 3].into_iter().filter_map(digit).collect(), trial)
}

/// Whether none of the stated phases is one of the registry's.
fn other_phase(stated: &BTreeSet<char>, trial: &Trial) -> Option<Difference> {
    let mut own: BTreeSet<char> = BTreeSet::new();
    for phase in &trial.phases {
        own.extend(phase.chars().filter(char::is_ascii_digit));
        if phase.starts_with("EARLY") {
            own.insert('0');
        }
    }
    let differs = !own.is_empty() && !stated.is_empty() && own.is_disjoint(stated);
    let digits: Vec<String> = own
        .iter()
        .filter(|digit| **digit != '0')
        .map(char::to_string)
        .collect();
    differs.then(|| (Field::Phase, format!("phase {}", digits.join("/"))))
}

/// Statuses of a trial that has ended, and of one that has not ended its recruitment.
const OVER: [&str; 3] = ["COMPLETED", "TERMINATED", "WITHDRAWN"];
const OPEN: [&str; 3] = [
    "NOT_YET_RECRUITING",
    "RECRUITING",
    "ENROLLING_BY_INVITATION",
];

fn status(text: &str, entry: Entry<'_>) -> Option<Difference> {
    let registered = entry.trial.status.as_str();
    let (is_over, is_open) = (OVER.contains(&registered), OPEN.contains(&registered));
    let labelled = STATUS_LABEL.as_ref()?.captures(text.trim());
    let differs = if let Some(found) = labelled {
        let said = found
            .get(1)?
            .as_str()
            .to_uppercase()
            .replace(", ", "_")
            .replace(' ', "_");
        is_over && (OPEN.contains(&said.as_str()) || said == "ONGOING")
            || is_open && OVER.contains(&said.as_str())
    } else if words(text).any(|word| CONTEXT.has("moment", &word)) {
        false
    } else {
        is_over && (is(&RUNS, text) || is(&RUNNING, text))
            || is_open && (is(&ENDED, text) || is(&COMPLETED, text))
    };
    let status = registered.to_lowercase().replace('_', " ");
    let day = entry
        .day
        .map_or_else(String::new, |day| format!(" on {day}"));
    differs.then(|| (Field::Status, format!("{status}{day}")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn trial() -> Trial {
        Trial {
            status: "COMPLETED".to_owned(),
            phases: vec!["PHASE2".to_owned()],
            enrolment: Some(102),
            primary_outcomes: vec!["Progression-free survival".to_owned()],
            ..Trial::default()
        }
    }

    fn check(text: &str, trial: &Trial, expected: &[&str]) {
        let day = Some("2026-11-21");
        let said: Vec<String> = differences(text, Entry { trial, day })
            .into_iter()
            .map(|(_, said)| said)
            .collect();
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn another_number_of_participants_is_seen() {
        for text in [
            "NCT09918834 enrolled 120 patients.",
            "The trial recruited a total of 1,020 previously untreated adult patients.",
            "In NCT09918834, 120 participants were enrolled between 2019 and 2021.",
            "Enrollment: 120 participants (actual)",
            "In all, NCT09918834 randomized 120 women.",
        ] {
            check(text, &trial(), &["102 participants enrolled"]);
        }
        let planned = Trial {
            enrolment_is_planned: true,
            ..trial()
        };
        check(
            "The trial plans to enrol 120 adults.",
            &planned,
            &["102 participants planned"],
        );
    }

    #[test]
    fn a_number_of_something_else_is_no_enrolment() {
        for text in [
            "NCT09918834 enrolled 102 patients.",
            "NCT09918834 enrolled more than 90 patients.",
            "NCT09918834 randomized 98 patients.",
            "NCT09918834 screened 120 patients.",
            "NCT09918834 enrolled 60 patients in each arm.",
            "NCT09918834 enrolled 40 patients in Japan.",
            "NCT09918834 enrolled 60 men and 40 women.",
            "By then NCT09918834 had enrolled 60 patients.",
            "The trial plans to enrol 120 adults.",
            "Enrolment: 120 (estimated)",
        ] {
            check(text, &trial(), &[]);
        }
    }

    #[test]
    fn another_phase_is_seen() {
        check(
            "NCT09918834 is a randomized, double-blind phase III trial.",
            &trial(),
            &["phase 2"],
        );
        check(
            "A phase 3 open-label study (ClinicalTrials.gov identifier: NCT09918834) ran.",
            &trial(),
            &["phase 2"],
        );
        check("Phase: 3", &trial(), &["phase 2"]);
        check(
            "NCT09918834 is a phase II trial, a phase 2/3 study (NCT09918834).",
            &trial(),
            &[],
        );
        check(
            "The phase 1 part of the phase 1 study (NCT09918834) ended.",
            &trial(),
            &[],
        );
        let both = Trial {
            phases: vec!["PHASE2".to_owned(), "PHASE3".to_owned()],
            ..trial()
        };
        check("NCT09918834 is a phase 3 trial.", &both, &[]);
        let none = Trial {
            phases: vec!["NA".to_owned()],
            ..trial()
        };
        check("NCT09918834 is a phase 3 trial.", &none, &[]);
    }

    #[test]
    fn another_status_is_seen() {
        let open = Trial {
            status: "RECRUITING".to_owned(),
            ..trial()
        };
        for text in [
            "NCT09918834 is still recruiting.",
            "The trial is ongoing.",
            "An ongoing phase 2 trial (NCT09918834) tests it.",
            "Status: Recruiting",
        ] {
            check(text, &trial(), &["completed on 2026-11-21"]);
            check(text, &open, &[]);
        }
        check(
            "The trial has been completed.",
            &open,
            &["recruiting on 2026-11-21"],
        );
        check("The trial was completed.", &trial(), &[]);
        check("The trial was ongoing at that time.", &trial(), &[]);
        check("As of May 2020 the trial is ongoing.", &trial(), &[]);
        check("Follow-up is ongoing.", &trial(), &[]);
    }

    #[test]
    fn another_primary_outcome_is_seen() {
        let expected = ["primary outcome: Progression-free survival"];
        check(
            "The primary endpoint was overall survival.",
            &trial(),
            &expected,
        );
        check(
            "The primary outcome of NCT09918834 is objective response rate.",
            &trial(),
            &expected,
        );
        check(
            "The primary endpoint was disease-free survival.",
            &trial(),
            &[],
        );
        check(
            "The primary endpoints were PFS and overall survival.",
            &trial(),
            &[],
        );
        check("The primary endpoint was met.", &trial(), &[]);
        check(
            "The primary endpoint was met, and overall survival was longer, too.",
            &trial(),
            &[],
        );
        let other = Trial {
            primary_outcomes: vec!["Foot temperature".to_owned()],
            ..trial()
        };
        check("The primary endpoint was overall survival.", &other, &[]);
    }
}
