//! What the server needs from the disk, as a trait: the command line reads files, and nothing else does.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use crate::config::Levels;
use crate::corpus::StudyMapping;
use crate::decision::Record;
use crate::rule::RuleSet;
use crate::text::{Notation, Problem, SourceText};

/// Reads projects from disk.
pub trait Files: Send {
    /// The project of a workspace folder as it lies on disk now, or without a folder the usual settings and no document.
    /// `open` are paths of open documents: those that are not on disk yet are documents, too, without text.
    ///
    /// # Errors
    /// What is wrong in its settings.
    fn read(&mut self, folder: Option<&Path>, open: &[PathBuf]) -> Result<Loaded, Placed>;
}

/// Problems, each with the absolute path of the file it is about.
pub type Placed = Vec<(PathBuf, Problem)>;

/// A project: its documents and how they are judged.
#[derive(Debug)]
pub struct Loaded {
    /// Its documents, in any order.
    pub documents: Vec<Filed>,
    /// How numbers are written.
    pub notation: Notation,
    /// Which names of studies people say are one.
    pub studies: StudyMapping,
    /// The rules to run.
    pub rules: RuleSet,
    /// Ids of all rules there are.
    pub known_rules: BTreeSet<String>,
    /// The levels of the rules.
    pub levels: Levels,
    /// What was decided about findings.
    pub record: Record,
    /// What could not be read.
    pub problems: Placed,
}

/// A document and where it lies.
#[derive(Clone, Debug)]
pub struct Filed {
    /// Absolute path.
    pub path: PathBuf,
    /// Its text, under its name in reports.
    pub source: SourceText,
}
