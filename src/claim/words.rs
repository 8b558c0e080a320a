//! The words of a text with the word lists that each is in.
//!
//! Why it exists: kinds of sentences, the need for support and named things are told by some forty lists of words, asked
//! for one after the other. One look-up tells all lists of a word, and a whole list is passed over where a sentence has no word
//! of it.
//! It leaves out which lists of phrases there are ([`super::phrases`]).

use std::borrow::Cow;
use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::{BitAnd, BitOr, BitOrAssign};
use std::sync::LazyLock;

use super::lexis::{lower, words_of};
use super::phrases;
use super::signs::Signs;
use super::tokens::{Token, Tokens};
use super::wording::finite_forms;
use crate::ontology::{WordMap, lexicon};

/// Word lists, any number of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Lists(u64);

impl Lists {
    /// Forms of "be", "have", "can" and the like.
    pub(super) const AUXILIARY: Self = Self(1);
    /// Third persons and pasts of regular verbs.
    pub(super) const FINITE: Self = Self(1 << 1);
    pub(super) const IMPERATIVE: Self = Self(1 << 2);
    /// Nouns for studies.
    pub(super) const STUDY: Self = Self(1 << 3);
    // The others are classes of `ontology/lexicon/sentence-context.tsv`, which says what each is for.
    pub(super) const BEHIND_STUDY: Self = Self(1 << 4);
    pub(super) const COMMAND: Self = Self(1 << 5);
    pub(super) const COMMAND_CLAUSE: Self = Self(1 << 6);
    pub(super) const COMMAND_LEAD: Self = Self(1 << 7);
    pub(super) const CONTINUES_SOURCE: Self = Self(1 << 8);
    pub(super) const ELABORATES: Self = Self(1 << 9);
    pub(super) const EXHIBIT: Self = Self(1 << 10);
    pub(super) const FINDING: Self = Self(1 << 11);
    pub(super) const GOODS: Self = Self(1 << 12);
    pub(super) const LEANING_OPENER: Self = Self(1 << 13);
    pub(super) const MOSTLY_NOUN: Self = Self(1 << 14);
    pub(super) const NEW_SOURCE: Self = Self(1 << 15);
    pub(super) const NEW_SOURCE_END: Self = Self(1 << 16);
    pub(super) const NOT_OTHERS: Self = Self(1 << 17);
    pub(super) const NOUN_AFTER: Self = Self(1 << 18);
    pub(super) const NOUN_LATER: Self = Self(1 << 19);
    pub(super) const NUMBERED: Self = Self(1 << 20);
    pub(super) const OBJECT_CLAUSE: Self = Self(1 << 21);
    pub(super) const OTHERS_STUDY: Self = Self(1 << 22);
    pub(super) const PAST: Self = Self(1 << 23);
    pub(super) const PLURAL_FINDING: Self = Self(1 << 24);
    pub(super) const PLURAL_SOURCE: Self = Self(1 << 25);
    pub(super) const PLURAL_STUDY: Self = Self(1 << 26);
    pub(super) const VERB_OBJECT: Self = Self(1 << 27);
    pub(super) const ENGLISH: Self = Self(1 << 28);

    const NONE: Self = Self(0);

    /// Lists with a file of their own.
    const FILES: [(Self, &str); 3] = [
        (Self::AUXILIARY, "auxiliaries"),
        (Self::IMPERATIVE, "imperative-verbs"),
        (Self::STUDY, "study-nouns"),
    ];

