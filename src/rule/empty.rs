//! Queries that find nothing, told without running them.
//!
//! Most documents lack most of what rules ask about: a query that requires a predicate or a class that no quad has gives no row.
//! Preparing and running it would take longer than reading a short document.

use spargebra::algebra::{GraphPattern, PropertyPathExpression};
use spargebra::term::{NamedNode, NamedNodePattern, TermPattern, TriplePattern};

use crate::graph::Dataset;

/// Places of a quad.
const PREDICATE: usize = 1;
const OBJECT: usize = 2;

/// Whether a pattern certainly has no solution in a dataset.
pub(super) fn is_empty(pattern: &GraphPattern, dataset: &Dataset) -> bool {
    let empty = |pattern: &GraphPattern| is_empty(pattern, dataset);
    match pattern {
        GraphPattern::Bgp { patterns } => {
            patterns.iter().any(|triple| lacks_triple(triple, dataset))
        }
        GraphPattern::Path { path, .. } => lacks_path(path, dataset),
        GraphPattern::Join { left, right } | GraphPattern::Lateral { left, right } => {
            empty(left) || empty(right)
        }
        GraphPattern::Union { left, right } => empty(left) && empty(right),
        GraphPattern::LeftJoin { left, .. } | GraphPattern::Minus { left, .. } => empty(left),
        // Without variables to group by it gives a row in any case.
        GraphPattern::Group {
            inner, variables, ..
        } => !variables.is_empty() && empty(inner),
        GraphPattern::Filter { inner, .. }
        | GraphPattern::Graph { inner, .. }
        | GraphPattern::Extend { inner, .. }
        | GraphPattern::OrderBy { inner, .. }
        | GraphPattern::Project { inner, .. }
        | GraphPattern::Distinct { inner }
        | GraphPattern::Reduced { inner }
        | GraphPattern::Slice { inner, .. } => empty(inner),
        GraphPattern::Values { bindings, .. } => bindings.is_empty(),
        GraphPattern::Service { .. } => false,
    }
}

fn lacks_triple(triple: &TriplePattern, dataset: &Dataset) -> bool {
    let NamedNodePattern::NamedNode(predicate) = &triple.predicate else {
        return false;
    };
    // Not a match: dependants may switch on triple terms, a further variant.
    let lacks_object = if let TermPattern::NamedNode(object) = &triple.object {
        lacks(object, OBJECT, dataset)
    } else {
        false
    };
    lacks_object || lacks(predicate, PREDICATE, dataset)
}

fn lacks_path(path: &PropertyPathExpression, dataset: &Dataset) -> bool {
    let lacks_path = |path: &PropertyPathExpression| lacks_path(path, dataset);
    match path {
        PropertyPathExpression::NamedNode(predicate) => lacks(predicate, PREDICATE, dataset),
        PropertyPathExpression::Reverse(path) | PropertyPathExpression::OneOrMore(path) => {
            lacks_path(path)
        }
        PropertyPathExpression::Sequence(first, then) => lacks_path(first) || lacks_path(then),
        PropertyPathExpression::Alternative(one, other) => lacks_path(one) && lacks_path(other),
        PropertyPathExpression::ZeroOrMore(_)
        | PropertyPathExpression::ZeroOrOne(_)
        | PropertyPathExpression::NegatedPropertySet(_) => false,
    }
}

fn lacks(node: &NamedNode, place: usize, dataset: &Dataset) -> bool {
    let id = dataset.dictionary().find(node.as_ref().into());
    id.is_none_or(|id| !dataset.has(place, id))
}

#[cfg(test)]
mod tests {
    use spargebra::{Query, SparqlParser};

    use super::*;
    use crate::corpus;
    use crate::graph::Graph;
    use crate::text::SourceText;

