//! `.rq` files and their pages to rules.

use std::collections::BTreeMap;

use oxigraph::sparql::{QueryResults, SparqlEvaluator};

use super::header::{self, Header};
use super::message::{self, Part};
use super::query::error_line;
use super::view::View;
use super::{Rule, RuleSet};
use crate::finding::Level;
use crate::graph::Dataset;
use crate::ontology::embedded_files;
use crate::text::Problem;

impl RuleSet {
    /// The rules built into the program, without those of a strict check.
    pub fn embedded() -> Self {
        let mut all = Self::embedded_strict();
        all.rules.retain(|rule| !rule.strict);
        all
    }

    /// All rules built into the program. A test loads each as people's own rules are loaded.
    pub fn embedded_strict() -> Self {
        let mut rules: Vec<Rule> = embedded_files()
            .filter(|(path, _)| path.starts_with("rules/"))
            .filter_map(|(path, query)| {
                let stem = path.strip_suffix(".rq")?;
                let page = crate::ontology::embedded_file(&format!("{stem}.md"));
                let header = header::parse(query).ok()?;
                Some(rule(path, query, page.unwrap_or_default(), header))
            })
            .collect();
        rules.sort_by(|a, b| a.id.cmp(&b.id));
        Self { rules }
    }

    /// Adds rules from files (path as reported, content): `.rq` with `.md` pages beside them. A broken one is a problem, and
    /// the others still load.
    pub fn load(&mut self, files: &[(String, String)]) -> Vec<Problem> {
        let pages: BTreeMap<&str, &str> = files
            .iter()
            .filter_map(|(path, content)| Some((path.strip_suffix(".md")?, content.as_str())))
            .collect();
        let mut problems = Vec::new();
        for (path, query) in files {
            let Some(stem) = path.strip_suffix(".rq") else {
                continue;
            };
            let page = pages.get(stem).copied().unwrap_or_default();
            match read(path, query, page) {
                Ok(rule) => match self.get(&rule.id) {
                    Some(first) => problems.push(problem(
                        path,
                        None,
                        format!("rule `{}` is also defined in {}", rule.id, first.path),
                        "rename the file",
                    )),
                    None => self.rules.push(rule),
                },
                Err(problem) => problems.push(problem),
            }
        }
        self.rules.sort_by(|a, b| a.id.cmp(&b.id));
        problems
    }
}

/// Reads one rule strictly: header, SPARQL, and every hole a selected variable.
pub(super) fn read(path: &str, query: &str, page: &str) -> Result<Rule, Problem> {
    let header = header::parse(query)
        .map_err(|error| problem(path, Some(error.line), error.message, &error.help))?;
    for (key, is_missing) in [
        ("summary", header.summary.is_none()),
        ("level", header.level.is_none()),
        ("message", header.message.is_none()),
    ] {
        if is_missing {
            let help = format!("add a line `#+ {key}: ...` at the top");
            return Err(problem(
                path,
                Some(1),
                format!("no `{key}` in the header"),
                &help,
            ));
        }
    }
    let message_line = header.message_line;
    let rule = rule(path, query, page, header);
    if !is_kebab_case(&rule.id) {
        let message = format!("`{}` is no rule id", rule.id);
        return Err(problem(
            path,
            None,
            message,
            "use lower-case words joined by hyphens",
        ));
    }
    let variables = selected(path, query)?;
    let is_selected = |name: &str| variables.iter().any(|variable| variable == name);
    if !is_selected("subject") {
        let message = "the query does not select ?subject".to_owned();
        return Err(problem(
            path,
            None,
            message,
            "select the node a finding is about",
        ));
    }
    for part in message::parse(&rule.message) {
        if let Part::Hole { variable, .. } = part
            && !is_selected(&variable)
        {
            let message =
                format!("the message has {{{variable}}}, which the query does not select");
            let help = format!("select ?{variable}, or take the hole out");
            return Err(problem(path, Some(message_line), message, &help));
        }
    }
    Ok(rule)
}

/// Names of the variables a query selects; refuses text that is no `SELECT`.
fn selected(path: &str, query: &str) -> Result<Vec<String>, Problem> {
    let prepared = SparqlEvaluator::new().parse_query(query).map_err(|error| {
        let (line, message) = error_line(&error);
        problem(path, Some(line), message, "correct the SPARQL query")
    })?;
    let failed = |message: String| problem(path, None, message, "correct the SPARQL query");
    let nothing = Dataset::default();
    let results = prepared
        .on_queryable_dataset(View::new(&nothing))
        .execute()
        .map_err(|error| failed(error.to_string()))?;
    match results {
        QueryResults::Solutions(solutions) => Ok(solutions
            .variables()
            .iter()
            .map(|variable| variable.as_str().to_owned())
            .collect()),
        QueryResults::Boolean(_) | QueryResults::Graph(_) => {
            Err(failed("the query is no SELECT".to_owned()))
        }
    }
}

fn rule(path: &str, query: &str, page: &str, header: Header) -> Rule {
    let mut parts = path.rsplit('/');
    let file = parts.next().unwrap_or(path);
    Rule {
        id: file.strip_suffix(".rq").unwrap_or(file).to_owned(),
        family: parts.next().unwrap_or("own").to_owned(),
        summary: header.summary.unwrap_or_default(),
        level: header.level.unwrap_or(Level::Warning),
        precision: header.precision.unwrap_or_else(|| "medium".to_owned()),
        since: header.since.unwrap_or_default(),
        strict: header.strict,
        message: header.message.unwrap_or_default(),
        path: path.to_owned(),
        query: query.to_owned(),
        page: page.to_owned(),
    }
}

fn is_kebab_case(id: &str) -> bool {
    !id.is_empty()
        && id.split('-').all(|word| {
            !word.is_empty()
                && word
                    .bytes()
                    .all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        })
}

fn problem(path: &str, line: Option<usize>, message: String, help: &str) -> Problem {
    Problem {
        path: path.to_owned(),
        line,
        message,
        help: help.to_owned(),
    }
}
