//! The HTML report, read as a browser reads it: nothing of a document becomes markup, each link has its target, and each mark is
//! its finding's text.

use std::collections::{BTreeMap, BTreeSet};

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use factlint::corpus::Corpus;
use factlint::finding::{Finding, Level, Location, Suppressed, Suppressor};
use factlint::markdown;
use factlint::report::{Run, Statistics, html_page};
use factlint::rule::RuleSet;
use factlint::text::{Problem, SourceText, Span};
use scraper::{ElementRef, Html, Selector};
use sha2::{Digest as _, Sha256};

use crate::folder;

/// All that the report writes.
const ELEMENTS: &str = "html head meta title style body a header main section nav search footer h1 h2 h3 h4 h5 h6 p ul li dl dt dd div \
span b em strong s sup sub code pre blockquote bdi mark table thead tbody tr th td figure figcaption details summary form fieldset \
legend label input select option button output script";
const ATTRIBUTES: &str = "lang charset http-equiv content name class href rel id tabindex dir role scope hidden type value checked \
autocomplete aria-label aria-labelledby aria-hidden aria-live data-at data-level data-rule data-number data-path";

#[test]
fn a_small_run_looks_as_recorded() {
    let page = small();
    let style = page.split_once("<style>").unwrap();
    let (_, after_style) = style.1.split_once("</style>").unwrap();
    let (body, _) = after_style.split_once("<script>").unwrap();
    let shown = body.replace("><", ">\n<");
    insta::assert_snapshot!(shown);
}

#[test]
fn each_finding_has_its_note_and_each_link_its_target() {
    for folder in ["trial", "company", "software"] {
        let (corpus, findings) =
            folder::check(folder::sources(&format!("documents/{folder}/defects")));
        let page = Html::parse_document(&page(&corpus, &findings));
        let mut ids = BTreeSet::new();
        for element in select(&page, "[id]") {
            let id = element.attr("id").unwrap();
            assert!(ids.insert(id.to_owned()), "{folder}: id {id} twice");
        }
        for finding in &findings {
            let wanted = format!("f-{}", finding.fingerprint);
            assert!(ids.contains(&wanted), "{folder}: no note {wanted}");
        }
        for link in select(&page, "a[href^='#']") {
            let target = link.attr("href").unwrap().trim_start_matches('#');
            assert!(
                ids.contains(target),
                "{folder}: nothing has the id {target}"
            );
        }
        for (at, finding) in findings.iter().enumerate() {
            for place in 0..=finding.related.len() {
                let name = place_name(at, place);
                assert!(
                    ids.contains(&name),
                    "{folder}: {} is not marked at {name}",
                    finding.rule
                );
            }
        }
    }
}

#[test]
fn marks_are_the_text_of_their_findings() {
    for folder in ["trial", "company", "software"] {
        let sources = folder::sources(&format!("documents/{folder}/defects"));
        let windows = sources
            .iter()
            .map(|source| {
                SourceText::new(
                    source.path(),
                    format!("\u{feff}{}", source.text().replace('\n', "\r\n")),
                )
            })
            .collect();
        assert_marks(sources);
        assert_marks(windows);
    }
    for text in HOSTILE {
        assert_marks(vec![SourceText::new("a.md", *text)]);
    }
}

#[test]
fn marks_stand_where_running_text_cannot_show_their_place() {
    let text = "---\ntitle: Two 30% marks\n---\n\nSee [the **whole** table](https://example.org/30% \"x\") and ![a](b.png).\n\n\
                [1]: https://example.org/deep\n\n<!-- note 5% -->\n\n| a | b |\n|---|---|\n| 1 \\| 2 | 30% |\n";
    for (words, shown) in [
        ("30% marks", "30% marks"),
        ("See", "See"),
        ("**whole**", "whole"),
        ("https://example.org/30%", "https://example.org/30%"),
        ("![a](b.png)", "![a](b.png)"),
        (
            "[1]: https://example.org/deep",
            "[1]: https://example.org/deep",
        ),
        ("note 5%", "note 5%"),
        ("|---|", "|---|"),
        ("1 \\| 2", "1 | 2"),
        ("| 1 \\| 2 | 30% |", "1 | 2 30%"),
    ] {
        let start = text.find(words).unwrap();
        let source = SourceText::new("a.md", text);
        let corpus = factlint::corpus::relate(vec![factlint::corpus::extract(source)]);
        let finding = finding("a.md", Span::new(start, start + words.len()));
        let page = Html::parse_document(&page(&corpus, &[finding]));
        assert_eq!(squeezed(&marked(&page, "t1")), squeezed(shown), "{words}");
    }
}

