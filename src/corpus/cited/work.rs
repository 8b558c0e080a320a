//! Which text is that of which cited work: by identifier, by the key of the entry, by the name of the file, by title.
//!
//! A text is believed to be a work's only where nothing speaks against it: one that names another DOI than the entry is not
//! that of the entry, whatever its file is called.

use std::collections::{BTreeMap, BTreeSet};

use super::super::title::fold;
use super::super::{Extraction, Sources};
use super::scope::Named;
use crate::citation::Reference;
use crate::markdown::BlockKind;
use crate::source::SourceId;

/// Blocks at the head of a text in which it names itself.
const HEAD_BLOCKS: usize = 6;
/// Bytes of those that are read.
const HEAD: usize = 2_000;
/// Titles shorter than this (folded, in bytes) name too many works.
const TITLE: usize = 20;

/// The text of a work and why it is taken to be that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceText {
    /// As [`Corpus::reading`](super::super::Corpus::reading) counts.
    pub reading: usize,
    /// In words: "its DOI 10.1000/x".
    pub because: String,
}

/// The texts of works, by how sentences name them.
#[derive(Debug, Default)]
pub(super) struct Works {
    texts: BTreeMap<Named, SourceText>,
    /// Texts that belong to no work that is cited: indices in [`Sources::texts`].
    pub(super) unmatched: Vec<usize>,
}

impl Works {
    pub(super) fn get(&self, work: &Named) -> Option<&SourceText> {
        self.texts.get(work)
    }

    pub(super) fn add(&mut self, work: Named, text: SourceText) {
        self.texts.entry(work).or_insert(text);
    }

    /// Matches kept texts and documents to the entries of all documents. Linear in both. `linked` are works that links lead to.
    pub(super) fn of(
        extractions: &[Extraction],
        sources: &Sources,
        documents: &[Vec<Option<usize>>],
        linked: &BTreeSet<&SourceId>,
    ) -> Self {
        let mut works = Self::default();
        let entries = Entries::of(extractions);
        for (at, text) in sources.texts.iter().enumerate() {
            let reading = extractions.len() + at;
            let head = Head::of(text);
            let matched = entries.of_text(&head, extractions);
            let links = head.ids.iter().filter(|id| linked.contains(id));
            let links: Vec<&SourceId> = links.collect();
            if matched.is_empty() && links.is_empty() {
                works.unmatched.push(at);
            }
            for (entry, because) in matched {
                works.add(
                    Named::Entry(entry.0, entry.1),
                    SourceText { reading, because },
                );
            }
            for id in links {
                let because = format!("its {}", named(id));
                works.add(Named::Id(id.clone()), SourceText { reading, because });
            }
        }
        for (document, entries) in documents.iter().enumerate() {
            for (entry, reading) in entries.iter().enumerate() {
                if let Some(reading) = *reading {
                    let because = "its title or file name".to_owned();
                    works.add(
                        Named::Entry(document, entry),
                        SourceText { reading, because },
                    );
                }
            }
        }
        works
    }
}

/// How a person calls an identifier: "DOI 10.1000/x".
pub(super) fn named(id: &SourceId) -> String {
    let kind = match id {
        SourceId::Doi(_) => "DOI",
        SourceId::Pmid(_) => "PMID",
        SourceId::Pmcid(_) => "PMC id",
        SourceId::Arxiv(_) => "arXiv id",
        SourceId::Isbn(_) => "ISBN",
        SourceId::Registry(_) => "registry id",
        SourceId::Url(_) => "address",
    };
    format!("{kind} {}", id.name())
}

/// What a text says of itself.
struct Head {
    /// By its front matter and first lines.
    ids: Vec<SourceId>,
    /// By the name of its file.
    file_ids: Vec<SourceId>,
    /// Name of the file without its last extension.
    stem: String,
    /// Title, folded.
    title: Option<String>,
}

impl Head {
    fn of(text: &Extraction) -> Self {
        let document = &text.document;
        let path = document.source.path();
        let file = path.rsplit('/').next().unwrap_or(path);
        let stem = file.rsplit_once('.').map_or(file, |(stem, _)| stem);
        let blocks = document.blocks.iter().take(HEAD_BLOCKS);
        let head: String = blocks
            .map(|block| {
                let printed = document.source.slice(block.span);
                if matches!(block.kind, BlockKind::FrontMatter) {
                    printed.replace('"', " ") + "\n"
                } else {
                    printed.to_owned() + "\n"
                }
            })
            .collect();
        let head = head.get(..head.floor_char_boundary(HEAD)).unwrap_or(&head);
        let title = document.title.as_deref().map(fold);
        Self {
            ids: ids(head),
            file_ids: ids(&file_name(stem)),
            stem: stem.to_owned(),
            title: title.filter(|title| title.len() >= TITLE),
        }
    }
}

