//! factlint checks the facts in Markdown documents before they are published.
//!
//! It reads every figure, claim, citation and reference of a folder of Markdown, stores them as RDF, and lets SPARQL rules find
//! what cannot be right: one figure with two values, arithmetic that does not add up, claims without support,
//! references that are missing, doubled or about something else. The same input always gives the same findings.
//!
//! Data flows one way through the modules: [`text`], [`markdown`], [`quantity`], [`citation`], [`claim`], [`corpus`], [`graph`],
//! [`rule`], [`explanation`], [`report`]; [`mod@check`] puts them in order, [`server`] answers editors and [`cli`] is the program around it. [`ontology`] holds the
//! data all of them share, [`finding`] what comes out.
//!
//! ```
//! use factlint::check::{Options, check};
//! use factlint::rule::RuleSet;
//! use factlint::text::SourceText;
//!
//! let text = "Of the 170 patients, 34 (25%) left early [1].\n\n## References\n\n1. Lind A. Leaving early. 2020.\n";
//! let rules = RuleSet::embedded();
//! let outcome = check(vec![SourceText::new("trial.md", text)], &Options::new(&rules));
//!
//! let finding = outcome
//!     .findings
//!     .iter()
//!     .find(|finding| finding.rule == "percentage-mismatch")
//!     .expect("20% is not 25%");
//! assert!(finding.message.starts_with("34 of 170 is 20%, not 25%"));
//! let span = finding.location.span; // bytes of the document, end exclusive
//! assert_eq!(&text[span.start..span.end], "34 (25%)");
//! ```
//!
//! The stages can be used alone, too: this reads numbers with the values that rounding leaves open.
//!
//! ```
//! use factlint::quantity;
//!
//! let rate = quantity::read("a rate of 13%", &[]).remove(0);
//! assert_eq!((rate.low.normalize().to_string(), rate.high.normalize().to_string()), ("12.5".into(), "13.5".into()));
//! ```
//!
//! Where to go on: [`check::Outcome`] for what a check gives, [`finding::Finding`] for what is said about a document,
//! [`report`] to print it, [`explanation`] to say why, [`rule::RuleSet::load`] for rules of one's own, and
//! [`corpus::extract`] for all that is read from one document.

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
pub mod server;
pub mod source;
pub mod text;
