//! Sentences with the arm and the rule of each number.

use super::assign::Rule;
use super::{Inventory, Order, assign};
use crate::markdown::parse;
use crate::quantity::read;
use crate::text::SourceText;

/// The numbers of a sentence as `number arm Rule`.
fn told(set_up: &str, sentence: &str) -> String {
    let document = parse(SourceText::new("a.md", set_up));
    let inventory = Inventory::of(&document, &[]);
    let quantities = read(sentence, &[]);
    let given = assign(sentence, &quantities, &inventory, &mut Order::default());
    let all: Vec<String> = quantities
        .iter()
        .zip(given)
        .map(|(quantity, given)| {
            let number = sentence.get(quantity.range.clone()).unwrap();
            let arm = given.and_then(|given| {
                Some(format!(
                    "{} {:?}",
                    inventory.arms.get(given.arm)?.name,
                    given.rule
                ))
            });
            format!("{number} {}", arm.unwrap_or_else(|| "-".to_owned()))
        })
        .collect();
    all.join("; ")
}

fn check(set_up: &str, sentence: &str, expected: &str) {
    assert_eq!(told(set_up, sentence), expected, "{sentence}");
}

/// The arms of a document, with their other names.
fn arms(text: &str, expected: &str) {
    let inventory = Inventory::of(&parse(SourceText::new("a.md", text)), &[]);
    let names: Vec<String> = inventory.arms.iter().map(|arm| arm.name.clone()).collect();
    assert_eq!(names.join("; "), expected, "{text}");
}

const TRIAL: &str = "Adults were randomly assigned to receive yoga or usual care.";
const SIZED: &str = "Adults were randomised to yoga (n = 204) or usual care (n = 198).";
const THREE: &str =
    "Adults were randomised to yoga (n = 20), zinc (n = 21) or usual care (n = 22).";

#[test]
fn arms_are_set_up_in_many_wordings() {
    arms(TRIAL, "yoga; usual care");
    arms(SIZED, "yoga; usual care");
    arms(THREE, "yoga; zinc; usual care");
    arms(
        "Of the women, 12 were assigned to the tea group and 13 to the water group.",
        "tea; water",
    );
    arms(
        "Yoga versus swimming in patients with back pain.",
        "Yoga; swimming",
    );
    arms(
        "We treated patients. Pain fell in the yoga group and in the swimming group.",
        "yoga; swimming",
    );
    arms(
        "Patients of group A slept. Patients of group B did not.",
        "group A; group B",
    );
    arms(
        "Adults were randomised to 500 mg zinc or 250 mg zinc.",
        "zinc 500 mg; zinc 250 mg",
    );
}

#[test]
fn a_text_that_sets_up_no_comparison_of_people_has_no_arms() {
    arms(
        "The server versus the client: 12 req/s in the first group.",
        "",
    );
    arms("Patients were seen from April 2002 to November 2007.", "");
    check(
        "The server answers 12 requests.",
        "A 12 req/s, B 9 req/s versus 7 req/s.",
        "12 req/s -; 9 req/s -; 7 req/s -",
    );
}

#[test]
fn the_arm_behind_a_number_has_it() {
    check(
        TRIAL,
        "Pain fell by 24% in the yoga group and by 11% in the usual care group.",
        "24% yoga Behind; 11% usual care Behind",
    );
    check(
        TRIAL,
        "There were 118 falls in the yoga group.",
        "118 yoga Behind",
    );
}

#[test]
fn the_arm_before_a_number_has_it() {
    check(
        TRIAL,
        "Yoga (24%) and usual care (11%) differed.",
        "24% yoga Before; 11% usual care Before",
    );
    check(
        TRIAL,
        "Yoga: 24%; usual care: 11%.",
        "24% yoga Before; 11% usual care Before",
    );
}

#[test]
fn the_other_side_of_a_comparison_is_the_other_arm() {
    check(
        TRIAL,
        "Pain fell by 24% in the yoga group versus 11%.",
        "24% yoga Behind; 11% usual care OtherSide",
    );
}

