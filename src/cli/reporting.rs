//! From one check to its reports: the one that is printed, and those that go to files.
//!
//! What all formats are made of is put together here. How each looks is in [`crate::report`], where files go in
//! [`super::reports`].

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use super::Fault;
use super::arguments::{CheckArguments, Hyperlinks, ReportFormat};
use super::check::{Checked, sources};
use super::environment::step_summary;
use super::files::{absolute, display};
use super::output::{Output, columns, write_error_line};
use super::project::Project;
use super::reports::{Target, append, render, write};
use super::repository::Hosted;
use crate::explanation::readings;
use crate::report::{Run, TextOptions, counts, github_summary, sarif_notice};
use crate::text::{Problem, percent_encode};

/// A check with all that its reports say besides the findings.
pub(super) struct Reporting<'c> {
    arguments: &'c CheckArguments,
    project: &'c Project,
    checked: &'c Checked,
    /// The end of a command that checks the same again.
    paths: String,
    /// Where paths that are links begin; `None` where they are none.
    root: Option<String>,
}

impl<'c> Reporting<'c> {
    pub(super) fn new(
        arguments: &'c CheckArguments,
        project: &'c Project,
        checked: &'c Checked,
    ) -> Self {
        let has_links = has_hyperlinks(arguments.hyperlinks);
        Self {
            arguments,
            project,
            checked,
            paths: command_tail(&arguments.paths, &arguments.rules),
            root: has_links.then(|| root_address(&arguments.paths, project)),
        }
    }

    /// Prints the report asked for.
    pub(super) fn print(&self, output: &mut Output) -> Result<(), Fault> {
        let format = self.arguments.format;
        let options = TextOptions {
            styled: output.is_styled(),
            ..self.options()
        };
        let mut run = self.run(format);
        run.root = self.root.as_deref();
        let page = if self.arguments.statistics && format.is_for_people() {
            counts(&run, options)
        } else {
            self.rendered(format, &run, options)?
        };
        if format.is_for_people() && self.root.is_none() {
            output.write_styled(&page)?;
        } else {
            // Links may be wanted where colours are not: what strips those would strip these.
            output.write(page.as_bytes())?;
        }
        self.tell_of_limits(format);
        Ok(())
    }

    /// Writes the reports to files, and the job summary with the annotations. Gives what could not be written.
    pub(super) fn write(&self, targets: &[Target]) -> Result<Vec<Problem>, Fault> {
        let mut problems = Vec::new();
        for target in targets {
            let format = target.format;
            let page = self.rendered(format, &self.run(format), self.options())?;
            problems.extend(write(target, &page).err());
            if format != self.arguments.format {
                self.tell_of_limits(format);
            }
        }
        let mut formats = targets.iter().map(|target| target.format);
        if self.arguments.format == ReportFormat::Github
            || formats.any(|format| format == ReportFormat::Github)
        {
            problems.extend(self.write_step_summary().err());
        }
        Ok(problems)
    }

    fn rendered(
        &self,
        format: ReportFormat,
        run: &Run<'_>,
        options: TextOptions,
    ) -> Result<String, Fault> {
        let corpus = &self.checked.outcome.corpus;
        if format.is_for_hosts() {
            let hosted = Hosted::of(run, &self.arguments.paths, self.project);
            render(format, (&hosted.run(run), corpus), options)
        } else {
            render(format, (run, corpus), options)
        }
    }

    fn run(&self, format: ReportFormat) -> Run<'_> {
        let Checked {
            outcome,
            suppressed,
            problems,
            rules,
            ..
        } = self.checked;
        Run {
            findings: &outcome.findings,
            suppressed,
            problems,
            rules,
            statistics: outcome.statistics,
            sources: sources(&outcome.corpus),
            readings: if format == ReportFormat::Text {
                readings(&outcome.findings, &outcome.corpus)
            } else {
                BTreeMap::new()
            },
            paths: &self.paths,
            asked: self.checked.asked,
            below: self.checked.below,
            outside_changes: self.checked.outside_changes,
            limit: self
                .arguments
                .limit_per_rule
                .map(|limit| usize::try_from(limit).unwrap_or(usize::MAX)),
            root: None,
        }
    }

    fn options(&self) -> TextOptions {
        TextOptions {
            width: columns(&self.arguments.terminal),
            styled: false,
            summary: !self.arguments.quiet,
        }
    }

    /// Adds to the job summary, where the run is a step of a job.
    fn write_step_summary(&self) -> Result<(), Problem> {
        let Some(path) = step_summary() else {
            return Ok(());
        };
        let run = self.run(ReportFormat::Github);
        let hosted = Hosted::of(&run, &self.arguments.paths, self.project);
        append(&path, &github_summary(&hosted.run(&run)))
    }

    fn tell_of_limits(&self, format: ReportFormat) {
        if format == ReportFormat::Sarif
            && let Some(notice) = sarif_notice(&self.run(format))
        {
            write_error_line(&notice);
        }
    }
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
    // Sorted, so that the order of the arguments changes no byte of a report.
    let mut named: Vec<String> = paths.iter().map(quoted).collect();
    named.sort();
    named.extend(folders);
    named.join(" ")
}
