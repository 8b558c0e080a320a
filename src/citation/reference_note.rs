//! Entries outside a list: footnotes and link definitions.

use std::collections::BTreeSet;

use super::Reference;
use super::entry::{self, Printed};
use super::entry_shape::is_entry;
use super::label;
use super::reference_list::{Item, List};
use crate::markdown::{BlockKind, Document};

/// Link definitions that marks name: `[1]: https://... "Title"`, `[@key]: doi:10...`. Their block is the last one
/// that starts before them.
pub(super) fn definitions<'a>(
    document: &'a Document,
    items: &'a [Item],
) -> impl Iterator<Item = Reference> + 'a {
    let known: BTreeSet<&str> = items
        .iter()
        .filter_map(|item| item.label.as_deref())
        .collect();
    let targets = targets_of_words(document);
    document.definitions.iter().filter_map(move |definition| {
        let key = definition.label.strip_prefix('@');
        let label = key.map_or_else(
            || label::expand(&definition.label)?.into_iter().next(),
            |key| Some(key.to_owned()),
        )?;
        let destination = definition.destination.as_str();
        let is_target = match key {
            Some(key) => is_page_of(key, destination),
            None => targets.contains(destination),
        };
        if known.contains(label.as_str()) || is_target {
            return None;
        }
        let text = definition.title.clone().unwrap_or_default();
        let after = document
            .blocks
            .partition_point(|block| block.span.start <= definition.span.start);
        let fields = entry::parse(&Printed {
            text: &text,
            emphases: Vec::new(),
            links: vec![definition.destination.clone()],
        });
        Some(Reference {
            text: if text.is_empty() {
                definition.destination.clone()
            } else {
                fields.text.clone()
            },
            label,
            numbered: true,
            span: definition.span,
            block: after.saturating_sub(1),
            ..fields
        })
    })
}

/// Whether an address is that of the page of someone's own that is called so: `https://example.org/@okafor`.
fn is_page_of(key: &str, address: &str) -> bool {
    let name = address.trim_end_matches('/').rsplit(['/', '@']).next();
    address.contains("://") && name.is_some_and(|name| name.eq_ignore_ascii_case(key))
}

/// Where links of words lead: "[the request][3245]" uses a definition as a link, and no mark is meant.
fn targets_of_words(document: &Document) -> BTreeSet<&str> {
    let links = document.texts().flat_map(|(_, _, text)| {
        let inlines = text.inlines.iter();
        inlines.filter_map(|inline| {
            Some((text.plain.get(inline.range.clone())?, inline.destination()?))
        })
    });
    links
        .filter(|(words, _)| words.contains(char::is_alphabetic))
        .map(|(_, target)| target)
        .collect()
}

/// Footnotes are entries; those shaped like one belong to the list.
pub(super) fn add_footnotes(document: &Document, list: &mut List) {
    let known: BTreeSet<usize> = list.blocks.iter().copied().collect();
    for (index, block) in document.blocks.iter().enumerate() {
        let BlockKind::FootnoteDefinition { label } = &block.kind else {
            continue;
        };
        let again = list
            .items
            .last()
            .is_some_and(|item| item.label.as_ref() == Some(label) && item.block + 1 == index);
        if again {
            continue;
        }
        if !known.contains(&index) && is_entry(&block.text.plain) {
            list.blocks.push(index);
        }
        list.items.push(Item {
            label: Some(label.clone()),
            block: index,
            range: 0..block.text.plain.len(),
            span: block.span,
        });
    }
}
