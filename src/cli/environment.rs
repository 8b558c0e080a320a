//! Every long flag as a variable of the environment: `--fail-on` is `FACTLINT_FAIL_ON`.
//!
//! Flags that commands share have one variable. `--format` means another thing in each: outside `check` the command's name
//! comes first, `FACTLINT_EXTRACT_FORMAT`.

use std::path::PathBuf;

use clap::builder::BoolishValueParser;
use clap::{Arg, ArgAction, Command};

use crate::source::Keys;

/// The command line with its variables, which the help does not repeat for each flag.
pub(super) fn with_variables(command: Command) -> Command {
    let name = command.get_name().to_owned();
    command
        .mut_args(|argument| with_variable(argument, &name))
        .mut_subcommands(with_variables)
}

/// The variable of a flag of a command; none for `--help` and `--version`.
pub(super) fn variable(flag: &str, command: &str) -> Option<String> {
    let name = flag.replace('-', "_").to_uppercase();
    match (flag, command) {
        ("help" | "version", _) => None,
        ("format", "extract" | "query" | "export" | "explain" | "status") => {
            Some(format!("FACTLINT_{}_{name}", command.to_uppercase()))
        }
        _ => Some(format!("FACTLINT_{name}")),
    }
}

/// The file to which a step of GitHub Actions adds its part of the job summary.
pub(super) fn step_summary() -> Option<PathBuf> {
    let path = PathBuf::from(std::env::var_os("GITHUB_STEP_SUMMARY")?);
    (!path.as_os_str().is_empty()).then_some(path)
}

/// Keys of services, which stand in the environment alone.
pub(super) fn keys() -> Keys {
    let key = |name: &str| {
        let key = std::env::var_os(name)?.into_string().ok()?;
        (!key.trim().is_empty()).then_some(key)
    };
    Keys {
        ncbi: key("NCBI_API_KEY"),
        crossref: key("CROSSREF_PLUS_API_TOKEN"),
        openalex: key("OPENALEX_API_KEY"),
    }
}

fn with_variable(argument: Arg, command: &str) -> Arg {
    let Some(variable) = argument.get_long().and_then(|flag| variable(flag, command)) else {
        return argument;
    };
    let argument = argument.env(variable).hide_env(true);
    if matches!(argument.get_action(), ArgAction::SetTrue) {
        // FACTLINT_QUIET=1 and =true and =yes.
        argument.value_parser(BoolishValueParser::new())
    } else {
        argument
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;
    use crate::cli::arguments::Arguments;

    #[test]
    fn every_long_flag_has_a_variable() {
        fn check(command: &Command) {
            for argument in command.get_arguments() {
                let flag = argument.get_long().unwrap_or("help");
                let has = argument.get_env().is_some();
                assert!(has || ["help", "version"].contains(&flag), "--{flag}");
            }
            command.get_subcommands().for_each(check);
        }
        check(&with_variables(Arguments::command()));
        assert_eq!(variable("fail-on", "check").unwrap(), "FACTLINT_FAIL_ON");
        let format = variable("format", "extract").unwrap();
        assert_eq!(format, "FACTLINT_EXTRACT_FORMAT");
    }
}
