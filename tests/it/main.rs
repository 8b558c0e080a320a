//! Integration tests in one binary.

mod builder;
mod findings;
mod ontology;
