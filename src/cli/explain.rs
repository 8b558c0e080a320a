//! `factlint explain`: a rule's page, or a finding step by step.

use super::arguments::{ExplainArguments, ExplainFormat};
use super::check::{check_paths, load_rules, sources};
use super::output::{Output, columns, write_problems};
use super::project::Project;
use super::{Fault, Status, refuse, rule_page, suggest, threads};
use crate::check::Outcome;
use crate::decision::with_comment_rules;
use crate::explanation::{Explanation, explain};
use crate::finding::Finding;
use crate::report::{explanation, explanation_json, shared_starts, short_id};
use crate::rule::RuleSet;
use crate::text::Problem;

/// Fewest digits of a fingerprint that are taken for one.
const FEWEST_DIGITS: usize = 4;
/// Findings that a message names.
const NAMED: usize = 4;

pub(super) fn run(arguments: &ExplainArguments) -> Result<Status, Fault> {
    let mut output = Output::new(arguments.terminal.color);
    let project = match Project::load(&arguments.paths, &arguments.reading) {
        Ok(project) => project,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let (rules, mut problems) = load_rules(&arguments.rules, &project, true);
    let subject = arguments.subject.as_str();
    let known = with_comment_rules(&rules);
    match known.get(subject) {
        Some(rule) => {
            let misused = misused(arguments);
            if misused.is_none() {
                let columns = columns(&arguments.terminal);
                let page = rule_page::text(rule, columns, output.is_styled());
                output.write_styled(&page)?;
            }
            problems.extend(misused);
        }
        None if is_fingerprint(subject) => {
            explain_finding(arguments, &project, (&rules, &mut problems), &mut output)?;
        }
        None => problems.push(unknown_rule(subject, &known)),
    }
    write_problems(&problems);
    Ok(if problems.is_empty() {
        Status::Clean
    } else {
        Status::Trouble
    })
}

/// What was asked of a rule's page that only a finding has.
fn misused(arguments: &ExplainArguments) -> Option<Problem> {
    let (message, help) = if !arguments.paths.is_empty() {
        (
            "the page of a rule is the same for all documents",
            "leave the paths out, or name a finding by its id",
        )
    } else if arguments.format == ExplainFormat::Json {
        (
            "the page of a rule is text",
            "leave --format out, or name a finding by its id",
        )
    } else {
        return None;
    };
    Some(Problem {
        path: arguments.subject.clone(),
        line: None,
        message: message.to_owned(),
        help: help.to_owned(),
    })
}

/// Checks the documents again and explains the finding whose fingerprint begins as asked.
fn explain_finding(
    arguments: &ExplainArguments,
    project: &Project,
    (rules, problems): (&RuleSet, &mut Vec<Problem>),
    output: &mut Output,
) -> Result<(), Fault> {
    let kept = (project, &arguments.cache);
    let mut outcome =
        threads(&arguments.threads)?.install(|| check_paths(&arguments.paths, kept, rules));
    problems.append(&mut outcome.problems);
    match find(&arguments.subject, &outcome.findings) {
        Ok(finding) => {
            let summary = rules
                .get(&finding.rule)
                .map_or("", |rule| rule.summary.as_str());
            let explained = explain(finding, summary, &outcome.corpus);
            write_explanation(arguments, &explained, &outcome, output)
        }
        Err(problem) => {
            problems.push(problem);
            Ok(())
        }
    }
}

fn write_explanation(
    arguments: &ExplainArguments,
    explained: &Explanation,
    outcome: &Outcome,
    output: &mut Output,
) -> Result<(), Fault> {
    let sources = sources(&outcome.corpus);
    match arguments.format {
        ExplainFormat::Text => {
            let columns = columns(&arguments.terminal);
            let page = explanation(explained, &sources, columns, output.is_styled());
            output.write_styled(&page)?;
        }
        ExplainFormat::Json => {
            output.write(explanation_json(explained, &sources)?.as_bytes())?;
        }
    }
    Ok(())
}

fn is_fingerprint(subject: &str) -> bool {
    subject.len() >= FEWEST_DIGITS && subject.bytes().all(|digit| digit.is_ascii_hexdigit())
}

/// The one finding whose fingerprint begins so.
pub(super) fn find<'f>(asked: &str, findings: &'f [Finding]) -> Result<&'f Finding, Problem> {
    let folded = asked.to_ascii_lowercase();
    let begun: Vec<&Finding> = findings
        .iter()
        .filter(|finding| finding.fingerprint.starts_with(&folded))
        .collect();
    let problem = |message: String, help: String| Problem {
        path: asked.to_owned(),
        line: None,
        message,
        help,
    };
    match begun.as_slice() {
        [finding] => Ok(finding),
        [] => Err(problem(
            "no finding of these documents has this id".to_owned(),
            help_unknown(&folded, findings),
        )),
        several => Err(problem(
            format!("{} findings have ids that begin so", several.len()),
            format!("give more digits: {}", named(several)),
        )),
    }
}

