//! What the package's module loads: the files that www/webrtc-steps-files.js names, several made one, each with its hash.

use super::hash;
use crate::repo;
use anyhow::{Context, Result, bail, ensure};
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;

/// Around the name of a file in the module.
const BEFORE: &str = "new URL(\"./";
const AFTER: &str = "\", import.meta.url)";
/// The list of dialects there, and the file with the documents of all in the package.
const LIST: &str = "dialects/index.json";
const DOCUMENTS: &str = "dialects.json";
/// Vite writes what is smaller than this many bytes into the page's script as a `data:` address (its `assetsInlineLimit`).
const SMALLEST: usize = 4096;
/// The line that the hashes take the place of.
const NO_HASHES: &str = "export const HASHES = {};";

/// The files of the package beside its module.
pub(super) struct Contents {
    /// By name, in the order in which the module names them.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The module that names them, with their hashes.
    pub(super) module: String,
}

impl Contents {
    /// Reads what the module `text` names, of www and of a built page.
    pub(super) fn read(text: &str, page: &Path) -> Result<Self> {
        let (text, lists) = merged(&text.replace(LIST, DOCUMENTS));
        let mut files = Vec::new();
        for name in names(&text) {
            let parts = lists.iter().find(|parts| parts.first() == Some(&name));
            let content = match parts {
                Some(parts) => joined(parts)?,
                None if name == DOCUMENTS => documents()?.into_bytes(),
                None => fs::read(page.join(&name)).with_context(|| format!("reading {name}"))?,
            };
            files.push((name, padded(content)));
        }
        ensure!(
            text.contains(NO_HASHES),
            "www/webrtc-steps-files.js has no line `{NO_HASHES}` for the hashes of the package"
        );
        let module = text.replace(NO_HASHES, &hashes(&files));
        Ok(Self { files, module })
    }
}

/// A small file with blank lines at its end, which neither style sheets nor JSON mind and compression takes away: a page whose policy
/// says `connect-src 'self'` could not load it from a `data:` address.
fn padded(mut content: Vec<u8>) -> Vec<u8> {
    let length = content.len().max(SMALLEST);
    content.resize(length, b'\n');
    content
}

/// The module with each list of files shortened to its first, and the lists as they were: a list becomes one file, so there are few
/// requests.
fn merged(text: &str) -> (String, Vec<Vec<String>>) {
    let (mut short, mut lists, mut rest) = (String::new(), Vec::new(), text);
    while let Some((before, after)) = rest.split_once('[') {
        let Some((list, tail)) = after.split_once(']') else {
            break;
        };
        let names = names(list);
        let first = names.first().map(|name| [BEFORE, name, AFTER].concat());
        short.extend([before, "[", first.as_deref().unwrap_or(list), "]"]);
        lists.push(names);
        rest = tail;
    }
    short.push_str(rest);
    (short, lists)
}

/// The files that a text names, in its order.
fn names(text: &str) -> Vec<String> {
    let parts = text.split(BEFORE).skip(1);
    let names = parts.filter_map(|part| part.split_once(AFTER));
    names.map(|(name, _)| name.to_owned()).collect()
}

/// Style sheets one after the other, or catalogues as one.
fn joined(parts: &[String]) -> Result<Vec<u8>> {
    let texts = parts.iter().map(|part| repo::read(&format!("www/{part}")));
    let texts = texts.collect::<Result<Vec<_>>>()?;
    if texts.len() == 1 || parts.iter().all(|part| part.ends_with(".css")) {
        return Ok(texts.join("\n").into_bytes());
    }
    let mut all = Map::new();
    for (part, text) in parts.iter().zip(&texts) {
        let one: Map<String, Value> =
            serde_json::from_str(text).with_context(|| format!("reading {part}"))?;
        for (id, sentence) in one {
            if all.insert(id.clone(), sentence).is_some() {
                bail!("{part} has a sentence {id} that another of {parts:?} has too");
            }
        }
    }
    serde_json::to_vec(&all).context("writing a catalogue")
}

/// Every dialect document as text, by its name.
fn documents() -> Result<String> {
    let mut all = Map::new();
    let folder = repo::path("core/src/dialects");
    for entry in fs::read_dir(&folder).context("reading the dialects")? {
        let path = entry.context("reading the dialects")?.path();
        let name = path.file_stem().unwrap_or_default().to_string_lossy();
        let text =
            fs::read_to_string(&path).with_context(|| format!("reading the dialect {name}"))?;
        all.insert(name.into_owned(), Value::String(text));
    }
    serde_json::to_string(&all).context("writing the dialects")
}

/// The hashes as a part of the module. Each address is a literal again, because a bundler moves what it names.
fn hashes(files: &[(String, Vec<u8>)]) -> String {
    let rows = files.iter().map(|(name, content)| {
        format!(
            "  [{BEFORE}{name}{AFTER}.href]: \"{}\",\n",
            hash::of(content)
        )
    });
    format!("export const HASHES = {{\n{}}};", rows.collect::<String>())
}

#[cfg(test)]
mod tests {
    use super::*;

    const MODULE: &str = "a: new URL(\"./p.wasm\", import.meta.url), b: [new URL(\"./x/1.css\", import.meta.url), \
                          new URL(\"./x/2.css\", import.meta.url)]";

    #[test]
    fn a_list_of_files_becomes_one_under_the_name_of_its_first() {
        let (short, lists) = merged(MODULE);
        assert_eq!(names(&short), ["p.wasm", "x/1.css"]);
        assert_eq!(lists, [["x/1.css", "x/2.css"]]);
    }

    #[test]
    fn no_file_is_so_small_that_a_bundler_hides_it_in_a_script() {
        assert_eq!(padded(b"{}".to_vec()).len(), SMALLEST);
        assert_eq!(padded(vec![b'x'; 5000]), vec![b'x'; 5000]);
    }

    #[test]
    fn every_file_that_the_module_names_has_its_hash_in_it() {
        let text = hashes(&[("p.wasm".to_owned(), Vec::new())]);
        let row = format!(
            "[new URL(\"./p.wasm\", import.meta.url).href]: \"{}\"",
            hash::of(b"")
        );
        assert!(text.contains(&row), "{text}");
    }

    #[test]
    fn the_element_s_own_files_can_be_read() {
        let (text, lists) = merged(&repo::read("www/webrtc-steps-files.js").unwrap());
        assert!(text.contains(NO_HASHES));
        for parts in lists {
            assert!(!joined(&parts).unwrap().is_empty(), "{parts:?}");
        }
    }
}
