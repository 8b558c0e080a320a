//! factlint checks the facts in Markdown documents before they are published.

pub mod citation;
pub mod claim;
pub mod corpus;
pub mod finding;
pub mod graph;
pub mod markdown;
pub mod ontology;
pub mod quantity;
pub mod rule;
pub mod text;
