//! Hashes in the addresses of the built page's files, so that a browser can keep each for ever, and a compressed copy beside each.
//!
//! A file names another by a literal, `"./PATH"`. That becomes `"./PATH?v=HASH"`, from the leaves up: a file's hash counts those of the
//! files it names, so a change reaches every address that leads to it. Files keep their names, and work without the hash as well.

use crate::repo;
use anyhow::{Context, Result, bail};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU32, Ordering};

/// Tells apart the files that are being compressed now.
static TURN: AtomicU32 = AtomicU32::new(0);
/// Hexadecimal digits of a hash in an address: the start of the SHA-256 of the content. The relay counts on it.
const DIGITS: usize = 16;
/// The line of a page in whose place links to the modules stand.
const PRELOADS: &str = "<!-- modulepreload:";
/// What names other files.
const NAMING: [&str; 2] = ["html", "js"];
/// Below this a compressed copy saves nothing.
const WORTH_COMPRESSING: usize = 400;

/// Puts the hashes into a built page and compresses its files.
pub(crate) fn run(dist: &Path) -> Result<()> {
    let mut files = Vec::new();
    collect(dist, &mut files)?;
    let mut stamps = Stamps::default();
    for file in &files {
        stamps.of(file)?;
    }
    for file in &files {
        compress(file)?;
    }
    Ok(())
}

/// Every file below a folder, sorted, without compressed copies.
pub(crate) fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    let entries = std::fs::read_dir(folder);
    for entry in entries.with_context(|| format!("reading {}", folder.display()))? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else if !path
            .extension()
            .is_some_and(|kind| kind == "br" || kind == "gz")
        {
            files.push(path);
        }
    }
    files.sort();
    Ok(())
}

/// The hashes so far; `None` while a file waits for those of the files it names.
#[derive(Default)]
struct Stamps(BTreeMap<PathBuf, Option<String>>);

impl Stamps {
    /// The hash of a file, after the hashes of what it names were put in.
    fn of(&mut self, file: &Path) -> Result<String> {
        match self.0.get(file) {
            Some(Some(hash)) => return Ok(hash.clone()),
            Some(None) => bail!(
                "{} names itself by way of what it names, so none of them can have a hash",
                file.display()
            ),
            None => {}
        }
        self.0.insert(file.to_owned(), None);
        let mut content = read(file)?;
        if is(file, &NAMING) {
            let text = String::from_utf8(content);
            let text = text.with_context(|| format!("{} is no text", file.display()))?;
            content = self
                .stamped(file, &with_preloads(file, text)?)?
                .into_bytes();
            std::fs::write(file, &content)
                .with_context(|| format!("writing {}", file.display()))?;
        }
        let hash = hash(&content);
        self.0.insert(file.to_owned(), Some(hash.clone()));
        Ok(hash)
    }

    /// A text with a hash behind each file that it names.
    fn stamped(&mut self, file: &Path, text: &str) -> Result<String> {
        let folder = file.parent().unwrap_or(file);
        let mut parts = text.split('"');
        let mut stamped = parts.next().unwrap_or_default().to_owned();
        for part in parts {
            stamped.push('"');
            stamped.push_str(part);
            let Some(name) = part.strip_prefix("./") else {
                continue;
            };
            let named = folder.join(name);
            if !name.is_empty() && named.is_file() {
                stamped.push_str("?v=");
                stamped.push_str(&self.of(&named)?);
            }
        }
        Ok(stamped)
    }
}

/// A page that asks at once for every module that its scripts import, in place of the line that begins with [`PRELOADS`].
fn with_preloads(file: &Path, page: String) -> Result<String> {
    let Some(line) = page.lines().find(|line| line.trim().starts_with(PRELOADS)) else {
        return Ok(page);
    };
    let folder = file.parent().unwrap_or(file);
    let scripts = named_after(&page, &[" src="]);
    let mut known = scripts.clone();
    let mut next = 0;
    while let Some(module) = known.get(next) {
        let text = String::from_utf8(read(&folder.join(module))?)
            .with_context(|| format!("{module} is no text"))?;
        for import in named_after(&text, &["from ", "import "]) {
            if !known.contains(&import) {
                known.push(import);
            }
        }
        next += 1;
    }
    let links = known
        .iter()
        .filter(|module| !scripts.contains(module))
        .map(|module| format!("  <link rel=\"modulepreload\" href=\"./{module}\">"));
    let links: Vec<_> = links.collect();
    Ok(page.replacen(line, &links.join("\n"), 1))
}

/// The names in `"./NAME"`, without a hash, that stand right behind one of these words.
fn named_after(text: &str, words: &[&str]) -> Vec<String> {
    let parts: Vec<_> = text.split('"').collect();
    let pairs = parts.iter().zip(parts.iter().skip(1));
    let named = pairs.filter(|(before, _)| words.iter().any(|word| before.ends_with(word)));
    named
        .filter_map(|(_, name)| name.strip_prefix("./"))
        // What was stamped before this page has its hash already.
        .map(|name| name.split('?').next().unwrap_or(name).to_owned())
        .collect()
}

