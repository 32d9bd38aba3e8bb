//! Documents that the portal makes of what it keeps, to be taken away.

pub mod certificate;
pub mod everything;
pub mod fonts;
pub mod pdf;
mod qr;
