//! What kind of text a document is, and what its sections are for.
//!
//! Why it exists: an article tells its own results, which need no source, in sections whose names are usual; a guide has none of
//! them. It leaves out what that means for a claim ([`super::support`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::Sentence;
use super::words::{Lists, Words, each};
use crate::citation::Citations;
use crate::markdown::{BlockKind, Document};
use crate::ontology::lexicon_table;

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
pub(crate) enum Section {
    Introduction,
    Methods,
    Results,
    Discussion,
    Conclusion,
    Abstract,
    /// What an article has no room for: tables and figures of its own results.
    Supplement,
    #[default]
    Other,
}

/// What kind of text a document is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Genre {
    /// It has the sections of an article: its own results are told there.
    Article,
    /// An article with neither mark nor list: an abstract, or the part of an article that tells its results.
    PartOfArticle,
    /// Anything else.
    Guide,
}

/// "We", "our" and "I" at least this often ...
const OWN_WORDS: usize = 5;
/// ... and once in so many words make a document its authors' report of their own work.
const WORDS_PER_OWN_WORD: usize = 400;

/// So many words for each mark, or fewer, in a document that marks its sources. Articles have a mark in 30 to 100
/// words, posts with a footnote here and there one in 500 or more.
const WORDS_PER_MARK: usize = 300;

/// Whether marks stand throughout a document: its readers expect one beside what is not its authors' own. `words` are those
/// of each sentence. Linear in the sentences.
pub(super) fn marks_throughout(
    citations: &Citations,
    sentences: &[Sentence],
    words: &[Words<'_>],
) -> bool {
    let is_text = |sentence: &Sentence| {
        let block = &sentence.place.block;
        citations.reference_blocks.binary_search(block).is_err()
    };
    let running = sentences.iter().zip(words);
    let running = running.filter(|(sentence, _)| is_text(sentence));
    let count: usize = running.map(|(_, words)| words.all().len()).sum();
    let marks = citations.pointers.len();
    marks > 0 && count <= marks * WORDS_PER_MARK
}

/// Methods, or results with another part of an article. "Results" alone heads many a summary of others' work, but one that
/// cites nothing tells its own.
pub(super) fn is_article(roles: &BTreeSet<Section>, cites_nothing: bool) -> bool {
    let framed = [
        Section::Introduction,
        Section::Discussion,
        Section::Abstract,
    ];
    roles.contains(&Section::Methods)
        || (roles.contains(&Section::Results)
            && (cites_nothing || framed.iter().any(|role| roles.contains(role))))
}

/// Whether a document has the parts of an article, of which each tells the results again.
pub(crate) fn has_parts_of_article(document: &Document) -> bool {
    is_article(&last_headings(document).into_keys().collect(), false)
}

/// Whether its authors speak of themselves throughout.
pub(super) fn speaks_of_itself(document: &Document) -> bool {
    let texts = document
        .blocks
        .iter()
        .map(|block| block.text.plain.as_str());
    let (mut all, mut own) = (0_usize, 0_usize);
    for word in texts.flat_map(str::split_whitespace) {
        all += 1;
        own += usize::from(is_own_voice(word));
    }
    own >= OWN_WORDS && own * WORDS_PER_OWN_WORD >= all
}

/// A word of authors who speak of themselves, as printed: "US" is a country.
fn is_own_voice(word: &str) -> bool {
    let (pronoun, _) = word.split_once(['\'', '\u{2019}']).unwrap_or((word, ""));
    matches!(
        pronoun,
        "we" | "We" | "our" | "Our" | "us" | "I" | "my" | "My" | "me"
    )
}

/// Words of a document from which its language can be told, and how many are looked at.
const TELLING_WORDS: usize = 50;
const READ_WORDS: usize = 2_000;
/// Least share of function words, in percent, in English text; labels and code leave some of it.
const ENGLISH_SHARE: usize = 4;

/// Whether a document is in English or too short to tell. In another language no word list says what is the authors' own.
pub(super) fn is_english(document: &Document) -> bool {
    let running = document
        .blocks
        .iter()
        .filter(|block| matches!(block.kind, BlockKind::Paragraph | BlockKind::ListItem));
    let read = running
        .flat_map(|block| each(&block.text.plain))
        .take(READ_WORDS);
    let (mut all, mut english) = (0_usize, 0_usize);
    for word in read {
        all += 1;
        english += usize::from(word.is(Lists::ENGLISH));
    }
    all < TELLING_WORDS || english * 100 >= all * ENGLISH_SHARE
}

/// The last heading of each role.
pub(super) fn last_headings(document: &Document) -> BTreeMap<Section, usize> {
    document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block.kind, BlockKind::Heading { .. }))
        .filter_map(|(index, block)| Some((Section::named(&block.text.plain)?, index)))
        .collect()
}

impl Section {
    /// The section that a heading names.
    pub(super) fn named(heading: &str) -> Option<Self> {
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

    /// The section whose name a heading is, with nothing but numbers and signs around it: "2. Methods".
    pub(crate) fn titled(heading: &str) -> Option<Self> {
        let title = heading
            .trim_matches(|c: char| !c.is_alphabetic())
            .to_lowercase();
        let found = NAMES.iter().find(|(_, name)| *name == title);
        found.map(|(section, _)| *section)
    }

    fn of_role(role: &str) -> Option<Self> {
        match role {
            "introduction" => Some(Self::Introduction),
            "methods" => Some(Self::Methods),
            "results" => Some(Self::Results),
            "discussion" => Some(Self::Discussion),
            "conclusion" => Some(Self::Conclusion),
            "abstract" => Some(Self::Abstract),
            "supplement" => Some(Self::Supplement),
            _ => None,
        }
    }
}
