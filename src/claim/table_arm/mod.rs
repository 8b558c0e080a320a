//! Which arm each column, row or row group of a table is about, where the table compares groups.
//!
//! Why it exists: in a table the arm of a number stands in a head over several rows, in a spanning head, in the row's
//! label or in a row of its own, and is called "Intervention" where the prose says what that was. A table joins the
//! arms of the document ([`Groups`]); the axis on which they stand is found once a table ([`Axis`]).
//! It leaves out tables of systems, companies and years: without a group size, an arm of the document or a role word
//! ("control") in two different heads, nothing becomes an arm.

mod axis;
mod groups;
mod label;
mod path;

pub(super) use axis::{Axis, TableArm};
pub(super) use groups::Groups;
pub(super) use path::{Path, footnote_marks, group_head, is_figure, paths, unmarked_text};

#[cfg(test)]
#[path = "../tests/table_arm.rs"]
mod tests;
