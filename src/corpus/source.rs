//! What is at hand of the works that documents cite: their texts, and what registries said of them.

use super::Extraction;
use crate::source::Lock;
use crate::text::{Problem, Role};

/// Works that documents cite, as far as they are at hand. No rule judges them.
#[derive(Clone, Debug, Default)]
pub struct Sources {
    /// What registries and hosts said.
    pub lock: Lock,
    /// Texts that people keep, sorted by path, read as documents are.
    pub texts: Vec<Extraction>,
    /// Abstracts from the lock file, of works that have no other text and are cited with figures.
    pub abstracts: Vec<Extraction>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

impl Sources {
    /// Every text, as [`Corpus::reading`](super::Corpus::reading) counts them behind the documents.
    pub(super) fn read(&self) -> impl Iterator<Item = &Extraction> {
        self.texts.iter().chain(&self.abstracts)
    }
}

/// Takes the sources out of what was read; the documents stay.
pub fn set_apart(extractions: &mut Vec<Extraction>) -> Sources {
    let mut sources = Sources::default();
    let taken = extractions.extract_if(.., |extraction| {
        extraction.document.source.role() != Role::Document
    });
    for extraction in taken {
        let source = &extraction.document.source;
        match source.role() {
            Role::Lock => match Lock::parse(source.text()) {
                Ok(lock) => sources.lock = lock,
                Err(error) => sources.problems.push(error.problem(source.path())),
            },
            Role::Source | Role::Document => sources.texts.push(extraction),
        }
    }
    sources
}

#[cfg(test)]
mod tests {
    use super::super::{Corpus, extract, relate};
    use super::*;
    use crate::text::SourceText;

    fn corpus(texts: &[(&str, &str)]) -> Corpus {
        let read = |(path, text): &(&str, &str)| {
            extract(SourceText::new(*path, *text).with_role(Role::of_path(path)))
        };
        relate(texts.iter().map(read).collect())
    }

    #[test]
    fn sources_are_read_and_are_no_documents() {
        let corpus = corpus(&[
            ("a.md", "The rate was 30%."),
            (
                "factlint.lock",
                "version = 1\n[[source]]\nid = \"doi:10.1000/x\"\nstate = \"wrong\"\nasked = \"\"\n",
            ),
            ("sources/x.md", "The rate was 38%."),
        ]);
        assert_eq!(corpus.extractions.len(), 1);
        assert_eq!(corpus.sources.texts[0].statements.figures.len(), 1);
        assert_eq!(corpus.sources.lock.answers.len(), 1);
        assert_eq!(corpus.sources.problems, []);
    }

    #[test]
    fn a_broken_lock_file_is_said_with_its_line() {
        let corpus = corpus(&[("factlint.lock", "version = 1\n=======\n")]);
        let said = &corpus.sources.problems[0];
        assert_eq!((said.path.as_str(), said.line), ("factlint.lock", Some(2)));
    }
}
