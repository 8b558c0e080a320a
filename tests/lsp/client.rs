//! An editor without a screen: it starts the program, speaks to it over its pipes, and keeps what it is told.
#![expect(
    clippy::needless_pass_by_value,
    reason = "a message is written where it is sent"
)]

use std::collections::BTreeMap;
use std::io::{BufReader, Write};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;

use lsp_server::{Message, Notification, Request, RequestId, Response};
use serde_json::{Value, json};

/// After so long without a message the server is taken for dead; no test passes or fails by it otherwise.
const PATIENCE: Duration = Duration::from_mins(3);

pub(crate) struct Client {
    child: Child,
    input: Option<ChildStdin>,
    messages: Receiver<Message>,
    last_id: i32,
    /// The newest diagnostics of each document, with the version they are for.
    pub(crate) diagnostics: BTreeMap<String, (Value, Vec<Value>)>,
    /// Requests of the server, each answered with `null`.
    pub(crate) asked: Vec<Request>,
    /// Texts of `window/logMessage`.
    pub(crate) logged: Vec<String>,
}

impl Client {
    /// Starts the program; nothing is said to it yet.
    pub(crate) fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_factlint"))
            .args(["lsp", "--threads", "2"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut output = BufReader::new(child.stdout.take().unwrap());
        let (sender, messages) = channel();
        std::thread::spawn(move || {
            while let Some(message) = Message::read(&mut output).unwrap() {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        Self {
            input: child.stdin.take(),
            child,
            messages,
            last_id: 0,
            diagnostics: BTreeMap::new(),
            asked: Vec::new(),
            logged: Vec::new(),
        }
    }

    /// A client that has opened a folder; `capabilities` are its own.
    pub(crate) fn in_folder(folder: &Path, capabilities: Value) -> (Self, Value) {
        let mut client = Self::start();
        let answer = client.request(
            "initialize",
            json!({ "processId": null, "rootUri": uri(folder, ""), "capabilities": capabilities }),
        );
        client.notify("initialized", json!({}));
        (client, answer.unwrap())
    }

    /// Writes bytes as they are.
    pub(crate) fn write(&mut self, bytes: &str) {
        let input = self.input.as_mut().unwrap();
        input.write_all(bytes.as_bytes()).unwrap();
        input.flush().unwrap();
    }

    pub(crate) fn notify(&mut self, method: &str, parameters: Value) {
        let message: Message = Notification::new(method.to_owned(), parameters).into();
        message.write(self.input.as_mut().unwrap()).unwrap();
    }

    /// Sends a request and waits for its answer; `Err` is the code of the error.
    pub(crate) fn request(&mut self, method: &str, parameters: Value) -> Result<Value, i32> {
        self.last_id += 1;
        let id = RequestId::from(self.last_id);
        let message: Message = Request::new(id.clone(), method.to_owned(), parameters).into();
        message.write(self.input.as_mut().unwrap()).unwrap();
        loop {
            if let Some(response) = self.receive()
                && response.id == id
            {
                return response.response_result.map_err(|error| error.code);
            }
        }
    }

    /// Waits until the diagnostics of a document are as wanted.
    pub(crate) fn wait_for(&mut self, uri: &str, wanted: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        loop {
            if let Some((_, diagnostics)) = self.diagnostics.get(uri)
                && wanted(diagnostics)
            {
                return diagnostics.clone();
            }
            self.receive();
        }
    }

    /// Waits until something holds of what was received.
    pub(crate) fn wait(&mut self, wanted: impl Fn(&Self) -> bool) {
        while !wanted(self) {
            self.receive();
        }
    }

    /// Takes note of one message; answers are given back.
    fn receive(&mut self) -> Option<Response> {
        match self.messages.recv_timeout(PATIENCE) {
            Ok(Message::Response(response)) => return Some(response),
            Ok(Message::Request(request)) => {
                let answer: Message = Response::new_ok(request.id.clone(), Value::Null).into();
                answer.write(self.input.as_mut().unwrap()).unwrap();
                self.asked.push(request);
            }
            Ok(Message::Notification(told)) => self.take_note(&told),
            Err(RecvTimeoutError::Timeout) => panic!("no message came: {:?}", self.diagnostics),
            Err(RecvTimeoutError::Disconnected) => panic!("the server went away"),
        }
        None
    }

    fn take_note(&mut self, told: &Notification) {
        let parameters = &told.params;
        match told.method.as_str() {
            "textDocument/publishDiagnostics" => {
                let uri = parameters["uri"].as_str().unwrap().to_owned();
                let all = parameters["diagnostics"].as_array().unwrap().clone();
                let version = parameters["version"].clone();
                self.diagnostics.insert(uri, (version, all));
            }
            "window/logMessage" => {
                let message = parameters["message"].as_str().unwrap();
                self.logged.push(message.to_owned());
            }
            _ => {}
        }
    }

    pub(crate) fn open(&mut self, uri: &str, text: &str) {
        let document = json!({ "uri": uri, "languageId": "markdown", "version": 1, "text": text });
        self.notify("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces all of a document's text.
    pub(crate) fn replace(&mut self, uri: &str, version: i32, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    pub(crate) fn change(&mut self, uri: &str, version: i32, changes: Value) {
        self.notify(
            "textDocument/didChange",
            json!({
                "textDocument": { "uri": uri, "version": version },
                "contentChanges": changes,
            }),
        );
    }

    /// The request about a position of a document.
    pub(crate) fn at(&mut self, method: &str, uri: &str, position: &Value) -> Value {
        let parameters = json!({ "textDocument": { "uri": uri }, "position": position });
        self.request(method, parameters).unwrap()
    }

    /// The code actions at a diagnostic.
    pub(crate) fn actions(&mut self, uri: &str, diagnostic: &Value) -> Vec<Value> {
        let parameters = json!({
            "textDocument": { "uri": uri },
            "range": diagnostic["range"],
            "context": { "diagnostics": [diagnostic] },
        });
        let answer = self.request("textDocument/codeAction", parameters);
        answer.unwrap().as_array().unwrap().clone()
    }

    /// Closes the input without a word.
    pub(crate) fn hang_up(mut self) -> ExitStatus {
        drop(self.input.take());
        self.child.wait().unwrap()
    }

    /// Takes leave as the protocol wants.
    pub(crate) fn leave(mut self) -> ExitStatus {
        assert_eq!(self.request("shutdown", Value::Null), Ok(Value::Null));
        self.notify("exit", Value::Null);
        self.child.wait().unwrap()
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        // It is gone already, unless the test failed.
        let _gone = self.child.kill();
        let _reaped = self.child.wait();
    }
}

/// The URI of a file in a folder.
pub(crate) fn uri(folder: &Path, name: &str) -> String {
    let path = if name.is_empty() {
        folder.to_owned()
    } else {
        folder.join(name)
    };
    url::Url::from_file_path(path).unwrap().into()
}

/// The position of the first occurrence of some words, columns in UTF-16 units.
pub(crate) fn position(text: &str, words: &str) -> Value {
    let at = text.find(words).unwrap();
    let line_start = text[..at].rfind('\n').map_or(0, |end| end + 1);
    json!({
        "line": text[..at].matches('\n').count(),
        "character": text[line_start..at].encode_utf16().count(),
    })
}

/// A text with the one edit of a code action applied, columns in UTF-16 units.
pub(crate) fn applied(text: &str, action: &Value, uri: &str) -> String {
    let edit = &action["edit"]["changes"][uri][0];
    let start = &edit["range"]["start"];
    assert_eq!(start, &edit["range"]["end"], "an insertion");
    let line = usize::try_from(start["line"].as_u64().unwrap()).unwrap();
    let column = usize::try_from(start["character"].as_u64().unwrap()).unwrap();
    let before: usize = text.split_inclusive('\n').take(line).map(str::len).sum();
    let units: Vec<u16> = text[before..].encode_utf16().take(column).collect();
    let offset = before + String::from_utf16(&units).unwrap().len();
    let new = edit["newText"].as_str().unwrap();
    format!("{}{new}{}", &text[..offset], &text[offset..])
}
