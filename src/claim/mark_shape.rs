//! The shape of a citation mark after a full stop, for marks that the citation stage passed over (symbols, lists
//! without entries). It leaves out what a mark denotes.

/// Length of a citation mark by its shape alone: `[1, 3-5]`, `^[1]^`, `^{[1][8]}`, `^1,2^`, `[^note]`, `¹²`.
pub(super) fn length(rest: &str) -> Option<usize> {
    if !matches!(
        rest.as_bytes().first()?,
        b'^' | b'[' | b'<' | b'\\' | 0x80..
    ) {
        return None;
    }
    let numeric = |inner: &str| {
        !inner.is_empty()
            && inner.chars().any(|c| c.is_ascii_digit())
            && inner.chars().all(|c| {
                c.is_ascii_digit()
                    || matches!(c, ',' | ' ' | '-' | '–' | '—' | ';' | '[' | ']' | '\\')
            })
    };
    // Longer than any list of numbers in one mark; the bound keeps hostile input linear.
    let near = rest.get(..rest.floor_char_boundary(120))?;
    if let Some(inner) = near.strip_prefix("^{") {
        let length = inner.find('}')?;
        return numeric(inner.get(..length)?).then_some(length + 3);
    }
    if let Some(inner) = near.strip_prefix('^') {
        let bracket = inner.strip_prefix('[').and_then(|tail| tail.find(']'));
        let length = bracket.map_or_else(|| inner.find('^'), |at| Some(at + 2))?;
        let closed = inner
            .get(length..)
            .is_some_and(|tail| tail.starts_with('^'));
        return numeric(inner.get(..length)?).then_some(length + 1 + usize::from(closed));
    }
    if let Some(inner) = near.strip_prefix("[^") {
        return Some(inner.find(']')? + 3);
    }
    if let Some(inner) = near.strip_prefix("<sup>") {
        return Some(inner.find("</sup>")? + 11);
    }
    if let Some(inner) = near.strip_prefix("\\*") {
        return Some(near.len() - inner.len());
    }
    if let Some(inner) = near.strip_prefix('[') {
        let length = inner.find(']')?;
        return numeric(inner.get(..length)?).then_some(length + 2);
    }
    let raised: usize = near
        .chars()
        .take_while(|c| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | '⁻' | '\u{2e34}'))
        .map(char::len_utf8)
        .sum();
    (raised > 0).then_some(raised)
}

/// Most digits of a number in a flattened mark; more are a year or a figure.
const LABEL_DIGITS: usize = 3;

/// Length of the numbers of a raised mark whose raising was lost, with white space behind: `74`, `6,7,9`, `36–39`, `8 9 12`.
pub(super) fn flattened(rest: &str) -> Option<usize> {
    if !rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    // Longer than any list of numbers in one mark; the bound keeps hostile input linear.
    let near = rest.get(..rest.floor_char_boundary(120))?;
    let mut end = 0;
    loop {
        let digits = near
            .get(end..)?
            .bytes()
            .take_while(u8::is_ascii_digit)
            .count();
        if !(1..=LABEL_DIGITS).contains(&digits) {
            return None;
        }
        end += digits;
        let tail = near.get(end..)?;
        let number = |c: char| c.is_ascii_digit();
        let joined = [", ", ",", "-", "\u{2013}", " "].into_iter().find(|joint| {
            tail.strip_prefix(joint)
                .is_some_and(|next| next.starts_with(number))
        });
        match joined {
            Some(joint) => end += joint.len(),
            None => return tail.starts_with(char::is_whitespace).then_some(end),
        }
    }
}
