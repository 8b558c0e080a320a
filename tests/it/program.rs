//! Runs the program over folders of files made for a test.

use std::path::Path;
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

/// A new folder with some files.
pub(crate) fn folder(files: &[(&str, &[u8])]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        let path = folder.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }
    folder
}

/// Runs the program in a folder, without the settings of whoever runs the tests.
pub(crate) fn factlint(folder: &Path, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_factlint"))
        .args(arguments)
        .current_dir(folder)
        .env_remove("GITHUB_STEP_SUMMARY")
        .stdin(Stdio::null())
        .output()
        .unwrap()
}

/// What the program printed.
pub(crate) fn printed(folder: &Path, arguments: &[&str]) -> String {
    String::from_utf8(factlint(folder, arguments).stdout).unwrap()
}

/// The formats of `check`, as the program names them.
pub(crate) fn formats() -> Vec<String> {
    let run = factlint(Path::new("."), &["--format", "none-such"]);
    let said = String::from_utf8(run.stderr).unwrap();
    let (_, list) = said.split_once("[possible values: ").unwrap();
    let (list, _) = list.split_once(']').unwrap();
    let names = list.split(',').map(|name| name.trim().to_owned());
    names.collect()
}

/// Attempts to reach anything from inside a network namespace of its own, which has no route and counts each that found none;
/// `None` where the system lets nobody have such a namespace.
#[cfg(target_os = "linux")]
fn attempts_to_send(folder: &Path, program: &Path, arguments: &[&str]) -> Option<(Output, u64)> {
    const COUNTERS: &str = "---\n";
    let alone = ["--net", "--map-root-user"];
    let is_allowed = Command::new("unshare").args(alone).arg("true").output();
    if !is_allowed.is_ok_and(|run| run.status.success()) {
        return None;
    }
    let mut run = Command::new("unshare")
        .args(alone)
        .args(["sh", "-c"])
        .arg("\"$@\"; status=$?; echo ---; cat /proc/net/snmp /proc/net/snmp6; exit $status")
        .arg("sh")
        .arg(program)
        .args(arguments)
        .current_dir(folder)
        .output()
        .unwrap();
    let said = String::from_utf8(std::mem::take(&mut run.stdout)).unwrap();
    let (said, counters) = said.split_once(COUNTERS).unwrap();
    run.stdout = said.as_bytes().to_vec();
    let mut four = counters.lines().filter(|line| line.starts_with("Ip: "));
    let (names, values) = (four.next().unwrap(), four.next().unwrap());
    let mut pairs = names.split(' ').zip(values.split(' '));
    let (_, four) = pairs.find(|(name, _)| *name == "OutNoRoutes").unwrap();
    let six = counters
        .lines()
        .find_map(|line| line.strip_prefix("Ip6OutNoRoutes"));
    let count = |number: &str| number.trim().parse::<u64>().unwrap();
    Some((run, count(four) + six.map_or(0, count)))
}

#[test]
#[ignore = "the test below runs it where it can reach nothing"]
fn sends_something() {
    assert!(std::net::TcpStream::connect("192.0.2.1:80").is_err());
    let socket = std::net::UdpSocket::bind("0.0.0.0:0").unwrap();
    assert!(socket.send_to(b"x", "127.0.0.1:53").is_err());
}

/// Nothing is connected to and nothing is sent, not even to this machine. Where namespaces are not allowed,
/// `architecture::only_sources_update_looks_up` must do.
#[cfg(target_os = "linux")]
#[test]
fn a_check_sends_nothing() {
    let own = std::env::current_exe().unwrap();
    let arguments = ["program::sends_something", "--exact", "--ignored"];
    let folder = folder(&[
        (
            "a.md",
            b"# A\n\nOf 120 patients, 30 (20%) had [pain](https://example.org/a) [1].\n\n## References\n\n1. Pain. https://doi.org/10.5555/1\n",
        ),
        (
            "factlint.lock",
            b"version = 1\n\n[[source]]\nid = \"doi:10.5555/1\"\nstate = \"not-verified\"\nasked = \"\"\n",
        ),
    ]);
    let Some((run, attempts)) = attempts_to_send(folder.path(), &own, &arguments) else {
        return;
    };
    assert!(run.status.success(), "{run:?}");
    assert_eq!(attempts, 2, "the counters must see what is sent");
    let program = Path::new(env!("CARGO_BIN_EXE_factlint"));
    for (arguments, status) in [
        (["check", "."].as_slice(), 1),
        (&["check", ".", "--format", "html"], 1),
        (&["query", "ASK {}", "."], 0),
        (&["sources", "status", "."], 1),
    ] {
        let (run, attempts) = attempts_to_send(folder.path(), program, arguments).unwrap();
        assert_eq!(run.status.code(), Some(status), "{run:?}");
        assert_eq!(attempts, 0, "{arguments:?}");
    }
}
