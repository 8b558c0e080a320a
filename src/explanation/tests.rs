//! Explanations of findings, from text to words.
