//! Arguments of the commands about a project and its rules: `config`, `init`, `rules` and `clean`.

use std::path::PathBuf;

use clap::{Args, Subcommand};

use super::check::CheckArguments;
use super::reading::{ReadingArguments, TerminalArguments};

/// Arguments of `config`.
#[derive(Args, Debug)]
pub(in crate::cli) struct ConfigArguments {
    /// Print the JSON schema of factlint.toml, for editors
    #[arg(long)]
    pub(in crate::cli) schema: bool,
    /// Say for each value where it comes from
    #[arg(long)]
    pub(in crate::cli) origin: bool,
    /// Arguments as of `check`.
    #[command(flatten)]
    pub(in crate::cli) check: CheckArguments,
}

/// Arguments of `init`.
#[derive(Args, Debug)]
pub(in crate::cli) struct InitArguments {
    /// Folder of the project
    #[arg(default_value = ".")]
    pub(in crate::cli) folder: PathBuf,
}

/// What to do with rules.
#[derive(Debug, Subcommand)]
pub(in crate::cli) enum RulesCommand {
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

/// Arguments of `clean`.
#[derive(Args, Debug)]
pub(in crate::cli) struct CleanArguments {
    /// The folder, where it is not .factlint/cache beside the settings file
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) cache_dir: Option<PathBuf>,
    /// Where the settings are.
    #[command(flatten)]
    pub(in crate::cli) reading: ReadingArguments,
}
