//! What holds for every text.

use proptest::prelude::*;

use super::super::scan::Scan;
use super::super::*;

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
                prop_assert_eq!(text.get(unit.range.clone()), Some(unit.printed.as_ref()));
            }
            end = quantity.range.end;
        }
    }

    #[test]
    fn words_are_the_letters_that_stand_there(text in "[a-zA-Z@\\[`{_0µé. ]{0,24}", at in 0_usize..24) {
        let scan = Scan::new(&text);
        let (head, rest) = text.split_at_checked(at).unwrap_or_default();
        let behind = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
        prop_assert_eq!(Some(scan.word(at)), rest.get(..behind));
        let before = head.trim_end_matches(char::is_alphabetic);
        prop_assert_eq!(Some(scan.word_before(head.len())), head.get(before.len()..));
        let token = rest.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(rest.len());
        prop_assert_eq!(scan.token_end(text.len() - rest.len()), text.len() - rest.len() + token);
    }

    #[test]
    fn a_printed_number_reads_back(mantissa in 1_i64..1_000_000, scale in 0_u32..4, unit in proptest::sample::select(vec!["%", " mg", " months", " km/h", "°C"])) {
        let value = Decimal::new(mantissa, scale);
        let text = format!("{value}{unit}");
        let found = read(&text, &[]);
        prop_assert_eq!(found.len(), 1, "{}", text);
        prop_assert_eq!(found[0].value, Some(value));
        prop_assert_eq!(&found[0].range, &(0..text.len()));
        let again = read(text.get(found[0].range.clone()).unwrap(), &[]);
        prop_assert_eq!(&again, &found);
    }
}
