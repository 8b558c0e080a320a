//! Checks projects in a thread of its own.
//!
//! Only documents whose text changed are read again; what was read from the others is kept from the check before. All
//! later stages run over the whole project, since facts cross files. A newer text supersedes the check that runs: it ends
//! after its present stage, and what it read is kept.

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::Duration;

use super::capabilities::Client;
use super::checked::{Checked, Document};
use super::diagnostic::{Published, published};
use super::files::{Files, Loaded, Placed};
use super::open::OpenDocument;
use super::uri;
use crate::check::{Options, check_extractions, extract, judge};
use crate::corpus::{Corpus, Extraction};
use crate::text::{Problem, SourceText};

/// Rest between the last key and the check.
const DEBOUNCE: Duration = Duration::from_millis(150);

/// What is to be checked.
#[derive(Debug)]
pub(super) struct Job {
    /// The number of this state of the editor, rising.
    pub(super) generation: u64,
    pub(super) folders: Vec<PathBuf>,
    pub(super) open: Vec<OpenDocument>,
    /// Whether files may have changed on disk.
    pub(super) reread: bool,
}

/// What a job gave: one for each project.
#[derive(Debug, Default)]
pub(super) struct Answer {
    pub(super) projects: Vec<Arc<Checked>>,
    pub(super) published: BTreeMap<String, Published>,
}

/// The thread's state.
pub(super) struct Worker<F> {
    files: F,
    client: Client,
    /// The number of the newest job.
    newest: Arc<AtomicU64>,
    projects: BTreeMap<Option<PathBuf>, Project>,
}

/// One project between checks.
#[derive(Default)]
struct Project {
    loaded: Option<Loaded>,
    /// What is wrong in its settings now; `loaded` is what they were before.
    refused: Placed,
    corpus: Arc<Corpus>,
    last: Option<Arc<Checked>>,
}

impl<F: Files> Worker<F> {
    pub(super) fn new(files: F, client: Client, newest: Arc<AtomicU64>) -> Self {
        Self {
            files,
            client,
            newest,
            projects: BTreeMap::new(),
        }
    }

    /// Runs jobs until there can be none any more. `Err` is a fault of the program itself, after which work goes on.
    pub(super) fn run<E>(
        mut self,
        jobs: &Receiver<Job>,
        events: &Sender<E>,
        event: fn(Result<Answer, String>) -> E,
    ) {
        while let Some(job) = next(jobs) {
            let answer = catch_unwind(AssertUnwindSafe(|| self.check(&job)));
            let answer = match answer {
                Ok(Some(answer)) => Ok(answer),
                Ok(None) => continue,
                Err(_) => {
                    self.projects.clear();
                    Err("a check failed; it is tried again with the next change".to_owned())
                }
            };
            if events.send(event(answer)).is_err() {
                return;
            }
        }
    }

    /// Checks all projects; `None` where a newer job came meanwhile.
    fn check(&mut self, job: &Job) -> Option<Answer> {
        let mut answer = Answer::default();
        let mut of_folder: BTreeMap<Option<PathBuf>, Vec<&OpenDocument>> = BTreeMap::new();
        for folder in &job.folders {
            of_folder.insert(Some(folder.clone()), Vec::new());
        }
        for document in &job.open {
            let folder = document
                .path
                .as_deref()
                .and_then(|path| innermost(&job.folders, path));
            if folder.is_some() || document.is_markdown {
                of_folder
                    .entry(folder.map(Path::to_owned))
                    .or_default()
                    .push(document);
            }
        }
        self.projects
            .retain(|folder, _| of_folder.contains_key(folder));
        for (folder, open) in &of_folder {
            let project = self.projects.entry(folder.clone()).or_default();
            if job.reread || project.loaded.is_none() {
                project.read(&mut self.files, folder.as_deref(), open);
            }
        }
        let newest = &self.newest;
        let superseded = || newest.load(Ordering::Relaxed) > job.generation;
        for (folder, open) in &of_folder {
            if let Some(project) = self.projects.get_mut(folder) {
                answer.projects.push(project.check(open, &superseded)?);
            }
        }
        for checked in &answer.projects {
            for (uri, published) in published(checked, &self.client) {
                let all = answer.published.entry(uri).or_default();
                all.version = all.version.or(published.version);
                all.diagnostics.extend(published.diagnostics);
            }
        }
        Some(answer)
    }
}

/// The next job: the newest of those that came, once none has come for a while.
fn next(jobs: &Receiver<Job>) -> Option<Job> {
    let mut job = jobs.recv().ok()?;
    loop {
        match jobs.recv_timeout(DEBOUNCE) {
            Ok(newer) => {
                let reread = job.reread || newer.reread;
                job = Job { reread, ..newer };
            }
            Err(RecvTimeoutError::Timeout) => return Some(job),
            Err(RecvTimeoutError::Disconnected) => return None,
        }
    }
}

