//! The decision file: one block a decision, written at the end and taken out whole, so that a review sees one block change.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::finding::Finding;
use crate::text::Problem;

/// The file `factlint-decisions.toml`.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize)]
#[serde(deny_unknown_fields)]
pub struct Decisions {
    /// In the order of the file.
    #[serde(default, rename = "decision")]
    pub decisions: Vec<Decision>,
}

/// What was decided about one finding.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Serialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Decision {
    /// The finding's fingerprint. It depends on the values, so a changed figure is a new finding.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// What was decided.
    pub state: State,
    /// Why, in a few words.
    pub reason: String,
    /// More, for those who ask.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// The values when it was decided, for people.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<String>,
    /// The last day on which it holds: "2027-06-30".
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
}

/// What was decided about a finding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, clap::ValueEnum)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// It is no fault
    Dismissed,
    /// It is one, and will be mended
    WillFix,
}

impl Decisions {
    /// Reads the file; `path` is for messages.
    ///
    /// # Errors
    /// What is wrong in it, with its line.
    pub fn parse(path: &str, text: &str) -> Result<Self, Problem> {
        let problem = |line: Option<usize>, message: String, help: &str| Problem {
            path: path.to_owned(),
            line,
            message,
            help: help.to_owned(),
        };
        let read: Self = toml::from_str(text).map_err(|error| {
            let line = error.span().map(|span| {
                text.bytes()
                    .take(span.start)
                    .filter(|b| *b == b'\n')
                    .count()
                    + 1
            });
            let message = error.message().lines().collect::<Vec<_>>().join(", ");
            problem(line, message, "factlint ignore writes such blocks")
        })?;
        for decision in &read.decisions {
            let line = text
                .lines()
                .position(|line| line.contains(&decision.id))
                .map(|at| at + 1);
            if decision.reason.trim().is_empty() {
                let message = format!("the decision on {} has no reason", decision.id);
                return Err(problem(line, message, "say why"));
            }
            if decision.until.as_deref().is_some_and(|day| !is_day(day)) {
                let message = format!("the decision on {} has no day in `until`", decision.id);
                return Err(problem(line, message, "write it as \"2027-06-30\""));
            }
        }
        Ok(read)
    }

    /// The decision that holds for a finding on a day.
    pub fn holding(&self, finding: &Finding, today: &str) -> Option<&Decision> {
        self.decisions.iter().find(|decision| {
            decision.id == finding.fingerprint
                && decision.rule == finding.rule
                && !decision.is_over(today)
        })
    }
}

impl Decision {
    /// Whether its last day has passed.
    pub fn is_over(&self, today: &str) -> bool {
        self.until.as_deref().is_some_and(|until| until < today)
    }
}

/// `2027-06-30`. Days so written sort as time does.
pub(crate) fn is_day(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let [year, month, day] = parts.as_slice() else {
        return false;
    };
    let within = |text: &str, length: usize, most: u32| {
        text.len() == length
            && text.bytes().all(|byte| byte.is_ascii_digit())
            && text
                .parse()
                .is_ok_and(|number| (1..=most).contains(&number))
    };
    within(year, 4, 9999) && within(month, 2, 12) && within(day, 2, 31)
}

/// The text of the file with one decision more.
///
/// # Errors
/// None in practice: every value is plain data.
pub fn append(text: &str, decision: Decision) -> Result<String, toml::ser::Error> {
    let block = toml::to_string(&Decisions {
        decisions: vec![decision],
    })?;
    let mut text = text.trim_end().to_owned();
    if !text.is_empty() {
        text.push_str("\n\n");
    }
    Ok(text + &block)
}

/// The text of the file without the decisions of some ids. All other bytes stay.
pub fn prune(text: &str, ids: &BTreeSet<&str>) -> String {
    let mut blocks: Vec<String> = vec![String::new()];
    for line in text.split_inclusive('\n') {
        if line.trim() == "[[decision]]" {
            blocks.push(String::new());
        }
        if let Some(block) = blocks.last_mut() {
            block.push_str(line);
        }
    }
    blocks.retain(|block| {
        Decisions::parse("", block).map_or(true, |read| {
            !read
                .decisions
                .iter()
                .any(|one| ids.contains(one.id.as_str()))
        })
    });
    blocks.concat()
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = "# Ours.\n\n[[decision]]\nid = \"a1\"\nrule = \"figure-conflict\"\nstate = \"dismissed\"\nreason = \"x\"\n\n\
        # Kept.\n[[decision]]\nid = \"b2\"\nrule = \"figure-conflict\"\nstate = \"will-fix\"\nreason = \"y\"\nuntil = \"2027-06-30\"\n";

    #[test]
    fn a_decision_ends_after_its_last_day() {
        let read = Decisions::parse("d.toml", FILE).unwrap();
        let [first, second] = read.decisions.as_slice() else {
            panic!("{read:?}")
        };
        assert!(!first.is_over("9999-01-01") && !second.is_over("2027-06-30"));
        assert!(second.is_over("2027-07-01"));
    }

    #[test]
    fn a_block_is_added_and_taken_out_whole() {
        let decision = Decision {
            id: "c3".to_owned(),
            rule: "total-mismatch".to_owned(),
            state: State::Dismissed,
            reason: "rounded".to_owned(),
            note: None,
            values: vec!["30%".to_owned()],
            until: None,
        };
        let longer = append(FILE, decision).unwrap();
        assert!(longer.starts_with(FILE.trim_end()), "{longer}");
        assert_eq!(Decisions::parse("", &longer).unwrap().decisions.len(), 3);
        let shorter = prune(&longer, &BTreeSet::from(["a1", "c3"]));
        assert!(
            shorter.starts_with("# Ours.\n\n[[decision]]\nid = \"b2\""),
            "{shorter}"
        );
    }

    #[test]
    fn what_is_wrong_names_its_line() {
        let check = |text: &str, expected: &str| {
            let said = Decisions::parse("d.toml", text).unwrap_err().to_string();
            assert!(said.contains(expected), "{said}");
        };
        check(
            "[[decision]]\nidd = \"a\"\n",
            "d.toml:2: unknown field `idd`",
        );
        check(
            &FILE.replace("reason = \"x\"", "reason = \" \""),
            "d.toml:4: the decision on a1 has no reason",
        );
        check(&FILE.replace("2027-06-30", "soon"), "has no day in `until`");
    }
}
