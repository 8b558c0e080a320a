//! Files and folders as they come: what is said of each and with which exit status, whole (check 8 of the review of
//! linters).

use std::path::Path;

use insta::assert_snapshot;

use crate::program;

const FINE: &[u8] =
    b"# Fine\n\nThe rate was 130% of all patients [1].\n\n[1]: https://example.org/a\n";

/// All that the program printed, and its exit status.
fn said(folder: &Path, arguments: &[&str]) -> String {
    let run = program::factlint(folder, &[&["--format", "concise"], arguments].concat());
    let out = String::from_utf8(run.stdout).unwrap();
    let err = String::from_utf8(run.stderr).unwrap();
    format!("{out}{err}status {}", run.status.code().unwrap())
}

fn said_of(content: &[u8]) -> String {
    said(program::folder(&[("a.md", content)]).path(), &[])
}

fn utf_16(text: &str, bytes: impl Fn(u16) -> [u8; 2]) -> Vec<u8> {
    let mark = "\u{feff}".encode_utf16();
    mark.chain(text.encode_utf16()).flat_map(bytes).collect()
}

fn fine() -> &'static str {
    std::str::from_utf8(FINE).unwrap()
}

#[test]
fn check_8_text_that_is_not_utf_8() {
    assert_snapshot!(said_of(b"# A\n\nThe caf\xe9 had 130% of guests.\n"), @r"
    error: a.md:3: not UTF-8 text: byte 12 is not valid
      help: save the file as UTF-8, or leave it out
    status 2
    ");
}

#[test]
fn check_8_nul_bytes() {
    assert_snapshot!(said_of(b"# A\n\nOne\0two.\n"), @r"
    error: a.md:3: not a text file: byte 8 is NUL
      help: leave the file out, or remove the NUL bytes
    status 2
    ");
}

#[test]
fn check_8_marks_line_ends_and_utf_16_change_nothing() {
    let plain = said_of(FINE);
    assert_snapshot!(plain, @r"
    a.md:3:14: error[impossible-value] 130% cannot be: a share of patients is at most 100% (d3006d84c3c4fb76)
    status 1
    ");
    assert_eq!(
        said_of(format!("\u{feff}{}", fine()).as_bytes()),
        plain,
        "byte order mark"
    );
    assert_eq!(
        said_of(fine().replace('\n', "\r\n").as_bytes()),
        plain,
        "CRLF"
    );
    assert_eq!(
        said_of(&utf_16(fine(), u16::to_le_bytes)),
        plain,
        "UTF-16LE"
    );
    assert_eq!(
        said_of(&utf_16(fine(), u16::to_be_bytes)),
        plain,
        "UTF-16BE"
    );
}

#[test]
fn check_8_utf_16_that_is_cut_off() {
    let mut bytes = utf_16(fine(), u16::to_le_bytes);
    bytes.pop();
    assert_snapshot!(said_of(&bytes), @r"
    error: a.md: not valid UTF-16LE text, which its byte order mark announces
      help: save the file as UTF-8
    status 2
    ");
}

#[test]
fn check_8_an_empty_file() {
    assert_snapshot!(said_of(b""), @"status 0");
}

#[test]
fn check_8_a_file_of_fifty_megabytes() {
    // An unoptimised program reads a tenth of it, for time's sake.
    let bytes = if cfg!(debug_assertions) { 5 } else { 50 } * 1_000_000;
    let text = "word and other words ".repeat(bytes / 21) + "of all patients 130%.\n";
    let said = said_of(text.as_bytes());
    // The column tells how long the line is.
    let said = said.replace(&(bytes / 21 * 21 + 17).to_string(), "END");
    assert_snapshot!(said, @r"
    a.md:1:END: warning[unsupported-figure] no reference for 130% (37dd982599c28e4b)
    status 1
    ");
}

#[cfg(unix)]
#[test]
fn check_8_an_unreadable_folder() {
    use std::os::unix::fs::PermissionsExt;
    let folder = program::folder(&[("a.md", FINE), ("closed/b.md", FINE)]);
    let closed = folder.path().join("closed");
    let set = |mode| {
        let permissions = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(&closed, permissions).unwrap();
    };
    set(0o0);
    let is_read_anyway = std::fs::read_dir(&closed).is_ok();
    let said = said(folder.path(), &[]);
    set(0o755);
    if is_read_anyway {
        // A superuser reads everything: nothing is closed to it, and both files are checked.
        assert_eq!(said.matches("impossible-value").count(), 2, "{said}");
    } else {
        assert_eq!(said.matches("impossible-value").count(), 1, "{said}");
        assert!(
            said.contains("error: closed: cannot be read: permission denied"),
            "{said}"
        );
        assert!(said.ends_with("status 2"), "{said}");
    }
}

#[cfg(unix)]
#[test]
fn check_8_links_in_a_circle() {
    let folder = program::folder(&[("a.md", FINE), ("sub/b.txt", b"x")]);
    std::os::unix::fs::symlink(folder.path(), folder.path().join("sub/again")).unwrap();
    std::os::unix::fs::symlink("c.md", folder.path().join("b.md")).unwrap();
    std::os::unix::fs::symlink("b.md", folder.path().join("c.md")).unwrap();
    assert_snapshot!(said(folder.path(), &[]), @r"
    a.md:3:14: error[impossible-value] 130% cannot be: a share of patients is at most 100% (d3006d84c3c4fb76)
    error: b.md: cannot be read: too many levels of symbolic links
      help: make it readable, or leave it out
    error: c.md: cannot be read: too many levels of symbolic links
      help: make it readable, or leave it out
    status 2
    ");
}

#[test]
fn check_8_a_pattern_that_fits_nothing() {
    let folder = program::folder(&[("a.md", FINE)]);
    assert_snapshot!(said(folder.path(), &["docs/**/*.md"]), @r"
    error: docs/**/*.md: cannot be read: no such file or directory
      help: name a file or folder that exists
    status 2
    ");
}

#[test]
fn check_8_a_folder_without_documents() {
    let folder = program::folder(&[("docs/a.txt", b"x")]);
    assert_snapshot!(said(folder.path(), &["docs"]), @r"
    error: docs: no Markdown file found
      help: name a folder with .md, .markdown, .mdown, .mdx, .qmd, .rmd files; hidden files and those named by a .gitignore are left out
    status 2
    ");
}
