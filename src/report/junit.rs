//! JUnit XML, as test dashboards read it: a suite for each document, a case for each finding.
//!
//! Format: <https://github.com/testmoapp/junitxml>, which collects what programs read; there is no standard. Errors and warnings
//! are failures. Notes and hidden findings are skipped cases, so that they turn nothing red. A document without a finding is
//! one passed case, and what could not be checked is an error. Times are left out: equal runs give equal bytes.

use std::collections::{BTreeMap, BTreeSet};
use std::io;

use quick_junit::{NonSuccessKind, Report, TestCase, TestCaseStatus, TestSuite};

use super::message::message;
use super::places::{Places, label};
use super::xml::xml_text;
use super::{Run, level_name, one_line_of};
use crate::finding::{Finding, Level, Suppressed};
use crate::text::Problem;

/// The report with a final line end.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn junit(run: &Run<'_>) -> io::Result<String> {
    let places = Places::of(run);
    let mut cases: BTreeMap<&str, Vec<TestCase>> = BTreeMap::new();
    for finding in run.findings {
        let of_document = cases.entry(&finding.location.path).or_default();
        of_document.push(finding_case(finding, None, &places));
    }
    for one in run.suppressed {
        let of_document = cases.entry(&one.finding.location.path).or_default();
        of_document.push(finding_case(&one.finding, Some(one), &places));
    }
    for problem in run.problems {
        let of_document = cases.entry(&problem.path).or_default();
        of_document.push(problem_case(problem));
    }
    let mut report = Report::new("factlint");
    let documents: BTreeSet<&str> = cases.keys().chain(run.sources.keys()).copied().collect();
    for path in documents {
        let mut suite = TestSuite::new(xml_text(path));
        let of_document = cases.remove(path).unwrap_or_else(|| {
            let case = TestCase::new("no findings", TestCaseStatus::success());
            vec![in_document(case, path, 1)]
        });
        suite.add_test_cases(of_document);
        report.add_test_suite(suite);
    }
    report.to_string().map_err(io::Error::other)
}

fn finding_case(finding: &Finding, hidden: Option<&Suppressed>, places: &Places<'_>) -> TestCase {
    let start = places.start(&finding.location);
    let mut status = match (hidden, finding.level) {
        (None, Level::Error | Level::Warning) => {
            TestCaseStatus::non_success(NonSuccessKind::Failure)
        }
        (None, Level::Note) | (Some(_), _) => TestCaseStatus::skipped(),
    };
    let reason = hidden.map(|one| format!(" Hidden ({}): {}.", one.by.name(), one.reason));
    let text = message(finding, places) + &reason.unwrap_or_default();
    let at = label(&finding.location.path, start);
    status.set_message(xml_text(&one_line_of(&finding.message)));
    status.set_type(level_name(finding.level));
    status.set_description(xml_text(&format!("{at}: {text}")));
    let name = format!("{} {}", finding.rule, finding.fingerprint);
    in_document(
        TestCase::new(name, status),
        &finding.location.path,
        start.line,
    )
}

fn problem_case(problem: &Problem) -> TestCase {
    let mut status = TestCaseStatus::non_success(NonSuccessKind::Error);
    status.set_message(xml_text(&one_line_of(&problem.message)));
    status.set_type("unchecked");
    status.set_description(xml_text(&problem.to_string()));
    let case = TestCase::new("could not be checked", status);
    in_document(case, &problem.path, problem.line.unwrap_or(1))
}

/// `file` and `line` are what dashboards link to.
fn in_document(mut case: TestCase, path: &str, line: usize) -> TestCase {
    let path = xml_text(path);
    case.set_classname(path.as_str());
    case.extra.insert("file".into(), path.into());
    case.extra.insert("line".into(), line.to_string().into());
    case
}
