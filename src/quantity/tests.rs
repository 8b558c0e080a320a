//! Quantities of small texts.
