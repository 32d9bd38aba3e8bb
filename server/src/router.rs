//! Every URL of the portal, on one screen.

use std::sync::Arc;

use axum::extract::DefaultBodyLimit;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::{get, head, post};
use axum::{Router, handler::Handler};
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::compression::CompressionLayer;
use tower_http::csrf::CsrfLayer;

use crate::answering::in_time;
use crate::doors::{
    changes, commitment_bulk, commitment_revocation, commitment_signing, commitments, corrections, draft_post, draft_versions,
    drafts, enterprise, enterprises, file_download, filings, hand_over, health, held_receipts, home, import_rows, import_start,
    imports, log, metrics, my_commitments, notice_settings, notices, overview, platform_events, preferences, receipts,
    record_review, records, repair_result, repairs, review, sessions, sign_in, signing_key, signing_keys, site_files, tables,
    templates, uploads, verification,
};
use crate::guard::{SafetyHeaders, address_length, cross_site, panicked};
use crate::look_up_limit::limit;
use crate::metrics::measure;
use crate::overload::Places;
use crate::pace::keep_pace;
use crate::portal::Portal;
use crate::visitor::meet;

/// The most bytes of an ordinary post.
const FORM: usize = 512 * 1024;
/// The most bytes of a post with files: more than ten files of the largest kind would be refused one by one anyway.
const FORM_WITH_FILES: usize = 128 * 1024 * 1024;
/// The most bytes of a post with a receipt: the largest file that is looked through, and what a form puts around it.
const FORM_WITH_RECEIPT: usize = credit::bundle::MOST_BYTES + 64 * 1024;
/// The most bytes of an event.
const EVENT: usize = 256 * 1024;

/// The portal's routes.
pub fn router(portal: Arc<Portal>) -> Router {
    let safety = SafetyHeaders::new(&portal.config.identity.issuer, portal.config.is_secure());
    let places = Places::new(
        portal.config.limits.most_requests(),
        portal.config.public_url.clone(),
        portal.config.look_up.address_header.clone(),
    )
    .watching(portal.storage.clone())
    .counting(portal.metrics.turned_away.clone());
    pages(&portal)
        .merge(machines())
        .route_layer(from_fn_with_state(portal.clone(), measure))
        .layer(from_fn(move |request, next| places.clone().answer(request, next)))
        .layer(from_fn(address_length))
        .layer(from_fn(move |request, next| safety.clone().set(request, next)))
        .with_state(portal)
}

/// For the operator, on a listener of its own.
pub fn figures(portal: Arc<Portal>) -> Router {
    Router::new()
        .route("/", get(metrics::front))
        .route("/metrics", get(metrics::show))
        // Here too: `work` has no other listener.
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .layer(from_fn(in_time))
        .with_state(portal)
}

