//! Whether a claim is one an editor would ask a source for.
//!
//! Why it exists: most sentences of an article need no source. In order: own work, aims, procedures, gaps, modality, conclusions and sentences that
//! lean on the one before need none; reports of others' work and figures of the world do. In documents without
//! sections of methods and results (guides, product pages), statements of how something works do too.
//! On doubt it says "not needed": a wrong demand costs more than a miss.

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::Support;
use super::lexis::{PhraseLists, is, lower, words};
use super::measure::labels;
use super::mention;
use crate::citation::Citations;
use crate::markdown::{BlockKind, Document};
use crate::ontology::{WordSet, lexicon_table, word_set};

static STUDIES: LazyLock<WordSet> = LazyLock::new(|| word_set("study-nouns"));

/// The lists of phrases that tell what a claim speaks of, each a bit.
static LISTS: LazyLock<PhraseLists> = LazyLock::new(|| {
    PhraseLists::read(&[
        (OWN, "own-work"),
        (PROCEDURE, "study-procedure"),
        (HYPOTHETICAL, "hypothetical"),
        (GAP, "gap-modality"),
        (OTHERS, "others-work"),
        (FIGURES, "world-figures"),
        (POPULATIONS, "populations"),
        (RELATIONS, "relations"),
        (CLASSES, "class-nouns"),
        (PASSIVE, "passive-reports"),
        (LIFE, "life-sciences"),
    ])
});
const OWN: u16 = 1;
const PROCEDURE: u16 = 1 << 1;
const HYPOTHETICAL: u16 = 1 << 2;
const GAP: u16 = 1 << 3;
const OTHERS: u16 = 1 << 4;
const FIGURES: u16 = 1 << 5;
const POPULATIONS: u16 = 1 << 6;
const RELATIONS: u16 = 1 << 7;
const CLASSES: u16 = 1 << 8;
const PASSIVE: u16 = 1 << 9;
const LIFE: u16 = 1 << 10;

/// A claim with what several questions ask of it, each looked for at most once.
struct Told<'t> {
    text: &'t str,
    lists: OnceCell<u16>,
    excused: OnceCell<bool>,
}

impl<'t> Told<'t> {
    fn new(text: &'t str) -> Self {
        Self {
            text,
            lists: OnceCell::new(),
            excused: OnceCell::new(),
        }
    }

    /// Whether it has a phrase of one of the lists.
    fn says(&self, lists: u16) -> bool {
        self.lists.get_or_init(|| LISTS.found_in(self.text)) & lists != 0
    }

    /// Own work, gap, modality, conclusion, a lean on the sentence before, an exhibit of the document itself, not yet written, or
    /// too short to state much.
    fn excused(&self) -> bool {
        *self.excused.get_or_init(|| {
            leans(self.text)
                || words(self.text).take(5).count() < 5
                || self.says(OWN | PROCEDURE | GAP)
                || points_to_exhibit(self.text)
                || self.text.contains("...")
                || self.text.contains('\u{2026}')
        })
    }
}

/// The usual names of sections, in the order in which they are tried.
static NAMES: LazyLock<Vec<(Section, &str)>> = LazyLock::new(|| {
    lexicon_table("section-names")
        .filter_map(|row| match row.as_slice() {
            [role, names] => Some((Section::of_role(role)?, *names)),
            _ => None,
        })
        .flat_map(|(section, names)| names.split('|').map(move |name| (section, name)))
        .collect()
});

/// What a section is for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Section {
    Introduction,
    Methods,
    Results,
    Discussion,
    Conclusion,
    Abstract,
    #[default]
    Other,
}

/// What kind of text a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Genre {
    /// It has the sections of an article: its own results are told there.
    Article,
    /// An article with neither mark nor list: an abstract, or the part of an article that tells its results.
    PartOfArticle,
    /// Anything else.
    Guide,
}

/// Tells which claims of one document need support.
pub(super) struct Supports {
    sections: Vec<Section>,
    genre: Genre,
    /// Whether its authors speak of themselves: its tables are likely to hold their own results.
    own_voice: bool,
    /// Whether it is about the living world: there a name with capitals and digits is a gene or a molecule.
    of_life: bool,
}

/// "We" and "our" at least this often ...
const OWN_WORDS: usize = 5;
/// ... and once in so many words make a document its authors' report of their own work.
const WORDS_PER_OWN_WORD: usize = 400;

impl Supports {
    /// Reads the headings once. Linear in the blocks.
    pub(super) fn new(document: &Document, citations: &Citations) -> Self {
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
        let genre = if !titled && !is_article(&roles, cites_nothing) {
            Genre::Guide
        } else if cites_nothing && citations.references.is_empty() {
            Genre::PartOfArticle
        } else {
            Genre::Article
        };
        Self {
            sections,
            genre,
            own_voice: speaks_of_itself(document),
            of_life: document
                .blocks
                .iter()
                .any(|block| LISTS.found_in(&block.text.plain) & (CLASSES | LIFE) != 0),
        }
    }