    /// Lists that are classes of one table.
    const CLASSES: [(Self, &str); 25] = [
        (Self::BEHIND_STUDY, "behind-study"),
        (Self::COMMAND, "command"),
        (Self::COMMAND_CLAUSE, "command-clause"),
        (Self::COMMAND_LEAD, "command-lead"),
        (Self::CONTINUES_SOURCE, "continues-source"),
        (Self::ELABORATES, "elaborates"),
        (Self::ENGLISH, "english"),
        (Self::EXHIBIT, "exhibit"),
        (Self::FINDING, "finding"),
        (Self::GOODS, "goods"),
        (Self::LEANING_OPENER, "leaning-opener"),
        (Self::MOSTLY_NOUN, "mostly-noun"),
        (Self::NEW_SOURCE, "new-source"),
        (Self::NEW_SOURCE_END, "new-source-end"),
        (Self::NOT_OTHERS, "not-others"),
        (Self::NOUN_AFTER, "noun-after"),
        (Self::NOUN_LATER, "noun-later"),
        (Self::NUMBERED, "numbered"),
        (Self::OBJECT_CLAUSE, "object-clause"),
        (Self::OTHERS_STUDY, "others-study"),
        (Self::PAST, "past"),
        (Self::PLURAL_FINDING, "plural-finding"),
        (Self::PLURAL_SOURCE, "plural-source"),
        (Self::PLURAL_STUDY, "plural-study"),
        (Self::VERB_OBJECT, "verb-object"),
    ];

    /// The lists that a word in lower case is in.
    pub(super) fn of(word: &str) -> Self {
        KNOWN.get(word).copied().unwrap_or_default()
    }

    /// The lists that a word of ASCII is in, whatever its case.
    #[inline]
    fn in_any_case(word: &str) -> Self {
        let lists = KNOWN.get_ignoring_case(word);
        lists.copied().unwrap_or_default()
    }

    /// Whether one of these lists is among the others.
    pub(super) fn meet(self, others: Self) -> bool {
        self & others != Self::NONE
    }
}

impl BitOr for Lists {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }
}

impl BitAnd for Lists {
    type Output = Self;

    fn bitand(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }
}

impl BitOrAssign for Lists {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// Every word of a list, with all lists it is in.
static KNOWN: LazyLock<WordMap<Lists>> = LazyLock::new(|| {
    let mut known: BTreeMap<Cow<'static, str>, Lists> = BTreeMap::new();
    let mut add = |word: Cow<'static, str>, list| *known.entry(word).or_default() |= list;
    for (list, class) in Lists::CLASSES {
        for word in words_of(class) {
            add((*word).into(), list);
        }
    }
    for (list, name) in Lists::FILES {
        for word in lexicon(name) {
            add(word.trim().into(), list);
        }
    }
    for form in lexicon("verbs").map(str::trim).flat_map(finite_forms) {
        add(form.into(), Lists::FINITE);
    }
    debug_assert!(known.keys().all(|word| lower(word) == *word));
    known.into_iter().collect()
});

/// One word of a text.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Word<'t> {
    /// Its first byte.
    pub(super) at: usize,
    /// As printed.
    pub(super) printed: &'t str,
    lists: Lists,
    signs: Signs,
}

impl<'t> Word<'t> {
    #[inline]
    fn read(token: Token<'t>) -> Self {
        let Token { at, printed, signs } = token;
        let lists = if signs.meet(Signs::WIDE) && !printed.is_ascii() {
            let folded = printed.to_lowercase();
            // The lists have "don't", and print may have "don’t".
            let straight = folded.contains('’').then(|| folded.replace('’', "'"));
            let auxiliary = straight.map(|word| Lists::of(&word) & Lists::AUXILIARY);
            Lists::of(&folded) | auxiliary.unwrap_or_default()
        } else {
            Lists::in_any_case(printed)
        };
        Self {
            at,
            printed,
            lists,
            signs,
        }
    }

    /// Whether it has a character of one of some kinds. What clings to it counts, as the full stop behind it.
    pub(super) fn has(&self, signs: Signs) -> bool {
        self.signs.meet(signs)
    }

    /// Whether it is in one of some lists, in any case.
    pub(super) fn is(&self, lists: Lists) -> bool {
        self.lists.meet(lists)
    }

