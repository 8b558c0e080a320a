//! `factlint check`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::arguments::{CheckArguments, ReportFormat};
use super::files::{read_documents, read_rules};
use super::output::{Output, columns, write_error_line, write_problems};
use super::progress::Progress;
use super::{Fault, Status, threads};
use crate::check::{Options, Outcome, check};
use crate::corpus::Corpus;
use crate::explanation::readings;
use crate::report::{Run, TextOptions, concise, json, sarif, text};
use crate::rule::RuleSet;
use crate::text::{Problem, SourceText};

pub(super) fn run(arguments: &CheckArguments) -> Result<Status, Fault> {
    let mut output = Output::new(arguments.terminal.color);
    let (rules, mut problems) = load_rules(&arguments.rules, arguments.strictness.strict);
    let mut outcome = threads(&arguments.threads)?.install(|| {
        let documents = read_documents(&arguments.paths, arguments.notation.notation());
        problems.extend(documents.problems);
        let progress = Progress::new(documents.sources.len(), arguments.quiet);
        let watch = |stage| progress.advance(stage);
        let options = Options {
            progress: &watch,
            ..Options::new(&rules)
        };
        let outcome = check(documents.sources, &options);
        progress.finish();
        outcome
    });
    problems.append(&mut outcome.problems);
    write_report(arguments, &outcome, &problems, &rules, &mut output)?;
    write_problems(&problems);
    if arguments.timings {
        for (name, time) in &outcome.timings {
            write_error_line(&format!("{:>9.1} ms  {name}", time.as_secs_f64() * 1_000.0));
        }
    }
    let is_found = outcome
        .findings
        .iter()
        .any(|finding| arguments.fail_on.includes(finding.level));
    Ok(match (problems.is_empty(), is_found) {
        (false, _) => Status::Trouble,
        (true, true) => Status::Found,
        (true, false) => Status::Clean,
    })
}

/// The built-in rules, with those of a strict check or without, and those of the folders, with what is wrong with the latter.
pub(super) fn load_rules(folders: &[PathBuf], strict: bool) -> (RuleSet, Vec<Problem>) {
    let mut rules = if strict {
        RuleSet::embedded_strict()
    } else {
        RuleSet::embedded()
    };
    let mut problems = Vec::new();
    for folder in folders {
        let (files, unread) = read_rules(folder);
        problems.extend(unread);
        problems.extend(rules.load(&files));
    }
    (rules, problems)
}

/// The documents of a corpus by path.
pub(super) fn sources(corpus: &Corpus) -> BTreeMap<&str, &SourceText> {
    corpus
        .extractions
        .iter()
        .map(|extraction| &extraction.document.source)
        .map(|source| (source.path(), source))
        .collect()
}

/// Paths and rule folders as they were given, for a command to be typed again; quoted where a shell would split them.
fn command_tail(paths: &[PathBuf], rules: &[PathBuf]) -> String {
    let quoted = |path: &PathBuf| {
        let path = path.to_string_lossy().replace('\\', "/");
        let is_plain = path
            .chars()
            .all(|c| c.is_alphanumeric() || "/._-+,:@%".contains(c));
        if is_plain {
            path
        } else {
            format!("'{}'", path.replace('\'', "'\\''"))
        }
    };
    let folders = rules
        .iter()
        .flat_map(|folder| ["--rules".to_owned(), quoted(folder)]);
    paths
        .iter()
        .map(quoted)
        .chain(folders)
        .collect::<Vec<_>>()
        .join(" ")
}

fn write_report(
    arguments: &CheckArguments,
    outcome: &Outcome,
    problems: &[Problem],
    rules: &RuleSet,
    output: &mut Output,
) -> Result<(), Fault> {
    let paths = command_tail(&arguments.paths, &arguments.rules);
    let report = Run {
        readings: match arguments.format {
            ReportFormat::Text => readings(&outcome.findings, &outcome.corpus),
            ReportFormat::Concise | ReportFormat::Json | ReportFormat::Sarif => BTreeMap::new(),
        },
        paths: &paths,
        findings: &outcome.findings,
        problems,
        rules,
        statistics: outcome.statistics,
        sources: sources(&outcome.corpus),
    };
    match arguments.format {
        ReportFormat::Text => {
            let options = TextOptions {
                width: columns(&arguments.terminal),
                styled: output.is_styled(),
                summary: !arguments.quiet,
            };
            output.write_styled(&text(&report, options))?;
        }
        ReportFormat::Concise => output.write(concise(&report).as_bytes())?,
        ReportFormat::Json => output.write(json(&report)?.as_bytes())?,
        ReportFormat::Sarif => output.write(sarif(&report)?.as_bytes())?,
    }
    Ok(())
}
