//! Numbers that are no figures.

use super::{check, none};

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
        "TLS 1.3",
        "Python 3.12",
        "ISO 9001",
        "Grade ≥3 events",
        "a 4K display",
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
        "in their late 50s",
        "(R~0~)",
        "the upper half of",
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
    check("a 2x2 design", "2x2 [1.5,2.5] Ratio");
    check("a 3+3 design", "3+3 [2.5,3.5] Ratio N=3");
    check("in a 1:1 ratio", "1:1 [0.5,1.5] Ratio N=1");
    check("diluted 1:40 overnight", "1:40 [0.5,1.5] Ratio N=40");
    check("randomized 2:1 to", "2:1 [1.5,2.5] Ratio N=1");
}

#[test]
fn phone_numbers_are_no_figures() {
    none(&[
        "Call (555) 123-4567 or 0800 123 456",
        "Call +49 30 901820 at any time",
        "Call 555-123-4567 at any time",
    ]);
    check(
        "from 5 to +3 points",
        "5 [4.5,5.5] {points}; +3 points [2.5,3.5] {points}",
    );
}

#[test]
fn names_with_numbers_are_no_figures() {
    none(&[
        "on day 1, 8 and 15.",
        "in the 1990s",
        "(see 14)",
        "vol. 3, no. 4, chapter 7",
        "Lancet 380:2095–2128",
        "an iPhone 14 was used",
        "a scale (0 = none, 1 = some, 2 = all)",
        "the {111} planes",
    ]);
    check("on day 1 and 15 patients", "15 [14.5,15.5]");
    check("no. 4 patients were asked", "4 [3.5,4.5]");
}

#[test]
fn times_of_day_are_no_ratios() {
    none(&["Between 10:30 and 11:45 UT", "at 10:30 and 11:45"]);
    check("a ratio of 10:1", "10:1 [9.5,10.5] Ratio N=1");
}
