//! The arguments, as clap reads them. Their doc comments are the help.
//!
//! The commands are here, what each takes in a module for those that are about one thing.

mod ask;
mod check;
mod choices;
mod decide;
mod project;
mod reading;

use clap::{Parser, Subcommand};
use clap_complete::Shell;

pub(super) use self::ask::{ExplainArguments, ExportArguments, ExtractArguments, QueryArguments};
pub(super) use self::check::{CheckArguments, LspArguments, ReportFormat};
pub(super) use self::choices::{
    AnswerFormat, Color, ExplainFormat, GraphFormat, Hyperlinks, RecordFormat, What,
};
pub(super) use self::decide::{AgainArguments, BaselineCommand, DecisionsCommand, IgnoreArguments};
pub(super) use self::project::{CleanArguments, ConfigArguments, InitArguments, RulesCommand};
pub(super) use self::reading::{
    CacheArguments, ReadingArguments, TerminalArguments, ThreadArguments,
};
use super::sources::SourcesCommand;

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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::config::FailOn;
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
