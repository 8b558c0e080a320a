//! The arguments, as clap reads them. Their doc comments are the help.

use std::path::PathBuf;

use clap::builder::{BoolishValueParser, NonEmptyStringValueParser};
use clap::{Args, Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

pub(super) use super::choices::{
    AnswerFormat, Color, ExplainFormat, GraphFormat, Hyperlinks, RecordFormat, Show, What,
};
use super::sources::SourcesCommand;
use crate::config::{FailOn, Settings};
use crate::decision::{State, is_day};

/// Checks the facts in Markdown documents before they are published.
///
/// It finds figures with two values, arithmetic that does not add up, claims without support, and references that are
/// missing, doubled or about something else. It reads .md, .markdown, .mdown, .mdx, .qmd and .Rmd files; hidden files and those
/// named by a .gitignore are left out, and folders behind links are not entered. A file named as an argument is always read.
///
/// Exit status: 0 when nothing was found (notes alone count as nothing, see --fail-on), 1 when something was found, 2 when
/// the arguments are wrong or something could not be read or run.
#[derive(Debug, Parser)]
#[command(
    name = "factlint",
    version,
    args_conflicts_with_subcommands = true,
    max_term_width = 100
)]
pub(super) struct Arguments {
    /// What to do; `check` when left out.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Arguments of `check`.
    #[command(flatten)]
    pub(super) check: CheckArguments,
}

/// What to do.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Check documents; what `factlint` does when no command is named
    Check(CheckArguments),
    /// Show what was read from the documents, one record each
    Extract(ExtractArguments),
    /// Ask the documents a question in SPARQL
    Query(QueryArguments),
    /// Write everything that was read from the documents as RDF
    Export(ExportArguments),
    /// Show what a rule means, or why a finding exists, step by step
    Explain(ExplainArguments),
    /// List the rules, or test your own
    #[command(subcommand)]
    Rules(RulesCommand),
    /// Show the settings of `check`
    Config(ConfigArguments),
    /// Write a factlint.toml with comments
    Init(InitArguments),
    /// Record a decision on a finding, which hides it until its values change
    Ignore(IgnoreArguments),
    /// Show or clear the decisions on findings
    #[command(subcommand)]
    Decisions(DecisionsCommand),
    /// Hide the findings of a text that was there before
    #[command(subcommand)]
    Baseline(BaselineCommand),
    /// Look up the works that documents cite, or show what is known of them
    #[command(subcommand)]
    Sources(SourcesCommand),
    /// Remove what was kept of unchanged documents
    Clean(CleanArguments),
    /// Serve an editor as its language server
    ///
    /// Speaks the Language Server Protocol 3.17 over standard input and output. Every workspace folder is checked as one project,
    /// with the unsaved text of open documents.
    ///
    /// Exit status: 0 when the editor took its leave by `shutdown` and `exit`, else 1.
    #[command(visible_alias = "server")]
    Lsp(LspArguments),
    /// Print a script that completes commands and flags in a shell
    Completions {
        /// The shell
        #[arg(value_enum)]
        shell: Shell,
    },
    /// Print the manual page of the program or of a command
    Man {
        /// The command, such as check [default: the program]
        command: Option<String>,
    },
}

