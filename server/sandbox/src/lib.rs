//! The world around the portal, as servers that speak the real wires.
//!
//! Two stand-ins in one program, used by demos, integration tests and browser tests:
//!
//! - an OpenID Connect provider with a handful of ready-made people, under `/idp`;
//! - the district's public credit information platform, under `/platform`, whose contract is
//!   `docs/platform-openapi.yaml`.
//!
//! Both can be told to misbehave over `/control`. Nothing here depends on the portal's own crates, so that an
//! error in one side's reading of the wire cannot hide in the other's.

mod abortable;
mod asset;
mod clock;
mod config;
mod control;
mod credit_code;
mod enterprises;
mod home;
mod html;
mod idp;
mod mood;
mod platform;
mod random;
mod router;
mod running;
mod world;

pub use config::{Extras, SandboxConfig};
pub use platform::auto::Auto;
pub use running::{Sandbox, start, start_with};
