//! The data the program is built with: packs of measures, word lists, units, rules.
//!
//! Why it exists: data is data. Everything under `ontology/` is embedded by `build.rs`; this module hands it
//! out, parsed where several stages need it. Adding a measure, a unit or a word touches no Rust file.
//! It leaves out the rules' meaning ([`crate::rule`]) and the vocabulary constants ([`crate::graph`]).

mod embedded;
mod lexicon;
mod measure;
mod openings;
mod own;
mod turtle;
mod unit;
mod words;

pub use embedded::{embedded_file, embedded_files};
pub use lexicon::{WordClasses, lexicon, lexicon_table, word_set, word_table};
pub use measure::{Kind, Measure, by_place, measures};
pub use openings::{Openings, Prefixes, Trigrams};
pub use own::{Own, OwnError, install, pack_names};
pub use turtle::turtle_files;
pub use unit::{Dimension, UnitDefinition, units};
pub use words::{FewWords, WordMap, WordSet};
