//! `factlint export`: everything that was read, as RDF.

use super::arguments::{Color, ExportArguments, GraphFormat};
use super::files::read_documents;
use super::output::{Output, write_problems};
use super::{Fault, Status, threads};
use crate::check::{self, extract};
use crate::corpus;
use crate::graph::{ExportFormat, Graph};

pub(super) fn run(arguments: &ExportArguments) -> Result<Status, Fault> {
    let mut output = Output::new(Color::Never);
    let (graph, problems) = threads(&arguments.threads)?.install(|| {
        let documents = read_documents(&arguments.paths, arguments.notation.notation());
        let corpus = corpus::relate(extract(documents.sources, &|_| {}));
        let unread = [documents.problems, check::problems(&corpus.extractions)].concat();
        (Graph::build(&corpus), unread)
    });
    let format = match arguments.format {
        GraphFormat::Trig => ExportFormat::TriG,
        GraphFormat::Nquads => ExportFormat::NQuads,
        GraphFormat::Turtle => ExportFormat::Turtle,
    };
    output.write(&graph?.export(format)?)?;
    write_problems(&problems);
    Ok(if problems.is_empty() {
        Status::Clean
    } else {
        Status::Trouble
    })
}
