//! Substances and studies named in small texts.

use super::*;

/// Mentions as `s:name` and `t:name` (trial), joined by spaces.
fn check(input: &str, expected: &str) {
    let found: Vec<String> = mentions(input)
        .into_iter()
        .map(|mention| match mention.kind {
            MentionKind::Substance => format!("s:{}", mention.name),
            MentionKind::Study => format!("t:{}", mention.name),
        })
        .collect();
    assert_eq!(found.join(" "), expected, "{input}");
}

#[test]
fn stems_tell_substances() {
    check(
        "Nivolumab and imatinib were given.",
        "s:Nivolumab s:imatinib",
    );
    check(
        "atorvastatin, remdesivir, plerixafor",
        "s:atorvastatin s:remdesivir s:plerixafor",
    );
    check("balixafortide plus eribulin", "s:balixafortide s:eribulin");
    check("docetaxel or cisplatin", "s:docetaxel s:cisplatin");
    check(
        "metformin, sitagliptin and losartan",
        "s:metformin s:sitagliptin s:losartan",
    );
    check("omeprazole or apixaban", "s:omeprazole s:apixaban");
    check("a nivolumab-treated group", "s:nivolumab");
    check("Mavorixafor's effect", "s:Mavorixafor");
}

#[test]
fn ordinary_words_are_no_substances() {
    check("The peptide and its nucleotide provide a medicine.", "");
    check(
        "In April we accept the concept except for the reservoir.",
        "",
    );
    check("Examine the routine outside the machine line.", "");
    check("The status of vaccines and the virus", "");
    check("Crucible of an online headline outline", "");
}

#[test]
fn codes_tell_substances() {
    check(
        "AMD3100, BL-8040 and BMS-936564",
        "s:AMD3100 s:BL-8040 s:BMS-936564",
    );
    check(
        "X4P-001 (formerly X4-136) and POL6326",
        "s:X4P-001 s:X4-136 s:POL6326",
    );
    check("MK-3475A", "s:MK-3475A");
}

#[test]
fn genes_and_standards_are_no_codes() {
    check("CXCR4, CD34, HER2, IL-6, TP53 and CXCL12", "");
    check("N501Y in A549 and HEK293T cells", "");
    check("ISO 9001, RFC2119 and PMC123456", "");
    check("page 312 in 2020", "");
}

#[test]
fn acronyms_beside_trial_are_studies() {
    check("the HORIZON trial", "t:HORIZON");
    check("Phase 3 FORTRESS", "t:FORTRESS");
    check("the KEYNOTE-189 study", "t:KEYNOTE-189");
    check("the NSCLC trial, a COPD study", "");
    check("NASA said so", "");
}

#[test]
fn registry_ids_are_studies() {
    check(
        "NCT01234567 and ISRCTN12345678",
        "t:NCT01234567 t:ISRCTN12345678",
    );
    check("EudraCT 2010-012345-67", "t:2010-012345-67");
}

#[test]
fn each_name_once_and_folded() {
    let found = mentions("BL-8040, then BL8040 and bl 8040");
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].folded, "bl8040");
}
