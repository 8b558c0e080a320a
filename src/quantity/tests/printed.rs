//! Phrases of small texts, joined by `; `.

use super::*;

#[track_caller]
fn phrased(text: &str, expected: &str) {
    let read = read(text, &[]);
    let quantities: Vec<&Quantity> = read.iter().collect();
    let found: Vec<&str> = phrases(text, &quantities, |_, _| true)
        .into_iter()
        .map(|phrase| text.get(phrase.range).unwrap())
        .collect();
    assert_eq!(found.join("; "), expected, "in {text:?}");
}

#[test]
fn a_list_that_shares_its_unit_is_one_phrase() {
    phrased("at 34 and 38 °C", "34 and 38 °C");
    phrased("of 4.5, 6 and 13 kg", "4.5, 6 and 13 kg");
    phrased("of 4.5 kg, 6 kg, and 13 kg", "4.5 kg, 6 kg, and 13 kg");
    phrased("in 1997, 2003, and 2008", "1997, 2003, and 2008");
}

#[test]
fn values_of_different_things_are_phrases_of_their_own() {
    phrased("34 °C and 38 °C", "34 °C; 38 °C");
    phrased("34 and 38 °C, respectively", "34; 38 °C");
    phrased("5 mg and 10 cm", "5 mg; 10 cm");
    phrased("5 mg, 10 mg", "5 mg; 10 mg");
    let text = "34 and 38 °C";
    let read = read(text, &[]);
    let quantities: Vec<&Quantity> = read.iter().collect();
    assert_eq!(phrases(text, &quantities, |_, _| false).len(), 2);
}

#[test]
fn lead_words_belong_to_the_phrase() {
    phrased("rose from 10 to 30 ppm", "from 10 to 30 ppm");
    phrased("varies from 10 to 30 ppm", "10 to 30 ppm");
    phrased("came from 10 countries", "10");
    phrased("the last 3 years", "last 3 years");
    phrased("(range 5–8)", "range 5–8");
    phrased("over a 7-month period", "over a 7-month");
    phrased("since July 2004", "since July 2004");
}
