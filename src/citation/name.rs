//! Names of people as bibliographies print them, and the folding under which two spellings are one.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::context;
use crate::ontology::{WordSet, word_set};

static ORGANISATION: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-organisation-words"));
static PARTICLES: LazyLock<WordSet> = LazyLock::new(|| word_set("reference-name-particles"));

/// Lower case, accents and punctuation dropped: `Guillén-Ruiz` gives `guillenruiz`.
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len());
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'à'..='å' | 'ā' | 'ă' | 'ą' => folded.push('a'),
            'æ' => folded.push_str("ae"),
            'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => folded.push('c'),
            'ď' | 'đ' | 'ð' => folded.push('d'),
            'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => folded.push('e'),
            'ĝ' | 'ğ' | 'ġ' | 'ģ' => folded.push('g'),
            'ì'..='ï' | 'ĩ' | 'ī' | 'į' | 'ı' => folded.push('i'),
            'ł' | 'ļ' | 'ľ' | 'ĺ' => folded.push('l'),
            'ñ' | 'ń' | 'ņ' | 'ň' => folded.push('n'),
            'ò'..='ö' | 'ø' | 'ō' | 'ő' => folded.push('o'),
            'œ' => folded.push_str("oe"),
            'ŕ' | 'ř' => folded.push('r'),
            'ś' | 'ŝ' | 'ş' | 'š' | 'ș' => folded.push('s'),
            'ß' => folded.push_str("ss"),
            'ţ' | 'ť' | 'ț' => folded.push('t'),
            'ù'..='ü' | 'ũ' | 'ū' | 'ů' | 'ű' | 'ų' => folded.push('u'),
            'ý' | 'ÿ' => folded.push('y'),
            'ź' | 'ż' | 'ž' => folded.push('z'),
            _ if c.is_alphanumeric() => folded.push(c),
            _ => {}
        }
    }
    folded
}

/// Folded words of a text.
pub(crate) fn words(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_alphanumeric() || matches!(c, '-' | '\'' | '\u{2019}')))
        .map(fold)
        .filter(|word| !word.is_empty())
        .collect()
}

/// The family name of a name printed with the given names in front, particles included: `Ada van Dijk` gives `van
/// Dijk`. The name of an organisation is given whole.
pub(crate) fn family(name: &str) -> &str {
    let mut words = name.split_whitespace();
    if words.any(|word| word == "The" || ORGANISATION.contains(word.to_lowercase().as_str())) {
        return name;
    }
    let mut start = name.rfind(char::is_whitespace).map_or(0, |at| at + 1);
    while let Some(before) = name.get(..start).map(str::trim_end) {
        let particle = before.rfind(char::is_whitespace).map_or(0, |at| at + 1);
        if particle == 0 || !before.get(particle..).is_some_and(is_particle) {
            break;
        }
        start = particle;
    }
    name.get(start..).unwrap_or(name)
}

/// `van`, `de`, also capitalised.
pub(super) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(word) || word.len() <= 6 && PARTICLES.contains(word.to_lowercase().as_str())
}

/// A capitalised word of letters such as a family or given name: `Smith`, `O'Neill`, `Guillén-Ruiz`, `DULONG`.
pub(super) fn is_capitalised(word: &str) -> bool {
    let mut chars = word
        .trim_start_matches(['\'', '\u{2019}'])
        .trim_start_matches("d'")
        .trim_start_matches("d\u{2019}")
        .trim_start_matches("l'")
        .trim_start_matches("l\u{2019}")
        .chars();
    let mut count = 0;
    chars.next().is_some_and(char::is_uppercase)
        && chars.all(|c| {
            count += 1;
            c.is_alphabetic()
                || matches!(
                    c,
                    '-' | '\''
                        | '\u{2019}'
                        | '\u{2bc}'
                        | '\u{2010}'
                        | '\u{2011}'
                        | '\u{b4}'
                        | '\u{a8}'
                )
                || ('\u{300}'..='\u{36f}').contains(&c)
        })
        && count > 0
}

/// One to four initials: `J.`, `J.-P.`, `JR`, `Yu.`.
pub(super) fn is_initials(word: &str) -> bool {
    let mut letters = 0;
    let mut dots = 0;
    let mut last_lower = false;
    for c in word.chars() {
        if c.is_uppercase() {
            letters += 1;
            last_lower = false;
        } else if c == '.' {
            dots += 1;
            last_lower = false;
        } else if c.is_lowercase() && letters == 1 && !last_lower && dots == 0 {
            last_lower = true;
        } else if !matches!(c, '-' | '\u{2010}' | '\u{2011}') {
            return false;
        }
    }
    let limit = if dots > 0 { 4 } else { 3 };
    (1..=limit).contains(&letters)
        && !last_lower
        && (dots > 0 || word.chars().all(|c| c.is_uppercase() || c == '-'))
}

/// Whether a word stands between two names: "and", "&".
pub(super) fn joins_names(word: &str) -> bool {
    word == "&" || context::is("name-joint", word)
}
