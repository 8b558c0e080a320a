//! One HTML tag: its name and attributes, read tolerantly.

/// A tag such as `<td colspan="2">` or `</sup>`.
pub(super) struct HtmlTag<'a> {
    /// Lower case.
    pub(super) name: String,
    pub(super) closing: bool,
    rest: &'a str,
}

/// Longest element name that matters.
const NAME: usize = 16;

impl<'a> HtmlTag<'a> {
    /// Reads a tag from text that starts with `<`; none for comments, declarations and lone brackets.
    pub(super) fn read(printed: &'a str) -> Option<Self> {
        let inner = printed.strip_prefix('<')?;
        let closing = inner.starts_with('/');
        let inner = inner.strip_prefix('/').unwrap_or(inner);
        let length = inner
            .bytes()
            .take(NAME + 1)
            .take_while(u8::is_ascii_alphanumeric)
            .count();
        let (name, rest) = inner.split_at_checked(length)?;
        if !name.starts_with(|c: char| c.is_ascii_alphabetic()) || length > NAME {
            return None;
        }
        Some(Self {
            name: name.to_ascii_lowercase(),
            closing,
            rest: rest.strip_suffix('>').unwrap_or(rest),
        })
    }

    /// The value of an attribute, as written.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        let mut rest = self.rest;
        while let Some((key, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|c| matches!(c, '"' | '\''));
            let (value, next) = match quote {
                Some(quote) => after.get(1..)?.split_once(quote)?,
                None => after
                    .split_once(|c: char| c.is_ascii_whitespace())
                    .unwrap_or((after, "")),
            };
            let key = key.split_ascii_whitespace().next_back().unwrap_or_default();
            if key.eq_ignore_ascii_case(name) {
                return Some(value.to_owned());
            }
            rest = next;
        }
        None
    }

    /// Whether a browser begins a new line or cell at it.
    pub(super) fn breaks_line(&self) -> bool {
        matches!(
            self.name.as_str(),
            "br" | "p"
                | "div"
                | "li"
                | "ul"
                | "ol"
                | "tr"
                | "td"
                | "th"
                | "table"
                | "hr"
                | "dt"
                | "dd"
                | "dl"
                | "h1"
                | "h2"
                | "h3"
                | "h4"
                | "h5"
                | "h6"
                | "section"
                | "summary"
                | "details"
                | "center"
                | "caption"
                | "figcaption"
                | "blockquote"
        )
    }
}
