//! Reads a patch without context, as `git diff --unified=0` prints it, into the new lines of each file.
//!
//! Why it exists: a patch is the one place where git says lines. Paths are bytes here, since they need not be UTF-8.
//! It leaves out running git ([`super::git`]).

use std::collections::BTreeMap;

use crate::decision::Hunk;

/// New lines by path from the root of the repository.
pub(super) type Patch = BTreeMap<Vec<u8>, Vec<Hunk>>;

/// Reads a patch whose new names begin with `b/`. Files that are gone are left out.
pub(super) fn read(patch: &[u8]) -> Patch {
    let mut files = Patch::new();
    let mut current: Option<Vec<u8>> = None;
    // Lines of the hunk still to come: what stands in a text may look like a header.
    let mut body = 0_usize;
    for line in patch.split(|byte| *byte == b'\n') {
        if body > 0 && matches!(line.first(), Some(b'+' | b'-')) {
            body -= 1;
        } else if let Some(name) = line.strip_prefix(b"+++ ") {
            current = new_name(name);
        } else if let (Some(hunk), Some(name)) = (header(line), &current) {
            body = hunk.removed + hunk.new.count;
            files.entry(name.clone()).or_default().push(hunk.new);
        } else if let Some(hunk) = header(line) {
            body = hunk.removed + hunk.new.count;
        }
    }
    files
}

struct Header {
    removed: usize,
    new: Hunk,
}

/// `@@ -3,2 +4 @@ heading`: two lines gone, line 4 new.
fn header(line: &[u8]) -> Option<Header> {
    let ranges = line.strip_prefix(b"@@ -")?;
    let end = ranges.windows(3).position(|part| part == b" @@")?;
    let ranges = str::from_utf8(ranges.get(..end)?).ok()?;
    let (old, new) = ranges.split_once(" +")?;
    let (line, count) = range(new)?;
    Some(Header {
        removed: range(old)?.1,
        new: Hunk { line, count },
    })
}

fn range(text: &str) -> Option<(usize, usize)> {
    match text.split_once(',') {
        Some((line, count)) => Some((line.parse().ok()?, count.parse().ok()?)),
        None => Some((text.parse().ok()?, 1)),
    }
}

/// The path behind `+++ `: none for `/dev/null`. Git ends one with a blank in it with a tab, and quotes one with a quote, a
/// backslash or a control character as C does.
fn new_name(name: &[u8]) -> Option<Vec<u8>> {
    let name = name.strip_suffix(b"\t").unwrap_or(name);
    let name = match name.strip_prefix(b"\"") {
        Some(quoted) => unquote(quoted.strip_suffix(b"\"")?)?,
        None => name.to_owned(),
    };
    name.strip_prefix(b"b/").map(<[u8]>::to_owned)
}

fn unquote(quoted: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    let mut rest = quoted.iter().copied();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        bytes.push(match rest.next()? {
            b'a' => 0x07,
            b'b' => 0x08,
            b't' => b'\t',
            b'n' => b'\n',
            b'v' => 0x0b,
            b'f' => 0x0c,
            b'r' => b'\r',
            first @ b'0'..=b'3' => {
                let octal = [first, rest.next()?, rest.next()?];
                u8::from_str_radix(str::from_utf8(&octal).ok()?, 8).ok()?
            }
            other => other,
        });
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(patch: &str, expected: &[(&str, &[(usize, usize)])]) {
        let found: Vec<(String, Vec<(usize, usize)>)> = read(patch.as_bytes())
            .into_iter()
            .map(|(name, hunks)| {
                let hunks = hunks.into_iter().map(|hunk| (hunk.line, hunk.count));
                (String::from_utf8(name).unwrap(), hunks.collect())
            })
            .collect();
        let expected: Vec<(String, Vec<(usize, usize)>)> = expected
            .iter()
            .map(|(name, hunks)| ((*name).to_owned(), hunks.to_vec()))
            .collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn hunks_are_new_lines() {
        check(
            "diff --git a/a.md b/a.md\nindex 1..2 100644\n--- a/a.md\n+++ b/a.md\n@@ -3 +3 @@ # Title\n-a\n+b\n\
             @@ -7,0 +8,2 @@\n+c\n+d\n@@ -9,2 +11,0 @@\n-e\n-f\n",
            &[("a.md", &[(3, 1), (8, 2), (11, 0)])],
        );
    }

    #[test]
    fn text_that_looks_like_a_header_is_text() {
        check(
            "--- a/a.md\n+++ b/a.md\n@@ -1,2 +1,2 @@\n--- a/x.md\n-old\n+++ b/x.md\n+@@ -1 +1 @@\n\\ No newline at end of file\n\
             --- a/b.md\n+++ b/b.md\n@@ -0,0 +1 @@\n+new\n",
            &[("a.md", &[(1, 2)]), ("b.md", &[(1, 1)])],
        );
    }

    #[test]
    fn a_file_that_is_gone_has_no_new_lines() {
        check(
            "--- a/a.md\n+++ /dev/null\n@@ -1,2 +0,0 @@\n-x\n-+++ b/c.md\n--- a/b.md\n+++ b/b.md\n@@ -1 +1 @@\n-x\n+y\n",
            &[("b.md", &[(1, 1)])],
        );
    }

    #[test]
    fn names_are_unquoted() {
        let hunk: &[(usize, usize)] = &[(1, 1)];
        check(
            "+++ b/two words.md\t\n@@ -0,0 +1 @@\n",
            &[("two words.md", hunk)],
        );
        check(
            "+++ \"b/say \\\"x\\\"\\t\\303\\251.md\"\n@@ -0,0 +1 @@\n",
            &[("say \"x\"\té.md", hunk)],
        );
        check("+++ \"b/cut\\30\"\n@@ -0,0 +1 @@\n", &[]);
    }
}
