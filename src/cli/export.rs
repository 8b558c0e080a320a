//! `factlint export`: everything that was read, as RDF.

use super::arguments::{Color, ExportArguments, GraphFormat};
use super::files::read_documents;
use super::output::{Output, write_problems};
use super::project::Project;
use super::{Fault, Status, refuse, threads};
use crate::check::{self, extract};
use crate::corpus;
use crate::graph::{ExportFormat, Graph};

pub(super) fn run(arguments: &ExportArguments) -> Result<Status, Fault> {
    let mut output = Output::new(Color::Never);
    let project = match Project::load(&arguments.paths, &arguments.reading) {
        Ok(project) => project,
        Err(problems) => return Ok(refuse(&problems)),
    };
    let (graph, problems) = threads(&arguments.threads)?.install(|| {
        let documents = read_documents(&arguments.paths, &project);
        let corpus = corpus::relate_with(
            extract(documents.sources, &|_| {}),
            &project.settings.studies(),
        );
        let unread = check::problems(&corpus.extractions, &corpus.sources);
        let unread = [documents.problems, unread].concat();
        (Graph::build(&corpus), unread)
    });
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
