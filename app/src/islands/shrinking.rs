//! Makes photographs smaller before they are sent, where somebody chose so: the longer side to 2,400 pixels, as JPEG.

use leptos::prelude::*;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::JsFuture;
use web_sys::js_sys::{Function, Promise, Reflect};
use web_sys::{Blob, CanvasRenderingContext2d, File, HtmlCanvasElement, HtmlInputElement, ImageBitmap};

/// The longer side of a photograph that was made smaller, in pixels: small print on a licence stays readable.
const LONGER_SIDE: f64 = 2400.0;
/// JPEG's quality.
const QUALITY: f64 = 0.85;
/// Smaller files are sent as they are, in bytes.
const WORTH_IT: f64 = 1_000_000.0;

/// Whether this browser can.
pub(super) fn possible() -> bool {
    Reflect::has(&window(), &JsValue::from_str("createImageBitmap")).unwrap_or(false)
}

/// Whether somebody chose so, for a file that is a large photograph.
pub(super) fn wanted(file: &File) -> bool {
    let choice = document().get_element_by_id("shrink-photographs").and_then(|choice| choice.dyn_into::<HtmlInputElement>().ok());
    choice.is_some_and(|choice| choice.checked()) && file.type_().starts_with("image/") && file.size() > WORTH_IT
}

/// The smaller photograph. None: this browser cannot read it (HEIC in most), or it would not become smaller.
pub(super) async fn smaller(file: &File) -> Option<Blob> {
    let reading = window().create_image_bitmap_with_blob(file).ok()?;
    let picture: ImageBitmap = JsFuture::from(reading).await.ok()?.dyn_into().ok()?;
    let (width, height) = (f64::from(picture.width()), f64::from(picture.height()));
    let scale = (LONGER_SIDE / width.max(height)).min(1.0);
    let canvas: HtmlCanvasElement = document().create_element("canvas").ok()?.dyn_into().ok()?;
    let (width, height) = ((width * scale).round(), (height * scale).round());
    canvas.set_width(width as u32);
    canvas.set_height(height as u32);
    let context: CanvasRenderingContext2d = canvas.get_context("2d").ok()??.dyn_into().ok()?;
    context.draw_image_with_image_bitmap_and_dw_and_dh(&picture, 0.0, 0.0, width, height).ok()?;
    picture.close();
    let written = Promise::new(&mut |resolve: Function, _| {
        let done = Closure::once_into_js(move |blob: JsValue| {
            let _ = resolve.call1(&JsValue::NULL, &blob);
        });
        let _ = canvas.to_blob_with_type_and_encoder_options(done.unchecked_ref(), "image/jpeg", &JsValue::from_f64(QUALITY));
    });
    let blob: Blob = JsFuture::from(written).await.ok()?.dyn_into().ok()?;
    (blob.size() < file.size()).then_some(blob)
}
