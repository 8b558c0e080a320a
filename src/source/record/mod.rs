//! What a trial registry's record says of a trial: groups with their adverse events, titles of outcome measures.
//!
//! Why it exists: a document that tells of a registered trial can be held against its record, whichever form the record is
//! kept in. There is one reader a form, and all of them give a [`Record`].
//! It leaves out interventions, eligibility criteria and the values of outcomes, of which no rule says anything yet, and every
//! judgement.

mod api;
mod plain;

/// A trial's record, from [`Record::read`]. What the record does not say is empty.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Record {
    /// The trial's id, as the registry prints it: `NCT01234567`.
    pub id: String,
    /// Adverse events, one entry a group, in the record's order.
    pub event_groups: Vec<EventGroup>,
    /// Titles of the outcome measures, in the record's order.
    pub outcomes: Vec<String>,
}

/// The adverse events of one group of participants.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct EventGroup {
    /// The group's name, where the record gives one.
    pub title: String,
    /// Participants with any (serious) adverse event.
    pub total: Option<Count>,
    /// Events in the record's order. One name may stand there twice.
    pub events: Vec<(String, Count)>,
}

/// Participants with something, of those looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// Participants that had it.
    pub affected: u32,
    /// Participants that were looked at.
    pub at_risk: u32,
}

impl Record {
    /// Reads a record in any known form: a study of ClinicalTrials.gov's API v2, or sections with lists of lines. `None` for
    /// any other text.
    pub fn read(text: &str) -> Option<Self> {
        let json: serde_json::Value = serde_json::from_str(text).ok()?;
        let record = api::read(&json).or_else(|| plain::read(&json))?;
        Some(record).filter(|record| !record.id.is_empty())
    }
}
