//! Title and container: where the one ends and the other begins.

use std::ops::Range;

use super::container;
use super::sentence;
use crate::citation::context;

/// Title, container, and the byte from which volume and pages are looked for.
#[derive(Debug, Default)]
pub(super) struct Split<'a> {
    pub(super) title: Option<&'a str>,
    pub(super) container: Option<&'a str>,
    pub(super) end: usize,
}

/// Splits what follows authors and year. `emphases` are emphasised bytes of it.
pub(super) fn split<'a>(rest: &'a str, emphases: &[Range<usize>]) -> Split<'a> {
    quoted(rest)
        .or_else(|| emphasised(rest, emphases))
        .or_else(|| container_alone(rest))
        .unwrap_or_else(|| plain(rest))
}

fn quoted(rest: &str) -> Option<Split<'_>> {
    let open = rest.chars().next()?;
    let close: &[char] = match open {
        '“' | '„' => &['”', '“'],
        '"' => &['"', '”'],
        '«' => &['»'],
        '‘' | '`' | '\'' => &['’', '\''],
        _ => return None,
    };
    let inside = rest.get(open.len_utf8()..)?;
    let doubled = inside.starts_with(open);
    let inside_start = open.len_utf8() * (1 + usize::from(doubled));
    let end = rest
        .char_indices()
        .filter(|(at, c)| *at >= inside_start + 3 && close.contains(c))
        .find(|(at, c)| {
            let after = rest.get(at + c.len_utf8()..).unwrap_or_default();
            !after.starts_with(char::is_alphanumeric)
        })
        .map(|(at, _)| at)?;
    let title = rest.get(inside_start..end)?;
    if goes_on(title, rest.get(end..)?) {
        return None;
    }
    let (container, after) = container::find(rest, end, true);
    Some(Split {
        title: Some(sentence::trim(title)),
        container,
        end: after,
    })
}

/// Whether a title goes on behind its quoted words: "“Thing is” constructions".
fn goes_on(quoted: &str, after: &str) -> bool {
    let behind = after.trim_start_matches(['”', '“', '"', '»', '’', '\'']);
    let word = behind.split_whitespace().next().unwrap_or_default();
    behind.starts_with(' ')
        && !quoted.ends_with(['.', ',', '?', '!', ';'])
        && word.starts_with(char::is_lowercase)
        && !context::is("after-title", word)
}

/// An emphasised book title, or a title with its emphasised container.
fn emphasised<'a>(rest: &'a str, emphases: &[Range<usize>]) -> Option<Split<'a>> {
    for range in emphases {
        let span = rest.get(range.clone())?;
        let before = rest.get(..range.start)?.trim_end();
        let after = rest.get(range.end..)?;
        let letters = span.chars().filter(|c| c.is_alphabetic()).count();
        let closed = after.is_empty()
            || after.starts_with(['.', ',', ';', ':', '(', ')'])
            || after
                .trim_start()
                .starts_with(|c: char| c.is_ascii_digit() || matches!(c, '(' | '['))
            || span.ends_with(['.', ',']);
        if letters < 2 || !closed || span.starts_with("et al") {
            continue;
        }
        if before.is_empty() {
            return Some(Split {
                title: Some(sentence::trim(span)),
                container: None,
                end: range.end,
            });
        }
        let is_in = before.ends_with(" in") || before.ends_with(" In") || before.ends_with(" In:");
        if is_in || before.ends_with(['.', ',', '?', '!', '”', '"', '»', '’', ':']) {
            let title = ["In:", "In", "in"]
                .iter()
                .find_map(|word| before.strip_suffix(word))
                .unwrap_or(before);
            return Some(Split {
                title: Some(sentence::trim(title)),
                container: Some(sentence::trim(span)),
                end: range.end,
            });
        }
    }
    None
}

/// "Authors, J. Abbr. 77, 250 (2000)": a container with its numbers, no title.
fn container_alone(rest: &str) -> Option<Split<'_>> {
    let tail = container::tail_start(rest, 0)?;
    let name = rest.get(..tail)?;
    let words: Vec<&str> = name.split_whitespace().collect();
    let capitalised = words.iter().all(|word| {
        word.starts_with(char::is_uppercase) || matches!(*word, "of" | "the" | "and" | "&" | "in")
    });
    let numbers = rest.get(tail..)?.trim_start_matches([',', '.', ' ']);
    let letters = numbers.chars().filter(|c| c.is_alphabetic()).count();
    let volume_first = numbers.starts_with(|c: char| c.is_ascii_digit());
    let runs = container::numbers_in(numbers);
    let fits =
        (1..=6).contains(&words.len()) && capitalised && volume_first && letters <= 6 && runs >= 2;
    let short = words.len() == 1
        && name.len() <= 8
        && name.chars().filter(|c| c.is_uppercase()).count() >= 2;
    let abbreviated = rest.get(..=tail)?.contains('.');
    let whole = sentence::end(name, 0).is_none();
    (fits && whole && (short || abbreviated || container::has_word(name))).then_some(Split {
        title: None,
        container: rest
            .get(..tail + usize::from(rest.get(tail..)?.starts_with('.')))
            .map(|name| name.trim_end_matches([',', ' '])),
        end: tail,
    })
}

