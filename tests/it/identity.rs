//! The id of a finding stays in twenty harmless edits and changes in six real ones (check 3 of the review of linters), and
//! two findings of one paragraph never share it (check 4).

#![expect(
    clippy::semicolon_if_nothing_returned,
    clippy::needless_for_each,
    reason = "an edit is one expression"
)]

use std::collections::BTreeSet;

use factlint::text::SourceText;

use crate::folder;

const EFFICACY: &str = "# Efficacy

The LUMEN trial was open to people of any age.

| Study | Arm | ORR |
|---|---|---|
| Phase 2 LUMEN (NCT09911240) | Velostatinib | 31% |

Of the 120 patients, 30 (20%) had a rash. The rash was mild in 12% of them [2].

The median age was 61 years [1]. The oldest patient of all was 88 years old [9].

## References

1. Okafor A, Lind B. Velostatinib in practice. J Trials. 2020;4:1-9. https://doi.org/10.5555/vp.2020
2. Moreau C. Rash and its care. Skin Notes. 2019;2:11-15. https://doi.org/10.5555/rash.2019
3. Tanaka D. Doses of old. J Trials. 2018;3:2-8. https://doi.org/10.5555/doses.2018
";

const OVERVIEW: &str = "# Overview

| Study | Arm | ORR |
|---|---|---|
| Phase 2 LUMEN (NCT09911240) | Velostatinib | 36% |
";

type Texts = Vec<(String, String)>;

fn texts() -> Texts {
    vec![
        ("efficacy.md".to_owned(), EFFICACY.to_owned()),
        ("overview.md".to_owned(), OVERVIEW.to_owned()),
    ]
}

/// Rule and id of every finding.
fn ids(texts: Texts) -> BTreeSet<(String, String)> {
    let sources = texts
        .into_iter()
        .map(|(path, text)| SourceText::new(path, text))
        .collect();
    let (_, findings) = folder::check(sources);
    findings
        .into_iter()
        .map(|finding| (finding.rule, finding.fingerprint))
        .collect()
}

fn edited(edit: impl Fn(&mut Texts)) -> Texts {
    let mut changed = texts();
    edit(&mut changed);
    assert_ne!(changed, texts(), "the edit changes nothing");
    changed
}

fn check_kept(edit: impl Fn(&mut Texts)) {
    let before = ids(texts());
    for rule in [
        "figure-conflict",
        "percentage-mismatch",
        "undefined-reference",
        "uncited-reference",
    ] {
        assert!(
            before.iter().any(|(found, _)| found == rule),
            "{rule}: {before:?}"
        );
    }
    let after = ids(edited(edit));
    let lost: Vec<_> = before.difference(&after).collect();
    assert!(lost.is_empty(), "lost {lost:?}, now {after:?}");
}

fn check_changed(rule: &str, edit: impl Fn(&mut Texts)) {
    let of_rule = |all: BTreeSet<(String, String)>| -> BTreeSet<String> {
        all.into_iter()
            .filter(|(found, _)| found == rule)
            .map(|(_, id)| id)
            .collect()
    };
    let before = of_rule(ids(texts()));
    let after = of_rule(ids(edited(edit)));
    assert!(!before.is_empty());
    assert!(before.is_disjoint(&after), "{before:?} {after:?}");
}

/// Replaces words of the first document.
fn replace(texts: &mut Texts, pairs: &[(&str, &str)]) {
    let (_, text) = texts.first_mut().unwrap();
    for (from, to) in pairs {
        assert!(text.contains(from), "{from}");
        *text = text.replace(from, to);
    }
}

#[test]
fn check_3_edit_01_lines_above() {
    check_kept(|texts| {
        replace(
            texts,
            &[("# Efficacy\n", "# Efficacy\n\nWelcome to this page.\n\n")],
        )
    });
}

#[test]
fn check_3_edit_02_a_sentence_is_wrapped_anew() {
    check_kept(|texts| {
        replace(
            texts,
            &[
                ("120 patients, 30 (20%) had", "120 patients,\n30 (20%)\nhad"),
                ("oldest patient of", "oldest\npatient of"),
            ],
        )
    });
}

#[test]
fn check_3_edit_03_a_file_is_renamed() {
    check_kept(|texts| texts[0].0 = "results.md".to_owned());
}

#[test]
fn check_3_edit_04_references_in_another_order() {
    check_kept(|texts| {
        replace(
            texts,
            &[
                ("\n1. Okafor", "\n7. Okafor"),
                ("\n2. Moreau", "\n1. Moreau"),
                ("\n7. Okafor", "\n2. Okafor"),
                ("[2]", "[7]"),
                ("[1]", "[2]"),
                ("[7]", "[1]"),
            ],
        )
    });
}

#[test]
fn check_3_edit_05_citations_are_renumbered() {
    check_kept(|texts| {
        replace(
            texts,
            &[
                ("\n3. Tanaka", "\n4. Tanaka"),
                ("\n2. Moreau", "\n3. Moreau"),
                ("\n1. Okafor", "\n2. Okafor"),
                (
                    "## References\n",
                    "## References\n\n1. Adeyemi E. A word before. J Trials. 2017;1:1-2. https://doi.org/10.5555/word.2017",
                ),
                ("[9]", "[10]"),
                ("[2]", "[3]"),
                ("[1]", "[2]"),
            ],
        )
    });
}

#[test]
fn check_3_edit_06_a_typing_error_elsewhere() {
    check_kept(|texts| replace(texts, &[("people of any age", "people of every age")]));
}

