//! Checkstyle XML, which most build servers and review tools read.
//!
//! Format: what Checkstyle's `XMLLogger` writes
//! (<https://checkstyle.org/apidocs/com/puppycrawl/tools/checkstyle/XMLLogger.html>), version 4.3. It has no place for
//! several places, hidden findings or what could not be read; these are left out, other places stand in the message.

use std::collections::BTreeMap;
use std::io;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, Event};

use super::Run;
use super::message::one_line_message;
use super::places::Places;
use super::xml::xml_text;
use crate::finding::{Finding, Level};

/// The report with a final line end.
///
/// # Errors
/// None in practice: it is written to memory.
pub fn checkstyle(run: &Run<'_>) -> io::Result<String> {
    let places = Places::of(run);
    let mut by_path: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in run.findings {
        by_path
            .entry(&finding.location.path)
            .or_default()
            .push(finding);
    }
    let mut writer = Writer::new_with_indent(Vec::new(), b' ', 2);
    writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    writer
        .create_element("checkstyle")
        .with_attribute(("version", "4.3"))
        .write_inner_content(|writer| {
            for (path, findings) in &by_path {
                writer
                    .create_element("file")
                    .with_attribute(("name", xml_text(path).as_str()))
                    .write_inner_content(|writer| {
                        for finding in findings {
                            write_error(finding, &places, writer)?;
                        }
                        Ok(())
                    })?;
            }
            Ok(())
        })?;
    String::from_utf8(writer.into_inner())
        .map(|text| text + "\n")
        .map_err(io::Error::other)
}

fn write_error(
    finding: &Finding,
    places: &Places<'_>,
    writer: &mut Writer<Vec<u8>>,
) -> io::Result<()> {
    let start = places.start(&finding.location);
    let severity = match finding.level {
        Level::Error => "error",
        Level::Warning => "warning",
        Level::Note => "info",
    };
    writer
        .create_element("error")
        .with_attribute(("line", start.line.to_string().as_str()))
        .with_attribute(("column", start.column.to_string().as_str()))
        .with_attribute(("severity", severity))
        .with_attribute((
            "message",
            xml_text(&one_line_message(finding, places)).as_str(),
        ))
        .with_attribute(("source", format!("factlint.{}", finding.rule).as_str()))
        .write_empty()?;
    Ok(())
}
