//! `factlint check`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use super::arguments::{CacheArguments, CheckArguments, ReportFormat};
use super::cache::Cache;
use super::environment::step_summary;
use super::files::{read_documents, read_rules};
use super::output::{Output, columns, write_error_line, write_problems};
use super::progress::Progress;
use super::project::Project;
use super::reports::{Target, append, render, targets, write};
use super::repository::Hosted;
use super::{Fault, Status, git, refuse, threads};
use crate::check::{self, Options, Outcome, Store};
use crate::config::Levels;
use crate::corpus::Corpus;
use crate::decision::{Changes, Record, focus};
use crate::explanation::readings;
use crate::finding::Suppressed;
use crate::report::{Run, TextOptions, github_summary, sarif_notice};
use crate::rule::RuleSet;
use crate::text::{Problem, SourceText, thousands};

pub(super) fn run(arguments: &CheckArguments) -> Result<Status, Fault> {
    let mut output = Output::new(arguments.terminal.color);
    let project = match Project::load(&arguments.paths, &arguments.reading) {
        Ok(project) => project,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let settings = &project.settings;
    let strict = arguments.strictness.is_strict(settings);
    let (rules, mut problems) = load_rules(&arguments.rules, &project, strict);
    let targets = match targets(arguments, &project) {
        Ok(targets) => targets,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let commit = arguments.changed_since.as_ref();
    let since = match commit
        .map(|commit| git::since(commit, &arguments.paths))
        .transpose()
    {
        Ok(since) => since,
        Err(problem) => return Ok(refuse(&[problem])),
    };
    let Checked { mut outcome, files } = threads(&arguments.threads)?.install(|| {
        let reading = (&project, &arguments.cache);
        check_paths(&arguments.paths, reading, &rules, arguments.quiet)
    });
    problems.append(&mut outcome.problems);
    let record = match project.record(&arguments.reading) {
        Ok(record) => record,
        Err(problem) => return Ok(refuse(&[problem])),
    };
    let mut suppressed = judge(&mut outcome, &project, &record, &rules);
    let outside_changes =
        since.map(|since| narrow(&mut outcome, &mut suppressed, &since.changes(&files)));
    let told = Told {
        suppressed: &suppressed,
        outside_changes,
        problems: &problems,
        rules: &rules,
        targets: &targets,
        project: &project,
    };
    let unwritten = write_reports(arguments, &outcome, &told, &mut output)?;
    problems.extend(unwritten);
    write_problems(&problems);
    if arguments.timings {
        let [extracted, read] = [outcome.extracted, outcome.read].map(thousands);
        write_error_line(&format!("extracted {extracted} of {read} files"));
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

/// What a check gave.
pub(super) struct Checked {
    /// Its problems are also those of reading.
    pub(super) outcome: Outcome,
    /// Where each document lies, by path as reported.
    pub(super) files: BTreeMap<String, PathBuf>,
}

/// Reads and checks the documents under `paths`, with a progress bar unless `quiet`.
pub(super) fn check_paths(
    paths: &[PathBuf],
    (project, cache): (&Project, &CacheArguments),
    rules: &RuleSet,
    quiet: bool,
) -> Checked {
    let cache = Cache::open(cache, project);
    let documents = read_documents(paths, project);
    let progress = Progress::new(documents.sources.len(), quiet);
    let watch = |stage| progress.advance(stage);
    let options = Options {
        progress: &watch,
        studies: project.settings.studies(),
        store: cache.as_ref().map(|cache| cache as &dyn Store),
        ..Options::new(rules)
    };
    let mut outcome = check::check(documents.sources, &options);
    if let Some(cache) = cache {
        cache.close();
    }
    progress.finish();
    outcome.problems.splice(..0, documents.problems);
    Checked {
        outcome,
        files: documents.paths,
    }
}

/// The built-in rules, with those of a strict check or without, those of the project and those of the folders, with what is
/// wrong with them. Rules that the project turns off are left out.
pub(super) fn load_rules(
    folders: &[PathBuf],
    project: &Project,
    strict: bool,
) -> (RuleSet, Vec<Problem>) {
    let mut rules = if strict {
        RuleSet::embedded_strict()
    } else {
        RuleSet::embedded()
    };
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

/// Gives the findings of a check the levels of the project and takes out those that people decided not to see.
pub(super) fn judge(
    outcome: &mut Outcome,
    project: &Project,
    record: &Record,
    rules: &RuleSet,
) -> Vec<Suppressed> {
    let levels = Levels::of(&project.settings);
    check::judge(
        outcome,
        &levels,
        record,
        (&project.known_rules(rules), rules),
    )
}

/// Keeps the findings of a change and gives the number of those left out.
fn narrow(outcome: &mut Outcome, suppressed: &mut Vec<Suppressed>, changes: &Changes) -> usize {
    let findings = std::mem::take(&mut outcome.findings);
    let hidden = std::mem::take(suppressed);
    let focused = focus(findings, hidden, changes, &sources(&outcome.corpus));
    outcome.findings = focused.findings;
    *suppressed = focused.suppressed;
    focused.left_out
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

/// What is reported besides the findings.
struct Told<'a> {
    suppressed: &'a [Suppressed],
    outside_changes: Option<usize>,
    problems: &'a [Problem],
    rules: &'a RuleSet,
    targets: &'a [Target],
    project: &'a Project,
}

/// Prints one report and writes the others. Gives what could not be written.
fn write_reports(
    arguments: &CheckArguments,
    outcome: &Outcome,
    told: &Told<'_>,
    output: &mut Output,
) -> Result<Vec<Problem>, Fault> {
    let files = told.targets.iter().map(|target| target.format);
    let formats: Vec<ReportFormat> = files.chain([arguments.format]).collect();
    let paths = command_tail(&arguments.paths, &arguments.rules);
    let run = Run {
        readings: if formats.contains(&ReportFormat::Text) {
            readings(&outcome.findings, &outcome.corpus)
        } else {
            BTreeMap::new()
        },
        paths: &paths,
        findings: &outcome.findings,
        suppressed: told.suppressed,
        outside_changes: told.outside_changes,
        problems: told.problems,
        rules: told.rules,
        statistics: outcome.statistics,
        sources: sources(&outcome.corpus),
    };
    let hosted = formats
        .iter()
        .any(|format| format.is_for_hosts())
        .then(|| Hosted::of(&run, &arguments.paths, told.project));
    let hosted = hosted.as_ref().map(|hosted| hosted.run(&run));
    let run_for = |format: ReportFormat| match &hosted {
        Some(hosted) if format.is_for_hosts() => hosted,
        _ => &run,
    };
    let options = TextOptions {
        width: columns(&arguments.terminal),
        styled: output.is_styled(),
        summary: !arguments.quiet,
    };
    let render_in = |format, options| render(format, (run_for(format), &outcome.corpus), options);
    let printed = render_in(arguments.format, options)?;
    if arguments.format == ReportFormat::Text {
        output.write_styled(&printed)?;
    } else {
        output.write(printed.as_bytes())?;
    }
    if let Some(notice) = sarif_notice(&run).filter(|_| formats.contains(&ReportFormat::Sarif)) {
        write_error_line(&notice);
    }
    let mut problems = Vec::new();
    let plain = TextOptions {
        styled: false,
        ..options
    };
    for target in told.targets {
        let report = render_in(target.format, plain)?;
        problems.extend(write(target, &report).err());
    }
    if formats.contains(&ReportFormat::Github) {
        problems.extend(write_step_summary(run_for(ReportFormat::Github)).err());
    }
    Ok(problems)
}

/// Adds to the job summary, where the run is a step of a job.
fn write_step_summary(run: &Run<'_>) -> Result<(), Problem> {
    match step_summary() {
        Some(path) => append(&path, &github_summary(run)),
        None => Ok(()),
    }
}
