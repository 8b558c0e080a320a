//! The same documents give the same bytes in every format, with any number of threads and in any order of files (check 5 of
//! the review of linters). States of the cache: `cache.rs`.

use crate::{folder, program};

#[test]
fn check_5_threads_and_order_of_files_change_no_byte_of_any_format() {
    let text = "# Rates\n\nThe response rate was 130%. In one group it was 38% [4].\n\nOf the 120 patients, 30 (20%) had a \
                rash.\n\n## References\n\n1. A title. https://example.org/a\n";
    let names: Vec<String> = (0..6).map(|n| format!("part {n:02}/doc.md")).collect();
    let files: Vec<(&str, &[u8])> = names
        .iter()
        .map(|name| (name.as_str(), text.as_bytes()))
        .collect();
    let backwards: Vec<(&str, &[u8])> = files.iter().rev().copied().collect();
    let (made, made_backwards) = (program::folder(&files), program::folder(&backwards));
    let forward: Vec<&str> = names.iter().map(String::as_str).collect();
    let backward: Vec<&str> = forward.iter().rev().copied().collect();
    let formats = program::formats();
    assert!(formats.len() >= 11, "{formats:?}");
    for format in formats {
        let with = |threads: &str, paths: &[&str]| {
            let arguments = ["check", "--format", &format, "-j", threads];
            program::printed(made.path(), &[&arguments, paths].concat())
        };
        let one = with("1", &forward);
        assert!(one.len() > 100, "{format}: {one}");
        assert!(one == with("8", &forward), "{format}: threads");
        assert!(one == with("3", &backward), "{format}: order of arguments");
        let walked = program::printed(made.path(), &["--format", &format]);
        let walked_backwards = program::printed(made_backwards.path(), &["--format", &format]);
        assert!(walked == walked_backwards, "{format}: order on disk");
    }
}

#[test]
fn check_5_the_example_documents_give_equal_json_with_any_number_of_threads() {
    for collection in ["trial", "company", "software"] {
        let path = format!("documents/{collection}/defects");
        let with = |threads: &str| {
            program::printed(&folder::root(), &["--format", "json", "-j", threads, &path])
        };
        let one = with("1");
        assert!(one == with("2") && one == with("7"), "{path}");
    }
}
