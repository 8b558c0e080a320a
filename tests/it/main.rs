//! Integration tests, all in one binary. `tests/README.md` says which kind of test goes where.
#![expect(
    clippy::disallowed_methods,
    clippy::unwrap_used,
    clippy::panic,
    clippy::string_slice,
    reason = "tests read files, stop where one is missing, and cut text where a search found something"
)]

mod architecture;
mod bad_files;
mod builder;
mod cache;
mod documents;
mod explanation;
mod findings;
mod folder;
mod formats;
mod fuzz;
mod growth;
mod html;
mod identity;
mod invariants;
mod look_ups;
mod ontology;
mod program;
mod same_bytes;
mod sarif;
mod snippets;