/// Lays `FILE.br` and `FILE.gz` beside a file. What was compressed once is kept by its hash, for the next build.
fn compress(file: &Path) -> Result<()> {
    let content = read(file)?;
    if content.len() < WORTH_COMPRESSING {
        return Ok(());
    }
    let kept = repo::path("target/compressed");
    std::fs::create_dir_all(&kept).with_context(|| format!("making {}", kept.display()))?;
    for (kind, pack) in [("br", brotli as fn(&[u8]) -> _), ("gz", gzip)] {
        let doing = || format!("compressing {}", file.display());
        let kept = kept.join(format!("{}.{kind}", hash(&content)));
        if !kept.exists() {
            // Another build may do the same now: each sees a whole file or none.
            let turn = TURN.fetch_add(1, Ordering::Relaxed);
            let part = kept.with_extension(format!("{kind}.{}.{turn}", std::process::id()));
            std::fs::write(&part, pack(&content).with_context(doing)?).with_context(doing)?;
            std::fs::rename(&part, &kept).with_context(doing)?;
        }
        let mut beside = file.as_os_str().to_owned();
        beside.push(format!(".{kind}"));
        std::fs::copy(&kept, beside).with_context(doing)?;
    }
    Ok(())
}

/// brotli as its own program does it by default: quality 11, a window of 2^22.
pub(crate) fn brotli(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packed = Vec::new();
    brotli::CompressorWriter::new(&mut packed, 4096, 11, 22).write_all(content)?;
    Ok(packed)
}

/// gzip -9.
pub(crate) fn gzip(content: &[u8]) -> std::io::Result<Vec<u8>> {
    let mut packer = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
    packer.write_all(content)?;
    packer.finish()
}

fn hash(content: &[u8]) -> String {
    let digest = Sha256::digest(content);
    let digits = digest.iter().map(|byte| format!("{byte:02x}"));
    digits.take(DIGITS / 2).collect()
}

fn is(file: &Path, kinds: &[&str]) -> bool {
    let kind = file.extension().and_then(|kind| kind.to_str());
    kind.is_some_and(|kind| kinds.contains(&kind))
}

fn read(file: &Path) -> Result<Vec<u8>> {
    std::fs::read(file).with_context(|| format!("reading {}", file.display()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page of three files, each naming the next.
    fn page() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let write = |name, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write(
            "index.html",
            r#"<script src="./a.js"></script><a href="./none.js">"#,
        );
        write(
            "a.js",
            r#"import { b } from "./b.css"; // not "./", not "b.css""#,
        );
        write("b.css", &"p { margin: 0 }\n".repeat(100));
        folder
    }

    fn text(folder: &tempfile::TempDir, name: &str) -> String {
        std::fs::read_to_string(folder.path().join(name)).unwrap()
    }

    #[test]
    fn every_file_is_named_with_the_hash_of_its_content() {
        let folder = page();
        run(folder.path()).unwrap();
        let leaf = hash(text(&folder, "b.css").as_bytes());
        let script = text(&folder, "a.js");
        assert_eq!(
            script,
            format!(r#"import {{ b }} from "./b.css?v={leaf}"; // not "./", not "b.css""#)
        );
        let middle = hash(script.as_bytes());
        assert_eq!(
            text(&folder, "index.html"),
            format!(r#"<script src="./a.js?v={middle}"></script><a href="./none.js">"#)
        );
    }

    #[test]
    fn a_change_below_changes_every_address_that_leads_to_it() {
        let (one, other) = (page(), page());
        std::fs::write(other.path().join("b.css"), "q {}").unwrap();
        run(one.path()).unwrap();
        run(other.path()).unwrap();
        for name in ["a.js", "index.html"] {
            assert_ne!(text(&one, name), text(&other, name));
        }
    }

    #[test]
    fn a_page_asks_at_once_for_every_module_that_its_scripts_import() {
        let folder = page();
        let write = |name, text: &str| std::fs::write(folder.path().join(name), text).unwrap();
        write("c.js", "");
        write("b.js", r#"import "./c.js"; import("./later.js");"#);
        write("a.js", r#"import { b } from "./b.js";"#);
        write(
            "index.html",
            "<!-- modulepreload: here -->\n<script type=\"module\" src=\"./a.js\"></script>",
        );
        run(folder.path()).unwrap();
        let page = text(&folder, "index.html");
        let hints: Vec<_> = page
            .lines()
            .filter(|line| line.contains("modulepreload"))
            .collect();
        assert_eq!(hints.len(), 2, "{page}");
        assert!(
            hints[0].contains("./b.js?v=") && hints[1].contains("./c.js?v="),
            "{page}"
        );
    }

    #[test]
    fn files_in_a_circle_are_an_error() {
        let folder = page();
        std::fs::write(folder.path().join("b.css"), "").unwrap();
        std::fs::write(folder.path().join("c.js"), r#"import "./a.js";"#).unwrap();
        std::fs::write(folder.path().join("a.js"), r#"import "./c.js";"#).unwrap();
        let error = run(folder.path()).unwrap_err().to_string();
        assert!(error.contains("names itself"), "{error}");
    }

    #[test]
    fn compressed_copies_stand_beside_what_is_worth_it_and_are_no_files_of_the_page() {
        let folder = page();
        run(folder.path()).unwrap();
        for name in ["b.css.br", "b.css.gz"] {
            let copy = std::fs::read(folder.path().join(name)).unwrap();
            assert!(copy.len() < 100, "{name}: {}", copy.len());
        }
        let mut files = Vec::new();
        collect(folder.path(), &mut files).unwrap();
        assert_eq!(files.len(), 3, "{files:?}");
    }
}
