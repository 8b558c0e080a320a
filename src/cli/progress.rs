//! The progress bar: on standard error, on a terminal, for people only.

use std::io::IsTerminal;

use indicatif::{ProgressBar, ProgressStyle};

use crate::check::Stage;

/// Shows how many documents are read and which stage follows.
pub(super) struct Progress {
    bar: ProgressBar,
}

impl Progress {
    /// A bar that shows itself only where somebody watches: on a terminal, not `quiet`, not under continuous integration.
    pub(super) fn new(documents: usize, quiet: bool) -> Self {
        let bar = bar(documents, quiet, "{msg} {bar:30} {pos}/{len} documents");
        bar.set_message("reading");
        Self { bar }
    }

    /// What was just done.
    pub(super) fn advance(&self, stage: Stage) {
        match stage {
            Stage::Document => self.bar.inc(1),
            Stage::Corpus => self.bar.set_message("building the graph"),
            Stage::Graph => self.bar.set_message("running the rules"),
            Stage::Rules => self.bar.finish_and_clear(),
        }
    }

    /// Takes the bar away.
    pub(super) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

/// A bar over so many steps, shown only where somebody watches.
pub(super) fn bar(steps: usize, quiet: bool, template: &str) -> ProgressBar {
    let is_watched = !quiet && std::io::stderr().is_terminal() && std::env::var_os("CI").is_none();
    let bar = if is_watched {
        ProgressBar::new(u64::try_from(steps).unwrap_or(u64::MAX))
    } else {
        ProgressBar::hidden()
    };
    if let Ok(style) = ProgressStyle::with_template(template) {
        bar.set_style(style);
    }
    bar
}
