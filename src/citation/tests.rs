//! Documents made by hand.
