//! What some flags may be set to. Their doc comments are the help.
//!
//! The formats of `check` stand with its other arguments, in [`super::check`].

use clap::ValueEnum;

use crate::finding::Level;

/// The lowest level that is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Show {
    /// Errors alone
    Error,
    /// Errors and warnings
    Warning,
    /// All
    Note,
}

impl Show {
    /// Whether a finding of a level is shown.
    pub(in crate::cli) fn includes(self, level: Level) -> bool {
        match self {
            Self::Error => level >= Level::Error,
            Self::Warning => level >= Level::Warning,
            Self::Note => true,
        }
    }
}

/// Formats of `explain`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum ExplainFormat {
    /// For people
    Text,
    /// One object, version 1
    Json,
}

/// Formats of `extract`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum RecordFormat {
    /// For people
    Table,
    /// One JSON object a line
    Jsonl,
    /// Comma-separated values with a header (RFC 4180)
    Csv,
}

/// Formats of `query`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum AnswerFormat {
    /// For people
    Table,
    /// Comma-separated values with a header (RFC 4180)
    Csv,
    /// Tab-separated values with a header
    Tsv,
    /// JSON
    Json,
}

/// Formats of `export`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum GraphFormat {
    /// Named graphs, with prefixes
    Trig,
    /// One quad a line
    Nquads,
    /// One graph, with prefixes
    Turtle,
}

/// What `extract` shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum What {
    /// Reported numbers with what they are about
    Figures,
    /// What is stated, with the references that cover it
    Claims,
    /// Citation marks
    Citations,
    /// Entries of reference lists
    References,
    /// Sentences
    Sentences,
}

/// When paths are links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Hyperlinks {
    /// Where the terminal is known to open them
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// When to colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(in crate::cli) enum Color {
    /// On a terminal, unless the environment has `NO_COLOR`
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}
