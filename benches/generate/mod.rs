//! Makes documents for the benchmarks: the same text for the same number, on every machine.

use std::fmt::Write as _;

use factlint::text::SourceText;

const SUBJECTS: [&str; 6] = [
    "The upper basin",
    "A survey of harbours",
    "The northern grid",
    "The second winter",
    "A panel of growers",
    "The old ferry line",
];
const VERBS: [&str; 5] = ["reached", "lost", "reported", "kept", "recorded"];
const ENDS: [&str; 5] = [
    "while the rest of the region stayed as it was",
    "after three dry summers in a row",
    "and nobody had planned for it",
    "before the new rules came into force",
    "as the engineers had expected",
];

/// Ordinary prose of so many sentences: one in four has a figure, one in five a citation mark.
pub(crate) fn prose(sentences: usize) -> String {
    let mut text = String::from("# A year of measurements\n\n");
    for n in 0..sentences {
        sentence(&mut text, n);
        text.push_str(if n % 7 == 6 { "\n\n" } else { " " });
        if n % 70 == 69 {
            write!(text, "## Part {}\n\n", n / 70 + 1).unwrap();
        }
    }
    references(&mut text, 9);
    text
}

/// So many results of tests, each in a sentence, ten a paragraph.
pub(crate) fn results(count: usize) -> String {
    let mut text = String::from("# Results\n\n");
    for n in 0..count {
        write!(
            text,
            "The groups differed in task {n}, t({}) = {}.{:02}, p = .0{:02}.",
            20 + n % 60,
            1 + n % 3,
            n * 7 % 100,
            10 + n * 11 % 90
        )
        .unwrap();
        text.push_str(if n % 10 == 9 { "\n\n" } else { " " });
    }
    text
}

/// So many documents of a page each. Every two of them report one trial, and every tenth pair disagrees.
pub(crate) fn documents(count: usize) -> Vec<SourceText> {
    (0..count)
        .map(|n| SourceText::new(format!("{n:05}.md"), page(n)))
        .collect()
}

fn page(n: usize) -> String {
    let trial = n / 2;
    let rate = 20 + trial % 50 + usize::from(n.is_multiple_of(20));
    let mut text = format!("# Results of trial {trial}\n\n");
    for line in 0..12 {
        sentence(&mut text, n * 12 + line);
        text.push_str(if line % 4 == 3 { "\n\n" } else { " " });
    }
    write!(
        text,
        "| Study | Treatment arm | Objective response rate (ORR) |\n|---|---|---|\n\
         | Phase 2 (NCT{:08}) [1] | Corvatinib + Paclitaxel | {rate}% |\n\n",
        10_000_000 + trial
    )
    .unwrap();
    references(&mut text, 9);
    text
}

fn sentence(text: &mut String, n: usize) {
    let pick = |words: &[&'static str], step: usize| {
        words
            .get((n * step + n / 3) % words.len())
            .copied()
            .unwrap_or_default()
    };
    write!(text, "{} {} ", pick(&SUBJECTS, 5), pick(&VERBS, 3)).unwrap();
    match n % 8 {
        0 => write!(text, "{}.{}% of its usual output ", n % 90 + 3, n % 10),
        4 => write!(text, "{} tonnes in {} days ", n % 900 + 12, n % 60 + 2),
        _ => write!(text, "more than the year before "),
    }
    .unwrap();
    text.push_str(pick(&ENDS, 7));
    if n.is_multiple_of(5) {
        write!(text, " [{}]", n % 9 + 1).unwrap();
    }
    text.push('.');
}

fn references(text: &mut String, count: usize) {
    text.push_str("\n## References\n\n");
    for n in 1..=count {
        writeln!(
            text,
            "{n}. Author {n}. Corvatinib report number {n}. 2024. https://doi.org/10.5555/report.{n:04}"
        )
        .unwrap();
    }
}
