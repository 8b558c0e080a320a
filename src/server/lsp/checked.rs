//! A project as it was checked: what was found in which text, and where its documents lie.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use lsp_types::{Location as Place, Position, Range};

use super::uri;
use crate::corpus::{Corpus, Extraction};
use crate::finding::{Finding, Location};
use crate::rule::RuleSet;
use crate::text::{ColumnUnit, EditorLines, Problem, SourceText, Span};

/// What one check of one project gave.
#[derive(Debug, Default)]
pub(super) struct Checked {
    pub(super) corpus: Arc<Corpus>,
    pub(super) findings: Vec<Finding>,
    pub(super) rules: RuleSet,
    /// What could not be read or run, each with the file where it is known.
    pub(super) problems: Vec<(Option<PathBuf>, Problem)>,
    /// The documents by their name in reports.
    pub(super) documents: BTreeMap<String, Document>,
}

/// Where a document lies and which text of it was checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Document {
    pub(super) uri: String,
    /// The editor's number of the text; `None` for a file that is not open.
    pub(super) version: Option<i32>,
}

impl Checked {
    /// What was read from a document.
    pub(super) fn extraction(&self, name: &str) -> Option<&Extraction> {
        let all = &self.corpus.extractions;
        // The documents are sorted by path.
        let at = all.binary_search_by(|one| one.document.source.path().cmp(name));
        all.get(at.ok()?)
    }

    /// The document of a URI, by its name.
    pub(super) fn document(&self, uri: &str) -> Option<(&str, &Document)> {
        self.documents
            .iter()
            .find(|(_, document)| document.uri == uri)
            .map(|(name, document)| (name.as_str(), document))
    }

    /// The texts by name.
    pub(super) fn sources(&self) -> BTreeMap<&str, &SourceText> {
        let sources = self.corpus.extractions.iter();
        sources
            .map(|extraction| &extraction.document.source)
            .map(|source| (source.path(), source))
            .collect()
    }
}

/// Places of a project as the protocol counts them. Each text is indexed once.
pub(super) struct Places<'a> {
    checked: &'a Checked,
    lines: BTreeMap<&'a str, EditorLines<'a>>,
}

impl<'a> Places<'a> {
    /// For the places of some findings.
    pub(super) fn of(
        findings: impl IntoIterator<Item = &'a Finding>,
        checked: &'a Checked,
        unit: ColumnUnit,
    ) -> Self {
        let mut lines = BTreeMap::new();
        for finding in findings {
            for location in all_places(finding) {
                let name = location.path.as_str();
                if !lines.contains_key(name)
                    && let Some(extraction) = checked.extraction(name)
                {
                    let text = extraction.document.source.text();
                    lines.insert(name, EditorLines::new(text, unit));
                }
            }
        }
        Self { checked, lines }
    }

    pub(super) fn range(&self, location: &Location) -> Option<Range> {
        let lines = self.lines.get(location.path.as_str())?;
        Some(range(lines, location.span))
    }

    pub(super) fn place(&self, location: &Location) -> Option<Place> {
        let document = self.checked.documents.get(&location.path)?;
        Some(Place {
            uri: uri::typed(&document.uri)?,
            range: self.range(location)?,
        })
    }
}

/// The places of a finding, the first one first.
pub(super) fn all_places(finding: &Finding) -> impl Iterator<Item = &Location> {
    std::iter::once(&finding.location).chain(&finding.related)
}

/// A span as the protocol counts.
pub(super) fn range(lines: &EditorLines<'_>, span: Span) -> Range {
    let at = |offset| {
        let position = lines.position(offset);
        Position::new(narrow(position.line), narrow(position.column))
    };
    Range::new(at(span.start), at(span.end))
}

/// A number of the protocol; a text of more than 4 GB has wrong places.
pub(super) fn narrow(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
