//! Where a receipt can be had: on a filing's own page, and on the public page of a commitment.

use leptos::prelude::*;

use crate::wording::Lang;
use crate::wording::verifying::WORDS;

/// Of a filing, for who filed it. `pdf`: whether certificates are made here.
pub fn receipt_links(filing: &str, pdf: bool, lang: Lang) -> AnyView {
    let certificate = pdf.then(|| {
        view! { <li><a href=format!("/filings/{filing}/receipt.pdf")>{lang.say(WORDS.certificate)}</a></li> }
    });
    view! {
        <section class="receipt-links no-print" aria-labelledby="receipt">
            <h2 id="receipt">{lang.say(WORDS.receipt)}</h2>
            <p>{lang.say(WORDS.receipt_text)}</p>
            <ul class="receipt-links__list">
                {certificate}
                <li><a href=format!("/filings/{filing}/receipt.json")>{lang.say(WORDS.bundle)}</a></li>
                <li><a href="/verify">{lang.say(WORDS.how_to)}</a></li>
            </ul>
        </section>
    }
    .into_any()
}

/// Whether everyone can have the receipt of a public commitment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PublicReceipt {
    /// Yes.
    Offered,
    /// It would show something that only the platform may see.
    PlatformOnly,
    /// It would name persons whom nothing public names.
    NamesPersons,
    /// There is none.
    None,
}

/// Of the public commitment with this code, for everyone; where it is not offered, why.
pub fn public_receipt_links(code: &str, receipt: PublicReceipt, lang: Lang) -> AnyView {
    match receipt {
        PublicReceipt::Offered => view! {
            <ul class="receipt-links__list no-print">
                <li><a href=format!("/commitments/{code}/receipt.json")>{lang.say(WORDS.public_bundle)}</a></li>
                <li><a href="/verify">{lang.say(WORDS.how_to)}</a></li>
            </ul>
        }
        .into_any(),
        PublicReceipt::PlatformOnly => view! { <p>{lang.say(WORDS.public_not_offered)}</p> }.into_any(),
        PublicReceipt::NamesPersons => view! { <p>{lang.say(WORDS.public_names)}</p> }.into_any(),
        PublicReceipt::None => ().into_any(),
    }
}