/// "3f2a91c0 (figure-conflict in a.md), ...", the first few.
fn named(findings: &[&Finding]) -> String {
    let mut names: Vec<String> = findings
        .iter()
        .take(NAMED)
        .map(|finding| {
            let id = finding.fingerprint.as_str();
            format!("{id} ({} in {})", finding.rule, finding.location.path)
        })
        .collect();
    if let Some(more @ 1..) = findings.len().checked_sub(NAMED) {
        names.push(format!("and {more} more"));
    }
    names.join(", ")
}

fn help_unknown(folded: &str, findings: &[Finding]) -> String {
    if findings.is_empty() {
        return "there is no finding at all: give the files and folders that were checked"
            .to_owned();
    }
    let starts: Vec<&str> = findings
        .iter()
        .filter_map(|finding| finding.fingerprint.get(..folded.len()))
        .collect();
    let near = suggest::nearest(folded, starts)
        .and_then(|start| findings.iter().find(|f| f.fingerprint.starts_with(start)));
    match near {
        Some(finding) => format!(
            "did you mean {} ({} in {})?",
            short_id(finding, &shared_starts(findings)),
            finding.rule,
            finding.location.path
        ),
        None => "give the files and folders as for the check: ids hold for these alone; \
                 factlint PATHS --format concise lists them"
            .to_owned(),
    }
}

fn unknown_rule(id: &str, rules: &RuleSet) -> Problem {
    let ids = rules.rules.iter().map(|rule| rule.id.as_str());
    Problem {
        path: id.to_owned(),
        line: None,
        message: "no rule has this id".to_owned(),
        help: suggest::nearest(id, ids).map_or_else(
            || "factlint rules list shows all rules".to_owned(),
            |near| format!("did you mean {near}?"),
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::{Level, Location};
    use crate::text::Span;

    fn findings(ids: &[&str]) -> Vec<Finding> {
        let finding = |id: &&str| Finding {
            rule: "figure-conflict".to_owned(),
            level: Level::Error,
            message: String::new(),
            location: Location {
                path: "a.md".to_owned(),
                span: Span::default(),
                label: String::new(),
            },
            related: Vec::new(),
            suggestion: None,
            cause: None,
            fingerprint: (*id).to_owned(),
        };
        ids.iter().map(finding).collect()
    }

    fn check(asked: &str, ids: &[&str], expected: Result<&str, &str>) {
        let findings = findings(ids);
        let found = find(asked, &findings)
            .map(|finding| finding.fingerprint.as_str())
            .map_err(|problem| format!("{}: {}", problem.message, problem.help));
        match (found, expected) {
            (Ok(id), Ok(expected)) => assert_eq!(id, expected),
            (Err(said), Err(expected)) => assert!(said.contains(expected), "{said}"),
            (found, expected) => assert_eq!(found, expected.map_err(str::to_owned)),
        }
    }

    const A: &str = "3f2a91c000000000";
    const B: &str = "3f2a91c011111111";

    #[test]
    fn a_finding_is_found_by_its_first_digits() {
        check("3f2a", &[A, "7000000000000000"], Ok(A));
        check("3F2A91C0", &[A], Ok(A));
        check(B, &[A, B], Ok(B));
    }

    #[test]
    fn digits_that_two_ids_begin_with_name_both() {
        check("3f2a", &[A, B], Err("2 findings have ids that begin so"));
        check("3f2a", &[A, B], Err(B));
    }

    #[test]
    fn unknown_digits_name_the_nearest() {
        check(
            "3f2b91c0",
            &[A],
            Err("did you mean 3f2a91c0 (figure-conflict in a.md)?"),
        );
        check("0123", &[A], Err("--format concise"));
        check("0123", &[], Err("no finding at all"));
    }

    #[test]
    fn ids_that_share_eight_digits_are_shown_whole() {
        let both = findings(&[A, B, "7000000000000000"]);
        let shown: Vec<&str> = both
            .iter()
            .map(|finding| short_id(finding, &shared_starts(&both)))
            .collect();
        assert_eq!(shown, [A, B, "70000000"]);
    }
}