/// For people: each answer is a page in their language, refusals too.
fn pages(portal: &Arc<Portal>) -> Router<Arc<Portal>> {
    Router::new()
        .route("/", get(home::show))
        .route("/help", get(home::help))
        .route("/privacy", get(home::privacy))
        .route("/accessibility", get(home::accessibility))
        .route("/preferences", post(preferences::choose))
        .route("/sign-in", get(sign_in::begin))
        .route("/sign-in/callback", get(sign_in::complete))
        .route("/sign-out", post(sign_in::end))
        .route("/enterprise", get(enterprise::show).post(enterprise::choose))
        .route("/enterprises", get(enterprises::search).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/enterprises/{code}", get(enterprises::show).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/registrations", get(home::groups))
        .route("/registrations/{kind}", get(home::start))
        .route("/registrations/export.xlsx", get(tables::export_xlsx))
        .route("/registrations/export.csv", get(tables::export_csv))
        .route("/registrations/export.json", get(tables::export_json))
        .route("/registrations/{kind}/template.xlsx", get(tables::template_xlsx))
        .route("/registrations/{kind}/template.csv", get(tables::template_csv))
        .route(
            "/registrations/{kind}/import",
            get(import_start::show).post(import_start::begin.layer(DefaultBodyLimit::max(FORM_WITH_FILES))),
        )
        .route("/imports/{id}", get(imports::show))
        .route("/imports/{id}/changes", get(changes::of_import))
        .route("/imports/{id}/closure", get(imports::ask_closure).post(imports::close))
        .route("/imports/{id}/drafts", post(imports::make_drafts))
        .route("/imports/{id}/filing", get(imports::review).post(imports::file))
        .route("/imports/{id}/rows/{line}", get(import_rows::show).post(import_rows::mend))
        .route("/imports/{id}/standing", get(imports::show_standing))
        .route("/commitments", get(commitments::search).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/commitments.json", get(commitments::search_data).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/commitments/all.csv", get(commitment_bulk::table).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/commitments/all.ndjson", get(commitment_bulk::lines).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/commitments/feed.atom", get(commitment_bulk::feed).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/commitments/mine", get(my_commitments::list))
        .route("/commitments/templates", get(templates::list))
        .route("/commitments/templates/{template}", get(templates::show))
        .route("/commitments/{code}", get(commitments::show).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/commitments/{code}/receipt.json", get(receipts::public_json).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/commitments/{code}/state.json", get(verification::state).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/drafts", post(drafts::begin))
        .route(
            "/drafts/{id}",
            get(drafts::show).put(drafts::autosave).post(draft_post::keep.layer(DefaultBodyLimit::max(FORM_WITH_FILES))),
        )
        .route("/drafts/{id}/deletion", get(drafts::ask_deletion).post(drafts::delete))
        .route("/drafts/{id}/files/{file}", get(file_download::of_draft))
        .route("/drafts/{id}/filing", post(review::file))
        .route("/drafts/{id}/letter", post(record_review::begin_letter))
        .route("/drafts/{id}/record", post(record_review::take_over))
        .route("/drafts/{id}/review", get(review::show))
        .route("/drafts/{id}/signature", post(commitment_signing::sign))
        .route("/drafts/{id}/signature-request", post(commitment_signing::ask))
        .route("/drafts/{id}/template", post(commitment_signing::renew))
        .route("/drafts/{id}/uploads/{upload}", head(uploads::offset).patch(uploads::part).delete(uploads::cancel))
        .route("/drafts/{id}/versions", get(draft_versions::show).post(draft_versions::choose))
        .route("/filings", get(filings::list))
        .route("/filings/{id}", get(filings::show))
        .route(
            "/filings/{id}/authorisations/{purpose}/withdrawal",
            get(filings::ask_authorisation_withdrawal).post(filings::withdraw_authorisation),
        )
        .route("/filings/{id}/changes", get(changes::of_filing))
        .route("/filings/{id}/correction", post(corrections::correct))
        .route("/filings/{id}/entry-withdrawal", post(hand_over::take_entry_back))
        .route("/filings/{id}/files/{file}", get(file_download::of_filing))
        .route("/filings/{id}/handling-number", post(hand_over::enter_number))
        .route("/filings/{id}/package.zip", get(hand_over::package))
        .route("/filings/{id}/progress", post(hand_over::enter_answer))
        .route("/filings/{id}/refilling", post(corrections::refill))
        .route("/filings/{id}/result.pdf", get(repair_result::proof))
        .route("/filings/{id}/revocation", get(commitment_revocation::ask).post(commitment_revocation::revoke))
        .route("/filings/{id}/receipt.json", get(receipts::own_json))
        .route("/filings/{id}/receipt.pdf", get(receipts::own_pdf))
        .route("/filings/{id}/standing", get(filings::show_standing))
        .route("/filings/{id}/withdrawal", get(filings::ask_withdrawal).post(filings::withdraw))
        .route("/notices", get(notices::list))
        .route("/notices/confirmation", get(notice_settings::ask_confirmation).post(notice_settings::confirm))
        .route("/notices/reading", post(notices::read_all))
        .route("/notices/settings", get(notice_settings::show).post(notice_settings::enter))
        .route("/notices/settings/removal", post(notice_settings::remove))
        .route("/overview", get(overview::show))
        .route("/overview/everything.json", get(overview::download))
        .route("/overview/everything.pdf", get(overview::download_pdf))
        .route("/overview/print", get(overview::print))
        .route("/receipts/held", post(held_receipts::held_receipt).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/receipts/held/standing", post(held_receipts::held_standing).layer(from_fn_with_state(portal.clone(), limit)))
        .route("/repairs", get(repairs::list).post(repairs::begin_chosen))
        .route("/repairs/filing", post(repairs::file))
        .route("/records", get(records::list))
        .route("/records/{id}", get(records::show))
        .route("/records/{id}/earliest.ics", get(records::calendar))
        .route("/sessions", get(sessions::list))
        .route("/sessions/ending", post(sessions::end_others))
        .route("/signing-keys", get(signing_keys::list).post(signing_keys::enrol))
        .route("/signing-keys/new", get(signing_keys::begin))
        .route("/signing-keys/transfer", get(signing_keys::transfer))
        .route("/signing-keys/{id}/public.pem", get(signing_key::public_key))
        .route("/signing-keys/{id}/revocation", get(signing_key::ask_revocation).post(signing_key::revoke))
        .route("/signing-keys/{id}/trial", get(signing_key::begin_trial).post(signing_key::judge_trial))
        .route(
            "/verify",
            get(verification::show)
                .post(verification::verify.layer(DefaultBodyLimit::max(FORM_WITH_RECEIPT)))
                .layer(from_fn_with_state(portal.clone(), limit)),
        )
        .route("/verify/code", post(verification::look_up).layer(from_fn_with_state(portal.clone(), limit)))
        .fallback(home::nowhere)
        .layer(DefaultBodyLimit::max(FORM))
        .layer(from_fn_with_state(portal.clone(), keep_pace))
        .layer(CsrfLayer::new().with_rejection_response(|_| cross_site()))
        .layer(CatchPanicLayer::custom(panicked))
        .layer(from_fn_with_state(portal.clone(), meet))
        .layer(CompressionLayer::new())
}

/// For machines: the platform's events, the public log, probes, static files.
fn machines() -> Router<Arc<Portal>> {
    Router::new()
        .route("/platform/events", post(platform_events::receive).layer(DefaultBodyLimit::max(EVENT)))
        .route("/log/checkpoint", get(log::checkpoint))
        .route("/log/key", get(log::key))
        .route("/log/growth/{old}", get(log::growth))
        .route("/log/tile/{*path}", get(log::tile))
        .route("/health/live", get(health::live))
        .route("/health/ready", get(health::ready))
        .route("/assets/{file}", get(site_files::serve))
        .route("/favicon.svg", get(site_files::serve))
        .route("/robots.txt", get(site_files::serve))
        .layer(from_fn(in_time))
}
