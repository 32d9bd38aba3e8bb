//! The parts that think in the browser. Each wraps plain HTML that works without it, and only listens and adds: it renders
//! nothing of the page itself, so the module stays small however many forms there are, and nothing typed before it wakes
//! is ever touched.
//!
//! The feature before each says in which module it is: [`crate::module`] lists them. The server knows all of them.

#[cfg(any(feature = "ssr", feature = "form"))]
pub mod draft_keeper;
#[cfg(feature = "form")]
mod leaving;
#[cfg(any(feature = "ssr", feature = "form"))]
pub mod live_standing;
#[cfg(any(feature = "ssr", feature = "rows"))]
pub mod row_check;
#[cfg(feature = "form")]
mod saving_line;
#[cfg(feature = "form")]
mod shrinking;
#[cfg(any(feature = "signing", feature = "enrolment", feature = "transfer"))]
pub mod signing;
#[cfg(feature = "form")]
mod uploader;
#[cfg(feature = "verify")]
pub mod verifier;

/// The language of the page.
#[cfg(any(feature = "form", feature = "rows"))]
fn page_lang() -> crate::wording::Lang {
    let tag = leptos::prelude::document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    crate::wording::Lang::of_tag(&tag).unwrap_or_default()
}

/// The element of this id.
#[cfg(any(feature = "form", feature = "rows"))]
fn by_id(id: &str) -> Option<web_sys::Element> {
    leptos::prelude::document().get_element_by_id(id)
}
