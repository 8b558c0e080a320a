//! Hostile and huge texts: what has made a stage slower than linear before, or might. The growth bench times them, and a test
//! counts what is made of them.

use std::fmt::Write as _;

use factlint::text::SourceText;

/// A kind of text that is repeated until it has a size.
pub(crate) struct Case {
    /// Its name, as the bench prints it.
    pub(crate) name: &'static str,
    make: Make,
}

#[derive(Clone, Copy)]
enum Make {
    /// One fragment over and over.
    Repeat(&'static str),
    /// A head, then a piece for each running number.
    Numbered(&'static str, fn(usize) -> String),
    /// A text of so many bytes that is no repetition.
    Whole(fn(usize) -> String),
    /// Documents of so many bytes together.
    Folder(fn(usize) -> Vec<String>),
}

impl Case {
    /// Documents of about so many bytes together.
    pub(crate) fn sources(&self, bytes: usize) -> Vec<SourceText> {
        let texts = match self.make {
            Make::Repeat(fragment) => vec![fragment.repeat(bytes / fragment.len() + 1)],
            Make::Numbered(head, piece) => {
                let mut text = head.to_owned();
                for n in 0.. {
                    if text.len() >= bytes {
                        break;
                    }
                    text.push_str(&piece(n));
                }
                vec![text]
            }
            Make::Whole(text) => vec![text(bytes)],
            Make::Folder(texts) => texts(bytes),
        };
        texts
            .into_iter()
            .enumerate()
            .map(|(n, text)| SourceText::new(format!("{n:05}.md"), text))
            .collect()
    }
}

/// Every kind of text.
pub(crate) fn cases() -> Vec<Case> {
    let repeated = FRAGMENTS.iter().map(|(name, fragment)| Case {
        name,
        make: Make::Repeat(fragment),
    });
    let made: [(&'static str, Make); 14] = [
        (
            "headings",
            Make::Numbered("", |n| format!("# Heading {n} of the text\n\n")),
        ),
        ("footnotes", Make::Numbered("", footnote)),
        (
            "table rows",
            Make::Numbered("| Name | n | Rate | Mean |\n|---|---|---|---|\n", row),
        ),
        (
            "rows of one name",
            Make::Numbered("| Name | ORR |\n|---|---|\n", |_| {
                "| Total | 30% |\n".to_owned()
            }),
        ),
        (
            "figures of one sentence",
            Make::Numbered("", |n| format!("{n} apples, ")),
        ),
        ("entries", Make::Whole(entries)),
        ("entries by author and year", Make::Whole(named_entries)),
        (
            "entries of one work",
            Make::Numbered("x [1].\n\n## References\n\n", |n| {
                format!(
                    "{}. Author A, B. One same title here. Journal of X. 2020. https://doi.org/10.1000/1\n",
                    n + 1
                )
            }),
        ),
        (
            "one sentence, other values",
            Make::Numbered("", |n| {
                format!(
                    "The annual growth of the upper basin reached {} tonnes.\n\n",
                    100 + n % 800
                )
            }),
        ),
        ("test statistics", Make::Numbered("", statistic)),
        ("wide table", Make::Whole(wide_table)),
        (
            "nested brackets",
            Make::Whole(|bytes| format!("{}12%{}", "(".repeat(bytes / 2), ")".repeat(bytes / 2))),
        ),
        (
            "nested marks",
            Make::Whole(|bytes| format!("{}1{}", "[".repeat(bytes / 2), "]".repeat(bytes / 2))),
        ),
        ("documents of one key", Make::Folder(one_key)),
    ];
    let made = made.into_iter().map(|(name, make)| Case { name, make });
    repeated.chain(made).collect()
}

/// Name and fragment.
pub(crate) const FRAGMENTS: &[(&str, &str)] = &[
    ("sizes in brackets", "(n = 12) ("),
    ("marks", "[1][1]"),
    ("spaced marks", "[1] "),
    ("open marks", "[1"),
    ("open brackets", "["),
    ("raised marks", "^[1]"),
    ("raised tags", "<sup>1</sup>"),
    ("footnote marks", "[^1]"),
    ("citation keys", "[@a;"),
    ("names and years", "Smith et al. (2020) "),
    ("open intervals", "CI 95% ("),
    ("intervals", "(95% CI 1.2-1.4) "),
    ("open p-values", "p = "),
    ("ratios", "1:1:"),
    ("nested items", "- 1. "),
    ("quotes", "> "),
    ("numbers", "1 22 3.5 47% "),
    ("percentages", "12.5%, "),
    ("digits", "9"),
    ("digits and commas", "1,"),
    ("half a range", "1\u{2013}"),
    ("half a tolerance", "1 \u{b1} "),
    ("respectively", "12 and 13 respectively, "),
    ("short sentences", "The rate was 30% [1]. "),
    ("changes", "It rose from 12% to 15%. "),
    ("shares", "12 of 40 (35%) "),
    ("of which", "of which 12 "),
    ("totals", "a total of 12, "),
    ("comparisons", "12% vs 13% "),
    (
        "arms",
        "in the placebo group 12% and in the treatment group 13%, ",
    ),
    ("ratios of hazards", "HR 0.5 (0.3-0.8) "),
    ("money", "$5 million "),
    ("trial ids", "NCT01234567 "),
    ("identifiers", "https://doi.org/10.1000/x "),
    ("links", "[a](b) "),
    ("words", "alpha beta gamma delta "),
    ("acronyms", "Alpha Beta Corp (ABC) "),
    ("emphasis", "*a "),
    ("pipes", "| "),
    ("lines of values", "12%\n"),
    ("lines of columns", "12\t13\n"),
    ("paragraphs", "a\n\n"),
    ("headed values", "## A\n\n12% of users.\n\n"),
    ("list of values", "- 12% of users\n"),
    ("list of entries", "1. Smith A. Title. Journal 2020;1:1.\n"),
    ("combining marks", "\u{301}"),
];

fn footnote(n: usize) -> String {
    format!(
        "A claim of {n}% here.[^{n}]\n\n[^{n}]: Note number {n}, 20{:02}.\n\n",
        n % 100
    )
}

fn row(n: usize) -> String {
    format!(
        "| Row {n} | {n} | {}% | {}.{} |\n",
        n % 100,
        n * 7 % 1000,
        n % 10
    )
}

/// Results as statistics packages print them: most follow from one another, none is of a real study.
fn statistic(n: usize) -> String {
    format!(
        "The effect was reliable, t({}) = {}.{}, p = .0{}{}; F(2, {}) = {}.{}, p < .0{}. ",
        20 + n % 50,
        1 + n % 3,
        n % 90 + 10,
        n % 9 + 1,
        n % 10,
        30 + n % 40,
        n % 7 + 1,
        n % 90 + 10,
        n % 5 + 1
    )
}

fn entries(bytes: usize) -> String {
    let count = bytes / 120;
    let mut text = String::new();
    for n in 0..count {
        let _ = write!(text, "Claim {n} holds [{n}].\n\n");
    }
    text.push_str("## References\n\n");
    for n in 0..count {
        let _ = writeln!(
            text,
            "{n}. Author {n}, B. A title about thing {n}. Journal of X. 20{:02}. https://doi.org/10.1000/{n}",
            n % 30
        );
    }
    text
}

fn named_entries(bytes: usize) -> String {
    const SYLLABLES: [&str; 8] = ["ber", "dal", "fen", "gor", "lind", "mor", "sten", "vik"];
    let name = |n: usize| {
        let parts =
            [n % 8, n / 8 % 8, n / 64 % 8].map(|at| SYLLABLES.get(at).copied().unwrap_or_default());
        format!("O{}", parts.concat())
    };
    let count = bytes / 220;
    let mut text = String::new();
    for n in 0..count {
        let (one, two, year) = (name(n), name(n * 3 + 1), 1980 + n % 40);
        let _ = write!(
            text,
            "{one} et al. ({year}) saw thing {n}, and so did others ({two} & {one}, {year}).\n\n"
        );
    }
    text.push_str("## References\n\n");
    for n in 0..count {
        let (one, two, year) = (name(n), name(n * 3 + 1), 1980 + n % 40);
        let _ = write!(
            text,
            "{one}, A., {two}, B., Ek, C. ({year}). A title about thing {n}. *Journal of X*, 7, {n}.\n\n"
        );
    }
    text
}

fn wide_table(bytes: usize) -> String {
    let columns = bytes / 40;
    let line = |cell: &dyn Fn(usize) -> String| {
        let cells: String = (0..columns).map(cell).collect();
        format!("| x {cells}|\n")
    };
    let head = line(&|n| format!("| c{n} "));
    let rule = line(&|_| "|---".to_owned()).replace(" x ", "---");
    let body = line(&|n| format!("| {}% ", n % 97));
    format!("{head}{rule}{}", body.repeat(3))
}

/// One trial and measure in every document, in cohorts of its own.
fn one_key(bytes: usize) -> Vec<String> {
    let page = |n: usize| {
        let cohort = if n.is_multiple_of(2) {
            String::new()
        } else {
            format!("cohort {n}")
        };
        format!(
            "# Results\n\n| Study | Treatment arm | Cohort | Objective response rate (ORR) |\n|---|---|---|---|\n\
             | Phase 2 (NCT01837095) [1] | Corvatinib + Paclitaxel | {cohort} | {}% |\n\n## References\n\n\
             1. Author A. Title {n}. 2024. https://doi.org/10.5555/{n}\n",
            n % 60 + 10
        )
    };
    (0..bytes / 300).map(page).collect()
}