/// The innermost of the folders that hold a path.
fn innermost<'a>(folders: &'a [PathBuf], path: &Path) -> Option<&'a Path> {
    folders
        .iter()
        .filter(|folder| path.starts_with(folder))
        .max_by_key(|folder| folder.components().count())
        .map(PathBuf::as_path)
}

impl Project {
    fn read(&mut self, files: &mut impl Files, folder: Option<&Path>, open: &[&OpenDocument]) {
        let paths: Vec<PathBuf> = open.iter().filter_map(|one| one.path.clone()).collect();
        self.last = None;
        self.refused = Vec::new();
        match files.read(folder, &paths) {
            Ok(loaded) => self.loaded = Some(loaded),
            Err(problems) => self.refused = problems,
        }
    }

    /// Checks the files with the text of open documents in place of theirs. `None` where it was superseded.
    fn check(
        &mut self,
        open: &[&OpenDocument],
        superseded: &(dyn Fn() -> bool + Sync),
    ) -> Option<Arc<Checked>> {
        let Some(loaded) = &self.loaded else {
            return Some(Arc::new(Checked {
                problems: with_files(&self.refused),
                ..Checked::default()
            }));
        };
        let (sources, documents) = texts(loaded, open);
        if let Some(last) = &self.last
            && last.documents == documents
            && sources.len() == last.corpus.extractions.len()
            && sources
                .iter()
                .all(|source| known(&last.corpus, source).is_some())
        {
            return Some(Arc::clone(last));
        }
        let options = Options {
            studies: loaded.studies.clone(),
            superseded,
            ..Options::new(&loaded.rules)
        };
        let mut outcome = check_extractions(read_changed(sources, &self.corpus), &options);
        judge(
            &mut outcome,
            &loaded.levels,
            &loaded.record,
            (&loaded.known_rules, &loaded.rules),
        );
        self.corpus = Arc::new(outcome.corpus);
        if superseded() {
            return None;
        }
        let mut problems = with_files(&self.refused);
        problems.extend(with_files(&loaded.problems));
        problems.extend(outcome.problems.into_iter().map(|problem| (None, problem)));
        let checked = Arc::new(Checked {
            corpus: Arc::clone(&self.corpus),
            findings: outcome.findings,
            rules: loaded.rules.clone(),
            problems,
            documents,
        });
        self.last = Some(Arc::clone(&checked));
        Some(checked)
    }
}

fn with_files(problems: &[(PathBuf, Problem)]) -> Vec<(Option<PathBuf>, Problem)> {
    problems
        .iter()
        .map(|(path, problem)| (Some(path.clone()), problem.clone()))
        .collect()
}

/// The texts that are checked: those of the files, of open documents the editor's.
fn texts(loaded: &Loaded, open: &[&OpenDocument]) -> (Vec<SourceText>, BTreeMap<String, Document>) {
    let mut sources = Vec::new();
    let mut documents = BTreeMap::new();
    let mut push = |name: &str, open: &OpenDocument| {
        let version = Some(open.version);
        let uri = open.uri.clone();
        documents.insert(name.to_owned(), Document { uri, version });
        let text = open.text.as_ref();
        sources.push(SourceText::new(name, text).with_notation(loaded.notation));
    };
    let by_path: BTreeMap<&Path, &OpenDocument> = open
        .iter()
        .filter_map(|one| Some((one.path.as_deref()?, *one)))
        .collect();
    for filed in &loaded.documents {
        if let Some(open) = by_path.get(filed.path.as_path()) {
            push(filed.source.path(), open);
        }
    }
    for open in open.iter().filter(|open| open.path.is_none()) {
        push(&open.uri, open);
    }
    for filed in &loaded.documents {
        if by_path.contains_key(filed.path.as_path()) {
            continue;
        }
        let Some(uri) = uri::of_path(&filed.path) else {
            continue;
        };
        let name = filed.source.path();
        documents.insert(name.to_owned(), Document { uri, version: None });
        // Editors do not count a byte order mark.
        let text = filed.source.text();
        sources.push(match text.strip_prefix('\u{feff}') {
            Some(text) => SourceText::new(name, text).with_notation(loaded.notation),
            None => filed.source.clone(),
        });
    }
    (sources, documents)
}

/// What was read from a text before.
fn known<'a>(corpus: &'a Corpus, source: &SourceText) -> Option<&'a Extraction> {
    let all = &corpus.extractions;
    let at = all.binary_search_by(|one| one.document.source.path().cmp(source.path()));
    all.get(at.ok()?)
        .filter(|one| one.document.source == *source)
}

/// Reads the texts that were not read before.
fn read_changed(sources: Vec<SourceText>, before: &Corpus) -> Vec<Extraction> {
    let mut kept = Vec::new();
    let mut changed = Vec::new();
    for source in sources {
        match known(before, &source) {
            Some(extraction) => kept.push(extraction.clone()),
            None => changed.push(source),
        }
    }
    kept.extend(extract(changed, &|_| {}));
    kept
}
