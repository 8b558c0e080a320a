//! `factlint sources`: what registries and hosts say of the works that documents cite.
//!
//! Why it exists: the network is asked when people want it and what it says is kept in a file, so that `check` needs none. It
//! leaves out what to ask and how to read it ([`crate::source`]), and every judgement (the rules of the family `sources`).

mod arguments;
mod cited;
mod lock_file;
mod status;
#[cfg(test)]
mod tests;
mod update;

pub(super) use arguments::SourcesCommand;

use super::{Fault, Status};

pub(super) fn run(command: &SourcesCommand) -> Result<Status, Fault> {
    match command {
        SourcesCommand::Update(arguments) => update::run(arguments),
        SourcesCommand::Status(arguments) => status::run(arguments),
    }
}
