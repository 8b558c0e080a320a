//! `factlint query`: ad hoc SPARQL over everything that was read.

use std::io::{self, Read};
use std::path::Path;
use std::time::Duration;

use serde_json::{Map, Value};

use super::arguments::{AnswerFormat, QueryArguments};
use super::files::{read_documents, read_text};
use super::output::{Output, columns, write_problems};
use super::table::{csv, table, tsv};
use super::{Fault, Status, suggest, threads};
use crate::check::extract;
use crate::corpus;
use crate::graph::Graph;
use crate::ontology::embedded_file;
use crate::rule::{Answer, QueryError, query};
use crate::text::Problem;

pub(super) fn run(arguments: &QueryArguments) -> Result<Status, Fault> {
    let mut output = Output::new(arguments.terminal.color);
    let Some(asked) = &arguments.query else {
        output.write(saved_list().as_bytes())?;
        return Ok(Status::Clean);
    };
    let (name, text) = match query_text(asked) {
        Ok(found) => found,
        Err(problem) => {
            write_problems(&[problem]);
            return Ok(Status::Trouble);
        }
    };
    let (graph, mut problems) = threads(&arguments.threads)?.install(|| {
        let documents = read_documents(&arguments.documents);
        let corpus = corpus::relate(extract(documents.sources, &|_| {}));
        (Graph::build(&corpus), documents.problems)
    });
    match query(&graph?, &text, Duration::from_secs(arguments.timeout)) {
        Ok(answer) => write_answer(&answer, arguments, &mut output)?,
        Err(error) => problems.push(query_problem(&name, &text, &error)),
    }
    write_problems(&problems);
    Ok(if problems.is_empty() {
        Status::Clean
    } else {
        Status::Trouble
    })
}

/// The name and text of the query meant by the argument.
///
/// # Errors
/// Why there is none.
fn query_text(asked: &str) -> Result<(String, String), Problem> {
    if asked == "-" {
        let mut text = String::new();
        return match io::stdin().read_to_string(&mut text) {
            Ok(_) => Ok(("standard input".to_owned(), text)),
            Err(error) => Err(Problem {
                path: "standard input".to_owned(),
                line: None,
                message: format!("cannot be read: {error}"),
                help: "give the query as UTF-8 text".to_owned(),
            }),
        };
    }
    let Some(name) = asked.strip_prefix('@') else {
        return Ok(("query".to_owned(), asked.to_owned()));
    };
    let saved = saved();
    if let Some((_, text)) = saved.iter().find(|(known, _)| known == name) {
        return Ok((asked.to_owned(), text.clone()));
    }
    if Path::new(name).exists() {
        return read_text(Path::new(name)).map(|text| (name.to_owned(), text));
    }
    let known = saved.iter().map(|(known, _)| known.as_str());
    let help = suggest::nearest(name, known).map_or_else(
        || "factlint query without a query lists the saved ones".to_owned(),
        |near| format!("did you mean @{near}?"),
    );
    Err(Problem {
        path: asked.to_owned(),
        line: None,
        message: "no saved query and no file of this name".to_owned(),
        help,
    })
}

/// The example queries of the ontology's page: each named by the heading above it.
fn saved() -> Vec<(String, String)> {
    let page = embedded_file("README.md").unwrap_or_default();
    let mut saved = Vec::new();
    let mut name = String::new();
    let mut open: Option<String> = None;
    for line in page.lines() {
        match &mut open {
            Some(text) if line.trim_end() == "```" => {
                if !name.is_empty() {
                    saved.push((name.clone(), std::mem::take(text)));
                }
                open = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None if line.trim_end() == "```sparql" => open = Some(String::new()),
            None if line.starts_with('#') => name = slug(line),
            None => {}
        }
    }
    saved
}

/// `### Figures without support` as `figures-without-support`.
fn slug(heading: &str) -> String {
    heading
        .to_lowercase()
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect::<Vec<_>>()
        .join("-")
}

fn saved_list() -> String {
    let mut list = "Saved queries, run by factlint query @NAME:\n".to_owned();
    for (name, _) in saved() {
        list.extend(["  @", &name, "\n"]);
    }
    list
}

fn query_problem(name: &str, text: &str, error: &QueryError) -> Problem {
    let (line, message) = match error {
        QueryError::Syntax { line, message } => {
            let shown = text.lines().nth(line.saturating_sub(1)).unwrap_or_default();
            (
                Some(*line),
                format!("not SPARQL 1.1: {message}, in: {}", shown.trim()),
            )
        }
        QueryError::Evaluation(message) => (None, format!("the query failed: {message}")),
    };
    Problem {
        path: name.to_owned(),
        line,
        message,
        help: "a prefix that is not declared is the commonest cause; keywords come next".to_owned(),
    }
}

fn write_answer(
    answer: &Answer,
    arguments: &QueryArguments,
    output: &mut Output,
) -> Result<(), Fault> {
    let shown = match answer {
        Answer::Rows { variables, rows } => {
            let header: Vec<&str> = variables.iter().map(String::as_str).collect();
            match arguments.format {
                AnswerFormat::Csv => csv(&header, rows),
                AnswerFormat::Tsv => tsv(&header, rows),
                AnswerFormat::Json => rows_as_json(variables, rows)?,
                AnswerFormat::Table => {
                    let columns = columns(&arguments.terminal);
                    let table = table(&header, rows, columns, output.is_styled());
                    let plural = if rows.len() == 1 { "" } else { "s" };
                    format!("{table}{} row{plural}\n", rows.len())
                }
            }
        }
        Answer::Boolean(truth) => format!("{truth}\n"),
        Answer::Triples(lines) => lines.iter().flat_map(|line| [line, "\n"]).collect(),
    };
    output.write_styled(&shown)?;
    Ok(())
}

fn rows_as_json(variables: &[String], rows: &[Vec<String>]) -> Result<String, serde_json::Error> {
    let objects: Vec<Map<String, Value>> = rows
        .iter()
        .map(|row| {
            variables
                .iter()
                .zip(row)
                .map(|(name, cell)| (name.clone(), Value::from(cell.as_str())))
                .collect()
        })
        .collect();
    serde_json::to_string_pretty(&objects).map(|text| text + "\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_name_queries() {
        assert_eq!(
            slug("### Figures without support (all)"),
            "figures-without-support-all"
        );
    }

    #[test]
    fn a_syntax_error_shows_its_line() {
        let error = QueryError::Syntax {
            line: 2,
            message: "expected WHERE".to_owned(),
        };
        let problem = query_problem("query", "SELECT *\nWHRE {}", &error);
        assert_eq!(problem.line, Some(2));
        assert_eq!(
            problem.message,
            "not SPARQL 1.1: expected WHERE, in: WHRE {}"
        );
    }
}
