//! The lock file: one block a source, sorted, so that a review sees what changed and two branches merge.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{Answer, SourceId};
use crate::text::Problem;

const HEADER: &str = "# What registries and hosts said of the sources. `factlint sources update` writes it; commit it.\n";
const VERSION: u32 = 1;

/// All answers by the name of the work.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Lock {
    /// What was answered.
    pub answers: BTreeMap<SourceId, Answer>,
}

/// Why a lock file cannot be read.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum LockError {
    /// It is no TOML, or holds something else.
    #[error("{message}")]
    Syntax {
        /// Line, from 1.
        line: Option<usize>,
        /// What is wrong.
        message: String,
    },
    /// A later program wrote it.
    #[error("it has version {0}, and this program reads version {VERSION}")]
    Version(u32),
}

impl LockError {
    /// What the person is told of the file at `path`.
    pub fn problem(&self, path: &str) -> Problem {
        let (line, help) = match self {
            Self::Syntax { line, .. } => (
                *line,
                "mend it, or delete it and write it anew: factlint sources update",
            ),
            Self::Version(_) => (None, "use a newer factlint"),
        };
        Problem {
            path: path.to_owned(),
            line,
            message: format!("the lock file cannot be read: {self}"),
            help: help.to_owned(),
        }
    }
}

#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    #[serde(default, rename = "source")]
    sources: Vec<Block>,
}

/// A source with its answer, as the file has it.
#[derive(Serialize, Deserialize)]
pub(super) struct Block {
    pub(super) id: SourceId,
    #[serde(flatten)]
    pub(super) answer: Answer,
}

impl Lock {
    /// Reads the file. Of two blocks of one source, which a merge can leave, the later answer holds.
    ///
    /// # Errors
    /// What is wrong in it.
    pub fn parse(text: &str) -> Result<Self, LockError> {
        let file: File = toml::from_str(text).map_err(|error| LockError::Syntax {
            line: error.span().map(|span| line_of(text, span.start)),
            message: error.message().lines().collect::<Vec<_>>().join(", "),
        })?;
        if file.version != VERSION {
            return Err(LockError::Version(file.version));
        }
        let mut lock = Self::default();
        for block in file.sources {
            lock.add(block.id, block.answer);
        }
        Ok(lock)
    }

    /// Takes in an answer beside what is there ([`Answer::joined`]).
    pub fn add(&mut self, id: SourceId, answer: Answer) {
        let answer = match self.answers.remove(&id) {
            Some(there) => there.joined(answer, &id),
            None => answer,
        };
        self.answers.insert(id, answer);
    }

    /// The file: sorted by source, one field a line.
    ///
    /// # Errors
    /// None in practice: every value is plain data.
    pub fn to_text(&self) -> Result<String, toml::ser::Error> {
        let sources = self.answers.iter().map(|(id, answer)| Block {
            id: id.clone(),
            answer: answer.clone(),
        });
        let file = File {
            version: VERSION,
            sources: sources.collect(),
        };
        Ok(format!("{HEADER}{}", toml::to_string(&file)?))
    }
}

fn line_of(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Notice, NoticeKind, State, Work};

    fn id(text: &str) -> SourceId {
        text.parse().unwrap()
    }

    fn answer(asked: &str) -> Answer {
        Answer {
            state: State::Verified,
            service: "crossref".to_owned(),
            asked: asked.to_owned(),
            work: Some(Work {
                title: "A \"quoted\" title".to_owned(),
                years: [2020, 2021].into(),
                notices: vec![Notice {
                    kind: NoticeKind::Retraction,
                    notice: Some("doi:10.1000/r".to_owned()),
                    date: Some("2022".to_owned()),
                    service: "crossref".to_owned(),
                }],
                ..Work::default()
            }),
            ..Answer::default()
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        let mut lock = Lock::default();
        lock.add(id("doi:10.1000/x"), answer("2026-11-21T10:00:00Z"));
        lock.add(id("url:https://example.org/?a=b"), Answer::default());
        let text = lock.to_text().unwrap();
        assert_eq!(Lock::parse(&text).unwrap(), lock, "{text}");
    }

    #[test]
    fn of_two_blocks_of_one_source_the_later_answer_holds() {
        let mut first = Lock::default();
        first.add(id("doi:10.1000/x"), answer("2026-11-22T10:00:00Z"));
        let mut second = Lock::default();
        second.add(id("doi:10.1000/x"), answer("2026-11-21T10:00:00Z"));
        let blocks = second.to_text().unwrap();
        let blocks = blocks.split_once("[[source]]").unwrap().1;
        let merged = format!("{}\n[[source]]{blocks}", first.to_text().unwrap());
        assert_eq!(Lock::parse(&merged).unwrap(), first);
    }

    #[test]
    fn a_broken_file_names_the_line() {
        let wrong = |text: &str| Lock::parse(text).unwrap_err();
        assert!(matches!(
            wrong("version = 1\n<<<<<<< HEAD\n"),
            LockError::Syntax { line: Some(2), .. }
        ));
        assert!(matches!(wrong("version = 2\n"), LockError::Version(2)));
    }
}
