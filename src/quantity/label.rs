//! Numbers that name: behind a label (`Figure 3`, `days 1, 8 and 15`) or as part of a name (`Voyager 2`).

use std::borrow::Cow;
use std::sync::LazyLock;

use super::context;
use super::number::{Form, Number};
use super::scan::{Scan, is_dash};
use super::unit;
use crate::ontology::{FewWords, lexicon_table};

#[derive(Clone, Copy, PartialEq, Eq)]
enum Strength {
    Strong,
    Weak,
}

static LABELS: LazyLock<FewWords<Strength>> = LazyLock::new(|| {
    lexicon_table("number-labels")
        .filter_map(|row| match row.as_slice() {
            ["strong", words] => Some((Strength::Strong, *words)),
            ["weak", words] => Some((Strength::Weak, *words)),
            _ => None,
        })
        .flat_map(|(strength, words)| words.split('|').map(move |word| (word, strength)))
        .collect()
});

/// `Figure 3`, `Phases 3, 5 and 7`, `No. 5`, `Eq. (4)`: the end of what the label names.
pub(super) fn label(scan: Scan<'_>, number: &Number, has_unit: bool) -> Option<usize> {
    let mut at = scan.trim_back(number.range.start);
    let mut before = scan.char_before(at);
    for sign in ['≥', '≤', '>', '<', '=', '(', '#', ':', '.', '№'] {
        if before == Some(sign) {
            at = scan.trim_back(at - sign.len_utf8());
            before = scan.char_before(at);
        }
    }
    if at == number.range.start && !scan.head(at).ends_with('№') {
        return None;
    }
    let word = scan.word_before(at);
    let dashed = matches!(scan.byte_before(at - word.len()), b'=' | b'$');
    let is_p = matches!(word, "p" | "P");
    if word.len() > 16 || dashed || !(is_p || may_label(word)) {
        return None;
    }
    let gap = scan.slice(at..number.range.start);
    if gap.contains('=') && !gap.contains(['≥', '≤', '<', '>']) {
        return None;
    }
    if is_p && gap.starts_with('.') && number.is_integer() {
        return Some(label_end(scan, number.range.end, false));
    }
    let (strength, plural) = strength_of(word)?;
    // "two groups: 21 in the first" and "NCT 83.7%" count; "Phase: 3" names.
    let counted = gap.contains(':') && {
        let next = scan.skip_blanks(number.range.end);
        next > number.range.end && scan.word(next).starts_with(char::is_lowercase)
    };
    if counted || (number.decimals > 0 && scan.byte(number.range.end) == b'%') {
        return None;
    }
    if strength == Strength::Weak && gap.contains('(') {
        return None;
    }
    let ends_sentence =
        scan.slice(at..number.range.start).contains('.') && strength == Strength::Weak;
    if ends_sentence
        || (strength == Strength::Weak
            && (has_unit || !number.is_integer() && word.starts_with(char::is_lowercase)))
    {
        return None;
    }
    let numbered = word == "no" && gap.contains('.') && {
        let next = scan.skip_blanks(number.range.end);
        next == number.range.end || !is_plural(scan.word(next))
    };
    if (word == "no" && !numbered) || word == "id" || (number.form == Form::Words && plural) {
        return None;
    }
    let plural =
        plural || (strength == Strength::Weak && names_a_list(scan, word, number.range.end));
    Some(label_end(scan, number.range.end, plural))
}

/// "day 1, 8 and 15": a singular before a list of names, where nothing is counted behind the last.
fn names_a_list(scan: Scan<'_>, word: &str, at: usize) -> bool {
    if !context::is("listed-label", word) {
        return false;
    }
    let mut end = at;
    for _ in 0..40 {
        let Some(start) = listed(scan, end) else {
            break;
        };
        end = scan.digits_end(start);
    }
    let next = scan.skip_blanks(end);
    end > at && !is_plural(scan.word(next)) && unit::behind(scan, end).is_none()
}

/// Whether a word labels the number behind it.
pub(super) fn is_label_word(word: &str) -> bool {
    word.len() <= 16 && may_label(word) && strength_of(word).is_some()
}

/// Whether a word may be a label, by its first letters. All plurals but one begin as their singulars do.
fn may_label(word: &str) -> bool {
    !word.is_empty() && (LABELS.admit(word) || word.eq_ignore_ascii_case("axes"))
}

fn strength_of(word: &str) -> Option<(Strength, bool)> {
    let folded = if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
        Cow::Owned(word.to_ascii_lowercase())
    } else {
        Cow::Borrowed(word)
    };
    let known = |word: &str| LABELS.get(word).copied();
    known(&folded)
        .map(|strength| (strength, folded == "nos"))
        .or_else(|| {
            let singular = match folded.as_ref() {
                "axes" => "axis",
                "appendices" => "appendix",
                "criteria" => "criterion",
                "studies" => "study",
                other => other.strip_suffix('s')?,
            };
            known(singular).map(|strength| (strength, true))
        })
}