    /// In lower case.
    pub(super) fn lower(&self) -> Cow<'t, str> {
        lower(self.printed)
    }

    /// Whether it is a word in lower case, whatever its own case.
    pub(super) fn says(&self, word: &str) -> bool {
        self.printed.eq_ignore_ascii_case(word)
    }
}

/// The words of a text, one after the other: for texts of which only the first words are asked for.
pub(super) fn each(text: &str) -> impl Iterator<Item = Word<'_>> {
    Tokens::of(text).map(Word::read)
}

/// All words of a text.
#[derive(Clone, Debug)]
pub(super) struct Words<'t> {
    /// The text they are of.
    pub(super) text: &'t str,
    all: Vec<Word<'t>>,
    lists: Lists,
    signs: Signs,
    phrases: OnceCell<u16>,
}

/// Fewest bytes that a word takes with the space behind it, in most texts.
pub(super) const BYTES_A_WORD: usize = 5;

impl<'t> Words<'t> {
    /// Reads a text. Linear.
    pub(super) fn of(text: &'t str) -> Self {
        let mut all = Vec::with_capacity(text.len() / BYTES_A_WORD + 1);
        let mut tokens = Tokens::of(text);
        let mut lists = Lists::NONE;
        for token in &mut tokens {
            let word = Word::read(token);
            lists |= word.lists;
            all.push(word);
        }
        Self {
            text,
            all,
            lists,
            signs: tokens.signs,
            phrases: OnceCell::new(),
        }
    }

    /// Whether the text has a character of one of some kinds.
    pub(super) fn have(&self, signs: Signs) -> bool {
        self.signs.meet(signs)
    }

    /// The words in order.
    pub(super) fn all(&self) -> &[Word<'t>] {
        &self.all
    }

    /// The words from a byte of the text on.
    pub(super) fn starting_at(&self, start: usize) -> &[Word<'t>] {
        let before = self.all.partition_point(|word| word.at < start);
        self.all.get(before..).unwrap_or_default()
    }

    /// The first words, so many at most.
    pub(super) fn first(&self, count: usize) -> &[Word<'t>] {
        self.all.get(..count).unwrap_or(&self.all)
    }

    /// Whether the text has a phrase of one of some lists of [`phrases`].
    pub(super) fn say(&self, lists: u16) -> bool {
        self.phrases.get_or_init(|| phrases::found_in(self.text)) & lists != 0
    }

    /// Whether any of them is in one of some lists.
    pub(super) fn any(&self, lists: Lists) -> bool {
        self.lists.meet(lists)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_word_knows_all_its_lists_in_any_case() {
        let words = Words::of("The Survey FOUND more—and don’t.");
        let found: Vec<bool> = [
            Lists::STUDY,
            Lists::OTHERS_STUDY,
            Lists::FINDING,
            Lists::AUXILIARY,
        ]
        .map(|list| words.any(list))
        .to_vec();
        assert_eq!(found, [true; 4]);
        assert!(!words.any(Lists::GOODS));
        let survey = words.all()[1];
        assert!(survey.is(Lists::STUDY) && survey.is(Lists::OTHERS_STUDY | Lists::GOODS));
        assert!(!survey.is(Lists::FINDING));
    }

    #[test]
    fn words_are_found_by_their_place() {
        let words = Words::of("Note: boats sail.");
        let behind: Vec<&str> = words
            .starting_at(6)
            .iter()
            .map(|word| word.printed)
            .collect();
        assert_eq!(behind, ["boats", "sail"]);
        assert_eq!(words.first(1).len(), 1);
        assert_eq!(words.first(9).len(), 3);
    }

    #[test]
    fn every_list_has_a_bit_of_its_own() {
        let all = Lists::FILES.iter().chain(&Lists::CLASSES);
        let mut seen = Lists::FINITE;
        for (list, name) in all {
            assert!(!seen.meet(*list), "{name}");
            seen |= *list;
        }
    }
}
