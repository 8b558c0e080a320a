//! Which numbers belong together, and the bounds of what they give.

use crate::claim::fixture::read;
use crate::claim::{Statements, extract};

fn statements(source: &str) -> Statements {
    let (document, citations) = read(source);
    extract(&document, &citations)
}

/// Each change as `word direction from>to`, and its size where it is said.
fn changes(source: &str) -> String {
    let list: Vec<String> = statements(source)
        .changes
        .iter()
        .map(|change| {
            let (from, to) = &change.printed;
            let size = change
                .size
                .as_ref()
                .map(|size| format!(" [{} is {}]", size.printed, size.shown))
                .unwrap_or_default();
            format!("{} {:?} {from}>{to}{size}", change.word, change.direction)
        })
        .collect();
    list.join("; ")
}

/// Each share as `evidence: calculation / printed`.
pub(super) fn shares(source: &str) -> String {
    let list: Vec<String> = statements(source)
        .shares
        .iter()
        .map(|share| {
            format!(
                "{:?}: {} / {}",
                share.evidence, share.calculation, share.printed
            )
        })
        .collect();
    list.join("; ")
}

/// Each impossible mean and deviation as printed.
fn means(source: &str) -> String {
    let list: Vec<String> = statements(source)
        .means
        .iter()
        .map(|mean| mean.printed.clone())
        .collect();
    list.join("; ")
}

/// Each sum as `evidence: calculation / whole`.
pub(super) fn sums(source: &str) -> String {
    let list: Vec<String> = statements(source)
        .sums
        .iter()
        .map(|sum| format!("{:?}: {} / {}", sum.evidence, sum.calculation, sum.printed))
        .collect();
    list.join("; ")
}

#[test]
fn pairs_are_read_in_the_order_of_time() {
    for (text, expected) in [
        ("Uptake rose from 20% to 30%.", "rose Up 20%>30%"),
        (
            "Uptake rose from 20% of all sites at 28 days to 30% at 35 days.",
            "rose Up 20%>30%",
        ),
        (
            "Deaths decreased to 16.7% from 19.6%.",
            "decreased Down 19.6%>16.7%",
        ),
        ("Uptake reached 50% (up from 44% in 2016).", "up Up 44%>50%"),
        (
            "Uptake stands at 9%, a drop from 12% last year.",
            "drop Down 12%>9%",
        ),
        ("Uptake dropped from 43% → 32%.", "dropped Down 43%>32%"),
        (
            "The survey had a higher completion rate (84% -> 87%).",
            "higher Up 84%>87%",
        ),
        (
            "Nausea was lower with A than with B (12% vs 15%).",
            "lower Down 15%>12%",
        ),
        (
            "Deaths were reduced with A compared with B (12% vs 15%).",
            "reduced Down 15%>12%",
        ),
        (
            "Nausea was lower in the A group (12%) than in the B group (15%).",
            "lower Down 15%>12%",
        ),
        (
            "Nausea was lower with A (8 [12%]) compared to B (9 [15%]).",
            "lower Down 9 [15%]>8 [12%]",
        ),
        (
            "The stay was shorter in the A group than in the B group (35 days in the B group vs. 15 days in the A group).",
            "shorter Down 35 days>15 days",
        ),
        (
            "Women had higher response rates than men (women 51% vs. men 35%).",
            "higher Up 35%>51%",
        ),
        (
            "A larger number of nodes was removed with A than with B (18.7 vs 14.8).",
            "larger Up 14.8>18.7",
        ),
        (
            "The share was less than that in the other group (2.2% vs 6.8%).",
            "less Down 6.8%>2.2%",
        ),
        (
            "The zinc level fell from 0.26 ± 0.14 to 0.18 ± 0.10 mg/L.",
            "fell Down 0.26 ± 0.14>0.18 ± 0.10 mg/L",
        ),
        (
            "The relapse rate (ARR) dropped from 2.1% to 0.6%.",
            "dropped Down 2.1%>0.6%",
        ),
        (
            "Sales fell from $1.2 million to $900,000.",
            "fell Down $1.2 million>$900,000",
        ),
        (
            "A improved the detection rate from 28% to 87%.",
            "improved Up 28%>87%",
        ),
        (
            "A improved the score from 28% to 87%.",
            "improved Better 28%>87%",
        ),
        (
            "Trust in modules fell since last year. 68% trust modules, compared to 77% in 2019.",
            "fell Down 77%>68%",
        ),
    ] {
        assert_eq!(changes(text), expected, "{text}");
    }
}

