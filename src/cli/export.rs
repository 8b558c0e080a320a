//! `factlint export`: everything that was read, as RDF.

use super::arguments::{Color, ExportArguments, GraphFormat};
use super::ask::Asked;
use super::output::{Output, write_problems};
use super::project::Project;
use super::{Fault, Status, refuse};
use crate::graph::ExportFormat;

pub(super) fn run(arguments: &ExportArguments) -> Result<Status, Fault> {
    let mut output = Output::new(Color::Never);
    let project = match Project::load(&arguments.paths, &arguments.reading) {
        Ok(project) => project,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let asked = Asked {
        paths: &arguments.paths,
        project: &project,
        cache: &arguments.cache,
        threads: &arguments.threads,
    };
    let (graph, problems) = asked.graph()?;
    let format = match arguments.format {
        GraphFormat::Trig => ExportFormat::TriG,
        GraphFormat::Nquads => ExportFormat::NQuads,
        GraphFormat::Turtle => ExportFormat::Turtle,
    };
    output.write(&graph.export(format)?)?;
    write_problems(&problems);
    Ok(if problems.is_empty() {
        Status::Clean
    } else {
        Status::Trouble
    })
}
