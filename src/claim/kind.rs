//! What a sentence does: states, asks, instructs, labels.
//!
//! Why it exists: steps of a protocol, disclaimers and "the following table shows" need no source and carry no
//! results. Told by where a sentence stands (heading, caption, section) and by closed lists of words.
//! It leaves out whether a claim needs support ([`super::support`]).

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use super::lexis::{Phrases, word_set, words};
use super::{Sentence, SentenceKind};
use crate::citation::Citations;
use crate::markdown::{Block, BlockKind, Document, Place};

static IMPERATIVES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| word_set("imperative-verbs"));
static AUXILIARIES: LazyLock<BTreeSet<&str>> = LazyLock::new(|| word_set("auxiliaries"));
static LABELS: LazyLock<BTreeSet<&str>> = LazyLock::new(|| word_set("metadata-labels"));
static NAVIGATION: LazyLock<Phrases> = LazyLock::new(|| Phrases::read("navigation-phrases"));
static BOILERPLATE: LazyLock<Phrases> = LazyLock::new(|| Phrases::read("boilerplate-phrases"));
static BOILERPLATE_HEADINGS: LazyLock<Phrases> =
    LazyLock::new(|| Phrases::read("boilerplate-headings"));
static PROTOCOL_HEADINGS: LazyLock<Phrases> = LazyLock::new(|| Phrases::read("protocol-headings"));
static FINITE: LazyLock<BTreeSet<String>> = LazyLock::new(|| {
    word_set("verbs")
        .into_iter()
        .flat_map(finite_forms)
        .collect()
});

/// Where a block stands.
#[derive(Clone, Copy, Debug, Default)]
struct Setting {
    reference: bool,
    boilerplate: bool,
    protocol: bool,
}

/// Tells the kinds of one document's sentences.
pub(super) struct Kinds<'d> {
    document: &'d Document,
    settings: Vec<Setting>,
}

impl<'d> Kinds<'d> {
    /// Reads the headings once. Linear in the blocks.
    pub(super) fn new(document: &'d Document, citations: &Citations) -> Self {
        let references: BTreeSet<usize> = citations.reference_blocks.iter().copied().collect();
        let mut settings: Vec<Setting> = Vec::with_capacity(document.blocks.len());
        for (index, block) in document.blocks.iter().enumerate() {
            let above = block
                .section
                .and_then(|section| settings.get(section).copied())
                .unwrap_or_default();
            let previous = index
                .checked_sub(1)
                .and_then(|last| settings.get(last).copied())
                .unwrap_or_default();
            settings.push(Setting {
                reference: references.contains(&index),
                ..setting(block, above, previous)
            });
        }
        Self { document, settings }
    }

    /// The kind of the sentence at a place.
    pub(super) fn of(&self, place: &Place) -> SentenceKind {
        let Some(block) = self.document.blocks.get(place.block) else {
            return SentenceKind::Fragment;
        };
        let setting = self.settings.get(place.block).copied().unwrap_or_default();
        let text = self.document.plain(place).trim();
        if setting.reference {
            return SentenceKind::Reference;
        }
        match &block.kind {
            BlockKind::Heading { .. } => return SentenceKind::Heading,
            BlockKind::TableCaption | BlockKind::TableNote => return SentenceKind::Caption,
            BlockKind::FrontMatter => return SentenceKind::Metadata,
            BlockKind::Table(table) => {
                let row = place.cell.map_or(0, |cell| cell.0);
                if row < table.header_rows {
                    return SentenceKind::Heading;
                }
            }
            BlockKind::Paragraph
            | BlockKind::ListItem
            | BlockKind::FootnoteDefinition { .. }
            | BlockKind::Code
            | BlockKind::Html => {}
        }
        if setting.boilerplate && !is_question(text) {
            return SentenceKind::Boilerplate;
        }
        let kind = of_text(text);
        let listed = block.list.is_some();
        if setting.protocol && listed && kind_is_bare(kind, text) {
            return SentenceKind::Instruction;
        }
        kind
    }

