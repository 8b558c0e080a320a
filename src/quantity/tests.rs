//! Quantities of small texts, one line a quantity: `text [low,high] unit`, then what else is known.

use super::*;

/// One quantity in the notation of the tests.
fn render(text: &str, quantity: &Quantity) -> String {
    let mut line = text[quantity.range.clone()].to_owned();
    let bound = |value: Decimal| {
        if value == UNBOUNDED {
            "∞".to_owned()
        } else if value == -UNBOUNDED {
            "-∞".to_owned()
        } else {
            value.normalize().to_string()
        }
    };
    line += &format!(" [{},{}]", bound(quantity.low), bound(quantity.high));
    if let Some(unit) = &quantity.unit {
        line += &format!(" {}", unit.ucum);
    }
    if quantity.role != Role::Value {
        line += &format!(" {:?}", quantity.role);
    }
    if let Some(numerator) = quantity.numerator {
        line += &format!(" n={}", numerator.normalize());
    }
    if let Some(denominator) = quantity.denominator {
        line += &format!(" N={}", denominator.normalize());
    }
    if let Some(tolerance) = quantity.tolerance {
        line += &format!(" ±{}", tolerance.normalize());
    }
    if let Some(interval) = &quantity.interval {
        line += &format!(
            " ci={}..{}",
            interval.low.normalize(),
            interval.high.normalize()
        );
        if let Some(level) = interval.level {
            line += &format!("@{}", level.normalize());
        }
    }
    line
}

/// Compares all quantities of a text, joined by `; `.
#[track_caller]
fn check(text: &str, expected: &str) {
    let found: Vec<String> = read(text, &[])
        .iter()
        .map(|quantity| render(text, quantity))
        .collect();
    assert_eq!(found.join("; "), expected, "in {text:?}");
}

/// Checks texts that hold no quantity.
#[track_caller]
fn none(texts: &[&str]) {
    for text in texts {
        check(text, "");
    }
}

#[test]
fn numbers_glued_to_letters_are_names() {
    none(&[
        "the CXCR4 receptor",
        "HER2-negative tumours",
        "H2O and CO2",
        "CD34+ cells",
        "p53 status",
        "X4P-001 was given",
        "BL-8040",
        "POL6326",
        "CXCL12/CXCR4 axis",
        "IL-6 levels",
        "during COVID-19",
        "13C labelling",
        "a 3D culture",
        "the 1st and 2nd lines",
        "an mp3 file",
        "Mg(ClO4)2",
        "16S rRNA",
        "Si2+ ions",
        "F(3, 8.9)",
        "SARS-CoV-2",
        "the i7-9700K chip",
        "v1.2.3",
        "utf8 and base64",
        "DA1–DA5",
        "a 2a subtype",
        "GLP-1 agonists",
        "HLA-B*27:05",
        "C-12 chains",
    ]);
}

#[test]
fn labelled_numbers_are_names() {
    none(&[
        "see Figure 3.",
        "Fig. 2a shows",
        "(Figs. 4 and 5)",
        "Figures 3A and 3B",
        "Table S1",
        "Table 2: Results",
        "in Section 2",
        "Section 4.1",
        "Eq. (4)",
        "Eqs. (9.2) and (9.10)",
        "Chapter 7",
        "Appendix 2",
        "a Phase 1 trial",
        "Phase 1b",
        "a phase 1/2 study",
        "Phase 2 and placebo",
        "stage 3 disease",
        "Grade 3/4 events",
        "type 2 diabetes",
        "on Day 8",
        "Cycle 1",
        "Step 3",
        "Group 2",
        "Level 2",
        "Class 3",
        "Version 2.1",
        "No. 5",
        "Cat. No. 12345",
        "phases 3, 5, 7, and 9",
        "days 1, 8 and 15",
        "axis 1",
        "page 34",
        "(p. 301)",
        "Nos. 1 and 4",
        "Q4",
        "PMID 12345678",
        "ISBN 978-3-16-148410-0",
        "grade three events",
        "phase two",
    ]);
}

