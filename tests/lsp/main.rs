//! The language server from outside, over its pipes.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::string_slice,
    reason = "a test stops at the first surprise"
)]

mod client;

use std::fs;

use client::{Client, applied, position, uri};
use serde_json::{Value, json};
use tempfile::TempDir;

const OVERVIEW: &str = "# Sea otters\n\n\
    The Larkspur survey counted 4,310 sea otters along 212 km of kelp coast in Orkham Bay [1].\n\n\
    ## References\n\n1. Larkspur survey of kelp coasts. https://doi.org/10.5555/larkspur.4\n";
const DETAILS: &str = "# Kelp coasts\n\n\
    In Orkham Bay, the Larkspur survey counted 4,130 sea otters along 212 km of kelp coast [1].\n\n\
    ## References\n\n1. Larkspur survey of kelp coasts. https://doi.org/10.5555/larkspur.4\n";

/// A folder with both documents, a client that has opened them, and their URIs.
fn both(capabilities: Value) -> (TempDir, Client, String, String) {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("overview.md"), OVERVIEW).unwrap();
    fs::write(folder.path().join("details.md"), DETAILS).unwrap();
    let (mut client, _) = Client::in_folder(folder.path(), capabilities);
    let uris = ["overview.md", "details.md"].map(|name| uri(folder.path(), name));
    client.open(&uris[0], OVERVIEW);
    client.open(&uris[1], DETAILS);
    let [overview, details] = uris;
    (folder, client, overview, details)
}

fn is_conflict(diagnostic: &Value) -> bool {
    diagnostic["code"] == "figure-conflict"
}

fn has_conflict(diagnostics: &[Value]) -> bool {
    diagnostics.iter().any(is_conflict)
}

fn conflict(client: &mut Client, uri: &str) -> Value {
    let all = client.wait_for(uri, has_conflict);
    all.into_iter().find(is_conflict).unwrap()
}

#[test]
fn a_conflict_is_seen_in_both_documents_and_goes_with_the_edit() {
    let related =
        json!({ "textDocument": { "publishDiagnostics": { "relatedInformation": true } } });
    let (_folder, mut client, overview, details) = both(related);
    for (uri, text, own, other) in [
        (&overview, OVERVIEW, "4,310", "details.md:3"),
        (&details, DETAILS, "4,130", "overview.md:3"),
    ] {
        let found = conflict(&mut client, uri);
        assert_eq!(found["range"]["start"], position(text, own));
        assert_eq!(found["source"], "factlint");
        assert_eq!(found["severity"], 1);
        let message = found["message"].as_str().unwrap();
        assert!(message.contains(other), "{message}");
        assert_eq!(found["data"].as_str().unwrap().len(), 16);
        let related = found["relatedInformation"][0]["location"]["uri"].as_str();
        assert!(other.starts_with(related.unwrap().rsplit('/').next().unwrap()));
    }
    let start = position(OVERVIEW, "310");
    let end = position(OVERVIEW, " sea otters");
    let edit = json!([{ "range": { "start": start, "end": end }, "text": "130" }]);
    client.change(&overview, 2, edit);
    client.wait_for(&details, |all| !has_conflict(all));
    client.wait_for(&overview, |all| !has_conflict(all));
    assert_eq!(client.diagnostics[&overview].0, 2);
    assert!(client.leave().success());
}

#[test]
fn a_document_that_is_not_open_counts_too() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("details.md"), DETAILS).unwrap();
    let (mut client, _) = Client::in_folder(folder.path(), json!({}));
    let [new, details] = ["new.md", "details.md"].map(|name| uri(folder.path(), name));
    client.open(&new, OVERVIEW);
    conflict(&mut client, &new);
    conflict(&mut client, &details);
    fs::remove_file(folder.path().join("details.md")).unwrap();
    client.notify(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": details, "type": 3 }] }),
    );
    client.wait_for(&new, |all| !has_conflict(all));
    client.wait_for(&details, <[Value]>::is_empty);
    assert!(client.leave().success());
}

#[test]
fn the_action_to_ignore_hides_the_finding() {
    for name in ["overview", "details"] {
        for words in [" here, with a reason", " in all of "] {
            let (_folder, mut client, overview, details) = both(json!({}));
            let found = [
                conflict(&mut client, &overview),
                conflict(&mut client, &details),
            ];
            // The comment goes to the finding's own document, whichever of the two it is offered in.
            let (from, at) = match name {
                "overview" => (&overview, &found[0]),
                _ => (&details, &found[1]),
            };
            let actions = client.actions(from, at);
            let ignoring = |action: &&Value| {
                let title = action["title"].as_str().unwrap();
                title.contains("Ignore figure-conflict")
                    && (words.contains(" all") == title.contains(" all"))
            };
            let action = actions.iter().find(ignoring).unwrap();
            let edited = [(&overview, OVERVIEW), (&details, DETAILS)]
                .into_iter()
                .find(|(uri, _)| action["edit"]["changes"].get(uri.as_str()).is_some());
            let (uri, text) = edited.unwrap();
            let text = applied(text, action, uri);
            assert!(
                text.contains("ignore[figure-conflict] TODO: say why -->"),
                "{text}"
            );
            client.replace(uri, 2, &text);
            let is_gone = |all: &[Value]| !has_conflict(all);
            client.wait_for(&overview, is_gone);
            let left = client.wait_for(&details, is_gone);
            let of_comments = |one: &Value| one["code"].as_str().unwrap().contains("suppression");
            assert!(!left.iter().any(of_comments), "{left:?}");
            assert!(client.leave().success());
        }
    }
}

