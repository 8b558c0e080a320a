//! What a project adds to the data the program is built with: packs of its own, packs taken out, house terms.
//!
//! Measures are looked up from every stage and for every number, so they are one table a process, filled before the first
//! look-up and never changed.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use oxigraph::io::{RdfFormat, RdfParser};
use oxigraph::model::Quad;

use super::embedded_files;
use super::measure::measures;

/// What a project adds. [`Own::pack`] reads a pack.
#[derive(Debug, Default)]
pub struct Own {
    /// Built-in packs that are taken out.
    pub off: BTreeSet<String>,
    /// Names of measures with what else they are called.
    pub terms: Vec<(String, Vec<String>)>,
    /// Packs of its own: `packs/NAME`, triples.
    pub(super) packs: Vec<(String, Vec<Quad>)>,
}

/// What is wrong with the additions.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum OwnError {
    /// A pack is no Turtle.
    #[error("{message}")]
    Syntax {
        /// Line in the file, from 1.
        line: Option<usize>,
        /// What the parser says.
        message: String,
    },
    /// A term names a measure that no pack has.
    #[error("no measure is called `{0}`")]
    UnknownMeasure(String),
    /// Measures were looked up before.
    #[error("the measures are in use")]
    InUse,
}

static OWN: OnceLock<Own> = OnceLock::new();

impl Own {
    /// Additions without a pack of their own.
    pub fn new(off: BTreeSet<String>, terms: Vec<(String, Vec<String>)>) -> Self {
        Self {
            off,
            terms,
            packs: Vec::new(),
        }
    }

    /// Adds a pack by its name and Turtle text.
    ///
    /// # Errors
    /// [`OwnError::Syntax`].
    pub fn pack(&mut self, name: &str, turtle: &str) -> Result<(), OwnError> {
        let parser = RdfParser::from_format(RdfFormat::Turtle);
        let quads: Result<Vec<Quad>, _> = parser.for_slice(turtle).collect();
        let quads = quads.map_err(|error| OwnError::Syntax {
            line: error
                .location()
                .and_then(|place| usize::try_from(place.start.line + 1).ok()),
            message: error.to_string(),
        })?;
        self.packs.push((format!("packs/{name}"), quads));
        Ok(())
    }
}

/// Adds what a project has. Once a process, before any document is read.
///
/// # Errors
/// [`OwnError::UnknownMeasure`] for each term without a measure, [`OwnError::InUse`] where it is too late.
pub fn install(own: Own) -> Result<(), Vec<OwnError>> {
    let named: Vec<String> = own.terms.iter().map(|(name, _)| name.clone()).collect();
    OWN.set(own).map_err(|_| vec![OwnError::InUse])?;
    let unknown: Vec<OwnError> = named
        .into_iter()
        .filter(|name| !measures().iter().any(|measure| measure.is_called(name)))
        .map(OwnError::UnknownMeasure)
        .collect();
    if unknown.is_empty() {
        Ok(())
    } else {
        Err(unknown)
    }
}

/// Names of the built-in packs, sorted.
pub fn pack_names() -> Vec<&'static str> {
    embedded_files()
        .filter_map(|(path, _)| path.strip_prefix("packs/")?.strip_suffix(".ttl"))
        .collect()
}

/// What the project added; nothing where [`install`] was not called first.
pub(super) fn own() -> &'static Own {
    OWN.get_or_init(Own::default)
}
