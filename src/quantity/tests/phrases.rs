//! Comparators, ranges, shares, intervals, roles, dates and masks.

use super::*;

#[test]
fn comparators_open_one_side() {
    check("< 10 months", "< 10 months [-∞,10] mo");
    check("≤5 mg", "≤5 mg [-∞,5] mg");
    check(">100 μm", ">100 μm [100,∞] um");
    check("≥11.1 mmol/L", "≥11.1 mmol/L [11.1,∞] mmol/L");
    check("more than 10 sites", "more than 10 [10,∞]");
    check("over 20 cancers", "over 20 [20,∞]");
    check("at least two regimens", "at least two [2,∞]");
    check("At least 5 days", "At least 5 days [5,∞] d");
    check("up to 30%", "up to 30% [-∞,30] %");
    check(
        "less than half a page, fewer than 40 sites",
        "fewer than 40 [-∞,40]",
    );
    check("18 years or older", "18 years or older [18,∞] a");
    check("10+ years", "10+ years [10,∞] a");
    check(">/=24 weeks", ">/=24 weeks [24,∞] wk");
    check("less than ∼10 times", "less than ∼10 times [-∞,10] {fold}");
    check("within 12 weeks", "within 12 weeks [-∞,12] wk");
}

#[test]
fn approximations_widen() {
    check("about 79%", "about 79% [78,80] %");
    check("about 40%", "about 40% [38,42] %");
    check("~500 patients", "~500 [475,525]");
    check("about 3 days", "about 3 days [2.5,3.5] d");
    check(
        "approximately 12.5 kg",
        "approximately 12.5 kg [12.4,12.6] kg",
    );
    check("nearly 90%", "nearly 90% [85.5,94.5] %");
}

#[test]
fn ranges_have_two_ends() {
    check("4–7 kV", "4–7 kV [4,7] kV");
    check("20-30 minutes", "20-30 minutes [20,30] min");
    check("20 to 30 minutes", "20 to 30 minutes [20,30] min");
    check("between 20 and 30%", "between 20 and 30% [20,30] %");
    check("from 1% to 3%", "1% to 3% [1,3] %");
    check("1.4%–3.1%", "1.4%–3.1% [1.4,3.1] %");
    check("−27.2 to −23.1‰", "−27.2 to −23.1‰ [-27.2,-23.1] [ppth]");
    check("11.4% to 2.4%", "11.4% to 2.4% [2.4,11.4] %");
    check(
        "between 200 and >1000 m",
        "between 200 and >1000 m [200,1000] m",
    );
    check("$5–$10", "$5–$10 [5,10] USD");
    check("2 to 3 million people", "2 to 3 million [2000000,3000000]");
    check("5–5 mm", "5–5 mm [4.5,5.5] mm");
    check("two to three weeks", "two to three weeks [2,3] wk");
    check(
        "grew 12% to $4.5 million",
        "12% [11.5,12.5] %; $4.5 million [4450000,4550000] USD",
    );
    check("5 mg to 10 patients", "5 mg [4.5,5.5] mg; 10 [9.5,10.5]");
    check("2 × 5 min", "2 × 5 min [4.5,5.5] min");
    check("2x5 minutes", "2x5 minutes [4.5,5.5] min");
    check("60 × 10 × 3 mm", "60 × 10 × 3 mm [3,60] mm");
}

#[test]
fn tolerances() {
    check("300±15 °C", "300±15 °C [299.5,300.5] Cel ±15");
    check("43.57% ± 4.35%", "43.57% ± 4.35% [43.565,43.575] % ±4.35");
    check("3.7 +/- 0.9 kg", "3.7 +/- 0.9 kg [3.65,3.75] kg ±0.9");
    check("(3.7+/-0.9 kg)", "3.7+/-0.9 kg [3.65,3.75] kg ±0.9");
}

#[test]
fn lists_share_their_unit() {
    check(
        "100%, 95%, 70%",
        "100% [99.5,100.5] %; 95% [94.5,95.5] %; 70% [69.5,70.5] %",
    );
    check("64 and 71%", "64 [63.5,64.5] %; 71% [70.5,71.5] %");
    check(
        "4.5, 6 and 13 kg",
        "4.5 [4.45,4.55] kg; 6 [5.5,6.5] kg; 13 kg [12.5,13.5] kg",
    );
    check(
        "1.5 mm and 8.5 mm",
        "1.5 mm [1.45,1.55] mm; 8.5 mm [8.45,8.55] mm",
    );
}

#[test]
fn shares_of_a_whole() {
    check("12/40 (30%)", "12/40 (30%) [29.5,30.5] % n=12 N=40");
    check("12 of 40 (30%)", "12 of 40 (30%) [29.5,30.5] % n=12 N=40");
    check(
        "12 out of 40 patients",
        "12 out of 40 [11.5,12.5] n=12 N=40",
    );
    check(
        "12 of 40 patients (30%)",
        "12 of 40 patients (30%) [29.5,30.5] % n=12 N=40",
    );
    check("30% (12/40)", "30% (12/40) [29.5,30.5] % n=12 N=40");
    check(
        "30% (12 of 40 patients)",
        "30% (12 of 40 patients) [29.5,30.5] % n=12 N=40",
    );
    check("12 (30%) had", "12 (30%) [29.5,30.5] % n=12");
    check("(n = 12, 30%)", "12, 30% [29.5,30.5] % n=12");
    check("1 in 5 adults", "1 in 5 [0.5,1.5] n=1 N=5");
    check("One in ten adults", "One in ten [0.5,1.5] n=1 N=10");
    check("seen in 12/40", "12/40 [11.5,12.5] n=12 N=40");
    check("two of the 40 mice", "two of the 40 [1.5,2.5] n=2 N=40");
    check("on 12/04/2020", "12/04/2020 [2019.5,2020.5] Date");
    none(&["and/or", "PK/PD studies"]);
}

