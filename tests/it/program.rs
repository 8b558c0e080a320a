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
