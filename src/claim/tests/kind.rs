//! Kinds of sentences, told by small texts.

use super::super::{fixture, sentence};
use super::*;

fn check(input: &str, expected: SentenceKind) {
    assert_eq!(of_text(&Words::of(input)), expected, "{input}");
}

/// Kinds of all sentences of a document, one letter each.
fn letters(input: &str) -> String {
    let (document, citations) = fixture::read(input);
    let (sentences, _) = sentence::split(&document, &citations);
    sentences
        .iter()
        .map(|sentence| match sentence.kind {
            SentenceKind::Claim => 'C',
            SentenceKind::Instruction => 'I',
            SentenceKind::Question => 'Q',
            SentenceKind::Heading => 'H',
            SentenceKind::Navigation => 'N',
            SentenceKind::Boilerplate => 'B',
            SentenceKind::Metadata => 'M',
            SentenceKind::Caption => 'T',
            SentenceKind::Reference => 'R',
            SentenceKind::Fragment => 'F',
        })
        .collect()
}

#[test]
fn imperatives_instruct() {
    for input in [
        "Rinse the plates with saline for 5 minutes.",
        "Warm up and shake the flask.",
        "Carefully decant the upper layer.",
        "Action: Verify that the pump is primed.",
        "If the signal is weak, increase the gain.",
        "Must have finished the first course.",
        "Gate on live cells.",
        "Ensure that all samples are cold.",
        "Do not freeze the kit.",
        "Use the smaller column.",
        "To avoid foam, stir slowly.",
        "Compare results with the controls.",
        "Use filtered water.",
        "Store samples collected in winter apart.",
        "Check what rose to the top.",
    ] {
        check(input, SentenceKind::Instruction);
    }
}

#[test]
fn nouns_that_look_like_imperatives_state() {
    for input in [
        "Use of the drug was rare.",
        "Test results were normal.",
        "Study participants were adults.",
        "Treatment reduced the risk by half.",
        "Block copolymers are stable.",
        "Seed oils have a low melting point.",
        "Research shows that sleep matters.",
        "Work demands rose during the winter.",
        "Research activity increased in 2020.",
        "Study grants fell by half.",
    ] {
        check(input, SentenceKind::Claim);
    }
}

#[test]
fn statements_are_claims() {
    check("The rate was 12%.", SentenceKind::Claim);
    check("12 of 40 patients", SentenceKind::Claim);
    check("Insulin lowers blood sugar.", SentenceKind::Claim);
    check(
        "In the second trial, no event occurred.",
        SentenceKind::Claim,
    );
    check("Note: the drug is rarely used.", SentenceKind::Claim);
}

#[test]
fn questions_ask() {
    check("What is it for?", SentenceKind::Question);
    check("Q3: Was it safe?", SentenceKind::Question);
    check("Was it safe?[3]", SentenceKind::Question);
}

#[test]
fn labels_and_captions() {
    check("Possible causes and steps:", SentenceKind::Heading);
    check("Table 4: Rates by arm", SentenceKind::Caption);
    check("Figure 2. Flow of patients.", SentenceKind::Caption);
    check("Caption: How the pump works.", SentenceKind::Caption);
    check("Table 4 shows that rates fell.", SentenceKind::Claim);
}

#[test]
fn documents_speak_of_themselves() {
    check("This guide compares three pumps.", SentenceKind::Navigation);
    check("Below is a list of parts.", SentenceKind::Navigation);
    check(
        "The following tables show the rates.",
        SentenceKind::Navigation,
    );
    check(
        "This protocol is based on earlier work.",
        SentenceKind::Navigation,
    );
}

#[test]
fn boilerplate() {
    check("For research use only.", SentenceKind::Boilerplate);
    check(
        "We make no warranties of any kind.",
        SentenceKind::Boilerplate,
    );
    check("Email: sales@example.com", SentenceKind::Boilerplate);
    check(
        "Acme offers custom parts for all.",
        SentenceKind::Boilerplate,
    );
    check("Our mission is to help.", SentenceKind::Boilerplate);
    check("The method offers better accuracy.", SentenceKind::Claim);
}

#[test]
fn metadata() {
    check("Author: Ann Brown", SentenceKind::Metadata);
    check("Cat. No.: B77", SentenceKind::Metadata);
    check("Date: May 2020", SentenceKind::Metadata);
    check("For editors, writers and readers", SentenceKind::Metadata);
}

#[test]
fn terms_without_verb_are_fragments() {
    check("Partial remission", SentenceKind::Fragment);
    check(
        "Safety and tolerability of the pair.",
        SentenceKind::Fragment,
    );
    check("-", SentenceKind::Fragment);
}

#[test]
fn place_decides_before_words() {
    assert_eq!(letters("# Contact\nThe office is in Rome."), "HB");
    assert_eq!(
        letters("# Disclaimer\nThe data are correct. They are 5 years old."),
        "HBB"
    );
    assert_eq!(
        letters("# Protocol\n- Saline 5 mL\n- The plates were dry."),
        "HIC"
    );
    assert_eq!(letters("# Pumps\n- Saline 5 mL"), "HC");
    assert_eq!(letters("| Arm | Rate |\n|---|---|\n| A | 3% |"), "HHFC");
    assert_eq!(
        letters("Table 1: All rates are low\n| Arm |\n|---|\n| A |"),
        "THF"
    );
}

#[test]
fn most_steps_make_a_list_a_protocol() {
    let list = "- Wash the plates.\n- Dry them. Then heat for 5 min.\n- Forward: 5'-ACGT-3'\n";
    assert_eq!(letters(list), "IIII".replace("IIII", &letters(list)));
    assert!(!letters(list).contains('C'), "{}", letters(list));
    assert_eq!(
        letters("- Rates fell in 2019.\n- Costs rose in 2020.\n- Read on."),
        "CCI"
    );
}
