//! Text out of the markup in which registries keep titles and abstracts: HTML, JATS, MathML, entities, CDATA.

use quick_xml::escape::resolve_html5_entity;

use crate::text::squeeze;

/// Longest text that is kept, in bytes.
const LONGEST: usize = 50_000;
/// Longest tag, in bytes. A `<` with no `>` so near is a sign of the text.
const LONGEST_TAG: usize = 2_000;
/// Longest reference to a character, in bytes: `&CounterClockwiseContourIntegral;`.
const LONGEST_REFERENCE: usize = 34;
/// Elements that end a word: blocks of HTML and JATS.
const BLOCKS: [&str; 9] = [
    "p",
    "title",
    "sec",
    "br",
    "li",
    "list-item",
    "div",
    "label",
    "break",
];
/// Elements that say again what stands beside them, in another notation.
const DOUBLES: [&str; 3] = ["annotation", "annotation-xml", "tex-math"];

/// How often markup is escaped at most: registries escape some of it twice.
const DEEPEST_ESCAPE: usize = 3;

/// The text of a field without markup, white space squeezed. Markup is taken out and references are resolved until nothing
/// changes.
pub(super) fn plain(written: &str) -> String {
    let mut end = written.len().min(LONGEST);
    while !written.is_char_boundary(end) {
        end -= 1;
    }
    let mut text = written.get(..end).unwrap_or_default().to_owned();
    for _ in 0..DEEPEST_ESCAPE {
        let next = resolved(&without_tags(&text));
        if next == text {
            break;
        }
        text = next;
    }
    squeeze(&text)
}

fn without_tags(written: &str) -> String {
    let mut text = String::with_capacity(written.len());
    let mut double: Option<String> = None;
    let mut rest = written;
    while let Some((before, behind)) = rest.split_once('<') {
        if double.is_none() {
            text.push_str(before);
        }
        if let Some((data, after)) = character_data(behind) {
            if double.is_none() {
                text.push_str(data);
            }
            rest = after;
        } else if let Some((tag, after)) = tag(behind) {
            let (name, closes) = element(tag);
            if DOUBLES.contains(&name.as_str()) && !tag.ends_with('/') {
                double = if closes { None } else { Some(name) };
            } else if double.is_none() && BLOCKS.contains(&name.as_str()) {
                text.push(' ');
            }
            rest = after;
        } else {
            if double.is_none() {
                text.push('<');
            }
            rest = behind;
        }
    }
    if double.is_none() {
        text.push_str(rest);
    }
    text
}

/// What `<![CDATA[…]]>` holds and what follows, behind its `<`.
fn character_data(behind: &str) -> Option<(&str, &str)> {
    behind.strip_prefix("![CDATA[")?.split_once("]]>")
}

/// The inside of a tag and what follows, behind its `<`: a name, and attributes with values or nothing. `a <b and c> d`
/// has no tag.
fn tag(behind: &str) -> Option<(&str, &str)> {
    let window = behind
        .char_indices()
        .take_while(|(at, _)| *at < LONGEST_TAG)
        .find(|(_, c)| matches!(c, '>' | '<'));
    let (end, _) = window.filter(|(_, c)| *c == '>')?;
    let inside = behind.get(..end)?;
    let after = behind.get(end + 1..)?;
    if inside.starts_with(['!', '?']) {
        return Some((inside, after));
    }
    let name = inside.trim_start_matches('/').trim_end_matches('/');
    let (name, attributes) = name.split_once(char::is_whitespace).unwrap_or((name, ""));
    let is_name = name.starts_with(|c: char| c.is_ascii_alphabetic())
        && name
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"-_:".contains(&b));
    let is_tag = is_name && (attributes.trim().is_empty() || attributes.contains('='));
    is_tag.then_some((inside, after))
}

/// The name of an element without its namespace, lower case, and whether the tag closes it.
fn element(tag: &str) -> (String, bool) {
    let bare = tag.trim_start_matches('/');
    let name = bare
        .split(|c: char| c.is_whitespace() || c == '/')
        .next()
        .unwrap_or_default();
    let local = name.rsplit(':').next().unwrap_or_default();
    (local.to_lowercase(), bare.len() < tag.len())
}

/// References to characters as the characters; those unknown stay as written.
fn resolved(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, behind)) = rest.split_once('&') {
        out.push_str(before);
        let name = behind
            .split_once(';')
            .filter(|(name, _)| name.len() <= LONGEST_REFERENCE);
        if let Some((characters, after)) =
            name.and_then(|(name, after)| Some((character(name)?, after)))
        {
            out.push_str(&characters);
            rest = after;
        } else {
            out.push('&');
            rest = behind;
        }
    }
    out.push_str(rest);
    out
}

/// What a reference `&name;` stands for.
pub(super) fn character(name: &str) -> Option<String> {
    let Some(number) = name.strip_prefix('#') else {
        let letter = greek(name).map(String::from);
        return letter.or_else(|| resolve_html5_entity(name).map(str::to_owned));
    };
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hexadecimal) => u32::from_str_radix(hexadecimal, 16),
        None => number.parse(),
    };
    char::from_u32(code.ok()?).map(String::from)
}

/// Greek letters in the order of their code points. `quick-xml` 0.41 has a semicolon for most of them.
const GREEK: &str = "alpha beta gamma delta epsilon zeta eta theta iota kappa lambda mu nu xi omicron pi rho sigmaf sigma tau \
                     upsilon phi chi psi omega";

/// `beta` is β, `Beta` is Β.
fn greek(name: &str) -> Option<char> {
    let lower = name.to_ascii_lowercase();
    let at = GREEK.split(' ').position(|letter| letter == lower)?;
    let is_capital = name.starts_with(|c: char| c.is_ascii_uppercase());
    let first = if is_capital { 0x391 } else { 0x3b1 };
    char::from_u32(first + u32::try_from(at).ok()?)
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn titles_are_text() {
        let cases = [
            ("Warm <i>feet</i> &amp; CO<sub>2</sub>", "Warm feet & CO2"),
            ("Feet &lt;i&gt;in vivo&lt;/i&gt;", "Feet in vivo"),
            ("&amp;lt;b&amp;gt;Feet", "Feet"),
            ("<![CDATA[Feet <b>warm</b>]]>", "Feet warm"),
            ("P &lt; 0.05 and n > 3, a<b", "P < 0.05 and n > 3, a<b"),
            ("one <two and three> four", "one <two and three> four"),
            (
                "<jats:title>Aim</jats:title><jats:p>Warm\n feet.</jats:p>",
                "Aim Warm feet.",
            ),
            (
                "Of <mml:math xmlns:mml=\"x\"><mml:mi>k</mml:mi><mml:mo>=</mml:mo><mml:mn>2</mml:mn>\
                 <mml:annotation encoding=\"TeX\">k=2</mml:annotation></mml:math> feet",
                "Of k=2 feet",
            ),
            (
                "&Delta;&omega; &beta;-blockers &#8211; &#x3b1; &unknown; & Co",
                "Δω β-blockers – α &unknown; & Co",
            ),
            ("<", "<"),
            ("<<<i>>", "<<>"),
            ("", ""),
        ];
        for (written, expected) in cases {
            assert_eq!(plain(written), expected, "{written}");
        }
    }

    #[test]
    fn hostile_text_is_read_to_its_end() {
        for piece in [
            "<",
            "&",
            "<![CDATA[",
            "<i ",
            "é<",
            "&#99999999999;",
            "<annotation>",
        ] {
            let _plain = plain(&piece.repeat(50_000));
        }
    }
}
