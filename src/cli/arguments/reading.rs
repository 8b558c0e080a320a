//! What many commands share: how documents are read, what is kept of them, how much of the machine is used, how a
//! terminal looks.

use std::path::PathBuf;

use clap::Args;
use clap::builder::BoolishValueParser;

use super::choices::Color;
use crate::config::Settings;
use crate::decision::is_day;

/// What is kept for the next run, for every command that checks documents or asks them.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct CacheArguments {
    /// Read every document anew, and keep nothing
    #[arg(long)]
    pub(in crate::cli) no_cache: bool,
    /// Folder to keep what was read of unchanged documents [default: .factlint/cache beside the settings file, else none]
    #[arg(long, value_name = "DIR")]
    pub(in crate::cli) cache_dir: Option<PathBuf>,
}

/// How much needs a source.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct StrictnessArguments {
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
    pub(in crate::cli) fn is_strict(&self, settings: &Settings) -> bool {
        self.strict.unwrap_or(settings.strict)
    }
}

/// Colour and width, for every command that prints for people.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct TerminalArguments {
    /// When to colour
    #[arg(long, value_enum, default_value_t = Color::Auto, value_name = "WHEN")]
    pub(in crate::cli) color: Color,
    /// Columns to print in [default: those of the terminal, or 100]
    #[arg(long, value_name = "COLUMNS", value_parser = clap::value_parser!(u16).range(40..))]
    pub(in crate::cli) width: Option<u16>,
}

/// How much of the machine is used.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct ThreadArguments {
    /// Threads to use [default: one a processor]
    #[arg(short = 'j', long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    pub(in crate::cli) threads: Option<u16>,
}

/// How documents are read, for every command that reads them.
#[derive(Args, Clone, Debug)]
pub(in crate::cli) struct ReadingArguments {
    /// Numbers have a decimal comma and points between thousands: 1.234,5
    #[arg(long)]
    pub(in crate::cli) decimal_comma: bool,
    /// Settings file [default: the nearest factlint.toml in the folder of the documents or above it]
    #[arg(long, value_name = "FILE")]
    pub(in crate::cli) config: Option<PathBuf>,
    /// Use no settings file; the files and folders named are all there is
    #[arg(long, conflicts_with = "config")]
    pub(in crate::cli) isolated: bool,
    /// The day it is, as 2027-06-30, for decisions that end
    #[arg(long, hide = true, value_name = "DAY", value_parser = day)]
    pub(in crate::cli) today: Option<String>,
}

/// A day, for clap.
pub(super) fn day(text: &str) -> Result<String, String> {
    if is_day(text) {
        Ok(text.to_owned())
    } else {
        Err("write it as 2027-06-30".to_owned())
    }
}
