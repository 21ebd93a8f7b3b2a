//! The style sheets mirror: nothing in them says left or right where a line's own start and end are meant.

use std::path::{Path, PathBuf};
use std::{fs, io};

/// A rule may say so where it has to: code and addresses run from left to right in every page, and `--start` and `--end` are
/// what the others are told by.
const PHYSICAL: [&str; 3] = [
    "text-align: left; }",
    "--start: left; --end: right;",
    "--start: right; --end: left;",
];
/// Properties that name a side.
const SIDED: [&str; 10] = [
    "left",
    "right",
    "margin-left",
    "margin-right",
    "padding-left",
    "padding-right",
    "border-left",
    "border-right",
    "border-top-left-radius",
    "border-top-right-radius",
];
/// Four values, the second and the fourth of which differ, do not mirror.
const FOUR: [&str; 3] = ["margin", "padding", "inset"];

fn sheets(folder: &Path, found: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            sheets(&path, found)?;
        } else if path.extension().is_some_and(|extension| extension == "css") {
            found.push(path);
        }
    }
    Ok(())
}

/// Whether a declaration says left or right.
fn is_sided(property: &str, value: &str) -> bool {
    let names_a_side = SIDED.contains(&property)
        || ["text-align", "float", "clear", "transform-origin"].contains(&property)
            && ["left", "right"]
                .iter()
                .any(|side| value.split(' ').any(|word| word == *side));
    let parts: Vec<_> = value.split(' ').collect();
    let uneven = FOUR.contains(&property)
        && !value.contains('(')
        && matches!(parts.as_slice(), [_, second, _, fourth] if second != fourth);
    names_a_side || uneven
}

/// The declarations of a sheet, with the line each stands in.
fn declarations(sheet: &str) -> impl Iterator<Item = (usize, &str, &str)> {
    sheet.lines().enumerate().flat_map(|(line, text)| {
        let text = PHYSICAL.iter().fold(
            text,
            |text, allowed| if text.contains(allowed) { "" } else { text },
        );
        text.split(['{', '}', ';']).filter_map(move |part| {
            let (property, value) = part.split_once(':')?;
            Some((line + 1, property.trim(), value.trim()))
        })
    })
}

#[test]
fn no_style_sheet_says_left_or_right() {
    let www = Path::new(env!("CARGO_MANIFEST_DIR")).join("../www");
    let mut found = Vec::new();
    sheets(&www, &mut found).unwrap();
    assert!(found.len() > 10, "{found:?}");
    let mut wrong = Vec::new();
    for path in found {
        let sheet = fs::read_to_string(&path).unwrap();
        for (line, property, value) in declarations(&sheet) {
            if is_sided(property, value) {
                wrong.push(format!("{}:{line}: {property}: {value}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_side_is_found_where_it_stands() {
    let sheet = "a { margin-left: 1px; padding: 1px 2px 3px 4px; margin: 1px 2px 3px 2px; text-align: right; inset-inline-start: 0; }";
    let sided: Vec<_> = declarations(sheet)
        .filter(|(_, property, value)| is_sided(property, value))
        .collect();
    assert_eq!(sided.len(), 3, "{sided:?}");
}
