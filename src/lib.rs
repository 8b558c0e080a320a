//! factlint checks the facts in Markdown documents before they are published.
//!
//! It reads every figure, claim, citation and reference of a folder of Markdown, stores them as RDF, and lets SPARQL rules find
//! what cannot be right: one figure with two values, arithmetic that does not add up, claims without support,
//! references that are missing, doubled or about something else. The same input always gives the same findings.
//!
//! Data flows one way through the modules: [`text`], [`markdown`], [`quantity`], [`citation`], [`claim`], [`corpus`], [`graph`],
//! [`rule`], [`report`]; [`mod@check`] puts them in order and [`cli`] is the program around it. [`ontology`] holds the
//! data all of them share, [`finding`] what comes out.
//!
//! ```
//! use factlint::check::{Options, check};
//! use factlint::rule::RuleSet;
//! use factlint::text::SourceText;
//!
//! let documents = vec![
//!     SourceText::new("launch.md", "The new index answers 12,000 requests per second."),
//!     SourceText::new("faq.md", "The old index is gone."),
//! ];
//! let rules = RuleSet::embedded();
//! let outcome = check(documents, &Options::new(&rules));
//! assert_eq!(outcome.statistics.documents, 2);
//! for finding in &outcome.findings {
//!     let place = &finding.location;
//!     assert!(place.path.ends_with(".md"), "{}: {}", place.path, finding.message);
//! }
//! ```

pub mod check;
pub mod citation;
pub mod claim;
pub mod cli;
pub mod config;
pub mod corpus;
pub mod decision;
pub mod explanation;
pub mod finding;
pub mod graph;
pub mod markdown;
pub mod ontology;
pub mod quantity;
pub mod report;
pub mod rule;
pub mod text;
