//! One picture into all of its forms. Pure work for a thread of its own.

use super::Form;
use anyhow::{Context as _, ensure};
use fast_image_resize::images::{Image, ImageRef};
use fast_image_resize::{PixelType, Resizer};
use image::codecs::jpeg::JpegEncoder;
use image::{DynamicImage, ExtendedColorType, ImageFormat, ImageReader, Limits, RgbImage, RgbaImage};
use std::io::Cursor;

/// WebP quality: hardly told from the original on these pictures, at a third of the bytes of quality 90.
const QUALITY: u8 = 78;
/// How hard the encoder tries (0 to 6): 2 takes half the time of 4 for about a twentieth more bytes.
const EFFORT: i32 = 2;
/// JPEG quality of the form for previews elsewhere.
const SHARE_QUALITY: u8 = 82;
/// Width of that form.
const SHARE_WIDTH: u32 = 960;
/// Pixels of a side above which a file is refused instead of filling the memory.
const MOST: u32 = 12_000;

/// A picture's forms with their bytes.
///
/// # Errors
/// When it cannot be read or is far too large.
pub(super) fn shrink(bytes: &[u8]) -> anyhow::Result<Vec<(Form, Vec<u8>)>> {
    let original = read(bytes)?;
    let mut forms = Vec::new();
    for form in Form::of(original.width()) {
        forms.push((form, write(&original, form)?));
    }
    Ok(forms)
}

/// Transparent parts become white: the shop's pictures stand on paper.
fn read(bytes: &[u8]) -> anyhow::Result<RgbImage> {
    let picture = match image::guess_format(bytes)? {
        // The C decoder takes a quarter of the other one's time (12 ms instead of 45 for a square of 1200 pixels).
        ImageFormat::WebP => read_webp(bytes)?,
        _ => read_other(bytes)?,
    };
    if !picture.color().has_alpha() {
        return Ok(picture.into_rgb8());
    }
    let mut paper = RgbImage::from_pixel(picture.width(), picture.height(), image::Rgb([255; 3]));
    for (under, over) in paper.pixels_mut().zip(picture.to_rgba8().pixels()) {
        let [red, green, blue, cover] = over.0;
        for (below, above) in under.0.iter_mut().zip([red, green, blue]) {
            *below = blend(*below, above, cover);
        }
    }
    Ok(paper)
}

fn read_webp(bytes: &[u8]) -> anyhow::Result<DynamicImage> {
    let facts = webp::BitstreamFeatures::new(bytes).context("the picture cannot be read")?;
    ensure!(facts.width() <= MOST && facts.height() <= MOST, "the picture is too large");
    if facts.has_animation() {
        return read_other(bytes);
    }
    let decoded = webp::Decoder::new(bytes).decode().context("the picture cannot be read")?;
    let (width, height, pixels) = (decoded.width(), decoded.height(), decoded.to_vec());
    let picture = if decoded.is_alpha() {
        RgbaImage::from_raw(width, height, pixels).map(DynamicImage::from)
    } else {
        RgbImage::from_raw(width, height, pixels).map(DynamicImage::from)
    };
    picture.context("the picture cannot be read")
}

fn read_other(bytes: &[u8]) -> anyhow::Result<DynamicImage> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format()?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MOST);
    limits.max_image_height = Some(MOST);
    reader.limits(limits);
    reader.decode().context("the picture cannot be read")
}

fn blend(below: u8, above: u8, cover: u8) -> u8 {
    let cover = u16::from(cover);
    let mixed = (u16::from(below) * (255 - cover) + u16::from(above) * cover + 127) / 255;
    u8::try_from(mixed).unwrap_or(u8::MAX)
}

fn write(original: &RgbImage, form: Form) -> anyhow::Result<Vec<u8>> {
    let width = match form {
        Form::Width(width) => width,
        Form::Share => SHARE_WIDTH.min(original.width()),
    };
    let height = scaled(original, width);
    let small = resize(original, width, height)?;
    match form {
        Form::Width(_) => webp(&small, width, height),
        Form::Share => jpeg(&small, width, height),
    }
}

fn scaled(original: &RgbImage, width: u32) -> u32 {
    let height = u64::from(original.height()) * u64::from(width) / u64::from(original.width().max(1));
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

fn resize(original: &RgbImage, width: u32, height: u32) -> anyhow::Result<Vec<u8>> {
    let source = ImageRef::new(original.width(), original.height(), original.as_raw(), PixelType::U8x3)?;
    let mut small = Image::new(width, height, PixelType::U8x3);
    Resizer::new().resize(&source, &mut small, None)?;
    Ok(small.into_vec())
}

fn webp(pixels: &[u8], width: u32, height: u32) -> anyhow::Result<Vec<u8>> {
    let settings = webp::WebPConfig::new().ok();
    let mut settings = settings.context("the encoder does not answer")?;
    settings.quality = f32::from(QUALITY);
    settings.method = EFFORT;
    let encoded = webp::Encoder::from_rgb(pixels, width, height).encode_advanced(&settings);
    let bytes = encoded.map_err(|error| anyhow::anyhow!("the picture cannot be written: {error:?}"))?;
    ensure!(!bytes.is_empty(), "the encoder gave nothing");
    Ok(bytes.to_vec())
}

fn jpeg(pixels: &[u8], width: u32, height: u32) -> anyhow::Result<Vec<u8>> {
    let mut bytes = Vec::new();
    JpegEncoder::new_with_quality(&mut bytes, SHARE_QUALITY).encode(
        pixels,
        width,
        height,
        ExtendedColorType::Rgb8,
    )?;
    Ok(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use image::GenericImageView as _;

    fn encoded(width: u32, height: u32, colour: [u8; 4], format: ImageFormat) -> Vec<u8> {
        let mut bytes = Cursor::new(Vec::new());
        RgbaImage::from_pixel(width, height, image::Rgba(colour)).write_to(&mut bytes, format).unwrap();
        bytes.into_inner()
    }

    #[test]
    fn every_width_below_the_original_and_one_jpeg_are_made_in_its_proportions() {
        let forms = shrink(&encoded(400, 200, [200, 30, 30, 255], ImageFormat::Png)).unwrap();
        let made: Vec<Form> = forms.iter().map(|(form, _)| *form).collect();
        assert_eq!(made, [Form::Width(160), Form::Width(320), Form::Share]);
        let sizes: Vec<(u32, u32)> =
            forms.iter().map(|(_, bytes)| image::load_from_memory(bytes).unwrap().dimensions()).collect();
        assert_eq!(sizes, [(160, 80), (320, 160), (400, 200)]);
    }

    #[test]
    fn transparent_parts_become_paper() {
        let forms = shrink(&encoded(300, 300, [0, 0, 0, 0], ImageFormat::Png)).unwrap();
        let jpeg = image::load_from_memory(&forms.last().unwrap().1).unwrap().to_rgb8();
        assert!(jpeg.pixels().all(|pixel| pixel.0.iter().all(|part| *part > 250)));
    }

    #[test]
    fn rubbish_is_refused() {
        assert!(shrink(b"RIFF....WEBPrubbish").is_err());
        assert!(shrink(b"").is_err());
    }
}
