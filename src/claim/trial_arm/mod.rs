//! Treatment arms of a document told by their words, where no substance names them: "the exercise group", "usual care".
//!
//! A document's arms are collected once ([`Inventory`]); each sentence is searched for mentions of them, and its
//! numbers are given to them by connectives and order ([`assign`]). What only order or a neighbour tells is weak and
//! never enters a comparison key. The method was measured before on abstracts of trials: connectives between the
//! numbers ("24 versus 18%") bought most.

mod arm;
mod assign;
mod attachment;
mod cell;
mod comparison;
mod contrast;
mod fallback;
mod grouping;
mod inventory;
pub(super) mod label;
pub(super) mod lexis;
mod mention;
mod name;
mod other_group;
mod series;
mod set_up;
#[cfg(test)]
mod tests;
mod words;

pub(super) use arm::Arm;
pub(super) use assign::{Assigned, Order, assign};
pub(super) use inventory::Inventory;
pub(super) use words::{Role, role};
pub(crate) use words::{singular, tokens};
