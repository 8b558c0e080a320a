//! Citation marks, reference lists and what resolves one to the other.
//!
//! Why it exists: whether a figure is supported hangs on which mark covers it and which entry the mark denotes.
//! One file a style; [`extract`] runs them in order and resolves what they found inside one document.
//! It leaves out what a mark covers (a sentence, a row: [`crate::claim`]) and whether an entry fits its
//! claim ([`crate::corpus`] and the rules).

mod author;
mod author_name;
mod author_year;
pub mod bibliography;
mod bracket;
mod citekey;
pub(crate) mod component;
mod context;
mod entry;
mod entry_shape;
mod filter;
mod footnote;
pub(crate) mod identifier;
pub(crate) mod isbn;
mod label;
mod link;
mod mark;
pub(crate) mod name;
mod note;
mod reference_list;
mod reference_note;
pub(crate) mod registry;
mod resolve;
mod shape;
mod site;
#[cfg(test)]
mod style_tests;
mod superscript;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;
use std::ops::Range;

use crate::markdown::{Document, Place};
use crate::text::{Problem, Span};
use filter::Anchors;

/// Everything of one document that points at a source.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub struct Citations {
    /// Citation marks, in document order.
    pub pointers: Vec<Pointer>,
    /// Entries of the reference list (footnotes that serve as one included), in document order.
    pub references: Vec<Reference>,
    /// Labels of entries that stand apart from the list, as where each section has a list of its own: a mark with one of
    /// them, and no entry in the list, is not known to lack one.
    pub labels_elsewhere: BTreeSet<String>,
    /// Blocks that make up reference lists, their headings included: indices in [`Document::blocks`]. No figure or
    /// claim is read in them.
    pub reference_blocks: Vec<usize>,
    /// Hyperlinks of the text that are no citation marks.
    pub links: Vec<Link>,
    /// Sources named in prose without a mark of their own: "the study by Zimmermann et al.".
    pub named_sources: Vec<NamedSource>,
    /// Keys that entries of a file of reference data name themselves (`crossref`, `xdata`).
    pub needed_keys: Vec<String>,
    /// Entries of a file of reference data that could not be read.
    pub problems: Vec<Problem>,
}

/// One citation mark, `[1, 3-5]` as one with four labels (`c4o:InTextReferencePointer`).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pointer {
    /// How it is written.
    pub style: Style,
    /// Where it stands, brackets and carets included.
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// What it names, ranges expanded, in printed order.
    pub labels: Vec<String>,
    /// For each label, the index in [`Citations::references`] of the entry it denotes, or `None` where the list has none.
    pub targets: Vec<Option<usize>>,
}

/// How a citation mark is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum Style {
    /// `[1]`, `[1, 3-5]`.
    Bracket,
    /// `^[1]`, `^[1]^`, `^{[1][8]}`, `^1,2^`, `<sup>1</sup>`, `¹`.
    Superscript,
    /// `[\[1\]](#)`, `[[1]](#ref-1)`: a bracket mark that is a link.
    LinkedBracket,
    /// `[^1]`.
    Footnote,
    /// `[@key]`, `@key`.
    Citekey,
    /// `(Smith et al., 2020)`, `Smith et al. (2020)`.
    AuthorYear,
}