    /// Whether a row of a table needs support: where the document tells what others found, and the row or the head of its table
    /// tells of the world. Rows of versions, commands and plans need none.
    pub(super) fn of_row(&self, text: &str, head_tells: bool) -> Support {
        if self.genre != Genre::Guide
            || self.own_voice
            || !(head_tells || self.tells_of_world(text))
        {
            Support::NotNeeded
        } else {
            Support::Needed
        }
    }

    /// Whether the cells of a row tell of a share, of a measure, of the world, of substances or of studies.
    pub(super) fn tells_of_world(&self, cells: &str) -> bool {
        let told = Told::new(cells);
        share(cells)
            || cells.contains('%')
            || told.says(OTHERS | CLASSES)
            || figure_of_world(&told)
            || !labels(cells, true).is_empty()
            || self.is_technical(&told)
    }

    /// Whether a claim in a block needs support.
    pub(super) fn of(&self, block: usize, text: &str) -> Support {
        let section = self.sections.get(block).copied().unwrap_or_default();
        let told = Told::new(text);
        let needed = if self.genre == Genre::Guide {
            self.needed_in_guide(section, &told)
        } else {
            needed_in_article(section, &told)
        };
        if needed && self.genre != Genre::PartOfArticle {
            Support::Needed
        } else if needed || self.is_background(section, &told) {
            Support::Background
        } else {
            Support::NotNeeded
        }
    }

    fn needed_in_guide(&self, section: Section, told: &Told<'_>) -> bool {
        match section {
            Section::Conclusion | Section::Methods | Section::Abstract => false,
            Section::Introduction | Section::Results | Section::Discussion | Section::Other => {
                let tells = || {
                    told.says(OTHERS)
                        || figure_of_world(told)
                        || told.says(POPULATIONS) && share(told.text)
                        || (told.says(RELATIONS | PASSIVE) || says_what_it_is(told))
                            && self.is_technical(told)
                };
                reports_figure(told) || of_others(told) || !told.excused() && tells()
            }
        }
    }

    /// Whether a sentence is about substances, genes or molecules, for which "X inhibits Y" is a finding and no figure of
    /// speech: a name with a stem, a class noun, or, in a document about the living world, a name with capitals and digits.
    fn is_technical(&self, told: &Told<'_>) -> bool {
        told.says(CLASSES)
            || self.of_life && words(told.text).any(|(_, word)| mention::is_symbol(word))
            || !mention::find(told.text).is_empty()
    }

    /// Whether a statement is one of the world, though one that few editors would ask a source for: neither the authors' own
    /// work, nor a guess, nor a sentence that leans on the one before.
    fn is_background(&self, section: Section, told: &Told<'_>) -> bool {
        let told_elsewhere = match section {
            Section::Methods | Section::Abstract | Section::Conclusion => true,
            Section::Results => self.genre != Genre::Guide,
            Section::Introduction | Section::Discussion | Section::Other => false,
        };
        !told_elsewhere && !told.excused()
    }
}

/// Methods, or results with another part of an article. "Results" alone heads many a summary of others' work, but one that
/// cites nothing tells its own.
fn is_article(roles: &BTreeSet<Section>, cites_nothing: bool) -> bool {
    let framed = [
        Section::Introduction,
        Section::Discussion,
        Section::Abstract,
    ];
    roles.contains(&Section::Methods)
        || (roles.contains(&Section::Results)
            && (cites_nothing || framed.iter().any(|role| roles.contains(role))))
}

fn speaks_of_itself(document: &Document) -> bool {
    let texts = document
        .blocks
        .iter()
        .map(|block| block.text.plain.as_str());
    let (mut all, mut own) = (0_usize, 0_usize);
    for word in texts.flat_map(str::split_whitespace) {
        all += 1;
        own += usize::from(matches!(word, "we" | "We" | "our" | "Our" | "us"));
    }
    own >= OWN_WORDS && own * WORDS_PER_OWN_WORD >= all
}

/// The last heading of each role.
fn last_headings(document: &Document) -> BTreeMap<Section, usize> {
    document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block.kind, BlockKind::Heading { .. }))
        .filter_map(|(index, block)| Some((Section::named(&block.text.plain)?, index)))
        .collect()
}

impl Section {
    fn named(heading: &str) -> Option<Self> {
        let title = heading
            .trim_start_matches(|c: char| !c.is_alphabetic())
            .trim()
            .to_lowercase();
        let is = |name: &str| {
            title == name
                || title.strip_prefix(name).is_some_and(|rest| {
                    rest.starts_with([':', ' ', '.']) && rest.split_whitespace().count() <= 4
                })
        };
        NAMES
            .iter()
            .find(|(_, name)| is(name))
            .map(|(section, _)| *section)
    }