#[test]
fn hover_tells_of_figures_marks_and_findings() {
    let markdown =
        json!({ "textDocument": { "hover": { "contentFormat": ["markdown", "plaintext"] } } });
    for (capabilities, kind) in [(json!({}), "plaintext"), (markdown, "markdown")] {
        let (_folder, mut client, overview, details) = both(capabilities);
        conflict(&mut client, &overview);
        conflict(&mut client, &details);
        let mut said = |words: &str| {
            let at = position(OVERVIEW, words);
            let hover = client.at("textDocument/hover", &overview, &at);
            assert_eq!(hover["contents"]["kind"], kind, "{words}: {hover}");
            hover["contents"]["value"].as_str().unwrap().to_owned()
        };
        let finding = said("4,310");
        assert!(finding.contains("details.md:3"), "{finding}");
        assert!(finding.contains("Taken to be one figure"), "{finding}");
        assert_eq!(finding.contains("```text"), kind == "markdown");
        let figure = said("212 km");
        assert!(figure.contains("stands for 211.5"), "{figure}");
        assert!(said("[1]").contains("Larkspur survey of kelp coasts"));
        let nothing = client.at(
            "textDocument/hover",
            &overview,
            &json!({ "line": 1, "character": 0 }),
        );
        assert_eq!(nothing, Value::Null);
        assert!(client.leave().success());
    }
}

#[test]
fn a_mark_leads_to_its_entry_and_a_finding_to_its_other_place() {
    let capabilities = json!({ "window": { "showDocument": { "support": true } } });
    let (_folder, mut client, overview, details) = both(capabilities);
    conflict(&mut client, &details);
    let found = conflict(&mut client, &overview);
    let entry = client.at(
        "textDocument/definition",
        &overview,
        &position(OVERVIEW, "[1]"),
    );
    assert_eq!(entry[0]["uri"], overview.as_str());
    assert_eq!(entry[0]["range"]["start"]["line"], 6);
    let other = client.at(
        "textDocument/definition",
        &overview,
        &position(OVERVIEW, "4,310"),
    );
    assert_eq!(other[0]["uri"], details.as_str());
    let actions = client.actions(&overview, &found);
    let going = |action: &&Value| action["title"] == "Go to details.md:3";
    let command = &actions.iter().find(going).unwrap()["command"];
    let run = json!({ "command": command["command"], "arguments": command["arguments"] });
    assert_eq!(
        client.request("workspace/executeCommand", run),
        Ok(Value::Null)
    );
    client.wait(|client| {
        client
            .asked
            .iter()
            .any(|one| one.method == "window/showDocument")
    });
    let shown = client
        .asked
        .iter()
        .find(|one| one.method == "window/showDocument");
    assert_eq!(shown.unwrap().params["uri"], details.as_str());
    assert!(client.leave().success());
}

#[test]
fn columns_are_counted_as_agreed() {
    let text = OVERVIEW.replace("The Larkspur", "😀中é The Larkspur");
    let utf8 = json!({ "general": { "positionEncodings": ["utf-16", "utf-8"] } });
    for (capabilities, encoding, before) in [(json!({}), "utf-16", 5), (utf8, "utf-8", 10)] {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("details.md"), DETAILS).unwrap();
        let (mut client, answer) = Client::in_folder(folder.path(), capabilities);
        assert_eq!(answer["capabilities"]["positionEncoding"], encoding);
        let overview = uri(folder.path(), "overview.md");
        client.open(&overview, &text);
        let found = conflict(&mut client, &overview);
        let column = OVERVIEW.lines().nth(2).unwrap().find("4,310").unwrap();
        assert_eq!(found["range"]["start"]["character"], column + before);
        let (start, end) = (column + before, column + before + "4,310".len());
        let range = json!({ "start": { "line": 2, "character": start }, "end": { "line": 2, "character": end } });
        client.change(&overview, 2, json!([{ "range": range, "text": "4,130" }]));
        client.wait_for(&overview, |all| !has_conflict(all));
        assert!(client.leave().success());
    }
}

