use proptest::prelude::*;

use super::*;

/// Checks `test(df) value: comparator p [low, high]` of every statistic of a text, joined by `; `.
#[track_caller]
fn check(text: &str, expected: &str) {
    let found: Vec<String> = statistics(text).iter().map(render).collect();
    assert_eq!(found.join("; "), expected, "in {text:?}");
}

fn render(statistic: &TestStatistic) -> String {
    let df: Vec<String> = [statistic.df1, statistic.df2]
        .into_iter()
        .flatten()
        .map(|df| df.to_string())
        .collect();
    let sign = match statistic.p.comparator {
        Comparator::Equal => "=",
        Comparator::Less => "<",
        Comparator::Greater => ">",
        Comparator::AtMost => "<=",
        Comparator::AtLeast => ">=",
        Comparator::About => "~",
    };
    format!(
        "{}({}) {}: {sign} {} [{}, {}]",
        statistic.test.symbol(),
        df.join(","),
        statistic.value,
        statistic.p.value,
        statistic.low.round_dp(5).normalize(),
        statistic.high.round_dp(5).normalize(),
    )
}

#[test]
fn a_statistic_gives_the_p_values_of_its_rounding_interval() {
    check(
        "Recall was better, t(20) = 2.5, p = .02.",
        "t(20) 2.5: = 0.02 [0.01908, 0.02362]",
    );
    check(
        "F(2, 30) = 4.10, p = 0.027",
        "F(2,30) 4.10: = 0.027 [0.02656, 0.02677]",
    );
    check("z = 1.96, p = .05", "z() 1.96: = 0.05 [0.04941, 0.05058]");
    check(
        "r(18) = -.50, p < .05",
        "r(18) -0.50: < 0.05 [0.02314, 0.02649]",
    );
    check(
        "χ2(1, N = 1,204) = 3.84, p = .05",
        "chi-square(1) 3.84: = 0.05 [0.04989, 0.05019]",
    );
    check("Q(4) = 9.49, ns", "Q(4) 9.49: > 0.05 [0.04985, 0.05006]");
}

#[test]
fn known_values_are_exact() {
    let found = statistics("t(10) = 2.228139, p = .05");
    let exact = found.first().map(|found| found.exact.round_dp(6));
    assert_eq!(exact, Some(Decimal::new(5, 2)));
    let found = statistics("F(3, 20) = 3.098391, p = .05");
    let exact = found.first().map(|found| found.exact.round_dp(6));
    assert_eq!(exact, Some(Decimal::new(5, 2)));
}

#[test]
fn printed_forms_of_one_statistic_are_equal() {
    for text in [
        "χ²(2) = 6.0, p = .05",
        "χ^2^(2) = 6.0, p = .05",
        "\\chi^2(2) = 6.0, p = .05",
        "\\chi^{2}_{2} = 6.0, p = .05",
        "chi-square(2) = 6.0; P=0.05",
        "X2 (2, n = 40) = 6.0 , p = .05",
        "Ï‡2(2) = 6·0, p = ·05",
        "??2(2)=6.0,p=.05",
        "χ2 = 6.0, df = 2, p = .05",
        "χ2(2) = 6.0 (p = .05)",
        "χ2[2] = 6.0, p-value = 5%",
    ] {
        check(text, "chi-square(2) 6.0: = 0.05 [0.04856, 0.05105]");
    }
}

#[test]
fn other_values_may_stand_before_the_p_value() {
    for text in [
        "t(20) = −2.5, d = 0.4, p = .02",
        "t(20) = –2.5, Cohen's d = -0.40, 95% CI [-0.7, -0.1], *p* = .02",
        "*t*(20) = -2.5, SE = 1.20, and p (two-tailed) = .02",
        "t_{20} = -2.5,\\ p = .02",
    ] {
        check(text, "t(20) -2.5: = 0.02 [0.01908, 0.02362]");
    }
}

#[test]
fn each_statistic_takes_its_own_p_value() {
    check(
        "t(20) = 2.5, z = 1.96, p = .05 and t(20) = 2.5, p = .02",
        "z() 1.96: = 0.05 [0.04941, 0.05058]; t(20) 2.5: = 0.02 [0.01908, 0.02362]",
    );
    check("F(1, 15) = 19.9 and 5.16, p < .001 and p < .05", "");
}

#[test]
fn what_is_no_statistic_is_left_out() {
    for text in [
        "set(3) = 5, p = .03",
        "W(12) = .3, p < .05",
        "T2(12) = .3, p < .05",
        "t = 1.2, p = .3",
        "r = .34, p = .56",
        "x = 12, y = -4, z = 3.0, p = .5",
        "t(34) = 2.99 ms, p = .005",
        "t(28) = 2.2, p = 1.03",
        "f(x) = 2, p = .1",
        "t(34) = 2.99. The next had p = .3",
        "F(3) = 2.2, p = .1",
        "χ2(3) = -2.2, p = .1",
        "r(20) = 1.4, p = .1",
        "",
    ] {
        check(text, "");
    }
}

#[test]
fn an_open_comparator_leaves_its_side_open() {
    check("t(28) < 1.00, ns", "t(28) 1.00: > 0.05 [0.32587, 1]");
    check("z > 3.29, p < .001", "z() 3.29: < 0.001 [0, 0.001]");
    check("z < -1.96, p < .05", "z() -1.96: < 0.05 [0, 0.05]");
}

proptest! {
    #[test]
    fn any_text_is_read_to_its_end(text in "[tFrzχ2Qp(),=<>.\\[\\]{}_\\\\ 0-9dfNse·−�?]{0,80}") {
        for statistic in statistics(&text) {
            prop_assert!(text.get(statistic.range.clone()).is_some());
            prop_assert!(text.get(statistic.p.range.clone()).is_some());
            prop_assert!(statistic.low <= statistic.high);
        }
    }

    #[test]
    fn a_larger_t_has_a_smaller_p(value in 1_u32..500, df in 1_u32..400) {
        let p = |hundredths: u32| {
            let text = format!("t({df}) = {}, p = .05", Decimal::new(i64::from(hundredths), 2));
            statistics(&text).first().map(|found| found.exact)
        };
        prop_assert!(p(value) >= p(value + 1));
    }
}
