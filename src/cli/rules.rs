//! `factlint rules`: what there is, and whether the examples on the pages hold.

use std::path::PathBuf;

use super::arguments::{Color, RulesCommand, TerminalArguments};
use super::check::load_rules;
use super::files::read_rules;
use super::output::{Output, columns, write_problems};
use super::project::Project;
use super::table::table;
use super::{Fault, Status};
use crate::check::{Options, check};
use crate::decision::with_comment_rules;
use crate::report::level_name;
use crate::rule::{RuleSet, test_page};
use crate::text::Problem;

pub(super) fn run(command: &RulesCommand) -> Result<Status, Fault> {
    match command {
        RulesCommand::List { rules, terminal } => list(rules, terminal),
        RulesCommand::Test { dir } => test(dir.as_ref()),
    }
}

fn list(folders: &[PathBuf], terminal: &TerminalArguments) -> Result<Status, Fault> {
    let mut output = Output::new(terminal.color);
    let (rules, problems) = load_rules(folders, &Project::default(), true);
    let rows: Vec<Vec<String>> = with_comment_rules(&rules)
        .rules
        .iter()
        .map(|rule| {
            vec![
                rule.id.clone(),
                level_name(rule.level).to_owned(),
                rule.precision.clone(),
                rule.summary.clone(),
            ]
        })
        .collect();
    let header = ["rule", "level", "precision", "finds"];
    // A summary cut short says little; a narrow terminal wraps it.
    let wide = columns(terminal).max(140);
    output.write_styled(&table(&header, &rows, wide, output.is_styled()))?;
    write_problems(&problems);
    Ok(status(&problems))
}

/// Runs the examples of each page: what is marked must be found, and nothing else by that rule.
fn test(folder: Option<&PathBuf>) -> Result<Status, Fault> {
    let mut output = Output::new(Color::Auto);
    let mut rules = RuleSet::default();
    let mut problems = Vec::new();
    match folder {
        Some(folder) => {
            let (files, unread) = read_rules(folder);
            problems.extend(unread);
            problems.extend(rules.load(&files));
        }
        None => rules = RuleSet::embedded_strict(),
    }
    let mut failed = 0;
    for rule in &rules.rules {
        let alone = RuleSet {
            rules: vec![rule.clone()],
        };
        let run = |sources| check(sources, &Options::new(&alone)).findings;
        match test_page(rule, &rule.page, run) {
            Ok(()) => output.write(format!("ok      {}\n", rule.id).as_bytes())?,
            Err(differences) => {
                failed += 1;
                output.write(format!("failed  {}\n", rule.id).as_bytes())?;
                for difference in differences {
                    output.write(format!("        {difference}\n").as_bytes())?;
                }
            }
        }
    }
    let passed = rules.rules.len() - failed;
    output.write(format!("{passed} passed, {failed} failed\n").as_bytes())?;
    write_problems(&problems);
    Ok(match (problems.is_empty(), failed) {
        (false, _) => Status::Trouble,
        (true, 0) => Status::Clean,
        (true, _) => Status::Found,
    })
}

fn status(problems: &[Problem]) -> Status {
    if problems.is_empty() {
        Status::Clean
    } else {
        Status::Trouble
    }
}