    /// Lists most of whose sentences instruct hold a protocol: their other claims are part of it.
    pub(super) fn settle_lists(&self, sentences: &mut [Sentence]) {
        let mut counts: BTreeMap<usize, (usize, usize)> = BTreeMap::new();
        let list_of = |sentence: &Sentence| {
            let block = self.document.blocks.get(sentence.place.block)?;
            block.list.as_ref().map(|list| list.list)
        };
        for sentence in sentences.iter() {
            let Some(list) = list_of(sentence) else {
                continue;
            };
            let count = counts.entry(list).or_default();
            match sentence.kind {
                SentenceKind::Instruction => count.0 += 1,
                SentenceKind::Claim => count.1 += 1,
                SentenceKind::Question
                | SentenceKind::Heading
                | SentenceKind::Navigation
                | SentenceKind::Boilerplate
                | SentenceKind::Metadata
                | SentenceKind::Caption
                | SentenceKind::Reference
                | SentenceKind::Fragment => {}
            }
        }
        for sentence in sentences.iter_mut() {
            let settled = list_of(sentence)
                .and_then(|list| counts.get(&list))
                .is_some_and(|(steps, claims)| steps > claims && *steps >= 2);
            if settled && sentence.kind == SentenceKind::Claim {
                sentence.kind = SentenceKind::Instruction;
            }
        }
    }
}

/// Where a block stands, from the heading above it and the block before it.
fn setting(block: &Block, above: Setting, previous: Setting) -> Setting {
    let text = block.text.plain.trim();
    match &block.kind {
        BlockKind::Heading { marked, .. } => {
            let boilerplate = BOILERPLATE_HEADINGS.begins(text) || above.boilerplate;
            let named = PROTOCOL_HEADINGS.found_in(text);
            // Headings without marks have no true level: a protocol runs on to the next heading that leaves it.
            let running = if *marked {
                above.protocol
            } else {
                previous.protocol && !leaves_protocol(text)
            };
            Setting {
                reference: false,
                boilerplate,
                protocol: named || running,
            }
        }
        BlockKind::Paragraph
        | BlockKind::ListItem
        | BlockKind::TableCaption
        | BlockKind::TableNote
        | BlockKind::Table(_)
        | BlockKind::FootnoteDefinition { .. }
        | BlockKind::Code
        | BlockKind::Html
        | BlockKind::FrontMatter => {
            let opens = is_label(text) && PROTOCOL_HEADINGS.begins(text);
            Setting {
                protocol: above.protocol || opens || block.list.is_some() && previous.protocol,
                boilerplate: above.boilerplate
                    || is_label(text) && BOILERPLATE_HEADINGS.begins(text),
                reference: false,
            }
        }
    }
}

fn leaves_protocol(heading: &str) -> bool {
    const LEAVING: [&str; 18] = [
        "result",
        "discussion",
        "conclusion",
        "summary",
        "reference",
        "introduction",
        "background",
        "overview",
        "visuali",
        "limitation",
        "disclaimer",
        "contact",
        "need ",
        "data",
        "mechanism",
        "logical",
        "comparative",
        "faq",
    ];
    let heading = heading.to_lowercase();
    LEAVING.iter().any(|word| heading.contains(word))
}

/// The kind of a text by its words alone.
pub(super) fn of_text(text: &str) -> SentenceKind {
    if is_question(text) {
        return SentenceKind::Question;
    }
    if is_boilerplate(text) {
        return SentenceKind::Boilerplate;
    }
    if is_metadata(text) {
        return SentenceKind::Metadata;
    }
    if is_label(text) {
        return SentenceKind::Heading;
    }
    if is_caption(text) {
        return SentenceKind::Caption;
    }
    let statement = after_label(text);
    if NAVIGATION.begins(statement) {
        return SentenceKind::Navigation;
    }
    if is_instruction(statement) {
        return SentenceKind::Instruction;
    }
    if !has_finite_verb(text) && !text.contains(|c: char| c.is_ascii_digit()) {
        return SentenceKind::Fragment;
    }
    SentenceKind::Claim
}

