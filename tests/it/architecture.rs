//! The invariants of `ARCHITECTURE.md`, read off the source files. Each failure says what to do.

use std::collections::BTreeSet;

use crate::{documents, folder};

/// The order of the modules of `src`: a module may use those left of it only.
const LAYERS: [&str; 18] = [
    "text",
    "ontology",
    "markdown",
    "quantity",
    "citation",
    "claim",
    "source",
    "corpus",
    "finding",
    "graph",
    "rule",
    "config",
    "decision",
    "explanation",
    "report",
    "check",
    "server",
    "cli",
];

/// Longest file of `src`, in lines.
const LONGEST_FILE: usize = 600;

/// Words no rule id begins with: an id names the fault, so that "ignore" reads well before it.
const REMEDIES: [&str; 7] = [
    "check-", "no-", "use-", "prefer-", "avoid-", "require-", "fix-",
];

#[test]
fn data_flows_one_way() {
    let mut wrong = Vec::new();
    for file in source_files() {
        let Some(own) = layer(&file.path) else {
            continue;
        };
        let Some(rank) = rank(own) else {
            wrong.push(format!(
                "{}: `{own}` is no layer: put it into LAYERS and ARCHITECTURE.md",
                file.path
            ));
            continue;
        };
        for used in file.code.iter().flat_map(|line| modules_used(line)) {
            if LAYERS.iter().skip(rank + 1).any(|right| *right == used) {
                wrong.push(format!(
                    "{}: `{own}` uses `crate::{used}`, which comes after it: move the shared type left, or the code right",
                    file.path
                ));
            }
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_source_file_says_why_it_exists() {
    let wrong: Vec<String> = source_files()
        .into_iter()
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| {
            format!(
                "{}: begin it with a `//!` paragraph: what it is for, what it leaves out",
                file.path
            )
        })
        .collect();
    assert_none(&wrong);
}

#[test]
fn no_source_file_is_too_long() {
    let wrong: Vec<String> = source_files()
        .into_iter()
        .filter(|file| file.text.lines().count() > LONGEST_FILE)
        .map(|file| {
            format!(
                "{}: over {LONGEST_FILE} lines: give a part of it a file of its own",
                file.path
            )
        })
        .collect();
    assert_none(&wrong);
}

#[test]
fn only_cli_touches_files() {
    only_in(
        &["std::fs", "fs::read", "fs::write", "File::", "OpenOptions"],
        &["cli"],
        "give it text, or move the reading to src/cli",
    );
}

#[test]
fn only_source_and_server_use_the_network() {
    only_in(
        &[
            "reqwest",
            "std::net",
            "TcpStream",
            "TcpListener",
            "UdpSocket",
            "tokio::net",
        ],
        &["source", "server"],
        "look-ups go through src/source, listening through src/server",
    );
}

/// Of all commands one asks, so that no other can come to use the network by a call it makes.
#[test]
fn only_sources_update_looks_up() {
    let asking = "src/cli/sources/update.rs";
    let is_allowed = |path: &str| path.starts_with("src/source/") || path == asking;
    let files = source_files();
    assert!(files.iter().any(|file| file.path == asking));
    let wrong: Vec<String> = files
        .iter()
        .filter(|file| !is_allowed(&file.path))
        .filter(|file| file.code.iter().any(|line| mentions(line, "look_up_all")))
        .map(|file| format!("{}: only {asking} runs look-ups", file.path))
        .collect();
    assert_none(&wrong);
}

#[test]
fn only_graph_writes_quads() {
    only_in(
        &["dataset::Builder"],
        &["graph"],
        "state the fact in src/corpus and let src/graph write it",
    );
    only_in(
        &["graph::Dataset", "dataset()", "oxigraph::store"],
        &["graph", "rule"],
        "ask src/graph or src/rule for what you need of the graph",
    );
}

#[test]
fn only_rule_evaluates_sparql() {
    only_in(
        &[
            "oxigraph::sparql",
            "SparqlEvaluator",
            "QueryResults",
            "spareval",
            "spargebra",
        ],
        &["rule"],
        "call factlint::rule::query",
    );
}

#[test]
fn only_markdown_knows_the_markdown_parser() {
    only_in(
        &["pulldown_cmark"],
        &["markdown"],
        "use the blocks of src/markdown; add what they lack there",
    );
}

#[test]
fn every_rule_is_a_query_and_a_page() {
    let (queries, pages) = (stems("rq"), stems("md"));
    let mut wrong: Vec<String> = queries
        .difference(&pages)
        .map(|stem| {
            format!(
                "{stem}.rq has no page: write {stem}.md with `## Bad`, `## Good` and `## Not found`"
            )
        })
        .collect();
    wrong.extend(
        pages
            .difference(&queries)
            .map(|stem| format!("{stem}.md explains a rule that does not exist: write {stem}.rq")),
    );
    assert_none(&wrong);
}

#[test]
fn every_rule_id_names_a_fault_in_kebab_case() {
    let mut wrong = Vec::new();
    let mut seen = BTreeSet::new();
    for path in stems("rq").union(&stems("md")) {
        let id = path.rsplit('/').next().unwrap_or_default();
        let kebab = id.split('-').all(|word| {
            !word.is_empty()
                && word
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        });
        if !kebab {
            wrong.push(format!("{path}: write the id in lower case with hyphens"));
        }
        if REMEDIES.iter().any(|remedy| id.starts_with(remedy)) {
            wrong.push(format!("{path}: name the fault, not the remedy"));
        }
        if !seen.insert(id.to_owned()) {
            wrong.push(format!(
                "{path}: another family has a rule of this id: rename one"
            ));
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_rule_page_has_its_sections() {
    let mut wrong = Vec::new();
    for stem in stems("md") {
        let page = folder::read(&format!("{stem}.md"));
        let id = stem.rsplit('/').next().unwrap_or_default();
        let mut rest = page.as_str();
        for heading in [
            format!("# {id}\n"),
            "\n## Bad\n".into(),
            "\n## Good\n".into(),
            "\n## Not found\n".into(),
        ] {
            match rest.split_once(&heading) {
                Some((_, after)) => rest = after,
                None => wrong.push(format!("{stem}.md: no `{}` in its place", heading.trim())),
            }
        }
        if !page.contains(&format!("^ [{id}] \"")) {
            wrong.push(format!("{stem}.md: no caret line ends in `[{id}] \"...\"`"));
        }
    }
    assert_none(&wrong);
}

#[test]
fn every_word_list_states_its_source() {
    let wrong: Vec<String> = folder::files("ontology/lexicon")
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| {
            !folder::read(path)
                .lines()
                .take_while(|line| line.starts_with('#'))
                .any(|line| line.starts_with("# source:"))
        })
        .map(|path| {
            format!("{path}: say in a `# source:` line at its top where the words come from")
        })
        .collect();
    assert_none(&wrong);
}

#[test]
fn every_word_list_is_read_and_every_list_read_is_there() {
    let source: String = folder::files("src")
        .into_iter()
        .map(|(path, _)| folder::read(&path))
        .collect();
    let name = |path: &str| {
        path.rsplit('/')
            .next()?
            .split('.')
            .next()
            .map(str::to_owned)
    };
    let lists: Vec<String> = folder::files("ontology/lexicon")
        .into_iter()
        .filter_map(|(path, _)| name(&path))
        .collect();
    let unread = lists
        .iter()
        .filter(|list| !source.contains(&format!("\"{list}\"")));
    let readers = [
        "lexicon(\"",
        "lexicon_table(\"",
        "word_set(\"",
        "word_table(\"",
        "WordClasses::read(\"",
        "Phrases::read(\"",
    ];
    let read = readers
        .iter()
        .flat_map(|reader| source.split(reader).skip(1));
    let missing = read
        .filter_map(|rest| rest.split('"').next())
        .filter(|read| !lists.iter().any(|list| list == read));
    let wrong: Vec<String> =
        unread
            .map(|list| format!("ontology/lexicon/{list}: nothing reads it; take it out"))
            .chain(missing.map(|read| {
                format!("src reads the list `{read}`, which is not in ontology/lexicon")
            }))
            .collect();
    assert_none(&wrong);
}

#[test]
fn every_word_list_is_named_in_kebab_case() {
    let wrong: Vec<String> = folder::files("ontology/lexicon")
        .into_iter()
        .map(|(path, _)| path)
        .filter(|path| path.contains('_') || path.chars().any(char::is_uppercase))
        .map(|path| format!("{path}: name it in lower case with hyphens"))
        .collect();
    assert_none(&wrong);
}

#[test]
fn every_expected_finding_names_a_file() {
    let wrong: Vec<String> = documents::expected()
        .into_iter()
        .map(|row| format!("documents/{}/defects/{}", row.collection, row.file))
        .filter(|path| !folder::root().join(path).is_file())
        .map(|path| format!("documents/expected.tsv: {path} does not exist: mend the row"))
        .collect();
    assert_none(&wrong);
}

#[test]
fn architecture_names_tests_that_exist() {
    let page = folder::read("ARCHITECTURE.md");
    let mut wrong = Vec::new();
    let mut named = 0;
    for code in page.split('`').skip(1).step_by(2) {
        let Some((module, name)) = code.split_once("::") else {
            continue;
        };
        if !["architecture", "documents", "invariants"].contains(&module) {
            continue;
        }
        named += 1;
        if !folder::read(&format!("tests/it/{module}.rs")).contains(&format!("fn {name}(")) {
            wrong.push(format!(
                "ARCHITECTURE.md names `{code}`, and there is no such test: mend the name"
            ));
        }
    }
    assert!(
        named > 0,
        "ARCHITECTURE.md names no test: name the one that holds each invariant"
    );
    assert_none(&wrong);
}

/// A file of `src` that is no file of unit tests.
struct SourceFile {
    path: String,
    text: String,
    /// Its lines without comments.
    code: Vec<String>,
}

fn source_files() -> Vec<SourceFile> {
    folder::files("src")
        .into_iter()
        .filter(|(_, path)| {
            path.extension().is_some_and(|end| end == "rs")
                && path.file_name().is_some_and(|name| name != "tests.rs")
        })
        .map(|(path, _)| {
            let text = folder::read(&path);
            let code = without_comments(&text);
            SourceFile { path, text, code }
        })
        .collect()
}

/// The lines with `//` comments cut off (a `//` after a colon is an address), and `use crate::{` lists joined.
fn without_comments(text: &str) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for line in text.lines() {
        let end = line
            .match_indices("//")
            .map(|(at, _)| at)
            .find(|at| !line[..*at].ends_with(':'))
            .unwrap_or(line.len());
        let code = &line[..end];
        match lines.last_mut() {
            Some(last) if last.trim_start().starts_with("use ") && !last.contains(';') => {
                last.push_str(code);
            }
            _ => lines.push(code.to_owned()),
        }
    }
    lines
}

/// `rule` of `src/rule/load.rs` and `finding` of `src/finding.rs`; none for `src/lib.rs` and `src/main.rs`.
fn layer(path: &str) -> Option<&str> {
    let inside = path.strip_prefix("src/")?;
    let name = inside.split('/').next()?.trim_end_matches(".rs");
    (!["lib", "main"].contains(&name)).then_some(name)
}

fn rank(layer: &str) -> Option<usize> {
    LAYERS.iter().position(|name| *name == layer)
}

/// Modules of the crate that a line names: `crate::text::Span` gives `text`, `crate::{text, rule::Rule}` both.
fn modules_used(line: &str) -> Vec<String> {
    let mut used = Vec::new();
    for root in ["crate::", "factlint::"] {
        for (at, _) in line.match_indices(root) {
            let rest = &line[at + root.len()..];
            match rest.strip_prefix('{') {
                Some(list) => used.extend(top_level_names(list)),
                None => used.push(identifier(rest)),
            }
        }
    }
    used
}

fn top_level_names(list: &str) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut name_follows = true;
    for (at, c) in list.char_indices() {
        if name_follows && (c.is_alphabetic() || c == '_') {
            names.push(identifier(&list[at..]));
            name_follows = false;
        }
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => name_follows = true,
            _ => {}
        }
    }
    names
}

fn identifier(text: &str) -> String {
    text.chars()
        .take_while(|c| c.is_alphanumeric() || *c == '_')
        .collect()
}

fn only_in(words: &[&str], allowed: &[&str], remedy: &str) {
    let mut wrong = Vec::new();
    for file in source_files() {
        if layer(&file.path).is_none_or(|own| allowed.contains(&own)) {
            continue;
        }
        for line in &file.code {
            for word in words.iter().filter(|word| mentions(line, word)) {
                wrong.push(format!(
                    "{}: `{word}` belongs to src/{}: {remedy}",
                    file.path,
                    allowed.join(" and src/")
                ));
            }
        }
    }
    assert_none(&wrong);
}

/// Whether a line holds a word that is no tail of a longer name: `File::open`, not `SourceFile::new`.
fn mentions(line: &str, word: &str) -> bool {
    line.match_indices(word).any(|(at, _)| {
        !line[..at]
            .chars()
            .next_back()
            .is_some_and(|before| before.is_alphanumeric() || before == '_')
    })
}

/// Paths without their end of the rule files with an end: `ontology/rules/figures/figure-conflict`.
fn stems(end: &str) -> BTreeSet<String> {
    folder::files("ontology/rules")
        .into_iter()
        .filter_map(|(path, _)| Some(path.strip_suffix(&format!(".{end}"))?.to_owned()))
        .filter(|stem| !stem.ends_with("/README"))
        .collect()
}

fn assert_none(wrong: &[String]) {
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn the_reader_of_uses_sees_lists_and_paths() {
    assert_eq!(modules_used("use crate::text::Span;"), ["text"]);
    assert_eq!(
        modules_used("use crate::{citation::{self, Style}, text::Span, claim};"),
        ["citation", "text", "claim"]
    );
    assert!(modules_used("let address = 1;").is_empty());
}
