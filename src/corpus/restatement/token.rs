//! A sentence as tokens: its figures stand as one token each, so that no value is ever part of a likeness.

use std::ops::Range;
use std::sync::Arc;

use super::lexis::{FACETS, FUNCTION_WORDS, Facet, STATISTICS, VERBS, folded, stem};
use super::words::{Names, Word};

/// What a token is to the comparison.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// A word that says something.
    Content,
    /// A word of grammar, or one that an acronym already stands for.
    Function,
    /// A word of statistics.
    Statistic,
    /// A figure: its index in [`Statements::figures`](crate::claim::Statements::figures).
    Figure(usize),
    /// A sign that ends a clause.
    Stop,
    /// Any other sign.
    Sign,
}

/// Bytes of a text for each of its tokens, about.
const LETTERS: usize = 5;

/// One token of a sentence.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Interned stem (the sign itself for signs, one name for all figures).
    pub(super) stem: u32,
    /// As printed.
    pub(super) text: Arc<str>,
    /// Whether it is a name: a capital inside the sentence, or capitals or digits within the word.
    pub(super) named: bool,
    /// Whether a noun phrase ends here because this is a verb.
    pub(super) verb: bool,
    /// What it narrows, if anything.
    pub(super) facets: Option<&'static Vec<Facet>>,
}

impl Token {
    /// Index of the figure that it stands for.
    pub(super) fn figure(&self) -> Option<usize> {
        if let TokenKind::Figure(figure) = self.kind {
            Some(figure)
        } else {
            None
        }
    }

    pub(super) fn is_word(&self) -> bool {
        match self.kind {
            TokenKind::Content | TokenKind::Function | TokenKind::Statistic => true,
            TokenKind::Figure(_) | TokenKind::Stop | TokenKind::Sign => false,
        }
    }
}

/// Stretches of a sentence that are no words: in bytes of the sentence, sorted.
#[derive(Debug, Default)]
pub(super) struct Stretches {
    /// Figures, and whether words inside them count (`15 of 164 datasets`).
    pub(super) figures: Vec<(Range<usize>, usize, bool)>,
    /// Citation marks.
    pub(super) marks: Vec<Range<usize>>,
}

/// A stretch that is no word, with the figure it holds and whether words inside it count.
type Hole = (Range<usize>, Option<(usize, bool)>);

/// Tokens of a sentence. Linear in its length.
pub(super) fn tokens(text: &str, stretches: &Stretches, names: &mut Names) -> Vec<Token> {
    let mut holes: Vec<Hole> = stretches
        .figures
        .iter()
        .map(|(range, figure, inner)| (range.clone(), Some((*figure, *inner))))
        .chain(stretches.marks.iter().map(|range| (range.clone(), None)))
        .collect();
    holes.sort_by_key(|(range, figure)| (range.start, range.end, figure.is_none()));
    let mut reader = Reader {
        names,
        tokens: Vec::with_capacity(text.len() / LETTERS),
        begun: false,
    };
    let mut at = 0;
    for (range, figure) in holes {
        if range.start < at {
            continue;
        }
        reader.read(text.get(at..range.start).unwrap_or_default());
        if let Some((figure, inner)) = figure {
            let printed = text.get(range.clone()).unwrap_or_default();
            let stem = reader.names.id("#");
            reader.push(Word {
                text: printed.into(),
                kind: TokenKind::Figure(figure),
                stem,
                verb: false,
                facets: facets(printed),
            });
            if inner {
                reader.read_inner(printed);
            }
        }
        at = range.end;
    }
    reader.read(text.get(at..).unwrap_or_default());
    reader.tokens
}

struct Reader<'n> {
    names: &'n mut Names,
    tokens: Vec<Token>,
    begun: bool,
}

