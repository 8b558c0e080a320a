//! `factlint check`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::arguments::{CheckArguments, Hyperlinks, ReportFormat};
use super::files::{absolute, display, read_corpus, read_rules};
use super::output::{Output, columns, write_error_line, write_problems};
use super::progress::Progress;
use super::project::Project;
use super::selection::{Selection, touches};
use super::{Fault, Status, refuse, threads, watch};
use crate::check::{Options, Outcome, check};
use crate::citation::bibliography::is_bibliography;
use crate::config::Levels;
use crate::corpus::Corpus;
use crate::decision::{Record, suppress, with_comment_rules};
use crate::explanation::readings;
use crate::finding::Suppressed;
use crate::report::{Run, TextOptions, concise, counts, grouped, json, sarif, text};
use crate::rule::RuleSet;
use crate::text::{Problem, SourceText, percent_encode};

pub(super) fn run(arguments: &CheckArguments) -> Result<Status, Fault> {
    if arguments.watch {
        return watch::run(arguments);
    }
    let selection = match Selection::read(arguments) {
        Ok(selection) => selection,
        Err(problem) => return Ok(refuse(&[problem])),
    };
    let project = match Project::load(selection.named(), &arguments.reading) {
        Ok(project) => project,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let checked = match checked(arguments, &selection, &project)? {
        Ok(checked) => checked,
        Err(problem) => return Ok(refuse(&[problem])),
    };
    let mut output = Output::new(arguments.terminal.color);
    write_report(arguments, &checked, &project, &mut output)?;
    write_problems(&checked.problems);
    if arguments.timings {
        for (name, time) in &checked.outcome.timings {
            write_error_line(&format!("{:>9.1} ms  {name}", time.as_secs_f64() * 1_000.0));
        }
    }
    Ok(match (checked.problems.is_empty(), checked.fails) {
        (false, _) => Status::Trouble,
        (true, true) => Status::Found,
        (true, false) => Status::Clean,
    })
}

/// A check as it is reported.
pub(super) struct Checked {
    /// Its findings are those to be shown.
    pub(super) outcome: Outcome,
    pub(super) suppressed: Vec<Suppressed>,
    pub(super) problems: Vec<Problem>,
    /// The rules that ran, and those about comments.
    pub(super) rules: RuleSet,
    /// Documents asked about, where others were read besides.
    pub(super) asked: Option<usize>,
    /// Findings that are not shown for their level.
    pub(super) below: usize,
    /// Whether a finding is grave enough to fail the run.
    pub(super) fails: bool,
}

/// Checks a selection: what people decided not to see is taken out, and so is what touches no document asked about.
///
/// # Errors
/// The inner one: decisions that cannot be read.
pub(super) fn checked(
    arguments: &CheckArguments,
    selection: &Selection,
    project: &Project,
) -> Result<Result<Checked, Problem>, Fault> {
    let (rules, mut problems) = load_rules(&arguments.rules, project, arguments.strictness.strict);
    let (mut outcome, focus) = threads(&arguments.threads)?
        .install(|| check_selection(selection, project, &rules, arguments.quiet));
    problems.append(&mut outcome.problems);
    let record = match project.record(&arguments.reading) {
        Ok(record) => record,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut suppressed = judge(&mut outcome, project, &record, &rules);
    if let Some(focus) = &focus {
        outcome.findings.retain(|finding| touches(finding, focus));
        suppressed.retain(|one| touches(&one.finding, focus));
    }
    let fail_on = arguments.fail_on.unwrap_or(project.settings.fail_on);
    let fails = outcome
        .findings
        .iter()
        .any(|finding| fail_on.includes(finding.level));
    let before = outcome.findings.len();
    outcome
        .findings
        .retain(|finding| arguments.show.includes(finding.level));
    let below = before - outcome.findings.len();
    let is_text = |name: &&String| !is_bibliography(name);
    Ok(Ok(Checked {
        asked: focus.map(|focus| focus.iter().filter(is_text).count()),
        rules: with_comment_rules(&rules),
        outcome,
        suppressed,
        problems,
        below,
        fails,
    }))
}

/// Reads and checks the documents under `paths` and all others of their project, without a progress bar. The problems of the
/// outcome are also those of reading.
pub(super) fn check_paths(paths: &[PathBuf], project: &Project, rules: &RuleSet) -> Outcome {
    check_selection(&Selection::of(paths), project, rules, true).0
}

/// As [`check_paths`], with a progress bar unless `quiet`; besides, the names of the documents asked about, where others were
/// read with them.
fn check_selection(
    selection: &Selection,
    project: &Project,
    rules: &RuleSet,
    quiet: bool,
) -> (Outcome, Option<BTreeSet<String>>) {
    let documents = read_corpus(selection, project);
    let progress = Progress::new(documents.sources.len(), quiet);
    let watch = |stage| progress.advance(stage);
    let options = Options {
        progress: &watch,
        studies: project.settings.studies(),
        ..Options::new(rules)
    };
    let mut outcome = check(documents.sources, &options);
    progress.finish();
    outcome.problems.splice(..0, documents.problems);
    (outcome, documents.focus)
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
    Levels::of(&project.settings).apply(&mut outcome.findings, rules);
    let known = project.known_rules(rules);
    let findings = std::mem::take(&mut outcome.findings);
    let (shown, suppressed) = suppress(findings, &outcome.corpus, record, (&known, rules));
    outcome.findings = shown;
    Levels::of(&project.settings).apply(&mut outcome.findings, rules);
    suppressed
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

/// Writes the report of a check in the format asked for.
pub(super) fn write_report(
    arguments: &CheckArguments,
    checked: &Checked,
    project: &Project,
    output: &mut Output,
) -> Result<(), Fault> {
    let outcome = &checked.outcome;
    let paths = command_tail(&arguments.paths, &arguments.rules);
    let root =
        has_hyperlinks(arguments.hyperlinks).then(|| root_address(&arguments.paths, project));
    let report = Run {
        readings: match arguments.format {
            ReportFormat::Text => readings(&outcome.findings, &outcome.corpus),
            ReportFormat::Concise
            | ReportFormat::Grouped
            | ReportFormat::Json
            | ReportFormat::Sarif => BTreeMap::new(),
        },
        paths: &paths,
        findings: &outcome.findings,
        suppressed: &checked.suppressed,
        problems: &checked.problems,
        rules: &checked.rules,
        statistics: outcome.statistics,
        sources: sources(&outcome.corpus),
        asked: checked.asked,
        below: checked.below,
        limit: arguments
            .limit_per_rule
            .map(|limit| usize::try_from(limit).unwrap_or(usize::MAX)),
        root: root.as_deref(),
    };
    let options = TextOptions {
        width: columns(&arguments.terminal),
        styled: output.is_styled(),
        summary: !arguments.quiet,
    };
    let page = match (arguments.format, arguments.statistics) {
        (ReportFormat::Json, _) => return Ok(output.write(json(&report)?.as_bytes())?),
        (ReportFormat::Sarif, _) => return Ok(output.write(sarif(&report)?.as_bytes())?),
        (ReportFormat::Text | ReportFormat::Concise | ReportFormat::Grouped, true) => {
            counts(&report, options)
        }
        (ReportFormat::Text, false) => text(&report, options),
        (ReportFormat::Concise, false) => concise(&report),
        (ReportFormat::Grouped, false) => grouped(&report, options),
    };
    if root.is_some() {
        // Links may be wanted where colours are not: what strips those would strip these.
        output.write(page.as_bytes())?;
    } else {
        output.write_styled(&page)?;
    }
    Ok(())
}

/// Whether paths are printed as links.
fn has_hyperlinks(asked: Hyperlinks) -> bool {
    match asked {
        Hyperlinks::Auto => supports_hyperlinks::on(supports_hyperlinks::Stream::Stdout),
        Hyperlinks::Always => true,
        Hyperlinks::Never => false,
    }
}

/// The folder that paths in reports count from, as a `file:` address with `/` at its end.
fn root_address(paths: &[PathBuf], project: &Project) -> String {
    let root = match (&project.root, paths) {
        (Some(root), _) => root.clone(),
        (None, [only]) if only.is_dir() => absolute(only),
        (None, _) => absolute(Path::new(".")),
    };
    let root = display(&root);
    let slash = if root.starts_with('/') { "" } else { "/" };
    format!("file://{slash}{}/", percent_encode(&root))
}
