//! The sources that documents name, and where.

use std::collections::BTreeMap;
use std::path::PathBuf;

use crate::check::extract;
use crate::cli::arguments::ThreadArguments;
use crate::cli::files::read_documents;
use crate::cli::project::Project;
use crate::cli::{Fault, threads};
use crate::corpus::{Extraction, set_apart};
use crate::source::SourceId;
use crate::text::{Problem, Role};

/// What documents cite.
pub(super) struct Cited {
    /// Where each source is named first: path and line.
    pub(super) places: BTreeMap<SourceId, (String, usize)>,
    /// What could not be read. The lock file is not among it.
    pub(super) problems: Vec<Problem>,
}

/// Reads documents for the sources they name.
pub(super) fn cited(
    paths: &[PathBuf],
    project: &Project,
    arguments: &ThreadArguments,
) -> Result<Cited, Fault> {
    let (extractions, problems) = threads(arguments)?.install(|| {
        let mut documents = read_documents(paths, project);
        let is_lock = |role| role == Role::Lock;
        documents.sources.retain(|source| !is_lock(source.role()));
        let mut extractions = extract(documents.sources, &|_| {});
        set_apart(&mut extractions);
        (extractions, documents.problems)
    });
    let mut places = BTreeMap::new();
    for extraction in &extractions {
        let source = &extraction.document.source;
        for (id, at) in named(extraction) {
            let place = || (source.path().to_owned(), source.line(at));
            places.entry(id).or_insert_with(place);
        }
    }
    Ok(Cited { places, problems })
}

/// The sources that one document names, each with its place in bytes: by its reference list, then by its links.
fn named(extraction: &Extraction) -> Vec<(SourceId, usize)> {
    let citations = &extraction.citations;
    let listed = citations.references.iter().flat_map(|reference| {
        let ids = SourceId::of_reference(reference).into_iter();
        ids.map(|id| (id, reference.span.start))
    });
    let linked = citations.links.iter().filter_map(|link| {
        let id = SourceId::address(&link.target)?;
        Some((id, link.span.start))
    });
    listed.chain(linked).collect()
}