#[test]
fn identifiers_are_names() {
    none(&[
        "doi:10.1056/NEJMoa2034577",
        "10.1016/j.cell.2011.02.013",
        "https://example.org/a/12?b=34",
        "www.site7.com/99",
        "mail a12@host34.org",
        "NCT01234567",
        "5'-ACGTACGT-3'",
        "commit 9e107d9d372bb6826bd81d3542a419d6",
        "data_2020.csv",
        "run12.log",
        "0x1F",
        "550e8400-e29b-41d4-a716-446655440000",
        "192.168.0.1",
        "Python 3.11.4",
        "3,3'-Diaminobenzidine",
        "Tween-20",
        "4-hydroxytamoxifen",
        "5-FU",
        "2,4-dinitrophenol",
        "Phone: (601) 213-4426",
        "call 601-213-4426",
        "120 N Main St",
        "3281 East Oak Rd",
        "CA 91761",
        "55(34):123-9",
        "2010;12:345–350",
        "Voyager 2",
        "Windows 11 is out",
        "with GPT 4",
        "\\frac{1}{2}",
        "codes: 040301–040304",
    ]);
}

#[test]
fn citation_marks_are_no_figures() {
    none(&[
        "as shown [1]",
        "shown [1, 3-5]",
        "shown [30,40,42].",
        "shown ^[1]",
        "shown ^1,2^",
        "shown^{[1][8]}",
        "(11)",
        "(14–17)",
        "(26,29,49)",
        "(Smith et al., 2012)",
        "(Smith 1998, Fig. S1)",
        "Smith et al. (2008a,b)",
        "Smith (2003) said",
        "(Kennett and Stott, 1991; Zachos et al., 2005)",
        "Jones et al. (2001, 2004)",
        "growth of cells.5 The",
        "cells,12 and",
        "[2025]",
    ]);
}

#[test]
fn numbering_and_times_are_no_figures() {
    none(&[
        "1. Animal model",
        "2) Wash",
        "Q1: Why?",
        "at 05:28 UT",
        "from 9:30 am",
        "open 24/7",
        "the one that",
        "one of them",
        "no one",
        "two-arm study",
        "single-arm",
        "first-line therapy",
        "the two groups",
        "these three",
    ]);
    check("Phase 1 study of 24 patients", "24 [23.5,24.5]");
    check("- Wash\n2. Add 5 mL", "5 mL [4.5,5.5] mL");
}

#[test]
fn designs_and_dilutions_are_ratios() {
    check("a 3+3 design", "3+3 [2.5,3.5] Ratio N=3");
    check("in a 1:1 ratio", "1:1 [0.5,1.5] Ratio N=1");
    check("diluted 1:40 overnight", "1:40 [0.5,1.5] Ratio N=40");
    check("randomized 2:1 to", "2:1 [1.5,2.5] Ratio N=1");
}

#[test]
fn printed_digits_bound_the_value() {
    check("an ORR of 13%", "13% [12.5,13.5] %");
    check("an ORR of 13.0%", "13.0% [12.95,13.05] %");
    check("13 % of", "13 % [12.5,13.5] %");
    check("13 percent of", "13 percent [12.5,13.5] %");
    check("of 432 patients", "432 [431.5,432.5]");
    check("1,234,567 users", "1,234,567 [1234566.5,1234567.5]");
    check("12\u{2009}500 km", "12\u{2009}500 km [12499.5,12500.5] km");
    check("60 000 people", "60 000 [59999.5,60000.5]");
    check("12'500 units sold", "12'500 units [12499.5,12500.5] [iU]");
    check("0·005 mm", "0·005 mm [0.0045,0.0055] mm");
    check("a value of .03 here", ".03 [0.025,0.035]");
    check("−4.5 °C", "−4.5 °C [-4.55,-4.45] Cel");
    check("at -80 °C", "-80 °C [-80.5,-79.5] Cel");
    check("fell (-3%)", "-3% [-3.5,-2.5] %");
    check("2‰ of", "2‰ [1.5,2.5] [ppth]");
    check(
        "rose 3 percentage points",
        "3 percentage points [2.5,3.5] %{points}",
    );
    check("½ hour", "½ hour [0.49,0.51] h n=1 N=2");
    check("1½ hours", "1½ hours [1.49,1.51] h");
    check("1/2 hour", "1/2 hour [0.49,0.51] h n=1 N=2");
}

