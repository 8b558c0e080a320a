//! An update that is cut off, run twice at once, or kept from writing.

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::Path;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, SystemTime};

use tempfile::TempDir;

use super::cited::Cited;
use super::lock_file::{Journal, LockFile};
use super::update::{Asked, Asking, ask, summary, wrong};
use crate::cli::files::read_text;
use crate::source::{
    Answer, Attempt, Ended, Freshness, Limits, Lock, LookUp, Only, Plan, SourceId, State, Why, Work,
};

const NOON: &str = "2026-11-21T12:00:00Z";

/// A registry that knows everything, after a moment.
struct Registry;

impl LookUp for Registry {
    async fn look_up(&self, id: &SourceId, _: Option<&Answer>) -> Answer {
        tokio::time::sleep(Duration::from_micros(200)).await;
        answer(id)
    }
}

fn answer(id: &SourceId) -> Answer {
    Answer {
        state: State::Verified,
        asked: NOON.to_owned(),
        work: Some(Work {
            title: format!("The work that is called {id}"),
            ..Work::default()
        }),
        ..Answer::default()
    }
}

fn ids(prefix: &str, count: usize) -> Vec<SourceId> {
    (0..count)
        .map(|at| SourceId::Doi(format!("10.1000/{prefix}{at:04}")))
        .collect()
}

fn lock_of(ids: &[SourceId]) -> Lock {
    let mut lock = Lock::default();
    for id in ids {
        lock.add(id.clone(), answer(id));
    }
    lock
}

fn lock_file(folder: &Path) -> LockFile {
    LockFile::at(&folder.join("factlint.lock"))
}

/// Asks about what the lock file does not know. Each answer that comes adds a byte to the file `seen`, just before it is kept.
fn update(folder: &Path, ids: &[SourceId], mut journal: Journal) -> Asked {
    let known = lock_file(folder).read().unwrap();
    let freshness = Freshness {
        now: SystemTime::UNIX_EPOCH,
        max_age: Duration::ZERO,
    };
    let plan = Plan::of(ids, &known, Only::New, freshness);
    let seen = fs::OpenOptions::new()
        .append(true)
        .create(true)
        .open(folder.join("seen"))
        .unwrap();
    let now = || {
        (&seen).write_all(b".").unwrap();
        NOON.to_owned()
    };
    let asking = Asking {
        look_up: &Registry,
        limits: Limits {
            at_once: 4,
            per_host: 4,
        },
        is_quiet: true,
        now: &now,
    };
    let mut asked = ask(&plan, &known, &mut journal, &asking).unwrap();
    asked.problem = asked.problem.or(journal.end(None).err());
    asked
}

/// What the variable asks for: folder, prefix of the ids, their number, and whether to save at each answer.
const TASK: &str = "FACTLINT_TEST_UPDATE";

#[test]
#[ignore = "the tests below run it in processes of their own"]
fn an_update_of_its_own() {
    let Some(task) = std::env::var_os(TASK) else {
        return;
    };
    let task = task.to_string_lossy().into_owned();
    let [folder, prefix, count, saves] = task.split('|').collect::<Vec<_>>()[..] else {
        panic!("{task}")
    };
    let folder = Path::new(folder);
    let mut journal = loop {
        match Journal::begin(lock_file(folder)) {
            Ok(journal) => break journal,
            Err(problem) if problem.message.contains("another update") => {
                std::thread::sleep(Duration::from_millis(1));
            }
            Err(problem) => panic!("{problem}"),
        }
    };
    if saves == "often" {
        journal.saved_every = Duration::ZERO;
    }
    let asked = update(folder, &ids(prefix, count.parse().unwrap()), journal);
    assert_eq!(asked.problem, None);
}

