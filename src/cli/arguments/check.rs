//! Arguments of `check`, and of `lsp`, which checks as well.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, ValueEnum};

use super::choices::{Hyperlinks, Show};
use super::reading::{
    CacheArguments, ReadingArguments, StrictnessArguments, TerminalArguments, ThreadArguments,
};
use crate::config::FailOn;

/// Arguments of `check`.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(in crate::cli) struct CheckArguments {
    /// Files and folders to check, - for standard input [default: the current folder]
    ///
    /// In a project, which is a folder with a factlint.toml, they are held against all documents of the project, and the
    /// findings that touch them are shown. Without one they are all there is.
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = ReportFormat::Text)]
    pub(in crate::cli) format: ReportFormat,
    /// Write a report to a file as well, any number of them
    ///
    /// Formats are those of `--format`: --report sarif=factlint.sarif --report junit=factlint.xml. Several in the variable
    /// `FACTLINT_REPORT` stand on lines of their own. A file is written as a whole or not at all.
    #[arg(long, value_name = "FORMAT=PATH", value_delimiter = '\n')]
    pub(in crate::cli) report: Vec<String>,
    /// Lowest level of a finding that makes the exit status 1 [default: warning]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(in crate::cli) fail_on: Option<FailOn>,
    /// Report only findings that touch a line changed since this commit; all documents are still compared
    ///
    /// Counted are the lines that are new, committed or not, since the current branch left COMMIT (a branch, tag or hash), as in
    /// a review; new files are new throughout. Of a finding with several places a changed one is shown first. Asks the git command.
    #[arg(long, value_name = "COMMIT", value_parser = NonEmptyStringValueParser::new())]
    pub(in crate::cli) changed_since: Option<String>,
    /// How much needs a source.
    #[command(flatten)]
    pub(in crate::cli) strictness: StrictnessArguments,
    /// Folder with rules of your own: .rq files, with .md pages beside them
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// Lowest level of a finding that is shown; the exit status stays the same
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Show::Note)]
    pub(in crate::cli) show: Show,
    /// Most findings of one rule that are listed for people, the gravest first; the others are counted
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(in crate::cli) limit_per_rule: Option<u32>,
    /// Count the findings by rule and by document instead of listing them, in formats for people
    #[arg(long)]
    pub(in crate::cli) statistics: bool,
    /// Read standard input in place of this file, which need not exist
    #[arg(long, value_name = "PATH")]
    pub(in crate::cli) stdin_filename: Option<PathBuf>,
    /// Check the files in this list as well, one a line or between NUL characters; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) files_from: Option<PathBuf>,
    /// Check again whenever a document changes, and say what is new and what is fixed, until Ctrl-C
    #[arg(long, conflicts_with_all = ["stdin_filename", "files_from", "statistics"])]
    pub(in crate::cli) watch: bool,
    /// Print findings only: no progress, no lines with the counts
    #[arg(short, long)]
    pub(in crate::cli) quiet: bool,
    /// Whether paths are links that a terminal opens (OSC 8)
    #[arg(long, value_enum, default_value_t = Hyperlinks::Auto, value_name = "WHEN")]
    pub(in crate::cli) hyperlinks: Hyperlinks,
    /// Say on standard error how long each stage and rule took
    #[arg(long)]
    pub(in crate::cli) timings: bool,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(in crate::cli) cache: CacheArguments,
    /// How the terminal report looks.
    #[command(flatten)]
    pub(in crate::cli) terminal: TerminalArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(in crate::cli) threads: ThreadArguments,
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ReportFormat {
    /// For people: the places with their surroundings
    #[value(alias = "full")]
    Text,
    /// One line a finding
    Concise,
    /// One line a finding, under the name of its document
    Grouped,
    /// One object, version 1
    Json,
    /// One object a line
    Jsonl,
    /// Rows with a header (RFC 4180), for spreadsheets
    Csv,
    /// SARIF 2.1.0, for code hosts and editors
    Sarif,
    /// One page for editors: the documents with their findings beside the text
    Html,
    /// Annotations of GitHub Actions, and its job summary
    Github,
    /// Code Quality of GitLab
    Gitlab,
    /// Reviewdog Diagnostic Format
    Rdjson,
    /// Checkstyle XML, for build servers
    Checkstyle,
    /// JUnit XML, for test dashboards
    Junit,
}

/// Arguments of `lsp`.
#[derive(Args, Debug)]
pub(in crate::cli) struct LspArguments {
    /// Accepted for editors that name the channel; there is no other
    #[arg(long, hide = true)]
    pub(in crate::cli) stdio: bool,
    /// How much needs a source.
    #[command(flatten)]
    pub(in crate::cli) strictness: StrictnessArguments,
    /// Folder with rules of your own: .rq files, with .md pages beside them
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// How documents are read.
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(in crate::cli) threads: ThreadArguments,
}
