//! A code for a camera, as a drawing.

use std::fmt::Write;

use qrcodegen::{QrCode, QrCodeEcc};

/// White around the code, in its squares: without it cameras do not find it (ISO/IEC 18004).
const QUIET: i32 = 4;

/// The drawing as SVG.
///
/// # Errors
/// A text that is longer than a code can hold.
pub(crate) fn qr(content: &str) -> Result<String, String> {
    let code = QrCode::encode_text(content, QrCodeEcc::Medium).map_err(|error| error.to_string())?;
    let side = code.size() + 2 * QUIET;
    let mut path = String::new();
    for y in 0..code.size() {
        for x in (0..code.size()).filter(|x| code.get_module(*x, y)) {
            let _ = write!(path, "M{},{}h1v1h-1z", x + QUIET, y + QUIET);
        }
    }
    Ok(format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {side} {side}\" shape-rendering=\"crispEdges\">\
         <rect width=\"{side}\" height=\"{side}\" fill=\"#fff\"/><path d=\"{path}\" fill=\"#000\"/></svg>"
    ))
}
