//! Reads a QR code out of a browser's picture of it, as a camera would.

use std::io::Cursor;

use anyhow::{Context, Result, bail, ensure};
use png::{ColorType, Decoder, Transformations};

/// The text of the one code in a PNG.
pub fn read(picture: &[u8]) -> Result<String> {
    let (width, height, pixels) = grey(picture)?;
    let mut prepared = rqrr::PreparedImage::prepare_from_greyscale(width, height, |x, y| {
        pixels.get(y * width + x).copied().unwrap_or(0)
    });
    let found = prepared.detect_grids();
    ensure!(
        found.len() == 1,
        "{} codes in the picture of {width} by {height} pixels",
        found.len()
    );
    let [code] = found.as_slice() else {
        bail!("no code");
    };
    let (_, text) = code.decode().context("reading the code")?;
    Ok(text)
}

/// Width, height and the brightness of each pixel.
fn grey(picture: &[u8]) -> Result<(usize, usize, Vec<u8>)> {
    let mut decoder = Decoder::new(Cursor::new(picture));
    decoder.set_transformations(Transformations::normalize_to_color8());
    let mut reader = decoder.read_info().context("reading a picture")?;
    let size = reader
        .output_buffer_size()
        .context("the picture is too large")?;
    let mut bytes = vec![0; size];
    let info = reader
        .next_frame(&mut bytes)
        .context("reading a picture's pixels")?;
    let each = match info.color_type {
        ColorType::Rgb => 3,
        ColorType::Rgba => 4,
        other => bail!("a browser's picture is in colour, and this one is {other:?}"),
    };
    let brightness = |pixel: &[u8]| {
        let sum: u32 = pixel.iter().take(3).map(|part| u32::from(*part)).sum();
        u8::try_from(sum / 3).unwrap_or(u8::MAX)
    };
    let pixels = bytes.chunks_exact(each).map(brightness).collect();
    Ok((
        usize::try_from(info.width)?,
        usize::try_from(info.height)?,
        pixels,
    ))
}
