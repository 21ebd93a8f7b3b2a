//! One module of many: esbuild folds the loader, the elements and the glue of both programs together.

use super::contents::Contents;
use crate::{process, repo};
use anyhow::{Context, Result, bail};
use std::fs;
use std::path::Path;
use std::process::Command;

/// The modules of the package and what each is made of.
const ENTRIES: [(&str, &str); 2] = [
    ("webrtc-steps", "webrtc-steps.js"),
    ("element", "element.js"),
];
/// The glue of the two programs.
const GLUE: [&str; 2] = ["webrtc-steps", "webrtc-steps-panels"];

/// Writes the modules of the package into its folder.
pub(super) fn run(contents: &Contents, page: &Path, folder: &Path, packages: &Path) -> Result<()> {
    let stage = repo::path("target/package-modules");
    if stage.exists() {
        fs::remove_dir_all(&stage).context("removing the modules of an earlier build")?;
    }
    lay_out(contents, page, &stage)?;
    let mut esbuild = Command::new(packages.join(".bin/esbuild"));
    esbuild.current_dir(&stage).args([
        "--bundle",
        "--format=esm",
        "--target=es2022",
        "--minify",
        "--charset=utf8",
        "--log-level=warning",
        "--legal-comments=none",
    ]);
    esbuild.arg(format!(
        "--banner:js=/*! webrtc-steps {}, MIT OR Apache-2.0 */",
        env!("CARGO_PKG_VERSION")
    ));
    esbuild.arg(format!("--outdir={}", folder.display()));
    esbuild.args(ENTRIES.map(|(name, from)| format!("{name}=./{from}")));
    process::run(&mut esbuild, "making one module with esbuild")
}

/// The sources as esbuild reads them: those of www, with the package's own in place of two.
fn lay_out(contents: &Contents, page: &Path, stage: &Path) -> Result<()> {
    let www = repo::path("www");
    for entry in fs::read_dir(&www).context("reading www")? {
        let name = entry.context("reading www")?.file_name();
        let name = name.to_string_lossy();
        if name.ends_with(".js") {
            super::write(stage, &name, repo::read(&format!("www/{name}"))?.as_bytes())?;
        }
    }
    let dialects = repo::read("www/package/dialects.js")?;
    super::write(stage, "webrtc-steps-dialects.js", dialects.as_bytes())?;
    let list = repo::read("www/dialects/index.json")?;
    super::write(stage, "dialects/index.json", list.as_bytes())?;
    super::write(stage, "webrtc-steps-files.js", contents.module.as_bytes())?;
    super::write(
        stage,
        "element.js",
        repo::read("www/package/element.js")?.as_bytes(),
    )?;
    for program in GLUE {
        let file = page.join(format!("wasm/{program}.js"));
        let glue = fs::read_to_string(&file);
        let glue = glue.with_context(|| format!("reading {}", file.display()))?;
        let glue = without_own_address(&glue, program)?;
        super::write(stage, &format!("wasm/{program}.js"), glue.as_bytes())?;
    }
    Ok(())
}

/// The glue without its guess where its program lies: it is always told, and a bundler would take the guess for a second file.
fn without_own_address(glue: &str, program: &str) -> Result<String> {
    let guess = format!("new URL('{program}_bg.wasm', import.meta.url)");
    if !glue.contains(&guess) {
        bail!("the glue of {program} does not name its program as `{guess}` any more");
    }
    Ok(glue.replace(&guess, "undefined"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_glue_names_no_file_by_itself() {
        let glue = "input = new URL('a_bg.wasm', import.meta.url);";
        assert_eq!(
            without_own_address(glue, "a").unwrap(),
            "input = undefined;"
        );
        assert!(without_own_address("input = 1;", "a").is_err());
    }
}
