//! The keys of a settings file: where each stands, and which are known.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::Value;
use toml::de::{DeTable, DeValue};

use crate::text::Problem;
use crate::text::suggest::nearest;

/// Names that keys of a table may have.
pub struct Known<'a> {
    /// Dotted path of the table, `*` for any number or name: `rules`, `override.*.rules`.
    pub table: &'a str,
    /// What a key of it is: "rule", "pack".
    pub noun: &'a str,
    /// The names, sorted.
    pub names: Vec<&'a str>,
}

impl Known<'_> {
    /// The keys of a settings file that are none of the names. A file that is no TOML has none.
    pub fn unknown(&self, path: &str, text: &str) -> Vec<Problem> {
        let wanted: Vec<&str> = self.table.split('.').collect();
        let mut problems = Vec::new();
        for (key, start) in places(text) {
            let Some((name, parents)) = key.split_last() else {
                continue;
            };
            let fits = parents.len() == wanted.len()
                && parents
                    .iter()
                    .zip(&wanted)
                    .all(|(parent, wanted)| *wanted == "*" || parent == wanted);
            if fits && !self.names.contains(&name.as_str()) {
                let help = nearest(name, self.names.iter().copied()).map_or_else(
                    || format!("use {}", one_of(&self.names)),
                    |near| format!("did you mean {near}?"),
                );
                problems.push(Problem {
                    path: path.to_owned(),
                    line: Some(line(text, start)),
                    message: format!("no {} is called `{name}`", self.noun),
                    help,
                });
            }
        }
        problems
    }
}

/// The line, from 1, of every key of a settings file by its dotted path.
pub fn lines(text: &str) -> BTreeMap<String, usize> {
    places(text)
        .into_iter()
        .map(|(key, start)| (key.join("."), line(text, start)))
        .collect()
}

/// Keys that the schema does not have.
pub(super) fn unknown(path: &str, text: &str, schema: &Value) -> Vec<Problem> {
    let mut problems = Vec::new();
    for (key, start) in places(text) {
        let Some((name, parents)) = key.split_last() else {
            continue;
        };
        let Some(parent) = descend(schema, parents) else {
            continue;
        };
        let is_closed = parent.get("additionalProperties") == Some(&Value::Bool(false));
        let Some(known) = parent.get("properties").and_then(Value::as_object) else {
            continue;
        };
        if is_closed && !known.contains_key(name) {
            let mut names: Vec<&str> = known.keys().map(String::as_str).collect();
            names.sort_unstable();
            problems.push(Problem {
                path: path.to_owned(),
                line: Some(line(text, start)),
                message: format!("unknown key `{name}`"),
                help: nearest(name, names.iter().copied()).map_or_else(
                    || format!("use {}", one_of(&names)),
                    |near| format!("did you mean {near}?"),
                ),
            });
        }
    }
    problems
}

/// What the TOML reader says, with its line.
pub(super) fn problem(
    path: &str,
    text: &str,
    span: Option<Range<usize>>,
    message: &str,
) -> Problem {
    Problem {
        path: path.to_owned(),
        line: span.map(|span| line(text, span.start)),
        message: message.lines().collect::<Vec<_>>().join(", "),
        help: "factlint config --schema shows what may stand there".to_owned(),
    }
}

/// The schema of what stands at a path.
fn descend<'s>(root: &'s Value, path: &[String]) -> Option<&'s Value> {
    path.iter().try_fold(root, |schema, key| {
        let named = schema.get("properties").and_then(|known| known.get(key));
        let found = named
            .or_else(|| schema.get("items"))
            .or_else(|| schema.get("additionalProperties"))?;
        match found.get("$ref").and_then(Value::as_str) {
            Some(reference) => root.pointer(reference.strip_prefix('#')?),
            None => Some(found),
        }
    })
}

/// Every key with its path (members of arrays by their number) and the byte where it begins.
fn places(text: &str) -> Vec<(Vec<String>, usize)> {
    let mut found = Vec::new();
    if let Ok(table) = DeTable::parse(text) {
        collect(table.get_ref(), &mut Vec::new(), &mut found);
    }
    found.sort_by_key(|(_, start)| *start);
    found
}

fn collect(table: &DeTable<'_>, path: &mut Vec<String>, found: &mut Vec<(Vec<String>, usize)>) {
    for (key, value) in table {
        path.push(key.get_ref().to_string());
        found.push((path.clone(), key.span().start));
        collect_value(value.get_ref(), path, found);
        path.pop();
    }
}

fn collect_value(
    value: &DeValue<'_>,
    path: &mut Vec<String>,
    found: &mut Vec<(Vec<String>, usize)>,
) {
    if let Some(table) = value.as_table() {
        collect(table, path, found);
    }
    for (at, member) in value.as_array().into_iter().flatten().enumerate() {
        path.push(at.to_string());
        collect_value(member.get_ref(), path, found);
        path.pop();
    }
}

/// Line of a byte, from 1.
fn line(text: &str, at: usize) -> usize {
    text.bytes().take(at).filter(|byte| *byte == b'\n').count() + 1
}

/// "a, b or c".
fn one_of(names: &[&str]) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} or {last}", rest.join(", ")),
        Some((last, _)) => (*last).to_owned(),
        None => "none".to_owned(),
    }
}
