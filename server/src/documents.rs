//! Documents that the portal makes of what it keeps, to be taken away.

mod breaking;
pub mod certificate;
pub mod everything;
pub mod fonts;
pub mod pdf;
mod qr;
mod tags;
