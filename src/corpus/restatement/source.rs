//! What a sentence cites, whatever its document calls it: marks and links of two documents meet on the work.

use std::ops::Range;

use super::item::sorted;
use super::passage::Reader;
use crate::citation::Style;
use crate::corpus::Denoted;

impl Reader<'_> {
    /// What the marks and links of a sentence point at, whatever the document calls it.
    pub(super) fn sources(
        &mut self,
        marks: &[usize],
        block: usize,
        range: &Range<usize>,
    ) -> Vec<u32> {
        let citations = &self.extraction.citations;
        let mut found = Vec::new();
        for at in marks {
            let Some(pointer) = citations.pointers.get(*at) else {
                continue;
            };
            let denoted = self.denoted.get(*at).into_iter().flatten();
            for (label, denoted) in pointer.labels.iter().zip(denoted) {
                let printed = if pointer.style == Style::Citekey {
                    label.clone()
                } else {
                    format!("[{label}]")
                };
                let key = match denoted {
                    Denoted::Entry {
                        document,
                        reference,
                    } => self.work(*document, *reference, label),
                    Denoted::Work => Some(label.to_lowercase()),
                    Denoted::Missing | Denoted::Unknown => {
                        (pointer.style == Style::Citekey).then(|| label.to_lowercase())
                    }
                };
                if let Some(key) = key {
                    found.push((key, printed));
                }
            }
        }
        let links = self.links.within(block, range);
        for link in links.iter().filter_map(|at| citations.links.get(*at)) {
            if link.target.starts_with("http") {
                found.push((link.target.clone(), link.target.clone()));
            }
        }
        let ids = found
            .into_iter()
            .map(|(key, printed)| {
                let id = self.passages.names.id(&format!("source {key}"));
                self.passages.printed_sources.entry(id).or_insert(printed);
                id
            })
            .collect();
        sorted(ids)
    }

    /// The work behind an entry: by identifier, else by title, else the entry itself.
    fn work(&self, document: usize, reference: usize, label: &str) -> Option<String> {
        let entry = self
            .extractions
            .get(document)?
            .citations
            .references
            .get(reference)?;
        let known = [
            &entry.doi,
            &entry.pmid,
            &entry.pmcid,
            &entry.arxiv,
            &entry.url,
        ];
        known
            .into_iter()
            .flatten()
            .next()
            .cloned()
            .or_else(|| {
                let title = entry.title.as_ref()?.to_lowercase();
                (title.len() > 20).then_some(title)
            })
            .or_else(|| Some(format!("{document}/{label}")))
    }
}
