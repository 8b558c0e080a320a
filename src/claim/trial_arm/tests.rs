//! Sentences with the arm and the rule of each number.
