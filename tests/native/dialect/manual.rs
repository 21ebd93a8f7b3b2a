//! The manual says what is so: its examples load, and its worked example connects as it is told there.

const MANUAL: &str = include_str!("../../../docs/dialects.md");

/// The whole documents of the manual.
pub(crate) fn documents() -> Vec<String> {
    let mut documents = Vec::new();
    let mut blocks = MANUAL.split("```");
    blocks.next();
    while let Some(block) = blocks.next() {
        blocks.next();
        let json = block.strip_prefix("json\n").unwrap_or_default();
        if json.trim_start().starts_with("{\n  \"dialect\"") {
            documents.push(json.to_owned());
        }
    }
    documents
}