#[test]
fn settings_hold_and_their_errors_stand_in_their_file() {
    let folder = tempfile::tempdir().unwrap();
    let settings = folder.path().join("factlint.toml");
    for (name, text) in [("overview.md", OVERVIEW), ("details.md", DETAILS)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    fs::write(&settings, "[rules]\nfigure-conflict = \"note\"\n").unwrap();
    let (mut client, _) = Client::in_folder(folder.path(), json!({}));
    let details = uri(folder.path(), "details.md");
    assert_eq!(conflict(&mut client, &details)["severity"], 3);
    fs::write(&settings, "[rules]\nfigure-conflict = \"eror\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    let wrong = client.wait_for(&uri(folder.path(), "factlint.toml"), |all| !all.is_empty());
    assert_eq!(wrong[0]["range"]["start"]["line"], 1);
    assert!(
        has_conflict(&client.diagnostics[&details].1),
        "the last good settings hold"
    );
    fs::write(&settings, "[rules]\nfigure-conflict = \"off\"\n").unwrap();
    client.notify("workspace/didChangeWatchedFiles", json!({ "changes": [] }));
    client.wait_for(&details, |all| !has_conflict(all));
    client.wait_for(&uri(folder.path(), "factlint.toml"), <[Value]>::is_empty);
    assert!(client.leave().success());
}

#[test]
fn documents_without_a_folder_are_checked_together() {
    let mut client = Client::start();
    let capabilities = json!({ "capabilities": {}, "rootUri": null });
    client.request("initialize", capabilities).unwrap();
    client.notify("initialized", json!({}));
    client.open("untitled:Untitled-1", OVERVIEW);
    client.open("untitled:Untitled-2", DETAILS);
    conflict(&mut client, "untitled:Untitled-1");
    conflict(&mut client, "untitled:Untitled-2");
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": "untitled:Untitled-2" } }),
    );
    client.wait_for("untitled:Untitled-1", |all| !has_conflict(all));
    client.wait_for("untitled:Untitled-2", <[Value]>::is_empty);
    assert!(client.leave().success());
}

#[test]
fn folders_come_and_go() {
    let folder = tempfile::tempdir().unwrap();
    for (name, text) in [("overview.md", OVERVIEW), ("details.md", DETAILS)] {
        fs::write(folder.path().join(name), text).unwrap();
    }
    let empty = tempfile::tempdir().unwrap();
    let (mut client, _) = Client::in_folder(empty.path(), json!({}));
    let details = uri(folder.path(), "details.md");
    let own = json!([{ "uri": uri(folder.path(), ""), "name": "own" }]);
    let change =
        |added: &Value, removed: &Value| json!({ "event": { "added": added, "removed": removed } });
    let method = "workspace/didChangeWorkspaceFolders";
    client.notify(method, change(&own, &json!([])));
    conflict(&mut client, &details);
    client.notify(method, change(&json!([]), &own));
    client.wait_for(&details, <[Value]>::is_empty);
    assert!(client.leave().success());
}

#[test]
fn bad_messages_are_answered_and_the_next_one_is_heard() {
    let (folder, mut client, overview, _) = both(json!({}));
    let hover = "textDocument/hover";
    assert_eq!(client.request("factlint/none", json!({})), Err(-32601));
    assert_eq!(client.request(hover, json!({ "position": 3 })), Err(-32602));
    assert_eq!(
        client.request("workspace/executeCommand", json!({ "command": "rm" })),
        Err(-32602)
    );
    client.write("Content-Length: 1\r\n\r\n{");
    client.write("no header at all\r\n\r\n");
    client.write("Content-Length: 99999999999999999999999999\r\n\r\n");
    client.write("Content-Length: 14\r\n\r\n[1, 2, 3, \"4\"]");
    client.wait(|client| client.logged.len() >= 4);
    let elsewhere = uri(folder.path(), "elsewhere.md");
    client.change(&elsewhere, 7, json!([{ "text": "x" }]));
    client.notify(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": elsewhere } }),
    );
    client.notify("textDocument/didOpen", json!({ "textDocument": "none" }));
    client.notify("$/setTrace", json!({ "value": "off" }));
    client.wait(|client| client.logged.len() >= 7);
    for position in [
        json!({ "line": 4_000_000_000_u32, "character": 0 }),
        json!({ "line": 2, "character": u32::MAX }),
    ] {
        client.at(hover, &overview, &position);
        client.at("textDocument/definition", &overview, &position);
    }
    assert_eq!(
        client.at(hover, &elsewhere, &json!({ "line": 0, "character": 0 })),
        Value::Null
    );
    let far = json!({ "line": 900, "character": 900 });
    let backwards =
        json!([{ "range": { "start": far, "end": { "line": 0, "character": 0 } }, "text": "\n" }]);
    client.change(&overview, 2, backwards);
    conflict(&mut client, &overview);
    assert!(client.leave().success());
}

#[test]
fn the_exit_status_tells_whether_leave_was_taken() {
    let mut early = Client::start();
    assert_eq!(early.request("textDocument/hover", json!({})), Err(-32002));
    assert_eq!(early.request("initialize", json!(3)), Err(-32602));
    early.notify("exit", Value::Null);
    assert_eq!(early.hang_up().code(), Some(1));
    let (folder, mut client) = (tempfile::tempdir().unwrap(), Client::start());
    client
        .request(
            "initialize",
            json!({ "capabilities": {}, "rootUri": uri(folder.path(), "") }),
        )
        .unwrap();
    client.request("shutdown", Value::Null).unwrap();
    assert_eq!(client.request("textDocument/hover", json!({})), Err(-32600));
    client.notify("exit", Value::Null);
    assert_eq!(client.hang_up().code(), Some(0));
    assert_eq!(Client::start().hang_up().code(), Some(1));
}