#[test]
fn a_comparison_goes_in_the_order_of_the_mentions() {
    check(
        TRIAL,
        "Pain was lower with yoga than with usual care (24% vs 31%).",
        "24% yoga AsMentioned; 31% usual care AsMentioned",
    );
    check(
        TRIAL,
        "Compared with usual care, yoga eased pain (24% vs 31%).",
        "24% yoga AsMentioned; 31% usual care AsMentioned",
    );
    check(
        TRIAL,
        "Usual care did worse in pain (31% v 24%); sleep also differed (12% v 9%).",
        "31% usual care AsMentioned; 24% yoga AsMentioned; 12% usual care AsBefore; 9% yoga AsBefore",
    );
}

#[test]
fn respectively_asks_first_whether_arms_are_listed() {
    check(
        TRIAL,
        "Pain fell by 24% and 11% in the usual care and yoga groups, respectively.",
        "24% usual care Respectively; 11% yoga Respectively",
    );
    check(
        TRIAL,
        "Sleep and mood were better in 24% and 11% in the yoga group, respectively.",
        "24% yoga Respectively; 11% yoga Respectively",
    );
    check(
        THREE,
        "Pain fell by 24%, 11% and 7% with zinc, yoga and usual care, respectively.",
        "24% zinc Respectively; 11% yoga Respectively; 7% usual care Respectively",
    );
}

#[test]
fn a_series_shares_the_arm_at_its_end() {
    check(
        TRIAL,
        "Rates were 64% and 85% for yoga.",
        "64% yoga Series; 85% yoga Behind",
    );
}

#[test]
fn what_is_left_over_is_the_other_arm() {
    check(
        TRIAL,
        "Pain fell in 24% in the yoga group and 11% in the remaining people.",
        "24% yoga Behind; 11% usual care Elimination",
    );
}

#[test]
fn the_size_of_an_arm_tells_it() {
    check(
        SIZED,
        "Falls were seen in 12/204 and 9/198.",
        "12/204 yoga GroupSize; 9/198 usual care GroupSize",
    );
}

#[test]
fn the_numbers_of_one_result_share_the_arm() {
    check(
        TRIAL,
        "Pain was eased in 5 (10%) of 51 in the yoga group.",
        "5 (10%) yoga Behind; 51 yoga Behind",
    );
}

#[test]
fn roles_letters_and_back_references_are_mentions() {
    check(
        TRIAL,
        "Pain eased in 24% of controls.",
        "24% usual care Behind",
    );
    check(
        TRIAL,
        "Pain eased in 24% in the intervention group.",
        "24% yoga Behind",
    );
    check(
        TRIAL,
        "Pain eased in 24% in arm B.",
        "24% usual care Behind",
    );
    check(
        TRIAL,
        "Pain eased in 24% in the yoga group and in 11% in the other group.",
        "24% yoga Behind; 11% usual care Behind",
    );
    check(
        TRIAL,
        "Yoga and usual care differed: pain eased in 24% in the former and 11% in the latter.",
        "24% yoga Behind; 11% usual care Behind",
    );
}

#[test]
fn a_group_called_by_an_unknown_word_is_the_other_arm() {
    check(
        TRIAL,
        "Pain eased in 24% and 11% in the yoga and RT arms, respectively.",
        "24% yoga Respectively; 11% usual care Respectively",
    );
    check(
        TRIAL,
        "Pain eased in 24% of yoga-treated patients and in 11% of walking-treated patients.",
        "24% yoga Behind; 11% usual care UnknownGroup",
    );
    check(
        "Of the adults, 112 were assigned to slow yoga, stretching and breathing (SYB), and 113 to usual care.",
        "Pain eased in 24% with SYB and in 11% with usual care.",
        "24% slow yoga Behind; 11% usual care Behind",
    );
}

#[test]
fn negation_tells_arms_apart() {
    let trial = "Patients were randomised to MRI or no MRI.";
    check(
        trial,
        "Surgery followed in 24% with MRI and 11% with no MRI.",
        "24% MRI Behind; 11% no MRI Behind",
    );
}