#[test]
fn pairs_are_read_with_words_and_intervals_between() {
    for (text, expected) in [
        (
            "Cases rise from 5% to 9%, and the size of the file shrinks from 10 MB to 8 MB.",
            "rise Up 5%>9%; shrinks Down 10 MB>8 MB",
        ),
        (
            "Uptake rose from an average of 20% to just 30%.",
            "rose Up 20%>30%",
        ),
        (
            "The delay was cut from 60 ms down to 20 ms.",
            "cut Down 60 ms>down to 20 ms",
        ),
        (
            "Uptake has grown from 9% in 2016, to 16% in 2019.",
            "grown Up 9%>16%",
        ),
        (
            "They chose to increase the staff by 3, from 14 to 17.",
            "increase Up 14>17",
        ),
        (
            "The use of improved pumps increased from 17% to 41%.",
            "increased Up 17%>41%",
        ),
        (
            "Of those who never came (decrease from 37% to 30%), few wrote.",
            "decrease Down 37%>30%",
        ),
        ("Raise the limit from 4 MB to 50 MB.", "Raise Up 4 MB>50 MB"),
        (
            "Nausea was lower with A than with B (12% [95% CI 8 to 17] vs 15% [95% CI 10 to 21]).",
            "lower Down 15%>12%",
        ),
        (
            "Nausea was lower with A than with B (12% and 15%, respectively).",
            "lower Down 15%>12%",
        ),
        (
            "The number of people who did not pay was lower with A than with B (12% vs 15%).",
            "lower Down 15%>12%",
        ),
        (
            "We saw lower zinc levels (6.4 mg vs. 7.1 mg, p = 0.01) and weights (9 kg vs. 8 kg) in the A group than in the B group.",
            "lower Down 7.1 mg>6.4 mg",
        ),
        (
            "We saw a higher rate (9% vs. 8%) compared to B.",
            "higher Up 8%>9%",
        ),
        (
            "The stay was shorter with A (median 5 days) than with B (median 8 days).",
            "shorter Down 8 days>5 days",
        ),
    ] {
        assert_eq!(changes(text), expected, "{text}");
    }
}

#[test]
fn a_stated_size_is_computed() {
    for (text, expected) in [
        (
            "Visits grew by 25% from 400 to 600.",
            "grew Up 400>600 [25% is 50%]",
        ),
        (
            "Visits fell by 50% from 600 to 300.",
            "fell Down 600>300 [50% is 50%]",
        ),
        (
            "Visits doubled from 400 to 600.",
            "doubled Up 400>600 [doubled is 1.5 times]",
        ),
        (
            "Uptake and cost rose from 20% and 30% to 35% and 25%, respectively.",
            "rose Up 20%>35%; rose Up 30%>25%",
        ),
        (
            "There was a 25% increase from 400 to 600.",
            "increase Up 400>600 [25% is 50%]",
        ),
        (
            "Visits nearly doubled from 400 to 760.",
            "doubled Up 400>760",
        ),
    ] {
        assert_eq!(changes(text), expected, "{text}");
    }
}

#[test]
fn a_bracket_is_read_without_a_blank_before_its_mark() {
    assert_eq!(
        changes("Nausea was less frequent with A than with B (12%vs 15%)."),
        "less Down 15%>12%"
    );
}

#[test]
fn what_only_looks_like_a_change_is_none() {
    for text in [
        "Uptake did not increase from 46% to 41%.",
        "A smaller increase from 46% to 41% was seen.",
        "A decrease of 5% to 20% was seen.",
        "Nausea was reduced by 20–30%.",
        "Reductions ranging from 5% to 20% were seen.",
        "Uptake and cost reached 50% and 44%, up from 60% and 30%, respectively.",
        "Uptake and cost rose from 20% and 30% to 15%, respectively.",
        "The signal fell from 8 hours to 12 hours after the dose.",
        "The yield decreased from 10% to 50% ethanol.",
        "Papers increased from 2015 to 2010.",
        "The potential increased from -5 mV to -10 mV.",
        "Nausea was not lower with A than with B (15% vs 12%).",
        "Knowledge was lower than for adults in both arms (75% vs 64%).",
        "We did not find that nausea was lower with A than with B (15% vs 12%).",
        "A gave more rapid healing than B (5 days vs 8 days).",
        "Nausea was lower in the high-dose group (0.4 mg) than in the low-dose group (0.1 mg).",
        "The rise was greater in the A group (0.1 ± 0.3 to 1.9 ± 2.0) than in the B group (0.3 ± 0.8 to 0.5 ± 0.7).",
        "The loss of motion was a larger one, and the fold change was greater in A (0.09) than in B (0.23).",
        "Nausea was lower in the high dose group (4.5 mg) than in the low dose group (1.5 mg).",
        "Nausea was lower in the A group (45) than in the B group (40).",
        "Nausea was lower in older people (70 years) than in the young (20 years).",
        "Nausea was more frequent in smaller sites than in larger ones (15% vs 12%).",
        "Nausea was lower in the A group than in the B group (15% in site C vs 12% in site D).",
        "The response fell from 0.1 ± 0.05 to 0.3 ± 0.05 mg/L.",
        "The fee was reduced from 3 crowns to 3000 shells.",
        "The latency fell from 64 KB to 4 MB.",
        "The cut of the rise from 40% to 20% was seen.",
        "Nausea in men and women was lower with A than with B (12% and 15%, respectively).",
        "Sites grew from 700 in 1970 to over 900 in 1980.",
        "It costs 150% more (200 to 500 crowns) or 200% more (tripling from 1360 crowns).",
        "The score was greater with A than with B [2.7 (0.1) vs 3.4 (0.3)].",
    ] {
        assert_eq!(changes(text), "", "{text}");
    }
}