    fn of_role(role: &str) -> Option<Self> {
        match role {
            "introduction" => Some(Self::Introduction),
            "methods" => Some(Self::Methods),
            "results" => Some(Self::Results),
            "discussion" => Some(Self::Discussion),
            "conclusion" => Some(Self::Conclusion),
            "abstract" => Some(Self::Abstract),
            _ => None,
        }
    }
}

fn needed_in_article(section: Section, told: &Told<'_>) -> bool {
    match section {
        Section::Introduction => {
            !told.excused()
                && (told.says(OTHERS | PASSIVE) || figure_of_world(told) || share(told.text))
                || reports_figure(told)
                || of_others(told)
        }
        Section::Discussion => {
            !told.excused() && told.says(OTHERS | PASSIVE)
                || reports_figure(told)
                || of_others(told)
        }
        Section::Other
        | Section::Methods
        | Section::Results
        | Section::Conclusion
        | Section::Abstract => false,
    }
}

/// Whether a sentence points at a table or figure of the document: "(Figure 2)", "Table @tbl:doses".
fn points_to_exhibit(text: &str) -> bool {
    let mut before = "";
    text.split_whitespace().any(|piece| {
        let name = std::mem::replace(&mut before, piece);
        let name = name.trim_start_matches(|c: char| !c.is_alphanumeric());
        piece.starts_with(|c: char| c.is_ascii_digit() || c == '@' || c == 'S')
            && is("exhibit", &lower(name))
    })
}

/// A figure that others found: "may" and "for example" beside it do not make it the author's own guess.
fn reports_figure(told: &Told<'_>) -> bool {
    let text = told.text;
    if !text.contains(|c: char| c.is_ascii_digit()) || told.says(OWN | HYPOTHETICAL) || leans(text)
    {
        return false;
    }
    let introduces = introduces_study(text);
    let reported = introduces || share(text) && told.says(OTHERS | PASSIVE | FIGURES);
    reported && (introduces || !told.says(PROCEDURE))
}

/// Whether a sentence speaks of its authors or of the document's own study: "we found", "in this trial".
pub(crate) fn tells_own_work(text: &str) -> bool {
    let mut before = Cow::Borrowed("");
    words(text).any(|(_, word)| {
        let word = lower(word);
        let is_own =
            is("own-voice", &word) || is("own-study", &before) && STUDIES.contains(word.as_ref());
        before = word;
        is_own
    })
}

/// Words between "a" and the noun for a study, and between the noun and what it found.
const BEFORE_STUDY: usize = 7;
const BEHIND_STUDY: usize = 30;

/// Whether a sentence speaks of a study that the text has not spoken of, and of what it found: "A survey of nurses in Lyon
/// showed ...". No mark of another sentence tells which study that is.
pub(super) fn introduces_study(text: &str) -> bool {
    brings_in(&opening(text), |noun| STUDIES.contains(noun))
}

/// Whether a sentence tells what others found, and brings in the studies that did: "Several studies have shown ...", "A trial
/// in nurses found ...". Analyses and models are left out: they are often the authors' own.
pub(super) fn tells_of_others(text: &str) -> bool {
    of_others(&Told::new(text))
}

fn of_others(told: &Told<'_>) -> bool {
    let lower = opening(told.text);
    let brings = tells_of_studies(&lower) || brings_in(&lower, |noun| is("others-study", noun));
    brings && !leans(told.text) && !told.says(OWN | HYPOTHETICAL)
}

/// Words at the beginning of a sentence among which one says that it elaborates: "In Kenya, for example".
const ELABORATING_WORDS: usize = 6;
/// Letters of a word that two sentences on one thing share, and so many of them.
const SHARED_LETTERS: usize = 5;
const SHARED_WORDS: usize = 2;

/// Whether a sentence gives the source or an example of the one before, or goes on about the same things: "For example, ...",
/// "In one study ...".
pub(super) fn elaborates(before: &str, text: &str) -> bool {
    let lower = opening(text);
    let said: BTreeSet<Cow<'_, str>> = opening(before)
        .into_iter()
        .filter(|word| word.chars().count() >= SHARED_LETTERS)
        .collect();
    let mut first = lower.iter().take(ELABORATING_WORDS);
    first.any(|word| is("elaborates", word))
        || leans(text)
        || text.contains("et al")
        || introduces_study(text)
        || tells_of_others(text)
        || said.intersection(&lower.into_iter().collect()).count() >= SHARED_WORDS
}

/// The words at the beginning of a sentence, in lower case.
fn opening(text: &str) -> Vec<Cow<'_, str>> {
    words(text)
        .map(|(_, word)| lower(word))
        .take(2 * BEHIND_STUDY)
        .collect()
}

