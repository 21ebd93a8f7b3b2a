//! A text as a QR code (ISO/IEC 18004), drawn as one path.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc, QrSegment, Version};

/// The largest code: 97 modules a side. On a phone's screen each is then two pixels wide and more, which a camera reads.
const LARGEST: u8 = 20;
/// Light modules around a code, which a reader needs to find it.
const QUIET: i32 = 4;

/// A code as a picture.
pub(super) struct Code {
    /// Modules a side, with the quiet zone.
    pub(super) size: i32,
    /// The dark modules as the `d` of an SVG path, one unit a module.
    pub(super) path: String,
}

/// Codes a text, as small as it can be; `None` where it is too long.
pub(super) fn code(text: &str) -> Option<Code> {
    let segments = QrSegment::make_segments(text);
    let (least, most) = (Version::new(1), Version::new(LARGEST));
    // What is left over in a size makes it sturdier.
    let code = QrCode::encode_segments_advanced(&segments, QrCodeEcc::Low, least, most, None, true);
    let code = code.ok()?;
    let mut path = String::new();
    for y in 0..code.size() {
        for (x, length) in runs(&code, y) {
            // A string takes every write.
            let _written = write!(path, "M{} {}h{length}v1h-{length}z", x + QUIET, y + QUIET);
        }
    }
    Some(Code {
        size: code.size() + 2 * QUIET,
        path,
    })
}

/// Where dark modules stand in a row: the first of each run, and how many.
fn runs(code: &QrCode, y: i32) -> Vec<(i32, i32)> {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
        match runs.last_mut() {
            Some((start, length)) if *start + *length == x => *length += 1,
            _ => runs.push((x, 1)),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::{QUIET, code};

    #[test]
    fn a_code_has_its_quiet_zone_and_its_finder_patterns() {
        let code = code("http://192.0.2.7:8080/?room=dune-otter").unwrap();
        assert_eq!(
            (code.size - 2 * QUIET) % 4,
            1,
            "a code has 17 + 4n modules a side"
        );
        // The upper row of two finder patterns: seven dark modules at each end.
        assert!(code.path.starts_with("M4 4h7v1h-7z"), "{}", code.path);
        let right = format!("M{} 4h7v1h-7z", code.size - QUIET - 7);
        assert!(code.path.contains(&right), "{}", code.path);
    }

    #[test]
    fn a_text_that_no_camera_would_read_has_no_code() {
        assert!(code(&"x".repeat(800)).is_some());
        assert!(code(&"x".repeat(900)).is_none());
    }
}
