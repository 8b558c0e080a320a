//! How much of a work its text is: an abstract alone, a part, or the whole, of which it can be said that a figure is not in it.
//!
//! Why it exists: a kept text can be a page that somebody copied, and what it lacks may stand in the next one. Only a text that
//! shows itself to be whole is believed to be. It leaves out what no text shows: an appendix, a chart.

use super::super::Extraction;
use crate::claim::Section;
use crate::markdown::BlockKind;

/// Most words of an abstract with its title and authors.
const ABSTRACT_WORDS: usize = 600;
/// Fewest words of a whole text without the sections of an article: six pages of print.
const WHOLE_WORDS: usize = 3_000;

/// What a text is of its work.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Extent {
    Abstract,
    Part,
    Whole,
}

impl Extent {
    /// An abstract is short, begins with the heading of one, and has its parts below that. An article is whole with an
    /// abstract, methods and results; any other text where it is long.
    pub(super) fn of(text: &Extraction) -> Self {
        let document = &text.document;
        let title = document.title.as_deref();
        let headings: Vec<(u8, Option<Section>)> = document
            .blocks
            .iter()
            .filter(|block| title != Some(block.text.plain.as_str()))
            .filter_map(|block| {
                let BlockKind::Heading { level, .. } = block.kind else {
                    return None;
                };
                Some((level, Section::titled(&block.text.plain)))
            })
            .collect();
        let roles: Vec<Option<Section>> = headings.iter().map(|(_, role)| *role).collect();
        let words = document.source.word_count();
        let has = |wanted: Section| roles.contains(&Some(wanted));
        if let Some((top, Some(Section::Abstract))) = headings.first()
            && words < ABSTRACT_WORDS
            && !headings
                .iter()
                .skip(1)
                .any(|(level, role)| level <= top && role.is_some())
        {
            return Self::Abstract;
        }
        if has(Section::Methods) || has(Section::Results) {
            // An abstract in parts has headings of its own, so there are two of each.
            let results = roles
                .iter()
                .filter(|role| **role == Some(Section::Results))
                .count();
            let is_told_twice = has(Section::Abstract) || results > 1;
            let is_whole = is_told_twice && has(Section::Methods) && has(Section::Results);
            return if is_whole { Self::Whole } else { Self::Part };
        }
        if words < WHOLE_WORDS {
            Self::Part
        } else {
            Self::Whole
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::extract;
    use crate::text::SourceText;

    #[test]
    fn an_article_is_whole_with_all_its_parts() {
        let check = |text: &str, expected: Extent| {
            assert_eq!(
                Extent::of(&extract(SourceText::new("a.md", text))),
                expected,
                "{text}"
            );
        };
        let body = "## 1. Methods\n\nWe rowed.\n\n## 2. Results\n\nWe sank 12 boats.\n";
        check(
            "# Boats\n\n## Abstract\n\nWe sank 12 boats.",
            Extent::Abstract,
        );
        check(
            "# Boats\n\n## Abstract\n\n### Methods\n\nWe rowed.\n\n### Results\n\nWe sank 12 boats.",
            Extent::Abstract,
        );
        check(
            &format!("# Boats\n\n## Abstract\n\nWe sank boats.\n\n{body}"),
            Extent::Whole,
        );
        check(
            &format!("# Boats\n\n### Results\n\nBoats sank.\n\n{body}"),
            Extent::Whole,
        );
        check(&format!("# Boats\n\n{body}"), Extent::Part);
        check("# Boats\n\nTwelve boats sank.", Extent::Part);
        check(&"Boats sink in wind. ".repeat(1_000), Extent::Whole);
    }
}