#[test]
fn check_3_edit_07_a_third_document_agrees() {
    check_kept(|texts| {
        texts.push((
            "zenith.md".to_owned(),
            OVERVIEW.replace("Overview", "Zenith"),
        ))
    });
}

#[test]
fn check_3_edit_08_other_line_ends() {
    check_kept(|texts| replace(texts, &[("\n", "\r\n")]));
}

#[test]
fn check_3_edit_09_a_byte_order_mark() {
    check_kept(|texts| replace(texts, &[("# Efficacy", "\u{feff}# Efficacy")]));
}

#[test]
fn check_3_edit_10_front_matter() {
    check_kept(|texts| replace(texts, &[("# Efficacy", "---\nlang: en\n---\n\n# Efficacy")]));
}

#[test]
fn check_3_edit_11_emphasis() {
    check_kept(|texts| {
        replace(
            texts,
            &[
                ("had a rash", "had a *rash*"),
                ("oldest patient", "**oldest** patient"),
            ],
        )
    });
}

#[test]
fn check_3_edit_12_a_table_is_aligned() {
    check_kept(|texts| {
        replace(
            texts,
            &[
                ("| Velostatinib | 31% |", "|   Velostatinib   |   31% |"),
                ("|---|---|---|", "|:------|:-----:|-----:|"),
            ],
        )
    });
}

#[test]
fn check_3_edit_13_a_space_that_does_not_break() {
    check_kept(|texts| {
        replace(
            texts,
            &[
                ("120 patients", "120\u{a0}patients"),
                ("88 years", "88\u{a0}years"),
            ],
        )
    });
}

#[test]
fn check_3_edit_14_a_paragraph_moves() {
    let paragraph =
        "Of the 120 patients, 30 (20%) had a rash. The rash was mild in 12% of them [2].\n\n";
    check_kept(|texts| {
        replace(
            texts,
            &[
                (paragraph, ""),
                ("## References", &format!("{paragraph}## References")),
            ],
        )
    });
}

#[test]
fn check_3_edit_15_another_document() {
    check_kept(|texts| {
        texts.push((
            "about.md".to_owned(),
            "# About\n\nWe write for nurses.\n".to_owned(),
        ))
    });
}

#[test]
fn check_3_edit_16_a_heading_is_underlined() {
    check_kept(|texts| replace(texts, &[("# Efficacy\n", "Efficacy\n========\n")]));
}

#[test]
fn check_3_edit_17_blanks_at_line_ends() {
    check_kept(|texts| {
        replace(
            texts,
            &[("them [2].\n", "them [2].  \n"), ("[9].\n", "[9].   \n")],
        )
    });
}

#[test]
fn check_3_edit_18_a_comment() {
    check_kept(|texts| {
        replace(
            texts,
            &[("The median age", "<!-- checked -->\n\nThe median age")],
        )
    });
}

#[test]
fn check_3_edit_19_another_row() {
    check_kept(|texts| {
        replace(
            texts,
            &[(
                "| Velostatinib | 31% |\n",
                "| Velostatinib | 31% |\n| Phase 3 ORCHID (NCT09911241) | Samoretide | 12% |\n",
            )],
        )
    });
}

#[test]
fn check_3_edit_20_all_files_move_into_a_folder() {
    check_kept(|texts| {
        texts
            .iter_mut()
            .for_each(|(path, _)| *path = format!("pages/{path}"))
    });
}

#[test]
fn check_3_change_1_a_value_of_a_sentence() {
    check_changed("percentage-mismatch", |texts| {
        replace(texts, &[("30 (20%)", "30 (21%)")])
    });
}

#[test]
fn check_3_change_2_a_value_of_a_conflict() {
    check_changed("figure-conflict", |texts| replace(texts, &[("31%", "32%")]));
}

#[test]
fn check_3_change_3_the_arm() {
    check_changed("figure-conflict", |texts| {
        texts
            .iter_mut()
            .for_each(|(_, text)| *text = text.replace("Velostatinib |", "Samoretide |"));
    });
}

#[test]
fn check_3_change_4_the_sentence_is_gone() {
    check_changed("undefined-reference", |texts| {
        replace(
            texts,
            &[(" The oldest patient of all was 88 years old [9].", "")],
        )
    });
}

#[test]
fn check_3_change_5_the_study() {
    check_changed("figure-conflict", |texts| {
        texts.iter_mut().for_each(|(_, text)| {
            *text = text.replace(
                "Phase 2 LUMEN (NCT09911240)",
                "Phase 3 ORCHID (NCT09911241)",
            )
        });
    });
}

#[test]
fn check_3_change_6_the_measure() {
    check_changed("figure-conflict", |texts| {
        texts
            .iter_mut()
            .for_each(|(_, text)| *text = text.replace("ORR", "Disease control rate"));
    });
}

#[test]
fn check_4_findings_of_one_paragraph_have_ids_of_their_own() {
    let text = "# A\n\nOf 120 patients, 30 (20%) had a rash. Of 120 patients, 30 (20%) had a rash. Of 120 patients, 30 (22%) had a rash.\n";
    let source = SourceText::new("a.md", text);
    let (_, findings) = folder::check(vec![source]);
    let all: Vec<_> = findings
        .iter()
        .filter(|f| f.rule == "percentage-mismatch")
        .map(|f| &f.fingerprint)
        .collect();
    let different: BTreeSet<_> = all.iter().collect();
    assert_eq!((all.len(), different.len()), (3, 3));
}