    /// Whether a `WHERE` clause with `fl:line`, which is there, and `x:none`, which is not, is known to have no solution.
    fn check(pattern: &str, expected: bool) {
        let source = SourceText::new("a.md", "The rate was 30%.");
        let graph = Graph::build(&corpus::relate(vec![corpus::extract(source)]));
        let text = format!(
            "PREFIX fl: <https://w3id.org/factlint/ns#> PREFIX x: <urn:x:> SELECT * WHERE {{ {pattern} }}"
        );
        let query = SparqlParser::new().parse_query(&text).unwrap();
        let Query::Select { pattern, .. } = query else {
            panic!("{text}");
        };
        assert_eq!(is_empty(&pattern, graph.dataset()), expected, "{text}");
        if expected {
            let limit = std::time::Duration::from_mins(1);
            let found = crate::rule::query(&graph, &text, limit).unwrap();
            assert!(
                matches!(&found, crate::rule::Answer::Rows { rows, .. } if rows.is_empty()),
                "{text}: {found:?}"
            );
        }
    }

    #[test]
    fn a_predicate_or_class_that_nothing_has_empties_what_requires_it() {
        check("?a fl:line ?b", false);
        check("?a x:none ?b", true);
        check("?a a x:none", true);
        check("?a ?b ?c", false);
        check("?a fl:line ?b . ?a x:none ?c", true);
        check("?a fl:line ?b FILTER (?b > 1)", false);
        check("?a fl:line/x:none ?b", true);
        check("?a fl:line|x:none ?b", false);
        check("?a x:none* ?b", false);
        check(
            "{ SELECT ?a (COUNT(*) AS ?n) { ?a x:none ?b } GROUP BY ?a }",
            true,
        );
    }

    #[test]
    fn what_is_optional_empties_nothing() {
        check("?a fl:line ?b OPTIONAL { ?a x:none ?c }", false);
        check("?a fl:line ?b MINUS { ?a x:none ?c }", false);
        check("{ ?a fl:line ?b } UNION { ?a x:none ?b }", false);
        check("{ ?a x:none ?b } UNION { ?a x:none ?c }", true);
        check("?a fl:line ?b FILTER NOT EXISTS { ?a x:none ?c }", false);
        check("{ SELECT (COUNT(*) AS ?n) { ?a x:none ?b } }", false);
    }

    #[test]
    fn a_path_that_may_have_no_step_empties_nothing() {
        check("?a x:none? ?b", false);
        check("?a fl:line/x:none* ?b", false);
        check("?a fl:line/(x:none/x:none)? ?b", false);
        check("?a !x:none ?b", false);
        check("?a ^x:none ?b", true);
        check("?a x:none+ ?b", true);
        check("?a (x:none|^x:none) ?b", true);
        check("?a (fl:line|x:none)+ ?b", false);
    }

    #[test]
    fn what_cannot_be_told_beforehand_is_run() {
        check("?a a ?class", false);
        check("?a ?p x:none", false);
        check("?a fl:line ?b FILTER EXISTS { ?a x:none ?c }", false);
        check("VALUES ?p { x:none } ?a ?p ?b", false);
        check("VALUES ?a { } ?a ?p ?b", true);
        check("BIND(1 AS ?a) OPTIONAL { ?b x:none ?c }", false);
        check("OPTIONAL { ?a x:none ?b }", false);
        check("", false);
        check("GRAPH ?g { ?a fl:line ?b }", false);
        check("GRAPH ?g { ?a x:none ?b }", true);
        check("GRAPH ?g { }", false);
        check("GRAPH x:none { ?a fl:line ?b }", false);
        check("{ ?a x:none ?b } MINUS { ?a fl:line ?b }", true);
        check("{ ?a x:none ?b OPTIONAL { ?a fl:line ?c } }", true);
        check("{} UNION { ?a x:none ?b }", false);
    }

    #[test]
    fn a_count_of_nothing_is_a_row_unless_it_is_grouped() {
        check(
            "?a fl:line ?b { SELECT (COUNT(*) AS ?n) { ?c x:none ?d } }",
            false,
        );
        check(
            "{ SELECT (SUM(?d) AS ?n) { ?c x:none ?d } HAVING (COUNT(*) = 0) }",
            false,
        );
        check(
            "{ SELECT (1 + COUNT(?d) AS ?n) { ?c x:none ?d } ORDER BY ?n LIMIT 1 }",
            false,
        );
        check("{ SELECT DISTINCT ?c { ?c x:none ?d } LIMIT 1 }", true);
        check(
            "{ SELECT (COUNT(*) AS ?n) { ?c x:none ?d } GROUP BY (STR(?c) AS ?s) }",
            true,
        );
    }
}
