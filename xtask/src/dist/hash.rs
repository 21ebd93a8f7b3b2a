//! Hashes as Subresource Integrity writes them.

use anyhow::{Context, Result};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha384};
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

/// The hash of a content: `sha384-` and base64 (Subresource Integrity, 3.1).
pub(super) fn of(content: &[u8]) -> String {
    format!("sha384-{}", STANDARD.encode(Sha384::digest(content)))
}

/// The hashes of every file below a folder, by its path.
pub(super) fn of_folder(folder: &Path) -> Result<BTreeMap<String, String>> {
    let mut hashes = BTreeMap::new();
    collect(folder, "", &mut hashes)?;
    Ok(hashes)
}

fn collect(folder: &Path, prefix: &str, hashes: &mut BTreeMap<String, String>) -> Result<()> {
    let doing = || format!("reading {}", folder.display());
    for entry in fs::read_dir(folder).with_context(doing)? {
        let path = entry.with_context(doing)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy();
        let name = format!("{prefix}{name}");
        if path.is_dir() {
            collect(&path, &format!("{name}/"), hashes)?;
        } else {
            hashes.insert(name, of(&fs::read(&path).with_context(doing)?));
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_is_written_as_a_script_tag_takes_it() {
        let empty = "sha384-OLBgp1GsljhM2TJ+sbHjaiH9txEUvgdDTAzHv2P24donTt6/529l+9Ua0vFImLlb";
        assert_eq!(of(b""), empty);
    }
}