#[test]
fn powers_of_ten() {
    check("1.5 × 10^6 cells were", "1.5 × 10^6 [1450000,1550000]");
    check("1.5e6 rows/s", "1.5e6 rows/s [1450000,1550000] {rows}/s");
    check("10^6 cells were", "10^6 [500000,1500000]");
    check("2.5 ×10⁻³ mol", "2.5 ×10⁻³ mol [0.00245,0.00255] mol");
    check("6 × 106 kg s−1", "6 × 106 kg s−1 [5500000,6500000] kg/s");
    check(
        "2.5 × 10−3 mol L−1",
        "2.5 × 10−3 mol L−1 [0.00245,0.00255] mol/L",
    );
    check("10−4 m", "10−4 m [0.00005,0.00015] m");
}

#[test]
fn magnitudes_scale_value_and_precision() {
    check("2.4 million users", "2.4 million [2350000,2450000]");
    check("$2.4 billion", "$2.4 billion [2350000000,2450000000] USD");
    check("$5M in", "$5M [4500000,5500000] USD");
    check("€1.2bn", "€1.2bn [1150000000,1250000000] EUR");
    check("US$ 30", "US$ 30 [29.5,30.5] USD");
    check("USD 5 million", "USD 5 million [4500000,5500000] USD");
    check(
        "5 million dollars",
        "5 million dollars [4500000,5500000] USD",
    );
    check(
        "12k requests per second",
        "12k requests per second [11500,12500] {requests}/s",
    );
    check("7B parameters", "7B [6500000000,7500000000]");
    check("-$3.50", "-$3.50 [-3.505,-3.495] USD");
}

#[test]
fn number_words() {
    check("In three cohorts", "three [2.5,3.5]");
    check("Twenty-three patients", "Twenty-three [22.5,23.5]");
    check("twenty eight patients", "twenty eight [27.5,28.5]");
    check(
        "one hundred and five patients",
        "one hundred and five [104.5,105.5]",
    );
    check("two million people", "two million [1500000,2500000]");
    check("a dozen sites", "a dozen [11.5,12.5]");
    check("a million users", "a million [999999.5,1000000.5]");
    check(
        "two-thirds of patients",
        "two-thirds [0.6567,0.6767] n=2 N=3",
    );
    check("half of the patients", "half [0.49,0.51] n=1 N=2");
    check("one month later", "one month [0.5,1.5] mo");
    check("at least one event", "at least one [1,∞]");
    check("for ten days", "ten days [9.5,10.5] d");
    check("3-fold higher", "3-fold [2.5,3.5] {fold}");
    check("10x faster", "10x [9.5,10.5] {fold}");
    check("a 2-day break", "2-day [1.5,2.5] d");
    check("a 64-year-old man", "64-year-old [63.5,64.5] a");
}

