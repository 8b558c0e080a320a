//! Arguments of the commands that ask documents and judge nothing, `extract`, `query` and `export`, and of `explain`.

use std::path::PathBuf;

use clap::Args;

use super::choices::{AnswerFormat, ExplainFormat, GraphFormat, RecordFormat, What};
use super::reading::{CacheArguments, ReadingArguments, TerminalArguments, ThreadArguments};

/// Arguments of `extract`.
#[derive(Args, Debug)]
pub(in crate::cli) struct ExtractArguments {
    /// What to show
    #[arg(value_enum)]
    pub(in crate::cli) what: What,
    /// Files and folders to read [default: the current folder]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = RecordFormat::Table)]
    pub(in crate::cli) format: RecordFormat,
    /// How the table looks.
    #[command(flatten)]
    pub(in crate::cli) terminal: TerminalArguments,
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

/// Arguments of `query`.
#[derive(Args, Debug)]
pub(in crate::cli) struct QueryArguments {
    /// The query, `@FILE` or `@NUMBER` for a saved one, `-` for standard input; without it, the saved ones are listed
    ///
    /// The usual prefixes are declared, and the default graph is everything.
    #[arg(value_name = "SPARQL")]
    pub(in crate::cli) query: Option<String>,
    /// Files and folders to ask [default: the current folder]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// More files and folders to ask
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(in crate::cli) documents: Vec<PathBuf>,
    /// How to print; json is an array with an object for each row
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = AnswerFormat::Table)]
    pub(in crate::cli) format: AnswerFormat,
    /// Longest time the query may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(in crate::cli) timeout: u64,
    /// How the table looks.
    #[command(flatten)]
    pub(in crate::cli) terminal: TerminalArguments,
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

/// Arguments of `export`.
#[derive(Args, Debug)]
pub(in crate::cli) struct ExportArguments {
    /// Files and folders to read [default: the current folder]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// What to write; turtle merges the graphs of all documents into one
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = GraphFormat::Trig)]
    pub(in crate::cli) format: GraphFormat,
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

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(in crate::cli) struct ExplainArguments {
    /// A rule's id, such as figure-conflict, or a finding's, such as 3f2a91c0
    ///
    /// The report shows the id of a finding about figures; `--format concise` and the other formats show all. So many of its first
    /// digits are enough as no other finding begins with, four at least.
    #[arg(value_name = "RULE|FINDING")]
    pub(in crate::cli) subject: String,
    /// For a finding: the files and folders that were checked [default: the current folder]
    pub(in crate::cli) paths: Vec<PathBuf>,
    /// How to print; a rule's page is text only
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = ExplainFormat::Text)]
    pub(in crate::cli) format: ExplainFormat,
    /// Folder with rules of your own
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) rules: Vec<PathBuf>,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(in crate::cli) cache: CacheArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArguments,
    /// How the page looks.
    #[command(flatten)]
    pub(in crate::cli) terminal: TerminalArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(in crate::cli) threads: ThreadArguments,
}