impl Reader<'_> {
    fn push(&mut self, word: Word) {
        let Word {
            text,
            kind,
            stem,
            verb,
            facets,
        } = word;
        let inside = text.chars().skip(1);
        let is_word = text.starts_with(char::is_alphanumeric);
        let named = is_word
            && kind == TokenKind::Content
            && text.chars().count() > 1
            && (inside.clone().any(char::is_uppercase)
                || text.chars().any(|c| c.is_ascii_digit())
                    && text.chars().any(char::is_alphabetic)
                || self.begun && text.starts_with(char::is_uppercase));
        self.begun = true;
        self.tokens.push(Token {
            kind,
            stem,
            text,
            named,
            verb,
            facets,
        });
    }

    fn read(&mut self, text: &str) {
        let mut word = String::new();
        let mut characters = text.chars().peekable();
        while let Some(c) = characters.next() {
            let joins = matches!(c, '-' | '‑' | '\'' | '’' | '.')
                && word.ends_with(char::is_alphanumeric)
                && characters.peek().is_some_and(|next| next.is_alphanumeric());
            if c.is_alphanumeric() || joins {
                word.push(c);
                continue;
            }
            self.word(&word);
            word.clear();
            if !c.is_whitespace() && !matches!(c, '*' | '_' | '"' | '“' | '”') {
                let kind = if matches!(c, ';' | ':') {
                    TokenKind::Stop
                } else {
                    TokenKind::Sign
                };
                let printed = c.encode_utf8(&mut [0; 4]).to_owned();
                let sign = self.names.word(&printed, |names| Word {
                    text: printed.as_str().into(),
                    kind,
                    stem: names.id(&printed),
                    verb: false,
                    facets: facets(&printed),
                });
                self.push(sign);
            }
        }
        self.word(&word);
    }

    fn read_inner(&mut self, text: &str) {
        for word in text.split(|c: char| !c.is_alphabetic() && c != '-') {
            let lower = word.to_lowercase();
            if word.len() > 2 && !FUNCTION_WORDS.contains(lower.as_str()) && lower != "out" {
                self.word(word);
            }
        }
    }

    fn word(&mut self, word: &str) {
        if word.is_empty() {
            return;
        }
        let word = self.names.word(word, |names| known(word, names));
        self.push(word);
    }
}

/// A word by itself.
fn known(word: &str, names: &mut Names) -> Word {
    let lower = word.to_lowercase();
    let kind = if matches!(lower.as_str(), "while" | "whereas" | "but") {
        TokenKind::Stop
    } else if STATISTICS.contains_key(word) && word == "OR" {
        TokenKind::Statistic
    } else if FUNCTION_WORDS.contains(&lower) {
        TokenKind::Function
    } else if STATISTICS.contains_key(&lower) {
        TokenKind::Statistic
    } else {
        TokenKind::Content
    };
    Word {
        text: word.into(),
        kind,
        stem: names.id(&folded(word)),
        verb: kind == TokenKind::Content && VERBS.contains(&stem(word)),
        facets: FACETS.get(&lower),
    }
}

fn facets(printed: &str) -> Option<&'static Vec<Facet>> {
    FACETS.get(&printed.to_lowercase())
}

/// Replaces every long form by its acronym: (stems of the long form, stem of the acronym), sorted by their first stem.
pub(super) fn fold_acronyms(tokens: &mut [Token], acronyms: &[(Vec<u32>, u32)]) {
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let first = token.stem;
        let from = acronyms.partition_point(|(long, _)| long.first() < Some(&first));
        let found = acronyms
            .iter()
            .skip(from)
            .take_while(|(long, _)| long.first() == Some(&first))
            .find(|(long, _)| {
                let here = tokens.iter().skip(at).take(long.len());
                here.clone().count() == long.len()
                    && here.zip(long).all(|(token, stem)| token.stem == *stem)
            });
        let Some((long, acronym)) = found else {
            at += 1;
            continue;
        };
        for (offset, token) in tokens.iter_mut().skip(at).take(long.len()).enumerate() {
            if offset == 0 {
                token.stem = *acronym;
                token.kind = TokenKind::Content;
                token.named = true;
            } else {
                token.kind = TokenKind::Function;
            }
        }
        at += long.len();
    }
}
