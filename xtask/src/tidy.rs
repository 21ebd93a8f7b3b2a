//! Tidiness that no compiler checks: how long files are, what they name, and why each dependency is there.

use crate::repo;
use anyhow::{Context, Result, bail};
use std::path::{Path, PathBuf};

/// No file of code may have more lines.
const MOST_LINES: usize = 400;
/// Files of code, by extension.
const CODE: [&str; 5] = ["rs", "js", "css", "html", "sh"];
/// Files that are read as text, code included.
const TEXT: [&str; 12] = [
    "rs", "js", "css", "html", "sh", "toml", "md", "json", "txt", "svg", "yml", "lock",
];
/// Folders that hold what was made, not what was written.
const MADE: [&str; 5] = [".git", "target", "dist", "dist-package", "node_modules"];
/// Starts of paths that exist on one machine only, written so that this file does not hold them.
const MACHINE_PATHS: [&str; 3] = [
    concat!("/", "work/"),
    concat!("/", "root/"),
    concat!("/", "home/"),
];

/// Reads every text file of the repository; an error lists all that was found.
pub(crate) fn run() -> Result<()> {
    let mut files = Vec::new();
    collect(&repo::root(), &mut files)?;
    files.sort();
    let mut found = Vec::new();
    for file in &files {
        let Ok(text) = std::fs::read_to_string(file) else {
            continue;
        };
        let name = file.strip_prefix(repo::root()).unwrap_or(file);
        let findings = look(name, &text);
        found.extend(
            findings
                .into_iter()
                .map(|finding| format!("{}: {finding}", name.display())),
        );
    }
    if !found.is_empty() {
        bail!("tidy found {}:\n{}", found.len(), found.join("\n"));
    }
    Ok(())
}

/// What is untidy in one file.
fn look(name: &Path, text: &str) -> Vec<String> {
    let extension = name
        .extension()
        .and_then(|extension| extension.to_str())
        .unwrap_or_default();
    let mut found = Vec::new();
    let lines = text.lines().count();
    if CODE.contains(&extension) && lines > MOST_LINES {
        found.push(format!(
            "{lines} lines, {MOST_LINES} at most: split it along a noun"
        ));
    }
    if extension == "rs" && !text.starts_with("//!") {
        found.push("does not open with one //! sentence that says what it is".to_owned());
    }
    for path in MACHINE_PATHS.iter().filter(|path| text.contains(**path)) {
        found.push(format!("names a path of one machine ({path}…)"));
    }
    if name.ends_with("Cargo.toml") {
        found.extend(
            unexplained(text)
                .map(|dependency| format!("no comment above `{dependency}` says why it is there")),
        );
    }
    found
}

/// Dependencies without a comment right above them; our own crates need none.
fn unexplained(manifest: &str) -> impl Iterator<Item = &str> {
    let mut in_dependencies = false;
    let mut above = "";
    manifest.lines().filter_map(move |line| {
        let previous = std::mem::replace(&mut above, line);
        let explained = previous.starts_with('#');
        if let Some(table) = line.strip_prefix('[') {
            let table = table.trim_end().trim_end_matches(']');
            in_dependencies = table.ends_with("dependencies");
            // A dependency with a table of its own: `[dependencies.web-sys]`.
            let own = table.split_once("dependencies.").map(|(_, name)| name);
            return own.filter(|_| !explained);
        }
        let starts_entry = line.starts_with(|first: char| first.is_ascii_alphanumeric());
        let ours = line.contains("path = ");
        let name = line.split(['=', '.']).next().unwrap_or(line).trim();
        (in_dependencies && starts_entry && !ours && !explained).then_some(name)
    })
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in
        std::fs::read_dir(folder).with_context(|| format!("reading {}", folder.display()))?
    {
        let entry = entry?;
        let (path, name) = (entry.path(), entry.file_name());
        let name = name.to_string_lossy();
        if entry.file_type()?.is_dir() {
            if !MADE.contains(&&*name) {
                collect(&path, files)?;
            }
        } else if is_text(&path) {
            files.push(path);
        }
    }
    Ok(())
}

/// Text by its extension; a file without one (`.ci/run`, a licence) is text too.
fn is_text(path: &Path) -> bool {
    match path.extension().and_then(|extension| extension.to_str()) {
        Some(extension) => TEXT.contains(&extension),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_file_of_code_is_found_and_a_long_text_is_not() {
        let long = format!("//! Long.\n{}", "\n".repeat(MOST_LINES));
        assert_eq!(look(Path::new("src/long.rs"), &long).len(), 1);
        assert!(look(Path::new("long.md"), &long).is_empty());
    }

    #[test]
    fn a_path_of_one_machine_is_found_anywhere() {
        let text = format!("see {}main", concat!("/", "work/"));
        assert_eq!(look(Path::new("README.md"), &text).len(), 1);
    }

    #[test]
    fn a_rust_file_says_first_what_it_is() {
        assert_eq!(look(Path::new("a.rs"), "fn main() {}\n").len(), 1);
        assert!(look(Path::new("a.rs"), "//! The start.\nfn main() {}\n").is_empty());
    }

    #[test]
    fn only_a_foreign_dependency_without_a_reason_is_found() {
        let manifest = "[package]\nname = \"x\"\n[dev-dependencies]\n# Because.\na = \"1\"\nb = \"1\"\n\
                        ours = { path = \"../ours\" }\n# Long.\nc = { version = \"1\", features = [\n  \"d\",\n] }\n";
        assert_eq!(unexplained(manifest).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn a_dependency_with_a_table_of_its_own_needs_its_reason_above_the_table() {
        let manifest =
            "# Because.\n[dependencies.a]\nversion = \"1\"\n\n[dependencies.b]\nversion = \"1\"\n";
        assert_eq!(unexplained(manifest).collect::<Vec<_>>(), ["b"]);
    }

    #[test]
    fn dependencies_of_one_target_are_read_too() {
        let manifest =
            "[target.'cfg(target_arch = \"wasm32\")'.dependencies]\na.workspace = true\n";
        assert_eq!(unexplained(manifest).collect::<Vec<_>>(), ["a"]);
    }
}