/// Words in front of the noun for the studies, and between it and what they found.
const BEFORE_STUDIES: usize = 8;
const BEHIND_STUDIES: usize = 10;

/// "Previous studies suggest", "A number of trials have shown", "Research indicates": what studies that are not named found.
fn tells_of_studies(lower: &[Cow<'_, str>]) -> bool {
    let word = |at: Option<usize>| at.and_then(|at| lower.get(at)).map_or("", |word| &**word);
    let told = |noun: usize| {
        let mut behind = lower.iter().skip(noun + 1).take(BEHIND_STUDIES);
        behind.any(|verb| is("plural-finding", verb))
    };
    let others = |noun: usize| {
        noun == 0
            || (0..noun).rev().any(|at| {
                let before = word(at.checked_sub(1));
                let known = is("new-source-end", before) && word(Some(at)) != "vitro";
                let between = lower.iter().take(noun).skip(at + 1);
                is("plural-source", word(Some(at)))
                    && !known
                    && !is("not-others", before)
                    && between
                        .enumerate()
                        .all(|(nth, word)| nth == 0 && word == "of" || !is("new-source-end", word))
            })
    };
    let nouns = lower.iter().enumerate().take(BEFORE_STUDIES);
    let mut nouns = nouns.filter(|(_, noun)| is("plural-study", noun));
    nouns.any(|(noun, _)| others(noun) && told(noun))
}

/// Whether an indefinite article and a noun for a study stand before a verb of finding.
fn brings_in(lower: &[Cow<'_, str>], is_study: impl Fn(&str) -> bool) -> bool {
    if !lower.iter().any(|word| is_study(word)) {
        return false;
    }
    let finds = |from: usize| {
        let mut behind = lower.iter().skip(from).take(BEHIND_STUDY);
        behind.any(|word| is("finding", word))
    };
    let ends = |at: usize| {
        let next = lower.get(at + 1).map_or("", |word| &**word);
        is("behind-study", next) || is("finding", next)
    };
    let opens = |(_, word): &(usize, &Cow<'_, str>)| is("new-source", word);
    lower.iter().enumerate().filter(opens).any(|(at, _)| {
        let mut phrase = lower.iter().enumerate().skip(at + 1).take(BEFORE_STUDY);
        let noun = phrase
            .by_ref()
            .take_while(|(_, word)| !is("new-source-end", word))
            .find(|(at, noun)| is_study(noun) && ends(*at));
        noun.is_some_and(|(at, _)| finds(at + 1))
    })
}

/// Whether a sentence goes on about the source of the one before: "They found ...", "The authors report ...".
pub(super) fn continues_source(text: &str) -> bool {
    let mut found = words(text).map(|(_, word)| lower(word));
    let first = found.next().unwrap_or_default();
    let second = found.next().unwrap_or_default();
    is("leaning-opener", &first) && first != "however"
        || first == "the" && is("continues-source", &second)
        || matches!(&*first, "of" | "in" | "among") && is("leaning-opener", &second)
}

fn leans(text: &str) -> bool {
    let first = words(text).next().map_or("", |(_, word)| word);
    is("leaning-opener", &lower(first))
}

/// A number beside a word that makes it a figure of the world: a count of millions, a prevalence.
fn figure_of_world(told: &Told<'_>) -> bool {
    told.says(FIGURES) && words(told.text).any(|(_, word)| is_count(word))
}

/// A word that begins with a number and is no year.
fn is_count(word: &str) -> bool {
    let year = word.len() == 4
        && (word.starts_with("19") || word.starts_with("20"))
        && word.bytes().all(|byte| byte.is_ascii_digit());
    word.starts_with(|c: char| c.is_ascii_digit()) && !year
}

/// A printed percentage.
fn share(text: &str) -> bool {
    text.contains(|c: char| c.is_ascii_digit())
        && (text.contains('%') || text.contains("percent") || text.contains("per cent"))
}

/// A title that says the document reports results of its own: "Developer Survey 2020 Results".
fn reports_results(title: &str) -> bool {
    words(title).any(|(_, word)| is("own-results", &lower(word)))
}

/// "X is a selective antagonist of Y": a class noun within twelve words of "is a".
fn says_what_it_is(told: &Told<'_>) -> bool {
    const COPULAS: [&str; 5] = [" is a ", " is an ", " is the ", " was a ", " is one of "];
    told.says(CLASSES)
        && COPULAS
            .iter()
            .filter_map(|copula| told.text.split_once(copula))
            .any(|(_, after)| {
                let end = words(after)
                    .nth(12)
                    .map_or(after.len(), |(offset, _)| offset);
                Told::new(after.get(..end).unwrap_or_default()).says(CLASSES)
            })
}

#[cfg(test)]
#[path = "tests/support.rs"]
mod tests;
