//! Whether a claim is one an editor would ask a source for.
//!
//! Why it exists: most sentences of an article need no source. In order: own work, aims, procedures, gaps, modality,
//! conclusions and sentences that lean on the one before need none; reports of others' work and figures of the world
//! do. In documents without sections of methods and results (guides, product pages), statements of how something works
//! do too. Where nothing is marked, as in posts and handbooks, only what a reader doubts wherever it stands. On doubt
//! it says "not needed": a wrong demand costs more than a miss.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use super::genre::{
    Genre, Section, is_article, is_english, last_headings, marks_throughout, speaks_of_itself,
};
use super::lexis::{is, lower, words};
use super::measure::labels;
use super::mention;
use super::phrases::{
    CLASSES, HYPOTHETICAL, LIFE, OTHERS, PASSIVE, POPULATIONS, PUBLIC, RELATIONS, STIPULATIONS,
};
use super::told::{
    Told, figure_of_world, is_of_public_interest, is_share_of_population, magnitude,
    reports_figure, says_what_it_is, share,
};
use super::words::Words;
use super::{Sentence, Support};
use crate::citation::Citations;
use crate::citation::registry::is_registry_id;
use crate::markdown::{Block, BlockKind, Document};

/// A document of so many blocks for each that has a word of the living world is still about it; "a mutation" and "the cells" stand
/// in texts on programs and tables, too.
const BLOCKS_PER_BLOCK_OF_LIFE: usize = 10;

/// Tells which claims of one document need support.
pub(super) struct Supports<'d> {
    document: &'d Document,
    sentences: &'d [Sentence],
    /// Those of each sentence.
    words: &'d [Words<'d>],
    sections: Vec<Section>,
    genre: Genre,
    marks_throughout: bool,
    is_english: bool,
    own_voice: OnceCell<bool>,
    of_life: OnceCell<bool>,
    of_substance: OnceCell<bool>,
}

/// Which cells of a table a text is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Cells {
    Head,
    Body,
}

