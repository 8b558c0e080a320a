//! When a document was published, where it says so: posts, newsletters and release notes tell what was so on their day.
//!
//! Why it exists: a count in the post of May and another in that of July are both right. It leaves out dates in running text.

use crate::text::SourceText;

/// Keys of front matter that hold the day of publication.
const KEYS: [&str; 4] = ["date", "published", "pubDate", "publishDate"];
/// Days of each month as counted here, so that days only ever grow: a span over the end of a month is too long by at most three.
const DAYS_OF_MONTH: u32 = 31;
const MONTHS: u32 = 12;

/// The day on which a document was published, from its front matter or, as blogs name their posts, from its path: days of
/// which only the differences mean something, off by up to three for each end of a month between them.
pub(super) fn day(source: &SourceText) -> Option<u32> {
    in_front_matter(source.text()).or_else(|| in_path(source.path()))
}

fn in_front_matter(text: &str) -> Option<u32> {
    let mut lines = text.trim_start_matches('\u{feff}').lines();
    let fence = lines.next()?.trim_end();
    if !matches!(fence, "---" | "+++") {
        return None;
    }
    lines
        .take_while(|line| line.trim_end() != fence)
        .find_map(|line| {
            let (key, value) = line.split_once([':', '='])?;
            let value = value.trim().trim_start_matches(['"', '\'']);
            KEYS.contains(&key.trim_end())
                .then(|| at_start(value, '-'))
                .flatten()
        })
}

/// `_posts/2018-06-02-harbours.md`, `posts/2018/06/02/harbours.md`.
fn in_path(path: &str) -> Option<u32> {
    let starts = path.char_indices().filter(|(at, c)| {
        let before = path
            .get(..*at)
            .and_then(|before| before.chars().next_back());
        c.is_ascii_digit() && before.is_none_or(|before| !before.is_alphanumeric())
    });
    starts
        .filter_map(|(at, _)| path.get(at..))
        .find_map(|rest| at_start(rest, '-').or_else(|| at_start(rest, '/')))
}

/// The day that a text begins with: `2018-06-02`.
fn at_start(text: &str, separator: char) -> Option<u32> {
    let (year, rest) = text.split_once(separator)?;
    let (month, rest) = rest.split_once(separator)?;
    let days = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let number = |digits: &str, count: usize, of: std::ops::RangeInclusive<u32>| {
        let number: u32 = digits.parse().ok()?;
        (digits.len() == count && of.contains(&number)).then_some(number)
    };
    let year = number(year, 4, 1900..=2199)?;
    let month = number(month, 2, 1..=MONTHS)?;
    let day = number(rest.get(..days)?, 2, 1..=DAYS_OF_MONTH)?;
    Some((year * MONTHS + month) * DAYS_OF_MONTH + day)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(path: &str, text: &str, other: &str, expected: Option<u32>) {
        let found = day(&SourceText::new(path, text))
            .zip(day(&SourceText::new(other, "Boats.")))
            .map(|(one, other)| one.abs_diff(other));
        assert_eq!(found, expected, "{path}: {text}");
    }

    #[test]
    fn posts_are_dated_by_their_names() {
        let other = "b/2018/06/02/x.md";
        check("_posts/2018-06-02-a.md", "", other, Some(0));
        check("_posts/2018-05-30-a.md", "", other, Some(3));
        check("2019-06-02/a.md", "", other, Some(372));
        check("a2018-06-02.md", "", other, None);
        check("2018-13-02.md", "", other, None);
        check("v2.10.1.md", "", other, None);
    }

    #[test]
    fn front_matter_comes_first() {
        let other = "2018-06-02.md";
        check("a.md", "---\ndate: 2018-06-01\n---\n", other, Some(1));
        check(
            "a.md",
            "+++\ndate = \"2018-06-05T10:00\"\n+++\n",
            other,
            Some(3),
        );
        check(
            "2018-01-01.md",
            "---\ndate: '2018-06-04'\n---\n",
            other,
            Some(2),
        );
        check(
            "a.md",
            "---\ntitle: Date\n---\ndate: 2018-06-01\n",
            other,
            None,
        );
        check("a.md", "date: 2018-06-01\n", other, None);
    }
}
