//! XML as a small tree, read without entities of its own, and no deeper than any service nests.

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::Unreadable;
use super::markup::{character, plain};

/// Deepest nesting that is read; the services' answers have about 12 levels, more with MathML in a title.
const DEEPEST: usize = 100;

/// One element.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// Name without its namespace prefix.
    name: String,
    attributes: Vec<(String, String)>,
    children: Vec<Node>,
}

#[derive(Debug)]
enum Node {
    Element(Element),
    Text(String),
}

/// Reads a body; the result holds the outermost element. A document type is passed over, so that no entity is expanded.
pub(super) fn parse(body: &[u8]) -> Result<Element, Unreadable> {
    let text = String::from_utf8_lossy(body);
    let mut reader = Reader::from_str(&text);
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().map_err(|_| Unreadable)? {
            Event::Start(start) => {
                if open.len() > DEEPEST {
                    return Err(Unreadable);
                }
                open.push(element(&start));
            }
            Event::Empty(start) => push(&mut open, Node::Element(element(&start)))?,
            Event::End(_) => {
                let closed = open.pop().ok_or(Unreadable)?;
                push(&mut open, Node::Element(closed))?;
            }
            Event::Text(text) => {
                let text = text.decode().map_err(|_| Unreadable)?;
                push(&mut open, Node::Text(text.into_owned()))?;
            }
            Event::CData(text) => {
                let text = text.decode().map_err(|_| Unreadable)?;
                push(&mut open, Node::Text(text.into_owned()))?;
            }
            Event::GeneralRef(reference) => {
                let name = reference.decode().map_err(|_| Unreadable)?;
                if let Some(characters) = character(&name) {
                    push(&mut open, Node::Text(characters))?;
                }
            }
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => {}
            Event::Eof => break,
        }
    }
    let root = open.pop().filter(|_| open.is_empty());
    root.filter(|root| root.elements().next().is_some())
        .ok_or(Unreadable)
}

fn push(open: &mut [Element], node: Node) -> Result<(), Unreadable> {
    open.last_mut().ok_or(Unreadable)?.children.push(node);
    Ok(())
}

fn element(start: &BytesStart<'_>) -> Element {
    let attributes = start.attributes().flatten().map(|attribute| {
        let name = String::from_utf8_lossy(attribute.key.local_name().as_ref()).into_owned();
        let value = String::from_utf8_lossy(&attribute.value).into_owned();
        (name, plain(&value))
    });
    Element {
        name: String::from_utf8_lossy(start.local_name().as_ref()).into_owned(),
        attributes: attributes.collect(),
        children: Vec::new(),
    }
}

impl Element {
    fn elements(&self) -> impl Iterator<Item = &Self> {
        self.children.iter().filter_map(|node| match node {
            Node::Element(element) => Some(element),
            Node::Text(_) => None,
        })
    }

    /// The children of a name.
    pub(super) fn all<'e>(&'e self, name: &'e str) -> impl Iterator<Item = &'e Self> {
        self.elements().filter(move |child| child.name == name)
    }

    /// The first element at a path of names: `Article/Journal/Title`.
    pub(super) fn at(&self, path: &str) -> Option<&Self> {
        path.split('/').try_fold(self, |element, name| {
            element.elements().find(|child| child.name == name)
        })
    }

    /// The text at a path, without markup; empty where there is none.
    pub(super) fn text_at(&self, path: &str) -> String {
        self.at(path).map(Self::text).unwrap_or_default()
    }

    /// All text in it, white space squeezed.
    pub(super) fn text(&self) -> String {
        let mut text = String::new();
        self.collect(&mut text);
        plain(&text)
    }

    /// As deep as [`DEEPEST`] at most. A `<` of the text is escaped again, so that it is not read as a tag.
    fn collect(&self, text: &mut String) {
        for child in &self.children {
            match child {
                Node::Element(element) => element.collect(text),
                Node::Text(own) => text.push_str(own),
            }
        }
    }

    /// An attribute; empty where there is none.
    pub(super) fn attribute(&self, name: &str) -> &str {
        self.attributes
            .iter()
            .find(|(own, _)| own == name)
            .map_or("", |(_, value)| value.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_attributes_and_characters_are_read() {
        let read = parse(
            b"<?xml version=\"1.0\"?><!DOCTYPE a [<!ENTITY e \"eeee\">]>\
              <a:r xmlns:a=\"x\"><b k=\"v&amp;w\">P &lt; 1 &e;&beta;<i>x</i><![CDATA[ & y]]></b></a:r>",
        )
        .unwrap();
        let b = read.at("r/b").unwrap();
        assert_eq!(b.text(), "P < 1 βx & y");
        assert_eq!(b.attribute("k"), "v&w");
        assert_eq!(read.text_at("r/c/d"), "");
    }

    #[test]
    fn what_is_no_xml_is_unreadable() {
        let deep = "<a>".repeat(100_000);
        let cut = "<a><b>text";
        for body in ["", "plain", "{}", "<a></b>", cut, &deep, "\u{0}"] {
            assert_eq!(parse(body.as_bytes()).err(), Some(Unreadable), "{body:.20}");
        }
    }
}