#[test]
fn places_between_characters_and_outside_the_run_keep_their_notes() {
    for (text, span) in [
        ("", 0..0),
        ("one", 3..3),
        ("one", 0..0),
        ("one", 90..95),
        ("\n\n", 1..1),
    ] {
        let corpus = factlint::corpus::relate(vec![factlint::corpus::extract(SourceText::new(
            "a.md", text,
        ))]);
        let here = finding("a.md", Span::from(span));
        let elsewhere = finding("unknown.toml", Span::new(3, 4));
        let page = Html::parse_document(&page(&corpus, &[here, elsewhere]));
        assert_eq!(select(&page, ".finding").len(), 2, "{text:?}");
    }
}

/// Texts that would break out of a page that trusted them. Each has a figure that is wrong, so that it is shown.
const HOSTILE: &[&str] = &[
    "Of the 170 <script>alert(1)</script> patients, 34 (25%) left early.",
    "<img src=x onerror=alert(1)>\n\nOf the 170 patients, 34 (25%) left.\n\n</style></script><svg onload=alert(1)>",
    "Of the 170 patients, 34 (25%) ]]> --> <!-- left </main></body></html><p>early.",
    "[Of the 170 patients, 34 (25%) left](javascript:alert(1)) [x](JaVaScRiPt:alert(1)) [y](data:text/html,z) [z](vbscript:q)",
    "[a](//example.org) [b](/etc) <javascript:alert(1)> [c](java&#115;cript:x) Of the 170 patients, 34 (25%) left.",
    "[Of the 170 patients, 34 (25%) left](https://example.org/?a=\"onmouseover=alert(1)&b='x'<y>)",
    "Of the 170 \"quoted\" 'patients' & <b title='x'>34 (25%)</b> `</code><script>` left.",
    "\u{202e}Of the 170 patients, 34 (25%) left\u{202c} \u{2066}abc",
    "Of the 170 patients,\0 34 (25%) left\u{7} \u{1b}[31m early\u{85}.\r\n\r\rNext\r",
    "| <script> | b |\n|---|---|\n| Of the 170 patients, 34 (25%) left | </td></table><script>x</script> |",
    "```html\n</code></pre><script>alert(1)</script>\n```\n\nOf the 170 patients, 34 (25%) left.\n\n[^1]: </p><script>\n",
    "# </h3><script>alert(1)</script>\n\n> - **Of the 170 *patients*, 34 (25%)** left {{constructor}} ${x}",
];

#[test]
fn no_text_becomes_markup() {
    for text in HOSTILE {
        let name = "</title><script>alert(1)</script>\" onload=\"x.md";
        let (corpus, mut findings) = folder::check(vec![SourceText::new(name, *text)]);
        assert!(
            !findings.is_empty(),
            "nothing is found, so nothing is shown: {text}"
        );
        for finding in &mut findings {
            finding.location.label.push_str(text);
            finding.suggestion = Some((*text).to_owned());
            finding.cause = Some((*text).to_owned());
            finding.message.push_str(text);
        }
        findings.push(Finding {
            rule: (*text).to_owned(),
            ..findings[0].clone()
        });
        assert_harmless(&page(&corpus, &findings), text);
    }
}

