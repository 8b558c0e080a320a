//! The table of embedded files that `build.rs` writes.

include!(concat!(env!("OUT_DIR"), "/embedded.rs"));

/// Every embedded file as (path under `ontology/` with `/`, content), sorted by path.
pub fn embedded_files() -> impl Iterator<Item = (&'static str, &'static str)> {
    FILES.iter().copied()
}

/// The content of one embedded file by its path under `ontology/`.
pub fn embedded_file(path: &str) -> Option<&'static str> {
    FILES
        .binary_search_by(|(name, _)| (*name).cmp(path))
        .ok()
        .and_then(|at| FILES.get(at))
        .map(|(_, content)| *content)
}
