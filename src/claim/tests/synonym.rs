//! Names that small texts equate.

use super::super::fixture;
use super::*;

fn check(input: &str, expected: &str) {
    let (document, citations) = fixture::read(input);
    let found: Vec<String> = learn(&document, &citations)
        .into_iter()
        .map(|synonym| format!("{} = {}", synonym.name, synonym.other))
        .collect();
    assert_eq!(found.join("; "), expected, "{input}");
}

#[test]
fn long_forms_by_initials() {
    check(
        "The objective response rate (ORR) rose.",
        "objective response rate = ORR",
    );
    check(
        "Progression-free survival (PFS) fell.",
        "Progression-free survival = PFS",
    );
    check(
        "with polymerase chain reaction (PCR) tests",
        "polymerase chain reaction = PCR",
    );
    check(
        "given hydroxychloroquine (HCQ) daily",
        "hydroxychloroquine = HCQ",
    );
    check(
        "maximum tolerated dose (MTD) and (PD)",
        "maximum tolerated dose = MTD",
    );
    check(
        "a World Health Organization (WHO) list",
        "World Health Organization = WHO",
    );
    check("requests per second (RPS)", "requests per second = RPS");
}

#[test]
fn names_with_codes() {
    check("Motixafortide (BL-8040)", "Motixafortide = BL-8040");
    check("plerixafor (AMD3100) was", "plerixafor = AMD3100");
    check("Examplide (formerly EX6326), a drug", "Examplide = EX6326");
    check("CXCL12 (also known as SDF-1)", "CXCL12 = SDF-1");
    check(
        "Nivolumab, marketed as Opdivo, was used.",
        "Nivolumab = Opdivo",
    );
}

#[test]
fn nearness_equates_nothing() {
    check("BL-8040, a CXCR4 antagonist, was given.", "");
    check("Rates (12%) rose (see Table 2).", "");
    check("in Europe (EU-wide) and (WHO)", "");
    check("the pump (left) and the valve (right)", "");
    check("formerly a bank", "");
    check("it was (", "");
}

#[test]
fn cells_and_headings_teach() {
    check("# Overall survival (OS)\n", "Overall survival = OS");
    check(
        "| Drug | Rate |\n|---|---|\n| Motixafortide (BL-8040) | 3% |",
        "Motixafortide = BL-8040",
    );
}
