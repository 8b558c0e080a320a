//! Which statements need a source, and the documents around them.

use super::super::fixture;
use super::*;

/// Whether the last block of a document needs support.
fn check(input: &str, expected: Support) {
    let (document, _) = fixture::read(input);
    let last = document.blocks.len() - 1;
    let text = &document.blocks[last].text.plain;
    assert_eq!(
        Supports::new(&document, &Citations::default()).of(last, text),
        expected,
        "{input}"
    );
}

#[test]
fn guides_need_support_for_how_things_work() {
    for input in [
        "Examplimab is a selective inhibitor of the IL-6 receptor.",
        "The binding of IL-6 to its receptor triggers a cascade of signals.",
        "Signalling by CXCL12 is crucial for the spread of tumours.",
        "Examplimab acts as a competitive antagonist.",
        "Studies have shown that sleep lowers blood pressure.",
        "About 20% of adults have high blood pressure.",
        "The prevalence was 3 cases per 100,000 people.",
    ] {
        check(input, Support::Needed);
    }
}

#[test]
fn excused_statements_need_none() {
    for input in [
        "We measured blood pressure in 20% of adults.",
        "This pathway is crucial for tumours and the IL-6 receptor.",
        "Examplimab may act as an inhibitor of IL-6.",
        "Further studies are needed on how Examplimab acts as an inhibitor.",
        "The aim was to see whether Examplimab inhibits IL-6.",
        "Therefore Examplimab inhibits the IL-6 receptor.",
        "Good planning leads to better results in the end.",
        "The cache reduces the load of the server a lot.",
        "It works well.",
        "Half or 50% of t-values are above zero here.",
        "About 20% of respondents were adults and women.",
        "No study has shown an effect on blood pressure.",
    ] {
        check(input, Support::NotNeeded);
    }
}

#[test]
fn articles_need_support_in_introductions_and_for_others_in_discussions() {
    let article = |section: &str, text: &str| format!("# Methods\nx\n# {section}\n{text}");
    let others = "Studies have shown that sleep lowers blood pressure.";
    let figure = "About 20% of adults have high blood pressure.";
    let relation = "Examplimab is a selective inhibitor of the IL-6 receptor.";
    check(&article("Introduction", others), Support::Needed);
    check(&article("Introduction", figure), Support::Needed);
    check(&article("Introduction", relation), Support::NotNeeded);
    check(&article("Discussion", others), Support::Needed);
    check(&article("Discussion", figure), Support::NotNeeded);
    check(&article("Results", others), Support::NotNeeded);
    check(&article("Conclusion", others), Support::NotNeeded);
    check(&article("1. Introduction", figure), Support::Needed);
}

#[test]
fn conclusions_of_guides_need_none() {
    check(
        "# Conclusion\nExamplimab is a selective inhibitor of the IL-6 receptor.",
        Support::NotNeeded,
    );
}
