//! The code to scan, drawn as SVG.

use super::html::{Element, el};
use qrcode::{Color, EcLevel, QrCode};
use std::fmt::Write;

/// Empty modules around the code (ISO/IEC 18004 asks for four).
const QUIET: usize = 4;

/// The code of a text with its name for screen readers. `None`: the text is too long for a code.
pub(super) fn svg(text: &str, name: &str) -> Option<Element> {
    let code = QrCode::with_error_correction_level(text, EcLevel::M).ok()?;
    let side = code.width() + 2 * QUIET;
    let mut dark = String::new();
    for (row, colors) in code.to_colors().chunks(code.width()).enumerate() {
        let mut column = QUIET;
        for run in colors.chunk_by(|one, next| one == next) {
            if run.first() == Some(&Color::Dark) {
                // Writing to a String cannot fail.
                let _ = write!(dark, "M{column} {}h{length}v1h-{length}z", row + QUIET, length = run.len());
            }
            column += run.len();
        }
    }
    Some(
        el("svg")
            .class("qr")
            .attr("role", "img")
            .attr("aria-label", name)
            .attr("viewBox", format!("0 0 {side} {side}"))
            .attr("shape-rendering", "crispEdges")
            .child(
                el("rect")
                    .attr("width", side.to_string())
                    .attr("height", side.to_string())
                    .attr("fill", "#fff"),
            )
            .child(el("path").attr("d", dark).attr("fill", "#000")),
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_has_its_three_corners_and_a_name() {
        let drawn = svg("http://127.0.0.1:3020/pay/ps_0000000000000000000000", "Code").unwrap().document();
        assert!(drawn.contains("aria-label=\"Code\""));
        // Each corner's frame has two bars of 7 modules; the size depends on how well the text packs.
        assert!(drawn.contains("M4 4h7v1h-7z") && drawn.contains("M4 10h7v1h-7z"));
        assert!(drawn.matches("h7v1h-7z").count() >= 6);
        assert!(!drawn.contains("M3 "), "the quiet zone is empty");
    }

    #[test]
    fn a_text_that_fits_no_code_gives_none() {
        assert!(svg(&"x".repeat(5000), "Code").is_none());
    }
}