#[test]
fn a_huge_line_and_deep_markup_are_cut_and_stay_harmless() {
    let long = format!(
        "{}Of the 170 patients, 34 (25%) left. {}",
        "word ".repeat(20_000),
        "<i>x ".repeat(20_000)
    );
    let deep = format!(
        "{}Of the 170 patients, 34 (25%) left.{}",
        "*a **b ".repeat(5_000),
        "** c* ".repeat(5_000)
    );
    let paragraphs = format!(
        "Of the 170 patients, 34 (25%) left.\n\n{}",
        "Nothing to see here.\n\n".repeat(25_000)
    );
    for text in [long, deep, paragraphs] {
        let (corpus, findings) = folder::check(vec![SourceText::new("a.md", text)]);
        let page = page(&corpus, &findings);
        assert!(page.len() < 200_000, "{} bytes", page.len());
        assert!(page.contains("[…]"), "says that it is cut");
        assert_harmless(&page, "a huge text");
    }
}

#[test]
fn a_page_grows_with_what_is_shown() {
    let size = |copies: usize| {
        let line = "Of the 170 patients, 34 (25%) left early.\n\n";
        let sources = (0..copies)
            .map(|at| SourceText::new(format!("{at:03}.md"), line.repeat(20)))
            .collect();
        let (corpus, findings) = folder::check(sources);
        page(&corpus, &findings).len()
    };
    let (base, one, four) = (size(1), size(5), size(17));
    let growth = (four - base) * 10 / (one - base);
    assert!(growth <= 45, "four times as much makes {growth} tenths");
}

#[test]
fn the_order_of_documents_changes_no_byte() {
    let sources = folder::sources("documents/trial/defects");
    let reversed = sources.iter().rev().cloned().collect();
    let (corpus, findings) = folder::check(sources);
    let (other, found) = folder::check(reversed);
    assert_eq!(page(&corpus, &findings), page(&other, &found));
}

#[test]
fn the_policy_allows_the_page_its_own_style_and_script_alone() {
    let page = Html::parse_document(&small());
    let policy = select(&page, "meta[http-equiv='Content-Security-Policy']");
    let policy = policy.first().unwrap().attr("content").unwrap().to_owned();
    assert!(policy.starts_with("default-src 'none'; "), "{policy}");
    for element in ["style", "script"] {
        let found = select(&page, element);
        assert_eq!(found.len(), 1);
        let text: String = found[0].text().collect();
        let hash = BASE64_STANDARD.encode(Sha256::digest(text));
        assert!(
            policy.contains(&format!("{element}-src 'sha256-{hash}'")),
            "{element}: {policy}"
        );
    }
}

/// One finding of each kind, a hidden one and a problem.
fn small() -> String {
    let sources = vec![
        SourceText::new(
            "overview.md",
            "# Otters\n\nOf the **170** otters, *34 (25%)* [left](https://example.org/a) early [9].\n\n- one\n- two \
             [none](javascript:x)\n\nIn Orkham Bay, the Larkspur survey counted 4,310 sea otters along 212 km of kelp coast.\n",
        ),
        SourceText::new(
            "details.md",
            "# Kelp\n\nIn Orkham Bay, the Larkspur survey counted 4,130 sea otters along 212 km of kelp coast.\n\n\
             | Group | Share |\n|---|---|\n| all | 130% |\n",
        ),
        SourceText::new("quiet.md", "Nothing here.\n"),
    ];
    let (corpus, findings) = folder::check(sources);
    let hidden = Suppressed {
        finding: finding("quiet.md", Span::new(0, 7)),
        by: Suppressor::Decision,
        reason: "agreed <b>".to_owned(),
    };
    let problem = Problem {
        path: "old.md".to_owned(),
        line: Some(3),
        message: "not UTF-8 text".to_owned(),
        help: "save it as UTF-8".to_owned(),
    };
    let rules = RuleSet::embedded();
    html_page(
        &run(&corpus, &findings, (&[hidden], &[problem]), &rules),
        &corpus,
    )
}

fn page(corpus: &Corpus, findings: &[Finding]) -> String {
    html_page(
        &run(corpus, findings, (&[], &[]), &RuleSet::embedded()),
        corpus,
    )
}

fn run<'a>(
    corpus: &'a Corpus,
    findings: &'a [Finding],
    (suppressed, problems): (&'a [Suppressed], &'a [Problem]),
    rules: &'a RuleSet,
) -> Run<'a> {
    let documents = corpus.extractions.iter().map(|one| &one.document.source);
    Run {
        outside_changes: None,
        findings,
        suppressed,
        problems,
        rules,
        statistics: Statistics {
            documents: corpus.extractions.len(),
            ..Statistics::default()
        },
        sources: documents.map(|source| (source.path(), source)).collect(),
        readings: BTreeMap::new(),
        paths: "docs",
    }
}

