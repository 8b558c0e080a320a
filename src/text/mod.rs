//! Source text, byte spans and positions.
//!
//! Why it exists: every later stage points at places of a document, and four units of position are in use
//! outside (Rust bytes, SARIF code points, Web Annotation characters, UTF-16 of editors). All inside positions are byte
//! offsets from 0 into the decoded text; this module alone converts them.
//! It leaves out what the text means: Markdown begins in [`crate::markdown`].

mod decode;
mod editor;
mod html;
mod notation;
mod percent;
mod problem;
mod source;
mod span;
mod squeeze;
pub mod suggest;
mod thousands;

pub use decode::decode;
pub use editor::{ColumnUnit, EditorLines, EditorPosition};
pub use notation::Notation;
pub use percent::percent_encode;
pub use problem::Problem;
pub use source::{Position, Role, SourceText};
pub use span::Span;
pub use squeeze::squeeze;
pub use thousands::thousands;