/// Arguments of `check`.
#[derive(Args, Clone, Debug)]
#[expect(clippy::struct_excessive_bools, reason = "each is a flag")]
pub(super) struct CheckArguments {
    /// Files and folders to check, - for standard input [default: the current folder]
    ///
    /// In a project, which is a folder with a factlint.toml, they are held against all documents of the project, and the
    /// findings that touch them are shown. Without one they are all there is.
    pub(super) paths: Vec<PathBuf>,
    /// How to report
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = ReportFormat::Text)]
    pub(super) format: ReportFormat,
    /// Write a report to a file as well, any number of them
    ///
    /// Formats are those of `--format`: --report sarif=factlint.sarif --report junit=factlint.xml. Several in the variable
    /// `FACTLINT_REPORT` stand on lines of their own. A file is written as a whole or not at all.
    #[arg(long, value_name = "FORMAT=PATH", value_delimiter = '\n')]
    pub(super) report: Vec<String>,
    /// Lowest level of a finding that makes the exit status 1 [default: warning]
    #[arg(long, value_enum, value_name = "LEVEL")]
    pub(super) fail_on: Option<FailOn>,
    /// Report only findings that touch a line changed since this commit; all documents are still compared
    ///
    /// Counted are the lines that are new, committed or not, since the current branch left COMMIT (a branch, tag or hash), as in
    /// a review; new files are new throughout. Of a finding with several places a changed one is shown first. Asks the git command.
    #[arg(long, value_name = "COMMIT", value_parser = NonEmptyStringValueParser::new())]
    pub(super) changed_since: Option<String>,
    /// How much needs a source.
    #[command(flatten)]
    pub(super) strictness: StrictnessArguments,
    /// Folder with rules of your own: .rq files, with .md pages beside them
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// Lowest level of a finding that is shown; the exit status stays the same
    #[arg(long, value_enum, value_name = "LEVEL", default_value_t = Show::Note)]
    pub(super) show: Show,
    /// Most findings of one rule that are listed for people, the gravest first; the others are counted
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    pub(super) limit_per_rule: Option<u32>,
    /// Count the findings by rule and by document instead of listing them, in formats for people
    #[arg(long)]
    pub(super) statistics: bool,
    /// Read standard input in place of this file, which need not exist
    #[arg(long, value_name = "PATH")]
    pub(super) stdin_filename: Option<PathBuf>,
    /// Check the files in this list as well, one a line or between NUL characters; - for standard input
    #[arg(long, value_name = "FILE")]
    pub(super) files_from: Option<PathBuf>,
    /// Check again whenever a document changes, and say what is new and what is fixed, until Ctrl-C
    #[arg(long, conflicts_with_all = ["stdin_filename", "files_from", "statistics"])]
    pub(super) watch: bool,
    /// Print findings only: no progress, no lines with the counts
    #[arg(short, long)]
    pub(super) quiet: bool,
    /// Whether paths are links that a terminal opens (OSC 8)
    #[arg(long, value_enum, default_value_t = Hyperlinks::Auto, value_name = "WHEN")]
    pub(super) hyperlinks: Hyperlinks,
    /// Say on standard error how long each stage and rule took
    #[arg(long)]
    pub(super) timings: bool,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(super) cache: CacheArguments,
    /// How the terminal report looks.
    #[command(flatten)]
    pub(super) terminal: TerminalArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(super) threads: ThreadArguments,
}

/// What is kept for the next run, for every command that checks documents or asks them.
#[derive(Args, Clone, Debug)]
pub(super) struct CacheArguments {
    /// Read every document anew, and keep nothing
    #[arg(long)]
    pub(super) no_cache: bool,
    /// Folder to keep what was read of unchanged documents [default: .factlint/cache beside the settings file, else none]
    #[arg(long, value_name = "DIR")]
    pub(super) cache_dir: Option<PathBuf>,
}

/// Arguments of `clean`.
#[derive(Args, Debug)]
pub(super) struct CleanArguments {
    /// The folder, where it is not .factlint/cache beside the settings file
    #[arg(long, value_name = "DIR")]
    pub(super) cache_dir: Option<PathBuf>,
    /// Where the settings are.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
}

/// How much needs a source.
#[derive(Args, Clone, Debug)]
pub(super) struct StrictnessArguments {
    /// Ask for a source of background statements, too, as notes
    ///
    /// Without it, a source is asked for results, figures of the world, other people's work and, in guides, how something works.
    /// `--strict=false` undoes `strict = true` of the settings.
    #[arg(
        long,
        value_name = "BOOL",
        num_args = 0..=1,
        require_equals = true,
        default_missing_value = "true",
        value_parser = BoolishValueParser::new()
    )]
    strict: Option<bool>,
}

impl StrictnessArguments {
    /// Whether a check is strict: what the command line says, else the settings.
    pub(super) fn is_strict(&self, settings: &Settings) -> bool {
        self.strict.unwrap_or(settings.strict)
    }
}

