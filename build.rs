//! Embeds every `.rq`, `.ttl`, `.md`, `.txt` and `.tsv` file under `ontology/`, so that adding a rule, a
//! measure or a word touches no Rust file. The generated table is read by `src/ontology/`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads files and talks to cargo by printing"
)]

use std::fmt::Write as _;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const EMBEDDED: [&str; 5] = ["rq", "ttl", "md", "txt", "tsv"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let root = PathBuf::from(env::var("CARGO_MANIFEST_DIR")?).join("ontology");
    let mut files = Vec::new();
    collect(&root, &mut files)?;
    files.sort();
    let mut table = String::from("static FILES: &[(&str, &str)] = &[\n");
    for file in &files {
        let name = file
            .strip_prefix(&root)?
            .to_string_lossy()
            .replace('\\', "/");
        writeln!(
            table,
            "    ({name:?}, include_str!({:?})),",
            file.display().to_string()
        )?;
    }
    table.push_str("];\n");
    fs::write(
        PathBuf::from(env::var("OUT_DIR")?).join("embedded.rs"),
        table,
    )?;
    println!("cargo::rustc-env=FACTLINT_CODE={:016x}", code()?);
    Ok(())
}

/// A hash of all that decides how a document is read: the code, the words, the versions of the libraries. What one build
/// kept of a document is of no use to another.
fn code() -> io::Result<u64> {
    let mut files = Vec::new();
    for folder in ["src", "ontology"] {
        println!("cargo::rerun-if-changed={folder}");
        all_files(Path::new(folder), &mut files)?;
    }
    for file in ["build.rs", "Cargo.lock", "Cargo.toml"] {
        println!("cargo::rerun-if-changed={file}");
        files.push(PathBuf::from(file));
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files.iter().filter(|file| file.is_file()) {
        file.hash(&mut hasher);
        fs::read(file)?.hash(&mut hasher);
    }
    Ok(hasher.finish())
}

fn all_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            all_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if path
            .extension()
            .is_some_and(|e| EMBEDDED.iter().any(|known| e == *known))
        {
            files.push(path);
        }
    }
    Ok(())
}
