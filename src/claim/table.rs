//! What the columns and rows of a table hold: measures on one axis, studies, arms and scopes on the other.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use rust_decimal::Decimal;

use super::arm::arms;
use super::measure::{Label, labels};
use super::study::names;
use crate::markdown::{Row, Table};
use crate::ontology::{Kind, Measure, lexicon_table};
use crate::quantity::read;
use crate::text::squeeze;

/// What a label column is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum ColumnRole {
    /// Names of studies.
    Study,
    /// Treatment arms.
    Arm,
    /// Companies, products, systems.
    Subject,
    /// Populations.
    Population,
    /// Cohorts.
    Cohort,
    /// Time points and periods.
    TimePoint,
    /// The row's label, of an unknown kind.
    Label,
    /// Values.
    Value,
}

/// One column.
#[derive(Clone, Debug)]
pub(super) struct Column {
    /// Header texts, top to bottom, joined by a space.
    pub(super) header: String,
    /// What it holds.
    pub(super) role: ColumnRole,
    /// The measure its header names; the last label when it names several ("Tumour growth inhibition (T/C%)").
    pub(super) measure: Option<&'static Measure>,
    /// Whether the header says that bare numbers are percentages.
    pub(super) percent: bool,
}

impl Column {
    /// The column as a row sees it whose cells are more or fewer than the headers: what it measures is not certain.
    pub(super) fn without_measure(&self) -> Self {
        Self {
            measure: None,
            ..self.clone()
        }
    }
}

/// How a table is to be read.
#[derive(Clone, Debug)]
pub(super) struct Layout {
    /// One a column of the widest row.
    pub(super) columns: Vec<Column>,
}

static ROLES: LazyLock<BTreeMap<&'static str, ColumnRole>> = LazyLock::new(|| {
    lexicon_table("column-roles")
        .filter_map(|row| match row.as_slice() {
            [phrase, role] => Some((*phrase, role_of(role)?)),
            _ => None,
        })
        .collect()
});

fn role_of(name: &str) -> Option<ColumnRole> {
    match name {
        "study" => Some(ColumnRole::Study),
        "arm" => Some(ColumnRole::Arm),
        "subject" => Some(ColumnRole::Subject),
        "population" => Some(ColumnRole::Population),
        "cohort" => Some(ColumnRole::Cohort),
        "time-point" => Some(ColumnRole::TimePoint),
        _ => None,
    }
}

/// Reads the headers and the first column of a table.
pub(super) fn layout(table: &Table) -> Layout {
    let width = table
        .rows
        .iter()
        .map(|row| row.cells.len())
        .max()
        .unwrap_or_default();
    let mut columns: Vec<Column> = (0..width)
        .map(|column| read_header(&header_path(table, column)))
        .collect();
    let body = table.rows.get(table.header_rows..).unwrap_or_default();
    for (index, column) in columns.iter_mut().enumerate() {
        if column
            .measure
            .is_some_and(|measure| measure.kind == Kind::Probability)
            && !holds_probabilities(body, index)
        {
            column.measure = None;
        }
    }
    let measured_columns = columns
        .iter()
        .filter(|column| column.measure.is_some())
        .count();
    let measured_rows = body
        .iter()
        .filter(|row| !labels(first_cell(row), true).is_empty())
        .count();
    let measures_in_rows = measured_columns == 0 && measured_rows > 0;
    if let Some(first) = columns.first_mut()
        && first.role == ColumnRole::Value
        && (measures_in_rows || first.measure.is_none())
    {
        first.role = if measures_in_rows {
            ColumnRole::Label
        } else {
            label_role(body)
        };
    }
    Layout { columns }
}

/// Whether most numbers of a column lie between 0 and 1. Spanning headers of extracted tables are often shifted, and then
/// "p value" stands over a column of counts.
fn holds_probabilities(body: &[Row], column: usize) -> bool {
    let cells = body.iter().filter_map(|row| row.cells.get(column));
    let values: Vec<Decimal> = cells
        .filter_map(|cell| {
            read(&cell.text.plain, &[])
                .first()
                .and_then(|quantity| quantity.value)
        })
        .collect();
    let fitting = values
        .iter()
        .filter(|value| (Decimal::ZERO..=Decimal::ONE).contains(*value))
        .count();
    fitting * 2 > values.len()
}

fn header_path(table: &Table, column: usize) -> String {
    let mut parts: Vec<&str> = Vec::new();
    for row in table.rows.iter().take(table.header_rows) {
        let text = row
            .cells
            .get(column)
            .map(|cell| cell.text.plain.trim())
            .unwrap_or_default();
        if !text.is_empty() && !parts.contains(&text) {
            parts.push(text);
        }
    }
    parts.join(" ")
}

fn read_header(header: &str) -> Column {
    let named = labels(header, true);
    let role = role_of_header(header);
    Column {
        header: header.to_owned(),
        role: match role {
            Some(role) if named.is_empty() => role,
            _ => ColumnRole::Value,
        },
        measure: header_measure(header, &named),
        percent: header.contains('%'),
    }
}

/// The measure of a header: the last label in brackets ("Tumour growth inhibition (T/C%)"), else the only measure named. "HR,
/// p value" heads two.
fn header_measure(header: &str, named: &[Label]) -> Option<&'static Measure> {
    let last = named.last()?;
    let bracketed = header
        .get(..last.range.start)
        .is_some_and(|before| before.trim_end().ends_with('('));
    let single = named.iter().all(|label| label.measure == last.measure);
    (single || bracketed).then_some(last.measure)
}

fn role_of_header(header: &str) -> Option<ColumnRole> {
    let head = header.split(['(', '[']).next().unwrap_or_default();
    let folded = squeeze(head).to_lowercase();
    ROLES
        .get(folded.as_str())
        .or_else(|| ROLES.get(folded.strip_suffix('s')?))
        .copied()
}

/// What the first column holds when its header does not say: arms or studies, told by its cells.
fn label_role(body: &[Row]) -> ColumnRole {
    let named = |count: fn(&str) -> bool| {
        body.iter().filter(|row| count(first_cell(row))).count() * 2 > body.len()
    };
    if named(|text| !names(text).is_empty()) {
        ColumnRole::Study
    } else if named(|text| !arms(text).is_empty()) {
        ColumnRole::Arm
    } else {
        ColumnRole::Label
    }
}

/// Plain text of a row's first cell.
pub(super) fn first_cell(row: &Row) -> &str {
    row.cells
        .first()
        .map(|cell| cell.text.plain.trim())
        .unwrap_or_default()
}
