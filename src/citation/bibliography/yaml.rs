//! CSL YAML: a list of items, or one under `references:`, also in the front matter of a document.
//!
//! Only what reference managers write is read: indented mappings and lists, quoted and plain scalars, block scalars, lists in
//! brackets. Anchors, tags and inline mappings are not. Linear in the text.

use serde_json::{Map, Value};

/// Deepest nesting that is read; items are four deep.
const DEEPEST: usize = 16;

/// One item with the byte at which its id (or else the item) begins.
pub(super) struct Item {
    pub(super) at: usize,
    pub(super) value: Value,
}

#[derive(Clone, Copy)]
struct Line<'t> {
    at: usize,
    indent: usize,
    text: &'t str,
}

/// The items of a text, in order. `from` is the byte at which it begins in its file.
pub(super) fn items(text: &str, from: usize) -> Vec<Item> {
    let all = lines(text, from);
    let key = all.iter().position(|line| {
        line.indent == 0
            && line
                .text
                .strip_prefix("references:")
                .is_some_and(str::is_empty)
    });
    let start = key.map_or(0, |key| key + 1);
    let Some(first) = all.get(start).copied().filter(|line| is_item(line.text)) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut rest = all.get(start..).unwrap_or_default();
    while let Some(line) = rest.first() {
        if line.indent != first.indent || !is_item(line.text) {
            break;
        }
        let behind = rest.get(1..).unwrap_or_default();
        let length = 1 + behind
            .iter()
            .take_while(|next| next.indent > first.indent)
            .count();
        let (item, next) = rest.split_at(length);
        let mut reader = Reader {
            lines: item.to_vec(),
            at: 0,
        };
        let at = item
            .iter()
            .find(|line| line.text.trim_start_matches("- ").starts_with("id:"));
        found.push(Item {
            at: at.map_or(line.at, |line| line.at),
            value: only(reader.value(0)),
        });
        rest = next;
    }
    found
}

/// The one value of a list that holds one.
fn only(value: Value) -> Value {
    let mut value = value;
    let first = value.as_array_mut().filter(|items| items.len() == 1);
    first.and_then(Vec::pop).unwrap_or(value)
}

fn is_item(text: &str) -> bool {
    text == "-" || text.starts_with("- ")
}

/// Lines with something to read, without comments and the marks of a document's beginning and end.
fn lines(text: &str, from: usize) -> Vec<Line<'_>> {
    let mut at = from;
    let mut found = Vec::new();
    for whole in text.split_inclusive('\n') {
        let indent = whole.len() - whole.trim_start_matches(' ').len();
        let printed = whole.trim();
        if !(printed.is_empty() || printed.starts_with('#') || matches!(printed, "---" | "...")) {
            found.push(Line {
                at: at + indent,
                indent,
                text: printed,
            });
        }
        at += whole.len();
    }
    found
}

struct Reader<'t> {
    lines: Vec<Line<'t>>,
    at: usize,
}

impl Reader<'_> {
    /// The value that begins at the current line; reads to the first line that is indented less.
    fn value(&mut self, depth: usize) -> Value {
        let Some(line) = self.lines.get(self.at).copied().filter(|_| depth < DEEPEST) else {
            self.at += 1;
            return Value::Null;
        };
        if is_item(line.text) {
            self.list(line.indent, depth)
        } else if key(line.text).is_some() {
            self.mapping(line.indent, depth)
        } else {
            self.at += 1;
            scalar(line.text)
        }
    }

    fn list(&mut self, indent: usize, depth: usize) -> Value {
        let mut items = Vec::new();
        while let Some(line) = self.lines.get_mut(self.at) {
            if line.indent != indent || !is_item(line.text) {
                break;
            }
            let inner = line.text.trim_start_matches('-').trim_start();
            if inner.is_empty() {
                self.at += 1;
                items.push(self.below(indent, depth));
            } else {
                line.indent += line.text.len() - inner.len();
                line.text = inner;
                items.push(self.value(depth + 1));
            }
            self.skip_below(indent);
        }
        Value::Array(items)
    }

    fn mapping(&mut self, indent: usize, depth: usize) -> Value {
        let mut fields = Map::new();
        while let Some(line) = self.lines.get(self.at).copied() {
            let Some((name, printed)) = key(line.text).filter(|_| line.indent == indent) else {
                break;
            };
            self.at += 1;
            let value = if printed.is_empty() {
                self.below(indent, depth)
            } else {
                let block = matches!(printed, "|" | ">" | "|-" | ">-" | "|+" | ">+");
                let mut text = if block { "" } else { printed }.to_owned();
                while let Some(more) = self.lines.get(self.at).filter(|more| more.indent > indent) {
                    text.push(' ');
                    text.push_str(more.text);
                    self.at += 1;
                }
                scalar(text.trim())
            };
            fields.insert(name.to_owned(), value);
        }
        Value::Object(fields)
    }

    /// What stands below a key or a dash without a value of its own; a list may stand as far left as its key.
    fn below(&mut self, indent: usize, depth: usize) -> Value {
        match self.lines.get(self.at) {
            Some(next) if next.indent > indent || next.indent == indent && is_item(next.text) => {
                self.value(depth + 1)
            }
            Some(_) | None => Value::Null,
        }
    }

    fn skip_below(&mut self, indent: usize) {
        while self
            .lines
            .get(self.at)
            .is_some_and(|line| line.indent > indent)
        {
            self.at += 1;
        }
    }
}

/// `name: value`, or `name:` with the value below.
fn key(text: &str) -> Option<(&str, &str)> {
    let (name, value) = match text.split_once(": ") {
        Some((name, value)) => (name, value.trim()),
        None => (text.strip_suffix(':')?, ""),
    };
    let name = name.trim_matches(['"', '\'']);
    let named = !name.is_empty()
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '-' | '_'));
    named.then_some((name, value))
}

fn scalar(text: &str) -> Value {
    if let Some(inner) = text
        .strip_prefix('[')
        .and_then(|text| text.strip_suffix(']'))
    {
        return Value::Array(
            inner
                .split(',')
                .map(|item| scalar(item.trim_matches([' ', '[', ']'])))
                .collect(),
        );
    }
    let quoted = |mark: char| {
        text.strip_prefix(mark)
            .and_then(|text| text.strip_suffix(mark))
    };
    if let Some(inner) = quoted('"') {
        return serde_json::from_str(text).unwrap_or_else(|_| Value::from(inner));
    }
    Value::from(quoted('\'').map_or_else(|| text.to_owned(), |inner| inner.replace("''", "'")))
}