#[test]
fn wholes_and_their_parts_are_read() {
    for (text, expected) in [
        (
            "The study had 90 patients (35 treated with A, 45 control).",
            "Listing: 35 + 45 = 80 / 90",
        ),
        (
            "In all, 604 patients died, with 301 in the A group and 303 in the control group.",
            "Categories: 301 + 303 = 604 / 604",
        ),
        (
            "There were 659 patients, with 334 randomized to A and 325 to B.",
            "Categories: 334 + 325 = 659 / 659",
        ),
        (
            "Of the 103 samples, the test read 29 as positive, 25 as negative, and 49 as suspected.",
            "Categories: 29 + 25 + 49 = 103 / 103",
        ),
        (
            "They tested 57 samples, comprising 43 samples of patients and 14 of staff.",
            "Wording: 43 + 14 = 57 / 57",
        ),
        (
            "They randomized 152 patients to A (n = 75) or B (n = 87).",
            "Categories: 75 + 87 = 162 / 152",
        ),
        (
            "There were 131 cases among 11,636 people (30 of 5,807 with A and 101 of 5,829 with B).",
            "Categories: 30 + 101 = 131 / 131",
        ),
        (
            "In all, 517 + 508 = 1,059 took part.",
            "Difference: 517 + 508 = 1025 / 1059",
        ),
        (
            "The score is 61 (68% promoters minus 7% detractors).",
            "Difference: 68% − 7% = 61% / 61",
        ),
        (
            "Some 89% use it, with 39% both at home and at work, 27% only at home, and 23% only at work.",
            "Categories: 39% + 27% + 23% = 89% / 89%",
        ),
    ] {
        assert_eq!(sums(text).replace("1,025", "1025"), expected, "{text}");
    }
}

#[test]
fn a_whole_is_broken_down_by_group() {
    for (text, expected) in [
        (
            "We enrolled 259 people (oak, n = 124; elm, n = 153).",
            "Listing: 124 + 153 = 277 / 259",
        ),
        (
            "We enrolled 65 people (weekly group, n = 29; every-3-weeks group, n = 33).",
            "Listing: 29 + 33 = 62 / 65",
        ),
        (
            "We randomised 84 women: 31 received oak, 29 received elm, and 34 received nothing.",
            "Listing: 31 + 29 + 34 = 94 / 84",
        ),
        (
            "There were 201 people randomised, 100 to oak and 110 to elm.",
            "Categories: 100 + 110 = 210 / 201",
        ),
        (
            "In the end 91 were analysed, 44 in group A and 43 in group P.",
            "Listing: 44 + 43 = 87 / 91",
        ),
        (
            "There were 809 people (298, 307 and 214, respectively) in three towns.",
            "Listing: 298 + 307 + 214 = 819 / 809",
        ),
        (
            "We saw 69 deaths (23 with oak vs 36 with elm; HR 0.9).",
            "Listing: 23 + 36 = 59 / 69",
        ),
        (
            "Survivors (n = 120) were randomised to oak (n = 50) or elm (n = 50).",
            "Categories: 50 + 50 = 100 / 120",
        ),
    ] {
        assert_eq!(sums(text), expected, "{text}");
    }
}

