//! Heads and labels as names of arms: sizes cut off, statistics left out, what never names an arm refused.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use crate::claim::group_size::without_size;
use crate::claim::trial_arm::{role, tokens};
use crate::ontology::lexicon_table;

/// The words of each class of `table-heads.tsv`.
struct Heads {
    never: BTreeSet<&'static str>,
    time: BTreeSet<&'static str>,
    statistic: BTreeSet<&'static str>,
    group: BTreeSet<&'static str>,
}

static HEADS: LazyLock<Heads> = LazyLock::new(|| {
    let class = |wanted: &str| {
        lexicon_table("table-heads")
            .filter(|row| row.first() == Some(&wanted))
            .filter_map(|row| row.get(1).copied())
            .flat_map(|words| words.split('|'))
            .collect()
    };
    Heads {
        never: class("never"),
        time: class("time"),
        statistic: class("statistic"),
        group: class("group"),
    }
});

/// The most words of a head that is an arm only by a role word.
const ROLE_WORDS: usize = 5;

/// A head as the name of a group: without its size, statistics at its end and punctuation. Empty where nothing is left.
pub(super) fn name(text: &str) -> String {
    let text = without_size(text);
    let mut name = text.trim();
    loop {
        let cut =
            name.trim_end_matches(|c: char| c.is_whitespace() || ",;:=*†‡§¶#¤^%±".contains(c));
        let bare = without_last_statistic(cut);
        if bare.len() == name.len() {
            break;
        }
        name = bare;
    }
    let words: Vec<&str> = name.split_whitespace().map(without_mark).collect();
    words.join(" ")
}

/// "Groupa" is "Group" with a footnote's mark whose raising was lost.
fn without_mark(word: &str) -> &str {
    let glued =
        word.len() == 6 && word.to_lowercase().starts_with("group") && !word.ends_with(['s', 'S']);
    word.get(..5).filter(|_| glued).unwrap_or(word)
}

/// A name without a statistic at its end: "(SD)", "n (%)", "Mean".
fn without_last_statistic(name: &str) -> &str {
    let (before, last) = if let Some(open) = name.rfind('(').filter(|_| name.ends_with(')')) {
        name.split_at(open)
    } else {
        let at = name.rfind(char::is_whitespace).unwrap_or_default();
        name.split_at(at)
    };
    let mut parts = last
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty());
    let fits = parts.all(|word| HEADS.statistic.contains(word.to_lowercase().as_str()));
    if fits { before } else { name }
}

/// Lower case, only words.
pub(super) fn folded(name: &str) -> String {
    words(name).join(" ")
}

fn words(text: &str) -> Vec<String> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '+'))
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .collect()
}

/// Whether a name can be that of an arm at all.
pub(super) fn can_be_arm(name: &str) -> bool {
    let words = words(name);
    let said = words
        .iter()
        .any(|word| word.chars().any(char::is_alphabetic));
    let only = |set: &BTreeSet<&str>| {
        words
            .iter()
            .all(|word| set.contains(word.as_str()) || word.chars().all(|c| c.is_ascii_digit()))
    };
    said && name.len() <= 120
        && !words.iter().any(|word| HEADS.never.contains(word.as_str()))
        && !only(&HEADS.time)
        && !only(&HEADS.statistic)
        && !only(&HEADS.group)
}

/// Whether a name says when: the size behind it is then that of the time point.
pub(super) fn is_timed(name: &str) -> bool {
    words(name)
        .iter()
        .any(|word| HEADS.time.contains(word.as_str()))
}

/// Whether the words alone make a name that of an arm: a role in few words ("Control", "usual care"), or a group.
pub(super) fn is_told_by_words(name: &str) -> bool {
    let words = words(name);
    let group =
        |word: Option<&String>| word.is_some_and(|word| HEADS.group.contains(word.as_str()));
    let numbered = name.to_lowercase().starts_with("no.") || words.len() == 1 && name.len() <= 3;
    let by_role = words.len() <= ROLE_WORDS
        && !numbered
        && folded(name) != "study"
        && role(&tokens(name)).is_some();
    by_role || group(words.last()) || (group(words.first()) && words.len() <= 3)
}