#[test]
fn order_alone_is_weak() {
    check(
        TRIAL,
        "Pain fell by 24% versus 11%.",
        "24% yoga UsualOrder; 11% usual care UsualOrder",
    );
    let weak = [
        Rule::UsualOrder,
        Rule::Coordinated,
        Rule::Near,
        Rule::UnknownGroup,
        Rule::Topic,
        Rule::OnlyArm,
        Rule::PreviousSentence,
    ];
    assert!(weak.iter().all(|rule| !rule.is_strong()));
}

#[test]
fn weak_rules_fill_what_nothing_binds() {
    check(
        TRIAL,
        "Yoga was liked, and over all weeks of the trial people came to 24 classes.",
        "24 yoga Topic",
    );
    check(
        TRIAL,
        "Pain was 24% and 11% (p = 0.4).",
        "24% yoga Coordinated; 11% usual care Coordinated; 0.4 -",
    );
}

#[test]
fn the_only_arm_near_a_number_is_weak() {
    check(
        TRIAL,
        "24 of the people who were seen by the team in the end liked yoga.",
        "24 yoga OnlyArm",
    );
    let document = parse(SourceText::new("a.md", TRIAL));
    let inventory = Inventory::of(&document, &[]);
    let mut order = Order::default();
    let mut rules = Vec::new();
    for sentence in ["Pain eased with yoga.", "It fell to 24%."] {
        let quantities = read(sentence, &[]);
        let given = assign(sentence, &quantities, &inventory, &mut order);
        rules.extend(given.into_iter().flatten().map(|given| given.rule));
    }
    assert_eq!(rules, [Rule::PreviousSentence]);
}

#[test]
fn a_text_that_names_no_trial_sets_up_none_by_comparing() {
    arms(
        "Patients read much. We compared closed questions with open questions.",
        "",
    );
}

#[test]
fn traps() {
    check(TRIAL, "Pain eased in 24% in both arms.", "24% -");
    check(TRIAL, "Yoga cut falls (hazard ratio 0.82).", "0.82 -");
    check(
        TRIAL,
        "After a mean follow-up of 59 months, pain was 24% vs 11%.",
        "59 months -; 24% yoga UsualOrder; 11% usual care UsualOrder",
    );
    let drug = "Patients were randomised to denosumab or placebo.";
    check(
        drug,
        "Pain eased in 24% of denosumab-treated patients.",
        "24% denosumab Behind",
    );
}

#[test]
fn a_long_sentence_of_comparisons_is_read_to_its_end() {
    let sentence = "yoga 24% versus usual care 11%, ".repeat(2_000);
    assert!(told(TRIAL, &sentence).len() > 2_000);
}

proptest::proptest! {
    #[test]
    fn swapping_two_arms_in_a_sentence_swaps_the_arms(frame in 0..FRAMES.len(), one in 1..50_u32, two in 51..99_u32) {
        let sentence = |a: &str, b: &str| {
            FRAMES[frame].replace("{a}", a).replace("{b}", b).replace("{x}", &one.to_string()).replace("{y}", &two.to_string())
        };
        let trial = "Adults were randomly assigned to receive yoga or zinc.";
        let straight = told(trial, &sentence("yoga", "zinc"));
        let swapped = told(trial, &sentence("zinc", "yoga"));
        let exchanged = straight.replace("yoga", "#").replace("zinc", "yoga").replace('#', "zinc");
        proptest::prop_assert_eq!(swapped, exchanged);
    }
}

/// Sentences in which nothing but the mentions tells the order.
const FRAMES: [&str; 8] = [
    "Pain eased in {x}% in the {a} group and in {y}% in the {b} group.",
    "Pain eased with {a} ({x}%) and with {b} ({y}%).",
    "Pain was lower with {a} than with {b} ({x}% vs {y}%).",
    "Compared with {a}, {b} eased pain ({x}% versus {y}%).",
    "Pain eased in {x}% and {y}% in the {a} and {b} groups, respectively.",
    "In {a} and {b}, pain eased in {x}% and {y}%, respectively.",
    "Pain eased in {x}% with {a} compared with {y}%.",
    "Rates were {x}% and {y}% for {a}, and {b} was liked.",
];
