//! The levels that a project gives its rules, by document.

use std::collections::BTreeMap;

use ignore::gitignore::{Gitignore, GitignoreBuilder};

use super::{RuleLevel, Settings};
use crate::finding::{Finding, Level};
use crate::rule::RuleSet;

/// Patterns of paths, as in a .gitignore.
#[derive(Clone, Debug)]
pub struct PathGlobs(Gitignore);

impl PathGlobs {
    /// Reads patterns.
    ///
    /// # Errors
    /// What is wrong with one of them.
    pub fn of(patterns: &[String]) -> Result<Self, ignore::Error> {
        let mut builder = GitignoreBuilder::new("");
        for pattern in patterns {
            builder.add_line(None, pattern)?;
        }
        builder.build().map(Self)
    }

    /// Whether a file at a path (relative to the project) is meant by a pattern, or a folder above it is.
    pub fn has(&self, path: &str) -> bool {
        !path.starts_with('/') && self.0.matched_path_or_any_parents(path, false).is_ignore()
    }
}

/// The levels of the rules, ready to be looked up.
#[derive(Clone, Debug)]
pub struct Levels {
    everywhere: BTreeMap<String, RuleLevel>,
    somewhere: Vec<(PathGlobs, BTreeMap<String, RuleLevel>)>,
}

impl Levels {
    /// The levels of some settings. Patterns that are none were refused by [`Settings::parse`].
    pub fn of(settings: &Settings) -> Self {
        let somewhere = settings
            .overrides
            .iter()
            .filter_map(|part| Some((PathGlobs::of(&part.paths).ok()?, part.rules.clone())))
            .collect();
        Self {
            everywhere: settings.rules.clone(),
            somewhere,
        }
    }

    /// Rules that are off in every document need not run.
    pub fn select(&self, rules: &mut RuleSet) {
        rules.rules.retain(|rule| {
            let is_on = |levels: &BTreeMap<String, RuleLevel>| {
                levels
                    .get(&rule.id)
                    .is_some_and(|level| *level != RuleLevel::Off)
            };
            self.everywhere.get(&rule.id) != Some(&RuleLevel::Off)
                || self.somewhere.iter().any(|(_, levels)| is_on(levels))
        });
    }

    /// Gives findings their level and takes out those that are off.
    pub fn apply(&self, findings: &mut Vec<Finding>, rules: &RuleSet) {
        findings.retain_mut(|finding| {
            let Some(asked) = self.level(&finding.rule, &finding.location.path) else {
                return true;
            };
            let usual = rules.get(&finding.rule).map(|rule| rule.level);
            let level = match asked {
                RuleLevel::Off => return false,
                RuleLevel::Note => Level::Note,
                RuleLevel::Warning => Level::Warning,
                RuleLevel::Error => Level::Error,
            };
            let is_unsure = usual.is_some_and(|usual| finding.level < usual);
            finding.level = if is_unsure {
                level.min(finding.level)
            } else {
                level
            };
            true
        });
    }

    fn level(&self, rule: &str, path: &str) -> Option<RuleLevel> {
        let here = self
            .somewhere
            .iter()
            .rev()
            .filter(|(globs, _)| globs.has(path))
            .find_map(|(_, levels)| levels.get(rule));
        here.or_else(|| self.everywhere.get(rule)).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::finding::Location;
    use crate::text::Span;

    fn check(settings: &str, (rule, level, path): (&str, Level, &str), expected: Option<Level>) {
        let settings = Settings::parse("factlint.toml", settings).unwrap();
        let mut findings = vec![Finding {
            rule: rule.to_owned(),
            level,
            message: String::new(),
            location: Location {
                path: path.to_owned(),
                span: Span::default(),
                label: String::new(),
            },
            related: Vec::new(),
            suggestion: None,
            cause: None,
            fingerprint: String::new(),
        }];
        Levels::of(&settings).apply(&mut findings, &RuleSet::embedded());
        let given = findings.first().map(|finding| finding.level);
        assert_eq!(given, expected, "{rule} in {path}");
    }

    const SETTINGS: &str = "[rules]\nfigure-conflict = \"warning\"\ntotal-mismatch = \"off\"\n\
        [[override]]\npaths = [\"press/**\"]\nrules = { figure-conflict = \"error\" }\n\
        [[override]]\npaths = [\"*.mdx\", \"old/\"]\nrules = { figure-conflict = \"off\", total-mismatch = \"note\" }\n";

    #[test]
    fn a_rule_has_the_level_it_is_given() {
        let conflict = "figure-conflict";
        check(
            SETTINGS,
            (conflict, Level::Error, "a.md"),
            Some(Level::Warning),
        );
        check(
            SETTINGS,
            ("dead-link", Level::Error, "a.md"),
            Some(Level::Error),
        );
        check(SETTINGS, ("total-mismatch", Level::Error, "a.md"), None);
    }

    #[test]
    fn the_last_override_that_fits_counts() {
        let conflict = "figure-conflict";
        check(
            SETTINGS,
            (conflict, Level::Error, "press/a.md"),
            Some(Level::Error),
        );
        check(SETTINGS, (conflict, Level::Error, "press/a.mdx"), None);
        check(SETTINGS, (conflict, Level::Error, "old/deep/a.md"), None);
        let total = ("total-mismatch", Level::Error, "old/a.md");
        check(SETTINGS, total, Some(Level::Note));
    }

    #[test]
    fn what_a_rule_is_unsure_of_is_not_raised() {
        let unsure = ("figure-conflict", Level::Note, "press/a.md");
        check(SETTINGS, unsure, Some(Level::Note));
    }
}
