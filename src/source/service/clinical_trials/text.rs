//! The record of a trial as Markdown, so that its figures are read as those of documents are: eligibility, arms and
//! interventions, outcomes, results and adverse events, groups side by side in tables.

use serde_json::Value;

use super::super::json::{items, number, raw, text};

/// The Markdown; parts that the record lacks are left out.
pub(super) fn of(record: &Value) -> String {
    let mut page = Page::default();
    eligibility(record, &mut page);
    interventions(record, &mut page);
    for (title, list) in [
        ("Primary outcomes", "primaryOutcomes"),
        ("Secondary outcomes", "secondaryOutcomes"),
    ] {
        let planned = items(record, &format!("/protocolSection/outcomesModule/{list}"));
        page.list(
            title,
            planned.map(|outcome| {
                joined(
                    &[
                        text(outcome, "/measure"),
                        text(outcome, "/timeFrame"),
                        text(outcome, "/description"),
                    ],
                    " – ",
                )
            }),
        );
    }
    for measure in items(
        record,
        "/resultsSection/outcomeMeasuresModule/outcomeMeasures",
    ) {
        result(measure, &mut page);
    }
    if let Some(events) = record.pointer("/resultsSection/adverseEventsModule") {
        adverse_events(events, &mut page);
    }
    page.text
}

fn eligibility(record: &Value, page: &mut Page) {
    let field = |name: &str| {
        text(
            record,
            &format!("/protocolSection/eligibilityModule/{name}"),
        )
    };
    // The criteria are Markdown, lists included; only a heading would break the outline.
    let criteria: Vec<String> = raw(
        record,
        "/protocolSection/eligibilityModule/eligibilityCriteria",
    )
    .lines()
    .map(|line| {
        line.replace(char::is_control, " ")
            .trim_end()
            .trim_start_matches('#')
            .to_owned()
    })
    .collect();
    let criteria = criteria.join("\n");
    let limits = [
        ("Sex", field("sex")),
        ("Minimum age", field("minimumAge")),
        ("Maximum age", field("maximumAge")),
    ];
    let limits: Vec<String> = limits
        .into_iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}: {value}."))
        .collect();
    if !criteria.trim().is_empty() || !limits.is_empty() {
        page.heading(2, "Eligibility");
        page.paragraph(criteria.trim());
        page.paragraph(&limits.join(" "));
    }
}

fn interventions(record: &Value, page: &mut Page) {
    let part = |list: &str| {
        items(
            record,
            &format!("/protocolSection/armsInterventionsModule/{list}"),
        )
    };
    page.list(
        "Arms",
        part("armGroups").map(|arm| {
            let names: Vec<&str> = items(arm, "/interventionNames")
                .filter_map(Value::as_str)
                .collect();
            joined(
                &[
                    text(arm, "/label"),
                    super::super::markup::plain(&names.join("; ")),
                    text(arm, "/description"),
                ],
                " – ",
            )
        }),
    );
    page.list(
        "Interventions",
        part("interventions").map(|intervention| {
            joined(
                &[
                    text(intervention, "/name"),
                    text(intervention, "/description"),
                ],
                " – ",
            )
        }),
    );
}

/// One outcome with its groups as columns: participants analysed, then a row for each class and category.
fn result(measure: &Value, page: &mut Page) {
    let kind = match raw(measure, "/type") {
        "PRIMARY" => "Primary outcome",
        "SECONDARY" => "Secondary outcome",
        _ => "Other outcome",
    };
    page.heading(2, &format!("Results – {kind}: {}", text(measure, "/title")));
    page.paragraph(&escaped(&text(measure, "/description")));
    let unit = text(measure, "/unitOfMeasure");
    let reported = joined(
        &[
            text(measure, "/paramType"),
            text(measure, "/dispersionType"),
        ],
        ", ",
    )
    .replace('_', " ");
    page.paragraph(&escaped(&joined(
        &[
            labelled("Unit", &unit),
            labelled("Reported as", &reported),
            labelled("Time frame", &text(measure, "/timeFrame")),
        ],
        " ",
    )));
    let mut table = Table::of_groups(items(measure, "/groups"));
    for denominator in items(measure, "/denoms") {
        let label = joined(&[text(denominator, "/units"), "analysed".to_owned()], " ");
        table.row(
            label,
            items(denominator, "/counts")
                .map(|count| (raw(count, "/groupId"), text(count, "/value"))),
        );
    }
    for class in items(measure, "/classes") {
        for category in items(class, "/categories") {
            let mut label = joined(&[text(class, "/title"), text(category, "/title")], ", ");
            if label.is_empty() {
                label = text(measure, "/title");
            }
            if !unit.is_empty() {
                label = format!("{label} ({unit})");
            }
            table.row(
                label,
                items(category, "/measurements")
                    .map(|value| (raw(value, "/groupId"), measured(value))),
            );
        }
    }
    page.table(&table);
    page.list("", items(measure, "/analyses").map(analysis));
}

/// `31.2 (1.5)`, `12.1 [9.8 to 14.0]`.
fn measured(value: &Value) -> String {
    let spread = text(value, "/spread");
    let limits = [text(value, "/lowerLimit"), text(value, "/upperLimit")];
    let mut shown = text(value, "/value");
    if !spread.is_empty() {
        shown = format!("{shown} ({spread})");
    }
    if limits.iter().any(|limit| !limit.is_empty()) {
        shown = format!("{shown} [{}]", joined(&limits, " to "));
    }
    shown
}

