//! What was read of a document, as bytes for a later run.
//!
//! Why it exists: reading is most of the work of a check, and between two checks most documents stay as they are. It leaves
//! out where the bytes are kept (`cli`).
//!
//! Nothing here is trusted: bytes that were cut short or changed are `None`, as are those that another build wrote, and the
//! document is read anew.

use std::fmt::Write as _;
use std::sync::LazyLock;

use sha2::{Digest, Sha256};

use super::Extraction;
use crate::citation::Citations;
use crate::claim::Statements;
use crate::markdown::{Block, Document, LinkDefinition};
use crate::ontology::measures;
use crate::text::{Notation, Role, SourceText};

/// Bytes of a SHA-256 hash.
const HASH: usize = 32;

/// All of an [`Extraction`] but its text, which whoever asks for it has.
type Parts = (
    Vec<Block>,
    Option<String>,
    Vec<LinkDefinition>,
    Citations,
    Statements,
);

/// The name under which the extraction of a document is kept: 64 hexadecimal digits. It is another one where anything differs
/// that reading depends on: text, path, role, notation, the program, the measures with what a project added to them.
pub fn key(source: &SourceText) -> String {
    let role = match source.role() {
        Role::Document => "document",
        Role::Source => "source",
        Role::Lock => "lock",
    };
    let notation = match source.notation() {
        Notation::DecimalPoint => "point",
        Notation::DecimalComma => "comma",
    };
    let mut hasher = READER.clone();
    for part in [role, notation, source.path()] {
        hasher.update(part);
        // No path has it, so that no two parts run together.
        hasher.update([0]);
    }
    hasher.update(source.text());
    let mut name = String::with_capacity(2 * HASH);
    for byte in hasher.finalize() {
        // Writing to a string never fails.
        let _written = write!(name, "{byte:02x}");
    }
    name
}

/// The program and its measures, hashed.
static READER: LazyLock<Sha256> = LazyLock::new(|| {
    let mut hasher = Sha256::new();
    hasher.update(concat!(
        env!("CARGO_PKG_VERSION"),
        " ",
        env!("FACTLINT_CODE")
    ));
    hasher.update(format!("{:?}", measures()));
    hasher
});

/// An extraction as bytes, a hash of them in front.
pub fn encode(extraction: &Extraction) -> Option<Vec<u8>> {
    let document = &extraction.document;
    let parts = (
        &document.blocks,
        &document.title,
        &document.definitions,
        &*extraction.citations,
        &*extraction.statements,
    );
    let mut bytes = postcard::to_extend(&parts, vec![0; HASH]).ok()?;
    let (head, body) = bytes.split_at_mut_checked(HASH)?;
    head.copy_from_slice(&Sha256::digest(body));
    Some(bytes)
}

/// The extraction of a document from the bytes that are kept under its [`key`].
pub fn decode(bytes: &[u8], source: &SourceText) -> Option<Extraction> {
    let (head, body) = bytes.split_at_checked(HASH)?;
    if head != Sha256::digest(body).as_slice() {
        return None;
    }
    let (blocks, title, definitions, citations, statements): Parts =
        postcard::from_bytes(body).ok()?;
    let document = Document {
        source: source.clone(),
        blocks,
        title,
        definitions,
    };
    Some(Extraction::new(document, citations, statements))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::corpus::extract;

    const TEXT: &str = "---\ntitle: Tea\n---\n# Tea\n\nIn FORTRESS (NCT01234567) the objective response rate was \
        13.0% (95% CI 9–18; p < 0.05) [1], 12 of 92 pots [^n].\n\n| Arm | ORR | n |\n|---|---|---|\n| Mint | 13% | 92 |\n\
        \n- one [x]\n\n[^n]: Mean 4.2 ± 1.1.\n[x]: https://example.org \"X\"\n\n## References\n\n1. Lee A. Tea. 2024.\n";

    fn source() -> SourceText {
        SourceText::new("a.md", TEXT)
    }

    #[test]
    fn what_is_kept_comes_back_as_it_was() {
        let extraction = extract(source());
        let bytes = encode(&extraction).unwrap();
        let back = decode(&bytes, &source()).unwrap();
        assert_eq!(format!("{back:?}"), format!("{extraction:?}"));
        assert!(!extraction.statements.figures.is_empty());
    }

    #[test]
    fn another_text_path_role_or_notation_has_another_key() {
        let all = [
            source(),
            SourceText::new("b.md", TEXT),
            SourceText::new("a.md", "Tea."),
            source().with_role(Role::Source),
            source().with_role(Role::Lock),
            source().with_notation(Notation::DecimalComma),
        ];
        let keys: std::collections::BTreeSet<String> = all.iter().map(key).collect();
        assert_eq!(keys.len(), all.len());
        assert!(keys.iter().all(|key| key.len() == 64));
        assert_eq!(key(&source()), key(&source()));
    }

    proptest! {
        #[test]
        fn bytes_cut_short_or_changed_are_nothing(at in any::<prop::sample::Index>(), bit in 0..8u8) {
            let bytes = encode(&extract(source())).unwrap();
            let at = at.index(bytes.len());
            prop_assert!(decode(&bytes[..at], &source()).is_none());
            let mut flipped = bytes.clone();
            flipped[at] ^= 1 << bit;
            prop_assert!(decode(&flipped, &source()).is_none());
            let longer = [bytes.as_slice(), b"x"].concat();
            prop_assert!(decode(&longer, &source()).is_none());
        }

        #[test]
        fn bytes_of_no_extraction_are_nothing_though_their_hash_fits(body: Vec<u8>) {
            let bytes = [Sha256::digest(&body).as_slice(), &body].concat();
            // A short body may by chance be an extraction; what counts is that reading it ends.
            let _any = decode(&bytes, &source());
        }
    }
}
