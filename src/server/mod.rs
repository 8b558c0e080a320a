//! What answers other programs for as long as they ask.
//!
//! Why it exists: editors want findings while people write. [`lsp`] is the language server.
//! It leaves out files: what lies on disk is handed over by the command line.

pub mod lsp;
