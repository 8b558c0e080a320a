//! SPARQL evaluation over the union of all graphs, with a time limit.

use std::borrow::Cow;
use std::rc::Rc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use oxigraph::model::Term;
use oxigraph::sparql::{
    CancellationToken, PreparedSparqlQuery, QueryEvaluationError, QueryResults, QuerySolutionIter,
    SparqlEvaluator, SparqlSyntaxError,
};
use spargebra::{Query, SparqlParser};

use super::empty::is_empty;
use super::view::View;
use super::{Answer, QueryError};
use crate::graph::{Graph, PREFIXES};

/// Variables and rows of a `SELECT`; `None` where a variable is unbound.
#[derive(Default)]
pub(super) struct Solutions {
    pub(super) variables: Vec<String>,
    pub(super) rows: Vec<Vec<Value>>,
}

/// The value of a variable in one row. Rows one after another share it where it is the same, as a suggestion is in all.
pub(super) type Value = Option<Rc<str>>;

/// Runs an ad hoc query over the union of all graphs, with the usual prefixes declared.
pub fn query(graph: &Graph, text: &str, limit: Duration) -> Result<Answer, QueryError> {
    let mut evaluator = SparqlEvaluator::new();
    for (name, iri) in PREFIXES {
        evaluator = evaluator
            .with_prefix(*name, *iri)
            .map_err(|error| QueryError::Evaluation(error.to_string()))?;
    }
    let token = CancellationToken::new();
    let prepared = evaluator
        .clone()
        .with_cancellation_token(token.clone())
        .parse_query(text);
    let prepared = match prepared {
        Ok(prepared) => prepared,
        Err(error) => {
            if evaluator.parse_update(text).is_ok() && !text.trim().is_empty() {
                let message = "updates are refused: the graph is only read";
                return Err(QueryError::Evaluation(message.to_owned()));
            }
            let (line, message) = error_line(&error);
            return Err(QueryError::Syntax { line, message });
        }
    };
    with_limit(&token, limit, || answer(graph, prepared)).map_err(QueryError::Evaluation)
}

fn answer(graph: &Graph, prepared: PreparedSparqlQuery) -> Result<Answer, QueryEvaluationError> {
    match execute(graph, prepared)? {
        QueryResults::Solutions(solutions) => {
            let Solutions { variables, rows } = read(solutions)?;
            let shown = |row: Vec<Value>| {
                row.into_iter()
                    .map(|value| value.map_or_else(String::new, |value| value.to_string()))
            };
            let rows = rows.into_iter().map(|row| shown(row).collect()).collect();
            Ok(Answer::Rows { variables, rows })
        }
        QueryResults::Boolean(value) => Ok(Answer::Boolean(value)),
        QueryResults::Graph(triples) => {
            let mut lines = Vec::new();
            for triple in triples {
                lines.push(format!("{} .", triple?));
            }
            lines.sort();
            lines.dedup();
            Ok(Answer::Triples(lines))
        }
    }
}

/// Runs a rule's query. The message names what failed.
pub(super) fn select(graph: &Graph, text: &str, limit: Duration) -> Result<Solutions, String> {
    let token = CancellationToken::new();
    let query = SparqlParser::new()
        .parse_query(text)
        .map_err(|error| error.to_string())?;
    let Query::Select { pattern, .. } = &query else {
        return Err("the query is no SELECT".to_owned());
    };
    if is_empty(pattern, graph.dataset()) {
        return Ok(Solutions::default());
    }
    let prepared = SparqlEvaluator::new()
        .with_cancellation_token(token.clone())
        .for_query(query);
    with_limit(&token, limit, || match execute(graph, prepared)? {
        QueryResults::Solutions(solutions) => read(solutions),
        QueryResults::Boolean(_) | QueryResults::Graph(_) => Ok(Solutions::default()),
    })
}

fn read(solutions: QuerySolutionIter<'_>) -> Result<Solutions, QueryEvaluationError> {
    let variables = solutions
        .variables()
        .iter()
        .map(|variable| variable.as_str().to_owned())
        .collect();
    let mut rows: Vec<Vec<Value>> = Vec::new();
    for solution in solutions {
        let solution = solution?;
        let last = rows.last().map(Vec::as_slice).unwrap_or_default();
        let shared = |column: usize, term: &Term| {
            let value = plain(term);
            let before = last.get(column).and_then(Option::as_ref);
            let same = before.filter(|before| ***before == *value);
            same.cloned().unwrap_or_else(|| Rc::from(value))
        };
        let row = solution.values().iter().enumerate();
        let row = row
            .map(|(column, term)| term.as_ref().map(|term| shared(column, term)))
            .collect();
        rows.push(row);
    }
    Ok(Solutions { variables, rows })
}

fn execute(
    graph: &Graph,
    mut prepared: PreparedSparqlQuery,
) -> Result<QueryResults<'_>, QueryEvaluationError> {
    if prepared.dataset().is_default_dataset() {
        prepared.dataset_mut().set_default_graph_as_union();
    }
    let view = View::new(graph.dataset());
    prepared.on_queryable_dataset(view).execute()
}

/// Runs `work`, cancelled after `limit` by a watching thread.
fn with_limit<T>(
    token: &CancellationToken,
    limit: Duration,
    work: impl FnOnce() -> Result<T, QueryEvaluationError>,
) -> Result<T, String> {
    let (done, waiting) = mpsc::channel::<()>();
    let to_cancel = token.clone();
    thread::Builder::new()
        .name("time limit".to_owned())
        .spawn(move || {
            if waiting.recv_timeout(limit) == Err(RecvTimeoutError::Timeout) {
                to_cancel.cancel();
            }
        })
        .map_err(|error| format!("no thread for the time limit: {error}"))?;
    let result = work();
    // The watcher ends by itself now; waiting for it would cost a turn of the scheduler for each rule.
    drop(done);
    result.map_err(|error| {
        if matches!(error, QueryEvaluationError::Cancelled) {
            format!("stopped after its time limit of {} s", limit.as_secs_f32())
        } else {
            error.to_string()
        }
    })
}

/// A term as people read it: IRIs bare, literals without quotes and type.
fn plain(term: &Term) -> Cow<'_, str> {
    // Not a match: dependants may switch on triple terms, a further variant.
    if let Term::NamedNode(node) = term {
        Cow::Borrowed(node.as_str())
    } else if let Term::Literal(literal) = term {
        Cow::Borrowed(literal.value())
    } else {
        Cow::Owned(term.to_string())
    }
}

/// Line (from 1) and message of a syntax error, which the parser prints as `error at LINE:COLUMN: ...`.
pub(super) fn error_line(error: &SparqlSyntaxError) -> (usize, String) {
    let text = error.to_string();
    let parsed = text.strip_prefix("error at ").and_then(|rest| {
        let (line, rest) = rest.split_once(':')?;
        let (_, message) = rest.split_once(": ")?;
        Some((line.parse::<usize>().ok()?, readable(message)))
    });
    parsed.unwrap_or((1, text))
}

/// Most alternatives that a message names.
const ALTERNATIVES: usize = 6;

/// "expected one of ..." without the parser's character classes, which fill lines and help nobody.
fn readable(message: &str) -> String {
    let Some(listed) = message.strip_prefix("expected one of ") else {
        return message.lines().next().unwrap_or_default().to_owned();
    };
    let plain = |item: &&str| !item.contains(['\n', '[', '\\']);
    let named: Vec<&str> = listed
        .split(", ")
        .filter(plain)
        .take(ALTERNATIVES)
        .collect();
    format!("expected one of {} and others", named.join(", "))
}
