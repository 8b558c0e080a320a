//! Documents as the commands ask them that judge nothing: `extract`, `query` and `export`.
//!
//! What was read of unchanged documents comes from the cache, as in a check. It leaves out how answers are printed.

use std::path::PathBuf;

use super::arguments::{CacheArguments, ThreadArguments};
use super::cache::Cache;
use super::files::read_documents;
use super::project::Project;
use super::{Fault, threads};
use crate::check::{extract_through, problems};
use crate::corpus::{Extraction, relate_with, set_apart};
use crate::graph::Graph;
use crate::text::Problem;

/// What documents are asked, and with what.
pub(super) struct Asked<'a> {
    /// Files and folders; no others of the project are read.
    pub(super) paths: &'a [PathBuf],
    pub(super) project: &'a Project,
    pub(super) cache: &'a CacheArguments,
    pub(super) threads: &'a ThreadArguments,
}

impl Asked<'_> {
    /// The documents, each read alone, and what could not be read.
    pub(super) fn extractions(&self) -> Result<(Vec<Extraction>, Vec<Problem>), Fault> {
        Ok(threads(self.threads)?.install(|| {
            let (mut extractions, unread) = self.read();
            let sources = set_apart(&mut extractions);
            let unread = [unread, problems(&extractions, &sources)].concat();
            (extractions, unread)
        }))
    }

    /// The graph of the documents, and what could not be read.
    pub(super) fn graph(&self) -> Result<(Graph, Vec<Problem>), Fault> {
        Ok(threads(self.threads)?.install(|| {
            let (extractions, unread) = self.read();
            let corpus = relate_with(extractions, &self.project.settings.studies());
            let unread = [unread, problems(&corpus.extractions, &corpus.sources)].concat();
            (Graph::build(&corpus), unread)
        }))
    }

    fn read(&self) -> (Vec<Extraction>, Vec<Problem>) {
        let cache = Cache::open(self.cache, self.project);
        let documents = read_documents(self.paths, self.project);
        let store = cache.as_ref().map(Cache::as_store);
        let (extractions, _) = extract_through(documents.sources, store, &|_| {});
        if let Some(cache) = cache {
            cache.close();
        }
        (extractions, documents.problems)
    }
}
