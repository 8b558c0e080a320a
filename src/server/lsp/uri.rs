//! `file:` URIs to paths and back.

use std::path::{Path, PathBuf};
use std::str::FromStr;

use lsp_types::Uri;
use url::Url;

/// The path of a `file:` URI; `None` for any other.
pub(super) fn path(uri: &str) -> Option<PathBuf> {
    let url = Url::parse(uri).ok()?;
    (url.scheme() == "file")
        .then(|| url.to_file_path().ok())
        .flatten()
}

/// The URI of an absolute path.
pub(super) fn of_path(path: &Path) -> Option<String> {
    Url::from_file_path(path).ok().map(String::from)
}

/// A URI as the types of the protocol have it.
pub(super) fn typed(uri: &str) -> Option<Uri> {
    Uri::from_str(uri).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[cfg(unix)]
    #[test]
    fn paths_come_back_from_their_uris() {
        let odd = Path::new("/a b/ä%#?.md");
        let uri = of_path(odd).unwrap();
        assert_eq!(path(&uri).unwrap(), odd);
        assert!(typed(&uri).is_some());
        assert_eq!(path("file:///a%20b/c.md").unwrap(), Path::new("/a b/c.md"));
    }

    #[test]
    fn what_is_no_file_has_no_path() {
        for uri in [
            "untitled:Untitled-1",
            "",
            "http://example.org/a.md",
            "file://%",
        ] {
            assert_eq!(path(uri), None, "{uri}");
        }
    }
}
