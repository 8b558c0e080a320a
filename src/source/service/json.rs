//! Fields of JSON, where any of them may be missing or of another type.

use serde_json::Value;

use super::Unreadable;
use super::markup::plain;

/// Most items that are read of a list.
const MOST_ITEMS: usize = 10_000;

/// Reads a body. Nesting is limited by the parser (128 levels).
pub(super) fn parse(body: &[u8]) -> Result<Value, Unreadable> {
    serde_json::from_slice(body).map_err(|_| Unreadable)
}

/// The text at a JSON pointer as written; empty where there is none.
pub(super) fn raw<'v>(value: &'v Value, pointer: &str) -> &'v str {
    value
        .pointer(pointer)
        .and_then(Value::as_str)
        .unwrap_or_default()
}

/// The text at a JSON pointer, or the first of a list there, without markup.
pub(super) fn text(value: &Value, pointer: &str) -> String {
    let found = value.pointer(pointer);
    let first = found
        .and_then(Value::as_array)
        .and_then(|list| list.first());
    plain(first.or(found).and_then(Value::as_str).unwrap_or_default())
}

/// The list at a JSON pointer; empty where there is none.
pub(super) fn items<'v>(
    value: &'v Value,
    pointer: &str,
) -> impl Iterator<Item = &'v Value> + use<'v> {
    value
        .pointer(pointer)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
        .take(MOST_ITEMS)
}

/// The texts of the list at a JSON pointer, those without one left out.
pub(super) fn texts(value: &Value, pointer: &str) -> Vec<String> {
    items(value, pointer)
        .map(|item| plain(item.as_str().unwrap_or_default()))
        .filter(|text| !text.is_empty())
        .collect()
}

/// The number at a JSON pointer, also where it is written as text.
pub(super) fn number(value: &Value, pointer: &str) -> Option<u64> {
    let found = value.pointer(pointer)?;
    found
        .as_u64()
        .or_else(|| found.as_str()?.trim().parse().ok())
}
