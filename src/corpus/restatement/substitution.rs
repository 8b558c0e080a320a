//! Words that one sentence replaces where the other goes on alike: mesial for distal, with for without.
//!
//! What an author varied between two sentences of one mould tells two things apart. Verbs are left out: "gave" for
//! "provided" changes nothing.

use super::passage::Passage;
use super::token::{Token, TokenKind};

/// At most so many count.
const MOST: usize = 2;
/// Longest run of words that is a substitution, on either side.
const LONGEST: usize = 2;
/// Longer sentences are not compared word by word.
const MOST_TOKENS: usize = 120;

/// "mesial / distal" for each run of at most two words replaced between equal ones.
pub(super) fn substituted(one: &Passage, other: &Passage) -> Vec<String> {
    let (a, b) = (&one.tokens, &other.tokens);
    if a.len() > MOST_TOKENS || b.len() > MOST_TOKENS {
        return Vec::new();
    }
    let matched = alignment(a, b);
    replaced(a, b, &matched)
}

/// Whether one sentence replaces things that the other one names, where both go on alike: words that are neither verbs nor grammar.
pub(super) fn replaces(a: &[Token], b: &[Token], matched: &[(usize, usize)]) -> bool {
    let fits = |run: &[&Token]| {
        let signs = run.iter().filter(|token| token.kind == TokenKind::Sign);
        let mut names = run
            .iter()
            .filter(|token| token.kind == TokenKind::Content && !token.verb);
        let words = run.len() - signs.count();
        (1..=LONGEST).contains(&words)
            && run
                .iter()
                .all(|token| token.is_word() || token.kind == TokenKind::Sign)
            && names.next().is_some()
    };
    matched.windows(2).any(|pair| {
        let [(left_a, left_b), (right_a, right_b)] = pair else {
            return false;
        };
        fits(&between(a, *left_a, *right_a)) && fits(&between(b, *left_b, *right_b))
    })
}

fn replaced(a: &[Token], b: &[Token], matched: &[(usize, usize)]) -> Vec<String> {
    let mut found = Vec::new();
    if let Some((first_a, first_b)) = matched.first() {
        let (run_a, run_b): (Vec<&Token>, Vec<&Token>) = (
            a.iter().take(*first_a).collect(),
            b.iter().take(*first_b).collect(),
        );
        let fits = |run: &[&Token]| {
            (1..=LONGEST).contains(&run.len())
                && run
                    .iter()
                    .all(|token| token.kind == TokenKind::Content && !token.verb)
        };
        if fits(&run_a) && fits(&run_b) {
            found.push(format!("{} / {}", print(&run_a), print(&run_b)));
        }
    }
    for pair in matched.windows(2) {
        let [(left_a, left_b), (right_a, right_b)] = pair else {
            continue;
        };
        let (run_a, run_b) = (between(a, *left_a, *right_a), between(b, *left_b, *right_b));
        let fits = |run: &[&Token]| {
            (1..=LONGEST).contains(&run.len())
                && run.iter().all(|token| token.is_word() && !token.verb)
        };
        if fits(&run_a) && fits(&run_b) {
            found.push(format!("{} / {}", print(&run_a), print(&run_b)));
        }
        if found.len() == MOST {
            break;
        }
    }
    found
}

fn between(tokens: &[Token], left: usize, right: usize) -> Vec<&Token> {
    tokens.iter().take(right).skip(left + 1).collect()
}

fn print(run: &[&Token]) -> String {
    let words: Vec<&str> = run.iter().map(|token| token.text.as_ref()).collect();
    words.join(" ")
}

/// Positions of the longest common subsequence. Figures match any figure.
pub(super) fn alignment(a: &[Token], b: &[Token]) -> Vec<(usize, usize)> {
    let width = b.len() + 1;
    let mut lengths = vec![0_u16; (a.len() + 1) * width];
    let at = |row: usize, column: usize| row * width + column;
    for (row, x) in a.iter().enumerate().rev() {
        for (column, y) in b.iter().enumerate().rev() {
            let get = |row, column| lengths.get(at(row, column)).copied().unwrap_or_default();
            let best = if x.stem == y.stem {
                get(row + 1, column + 1) + 1
            } else {
                get(row + 1, column).max(get(row, column + 1))
            };
            if let Some(cell) = lengths.get_mut(at(row, column)) {
                *cell = best;
            }
        }
    }
    let get = |row, column| lengths.get(at(row, column)).copied().unwrap_or_default();
    let (mut row, mut column) = (0, 0);
    let mut matched = Vec::new();
    while let (Some(x), Some(y)) = (a.get(row), b.get(column)) {
        if x.stem == y.stem {
            matched.push((row, column));
            row += 1;
            column += 1;
        } else if get(row + 1, column) >= get(row, column + 1) {
            row += 1;
        } else {
            column += 1;
        }
    }
    let is_sign = |token: &Token| token.kind == TokenKind::Sign;
    matched.retain(|(row, _)| a.get(*row).is_none_or(|token| !is_sign(token)));
    let signs = |tokens: &[Token]| {
        tokens
            .iter()
            .rev()
            .take_while(|token| is_sign(token))
            .count()
    };
    matched.push((a.len() - signs(a), b.len() - signs(b)));
    matched
}