/// What a comparison of groups found.
fn analysis(analysis: &Value) -> String {
    let limits = [
        text(analysis, "/ciLowerLimit"),
        text(analysis, "/ciUpperLimit"),
    ];
    let mut parts = Vec::new();
    let estimate = text(analysis, "/paramValue");
    if !estimate.is_empty() {
        parts.push(joined(&[text(analysis, "/paramType"), estimate], " "));
    }
    if limits.iter().any(|limit| !limit.is_empty()) {
        let level = text(analysis, "/ciPctValue");
        parts.push(format!("{level}% CI {}", joined(&limits, " to ")));
    }
    let p_value = text(analysis, "/pValue");
    if !p_value.is_empty() {
        let sign = if p_value.starts_with(['<', '>', '=']) {
            ""
        } else {
            "="
        };
        parts.push(format!("p{sign}{p_value}"));
    }
    parts.push(text(analysis, "/statisticalMethod"));
    joined(&parts, ", ")
}

/// Deaths, serious and other events: all of them first, then each with the participants affected of those at risk.
fn adverse_events(events: &Value, page: &mut Page) {
    page.heading(2, "Adverse events");
    page.paragraph(&escaped(&labelled(
        "Time frame",
        &text(events, "/timeFrame"),
    )));
    let mut all = Table::of_groups(items(events, "/eventGroups"));
    for (label, field) in [
        ("Deaths", "deaths"),
        ("Serious adverse events", "serious"),
        ("Other adverse events", "other"),
    ] {
        all.row(
            label.to_owned(),
            items(events, "/eventGroups").map(|group| {
                let count = |part: &str| number(group, &format!("/{field}{part}"));
                (
                    raw(group, "/id"),
                    affected(count("NumAffected"), count("NumAtRisk")),
                )
            }),
        );
    }
    page.table(&all);
    for (title, list) in [
        ("Serious adverse events", "/seriousEvents"),
        ("Other adverse events", "/otherEvents"),
    ] {
        let mut table = Table::of_groups(items(events, "/eventGroups"));
        for event in items(events, list) {
            table.row(
                text(event, "/term"),
                items(event, "/stats").map(|stats| {
                    (
                        raw(stats, "/groupId"),
                        affected(number(stats, "/numAffected"), number(stats, "/numAtRisk")),
                    )
                }),
            );
        }
        if !table.rows.is_empty() {
            page.heading(3, title);
            page.table(&table);
        }
    }
}

fn affected(of: Option<u64>, at_risk: Option<u64>) -> String {
    match (of, at_risk) {
        (Some(of), Some(at_risk)) => format!("{of}/{at_risk}"),
        (Some(of), None) => of.to_string(),
        (None, _) => String::new(),
    }
}

/// A table with a column for each group.
struct Table {
    groups: Vec<(String, String)>,
    rows: Vec<(String, Vec<String>)>,
}

impl Table {
    fn of_groups<'v>(groups: impl Iterator<Item = &'v Value>) -> Self {
        Self {
            groups: groups
                .map(|group| (raw(group, "/id").to_owned(), text(group, "/title")))
                .collect(),
            rows: Vec::new(),
        }
    }

    /// A row of values by group; one without any value is left out.
    fn row<'v>(&mut self, label: String, values: impl Iterator<Item = (&'v str, String)>) {
        let values: Vec<(&str, String)> = values.filter(|(_, value)| !value.is_empty()).collect();
        let of_group = |(id, _): &(String, String)| {
            let value = values.iter().find(|(group, _)| group == id);
            value.map(|(_, value)| value.clone()).unwrap_or_default()
        };
        if !values.is_empty() {
            let cells = self.groups.iter().map(of_group).collect();
            self.rows.push((label, cells));
        }
    }
}

/// Markdown as it grows: blocks with an empty line between them.
#[derive(Default)]
struct Page {
    text: String,
}

impl Page {
    fn paragraph(&mut self, text: &str) {
        if !text.is_empty() {
            if !self.text.is_empty() {
                self.text.push('\n');
            }
            self.text.push_str(text);
            self.text.push('\n');
        }
    }

    fn heading(&mut self, level: usize, title: &str) {
        self.paragraph(&format!("{} {}", "#".repeat(level), escaped(title)));
    }

    /// A list under a heading, both left out where it is empty.
    fn list(&mut self, title: &str, items: impl Iterator<Item = String>) {
        let lines: Vec<String> = items
            .filter(|item| !item.is_empty())
            .map(|item| format!("* {}", escaped(&item)))
            .collect();
        if !lines.is_empty() {
            if !title.is_empty() {
                self.heading(2, title);
            }
            self.paragraph(&lines.join("\n"));
        }
    }

    fn table(&mut self, table: &Table) {
        if table.rows.is_empty() || table.groups.is_empty() {
            return;
        }
        let line = |label: &str, cells: &mut dyn Iterator<Item = &str>| {
            let mut line = format!("| {} |", escaped(label));
            for cell in cells {
                line.push(' ');
                line.push_str(&escaped(cell));
                line.push_str(" |");
            }
            line
        };
        let mut lines = vec![line(
            "",
            &mut table.groups.iter().map(|(_, title)| title.as_str()),
        )];
        lines.push(line("---", &mut table.groups.iter().map(|_| "---")));
        for (label, cells) in &table.rows {
            lines.push(line(label, &mut cells.iter().map(String::as_str)));
        }
        self.paragraph(&lines.join("\n"));
    }
}

fn labelled(label: &str, value: &str) -> String {
    if value.is_empty() {
        String::new()
    } else {
        format!("{label}: {}.", value.trim_end_matches('.'))
    }
}

fn joined(parts: &[String], by: &str) -> String {
    let filled: Vec<&str> = parts
        .iter()
        .map(String::as_str)
        .filter(|part| !part.is_empty())
        .collect();
    filled.join(by)
}

/// Text whose characters would be markup of a table.
fn escaped(text: &str) -> String {
    text.replace('|', "\\|")
}
