//! The files by which CI, pre-commit and pip find the program name what there is. A part of `cli.rs`.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use tempfile::TempDir;

use super::{factlint, folder};

fn read(file: &str) -> String {
    fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap()
}

fn toml(file: &str) -> toml::Table {
    read(file).parse().unwrap()
}

/// Long flags of a text, `--fail-on` for example.
fn flags(text: &str) -> BTreeSet<String> {
    text.split(|c: char| !(c.is_ascii_lowercase() || c == '-'))
        .filter(|word| word.len() > 2 && word.starts_with("--"))
        .map(str::to_owned)
        .collect()
}

/// What stands on lines of a text that call the program.
fn calls(text: &str) -> String {
    let joined = text.lines().filter(|line| {
        line.contains("factlint check") || line.contains("arguments+=") || line.contains("entry:")
    });
    joined.collect::<Vec<_>>().join("\n")
}

#[test]
fn the_wheel_has_the_version_and_licence_of_the_crate() {
    let (cargo, python) = (toml("Cargo.toml"), toml("pyproject.toml"));
    for key in [
        "name",
        "version",
        "description",
        "license",
        "readme",
        "keywords",
    ] {
        assert_eq!(cargo["package"][key], python["project"][key], "{key}");
    }
    for file in python["project"]["license-files"].as_array().unwrap() {
        assert!(!read(file.as_str().unwrap()).is_empty());
    }
    assert_eq!(python["tool"]["maturin"]["bindings"].as_str(), Some("bin"));
}

#[test]
fn every_flag_that_action_and_hook_use_exists() {
    let help = factlint(Path::new("."), &["check", "--help"]).stdout;
    let known = flags(&String::from_utf8(help).unwrap());
    for file in [".ci/action", ".pre-commit-hooks.yaml"] {
        let used = flags(&calls(&read(file)));
        let unknown: Vec<_> = used.difference(&known).collect();
        assert!(unknown.is_empty(), "{file}: {unknown:?}");
    }
    assert!(flags(&calls(&read(".ci/action"))).contains("--fail-on"));
}

#[test]
fn the_action_hands_every_input_on_and_sets_every_output() {
    let action: serde_yaml_ng::Value = serde_yaml_ng::from_str(&read("action.yml")).unwrap();
    let text = read("action.yml");
    let script = read(".ci/action");
    for (input, told) in action["inputs"].as_mapping().unwrap() {
        let input = input.as_str().unwrap();
        assert!(told["description"].is_string(), "{input}");
        assert!(
            text.contains(&format!("inputs.{input}")),
            "{input} is not used"
        );
    }
    for (output, told) in action["outputs"].as_mapping().unwrap() {
        let value = format!(
            "${{{{ steps.check.outputs.{} }}}}",
            output.as_str().unwrap()
        );
        assert_eq!(told["value"].as_str(), Some(value.as_str()));
    }
    for step in action["runs"]["steps"].as_sequence().unwrap() {
        for (variable, _) in step["env"].as_mapping().into_iter().flatten() {
            let variable = variable.as_str().unwrap();
            assert!(script.contains(variable), "{variable} is not read");
        }
        assert!(step["uses"].is_string() || step["shell"].is_string());
    }
    let hooks: serde_yaml_ng::Value =
        serde_yaml_ng::from_str(&read(".pre-commit-hooks.yaml")).unwrap();
    assert_eq!(hooks[0]["id"].as_str(), Some("factlint"));
    assert_eq!(hooks[0]["require_serial"].as_bool(), Some(true));
}

/// Runs a step of the action as a runner would.
#[cfg(unix)]
fn step(folder: &TempDir, variables: &[(&str, &str)]) -> (Option<i32>, String, String) {
    let path = folder.path();
    let program = Path::new(env!("CARGO_BIN_EXE_factlint")).parent().unwrap();
    let search = format!("{}:{}", program.display(), std::env::var("PATH").unwrap());
    let run = Command::new(Path::new(env!("CARGO_MANIFEST_DIR")).join(".ci/action"))
        .arg("check")
        .current_dir(path)
        .env("PATH", search)
        .env("RUNNER_TEMP", path.join("temp"))
        .env("GITHUB_OUTPUT", path.join("output"))
        .env("GITHUB_STEP_SUMMARY", path.join("summary"))
        .envs(variables.iter().copied())
        .output()
        .unwrap();
    let output = fs::read_to_string(path.join("output")).unwrap_or_default();
    let summary = fs::read_to_string(path.join("summary")).unwrap_or_default();
    (run.status.code(), output, summary)
}

#[cfg(unix)]
#[test]
fn the_step_of_the_action_counts_and_sums_up() {
    let wrong = b"# A\n\nA rash was seen in 34 of 170 patients (25%).\n";
    let folder = folder(&[("docs/a b.md", wrong)]);
    let (status, output, summary) = step(&folder, &[("PATHS", "docs/a b.md\n")]);
    assert_eq!(status, Some(1), "{summary}");
    assert!(
        output.contains("\nerrors=1\nwarnings=1\nnotes=0\n"),
        "{output}"
    );
    assert!(output.starts_with("sarif-file="), "{output}");
    assert!(
        summary.contains("percentage-mismatch")
            && summary.contains("1 error and 1 warning in 1 of 1")
    );
    let passing = [
        ("PATHS", "docs"),
        ("FAIL_ON", "never"),
        ("ARGS", "--limit-per-rule\n3"),
    ];
    assert_eq!(step(&folder, &passing).0, Some(0));
    assert_eq!(step(&folder, &[("PATHS", "missing")]).0, Some(2));
    assert_eq!(step(&folder, &[("CHANGED_SINCE", "nowhere")]).0, Some(2));
}