/// Goes over `a`, `–5`, `/2`, and after a plural over `, 5 and 7`.
fn label_end(scan: Scan<'_>, at: usize, plural: bool) -> usize {
    let mut end = scan.token_end(at);
    for _ in 0..40 {
        let next = scan.char_at(end);
        let glued = next
            .filter(|c| is_dash(*c) || matches!(c, '/' | '.' | ','))
            .map(|c| end + c.len_utf8())
            .filter(|start| scan.is_digit(*start) || next == Some('/'));
        let start = match glued {
            Some(start) => Some(start),
            None if plural => listed(scan, end),
            None => None,
        };
        let Some(start) = start else { break };
        let stop = scan.token_end(start);
        let letters_first = !scan.is_digit(start) && stop - start > 3;
        if stop == start
            || letters_first
            || (plural
                && unit::behind(scan, scan.digits_end(start))
                    .is_some_and(|unit| unit.printed.len() > 1 || unit.printed == "%"))
        {
            break;
        }
        end = stop;
    }
    end
}

/// The next number of a list: behind `, `, ` and `, ` to `, ` & `.
fn listed(scan: Scan<'_>, at: usize) -> Option<usize> {
    let at = scan.after(at, ")").unwrap_or(at);
    let mut end = scan.skip_blanks(scan.after(at, ",").unwrap_or(at));
    for word in ["and ", "or ", "to ", "& ", "– ", "- "] {
        if let Some(next) = scan.after(end, word) {
            end = next;
            break;
        }
    }
    let end = scan
        .after(end, "(")
        .filter(|inner| {
            let close = scan
                .rest(*inner)
                .find(|c: char| !c.is_ascii_digit() && c != '.');
            close.is_some_and(|close| scan.byte(inner + close) == b')')
        })
        .unwrap_or(end);
    (end > at && scan.is_digit(end)).then_some(end)
}

/// `Voyager 2`, `Windows 11`, `CA 91761`: an integer behind a capitalised word inside a sentence, unless a plural follows.
pub(super) fn is_name(scan: Scan<'_>, number: &Number) -> bool {
    let start = number.range.start;
    let at = scan.trim_back(start);
    let word = scan.word_before(at);
    let word_start = at - word.len();
    let named =
        word.starts_with(char::is_uppercase) || word.chars().nth(1).is_some_and(char::is_uppercase);
    if at == start || !named || number.is_year() {
        return false;
    }
    let next_start = scan.skip_blanks(number.range.end);
    let next = scan.word(next_start);
    if next_start > number.range.end && is_plural(next) {
        return false;
    }
    let acronym = word.len() > 1 && word.chars().all(char::is_uppercase);
    let sentence = scan.head(scan.trim_back(word_start));
    let initial =
        sentence.is_empty() || sentence.ends_with(['.', '?', '!', ':', '|', '\n', '•', '"', '“']);
    if context::is("no-name", &word.to_ascii_lowercase()) || word.ends_with("ly") {
        return false;
    }
    let follows_name = |word: &str| context::is("after-name", word);
    let noun_follows = next_start > number.range.end
        && next.starts_with(char::is_lowercase)
        && !follows_name(next);
    (acronym && !is_paired(scan, word_start, number, word))
        || (number.range.len() <= 2 && !acronym && !(initial && noun_follows))
        || (!acronym && !initial && !noun_follows)
        || (initial && follows_name(next))
}

/// `TAM 64, ACT 65`: two groups and how many each has. `start`: where the first word stands.
fn is_paired(scan: Scan<'_>, start: usize, number: &Number, word: &str) -> bool {
    (number.range.len() >= 2 && number.form == Form::Plain)
        && (count_follows(scan, number.range.end, word).is_some()
            || count_precedes(scan, start, word).is_some())
}

fn count_follows(scan: Scan<'_>, end: usize, word: &str) -> Option<()> {
    let comma = scan.after(end, ", ")?;
    let at = scan.after(comma, "and ").unwrap_or(comma);
    let window = scan.window(at, 24);
    let other = window.split(' ').next().unwrap_or_default();
    let named = other.chars().all(|c| c.is_alphabetic() || c == '-');
    let number = scan.after(at + other.len(), " ").filter(|_| named)?;
    (other.len() >= 2 && other != word && scan.digits_end(number) >= number + 2).then_some(())
}

fn count_precedes(scan: Scan<'_>, start: usize, word: &str) -> Option<()> {
    let head = scan.window_before(start, 24);
    let head = head.strip_suffix("and ").unwrap_or(head);
    let listed = head.strip_suffix(", ")?;
    let named = listed.trim_end_matches(|c: char| c.is_ascii_digit());
    let other = named
        .strip_suffix(' ')?
        .rsplit(|c: char| !c.is_alphabetic())
        .next()?;
    (listed.len() >= named.len() + 2 && !other.is_empty() && other != word).then_some(())
}

/// Whether a word looks like a plural noun; not one of the function words in s.
pub(crate) fn is_plural(word: &str) -> bool {
    word.len() >= 4
        && word.starts_with(char::is_lowercase)
        && (word.ends_with('s') || context::is("plural", word))
        && !word.ends_with("ss")
        && !context::is("no-plural", word)
}