#[test]
fn a_rest_and_sizes_behind_a_head_are_parts() {
    for (text, expected) in [
        (
            "Of the 30 boats, 18 were mended, while the other 10 were sold.",
            "Listing: 18 + 10 = 28 / 30",
        ),
        (
            "We met 324 patients, of whom 120 slept, 104 sang and the remaining 110 left.",
            "Slip: 120 + 104 + 110 = 334 / 324",
        ),
        (
            "Oaks (n = 226): red (n = 104), white (n = 152).",
            "Slip: 104 + 152 = 256 / 226",
        ),
        (
            "There were 85 boats (70 + 5) there.",
            "Listing: 70 + 5 = 75 / 85",
        ),
        (
            "They asked for 342 places: 128 harbours in Norway and 204 locks in Sweden.",
            "Listing: 128 + 204 = 332 / 342",
        ),
        (
            "The rate was read in 94 boats (48 for oak and 56 for pine).",
            "Listing: 48 + 56 = 104 / 94",
        ),
        (
            "A total of N = 168 sailors came (oak crew: N = 88; pine crew: N = 70).",
            "Listing: 88 + 70 = 158 / 168",
        ),
        (
            "Of the 140 sailors, 81 were women (57.9%) and 49 were men (42.1%).",
            "Categories: 81 + 49 = 130 / 140",
        ),
        (
            "The group (n = 80) was composed of 58 female and 62 male sailors.",
            "Categories: 58 + 62 = 120 / 80",
        ),
        // Somebody is counted in a word, a part is divided again, or no single digit explains the rest.
        (
            "Of the 20 sailors, one fell, 4 left and the other 14 stayed.",
            "",
        ),
        (
            "Of the 90 sailors, 20 sang: 12 of them at night, and the other 8 by day.",
            "",
        ),
        (
            "We met 324 patients, of whom 120 slept, 64 sang and the remaining 11 left.",
            "",
        ),
        ("Oaks (n = 226): red (n = 104), old (n = 91).", ""),
        (
            "There were 2 boats (10 + 5) there.",
            "Listing: 10 + 5 = 15 / 2",
        ),
    ] {
        assert_eq!(sums(text), expected, "{text}");
    }
}

#[test]
fn what_is_not_all_of_a_whole_is_no_sum() {
    for text in [
        "Of 162 patients, 90 had nausea, 60 had headache, and 45 had fatigue.",
        "Of the 82 sites, 37 from the control arm and 40 from the test arm took part.",
        "Nausea was seen in 60% of patients, including 35% with headache and 26% with fatigue.",
        "They randomized 152 patients to A and B (n = 75 each) after 20 withdrew (n = 20).",
        "Of 559 women randomised to three groups, 404 were reached and 247 took part.",
        "Some 61% (n = 1,694) received tablets, 41% (n = 1,142) lived at home, and 26% (n = 721) alone.",
        "We saw 120 people (fever, n = 70; cough, n = 65).",
        "In all, 40 patients had events (12, 18).",
        "The 30 patients stayed 5 days.",
    ] {
        assert_eq!(sums(text), "", "{text}");
    }
}

#[test]
fn a_table_proves_what_its_totals_are() {
    let table = "| Site | A | B | Total |\n|---|---|---|---|\n| X | 20 | 21 | 41 |\n| Y | 15 (40%) | 14 | 29 |\n| Z | 11 | 12 | 32 |\n";
    assert_eq!(
        sums(table),
        "Table: 20 + 21 = 41 / 41; Table: 15 + 14 = 29 / 29; Table: 11 + 12 = 23 / 32"
    );
    let rows =
        "| Site | A | B |\n|---|---|---|\n| X | 20 | 21 |\n| Y | 15 | 14 |\n| Total | 35 | 53 |\n";
    assert_eq!(
        sums(rows),
        "Table: 20 + 15 = 35 / 35; Table: 21 + 14 = 35 / 53"
    );
    let sizes = "| Event | A (n = 20) | B (n = 21) | Total (n = 43) |\n|---|---|---|---|\n| X | 2 | 3 | 5 |\n| Y | 4 | 4 | 8 |\n";
    assert!(
        sums(sizes).ends_with("Table: 20 + 21 = 41 / 43"),
        "{}",
        sums(sizes)
    );
    let means = "| Measure | A | B | Overall |\n|---|---|---|---|\n| Age | 61 | 63 | 62 |\n| Stay | 5 | 7 | 6 |\n";
    assert_eq!(sums(means), "");
}