fn finding(path: &str, span: Span) -> Finding {
    Finding {
        rule: "impossible-value".to_owned(),
        level: Level::Warning,
        message: "this cannot be".to_owned(),
        location: Location {
            path: path.to_owned(),
            span,
            label: String::new(),
        },
        related: Vec::new(),
        suggestion: None,
        cause: None,
        fingerprint: "00000000deadbeef".to_owned(),
    }
}

fn place_name(finding: usize, place: usize) -> String {
    let number = finding + 1;
    if place == 0 {
        format!("t{number}")
    } else {
        format!("t{number}-{place}")
    }
}

fn select<'a>(page: &'a Html, selector: &str) -> Vec<ElementRef<'a>> {
    page.select(&Selector::parse(selector).unwrap()).collect()
}

/// The text of all marks of a place.
fn marked(page: &Html, name: &str) -> String {
    select(page, "mark[data-at]")
        .into_iter()
        .filter(|mark| {
            mark.attr("data-at")
                .unwrap()
                .split(' ')
                .any(|one| one == name)
        })
        .flat_map(|mark| mark.text().collect::<Vec<_>>())
        .collect()
}

fn assert_marks(sources: Vec<SourceText>) {
    let (corpus, findings) = folder::check(sources);
    let page = Html::parse_document(&page(&corpus, &findings));
    for (at, finding) in findings.iter().enumerate() {
        let places = std::iter::once(&finding.location).chain(&finding.related);
        for (place, location) in places.enumerate() {
            let document = corpus
                .extractions
                .iter()
                .find(|one| one.document.source.path() == location.path);
            let printed = document.unwrap().document.source.slice(location.span);
            let shown = marked(&page, &place_name(at, place));
            let fits = squeezed(&shown) == squeezed(printed)
                || squeezed(&shown) == squeezed(&read(printed));
            assert!(
                fits,
                "{}: {} marks {shown:?}, not {printed:?}",
                location.path, finding.rule
            );
        }
    }
}

/// What a reader sees of a stretch of Markdown.
fn read(printed: &str) -> String {
    let document = markdown::parse(SourceText::new("a.md", printed));
    let texts = document.texts();
    texts.map(|(_, _, text)| text.plain.as_str()).collect()
}

/// Without what a browser or a table takes out: white space, bars.
fn squeezed(text: &str) -> String {
    let kept = text.chars().filter(|c| !c.is_whitespace() && *c != '|');
    kept.map(|c| if c.is_control() { '?' } else { c })
        .map(|c| {
            if ('\u{2400}'..='\u{2421}').contains(&c) || c == char::REPLACEMENT_CHARACTER {
                '?'
            } else {
                c
            }
        })
        .collect()
}

/// Whether a page consists of nothing but what the report writes.
fn assert_harmless(page: &str, text: &str) {
    assert!(
        !page.contains(|c: char| c.is_control() && !matches!(c, '\n' | '\t')),
        "control characters: {text}"
    );
    let tree = Html::parse_document(page);
    let elements: BTreeSet<&str> = ELEMENTS.split_whitespace().collect();
    let attributes: BTreeSet<&str> = ATTRIBUTES.split_whitespace().collect();
    for element in select(&tree, "*") {
        let name = element.value().name();
        assert!(elements.contains(name), "<{name}> from {text}");
        for (attribute, value) in element.value().attrs() {
            assert!(
                attributes.contains(attribute),
                "<{name} {attribute}> from {text}"
            );
            let is_safe = ["#", "http://", "https://", "mailto:"]
                .iter()
                .any(|start| value.starts_with(start));
            assert!(
                attribute != "href" || is_safe,
                "<{name} href={value}> from {text}"
            );
        }
    }
    for once in ["html", "head", "title", "body", "main", "script", "style"] {
        assert_eq!(select(&tree, once).len(), 1, "<{once}> from {text}");
    }
}
