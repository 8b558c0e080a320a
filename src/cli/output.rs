//! Where bytes go: standard output and standard error, locked, colours as the terminal has them.

use std::io::{self, Write};

use anstream::{AutoStream, ColorChoice};

use super::arguments::{Color, TerminalArguments};
use crate::report::wrap;
use crate::text::Problem;

const USUAL_WIDTH: usize = 100;

/// The two output streams of a run.
pub(super) struct Output {
    out: io::StdoutLock<'static>,
    choice: ColorChoice,
}

impl Output {
    pub(super) fn new(color: Color) -> Self {
        let choice = match color {
            Color::Auto => AutoStream::choice(&io::stdout()),
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        if color != Color::Auto {
            // So that standard error follows the wish too.
            choice.write_global();
        }
        Self {
            out: io::stdout().lock(),
            choice,
        }
    }

    /// Whether colours reach the reader.
    pub(super) fn is_styled(&self) -> bool {
        self.choice != ColorChoice::Never
    }

    /// Writes text that may hold ANSI escapes of ours.
    ///
    /// # Errors
    /// As the stream's; a reader that has closed the pipe has read enough and is no error.
    pub(super) fn write_styled(&mut self, text: &str) -> io::Result<()> {
        let mut styled = AutoStream::new(&mut self.out, self.choice);
        forgive_closed(
            styled
                .write_all(text.as_bytes())
                .and_then(|()| styled.flush()),
        )
    }

    /// Writes bytes as they are.
    ///
    /// # Errors
    /// As [`Output::write_styled`].
    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        forgive_closed(self.out.write_all(bytes).and_then(|()| self.out.flush()))
    }
}

fn forgive_closed(written: io::Result<()>) -> io::Result<()> {
    match written {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Tells the person about problems, on standard error.
pub(super) fn write_problems(problems: &[Problem]) {
    let mut err = anstream::stderr().lock();
    for problem in problems {
        let place = problem.line.map_or_else(
            || problem.path.clone(),
            |line| format!("{}:{line}", problem.path),
        );
        // Nothing is left to do where standard error is closed; the exit status still tells.
        let _unwritten = writeln!(
            err,
            "\u{1b}[1;91merror\u{1b}[0m: {place}: {}\n  \u{1b}[1;96mhelp\u{1b}[0m: {}",
            problem.message, problem.help
        );
    }
}

/// One line on standard error.
pub(super) fn write_error_line(line: &str) {
    // As above.
    let _unwritten = writeln!(anstream::stderr().lock(), "{line}");
}

/// Columns to print in: as asked, else the terminal's, else 100.
pub(super) fn columns(terminal: &TerminalArguments) -> usize {
    terminal.width.map_or_else(
        || {
            terminal_size::terminal_size_of(io::stdout())
                .map_or(USUAL_WIDTH, |(width, _)| usize::from(width.0).max(40))
        },
        usize::from,
    )
}

/// A text wrapped to the width, each line with `indent` in front.
pub(super) fn push_wrapped(text: &str, indent: &str, columns: usize, out: &mut String) {
    for line in wrap(text, columns.saturating_sub(indent.len())) {
        out.push_str(indent);
        out.push_str(&line);
        out.push('\n');
    }
}
