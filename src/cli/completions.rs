//! `factlint completions` and `factlint man`: what shells and `man` read, made from the definition of the arguments.

use clap::CommandFactory;
use clap_complete::Shell;
use clap_mangen::Man;

use super::arguments::{Arguments, Color};
use super::output::Output;
use super::{Fault, Status, refuse};
use crate::text::{Problem, suggest::nearest};

/// Prints the script of a shell.
pub(super) fn completions(shell: Shell) -> Result<Status, Fault> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "factlint", &mut script);
    Output::new(Color::Auto).write(&script)?;
    Ok(Status::Clean)
}

/// Prints a manual page as roff.
pub(super) fn man(command: Option<&str>) -> Result<Status, Fault> {
    let mut program = Arguments::command();
    program.build();
    let page = match command {
        None => program,
        Some(name) => {
            let Some(found) = program.find_subcommand(name) else {
                let names = program.get_subcommands().map(clap::Command::get_name);
                return Ok(refuse(&[Problem {
                    path: name.to_owned(),
                    line: None,
                    message: "no command is called so".to_owned(),
                    help: nearest(name, names).map_or_else(
                        || "factlint help lists the commands".to_owned(),
                        |near| format!("did you mean {near}?"),
                    ),
                }]));
            };
            // The page of `check` is factlint-check(1).
            found
                .clone()
                .name(format!("factlint-{name}"))
                .display_name(format!("factlint-{name}"))
        }
    };
    let mut roff = Vec::new();
    Man::new(page).render(&mut roff)?;
    Output::new(Color::Auto).write(&roff)?;
    Ok(Status::Clean)
}