#[test]
fn a_share_misses_the_whole_its_sentence_opens_with() {
    for (text, expected) in [
        (
            "Of the 140 patients, 30 (12%) had nausea.",
            "Opening: 30 of 140 is 21.4% / 12%",
        ),
        (
            "Among 120 women, 30 (25%) had nausea and 40 (38%) pain.",
            "Siblings: 40 of 120 is 33.3% / 38%",
        ),
        ("Of the 120 patients, 30 (25.0%) had nausea.", ""),
        ("Of the 40 patients, 13 (32%) had nausea.", ""),
        (
            "Of the 140 patients, 80 were men; of these, 30 (37.5%) left.",
            "",
        ),
        ("Of the 140 patients, 40 left and 30 (30%) had nausea.", ""),
        ("In 2015, 30 (12%) had nausea.", ""),
    ] {
        assert_eq!(shares(text), expected, "{text}");
    }
}

#[test]
fn a_group_with_one_size_is_the_whole_of_its_share() {
    let sizes = "We treated 80 patients (35 with corvatinib, 45 control).";
    assert_eq!(
        shares(&format!(
            "{sizes} Nausea was seen in 4 (11%) corvatinib-treated patients and 29 (56%) control patients."
        )),
        "Group: 29 of 45 is 64.4% / 56%"
    );
    assert_eq!(
        shares(&format!(
            "{sizes} Nausea was seen in 9 (11%) corvatinib-treated patients and 29 (56%) control patients."
        )),
        ""
    );
}

#[test]
fn a_percentage_that_no_count_makes_is_told_where_another_fits() {
    let text = |second: &str| format!("Of the 103 patients, 28.2% had nausea and {second}% pain.");
    assert_eq!(
        shares(&text("78.4")),
        "Whole: 80 of 103 is 77.7% and 81 of 103 is 78.6% / 78.4%"
    );
    for text in [
        text("78.6"),
        text("78"),
        "Of the 103 patients, a weighted 28.2% had nausea and 78.4% pain.".to_owned(),
        "Of the 2,103 patients, 28.2% had nausea and 78.4% pain.".to_owned(),
        "Of the 103 patients, 28.2% had nausea, and 78.4% of all cases were mild.".to_owned(),
    ] {
        assert_eq!(shares(&text), "", "{text}");
    }
}

#[test]
fn a_mean_of_whole_numbers_is_one_of_few() {
    for (text, expected) in [
        ("The mean number of visits was 3.48 (n = 28).", "3.48"),
        ("The mean number of visits was 3.46 (n = 28).", ""),
        (
            "The mean (SD) number of visits was 3.44 (2.47) in 18 patients.",
            "2.47",
        ),
        (
            "The mean (SD) number of visits was 3.44 (2.48) in 18 patients.",
            "",
        ),
        (
            "The number of errors (M = 3.48, SD = 1.20, n = 28) fell.",
            "3.48",
        ),
        ("The mean of the 4 items was 3.48 (n = 28).", ""),
        ("The mean number of visits was 2.5 (n = 4).", ""),
        ("The mean number of visits was 2.125 (n = 4).", "2.125"),
        ("The mean number of visits per week was 3.48 (n = 28).", ""),
        ("The mean stay was 3.48 days (n = 28).", ""),
    ] {
        assert_eq!(means(text), expected, "{text}");
    }
}

#[test]
fn halves_are_rounded_either_way() {
    // 5/8 is 0.625 and 1/16 is 6.25%.
    assert_eq!(means("The mean number of falls was 0.62 (n = 8)."), "");
    assert_eq!(means("The mean number of falls was 0.63 (n = 8)."), "");
    assert_eq!(
        shares("Of the 16 patients, 1 (6.2%) left and 15 (93.7%) stayed."),
        ""
    );
}

#[test]
fn nothing_is_divided_by_zero_and_nothing_overflows() {
    let long = "9".repeat(400);
    for text in [
        "Of 0 patients, 0 (0%) died and 3 (12%) left.".to_owned(),
        format!("Of the {long} patients, {long} (12%) died and 30 (12%) left."),
        "Of the 79228162514264337593543950335 patients, 79228162514264337593543950334 (12%) died.".to_owned(),
        "The mean number of visits was 3.48 (n = 0).".to_owned(),
        "The mean number of visits was 79228162514264337593543950.33 (SD 79228162514264337593543950.33, n = 28).".to_owned(),
        format!("The mean number of visits was 3.{long} (n = {long})."),
    ] {
        assert!(!shares(&text).contains("NaN"), "{text}");
        assert_eq!(means(&text), "", "{text}");
    }
}

#[test]
fn scales_names_and_acts_tell_no_change() {
    for text in [
        "Each answer falls on a scale from 0 to 100.",
        "A reduction of costs comes by extending the window from 12 hours to 24 hours.",
        "The Jump Severity goes from 50% to 45%.",
    ] {
        assert_eq!(changes(text), "", "{text}");
    }
    assert_ne!(changes("The severity jumps from 50% to 45%."), "");
}