/// One entry of a reference list (`biro:BibliographicReference`). Fields are as printed, white space squeezed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reference {
    /// What marks call it: `5`, `smith2020`. Unique in a well-made list.
    pub label: String,
    /// The whole entry in the source, its number included, in bytes; of a file of reference data, the line of its key.
    pub span: Span,
    /// Block it stands in.
    pub block: usize,
    /// The entry without its number, as a reader sees it.
    pub text: String,
    /// Authors as printed, one each.
    pub authors: Vec<String>,
    /// The author block as printed, "and" and "et al." included.
    pub byline: Option<String>,
    /// Title, site suffix (" - PubMed") removed.
    pub title: Option<String>,
    /// Journal, book, site that holds it.
    pub container: Option<String>,
    /// Year of publication, four digits.
    pub year: Option<String>,
    /// Volume.
    pub volume: Option<String>,
    /// Pages.
    pub pages: Option<String>,
    /// DOI, lower case, from `10.` on.
    pub doi: Option<String>,
    /// PubMed id, digits.
    pub pmid: Option<String>,
    /// PubMed Central id, `PMC` and digits.
    pub pmcid: Option<String>,
    /// arXiv id.
    pub arxiv: Option<String>,
    /// ISBN whose check digit fits: 10 or 13 digits, a last `X` included, without hyphens.
    pub isbn: Option<String>,
    /// Registry id: `NCT01837095`, `ISRCTN...`.
    pub registry: Option<String>,
    /// First URL that is no DOI link.
    pub url: Option<String>,
    /// Path of a file of the same folder or site that it links to, where it has no URL: `guides/tides.md`.
    pub path: Option<String>,
    /// Host printed in brackets or of the URL, lower case, without `www.`.
    pub host: Option<String>,
    /// Site that the title itself names, as a registrable domain: "Facebook" gives `facebook.com`.
    pub title_site: Option<String>,
    /// Registrable domain of [`Self::host`]: `pubmed.ncbi.nlm.nih.gov` gives `nih.gov`.
    pub site: Option<String>,
    /// Whether the title is nothing but a host name.
    pub title_is_host: bool,
    /// Whether [`Self::label`] is printed. Else it is the running number, and no mark can be held against it.
    pub numbered: bool,
}

impl Reference {
    /// What an address alone says: the address, and the DOI or id of a registry that it leads to.
    pub fn of_address(address: &str) -> Self {
        let mut entry = Self::default();
        identifier::read(address, &[], &mut entry);
        entry
    }
}

/// A hyperlink that is no citation mark.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    /// Where its text stands.
    pub place: Place,
    /// The whole link in the source, in bytes.
    pub span: Span,
    /// What a reader clicks on.
    pub text: String,
    /// Its target as written.
    pub target: String,
}

/// A source named in prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedSource {
    /// Where the name stands: "study by Zimmermann et al.".
    pub place: Place,
    /// The same in the source, in bytes.
    pub span: Span,
    /// Family name of the first author.
    pub author: String,
    /// Year printed beside it.
    pub year: Option<String>,
    /// Index in [`Citations::references`] of the entry with that author (and year), where exactly one has it.
    pub target: Option<usize>,
    /// Whether a citation mark or link identifies it: one in the same sentence, or a mark beside the same author elsewhere
    /// or at the head of its section.
    pub marked: bool,
}

impl Citations {
    /// The marks of one running text: of a block, or of a cell of a table.
    pub(crate) fn pointers_in(&self, block: usize, cell: Option<(usize, usize)>) -> &[Pointer] {
        self.pointers
            .get(self.pointers_of(block, cell))
            .unwrap_or_default()
    }

    /// Their indices.
    pub(crate) fn pointers_of(&self, block: usize, cell: Option<(usize, usize)>) -> Range<usize> {
        let slot = |pointer: &Pointer| (pointer.place.block, pointer.place.cell);
        let all = &self.pointers;
        let start = all.partition_point(|pointer| slot(pointer) < (block, cell));
        start..all.partition_point(|pointer| slot(pointer) <= (block, cell))
    }
}

/// Finds marks, entries, links and named sources of one document. Never fails. Linear in the document.
pub fn extract(document: &Document) -> Citations {
    let list = reference_list::find(document);
    let mut references = list.references(document);
    let listed = bibliography::in_front_matter(&document.source);
    references.extend(listed.references);
    let anchors = Anchors::of(document);
    let marks = mark::scan(document, &list.blocks);
    let marks = filter::accepted(marks, document, &references, &anchors);
    let mut labels_elsewhere = reference_list::labels_elsewhere(document, &list);
    labels_elsewhere.extend(anchors.labels(&marks));
    let links = link::find(document, &marks);
    let mut pointers = resolve::pointers(marks, &references);
    author_year::add(document, &list.blocks, &references, &mut pointers);
    let named_sources = author::find(document, &list.blocks, &pointers, &references);
    Citations {
        pointers,
        references,
        labels_elsewhere,
        reference_blocks: list.blocks,
        links,
        named_sources,
        needed_keys: Vec::new(),
        problems: listed.problems,
    }
}
