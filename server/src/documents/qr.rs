//! QR codes as squares on a page: no picture, so that they stay sharp at every size.

use fast_qr::ECL;
use fast_qr::qr::QRBuilder;
use krilla::geom::{Path, PathBuilder, Point, Rect};

/// The dark squares of a code at its place.
pub(super) struct Squares(Vec<Rect>);

/// The code of a text; none where it is too long for one. A quarter of it may be soiled.
pub(super) fn squares(text: &str, corner: Point, side: f32) -> Option<Squares> {
    let code = QRBuilder::new(text).ecl(ECL::Q).build().ok()?;
    let one = side / code.size as f32;
    let mut dark = Vec::new();
    for row in 0..code.size {
        for column in (0..code.size).filter(|column| code[row][*column].value()) {
            dark.extend(Rect::from_xywh(corner.x + column as f32 * one, corner.y + row as f32 * one, one, one));
        }
    }
    Some(Squares(dark))
}

impl Squares {
    /// All of them, to be filled.
    pub(super) fn path(&self) -> Option<Path> {
        let mut builder = PathBuilder::new();
        for square in &self.0 {
            builder.push_rect(*square);
        }
        builder.finish()
    }
}