fn ids(text: &str) -> Vec<SourceId> {
    SourceId::of_reference(&Reference::of_address(text))
}

/// A name of a file as an identifier is printed: `10.1000_x` for `10.1000/x`, `pmid123` for `PMID: 123`.
fn file_name(stem: &str) -> String {
    let lower = stem.to_lowercase();
    let digits = |rest: &str| {
        let rest = rest.trim_start_matches(['-', '_', ' ']);
        (!rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| rest.to_owned())
    };
    if let Some(pmid) = lower.strip_prefix("pmid").and_then(digits) {
        return format!("PMID: {pmid}");
    }
    if let Some(id) = lower.strip_prefix("arxiv") {
        return format!("arXiv:{}", id.trim_start_matches(['-', '_', ' ', ':']));
    }
    if lower.starts_with("10.") {
        return stem.replacen(['_', '%'], "/", 1);
    }
    stem.to_owned()
}

/// The entries of all documents by everything that can name them.
#[derive(Default)]
struct Entries {
    ids: BTreeMap<SourceId, Vec<(usize, usize)>>,
    keys: BTreeMap<String, Vec<(usize, usize)>>,
    titles: BTreeMap<String, Vec<(usize, usize)>>,
    /// DOIs as names of files print them, all signs alike.
    files: BTreeMap<String, Vec<(usize, usize)>>,
}

impl Entries {
    fn of(extractions: &[Extraction]) -> Self {
        let mut entries = Self::default();
        for (document, extraction) in extractions.iter().enumerate() {
            for (index, reference) in extraction.citations.references.iter().enumerate() {
                let at = (document, index);
                for id in SourceId::of_reference(reference) {
                    if let SourceId::Doi(doi) = &id {
                        entries.files.entry(plain(doi)).or_default().push(at);
                    }
                    entries.ids.entry(id).or_default().push(at);
                }
                if reference.label.starts_with(char::is_alphabetic) {
                    let key = reference.label.to_lowercase();
                    entries.keys.entry(key).or_default().push(at);
                }
                let title = reference.title.as_deref().map(fold);
                if let Some(title) = title.filter(|title| title.len() >= TITLE) {
                    entries.titles.entry(title).or_default().push(at);
                }
            }
        }
        entries
    }

    /// The entries whose work a text is, each with why.
    fn of_text(&self, head: &Head, extractions: &[Extraction]) -> Vec<((usize, usize), String)> {
        let mut found: Vec<((usize, usize), String)> = Vec::new();
        for id in &head.ids {
            let because = format!("its {}", named(id));
            found.extend(all(&self.ids, id).map(|at| (at, because.clone())));
        }
        let file = head.file_ids.iter();
        let by_file = file.flat_map(|id| all(&self.ids, id));
        let by_file = by_file.chain(all(&self.files, &plain(&head.stem)));
        found.extend(by_file.map(|at| (at, format!("the name of its file, {}", head.stem))));
        let by_key = all(&self.keys, &head.stem.to_lowercase());
        found.extend(by_key.map(|at| (at, format!("the key {} in its file name", head.stem))));
        let by_title = head.title.iter().flat_map(|title| all(&self.titles, title));
        found.extend(by_title.map(|at| (at, "its title".to_owned())));
        let mut seen = BTreeSet::new();
        found.retain(|(at, _)| seen.insert(*at) && !is_other(head, *at, extractions));
        found
    }
}

fn all<'m, K: Ord>(
    map: &'m BTreeMap<K, Vec<(usize, usize)>>,
    key: &K,
) -> impl Iterator<Item = (usize, usize)> + use<'m, K> {
    map.get(key).into_iter().flatten().copied()
}

/// Letters and digits, all else as `_`.
fn plain(name: &str) -> String {
    name.to_lowercase()
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .collect()
}

/// Whether the head of a text names another work than an entry: another identifier of one kind.
fn is_other(head: &Head, (document, index): (usize, usize), extractions: &[Extraction]) -> bool {
    let entry = extractions
        .get(document)
        .and_then(|extraction| extraction.citations.references.get(index));
    let Some(entry) = entry else { return true };
    let of_entry = SourceId::of_reference(entry);
    let both = |id: &&SourceId| !matches!(id, SourceId::Url(_) | SourceId::Isbn(_));
    let equal = head.ids.iter().any(|id| of_entry.contains(id));
    !equal
        && head.ids.iter().filter(both).any(|id| {
            of_entry
                .iter()
                .any(|other| other.kind() == id.kind() && other != id)
        })
}
