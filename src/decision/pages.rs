//! The warnings about comments as rules with pages, so that reports and `explain` know them as they know all others.
//!
//! They have no query: [`super::suppress`] makes their findings.

use super::COMMENT_RULES;
use crate::finding::Level;
use crate::ontology::embedded_file;
use crate::rule::{Rule, RuleSet};

/// The rules of a run together with those about comments, for whom findings are shown to.
pub fn with_comment_rules(rules: &RuleSet) -> RuleSet {
    let mut all = rules.clone();
    for id in COMMENT_RULES {
        if all.get(id).is_none() {
            all.rules.push(comment_rule(id));
        }
    }
    all.rules.sort_by(|a, b| a.id.cmp(&b.id));
    all
}

fn comment_rule(id: &str) -> Rule {
    let path = format!("comments/{id}.md");
    let page = embedded_file(&path).unwrap_or_default();
    let summary = page.lines().nth(2).unwrap_or_default();
    Rule {
        id: id.to_owned(),
        family: "comments".to_owned(),
        summary: summary.trim_end_matches('.').to_owned(),
        level: Level::Warning,
        precision: "very-high".to_owned(),
        since: "0.1.0".to_owned(),
        strict: false,
        message: String::new(),
        path,
        query: String::new(),
        page: page.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::corpus::{extract, relate};
    use crate::decision::{Record, suppress};
    use crate::rule::test_page;

    #[test]
    fn the_examples_on_the_pages_hold() {
        let rules = RuleSet::embedded();
        let known: BTreeSet<String> = rules.rules.iter().map(|rule| rule.id.clone()).collect();
        for id in COMMENT_RULES {
            let rule = comment_rule(id);
            assert!(rule.page.starts_with(&format!("# {id}\n\n")), "{id}");
            let run = |sources: Vec<_>| {
                let corpus = relate(sources.into_iter().map(extract).collect());
                suppress(Vec::new(), &corpus, &Record::default(), (&known, &rules)).0
            };
            assert_eq!(test_page(&rule, &rule.page, run), Ok(()), "{id}");
        }
    }

    #[test]
    fn a_page_that_people_wrote_is_theirs() {
        let own = RuleSet {
            rules: vec![Rule {
                summary: "ours".to_owned(),
                ..comment_rule("unknown-rule")
            }],
        };
        let all = with_comment_rules(&own);
        assert_eq!(all.rules.len(), COMMENT_RULES.len());
        assert_eq!(all.get("unknown-rule").unwrap().summary, "ours");
    }
}