fn command(program: &OsStr) -> Command {
    let mut command = Command::new(program);
    command.stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

const OWN: [&str; 3] = [
    "cli::sources::tests::an_update_of_its_own",
    "--exact",
    "--ignored",
];

fn spawn(folder: &Path, (prefix, count): (&str, usize), saves: &str) -> Child {
    command(std::env::current_exe().unwrap().as_os_str())
        .args(OWN)
        .env(
            TASK,
            format!("{}|{prefix}|{count}|{saves}", folder.display()),
        )
        .spawn()
        .unwrap()
}

fn seen(folder: &Path) -> usize {
    fs::metadata(folder.join("seen")).map_or(0, |seen| usize::try_from(seen.len()).unwrap())
}

/// Sources of which the lock file or the journal beside it has the answer.
fn kept(folder: &Path) -> usize {
    let mut lock = lock_file(folder).read().unwrap();
    let journal = read_text(&folder.join("factlint.lock.journal"));
    crate::source::replay(&journal.unwrap_or_default(), &mut lock);
    lock.answers.len()
}

fn check_killed(saves: &str) {
    const COUNT: usize = 150;
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let first = ids("before", 3);
    fs::write(
        folder.join("factlint.lock"),
        lock_of(&first).to_text().unwrap(),
    )
    .unwrap();
    let (mut known, mut kills) = (first.len(), 0_usize);
    loop {
        let before = seen(folder);
        // Steps without an order, so that every part of a save is met.
        let wanted = before + kills * 7 % 13;
        let mut child = spawn(folder, ("a", COUNT), saves);
        let is_done = loop {
            if let Some(status) = child.try_wait().unwrap() {
                assert!(status.success());
                break true;
            }
            if seen(folder) >= wanted {
                child.kill().unwrap();
                child.wait().unwrap();
                break false;
            }
        };
        let lock = lock_file(folder).read().unwrap();
        assert!(lock.answers.len() >= known, "answers were lost");
        known = lock.answers.len();
        assert!(first.iter().all(|id| lock.answers[id] == answer(id)));
        // The answer that had just come when the process was killed may not be kept yet.
        let (kept, came) = (kept(folder), seen(folder) - before);
        assert!(
            kept + kills + 1 >= first.len() + before + came,
            "{kept} {before} {came}"
        );
        if is_done {
            break;
        }
        kills += 1;
    }
    assert!(kills > 0);
    let whole = [first, ids("a", COUNT)].concat();
    assert_eq!(lock_file(folder).read().unwrap(), lock_of(&whole));
    assert!(!folder.join("factlint.lock.journal").exists());
}

#[test]
fn a_killed_update_leaves_a_whole_file_and_all_that_was_answered() {
    check_killed("at the end");
}

#[test]
fn an_update_killed_while_it_saves_leaves_a_whole_file() {
    check_killed("often");
}

#[cfg(unix)]
#[test]
fn a_stopped_update_saves_and_ends() {
    for signal in ["INT", "TERM"] {
        let folder = tempfile::tempdir().unwrap();
        let mut child = spawn(folder.path(), ("a", 100_000), "at the end");
        while seen(folder.path()) < 20 {
            assert_eq!(child.try_wait().unwrap(), None);
        }
        let pid = child.id().to_string();
        let sent = Command::new("kill").args(["-s", signal, &pid]).status();
        assert!(sent.unwrap().success());
        assert!(child.wait().unwrap().success());
        let saved = lock_file(folder.path()).read().unwrap().answers.len();
        assert_eq!(saved, seen(folder.path()));
        assert!((20..100_000).contains(&saved));
        assert!(!folder.path().join("factlint.lock.journal").exists());
    }
}

#[test]
fn updates_at_the_same_time_take_turns_and_lose_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let prefixes = ["a", "b", "c", "d"];
    let children = prefixes.map(|prefix| spawn(folder.path(), (prefix, 10), "often"));
    for child in children {
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }
    let all = prefixes.map(|prefix| ids(prefix, 10)).concat();
    assert_eq!(lock_file(folder.path()).read().unwrap(), lock_of(&all));
}

fn begin(folder: &TempDir) -> Journal {
    Journal::begin(lock_file(folder.path())).unwrap()
}

#[test]
fn a_second_update_is_refused_while_one_runs() {
    let folder = tempfile::tempdir().unwrap();
    let first = begin(&folder);
    let refused = Journal::begin(lock_file(folder.path())).unwrap_err();
    assert_eq!(refused.message, "another update is writing it");
    first.end(None).unwrap();
    begin(&folder).end(None).unwrap();
}

#[test]
fn what_others_write_meanwhile_stays() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("factlint.lock");
    let (ours, theirs) = (ids("ours", 2), ids("theirs", 2));
    let mut journal = begin(&folder);
    for id in &ours {
        journal.keep(id, answer(id)).unwrap();
    }
    fs::write(&path, lock_of(&theirs).to_text().unwrap()).unwrap();
    journal.end(None).unwrap();
    let all = [ours, theirs].concat();
    assert_eq!(lock_file(folder.path()).read().unwrap(), lock_of(&all));
}

#[test]
fn a_file_that_a_merge_left_broken_is_said_and_left_alone() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("factlint.lock");
    let broken = "version = 1\n<<<<<<< HEAD\n";
    let ids = ids("a", 2);
    let mut journal = begin(&folder);
    for id in &ids {
        journal.keep(id, answer(id)).unwrap();
    }
    fs::write(&path, broken).unwrap();
    let problem = journal.end(None).unwrap_err();
    assert_eq!(problem.line, Some(2));
    assert!(problem.help.contains("factlint.lock.journal"), "{problem}");
    let again = Journal::begin(lock_file(folder.path())).unwrap_err();
    assert_eq!(again.line, Some(2));
    assert_eq!(read_text(&path).unwrap(), broken);
    fs::remove_file(&path).unwrap();
    begin(&folder).end(None).unwrap();
    assert_eq!(lock_file(folder.path()).read().unwrap(), lock_of(&ids));
}

