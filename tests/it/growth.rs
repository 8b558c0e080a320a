//! What is made of hostile and huge texts grows with them and no faster: counted, since time would depend on the machine.
//! `cargo bench --bench growth` times the same texts at full size.

#[path = "../../benches/generate/hostile.rs"]
pub(crate) mod hostile;

use factlint::check::{Options, check};
use factlint::corpus;
use factlint::finding::Level;
use factlint::graph::Graph;
use factlint::rule::RuleSet;
use factlint::text::SourceText;

use crate::folder;

/// Bytes of the smaller text of each pair.
const SMALL: usize = 4_000;
/// No sentence is longer, so that comparing its parts with one another costs no more in a long text than in a short one.
const LONGEST_SENTENCE: usize = 3_000;

/// Everything that is made of a text, in one number.
struct Made {
    triples: usize,
    parts: usize,
    longest_sentence: usize,
}

fn made(sources: Vec<SourceText>) -> Made {
    let corpus = corpus::relate(sources.into_iter().map(corpus::extract).collect());
    let mut made = Made {
        triples: Graph::build(&corpus).len(),
        parts: corpus.restatements.len() + corpus.attributions.len() + corpus.duplicates.len(),
        longest_sentence: 0,
    };
    for extraction in &corpus.extractions {
        let statements = &extraction.statements;
        made.parts += extraction.document.blocks.len() + extraction.citations.pointers.len();
        for claim in &statements.claims {
            made.parts += 1 + claim.pointers.len() + claim.nearby.len();
        }
        for figure in &statements.figures {
            made.parts += 1 + figure.pointers.len() + figure.qualifiers.len();
        }
        for sum in &statements.sums {
            made.parts += sum.parts.len();
        }
        for sentence in &statements.sentences {
            made.parts += 1;
            made.longest_sentence = made.longest_sentence.max(sentence.place.range.len());
        }
    }
    made
}

#[test]
fn four_times_the_text_makes_four_times_as_much() {
    let nothing = made(vec![SourceText::new("a.md", "")]).triples;
    for case in hostile::cases() {
        let small = made(case.sources(SMALL));
        let large = made(case.sources(4 * SMALL));
        let least = |count: usize| count.max(SMALL / 20);
        let (few, many) = (small.triples - nothing, large.triples - nothing);
        assert!(
            many <= 6 * least(few),
            "{}: {few} triples become {many}",
            case.name
        );
        assert!(
            large.parts <= 6 * least(small.parts),
            "{}: {} parts become {}",
            case.name,
            small.parts,
            large.parts
        );
        assert!(
            large.longest_sentence <= LONGEST_SENTENCE,
            "{}: a sentence of {} bytes",
            case.name,
            large.longest_sentence
        );
    }
}

#[test]
fn a_check_finds_the_same_without_the_triples_no_rule_asks_for() {
    let rules = RuleSet::embedded();
    for collection in ["trial", "company", "software"] {
        let sources = folder::sources(&format!("documents/{collection}/defects"));
        let (_, all) = folder::check(sources.clone());
        assert_eq!(
            check(sources, &Options::new(&rules)).findings,
            all,
            "{collection}: a rule asks for a predicate it does not name"
        );
    }
}

#[test]
fn of_more_than_a_thousand_findings_of_one_kind_the_rest_is_counted() {
    let undefined = |marks: usize| -> Vec<(usize, Level, String)> {
        let sentences: Vec<String> = (1..=marks)
            .map(|n| format!("As shown [{}].", n % 500 + 1))
            .collect();
        let text = sentences.join("\n\n");
        let rules = RuleSet::embedded();
        let outcome = check(vec![SourceText::new("a.md", text)], &Options::new(&rules));
        let of_rule = outcome.findings.into_iter();
        of_rule
            .filter(|finding| finding.rule == "undefined-reference")
            .map(|finding| (finding.location.span.start, finding.level, finding.message))
            .collect()
    };
    let (all, capped) = (undefined(1_001), undefined(2_345));
    assert_eq!((all.len(), capped.len()), (1_001, 1_001));
    assert_eq!(all[..1_000], capped[..1_000]);
    let (place, level, message) = &capped[1_000];
    assert_eq!((*place, *level), (all[1_000].0, Level::Error));
    assert_eq!(message, "and 1,345 more of this kind in this document");
}
