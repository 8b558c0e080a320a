//! Marks of site generators that only these resolve: `<Cite id="okafor2011" />`, `<d-cite key="okafor2011">`,
//! `{% cite okafor2011 %}`.
//!
//! Why it exists: a statement beside one has its source, and the list stands elsewhere. It leaves out which entry it denotes.

use memchr::memchr2_iter;

/// How such marks begin.
const OPENINGS: [&str; 6] = [
    "<Cite ",
    "<Citation ",
    "<d-cite ",
    "{% cite ",
    "{{< cite ",
    "{{% cite ",
];

/// Whether a piece of source text holds one.
pub(crate) fn cites(printed: &str) -> bool {
    let mut signs = memchr2_iter(b'<', b'{', printed.as_bytes());
    signs.any(|at| {
        let rest = printed.get(at..).unwrap_or_default();
        OPENINGS.iter().any(|opening| rest.starts_with(opening))
    })
}
