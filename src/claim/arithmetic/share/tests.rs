//! Which whole a share has, and which shares miss theirs.

use crate::claim::arithmetic::tests::shares;

fn check(source: &str, expected: &str) {
    assert_eq!(shares(source), expected, "{source}");
}

#[test]
fn counts_and_percentages_in_two_lists_of_one_order() {
    for (text, expected) in [
        (
            "Pain was seen in 520, 391 and 89 of 1,000 people (52.0%, 31.9% and 8.9%).",
            "List: 391 of 1,000 is 39.1% / 31.9%",
        ),
        (
            "Pain was seen in 12 and 8 of the 40 people (30% and 25%, respectively).",
            "List: 8 of 40 is 20% / 25%",
        ),
        (
            "Pain was seen in 30%, 25% and 26% (12, 10 and 8 of 40).",
            "List: 8 of 40 is 20% / 26%",
        ),
        (
            "Pain was seen in 520, 391 and 89 of 1,000 people (52.0%, 39.1% and 8.9%).",
            "",
        ),
        (
            "Pain was seen in 12 and 8 of the 40 people (35% and 25%).",
            "",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn the_words_right_before_a_share_name_its_whole() {
    check(
        "There are 487 families of plants, of which 213 (24%) are known.",
        "Near: 213 of 487 is 43.7% / 24%",
    );
    check(
        "Of all packages (137,569), only 8,857 (4.6%) have it.",
        "Opening: 8,857 of 137,569 is 6.4% / 4.6%",
    );
    check("They were 45, of whom 30 (70%) came.", "");
}

#[test]
fn count_whole_and_percentage_beside_one_another() {
    for (text, expected) in [
        (
            "Nausea was seen in 12 (35%) of 40 patients.",
            "Beside: 12 of 40 is 30% / 35%",
        ),
        (
            "The rate was 35% (10 of 40; 95% CI 20 to 50).",
            "Beside: 10 of 40 is 25% / 35%",
        ),
        (
            "35% of patients (10 of 40) had pain.",
            "Beside: 10 of 40 is 25% / 35%",
        ),
        (
            "Pain was seen in 10 of 40 patients who took it every day for a month (35%).",
            "Beside: 10 of 40 is 25% / 35%",
        ),
        (
            "The response was seen in 95% (28/22, 95% CI 78 to 99).",
            "Beside: 28 of 22 is 127.3% / 95%",
        ),
        (
            "In all, 74 of 15 (93%) patients came.",
            "Beside: 74 of 15 is 493.3% / 93%",
        ),
        ("The pressure fell by 20% (140/90).", ""),
        ("There was an increase of 50% (30/20).", ""),
        ("About 2/3 use it (23% often, 41% at times).", ""),
        (
            "Four of 99 women and 5 (1%) of 82 men fell ill.",
            "Beside: 5 of 82 is 6.1% / 1%",
        ),
        ("Nausea was seen in 12 (30%) of 40 patients.", ""),
        ("Pain was seen in 35% of responders (10 of 40).", ""),
        ("It was 44.7% in responders (38/92).", ""),
        ("It nearly reached two thirds of users (62%).", ""),
    ] {
        check(text, expected);
    }
}

#[test]
fn words_between_name_the_whole() {
    for (text, expected) in [
        (
            "Pain was seen in 10 of 40 patients, a rate of 35%.",
            "Near: 10 of 40 is 25% / 35%",
        ),
        (
            "There were 163 deaths among 516 patients (36.1%).",
            "Near: 163 of 516 is 31.6% / 36.1%",
        ),
        (
            "There were 516 patients, of whom 163 (36.1%) died.",
            "Near: 163 of 516 is 31.6% / 36.1%",
        ),
        (
            "We saw 516 patients. Of these, 163 (36.1%) died.",
            "Near: 163 of 516 is 31.6% / 36.1%",
        ),
        (
            "In the drug group (n = 516), 163 patients (36.1%) died.",
            "Near: 163 of 516 is 31.6% / 36.1%",
        ),
        (
            "In the drug group (n = 516), two fell ill, and 163 (36.1%) died.",
            "Near: 163 of 516 is 31.6% / 36.1%",
        ),
        (
            "We saw 516 patients and 452 controls. Of these, 163 (36.1%) died.",
            "",
        ),
        (
            "Only 52% of the trials (n = 60) gave the dose and 34% (n = 39) the time.",
            "",
        ),
        ("Visits rose from 40 to 50 patients (20%).", ""),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_slip_from_the_share_of_a_whole_of_the_same_things() {
    let text = "The report counts 196 cases.\n\nIn it, 41 of the cases of one group and 1 case of the other were men, corresponding to";
    check(
        &format!("{text} 24.1% of all cases."),
        "Slip: 42 of 196 is 21.4% / 24.1%",
    );
    check(&format!("{text} 21.4% of all cases."), "");
    check(&format!("{text} 37.5% of all cases."), "");
}

#[test]
fn these_patients_are_those_the_sentence_opens_with() {
    let text = |share: &str| {
        format!(
            "All 103 of the patients were ill later, so the rate among these patients rose from 28.2% to {share}%."
        )
    };
    check(
        &text("78.4"),
        "Whole: 80 of 103 is 77.7% and 81 of 103 is 78.6% / 78.4%",
    );
    check(&text("87.4"), "");
}

#[test]
fn a_clause_behind_the_whole_says_who_it_is() {
    for (text, expected) in [
        (
            "Of the 15,000 patients who received it, 61 (0.1%) fell ill.",
            "Opening: 61 of 15,000 is 0.4% / 0.1%",
        ),
        (
            "It was said of 16,000 patients. 20,000 patients came. Of the 15,000 patients who received it, 61 (0.1%) fell ill.",
            "Opening: 61 of 15,000 is 0.4% / 0.1%",
        ),
        (
            "Of the 200 patients (90%) who came, 160 (30%) stayed and 36 (18%) left.",
            "Siblings: 160 of 200 is 80% / 30%",
        ),
        (
            "Of 59 patients asked, 56 (49.9%) agreed, 29 (51.8%) came by train and 27 (48.2%) on foot.",
            "Opening: 56 of 59 is 94.9% / 49.9%",
        ),
        (
            "Of the 200 patients, 61 (60%) of those who received it fell ill.",
            "",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn the_other_shares_of_a_sentence_tell_the_whole() {
    for (text, expected) in [
        (
            "Of 57 wounds, 20 (35.1%) were new, 14 (64.6%) old and 6 (10.5%) open.",
            "Siblings: 14 of 57 is 24.6% / 64.6%",
        ),
        (
            "Records of 650 patients were read: 360 (25.4%) with the drug and 290 (44.6%) without.",
            "Siblings: 360 of 650 is 55.4% / 25.4%",
        ),
        (
            "In total, 236 people came. Of these, 227 (16%) ate, 75 (32%) drank and 224 (95%) slept.",
            "Siblings: 227 of 236 is 96.2% / 16%",
        ),
        (
            "They got the drug for 12 (n = 241) or 6 months (n = 240). There were 17 (5.1%) and 28 (11.7%) deaths.",
            "Pair: 17 of 241 is 7.1% / 5.1%",
        ),
        (
            "They got the drug for 12 (n = 241) or 6 months (n = 240). There were 17 (8.2%) and 28 (11.7%) deaths.",
            "",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn the_only_count_in_front_is_the_whole() {
    for (text, expected) in [
        (
            "From May 2014, 256 patients were included, and 253 (69%) were analysed.",
            "Only: 253 of 256 is 98.8% / 69%",
        ),
        (
            "The study had 256 patients and 40 carers, and 25 (69%) were analysed.",
            "",
        ),
        (
            "It happened to 44 patients, 23 (9.4%) with the drug and 21 (9.1%) without.",
            "",
        ),
        (
            "In all, 23 patients (92%) with the drug and 19 (76%) without came back.",
            "",
        ),
    ] {
        check(text, expected);
    }
}

#[test]
fn a_rest_makes_a_hundred() {
    check(
        "Of all users, 60% work alone, 25% in pairs and the remaining 30% in groups.",
        "Rest: 60% and 25% and 30% is 115% / 100%",
    );
    check(
        "Of all users, 60% work alone and the remaining 40% in groups.",
        "",
    );
    check(
        "Of all users, 60% work alone, and 50% of the remaining 40% in pairs.",
        "",
    );
}

#[test]
fn a_score_is_no_count() {
    check(
        "There were 32 patients. Of these, 16 (50%) were men and 8 (25%) ill. A score of 6 (46.9%) was common.",
        "",
    );
}

#[test]
fn other_shares_of_a_group_tell_its_size() {
    let text = |share: &str| {
        format!(
            "Patients were given oak (n = 45) or placebo (n = 47).\n\nNausea was seen in 12 (25.5%) patients in the placebo group and pain in 5 (10.6%) patients in the placebo group.\n\nFever was seen in {share} patients in the placebo group."
        )
    };
    check(&text("3 (6.4%)"), "");
    check(&text("3 (4.6%)"), "Arm: 3 of 47 is 6.4% / 4.6%");
    check(&text("8 (6.4%)"), "Arm: 8 of 47 is 17% / 6.4%");
    // 3 of 45, 3 of 44.
    check(&text("3 (6.7%)"), "");
    check(&text("3 (6.8%)"), "");
}

#[test]
fn other_shares_of_a_document_tell_a_whole() {
    let text = |share: &str| {
        format!(
            "In all, 66 patients came.\n\nNausea was seen in 12 (18.2%).\n\nPain was seen in 5 (7.6%).\n\nRash was seen in 31 (47.0%).\n\nCough was seen in 41 (62.1%).\n\nFever was seen in {share}."
        )
    };
    check(&text("27 (40.9%)"), "");
    check(&text("27 (48.2%)"), "");
    check(&text("27 (10.9%)"), "Document: 27 of 66 is 40.9% / 10.9%");
    // 27 of 60.
    check(&text("27 (45.0%)"), "");
}

#[test]
fn brackets_may_be_square() {
    check(
        "Pain was seen in 12 [35%] of 40 patients.",
        "Beside: 12 of 40 is 30% / 35%",
    );
}
