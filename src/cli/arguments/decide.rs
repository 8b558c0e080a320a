//! Arguments of the commands about findings that people decided on: `ignore`, `decisions` and `baseline`.

use std::path::PathBuf;

use clap::builder::NonEmptyStringValueParser;
use clap::{Args, Subcommand};

use super::reading::{CacheArguments, ReadingArguments, ThreadArguments, day};
use crate::decision::State;

/// What is checked again, for commands about its findings.
#[derive(Args, Debug)]
pub(in crate::cli) struct AgainArguments {
    /// Files and folders that are checked [default: the project]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// Folder with rules of your own
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(in crate::cli) cache: CacheArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(in crate::cli) threads: ThreadArguments,
}

/// Arguments of `ignore`.
#[derive(Args, Debug)]
pub(in crate::cli) struct IgnoreArguments {
    /// The id of the finding, or its first digits, four at least
    #[arg(value_name = "FINDING")]
    pub(in crate::cli) finding: String,
    /// Why, in a few words
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub(in crate::cli) reason: String,
    /// More, for those who ask
    #[arg(long)]
    pub(in crate::cli) note: Option<String>,
    /// What was decided
    #[arg(long, value_enum, default_value_t = State::Dismissed)]
    pub(in crate::cli) state: State,
    /// The last day on which it holds, as 2027-06-30
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(in crate::cli) until: Option<String>,
    /// What is checked.
    #[command(flatten)]
    pub(in crate::cli) again: AgainArguments,
}

/// What to do with decisions.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum DecisionsCommand {
    /// List them with their reasons, and say which fit no finding
    List(AgainArguments),
    /// Take out those that fit no finding
    Prune(AgainArguments),
}

/// What to do with the baseline.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum BaselineCommand {
    /// Write all findings of the project into it
    Write(AgainArguments),
    /// Take out those that are no longer found
    Prune(AgainArguments),
    /// List its findings
    Show(AgainArguments),
}
