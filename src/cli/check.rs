//! `factlint check`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::arguments::{CheckArguments, ReportFormat};
use super::files::{read_documents, read_rules};
use super::output::{Output, columns, write_error_line, write_problems};
use super::progress::Progress;
use super::project::Project;
use super::{Fault, Status, refuse, threads};
use crate::check::{Options, Outcome, check};
use crate::config::Levels;
use crate::corpus::Corpus;
use crate::explanation::readings;
use crate::report::{Run, TextOptions, concise, json, sarif, text};
use crate::rule::RuleSet;
use crate::text::{Problem, SourceText};

pub(super) fn run(arguments: &CheckArguments) -> Result<Status, Fault> {
    let mut output = Output::new(arguments.terminal.color);
    let project = match Project::load(&arguments.paths, &arguments.reading) {
        Ok(project) => project,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let (rules, mut problems) = load_rules(&arguments.rules, &project);
    let settings = &project.settings;
    let mut outcome = threads(&arguments.threads)?.install(|| {
        let documents = read_documents(&arguments.paths, &project);
        problems.extend(documents.problems);
        let progress = Progress::new(documents.sources.len(), arguments.quiet);
        let watch = |stage| progress.advance(stage);
        let options = Options {
            progress: &watch,
            studies: settings.studies(),
            ..Options::new(&rules)
        };
        let outcome = check(documents.sources, &options);
        progress.finish();
        outcome
    });
    problems.append(&mut outcome.problems);
    Levels::of(settings).apply(&mut outcome.findings, &rules);
    write_report(arguments, &outcome, &problems, &rules, &mut output)?;
    write_problems(&problems);
    if arguments.timings {
        for (name, time) in &outcome.timings {
            write_error_line(&format!("{:>9.1} ms  {name}", time.as_secs_f64() * 1_000.0));
        }
    }
    let fail_on = arguments.fail_on.unwrap_or(settings.fail_on);
    let is_found = outcome
        .findings
        .iter()
        .any(|finding| fail_on.includes(finding.level));
    Ok(match (problems.is_empty(), is_found) {
        (false, _) => Status::Trouble,
        (true, true) => Status::Found,
        (true, false) => Status::Clean,
    })
}

/// The built-in rules, those of the project and those of the folders, with what is wrong with them. Rules that the
/// project turns off are left out.
pub(super) fn load_rules(folders: &[PathBuf], project: &Project) -> (RuleSet, Vec<Problem>) {
    let mut rules = RuleSet::embedded();
    let mut problems = Vec::new();
    let own = project.settings.rule_folders.iter();
    let own: Vec<PathBuf> = own.map(|folder| project.path(folder)).collect();
    for folder in own.iter().chain(folders) {
        let (files, unread) = read_rules(folder);
        problems.extend(unread);
        problems.extend(rules.load(&files));
    }
    problems.extend(project.unknown_rules(&rules));
    Levels::of(&project.settings).select(&mut rules);
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