/// Colour and width, for every command that prints for people.
#[derive(Args, Clone, Debug)]
pub(super) struct TerminalArguments {
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(super) color: Color,
    /// Columns to print in [default: those of the terminal, or 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub(super) width: Option<u16>,
}

/// How much of the machine is used.
#[derive(Args, Clone, Debug)]
pub(super) struct ThreadArguments {
    /// Threads to use [default: one a processor]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(super) threads: Option<u16>,
}

/// How documents are read, for every command that reads them.
#[derive(Args, Clone, Debug)]
pub(super) struct ReadingArguments {
    /// Numbers have a decimal comma and points between thousands: 1.234,5
    #[arg(long)]
    pub(super) decimal_comma: bool,
    /// Settings file [default: the nearest factlint.toml in the folder of the documents or above it]
    #[arg(long, value_name = "FILE")]
    pub(super) config: Option<PathBuf>,
    /// Use no settings file; the files and folders named are all there is
    #[arg(long, conflicts_with = "config")]
    pub(super) isolated: bool,
    /// The day it is, as 2027-06-30, for decisions that end
    #[arg(long, hide = true, value_name = "DAY", value_parser = day)]
    pub(super) today: Option<String>,
}

/// Arguments of `extract`.
#[derive(Args, Debug)]
pub(super) struct ExtractArguments {
    /// What to show
    #[arg(value_enum)]
    pub(super) what: What,
    /// Files and folders to read [default: the current folder]
    pub(super) paths: Vec<PathBuf>,
    /// How to print
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = RecordFormat::Table)]
    pub(super) format: RecordFormat,
    /// How the table looks.
    #[command(flatten)]
    pub(super) terminal: TerminalArguments,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(super) cache: CacheArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(super) threads: ThreadArguments,
}

/// Arguments of `query`.
#[derive(Args, Debug)]
pub(super) struct QueryArguments {
    /// The query, `@FILE` or `@NUMBER` for a saved one, `-` for standard input; without it, the saved ones are listed
    ///
    /// The usual prefixes are declared, and the default graph is everything.
    #[arg(value_name = "SPARQL")]
    pub(super) query: Option<String>,
    /// Files and folders to ask [default: the current folder]
    pub(super) paths: Vec<PathBuf>,
    /// More files and folders to ask
    #[arg(long, value_name = "PATH", num_args = 1..)]
    pub(super) documents: Vec<PathBuf>,
    /// How to print; json is an array with an object for each row
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = AnswerFormat::Table)]
    pub(super) format: AnswerFormat,
    /// Longest time the query may take
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub(super) timeout: u64,
    /// How the table looks.
    #[command(flatten)]
    pub(super) terminal: TerminalArguments,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(super) cache: CacheArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(super) threads: ThreadArguments,
}

/// Arguments of `export`.
#[derive(Args, Debug)]
pub(super) struct ExportArguments {
    /// Files and folders to read [default: the current folder]
    pub(super) paths: Vec<PathBuf>,
    /// What to write; turtle merges the graphs of all documents into one
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = GraphFormat::Trig)]
    pub(super) format: GraphFormat,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(super) cache: CacheArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(super) threads: ThreadArguments,
}

/// Arguments of `explain`.
#[derive(Args, Debug)]
pub(super) struct ExplainArguments {
    /// A rule's id, such as figure-conflict, or a finding's, such as 3f2a91c0
    ///
    /// The report shows the id of a finding about figures; `--format concise` and the other formats show all. So many of its first
    /// digits are enough as no other finding begins with, four at least.
    #[arg(value_name = "RULE|FINDING")]
    pub(super) subject: String,
    /// For a finding: the files and folders that were checked [default: the current folder]
    pub(super) paths: Vec<PathBuf>,
    /// How to print; a rule's page is text only
    #[arg(long, visible_alias = "output-format", value_enum, default_value_t = ExplainFormat::Text)]
    pub(super) format: ExplainFormat,
    /// Folder with rules of your own
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(super) cache: CacheArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// How the page looks.
    #[command(flatten)]
    pub(super) terminal: TerminalArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(super) threads: ThreadArguments,
}

