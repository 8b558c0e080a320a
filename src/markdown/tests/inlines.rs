//! Marked stretches of running text.

use super::{check, check_inlines, read};

#[test]
fn emphasis_nests_outer_first() {
    check_inlines(
        "a ***b** c* ~~d~~",
        "Emphasis: b c <- ***b** c*\nStrong: b <- **b**\nStrikethrough: d <- ~~d~~",
    );
}

#[test]
fn citation_marks_stay_as_printed() {
    for printed in [
        "a.[1][2] b",
        "a^[1]^ b",
        "a^{[1][8]} b",
        "a.^[4] b",
        "[@key; @doi:10.1/x_y_z]",
        "5~10 of ~6 H~2~O 2^10^",
        "*p = 1",
    ] {
        check(
            &format!("{printed} and so on."),
            &format!("0 p: {printed} and so on."),
        );
    }
}

#[test]
fn escaped_marks_in_links() {
    check_inlines(
        r"Done.[\[1\]](#)[\[11\]](#x)",
        r"
Link #: [1] <- [\[1\]](#)
Link #x: [11] <- [\[11\]](#x)",
    );
}

#[test]
fn marks_by_reference_keep_their_brackets() {
    let definitions = "\n\n[1]: https://a.org\n[2]: https://b.org\n[here]: https://c.org\n";
    check(
        &format!("30% [1], 40% [1][2] and [text][here].{definitions}"),
        "0 p: 30% [1], 40% [1][2] and text.",
    );
    check_inlines(
        &format!("30% [1], 40% [1][2] and [text][here].{definitions}"),
        "
Link [1] https://a.org: [1] <- [1]
Link [1] https://a.org: [1] <- [1]
Link [2] https://b.org: [2] <- [2]
Link [here] https://c.org: text <- [text][here]",
    );
}

#[test]
fn numbers_linked_within_the_page_keep_their_brackets() {
    check(
        "Up 30% [1](#r1) in [2019](https://a.org).",
        "0 p: Up 30% [1] in 2019.",
    );
}

#[test]
fn marks_by_reference_in_tab_cells() {
    check_inlines(
        "Arm\tRate\nA **b**\t30% [1]\n\n[1]: https://a.org\n",
        "Strong: b <- **b**\nLink [1] https://a.org: [1] <- [1]",
    );
}

#[test]
fn links_and_autolinks() {
    check_inlines(
        "[Get *it*](#) <https://a.org> <a href=\"#r\">x</a>",
        "
Link #: Get it <- [Get *it*](#)
Emphasis: it <- *it*
Link https://a.org: https://a.org <- <https://a.org>
Link #r: x <- <a href=\"#r\">x</a>",
    );
}

#[test]
fn images_leave_no_text() {
    check_inlines(
        "See [![alt *x*](i.png)](u) here",
        "Link u:  <- [![alt *x*](i.png)](u)\nImage i.png:  <- ![alt *x*](i.png)",
    );
    check("See ![alt](i.png) here", "0 p: See  here");
}

#[test]
fn tags_for_raised_text() {
    check_inlines(
        "x<sup>1</sup> H<sub>2</sub>O <sup>open",
        "Superscript: 1 <- <sup>1</sup>\nSubscript: 2 <- <sub>2</sub>",
    );
    check(
        "x<sup>1</sup> H<sub>2</sub>O <span class=\"k\">y</span>",
        "0 p: x1 H2O y",
    );
}

#[test]
fn attributes_of_images_are_no_text() {
    check(
        "![A *tide*](a.png){#fig:a width=\"90%\" fig-alt=\"A *high* tide\"}It rose.",
        "0 p: It rose.",
    );
    check("![A](a.png){no list}", "0 p: {no list}");
    check("It rose {.by} 3 m.", "0 p: It rose {.by} 3 m.");
}

#[test]
fn footnote_references_are_marked() {
    check_inlines("a[^n].\n\n[^n]: note", "Footnote n: [^n] <- [^n]");
}

#[test]
fn code_and_mathematics() {
    check_inlines(
        "`` a`b `` and $p = .03$",
        "Code: a`b <- `` a`b ``\nMath: p = .03 <- $p = .03$",
    );
}

#[test]
fn money_is_no_mathematics() {
    check("From $5-$10 to US$20.", "0 p: From $5-$10 to US$20.");
}

#[test]
fn entities_and_escapes_lead_back() {
    let document = read("p &lt; 0.05 \\* 3&nbsp;kg");
    let text = &document.blocks[0].text;
    assert_eq!(text.plain, "p < 0.05 * 3\u{a0}kg");
    let back = |plain: &str| {
        let at = text.plain.find(plain).unwrap();
        document
            .source
            .slice(text.source_span(at..at + plain.len()))
            .to_owned()
    };
    assert_eq!(back("< 0.05"), "&lt; 0.05");
    assert_eq!(back("0.05"), "0.05");
    assert_eq!(back("3\u{a0}kg"), "3&nbsp;kg");
}

#[test]
fn plain_range_is_the_way_there() {
    let document = read("a **b** &amp; `c` d");
    let text = &document.blocks[0].text;
    let range = |printed: &str| {
        let at = document.source.text().find(printed).unwrap();
        {
            let span = crate::text::Span::new(at, at + printed.len());
            text.plain.get(text.plain_range(span)).unwrap().to_owned()
        }
    };
    assert_eq!(range("b** &amp; `c"), "b & c");
    assert_eq!(range("mp"), "&");
    assert_eq!(range("**"), "");
}

#[test]
fn code_in_html_is_code() {
    check_inlines(
        "Calling <code>sum [1; 2]</code> gives 3 <kbd>q</kbd>.",
        "Code: sum [1; 2] <- <code>sum [1; 2]</code>\nCode: q <- <kbd>q</kbd>",
    );
    check_inlines(
        "<p>Then</p>\n<pre>let x = [1, 2]</pre>",
        "Code: let x = [1, 2] <- <pre>let x = [1, 2]</pre>",
    );
}
