//! What the build makes of the browser's side, and what it lets in.
//!
//! The site: [`site::make`] turns the WebAssembly module, the style and the static files into a folder that
//! the server serves as it is. The dependency policy: [`policy::judge`]; the bill of
//! materials: [`bom::bill`].

pub mod asset;
pub mod bom;
pub mod cargo;
pub mod glue;
pub mod inputs;
pub mod licence;
pub mod policy;
pub mod site;
pub mod stylesheet;
pub mod trouble;