#[test]
fn intervals_belong_to_their_value() {
    check("38% (95% CI 25–52)", "38% [37.5,38.5] % ci=25..52@95");
    check("0.8 (95% CI: 0.2 to 3.4)", "0.8 [0.75,0.85] ci=0.2..3.4@95");
    check(
        "2.25 [95% CI, 1.92-2.65]",
        "2.25 [2.245,2.255] ci=1.92..2.65@95",
    );
    check(
        "HR 0.72; 95% confidence interval 0.60-0.86",
        "0.72 [0.715,0.725] ci=0.6..0.86@95",
    );
    check(
        "HR 0.72, 95% CI (0.60, 0.86), P = .03",
        "0.72 [0.715,0.725] ci=0.6..0.86@95; .03 [0.025,0.035] PValue",
    );
    check(
        "12/40 (30%; 95% CI 17–47)",
        "12/40 (30% [29.5,30.5] % n=12 N=40 ci=17..47@95",
    );
    check("38% (95% CI 25%–52%)", "38% [37.5,38.5] % ci=25..52@95");
    check("OR 1.4 (0.9–2.1)", "1.4 [1.35,1.45] ci=0.9..2.1");
    check("6.2 months (IQR 3–9)", "6.2 months [6.15,6.25] mo ci=3..9");
    check(
        "18.4 months (95% CI, 15.2 to not reached)",
        "18.4 months [18.35,18.45] mo ci=15.2..1000000000000000@95",
    );
    check("a 95% confidence level", "95% [94.5,95.5] %");
    check("with 95% CI shown", "95% [94.5,95.5] % ConfidenceLevel");
    check(
        "-0.43 (95% CI −0.60 to −0.20)",
        "-0.43 [-0.435,-0.425] ci=-0.6..-0.2@95",
    );
}

#[test]
fn p_values_and_sample_sizes() {
    check("P = .03", ".03 [0.025,0.035] PValue");
    check("p<0.001", "<0.001 [-∞,0.001] PValue");
    check("a p-value of 0.04", "0.04 [0.035,0.045] PValue");
    check("$p$ = 0.001", "0.001 [0.0005,0.0015] PValue");
    check("P for trend = 0.04", "0.04 [0.035,0.045] PValue");
    check("(n = 102)", "102 [101.5,102.5] SampleSize");
    check("N=326", "326 [325.5,326.5] SampleSize");
}

#[test]
fn dates_are_dates() {
    check("Date: December 2025", "December 2025 [2024.5,2025.5] Date");
    check(
        "on 26 October 2011,",
        "26 October 2011 [2010.5,2011.5] Date",
    );
    check("on 9th August 2008", "9th August 2008 [2007.5,2008.5] Date");
    check(
        "by December 16, 2011",
        "December 16, 2011 [2010.5,2011.5] Date",
    );
    check("on 2011-10-26", "2011-10-26 [2010.5,2011.5] Date");
    check("in 1991; later", "1991 [1990.5,1991.5] Date");
    check("in 1997–2003", "1997–2003 [1996.5,2003.5] Date");
    check(
        "between 2005 and 2010",
        "between 2005 and 2010 [2004.5,2010.5] Date",
    );
    check("in fiscal 2024, revenue", "2024 [2023.5,2024.5] Date");
    check("2000 patients were", "2000 [1999.5,2000.5]");
}

#[test]
fn median_mean_count_and_estimate_are_said() {
    let modifiers = |text: &str| read(text, &[]).remove(0).modifiers;
    assert_eq!(modifiers("median PFS of 3.5 months"), [Modifier::Median]);
    assert_eq!(modifiers("a mean age of 54.8 years"), [Modifier::Mean]);
    assert_eq!(modifiers("18.0 months (estimated)"), [Modifier::Estimated]);
    assert_eq!(modifiers("432 patients"), [Modifier::Count]);
    assert_eq!(modifiers("~12%"), [Modifier::Approximate]);
    assert_eq!(modifiers("5–7 mm"), [Modifier::Range]);
}

#[test]
fn masked_ranges_hold_nothing_and_end_quantities() {
    let text = "30% to 40 mg";
    let found: Vec<String> = read(text, &[7..9, 0..0])
        .iter()
        .map(|q| render(text, q))
        .collect();
    assert_eq!(found, ["30% [29.5,30.5] %"]);
    assert!(read("a 5 b", &[0..3, 2..5]).is_empty());
    assert_eq!(read("é 5 mg", &[1..2, 100..200, 3..3]).len(), 1);
}

#[test]
fn hostile_texts_are_read_in_linear_time() {
    for part in [
        "1",
        "1,",
        "1 ",
        "((",
        "1-",
        "one ",
        "1/",
        "95% CI ",
        "12 (",
        "²",
        "10^",
        "~",
        "1 mg/",
        "\u{301}1",
        "\0",
        "1×",
        "a hundred ",
        "2010; ",
    ] {
        let text = part.repeat(5_000);
        read(&text, &[]);
    }
}

#[test]
fn numbers_that_do_not_fit_have_no_value() {
    none(&["10^30 stars"]);
    for text in [
        "9e99 things",
        "99999999999999999999999999999999 m",
        "0.00000000000000000000000000000000001 m",
    ] {
        let found = read(text, &[]);
        assert!(
            found
                .iter()
                .all(|quantity| quantity.value.is_none() && quantity.problem.is_some()),
            "{text}"
        );
    }
}
