//! What could not be read or run: said to the person, never swallowed.

use std::fmt;

use serde::{Deserialize, Serialize};

/// Something that kept a part of the work from being done: a file that cannot be read, a rule with an error.
///
/// A problem is no finding: it accuses no document, and it makes the exit status 2.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Problem {
    /// The file it concerns, as reported.
    pub path: String,
    /// Line in that file, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong, without a full stop.
    pub message: String,
    /// What to do about it, without a full stop.
    pub help: String,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.path)?;
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
        }
        write!(f, ": {} ({})", self.message, self.help)
    }
}