/// Whether a list item under a protocol heading is one of its steps or settings: it has no verb of its own.
fn kind_is_bare(kind: SentenceKind, text: &str) -> bool {
    match kind {
        SentenceKind::Claim | SentenceKind::Fragment => !has_finite_verb(text),
        SentenceKind::Instruction
        | SentenceKind::Question
        | SentenceKind::Heading
        | SentenceKind::Navigation
        | SentenceKind::Boilerplate
        | SentenceKind::Metadata
        | SentenceKind::Caption
        | SentenceKind::Reference => false,
    }
}

fn is_question(text: &str) -> bool {
    text.trim_end_matches(|c: char| !c.is_alphanumeric() && c != '?')
        .ends_with('?')
        || text.contains("?[")
        || text.contains("?^")
}

fn is_boilerplate(text: &str) -> bool {
    if BOILERPLATE.found_in(text) {
        return true;
    }
    let mail = text.contains('@')
        && text.split_whitespace().count() <= 8
        && text.split_whitespace().any(|word| {
            word.split_once('@')
                .is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
        });
    mail || company_offer(text)
}

/// "Examplechem offers custom ...", "Acme Corp provides services ...": a company speaks of what it sells.
fn company_offer(text: &str) -> bool {
    let mut found = words(text).map(|(_, word)| word);
    let name = found.next().unwrap_or_default();
    let verb = found.next().unwrap_or_default();
    let proper = name.chars().next().is_some_and(char::is_uppercase);
    let sells = [
        "offers",
        "strives",
        "supplies",
        "delivers",
        "specializes",
        "specialises",
    ];
    let goods = [
        "services",
        "products",
        "customers",
        "clients",
        "solutions",
        "custom",
        "quotes",
        "catalog",
        "shipping",
        "prices",
        "pricing",
    ];
    proper
        && sells.contains(&verb)
        && found.any(|word| goods.contains(&word.to_lowercase().as_str()))
}

/// `Author: ...`, `Cat. No.: ...`, and audience lines: "For researchers and editors".
fn is_metadata(text: &str) -> bool {
    if let Some((label, rest)) = text.split_once(':') {
        let label = label.trim().to_lowercase();
        if LABELS.contains(label.as_str()) && !rest.trim().is_empty() {
            return true;
        }
    }
    if LABELS.contains(text.trim().to_lowercase().as_str()) && text.contains(' ') {
        return true;
    }
    let lower = text.to_lowercase();
    lower.starts_with("for ")
        && text.split_whitespace().count() <= 12
        && !text.ends_with('.')
        && !has_finite_verb(text)
}

/// A line that ends in a colon and has at most eight words: it labels what follows.
fn is_label(text: &str) -> bool {
    text.ends_with(':') && text.split_whitespace().count() <= 8
}

/// `Table 2: ...`, `Figure 1. ...`, `Caption: ...`, and notes such as `*p < 0.05`.
fn is_caption(text: &str) -> bool {
    let lower = text.to_lowercase();
    if lower.starts_with("caption:") || lower.starts_with("note:") && lower.contains("table") {
        return true;
    }
    let mut pieces = lower.split_whitespace();
    let name = pieces.next().unwrap_or_default();
    let number = pieces.next().unwrap_or_default();
    let named = matches!(
        name,
        "table" | "figure" | "fig." | "fig" | "scheme" | "box" | "chart" | "supplementary"
    );
    let numbered = number.starts_with(|c: char| c.is_ascii_digit() || matches!(c, 's' | 'i' | 'v'))
        && number.ends_with([':', '.', '|', '-'])
        && number.len() <= 5;
    named && numbered
}

/// The text after a short label: "Action: Check ..." gives "Check ...".
pub(super) fn after_label(text: &str) -> &str {
    let Some((label, rest)) = text.split_once(": ") else {
        return text.trim_start();
    };
    if label.split_whitespace().count() <= 5 && !has_finite_verb(label) {
        rest.trim_start()
    } else {
        text.trim_start()
    }
}

