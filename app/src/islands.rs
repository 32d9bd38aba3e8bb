//! The parts that think in the browser. Each wraps plain HTML that works without it, and only listens and adds: it renders
//! nothing of the page itself, so the module stays small however many forms there are, and nothing typed before it wakes
//! is ever touched.

pub mod draft_keeper;
pub mod live_filing;
#[cfg(feature = "hydrate")]
mod shrinking;
#[cfg(feature = "hydrate")]
mod uploader;

/// The language of the page.
#[cfg(feature = "hydrate")]
fn page_lang() -> crate::wording::Lang {
    let tag = leptos::prelude::document().document_element().and_then(|html| html.get_attribute("lang")).unwrap_or_default();
    crate::wording::Lang::of_tag(&tag).unwrap_or_default()
}