/// Arguments of `config`.
#[derive(Args, Debug)]
pub(super) struct ConfigArguments {
    /// Print the JSON schema of factlint.toml, for editors
    #[arg(long)]
    pub(super) schema: bool,
    /// Say for each value where it comes from
    #[arg(long)]
    pub(super) origin: bool,
    /// Arguments as of `check`.
    #[command(flatten)]
    pub(super) check: CheckArguments,
}

/// What is checked again, for commands about its findings.
#[derive(Args, Debug)]
pub(super) struct AgainArguments {
    /// Files and folders that are checked [default: the project]
    pub(super) paths: Vec<PathBuf>,
    /// Folder with rules of your own
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// What is kept for the next run.
    #[command(flatten)]
    pub(super) cache: CacheArguments,
    /// How documents are read.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(super) threads: ThreadArguments,
}

/// Arguments of `ignore`.
#[derive(Args, Debug)]
pub(super) struct IgnoreArguments {
    /// The id of the finding, or its first digits, four at least
    #[arg(value_name = "FINDING")]
    pub(super) finding: String,
    /// Why, in a few words
    #[arg(long, value_parser = NonEmptyStringValueParser::new())]
    pub(super) reason: String,
    /// More, for those who ask
    #[arg(long)]
    pub(super) note: Option<String>,
    /// What was decided
    #[arg(long, value_enum, default_value_t = State::Dismissed)]
    pub(super) state: State,
    /// The last day on which it holds, as 2027-06-30
    #[arg(long, value_name = "DAY", value_parser = day)]
    pub(super) until: Option<String>,
    /// What is checked.
    #[command(flatten)]
    pub(super) again: AgainArguments,
}

/// What to do with decisions.
#[derive(Debug, Subcommand)]
pub(super) enum DecisionsCommand {
    /// List them with their reasons, and say which fit no finding
    List(AgainArguments),
    /// Take out those that fit no finding
    Prune(AgainArguments),
}

/// What to do with the baseline.
#[derive(Debug, Subcommand)]
pub(super) enum BaselineCommand {
    /// Write all findings of the project into it
    Write(AgainArguments),
    /// Take out those that are no longer found
    Prune(AgainArguments),
    /// List its findings
    Show(AgainArguments),
}

/// A day, for clap.
fn day(text: &str) -> Result<String, String> {
    if is_day(text) {
        Ok(text.to_owned())
    } else {
        Err("write it as 2027-06-30".to_owned())
    }
}

/// Arguments of `lsp`.
#[derive(Args, Debug)]
pub(super) struct LspArguments {
    /// Accepted for editors that name the channel; there is no other
    #[arg(long, hide = true)]
    pub(super) stdio: bool,
    /// How much needs a source.
    #[command(flatten)]
    pub(super) strictness: StrictnessArguments,
    /// Folder with rules of your own: .rq files, with .md pages beside them
    #[arg(long, value_name = "DIR")]
    pub(super) rules: Vec<PathBuf>,
    /// How documents are read.
    #[command(flatten)]
    pub(super) reading: ReadingArguments,
    /// How much of the machine is used.
    #[command(flatten)]
    pub(super) threads: ThreadArguments,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
pub(super) struct InitArguments {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub(super) folder: PathBuf,
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(super) enum RulesCommand {
    /// List all rules with level and precision
    List {
        /// Folder with rules of your own
        #[arg(long, value_name = "DIR")]
        rules: Vec<PathBuf>,
        /// How the table looks.
        #[command(flatten)]
        terminal: TerminalArguments,
    },
    /// Run the examples on the rules' pages
    Test {
        /// Folder with rules of your own [default: the built-in rules]
        dir: Option<PathBuf>,
    },
}

/// Formats of `check`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::finding::Level;

    #[test]
    fn the_definition_is_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn notes_fail_a_run_only_when_asked() {
        assert!(FailOn::Warning.includes(Level::Error));
        assert!(FailOn::Warning.includes(Level::Warning));
        assert!(!FailOn::Warning.includes(Level::Note));
        assert!(FailOn::Note.includes(Level::Note));
        assert!(!FailOn::Error.includes(Level::Warning));
        assert!(!FailOn::Never.includes(Level::Error));
    }
}
