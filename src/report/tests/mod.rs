//! Whole reports of hand-made findings.

mod formats;
mod terminal;

use super::*;
use crate::finding::Location;
use crate::rule::Rule;
use crate::text::Span;

const OVERVIEW: &str = "# Overview\n\nThe trial enrolled people whose tumour had come back at least once, who were treated at \
nine centres with two µg/kg of the drug every third week, and who were followed for a year; the objective response rate (ORR) \
was 30% (17/57; 95 % CI 18–43) as judged by the investigators, which the sponsor called encouraging in a note to its \
shareholders, and most people who answered did so before the second scan. The disease came back after 9.4 months in half of \
them, although this was not confirmed by a second reader.\n";

const EFFICACY: &str = "---\ntitle: Efficacy\n---\n\nIn the first part — with ≥ 3 weeks between doses, as the protocol asks, and \
with 250 mg as the highest dose that was given to anyone at all — the objective response rate was 38% in the expanded cohort, \
and 41% of the people were alive after two years, 41% in the other group as well, as the table of the appendix shows in more \
detail than can be given here.\n\n応答率は三十八パーセントで、奏効期間の中央値は 9.4 か月だった。この結果は先に報告された値より高く、さらに多くの患者で確かめる必要があると著者らは述べている。全生存期間は 14.2 か月だった。\n";

fn place(source: &SourceText, text: &str, label: &str) -> Location {
    let start = source.text().find(text).unwrap();
    Location {
        path: source.path().to_owned(),
        span: Span::new(start, start + text.len()),
        label: label.to_owned(),
    }
}

fn finding(rule: &str, level: Level, message: &str, places: Vec<Location>) -> Finding {
    let mut places = places.into_iter();
    Finding {
        rule: rule.to_owned(),
        level,
        message: message.to_owned(),
        location: places.next().unwrap(),
        related: places.collect(),
        suggestion: None,
        cause: None,
        fingerprint: format!(
            "{:016x}",
            0xb3f0_c2a9_u64 + u64::try_from(message.len()).unwrap()
        ),
    }
}

fn rules() -> RuleSet {
    let rule = |id: &str, level, family: &str, summary: &str| Rule {
        id: id.to_owned(),
        family: family.to_owned(),
        summary: summary.to_owned(),
        level,
        precision: "high".to_owned(),
        since: "0.1.0".to_owned(),
        strict: false,
        message: "no reference for {quote}".to_owned(),
        path: format!("{family}/{id}.rq"),
        query: String::new(),
        page: format!("# {id}\n\n{summary}, which a reader\ncannot settle.\n\n## Bad\n\n## Good\n"),
    };
    RuleSet {
        rules: vec![
            rule(
                "dead-link",
                Level::Warning,
                "sources",
                "A link leads nowhere",
            ),
            rule(
                "figure-conflict",
                Level::Error,
                "figures",
                "One figure has two values",
            ),
            rule(
                "unsupported-figure",
                Level::Warning,
                "support",
                "A figure has no reference",
            ),
        ],
    }
}

struct Example {
    sources: [SourceText; 2],
    findings: Vec<Finding>,
    problems: Vec<Problem>,
    rules: RuleSet,
}

impl Example {
    fn new() -> Self {
        let efficacy = SourceText::new("part one/efficacy.md", EFFICACY);
        let overview = SourceText::new("overview.md", OVERVIEW);
        let conflict = Finding {
            suggestion: Some(
                "say which cohort each rate belongs to, or correct one of them".to_owned(),
            ),
            ..finding(
                "figure-conflict",
                Level::Error,
                "objective response rate, first part is 30% here but 38% (expanded cohort) in part one/efficacy.md; both are \
                 the same study, since both name the same drug and no other study of it has a first part",
                vec![
                    place(&overview, "30%", "30%, 17/57 = 29.8%"),
                    place(&efficacy, "38%", "38%, expanded cohort"),
                ],
            )
        };
        let mut findings = vec![conflict];
        for text in [
            "9.4 months",
            "The disease came back after 9.4 months in half of them, although this was not confirmed by a second reader.",
        ] {
            let mut unsupported = finding(
                "unsupported-figure",
                Level::Warning,
                &format!("\"{text}\" has no reference"),
                vec![place(&overview, text, "no mark covers it")],
            );
            unsupported.cause = Some("this document has no references".to_owned());
            findings.push(unsupported);
        }
        findings.push(finding(
            "same-line",
            Level::Note,
            "two shares [one](two) are equal",
            vec![
                place(&efficacy, "41%", "41% of the people"),
                place(&efficacy, "in the other group", "the other group"),
            ],
        ));
        findings.push(finding(
            "figure-conflict",
            Level::Error,
            "奏効期間の中央値 is 9.4 か月 here",
            vec![
                place(&efficacy, "9.4 か月", "九点四"),
                place(&efficacy, "14.2 か月", "全生存期間"),
            ],
        ));
        Self {
            sources: [efficacy, overview],
            findings,
            problems: vec![Problem {
                path: "old notes.md".to_owned(),
                line: Some(3),
                message: "not UTF-8 text: byte 17 is not valid".to_owned(),
                help: "save the file as UTF-8, or leave it out".to_owned(),
            }],
            rules: rules(),
        }
    }

    fn run(&self) -> Run<'_> {
        Run {
            findings: &self.findings,
            problems: &self.problems,
            statistics: Statistics {
                documents: 41,
                words: 31_000,
                figures: 1_204,
                supported: 1_130,
                claims: 900,
                citations: 410,
                references: 230,
                unverified: None,
                held: None,
            },
            sources: self.sources.iter().map(|s| (s.path(), s)).collect(),
            ..Run::new(&self.rules)
        }
    }

    fn text(&self, width: usize) -> String {
        let summary = true;
        let styled = false;
        text(
            &self.run(),
            TextOptions {
                width,
                styled,
                summary,
            },
        )
    }
}

/// The report of one document at 80 columns, without the summary.
fn shown(source: &SourceText, findings: &[Finding]) -> String {
    let rules = rules();
    let run = Run {
        findings,
        sources: BTreeMap::from([(source.path(), source)]),
        ..Run::new(&rules)
    };
    text(&run, EIGHTY)
}

const EIGHTY: TextOptions = TextOptions {
    width: 80,
    styled: false,
    summary: false,
};