#[test]
fn entries_that_no_document_names_stay_unless_pruned() {
    let folder = tempfile::tempdir().unwrap();
    let all = ids("a", 4);
    fs::write(
        folder.path().join("factlint.lock"),
        lock_of(&all).to_text().unwrap(),
    )
    .unwrap();
    begin(&folder).end(None).unwrap();
    assert_eq!(lock_file(folder.path()).read().unwrap(), lock_of(&all));
    let named = all.iter().take(1).cloned().collect();
    begin(&folder).end(Some(&named)).unwrap();
    assert_eq!(lock_file(folder.path()).read().unwrap(), lock_of(&all[..1]));
}

/// The shell lets no file grow beyond a kilobyte, as a full disk would.
#[cfg(unix)]
#[test]
fn a_full_disk_is_said_and_destroys_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let before = ids("a", 2);
    fs::write(
        folder.path().join("factlint.lock"),
        lock_of(&before).to_text().unwrap(),
    )
    .unwrap();
    let own = std::env::current_exe().unwrap();
    let run: Output = command(OsStr::new("sh"))
        .arg("-c")
        .arg("trap '' XFSZ; ulimit -f 1; exec \"$0\" \"$@\"")
        .arg(own)
        .args(OWN)
        .arg("--nocapture")
        .env(TASK, format!("{}|a|50|at the end", folder.path().display()))
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&run.stderr);
    assert!(
        !run.status.success() && said.contains("cannot be written: file too large"),
        "{said}"
    );
    let lock = lock_file(folder.path()).read().unwrap();
    assert_eq!(lock, lock_of(&before));
    assert!(kept(folder.path()) > before.len());
    begin(&folder).end(None).unwrap();
    assert!(lock_file(folder.path()).read().unwrap().answers.len() > before.len());
}

fn git(folder: &Path, arguments: &[&str]) -> bool {
    let names = ["-c", "user.name=A", "-c", "user.email=a@example.org"];
    Command::new("git")
        .args(names)
        .args(arguments)
        .current_dir(folder)
        .stdout(Stdio::null())
        .status()
        .unwrap()
        .success()
}

#[test]
fn two_branches_that_add_sources_apart_merge() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path();
    let write = |lock: &Lock, message: &str| {
        fs::write(folder.join("factlint.lock"), lock.to_text().unwrap()).unwrap();
        assert!(git(folder, &["add", "factlint.lock"]));
        assert!(git(folder, &["commit", "-q", "-m", message]));
    };
    let known = ids("m", 6);
    let (one, other) = (ids("a", 2), ids("z", 2));
    assert!(git(folder, &["init", "-q", "-b", "main"]));
    write(&lock_of(&known), "known");
    assert!(git(folder, &["checkout", "-q", "-b", "one"]));
    write(&lock_of(&[known.clone(), one.clone()].concat()), "one");
    assert!(git(folder, &["checkout", "-q", "-b", "other", "main"]));
    write(&lock_of(&[known.clone(), other.clone()].concat()), "other");
    assert!(git(folder, &["merge", "-q", "--no-edit", "one"]));
    let all = [known, one, other].concat();
    assert_eq!(lock_file(folder).read().unwrap(), lock_of(&all));
}

#[test]
fn the_summary_tells_three_states_apart() {
    let (mut answers, ids) = (Lock::default(), ids("a", 5));
    for (id, (state, why)) in ids.iter().zip([
        (State::Verified, None),
        (State::Wrong, Some(Why::NotFound)),
        (State::NotVerified, Some(Why::Blocked)),
        (State::NotVerified, Some(Why::TimedOut)),
        (State::Verified, None),
    ]) {
        let answer = Answer {
            state,
            why,
            ..answer(id)
        };
        answers.add(id.clone(), answer);
    }
    if let Some(last) = answers.answers.values_mut().last() {
        last.tried = Some(Attempt {
            asked: NOON.to_owned(),
            why: Some(Why::Blocked),
            status: Some(403),
        });
    }
    let asked = Asked {
        answers,
        ended: Ended::Done,
        problem: None,
    };
    let plan = Plan {
        left_out: 7,
        ..Plan::default()
    };
    let cited = Cited {
        places: ids
            .into_iter()
            .map(|id| (id, ("a.md".to_owned(), 3)))
            .collect(),
        problems: Vec::new(),
    };
    assert_eq!(
        summary(&plan, &asked),
        "5 sources asked about: 1 verified, 1 wrong, 3 not verified (2 blocked, 1 timed out); 7 needed no question\n"
    );
    assert_eq!(
        wrong(&asked, &cited),
        "a.md:3: doi:10.1000/a0001: not found\n"
    );
}