fn plain(rest: &str) -> Split<'_> {
    let stop = sentence::end(rest, 0);
    let remainder = stop
        .and_then(|stop| rest.get(stop + 1..))
        .map(sentence::trim)
        .unwrap_or_default();
    let inner = in_container(rest, stop.unwrap_or(rest.len()));
    if let Some((title_end, start)) = inner {
        let (container, end) = container::find(rest, start, true);
        return Split {
            title: rest.get(..title_end).map(sentence::trim),
            container,
            end,
        };
    }
    let Some(stop) = stop.filter(|_| remainder.chars().any(char::is_alphabetic)) else {
        return by_comma(rest);
    };
    let stop = joined(rest, stop);
    let title = rest.get(..stop).map(sentence::trim);
    let (container, end) = container::find(rest, stop + 1, false);
    Split {
        title: title
            .map(container::without_imprint)
            .map(container::without_edition),
        container,
        end,
    }
}

/// End of the title and start of the container where "In" or "in" says so: `Title, in Container`.
fn in_container(rest: &str, stop: usize) -> Option<(usize, usize)> {
    let head = rest.get(..stop)?;
    [
        ", in ", ", In ", " In: ", " in: ", ", in: ", ", dans ", " In Proc", " in Proc", "? In ",
        "! In ",
    ]
    .iter()
    .filter_map(|mark| head.find(mark).map(|at| (at, at + 1)))
    .filter(|(at, start)| {
        let after = rest
            .get(*start..)
            .unwrap_or_default()
            .trim_start()
            .split_once(' ')
            .map_or("", |(_, after)| after);
        *at >= 8 && after.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit() || c == '“')
    })
    .min()
}

/// Takes the next sentence into the title where it is a subtitle.
fn joined(rest: &str, stop: usize) -> usize {
    let Some(next) = sentence::end(rest, stop + 1) else {
        return stop;
    };
    let second = rest.get(stop + 1..next).unwrap_or_default().trim();
    let third = sentence::trim(rest.get(next + 1..).unwrap_or_default());
    let words: Vec<&str> = second.split_whitespace().collect();
    let lower = words
        .iter()
        .filter(|word| word.starts_with(char::is_lowercase) && word.len() > 3)
        .count();
    let is_subtitle = words.len() >= 3
        && lower * 3 >= words.len()
        && !second.bytes().any(|b| b.is_ascii_digit())
        && !container::has_word(second)
        && !container::is_publisher(second)
        && !second.starts_with("In ")
        && third.starts_with(char::is_alphabetic)
        && third.bytes().any(|b| b.is_ascii_digit());
    if is_subtitle { next } else { stop }
}

/// One sentence: title and container with a comma between.
fn by_comma(rest: &str) -> Split<'_> {
    let tail = container::tail_start(rest, 0).unwrap_or(rest.len());
    let head = rest.get(..tail).unwrap_or_default();
    let commas: Vec<usize> = head.match_indices(", ").map(|(at, _)| at).collect();
    let part_after = |at: usize| head.get(at + 2..).unwrap_or_default();
    let chosen = commas
        .iter()
        .copied()
        .find(|at| {
            let part = part_after(*at).split(',').next().unwrap_or_default();
            part.starts_with(char::is_uppercase)
                && (container::has_word(part)
                    || container::is_publisher(part)
                    || container::is_place(part))
        })
        .or_else(|| {
            commas.last().copied().filter(|at| {
                let part = part_after(*at);
                part.starts_with(char::is_uppercase) && part.split_whitespace().count() <= 4
            })
        });
    let Some(at) = chosen else {
        return Split {
            title: Some(container::without_edition(sentence::trim(head))),
            container: None,
            end: tail,
        };
    };
    let (container, end) = container::find(rest, at + 1, false);
    Split {
        title: head.get(..at).map(sentence::trim),
        container,
        end,
    }
}
