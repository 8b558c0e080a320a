//! Records as sections with lists of lines, as they are printed: keys are headings, strings are lines.
//!
//! It leaves out the sections of which no rule says anything.

use std::sync::LazyLock;

use regex::Regex;
use serde_json::Value;

use super::{Count, EventGroup, Record};

/// `Neutropenia [1] 4/69 (5.80%)`: name, mark of a note, affected, at risk.
static EVENT: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(r"^(.*?)\s*(?:\[\d+\]|\*+)?\s*(\d{1,9})/(\d{1,9})(?:\s*\(|$)").ok()
});

/// `None` where the text is no such record.
pub(super) fn read(json: &Value) -> Option<Record> {
    let id = json.get("Clinical Trial ID")?.as_str()?;
    Some(Record {
        id: id.to_owned(),
        event_groups: event_groups(&lines(json, "Adverse Events")),
        // Below the head: "Outcome Measurement:".
        outcomes: lines(json, "Results")
            .get(1)
            .map(|title| (*title).to_owned())
            .into_iter()
            .collect(),
    })
}

fn lines<'a>(json: &'a Value, heading: &str) -> Vec<&'a str> {
    let lines = json.get(heading).and_then(Value::as_array);
    let lines = lines.into_iter().flatten().filter_map(Value::as_str);
    lines.map(str::trim).collect()
}

fn event_groups(lines: &[&str]) -> Vec<EventGroup> {
    let mut groups: Vec<EventGroup> = Vec::new();
    for line in lines {
        if is_head(line, "Adverse Events ") {
            groups.push(EventGroup::default());
            continue;
        }
        let (Some(group), Some((name, count))) = (groups.last_mut(), event(line)) else {
            continue;
        };
        if name == "Total:" {
            group.total = Some(count);
        } else {
            group.events.push((name.to_owned(), count));
        }
    }
    groups
}

fn event(line: &str) -> Option<(&str, Count)> {
    let (_, [name, affected, at_risk]) = EVENT.as_ref()?.captures(line)?.extract();
    let count = Count {
        affected: affected.parse().ok()?,
        at_risk: at_risk.parse().ok()?,
    };
    Some((name, count))
}

/// Whether a line is a numbered head: `Results 2:`.
fn is_head(line: &str, name: &str) -> bool {
    let number = line
        .strip_prefix(name)
        .map(|rest| rest.trim_end_matches(':'));
    number.is_some_and(|number| {
        !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit())
    })
}

#[cfg(test)]
mod tests {
    use super::super::Record;

    #[test]
    fn sections_of_lines_are_read() {
        let record = Record::read(
            r#"{"Clinical Trial ID":"NCT00000009","Results":["Outcome Measurement: ","  Progression-free Survival"],
            "Adverse Events":["Adverse Events 1:","  Total: 5/40 (12.50%)","  Sepsis [1]3/40 (7.50%)","Adverse Events 2:"]}"#,
        )
        .unwrap();
        let [first, second] = record.event_groups.as_slice() else {
            panic!("two groups");
        };
        assert_eq!(first.total.unwrap().affected, 5);
        assert_eq!(
            (first.events[0].0.as_str(), first.events[0].1.affected),
            ("Sepsis", 3)
        );
        assert_eq!(second.events, []);
        assert_eq!(record.outcomes, ["Progression-free Survival"]);
    }

    #[test]
    fn other_texts_are_no_records() {
        for text in [
            "",
            "[]",
            "{}",
            "{\"Clinical Trial ID\":7}",
            "{\"Results\":[[]]}",
            "# NCT00000009",
        ] {
            assert_eq!(Record::read(text), None, "{text}");
        }
    }
}