/// Whether a sentence tells someone what to do: a base-form verb where its subject would stand.
pub(super) fn is_instruction(text: &str) -> bool {
    const LEADS: [&str; 22] = [
        "carefully",
        "gently",
        "then",
        "next",
        "finally",
        "first",
        "second",
        "always",
        "never",
        "please",
        "immediately",
        "quickly",
        "slowly",
        "also",
        "thoroughly",
        "briefly",
        "now",
        "simply",
        "optionally",
        "alternatively",
        "afterwards",
        "lastly",
    ];
    const CLAUSES: [&str; 9] = [
        "if", "when", "for", "before", "after", "to", "once", "using", "in",
    ];
    let mut found: Vec<String> = words(text)
        .take(40)
        .map(|(_, word)| word.to_lowercase())
        .collect();
    if matches!(
        found.first().map(String::as_str),
        Some("must" | "do" | "don't")
    ) {
        return true;
    }
    if found
        .first()
        .is_some_and(|word| word.parse::<u32>().is_ok())
    {
        found.remove(0);
    }
    let lead = found
        .iter()
        .take_while(|word| LEADS.contains(&word.as_str()))
        .count();
    if verb_opens(found.get(lead..).unwrap_or_default()) {
        return true;
    }
    let opens_clause = found
        .first()
        .is_some_and(|word| CLAUSES.contains(&word.as_str()));
    opens_clause
        && text.split(", ").skip(1).take(2).any(|clause| {
            let clause: Vec<String> = words(clause)
                .take(6)
                .map(|(_, word)| word.to_lowercase())
                .collect();
            clause.len() > 1 && verb_opens(&clause)
        })
}

/// Whether the words begin with an imperative and no noun of the same form: "Use the kit", not "Use of the kit".
fn verb_opens(found: &[String]) -> bool {
    const NOUN_FOLLOWERS: [&str; 14] = [
        "of", "is", "are", "was", "were", "has", "have", "had", "can", "may", "will", "should",
        "could", "would",
    ];
    const LINKS: [&str; 9] = [
        "that", "which", "if", "whether", "what", "who", "how", "until", "where",
    ];
    let Some((first, rest)) = found.split_first() else {
        return false;
    };
    if !IMPERATIVES.contains(first.as_str()) {
        return false;
    }
    if rest
        .first()
        .is_some_and(|word| NOUN_FOLLOWERS.contains(&word.as_str()))
    {
        return false;
    }
    for word in rest.iter().take(4) {
        if LINKS.contains(&word.as_str()) {
            return true;
        }
        if NOUN_FOLLOWERS.iter().skip(1).any(|noun| noun == word) {
            return false;
        }
    }
    true
}

/// Whether a text has a verb that can carry a statement.
pub(super) fn has_finite_verb(text: &str) -> bool {
    words(text).enumerate().any(|(index, (_, word))| {
        let lower = word.to_lowercase().replace('’', "'");
        AUXILIARIES.contains(lower.as_str())
            || index > 0
                && FINITE.contains(&lower)
                && !word.chars().next().is_some_and(char::is_uppercase)
    })
}

/// Third person and past of a regular verb.
fn finite_forms(base: &'static str) -> [String; 2] {
    let consonant_y = base
        .strip_suffix('y')
        .filter(|stem| !stem.ends_with(['a', 'e', 'o', 'u']));
    if let Some(stem) = consonant_y {
        return [format!("{stem}ies"), format!("{stem}ied")];
    }
    let third = if base.ends_with(['s', 'x', 'z']) || base.ends_with("ch") || base.ends_with("sh") {
        format!("{base}es")
    } else {
        format!("{base}s")
    };
    let past = if base.ends_with('e') {
        format!("{base}d")
    } else {
        format!("{base}ed")
    };
    [third, past]
}

#[cfg(test)]
mod tests;