impl<'d> Supports<'d> {
    /// Reads the headings once. Linear in the blocks.
    pub(super) fn new(
        document: &'d Document,
        citations: &Citations,
        sentences: &'d [Sentence],
        words: &'d [Words<'d>],
    ) -> Self {
        let mut sections: Vec<Section> = Vec::with_capacity(document.blocks.len());
        let mut roles: BTreeSet<Section> = BTreeSet::new();
        let last = last_headings(document);
        for (index, block) in document.blocks.iter().enumerate() {
            let above = block
                .section
                .and_then(|section| sections.get(section).copied())
                .unwrap_or_default();
            let section = if matches!(block.kind, BlockKind::Heading { .. }) {
                let own = Section::named(&block.text.plain);
                roles.extend(own);
                // "Background" inside an abstract is still the abstract, even where the article's own sections are
                // nested under it: the last heading of a role is the article's.
                let of_abstract = above == Section::Abstract
                    && own.is_some_and(|own| {
                        own == Section::Conclusion || last.get(&own) != Some(&index)
                    });
                if of_abstract {
                    above
                } else {
                    own.unwrap_or(above)
                }
            } else {
                above
            };
            sections.push(section);
        }
        let titled = document.title.as_deref().is_some_and(reports_results);
        let cites_nothing = citations.pointers.is_empty();
        let unlisted = citations.references.is_empty();
        let is_supplement = roles.contains(&Section::Supplement);
        let genre = if !titled && !is_supplement && !is_article(&roles, cites_nothing) {
            Genre::Guide
        } else if cites_nothing && unlisted {
            Genre::PartOfArticle
        } else {
            Genre::Article
        };
        Self {
            document,
            sentences,
            words,
            sections,
            genre,
            marks_throughout: marks_throughout(citations, sentences, words),
            is_english: is_english(document),
            own_voice: OnceCell::new(),
            of_life: OnceCell::new(),
            of_substance: OnceCell::new(),
        }
    }

    /// Whether marks stand throughout the document. Where they do not, a link is how a source is given.
    pub(super) fn marks_throughout(&self) -> bool {
        self.marks_throughout
    }

    /// Whether the document is one whose readers expect a source beside whatever is not its authors' own: it marks its
    /// sources, or it is about the living world.
    fn asks_throughout(&self) -> bool {
        self.marks_throughout || self.is_of_life()
    }

    /// Whether rows of tables can need support: where the document tells what others found. A table in one that marks
    /// nothing is a budget, a specification or a count of the authors' own, unless it is about the living world or
    /// names a substance.
    pub(super) fn asks_rows(&self) -> bool {
        let is_guide = self.genre == Genre::Guide && self.is_english && !self.has_own_voice();
        is_guide && (self.asks_throughout() || self.names_substance())
    }

    /// Whether its authors speak of themselves throughout: then its large numbers are likely to be their own.
    fn has_own_voice(&self) -> bool {
        let own_voice = || speaks_of_itself(self.document);
        *self.own_voice.get_or_init(own_voice)
    }

    /// Whether any text or cell names a substance or a trial.
    fn names_substance(&self) -> bool {
        *self.of_substance.get_or_init(|| {
            self.document.texts().any(|(_, _, text)| {
                let found = mention::mentions(&text.plain);
                found
                    .iter()
                    .any(|found| mention::has_stem(&found.name) || is_registry_id(&found.name))
            })
        })
    }

    /// Whether the document is about the living world: there a name with capitals and digits is a gene or a molecule.
    fn is_of_life(&self) -> bool {
        *self.of_life.get_or_init(|| {
            let is_read =
                |block: &Block| !matches!(block.kind, BlockKind::Code | BlockKind::FrontMatter);
            let blocks = &self.document.blocks;
            let all = blocks.iter().filter(|block| is_read(block)).count();
            let says = self
                .sentences
                .iter()
                .zip(self.words)
                .filter(|(sentence, words)| {
                    let block = blocks.get(sentence.place.block);
                    sentence.place.cell.is_none()
                        && block.is_some_and(is_read)
                        && words.say(CLASSES | LIFE)
                });
            let of_life: BTreeSet<usize> = says.map(|(sentence, _)| sentence.place.block).collect();
            !of_life.is_empty() && of_life.len() * BLOCKS_PER_BLOCK_OF_LIFE >= all
        })
    }

    /// Whether the cells of a row tell of a share, of a measure, of the world, of substances or of studies. Short for a
    /// measure, "HR" is one in the head of a table and beside its value, not in "Documents sent to HR".
    pub(super) fn tells_of_world(&self, cells: &str, of: Cells) -> bool {
        let words = Words::of(cells);
        let told = Told::new(&words);
        let has_share = share(cells) || cells.contains('%');
        has_share && !told.says(STIPULATIONS)
            || told.says(OTHERS | CLASSES)
            || figure_of_world(&told)
            || magnitude(&told)
            || !labels(cells, of == Cells::Head).is_empty()
            || self.is_technical(&told)
    }

    /// Whether a claim in a block needs support.
    pub(super) fn of(&self, block: usize, told: &Told<'_>) -> Support {
        if !self.is_english {
            return Support::NotNeeded;
        }
        let section = self.sections.get(block).copied().unwrap_or_default();
        let needed = if self.genre == Genre::Guide {
            self.needed_in_guide(section, told)
        } else {
            needed_in_article(section, told)
        };
        if needed && self.genre != Genre::PartOfArticle {
            Support::Needed
        } else if needed || self.is_background(section, told) {
            Support::Background
        } else {
            Support::NotNeeded
        }
    }

    fn needed_in_guide(&self, section: Section, told: &Told<'_>) -> bool {
        match section {
            Section::Conclusion | Section::Methods | Section::Abstract | Section::Supplement => {
                false
            }
            Section::Introduction | Section::Results | Section::Discussion | Section::Other => {
                let tells = || {
                    told.says(OTHERS)
                        || !told.says(HYPOTHETICAL) && self.tells_figure(told)
                        || (told.says(RELATIONS | PASSIVE) || says_what_it_is(told))
                            && self.is_technical(told)
                };
                let told_here =
                    reports_figure(told) || told.tells_of_others() || !told.excused() && tells();
                told_here
                    && (is_of_public_interest(told)
                        || !self.has_own_voice() && is_share_of_population(told)
                        || self.is_technical(told)
                        || self.asks_throughout())
            }
        }
    }

    /// Whether a sentence tells a figure of the world. Where the authors speak of themselves, a large number is one
    /// only if it is of money or of people whom public statistics count, and a share only of the latter: the users are
    /// their own.
    fn tells_figure(&self, told: &Told<'_>) -> bool {
        let of_people = told.says(POPULATIONS) && (!self.has_own_voice() || told.says(PUBLIC));
        let of_money = || told.text().contains(['$', '\u{20ac}', '\u{a3}']);
        figure_of_world(told)
            || magnitude(told) && (of_people || !self.has_own_voice() || of_money())
            || of_people && share(told.text())
    }

    /// Whether a sentence is about substances, genes or molecules, for which "X inhibits Y" is a finding and no figure of
    /// speech: a name with a stem, or, in a document about the living world, a class noun or a name with capitals and digits.
    fn is_technical(&self, told: &Told<'_>) -> bool {
        told.says(CLASSES) && self.is_of_life()
            || told
                .words
                .all()
                .iter()
                .any(|word| mention::is_symbol(word.printed))
                && self.is_of_life()
            || mention::find_among(told.words)
                .iter()
                .any(|(_, mention)| !mention::is_code(&mention.name) || self.is_of_life())
    }

    /// Whether a statement is one of the world, though one that few editors would ask a source for: neither the authors' own
    /// work, nor a guess, nor a sentence that leans on the one before.
    fn is_background(&self, section: Section, told: &Told<'_>) -> bool {
        let told_elsewhere = match section {
            Section::Methods | Section::Abstract | Section::Conclusion | Section::Supplement => {
                true
            }
            Section::Results => self.genre != Genre::Guide,
            Section::Introduction | Section::Discussion | Section::Other => false,
        };
        !told_elsewhere && !told.excused()
    }
}

fn needed_in_article(section: Section, told: &Told<'_>) -> bool {
    match section {
        Section::Introduction => {
            !told.excused()
                && (told.says(OTHERS | PASSIVE)
                    || figure_of_world(told)
                    || magnitude(told)
                    || share(told.text()))
                || reports_figure(told)
                || told.tells_of_others()
        }
        Section::Discussion => {
            !told.excused() && told.says(OTHERS | PASSIVE)
                || reports_figure(told)
                || told.tells_of_others()
        }
        Section::Other
        | Section::Methods
        | Section::Results
        | Section::Conclusion
        | Section::Abstract
        | Section::Supplement => false,
    }
}

/// A title that says the document reports results of its own: "Developer Survey 2020 Results".
fn reports_results(title: &str) -> bool {
    words(title).any(|(_, word)| is("own-results", &lower(word)))
}

#[cfg(test)]
#[path = "tests/support.rs"]
mod tests;
