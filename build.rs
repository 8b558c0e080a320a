//! Embeds every `.rq`, `.ttl`, `.md`, `.txt` and `.tsv` file under `ontology/`, so that adding a rule, a
//! measure or a word touches no Rust file. The generated table is read by `src/ontology/`.
#![expect(
    clippy::disallowed_methods,
    clippy::disallowed_macros,
    reason = "a build script reads files and talks to cargo by printing"
)]

use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::{env, fs, io};

const EMBEDDED: [&str; 5] = ["rq", "ttl", "md", "txt", "tsv"];

fn main() -> Result<(), Box<dyn std::error::Error>> {
    println!("cargo::rerun-if-changed=ontology");
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
