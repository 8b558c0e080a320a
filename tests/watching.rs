//! `--watch` from outside, over pipes. It is waited for by what it says; only a wait without end fails. A part of `cli.rs`.

use std::fs;
use std::io::{BufRead as _, BufReader, Read};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{self, Receiver};
use std::thread;
use std::time::Duration;

use super::folder;

const WRONG: &str = "# A\n\nA rash was seen in 34 of 170 patients (25%).\n";
const RIGHT: &str = "# A\n\nA rash was seen in 34 of 170 patients (20%).\n";
const SETTINGS: &[u8] = b"[rules]\nunsupported-figure = \"off\"\n";
/// Far longer than anything waited for takes.
const ENDLESS: Duration = Duration::from_mins(2);

struct Watch {
    child: Child,
    lines: Receiver<String>,
    /// Lines that no wait was for.
    unread: Vec<String>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }
}

impl Watch {
    fn start(folder: &Path, arguments: &[&str]) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["check", "--watch"])
            .args(arguments)
            .current_dir(folder)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = mpsc::channel();
        let streams: [Box<dyn Read + Send>; 2] = [
            Box::new(child.stdout.take().unwrap()),
            Box::new(child.stderr.take().unwrap()),
        ];
        for stream in streams {
            let sender = sender.clone();
            thread::spawn(move || {
                for line in BufReader::new(stream).lines().map_while(Result::ok) {
                    if sender.send(line).is_err() {
                        break;
                    }
                }
            });
        }
        Self {
            child,
            lines,
            unread: Vec::new(),
        }
    }

    /// Reads until a line has the text that was not waited for before. The two streams come in any order.
    fn wait_for(&mut self, text: &str) {
        loop {
            if let Some(at) = self.unread.iter().position(|line| line.contains(text)) {
                self.unread.remove(at);
                return;
            }
            let Ok(line) = self.lines.recv_timeout(ENDLESS) else {
                panic!("{text:?} was not said, but: {:#?}", self.unread)
            };
            self.unread.push(line);
        }
    }
}

#[test]
fn a_change_says_what_is_fixed_and_what_is_new() {
    let folder = folder(&[("a.md", WRONG.as_bytes()), ("factlint.toml", SETTINGS)]);
    let path = folder.path().join("a.md");
    let mut watch = Watch::start(folder.path(), &[]);
    watch.wait_for("error[percentage-mismatch]");
    watch.wait_for("Watching for changes");
    fs::write(&path, RIGHT).unwrap();
    watch.wait_for("fixed: a.md: error[percentage-mismatch]");
    watch.wait_for("1 fixed, 0 new. No findings in 1 document");
    // As editors save: a new file takes the place of the old one.
    fs::write(folder.path().join("a.md.new"), WRONG).unwrap();
    fs::rename(folder.path().join("a.md.new"), &path).unwrap();
    watch.wait_for("error[percentage-mismatch]");
    watch.wait_for("0 fixed, 1 new. 1 error in 1 of 1 document");
}

#[test]
fn a_document_that_cannot_be_read_keeps_its_findings() {
    let folder = folder(&[("a.md", WRONG.as_bytes()), ("factlint.toml", SETTINGS)]);
    let path = folder.path().join("a.md");
    let mut watch = Watch::start(folder.path(), &[]);
    watch.wait_for("Watching for changes");
    fs::write(&path, b"\xff\xff\xff").unwrap();
    watch.wait_for("a.md:1: not UTF-8 text");
    watch.wait_for("0 fixed, 0 new.");
    fs::write(&path, RIGHT).unwrap();
    watch.wait_for("1 fixed, 0 new.");
}

#[test]
fn a_folder_that_is_deleted_and_made_anew_is_watched_on() {
    let folder = folder(&[("docs/a.md", WRONG.as_bytes())]);
    let docs = folder.path().join("docs");
    let mut watch = Watch::start(folder.path(), &["docs", "--show", "error"]);
    watch.wait_for("Watching for changes");
    fs::remove_dir_all(&docs).unwrap();
    watch.wait_for("docs: cannot be read: no such file");
    fs::create_dir(&docs).unwrap();
    fs::write(docs.join("a.md"), RIGHT).unwrap();
    watch.wait_for("1 fixed, 0 new. No findings in 1 document");
    fs::write(docs.join("a.md"), WRONG).unwrap();
    watch.wait_for("0 fixed, 1 new.");
}

#[test]
fn settings_are_read_again() {
    let folder = folder(&[("a.md", WRONG.as_bytes()), ("factlint.toml", SETTINGS)]);
    let settings = folder.path().join("factlint.toml");
    let mut watch = Watch::start(folder.path(), &[]);
    watch.wait_for("Watching for changes");
    fs::write(&settings, "[rules]\npercentage-mismatch = \"off\"\n").unwrap();
    watch.wait_for("fixed: a.md: error[percentage-mismatch]");
    fs::write(&settings, "[rules]\npercentage-mismatch = \"of\"\n").unwrap();
    watch.wait_for("The settings read before hold on");
    fs::write(&settings, "[packs]\nbusiness = false\n").unwrap();
    watch.wait_for("the terms and packs are not those in use");
    watch.wait_for("error[percentage-mismatch]");
}

#[test]
fn a_report_for_programs_is_not_watched() {
    let folder = folder(&[("a.md", RIGHT.as_bytes())]);
    let run = super::factlint(folder.path(), &["--watch", "--format", "json"]);
    let said = String::from_utf8(run.stderr).unwrap();
    assert!(said.contains("only reports for people"), "{said}");
    assert_eq!(run.status.code(), Some(2));
}
