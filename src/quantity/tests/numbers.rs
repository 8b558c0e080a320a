//! Single numbers with their unit and bounds.

use super::check;

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
    check("a 64-year-old man", "64-year [63.5,64.5] a");
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
