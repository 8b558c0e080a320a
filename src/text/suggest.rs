//! "Did you mean": the known word nearest to a mistyped one.

/// The candidate that differs in the fewest letters, where a third of the word at most is wrong. The first of equals.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let most = (word.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .map(|candidate| (distance(word, candidate), candidate))
        .filter(|(distance, _)| (1..=most).contains(distance))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

/// Letters to insert, delete, replace or swap with a neighbour (optimal string alignment).
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().take(100).collect();
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    let mut last = None;
    for (i, x) in a.chars().take(100).enumerate() {
        let mut next = vec![i + 1];
        for (j, y) in b.iter().enumerate() {
            let at =
                |row: &[usize], column: usize| row.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut cost = (at(&row, j) + usize::from(x != *y))
                .min(at(&row, j + 1) + 1)
                .min(at(&next, j) + 1);
            let swapped = j > 0 && last == Some(*y) && b.get(j - 1) == Some(&x);
            if swapped && !before.is_empty() {
                cost = cost.min(at(&before, j - 1) + 1);
            }
            next.push(cost);
        }
        last = Some(x);
        before = std::mem::replace(&mut row, next);
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn near_words_are_found_and_far_ones_are_not() {
        let rules = ["dead-link", "figure-conflict", "total-mismatch"];
        assert_eq!(nearest("figure-conflit", rules), Some("figure-conflict"));
        assert_eq!(nearest("totla-mismatch", rules), Some("total-mismatch"));
        assert_eq!(nearest("zzz", rules), None);
        assert_eq!(nearest("dead-link", rules), None);
    }

    #[test]
    fn a_swap_is_one_step() {
        assert_eq!(distance("exlpain", "explain"), 1);
        assert_eq!(distance("", "abc"), 3);
    }
}
