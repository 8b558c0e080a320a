//! Ways to write a number, one after another.

use super::*;

#[test]
fn signs() {
    check("a change of −5.3 °C", "−5.3 °C [-5.35,-5.25] Cel");
    check("a change of –3.2 kg", "–3.2 kg [-3.25,-3.15] kg");
    check(
        "a change of +3.4 (vs +5%)",
        "+3.4 [3.35,3.45]; +5% [4.5,5.5] %",
    );
    check("∼–1‰ was seen", "∼–1‰ [-1.5,-0.5] [ppth]");
    check("the text – 5 mg – goes on", "5 mg [4.5,5.5] mg");
}

#[test]
fn blanks_between_thousands() {
    check("a total of 13 388 women", "13 388 [13387.5,13388.5]");
    check(
        "in all (n = 10 576).",
        "10 576 [10575.5,10576.5] SampleSize",
    );
    check("1 000 000 people", "1 000 000 [999999.5,1000000.5]");
    check(
        "12\u{2009}345 and 12\u{202f}345",
        "12\u{2009}345 [12344.5,12345.5]; 12\u{202f}345 [12344.5,12345.5]",
    );
    check(
        "12'500 and 12’500",
        "12'500 [12499.5,12500.5]; 12’500 [12499.5,12500.5]",
    );
    check(
        "took 2 100 mg tablets",
        "2 [1.5,2.5]; 100 mg [99.5,100.5] mg",
    );
    check("In phase 2 120 patients", "120 [119.5,120.5]");
    check(
        "rows of 10 100 200",
        "10 [9.5,10.5]; 100 [99.5,100.5]; 200 [199.5,200.5]",
    );
}

#[test]
fn points() {
    check("fell by 0·72 mmol/L", "0·72 mmol/L [0.715,0.725] mmol/L");
    check("(P = 0. 92)", "0. 92 [0.915,0.925] PValue");
    check(
        "there was 0. 92 of them came",
        "0 [-0.5,0.5]; 92 [91.5,92.5]",
    );
    check("1.2e-5 mol", "1.2e-5 mol [0.0000115,0.0000125] mol");
    check(
        "(0.39–0.41)×10−3 m",
        "(0.39–0.41)×10−3 m [0.00039,0.00041] m",
    );
}

#[test]
fn fractions() {
    check("2 1/2 hours", "2 1/2 hours [2.49,2.51] h");
    check("1½ hours", "1½ hours [1.49,1.51] h");
    check(
        "four and a half years",
        "four and a half years [4.25,4.75] a",
    );
    check("half a million people", "half a million [450000,550000]");
    check("half a dozen eggs", "half a dozen [5.4,6.6]");
}

#[test]
fn words() {
    check(
        "Hundred and forty-three patients",
        "Hundred and forty-three [142.5,143.5]",
    );
    check("a twofold rise", "twofold [1.5,2.5] {fold}");
    check("a manifold rise", "");
    check(
        "none of the 24 patients",
        "none of the 24 [-0.5,0.5] n=0 N=24",
    );
    check(
        "Thirty-six (53%) received it",
        "Thirty-six (53%) [52.5,53.5] % n=36",
    );
    check(
        "anaemia (ten [3%] and three [2%])",
        "ten [3%] [2.5,3.5] % n=10; three [2%] [1.5,2.5] % n=3",
    );
    check("AML3 (one) and ALL (two)", "one [0.5,1.5]; two [1.5,2.5]");
    check(
        "four treated and one in the control group",
        "four [3.5,4.5]; one [0.5,1.5]",
    );
    check("only one patient died", "one [0.5,1.5]");
    check("one of them may say", "");
    check("increased over eight cycles", "eight [7.5,8.5]");
    check("over eight weeks", "over eight weeks [8,∞] wk");
}

#[test]
fn slashes() {
    check(
        "diarrhea (10.8%/0%)",
        "10.8% [10.75,10.85] %; 0% [-0.5,0.5] %",
    );
    check(
        "was 94%/53%/34%",
        "94% [93.5,94.5] %; 53% [52.5,53.5] %; 34% [33.5,34.5] %",
    );
    check(
        "5 (0.72/1000) were found",
        "5 [4.5,5.5]; 0.72/1000 [0.715,0.725] N=1000",
    );
    check(
        "the groups {3/47 (6.4%)}",
        "3/47 (6.4%) [6.35,6.45] % n=3 N=47",
    );
    check("(N:19/36; 52.8%)", "19/36; 52.8% [52.75,52.85] % n=19 N=36");
}

#[test]
fn levels_of_intervals() {
    check(
        "0.72 (0.60–0.86; 95% CI)",
        "0.72 [0.715,0.725] ci=0.6..0.86@95",
    );
    check(
        "0.72 (CI 95%: 0.60–0.86)",
        "0.72 [0.715,0.725] ci=0.6..0.86@95",
    );
    check(
        "0.72 (95% CI, 0.60–0.86)",
        "0.72 [0.715,0.725] ci=0.6..0.86@95",
    );
    check(
        "0.72 (95% credible interval 0.60 to 0.86)",
        "0.72 [0.715,0.725] ci=0.6..0.86@95",
    );
}

#[test]
fn a_unit_is_no_age() {
    check(
        "18 years of age or older",
        "18 years of age or older [18,∞] a",
    );
    check("aged 55–74 year olds", "55–74 year [55,74] a");
    check("a 5.1-point rise", "5.1-point [5.05,5.15] {points}");
    check("at 3.4Rp", "3.4Rp [3.35,3.45] {R_planet}");
}

#[test]
fn counts_of_groups() {
    check(
        "two groups: 21 in the first",
        "two [1.5,2.5]; 21 [20.5,21.5]",
    );
    check(
        "recruited (TAM 64, CBT 65)",
        "64 [63.5,64.5]; 65 [64.5,65.5]",
    );
    check("Among 49 consecutive women", "49 [48.5,49.5]");
    check(
        "on days 1-3 (8.0% versus 47.5%)",
        "8.0% [7.95,8.05] %; 47.5% [47.45,47.55] %",
    );
}

#[test]
fn what_does_not_fit_has_open_bounds() {
    let digits = "9".repeat(400);
    for text in [
        digits.clone(),
        format!("{digits}.5%"),
        format!("1e{digits}"),
    ] {
        let found = read(&text, &[]);
        assert!(
            found.iter().all(|quantity| quantity.value.is_none()),
            "{text}"
        );
    }
}

#[test]
fn a_decimal_with_a_hyphen_and_a_unit_of_its_own_is_a_figure() {
    check("a 0.15-L·min rise", "0.15 [0.145,0.155]");
    check("an IL-6-dependent rise", "");
}

#[test]
fn sizes_of_groups_alone_in_brackets() {
    check(
        "women got the drug (n=816) or no drug (807).",
        "816 [815.5,816.5] SampleSize; 807 [806.5,807.5]",
    );
    check(
        "women were randomised to the drug (34) or to care (17).",
        "34 [33.5,34.5]; 17 [16.5,17.5]",
    );
    check("women were randomised as before (34).", "");
    check("the drug (34) or care (17) helps", "");
}
