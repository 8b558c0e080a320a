//! The header of a rule: `#+ key: value` lines at the top of its `.rq` file, grlc's comment form.

use crate::finding::Level;

/// The header's fields; `None` where a line is missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    pub(super) summary: Option<String>,
    pub(super) level: Option<Level>,
    pub(super) precision: Option<String>,
    pub(super) since: Option<String>,
    pub(super) strict: bool,
    pub(super) message: Option<String>,
    /// Line of the message, from 1, for errors about its holes.
    pub(super) message_line: usize,
}

/// Something wrong in a header.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct HeaderError {
    /// From 1.
    pub(super) line: usize,
    pub(super) message: String,
    pub(super) help: String,
}

/// Shares of right findings that a rule may claim.
const PRECISIONS: [&str; 4] = ["very-high", "high", "medium", "low"];

/// Reads the header lines of a query. Lines that do not start with `#+` are the query's own.
pub(super) fn parse(query: &str) -> Result<Header, HeaderError> {
    let mut header = Header::default();
    for (at, line) in query.lines().enumerate() {
        let Some(entry) = line.trim_start().strip_prefix("#+") else {
            continue;
        };
        let error = |message: String, help: &str| HeaderError {
            line: at + 1,
            message,
            help: help.to_owned(),
        };
        let Some((key, value)) = entry.split_once(':') else {
            return Err(error(
                "header line without a colon".to_owned(),
                "write `#+ key: value`",
            ));
        };
        let (key, value) = (key.trim(), value.trim());
        if value.is_empty() {
            return Err(error(format!("`{key}` is empty"), "give it a value"));
        }
        let known = read_field(&mut header, key, value, at + 1);
        known.map_err(|(message, help)| error(message, help))?;
    }
    Ok(header)
}

fn read_field(
    header: &mut Header,
    key: &str,
    value: &str,
    line: usize,
) -> Result<(), (String, &'static str)> {
    let field = match key {
        "level" => {
            header.level = Some(parse_level(value).ok_or((
                format!("unknown level `{value}`"),
                "use error, warning or note",
            ))?);
            return Ok(());
        }
        "strict" if value == "true" => {
            header.strict = true;
            return Ok(());
        }
        "strict" => {
            return Err((
                format!("unknown value `{value}` of `strict`"),
                "use true, or take the line out",
            ));
        }
        "summary" => &mut header.summary,
        "precision" if !PRECISIONS.contains(&value) => {
            return Err((
                format!("unknown precision `{value}`"),
                "use very-high, high, medium or low",
            ));
        }
        "precision" => &mut header.precision,
        "since" => &mut header.since,
        "message" => {
            header.message_line = line;
            &mut header.message
        }
        _ => {
            return Err((
                format!("unknown header key `{key}`"),
                "use summary, level, precision, since, strict or message",
            ));
        }
    };
    if field.is_some() {
        return Err((format!("`{key}` is given twice"), "keep one of the lines"));
    }
    *field = Some(value.to_owned());
    Ok(())
}

/// A level by its name in headers and in `?level`.
pub(super) fn parse_level(name: &str) -> Option<Level> {
    match name {
        "error" => Some(Level::Error),
        "warning" => Some(Level::Warning),
        "note" => Some(Level::Note),
        _ => None,
    }
}