#[test]
fn units_glued_spaced_and_composed() {
    check("10 mg/kg daily", "10 mg/kg [9.5,10.5] mg/kg");
    check("5 µg/mL", "5 µg/mL [4.5,5.5] ug/mL");
    check("5μg/mL", "5μg/mL [4.5,5.5] ug/mL");
    check(
        "12,000 requests per second",
        "12,000 requests per second [11999.5,12000.5] {requests}/s",
    );
    check("500 req/s", "500 req/s [499.5,500.5] {requests}/s");
    check("20 mg per day", "20 mg per day [19.5,20.5] mg/d");
    check("20 mg/kg/day", "20 mg/kg/day [19.5,20.5] mg/kg/d");
    check("20 mg a day", "20 mg a day [19.5,20.5] mg/d");
    check("5 m s−1", "5 m s−1 [4.5,5.5] m/s");
    check("> 0.5 cm3 g−1", "> 0.5 cm3 g−1 [0.5,∞] cm3/g");
    check("2.2 mg cm− 2", "2.2 mg cm− 2 [2.15,2.25] mg/cm2");
    check("9.8 m/s²", "9.8 m/s² [9.75,9.85] m/s2");
    check("pH 9.0 buffer", "pH 9.0 [8.95,9.05] [pH]");
    check("at pH = 7.4", "pH = 7.4 [7.35,7.45] [pH]");
    check("95-100°C", "95-100°C [95,100] Cel");
    check("16 GiB of RAM", "16 GiB [15.5,16.5] GiBy");
    check("5 mm or 5 min", "5 mm [4.5,5.5] mm; 5 min [4.5,5.5] min");
    check(
        "3 deaths per 1,000 person-years",
        "3 deaths per 1,000 person-years [2.5,3.5] {deaths}/1000{person-year}",
    );
    check("4.4 wt.% of", "4.4 wt.% [4.35,4.45] %{wt}");
    check("18.0 months.", "18.0 months [17.95,18.05] mo");
    check("for 5 min. The", "5 min [4.5,5.5] min");
    check("5 misses", "5 [4.5,5.5]");
    check("12 inmates", "12 [11.5,12.5]");
}

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
    let found: Vec<String> = read(text, &[7..9])
        .iter()
        .map(|q| render(text, q))
        .collect();
    assert_eq!(found, ["30% [29.5,30.5] %"]);
    assert!(read("a 5 b", &[0..5]).is_empty());
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
fn numbers_that_do_not_fit_are_dropped() {
    none(&[
        "9e99 things",
        "99999999999999999999999999999999 m",
        "0.00000000000000000000000000000000001 m",
        "10^30 stars",
    ]);
}

mod properties {
    use proptest::prelude::*;

    use super::*;

    /// Pieces that meet in quantities.
    fn piece() -> impl Strategy<Value = String> {
        prop_oneof![
            proptest::sample::select(vec![
                "5",
                "12",
                "0.72",
                ".03",
                "1,234",
                "2019",
                "95%",
                "%",
                " ",
                " ",
                " mg",
                "/",
                "-",
                "–",
                "−",
                " to ",
                " and ",
                "between ",
                "(",
                ")",
                "[",
                "]",
                " CI ",
                ", ",
                "; ",
                ". ",
                "±",
                "×",
                "10^6",
                "<",
                "≥",
                "~",
                "n = ",
                "P = ",
                " of ",
                "two",
                "half of ",
                "million",
                "month",
                "CXCR",
                "Fig. ",
                "µ",
                "°C",
                "²",
                "e",
                "\u{a0}",
                "\n",
                "$",
                "k",
                "é",
                "½",
                "pH ",
                "December ",
                "or more",
            ])
            .prop_map(str::to_owned),
            "\\PC{0,3}",
        ]
    }

    proptest! {
        #[test]
        fn quantities_are_ordered_disjoint_and_bounded(pieces in proptest::collection::vec(piece(), 0..24), start in 0_usize..40, length in 0_usize..10) {
            let text = pieces.concat();
            let mask = start..start + length;
            let mut end = 0;
            for quantity in read(&text, std::slice::from_ref(&mask)) {
                prop_assert!(quantity.range.start >= end && quantity.range.start < quantity.range.end, "{:?}", quantity);
                prop_assert!(text.get(quantity.range.clone()).is_some());
                prop_assert!(quantity.low < quantity.high, "{:?}", quantity);
                if let Some(unit) = &quantity.unit {
                    prop_assert_eq!(text.get(unit.range.clone()), Some(unit.printed.as_str()));
                }
                end = quantity.range.end;
            }
        }

        #[test]
        fn a_printed_number_reads_back(mantissa in 1_i64..1_000_000, scale in 0_u32..4, unit in proptest::sample::select(vec!["%", " mg", " months", " km/h", "°C"])) {
            let value = Decimal::new(mantissa, scale);
            let text = format!("{value}{unit}");
            let found = read(&text, &[]);
            prop_assert_eq!(found.len(), 1, "{}", text);
            prop_assert_eq!(found[0].value, Some(value));
            prop_assert_eq!(&found[0].range, &(0..text.len()));
            let again = read(&text[found[0].range.clone()], &[]);
            prop_assert_eq!(&again, &found);
        }
    }
}
