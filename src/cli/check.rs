//! `factlint check`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::arguments::{CacheArguments, CheckArguments};
use super::cache::Cache;
use super::files::{Documents, read_corpus, read_rules};
use super::output::{Output, write_error_line, write_problems};
use super::progress::Progress;
use super::project::Project;
use super::reporting::report;
use super::reports::targets;
use super::selection::{Selection, touches};
use super::{Fault, Status, git, refuse, threads, watch};
use crate::check::{self, Options, Outcome};
use crate::citation::bibliography::is_bibliography;
use crate::config::Levels;
use crate::corpus::Corpus;
use crate::decision::{Changes, Record, focus, with_comment_rules};
use crate::finding::Suppressed;
use crate::rule::RuleSet;
use crate::text::{Problem, SourceText, thousands};

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
    let targets = match targets(arguments, &project) {
        Ok(targets) => targets,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let mut checked = match checked(arguments, &selection, &project)? {
        Ok(checked) => checked,
        Err(problem) => return Ok(refuse(&[problem])),
    };
    let mut output = Output::new(arguments.terminal.color);
    let unwritten = report(arguments, &project, &checked, &targets, &mut output)?;
    checked.problems.extend(unwritten);
    write_problems(&checked.problems);
    if arguments.timings {
        let Outcome {
            extracted, read, ..
        } = checked.outcome;
        let [extracted, read] = [extracted, read].map(thousands);
        write_error_line(&format!("extracted {extracted} of {read} files"));
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
    /// Findings that touch no changed line, where only those of a change are shown.
    pub(super) outside_changes: Option<usize>,
    /// Findings that are not shown for their level.
    pub(super) below: usize,
    /// Whether a finding is grave enough to fail the run.
    pub(super) fails: bool,
}

/// Checks a selection: what people decided not to see is taken out, and so is what touches no document asked about or no
/// changed line.
///
/// # Errors
/// The inner one: changes or decisions that cannot be read.
pub(super) fn checked(
    arguments: &CheckArguments,
    selection: &Selection,
    project: &Project,
) -> Result<Result<Checked, Problem>, Fault> {
    let strict = arguments.strictness.is_strict(&project.settings);
    let (rules, mut problems) = load_rules(&arguments.rules, project, strict);
    let commit = arguments.changed_since.as_ref();
    let since = match commit
        .map(|commit| git::since(commit, selection.named()))
        .transpose()
    {
        Ok(since) => since,
        Err(problem) => return Ok(Err(problem)),
    };
    let (mut outcome, read) = threads(&arguments.threads)?.install(|| {
        let kept = (project, &arguments.cache);
        check_selection(selection, kept, &rules, arguments.quiet)
    });
    problems.append(&mut outcome.problems);
    let record = match project.record(&arguments.reading) {
        Ok(record) => record,
        Err(problem) => return Ok(Err(problem)),
    };
    let mut suppressed = judge(&mut outcome, project, &record, &rules);
    if let Some(focus) = &read.focus {
        outcome.findings.retain(|finding| touches(finding, focus));
        suppressed.retain(|one| touches(&one.finding, focus));
    }
    let outside_changes =
        since.map(|since| narrow(&mut outcome, &mut suppressed, &since.changes(&read.paths)));
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
        asked: read.focus.map(|focus| focus.iter().filter(is_text).count()),
        rules: with_comment_rules(&rules),
        outcome,
        suppressed,
        problems,
        outside_changes,
        below,
        fails,
    }))
}

/// Reads and checks the documents under `paths` and all others of their project, without a progress bar. The problems of the
/// outcome are also those of reading.
pub(super) fn check_paths(
    paths: &[PathBuf],
    kept: (&Project, &CacheArguments),
    rules: &RuleSet,
) -> Outcome {
    check_selection(&Selection::of(paths), kept, rules, true).0
}

/// What was read besides the texts.
struct Read {
    /// Names of the documents asked about, where others were read with them.
    focus: Option<BTreeSet<String>>,
    /// Where each document lies, by its name in reports.
    paths: BTreeMap<String, PathBuf>,
}

/// As [`check_paths`], with a progress bar unless `quiet`.
fn check_selection(
    selection: &Selection,
    (project, cache): (&Project, &CacheArguments),
    rules: &RuleSet,
    quiet: bool,
) -> (Outcome, Read) {
    let cache = Cache::open(cache, project);
    let Documents {
        sources,
        paths,
        problems,
        focus,
    } = read_corpus(selection, project);
    let progress = Progress::new(sources.len(), quiet);
    let watch = |stage| progress.advance(stage);
    let options = Options {
        progress: &watch,
        studies: project.settings.studies(),
        store: cache.as_ref().map(Cache::as_store),
        ..Options::new(rules)
    };
    let mut outcome = check::check(sources, &options);
    if let Some(cache) = cache {
        cache.close();
    }
    progress.finish();
    outcome.problems.splice(..0, problems);
    (outcome, Read { focus, paths })
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
    let known = project.known_rules(rules);
    check::judge(outcome, &levels, record, (&known, rules))
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
        .chain(&corpus.sources.texts)
        .map(|extraction| &extraction.document.source)
        .map(|source| (source.path(), source))
        .collect()
}
