//! Every URL of the sandbox.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::from_fn_with_state,
    response::Redirect,
    routing::{get, head, post, put},
};

use crate::{
    asset, control, home,
    idp::{authorize, discovery, end_session, outage, sign_in, token, userinfo},
    platform::{attachments, bearer, consents, listing, operator, records, standing, submissions, trouble, withdrawal},
    world::Shared,
};

/// The whole sandbox.
pub(crate) fn routes(world: Shared) -> Router {
    let idp = Router::new()
        .route("/idp/.well-known/openid-configuration", get(discovery::configuration))
        .route("/idp/jwks", get(discovery::keys))
        .route("/idp/authorize", get(authorize::by_query).post(authorize::by_form))
        .route("/idp/sign-in", post(sign_in::sign_in))
        .route("/idp/token", post(token::exchange))
        .route("/idp/userinfo", get(userinfo::userinfo).post(userinfo::userinfo))
        .route("/idp/end-session", get(end_session::by_query).post(end_session::by_form))
        .route("/idp/style.css", get(asset::idp_style))
        .layer(from_fn_with_state(world.clone(), outage::refuse_when_down));

    // The last layer is the outermost: a platform that is down does not look at tokens.
    let wire = Router::new()
        .route("/platform/v1/submissions", get(listing::list))
        .route("/platform/v1/submissions/{id}", put(submissions::take).get(listing::one))
        .route("/platform/v1/submissions/{id}/withdrawal", put(withdrawal::take))
        .route("/platform/v1/submissions/{id}/consents", put(consents::take))
        .route("/platform/v1/attachments/{sha256}", head(attachments::known).put(attachments::keep))
        .route("/platform/v1/enterprises/{code}/records", get(records::of_enterprise))
        .route("/platform/v1/enterprises/{code}/standing", get(standing::of_enterprise))
        .layer(from_fn_with_state(world.clone(), bearer::require_token))
        .layer(from_fn_with_state(world.clone(), trouble::misbehave));

    let operator = Router::new()
        .route("/platform", get(|| async { Redirect::permanent("/platform/") }))
        .route("/platform/", get(operator::overview::show))
        .route("/platform/submissions/{id}", get(operator::detail::show))
        .route("/platform/submissions/{id}/decision", post(operator::deed::decide))
        .route("/platform/submissions/{id}/attachments/{sha256}", get(operator::download::attachment))
        .route("/platform/mood", post(operator::deed::set_mood))
        .route("/platform/auto", post(operator::deed::set_auto))
        .route("/platform/style.css", get(asset::platform_style));

    let control = Router::new()
        .route("/control/mood", get(control::switches::mood).post(control::switches::set_mood))
        .route("/control/auto", post(control::switches::set_auto))
        .route("/control/records", post(control::switches::set_records))
        .route("/control/records/change", post(control::switches::change_record))
        .route("/control/reset", post(control::switches::reset))
        .route("/control/rotate", post(control::switches::rotate))
        .route("/control/submissions", get(control::inspect::submissions))
        .route("/control/submissions/{id}/decision", post(control::decide::decide))
        .route("/control/deliveries", get(control::inspect::deliveries))
        .route("/control/event", post(control::event::send));

    Router::new()
        .route("/", get(home::show))
        .route("/favicon.ico", get(asset::icon))
        .merge(idp)
        .merge(wire)
        .merge(operator)
        .merge(control)
        // Bodies are measured where they are read, so that the refusal is a problem document.
        .layer(DefaultBodyLimit::disable())
        .with_state(world)
}
