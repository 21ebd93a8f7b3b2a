//! `cargo xtask dist`: the package for npm and for static hosts, in dist-package/.

mod bundle;
mod contents;
mod hash;

use crate::setup::{self, WasmEnv};
use crate::{build, repo};
use anyhow::{Context, Result, bail};
use contents::Contents;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts of the package with holes for its version and for the hash of its module.
const TEMPLATES: [&str; 2] = ["package.json", "README.md"];
/// The module of a page's script tag; what it loads, it names with its hash.
const MODULE: &str = "webrtc-steps.js";

/// Builds the page and from it the package, and says where it is.
pub(crate) fn run(args: &[String]) -> Result<()> {
    if let Some(word) = args.first() {
        bail!("`cargo xtask dist` takes no argument, and `{word}` was given");
    }
    let env = setup::page()?;
    let package = build(&env)?;
    println!("the package is in {}", package.display());
    println!("publish it with `npm publish`, or copy the folder to a static host");
    Ok(())
}

/// Builds the page's programs and the package; gives its folder.
pub(crate) fn build(env: &WasmEnv) -> Result<PathBuf> {
    let page = build::page(env)?;
    make(&page)
}

/// Makes the package from a built page and the files it was built of; gives its folder.
pub(crate) fn make(page: &Path) -> Result<PathBuf> {
    let packages = setup::packages_of_pages()?;
    let folder = repo::path("dist-package");
    if folder.exists() {
        fs::remove_dir_all(&folder).context("removing the package of an earlier build")?;
    }
    let files = repo::read("www/webrtc-steps-files.js")?;
    let contents = Contents::read(&files, page)?;
    for (name, content) in &contents.files {
        write(&folder, name, content)?;
    }
    bundle::run(&contents, page, &folder, &packages)?;
    types(&folder)?;
    texts(&folder)?;
    Ok(folder)
}

/// The TypeScript declarations beside the modules.
fn types(folder: &Path) -> Result<()> {
    for entry in fs::read_dir(repo::path("www")).context("reading www")? {
        let name = entry.context("reading www")?.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".d.ts") {
            write(
                folder,
                &name,
                repo::read(&format!("www/{name}"))?.as_bytes(),
            )?;
        }
    }
    let classes = repo::read("www/package/element.d.ts")?;
    write(folder, "element.d.ts", classes.as_bytes())
}

/// What is read by people and by npm: the hashes, the description, the licences.
fn texts(folder: &Path) -> Result<()> {
    let hashes = hash::of_folder(folder)?;
    let module = hashes.get(MODULE).context("the package has no module")?;
    for name in TEMPLATES {
        let text = repo::read(&format!("www/package/{name}"))?;
        let text = text.replace("{version}", env!("CARGO_PKG_VERSION"));
        write(folder, name, text.replace("{integrity}", module).as_bytes())?;
    }
    for name in ["LICENSE-APACHE", "LICENSE-MIT"] {
        write(folder, name, repo::read(name)?.as_bytes())?;
    }
    for name in ["embedding.md", "dialects.md"] {
        let manual = repo::read(&format!("docs/{name}"))?;
        write(folder, name, without_links_up(&manual).as_bytes())?;
    }
    let schema = repo::read("docs/dialect.schema.json")?;
    write(folder, "dialect.schema.json", schema.as_bytes())?;
    let list = serde_json::to_string_pretty(&hashes).context("writing the hashes")?;
    write(folder, "integrity.json", format!("{list}\n").as_bytes())
}

/// A text whose links out of its folder are their words only: `[words](../path)` leads nowhere in the package.
fn without_links_up(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("](../") {
        let (head, words) = before.rsplit_once('[').unwrap_or((before, ""));
        plain.push_str(head);
        plain.push_str(words);
        rest = after.split_once(')').map_or("", |(_, tail)| tail);
    }
    plain.push_str(rest);
    plain
}

/// Writes a file of a folder, and the folders above it.
fn write(folder: &Path, name: &str, content: &[u8]) -> Result<()> {
    let path = folder.join(name);
    let doing = || format!("writing {}", path.display());
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent).with_context(doing)?;
    }
    fs::write(&path, content).with_context(doing)
}

#[cfg(test)]
mod tests {
    use super::without_links_up;

    #[test]
    fn the_manual_of_the_package_links_to_nothing_outside_of_it() {
        let text = "[one](../examples/one), [two](two.md) and [three](../three).";
        assert_eq!(without_links_up(text), "one, [two](two.md) and three.");
    }
}
